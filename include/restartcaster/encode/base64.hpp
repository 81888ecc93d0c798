// SPDX-License-Identifier: MIT
// Base64 with padding, in constant time.
// Source: RFC 4648 section 4.
// Data flow: the 20 bytes of an HMAC-SHA1 in, the 28 characters of a signature out.
#ifndef RESTARTCASTER_ENCODE_BASE64_HPP
#define RESTARTCASTER_ENCODE_BASE64_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// Small builds: returns the character of the highest 6 bits of a sequence of words, and shifts the sequence by 6 bits.
template <class Word, std::size_t N>
[[nodiscard]] constexpr char base64_shift(std::array<Word, N>& words) noexcept {
    std::uint32_t six_bits = 0;
    for (std::size_t i = N; i-- != 0;) {
        std::uint32_t const word = words[i];
        words[i] = static_cast<Word>(word << 6 | six_bits);
        six_bits = word >> (8 * sizeof(Word) - 6);
    }
    // Above its limit each difference wraps; its high bits then select the step to the next range of the alphabet.
    return static_cast<char>('A' + six_bits + ((25 - six_bits) >> 8 & 6) - ((51 - six_bits) >> 8 & 75) -
                             ((61 - six_bits) >> 28) + ((62 - six_bits) >> 30));
}

// Splits 48 bits into eight groups of 6 bits, one group per byte.
template <class Bits>
[[nodiscard]] constexpr Bits base64_split(Bits bits) noexcept {
    bits = (bits & 0xFFFFFF000000) << 8 | (bits & 0xFFFFFF);
    bits = (bits & 0x00FFF00000FFF000) << 4 | (bits & 0x00000FFF00000FFF);
    return (bits & 0x0FC00FC00FC00FC0) << 2 | (bits & 0x003F003F003F003F);
}

// Sets each byte to 1 if it is above `limit`, otherwise to 0.
template <class Bits>
[[nodiscard]] constexpr Bits base64_above(Bits six_bits, unsigned limit) noexcept {
    constexpr Bits ones = 0x0101010101010101;
    return (six_bits + ones * (127 - limit)) >> 7 & ones;
}

// For each range of the alphabet, adds its step to the bytes above its limit. No branch and no memory address depends on
// the bytes, which are secret.
template <class Bits>
[[nodiscard]] constexpr Bits base64_characters(Bits six_bits) noexcept {
    return six_bits + 0x4141414141414141 + base64_above(six_bits, 25) * 6 - base64_above(six_bits, 51) * 75 -
           base64_above(six_bits, 61) * 15 + base64_above(six_bits, 62) * 3;
}

} // namespace detail

/// The base64 text of N bytes: 4 characters for every 3 bytes, padded with '='.
/// Cost: constant time for a given N.
template <std::size_t N>
[[nodiscard]] constexpr std::array<char, (N + 2) / 3 * 4> base64(std::array<char, N> const& bytes) noexcept {
    std::array<char, (N + 2) / 3 * 4> out{};
    std::array<char, (N + 5) / 6 * 6> in{};
    detail::copy_bytes(in.data(), bytes.data(), N);
    for (std::size_t group = 0; group * 8 < out.size(); ++group) {
        auto const byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(in[6 * group + i])}; };
        char text[8];
        auto const bits =
            byte(0) << 40 | byte(1) << 32 | byte(2) << 24 | byte(3) << 16 | byte(4) << 8 | byte(5);
        detail::store_eight(text, detail::base64_characters(detail::base64_split(bits)));
        detail::copy_bytes(out.data() + 8 * group, text, out.size() - 8 * group < 8 ? out.size() - 8 * group : 8);
    }
    for (std::size_t i = (N * 8 + 5) / 6; i != out.size(); ++i) out[i] = '=';
    return out;
}

}} // namespace restartcaster

#endif
