// SPDX-License-Identifier: MIT
// The SHA-1 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 6.1.2 and 6.1.3 (the schedule as a ring of 16 words).
// Data flow: state and message blocks in, state out; the only kernel that works in constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA1_PORTABLE_HPP
#pragma once

#include "../core/big_endian.hpp"

#include <bit>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr std::uint32_t sha1_constants[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};

#if RESTARTCASTER_SMALL

#if RESTARTCASTER_GNU && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
template <class Word>
RESTARTCASTER_ONCE constexpr void sha1_block(std::array<Word, 5>& state, char const* block) noexcept {
    // The ring of 16 words twice in a row, so that the words of a round are at fixed offsets from one pointer.
    Word w[32];
    for (unsigned t = 0; t != 16; ++t) w[t] = w[t + 16] = load_big_endian(block + 4 * t);
    Word a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (unsigned t = 0; t != 80; ++t) {
        Word* const at = w + t % 16;
        Word const word = at[0];
        at[0] = at[16] = std::rotl(at[0] ^ at[2] ^ at[8] ^ at[13], 1); // the word of 16 rounds later
        unsigned const phase = t * 205 >> 12; // t / 20, without a division, which Cortex-M0 lacks
        Word const differ = c ^ d;
        Word f = b | differ;
        if (phase == 0) f = d;
        if (phase == 2) f = c & d;
        f ^= b & differ;
        Word const sum = e + word + sha1_constants[phase] + f + std::rotl(a, 5);
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = sum;
    }
    Word const last[5] = {a, b, c, d, e};
    for (unsigned i = 0; i != 5; ++i) state[i] += last[i];
}
#if RESTARTCASTER_GNU && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <class Word>
RESTARTCASTER_THIN constexpr void sha1_portable(std::array<Word, 5>& state, char const* blocks,
                                                std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) sha1_block(state, blocks);
}

#else

// Round `t`, a constant after inlining. The callers rotate the argument names of the five words, which saves the moves
// between registers.
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_round(Word a, Word& b, Word c, Word d, Word& e, Word* w, char const* block,
                                            unsigned t) noexcept {
    Word& word = w[t & 15];
    word = t < 16 ? load_big_endian(block + 4 * t)
                  : std::rotl(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ word, 1);
    // The two terms of the majority function share no bit, so `+` equals `|`, and the compiler can reorder the additions
    // off the critical path.
    Word f = b ^ c ^ d;
    if (t < 20) f = d ^ (b & (c ^ d));
    if (t >= 40 && t < 60) f = (b & c) + (d & (b ^ c));
    e += std::rotl(a, 5) + (f + sha1_constants[t / 20] + word);
    b = std::rotl(b, 30);
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_five(Word (&s)[5], Word* w, char const* block, unsigned t) noexcept {
    sha1_round(s[0], s[1], s[2], s[3], s[4], w, block, t);
    sha1_round(s[4], s[0], s[1], s[2], s[3], w, block, t + 1);
    sha1_round(s[3], s[4], s[0], s[1], s[2], w, block, t + 2);
    sha1_round(s[2], s[3], s[4], s[0], s[1], w, block, t + 3);
    sha1_round(s[1], s[2], s[3], s[4], s[0], w, block, t + 4);
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha1_twenty(Word (&s)[5], Word* w, char const* block, unsigned t) noexcept {
    sha1_five(s, w, block, t);
    sha1_five(s, w, block, t + 5);
    sha1_five(s, w, block, t + 10);
    sha1_five(s, w, block, t + 15);
}

template <class Word>
RESTARTCASTER_APART constexpr void sha1_portable(std::array<Word, 5>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        Word w[16] = {};
        Word s[5] = {state[0], state[1], state[2], state[3], state[4]};
        sha1_twenty(s, w, blocks, 0);
        sha1_twenty(s, w, blocks, 20);
        sha1_twenty(s, w, blocks, 40);
        sha1_twenty(s, w, blocks, 60);
        for (unsigned i = 0; i != 5; ++i) state[i] += s[i];
    }
}

#endif

}}} // namespace restartcaster::detail

#endif
