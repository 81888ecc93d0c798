// SPDX-License-Identifier: MIT
// A text that whoever gives it must keep, for functions and members that go on looking at it.
// Source: docs/design.md, "Storage".
// Data flow: a literal, a view or a string with a name in, a view out; a temporary string is refused by the compiler.
#ifndef RESTARTCASTER_CORE_BORROWED_TEXT_HPP
#define RESTARTCASTER_CORE_BORROWED_TEXT_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// A class that is a text, but none of the standard library's views.
template <class T>
concept text_class = std::is_class_v<T> && std::is_convertible_v<T const&, std::string_view> &&
                     !std::is_base_of_v<std::string_view, T>;

/// A string that owns its bytes, such as std::string: a class that is copied byte by byte is a view instead.
template <class T>
concept text_owner = text_class<T> && !std::is_trivially_copyable_v<T>;

} // namespace detail

/// A std::string_view that cannot be made of a temporary std::string or its like.
/// Storage: the bytes stay the giver's.
class borrowed_text : public std::string_view {
public:
    constexpr borrowed_text() noexcept = default;
    constexpr borrowed_text(char const* text) noexcept : std::string_view(text) {}
    constexpr borrowed_text(char const* text, std::size_t size) noexcept : std::string_view(text, size) {}
    constexpr borrowed_text(std::string_view text) noexcept : std::string_view(text) {}
    template <detail::text_class View>
    constexpr borrowed_text(View const& text) noexcept : std::string_view(text) {}
    template <detail::text_owner String>
    constexpr borrowed_text(String const& text RESTARTCASTER_LIFETIMEBOUND) noexcept : std::string_view(text) {}
    template <detail::text_owner String>
    constexpr borrowed_text(String const&& text) noexcept : std::string_view(text) {
        static_assert(!detail::text_owner<String>,
                      "restartcaster: the bytes of a temporary string would be gone before they are read; give the "
                      "string a name, and keep it");
    }
};

}} // namespace restartcaster

#endif
