// SPDX-License-Identifier: MIT
// A value or the reason why there is none; nothing is thrown.
// Source: a strict subset of std::expected (C++23, [expected.expected]), and never an alias of it, so that a
//   public function keeps its type whatever -std says.
// Data flow: every function that can fail returns one.
#ifndef RESTARTCASTER_CORE_RESULT_HPP
#define RESTARTCASTER_CORE_RESULT_HPP
#pragma once

#include "failure.hpp"

#include <type_traits>
#include <utility>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Wraps the reason on its way into a result.
template <class E>
class unexpected {
public:
    constexpr explicit unexpected(E const& reason) noexcept : reason_(reason) {}
    [[nodiscard]] constexpr E const& error() const noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }

private:
    E reason_;
};

namespace detail {

struct made_by {};
struct failed_by {};

} // namespace detail

/// A T, or an E that says why not. Ask before you look: `if (r) use(*r); else tell(r.error());`.
/// Requires: `*` and `->` only on a result that holds a value, `error()` only on one that does not.
template <class T, class E = failure>
class [[nodiscard]] result {
    // The compilers' own name of the trait: a class template fewer for every result in this library.
    static_assert(__is_trivially_copyable(T) && __is_trivially_copyable(E),
                  "restartcaster::result holds trivially copyable types only");

public:
    using value_type = T;
    using error_type = E;

    constexpr result(T const& value) noexcept : value_(value), has_value_(true) {}
    constexpr result(unexpected<E> const& reason) noexcept : reason_(reason.error()), has_value_(false) {}
    constexpr result& operator=(unexpected<E> const& reason) noexcept {
        reason_ = reason.error();
        has_value_ = false;
        return *this;
    }
    /// The value that make() returns, made in its place.
    template <class Make>
    constexpr result(detail::made_by, Make const& make) noexcept : value_(make()), has_value_(true) {}
    /// The same of the reason.
    template <class Make>
    constexpr result(detail::failed_by, Make const& make) noexcept : reason_(make()), has_value_(false) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    [[nodiscard]] constexpr T& operator*() & noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T const& operator*() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return value_; }
    [[nodiscard]] constexpr T&& operator*() && noexcept RESTARTCASTER_LIFETIMEBOUND { return static_cast<T&&>(value_); }
    [[nodiscard]] constexpr T* operator->() noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    [[nodiscard]] constexpr T const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
    [[nodiscard]] constexpr E& error() & noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    [[nodiscard]] constexpr E const& error() const& noexcept RESTARTCASTER_LIFETIMEBOUND { return reason_; }
    [[nodiscard]] constexpr T value_or(T const& other) const noexcept { return has_value_ ? value_ : other; }

    /// f(value), which returns a result itself, or this reason handed on.
    template <class F>
    constexpr auto and_then(F&& f) const {
        using next = std::remove_cvref_t<std::invoke_result_t<F, T const&>>;
        if (has_value_) return next(std::forward<F>(f)(value_));
        return next(unexpected<E>(reason_));
    }
    /// A result of f(value), or this reason handed on.
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

/// Done, or the reason why not.
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
