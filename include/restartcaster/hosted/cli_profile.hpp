// SPDX-License-Identifier: MIT
// Reads the configuration file of the vendor's command-line client, ~/.aliyun/config.json.
// Source: aliyun-cli and credentials-go (names of the fields, modes); docs/design.md, "Keys".
// Data flow: the text of the file and the name of a profile in, a recipe out.
#ifndef RESTARTCASTER_HOSTED_CLI_PROFILE_HPP
#define RESTARTCASTER_HOSTED_CLI_PROFILE_HPP
#pragma once

#include "../read/answer.hpp"
#include "../read/fields.hpp"
#include "key_recipe.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One profile of the file. A field that the profile does not have is empty.
struct cli_profile {
    /// The fields that all modes have.
    std::string_view name, mode, region_id;
    /// A key, and the token of a temporary one.
    std::string_view access_key_id, access_key_secret, sts_token;
    /// A role to assume, and how.
    std::string_view ram_role_arn, ram_session_name, policy, external_id, sts_region;
    number expired_seconds;
    boolean enable_vpc;
    /// The profile whose key assumes the role; the role of an ECS instance; OIDC; the command of External.
    std::string_view source_profile, ram_role_name, oidc_provider_arn, oidc_token_file, process_command;

    /// The fields, with their names in the file.
    static constexpr auto fields = restartcaster::fields(
        field<"name", &cli_profile::name>, field<"mode", &cli_profile::mode>, field<"region_id", &cli_profile::region_id>,
        field<"access_key_id", &cli_profile::access_key_id>,
        secret_field<"access_key_secret", &cli_profile::access_key_secret>,
        secret_field<"sts_token", &cli_profile::sts_token>, field<"ram_role_arn", &cli_profile::ram_role_arn>,
        field<"ram_session_name", &cli_profile::ram_session_name>, field<"policy", &cli_profile::policy>,
        secret_field<"external_id", &cli_profile::external_id>, field<"sts_region", &cli_profile::sts_region>,
        field<"expired_seconds", &cli_profile::expired_seconds>, field<"enable_vpc", &cli_profile::enable_vpc>,
        field<"source_profile", &cli_profile::source_profile>, field<"ram_role_name", &cli_profile::ram_role_name>,
        field<"oidc_provider_arn", &cli_profile::oidc_provider_arn>,
        field<"oidc_token_file", &cli_profile::oidc_token_file>,
        secret_field<"process_command", &cli_profile::process_command>);
};

/// The file.
struct cli_configuration {
    /// The name of the profile that is used unless a program names another.
    std::string_view current_profile;
    /// The profiles.
    list<cli_profile> profiles;

    /// The fields, with their names in the file.
    static constexpr auto fields = restartcaster::fields(field<"current", &cli_configuration::current_profile>,
                                                         field<"profiles", &cli_configuration::profiles>);
};

