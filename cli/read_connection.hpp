// SPDX-License-Identifier: MIT
// The options of every command that sends something.
// Source: read_connection.cpp.
// Data flow: declarations into the options of a command; the values checked against each other.
#ifndef RESTARTCASTER_CLI_READ_CONNECTION_HPP
#define RESTARTCASTER_CLI_READ_CONNECTION_HPP

#include "options.hpp"

void declare_connection(options& to, connection_arguments& at);
/// --json, with the sentence of the command.
void declare_json(options& to, connection_arguments& at, std::string_view text);
/// Applies the environment's defaults, and returns the fault or an empty text.
[[nodiscard]] std::string fault_of(connection_arguments& at);

inline constexpr word<signature_scheme> schemes[] = {{"rpc-1.0", signature_scheme::rpc_v1},
                                                     {"acs3", signature_scheme::acs3}};
inline constexpr word<rc::placement> placements[] = {{"get", rc::placement::get},
                                                     {"post", rc::placement::post_form},
                                                     {"post-query", rc::placement::post_query}};
inline constexpr word<rc::format> formats[] = {{"json", rc::format::json}, {"xml", rc::format::xml}};

inline constexpr char const* scheme_fault = "--signature takes rpc-1.0 or acs3";
inline constexpr char const* method_fault = "--method takes get, post or post-query";
inline constexpr char const* format_fault = "--format takes json or xml";
inline constexpr char const* endpoint_fault =
    "--endpoint takes http:// or https://, a host and perhaps :PORT, and nothing else";

#endif
