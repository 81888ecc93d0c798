// SPDX-License-Identifier: MIT
// The SHA-1 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 6.1.2 and 6.1.3 (the schedule as a ring of 16 words).
// Path: state and message blocks in, state out; the only kernel of constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP

#include "../core/big_endian.hpp"

#include <bit>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

inline constexpr std::uint32_t sha1_constants[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
constexpr void sha1_rolled_block(std::array<std::uint32_t, 5>& state, char const* block) noexcept {
    // Each of sixteen words twice, so that those of a round stand at fixed distances from one place.
    std::uint32_t w[32];
    for (unsigned t = 0; t != 16; ++t) w[t] = w[t + 16] = load_big_endian(block + 4 * t);
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (unsigned t = 0; t != 80; ++t) {
        std::uint32_t* const at = w + t % 16;
        std::uint32_t const word = at[0];
        at[0] = at[16] = std::rotl(at[0] ^ at[2] ^ at[8] ^ at[13], 1); // that of sixteen rounds later
        unsigned const phase = t * 205 >> 12; // t / 20, which the smallest cores cannot divide
        std::uint32_t const differ = c ^ d;
        std::uint32_t f = b | differ;
        if (phase == 0) f = d;
        if (phase == 2) f = c & d;
        f ^= b & differ;
        std::uint32_t const sum = e + word + sha1_constants[phase] + f + std::rotl(a, 5);
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = sum;
    }
    std::uint32_t const last[5] = {a, b, c, d, e};
    for (unsigned i = 0; i != 5; ++i) state[i] += last[i];
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

RESTARTCASTER_THIN constexpr void sha1_rolled(std::array<std::uint32_t, 5>& state, char const* blocks,
                                              std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) sha1_rolled_block(state, blocks);
}

RESTARTCASTER_HOT constexpr std::uint32_t sha1_next(std::uint32_t* w, unsigned t) noexcept {
    return w[t & 15] = std::rotl(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ w[t & 15], 1);
}

// One round each; the names of the five words rotate in the calls below instead of in registers. Functions, not
// macros: a compiler reads the text of a function once.
RESTARTCASTER_HOT constexpr void sha1_round(std::uint32_t a, std::uint32_t& b, std::uint32_t& e,
                                            std::uint32_t sum) noexcept {
    e += std::rotl(a, 5) + sum;
    b = std::rotl(b, 30);
}
RESTARTCASTER_HOT constexpr void sha1_choose(std::uint32_t a, std::uint32_t& b, std::uint32_t c, std::uint32_t d,
                                             std::uint32_t& e, std::uint32_t word) noexcept {
    sha1_round(a, b, e, (d ^ (b & (c ^ d))) + sha1_constants[0] + word);
}
RESTARTCASTER_HOT constexpr void sha1_parity(std::uint32_t a, std::uint32_t& b, std::uint32_t c, std::uint32_t d,
                                             std::uint32_t& e, std::uint32_t word) noexcept {
    sha1_round(a, b, e, (b ^ c ^ d) + sha1_constants[1] + word);
}
// The two halves of the majority share no bit: adding them lets the compiler do it off the critical path.
RESTARTCASTER_HOT constexpr void sha1_majority(std::uint32_t a, std::uint32_t& b, std::uint32_t c, std::uint32_t d,
                                               std::uint32_t& e, std::uint32_t word) noexcept {
    sha1_round(a, b, e, (b & c) + (d & (b ^ c)) + sha1_constants[2] + word);
}
RESTARTCASTER_HOT constexpr void sha1_parity_2(std::uint32_t a, std::uint32_t& b, std::uint32_t c, std::uint32_t d,
                                               std::uint32_t& e, std::uint32_t word) noexcept {
    sha1_round(a, b, e, (b ^ c ^ d) + sha1_constants[3] + word);
}

#define RESTARTCASTER_READ(t) w[t] = load_big_endian(blocks + 4 * (t))
#define RESTARTCASTER_NEXT(t) sha1_next(w, t)
#define RESTARTCASTER_FIVE(round, word, t)                                                                   \
    round(a, b, c, d, e, word(t));                                                                           \
    round(e, a, b, c, d, word(t + 1));                                                                       \
    round(d, e, a, b, c, word(t + 2));                                                                       \
    round(c, d, e, a, b, word(t + 3));                                                                       \
    round(b, c, d, e, a, word(t + 4))

constexpr void sha1_unrolled(std::array<std::uint32_t, 5>& state, char const* blocks,
                             std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        std::uint32_t w[16] = {};
        std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        RESTARTCASTER_FIVE(sha1_choose, RESTARTCASTER_READ, 0);
        RESTARTCASTER_FIVE(sha1_choose, RESTARTCASTER_READ, 5);
        RESTARTCASTER_FIVE(sha1_choose, RESTARTCASTER_READ, 10);
        sha1_choose(a, b, c, d, e, RESTARTCASTER_READ(15));
        sha1_choose(e, a, b, c, d, sha1_next(w, 16));
        sha1_choose(d, e, a, b, c, sha1_next(w, 17));
        sha1_choose(c, d, e, a, b, sha1_next(w, 18));
        sha1_choose(b, c, d, e, a, sha1_next(w, 19));
        RESTARTCASTER_FIVE(sha1_parity, RESTARTCASTER_NEXT, 20);
        RESTARTCASTER_FIVE(sha1_parity, RESTARTCASTER_NEXT, 25);
        RESTARTCASTER_FIVE(sha1_parity, RESTARTCASTER_NEXT, 30);
        RESTARTCASTER_FIVE(sha1_parity, RESTARTCASTER_NEXT, 35);
        RESTARTCASTER_FIVE(sha1_majority, RESTARTCASTER_NEXT, 40);
        RESTARTCASTER_FIVE(sha1_majority, RESTARTCASTER_NEXT, 45);
        RESTARTCASTER_FIVE(sha1_majority, RESTARTCASTER_NEXT, 50);
        RESTARTCASTER_FIVE(sha1_majority, RESTARTCASTER_NEXT, 55);
        RESTARTCASTER_FIVE(sha1_parity_2, RESTARTCASTER_NEXT, 60);
        RESTARTCASTER_FIVE(sha1_parity_2, RESTARTCASTER_NEXT, 65);
        RESTARTCASTER_FIVE(sha1_parity_2, RESTARTCASTER_NEXT, 70);
        RESTARTCASTER_FIVE(sha1_parity_2, RESTARTCASTER_NEXT, 75);
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}

#undef RESTARTCASTER_FIVE
#undef RESTARTCASTER_NEXT
#undef RESTARTCASTER_READ

RESTARTCASTER_THIN constexpr void sha1_portable(std::array<std::uint32_t, 5>& state, char const* blocks,
                                                std::size_t count) noexcept {
    if constexpr (RESTARTCASTER_SMALL != 0) {
        sha1_rolled(state, blocks, count);
    } else {
        sha1_unrolled(state, blocks, count);
    }
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
