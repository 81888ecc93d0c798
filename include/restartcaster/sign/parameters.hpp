// SPDX-License-Identifier: MIT
// Parameters known only at run time, sorted by name, which is the order for signing.
// Source: protocol "Canonicalization" rule 2 (ordinal order of the raw names), RepeatList (Name.1.Key).
// Data flow: names and values in, a sorted list out; action and the functions of the schemes read the list.
#ifndef RESTARTCASTER_SIGN_PARAMETERS_HPP
#define RESTARTCASTER_SIGN_PARAMETERS_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/text.hpp"

#include <array>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One parameter. The name of a list element consists of three pieces (Name, ".1.", Key), which are never joined, so that no
/// storage is needed.
/// Storage: name and value are views, whose texts must outlive the parameter.
class parameter {
public:
    /// The largest index of a list element.
    static constexpr std::int64_t largest_index = 65535;

    constexpr parameter() noexcept = default;
    /// The parameter `name`=`value`.
    constexpr parameter(std::string_view name, std::string_view value) noexcept : value_(value), front_(name) {}
    /// The parameter `name`.`index`.`member`=`value`, or `name`.`index`=`value` if `member` is empty. An index outside 0 to
    /// largest_index makes the name empty, and parameter_list refuses an empty name. `index` has 64 bits, so that an argument
    /// of any integer type reaches this check unchanged.
    constexpr parameter(std::string_view name, std::int64_t index, std::string_view member,
                        std::string_view value) noexcept
        : value_(value) {
        if (index < 0 || index > largest_index) return;
        front_ = name;
        back_ = member;
        char digits[5]{};
        std::size_t count = 0;
        for (auto rest = static_cast<unsigned>(index); rest != 0 || count == 0; rest /= 10)
            digits[count++] = static_cast<char>('0' + rest % 10);
        middle_[middle_size_++] = '.';
        while (count != 0) middle_[middle_size_++] = digits[--count];
        if (!member.empty()) middle_[middle_size_++] = '.';
    }

    /// The raw value, before percent-encoding.
    [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }
    /// The name; for a list element, the piece before the index.
    [[nodiscard]] constexpr std::string_view front() const noexcept { return front_; }
    /// For a list element, the index with its dots, such as ".1" or ".1."; otherwise empty.
    /// Storage: a part of this object.
    [[nodiscard]] constexpr std::string_view middle() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(middle_, middle_size_);
    }
    /// For a member of a list element, the piece of the name after the index; otherwise empty.
    [[nodiscard]] constexpr std::string_view back() const noexcept { return back_; }
    /// The length of the whole name in bytes.
    [[nodiscard]] constexpr std::size_t name_size() const noexcept {
        return front_.size() + middle_size_ + back_.size();
    }

    /// Negative, zero or positive if this name sorts before, equals or sorts after the name of `other`, byte by byte.
    [[nodiscard]] constexpr int compare_name(parameter const& other) const noexcept {
        if (middle_size_ == 0 && other.middle_size_ == 0) return front_.compare(other.front_);
        std::size_t const shorter = name_size() < other.name_size() ? name_size() : other.name_size();
        for (std::size_t i = 0; i != shorter; ++i)
            if (name_byte(i) != other.name_byte(i)) return name_byte(i) < other.name_byte(i) ? -1 : 1;
        return name_size() == other.name_size() ? 0 : name_size() < other.name_size() ? -1 : 1;
    }

    /// Negative, zero or positive if this name sorts before, equals or sorts after `name`, byte by byte.
    [[nodiscard]] constexpr int compare_name(std::string_view name) const noexcept {
        return middle_size_ == 0 ? front_.compare(name) : compare_name(parameter(name, {}));
    }

private:
    [[nodiscard]] constexpr unsigned name_byte(std::size_t at) const noexcept {
        if (at < front_.size()) return detail::byte_at(front_, at);
        at -= front_.size();
        return at < middle_size_ ? detail::byte_at(middle(), at) : detail::byte_at(back_, at - middle_size_);
    }

    std::string_view value_;
    std::string_view front_;
    std::string_view back_;
    char middle_[7] = {};
    std::uint8_t middle_size_ = 0;
};

