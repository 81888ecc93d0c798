// SPDX-License-Identifier: MIT
// The fields at the top of an answer, JSON or XML, as the service means them: what reply.hpp judges.
// Source: protocol "Responses"; RFC 8259 section 8.3 (names are compared without their escapes).
// Data flow: a whole body in; code, message and ids as views into it out, or the reason why it cannot be read.
#ifndef RESTARTCASTER_READ_ANSWER_HPP
#define RESTARTCASTER_READ_ANSWER_HPP
#pragma once

#include "../message/response.hpp"
#include "json.hpp"
#include "xml.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Takes the blanks from the ends of a text.
template <class Text>
RESTARTCASTER_ONCE constexpr void trim(Text& text) noexcept {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
}

[[nodiscard]] RESTARTCASTER_COLD constexpr bool is_blank_text(char const* at, std::size_t size) noexcept {
    for (; size != 0; ++at, --size)
        if (!is_blank(*at)) return false;
    return true;
}

// Most texts begin with another byte.
[[nodiscard]] RESTARTCASTER_HOT constexpr bool is_blank_text(std::string_view text) noexcept {
    if (!text.empty() && static_cast<unsigned char>(text.front()) > ' ') return false;
    return is_blank_text(text.data(), text.size());
}

/// Compares a text that comes byte by byte with another one; blanks at its ends do not count.
struct comparison {
    std::string_view expected;
    std::size_t matched = 0;
    bool differs = false;

    constexpr void take(char c) noexcept {
        if (matched != expected.size() && c == expected[matched])
            ++matched;
        else if (!is_blank(c) || (matched != 0 && matched != expected.size()))
            differs = true;
    }
    [[nodiscard]] constexpr bool equal() const noexcept { return !differs && matched == expected.size(); }
};

/// How the name of a field is spelled, the best last. A field's value is that of its best spelling, wherever in the body
/// it stands; of one and the same name that stands twice it is the last.
enum class spelling : std::uint8_t {
    none,             // the field is not there
    error_in_any_case,
    small_error_word, // errorCode
    error_word,       // ErrorCode: older products, in errors
    any_case,         // CODE
    small_letter,     // code, requestId: other products
    of_service,       // Code, RequestId
};

/// The fields of one body, all of which is read and checked. JSON's stand in the object that is the root, or in its only
/// member when that is an object under the name of an XML root, as in older documents; XML's stand in the root.
/// Escapes are read in place while reading, so that a body can be read once. With Keep they may be left as they
/// are, since a body that turns out to be a success is handed out as it came.
template <class Char, bool Keep>
class answer {
public:
    enum field : std::uint8_t { code, message, host_id, request_id, recommend, field_count };
    enum class escapes : std::uint8_t { decoded, left };

    constexpr void read_body(std::string_view body, escapes how) noexcept {
        left_ = Keep && how == escapes::left;
        basic_json_reader<Char> json(body);
        json.skip_blanks();
        // JSON or XML by the first byte of the text: the content type is known to lie.
        Char const first = json.peek();
        if (first == '<') {
            type = media_type::xml;
            read_xml(body);
        } else if (first == '{' || first == '[') {
            type = media_type::json;
            read_json(json);
        } else {
            set_failure(json.at_ == json.end_ ? errc::body_empty : errc::body_not_recognised, 0);
        }
    }

    [[nodiscard]] constexpr bool failed() const noexcept { return static_cast<bool>(failure_code); }
    constexpr bool set_failure(errc why, std::size_t at) noexcept {
        failure_code = why;
        failure_offset = at;
        return false;
    }

    [[nodiscard]] constexpr std::string_view& operator[](field one) noexcept { return slots_[one].text; }
    [[nodiscard]] constexpr std::string_view const& operator[](field one) const noexcept { return slots_[one].text; }

    /// The words that only errors have decide nothing about a 2xx.
    constexpr void forget_code_of_error() noexcept {
        if (slots_[code].given < spelling::small_letter) forget(slots_[code]);
    }
    /// Whether the code stands in the field that the service spells Code.
    [[nodiscard]] constexpr bool code_in_own_field() const noexcept {
        return slots_[code].given == spelling::of_service;
    }
    /// Whether the code is a list, an object or a truth value. Null is as good as no code.
    [[nodiscard]] constexpr bool code_is_no_text() const noexcept {
        return slots_[code].given != spelling::none && slots_[code].text.empty();
    }

    /// Whether the code is a text, which is compared decoded. Nothing is changed.
    [[nodiscard]] constexpr bool code_is(std::string_view expected) const noexcept {
        slot const& one = slots_[code];
        if (!Keep || !one.raw) return one.text == expected;
        comparison with_expected{expected};
        each_byte(one, [&with_expected](Char c) { with_expected.take(c); });
        return with_expected.equal();
    }
    [[nodiscard]] constexpr bool code_is_raw() const noexcept { return slots_[code].raw; }

