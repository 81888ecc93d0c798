// SPDX-License-Identifier: MIT
// The credentials of the caller, and the stamp (time and nonce) that makes each request unique.
// Source: protocol "Common request parameters"; help document 50284.
// Data flow: the user's configuration, clock and random source in, a signing key and a stamp out.
#ifndef RESTARTCASTER_SIGN_CREDENTIALS_HPP
#define RESTARTCASTER_SIGN_CREDENTIALS_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/text.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An AccessKey pair, and for a temporary pair its security token.
/// Storage: views; see signing_key for how long the caller keeps the texts.
struct credentials {
    /// The public half of the pair, e.g. "LTAI5t...". Every request contains this key id.
    borrowed_text access_key_id;
    /// The secret half of the pair. A signing_key does not keep the secret, so a temporary string is enough.
    std::string_view access_key_secret;
    /// The token of a temporary pair; empty for a permanent pair.
    borrowed_text security_token = {};
};

/// Time and nonce of one request. Use a stamp once: the service refuses a repeated nonce.
struct stamp {
    /// UTC seconds since 1970. The service accepts a difference of 15 minutes from its own clock.
    std::int64_t utc_seconds;
    /// A text that is unique among all requests of the account for at least 31 minutes, such as nonce::text().
    /// Storage: a view; the text must outlive the stamp.
    std::string_view nonce;
};

}} // namespace restartcaster

#endif
