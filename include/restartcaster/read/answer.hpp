// SPDX-License-Identifier: MIT
// The five top-level fields of an answer in JSON or XML that reply.hpp evaluates.
// Source: protocol "Responses"; RFC 8259 section 8.3 (names are compared without their escapes).
// Data flow: a whole body in; code, message and ids as views into the body out, or the reason why the body is unreadable.
//
// The file is long, because reading with and without described fields is one class: both find the five fields, and packing must
// not overwrite the texts of these fields.
#ifndef RESTARTCASTER_READ_ANSWER_HPP
#define RESTARTCASTER_READ_ANSWER_HPP
#pragma once

#include "../message/response.hpp"
#include "raw_text.hpp"
#include "reply_table.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

[[nodiscard]] RESTARTCASTER_COLD constexpr bool is_blank_text(char const* at, std::size_t size) noexcept {
    for (; size != 0; ++at, --size)
        if (!is_blank(*at)) return false;
    return true;
}

// Most texts begin with a byte that is not blank; the first byte decides without a call.
[[nodiscard]] RESTARTCASTER_HOT constexpr bool is_blank_text(std::string_view text) noexcept {
    if (!text.empty() && static_cast<unsigned char>(text.front()) > ' ') return false;
    return is_blank_text(text.data(), text.size());
}

/// The spelling of a field's name, in ascending order of preference. If a body has a field under several spellings, the
/// spelling with the largest number gives the value, in any order of the fields. If one spelling is repeated, the last value
/// counts.
enum class spelling : std::uint8_t {
    none,              // the body does not have the field
    error_in_any_case, // ERRORCODE
    small_error_word,  // errorCode
    error_word,        // ErrorCode: in errors of older products
    any_case,          // CODE
    small_letter,      // code, requestId: other products
    of_service,        // Code, RequestId
};

/// The fields of one body. The whole body is read and checked. In XML, the fields are children of the root element. In JSON,
/// the fields are members of the root object; if the only member of the root object is an object and has the name of an XML
/// root, as in older documents of the vendor, the fields are members of this inner object.
/// Escapes are decoded in place, in the body, so a body can be read only once. With body_use::kept, read_body() can leave the
/// escapes unchanged, because the body of a success is returned unchanged; such a field is called raw. With body_use::described,
/// the described fields of a success are packed into the body while it is read.
template <class Char, body_use Use>
class answer {
    static constexpr bool Keep = Use == body_use::kept;
    static constexpr bool Pack = Use == body_use::described;

public:
    constexpr answer() noexcept = default;
    /// An answer that packs the fields of `table`; none if `table` is null.
    constexpr explicit answer(reply_table const* table) noexcept
        requires(Pack)
        : table_(table) {}

    enum field : std::uint8_t { code, message, host_id, request_id, recommend, field_count };
    enum class escapes : std::uint8_t { decoded, left };

