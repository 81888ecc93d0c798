// SPDX-License-Identifier: MIT
// Reads the XML of a service's reply token by token: strict, nothing stored, nothing fetched, nothing expanded.
// Source: XML 1.0, fifth edition, without document type declarations.
// Path: the body of a response in, tokens out; reply.hpp picks what it knows and skips the rest.
#ifndef RESTARTCASTER_READ_XML_HPP
#define RESTARTCASTER_READ_XML_HPP

#include "scan.hpp"

#include <span>

namespace restartcaster::inline RESTARTCASTER_ABI {

/// What an XML token is.
enum class xml_kind : std::uint8_t { element_begin, element_end, text, cdata, end };

/// One XML token.
/// Storage: `text` points into the document: the name of an element, prefix and all, or a piece of text not
/// decoded.
struct xml_token {
    std::string_view text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    xml_kind kind;
    /// Whether a piece of text holds references or carriage returns; without them it is its own decoding.
    bool encoded;
};

namespace detail {

// Bytes that XML 1.0 production 4a allows in a name, and every byte of a character that is not ASCII.
[[nodiscard]] constexpr bool is_xml_name_byte(char c) noexcept {
    constexpr std::uint32_t ascii[] = {0, 0x07FF6000, 0x87FFFFFE, 0x07FFFFFE};
    unsigned const byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (ascii[byte >> 5] >> (byte & 31) & 1) != 0;
}

// Whether a character of two to four bytes may stand in a name, or begin one.
[[nodiscard]] constexpr bool is_xml_name_character(std::uint32_t code_point, bool first) noexcept {
    constexpr std::uint16_t ranges[][2] = {
        {0xB7, 0xB7},     {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x37D},     {0x37F, 0x1FFF},   {0x200C, 0x200D},
        {0x203F, 0x2040}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}};
    if (code_point >= 0x10000) return code_point < 0xF0000;
    if (first && (code_point == 0xB7 || code_point >> 1 == 0x203F >> 1 || code_point == 0x2040 ||
                  (code_point >= 0x300 && code_point < 0x370)))
        return false;
    for (auto const& range : ranges)
        if (code_point <= range[1]) return code_point >= range[0];
    return false;
}

// XML 1.0, production 2.
[[nodiscard]] constexpr bool is_xml_character(std::uint32_t code_point) noexcept {
    if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF) && code_point >> 1 != 0xFFFE >> 1;
}

struct xml_reference {
    char const* next; // after its semicolon, or the byte that makes it none
    std::uint32_t code_point;
    errc fault;
    bool valid;
};

// The reference that begins at an ampersand.
[[nodiscard]] constexpr xml_reference read_xml_reference(char const* at, char const* end) noexcept {
    char const* stop = at + 1;
    while (stop != end && (is_xml_name_byte(*stop) || *stop == '#')) ++stop;
    if (stop == end || *stop != ';') return {stop, 0, errc::unexpected_byte, false};
    std::string_view const name{at + 1, static_cast<std::size_t>(stop - at - 1)};
    if (!name.starts_with('#')) {
        struct entity {
            char name[5];
            char character;
        };
        constexpr entity entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};
        for (entity const& one : entities)
            if (name == one.name) return {stop + 1, static_cast<unsigned char>(one.character), {}, true};
        return {at, 0, errc::xml_entity_unknown, false};
    }
    bool const hex = name.starts_with("#x");
    std::uint32_t code_point = 0;
    bool valid = name.size() > (hex ? 2u : 1u);
    for (char const given : name.substr(hex ? 2 : 1)) {
        char const c = ascii_lower(given);
        bool const letter = hex && c >= 'a' && c <= 'f';
        valid = valid && (is_digit(c) || letter) && code_point < 0x110000;
        code_point = code_point * (hex ? 16 : 10) + static_cast<std::uint32_t>(letter ? c - 'a' + 10 : c - '0');
    }
    valid = valid && is_xml_character(code_point);
    return {valid ? stop + 1 : at, code_point, errc::xml_reference_invalid, valid};
}

