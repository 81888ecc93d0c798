// SPDX-License-Identifier: MIT
// A list in a typed reply, without a heap: the elements are packed in the body of the answer.
// Source: docs/design.md, "Typed replies"; LEB128: DWARF 5, section 7.6.
// Data flow: read_reply packs the elements; a program iterates over them.
#ifndef RESTARTCASTER_READ_LIST_HPP
#define RESTARTCASTER_READ_LIST_HPP
#pragma once

#include "../core/number.hpp"
#include "reply_table.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

template <class T>
class list;

namespace detail {

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<list<T>> = true;

[[nodiscard]] RESTARTCASTER_HOT constexpr unsigned unpack_byte(char const*& at) noexcept {
    return static_cast<unsigned char>(*at++);
}
[[nodiscard]] constexpr std::uint64_t unpack_long_bits(std::uint64_t bits, char const*& at) noexcept {
    bits &= 0x7F;
    for (unsigned shift = 7;; shift += 7) {
        unsigned const byte = unpack_byte(at);
        bits |= std::uint64_t{byte & 0x7F} << shift;
        if (byte < 0x80) return bits;
    }
}
[[nodiscard]] RESTARTCASTER_HOT constexpr std::uint64_t unpack_bits(char const*& at) noexcept {
    unsigned const byte = unpack_byte(at);
    return byte < 0x80 ? byte : unpack_long_bits(byte, at);
}
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view unpack_bytes(char const*& at, std::size_t size) noexcept {
    std::string_view const text = text_at(at, size);
    at += size;
    return text;
}

// unpack_value() reads the value of a field into the member of a program. An integer that the type of the member cannot hold
// is absent: the member gets the value `absent`.
RESTARTCASTER_HOT constexpr void unpack_value(std::string_view& to, std::string_view const&, char const*& at) noexcept {
    std::size_t const size = static_cast<std::size_t>(unpack_bits(at));
    to = unpack_bytes(at, size);
}
RESTARTCASTER_HOT constexpr void unpack_value(number& to, number const&, char const*& at) noexcept {
    std::uint64_t const bits = unpack_bits(at);
    to = static_cast<std::int64_t>(bits >> 1 ^ (0 - (bits & 1)));
}
RESTARTCASTER_HOT constexpr void unpack_value(boolean& to, boolean const&, char const*& at) noexcept {
    to = unpack_byte(at) != 0;
}
RESTARTCASTER_HOT constexpr void unpack_value(bool& to, bool const&, char const*& at) noexcept {
    to = unpack_byte(at) != 0;
}
template <class Integer>
RESTARTCASTER_HOT constexpr void unpack_value(Integer& to, Integer const& absent, char const*& at) noexcept {
    number whole;
    unpack_value(whole, {}, at);
    to = static_cast<Integer>(whole.value());
    bool const fits = static_cast<std::int64_t>(to) == whole.value() && (to < Integer{}) == (whole.value() < 0);
    if (!fits) to = absent;
}
template <class T>
constexpr void unpack_value(list<T>& to, list<T> const&, char const*& at) noexcept;

template <class Record>
[[nodiscard]] constexpr char const* unpack_record(Record& to, char const* at) noexcept; // in fields.hpp

// A constant to copy from: gcc 12 writes a temporary with a slow string instruction.
template <class T>
inline constexpr T fresh{};

// Reads one element of a list, which is not the end of the list, into a fresh object.
template <class T>
RESTARTCASTER_HOT constexpr void unpack_element(T& to, char const*& at) noexcept {
    std::size_t const mark = static_cast<std::size_t>(unpack_bits(at));
    if constexpr (std::is_same_v<T, std::string_view>) {
        if (mark != element_absent) to = unpack_bytes(at, mark - element_present);
    } else if constexpr (std::is_same_v<T, number> || std::is_same_v<T, boolean>) {
        if (mark != element_absent) unpack_value(to, {}, at);
    } else {
        at = unpack_record(to, at);
    }
}

} // namespace detail

/// A list of a typed reply: of std::string_view, of number, of boolean, or of a struct with described fields. A list that is
/// missing in the answer is empty.
/// Storage: points into the response's body, as do the texts of its elements; the list owns nothing and is cheap to copy.
/// Cost: no allocation; an iteration over the list cannot fail and parses no JSON or XML.
template <class T>
class list {
public:
    /// The type of an element.
    using value_type = T;

    /// The end of every list.
    struct sentinel {};
    /// Goes from element to element. An element is a copy, so that it stays valid while the body does.
    class iterator {
    public:
        /// What std::input_iterator asks for.
        using value_type = T;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        /// The element.
        [[nodiscard]] constexpr T operator*() const noexcept { return value_; }
        [[nodiscard]] constexpr T const* operator->() const noexcept RESTARTCASTER_LIFETIMEBOUND { return &value_; }
        /// Goes to the next element.
        constexpr iterator& operator++() noexcept {
            take_next();
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator const before = *this;
            take_next();
            return before;
        }
        /// Whether the end is reached.
        [[nodiscard]] friend constexpr bool operator==(iterator const& at, sentinel) noexcept { return at.next_ == nullptr; }

    private:
        friend list;
        constexpr explicit iterator(char const* first) noexcept : next_(first) {
            if (first != nullptr) take_next();
        }
        RESTARTCASTER_HOT constexpr void take_next() noexcept {
            if (*next_ == static_cast<char>(detail::list_end)) {
                next_ = nullptr;
            } else {
                value_ = detail::fresh<T>;
                detail::unpack_element(value_, next_);
            }
        }

        char const* next_ = nullptr; // the element after this one; null after the last element
        T value_{};
    };

    constexpr list() noexcept = default;
    /// The first element, and the end.
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(first_); }
    [[nodiscard]] constexpr sentinel end() const noexcept { return {}; }
    /// Whether the list has no element.
    [[nodiscard]] constexpr bool empty() const noexcept { return first_ == nullptr; }
    /// The number of elements.
    /// Cost: an iteration over the list.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        for (iterator each = begin(); each != end(); ++each)
            ++count;
        return count;
    }

private:
    friend constexpr void detail::unpack_value<T>(list&, list const&, char const*&) noexcept;
    char const* first_ = nullptr;
};

namespace detail {

template <class T>
constexpr void unpack_value(list<T>& to, list<T> const&, char const*& at) noexcept {
    to.first_ = *at == static_cast<char>(list_end) ? nullptr : at;
    T ignored{};
    while (*at != static_cast<char>(list_end))
        unpack_element(ignored, at);
    ++at;
}

} // namespace detail

}} // namespace restartcaster

#endif
