// SPDX-License-Identifier: MIT
// Finds a text in a list of words.
// Source: -
// Data flow: a text and a list in, an index out; for names of fields, words of codes and values of declarations.
#ifndef RESTARTCASTER_READ_WORD_LIST_HPP
#define RESTARTCASTER_READ_WORD_LIST_HPP
#pragma once

#include "../core/text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Whether the case of ASCII letters counts in a comparison.
enum class letter_case : std::uint8_t { counts, ignored };

/// The index of a text in `words` (each ends with a NUL, an empty word ends the list); the number of words if the text is not
/// one of them.
template <class Char>
[[nodiscard]] constexpr unsigned find_word(Char const* text, std::size_t size, char const* words,
                                           letter_case letters) noexcept {
    unsigned index = 0;
    for (; *words != '\0'; ++words, ++index) {
        std::size_t at = 0;
        for (; at != size && *words != '\0'; ++at, ++words)
            if (text[at] != *words && !(letters == letter_case::ignored && ascii_lower(text[at]) == ascii_lower(*words))) break;
        if (at == size && *words == '\0') break;
        while (*words != '\0')
            ++words;
    }
    return index;
}
// Passes the view as pointer and size: on a Cortex-M, a view is passed through memory.
template <class Char>
[[nodiscard]] RESTARTCASTER_THIN constexpr unsigned find_word(std::basic_string_view<Char> text, char const* words,
                                                              letter_case letters = letter_case::counts) noexcept {
    return find_word(text.data(), text.size(), words, letters);
}

}}} // namespace restartcaster::detail

#endif
