// SPDX-License-Identifier: MIT
// HMAC in builds for size: the key and both hashes go through one hash_stream.
// Source: RFC 2104.
// Data flow: a key in, two hash states kept; text in, a MAC out.
#ifndef RESTARTCASTER_CRYPTO_HMAC_SMALL_HPP
#define RESTARTCASTER_CRYPTO_HMAC_SMALL_HPP
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
        key_text text;
        for (char const byte : secret) text.put(byte);
        for (char const byte : suffix) text.put(byte);
        text.fold();
        text.absorb(states_[0], 0x36);
        text.absorb(states_[1], 0x36 ^ 0x5C);
    }
    hmac_key(hmac_key const&) = delete;
    hmac_key& operator=(hmac_key const&) = delete;
    constexpr ~hmac_key() { wipe(states_); }

    /// The state of the inner and of the outer hash after the key block.
    [[nodiscard]] constexpr state_type const& inner() const noexcept { return states_[0]; }
    [[nodiscard]] constexpr state_type const& outer() const noexcept { return states_[1]; }

private:
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

    // The states of the inner and of the outer hash.
    state_type states_[2];
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
    using base::put;

    /// The MAC of the appended text. Ends the stream: afterwards it can only be destroyed.
    [[nodiscard]] constexpr digest_type finish() noexcept {
        digest_type digest; // not initialised: every byte is written
        finish(digest.data());
        return digest;
    }

    /// The MAC as words of the hash, most significant byte first, so that base64 and hex can continue in registers.
    [[nodiscard]] constexpr typename Hash::state_type& finish_words() noexcept {
        finish(base::staging_);
        return base::state_;
    }

private:
    constexpr void finish(char* digest) noexcept {
        base::finish(base::staging_);
        base::go_on(key_.outer(), Hash::block_size + Hash::digest_size);
        base::finish(digest);
    }

    hmac_key<Hash> const& key_;
};

}} // namespace restartcaster

#endif
