// SPDX-License-Identifier: MIT
// Text functions without locale and without allocation, all of them constexpr.
// Source: RFC 3629 (UTF-8), RFC 5234 (CTL, SP).
// Data flow: used by every floor above.
#ifndef RESTARTCASTER_CORE_TEXT_HPP
#define RESTARTCASTER_CORE_TEXT_HPP
#pragma once

#include "result.hpp"

#include <bit>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

// Literals with `sv` know their length; a view of a plain literal costs small builds a call of strlen.
using std::string_view_literals::operator""sv;

namespace detail {

// std::memcpy is not constexpr, and undefined on a null pointer even for 0 bytes.
RESTARTCASTER_HOT constexpr void copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) to[i] = from[i];
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
}

/// A view of `size` bytes. Its parameters have exactly the types of the std::string_view constructor: with others the
/// compiler also tries the range constructor, which takes longer than parsing this whole header.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view text_at(char const* bytes, std::size_t size) noexcept {
    return {bytes, size};
}

[[nodiscard]] constexpr unsigned byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

/// At most `size` bytes of a text from `from` on. std::string_view::substr would add exception-formatting code to a
/// firmware image. Requires: from <= text.size().
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view part(std::string_view text, std::size_t from,
                                                                std::size_t size = std::string_view::npos) noexcept {
    std::size_t const left = text.size() - from;
    return text_at(text.data() + from, size < left ? size : left);
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// The value of a hexadecimal digit in either case; 16 for any other character.
[[nodiscard]] constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    unsigned const letter = (static_cast<unsigned char>(c) | 0x20u) - 'a';
    return letter < 6 ? letter + 10 : 16;
}

/// Whether two texts are equal when the case of ASCII letters is ignored.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

/// The length in bytes of the UTF-8 character at the start, and its code point in `code`; 0 if the bytes are not UTF-8.
/// Overlong forms, surrogates and code points above U+10FFFF are not UTF-8. Requires: size >= 1.
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t utf8_character(char const* bytes, std::size_t size,
                                                                      char32_t& code) noexcept {
    code = static_cast<unsigned char>(*bytes);
    if (code < 0x80) return 1;
    if (code < 0xC2) return 0;
    // A lead byte starts with as many 1 bits as the character has bytes; each after the first requires one more byte.
    char32_t more = 0x40, least = 0;
    std::size_t length = 1;
    do {
        if (length == size) return 0;
        unsigned const bits = static_cast<unsigned char>(bytes[length++]) ^ 0x80u;
        if (bits > 0x3F) return 0;
        code = code << 6 | bits;
        least = more;
        more <<= 5;
    } while ((code & more) != 0);
    code &= more - 1;
    return code < least || code > 0x10FFFF || code >> 11 == 0x1B ? 0 : length;
}
[[nodiscard]] RESTARTCASTER_THIN constexpr std::size_t utf8_size(char const* bytes, std::size_t size) noexcept {
    char32_t code;
    return utf8_character(bytes, size, code);
}
[[nodiscard]] RESTARTCASTER_THIN constexpr std::size_t utf8_size(std::string_view text, std::size_t at) noexcept {
    return utf8_size(text.data() + at, text.size() - at);
}

} // namespace detail

