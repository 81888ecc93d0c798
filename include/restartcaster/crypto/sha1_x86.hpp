// SPDX-License-Identifier: MIT
// The SHA-1 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA1RNDS4, SHA1NEXTE, SHA1MSG1, SHA1MSG2.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA1_X86_HPP
#pragma once

#include "x86_words.hpp"

#if RESTARTCASTER_X86_KERNELS

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

template <class Words>
RESTARTCASTER_SHA_HELPER Words sha1_x86_read(char const* bytes) noexcept {
    return x86_read<Words>(bytes, x86_bytes{15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0});
}
// Computes `e` for the next four rounds, and the next words of the schedule after m0.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha1_x86_next(Words& e, Words m0, Words& m1, Words& m2, Words& m3) noexcept {
    e = __builtin_ia32_sha1nexte(e, m0);
    m1 = __builtin_ia32_sha1msg2(m1, m0);
    m3 = __builtin_ia32_sha1msg1(m3, m0);
    m2 ^= m0;
}
// Four rounds. A macro, because the last argument must be a constant inside the instruction.
#define RESTARTCASTER_ROUNDS(e, other, f)                                                                    \
    other = abcd;                                                                                            \
    abcd = __builtin_ia32_sha1rnds4(abcd, e, f)

template <class Words = x86_words, class State>
[[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__noinline__]] inline void sha1_x86(State& state, char const* blocks, std::size_t count) noexcept {
    Words abcd, e1;
    // One load of 16 bytes, for store forwarding. The instructions want the first word in the highest lane.
    std::memcpy(&abcd, state.data(), 16);
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    Words e0 = {0, 0, 0, static_cast<int>(state[4])};
    for (; count != 0; --count, blocks += 64) {
        Words const abcd_before = abcd;
        Words const e_before = e0;
        Words m0 = sha1_x86_read<Words>(blocks);
        e0 = x86_sum(e0, m0);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        Words m1 = sha1_x86_read<Words>(blocks + 16);
        e1 = __builtin_ia32_sha1nexte(e1, m1);
        RESTARTCASTER_ROUNDS(e1, e0, 0);
        m0 = __builtin_ia32_sha1msg1(m0, m1);
        Words m2 = sha1_x86_read<Words>(blocks + 32);
        e0 = __builtin_ia32_sha1nexte(e0, m2);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        m1 = __builtin_ia32_sha1msg1(m1, m2);
        m0 ^= m2;
        Words m3 = sha1_x86_read<Words>(blocks + 48);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 0);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 0);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 1);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 1);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 1);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 2);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m1, m2, m3, m0);
        RESTARTCASTER_ROUNDS(e1, e0, 2);
        sha1_x86_next(e0, m2, m3, m0, m1);
        RESTARTCASTER_ROUNDS(e0, e1, 2);
        sha1_x86_next(e1, m3, m0, m1, m2);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        sha1_x86_next(e0, m0, m1, m2, m3);
        RESTARTCASTER_ROUNDS(e0, e1, 3);
        e1 = __builtin_ia32_sha1nexte(e1, m1);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        m2 = __builtin_ia32_sha1msg2(m2, m1);
        m3 ^= m1;
        e0 = __builtin_ia32_sha1nexte(e0, m2);
        RESTARTCASTER_ROUNDS(e0, e1, 3);
        m3 = __builtin_ia32_sha1msg2(m3, m2);
        e1 = __builtin_ia32_sha1nexte(e1, m3);
        RESTARTCASTER_ROUNDS(e1, e0, 3);
        e0 = __builtin_ia32_sha1nexte(e0, e_before);
        abcd = x86_sum(abcd, abcd_before);
    }
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    std::memcpy(state.data(), &abcd, 16);
    state[4] = static_cast<std::uint32_t>(e0[3]);
}

#undef RESTARTCASTER_ROUNDS

}}} // namespace restartcaster::detail

#endif

#endif
