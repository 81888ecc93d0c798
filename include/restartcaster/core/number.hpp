// SPDX-License-Identifier: MIT
// Numbers and Booleans that may be absent, as members of requests and replies; decimal digits.
// Source: docs/design.md, "Operation"; the types Integer, Long and Boolean of the vendor's metadata.
// Data flow: a program sets a member, signing writes its digits; an answer's digits become a member.
#ifndef RESTARTCASTER_CORE_NUMBER_HPP
#define RESTARTCASTER_CORE_NUMBER_HPP
#pragma once

#include "text.hpp"

#include <cstdint>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The integer types whose values a 64-bit signed number holds without loss; bool is excluded, because it is no number.
template <class T>
concept small_enough_integer = std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                               (sizeof(T) < sizeof(std::int64_t) || std::is_signed_v<T>);

} // namespace detail

/// A 64-bit integer that may be absent. An absent number of a request is not sent.
class number {
public:
    /// An absent number.
    constexpr number() noexcept = default;
    /// A number. An unsigned type of 64 bits is a compile error, because its values may not fit.
    template <detail::small_enough_integer T>
    constexpr number(T value) noexcept : value_(value), has_value_(true) {}

    /// Whether the number is present.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    /// The number; 0 if it is absent.
    [[nodiscard]] constexpr std::int64_t value() const noexcept { return value_; }
    /// The number, or `otherwise` if it is absent.
    [[nodiscard]] constexpr std::int64_t value_or(std::int64_t otherwise) const noexcept {
        return has_value_ ? value_ : otherwise;
    }
    /// Whether both are absent, or both are present and equal.
    [[nodiscard]] friend constexpr bool operator==(number const&, number const&) noexcept = default;

private:
    std::int64_t value_ = 0;
    bool has_value_ = false;
};

/// A Boolean that may be absent. An absent Boolean of a request is not sent.
class boolean {
public:
    /// An absent Boolean.
    constexpr boolean() noexcept = default;
    /// True or false. A pointer or a number is a compile error.
    template <class T>
    constexpr boolean(T value) noexcept
        requires(std::is_same_v<T, bool>)
        : value_(value), has_value_(true) {}

    /// Whether the Boolean is present.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    /// The Boolean; false if it is absent.
    [[nodiscard]] constexpr bool value() const noexcept { return value_; }
    /// The Boolean, or `otherwise` if it is absent.
    [[nodiscard]] constexpr bool value_or(bool otherwise) const noexcept { return has_value_ ? value_ : otherwise; }
    /// Whether both are absent, or both are present and equal.
    [[nodiscard]] friend constexpr bool operator==(boolean const&, boolean const&) noexcept = default;

private:
    bool value_ = false;
    bool has_value_ = false;
};

namespace detail {

/// The decimal digits of a number, with '-' before a negative one.
class decimal_text {
public:
    constexpr explicit decimal_text(std::uint64_t magnitude, bool negative = false) noexcept {
        do
            bytes_[--begin_] = static_cast<char>('0' + magnitude % 10);
        while ((magnitude /= 10) != 0);
        if (negative) bytes_[--begin_] = '-';
    }
    /// Storage: points into this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return text_at(bytes_ + begin_, sizeof bytes_ - begin_);
    }

private:
    char bytes_[20]{}; // 2^64 - 1 and -2^63 have 20 characters
    std::uint8_t begin_ = sizeof bytes_;
};

/// The digits of any integer.
template <class Integer>
[[nodiscard]] constexpr decimal_text decimal(Integer value) noexcept {
    bool const negative = value < Integer{};
    auto const bits = static_cast<std::uint64_t>(value);
    return decimal_text(negative ? 0 - bits : bits, negative);
}

} // namespace detail

}} // namespace restartcaster

#endif
