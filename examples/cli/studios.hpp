// SPDX-License-Identifier: MIT
// The studios to restart: each one once, and every one such that it can be sent at all.
// Source: help.cpp says the form of a list to people.
// Path: operands or a list on standard input in, ids or what is wrong with them out.
#ifndef RESTARTCASTER_CLI_STUDIOS_HPP
#define RESTARTCASTER_CLI_STUDIOS_HPP

#include "arguments.hpp"

/// The operands, or the list on standard input when there is none. A studio alone is not looked
/// at: its call says what is wrong with it.
/// A list has one id a line. Empty lines and lines that begin with a # are passed over, and so is what follows a
/// tab, so that the account of one run is the list of a second.
[[nodiscard]] std::variant<usage_error, std::vector<std::string>> studios_of(restart_arguments const& wanted);

#endif
