// SPDX-License-Identifier: MIT
// What the command line asks for, as values that hold together.
// Source: POSIX.1-2017, "Utility Syntax Guidelines" (options, `--`); help.cpp says it to people.
// Path: the arguments in, one of five wishes out; main.cpp carries it out.
#ifndef RESTARTCASTER_CLI_ARGUMENTS_HPP
#define RESTARTCASTER_CLI_ARGUMENTS_HPP

#include <restartcaster.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

enum class topic { all, restart, sign };

struct help_wanted {
    topic about = topic::all;
};

struct version_wanted {};

struct restart_arguments {
    std::string_view caster_id;
    std::string_view region_id;
    restartcaster::request_options options;
    long timeout_ms = 30'000;
    std::string ca_file;
};

/// What of a signature is shown.
enum class shown { url, form, canonical, string_to_sign, signature, json };

struct assignment {
    std::string_view name;
    std::string_view value;
};

struct sign_arguments {
    std::vector<assignment> parameters;
    /// As it stands in the string to sign.
    std::string_view method = "GET";
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

/// An origin as --endpoint takes it: scheme://host, a port and a `/` at the end being optional.
[[nodiscard]] std::optional<restartcaster::endpoint> endpoint_of(std::string_view url);

/// Whether the host can only be this machine: localhost, 127.0.0.0/8, [::1].
[[nodiscard]] bool is_loopback(std::string_view host);

/// Whether the text is a time as the service takes it, YYYY-MM-DDThh:mm:ssZ in the years 1970 to 9999.
[[nodiscard]] bool is_timestamp(std::string_view text);

#endif