    /// Reads the escapes that were left, in place: of the code, and of those fields that can do without them. The
    /// document stays well-formed and says what it said, unless a control or a quote is part of the code. Where
    /// another field needs its escapes it stays raw.
    constexpr void decode_what_fits() noexcept {
        for (slot& one : slots_)
            if (one.raw && (&one == slots_ + code || fits(one))) decode_slot(one);
    }

    std::size_t failure_offset = 0;
    errc failure_code = {}; // the first of all says nothing about a document: none
    media_type type = media_type::none;
    /// Whether the root is one that a success has: an object, an array, an element whose name ends in Response.
    bool root_of_success = true;

private:
    struct slot {
        std::string_view text = {};
        spelling given = spelling::none;
        bool raw = false; // escapes were left, or several pieces of XML text
    };

    // The kinds of tokens that mean the same here are the same number.
    static constexpr unsigned name_kind = static_cast<unsigned>(json_kind::name);
    static_assert(name_kind == static_cast<unsigned>(xml_kind::element_begin));
    static constexpr unsigned text_kind = static_cast<unsigned>(json_kind::string);
    static_assert(text_kind == static_cast<unsigned>(xml_kind::text));
    static constexpr unsigned more_text_kind = static_cast<unsigned>(json_kind::number);
    static_assert(more_text_kind == static_cast<unsigned>(xml_kind::cdata));

