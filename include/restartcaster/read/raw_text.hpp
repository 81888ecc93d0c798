// SPDX-License-Identifier: MIT
// Texts of a body that stay encoded: comparing them, and decoding them in place where the document stays well-formed.
// Source: RFC 8259 section 7; XML 1.0, section 2.
// Data flow: the raw text of a field in, decoded bytes out; answer.hpp uses it for bodies that must stay unchanged.
#ifndef RESTARTCASTER_READ_RAW_TEXT_HPP
#define RESTARTCASTER_READ_RAW_TEXT_HPP
#pragma once

#include "../message/response.hpp"
#include "json.hpp"
#include "xml.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Kinds of JSON and XML tokens with one meaning have one number, so that one function reads both formats.
inline constexpr unsigned name_kind = static_cast<unsigned>(json_kind::name);
static_assert(name_kind == static_cast<unsigned>(xml_kind::element_begin));
inline constexpr unsigned text_kind = static_cast<unsigned>(json_kind::string);
static_assert(text_kind == static_cast<unsigned>(xml_kind::text));
inline constexpr unsigned more_text_kind = static_cast<unsigned>(json_kind::number);
static_assert(more_text_kind == static_cast<unsigned>(xml_kind::cdata));

/// Removes the blanks at both ends of a text.
template <class Text>
RESTARTCASTER_ONCE constexpr void trim(Text& text) noexcept {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
}

// The escapes of a piece of text.
template <class Char>
struct escape_syntax {
    Char mark;
    escape_reader<Char>* read_escape;
};
template <class Char>
[[nodiscard]] constexpr escape_syntax<Char> syntax_of(media_type type, unsigned kind) noexcept {
    if (type == media_type::json) return {'\\', read_json_escape<Char>};
    return {kind == text_kind ? '&' : '\0', read_xml_reference<Char>};
}
// Decodes a piece of text to `to`, which is the piece itself or earlier bytes; returns the decoded length in bytes.
template <class Char>
constexpr std::size_t decode_piece(media_type type, unsigned kind, std::string_view piece, Char* to) noexcept {
    escape_syntax<Char> const syntax = syntax_of<Char>(type, kind);
    return decode(piece.data(), piece.data() + piece.size(), to, syntax.mark, syntax.read_escape);
}

/// Compares a text that arrives byte by byte with `expected`, ignoring blanks at both ends of the text.
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

/// A text that was not decoded: it has escapes, or consists of several pieces of XML text.
template <class Char>
struct raw_text {
    std::string_view text;
    media_type type;

    // Passes the pieces of the text to take(piece, kind). In JSON there is one piece; in XML, the pieces that are direct
    // children of the element.
    template <class Take>
    constexpr void each_piece(Take const& take) const noexcept {
        if (type == media_type::json) return take(text, text_kind);
        // One byte more: the '<' of the end tag, at which the reader ends the last piece.
        basic_xml_reader<Char> content(text_at(text.data(), text.size() + 1));
        content.at_ = text.data();
        content.depth_ = 1;
        content.begun_ = true;
        token<Char> token;
        while (content.step(token))
            if (content.depth_ == 1 && (token.kind == text_kind || token.kind == more_text_kind))
                take(token.text, token.kind);
    }
    // Passes the decoded bytes of the text to take(byte).
    template <class Take>
    constexpr void each_byte(Take const& take) const noexcept {
        each_piece([this, &take](std::string_view piece, unsigned kind) {
            escape_syntax<Char> const syntax = syntax_of<Char>(type, kind);
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
    // Whether the decoded text, without the blanks at both ends, is `expected`.
    [[nodiscard]] constexpr bool equals(std::string_view expected) const noexcept {
        comparison with_expected{expected};
        each_byte([&with_expected](Char c) { with_expected.take(c); });
        return with_expected.equal();
    }
    // Whether the decoded text is `expected`.
    [[nodiscard]] constexpr bool same(std::string_view expected) const noexcept {
        bool equal = true;
        each_byte([&equal, &expected](Char c) {
            equal = equal && !expected.empty() && expected.front() == c;
            if (equal) expected.remove_prefix(1);
        });
        return equal && expected.empty();
    }
    // Whether the decoded text needs no escapes in this document: no markup and no control characters.
    [[nodiscard]] constexpr bool fits() const noexcept {
        bool all = true;
        each_byte([this, &all](Char c) {
            bool const mark = type == media_type::xml ? c == '<' || c == '>' || c == '&' : c == '"' || c == '\\';
            if (mark || static_cast<unsigned char>(c) < 0x20) all = false;
        });
        return all;
    }
    // Decodes the text in place and returns it. Blanks fill the bytes that decoding frees, so that the document stays
    // well-formed: in XML inside the element after the text, in JSON after the closing quote, which moves forward.
    [[nodiscard]] constexpr std::string_view decode() const noexcept {
        Char* const begin = const_cast<Char*>(text.data());
        Char* at = begin;
        each_piece([this, &at](std::string_view piece, unsigned kind) { at += decode_piece<Char>(type, kind, piece, at); });
        Char* end = begin + text.size();
        std::string_view const decoded = text_at(begin, static_cast<std::size_t>(at - begin));
        if (type == media_type::json) {
            *at++ = '"';
            ++end;
        }
        while (at != end)
            *at++ = ' ';
        return decoded;
    }
};

/// The end of a decoded JSON name, for names in a body that must stay unchanged: the last 16 bytes. The longest name that is
/// looked for has 12 bytes (ErrorMessage), so 16 bytes never equal such a name.
template <class Char>
class end_of_name {
public:
    /// Storage: the text points into this object.
    [[nodiscard]] constexpr std::string_view decode(std::string_view raw) noexcept {
        Char const* at = raw.data();
        Char const* const end = at + raw.size();
        std::size_t size = 0;
        while (at != end) {
            size += decode_character(at, end, bytes_ + size, '\\', read_json_escape<Char>);
            for (; size > most; --size)
                for (std::size_t i = 1; i != size; ++i)
                    bytes_[i - 1] = bytes_[i];
        }
        return text_at(bytes_, size);
    }

private:
    static constexpr std::size_t most = 16;
    Char bytes_[most + 4] = {}; // a character has at most 4 bytes
};

}}} // namespace restartcaster::detail

#endif
