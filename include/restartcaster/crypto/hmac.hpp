// SPDX-License-Identifier: MIT
// HMAC whose key is kept as two hash states, never as text.
// Source: RFC 2104.
// Data flow: the signing key makes an hmac_key once; each signature streams its text through an hmac_stream.
//
// Both shapes define hmac_key<Hash>, made from a secret and a suffix, and hmac_stream<Hash>, a byte_sink whose finish() gives
// the MAC as bytes and finish_words() the MAC as words.
#ifndef RESTARTCASTER_CRYPTO_HMAC_HPP
#define RESTARTCASTER_CRYPTO_HMAC_HPP
#pragma once

#include "../config.hpp"

#if RESTARTCASTER_SMALL
#include "hmac_small.hpp"
#else
#include "hmac_fast.hpp"
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

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
