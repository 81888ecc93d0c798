// SPDX-License-Identifier: MIT
// A key that can sign for one scheme and cannot give its secret away.
// Source: RFC 2104; docs/design.md, "Signing key".
// Path: credentials in, HMAC midstates kept; every make_request takes one.
#ifndef RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#define RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#pragma once

#include "../crypto/hmac.hpp"
#include "credentials.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct rpc_v1;

/// Signs requests under one signature scheme. Build it once and keep it: it saves two hash blocks a request.
/// The secret itself is not kept, only the two hash states made of it, and those are wiped at the end. They
/// can sign as well as the secret can: guard the object as you would the secret.
/// Storage: the id and the token are views and must outlive the key; the secret need not.
/// Requires nothing: credentials that cannot work are remembered, and every make_request with the key returns
/// that failure. Const use from several threads is safe.
template <class Scheme = rpc_v1>
class signing_key {
public:
    constexpr explicit signing_key(credentials const& from) noexcept
        : hmac_(from.access_key_secret, Scheme::secret_suffix), id_(from.access_key_id),
          token_(from.security_token),
#if RESTARTCASTER_SMALL
          secret_fault_(fault_of(from.access_key_secret))
#else
          check_(checked(fault_of(from.access_key_secret)))
#endif
    {}

    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// Whether the credentials could be used at all.
    /// Errors: those of check_identifier, for AccessKeyId, AccessKeySecret and SecurityToken.
    [[nodiscard]] constexpr result<void> valid() const noexcept {
#if RESTARTCASTER_SMALL
        return checked(secret_fault_);
#else
        return check_;
#endif
    }
    [[nodiscard]] constexpr std::string_view access_key_id() const noexcept { return id_; }
    [[nodiscard]] constexpr std::string_view security_token() const noexcept { return token_; }
    [[nodiscard]] constexpr hmac_key<typename Scheme::hash> const& hmac() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return hmac_;
    }

private:
    friend rpc_v1;

    template <class Text> // so that identifier_fault is not compiled where no key is made
    static constexpr errc fault_of(Text const& secret) noexcept {
        return detail::identifier_fault(secret);
    }
    template <class Fault>
    constexpr result<void> checked(Fault secret_fault) const noexcept {
        std::string_view name = "AccessKeyId"sv;
        Fault fault = detail::identifier_fault<Fault>(id_);
        if (fault == detail::no_fault) {
            name = "AccessKeySecret"sv;
            fault = secret_fault;
        }
        if (fault == detail::no_fault && !token_.empty()) {
            name = "SecurityToken"sv;
            fault = detail::identifier_fault<Fault>(token_);
        }
        if (fault != detail::no_fault) return unexpected(failure{.code = fault, .subject = name});
        return {};
    }

    hmac_key<typename Scheme::hash> hmac_;
    std::string_view id_;
    std::string_view token_;
#if RESTARTCASTER_SMALL
    errc secret_fault_;
#else
    result<void> check_;
#endif
};

}} // namespace restartcaster

#endif
