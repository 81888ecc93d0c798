// SPDX-License-Identifier: MIT
// Who calls, and when: credentials, and the stamp that makes one request unlike every other.
// Source: protocol "Common request parameters"; help document 50284.
// Data flow: the user's configuration, clock and random source in, a signing key and a stamp out.
#ifndef RESTARTCASTER_SIGN_CREDENTIALS_HPP
#define RESTARTCASTER_SIGN_CREDENTIALS_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/text.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An AccessKey pair, with the token of a temporary one.
/// Storage: views; the texts stay the caller's.
struct credentials {
    /// The public half of the pair, e.g. "LTAI5t...". It travels with every request.
    borrowed_text access_key_id;
    /// The secret half of the pair. A signing_key does not keep it, so a temporary string is enough.
    std::string_view access_key_secret;
    /// Empty for a permanent key.
    borrowed_text security_token = {};
};

/// Time and nonce of one request. Use a stamp once: the service refuses a nonce that it has seen.
struct stamp {
    /// UTC seconds since 1970. The service allows 15 minutes of difference.
    std::int64_t utc_seconds;
    /// Unique among all requests of the account for at least 31 minutes; 128 random bits as UUID text do.
    std::string_view nonce;
};

}} // namespace restartcaster

#endif