    /// Reads the whole body; afterwards failed() is true if the body is unreadable.
    constexpr void read_body(std::string_view body, escapes how) noexcept {
        left_ = Keep && how == escapes::left;
        basic_json_reader<Char> json(body);
        json.skip_blanks();
        // The first byte decides between JSON and XML, because the content type of some answers is wrong.
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
    /// Records why the body is unreadable, and the byte offset; returns false.
    constexpr bool set_failure(errc why, std::size_t at) noexcept {
        failure_code = why;
        failure_offset = at;
        return false;
    }

    /// The text of a field; empty if the body does not have the field.
    [[nodiscard]] constexpr std::string_view& operator[](field one) noexcept { return slots_[one].text; }
    [[nodiscard]] constexpr std::string_view const& operator[](field one) const noexcept { return slots_[one].text; }

    /// For a 2xx answer: ignores a code in a field other than `Code` and `code`. Other spellings, such as `ErrorCode`, have a
    /// meaning in errors only.
    constexpr void forget_code_of_error() noexcept {
        if (slots_[code].given < spelling::small_letter) forget(slots_[code]);
    }
    /// Whether the code is the value of the field `Code`, the spelling of the service.
    [[nodiscard]] constexpr bool code_in_own_field() const noexcept {
        return slots_[code].given == spelling::of_service;
    }
    /// Whether the code is an array, an object or a Boolean. A code that is null counts as no code.
    [[nodiscard]] constexpr bool code_is_no_text() const noexcept {
        return slots_[code].given != spelling::none && slots_[code].text.empty();
    }

    /// Whether the code, decoded, equals `expected`. The body stays unchanged.
    [[nodiscard]] constexpr bool code_is(std::string_view expected) const noexcept {
        slot const& one = slots_[code];
        if (!Keep || !one.raw) return one.text == expected;
        return raw(one).equals(expected);
    }
    /// Whether the code is raw: it contains escapes, or consists of several pieces of XML text.
    [[nodiscard]] constexpr bool code_is_raw() const noexcept { return slots_[code].raw; }

    /// Decodes raw fields in place: the code always, any other field if its decoded text needs no escapes. The document stays
    /// well-formed and keeps its meaning, unless the code contains a control character, a quote or other markup. A field that
    /// needs its escapes stays raw.
    constexpr void decode_what_fits() noexcept {
        for (slot& one : slots_)
            if (one.raw && (&one == slots_ + code || raw(one).fits())) one = {raw(one).decode(), one.given, false};
    }

    /// The packed fields, for unpack_fields(); null if nothing was packed.
    [[nodiscard]] constexpr char const* packed_fields() const noexcept { return packed_; }
    /// The bytes of the body that packing did not overwrite.
    [[nodiscard]] constexpr std::string_view rest_of(std::string_view body) const noexcept {
        if constexpr (Pack) return packer_.rest_of(body);
        return body;
    }

    std::size_t failure_offset = 0;
    errc failure_code = {}; // the value 0 is never the failure of a document: no failure
    media_type type = media_type::none;
    /// Whether the root can belong to a success: a JSON object or array, or an XML element whose name ends in Response.
    bool root_of_success = true;

private:
    struct slot {
        std::string_view text = {};
        spelling given = spelling::none;
        bool raw = false; // not decoded: has escapes, or consists of several pieces of XML text
    };

    // A format and the step() of its reader. Speed builds compile the code once per format; small builds compile it once, and
    // any_format decides at run time.
    struct json_format {
        static constexpr media_type type = media_type::json;
        RESTARTCASTER_HOT static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_json_reader<Char>&>(from).step(token);
        }
    };
    struct xml_format {
        static constexpr media_type type = media_type::xml;
        RESTARTCASTER_HOT RESTARTCASTER_ONCE static constexpr bool step(reader<Char>& from, token<Char>& token) noexcept {
            return static_cast<basic_xml_reader<Char>&>(from).template step<Pack>(token);
        }
    };
    struct any_format {
        media_type type;
        constexpr bool step(reader<Char>& from, token<Char>& token) const noexcept {
            return type == media_type::xml ? xml_format::step(from, token) : json_format::step(from, token);
        }
    };
    RESTARTCASTER_APART constexpr void read_json(basic_json_reader<Char>& from) noexcept {
        if constexpr (RESTARTCASTER_SMALL)
            read_tokens(from, any_format{media_type::json});
        else
            read_tokens(from, json_format{});
    }
    RESTARTCASTER_APART constexpr void read_xml(std::string_view body) noexcept {
        basic_xml_reader<Char> from(body);
        if constexpr (RESTARTCASTER_SMALL)
            read_tokens(from, any_format{media_type::xml});
        else
            read_tokens(from, xml_format{});
    }
    template <class Format>
    RESTARTCASTER_HOT constexpr void read_tokens(reader<Char>& from, Format const format) noexcept {
        if constexpr (Pack)
            read_and_pack(from, format);
        else
            read_fields(from, format);
        if (from.failed()) set_failure(from.code_, from.offset());
    }

