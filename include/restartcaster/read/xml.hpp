// SPDX-License-Identifier: MIT
// A strict XML pull reader for replies, token by token; stores nothing, fetches nothing and expands no entity.
// Source: XML 1.0, fifth edition, without document type declarations.
// Data flow: the body of a response in, tokens out; answer.hpp picks the fields that it knows and skips the rest.
//
// The file is long, because it is one class: its functions share the position, the names of the open elements and the state of
// the last text.
#ifndef RESTARTCASTER_READ_XML_HPP
#define RESTARTCASTER_READ_XML_HPP
#pragma once

#include "escapes.hpp"
#include "reader.hpp"
#include "xml_characters.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The kind of an XML token. The numbers equal those of the kinds in json_kind with the same role in an answer.
enum class xml_kind : std::uint8_t { element_begin = 4, text = 5, cdata = 6, element_end = 1, end = 10 };

namespace detail {

template <class Char>
constexpr std::size_t decode_xml(std::string_view text, bool cdata, Char* storage) noexcept {
    return decode<Char>(text.data(), text.data() + text.size(), storage, cdata ? '\0' : '&', read_xml_reference);
}

} // namespace detail

/// One XML token.
/// Storage: `text` points into the document.
template <class Char>
struct basic_xml_token {
    /// The name of an element with its prefix, or a piece of text, not decoded.
    std::basic_string_view<Char> text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    xml_kind kind;
    /// Whether a piece of text contains references or carriage returns; without them, no decoding is needed.
    bool encoded;

    /// The text that a piece of text or CDATA stands for: references and line ends are read.
    /// Storage: a piece that is its own decoding is returned as it is, and the storage is not written; otherwise the
    ///   result points into `storage`, which may be the bytes of the token itself.
    /// Errors: storage_too_small; `text.size()` bytes are always enough.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    decode(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) const noexcept {
        if (!encoded) return text;
        if (storage.size() < text.size())
            return unexpected(failure{.code = errc::storage_too_small, .detail = text.size()});
        return detail::text_at(storage.data(), detail::decode_xml(text, kind == xml_kind::cdata, storage.data()));
    }
};
/// The token type for programs.
using xml_token = basic_xml_token<char>;

/// Reads the tokens of one XML document and checks the whole document for well-formedness. It reads elements, text,
/// CDATA sections, comments, processing instructions, the XML declaration, the five predefined entities and character
/// references. Attributes, comments and processing instructions are checked and not returned.
/// Choices: a UTF-8 byte order mark at the start is skipped; version 1.1 is read as 1.0; names follow the fifth edition,
/// include the namespace prefix and are compared as bytes. A document type declaration is refused before its content is
/// read, so that no entity is ever declared, expanded or fetched. Only UTF-8 is accepted.
/// Nesting is limited to `depth_limit` levels, an element to `attribute_limit` attributes.
/// Storage: refers to the caller's document, which must outlive the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   xml_doctype_refused, xml_encoding_refused, xml_entity_unknown, xml_reference_invalid,
///   xml_tag_mismatched, xml_attribute_duplicate, xml_attributes_too_many; detail is the byte offset. After
///   an error the reader stops: every further call returns the same error.
/// Cost: linear in the document; 156 bytes of state with 32-bit pointers; no recursion.
template <class Char>
class basic_xml_reader : protected detail::reader<Char> {
    using base = detail::cursor<Char>;
    using reader = detail::reader<Char>;
    using base::advance_if, base::advance_past, base::at_, base::between, base::character, base::digits, base::end_,
        base::set_failure, base::failed, base::offset_of, base::peek, base::reason, base::sees, base::sees_blank,
        base::skip_blanks;
    using reader::depth_, reader::limit_;
    using letter_case = detail::letter_case;

public:
    using base::offset;
    /// The largest depth of nesting, and the largest number of attributes of one element.
    static constexpr unsigned max_depth = 32;
    static constexpr unsigned attribute_limit = 16;

    /// Reads `document`, with a limit of nesting of max_depth or, if smaller, `depth_limit`.
    constexpr explicit basic_xml_reader(detail::document document RESTARTCASTER_LIFETIMEBOUND) noexcept
        : reader(document, max_depth, max_depth) {
        begin_document();
    }
    template <detail::not_a_pointer Document>
    constexpr explicit basic_xml_reader(Document&& document, unsigned depth_limit) noexcept
        : reader(detail::document(static_cast<Document&&>(document)), depth_limit, max_depth) {
        begin_document();
    }

