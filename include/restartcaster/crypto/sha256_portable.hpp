// SPDX-License-Identifier: MIT
// The SHA-256 compression in plain C++: unrolled for speed, rolled for size.
// Source: FIPS 180-4 section 4.2.2 and 6.2.2 (the schedule as a ring of 16 words).
// Data flow: state and message blocks in, state out; the only kernel that works in constant expressions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_PORTABLE_HPP
#define RESTARTCASTER_CRYPTO_SHA256_PORTABLE_HPP
#pragma once

#include "../core/big_endian.hpp"

#include <bit>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Aligned, because the vector kernels load four words at once.
alignas(16) inline constexpr std::uint32_t sha256_constants[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
};

template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word sha256_small(Word x, int first, int second, int shift) noexcept {
    return std::rotr(x, first) ^ std::rotr(x, second) ^ (x >> shift);
}
template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word sha256_large(Word x, int first, int second, int third) noexcept {
    return std::rotr(x, first) ^ std::rotr(x, second) ^ std::rotr(x, third);
}

#if RESTARTCASTER_SMALL

template <class Word>
RESTARTCASTER_ONCE constexpr void sha256_portable(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count) {
        // The ring of 16 words twice in a row, so that the words of a round are at fixed offsets from one pointer.
        Word w[32] = {};
        std::array<Word, 8> s = state;
        for (unsigned t = 0; t != 64; ++t) {
            Word* const now = w + (t & 15);
            Word word = 0;
            if (t < 16) {
                word = load_big_endian(blocks);
                blocks += 4;
            } else {
                word = now[0] + sha256_small(now[1], 7, 18, 3) + now[9] + sha256_small(now[14], 17, 19, 10);
            }
            now[0] = now[16] = word;
            Word const sum = s[7] + sha256_large(s[4], 6, 11, 25) + (s[6] ^ (s[4] & (s[5] ^ s[6]))) +
                                      sha256_constants[t] + word;
            Word const head =
                sum + sha256_large(s[0], 2, 13, 22) + ((s[0] & s[1]) | (s[2] & (s[0] | s[1])));
            for (unsigned i = 7; i != 0; --i) s[i] = s[i - 1];
            s[4] += sum;
            s[0] = head;
        }
        for (unsigned i = 0; i != 8; ++i) state[i] += s[i];
    }
}

#else

// Round `round` + `t`: `round` is a multiple of 16, `t` a constant after inlining. The word of the round is read from
// `block` if that is not null. The callers rotate the argument names of the eight words, which saves the moves between
// registers.
template <class Word>
RESTARTCASTER_HOT constexpr void sha256_round(Word a, Word b, Word c, Word& d, Word e, Word f, Word g, Word& h,
                                              Word* w, char const* block, unsigned round, unsigned t) noexcept {
    if (block != nullptr)
        w[t] = load_big_endian(block + 4 * t);
    else
        w[t] += sha256_small(w[(t + 14) & 15], 17, 19, 10) + w[(t + 9) & 15] + sha256_small(w[(t + 1) & 15], 7, 18, 3);
    h += sha256_large(e, 6, 11, 25) + (g ^ (e & (f ^ g))) + sha256_constants[round + t] + w[t];
    d += h;
    h += sha256_large(a, 2, 13, 22) + (a & b) + (c & (a ^ b));
}
template <class Word>
RESTARTCASTER_HOT constexpr void sha256_eight(Word (&s)[8], Word* w, char const* block, unsigned round,
                                              unsigned t) noexcept {
    sha256_round(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], w, block, round, t);
    sha256_round(s[7], s[0], s[1], s[2], s[3], s[4], s[5], s[6], w, block, round, t + 1);
    sha256_round(s[6], s[7], s[0], s[1], s[2], s[3], s[4], s[5], w, block, round, t + 2);
    sha256_round(s[5], s[6], s[7], s[0], s[1], s[2], s[3], s[4], w, block, round, t + 3);
    sha256_round(s[4], s[5], s[6], s[7], s[0], s[1], s[2], s[3], w, block, round, t + 4);
    sha256_round(s[3], s[4], s[5], s[6], s[7], s[0], s[1], s[2], w, block, round, t + 5);
    sha256_round(s[2], s[3], s[4], s[5], s[6], s[7], s[0], s[1], w, block, round, t + 6);
    sha256_round(s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[0], w, block, round, t + 7);
}

template <class Word>
RESTARTCASTER_APART constexpr void sha256_portable(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
    for (; count != 0; --count, blocks += 64) {
        Word w[16] = {};
        Word s[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};
        sha256_eight(s, w, blocks, 0, 0);
        sha256_eight(s, w, blocks, 0, 8);
        for (unsigned round = 16; round != 64; round += 16) {
            sha256_eight(s, w, nullptr, round, 0);
            sha256_eight(s, w, nullptr, round, 8);
        }
        for (unsigned i = 0; i != 8; ++i) state[i] += s[i];
    }
}

#endif

}}} // namespace restartcaster::detail

#endif
