// SPDX-License-Identifier: MIT
// The environment variables that the vendor's clients read to find a key.
// Source: credentials-go and aliyun-cli (names and meanings of the variables).
// Data flow: the environment of the process, or a test's own values, in; key_search reads them.
#ifndef RESTARTCASTER_HOSTED_KEY_ENVIRONMENT_HPP
#define RESTARTCASTER_HOSTED_KEY_ENVIRONMENT_HPP
#pragma once

#include "../core/text.hpp"

#include <cstdlib>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The values of the variables; an empty text stands for a variable that is not set.
/// Storage: views, e.g. of the environment of the process, which must not change while they are used.
struct key_environment {
    /// ALIBABA_CLOUD_ACCESS_KEY_ID, _ACCESS_KEY_SECRET and _SECURITY_TOKEN.
    std::string_view access_key_id = {}, access_key_secret = {}, security_token = {};
    /// ALIBABA_CLOUD_PROFILE: the profile in a file.
    std::string_view profile = {};
    /// ALIBABA_CLOUD_CONFIG_FILE in place of ~/.aliyun/config.json; ALIBABA_CLOUD_CLI_PROFILE_DISABLED.
    std::string_view config_file = {}, cli_profile_disabled = {};
    /// ALIBABA_CLOUD_CREDENTIALS_FILE in place of ~/.alibabacloud/credentials.
    std::string_view credentials_file = {};
    /// ALIBABA_CLOUD_ECS_METADATA (the name of the role), _ECS_METADATA_DISABLED and _IMDSV1_DISABLED.
    std::string_view ecs_metadata = {}, ecs_metadata_disabled = {}, imdsv1_disabled = {};
    /// ALIBABA_CLOUD_CREDENTIALS_URI.
    std::string_view credentials_uri = {};
    /// ALIBABA_CLOUD_ROLE_ARN, _OIDC_PROVIDER_ARN, _OIDC_TOKEN_FILE and _ROLE_SESSION_NAME.
    std::string_view role_arn = {}, oidc_provider_arn = {}, oidc_token_file = {}, role_session_name = {};
    /// ALIBABA_CLOUD_STS_REGION and _VPC_ENDPOINT_ENABLED.
    std::string_view sts_region = {}, vpc_endpoint_enabled = {};
    /// The home folder: HOME, on Windows USERPROFILE.
    std::string_view home = {};

    /// The variables that `get` returns: a function of a name, with a null pointer or an empty text for a variable that is not
    /// set.
    template <class Get>
    [[nodiscard]] static key_environment from(Get const& get) {
        auto const vendor = [&get](char const* name) {
            char const* const text = get(name);
            return text == nullptr ? std::string_view() : std::string_view(text);
        };
        std::string_view const posix_home = vendor("HOME");
        return {.access_key_id = vendor("ALIBABA_CLOUD_ACCESS_KEY_ID"),
                .access_key_secret = vendor("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
                .security_token = vendor("ALIBABA_CLOUD_SECURITY_TOKEN"),
                .profile = vendor("ALIBABA_CLOUD_PROFILE"),
                .config_file = vendor("ALIBABA_CLOUD_CONFIG_FILE"),
                .cli_profile_disabled = vendor("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"),
                .credentials_file = vendor("ALIBABA_CLOUD_CREDENTIALS_FILE"),
                .ecs_metadata = vendor("ALIBABA_CLOUD_ECS_METADATA"),
                .ecs_metadata_disabled = vendor("ALIBABA_CLOUD_ECS_METADATA_DISABLED"),
                .imdsv1_disabled = vendor("ALIBABA_CLOUD_IMDSV1_DISABLED"),
                .credentials_uri = vendor("ALIBABA_CLOUD_CREDENTIALS_URI"),
                .role_arn = vendor("ALIBABA_CLOUD_ROLE_ARN"),
                .oidc_provider_arn = vendor("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
                .oidc_token_file = vendor("ALIBABA_CLOUD_OIDC_TOKEN_FILE"),
                .role_session_name = vendor("ALIBABA_CLOUD_ROLE_SESSION_NAME"),
                .sts_region = vendor("ALIBABA_CLOUD_STS_REGION"),
                .vpc_endpoint_enabled = vendor("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"),
                .home = posix_home.empty() ? vendor("USERPROFILE") : posix_home};
    }
    /// The variables of this process.
    [[nodiscard]] static key_environment of_process() {
        return from([](char const* variable) { return std::getenv(variable); });
    }
};

}} // namespace restartcaster

#endif
