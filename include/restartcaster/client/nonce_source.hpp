// SPDX-License-Identifier: MIT
// The concept of a source of nonces.
// Source: protocol "SignatureNonce".
// Data flow: rc::random_nonce, a nonce_generator, a device_nonce or a lambda in; one nonce per signature out.
#ifndef RESTARTCASTER_CLIENT_NONCE_SOURCE_HPP
#define RESTARTCASTER_CLIENT_NONCE_SOURCE_HPP
#pragma once

#include "../core/result.hpp"
#include "../sign/nonce.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything that can be called without arguments, returns a result<nonce> and does not throw. It is called once before
/// every signature. The jitter of back-offs is derived from nonces already used, so that no other entropy is needed.
template <class T>
concept nonce_source = requires(T& source) {
    { source() } -> std::same_as<result<nonce>>;
};

}} // namespace restartcaster

#endif
