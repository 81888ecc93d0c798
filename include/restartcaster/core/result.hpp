// SPDX-License-Identifier: MIT
// A value, or the reason of the failure; without exceptions.
// Source: a strict subset of std::expected (C++23, [expected.expected]). Never an alias of std::expected, so that the
//   type of a public function is the same under every -std option.
// Data flow: every function that can fail returns a result.
#ifndef RESTARTCASTER_CORE_RESULT_HPP
#define RESTARTCASTER_CORE_RESULT_HPP
#pragma once

#include "failure.hpp"

#include <type_traits>
#include <utility>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Wraps the reason of a failure, to be converted into a result.
template <class E>
class unexpected {
public:
    /// Holds a copy of `reason`; error() returns the copy.
    constexpr explicit unexpected(E const& reason) noexcept : reason_(reason) {}
    [[nodiscard]] constexpr E const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }

private:
    E reason_;
};

namespace detail {

struct made_by {};
struct failed_by {};

} // namespace detail

/// A value of type T, or a reason of type E. Test first: `if (r) use(*r); else tell(r.error());`.
/// Requires: `*` and `->` on a result with a value only, `error()` on a result without a value only.
template <class T, class E = failure>
class [[nodiscard]] result {
    // The compiler built-in, not std::is_trivially_copyable: one class template fewer to compile for every result.
    static_assert(__is_trivially_copyable(T) && __is_trivially_copyable(E),
                  "restartcaster::result holds trivially copyable types only");

public:
    /// The types T and E.
    using value_type = T;
    using error_type = E;

    /// A copy of a value, or of a reason.
    constexpr result(T const& value) noexcept : value_(value), has_value_(true) {}
    constexpr result(unexpected<E> const& reason) noexcept : reason_(reason.error()), has_value_(false) {}
    /// Replaces the value or reason by a copy of `reason`.
    constexpr result& operator=(unexpected<E> const& reason) noexcept {
        reason_ = reason.error();
        has_value_ = false;
        return *this;
    }
    /// The value that make() returns, constructed in place.
    template <class Make>
    constexpr result(detail::made_by, Make const& make) noexcept : value_(make()), has_value_(true) {}
    /// The reason that make() returns, constructed in place.
    template <class Make>
    constexpr result(detail::failed_by, Make const& make) noexcept : reason_(make()), has_value_(false) {}

    /// Whether the result holds a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    /// The value.
    [[nodiscard]] constexpr T& operator*() & noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T const& operator*() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept RESTARTCASTER_LIFETIMEBOUND { return static_cast<T&&>(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    [[nodiscard]] constexpr T const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    /// The reason.
    [[nodiscard]] constexpr E& error() & noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    [[nodiscard]] constexpr E const& error() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    /// The value, or `other` if there is none.
    [[nodiscard]] constexpr T value_or(T const& other) const noexcept { return has_value_ ? value_ : other; }

    /// The result that f(value) returns, or a result with the same reason.
    template <class F>
    constexpr auto and_then(F&& f) const {
        using next = std::remove_cvref_t<std::invoke_result_t<F, T const&>>;
        if (has_value_) return next(std::forward<F>(f)(value_));
        return next(unexpected<E>(reason_));
    }
    /// A result that holds f(value), or a result with the same reason.
    template <class F>
    constexpr auto transform(F&& f) const {
        using next = result<std::invoke_result_t<F, T const&>, E>;
        if (has_value_) return next(std::forward<F>(f)(value_));
        return next(unexpected<E>(reason_));
    }

private:
    union {
        T value_;
        E reason_;
    };
    bool has_value_;
};

/// Success without a value, or a reason of type E.
template <class E>
class [[nodiscard]] result<void, E> {
public:
    using value_type = void;
    using error_type = E;

    constexpr result() noexcept : reason_{}, has_value_(true) {}
    constexpr result(unexpected<E> const& reason) noexcept : reason_(reason.error()), has_value_(false) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    [[nodiscard]] constexpr E const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }

private:
    E reason_;
    bool has_value_;
};

}} // namespace restartcaster

#endif
