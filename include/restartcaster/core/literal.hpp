// SPDX-License-Identifier: MIT
// A string literal as a template argument: the name of a described parameter or field.
// Source: C++20, [temp.arg.nontype].
// Data flow: a literal in source code in, constant text out.
#ifndef RESTARTCASTER_CORE_LITERAL_HPP
#define RESTARTCASTER_CORE_LITERAL_HPP
#pragma once

#include "text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A string literal of at most 127 bytes as a template argument. All literals have one type, because clang 14 and 15 crash
/// in the warning -Wc++98-compat about a template parameter whose own arguments are deduced.
struct literal {
    char bytes[128]{};
    std::size_t size;
    template <std::size_t N>
    consteval literal(char const (&text)[N]) noexcept
        requires(N <= sizeof bytes)
        : size(N - 1) {
        for (std::size_t i = 0; i != N; ++i) bytes[i] = text[i];
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes, size}; } // unreached: constant
};

// A loop, because every translation unit would have to compile the comparison of std::string_view.
[[nodiscard]] consteval bool same_text(char const* a, char const* b) noexcept {
    for (; *a != '\0' && *a == *b; ++a) ++b;
    return *a == *b;
}

}}} // namespace restartcaster::detail

#endif
