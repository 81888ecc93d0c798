// SPDX-License-Identifier: MIT
// A key that can sign for one scheme and cannot give its secret away.
// Source: RFC 2104; docs/design.md, "Signing key".
// Data flow: credentials in, HMAC midstates kept; every make_request takes one.
#ifndef RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#define RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#pragma once

#include "../crypto/hmac.hpp"
#include "credentials.hpp"
#include "write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct rpc_v1;
struct acs3;

/// Signs requests under one signature scheme. Build it once and keep it: it saves two hash blocks a request.
/// The secret itself is not kept, only the two hash states made of it, and those are wiped at the end. They
/// can sign as well as the secret can: guard the object as you would the secret.
/// Storage: the id and the token are views and must outlive the key; the secret need not.
/// Requires nothing: credentials that cannot work are remembered, and every make_request with the key returns
/// that failure. Const use from several threads is safe.
template <class Scheme = rpc_v1>
class signing_key {
public:
    /// Hashes the secret, two blocks, and checks the credentials; valid() tells the result of the check.
    constexpr explicit signing_key(credentials const& from) noexcept
        : hmac_(from.access_key_secret, Scheme::secret_suffix), id_(from.access_key_id), token_(from.security_token) {
        fault_.look_at("AccessKeyId"sv, id_, detail::identifier_rule::key_id);
        fault_.look_at("AccessKeySecret"sv, from.access_key_secret, detail::identifier_rule::credential);
        if (!token_.empty()) fault_.look_at("SecurityToken"sv, token_, detail::identifier_rule::credential);
    }

    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// Whether the credentials could be used at all.
    /// Errors: those of check_identifier, for AccessKeyId, AccessKeySecret and SecurityToken; credential_malformed.
    [[nodiscard]] constexpr result<void> valid() const noexcept {
        if (!fault_.good()) return unexpected(fault_.reason());
        return {};
    }
    /// The id, as it was given.
    [[nodiscard]] constexpr std::string_view access_key_id() const noexcept { return id_; }
    /// The token of a temporary key, as it was given; empty for a permanent key.
    [[nodiscard]] constexpr std::string_view security_token() const noexcept { return token_; }
    /// The two hash states that sign.
    [[nodiscard]] constexpr hmac_key<typename Scheme::hash> const& hmac() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return hmac_;
    }

private:
    friend rpc_v1;
    friend acs3;

    hmac_key<typename Scheme::hash> hmac_;
    std::string_view id_;
    std::string_view token_;
    // The first thing that is wrong with the credentials.
    detail::write_fault fault_;
};

}} // namespace restartcaster

#endif
