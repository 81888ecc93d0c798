// SPDX-License-Identifier: MIT
// The SHA-1 compression with the x86 SHA instructions, without a compiler flag and without <immintrin.h>.
// Source: Intel SDM volume 2B, SHA1RNDS4, SHA1NEXTE, SHA1MSG1, SHA1MSG2.
// Path: state and message blocks in, state out; taken where cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_X86_HPP
#define RESTARTCASTER_CRYPTO_SHA1_X86_HPP

#include "cpu.hpp"

#if RESTARTCASTER_X86_KERNELS

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

// Four rounds. Macros, because neither a lambda nor a helper inherits the target attribute.
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&bytes, blocks + (at), 16);                                                                  \
    m = reinterpret_cast<words>(__builtin_ia32_pshufb128(bytes, reversed))
// The instructions are declared over signed words, whose sum may not overflow.
#define RESTARTCASTER_SUM(a, b) reinterpret_cast<words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b))
#define RESTARTCASTER_ROUNDS(e, other, m0, f)                                                                \
    e = __builtin_ia32_sha1nexte(e, m0);                                                                     \
    other = abcd;                                                                                            \
    abcd = __builtin_ia32_sha1rnds4(abcd, e, f)
#define RESTARTCASTER_SCHEDULED(e, other, m0, m1, m2, m3, f)                                                 \
    e = __builtin_ia32_sha1nexte(e, m0);                                                                     \
    other = abcd;                                                                                            \
    m1 = __builtin_ia32_sha1msg2(m1, m0);                                                                    \
    abcd = __builtin_ia32_sha1rnds4(abcd, e, f);                                                             \
    m3 = __builtin_ia32_sha1msg1(m3, m0);                                                                    \
    m2 ^= m0

[[gnu::target("sha,sse4.1,ssse3")]] inline void sha1_x86(std::array<std::uint32_t, 5>& state,
                                                         char const* blocks, std::size_t count) noexcept {
    using words [[gnu::vector_size(16)]] = int;
    using unsigned_words [[gnu::vector_size(16)]] = unsigned;
    using chars [[gnu::vector_size(16)]] = char;
    constexpr chars reversed = {15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    words abcd, e1, m0, m1, m2, m3;
    chars bytes;
    // In one piece, which the last store can be forwarded to; the first word goes to the highest lane.
    std::memcpy(&abcd, state.data(), 16);
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    words e0 = {0, 0, 0, static_cast<int>(state[4])};
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const e_before = e0;
        RESTARTCASTER_READ(m0, 0);
        e0 = RESTARTCASTER_SUM(e0, m0);
        e1 = abcd;
        abcd = __builtin_ia32_sha1rnds4(abcd, e0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_ROUNDS(e1, e0, m1, 0);
        m0 = __builtin_ia32_sha1msg1(m0, m1);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_ROUNDS(e0, e1, m2, 0);
        m1 = __builtin_ia32_sha1msg1(m1, m2);
        m0 ^= m2;
        RESTARTCASTER_READ(m3, 48);
        RESTARTCASTER_SCHEDULED(e1, e0, m3, m0, m1, m2, 0);
        RESTARTCASTER_SCHEDULED(e0, e1, m0, m1, m2, m3, 0);
        RESTARTCASTER_SCHEDULED(e1, e0, m1, m2, m3, m0, 1);
        RESTARTCASTER_SCHEDULED(e0, e1, m2, m3, m0, m1, 1);
        RESTARTCASTER_SCHEDULED(e1, e0, m3, m0, m1, m2, 1);
        RESTARTCASTER_SCHEDULED(e0, e1, m0, m1, m2, m3, 1);
        RESTARTCASTER_SCHEDULED(e1, e0, m1, m2, m3, m0, 1);
        RESTARTCASTER_SCHEDULED(e0, e1, m2, m3, m0, m1, 2);
        RESTARTCASTER_SCHEDULED(e1, e0, m3, m0, m1, m2, 2);
        RESTARTCASTER_SCHEDULED(e0, e1, m0, m1, m2, m3, 2);
        RESTARTCASTER_SCHEDULED(e1, e0, m1, m2, m3, m0, 2);
        RESTARTCASTER_SCHEDULED(e0, e1, m2, m3, m0, m1, 2);
        RESTARTCASTER_SCHEDULED(e1, e0, m3, m0, m1, m2, 3);
        RESTARTCASTER_SCHEDULED(e0, e1, m0, m1, m2, m3, 3);
        RESTARTCASTER_ROUNDS(e1, e0, m1, 3);
        m2 = __builtin_ia32_sha1msg2(m2, m1);
        m3 ^= m1;
        RESTARTCASTER_ROUNDS(e0, e1, m2, 3);
        m3 = __builtin_ia32_sha1msg2(m3, m2);
        RESTARTCASTER_ROUNDS(e1, e0, m3, 3);
        e0 = __builtin_ia32_sha1nexte(e0, e_before);
        abcd = RESTARTCASTER_SUM(abcd, abcd_before);
    }
    abcd = __builtin_ia32_pshufd(abcd, 0x1B);
    std::memcpy(state.data(), &abcd, 16);
    state[4] = static_cast<std::uint32_t>(e0[3]);
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_SUM
#undef RESTARTCASTER_READ

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif

#endif
