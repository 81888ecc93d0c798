// SPDX-License-Identifier: MIT
// The key that calls are signed with, and where it was found.
// Source: keys.cpp; docs/design.md, "Keys".
// Data flow: the arguments, the environment and the vendor's files in, credentials out.
#ifndef RESTARTCASTER_CLI_KEYS_HPP
#define RESTARTCASTER_CLI_KEYS_HPP

#include "arguments.hpp"

#include <restartcaster/hosted/credentials_text.hpp>
#include <restartcaster/hosted/key_report.hpp>

/// A key and its place. The texts are wiped at its end.
struct found_key {
    rc::credentials_text text = {};
    rc::key_report report = {};
    /// Storage: points into `text` or the environment.
    rc::credentials who = {};
};

/// Finds the key of --profile, or the first one in the vendor's order of places. A place that needs the network is asked.
/// Returns the fault in one sentence without a value; empty if a key was found.
[[nodiscard]] std::string find_key(connection_arguments const& at, found_key& to);

/// A key id that tells keys apart and is of no use to anybody: the first and last letters.
[[nodiscard]] std::string shortened(std::string_view key_id);

#endif
