// SPDX-License-Identifier: MIT
// SHA-1, because RPC 1.0 signatures are HMAC-SHA1; it is no longer fit for anything else.
// Source: FIPS 180-4 section 5.3.1 and 6.1; RFC 3174.
// Data flow: hash_stream hands whole blocks to compress_blocks(), which picks the kernel.
#ifndef RESTARTCASTER_CRYPTO_SHA1_HPP
#define RESTARTCASTER_CRYPTO_SHA1_HPP
#pragma once

#include "cpu.hpp"
#include "sha1_armv8.hpp"
#include "sha1_portable.hpp"
#include "sha1_x86.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// SHA-1 as hash_stream and hmac_key want a hash.
/// Source: FIPS 180-4.
struct sha1 {
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 20;
    using state_type = std::array<std::uint32_t, 5>;
    static constexpr state_type initial_state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

    /// Takes `count` blocks of 64 bytes, of any alignment, into the state.
    template <class Word>
#if RESTARTCASTER_SMALL
    RESTARTCASTER_THIN // given one block, the loop over blocks is gone
#endif
    static constexpr void compress_blocks(std::array<Word, 5>& state, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_X86_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::x86_sha: return detail::sha1_x86(state, blocks, count);
            default: break;
            }
#elif RESTARTCASTER_ARMV8_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::armv8_sha: return detail::sha1_armv8(state, blocks, count);
            default: break;
            }
#endif
        }
        detail::sha1_portable(state, blocks, count);
    }
};

}} // namespace restartcaster

#endif
