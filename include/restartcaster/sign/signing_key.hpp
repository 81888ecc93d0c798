// SPDX-License-Identifier: MIT
// A key that signs for one signature scheme and does not contain the text of its secret.
// Source: RFC 2104; docs/design.md, "Signing key".
// Data flow: credentials in, HMAC midstates kept; every make_request takes a key.
#ifndef RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#define RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#pragma once

#include "../crypto/hmac.hpp"
#include "credentials.hpp"
#include "query/write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct rpc_v1;
struct acs3;

/// Signs requests under one signature scheme. Make one key and keep it: a kept key saves two hash blocks per request.
/// The key contains two hash states of the secret, and not the secret. These states can sign like the secret, so protect the
/// key like the secret. The destructor wipes them. Several threads may use one const key.
/// Storage: the key id and the token are views, whose texts must outlive the key; the secret may end after the constructor.
/// Errors: none here. The key keeps the fault of malformed credentials; valid() and every make_request return this fault.
template <class Scheme = rpc_v1>
class signing_key {
public:
    /// Hashes the secret (two blocks) and checks the credentials; valid() returns the result of the check.
    constexpr explicit signing_key(credentials const& from) noexcept
        : hmac_(from.access_key_secret, Scheme::secret_suffix), id_(from.access_key_id), token_(from.security_token) {
        fault_.look_at("AccessKeyId"sv, id_, detail::identifier_rule::key_id);
        fault_.look_at("AccessKeySecret"sv, from.access_key_secret, detail::identifier_rule::credential);
        if (!token_.empty()) fault_.look_at("SecurityToken"sv, token_, detail::identifier_rule::credential);
    }

    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// Whether the credentials are well-formed. Only the service knows whether the credentials are valid.
    /// Errors: the errors of check_identifier, for AccessKeyId, AccessKeySecret and SecurityToken; credential_malformed.
    [[nodiscard]] constexpr result<void> valid() const noexcept {
        if (!fault_.good()) return unexpected(fault_.reason());
        return {};
    }
    /// The key id, unchanged.
    [[nodiscard]] constexpr std::string_view access_key_id() const noexcept { return id_; }
    /// The security token of a temporary key, unchanged; empty for a permanent key.
    [[nodiscard]] constexpr std::string_view security_token() const noexcept { return token_; }
    /// The two hash states of the secret, which compute signatures.
    /// Storage: a part of this object.
    [[nodiscard]] constexpr hmac_key<typename Scheme::hash> const& hmac() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return hmac_;
    }

private:
    friend rpc_v1;
    friend acs3;

    hmac_key<typename Scheme::hash> hmac_;
    std::string_view id_;
    std::string_view token_;
    // The first fault of the credentials.
    detail::write_fault fault_;
};

}} // namespace restartcaster

#endif