namespace detail {

/// Reads described fields from a JSON document that is no answer to a call. The texts point into `document`, which is
/// overwritten. Errors: those of the JSON reader.
template <class Record>
[[nodiscard]] constexpr result<Record> read_record(std::span<char> document) noexcept {
    using reader = answer<char, body_use::described>;
    reader said(&table_of<Record>);
    said.read_body(text_at(document.data(), document.size()), reader::escapes::decoded);
    if (said.failed()) return unexpected(failure{.code = said.failure_code, .detail = said.failure_offset});
    if (said.type != media_type::json) return unexpected(failure{.code = errc::body_not_recognised});
    Record record{};
    if (said.packed_fields() != nullptr) (void)unpack_fields<true>(record, said.packed_fields());
    take_fields_of_answer(Record::fields, record, said);
    return record;
}

[[nodiscard]] constexpr cli_profile find_profile(list<cli_profile> const& profiles, std::string_view name) noexcept {
    for (auto const& each : profiles)
        if (each.name == name) return each;
    return {};
}

[[nodiscard]] constexpr role_to_assume role_of(cli_profile const& from) noexcept {
    return {.arn = from.ram_role_arn,
            .session_name = from.ram_session_name,
            .duration_seconds = from.expired_seconds.value_or(0) == 0 ? number() : from.expired_seconds,
            .policy = from.policy,
            .external_id = from.external_id,
            .sts_region = from.sts_region,
            .vpc = from.enable_vpc.value_or(false)};
}

/// The modes of a profile. Any other mode is not supported.
enum class cli_mode : std::uint8_t { ak, sts_token, ram_role_arn, ecs_ram_role, oidc, chainable, external, other };
[[nodiscard]] constexpr cli_mode mode_of(cli_profile const& profile) noexcept {
    constexpr char const* names = "AK\0StsToken\0RamRoleArn\0EcsRamRole\0OIDC\0ChainableRamRoleArn\0External\0";
    return static_cast<cli_mode>(find_word(profile.mode, names));
}

/// Sets the first key of a recipe, and the role of the profile itself. With cli_mode::chainable, the role only.
[[nodiscard]] constexpr result<void, profile_fault> take_profile(key_recipe& to, cli_profile const& from,
                                                                 cli_mode mode) noexcept {
    bool const own_key = mode == cli_mode::ak || mode == cli_mode::sts_token || mode == cli_mode::ram_role_arn;
    bool const has_role = mode == cli_mode::ram_role_arn || mode == cli_mode::oidc || mode == cli_mode::chainable;
    constexpr std::string_view any = "-"sv; // a field that the mode does not need
    auto const full = check_fields(
        from.name, {{"access_key_id"sv, own_key ? from.access_key_id : any},
                    {"access_key_secret"sv, own_key ? from.access_key_secret : any},
                    {"sts_token"sv, mode == cli_mode::sts_token ? from.sts_token : any},
                    {"ram_role_arn"sv, has_role ? from.ram_role_arn : any},
                    {"source_profile"sv, mode == cli_mode::chainable ? from.source_profile : any},
                    {"oidc_provider_arn"sv, mode == cli_mode::oidc ? from.oidc_provider_arn : any},
                    {"oidc_token_file"sv, mode == cli_mode::oidc ? from.oidc_token_file : any},
                    {"process_command"sv, mode == cli_mode::external ? from.process_command : any}});
    if (!full) return full;
    if (has_role && !to.add_first(role_of(from)))
        return unexpected(profile_fault{.problem = key_problem::chain_too_long, .profile = from.name});
    if (own_key) {
        to.access_key_id = from.access_key_id;
        to.access_key_secret = from.access_key_secret;
        if (mode != cli_mode::ak) to.security_token = from.sts_token;
    }
    switch (mode) {
    case cli_mode::ecs_ram_role:
        to.first = first_key::ecs_ram_role;
        to.role_name = from.ram_role_name;
        break;
    case cli_mode::oidc:
        to.first = first_key::oidc;
        to.oidc_provider_arn = from.oidc_provider_arn;
        to.oidc_token_file = from.oidc_token_file;
        break;
    case cli_mode::external:
        to.first = first_key::command;
        to.command = from.process_command;
        break;
    default: break;
    }
    return {};
}

} // namespace detail

/// Reads the file and finds how the profile `name` makes its key; an empty name means the profile that the file calls current.
/// A profile of the mode ChainableRamRoleArn leads to its source_profile, and so on, for at most 4 roles.
/// Storage: `file` is overwritten; the texts of the recipe and of a fault point into it. The file can be read only once.
///   It holds secrets: wipe(file) when the recipe is not needed any more.
/// Errors: file_malformed with the reason and the byte offset, profile_not_there, field_missing with the name of the field,
///   mode_not_supported, chain_too_long.
/// Cost: linear in the file, for each profile of a chain; no allocation.
[[nodiscard]] constexpr result<key_recipe, profile_fault> read_cli_profile(std::span<char> file,
                                                                           std::string_view name = {}) noexcept {
    auto const read = detail::read_record<cli_configuration>(file);
    if (!read)
        return unexpected(profile_fault{.problem = key_problem::file_malformed,
                                        .cause = read.error().code,
                                        .detail = read.error().detail});
    if (name.empty()) name = read->current_profile;
    if (name.empty()) return unexpected(profile_fault{.field = "current"sv});
    key_recipe recipe;
    for (std::string_view next = name;;) {
        cli_profile const profile = detail::find_profile(read->profiles, next);
        if (profile.name.empty())
            return unexpected(profile_fault{.problem = key_problem::profile_not_there, .profile = next});
        if (recipe.profile.empty()) {
            recipe.profile = profile.name;
            recipe.mode = profile.mode;
            recipe.region = profile.region_id;
        }
        if (profile.mode.empty()) return unexpected(profile_fault{.field = "mode"sv, .profile = profile.name});
        detail::cli_mode const mode = detail::mode_of(profile);
        if (mode == detail::cli_mode::other)
            return unexpected(profile_fault{
                .problem = key_problem::mode_not_supported, .profile = profile.name, .mode = profile.mode});
        if (auto const taken = detail::take_profile(recipe, profile, mode); !taken) return unexpected(taken.error());
        if (mode != detail::cli_mode::chainable) return recipe;
        next = profile.source_profile;
    }
}

}} // namespace restartcaster

#endif
