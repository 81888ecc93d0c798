// SPDX-License-Identifier: MIT
// The SHA-256 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA256RNDS2, SHA256MSG1, SHA256MSG2.
// Path: state and message blocks in, state out; taken where cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA256_X86_HPP

#include "cpu.hpp"

#if RESTARTCASTER_X86_KERNELS

#include "sha256_portable.hpp"

#include <cstring>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

// Four rounds. Macros, because neither a lambda nor a helper inherits the target attribute.
#if defined(__clang__)
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define RESTARTCASTER_SHUFFLE(x, y, ...) __builtin_shuffle(x, y, words{__VA_ARGS__})
#endif
// The instructions are declared over signed words, whose sum may not overflow.
#define RESTARTCASTER_SUM(a, b) reinterpret_cast<words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b))
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&bytes, blocks + (at), 16);                                                                  \
    m = reinterpret_cast<words>(__builtin_ia32_pshufb128(bytes, swapped))
#define RESTARTCASTER_ROUNDS(m, t)                                                                           \
    std::memcpy(&sum, sha256_constants + (t), 16);                                                           \
    sum = RESTARTCASTER_SUM(sum, m);                                                                                          \
    cdgh = __builtin_ia32_sha256rnds2(cdgh, abef, sum);                                                      \
    abef = __builtin_ia32_sha256rnds2(abef, cdgh, RESTARTCASTER_SHUFFLE(sum, sum, 2, 3, 2, 3))
#define RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, t)                                                           \
    RESTARTCASTER_ROUNDS(m0, t);                                                                             \
    m1 = __builtin_ia32_sha256msg2(RESTARTCASTER_SUM(m1, RESTARTCASTER_SHUFFLE(m3, m0, 1, 2, 3, 4)), m0);                      \
    m3 = __builtin_ia32_sha256msg1(m3, m0)

[[gnu::target("sha,sse4.1,ssse3")]] inline void sha256_x86(std::array<std::uint32_t, 8>& state,
                                                           char const* blocks, std::size_t count) noexcept {
    using words [[gnu::vector_size(16)]] = int;
    using unsigned_words [[gnu::vector_size(16)]] = unsigned;
    using chars [[gnu::vector_size(16)]] = char;
    constexpr chars swapped = {3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12};
    words low, high, sum, m0, m1, m2, m3;
    chars bytes;
    std::memcpy(&low, state.data(), 16);
    std::memcpy(&high, state.data() + 4, 16);
    // The instructions want the words as a b e f and c d g h, first word in the highest lane.
    words abef = RESTARTCASTER_SHUFFLE(low, high, 5, 4, 1, 0);
    words cdgh = RESTARTCASTER_SHUFFLE(low, high, 7, 6, 3, 2);
    for (; count != 0; --count, blocks += 64) {
        words const abef_before = abef;
        words const cdgh_before = cdgh;
        RESTARTCASTER_READ(m0, 0);
        RESTARTCASTER_ROUNDS(m0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_ROUNDS(m1, 4);
        m0 = __builtin_ia32_sha256msg1(m0, m1);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_ROUNDS(m2, 8);
        m1 = __builtin_ia32_sha256msg1(m1, m2);
        RESTARTCASTER_READ(m3, 48);
        RESTARTCASTER_SCHEDULED(m3, m0, m1, m2, 12);
        RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, 16);
        RESTARTCASTER_SCHEDULED(m1, m2, m3, m0, 20);
        RESTARTCASTER_SCHEDULED(m2, m3, m0, m1, 24);
        RESTARTCASTER_SCHEDULED(m3, m0, m1, m2, 28);
        RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, 32);
        RESTARTCASTER_SCHEDULED(m1, m2, m3, m0, 36);
        RESTARTCASTER_SCHEDULED(m2, m3, m0, m1, 40);
        RESTARTCASTER_SCHEDULED(m3, m0, m1, m2, 44);
        RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, 48);
        RESTARTCASTER_ROUNDS(m1, 52);
        m2 = __builtin_ia32_sha256msg2(RESTARTCASTER_SUM(m2, RESTARTCASTER_SHUFFLE(m0, m1, 1, 2, 3, 4)), m1);
        RESTARTCASTER_ROUNDS(m2, 56);
        m3 = __builtin_ia32_sha256msg2(RESTARTCASTER_SUM(m3, RESTARTCASTER_SHUFFLE(m1, m2, 1, 2, 3, 4)), m2);
        RESTARTCASTER_ROUNDS(m3, 60);
        abef = RESTARTCASTER_SUM(abef, abef_before);
        cdgh = RESTARTCASTER_SUM(cdgh, cdgh_before);
    }
    low = RESTARTCASTER_SHUFFLE(abef, cdgh, 3, 2, 7, 6);
    high = RESTARTCASTER_SHUFFLE(abef, cdgh, 1, 0, 5, 4);
    std::memcpy(state.data(), &low, 16);
    std::memcpy(state.data() + 4, &high, 16);
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_SUM
#undef RESTARTCASTER_SHUFFLE

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif

#endif
