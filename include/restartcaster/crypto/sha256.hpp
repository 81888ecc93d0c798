// SPDX-License-Identifier: MIT
// SHA-256, for ACS3-HMAC-SHA256 signatures and the body digest in them.
// Source: FIPS 180-4 section 5.3.3 and 6.2; RFC 6234.
// Data flow: hash_stream passes whole blocks to compress_blocks(), which chooses the kernel.
#ifndef RESTARTCASTER_CRYPTO_SHA256_HPP
#define RESTARTCASTER_CRYPTO_SHA256_HPP
#pragma once

#include "cpu.hpp"
#include "sha256_armv8.hpp"
#include "sha256_portable.hpp"
#include "sha256_x86.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// SHA-256, in the form of a template argument of hash_stream and hmac_key.
/// Source: FIPS 180-4.
struct sha256 {
    /// Sizes in bytes, the state, and the state before the first block.
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 32;
    using state_type = std::array<std::uint32_t, 8>;
    static constexpr state_type initial_state{0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                              0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

    /// Hashes `count` blocks of 64 bytes, at any alignment, into `state`, with the best kernel of this processor.
    template <class Word>
    static constexpr void compress_blocks(std::array<Word, 8>& state, char const* blocks, std::size_t count) noexcept {
        if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_X86_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::x86_sha: return detail::sha256_x86(state, blocks, count);
            default: break;
            }
#elif RESTARTCASTER_ARMV8_KERNELS
            switch (detail::chosen_kernel()) {
            case detail::kernel::armv8_sha: return detail::sha256_armv8(state, blocks, count);
            default: break;
            }
#endif
        }
        detail::sha256_portable(state, blocks, count);
    }
};

}} // namespace restartcaster

#endif
