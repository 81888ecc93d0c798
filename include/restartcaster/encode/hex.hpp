// SPDX-License-Identifier: MIT
// Hexadecimal digits, upper case for percent-encoding, lower case for digests.
// Source: RFC 4648 section 8; RFC 3986 section 2.1.
// Path: a half byte in, its digit out.
#ifndef RESTARTCASTER_ENCODE_HEX_HPP
#define RESTARTCASTER_ENCODE_HEX_HPP

#include "../config.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

// Arithmetic instead of a table and a choice: no address and no branch depends on the digit. Above 9 the
// difference wraps, and its bits let the step to the letters through.
[[nodiscard]] constexpr char hex_upper(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 7));
}

[[nodiscard]] constexpr char hex_lower(unsigned half_byte) noexcept {
    return static_cast<char>('0' + half_byte + ((9 - half_byte) >> 8 & 39));
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
