// SPDX-License-Identifier: MIT
// The SHA-1 compression with the Armv8 cryptographic extension, without a compiler flag and without
// <arm_neon.h>.
// Source: Arm Architecture Reference Manual, SHA1C, SHA1P, SHA1M, SHA1H, SHA1SU0, SHA1SU1.
// Data flow: state and message blocks in, state out; used if cpu.hpp found the instructions.
#ifndef RESTARTCASTER_CRYPTO_SHA1_ARMV8_HPP
#define RESTARTCASTER_CRYPTO_SHA1_ARMV8_HPP
#pragma once

#include "cpu.hpp"

#if RESTARTCASTER_ARMV8_KERNELS

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Workaround for gcc and clang 14: inline assembly, because the two have different names for the target attribute, and
// clang 14 hides the intrinsics without it. Every statement enables the instructions again, because clang assembles each
// statement separately.
#define RESTARTCASTER_SHA ".arch_extension sha2\n\t"
#define RESTARTCASTER_READ(m, at)                                                                            \
    std::memcpy(&m, blocks + (at), 16);                                                                      \
    __asm__("rev32 %0.16b, %0.16b" : "+w"(m))
#define RESTARTCASTER_ROUNDS(function, m, k)                                                                 \
    sum = m + k;                                                                                             \
    __asm__(RESTARTCASTER_SHA "sha1h %s0, %s1" : "=w"(e_next) : "w"(abcd));                                  \
    __asm__(RESTARTCASTER_SHA function " %q0, %s1, %2.4s" : "+w"(abcd) : "w"(e), "w"(sum));                  \
    e = e_next
#define RESTARTCASTER_SCHEDULED(function, m0, m1, m2, m3, k)                                                 \
    RESTARTCASTER_ROUNDS(function, m0, k);                                                                   \
    __asm__(RESTARTCASTER_SHA "sha1su0 %0.4s, %1.4s, %2.4s" : "+w"(m0) : "w"(m1), "w"(m2));                  \
    __asm__(RESTARTCASTER_SHA "sha1su1 %0.4s, %1.4s" : "+w"(m0) : "w"(m3))

[[__gnu__::__noinline__]] inline void sha1_armv8(std::array<std::uint32_t, 5>& state, char const* blocks, std::size_t count) noexcept {
    using words [[__gnu__::__vector_size__(16)]] = std::uint32_t;
    constexpr words k0 = {0x5A827999, 0x5A827999, 0x5A827999, 0x5A827999};
    constexpr words k1 = {0x6ED9EBA1, 0x6ED9EBA1, 0x6ED9EBA1, 0x6ED9EBA1};
    constexpr words k2 = {0x8F1BBCDC, 0x8F1BBCDC, 0x8F1BBCDC, 0x8F1BBCDC};
    constexpr words k3 = {0xCA62C1D6, 0xCA62C1D6, 0xCA62C1D6, 0xCA62C1D6};
    words abcd = {state[0], state[1], state[2], state[3]};
    words e = {state[4], 0, 0, 0};
    words e_next, sum, m0, m1, m2, m3;
    for (; count != 0; --count, blocks += 64) {
        words const abcd_before = abcd;
        words const e_before = e;
        RESTARTCASTER_READ(m0, 0);
        RESTARTCASTER_READ(m1, 16);
        RESTARTCASTER_READ(m2, 32);
        RESTARTCASTER_READ(m3, 48);
        RESTARTCASTER_SCHEDULED("sha1c", m0, m1, m2, m3, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m1, m2, m3, m0, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m2, m3, m0, m1, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m3, m0, m1, m2, k0);
        RESTARTCASTER_SCHEDULED("sha1c", m0, m1, m2, m3, k0);
        RESTARTCASTER_SCHEDULED("sha1p", m1, m2, m3, m0, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m2, m3, m0, m1, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m3, m0, m1, m2, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m0, m1, m2, m3, k1);
        RESTARTCASTER_SCHEDULED("sha1p", m1, m2, m3, m0, k1);
        RESTARTCASTER_SCHEDULED("sha1m", m2, m3, m0, m1, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m3, m0, m1, m2, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m0, m1, m2, m3, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m1, m2, m3, m0, k2);
        RESTARTCASTER_SCHEDULED("sha1m", m2, m3, m0, m1, k2);
        RESTARTCASTER_SCHEDULED("sha1p", m3, m0, m1, m2, k3);
        RESTARTCASTER_ROUNDS("sha1p", m0, k3);
        RESTARTCASTER_ROUNDS("sha1p", m1, k3);
        RESTARTCASTER_ROUNDS("sha1p", m2, k3);
        RESTARTCASTER_ROUNDS("sha1p", m3, k3);
        abcd += abcd_before;
        e += e_before;
    }
    state = {abcd[0], abcd[1], abcd[2], abcd[3], e[0]};
}

#undef RESTARTCASTER_SCHEDULED
#undef RESTARTCASTER_ROUNDS
#undef RESTARTCASTER_READ
#undef RESTARTCASTER_SHA

}}} // namespace restartcaster::detail

#endif

#endif
