// SPDX-License-Identifier: MIT
// The command line as checked, consistent values.
// Source: POSIX.1-2017, "Utility Syntax Guidelines" (options, `--`); the declarations of each command, read_*.cpp.
// Data flow: the arguments in, one request out, which main.cpp executes.
#ifndef RESTARTCASTER_CLI_ARGUMENTS_HPP
#define RESTARTCASTER_CLI_ARGUMENTS_HPP

#include "values.hpp"

#include <restartcaster/client/studio_look.hpp>

#include <span>
#include <variant>
#include <vector>

/// The name of a command; empty: the whole program.
struct help_wanted {
    std::string about = {};
};

struct version_wanted {};

/// The signature scheme; the names are those of the library's types.
enum class signature_scheme { rpc_v1, acs3 };

/// How a command reaches the service: what all commands that send something have in common.
struct connection_arguments {
    std::string region_id = {};
    /// scheme://host[:port]; empty: the endpoint of the region.
    std::string endpoint = {};
    signature_scheme scheme = signature_scheme::rpc_v1;
    rc::placement placement = rc::placement::post_form;
    rc::format format = rc::format::json;
    /// More attempts than the library's default, because other programs may use up the account's limit; shorter waits,
    /// because a person is waiting.
    rc::retry_options retry = {.attempts = 8, .longest_back_off_ms = 5'000};
    /// The time limits of one exchange, and of one studio (or one look) with all its attempts and waits.
    std::uint32_t timeout_ms = 30'000;
    std::uint32_t deadline_ms = 120'000;
    std::string ca_file = {};
    std::string profile = {};
    bool insecure_http = false;
    bool json = false;

    /// Storage: refers to this object.
    [[nodiscard]] rc::endpoint to() const {
        return endpoint.empty() ? rc::live_endpoint_of(region_id) : endpoint_of(endpoint).value();
    }
    [[nodiscard]] rc::request_options request() const {
        return {.parameters = placement, .answer = format, .to = to()};
    }
};

/// What is done with studios.
enum class task { restart, start, stop, wait };

struct studios_arguments {
    connection_arguments at;
    task what = task::restart;
    /// In the given order; empty: read the list from standard input.
    std::vector<std::string> caster_ids;
    std::uint16_t calls_per_second = 10;
    /// redis://host[:port]/name; empty: the pace is that of this process.
    std::string budget;
    /// The state that `wait` waits for.
    rc::studio_state until = rc::studio_state::streaming;
    /// restart: wait until the studio is on air again, and until its programme's stream is online.
    bool wait = false;
    bool verify = false;
    bool dry_run = false;
    bool yes = false;
    bool no_look = false;
    /// No new call after this number of failures; 0: no limit.
    std::uint16_t stop_after = 0;
    /// Seconds since 1970; 0: now.
    std::int64_t begin_at = 0;
    std::string audit_file;

    /// Whether the output is for one studio and a person: the request id or one sentence.
    [[nodiscard]] bool alone() const noexcept { return caster_ids.size() == 1 && !at.json; }
    /// Whether each studio is pursued until it is in a state.
    [[nodiscard]] bool has_goal() const noexcept { return what != task::restart || wait || verify; }
    /// Whether it ends a programme that is on air.
    [[nodiscard]] bool interrupts() const noexcept { return what == task::restart || what == task::stop; }
};

struct list_arguments {
    connection_arguments at;
    /// Milliseconds between two looks; 0: one look.
    std::uint32_t watch_ms = 0;
};

struct status_arguments {
    connection_arguments at;
    std::vector<std::string> caster_ids;
    std::uint32_t watch_ms = 0;
};

struct assignment {
    std::string name;
    std::string value;
};

struct call_arguments {
    connection_arguments at;
    std::string action;
    std::string version = "2016-11-01";
    std::vector<assignment> parameters;
    /// The path of one value in the answer; empty: the whole answer.
    std::string query;
};

struct doctor_arguments {
    connection_arguments at;
};

enum class shell { bash, zsh, fish };

struct completion_arguments {
    shell of = shell::bash;
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

struct sign_arguments {
    std::vector<assignment> parameters;
    signature_scheme scheme = signature_scheme::rpc_v1;
    /// The method in the string to sign; it also decides where the parameters are.
    std::string method = "GET";
    rc::placement placement = rc::placement::get;
    bool raw = false;
    shown show = shown::url;
    /// scheme://host[:port]; empty: live.aliyuncs.com.
    std::string endpoint;
    // Parameters with an option of their own.
    std::optional<std::string> nonce;
    std::optional<std::string> timestamp;
    std::optional<std::string> format;

    /// Storage: refers to this object.
    [[nodiscard]] rc::endpoint to() const {
        return endpoint.empty() ? rc::live_endpoint : endpoint_of(endpoint).value();
    }
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
    std::string text = {};
};

using arguments = std::variant<usage_error, help_wanted, version_wanted, studios_arguments, list_arguments, status_arguments,
                               call_arguments, doctor_arguments, completion_arguments, sign_arguments, explain_arguments>;

/// Reads the arguments after the program's name, and the environment's defaults for options.
[[nodiscard]] arguments read_arguments(std::span<std::string_view const> given);

#endif
