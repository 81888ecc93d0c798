// SPDX-License-Identifier: MIT
// Credentials from the environment variables that the vendor's clients use.
// Source: protocol "Credentials conventions".
// Data flow: three environment variables in, credentials out.
#ifndef RESTARTCASTER_HOSTED_ENVIRONMENT_HPP
#define RESTARTCASTER_HOSTED_ENVIRONMENT_HPP
#pragma once

#include "../sign/credentials.hpp"

#include <cstdlib>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The credentials in ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, and, if set,
/// ALIBABA_CLOUD_SECURITY_TOKEN.
/// Storage: the texts point into the environment and are valid until the environment changes.
/// Errors: environment_missing with the name of the variable as subject.
[[nodiscard]] inline result<credentials> environment_credentials() noexcept {
    auto const variable = [](char const* name) {
        char const* const text = std::getenv(name);
        return text == nullptr ? std::string_view() : std::string_view(text);
    };
    constexpr char const* id = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    constexpr char const* secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    credentials const found{.access_key_id = variable(id),
                            .access_key_secret = variable(secret),
                            .security_token = variable("ALIBABA_CLOUD_SECURITY_TOKEN")};
    if (found.access_key_id.empty()) return unexpected(failure{.code = errc::environment_missing, .subject = id});
    if (found.access_key_secret.empty())
        return unexpected(failure{.code = errc::environment_missing, .subject = secret});
    return found;
}

}} // namespace restartcaster

#endif
