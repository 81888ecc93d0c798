// SPDX-License-Identifier: MIT
// Sorts the arguments of a command into options and operands: strict, by a table, and without repeating a value.
// Source: POSIX.1-2017, "Utility Syntax Guidelines".
// Path: texts and a table of options in, their values and the operands out; arguments.cpp makes sense of them.
#ifndef RESTARTCASTER_CLI_OPTIONS_HPP
#define RESTARTCASTER_CLI_OPTIONS_HPP

#include "arguments.hpp"

#include <algorithm>

using texts = std::span<std::string_view const>;

struct option {
    std::string_view name;
    std::optional<std::string_view>* value; // or
    bool* flag = nullptr;
};

/// What an operand of the command may look like, though it begins with one `-`.
enum class operands { plain, assignments };

/// An option's name as it may be shown: one that does not look like a name is not.
inline std::string shown_name(std::string_view option) {
    bool const name = option.size() <= 32 &&
                      std::ranges::all_of(option, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    return name ? std::string(option) : "an option";
}

/// Whether somebody tries to hand over what belongs into the environment.
inline bool sounds_secret(std::string_view option) {
    std::string const lower = lowered(option);
    for (char const* const word : {"secret", "token", "access", "password", "key"})
        if (lower.find(word) != lower.npos) return true;
    return false;
}

inline usage_error unknown(std::string_view option) {
    if (sounds_secret(option))
        return {"there is no option for keys, secrets and tokens, since others can see a command line: set "
                "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, with a temporary key, "
                "ALIBABA_CLOUD_SECURITY_TOKEN"};
    return {shown_name(option) + " is not known here"};
}

/// Sorts the arguments of a command into its options and its operands.
inline std::optional<usage_error> sort(texts given, std::span<option const> known, operands kind,
                                       std::vector<std::string_view>& found) {
    bool options_over = false;
    for (std::size_t at = 0; at != given.size(); ++at) {
        std::string_view const text = given[at];
        if (options_over || text.size() < 2 || text[0] != '-') {
            found.push_back(text);
            continue;
        }
        if (text == "--") {
            options_over = true;
            continue;
        }
        std::size_t const equals = text.find('=');
        std::string_view const name = text.substr(0, equals);
        auto const match = std::ranges::find(known, name, &option::name);
        if (match == known.end()) {
            // A parameter's name may begin with a `-`.
            if (kind != operands::assignments || text[1] == '-' || equals == text.npos || sounds_secret(name))
                return unknown(name);
            found.push_back(text);
        } else if (match->flag != nullptr) {
            if (equals != text.npos) return usage_error{shown_name(name) + " takes no value"};
            *match->flag = true;
        } else if (match->value->has_value()) {
            return usage_error{shown_name(name) + " is given twice"};
        } else if (equals != text.npos) {
            *match->value = text.substr(equals + 1);
        } else if (at + 1 == given.size() || given[at + 1].starts_with("--")) {
            return usage_error{shown_name(name) + " needs a value"};
        } else {
            *match->value = given[++at];
        }
    }
    return {};
}

#endif