    // The field whose value is being read.
    struct known_field {
        slot* field_slot = nullptr; // null: not one of the five fields
        spelling spelled = spelling::none;
    };

    // The state of read_fields() between two tokens.
    struct position {
        unsigned level = 1;            // the depth of the fields; 0: this body has no fields
        bool decided = false;          // `level` is final
        known_field now = {};
        bool begun = false;            // the first piece of the field's text was read
        Char const* content = nullptr; // the start of the content of the field's XML element
    };

    template <class Format>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void read_fields(reader<Char>& from, Format const format) noexcept {
        position at;
        token<Char> token;
        while (format.step(from, token)) {
            if (token.kind == name_kind && from.depth_ <= at.level) {
                if (!begins_field(at, token, from, format.type)) continue;
                // Speed builds read a JSON value with a second inlined step(), in which the compiler knows that a value is
                // expected.
                // unreached: other_shape
                if (RESTARTCASTER_SMALL || format.type == media_type::xml || !format.step(from, token)) continue;
            }
            if (at.now.field_slot != nullptr) take_value(at, token, from, format.type);
        }
    }

    // ---- packing

    template <class Format>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void read_and_pack(reader<Char>& from, Format const format) noexcept {
        position at;
        token<Char> token;
        while (format.step(from, token)) {
            bool const is_name = token.kind == name_kind;
            bool begun = false;
            if (is_name) {
                if (token.encoded) token.text = decoded_name(token.text);
                begun = begins_described(at, token.text, from, format.type);
            } else if (format.type == media_type::xml) {
                pack_xml(token, from);
            } else {
                pack_json(token, from);
            }
            if (at.now.field_slot == nullptr) {
                if (format.type == media_type::xml || !is_name) take_plain_fields(token, from, format.type);
            } else if (!begun) {
                take_value(at, token, from, format.type);
            }
        }
        settle(at, from);
        if (packer_.is_active() && packer_.finish(from.at_)) packed_ = packer_.packed_form();
    }

    // After a value in JSON and after each token in XML, described fields may follow in their plain form.
    RESTARTCASTER_HOT constexpr void take_plain_fields(token<Char> const& last, reader<Char>& from, media_type format) noexcept {
#if !RESTARTCASTER_SMALL
        if (!packer_.is_active() || !packer_.in_object_at(from.depth_)) return;
        if (format == media_type::xml) {
            if (static_cast<basic_xml_reader<Char>&>(from).in_content())
                from.at_ = packer_.take_plain_elements(from.at_, from.end_);
            return;
        }
        auto& json = static_cast<basic_json_reader<Char>&>(from);
        if (json.in_object() == 0) return; // the root is an array
        bool first = last.kind == static_cast<unsigned>(json_kind::object_begin);
        from.at_ = packer_.take_plain_members(from.at_, from.end_, first, json.object_in_array());
        json.expect_member(first);
#else
        (void)last;
        (void)from;
        (void)format;
#endif
    }

