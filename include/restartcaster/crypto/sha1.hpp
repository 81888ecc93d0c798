// SPDX-License-Identifier: MIT
// SHA-1, because signature version 1.0 is HMAC-SHA1. Do not use SHA-1 for anything new.
// Source: FIPS 180-4 section 5.3.1 and 6.1; RFC 3174.
// Data flow: hash_stream passes whole blocks to compress_blocks(), which chooses the kernel.
#ifndef RESTARTCASTER_CRYPTO_SHA1_HPP
#define RESTARTCASTER_CRYPTO_SHA1_HPP
#pragma once

#include "cpu.hpp"
#include "sha1_armv8.hpp"
#include "sha1_portable.hpp"
#include "sha1_x86.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// SHA-1, in the form of a template argument of hash_stream and hmac_key.
/// Source: FIPS 180-4.
struct sha1 {
    /// Sizes in bytes, the state, and the state before the first block.
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 20;
    using state_type = std::array<std::uint32_t, 5>;
    static constexpr state_type initial_state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

    /// Hashes `count` blocks of 64 bytes, at any alignment, into `state`, with the best kernel of this processor.
    template <class Word>
#if RESTARTCASTER_SMALL
    RESTARTCASTER_THIN // small builds pass one block, and inlining removes the loop over blocks
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
