// SPDX-License-Identifier: MIT
// Big-endian words: the byte order of the SHA family.
// Source: FIPS 180-4 section 3.1.
// Data flow: message bytes -> schedule words; state words -> digest bytes; eight characters in one word -> text.
#ifndef RESTARTCASTER_CORE_BIG_ENDIAN_HPP
#define RESTARTCASTER_CORE_BIG_ENDIAN_HPP
#pragma once

#include "../config.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr bool is_little_endian =
    static_cast<int>(std::endian::native) == static_cast<int>(std::endian::little);

// Shifts, not a cast: a constant expression, without alignment; compilers make one instruction of the shifts.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::uint32_t load_big_endian(char const* bytes) noexcept {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0])) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[1])) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[2])) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[3]));
}

RESTARTCASTER_HOT constexpr void store_big_endian(char* bytes, std::uint32_t word) noexcept {
#if RESTARTCASTER_GNU
    // Workaround for gcc 12: where several words are stored in a row, it makes a long vector permutation of the shifts.
    if (!std::is_constant_evaluated()) {
        if constexpr (is_little_endian) word = __builtin_bswap32(word);
        std::memcpy(bytes, &word, sizeof word);
        return;
    }
#endif
    // unreached: constant_or_not
    for (unsigned shift = 32; shift != 0; shift -= 8) *bytes++ = static_cast<char>(word >> (shift - 8) & 0xFF);
}

template <std::size_t Words>
RESTARTCASTER_HOT constexpr void store_big_endian(char* bytes,
                                                  std::array<std::uint32_t, Words> const& words) noexcept {
    std::size_t at = 0;
#if RESTARTCASTER_VECTORS
    // Four words at once: kernels load 16 bytes, and store forwarding fails when narrower stores precede a load.
    if (!std::is_constant_evaluated() && is_little_endian) {
        using four_words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
        for (; at + 4 <= Words; at += 4) {
            four_words v;
            __builtin_memcpy(&v, words.data() + at, sizeof v);
            v = v << 16 | v >> 16;
            v = (v & 0x00FF00FF) << 8 | (v >> 8 & 0x00FF00FF);
            __builtin_memcpy(bytes + 4 * at, &v, sizeof v);
        }
    }
#endif
    for (; at < Words; ++at) store_big_endian(bytes + 4 * at, words[at]);
}

// Stores the most significant byte first. Workaround for gcc 12, which shuffles the bytes one by one without the
// explicit byte swap.
constexpr void store_eight(char* to, std::uint64_t value) noexcept {
#if RESTARTCASTER_GNU
    if (!std::is_constant_evaluated()) {
        if constexpr (is_little_endian) value = __builtin_bswap64(value);
        std::memcpy(to, &value, sizeof value);
        return;
    }
#endif
    // unreached: constant_or_not
    for (unsigned shift = 64; shift != 0; shift -= 8) *to++ = static_cast<char>(value >> (shift - 8) & 0xFF);
}

// Stores the lower 32 bits of `value`, the most significant byte first.
constexpr void store_four(char* to, std::uint64_t value) noexcept {
    store_big_endian(to, static_cast<std::uint32_t>(value));
}

}}} // namespace restartcaster::detail

#endif
