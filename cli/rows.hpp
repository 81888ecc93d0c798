// SPDX-License-Identifier: MIT
// Studios as lines, as a table and as JSON.
// Source: command_table.cpp, which documents the columns and keys.
// Data flow: rows in, text or JSON out.
#ifndef RESTARTCASTER_CLI_ROWS_HPP
#define RESTARTCASTER_CLI_ROWS_HPP

#include "looks.hpp"

#include <nlohmann/json.hpp>

using json_object = nlohmann::ordered_json;

/// Tabs between the columns, for scripts.
[[nodiscard]] std::string line_of(studio_row const& row);
/// Columns of one width, for people. The name is the last one, because its width on a screen is not known.
[[nodiscard]] std::string table_of(std::span<studio_row const> rows);
[[nodiscard]] json_object json_of(studio_row const& row);
/// One line; bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string text_of_json(json_object const& json, int indent = -1);

#endif
