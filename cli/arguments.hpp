// SPDX-License-Identifier: MIT
// The command line as checked, consistent values.
// Source: POSIX.1-2017, "Utility Syntax Guidelines" (options, `--`); help.cpp, which documents the options.
// Data flow: the arguments in, one of six requests out, which main.cpp executes.
#ifndef RESTARTCASTER_CLI_ARGUMENTS_HPP
#define RESTARTCASTER_CLI_ARGUMENTS_HPP

#include "values.hpp"

#include <span>
#include <variant>
#include <vector>

enum class topic { all, restart, sign, explain };

struct help_wanted {
    topic about = topic::all;
};

struct version_wanted {};

/// The signature scheme; the names are those of the library's types.
enum class signature_scheme { rpc_v1, acs3 };

struct restart_arguments {
    /// In the given order; empty: read the list from standard input.
    std::vector<std::string_view> caster_ids;
    std::string_view region_id;
    restartcaster::request_options options;
    signature_scheme scheme = signature_scheme::rpc_v1;
    /// More attempts than the library's default, because other programs may use up the account's limit; shorter waits,
    /// because a person is waiting.
    restartcaster::retry_options retry = {.attempts = 8, .longest_back_off_ms = 5'000};
    std::uint16_t calls_per_second = 10;
    /// The time limits of one exchange, and of one studio with all its attempts and waits.
    std::uint32_t timeout_ms = 30'000;
    std::uint32_t deadline_ms = 120'000;
    std::string ca_file;
    bool json = false;

    /// Whether the output is for one studio and a person: the request id or one sentence.
    [[nodiscard]] bool alone() const noexcept { return caster_ids.size() == 1 && !json; }
};

/// The stage of the signature to show.
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
    /// The method in the string to sign; it also decides where the parameters are.
    std::string_view method = "GET";
    restartcaster::placement placement = restartcaster::placement::get;
    bool raw = false;
    shown show = shown::url;
    restartcaster::endpoint to = restartcaster::live_endpoint;
    // Parameters with an option of their own.
    std::optional<std::string_view> nonce;
    std::optional<std::string_view> timestamp;
    std::optional<std::string_view> format;
};

struct explain_arguments {
    /// The file with the text that another signer signed; empty: the text is rebuilt from the parameters.
    std::string ours_file;
    std::vector<assignment> parameters;
    /// Not given: as in the text of the service.
    std::optional<std::string_view> method;
    std::optional<signature_scheme> scheme;
    bool json = false;
};

/// The fault of the arguments, in one line. It names options and parameters and repeats no value, because a misplaced
/// value may be a secret.
struct usage_error {
    std::string text;
};

using arguments = std::variant<usage_error, help_wanted, version_wanted, restart_arguments, sign_arguments, explain_arguments>;

/// Reads the arguments after the program's name.
/// Storage: the texts of the result point into the arguments.
[[nodiscard]] arguments read_arguments(std::span<std::string_view const> given);

#endif