    /// The next token; xml_kind::end at the end of the document and in every later call. An empty-element tag gives
    /// element_begin and element_end. The blanks around the root element are not returned.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<basic_xml_token<Char>> next() noexcept {
        detail::token<Char> token{};
        if (!step(token) && failed()) return reason();
        return basic_xml_token<Char>{token.text, offset_of(token.text.data()), static_cast<xml_kind>(token.kind),
                                     token.encoded};
    }

    /// Skips the rest of the innermost open element; nothing if none is open. Skipped text is checked like all other
    /// text.
    constexpr result<void> skip_value() noexcept {
        for (unsigned const depth = depth_; depth_ != 0 && depth_ >= depth;) {
            detail::token<Char> token{};
            if (!step(token)) break;
        }
        if (failed()) return reason();
        return {};
    }

    /// Reads the rest of the innermost open element and returns its text: text and CDATA pieces, decoded and joined;
    /// inner elements are skipped.
    /// Storage: a single piece that needs no decoding is returned as a view of the document, and `storage` is not used.
    ///   Otherwise the text is written to the start of `storage`. `storage` may be the bytes of the document from offset()
    ///   on, which are always enough.
    /// Errors: as for next(); storage_too_small with the number of bytes needed.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    read_text(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) noexcept {
        Char* const bytes = storage.data();
        unsigned const depth = depth_;
        std::basic_string_view<Char> text = detail::text_at(bytes, 0);
        std::size_t used = 0;
        while (depth_ != 0 && depth_ >= depth) {
            detail::token<Char> token{};
            if (!step(token)) break;
            bool const cdata = is_a(token, xml_kind::cdata);
            if (depth_ != depth || (!cdata && !is_a(token, xml_kind::text))) continue;
            if (text.empty() && !token.encoded) {
                text = token.text;
                continue;
            }
            std::size_t const needed = text.size() + token.text.size();
            if (needed > storage.size())
                return unexpected(failure{.code = errc::storage_too_small, .detail = needed});
            if (used == 0)
                for (; used != text.size(); ++used)
                    bytes[used] = text[used];
            used += detail::decode_xml(token.text, cdata, bytes + used);
            text = detail::text_at(bytes, used);
        }
        if (failed()) return reason();
        return text;
    }

