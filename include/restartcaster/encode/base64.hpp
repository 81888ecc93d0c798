// SPDX-License-Identifier: MIT
// Base64 of a digest, with padding.
// Source: RFC 4648 section 4.
// Path: the 20 bytes of an HMAC-SHA1 in, the 28 characters of a signature out.
#ifndef RESTARTCASTER_ENCODE_BASE64_HPP
#define RESTARTCASTER_ENCODE_BASE64_HPP

#include "../config.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace restartcaster::inline RESTARTCASTER_ABI {

namespace detail {

// Each range adds its step by a borrow instead of a branch: no branch and no address depends on the bits.
[[nodiscard]] constexpr char base64_character(std::uint32_t six_bits) noexcept {
    std::uint32_t const v = six_bits;
    auto const above = [v](std::uint32_t limit) { return (limit - v) >> 31; };
    std::uint32_t const c = 'A' + v + above(25) * 6 - above(51) * 75 - above(61) * 15 + above(62) * 3;
    return static_cast<char>(c);
}

} // namespace detail

/// The text of N bytes: 4 characters for every 3 bytes begun.
/// Cost: constant time for a given N.
template <std::size_t N>
[[nodiscard]] constexpr std::array<char, (N + 2) / 3 * 4> base64(std::array<char, N> const& bytes) noexcept {
    std::array<char, (N + 2) / 3 * 4> out{};
    for (std::size_t in = 0, to = 0; in < N; in += 3, to += 4) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i != 3; ++i)
            group = group << 8 | (in + i < N ? static_cast<unsigned char>(bytes[in + i]) : 0u);
        for (std::size_t i = 0; i != 4; ++i)
            out[to + i] = in + i <= N ? detail::base64_character(group >> (18 - 6 * i) & 63) : '=';
    }
    return out;
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
