// SPDX-License-Identifier: MIT
// Messages about words that are not known: which may be repeated, and which known word is nearest.
// Source: the edit distance of V. I. Levenshtein (1965).
// Data flow: a word and the known ones in, one line without secrets out.
#ifndef RESTARTCASTER_CLI_WORDS_HPP
#define RESTARTCASTER_CLI_WORDS_HPP

#include "values.hpp"

#include <span>
#include <utility>
#include <vector>

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
inline std::string unknown(std::string_view word, std::span<std::string_view const> names,
                           std::string const& quoted, std::string_view not_quoted) {
    std::string_view const meant = nearest(word, names);
    // A known name in another case, or with one letter more, is not a secret.
    bool const shown = !sounds_secret(word) && looks_like_a_name(meant.empty() ? std::string(word) : lowered(word));
    std::string text = shown ? quoted : std::string(not_quoted);
    if (!meant.empty()) text += " (did you mean " + std::string(meant) + "?)";
    return text;
}

/// The message about an option that seems to pass a credential.
inline constexpr char const* no_secret_option =
    "there is no option for keys, secrets and tokens, since others can see a command line: set "
    "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, with a temporary key, "
    "ALIBABA_CLOUD_SECURITY_TOKEN";

#endif
