// SPDX-License-Identifier: MIT
// A key that can sign for one scheme and cannot give its secret away.
// Source: RFC 2104; docs/design.md, "Signing key".
// Data flow: credentials in, HMAC midstates kept; every make_request takes one.
#ifndef RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#define RESTARTCASTER_SIGN_SIGNING_KEY_HPP
#pragma once

#include "../crypto/hmac.hpp"
#include "credentials.hpp"

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
    constexpr explicit signing_key(credentials const& from) noexcept
        : hmac_(from.access_key_secret, Scheme::secret_suffix), id_(from.access_key_id),
          token_(from.security_token),
#if RESTARTCASTER_SMALL
          secret_fault_(fault_of(from.access_key_secret))
#else
          fault_(first_fault(fault_of(from.access_key_secret)))
#endif
    {}

    signing_key(signing_key const&) = delete;
    signing_key& operator=(signing_key const&) = delete;

    /// Whether the credentials could be used at all.
    /// Errors: those of check_identifier, for AccessKeyId, AccessKeySecret and SecurityToken; credential_malformed.
    [[nodiscard]] constexpr result<void> valid() const noexcept {
#if RESTARTCASTER_SMALL
        failure const fault = first_fault(secret_fault_);
#else
        failure const& fault = fault_;
#endif
        if (fault.code != detail::no_fault) return unexpected(fault);
        return {};
    }
    [[nodiscard]] constexpr std::string_view access_key_id() const noexcept { return id_; }
    [[nodiscard]] constexpr std::string_view security_token() const noexcept { return token_; }
    [[nodiscard]] constexpr hmac_key<typename Scheme::hash> const& hmac() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return hmac_;
    }

private:
    friend rpc_v1;
    friend acs3;

#if RESTARTCASTER_SMALL
    // What is known to be wrong before the id and the token are looked at.
    [[nodiscard]] constexpr failure const& known_fault() const noexcept { return secret_fault_; }
    template <class Writer>
    constexpr void check_id_and_token(Writer& writer) const noexcept {
        writer.look_at("AccessKeyId"sv, id_, detail::identifier_rule::key_id);
        if (!token_.empty()) writer.look_at("SecurityToken"sv, token_, detail::identifier_rule::credential);
    }
#else
    [[nodiscard]] constexpr failure const& known_fault() const noexcept { return fault_; }
    template <class Writer>
    constexpr void check_id_and_token(Writer&) const noexcept {}
#endif

    // Templates, so that find_fault is not compiled where no key is made.
    template <class Text>
    static constexpr failure fault_of(Text const& secret) noexcept {
        failure why;
        why.code = detail::no_fault;
        why.subject = "AccessKeySecret"sv;
        find_fault(why, secret, detail::identifier_rule::credential);
        return why;
    }
    template <class Failure>
    static constexpr void find_fault(Failure& why, std::string_view value, detail::identifier_rule rule) noexcept {
        detail::find_fault<detail::closely_while_signing>(why, value.data(), value.size(), rule);
    }
    template <class Failure>
    constexpr Failure first_fault(Failure const& secret_fault) const noexcept {
        Failure why{.code = detail::no_fault, .subject = "AccessKeyId"sv};
        find_fault(why, id_, detail::identifier_rule::key_id);
        if (why.code == detail::no_fault) why = secret_fault;
        if (why.code == detail::no_fault && !token_.empty()) {
            why.subject = "SecurityToken"sv;
            find_fault(why, token_, detail::identifier_rule::credential);
        }
        return why;
    }

    hmac_key<typename Scheme::hash> hmac_;
    std::string_view id_;
    std::string_view token_;
#if RESTARTCASTER_SMALL
    failure secret_fault_;
#else
    failure fault_;
#endif
};

}} // namespace restartcaster

#endif
