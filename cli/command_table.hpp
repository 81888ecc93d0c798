// SPDX-License-Identifier: MIT
// All commands: names, texts and options.
// Source: command_table.cpp.
// Data flow: a name in, its declaration out; arguments.cpp parses by it, help.cpp and completion.cpp print it.
#ifndef RESTARTCASTER_CLI_COMMAND_TABLE_HPP
#define RESTARTCASTER_CLI_COMMAND_TABLE_HPP

#include "options.hpp"

/// The declared options of one command, and the check of their values.
struct command_reader {
    options declared;

    virtual ~command_reader() = default;
    /// The checked request, after `declared` has parsed the arguments.
    virtual arguments checked() = 0;
};

struct command {
    std::string_view name;
    /// What stands behind the name in the usage line; several lines for several forms.
    std::string_view usage;
    /// One line.
    std::string_view summary;
    /// Paragraphs before and after the options.
    std::string_view about;
    std::string_view notes;
    std::unique_ptr<command_reader> (*reader)();
};

[[nodiscard]] std::span<command const> all_commands();
[[nodiscard]] command const* command_of(std::string_view name);

// The readers, in read_*.cpp.
std::unique_ptr<command_reader> list_reader();
std::unique_ptr<command_reader> status_reader();
std::unique_ptr<command_reader> start_reader();
std::unique_ptr<command_reader> stop_reader();
std::unique_ptr<command_reader> restart_reader();
std::unique_ptr<command_reader> wait_reader();
std::unique_ptr<command_reader> call_reader();
std::unique_ptr<command_reader> sign_reader();
std::unique_ptr<command_reader> explain_reader();
std::unique_ptr<command_reader> doctor_reader();
std::unique_ptr<command_reader> completion_reader();
std::unique_ptr<command_reader> help_reader();
std::unique_ptr<command_reader> version_reader();

/// NAME=VALUE operands as parameters; the fault if one has no '=' or passes a secret.
[[nodiscard]] std::string read_assignments(std::vector<std::string> const& operands, std::size_t first,
                                           std::vector<assignment>& to);

#endif
