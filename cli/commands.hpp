// SPDX-License-Identifier: MIT
// The commands and their exit statuses.
// Source: help.cpp, which documents the exit statuses.
// Data flow: arguments in, lines on standard output or error and an exit status out.
#ifndef RESTARTCASTER_CLI_COMMANDS_HPP
#define RESTARTCASTER_CLI_COMMANDS_HPP

#include "arguments.hpp"

/// Each status says whether the studio was changed; only `unknown` does not know. For several studios, the status is the
/// most serious one: report::status().
enum class exit_status : int {
    done = 0,
    output_lost = 1,
    usage = 2,
    local = 3,
    not_sent = 4,
    unknown = 5,
    refused = 6,
    throttled = 7,
    late = 8,
    interrupted = 130, // the status that shells report after Ctrl-C
};

// A command that sends something completes the arguments by what its key's profile says.
exit_status change_studios(studios_arguments& wanted);
exit_status list(list_arguments& wanted);
exit_status status(status_arguments& wanted);
exit_status call(call_arguments& wanted);
exit_status doctor(doctor_arguments& wanted);
exit_status completion(completion_arguments const& wanted);
exit_status sign(sign_arguments const& wanted);
/// The status is done if a cause was found, and local if the answer is not a refusal of a signature.
exit_status explain(explain_arguments const& wanted);

/// The help text of one command, or of the program if `about` is empty.
std::string help(std::string_view about);

#endif
