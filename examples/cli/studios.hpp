// SPDX-License-Identifier: MIT
// The studios to restart: each one once, and every one such that it can be sent at all.
// Source: help.cpp says the form of a list to people.
// Data flow: operands or a list on standard input in, ids or what is wrong with them out.
#ifndef RESTARTCASTER_CLI_STUDIOS_HPP
#define RESTARTCASTER_CLI_STUDIOS_HPP

#include "arguments.hpp"

#include <cstdio>

/// The operands, or the list on standard input when there is none; without any studio when all that the list has is
/// comments, as the account of a run in which all went well. A studio alone is not looked at: its call says what is wrong
/// with it.
///
/// Each line of a list is one of these, a blank at its end not counted, and anything else is an error with its number:
///   nothing; a comment, which begins with a #; an id; or an id with what became of it behind a tab, as in an account,
///   so that the account of one run is the list of a second.
[[nodiscard]] std::variant<usage_error, std::vector<std::string>> studios_of(restart_arguments const& wanted);

/// Reads a file to its end; whether that was possible.
[[nodiscard]] bool read_all(std::FILE* from, std::string& to);

#endif
