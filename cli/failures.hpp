// SPDX-License-Identifier: MIT
// What a failed call means for the user: the exit status, the sentence, and how to fix it.
// Source: docs/design.md, "Errors"; curl's own environment variables (curl.1, "ENVIRONMENT").
// Data flow: an error of the library in, an exit status and a sentence out.
#ifndef RESTARTCASTER_CLI_FAILURES_HPP
#define RESTARTCASTER_CLI_FAILURES_HPP

#include "commands.hpp"

/// The exit status of a failed call. `ran` is whether the operation that changes something ran.
[[nodiscard]] exit_status status_of(rc::error const& e, rc::executed ran) noexcept;

/// How to fix a failure that stops every request of this run; null for a failure that may be temporary.
[[nodiscard]] char const* remedy(rc::failure const& cause, unsigned attempts) noexcept;

/// The library's sentence, with the facts that only this program knows: the endpoint, and how to fix the failure. `action` is
/// the operation that did not run.
[[nodiscard]] std::string explained(rc::call_error const& e, rc::endpoint const& to, std::string_view action);

/// Prints the failure of a command without a report: a line on standard error, or with --json one object on standard output.
exit_status complain_of(rc::call_error const& e, connection_arguments const& at);

/// The file of certificate authorities: from the option, or from the environment as for curl; null: the system's.
struct authorities {
    char const* named_by = nullptr;
    char const* file = nullptr;
};
/// Storage: points into the arguments or the environment.
[[nodiscard]] authorities authorities_of(connection_arguments const& at);

/// Checks that a file contains a certificate; libcurl checks only after it has connected.
[[nodiscard]] exit_status check(authorities const& from);

#endif
