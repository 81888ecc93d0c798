// SPDX-License-Identifier: MIT
// Reads the credentials file of the vendor's SDKs, ~/.alibabacloud/credentials, in the INI format.
// Source: credentials-go, -java and -nodejs (names of keys and types); docs/design.md, "Keys".
// Data flow: the text of the file and the name of a section in, a recipe out.
#ifndef RESTARTCASTER_HOSTED_INI_PROFILE_HPP
#define RESTARTCASTER_HOSTED_INI_PROFILE_HPP
#pragma once

#include "../read/raw_text.hpp"
#include "key_recipe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// One line of an INI file.
struct ini_line {
    enum kind_type : std::uint8_t { nothing, section, key, malformed } kind = nothing;
    /// The name of the section or of the key.
    std::string_view name = {};
    /// The value of the key, without the quotation marks around it.
    std::string_view value = {};
};

[[nodiscard]] constexpr std::string_view without_comment(std::string_view value) noexcept {
    for (std::size_t i = 1; i < value.size(); ++i)
        if ((value[i] == '#' || value[i] == ';') && is_blank(value[i - 1])) return part(value, 0, i);
    return value;
}

/// Reads a line: `[section]`, `key = value`, a comment after `#` or `;`, or nothing. In a value a comment begins behind a
/// blank, unless the value has quotation marks.
[[nodiscard]] constexpr ini_line read_ini_line(std::string_view line) noexcept {
    trim(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') return {};
    if (line.front() == '[') {
        std::size_t const end = line.find(']');
        if (end == std::string_view::npos) return {.kind = ini_line::malformed};
        std::string_view name = part(line, 1, end - 1);
        trim(name);
        return {.kind = ini_line::section, .name = name};
    }
    std::size_t const sign = line.find('=');
    if (sign == std::string_view::npos || sign == 0) return {.kind = ini_line::malformed};
    std::string_view name = part(line, 0, sign), value = part(line, sign + 1);
    trim(name);
    trim(value);
    bool const quoted = !value.empty() && (value.front() == '"' || value.front() == '\'');
    std::size_t const end = quoted ? value.find(value.front(), 1) : std::string_view::npos;
    if (end != std::string_view::npos)
        value = part(value, 1, end - 1);
    else
        value = without_comment(value);
    trim(value);
    return {.kind = ini_line::key, .name = name, .value = value};
}

/// The keys of one section. A key that the section does not have is empty; of a repeated key, the last value counts.
struct ini_profile {
    std::string_view type, enable, access_key_id, access_key_secret, security_token, sts_token, role_name, role_arn,
        role_session_name, policy, oidc_provider_arn, oidc_token_file_path;
    bool found = false;

    constexpr void take(std::string_view name, std::string_view value) noexcept {
        constexpr char const* names = "type\0enable\0access_key_id\0access_key_secret\0security_token\0sts_token\0role_name\0"
                                      "role_arn\0role_session_name\0policy\0oidc_provider_arn\0oidc_token_file_path\0";
        std::string_view ini_profile::* const members[] = {
            &ini_profile::type,           &ini_profile::enable,    &ini_profile::access_key_id,
            &ini_profile::access_key_secret, &ini_profile::security_token, &ini_profile::sts_token,
            &ini_profile::role_name,      &ini_profile::role_arn,  &ini_profile::role_session_name,
            &ini_profile::policy,         &ini_profile::oidc_provider_arn, &ini_profile::oidc_token_file_path};
        unsigned const at = find_word(name, names);
        if (at < 12) this->*members[at] = value;
    }
};

/// The section `name` of a file. Errors: unexpected_byte with the offset of the line.
[[nodiscard]] constexpr result<ini_profile> find_section(std::string_view file, std::string_view name) noexcept {
    constexpr std::string_view mark = "\xEF\xBB\xBF"sv;
    ini_profile found;
    bool inside = false;
    for (std::size_t at = file.starts_with(mark) ? mark.size() : 0; at < file.size();) {
        std::string_view const rest = part(file, at);
        std::string_view const text = part(rest, 0, rest.find('\n'));
        ini_line const line = read_ini_line(text);
        if (line.kind == ini_line::malformed) return unexpected(failure{.code = errc::unexpected_byte, .detail = at});
        if (line.kind == ini_line::section) {
            inside = line.name == name;
            found.found = found.found || inside;
        }
        if (line.kind == ini_line::key && inside) found.take(line.name, line.value);
        at += text.size() + 1;
    }
    return found;
}

/// The types of a section. Any other type is not supported.
enum class ini_type : std::uint8_t { access_key, sts, ecs_ram_role, ram_role_arn, oidc_role_arn, other };
[[nodiscard]] constexpr ini_type type_of(ini_profile const& profile) noexcept {
    return static_cast<ini_type>(
        find_word(profile.type, "access_key\0sts\0ecs_ram_role\0ram_role_arn\0oidc_role_arn\0"));
}

[[nodiscard]] constexpr result<void, profile_fault> take_section(key_recipe& to, ini_profile const& from,
                                                                 ini_type type) noexcept {
    bool const own_key = type == ini_type::access_key || type == ini_type::sts || type == ini_type::ram_role_arn;
    bool const has_role = type == ini_type::ram_role_arn || type == ini_type::oidc_role_arn;
    std::string_view const token = from.security_token.empty() ? from.sts_token : from.security_token;
    constexpr std::string_view any = "-"sv; // a key that the type does not need
    auto const full = check_fields(
        to.profile, {{"access_key_id"sv, own_key ? from.access_key_id : any},
                     {"access_key_secret"sv, own_key ? from.access_key_secret : any},
                     {"security_token"sv, type == ini_type::sts ? token : any},
                     {"role_arn"sv, has_role ? from.role_arn : any},
                     {"oidc_provider_arn"sv, type == ini_type::oidc_role_arn ? from.oidc_provider_arn : any},
                     {"oidc_token_file_path"sv, type == ini_type::oidc_role_arn ? from.oidc_token_file_path : any}});
    if (!full) return full;
    if (own_key) {
        to.access_key_id = from.access_key_id;
        to.access_key_secret = from.access_key_secret;
        if (type != ini_type::access_key) to.security_token = token;
    }
    if (has_role) (void)to.add_first({.arn = from.role_arn, .session_name = from.role_session_name, .policy = from.policy});
    if (type == ini_type::ecs_ram_role) {
        to.first = first_key::ecs_ram_role;
        to.role_name = from.role_name;
    }
    if (type == ini_type::oidc_role_arn) {
        to.first = first_key::oidc;
        to.oidc_provider_arn = from.oidc_provider_arn;
        to.oidc_token_file = from.oidc_token_file_path;
    }
    return {};
}

} // namespace detail

