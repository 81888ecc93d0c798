// SPDX-License-Identifier: MIT
// Parameters known only at run time, kept in the order in which they are signed.
// Source: protocol "Canonicalization" rule 2 (ordinal order of the raw names), RepeatList (Name.1.Key).
// Data flow: names and values in, a sorted list out; action and the stage functions read it.
#ifndef RESTARTCASTER_SIGN_PARAMETERS_HPP
#define RESTARTCASTER_SIGN_PARAMETERS_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/text.hpp"

#include <array>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One parameter. The name of a list's element is held in pieces (name, ".1", ".Key") and never put together.
class parameter {
public:
    /// The largest index of a list element.
    static constexpr std::int64_t largest_index = 65535;

    constexpr parameter() noexcept = default;
    constexpr parameter(std::string_view name, std::string_view value) noexcept : value_(value), front_(name) {}
    /// An index outside 0 to largest_index leaves it without a name, which no list takes. Every integer type of
    /// whatever width may be given: none is cut to fit.
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

    /// The value, not encoded.
    [[nodiscard]] constexpr std::string_view value() const noexcept { return value_; }
    /// The name, or its front piece where it has several.
    [[nodiscard]] constexpr std::string_view front() const noexcept { return front_; }
    /// The index with its dots, or empty.
    [[nodiscard]] constexpr std::string_view middle() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(middle_, middle_size_);
    }
    /// The name behind the index, or empty.
    [[nodiscard]] constexpr std::string_view back() const noexcept { return back_; }
    /// Bytes of the whole name.
    [[nodiscard]] constexpr std::size_t name_size() const noexcept {
        return front_.size() + middle_size_ + back_.size();
    }

    /// Negative, zero or positive as the name sorts before, with or after the other's, byte by byte.
    [[nodiscard]] constexpr int compare_name(parameter const& other) const noexcept {
        if (middle_size_ == 0 && other.middle_size_ == 0) return front_.compare(other.front_);
        std::size_t const shorter = name_size() < other.name_size() ? name_size() : other.name_size();
        for (std::size_t i = 0; i != shorter; ++i)
            if (name_byte(i) != other.name_byte(i)) return name_byte(i) < other.name_byte(i) ? -1 : 1;
        return name_size() == other.name_size() ? 0 : name_size() < other.name_size() ? -1 : 1;
    }

    /// The same against a name in one piece.
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

/// Parameters in signing order, wherever they are kept.
/// Storage: points into a parameter_list and is valid until that is changed or gone.
class parameters_view {
public:
    /// No parameters.
    constexpr parameters_view() noexcept = default;
    /// `size` parameters; `order` holds their indices in `unordered`, sorted by name.
    constexpr parameters_view(parameter const* unordered, std::uint8_t const* order, std::size_t size) noexcept
        : unordered_(unordered), order_(order), size_(size) {}

    /// How many parameters there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameter at a position in signing order, from 0 to size() - 1.
    [[nodiscard]] constexpr parameter const& operator[](std::size_t at) const noexcept {
        return unordered_[order_[at]];
    }

private:
    parameter const* unordered_ = nullptr;
    std::uint8_t const* order_ = nullptr;
    std::size_t size_ = 0;
};

/// Up to N parameters, sorted as they come in.
/// Storage: names and values are views and must outlive the list.
template <std::size_t N>
class parameter_list {
    static_assert(N <= 255, "restartcaster: a parameter_list holds at most 255 parameters");

public:
    /// Adds `name`=`value`. An empty value is sent and signed as `name=`.
    /// Errors: parameter_name_empty, parameter_not_utf8, parameter_duplicate, parameter_reserved (Signature is
    /// what signing makes), parameters_too_many; each with the name as its subject.
    constexpr result<void> append(borrowed_text name, borrowed_text value) noexcept {
        return insert(parameter(name, value));
    }
    /// Adds `name`.`index`=`value`, an element of a list; the service counts from 1.
    /// Errors: as above, and parameter_index_out_of_range for what is not 1 to 65535.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text value) noexcept {
        return append(name, index, std::string_view(), value);
    }
    /// Adds `name`.`index`.`member`=`value`, a member of a list's element.
    constexpr result<void> append(borrowed_text name, std::int64_t index, borrowed_text member,
                                  borrowed_text value) noexcept {
        if (index < 1 || index > parameter::largest_index)
            return unexpected(failure{.code = errc::parameter_index_out_of_range, .subject = std::string_view(name)});
        return insert(parameter(name, index, member, value));
    }

    /// How many parameters the list holds.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// The parameters in signing order, as an action takes them.
    constexpr operator parameters_view() const& noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {unordered_.data(), order_.data(), size_};
    }
    /// A temporary list would be gone before it is read: name it first.
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