    // Takes a name. Returns whether it was one of a described field, or began one of the five fields.
    RESTARTCASTER_HOT constexpr bool begins_described(position& at, std::string_view name, reader<Char>& from, media_type format) noexcept {
        bool const top = from.depth_ <= at.level;
        if (top) {
            settle(at, from);
            at.now = {};
            if (from.depth_ == 1 && !at.decided) {
                decide_level(at, name, from, format);
                if (!at.decided) return true;
            }
        }
        if (packer_.is_active()) {
            if (format == media_type::json) {
                if (from.depth_ == packer_.level() && packer_.take_name(name)) return true;
            } else if (Char const* const described = packer_.take_element_begin(name, from.depth_, from.at_)) {
                // Packing may overwrite the start tag.
                static_cast<basic_xml_reader<Char>&>(from).set_innermost(described);
                return true;
            }
        }
        if (!top) return false;
        at.now = begin_field(name);
        at.begun = false;
        return true;
    }
    RESTARTCASTER_APART constexpr void decide_level(position& at, std::string_view name, reader<Char>& from, media_type format) noexcept {
        // A JSON member that is described is a field and no root, whatever its name is.
        if (format == media_type::xml || at.level == 2 || table_ == nullptr || !packer<Char>::describes(*table_, name))
            at.level = level_of_fields(name, at.level, from, format);
        at.decided = at.level == 1;
        if (at.level != 0) {
            bool const is_xml = format == media_type::xml;
            packer_.begin(const_cast<Char*>(is_xml ? from.at_ : from.begin_), table_, is_xml ? 1 : at.level);
        }
    }
    // Moves the text of one of the five fields out of the way of the packed fields.
    RESTARTCASTER_HOT constexpr void settle(position& at, reader<Char> const& from) noexcept {
        if (at.now.field_slot == nullptr || !at.begun || !packer_.is_active()) return;
        at.now.field_slot->text = packer_.keep(at.now.field_slot->text, from.at_);
    }
    RESTARTCASTER_HOT constexpr void pack_json(token<Char> const& token, reader<Char>& from) noexcept {
        if (packer_.is_active())
            packer_.take_json(token, from.depth_, static_cast<basic_json_reader<Char>&>(from).in_object() != 0, from.at_);
    }
    RESTARTCASTER_HOT constexpr void pack_xml(token<Char> const& token, reader<Char>& from) noexcept {
        if (!packer_.is_active()) return;
        if (token.kind != static_cast<unsigned>(xml_kind::element_end))
            packer_.take_text(token, from.depth_);
        else
            packer_.take_element_end(from.depth_, from.at_);
    }

    // Returns whether `token`, a name, is the name of one of the five fields. The first names also decide the level of the
    // fields.
    RESTARTCASTER_HOT constexpr bool begins_field(position& at, token<Char> const& token, reader<Char>& from,
                                                  media_type format) noexcept {
        auto name = token.text;
        if (token.encoded) name = decoded_name(name);
        if (from.depth_ == 1 && !at.decided) {
            at.level = level_of_fields(name, at.level, from, format);
            at.decided = at.level == 1;
            if (!at.decided) return false;
        }
        at.now = begin_field(name);
        at.begun = false;
        at.content = from.at_;
        return at.now.field_slot != nullptr;
    }

    // Stores a text, and ignores null. An array, an object or a Boolean makes the field present and empty.
    RESTARTCASTER_HOT constexpr void take_value(position& at, token<Char> const& token, reader<Char> const& from,
                                                media_type format) noexcept {
        slot* const one = at.now.field_slot;
        if (token.kind == text_kind || token.kind == more_text_kind) {
            if (from.depth_ == at.level)
                take_text(*one, at.now.spelled, at.begun, token, format == media_type::xml ? at.content : nullptr, from.at_);
        } else if (!at.begun && is_no_text(token.kind)) {
            forget(*one);
            one->given = at.now.spelled;
            at.now.field_slot = nullptr; // ignores the content of the array or object
        }
    }

    // The depth of the fields, derived from a name directly below the JSON root object, or from the name of the XML root:
    // 1 for the members of the JSON root object; 2 for the members of this object or the children of this element, whose name
    // is that of a root; 0 for an XML root of another name, which has no fields.
    RESTARTCASTER_APART constexpr unsigned level_of_fields(std::string_view name, unsigned level, reader<Char>& from,
                                                           media_type format) noexcept {
        if (level == 2) { // a second member, so the first member was data and no root
            for (slot& each : slots_)
                forget(each);
            root_of_success = true;
            return 1;
        }
        if (format == media_type::json && !sees_object(from)) return 1;
        unsigned const root = root_of(name);
        if (format == media_type::json && root == other_root) return 1;
        root_of_success = root == response_root;
        return root == other_root ? 0 : 2; // the service does not send another XML root
    }

