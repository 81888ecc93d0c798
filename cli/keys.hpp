// SPDX-License-Identifier: MIT
// The key that calls are signed with, and where it was found.
// Source: keys.cpp.
// Data flow: the arguments and the environment in, credentials out.
#ifndef RESTARTCASTER_CLI_KEYS_HPP
#define RESTARTCASTER_CLI_KEYS_HPP

#include "arguments.hpp"

/// Credentials and their source, such as "the environment".
/// Storage: the credentials point into the environment.
struct found_key {
    rc::credentials who;
    std::string source;
};

/// Returns the reason if no key is found.
[[nodiscard]] std::optional<rc::failure> find_key(connection_arguments const& at, found_key& to);

/// A key id that tells keys apart and is of no use to anybody: the first and last letters.
[[nodiscard]] std::string shortened(std::string_view key_id);

#endif
