// SPDX-License-Identifier: MIT
// The characters of XML, the characters of names, and the decoding of references.
// Source: XML 1.0, fifth edition: productions 2, 4, 4a and 66, and 4.6 for the five entities.
// Data flow: used by xml.hpp.
#ifndef RESTARTCASTER_READ_XML_CHARACTERS_HPP
#define RESTARTCASTER_READ_XML_CHARACTERS_HPP
#pragma once

#include "cursor.hpp"
#include "plain_run.hpp"
#include "word_list.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// XML 1.0, production 4a: one bit per character below U+0080, and ranges from U+0080 to U+FFFD. The last 3 ranges cannot
// begin a name.
inline constexpr std::uint32_t xml_name_ascii[] = {0, 0x07FF6000, 0x87FFFFFE, 0x07FFFFFE};
inline constexpr std::uint16_t xml_name_ranges[][2] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},   {0x37F, 0x1FFF},
    {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF},
    {0xFDF0, 0xFFFD}, {0xB7, 0xB7},     {0x300, 0x36F},   {0x203F, 0x2040}};

// Whether a byte may belong to a name; true for every byte of a non-ASCII character.
template <class Char>
[[nodiscard]] constexpr bool is_xml_name_byte(Char c) noexcept {
    unsigned const byte = static_cast<unsigned char>(c);
#if RESTARTCASTER_SMALL
    return (byte | 0x20) - 'a' < 26 || byte >= 0x80 || byte == '_' || (byte - '-' < 14 && byte != '/');
#else
    return byte >= 0x80 || (xml_name_ascii[byte >> 5] >> (byte & 31) & 1) != 0;
#endif
}

// The first byte from `at` on that is not an ASCII byte of a name, otherwise `end`.
template <class Char>
[[nodiscard]] RESTARTCASTER_HOT constexpr Char const* skip_xml_name(Char const* at,
                                                                    Char const* end) noexcept {
#if RESTARTCASTER_VECTORS && defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            lanes const lower = bytes | 0x20;
            unsigned const hits = 0xFFFF & ~mask_of(((lower >= 'a') & (lower <= 'z')) | (bytes == '_') |
                                                    ((bytes >= '-') & (bytes <= ':') & (bytes != '/')));
            if (hits != 0) return at + __builtin_ctz(hits);
            at += 16;
        }
    }
#endif
    while (at != end && static_cast<unsigned char>(*at) < 0x80 && is_xml_name_byte(*at))
        ++at;
    return at;
}

// Skips bytes that may belong to a name, without checking the characters.
template <class Char>
RESTARTCASTER_HOT constexpr void skip_name_bytes(cursor<Char>& text) noexcept {
    text.at_ = skip_xml_name(text.at_, text.end_);
    while (is_xml_name_byte(text.peek()))
        ++text.at_;
}

// Whether a non-ASCII character may be in a name, or begin one.
template <class CodePoint>
[[nodiscard]] constexpr bool is_xml_name_character(CodePoint code_point, bool first) noexcept {
    if (code_point >= 0x10000) return code_point < 0xF0000;
    for (std::size_t i = 0; i != sizeof xml_name_ranges / sizeof *xml_name_ranges - (first ? 3u : 0u); ++i)
        if (code_point >= xml_name_ranges[i][0] && code_point <= xml_name_ranges[i][1]) return true;
    return false;
}

// XML 1.0, production 2.
[[nodiscard]] constexpr bool is_xml_character(std::uint32_t code_point) noexcept {
    if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF) &&
           code_point >> 1 != 0xFFFE >> 1;
}

// Reads the reference that begins at an ampersand.
template <class Char>
constexpr std::uint32_t read_xml_reference(cursor<Char>& text) noexcept {
    Char const* const from = text.at_++;
    bool const numeric = text.advance_if('#');
    std::uint32_t code_point = 0; // not an XML character
    if (numeric) {
        unsigned const base = text.advance_if('x') ? 16 : 10;
        for (unsigned digit = 0; (digit = hex_value(text.peek())) < base && code_point < 0x110000; ++text.at_)
            code_point = code_point * base + digit;
    } else {
        Char const* const name = text.at_;
        skip_name_bytes(text);
        code_point = static_cast<unsigned char>(
            "\"&<>'"[find_word(cursor<Char>::between(name, text.at_), "quot\0amp\0lt\0gt\0apos\0")]);
    }
    if (!is_xml_character(code_point) || !text.advance_if(';'))
        text.set_failure(numeric ? errc::xml_reference_invalid : errc::xml_entity_unknown,
                  text.at_ == text.end_ ? text.at_ : from);
    return code_point;
}

}}} // namespace restartcaster::detail

#endif
