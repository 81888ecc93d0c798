// SPDX-License-Identifier: MIT
// Hashes text that arrives in pieces: collects whole blocks in a staging buffer, and pads at the end.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: runs of the canonical query and of the string to sign in, the digest out.
#ifndef RESTARTCASTER_CRYPTO_HASH_HPP
#define RESTARTCASTER_CRYPTO_HASH_HPP
#pragma once

#include "../core/sink.hpp"
#include "../core/big_endian.hpp"
#include "wipe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// Copies a short run. With a constant length, copy_bytes becomes plain moves. With any other length, a call of memcpy
// would cost a third of the time of hashing these bytes.
RESTARTCASTER_HOT constexpr void copy_run(char* to, std::string_view from) noexcept {
#if !RESTARTCASTER_GNU
    copy_bytes(to, from.data(), from.size()); // unreached: other_compilers
#else
    std::size_t const size = from.size();
    // unreached: optimised
    if (std::is_constant_evaluated() || __builtin_constant_p(size)) {
        copy_bytes(to, from.data(), size);
    } else if (size >= 16) {
        char const* const data = from.data();
        for (std::size_t at = 16; at < size; at += 16) std::memcpy(to + at - 16, data + at - 16, 16);
        std::memcpy(to + size - 16, data + size - 16, 16);
    } else if (size >= 8) {
        std::uint64_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 8);
        std::memcpy(&last, from.data() + size - 8, 8);
        std::memcpy(to, &first, 8);
        std::memcpy(to + size - 8, &last, 8);
    } else if (size >= 4) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 4);
        std::memcpy(&last, from.data() + size - 4, 4);
        std::memcpy(to, &first, 4);
        std::memcpy(to + size - 4, &last, 4);
    } else if (size != 0) {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
#endif
}

template <std::size_t Count>
RESTARTCASTER_HOT constexpr void fill_zero(char* bytes) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != Count; ++i) bytes[i] = 0;
    } else {
        std::memset(bytes, 0, Count);
    }
}

} // namespace detail

#if RESTARTCASTER_SMALL

namespace detail {

// The members of a stream that must be wiped, in one object.
template <class Hash>
struct hash_parts {
    typename Hash::state_type state_;
    std::uint32_t size_, size_high_; // in bytes; 64 bits, because the pieces of a text may sum to more than 4 GiB
    char staging_[Hash::block_size];
};

} // namespace detail

/// Hashes the appended text; a byte_sink.
/// Storage: one block of staging in the object, wiped with the state at the end.
/// Cost: one call of the kernel per block; bytes are copied one by one.
template <class Hash>
class hash_stream : protected detail::hash_parts<Hash> {
public:
    /// The sizes and types of the hash; sizes in bytes.
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Continues from a state after `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept {
        go_on(state, static_cast<std::uint32_t>(absorbed));
        size_high_ = static_cast<std::uint32_t>(absorbed >> 32);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() { forget(); }

    /// Hashes `text`.
    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

    /// Whether hashing failed. Always false: the hashes of this library cannot fail.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        finish(digest.data());
        return digest;
    }

    /// Hashes one byte; small builds only.
    RESTARTCASTER_ONCE constexpr void put(char byte) noexcept {
        staging_[size_++ % block_size] = byte;
        if (size_ % block_size != 0) return;
        if (size_ == 0) ++size_high_;
        Hash::compress_blocks(state_, staging_, 1);
    }

protected:
    using parts = detail::hash_parts<Hash>;
    using parts::state_, parts::size_, parts::size_high_, parts::staging_;

    RESTARTCASTER_ONCE constexpr void go_on(state_type const& state, std::uint32_t absorbed) noexcept {
        state_ = state;
        size_ = absorbed;
        size_high_ = 0;
    }

    RESTARTCASTER_ONCE constexpr void append(char const* text, std::size_t size) noexcept {
        for (; size != 0; --size) put(*text++);
    }

    RESTARTCASTER_ONCE constexpr void forget() noexcept {
        wipe(static_cast<parts&>(*this));
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::hash_depth>();
    }

    RESTARTCASTER_ONCE constexpr void finish(char* digest) noexcept {
        std::uint32_t const size = size_, high = size_high_;
        put(static_cast<char>(-0x80));
        while (size_ % block_size != block_size - 8) put('\0');
        detail::store_big_endian(staging_ + block_size - 8, high << 3 | size >> 29);
        detail::store_big_endian(staging_ + block_size - 4, size << 3);
        Hash::compress_blocks(state_, staging_, 1);
        detail::store_big_endian(digest, state_);
    }
};

#else

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

#endif

}} // namespace restartcaster

#endif
