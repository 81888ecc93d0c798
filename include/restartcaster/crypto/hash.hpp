// SPDX-License-Identifier: MIT
// Hashing text that comes in pieces: staged into whole blocks, padded at the end.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: the canonical query and the string to sign come in as runs, the digest goes out.
#ifndef RESTARTCASTER_CRYPTO_HASH_HPP
#define RESTARTCASTER_CRYPTO_HASH_HPP
#pragma once

#include "../core/sink.hpp"
#include "../core/big_endian.hpp"
#include "wipe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// Copies a run of a few bytes. A length that the compiler knows becomes plain moves; a call of memcpy for any
// other would cost as much as a third of the hash of these bytes.
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

// What a stream has to forget, in one piece.
template <class Hash>
struct hash_parts {
    typename Hash::state_type state_;
    std::uint32_t size_, size_high_; // in bytes: a text may be longer than 32 bits can say, even in pieces of one memory
    char staging_[Hash::block_size];
};

} // namespace detail

/// Hashes what is appended; a byte_sink.
/// Storage: one block of staging inside, wiped with the state when they are done with.
/// Cost: byte by byte; one call of the kernel for each block.
template <class Hash>
class hash_stream : protected detail::hash_parts<Hash> {
public:
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Goes on from a state that has taken `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept {
        go_on(state, static_cast<std::uint32_t>(absorbed));
        size_high_ = static_cast<std::uint32_t>(absorbed >> 32);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() { forget(); }

    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

    /// Whether there is no digest to have; never, with this library's own hashes.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of all that was appended. The stream is used up by it.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // written whole
        finish(digest.data());
        return digest;
    }

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

/// Hashes what is appended; a byte_sink.
/// Storage: some blocks of staging inside, wiped with the state when they are done with.
/// Cost: a copy into the staging; one call of the kernel for 8 blocks.
template <class Hash>
class hash_stream {
public:
    static constexpr std::size_t block_size = Hash::block_size;
    using state_type = typename Hash::state_type;
    using digest_type = std::array<char, Hash::digest_size>;

    constexpr hash_stream() noexcept : hash_stream(Hash::initial_state, 0) {}
    /// Goes on from a state that has taken `absorbed` bytes, a multiple of the block size.
    constexpr hash_stream(state_type const& state, std::uint64_t absorbed) noexcept
        : state_(state), compressed_(absorbed) {
        // Left uninitialised where that is allowed: clearing the staging costs as much as filling it.
        if (std::is_constant_evaluated()) wipe(staging_);
    }
    hash_stream(hash_stream const&) = delete;
    hash_stream& operator=(hash_stream const&) = delete;
    constexpr ~hash_stream() {
        if (used_ != finished) wipe_staging(0);
        wipe(state_);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::hash_depth>();
    }

    RESTARTCASTER_HOT constexpr void append(std::string_view text) noexcept {
        // Through a local: the copied characters might alias the member.
        std::size_t const used = used_;
        if (text.size() < staging_size - used) [[likely]] {
            detail::copy_run(staging_ + used, text);
            used_ = used + text.size();
        } else {
            append_across(text);
        }
    }

    /// The free bytes of the staging, always more than a block of them, for writers that fill them in place
    /// and then say how many with advance().
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return buffer_size - used_; }
    [[nodiscard]] constexpr char* position() noexcept { return staging_ + used_; }
    /// Requires: count <= free_bytes().
    RESTARTCASTER_HOT constexpr void advance(std::size_t count) noexcept {
        used_ += count;
        if (used_ >= staging_size) [[unlikely]]
            compress_staging();
    }

    /// Whether there is no digest to have; never, with this library's own hashes.
    [[nodiscard]] static constexpr bool failed() noexcept { return false; }

    /// The digest of all that was appended. The stream is used up by it.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        finish_state();
        wipe_staging(0);
        used_ = finished;
        digest_type digest; // written whole
        detail::store_big_endian(digest.data(), state_);
        return digest;
    }

protected:
    // As many blocks as most strings to sign have, so that the kernel is called once: the state then stays in
    // registers, and the bytes have long left the store buffer when it loads them.
    static constexpr std::size_t staging_size = 8 * block_size;
    // The block beyond is room for the padding and for what is written in place.
    static constexpr std::size_t buffer_size = staging_size + block_size;
    // What used_ says once the staging was wiped.
    static constexpr std::size_t finished = buffer_size;

    constexpr void finish_state() noexcept {
        std::size_t const used = used_;
        std::size_t const end = (used + 8 + block_size) / block_size * block_size;
        std::uint64_t const bits = (compressed_ + used) * 8;
        staging_[used] = static_cast<char>(-0x80);
        // A whole block, because a few stores of a known number are faster than the right number of them.
        detail::fill_zero<block_size>(staging_ + used + 1);
        detail::store_big_endian(staging_ + end - 8, static_cast<std::uint32_t>(bits >> 32));
        detail::store_big_endian(staging_ + end - 4, static_cast<std::uint32_t>(bits));
        Hash::compress_blocks(state_, staging_, end / block_size);
    }

    // Block by block: compilers make a slow string instruction of a long fill.
    constexpr void wipe_staging(std::size_t from) noexcept {
        for (std::size_t at = from; at != buffer_size; at += block_size)
            detail::wipe_bytes(staging_ + at, block_size);
    }

    state_type state_;
    std::uint64_t compressed_;
    std::size_t used_ = 0; // less than staging_size between calls, until it is finished
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

    // Never inline: append() is, and many times.
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
