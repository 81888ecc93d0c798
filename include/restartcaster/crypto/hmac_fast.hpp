// SPDX-License-Identifier: MIT
// HMAC in builds for speed: the key block and the outer block are laid out directly.
// Source: RFC 2104.
// Data flow: a key in, two hash states kept; text in, a MAC out.
#ifndef RESTARTCASTER_CRYPTO_HMAC_FAST_HPP
#define RESTARTCASTER_CRYPTO_HMAC_FAST_HPP
#pragma once

#include "hash.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The key of an HMAC: the two hash states after the key blocks, which are enough to compute a MAC. These states can sign
/// like the secret itself, so the object cannot be copied and wipes itself in its destructor.
/// Storage: does not keep the secret. Several threads may share a const object.
template <class Hash>
class hmac_key {
public:
    /// The state of the hash.
    using state_type = typename Hash::state_type;

    /// The key is `secret` followed by `suffix`, joined in the key block only, which is wiped.
    /// Cost: two compressions; a key longer than a block is hashed first.
    constexpr explicit hmac_key(std::string_view secret, std::string_view suffix = {}) noexcept {
        make(secret, suffix);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::key_depth>();
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    constexpr ~hmac_key() { wipe(states_); }

    /// The state of the inner and of the outer hash after the key block.
    [[nodiscard]] constexpr state_type const& inner() const noexcept { return states_[0]; }
    [[nodiscard]] constexpr state_type const& outer() const noexcept { return states_[1]; }

private:
    // A separate function, so that everything it leaves on the stack is below its caller, where wipe_stack() clears it.
    RESTARTCASTER_APART constexpr void make(std::string_view secret, std::string_view suffix) noexcept {
        char block[Hash::block_size] = {};
        std::size_t used = 0;
        state_type scratch = Hash::initial_state;
        auto const put = [&](char byte) {
            if (used == sizeof block) {
                absorb(scratch, block, 0);
                used = 0;
            }
            block[used++] = byte;
        };
        for (char const byte : secret) put(byte);
        for (char const byte : suffix)
            put(byte);
        std::uint64_t const size = std::uint64_t{secret.size()} + suffix.size();
        if (size > sizeof block) {
            // A key longer than a block is replaced by its digest.
            put(static_cast<char>(-0x80));
            while (used != sizeof block - 8)
                put('\0');
            detail::store_big_endian(block + used, static_cast<std::uint32_t>(size >> 29));
            detail::store_big_endian(block + used + 4, static_cast<std::uint32_t>(size << 3 & 0xFFFFFFFF));
            absorb(scratch, block, 0);
            wipe(block);
            detail::store_big_endian(block, scratch);
        }
        absorb(states_[0], block, 0x36);
        absorb(states_[1], block, 0x36 ^ 0x5C);
    }
    static constexpr void absorb(state_type& state, char (&block)[Hash::block_size], unsigned mask) noexcept {
        for (char& byte : block)
            byte = static_cast<char>(static_cast<unsigned char>(static_cast<unsigned char>(byte) ^ mask));
        Hash::compress_blocks(state, block, 1);
    }

    // The states of the inner and of the outer hash.
    state_type states_[2] = {Hash::initial_state, Hash::initial_state};
};

/// The HMAC of the appended text; a byte_sink.
/// Requires: the key outlives the stream.
/// Cost: one compression per block of text, one for the rest and the length, one for the outer hash.
template <class Hash>
class hmac_stream : private hash_stream<Hash> {
    using base = hash_stream<Hash>;

public:
    /// The MAC as bytes.
    using typename base::digest_type;

    /// Starts a MAC under the key.
    constexpr explicit hmac_stream(hmac_key<Hash> const& keyed) noexcept
        : base(keyed.inner(), Hash::block_size), key_(keyed) {}

    /// As in hash_stream.
    using base::append;
    using base::failed;
    using base::advance;
    using base::free_bytes;
    using base::position;

    /// The MAC of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        detail::store_big_endian(digest.data(), finish_words());
        return digest;
    }

    /// The MAC as words of the hash, most significant byte first, so that base64 and hex can continue in registers.
    [[nodiscard]] constexpr typename Hash::state_type& finish_words() noexcept {
        base::finish_state();
        char* const block = base::staging_;
        detail::fill_zero<Hash::block_size>(block);
        detail::store_big_endian(block, base::state_);
        block[Hash::digest_size] = static_cast<char>(-0x80);
        detail::store_big_endian(block + Hash::block_size - 4,
                                 static_cast<std::uint32_t>((Hash::block_size + Hash::digest_size) * 8));
        base::state_ = key_.outer();
        // Here, not in the destructor: the stores drain while the outer hash is computed.
        base::wipe_staging(Hash::block_size);
        Hash::compress_blocks(base::state_, block, 1);
        detail::wipe_bytes(block, Hash::block_size);
        base::used_ = base::finished;
        return base::state_;
    }

private:

    hmac_key<Hash> const& key_;
};

}} // namespace restartcaster

#endif
