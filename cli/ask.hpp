// SPDX-License-Identifier: MIT
// Asks a person at the terminal.
// Source: POSIX.1-2017, poll().
// Data flow: a question on standard error, a line from standard input, whether it begins with y.
#ifndef RESTARTCASTER_CLI_ASK_HPP
#define RESTARTCASTER_CLI_ASK_HPP

#include "arguments.hpp"

/// Whether a person can be asked: standard input is a terminal and is not the list of studios.
[[nodiscard]] bool can_ask(studios_arguments const& wanted);

/// Whether the answer begins with y. An interrupt and the end of the input are no.
[[nodiscard]] bool asked_yes(std::string const& question);

#endif
