// SPDX-License-Identifier: MIT
// Sorts the arguments of a command into options and operands, by a table. Its messages never repeat a value.
// Source: POSIX.1-2017, "Utility Syntax Guidelines".
// Data flow: texts and a table of options in, their values and the operands out; arguments.cpp interprets them.
#ifndef RESTARTCASTER_CLI_OPTIONS_HPP
#define RESTARTCASTER_CLI_OPTIONS_HPP

#include "arguments.hpp"

#include <algorithm>
#include <utility>

using texts = std::span<std::string_view const>;

struct option {
    std::string_view name;
    std::optional<std::string_view>* value; // or
    bool* flag = nullptr;
};

/// Which operands of the command may begin with one `-`.
enum class operands { plain, assignments };

/// Whether a word looks like the name of a command or option. Any other word may be a secret and is not shown.
inline bool looks_like_a_name(std::string_view word) {
    return !word.empty() && word.size() <= 32 &&
           std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// Whether an argument seems to pass a credential, which belongs in the environment.
inline bool sounds_secret(std::string_view option) {
    std::string const lower = lowered(option);
    for (char const* const word : {"secret", "token", "access", "password", "key"})
        if (lower.find(word) != lower.npos) return true;
    return false;
}

/// The edit distance of two words: how many letters must be inserted, removed or changed.
inline std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t i = 0; i != row.size(); ++i) row[i] = i;
    for (std::size_t i = 0; i != one.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j != other.size(); ++j) {
            std::size_t const changed = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

/// The known name nearest to a word; empty if none is near.
inline std::string_view nearest(std::string_view word, std::span<std::string_view const> names) {
    constexpr std::size_t longest = 32, shortest = 4;
    if (word.size() > longest) return {};
    std::string const lower = lowered(word);
    std::string_view best;
    std::size_t least = 3;
    for (std::string_view const name : names) {
        bool const begun = lower.size() >= shortest && name.starts_with(lower);
        std::size_t const away = begun ? 1 : distance(lower, lowered(name));
        if (away < least && (away == 0 || name.size() >= shortest)) {
            least = away;
            best = name;
        }
    }
    return best;
}

/// The message about an unknown word: quotes the word if it may be shown, and names the nearest known one.
inline usage_error unknown(std::string_view word, std::span<std::string_view const> names,
                           std::string const& quoted, std::string_view not_quoted) {
    std::string_view const meant = nearest(word, names);
    // A known name in another case, or with one letter more, is not a secret.
    bool const shown = !sounds_secret(word) && looks_like_a_name(meant.empty() ? std::string(word) : lowered(word));
    std::string text = shown ? quoted : std::string(not_quoted);
    if (!meant.empty()) text += " (did you mean " + std::string(meant) + "?)";
    return {text};
}

inline usage_error unknown_option(std::string_view name, std::span<option const> known) {
    if (sounds_secret(name))
        return {"there is no option for keys, secrets and tokens, since others can see a command line: set "
                "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, with a temporary key, "
                "ALIBABA_CLOUD_SECURITY_TOKEN"};
    std::vector<std::string_view> names;
    for (auto const& other : known) names.push_back(other.name);
    return unknown(name, names, std::string(name) + " is not known here", "an option is not known here");
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
                return unknown_option(name, known);
            found.push_back(text);
        } else if (match->flag != nullptr) {
            if (equals != text.npos) return usage_error{std::string(name) + " takes no value"};
            *match->flag = true;
        } else if (match->value->has_value()) {
            return usage_error{std::string(name) + " is given twice"};
        } else if (equals != text.npos) {
            *match->value = text.substr(equals + 1);
        } else if (at + 1 == given.size() || given[at + 1].starts_with("--")) {
            return usage_error{std::string(name) + " needs a value"};
        } else {
            *match->value = given[++at];
        }
    }
    return {};
}

#endif
