// SPDX-License-Identifier: MIT
// A view of text that the caller keeps alive, for functions and members that read the text later.
// Source: docs/design.md, "Storage".
// Data flow: a literal, a view or a named string in, a view out; the compiler refuses a temporary string.
#ifndef RESTARTCASTER_CORE_BORROWED_TEXT_HPP
#define RESTARTCASTER_CORE_BORROWED_TEXT_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// A class that converts to std::string_view and is neither std::string_view nor derived from it.
template <class T>
concept text_class = std::is_class_v<T> && std::is_convertible_v<T const&, std::string_view> &&
                     !std::is_base_of_v<std::string_view, T>;

/// A string that owns its bytes, such as std::string. A trivially copyable class counts as a view.
template <class T>
concept text_owner = text_class<T> && !std::is_trivially_copyable_v<T>;

} // namespace detail

/// A std::string_view that a temporary std::string, or another temporary string class, cannot convert to.
/// Storage: points into the caller's bytes, which must outlive the view.
class borrowed_text : public std::string_view {
public:
    constexpr borrowed_text() noexcept = default;
    /// The text of a literal, a C string, a view or a named string; a temporary string does not compile.
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
