// SPDX-License-Identifier: MIT
// Hexadecimal digits, upper case for percent-encoding, lower case for digests.
// Source: RFC 4648 section 8; RFC 3986 section 2.1.
// Path: a half byte in, its digit out.
#ifndef RESTARTCASTER_ENCODE_HEX_HPP
#define RESTARTCASTER_ENCODE_HEX_HPP

#include "../config.hpp"

#include <cstdint>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

// Arithmetic instead of a table and a choice: no address and no branch depends on the digit. Above 9 the
// difference wraps, and its bits let the step to the letters through.
[[nodiscard]] constexpr char hex_upper(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 7));
}

[[nodiscard]] constexpr char hex_lower(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 39));
}

// Eight characters at once, the first in the most significant byte; lower case.
[[nodiscard]] constexpr std::uint64_t hex_lower_eight(std::uint32_t bits) noexcept {
    std::uint64_t halves = bits;
    halves = (halves & 0xFFFF0000) << 16 | (halves & 0xFFFF);
    halves = (halves & 0x0000FF000000FF00) << 8 | (halves & 0x000000FF000000FF);
    halves = (halves & 0x00F000F000F000F0) << 4 | (halves & 0x000F000F000F000F);
    std::uint64_t const letters = (halves + 0x0606060606060606) >> 4 & 0x0101010101010101;
    return halves + 0x3030303030303030 + letters * 39;
}

// The most significant byte first; compilers make one swap of it.
constexpr void store_eight(char* to, std::uint64_t value) noexcept {
    to[0] = static_cast<char>(value >> 56);
    to[1] = static_cast<char>(value >> 48 & 0xFF);
    to[2] = static_cast<char>(value >> 40 & 0xFF);
    to[3] = static_cast<char>(value >> 32 & 0xFF);
    to[4] = static_cast<char>(value >> 24 & 0xFF);
    to[5] = static_cast<char>(value >> 16 & 0xFF);
    to[6] = static_cast<char>(value >> 8 & 0xFF);
    to[7] = static_cast<char>(value & 0xFF);
}

// The same of the lower half.
constexpr void store_four(char* to, std::uint64_t value) noexcept {
    to[0] = static_cast<char>(value >> 24 & 0xFF);
    to[1] = static_cast<char>(value >> 16 & 0xFF);
    to[2] = static_cast<char>(value >> 8 & 0xFF);
    to[3] = static_cast<char>(value & 0xFF);
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
