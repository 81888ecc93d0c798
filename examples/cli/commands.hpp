// SPDX-License-Identifier: MIT
// The two commands, and how they end.
// Source: help.cpp says the exit statuses to people.
// Data flow: arguments in, lines on standard output or error and an exit status out.
#ifndef RESTARTCASTER_CLI_COMMANDS_HPP
#define RESTARTCASTER_CLI_COMMANDS_HPP

#include "arguments.hpp"

/// Each says whether the studio was restarted; only `unknown` leaves that open. Of several studios it is the most
/// serious one: account::status().
enum class exit_status : int {
    done = 0,
    output_lost = 1,
    usage = 2,
    local = 3,
    not_sent = 4,
    unknown = 5,
    refused = 6,
    throttled = 7,
    interrupted = 130, // as for a program that Ctrl-C ended
};

exit_status restart(restart_arguments const& wanted);
exit_status sign(sign_arguments const& wanted);

/// The help about one command, or about everything.
std::string help(topic about);

#endif
