// SPDX-License-Identifier: MIT
// The studios to restart, start, stop or wait for: every id is valid and occurs once.
// Source: command_table.cpp, which documents the form of a list.
// Data flow: operands or a list on standard input in, ids or the fault of the list out.
#ifndef RESTARTCASTER_CLI_STUDIOS_HPP
#define RESTARTCASTER_CLI_STUDIOS_HPP

#include "arguments.hpp"

#include <cstdio>

/// The operands, or, without operands, the list on standard input. The result is empty if the list has only comments, like
/// the report of a run in which every studio was restarted. A single studio is not checked: its call reports the fault.
///
/// Each line of a list, without blanks at its end, is one of these; any other line is an error with its number:
///   empty; a comment that begins with #; an id; or an id, a tab and an outcome, as in a report, so that the report of one
///   run can be the list of a second run.
[[nodiscard]] std::variant<usage_error, std::vector<std::string>> studios_of(studios_arguments const& wanted);

/// Reads a file to its end; returns whether reading succeeded.
[[nodiscard]] bool read_all(std::FILE* from, std::string& to);

#endif
