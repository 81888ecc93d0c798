// SPDX-License-Identifier: MIT
// Hexadecimal digits in constant time: upper case for percent-encoding, lower case for digests.
// Source: RFC 4648 section 8; RFC 3986 section 2.1.
// Data flow: half a byte in, its digit out.
#ifndef RESTARTCASTER_ENCODE_HEX_HPP
#define RESTARTCASTER_ENCODE_HEX_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Arithmetic instead of a table or a branch, so that no memory address and no branch depends on the digit. Above 9 the
// difference wraps, and its high bits select the step to the letters.
[[nodiscard]] constexpr char hex_upper(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 7));
}

[[nodiscard]] constexpr char hex_lower(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 39));
}

// The eight lower-case digits of 32 bits, the first in the most significant byte.
[[nodiscard]] constexpr std::uint64_t hex_lower_eight(std::uint32_t bits) noexcept {
    std::uint64_t halves = bits;
    halves = (halves & 0xFFFF0000) << 16 | (halves & 0xFFFF);
    halves = (halves & 0x0000FF000000FF00) << 8 | (halves & 0x000000FF000000FF);
    halves = (halves & 0x00F000F000F000F0) << 4 | (halves & 0x000F000F000F000F);
    std::uint64_t const letters = (halves + 0x0606060606060606) >> 4 & 0x0101010101010101;
    return halves + 0x3030303030303030 + letters * 39;
}

}}} // namespace restartcaster::detail

#endif