// Writes the text that a token stands for, and says how long it is: never longer than the token. The bytes
// written may be the token's own or lie before them.
constexpr std::size_t decode_xml(xml_token const& token, char* const storage) noexcept {
    char const* at = token.text.data();
    char const* const end = at + token.text.size();
    char* to = storage;
    while (at != end) {
        if (*at == '&' && token.kind == xml_kind::text) {
            xml_reference const reference = read_xml_reference(at, end);
            if (reference.valid) {
                to += write_utf8(to, reference.code_point);
                at = reference.next;
                continue;
            }
        }
        char const c = *at++;
        *to++ = c == '\r' ? '\n' : c; // XML 1.0, 2.11
        if (c == '\r' && at != end && *at == '\n') ++at;
    }
    return static_cast<std::size_t>(to - storage);
}

} // namespace detail

/// Pulls tokens out of one XML document, all of it checked for well-formedness. What it reads: elements, text,
/// CDATA sections, comments, processing instructions, the XML declaration, the five entities of XML itself and
/// character references. Attributes are checked and passed over, comments and processing instructions too.
/// Its choices: a UTF-8 byte order mark at the start is skipped; version 1.1 is read as 1.0; names are the
/// fifth edition's, compared as bytes, a prefix being part of them; a document type declaration is refused
/// before anything in it is read, so that no entity is ever declared, expanded or fetched; UTF-8 only.
/// Nesting ends at `depth_limit`, an element at `max_attributes`.
/// Storage: the document stays the caller's and outlives the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   xml_doctype_refused, xml_encoding_refused, xml_entity_unknown, xml_reference_invalid, xml_tag_mismatched,
///   xml_attribute_duplicate, xml_attributes_too_many; detail is the byte offset. Nothing is read after one:
///   every further call gives it again.
/// Cost: linear in the document, a pointer of state for each level, no recursion.
class xml_reader : public detail::place {
public:
    static constexpr unsigned max_depth = 32;
    static constexpr unsigned max_attributes = 16;

    constexpr explicit xml_reader(std::string_view document, unsigned depth_limit = max_depth) noexcept
        : place(document), limit_(static_cast<std::uint8_t>(depth_limit < max_depth ? depth_limit : max_depth)) {}

    /// The next token; xml_kind::end once the document is over, as often as asked. An empty-element tag gives
    /// element_begin and element_end. Text around the root is blank and not given.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<xml_token> next() noexcept {
        xml_token token{};
        if (!step(token)) return reason();
        return token;
    }

    /// Reads past the end of the innermost open element; with none open nothing. What is skipped is checked
    /// like what is not.
    constexpr result<void> skip() noexcept {
        for (unsigned const depth = depth_; depth_ != 0 && depth_ >= depth;) {
            xml_token token{};
            if (!step(token)) return reason();
        }
        return {};
    }

    /// Reads past the end of the innermost open element and gives the text that stands in it from here on:
    /// text and CDATA pieces decoded and joined, elements inside it skipped.
    /// Storage: one piece that needs no decoding is given as it stands in the document, and `storage` is left
    ///   alone; otherwise the text is put at the front of `storage`. That may be bytes elsewhere, or the
    ///   document's own from offset() on, where there is always room enough.
    /// Errors: those of next(); storage_too_small with the bytes that do.
    [[nodiscard]] constexpr result<std::string_view> read_text(std::span<char> storage) noexcept {
        unsigned const depth = depth_;
        std::string_view text{storage.data(), 0};
        std::size_t used = 0;
        while (depth_ != 0 && depth_ >= depth) {
            xml_token token{};
            if (!step(token)) return reason();
            if (depth_ != depth || token.kind < xml_kind::text) continue;
            if (text.empty() && !token.encoded) {
                text = token.text;
                continue;
            }
            std::size_t const needed = text.size() + token.text.size();
            if (needed > storage.size())
                return unexpected(failure{.code = errc::storage_too_small, .detail = needed});
            if (used == 0)
                for (; used != text.size(); ++used) storage[used] = text[used];
            used += detail::decode_xml(token, storage.data() + used);
            text = {storage.data(), used};
        }
        return text;
    }

