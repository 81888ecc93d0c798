// SPDX-License-Identifier: MIT
// Big-endian words in bytes, as the SHA family has them.
// Source: FIPS 180-4 section 3.1.
// Data flow: message bytes to schedule words, state words to digest bytes, eight characters at once to where they stand.
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

// Shifts, not a cast: it is a constant expression, has no alignment, and compilers make one instruction of
// it.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::uint32_t load_big_endian(char const* bytes) noexcept {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0])) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[1])) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[2])) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[3]));
}

RESTARTCASTER_HOT constexpr void store_big_endian(char* bytes, std::uint32_t word) noexcept {
#if RESTARTCASTER_GNU
    // gcc 12 makes a long vector permutation of the shifts when several words are stored in a row.
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
    // Four at once: kernels load sixteen bytes, and a processor would wait for narrower stores to arrive.
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

// The most significant byte first. Swapped by hand where that can be: gcc 12 shuffles the bytes one by one otherwise.
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

// The same of the lower half.
constexpr void store_four(char* to, std::uint64_t value) noexcept {
    store_big_endian(to, static_cast<std::uint32_t>(value));
}

}}} // namespace restartcaster::detail

#endif
