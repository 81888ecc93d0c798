// SPDX-License-Identifier: MIT
// What the command line asks for, as values that hold together.
// Source: POSIX.1-2017, "Utility Syntax Guidelines" (options, `--`); help.cpp says it to people.
// Data flow: the arguments in, one of five wishes out; main.cpp carries it out.
#ifndef RESTARTCASTER_CLI_ARGUMENTS_HPP
#define RESTARTCASTER_CLI_ARGUMENTS_HPP

#include "values.hpp"

#include <span>
#include <variant>
#include <vector>

enum class topic { all, restart, sign };

struct help_wanted {
    topic about = topic::all;
};

struct version_wanted {};

/// The scheme of a signature, by the names of the library's types.
enum class signature_scheme { rpc_v1, acs3 };

struct restart_arguments {
    /// In the order in which they were given; none: a list on standard input.
    std::vector<std::string_view> caster_ids;
    std::string_view region_id;
    restartcaster::request_options options;
    signature_scheme scheme = signature_scheme::rpc_v1;
    /// More attempts than the library's default, since somebody else may use the account's limit up; and shorter
    /// waits, since somebody sits in front of it.
    restartcaster::retry_options retry = {.attempts = 8, .longest_back_off_ms = 5'000};
    std::uint16_t calls_per_second = 10;
    /// Of one exchange, and of one studio with all its attempts and waits.
    std::uint32_t timeout_ms = 30'000;
    std::uint32_t deadline_ms = 120'000;
    std::string ca_file;
    bool json = false;

    /// One studio for a person: its request id or one sentence is all there is to tell.
    [[nodiscard]] bool alone() const noexcept { return caster_ids.size() == 1 && !json; }
};

/// What of a signature is shown.
enum class shown {
    url,
    form,
    headers,
    canonical,
    canonical_request,
    string_to_sign,
    signature,
    authorization,
    json
};

struct assignment {
    std::string_view name;
    std::string_view value;
};

struct sign_arguments {
    std::vector<assignment> parameters;
    signature_scheme scheme = signature_scheme::rpc_v1;
    /// As it stands in the string to sign, and where a POST has the parameters.
    std::string_view method = "GET";
    restartcaster::placement placement = restartcaster::placement::get;
    bool raw = false;
    shown show = shown::url;
    restartcaster::endpoint to = restartcaster::live_endpoint;
    // Parameters that have an option of their own.
    std::optional<std::string_view> nonce;
    std::optional<std::string_view> timestamp;
    std::optional<std::string_view> format;
};

/// Why the arguments make no sense, in one line. It names options and parameters and repeats no value: a
/// value that stands in the wrong place may be a secret.
struct usage_error {
    std::string text;
};

using arguments = std::variant<usage_error, help_wanted, version_wanted, restart_arguments, sign_arguments>;

/// Reads the arguments behind the program's name.
/// Storage: the texts of the result point into the given ones.
[[nodiscard]] arguments read_arguments(std::span<std::string_view const> given);

#endif