/// Whether the whole text is UTF-8.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at != text.size();) {
        std::size_t const length = detail::utf8_size(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

namespace detail {

[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// No failure. Not an enumerator, so that a switch over errc stays complete.
inline constexpr errc no_fault{0xFF};

// A range of code points below U+10000 that share a high byte: that byte, the first and the last low byte.
struct character_range {
    unsigned char high, first, last;
};
// Characters that are invisible or change how their neighbours are shown: controls, format characters, directions, and
// all spaces except U+0020.
// Source: Unicode 15, general categories Cc, Cf, Zl, Zp and Zs, Default_Ignorable_Code_Point.
inline constexpr character_range unseen_characters[] = {
    {0x00, 0x00, 0x1F}, {0x00, 0x7F, 0xA0}, {0x00, 0xAD, 0xAD}, {0x03, 0x4F, 0x4F}, {0x06, 0x1C, 0x1C},
    {0x11, 0x5F, 0x60}, {0x16, 0x80, 0x80}, {0x17, 0xB4, 0xB5}, {0x18, 0x0B, 0x0F}, {0x20, 0x00, 0x0F},
    {0x20, 0x28, 0x2F}, {0x20, 0x5F, 0x6F}, {0x30, 0x00, 0x00}, {0x31, 0x64, 0x64}, {0xFE, 0x00, 0x0F},
    {0xFE, 0xFF, 0xFF}, {0xFF, 0xA0, 0xA0}, {0xFF, 0xF0, 0xFB},
};
// Quotation marks beyond ASCII. Source: Unicode 15, property Quotation_Mark.
inline constexpr character_range quotation_marks[] = {
    {0x00, 0xAB, 0xAB}, {0x00, 0xBB, 0xBB}, {0x20, 0x18, 0x1F}, {0x20, 0x39, 0x3A},
    {0x30, 0x0C, 0x0F}, {0xFF, 0x02, 0x02}, {0xFF, 0x07, 0x07},
};

template <std::size_t N>
[[nodiscard]] constexpr bool is_one_of(character_range const (&ranges)[N], char32_t code) noexcept {
    for (character_range const& range : ranges)
        if (code >> 8 == range.high && (code & 0xFF) >= range.first && (code & 0xFF) <= range.last) return true;
    return false;
}
[[nodiscard]] constexpr bool is_unseen(char32_t code) noexcept {
    return code >> 12 == 0xE0 || is_one_of(unseen_characters, code); // U+E0000 to U+E0FFF: tags and variation selectors
}

/// Which characters a value may contain.
enum class identifier_rule : std::uint8_t {
    /// Letters, digits, '-', '.', '_': a key id is written into a header between commas, and into logs.
    key_id,
    /// Any script, because a secret may be a phrase; no character of the Unicode blocks of punctuation and of invisible
    /// characters.
    credential,
    /// Any script.
    any,
};

[[nodiscard]] constexpr bool may_hold(identifier_rule rule, char32_t c) noexcept {
    if (rule == identifier_rule::any) return true;
    if (rule == identifier_rule::credential) return c < 0x80 || (c > 0xBF && c >> 7 != 0x40 && c >> 9 != 0x7F);
    return (c | 0x20) - 'a' < 26 || (c - '-' < 13 && c != '/') || c == '_';
}

// Sets `at` to the byte offset of the fault and `character` to the character there.
template <bool Closely, class Fault>
[[nodiscard]] RESTARTCASTER_THIN constexpr Fault first_fault(char const* value, std::size_t size, identifier_rule rule,
                                                             std::size_t& at, char32_t& character) noexcept {
    if (size == 0) return Fault::parameter_missing;
    // Checks the last byte, then the first.
    for (at = size - 1;; at = 0) {
        character = static_cast<unsigned char>(value[at]);
        if (character == ' ' || character - '\t' < 5) return Fault::parameter_blank_end;
        if (character == '"' || character == '\'') return Fault::parameter_quoted;
        if (at == 0) break;
    }
    for (std::size_t length = 0; at != size; at += length) {
        length = utf8_character(value + at, size - at, character);
        if (length == 0) {
            character = 0;
            return Fault::parameter_not_utf8;
        }
        if (character < 0x20 || character - 0x7F < 0xA0 - 0x7F) return Fault::parameter_control_character;
        if (!may_hold(rule, character)) return Fault::credential_malformed;
        if (Closely && (at == 0 || at + length == size) && is_one_of(quotation_marks, character))
            return Fault::parameter_quoted;
        if (Closely && is_unseen(character)) return Fault::parameter_invisible_character;
    }
    return no_fault;
}

/// Sets code, detail and character of `why` to the first fault of a value. Leaves `why` as it is if the value is valid.
/// Without `Closely` only credentials are checked for invisible characters.
template <bool Closely, class Failure>
RESTARTCASTER_APART constexpr void find_fault(Failure& why, char const* value, std::size_t size,
                                              identifier_rule rule) noexcept {
    std::size_t at = 0;
    char32_t character = 0;
    errc const fault = first_fault<Closely, errc>(value, size, rule, at, character);
    if (fault == no_fault) return;
    why.code = fault;
    why.detail = at;
    why.character = character;
}
// Small builds skip the check for invisible characters while signing.
inline constexpr bool closely_while_signing = !RESTARTCASTER_SMALL;

} // namespace detail

/// Checks an identifier (a key id, a CasterId, a region) against the rules common to all identifiers: not empty, UTF-8,
/// no control or invisible character, no blank or quotation mark at either end.
/// Errors: parameter_missing, parameter_not_utf8, parameter_control_character, parameter_invisible_character,
///   parameter_blank_end, parameter_quoted; `name` is the subject, `character` and `detail` (byte offset) locate the fault.
[[nodiscard]] constexpr result<void> check_identifier(std::string_view name RESTARTCASTER_LIFETIMEBOUND,
                                                      std::string_view value) noexcept {
    failure why{.code = detail::no_fault, .subject = name};
    detail::find_fault<true>(why, value.data(), value.size(), detail::identifier_rule::any);
    if (why.code == detail::no_fault) return {};
    return unexpected(why);
}

}} // namespace restartcaster

#endif
