// SPDX-License-Identifier: MIT
// Reads the command line: finds the command and has its options read.
// Source: arguments.hpp.
// Data flow: texts -> the command's declaration -> options.cpp -> the checked request.
#include "command_table.hpp"

namespace {

using texts = std::span<std::string_view const>;

/// Whether an option of this name has a value in one of the commands; nothing if no command knows it.
std::optional<bool> takes_value(std::string_view name) {
    if (name == "--version") return false; // before the command it is the program's
    std::optional<bool> known;
    for (command const& one : all_commands()) {
        auto const reader = one.reader();
        if (option_row const* const row = reader->declared.find(name); row != nullptr) known = !row->value.empty();
    }
    if (name == "--help" || name == "-h" || name == "-V") known = false;
    return known;
}

std::string unknown_option(std::string_view name) {
    if (sounds_secret(name)) return no_secret_option;
    std::vector<std::string> kept;
    for (command const& one : all_commands()) {
        auto const reader = one.reader();
        for (option_row const& row : reader->declared.rows())
            if (row.is_option()) kept.push_back(row.name);
    }
    std::vector<std::string_view> const names(kept.begin(), kept.end());
    return unknown(name, names, std::string(name) + " is not known here", "an option is not known here");
}

arguments without_command(texts given) {
    auto const has = [given](std::string_view one, std::string_view other) {
        return std::ranges::any_of(given, [=](std::string_view text) { return text == one || text == other; });
    };
    if (has("--help", "-h")) return help_wanted{};
    if (has("--version", "-V")) return version_wanted{};
    return usage_error{"a command is missing, such as list, status or restart"};
}

} // namespace

arguments read_arguments(texts given) {
    // Options may precede the command; the argument after an option with a value is not the command.
    std::size_t at = 0;
    for (; at != given.size() && given[at].starts_with('-') && given[at].size() > 1 && given[at] != "--"; ++at) {
        std::size_t const equals = given[at].find('=');
        std::string_view const name = given[at].substr(0, equals);
        auto const has_value = takes_value(name);
        if (!has_value) return usage_error{unknown_option(name)};
        if (*has_value && equals == name.npos && at + 1 != given.size()) ++at;
    }
    if (at == given.size()) return without_command(given);

    command const* const wanted = command_of(given[at]);
    if (wanted == nullptr) {
        std::vector<std::string_view> names;
        for (command const& one : all_commands()) names.push_back(one.name);
        return usage_error{unknown(given[at], names, "unknown command '" + std::string(given[at]) + "'",
                                   "the command is not known")};
    }
    std::vector<std::string_view> rest(given.begin(), given.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    auto const reader = wanted->reader();
    usage_error wrong;
    switch (reader->declared.parse(wanted->name, rest, wrong)) {
    case parsed::help: return help_wanted{std::string(wanted->name)};
    case parsed::version: return version_wanted{};
    case parsed::wrong: return wrong;
    case parsed::good: break;
    }
    return reader->checked();
}