private:
    template <class, detail::body_use>
    friend class detail::answer;
    template <class>
    friend struct detail::raw_text;

    [[nodiscard]] static constexpr bool is_a(detail::token<Char> const& token, xml_kind kind) noexcept {
        return token.kind == static_cast<std::uint8_t>(kind);
    }

    constexpr void begin_document() noexcept {
        names_[0] = at_;
#if !RESTARTCASTER_SMALL
        // The two usual forms of the XML declaration, the service's and the most common one, in one comparison each.
        constexpr std::string_view usual = "<?xml version='1.0' encoding='UTF-8'?>"sv;
        constexpr std::string_view quoted = R"(<?xml version="1.0" encoding="UTF-8"?>)"sv;
        if (static_cast<std::size_t>(end_ - at_) < usual.size() || at_[1] != '?') return;
        auto const first_bytes = detail::text_at(at_, usual.size());
        if (first_bytes == usual || first_bytes == quoted) at_ += usual.size();
#endif
    }

    // From now on, the end tag of the innermost element is compared with `name`, which ends with a quote, and not with the start
    // tag, which may be overwritten. Requires: step<true>(), which gives no name with the end of an empty-element tag.
    constexpr void set_innermost(Char const* name) noexcept { names_[depth_ % max_depth] = name; }

    // Whether the reader is inside of an element, and not before the end of an empty-element tag.
    [[nodiscard]] constexpr bool in_content() const noexcept { return depth_ != 0 && !empty_element_; }

    template <bool Foreign = false>
    RESTARTCASTER_HOT constexpr bool step(detail::token<Char>& token) noexcept {
        auto const kind = empty_element_ ? xml_kind::element_end : markup();
        Char const* from = at_;
        Char const* to = from;
        if (kind == xml_kind::element_begin) {
            to = start_tag();
        } else if (kind == xml_kind::element_end) {
            if (Foreign && empty_element_) {
                to = from;
            } else if (empty_element_) {
                Char const* const back = at_;
                from = at_ = innermost();
                detail::skip_name_bytes(*this);
                to = at_;
                at_ = back;
            } else {
                if (!accept_name<Foreign>(innermost())) set_failure(errc::xml_tag_mismatched);
                to = at_;
                skip_blanks();
                advance_past('>');
            }
            encoded_ = empty_element_ = false;
            --depth_;
        } else if (kind == xml_kind::text) {
            encoded_ = false;
            at_ = detail::skip_plain(at_, end_, '<', '&', ']');
            if (!sees('<')) skip_to("<");
            to = at_;
        } else if (kind == xml_kind::cdata) {
            encoded_ = false;
            at_ = detail::skip_plain(at_, end_, ']', ']', ']');
            skip_to("]]>");
            to = at_;
            advance_past("]]>");
        }
        token = {between(from, to), static_cast<std::uint8_t>(kind), encoded_};
        return kind != xml_kind::end && !failed();
    }

    // Skips comments, processing instructions and the bytes that show the kind of the next token.
    RESTARTCASTER_HOT constexpr xml_kind markup() noexcept {
        for (;;) {
            bool const content = depth_ != 0;
            if (!content) {
                skip_blanks();
                if (at_ == end_ && begun_) return xml_kind::end;
            }
            Char const* const from = at_;
            if (!advance_if('<')) {
                if (content) return xml_kind::text;
            } else if (sees('!') || sees('?')) {
                if (begins_cdata(content)) return xml_kind::cdata;
                continue;
            } else if (advance_if('/')) {
                if (content) return xml_kind::element_end;
            } else if (content || !begun_) {
                return xml_kind::element_begin;
            }
            set_failure(begun_ ? errc::trailing_bytes : errc::unexpected_byte, from);
            return xml_kind::end;
        }
    }
    // Skips an instruction, a comment or the start of a CDATA section, after the `<`. True: a CDATA section starts.
    constexpr bool begins_cdata(bool content) noexcept {
        if (advance_if('?')) {
            instruction();
            return false;
        }
        ++at_;
        if (content && sees('[')) {
            advance_past("[CDATA[");
            return true;
        }
        comment();
        return false;
    }
    // Skips a comment, after its `<!`.
    RESTARTCASTER_COLD constexpr void comment() noexcept {
        if (sees('D')) {
            Char const* const from = at_ - 2;
            advance_past("DOCTYPE");
            set_failure(errc::xml_doctype_refused, from);
        }
        advance_past("--");
        skip_to("--");
        advance_past("-->");
    }
    // Skips a processing instruction, or the XML declaration at the start of the document, after its `<?`.
    RESTARTCASTER_COLD constexpr void instruction() noexcept {
        Char const* const from = at_;
        bool const first = from - 2 == names_[0];
        name();
        bool const blank = sees_blank();
        if (first && blank && is("xml\0", from)) {
            declaration();
        } else {
            if (is("xml\0", from, letter_case::ignored)) set_failure(errc::unexpected_byte, from);
            if (blank) skip_to("?>");
        }
        advance_past("?>");
    }
    // Whether the text from `from` to here is `word`.
    [[nodiscard]] constexpr bool is(char const* word, Char const* from, letter_case letters = letter_case::counts) const noexcept {
        return detail::find_word(between(from, at_), word, letters) == 0;
    }
    // Goes to the start of `word`. If `word` is one byte, it ends text or a value, which may contain references and no
    // markup.
    constexpr void skip_to(char const* word) noexcept {
        bool const references = word[1] == '\0';
        for (;;) {
            if (*word == '<' || *word == ']') at_ = detail::skip_plain(at_, end_, '<', '&', ']');
            if (sees(word) || failed()) return;
            Char const c = peek();
            if (c == '\r') encoded_ = true;
            if (references) {
                if (c == '<' || (c == ']' && *word == '<' && sees("]]>"))) set_failure(errc::unexpected_byte);
                if (c == '&') {
                    encoded_ = true;
                    detail::read_xml_reference(*this);
                    continue;
                }
            }
            xml_character();
        }
    }
    // Skips one character that XML allows.
    constexpr void xml_character() noexcept {
        Char const* const from = at_;
        if (sees_blank())
            ++at_;
        else if (character() >> 1 == 0xFFFE >> 1) // XML excludes U+FFFE and U+FFFF
            set_failure(errc::unexpected_byte, from);
    }

    // Skips a name.
    RESTARTCASTER_HOT constexpr void name() noexcept {
        Char const* const from = at_;
        for (;;) {
            at_ = detail::skip_xml_name(at_, end_);
            Char const c = peek();
            if (static_cast<unsigned char>(c) < 0x80) break;
            name_character(at_ == from);
        }
        // '-', '.' and digits may be in a name and cannot begin one.
        if (at_ == from || static_cast<unsigned char>(*from - '-') < 13) set_failure(errc::unexpected_byte, from);
    }
    constexpr void name_character(bool first) noexcept {
        Char const* const from = at_;
        auto const code_point = character();
        if (code_point >= 0x80 && !detail::is_xml_name_character(code_point, first)) set_failure(errc::unexpected_byte, from);
    }

    RESTARTCASTER_HOT constexpr Char const* start_tag() noexcept {
        Char const* const from = at_;
        if (depth_ == limit_) set_failure(errc::nesting_too_deep, from - 1);
        name();
        Char const* const to = at_;
        if (!sees('>')) attributes();
        encoded_ = false;
        ++depth_;
        names_[depth_ % max_depth] = from;
        begun_ = true;
        empty_element_ = advance_if('/');
        advance_past('>');
        return to;
    }
    // Goes to the `>` or `/` that ends a start tag.
    constexpr void attributes() noexcept {
        Char const* names[attribute_limit];
        for (unsigned count = 0; !failed(); ++count) {
            Char const* from = at_;
            skip_blanks();
            if (sees('>') || sees('/')) return;
            if (at_ == from) set_failure(errc::unexpected_byte);
            if (count == attribute_limit) {
                set_failure(errc::xml_attributes_too_many);
                return;
            }
            from = at_;
            for (unsigned i = 0; i != count; ++i)
                if (accept_name(names[i]) && at_ != end_) set_failure(errc::xml_attribute_duplicate, from);
            name();
            names[count] = from;
            Char const* const mark = quote();
            skip_to(mark);
            advance_past(mark);
        }
    }
    // Skips `=` and the opening quote; returns the quote, which also closes the value.
    RESTARTCASTER_APART constexpr Char const* quote() noexcept {
        advance_past(" = ");
        Char const* const mark = sees('"') ? "\"" : "'";
        advance_past(mark);
        return mark;
    }
    // Skips a name if it equals the name that begins at `begun`. A name cut off by the end of the document counts as equal.
    // With Foreign, `begun` may be outside the document.
    template <bool Foreign = false>
    constexpr bool accept_name(Char const* begun) noexcept {
        Char const* const from = at_;
#if !RESTARTCASTER_SMALL
        if constexpr (!Foreign) {
            // The fast case, an ASCII name: its length is known from the name at `begun`.
            Char const* const ended = detail::skip_xml_name(begun, end_);
            std::size_t const length = static_cast<std::size_t>(ended - begun);
            if (length < static_cast<std::size_t>(end_ - from) && between(begun, ended) == between(from, from + length) &&
                static_cast<unsigned char>(*ended) < 0x80 && !detail::is_xml_name_byte(from[length])) {
                at_ += length;
                return true;
            }
        }
#endif
        detail::skip_name_bytes(*this);
        Char const* same = from;
        for (; same != at_ && *same == *begun; ++same)
            ++begun;
        if (same == at_ && (same == end_ || !detail::is_xml_name_byte(*begun))) return true;
        at_ = from;
        return false;
    }

    // The name of the innermost open element. Requires: an open element.
    [[nodiscard]] constexpr Char const* innermost() const noexcept {
        return names_[depth_ % max_depth];
    }

    // Skips the rest of an XML declaration: XML 1.0, productions 23 to 26, 32, 80 and 81.
    RESTARTCASTER_COLD constexpr void declaration() noexcept {
        advance_past(" version");
        Char const* const mark = quote();
        advance_past("1.");
        digits(errc::unexpected_byte);
        advance_past(mark);
        pseudo_attribute("encoding", "utf-8\0us-ascii\0", errc::xml_encoding_refused);
        pseudo_attribute("standalone", "yes\0no\0", errc::unexpected_byte);
        skip_blanks();
    }
    // Skips a blank, `name`, `=` and one of two values, if that name follows. The case of an encoding is ignored.
    RESTARTCASTER_COLD constexpr void pseudo_attribute(char const* name, char const* values, errc otherwise) noexcept {
        Char const* from = at_;
        skip_blanks();
        if (!sees(*name)) {
            at_ = from;
            return;
        }
        if (at_ == from) set_failure(errc::unexpected_byte);
        advance_past(name);
        Char const* const mark = quote();
        from = at_;
        skip_to(mark);
        if (detail::find_word(between(from, at_), values, *name == 'e' ? letter_case::ignored : letter_case::counts) == 2) set_failure(otherwise, from);
        advance_past(mark);
    }

    bool begun_ = false;         // the root element has begun
    bool empty_element_ = false; // the last tag was an empty-element tag, whose element_end comes next
    bool encoded_ = false;       // the last text contains references or carriage returns
    // The names of the open elements, in their start tags. names_[0] is the start of the document until max_depth elements
    // are open.
    Char const* names_[max_depth];
};

/// The reader for programs. Char is always char; it is a template parameter, so that an unused reader costs no compile
/// time.
using xml_reader = basic_xml_reader<char>;

}} // namespace restartcaster

#endif
