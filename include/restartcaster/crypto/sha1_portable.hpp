// SPDX-License-Identifier: MIT
// The SHA-1 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 6.1.2 and 6.1.3 (the schedule as a ring of 16 words).
// Path: state and message blocks in, state out; the only kernel of constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP

#include "big_endian.hpp"

#include <bit>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

inline constexpr std::uint32_t sha1_constants[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

constexpr void sha1_rolled(std::array<std::uint32_t, 5>& state, char const* blocks,
                           std::size_t count) noexcept {
    for (; count != 0; --count) {
        std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        // Each of the last sixteen words twice, so that those of a round stand at fixed distances from one place.
        std::uint32_t w[32];
        for (unsigned t = 0; t != 80; ++t) {
            std::uint32_t* const at = w + t % 16;
            if (t < 16) {
                at[0] = load_big_endian(blocks);
                blocks += 4;
            } else {
                at[0] = std::rotl(at[0] ^ at[2] ^ at[8] ^ at[13], 1);
            }
            at[16] = at[0];
            unsigned const phase = t * 205 >> 12; // t / 20, which the smallest cores cannot divide
            std::uint32_t const differ = c ^ d;
            std::uint32_t f = b ^ differ;
            if (phase == 0) {
                f = d ^ (b & differ);
            } else if (phase == 2) {
                f = (c & d) | (b & differ);
            }
            std::uint32_t const sum = e + at[0] + sha1_constants[phase] + f + std::rotl(a, 5);
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = sum;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}

// One round each; the names of the five words rotate in the text below instead of in registers.
#define RESTARTCASTER_ROUND(a, b, c, d, e, f, k, word)                                                       \
    e += std::rotl(a, 5) + (f) + k + (word);                                                                 \
    b = std::rotl(b, 30)
#define RESTARTCASTER_READ(t) (w[t] = load_big_endian(blocks + 4 * (t)))
#define RESTARTCASTER_NEXT(t)                                                                                \
    (w[(t)&15] = std::rotl(w[((t) + 13) & 15] ^ w[((t) + 8) & 15] ^ w[((t) + 2) & 15] ^ w[(t)&15], 1))
#define RESTARTCASTER_CHOOSE(a, b, c, d, e, word)                                                            \
    RESTARTCASTER_ROUND(a, b, c, d, e, d ^ (b & (c ^ d)), 0x5A827999U, word)
#define RESTARTCASTER_PARITY(a, b, c, d, e, t)                                                               \
    RESTARTCASTER_ROUND(a, b, c, d, e, b ^ c ^ d, 0x6ED9EBA1U, RESTARTCASTER_NEXT(t))
// The two halves of the majority share no bit: adding them lets the compiler do it off the critical path.
#define RESTARTCASTER_MAJORITY(a, b, c, d, e, t)                                                             \
    RESTARTCASTER_ROUND(a, b, c, d, e, (b & c) + (d & (b ^ c)), 0x8F1BBCDCU, RESTARTCASTER_NEXT(t))
#define RESTARTCASTER_PARITY_2(a, b, c, d, e, t)                                                             \
    RESTARTCASTER_ROUND(a, b, c, d, e, b ^ c ^ d, 0xCA62C1D6U, RESTARTCASTER_NEXT(t))
#define RESTARTCASTER_FIVE(round, t)                                                                         \
    round(a, b, c, d, e, t);                                                                                 \
    round(e, a, b, c, d, t + 1);                                                                             \
    round(d, e, a, b, c, t + 2);                                                                             \
    round(c, d, e, a, b, t + 3);                                                                             \
    round(b, c, d, e, a, t + 4)

constexpr void sha1_unrolled(std::array<std::uint32_t, 5>& state, char const* blocks,
                             std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        std::uint32_t w[16] = {};
        std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        RESTARTCASTER_CHOOSE(a, b, c, d, e, RESTARTCASTER_READ(0));
        RESTARTCASTER_CHOOSE(e, a, b, c, d, RESTARTCASTER_READ(1));
        RESTARTCASTER_CHOOSE(d, e, a, b, c, RESTARTCASTER_READ(2));
        RESTARTCASTER_CHOOSE(c, d, e, a, b, RESTARTCASTER_READ(3));
        RESTARTCASTER_CHOOSE(b, c, d, e, a, RESTARTCASTER_READ(4));
        RESTARTCASTER_CHOOSE(a, b, c, d, e, RESTARTCASTER_READ(5));
        RESTARTCASTER_CHOOSE(e, a, b, c, d, RESTARTCASTER_READ(6));
        RESTARTCASTER_CHOOSE(d, e, a, b, c, RESTARTCASTER_READ(7));
        RESTARTCASTER_CHOOSE(c, d, e, a, b, RESTARTCASTER_READ(8));
        RESTARTCASTER_CHOOSE(b, c, d, e, a, RESTARTCASTER_READ(9));
        RESTARTCASTER_CHOOSE(a, b, c, d, e, RESTARTCASTER_READ(10));
        RESTARTCASTER_CHOOSE(e, a, b, c, d, RESTARTCASTER_READ(11));
        RESTARTCASTER_CHOOSE(d, e, a, b, c, RESTARTCASTER_READ(12));
        RESTARTCASTER_CHOOSE(c, d, e, a, b, RESTARTCASTER_READ(13));
        RESTARTCASTER_CHOOSE(b, c, d, e, a, RESTARTCASTER_READ(14));
        RESTARTCASTER_CHOOSE(a, b, c, d, e, RESTARTCASTER_READ(15));
        RESTARTCASTER_CHOOSE(e, a, b, c, d, RESTARTCASTER_NEXT(16));
        RESTARTCASTER_CHOOSE(d, e, a, b, c, RESTARTCASTER_NEXT(17));
        RESTARTCASTER_CHOOSE(c, d, e, a, b, RESTARTCASTER_NEXT(18));
        RESTARTCASTER_CHOOSE(b, c, d, e, a, RESTARTCASTER_NEXT(19));
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY, 20);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY, 25);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY, 30);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY, 35);
        RESTARTCASTER_FIVE(RESTARTCASTER_MAJORITY, 40);
        RESTARTCASTER_FIVE(RESTARTCASTER_MAJORITY, 45);
        RESTARTCASTER_FIVE(RESTARTCASTER_MAJORITY, 50);
        RESTARTCASTER_FIVE(RESTARTCASTER_MAJORITY, 55);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY_2, 60);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY_2, 65);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY_2, 70);
        RESTARTCASTER_FIVE(RESTARTCASTER_PARITY_2, 75);
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}

#undef RESTARTCASTER_FIVE
#undef RESTARTCASTER_PARITY_2
#undef RESTARTCASTER_MAJORITY
#undef RESTARTCASTER_PARITY
#undef RESTARTCASTER_CHOOSE
#undef RESTARTCASTER_NEXT
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_ROUND

constexpr void sha1_portable(std::array<std::uint32_t, 5>& state, char const* blocks,
                             std::size_t count) noexcept {
    if constexpr (RESTARTCASTER_SMALL != 0) {
        sha1_rolled(state, blocks, count);
    } else {
        sha1_unrolled(state, blocks, count);
    }
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