    // A format and its reader: known where code may be longer, otherwise one code for both.
    struct json_format {
        static constexpr bool is_xml = false;
        RESTARTCASTER_HOT static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_json_reader<Char>&>(from).step(token);
        }
    };
    struct xml_format {
        static constexpr bool is_xml = true;
        RESTARTCASTER_HOT RESTARTCASTER_ONCE static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_xml_reader<Char>&>(from).step(token);
        }
    };
    struct any_format {
        bool is_xml;
        constexpr bool step(reader<Char>& from, token<Char>& token) const noexcept {
            return is_xml ? xml_format::step(from, token) : json_format::step(from, token);
        }
    };
    RESTARTCASTER_APART constexpr void read_json(basic_json_reader<Char>& from) noexcept {
        if constexpr (RESTARTCASTER_SMALL)
            read_fields(from, any_format{false});
        else
            read_fields(from, json_format{});
    }
    RESTARTCASTER_APART constexpr void read_xml(std::string_view body) noexcept {
        basic_xml_reader<Char> from(body);
        if constexpr (RESTARTCASTER_SMALL)
            read_fields(from, any_format{true});
        else
            read_fields(from, xml_format{});
    }

    // A field of the service's kind while its value is read.
    struct known_field {
        slot* field_slot = nullptr; // null: a name that is none of the service's fields
        spelling spelled = spelling::none;
    };

    // Where reading stands.
    struct position {
        unsigned level = 1; // the depth at which fields stand
        bool decided = false;
        known_field now = {};
        bool begun = false;            // a piece of the field's text was read
        Char const* content = nullptr; // where the content of its element begins
    };

    template <class Format>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void read_fields(reader<Char>& from, Format const format) noexcept {
        position at;
        token<Char> token;
        while (format.step(from, token)) {
            if (token.kind == name_kind && from.depth_ <= at.level) {
                if (!begins_field(at, token, from, format.is_xml)) continue;
                // Where code may be longer, a value is read by a step that knows to expect one.
                // unreached: other_shape
                if (RESTARTCASTER_SMALL || format.is_xml || !format.step(from, token)) continue;
            }
            if (at.now.field_slot != nullptr) take_value(at, token, from, format.is_xml);
        }
        if (from.failed()) set_failure(from.code_, from.offset());
    }

    // Whether a name at the level of the fields, or the first below the root, is that of a field.
    RESTARTCASTER_HOT constexpr bool begins_field(position& at, token<Char> const& token, reader<Char>& from,
                                                  bool is_xml) noexcept {
        auto name = token.text;
        if (token.encoded) name = decoded_name(name);
        if (from.depth_ == 1 && !at.decided) {
            at.level = level_of_fields(name, at.level, from, is_xml);
            at.decided = at.level == 1;
            if (!at.decided) return false;
        }
        at.now = begin_field(name);
        at.begun = false;
        at.content = from.at_;
        return at.now.field_slot != nullptr;
    }

    RESTARTCASTER_HOT constexpr void take_value(position& at, token<Char> const& token, reader<Char> const& from,
                                                bool is_xml) noexcept {
        slot* const one = at.now.field_slot;
        if (token.kind == text_kind || token.kind == more_text_kind) {
            if (from.depth_ == at.level)
                take_text(*one, at.now.spelled, at.begun, token, is_xml ? at.content : nullptr, from.at_);
        } else if (!at.begun && is_no_text(token.kind)) {
            forget(*one);
            one->given = at.now.spelled;
            at.now.field_slot = nullptr; // whatever stands behind it
        }
    }

    // The depth at which the fields stand, by a name below the root: 1, beside this name; 2, below it, where it is the
    // name of a root; 0, nowhere.
    RESTARTCASTER_APART constexpr unsigned level_of_fields(std::string_view name, unsigned level, reader<Char>& from,
                                                           bool is_xml) noexcept {
        if (level == 2) { // a second member: the first was data
            for (slot& each : slots_)
                forget(each);
            root_of_success = true;
            return 1;
        }
        if (!is_xml && !sees_object(from)) return 1;
        unsigned const root = root_of(name);
        if (!is_xml && root == other_root) return 1;
        root_of_success = root == response_root;
        return root == other_root ? 0 : 2; // under another root of XML nothing is the service's
    }

    // Takes a piece of a field's text; `begun` when it is not the first.
    RESTARTCASTER_HOT constexpr void take_text(slot& one, spelling spelled, bool& begun, token<Char> const& piece,
                                               Char const* content, Char const* at) noexcept {
        if (!begun) {
            if (is_blank_text(piece.text)) return; // as good as none
            one.given = spelled;
            one.text = piece.text;
            if (Keep) one.raw = false;
            begun = true;
            if (!piece.encoded) return;
            one.text = text_at(piece.text.data(), 0);
        }
        add_text(one, piece.text, piece.kind, content, at);
    }

    [[nodiscard]] static constexpr bool sees_object(reader<Char>& json) noexcept {
        json.skip_blanks();
        return json.sees('{');
    }
    enum : unsigned { response_root, error_root, other_root };
    [[nodiscard]] static constexpr unsigned root_of(std::string_view name) noexcept {
        constexpr std::size_t size = 8;
        return find_word(part(name, name.size() > size ? name.size() - size : 0), "Response\0Error\0");
    }
    // What begins where a text should; no end, and no null.
    [[nodiscard]] static constexpr bool is_no_text(unsigned kind) noexcept {
        return kind == static_cast<unsigned>(json_kind::object_begin) ||
               kind == static_cast<unsigned>(json_kind::array_begin) || kind == name_kind ||
               kind == static_cast<unsigned>(json_kind::true_value) ||
               kind == static_cast<unsigned>(json_kind::false_value);
    }

    static constexpr void forget(slot& one) noexcept {
        one.text = {};
        one.given = spelling::none;
        if (Keep) one.raw = false;
    }

    // The field that a name stands for, unless a better spelling has given it.
    RESTARTCASTER_HOT constexpr known_field begin_field(std::string_view name) noexcept {
        known_field now = known(name);
        if (now.field_slot == nullptr || now.spelled < now.field_slot->given) return {};
        // Nothing counts of the same name's earlier value, whatever comes now; of another's until a value comes.
        if (now.spelled == now.field_slot->given) forget(*now.field_slot);
        return now;
    }

    // A piece of a field's text that has to be decoded or is not the first.
    RESTARTCASTER_COLD constexpr void add_text(slot& one, std::string_view piece, unsigned kind, Char const* content,
                                               Char const* at) noexcept {
        if (Keep && left_) {
            one.raw = true;
            one.text = content == nullptr ? piece : reader<Char>::between(content, at);
            return;
        }
        Char* const to = const_cast<Char*>(one.text.data());
        one.text = text_at(to, one.text.size() + decode_piece(piece, kind, to + one.text.size()));
    }

    [[nodiscard]] RESTARTCASTER_HOT constexpr known_field known(std::string_view name) noexcept {
#if !RESTARTCASTER_SMALL
        // The service's own spelling is compared as a whole, any other letter by letter.
        switch (name.size()) {
        case 4:
            if (name == "Code"sv) return {slots_ + code, spelling::of_service};
            break;
        case 6:
            if (name == "HostId"sv) return {slots_ + host_id, spelling::of_service};
            break;
        case 7:
            if (name == "Message"sv) return {slots_ + message, spelling::of_service};
            break;
        case 9:
            if (name == "RequestId"sv) return {slots_ + request_id, spelling::of_service};
            if (name == "Recommend"sv) return {slots_ + recommend, spelling::of_service};
            break;
        case 11:
        case 12: break;
        default: return {};
        }
#endif
        return known_in_any_case(name.data(), name.size());
    }
    RESTARTCASTER_COLD constexpr known_field known_in_any_case(Char const* name, std::size_t size) noexcept {
        char const* const names =
            "Code\0Message\0HostId\0RequestId\0Recommend\0ErrorCode\0ErrorMessage\0ErrorHostId\0";
        unsigned word = find_word(name, size, names, true);
        if (word == 8) return {};
        bool const exact = find_word(name, size, names, false) == word;
        auto how = static_cast<unsigned>(exact ? spelling::of_service : *name > 'Z' ? spelling::small_letter : spelling::any_case);
        if (word >= field_count) {
            word -= field_count;
            how -= 3;
        }
        return {slots_ + word, static_cast<spelling>(how)};
    }

    // A name without its escapes: in place, or where the body stays as it is its end, longer than all known names.
    RESTARTCASTER_COLD constexpr std::string_view decoded_name(std::string_view raw) noexcept {
        if constexpr (Keep) {
            if (left_) {
                Char const* at = raw.data();
                Char const* const end = at + raw.size();
                std::size_t size = 0;
                while (at != end) {
                    size += decode_character(at, end, name_ + size, '\\', read_json_escape<Char>);
                    for (; size > name_size; --size)
                        for (std::size_t i = 1; i != size; ++i)
                            name_[i - 1] = name_[i];
                }
                return text_at(name_, size);
            }
        }
        Char* const to = const_cast<Char*>(raw.data());
        return text_at(to, decode_json(raw, to));
    }

    struct escape_syntax {
        Char mark;
        escape_reader<Char>* read_escape;
    };
    [[nodiscard]] constexpr escape_syntax syntax_of(unsigned kind) const noexcept {
        if (type == media_type::json) return {'\\', read_json_escape<Char>};
        return {kind == text_kind ? '&' : '\0', read_xml_reference<Char>};
    }
    // Decodes a piece of text to where it stands or before, and says how long it is then.
    constexpr std::size_t decode_piece(std::string_view piece, unsigned kind, Char* to) const noexcept {
        escape_syntax const syntax = syntax_of(kind);
        return decode(piece.data(), piece.data() + piece.size(), to, syntax.mark, syntax.read_escape);
    }

    // ---- texts whose escapes are left

    // Gives the pieces of a raw text to take(piece, kind): one of JSON; of XML those that stand in the element itself.
    template <class Take>
    constexpr void each_piece(slot const& one, Take const& take) const noexcept {
        if (type == media_type::json) return take(one.text, text_kind);
        // With the '<' behind it, which ends the last piece.
        basic_xml_reader<Char> content(text_at(one.text.data(), one.text.size() + 1));
        content.at_ = one.text.data();
        content.depth_ = 1;
        content.begun_ = true;
        token<Char> token;
        while (content.step(token))
            if (content.depth_ == 1 && (token.kind == text_kind || token.kind == more_text_kind))
                take(token.text, token.kind);
    }
    template <class Take>
    constexpr void each_byte(slot const& one, Take const& take) const noexcept {
        each_piece(one, [this, &take](std::string_view piece, unsigned kind) {
            escape_syntax const syntax = syntax_of(kind);
            Char const* at = piece.data();
            Char const* const end = at + piece.size();
            Char bytes[4] = {};
            while (at != end) {
                std::size_t const size = decode_character(at, end, bytes, syntax.mark, syntax.read_escape);
                for (std::size_t i = 0; i != size; ++i)
                    take(bytes[i]);
            }
        });
    }
    [[nodiscard]] constexpr bool fits(slot const& one) const noexcept {
        bool all = true;
        each_byte(one, [this, &all](Char c) {
            bool const mark = type == media_type::xml ? c == '<' || c == '>' || c == '&' : c == '"' || c == '\\';
            if (mark || static_cast<unsigned char>(c) < 0x20) all = false;
        });
        return all;
    }
    constexpr void decode_slot(slot& one) noexcept {
        Char* const begin = const_cast<Char*>(one.text.data());
        Char* at = begin;
        each_piece(one, [this, &at](std::string_view piece, unsigned kind) { at += decode_piece(piece, kind, at); });
        // What is left over of its room is blank: in an element behind the text, in JSON behind its closing quote.
        Char* end = begin + one.text.size();
        one = {text_at(begin, static_cast<std::size_t>(at - begin)), one.given, false};
        if (type == media_type::json) {
            *at++ = '"';
            ++end;
        }
        while (at != end)
            *at++ = ' ';
    }

    slot slots_[field_count];
    bool left_ = false; // escapes are
    static constexpr std::size_t name_size = 16;
    struct nothing {};
    [[no_unique_address]] std::conditional_t<Keep, Char[name_size + 4], nothing> name_ = {};
};

}}} // namespace restartcaster::detail

#endif