private:
    enum class stage : std::uint8_t { start, prolog, content, empty_element, epilog };

    [[nodiscard]] static constexpr bool is_blank(char c) noexcept {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    [[nodiscard]] RESTARTCASTER_HOT constexpr char const* skip_blanks(char const* at) const noexcept {
        while (at != end_ && is_blank(*at)) ++at;
        return at;
    }
    // Past one character that may stand in a document, or null.
    constexpr char const* character(char const* at) noexcept {
        if (at == end_) return refuse(errc::unexpected_end, at);
        unsigned const byte = static_cast<unsigned char>(*at);
        if (byte < 0x80)
            return byte >= 0x20 || is_blank(*at) ? at + 1 : refuse(errc::unexpected_byte, at);
        std::size_t const length = detail::utf8_length(between(at, end_), 0);
        if (length == 0) return refuse(errc::invalid_utf8, at);
        if (byte == 0xEF && at[1] == '\xBF' && at[2] >= '\xBE') return refuse(errc::unexpected_byte, at);
        return at + length;
    }
    // Past a name, or null.
    RESTARTCASTER_HOT constexpr char const* name(char const* at) noexcept {
        char const* const from = at;
        while (at != end_ && detail::is_xml_name_byte(*at)) {
            if (static_cast<unsigned char>(*at) < 0x80) {
                ++at;
                continue;
            }
            std::size_t const length = detail::utf8_length(between(at, end_), 0);
            if (length == 0) return refuse(errc::invalid_utf8, at);
            std::uint32_t code_point = static_cast<unsigned char>(*at) & (0x7Fu >> length);
            for (std::size_t i = 1; i != length; ++i)
                code_point = code_point << 6 | (static_cast<unsigned char>(at[i]) & 0x3F);
            if (!detail::is_xml_name_character(code_point, at == from)) return refuse(errc::unexpected_byte, at);
            at += length;
        }
        if (at == from || *from == '-' || *from == '.' || detail::is_digit(*from))
            return refuse(errc::unexpected_byte, from);
        return at;
    }

    // Nothing but this sees the token's address: it stays in registers.
    RESTARTCASTER_HOT constexpr bool step(xml_token& token) noexcept {
        if (failed_) return false;
        if (stage_ == stage::start && !declaration()) return false;
        char const* from = at_;
        char const* to = from;
        xml_kind kind = xml_kind::text;
        bool encoded = false;
        if (stage_ == stage::empty_element) {
            from = to = names_[depth_ - 1];
            while (detail::is_xml_name_byte(*to)) ++to;
            ++at_;
            close();
            kind = xml_kind::element_end;
        } else {
            for (;;) {
                if (stage_ != stage::content) {
                    from = skip_blanks(from);
                    if (from == end_ && stage_ == stage::epilog) {
                        at_ = from;
                        token = {{}, offset(), xml_kind::end, false};
                        return true;
                    }
                    if (from == end_ || *from != '<') return fail(misplaced(), from);
                } else if (from == end_ || *from != '<') {
                    break;
                }
                ++from;
                if (from == end_) return fail(errc::unexpected_end, from);
                if (*from == '/') {
                    kind = xml_kind::element_end;
                    break;
                }
                if (*from != '!' && *from != '?') {
                    kind = xml_kind::element_begin;
                    break;
                }
                if (stage_ == stage::content && left(from) > 1 && *from == '!' && from[1] == '[') {
                    kind = xml_kind::cdata;
                    break;
                }
                from = *from == '?' ? instruction(from + 1) : declared(from + 1);
                if (from == nullptr) return false;
            }
            switch (kind) {
            case xml_kind::element_begin: to = start_tag(from); break;
            case xml_kind::element_end: to = end_tag(++from); break;
            case xml_kind::cdata:
                from = expect(from, "![CDATA[");
                if (from == nullptr) return false;
                [[fallthrough]];
            default: to = text(from, kind, encoded); break;
            }
            if (to == nullptr) return false;
        }
        token = {between(from, to), offset_of(from), kind, encoded};
        return true;
    }
    // What a byte outside the root is called.
    [[nodiscard]] constexpr errc misplaced() const noexcept {
        return stage_ == stage::epilog ? errc::trailing_bytes : errc::unexpected_byte;
    }

    // The end of text up to the next tag or of a CDATA section, or null.
    RESTARTCASTER_HOT constexpr char const* text(char const* at, xml_kind kind, bool& encoded) noexcept {
        for (;;) {
            at = detail::skip_plain<'<', '&', ']'>(at, end_);
            if (at != end_ && *at == '<' && kind == xml_kind::text) {
                at_ = at;
                return at;
            }
            if (at != end_ && *at == ']' && kind == xml_kind::cdata && between(at, end_).starts_with("]]>")) {
                at_ = at + 3;
                return at;
            }
            encoded = encoded || (at != end_ && (*at == '\r' || (*at == '&' && kind == xml_kind::text)));
            at = special(at, kind);
            if (at == nullptr) return nullptr;
        }
    }
    // Past what is not plain in a text, or null.
    constexpr char const* special(char const* at, xml_kind kind) noexcept {
        if (at != end_ && kind == xml_kind::text) {
            if (*at == '&') return reference(at);
            if (between(at, end_).starts_with("]]>")) return refuse(errc::unexpected_byte, at);
        }
        return character(at);
    }
    constexpr char const* reference(char const* at) noexcept {
        detail::xml_reference const found = detail::read_xml_reference(at, end_);
        return found.valid ? found.next : refuse(found.fault, found.next);
    }

    // The end of an element's name, its whole start tag being read, or null.
    RESTARTCASTER_HOT constexpr char const* start_tag(char const* from) noexcept {
        if (stage_ == stage::epilog) return refuse(errc::trailing_bytes, from - 1);
        if (depth_ == limit_) return refuse(errc::nesting_too_deep, from - 1);
        char const* const to = name(from);
        char const* last = to;
        if (to == nullptr) return nullptr;
        if (to == end_ || *to != '>') {
            last = attributes(to);
            if (last == nullptr) return nullptr;
        }
        names_[depth_++] = from;
        at_ = last + 1;
        stage_ = *last == '>' ? stage::content : stage::empty_element;
        return to;
    }
    // From the end of an element's name to the end of its tag, `>` or `/>`, or null.
    constexpr char const* attributes(char const* at) noexcept {
        char const* names[max_attributes];
        for (unsigned count = 0;; ++count) {
            char const* const from = skip_blanks(at);
            if (from != end_ && *from == '>') return from;
            if (from != end_ && *from == '/') return expect(from, "/>") == nullptr ? nullptr : from;
            if (from == at) return refuse(errc::unexpected_byte, from);
            if (count == max_attributes) return refuse(errc::xml_attributes_too_many, from);
            at = name(from);
            if (at == nullptr) return nullptr;
            for (unsigned i = 0; i != count; ++i)
                if (same_name(names[i], from, at)) return refuse(errc::xml_attribute_duplicate, from);
            names[count] = from;
            at = value(at);
            if (at == nullptr) return nullptr;
        }
    }
    // Whether the name that begins at `name`, which something ends, is the one between `from` and `to`.
    [[nodiscard]] static constexpr bool same_name(char const* name, char const* from, char const* to) noexcept {
        while (from != to && *name == *from) {
            ++name;
            ++from;
        }
        return from == to && !detail::is_xml_name_byte(*name);
    }
    // Past `=` and a quoted value, or null.
    constexpr char const* value(char const* at) noexcept {
        at = quote(at);
        if (at == nullptr) return nullptr;
        for (char const end = at[-1]; at == end_ || *at != end;) {
            if (at != end_ && *at == '<') return refuse(errc::unexpected_byte, at);
            at = at != end_ && *at == '&' ? reference(at) : character(at);
            if (at == nullptr) return nullptr;
        }
        return at + 1;
    }
    // Past `=` and an opening quote, or null.
    constexpr char const* quote(char const* at) noexcept {
        at = expect(skip_blanks(at), "=");
        if (at == nullptr) return nullptr;
        at = skip_blanks(at);
        if (at == end_ || (*at != '"' && *at != '\'')) return refuse(errc::unexpected_byte, at);
        return at + 1;
    }

    // The end of the name in an end tag, which is read whole, or null.
    RESTARTCASTER_HOT constexpr char const* end_tag(char const* const from) noexcept {
        if (stage_ != stage::content) return refuse(misplaced(), from - 2);
        char const* at = from;
        char const* begun = names_[depth_ - 1];
        while (at != end_ && *at == *begun && detail::is_xml_name_byte(*at)) {
            ++at;
            ++begun;
        }
        if (at != end_ && (detail::is_xml_name_byte(*at) || detail::is_xml_name_byte(*begun)))
            return refuse(errc::xml_tag_mismatched, from);
        char const* const last = skip_blanks(at);
        if (last == end_ || *last != '>') return refuse(errc::unexpected_byte, last);
        at_ = last + 1;
        close();
        return at;
    }
    RESTARTCASTER_HOT constexpr void close() noexcept {
        --depth_;
        stage_ = depth_ == 0 ? stage::epilog : stage::content;
    }

    // Past a comment after `<!`, or null; a document type declaration is refused.
    constexpr char const* declared(char const* at) noexcept {
        if (at != end_ && *at == 'D')
            return expect(at, "DOCTYPE") == nullptr ? nullptr : refuse(errc::xml_doctype_refused, at - 2);
        at = expect(at, "--");
        while (at != nullptr) {
            if (at != end_ && *at == '-' && left(at) > 1 && at[1] == '-') return expect(at + 2, ">");
            at = character(at);
        }
        return nullptr;
    }
    // Past a processing instruction that begins after `<?`, or null.
    constexpr char const* instruction(char const* at) noexcept {
        char const* const from = at;
        at = name(at);
        if (at == nullptr) return nullptr;
        if (detail::equal_ignoring_case(between(from, at), "xml")) return refuse(errc::unexpected_byte, from);
        if (at != end_ && !is_blank(*at)) return expect(at, "?>");
        while (at != nullptr) {
            if (between(at, end_).starts_with("?>")) return at + 2;
            at = character(at);
        }
        return nullptr;
    }

    // Past an XML declaration, where there is one: XML 1.0, productions 23 to 26, 32 and 80 to 81.
    constexpr bool declaration() noexcept {
        stage_ = stage::prolog;
        std::string_view const rest = between(at_, end_);
        if (rest.size() < 6 || !rest.starts_with("<?xml") || !is_blank(rest[5])) return true;
        char const* at = at_ + 5;
        for (unsigned turn = 0;; ++turn) {
            char const* const from = skip_blanks(at);
            if (turn != 0 && (from == end_ || *from == '?')) {
                at = expect(from, "?>");
                if (at == nullptr) return false;
                at_ = at;
                return true;
            }
            if (from == at || from == end_) return fail(errc::unexpected_byte, from);
            std::string_view word = "version";
            if (turn == 1 && *from == 'e') word = "encoding";
            if (turn != 0 && turn != 3 && *from == 's') word = "standalone";
            if (turn != 0 && word[0] == 'v') return fail(errc::unexpected_byte, from);
            at = expect(from, word);
            if (at == nullptr) return false;
            at = quote(at);
            if (at == nullptr) return false;
            char const* const begin = at;
            while (at != end_ && *at != begin[-1] && *at != '<') ++at;
            if (at == end_ || *at == '<') return fail(errc::unexpected_byte, at);
            std::string_view const given = between(begin, at);
            ++at;
            if (word[0] == 'v') {
                if (given.size() < 3 || !given.starts_with("1.")) return fail(errc::unexpected_byte, begin);
                for (char const c : given.substr(2))
                    if (!detail::is_digit(c)) return fail(errc::unexpected_byte, begin);
            } else if (word[0] == 'e') {
                if (!detail::equal_ignoring_case(given, "utf-8") && !detail::equal_ignoring_case(given, "us-ascii"))
                    return fail(errc::xml_encoding_refused, begin);
            } else {
                if (given != "yes" && given != "no") return fail(errc::unexpected_byte, begin);
                turn = 2;
            }
        }
    }

    char const* names_[max_depth]; // where the names of the open elements are in their start tags
    std::uint8_t depth_ = 0;
    std::uint8_t limit_;
    stage stage_ = stage::start;
};

/// The text that a piece of text or CDATA stands for: references and line ends read.
/// Storage: a piece that is its own decoding is given as it is, and the storage is left alone; otherwise the
///   result points into `storage`, which may be the bytes of the token itself.
/// Errors: storage_too_small; as many bytes as `token.text` has always do.
[[nodiscard]] constexpr result<std::string_view> decode_xml_text(xml_token const& token,
                                                                 std::span<char> storage) noexcept {
    if (!token.encoded) return token.text;
    if (storage.size() < token.text.size())
        return unexpected(failure{.code = errc::storage_too_small, .detail = token.text.size()});
    return std::string_view{storage.data(), detail::decode_xml(token, storage.data())};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
