// SPDX-License-Identifier: MIT
// Files with keys: any file is read in its own bytes, what is read is what nlohmann reads, and no fault holds a secret.
// Source: aliyun-cli (config.json); credentials-go (credentials); nlohmann::json as the oracle.
// Data flow: the name of a profile up to a line feed, then a file; recipes and faults.
#include "fuzz.hpp"

#include <restartcaster/hosted/cli_profile.hpp>
#include <restartcaster/hosted/ini_profile.hpp>
#include <restartcaster/hosted/key_requests.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace rc = restartcaster;
using fuzz::require;

namespace {

void check_places(rc::key_recipe const& recipe, std::string_view file, std::string_view name) {
    for (std::string_view const text : {recipe.access_key_id, recipe.access_key_secret, recipe.security_token, recipe.role_name,
                                        recipe.oidc_provider_arn, recipe.oidc_token_file, recipe.command, recipe.region})
        require(fuzz::within(text, file), "a text lies in the file");
    for (std::string_view const text : {recipe.profile, recipe.mode})
        require(fuzz::within(text, file) || fuzz::within(text, name), "a name lies in the file or is the one that was asked for");
    require(recipe.role_count <= rc::key_recipe::most_roles, "no more roles than there is room for");
    for (std::size_t i = 0; i != recipe.role_count; ++i)
        for (std::string_view const text : {recipe.roles[i].arn, recipe.roles[i].session_name, recipe.roles[i].policy,
                                            recipe.roles[i].external_id, recipe.roles[i].sts_region})
            require(fuzz::within(text, file), "a text of a role lies in the file");
    require(recipe.first != rc::first_key::text || (!recipe.access_key_id.empty() && !recipe.access_key_secret.empty()),
            "a key is whole");
}

void check_fault(rc::profile_fault const& fault, std::string_view file, std::string_view name) {
    require(fuzz::within(fault.profile, file) || fuzz::within(fault.profile, name), "the profile of a fault is a name");
    require(fuzz::within(fault.mode, file), "the mode of a fault lies in the file");
    require(fault.problem != rc::key_problem::file_malformed || fault.detail <= file.size(), "the offset lies in the file");
}

// The profile that nlohmann finds; null unless the file is an object with exactly one such profile of plain texts.
nlohmann::json oracle_of(std::string_view file, std::string_view name) {
    auto const document = nlohmann::json::parse(file, nullptr, false);
    if (document.is_discarded() || !document.is_object() || document.size() == 1 || !document.contains("profiles")) return nullptr;
    auto const& profiles = document["profiles"];
    nlohmann::json found = nullptr;
    if (!profiles.is_array()) return nullptr;
    for (auto const& each : profiles) {
        if (!each.is_object() || !each.contains("name") || each["name"] != name) continue;
        if (!found.is_null()) return nullptr;
        found = each;
    }
    return found;
}

void check_cli(std::string_view input, std::string_view name) {
    fuzz::exact const file(input);
    auto const recipe = rc::read_cli_profile(file.span(), name);
    if (!recipe) return check_fault(recipe.error(), file.view(), name);
    check_places(*recipe, file.view(), name);
    auto const expected = oracle_of(input, recipe->profile);
    if (expected.is_null()) return;
    auto const equals = [&expected](char const* field, std::string_view read) {
        auto const there = expected.find(field);
        if (there != expected.end() && there->is_string()) require(there->get_ref<std::string const&>() == read, "a text is nlohmann's");
    };
    equals("mode", recipe->mode);
    if (recipe->first == rc::first_key::text && recipe->mode != "ChainableRamRoleArn") {
        equals("access_key_id", recipe->access_key_id);
        equals("access_key_secret", recipe->access_key_secret);
    }
    if (recipe->role_count != 0) equals("ram_role_arn", recipe->roles[recipe->role_count - 1].arn);
}

void check_ini(std::string_view input, std::string_view name) {
    fuzz::exact const file(input);
    auto const recipe = rc::read_ini_profile(file.view(), name);
    require(file.view() == input, "the file stays as it is");
    if (recipe)
        check_places(*recipe, file.view(), name);
    else
        check_fault(recipe.error(), file.view(), name);
}

void check_url(std::string_view input) {
    auto const url = rc::detail::parts_of_url(input);
    if (!url) return;
    require(fuzz::within(url->to.host(), input) && fuzz::within(url->target, input), "the parts lie in the URL");
    require(url->to.well_formed() && url->to.host().find('@') == std::string_view::npos, "the host is a host");
}

} // namespace

void fuzz::one_input(std::string_view input) {
    std::string_view const name = fuzz::take_until(input, '\n');
    check_cli(input, name);
    check_cli(input, {});
    check_ini(input, name);
    check_url(name);
    fuzz::exact const answer(input);
    (void)rc::detail::read_record<rc::detail::key_answer>(answer.span());
    fuzz::exact const output(input);
    (void)rc::detail::read_record<rc::detail::command_answer>(output.span());
}