    // Stores a piece of a field's text; `begun` is false for the first piece. `content` is the start of the XML element's
    // content, null in JSON; `at` is the end of the piece.
    RESTARTCASTER_HOT constexpr void take_text(slot& one, spelling spelled, bool& begun, token<Char> const& piece,
                                               Char const* content, Char const* at) noexcept {
        if (!begun) {
            if (is_blank_text(piece.text)) return; // a blank piece counts as no text
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
    // Whether the token begins a value that is not a text: an object, an array, an XML element or a Boolean. Null is not
    // included.
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

    // The field with this name; none if a preferred spelling gave the value already.
    RESTARTCASTER_HOT constexpr known_field begin_field(std::string_view name) noexcept {
        known_field now = known(name);
        if (now.field_slot == nullptr || now.spelled < now.field_slot->given) return {};
        // A repeated name removes its earlier value at once, even if null follows. A preferred spelling replaces the value of
        // another spelling only when its own value arrives.
        if (now.spelled == now.field_slot->given) forget(*now.field_slot);
        return now;
    }

    // Appends a piece that contains escapes or is not the first. With left_, extends the raw text instead.
    RESTARTCASTER_COLD constexpr void add_text(slot& one, std::string_view piece, unsigned kind, Char const* content,
                                               Char const* at) noexcept {
        if (Keep && left_) {
            one.raw = true;
            one.text = content == nullptr ? piece : reader<Char>::between(content, at);
            return;
        }
        Char* const to = const_cast<Char*>(one.text.data());
        one.text = text_at(to, one.text.size() + decode_piece<Char>(type, kind, piece, to + one.text.size()));
    }

    [[nodiscard]] RESTARTCASTER_HOT constexpr known_field known(std::string_view name) noexcept {
#if !RESTARTCASTER_SMALL
        // Compares with the spelling of the service first; other spellings are rare and take the slow path.
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
    // The field with this name in any spelling. Spellings of errors are 3 less in `spelling` than those of other names.
    RESTARTCASTER_COLD constexpr known_field known_in_any_case(Char const* name, std::size_t size) noexcept {
        char const* const names =
            "Code\0Message\0HostId\0RequestId\0Recommend\0ErrorCode\0ErrorMessage\0ErrorHostId\0";
        unsigned word = find_word(name, size, names, letter_case::ignored);
        if (word == 8) return {};
        bool const exact = find_word(name, size, names, letter_case::counts) == word;
        auto how = static_cast<unsigned>(exact ? spelling::of_service : *name > 'Z' ? spelling::small_letter : spelling::any_case);
        if (word >= field_count) {
            word -= field_count;
            how -= 3;
        }
        return {slots_ + word, static_cast<spelling>(how)};
    }

    // Decodes the escapes of a name in place. If the body must stay unchanged (left_), returns the end of the decoded name.
    RESTARTCASTER_COLD constexpr std::string_view decoded_name(std::string_view raw) noexcept {
        if constexpr (Keep) {
            if (left_) return end_of_name_.decode(raw);
        }
        Char* const to = const_cast<Char*>(raw.data());
        return text_at(to, decode_json(raw, to));
    }

    [[nodiscard]] constexpr raw_text<Char> raw(slot const& one) const noexcept { return {one.text, type}; }

    struct nothing {};
    slot slots_[field_count];
    bool left_ = false; // escapes stay in the body
    [[no_unique_address]] std::conditional_t<Keep, end_of_name<Char>, nothing> end_of_name_ = {};
    [[no_unique_address]] std::conditional_t<Pack, packer<Char>, nothing> packer_ = {};
    reply_table const* table_ = nullptr;
    char const* packed_ = nullptr;
};

}}} // namespace restartcaster::detail

#endif
