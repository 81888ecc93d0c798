// SPDX-License-Identifier: MIT
// Reads the XML of a reply token by token: strict, nothing stored, nothing fetched, nothing expanded.
// Source: XML 1.0, fifth edition, without document type declarations.
// Path: the body of a response in, tokens out; reply.hpp picks what it knows and skips the rest.
#ifndef RESTARTCASTER_READ_XML_HPP
#define RESTARTCASTER_READ_XML_HPP

#include "xml_characters.hpp"

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

constexpr std::size_t decode_xml(xml_token const& token, char* storage) noexcept {
    return decode(token.text, storage, token.kind == xml_kind::text ? '&' : '\0', read_xml_reference);
}

} // namespace detail

/// Pulls tokens out of one XML document, all of it checked for well-formedness. It reads elements, text,
/// CDATA sections, comments, processing instructions, the XML declaration, the five entities of XML itself
/// and character references; attributes, comments and instructions are checked and passed over.
/// Its choices: a UTF-8 byte order mark at the start is skipped; version 1.1 is read as 1.0; names are the
/// fifth edition's, compared as bytes, a prefix being part of them; a document type declaration is refused
/// before anything in it is read, so that no entity is ever declared, expanded or fetched; UTF-8 only.
/// Nesting ends at `depth_limit`, the attributes of an element at `max_attributes`.
/// Storage: the document stays the caller's and outlives the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   xml_doctype_refused, xml_encoding_refused, xml_entity_unknown, xml_reference_invalid,
///   xml_tag_mismatched, xml_attribute_duplicate, xml_attributes_too_many; detail is the byte offset. Nothing
///   is read after one: every further call gives it again.
/// Cost: linear in the document; 152 bytes of state where a pointer has four; no recursion.
class xml_reader : public detail::place {
public:
    static constexpr unsigned max_depth = 32;
    static constexpr unsigned max_attributes = 16;

    constexpr explicit xml_reader(std::string_view document, unsigned depth_limit = max_depth) noexcept
        : place(document),
          limit_(static_cast<std::uint8_t>(depth_limit < max_depth ? depth_limit : max_depth)) {}

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
            if (!step(token)) break;
        }
        if (failed_) return reason();
        return {};
    }

    /// Reads past the end of the innermost open element and gives the text that stands in it from here on:
    /// text and CDATA pieces decoded and joined, elements inside it skipped.
    /// Storage: one piece that needs no decoding is given as it stands in the document, and `storage` is left
    ///   alone; otherwise the text is put at the front of `storage`. That may be bytes elsewhere, or the
    ///   document's own from offset() on, where there is always room enough.
    /// Errors: those of next(); storage_too_small with the bytes that do.
    [[nodiscard]] constexpr result<std::string_view> read_text(std::span<char> storage) noexcept {
        return read_text(storage.data(), storage.size());
    }
    /// The same with a storage of `size` bytes.
    [[nodiscard]] constexpr result<std::string_view> read_text(char* storage, std::size_t size) noexcept {
        unsigned const depth = depth_;
        std::string_view text = detail::text_at(storage, 0);
        std::size_t used = 0;
        while (depth_ != 0 && depth_ >= depth) {
            xml_token token{};
            if (!step(token)) break;
            if (depth_ != depth || token.kind < xml_kind::text) continue;
            if (text.empty() && !token.encoded) {
                text = token.text;
                continue;
            }
            std::size_t const needed = text.size() + token.text.size();
            if (needed > size)
                return unexpected(failure{.code = errc::storage_too_small, .detail = needed});
            if (used == 0)
                for (; used != text.size(); ++used)
                    storage[used] = text[used];
            used += detail::decode_xml(token, storage + used);
            text = detail::text_at(storage, used);
        }
        if (failed_) return reason();
        return text;
    }

