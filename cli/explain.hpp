// SPDX-License-Identifier: MIT
// Rebuilds the text that was signed, for the command `explain`.
// Source: help documents 50286 and 2593177.
// Data flow: parameters, the environment and the service's text in; our string to sign or canonical request out.
#ifndef RESTARTCASTER_CLI_EXPLAIN_HPP
#define RESTARTCASTER_CLI_EXPLAIN_HPP

#include "arguments.hpp"

#include <restartcaster/explain/explain.hpp>

/// Our text, and what in it was taken from the service's text because it was not given, such as its time and nonce.
struct rebuilt {
    std::string text;
    std::string taken;
};

[[nodiscard]] std::variant<rebuilt, rc::failure> rebuilt_text(explain_arguments const& wanted, rc::service_text const& theirs);

#endif
