// SPDX-License-Identifier: MIT
// The SHA-256 compression with the Armv8 cryptographic extension, without a compiler flag and without
// <arm_neon.h>.
// Source: Arm Architecture Reference Manual, SHA256H, SHA256H2, SHA256SU0, SHA256SU1.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA256_ARMV8_HPP
#define RESTARTCASTER_CRYPTO_SHA256_ARMV8_HPP
#pragma once

#include "cpu.hpp"

#if RESTARTCASTER_ARMV8_KERNELS

#include "sha256_portable.hpp"

#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Inline assembly for the reasons given in sha1_armv8.hpp.
#define RESTARTCASTER_SHA ".arch_extension sha2\n\t"
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&m, blocks + (at), 16);                                                                      \
    __asm__("rev32 %0.16b, %0.16b" : "+w"(m))
#define RESTARTCASTER_ROUNDS(m, t)                                                                           \
    std::memcpy(&sum, sha256_constants + (t), 16);                                                           \
    sum += m;                                                                                                \
    before = abcd;                                                                                           \
    __asm__(RESTARTCASTER_SHA "sha256h %q0, %q1, %2.4s" : "+w"(abcd) : "w"(efgh), "w"(sum));                 \
    __asm__(RESTARTCASTER_SHA "sha256h2 %q0, %q1, %2.4s" : "+w"(efgh) : "w"(before), "w"(sum))
#define RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, t)                                                           \
    RESTARTCASTER_ROUNDS(m0, t);                                                                             \
    __asm__(RESTARTCASTER_SHA "sha256su0 %0.4s, %1.4s" : "+w"(m0) : "w"(m1));                                \
    __asm__(RESTARTCASTER_SHA "sha256su1 %0.4s, %1.4s, %2.4s" : "+w"(m0) : "w"(m2), "w"(m3))

[[__gnu__::__noinline__]] inline void sha256_armv8(std::array<std::uint32_t, 8>& state, char const* blocks,
                         std::size_t count) noexcept {
    using words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
    words abcd, efgh, before, sum, m0, m1, m2, m3;
    std::memcpy(&abcd, state.data(), 16);
    std::memcpy(&efgh, state.data() + 4, 16);
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const efgh_before = efgh;
        RESTARTCASTER_READ(m0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_READ(m3, 48);
        for (unsigned t = 0; t != 48; t += 16) {
            RESTARTCASTER_SCHEDULED(m0, m1, m2, m3, t);
            RESTARTCASTER_SCHEDULED(m1, m2, m3, m0, t + 4);
            RESTARTCASTER_SCHEDULED(m2, m3, m0, m1, t + 8);
            RESTARTCASTER_SCHEDULED(m3, m0, m1, m2, t + 12);
        }
        RESTARTCASTER_ROUNDS(m0, 48);
        RESTARTCASTER_ROUNDS(m1, 52);
        RESTARTCASTER_ROUNDS(m2, 56);
        RESTARTCASTER_ROUNDS(m3, 60);
        abcd += abcd_before;
        efgh += efgh_before;
    }
    std::memcpy(state.data(), &abcd, 16);
    std::memcpy(state.data() + 4, &efgh, 16);
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_SHA

}}} // namespace restartcaster::detail

#endif

#endif
