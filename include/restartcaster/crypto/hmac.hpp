// SPDX-License-Identifier: MIT
// HMAC whose key is kept as two hash states, never as text.
// Source: RFC 2104.
// Data flow: the signing key makes an hmac_key once; each signature streams its text through an hmac_stream.
#ifndef RESTARTCASTER_CRYPTO_HMAC_HPP
#define RESTARTCASTER_CRYPTO_HMAC_HPP
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
#if RESTARTCASTER_SMALL
        key_text text;
        for (char const byte : secret) text.put(byte);
        for (char const byte : suffix) text.put(byte);
        text.fold();
        text.absorb(states_[0], 0x36);
        text.absorb(states_[1], 0x36 ^ 0x5C);
#else
        make(secret, suffix);
        if (!std::is_constant_evaluated()) detail::wipe_stack<detail::key_depth>();
#endif
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    constexpr ~hmac_key() { wipe(states_); }

    /// The state of the inner and of the outer hash after the key block.
    [[nodiscard]] constexpr state_type const& inner() const noexcept { return states_[0]; }
    [[nodiscard]] constexpr state_type const& outer() const noexcept { return states_[1]; }

private:
#if RESTARTCASTER_SMALL
    struct key_text : hash_stream<Hash> {
        constexpr key_text() noexcept { wipe(this->staging_); }
        // A key longer than a block is replaced by its digest.
        constexpr void fold() noexcept {
            if (this->size_ <= Hash::block_size) return;
            this->finish(this->staging_);
            wipe(std::span(this->staging_).subspan(Hash::digest_size));
        }
        RESTARTCASTER_ONCE constexpr void absorb(state_type& state, unsigned mask) noexcept {
            for (char& byte : this->staging_)
                byte = static_cast<char>(static_cast<unsigned char>(static_cast<unsigned char>(byte) ^ mask));
            state = Hash::initial_state;
            Hash::compress_blocks(state, this->staging_, 1);
        }
    };
#else
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
#endif

    // The states of the inner and of the outer hash.
#if RESTARTCASTER_SMALL
    state_type states_[2];
#else
    state_type states_[2] = {Hash::initial_state, Hash::initial_state};
#endif
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
#if RESTARTCASTER_SMALL
    using base::put;
#else
    using base::advance;
    using base::free_bytes;
    using base::position;
#endif

    /// The MAC of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
#if RESTARTCASTER_SMALL
        finish(digest.data());
#else
        detail::store_big_endian(digest.data(), finish_words());
#endif
        return digest;
    }

    /// The MAC as words of the hash, most significant byte first, so that base64 and hex can continue in registers.
    [[nodiscard]] constexpr typename Hash::state_type& finish_words() noexcept {
#if RESTARTCASTER_SMALL
        finish(base::staging_);
#else
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
#endif
        return base::state_;
    }

private:
#if RESTARTCASTER_SMALL
    constexpr void finish(char* digest) noexcept {
        base::finish(base::staging_);
        base::go_on(key_.outer(), Hash::block_size + Hash::digest_size);
        base::finish(digest);
    }
#endif

    hmac_key<Hash> const& key_;
};

/// The HMAC of one text under a key.
template <class Hash>
[[nodiscard]] constexpr std::array<char, Hash::digest_size> hmac(hmac_key<Hash> const& key,
                                                                 std::string_view message) noexcept {
    hmac_stream<Hash> stream(key);
    stream.append(message);
    return stream.finish();
}

}} // namespace restartcaster

#endif
