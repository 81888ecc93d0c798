// SPDX-License-Identifier: MIT
// The two operations of the Security Token Service that give a temporary key for a role.
// Source: Security Token Service 2015-04-01, AssumeRole and AssumeRoleWithOIDC; endpoints: the vendor's products.json.
// Data flow: a role in, a temporary key and its end out.
#ifndef RESTARTCASTER_HOSTED_ASSUME_ROLE_HPP
#define RESTARTCASTER_HOSTED_ASSUME_ROLE_HPP
#pragma once

#include "../operations/operation.hpp"
#include "../read/fields.hpp"
#include "kept_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reply of both operations.
/// Storage: the texts point into the body of the answer, which holds a secret: wipe it.
struct temporary_key_reply {
    /// The id of the request.
    std::string_view request_id;
    /// The key, and its end, e.g. "2026-11-28T14:05:09Z".
    std::string_view access_key_id, access_key_secret, security_token, expiration;

    /// The fields, with their names on the wire.
    static constexpr auto fields = restartcaster::fields(
        field<"RequestId", &temporary_key_reply::request_id>,
        field<"Credentials.AccessKeyId", &temporary_key_reply::access_key_id>,
        secret_field<"Credentials.AccessKeySecret", &temporary_key_reply::access_key_secret>,
        secret_field<"Credentials.SecurityToken", &temporary_key_reply::security_token>,
        field<"Credentials.Expiration", &temporary_key_reply::expiration>);
};

/// Gets a temporary key for a role. The caller's own key signs the request.
struct assume_role {
    /// The role, e.g. "acs:ram::123456789012****:role/operator".
    std::string_view role_arn;
    /// The name of the session in the logs of the account: 2 to 64 letters, digits and the characters . @ - _
    std::string_view role_session_name;
    /// The seconds that the key is valid: at least 900, and at most what the role allows. Absent: 3600.
    number duration_seconds = {};
    /// A policy in JSON that narrows the role.
    std::string_view policy = {};
    /// The external id that the role asks for.
    std::string_view external_id = {};

    /// The name and version of the operation. A further key does no harm, so a call can be repeated.
    static constexpr operation description{.action = "AssumeRole",
                                           .version = "2015-04-01",
                                           .permission = "sts:AssumeRole",
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"RoleArn", &assume_role::role_arn>, required<"RoleSessionName", &assume_role::role_session_name>,
        optional<"DurationSeconds", &assume_role::duration_seconds>,
        optional<"Policy", &assume_role::policy, value_rule::any_text>,
        optional<"ExternalId", &assume_role::external_id>);
    /// The temporary key.
    using reply = temporary_key_reply;
};

/// Gets a temporary key for a role with a token of an identity provider. The request is not signed: signing_key<unsigned_rpc>.
struct assume_role_with_oidc {
    /// The role, and the identity provider of the account.
    std::string_view role_arn, oidc_provider_arn;
    /// The token of the identity provider: a secret.
    std::string_view oidc_token;
    /// As for assume_role.
    std::string_view role_session_name;
    number duration_seconds = {};
    std::string_view policy = {};

    /// The name and version of the operation.
    static constexpr operation description{.action = "AssumeRoleWithOIDC", .version = "2015-04-01", .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"RoleArn", &assume_role_with_oidc::role_arn>,
        required<"OIDCProviderArn", &assume_role_with_oidc::oidc_provider_arn>,
        required<"OIDCToken", &assume_role_with_oidc::oidc_token>,
        required<"RoleSessionName", &assume_role_with_oidc::role_session_name>,
        optional<"DurationSeconds", &assume_role_with_oidc::duration_seconds>,
        optional<"Policy", &assume_role_with_oidc::policy, value_rule::any_text>);
    /// The temporary key.
    using reply = temporary_key_reply;
};

/// The host of the Security Token Service: "sts.aliyuncs.com", or with a region "sts.cn-shanghai.aliyuncs.com" and inside a
/// VPC "sts-vpc.cn-shanghai.aliyuncs.com".
[[nodiscard]] constexpr kept_text<127> sts_host(std::string_view region, bool vpc) noexcept {
    kept_text<127> host;
    host.append(vpc && !region.empty() ? "sts-vpc."sv : "sts."sv);
    if (!region.empty()) {
        host.append(region);
        host.append("."sv);
    }
    host.append("aliyuncs.com"sv);
    return host;
}

}} // namespace restartcaster

#endif
