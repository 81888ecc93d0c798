// SPDX-License-Identifier: MIT
// Hashes text in runs with eight blocks of staging, in builds for speed.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: runs of text in, the digest out.
#ifndef RESTARTCASTER_CRYPTO_HASH_FAST_HPP
#define RESTARTCASTER_CRYPTO_HASH_FAST_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/sink.hpp"
#include "copy_run.hpp"
#include "wipe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Hashes the appended text; a byte_sink.
/// Storage: 9 blocks of staging in the object, wiped with the state at the end.
/// Cost: a copy into the staging; one call of the kernel per 8 blocks.
template <class Hash>
class hash_stream {
public:
    /// The sizes and types of the hash; sizes in bytes.
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Continues from a state after `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept
        : state_(state), compressed_(absorbed) {
        // Initialised only in constant expressions, which require it: clearing the staging costs as much as filling it.
        if (std::is_constant_evaluated()) wipe(staging_);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() {
        if (used_ != finished) wipe_staging(0);
        wipe(state_);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::hash_depth>();
    }

    /// Hashes `text`.
    RESTARTCASTER_HOT constexpr void append(std::string_view text) noexcept {
        // A local copy: for the compiler, the copied characters may alias the member.
        std::size_t const used = used_;
        if (text.size() < staging_size - used) [[likely]] {
            detail::copy_run(staging_ + used, text);
            used_ = used + text.size();
        } else {
            append_across(text);
        }
    }

    /// The number of free bytes in the staging, and the first of them, for writers that fill them in place and then call
    /// advance(). There is always more than one free block.
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return buffer_size - used_; }
    [[nodiscard]] constexpr char* position() noexcept { return staging_ + used_; }
    /// Takes `count` bytes that were written at position().
    /// Requires: count <= free_bytes().
    RESTARTCASTER_HOT constexpr void advance(std::size_t count) noexcept {
        used_ += count;
        if (used_ >= staging_size) [[unlikely]]
            compress_staging();
    }

    /// Whether hashing failed. Always false: the hashes of this library cannot fail.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        finish_state();
        wipe_staging(0);
        used_ = finished;
        digest_type digest; // not initialised: every byte is written
        detail::store_big_endian(digest.data(), state_);
        return digest;
    }

protected:
    // Most strings to sign fit into 8 blocks, so that the kernel is called once: the state stays in registers, and the
    // bytes have left the store buffer when the kernel loads them.
    static constexpr std::size_t staging_size = 8 * block_size;
    // One block more, for the padding and for text that is written in place.
    static constexpr std::size_t buffer_size = staging_size + block_size;
    // The value of used_ after the staging was wiped.
    static constexpr std::size_t finished = buffer_size;

    constexpr void finish_state() noexcept {
        std::size_t const used = used_;
        std::size_t const end = (used + 8 + block_size) / block_size * block_size;
        std::uint64_t const bits = (compressed_ + used) * 8;
        staging_[used] = static_cast<char>(-0x80);
        // Always a whole block: a constant number of stores is faster than the exact number.
        detail::fill_zero<block_size>(staging_ + used + 1);
        detail::store_big_endian(staging_ + end - 8, static_cast<std::uint32_t>(bits >> 32));
        detail::store_big_endian(staging_ + end - 4, static_cast<std::uint32_t>(bits));
        Hash::compress_blocks(state_, staging_, end / block_size);
    }

    // Block by block: for a long fill, compilers emit `rep stos`, which starts slowly.
    constexpr void wipe_staging(std::size_t from) noexcept {
        for (std::size_t at = from; at != buffer_size; at += block_size)
            detail::wipe_bytes(staging_ + at, block_size);
    }

    state_type state_;
    std::uint64_t compressed_;
    std::size_t used_ = 0; // below staging_size between calls, until finish()
    alignas(16) char staging_[buffer_size];

private:
    constexpr void compress_blocks(char const* blocks, std::size_t count) noexcept {
        Hash::compress_blocks(state_, blocks, count);
        compressed_ += count * block_size;
    }

    constexpr void compress_staging() noexcept {
        std::size_t const whole = used_ / block_size * block_size;
        compress_blocks(staging_, whole / block_size);
        used_ -= whole;
        detail::copy_bytes(staging_, staging_ + whole, used_);
    }

    // Out of line, because append() is inlined at many places.
#if RESTARTCASTER_GNU
    [[__gnu__::__noinline__]]
#endif
    constexpr void append_across(std::string_view text) noexcept {
        std::size_t const head = staging_size - used_;
        detail::copy_bytes(position(), text.data(), head);
        text.remove_prefix(head);
        compress_blocks(staging_, staging_size / block_size);
        std::size_t const whole = text.size() / block_size * block_size;
        compress_blocks(text.data(), whole / block_size);
        text.remove_prefix(whole);
        detail::copy_bytes(staging_, text.data(), text.size());
        used_ = text.size();
    }
};

}} // namespace restartcaster

#endif
