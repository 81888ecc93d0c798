// SPDX-License-Identifier: MIT
// Hashes text byte by byte with one block of staging, in builds for size.
// Source: FIPS 180-4 section 5.1.1 (padding).
// Data flow: bytes in, the digest out.
#ifndef RESTARTCASTER_CRYPTO_HASH_SMALL_HPP
#define RESTARTCASTER_CRYPTO_HASH_SMALL_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/sink.hpp"
#include "wipe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

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

}} // namespace restartcaster

#endif
