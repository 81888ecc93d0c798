// SPDX-License-Identifier: MIT
// Which characters XML has, which of them make a name, and what a reference stands for.
// Source: XML 1.0, fifth edition: productions 2, 4, 4a and 66, and 4.6 for the five entities.
// Path: xml.hpp stands on it.
#ifndef RESTARTCASTER_READ_XML_CHARACTERS_HPP
#define RESTARTCASTER_READ_XML_CHARACTERS_HPP

#include "scan.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

// XML 1.0, production 4a, as bits below U+0080 and as ranges from there to U+FFFD.
inline constexpr std::uint32_t xml_name_ascii[] = {0, 0x07FF6000, 0x87FFFFFE, 0x07FFFFFE};
inline constexpr std::uint16_t xml_name_ranges[][2] = {{0xB7, 0xB7},     {0xC0, 0xD6},     {0xD8, 0xF6},
                                                       {0xF8, 0x37D},    {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                                       {0x203F, 0x2040}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                                       {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}};

// Every byte of a character that is not ASCII may belong to a name.
[[nodiscard]] constexpr bool is_xml_name_byte(char c) noexcept {
    unsigned const byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (xml_name_ascii[byte >> 5] >> (byte & 31) & 1) != 0;
}

// The first byte from `at` that is no ASCII byte of a name, or `end`.
[[nodiscard]] RESTARTCASTER_HOT constexpr char const* skip_xml_name(char const* at,
                                                                    char const* end) noexcept {
#if defined(__SSE2__) && !RESTARTCASTER_SMALL
    if (!std::is_constant_evaluated()) {
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            lanes const lower = bytes | 0x20;
            unsigned const hits = 0xFFFF & ~mask_of(((lower >= 'a') & (lower <= 'z')) | (bytes == '_') |
                                                    ((bytes >= '-') & (bytes <= ':') & (bytes != '/')));
            if (hits != 0) return at + std::countr_zero(hits);
            at += 16;
        }
    }
#endif
    while (at != end && static_cast<unsigned char>(*at) < 0x80 && is_xml_name_byte(*at))
        ++at;
    return at;
}

// Whether a character of two to four bytes may stand in a name, or begin one.
[[nodiscard]] constexpr bool is_xml_name_character(std::uint32_t code_point, bool first) noexcept {
    if (code_point >= 0x10000) return code_point < 0xF0000;
    if (first && (code_point == 0xB7 || code_point >> 1 == 0x203F >> 1 || code_point == 0x2040 ||
                  (code_point >= 0x300 && code_point < 0x370)))
        return false;
    for (auto const& range : xml_name_ranges)
        if (code_point <= range[1]) return code_point >= range[0];
    return false;
}

// XML 1.0, production 2.
[[nodiscard]] constexpr bool is_xml_character(std::uint32_t code_point) noexcept {
    if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point < 0x110000 && (code_point < 0xD800 || code_point > 0xDFFF) &&
           code_point >> 1 != 0xFFFE >> 1;
}

// The reference that begins at an ampersand.
[[nodiscard]] constexpr character_escape read_xml_reference(char const* at, char const* end) noexcept {
    char const* const name = ++at;
    if (at == end || *at != '#') {
        for (char const* entity = "lt;<gt;>amp;&apos;'quot;\""; *entity != '\0'; entity += 2) {
            for (at = name; at != end && *at == *entity; ++at, ++entity)
                if (*at == ';') return {at + 1, static_cast<unsigned char>(entity[1]), true};
            while (*entity != ';')
                ++entity;
        }
        for (at = name; at != end && is_xml_name_byte(*at);)
            ++at;
        return {at};
    }
    ++at;
    unsigned const base = at != end && *at == 'x' ? 16 : 10;
    if (base == 16) ++at;
    std::uint32_t code_point = 0;
    for (char const* const digits = at; at != end; ++at) {
        if (*at == ';' && at != digits && is_xml_character(code_point)) return {at + 1, code_point, true};
        if (hex_value(*at) >= base || code_point >= 0x110000) break;
        code_point = code_point * base + hex_value(*at);
    }
    return {at};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
