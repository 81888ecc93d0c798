// SPDX-License-Identifier: MIT
// Converts a result to a std::expected, for programs in C++23.
// Source: C++23, [expected.expected].
// Data flow: a result of this library in, a std::expected with the same value or reason out.
#ifndef RESTARTCASTER_HOSTED_TO_EXPECTED_HPP
#define RESTARTCASTER_HOSTED_TO_EXPECTED_HPP
#pragma once

#include "../core/result.hpp"

#if __has_include(<version>)
#include <version>
#endif
#ifdef __cpp_lib_expected
#include <expected>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The value of a result, or its reason, as a std::expected. Without a standard library of C++23 this header declares nothing.
/// Storage: a copy; texts still point where the result's texts point.
template <class T, class E>
[[nodiscard]] constexpr std::expected<T, E> to_expected(result<T, E> const& from) noexcept {
    if (!from) return std::unexpected<E>(from.error());
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return *from;
}

}} // namespace restartcaster

#endif

#endif
