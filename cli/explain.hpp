// SPDX-License-Identifier: MIT
// Rebuilds the text that was signed, for the command `explain`.
// Source: help documents 50286 and 2593177.
// Data flow: parameters, the environment and the service's text in; our string to sign or canonical request out.
#ifndef RESTARTCASTER_CLI_EXPLAIN_HPP
#define RESTARTCASTER_CLI_EXPLAIN_HPP

#include "arguments.hpp"

#include <restartcaster/explain/explain.hpp>

/// Common parameters and headers that are not given are those of the service's text: its time and nonce, for example.
[[nodiscard]] std::variant<std::string, rc::failure> rebuilt_text(explain_arguments const& wanted, rc::service_text const& theirs);

#endif
