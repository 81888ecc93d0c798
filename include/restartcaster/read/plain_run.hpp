// SPDX-License-Identifier: MIT
// Skips the bytes of a document that need no look of their own, 8 or 16 at a time.
// Source: the test of all bytes of a word: A. Mycroft (1987).
// Data flow: a position in a document in, a later position out; used by json.hpp, xml.hpp and plain_form.hpp.
#ifndef RESTARTCASTER_READ_PLAIN_RUN_HPP
#define RESTARTCASTER_READ_PLAIN_RUN_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

#if RESTARTCASTER_SMALL

/// Skips plain bytes. A byte is plain if it is printable ASCII and neither a, b nor c.
/// Contract of both shapes: every byte before the returned position is plain. The byte there may be plain as well: callers
/// look at it. Small builds skip nothing, because their callers go byte by byte anyway.
template <class Char>
[[nodiscard]] constexpr Char const* skip_plain(Char const* at, Char const*, Char, Char, Char) noexcept {
    return at;
}

#else

#if RESTARTCASTER_VECTORS && defined(__x86_64__)
using lanes [[__gnu__::__vector_size__(16)]] = signed char;
using byte_lanes [[__gnu__::__vector_size__(16)]] = char;

/// The result of a comparison with one bit per lane, the first lane in the lowest bit.
[[nodiscard]] RESTARTCASTER_HOT inline unsigned mask_of(lanes comparison) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<byte_lanes>(comparison)));
}

// Skips whole blocks of 16 plain bytes; true: stops at a byte that is not plain.
template <class Char>
[[nodiscard]] RESTARTCASTER_HOT inline bool skip_plain_blocks(Char const*& at, Char const* end, Char a, Char b, Char c) noexcept {
    for (; end - at >= 16; at += 16) {
        lanes bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        auto const controls = bytes < 0x20; // true for bytes beyond ASCII too, which are negative
        unsigned const hits = mask_of(controls | (bytes == a) | (bytes == b) | (bytes == c));
        if (hits != 0) {
            at += __builtin_ctz(hits);
            return true;
        }
    }
    return false;
}
#endif

// Skips whole words of plain bytes; true: stops at a byte that is not plain.
template <class Char, class Word = std::size_t>
[[nodiscard]] RESTARTCASTER_HOT inline bool skip_plain_words(Char const*& at, Char const* end, Char a, Char b, Char c) noexcept {
    constexpr Word ones = ~Word{0} / 0xFF;
    for (; static_cast<std::size_t>(end - at) >= sizeof(Word); at += sizeof(Word)) {
        Word bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        // A byte borrows from its neighbour only if it is a hit itself, so the lowest hit is exact.
        Word const controls = (bytes - ones * 0x20) | bytes;
        Word const stops = ((bytes ^ (ones * static_cast<unsigned char>(a))) - ones) |
                           ((bytes ^ (ones * static_cast<unsigned char>(b))) - ones) |
                           ((bytes ^ (ones * static_cast<unsigned char>(c))) - ones);
        Word const hits = (controls | stops) & (ones * 0x80);
        if (hits == 0) continue;
        if constexpr (!is_little_endian) return false; // the lowest hit is not in the first byte: byte by byte
        at += std::countr_zero(hits) >> 3;
        return true;
    }
    return false;
}

/// Skips plain bytes. A byte is plain if it is printable ASCII and neither a, b nor c.
/// Contract of both shapes: every byte before the returned position is plain. The byte there may be plain as well: callers
/// look at it. This shape stops at the first byte that is not plain.
template <class Char>
[[nodiscard]] RESTARTCASTER_HOT constexpr Char const* skip_plain(Char const* at, Char const* end, Char a, Char b,
                                                                 Char c) noexcept {
    if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_VECTORS && defined(__x86_64__)
        if (skip_plain_blocks(at, end, a, b, c)) return at;
#endif
        if (skip_plain_words(at, end, a, b, c)) return at;
    }
    for (; at != end; ++at)
        if (static_cast<signed char>(*at) < 0x20 || *at == a || *at == b || *at == c) break;
    return at;
}

#endif

}}} // namespace restartcaster::detail

#endif