private:
    enum class stage : std::uint8_t { start, prolog, content, empty_element, epilog };

    RESTARTCASTER_HOT constexpr bool step(xml_token& token) noexcept {
        if (failed_ || (stage_ == stage::start && !declaration())) return false;
        char const* from = at_;
        char const* to = from;
        xml_kind kind = xml_kind::end;
        bool encoded = false;
        if (stage_ == stage::empty_element) {
            from = innermost();
            to = from + length_;
            kind = close();
        } else if (!markup(kind)) {
            return false;
        } else if (kind == xml_kind::element_begin) {
            from = at_;
            if (!start_tag()) return false;
            to = from + length_;
        } else if (kind == xml_kind::element_end) {
            from = at_;
            to = end_tag();
            if (failed_) return false;
        } else if (kind != xml_kind::end) {
            from = at_;
            if (!text(kind, encoded)) return false;
            to = at_;
            if (kind == xml_kind::cdata) at_ += 3;
        }
        token = {between(from, to), offset_of(from), kind, encoded};
        return true;
    }

    // Past comments, instructions and the bytes that tell what comes next.
    RESTARTCASTER_HOT constexpr bool markup(xml_kind& kind) noexcept {
        for (;;) {
            kind = xml_kind::text;
            if (stage_ != stage::content) {
                kind = xml_kind::end;
                skip_blanks();
                if (at_ == end_ && stage_ == stage::epilog) return true;
            }
            if (!accept('<')) {
                if (stage_ == stage::content) return true;
                return fail(misplaced());
            }
            if (accept('/')) {
                kind = xml_kind::element_end;
                if (stage_ == stage::content) return true;
                return fail(misplaced(), at_ - 2);
            }
            bool const declared = sees('!');
            if (!declared && !sees('?')) {
                kind = xml_kind::element_begin;
                if (stage_ != stage::epilog) return true;
                return fail(misplaced(), at_ - 1);
            }
            ++at_;
            if (declared && stage_ == stage::content && sees('[')) {
                kind = xml_kind::cdata;
                return expect("[CDATA[");
            }
            if (!(declared ? comment() : instruction())) return false;
        }
    }
    // What a byte outside the root is called.
    [[nodiscard]] constexpr errc misplaced() const noexcept {
        return stage_ == stage::epilog ? errc::trailing_bytes : errc::unexpected_byte;
    }
    // Past a comment after its `<!`.
    constexpr bool comment() noexcept {
        if (sees('D') && expect("DOCTYPE")) return fail(errc::xml_doctype_refused, at_ - 9);
        return expect("--") && skip_to("--") && expect('>');
    }
    // Past a processing instruction after its `<?`.
    constexpr bool instruction() noexcept {
        char const* const from = at_;
        if (!name()) return false;
        if (detail::equal_ignoring_case(between(from, at_), "xml")) return fail(errc::unexpected_byte, from);
        return sees_blank() ? skip_to("?>") : expect("?>");
    }
    // Past characters and then past a word.
    constexpr bool skip_to(char const* word) noexcept {
        while (!sees(word))
            if (!character()) return false;
        return expect(word);
    }
    // Past one character that may stand in a document.
    constexpr bool character() noexcept {
        char const* const from = at_;
        if (at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80) {
            if (!wide_character()) return false;
            // U+FFFE and U+FFFF are no characters of XML.
            if (from[0] != '\xEF' || from[1] != '\xBF' || from[2] < '\xBE') return true;
            return fail(errc::unexpected_byte, from);
        }
        if (at_ == end_ || (*at_ < 0x20 && !sees_blank())) return fail(errc::unexpected_byte);
        ++at_;
        return true;
    }

    // Past a name.
    RESTARTCASTER_HOT constexpr bool name() noexcept {
        char const* const from = at_;
        for (;;) {
            at_ = detail::skip_xml_name(at_, end_);
            if (at_ == end_ || static_cast<unsigned char>(*at_) < 0x80) break;
            if (!name_character(at_ == from)) return false;
        }
        // The bytes of a name from '-' to '9' cannot begin one.
        if (at_ == from || static_cast<unsigned char>(*from - '-') < 13)
            return fail(errc::unexpected_byte, from);
        return true;
    }
    constexpr bool name_character(bool first) noexcept {
        char const* const from = at_;
        if (!wide_character()) return false;
        std::uint32_t code_point = static_cast<unsigned char>(*from) & (0x7Fu >> (at_ - from));
        for (char const* at = from; ++at != at_;)
            code_point = code_point << 6 | (static_cast<unsigned char>(*at) & 0x3F);
        if (detail::is_xml_name_character(code_point, first)) return true;
        return fail(errc::unexpected_byte, from);
    }

    // Up to the next tag, or to the end of a CDATA section.
    RESTARTCASTER_HOT constexpr bool text(xml_kind kind, bool& encoded) noexcept {
        for (char const* at = at_;; at = at_) {
            at_ = detail::skip_plain<'<', '&', ']'>(at, end_);
            if (kind == xml_kind::text && sees('<')) return true;
            if (kind == xml_kind::cdata && sees("]]>")) return true;
            if (sees('\r') || (kind == xml_kind::text && sees('&'))) encoded = true;
            if (!special(kind)) return false;
        }
    }
    // Past a byte that is not plain text.
    constexpr bool special(xml_kind kind) noexcept {
        if (kind == xml_kind::text) {
            if (sees('&')) return reference();
            if (sees("]]>")) return fail(errc::unexpected_byte);
        }
        return character();
    }
    constexpr bool reference() noexcept {
        detail::character_escape const found = detail::read_xml_reference(at_, end_);
        if (found.valid) {
            at_ = found.next;
            return true;
        }
        if (found.next == end_) return fail(errc::unexpected_end, end_);
        return fail(at_[1] == '#' ? errc::xml_reference_invalid : errc::xml_entity_unknown);
    }

    RESTARTCASTER_HOT constexpr bool start_tag() noexcept {
        char const* const from = at_;
        if (depth_ == limit_) return fail(errc::nesting_too_deep, from - 1);
        if (!name()) return false;
        length_ = static_cast<std::size_t>(at_ - from);
        if (!sees('>')) attributes();
        names_[depth_++] = from;
        stage_ = accept('/') ? stage::empty_element : stage::content;
        return expect('>');
    }
    // Up to the `>` or `/` that ends a start tag.
    constexpr void attributes() noexcept {
        char const* names[max_attributes];
        for (unsigned count = 0;; ++count) {
            char const* from = at_;
            skip_blanks();
            if (sees('>') || sees('/')) return;
            if (at_ == from) fail(errc::unexpected_byte);
            if (count == max_attributes) fail(errc::xml_attributes_too_many);
            from = at_;
            if (!name()) return;
            for (unsigned i = 0; i != count; ++i)
                if (same_name(names[i], between(from, at_))) fail(errc::xml_attribute_duplicate, from);
            names[count] = from;
            for (char const end = quote(); !sees(end);) {
                if (sees('<')) fail(errc::unexpected_byte);
                if (!(sees('&') ? reference() : character())) return;
            }
            ++at_;
        }
    }
    // Whether the name that begins at `begin`, before another, is the same.
    [[nodiscard]] static constexpr bool same_name(char const* begin, std::string_view name) noexcept {
        return std::string_view(begin, name.size()) == name && !detail::is_xml_name_byte(begin[name.size()]);
    }
    // Past `=` and an opening quote, which is the closing one too.
    constexpr char quote() noexcept {
        skip_blanks();
        expect('=');
        skip_blanks();
        char const mark = sees('"') ? '"' : '\'';
        expect(mark);
        return mark;
    }

    // The name of the innermost open element. There is one: the remainder is for compilers that doubt it.
    [[nodiscard]] constexpr char const* innermost() const noexcept {
        return names_[(depth_ - 1u) % max_depth];
    }

    RESTARTCASTER_HOT constexpr char const* end_tag() noexcept {
        char const* const begun = innermost();
        if (length_ == 0) {
            char const* ended = begun;
            while (detail::is_xml_name_byte(*ended))
                ended = detail::skip_xml_name(ended + 1, at_);
            length_ = static_cast<std::size_t>(ended - begun);
        }
        std::size_t const left = static_cast<std::size_t>(end_ - at_);
        std::size_t const length = left < length_ ? left : length_;
        char const* const to = at_ + length;
        if (between(at_, to) != std::string_view(begun, length) ||
            (to != end_ && detail::is_xml_name_byte(*to))) {
            fail(errc::xml_tag_mismatched);
            return to;
        }
        at_ = to;
        skip_blanks();
        if (expect('>')) close();
        return to;
    }
    RESTARTCASTER_HOT constexpr xml_kind close() noexcept {
        length_ = 0;
        --depth_;
        stage_ = depth_ == 0 ? stage::epilog : stage::content;
        return xml_kind::element_end;
    }

    // Past an XML declaration, where there is one: XML 1.0, productions 23 to 26, 32, 80 and 81.
    constexpr bool declaration() noexcept {
        stage_ = stage::prolog;
        char const* from = at_;
#if !RESTARTCASTER_SMALL
        // As the service writes it, at one glance.
        constexpr std::string_view usual = "<?xml version='1.0' encoding='UTF-8'?>";
        if (between(at_, end_).starts_with(usual)) {
            at_ += usual.size();
            return true;
        }
#endif
        if (!sees("<?xml")) return true;
        at_ += 5;
        if (!sees_blank()) {
            at_ = from;
            return true;
        }
        for (char which = 'v'; which != '?'; which = which == 'v' ? 'e' : which == 'e' ? 's' : '?') {
            from = at_;
            skip_blanks();
            if (which != 'v' && !sees(which)) {
                at_ = from;
                continue;
            }
            if (at_ == from) fail(errc::unexpected_byte);
            expect(which == 'v' ? "version" : which == 'e' ? "encoding" : "standalone");
            char const mark = quote();
            from = at_;
            if (which == 'v') {
                expect("1.");
                do
                    digit();
                while (!failed_ && !sees(mark));
            } else if (which == 's') {
                expect(sees('y') ? "yes" : "no");
            } else {
                while (at_ != end_ && *at_ != mark)
                    ++at_;
                std::string_view const encoding = between(from, at_);
                if (!detail::equal_ignoring_case(encoding, "utf-8") &&
                    !detail::equal_ignoring_case(encoding, "us-ascii"))
                    fail(errc::xml_encoding_refused, from);
            }
            expect(mark);
        }
        skip_blanks();
        return expect("?>");
    }
    constexpr void digit() noexcept {
        if (at_ == end_ || !detail::is_digit(*at_))
            fail(errc::unexpected_byte);
        else
            ++at_;
    }

    char const* names_[max_depth] = {}; // where the names of the open elements are in their start tags
    std::size_t length_ = 0;            // of the innermost name, while no element has ended inside it
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
    return detail::text_at(storage.data(), detail::decode_xml(token, storage.data()));
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
