// SPDX-License-Identifier: MIT
// The SHA-256 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA256RNDS2, SHA256MSG1, SHA256MSG2.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA256_X86_HPP
#pragma once

#include "x86_words.hpp"

#if RESTARTCASTER_X86_KERNELS

#include "sha256_portable.hpp"

#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

#if defined(__clang__)
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shuffle(x, y, x86_words{__VA_ARGS__})
#endif
template <class Words>
RESTARTCASTER_SHA_HELPER Words sha256_x86_read(char const* bytes) noexcept {
    return x86_read<Words>(bytes, x86_bytes{3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12});
}
// Four rounds.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_rounds(Words& abef, Words& cdgh, Words m, unsigned t) noexcept {
    Words sum;
    std::memcpy(&sum, sha256_constants + t, 16);
    sum = x86_sum(sum, m);
    cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, sum);
    abef = __builtin_ia32_sha256rnds2(abef, cdgh, RESTARTCASTER_SHUFFLE(sum, sum, 2, 3, 2, 3));
}
// Computes the next words of the schedule after m0.
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_next(Words m0, Words& m1, Words m3) noexcept {
    m1 = __builtin_ia32_sha256msg2(x86_sum(m1, RESTARTCASTER_SHUFFLE(m3, m0, 1, 2, 3, 4)), m0);
}
template <class Words>
RESTARTCASTER_SHA_HELPER void sha256_x86_scheduled(Words& abef, Words& cdgh, Words m0, Words& m1, Words& m3,
                                                   unsigned t) noexcept {
    sha256_x86_rounds(abef, cdgh, m0, t);
    sha256_x86_next(m0, m1, m3);
    m3 = __builtin_ia32_sha256msg1(m3, m0);
}

template <class Words = x86_words, class State>
[[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__noinline__]] inline void sha256_x86(State& state, char const* blocks,
                                                           std::size_t count) noexcept {
    Words low, high;
    std::memcpy(&low, state.data(), 16);
    std::memcpy(&high, state.data() + 4, 16);
    // The instructions want the words in the order a b e f and c d g h, the first word in the highest lane.
    Words abef = RESTARTCASTER_SHUFFLE(low, high, 5, 4, 1, 0);
    Words cdgh = RESTARTCASTER_SHUFFLE(low, high, 7, 6, 3, 2);
    for (; count != 0; --count, blocks += 64) {
        Words const abef_before = abef;
        Words const cdgh_before = cdgh;
        Words m0 = sha256_x86_read<Words>(blocks);
        sha256_x86_rounds(abef, cdgh, m0, 0);
        Words m1 = sha256_x86_read<Words>(blocks + 16);
        sha256_x86_rounds(abef, cdgh, m1, 4);
        m0 = __builtin_ia32_sha256msg1(m0, m1);
        Words m2 = sha256_x86_read<Words>(blocks + 32);
        sha256_x86_rounds(abef, cdgh, m2, 8);
        m1 = __builtin_ia32_sha256msg1(m1, m2);
        Words m3 = sha256_x86_read<Words>(blocks + 48);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 12);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 16);
        sha256_x86_scheduled(abef, cdgh, m1, m2, m0, 20);
        sha256_x86_scheduled(abef, cdgh, m2, m3, m1, 24);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 28);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 32);
        sha256_x86_scheduled(abef, cdgh, m1, m2, m0, 36);
        sha256_x86_scheduled(abef, cdgh, m2, m3, m1, 40);
        sha256_x86_scheduled(abef, cdgh, m3, m0, m2, 44);
        sha256_x86_scheduled(abef, cdgh, m0, m1, m3, 48);
        sha256_x86_rounds(abef, cdgh, m1, 52);
        sha256_x86_next(m1, m2, m0);
        sha256_x86_rounds(abef, cdgh, m2, 56);
        sha256_x86_next(m2, m3, m1);
        sha256_x86_rounds(abef, cdgh, m3, 60);
        abef = x86_sum(abef, abef_before);
        cdgh = x86_sum(cdgh, cdgh_before);
    }
    low = RESTARTCASTER_SHUFFLE(abef, cdgh, 3, 2, 7, 6);
    high = RESTARTCASTER_SHUFFLE(abef, cdgh, 1, 0, 5, 4);
    std::memcpy(state.data(), &low, 16);
    std::memcpy(state.data() + 4, &high, 16);
}

#undef RESTARTCASTER_SHUFFLE

}}} // namespace restartcaster::detail

#endif

#endif