/// The parameters of a parameter_list in the order for signing, for any capacity of the list.
/// Storage: points into the list, and is valid until the list is changed or ends.
class parameters_view {
public:
    /// No parameters.
    constexpr parameters_view() noexcept = default;
    /// `size` parameters. `order` contains their indices in `unordered`, sorted by name.
    /// Storage: both arrays must outlive the view.
    constexpr parameters_view(parameter const* unordered, std::uint8_t const* order, std::size_t size) noexcept
        : unordered_(unordered), order_(order), size_(size) {}

    /// The number of parameters.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameter at position `at` in the order for signing.
    /// Requires: at < size().
    [[nodiscard]] constexpr parameter const& operator[](std::size_t at) const noexcept {
        return unordered_[order_[at]];
    }

private:
    parameter const* unordered_ = nullptr;
    std::uint8_t const* order_ = nullptr;
    std::size_t size_ = 0;
};

/// Up to N parameters, sorted by name when they are added; N is at most 255.
/// Storage: names and values are views, whose texts must outlive the list.
/// Cost: append() takes time linear in the number of parameters.
template <std::size_t N>
class parameter_list {
    static_assert(N <= 255, "restartcaster: a parameter_list holds at most 255 parameters");

public:
    /// Adds `name`=`value`. An empty value is sent and signed as `name=`.
    /// Errors: parameter_name_empty, parameter_not_utf8, parameter_duplicate, parameter_reserved (for Signature, which
    ///   signing adds), parameters_too_many; the subject is the name.
    constexpr result<void> append(borrowed_text name, borrowed_text value) noexcept {
        return insert(parameter(name, value));
    }
    /// Adds `name`.`index`=`value`, an element of a list; the service counts from 1.
    /// Errors: as for `name`=`value`, and parameter_index_out_of_range for an index outside 1 to 65535.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text value) noexcept {
        return append(name, index, std::string_view(), value);
    }
    /// Adds `name`.`index`.`member`=`value`, a member of a list element.
    /// Errors: as for `name`.`index`=`value`.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text member,
                                  borrowed_text value) noexcept {
        if (index < 1 || index > parameter::largest_index)
            return unexpected(failure{.code = errc::parameter_index_out_of_range, .subject = std::string_view(name)});
        return insert(parameter(name, index, member, value));
    }

    /// The number of parameters in the list.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameters in the order for signing, for action::parameters.
    /// Storage: points into this list.
    constexpr operator parameters_view() const& noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {unordered_.data(), order_.data(), size_};
    }
    /// Deleted: a temporary list would end before its parameters are read. Give the list a name.
    operator parameters_view() && = delete;

private:
    template <class Parameter>
    constexpr result<void> insert(Parameter const& added) noexcept {
        auto const refuse = [&added](errc code) { return unexpected(failure{.code = code, .subject = added.front()}); };
        if (added.front().empty()) return refuse(errc::parameter_name_empty);
        if (!is_utf8(added.front()) || !is_utf8(added.back()) || !is_utf8(added.value()))
            return refuse(errc::parameter_not_utf8);
        if (added.name_size() == 9 && added.front() == "Signature"sv) return refuse(errc::parameter_reserved);
        std::size_t at = size_;
        for (; at != 0; --at) {
            int const order = unordered_[order_[at - 1]].compare_name(added);
            if (order == 0) return refuse(errc::parameter_duplicate);
            if (order < 0) break;
        }
        if (size_ == N) return refuse(errc::parameters_too_many);
        for (std::size_t i = size_; i != at; --i) order_[i] = order_[i - 1];
        order_[at] = static_cast<std::uint8_t>(size_);
        unordered_[size_++] = added;
        return {};
    }

    std::array<parameter, N> unordered_{};
    std::array<std::uint8_t, N> order_{};
    std::size_t size_ = 0;
};

}} // namespace restartcaster

#endif