/// Reads the file and finds how the section `name` makes its key. The types are access_key, sts, ecs_ram_role, ram_role_arn and
/// oidc_role_arn. A section with `enable = false` is off.
/// Storage: the texts of the recipe and of a fault point into `file`, which stays unchanged. It holds secrets.
/// Errors: file_malformed with the offset of the line, profile_not_there, profile_disabled, field_missing with the name of the
///   key, mode_not_supported.
/// Cost: linear in the file; no allocation.
[[nodiscard]] constexpr result<key_recipe, profile_fault> read_ini_profile(std::string_view file,
                                                                           std::string_view name = "default"sv) noexcept {
    auto const read = detail::find_section(file, name);
    if (!read)
        return unexpected(profile_fault{.problem = key_problem::file_malformed,
                                        .cause = read.error().code,
                                        .detail = read.error().detail});
    if (!read->found) return unexpected(profile_fault{.problem = key_problem::profile_not_there, .profile = name});
    if (detail::equal_ignoring_case(read->enable, "false"sv))
        return unexpected(profile_fault{.problem = key_problem::profile_disabled, .profile = name});
    if (read->type.empty()) return unexpected(profile_fault{.field = "type"sv, .profile = name});
    detail::ini_type const type = detail::type_of(*read);
    if (type == detail::ini_type::other)
        return unexpected(
            profile_fault{.problem = key_problem::mode_not_supported, .profile = name, .mode = read->type});
    key_recipe recipe{.profile = name, .mode = read->type};
    if (auto const taken = detail::take_section(recipe, *read, type); !taken) return unexpected(taken.error());
    return recipe;
}

}} // namespace restartcaster

#endif
