// SPDX-License-Identifier: MIT
// How a profile makes its key: where the first key comes from, and the roles that are assumed with it.
// Source: the vendor's credentials-go and aliyun-cli (modes of a profile); docs/design.md, "Keys".
// Data flow: a profile of a file or the environment in, what key_search has to do out.
#ifndef RESTARTCASTER_HOSTED_KEY_RECIPE_HPP
#define RESTARTCASTER_HOSTED_KEY_RECIPE_HPP
#pragma once

#include "../core/number.hpp"
#include "../core/result.hpp"
#include "key_report.hpp"

#include <array>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Where the first key of a recipe comes from.
enum class first_key : std::uint8_t {
    /// The recipe holds its texts.
    text,
    /// AssumeRoleWithOIDC: a token in a file, for the first role of the recipe.
    oidc,
    /// The metadata server of an ECS instance.
    ecs_ram_role,
    /// The output of a command.
    command,
    /// A server that the variable ALIBABA_CLOUD_CREDENTIALS_URI names.
    uri,
};

/// A role to assume, with the parameters of AssumeRole; an empty text is not sent.
struct role_to_assume {
    /// The role, e.g. "acs:ram::123456789012****:role/operator".
    std::string_view arn = {};
    /// The name of the session in the logs of the account.
    std::string_view session_name = {};
    /// The seconds that the key is valid: at least 900; absent: 3600.
    number duration_seconds = {};
    /// A policy in JSON that narrows the role, and the external id that the role asks for.
    std::string_view policy = {};
    std::string_view external_id = {};
    /// The region of the Security Token Service to call, and whether to call it inside a VPC.
    std::string_view sts_region = {};
    bool vpc = false;
};

/// How to make a key.
/// Storage: views of the text of a file or of the environment.
struct key_recipe {
    /// The most roles of one recipe.
    static constexpr std::size_t most_roles = 4;

    /// Where the first key comes from.
    first_key first = first_key::text;
    /// With first_key::text: the key.
    std::string_view access_key_id = {}, access_key_secret = {}, security_token = {};
    /// With first_key::ecs_ram_role: the role of the instance; empty: the metadata server is asked.
    std::string_view role_name = {};
    /// With first_key::oidc: the identity provider and the file with the token.
    std::string_view oidc_provider_arn = {}, oidc_token_file = {};
    /// With first_key::command: the command, in words that blanks separate.
    std::string_view command = {};
    /// With first_key::uri: the URL.
    std::string_view url = {};
    /// The roles to assume, in this order.
    std::array<role_to_assume, most_roles> roles = {};
    std::size_t role_count = 0;
    /// The name of the profile, its mode and its region; may be empty.
    std::string_view profile = {}, mode = {}, region = {};

    /// Puts a role before the others. False: there are too many.
    constexpr bool add_first(role_to_assume const& role) noexcept {
        if (role_count == most_roles) return false;
        for (std::size_t i = role_count++; i != 0; --i) roles[i] = roles[i - 1];
        roles[0] = role;
        return true;
    }
};

/// What is wrong with a profile: a key_fault without the place.
struct profile_fault {
    /// What is wrong; with file_malformed the reason and the byte offset.
    key_problem problem = key_problem::field_missing;
    errc cause = errc::parameter_missing;
    std::size_t detail = 0;
    /// The field: static text.
    std::string_view field = {};
    /// The profile, and with mode_not_supported its mode. Storage: views of the text of the file.
    std::string_view profile = {}, mode = {};
};

namespace detail {

/// Refuses the first empty field of a profile.
struct needed_field {
    std::string_view name, value;
};
template <std::size_t N>
[[nodiscard]] constexpr result<void, profile_fault> check_fields(std::string_view profile,
                                                                 needed_field const (&fields)[N]) noexcept {
    for (auto const& each : fields)
        if (each.value.empty()) return unexpected(profile_fault{.field = each.name, .profile = profile});
    return {};
}

} // namespace detail

}} // namespace restartcaster

#endif
