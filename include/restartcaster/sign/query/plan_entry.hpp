// SPDX-License-Identifier: MIT
// The parameters of a query, in the order for signing.
// Source: protocol "Canonicalization"; docs/design.md, "The plan of an operation".
// Data flow: the names of an operation and of a scheme in, entries sorted by name out.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_ENTRY_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_ENTRY_HPP
#pragma once

#include "../../encode/percent.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The source of a step's value. member + i is the operation's i-th member. A run-time action has no members and reuses the
/// first two numbers for its name and version.
enum class value_source : std::uint8_t {
    key_id,
    token,
    nonce,
    timestamp,
    format,
    member,
    action = member,
    version,
    nothing = 0x3F,
};

// unreached: constant
template <class Source>
[[nodiscard]] constexpr bool is_member(Source source) noexcept {
    return source >= Source::member && source != Source::nothing;
}

// unreached: constant
[[nodiscard]] constexpr value_source member_source(std::size_t index) noexcept {
    return static_cast<value_source>(static_cast<std::size_t>(value_source::member) + index);
}
// unreached: constant
[[nodiscard]] constexpr std::size_t member_index(value_source source) noexcept {
    return static_cast<std::size_t>(source) - static_cast<std::size_t>(value_source::member);
}

/// One parameter of a plan. If `source` is nothing, its value is `constant`.
struct plan_entry {
    std::string_view name;
    std::string_view constant;
    value_source source = value_source::nothing;
    /// Whether an empty value removes the parameter, name and value, from the query.
    bool optional = false;
    /// Whether the value is a list, whose elements are parameters with the names `name`.1, `name`.2 and so on.
    bool list = false;
};

/// Whether one entry is sent before another. All names of a list begin with the name of the entry and a dot, so the dot
/// decides the order; the names of one list stand together.
[[nodiscard]] consteval bool sent_before(plan_entry const& one, plan_entry const& other) {
    auto const byte = [](plan_entry const& entry, std::size_t at) {
        if (at < entry.name.size()) return static_cast<int>(static_cast<unsigned char>(entry.name[at]));
        return entry.list && at == entry.name.size() ? '.' : -1;
    };
    std::size_t at = 0;
    while (byte(one, at) == byte(other, at) && byte(one, at) >= 0) ++at;
    return byte(one, at) < byte(other, at);
}

// Insertion sort: std::sort would need <algorithm>.
template <std::size_t N>
[[nodiscard]] consteval std::array<plan_entry, N> sorted_by_name(std::array<plan_entry, N> entries) {
    for (std::size_t i = 1; i < N; ++i)
        for (std::size_t at = i; at != 0 && sent_before(entries[at], entries[at - 1]); --at) {
            plan_entry const smaller = entries[at];
            entries[at] = entries[at - 1];
            entries[at - 1] = smaller;
        }
    return entries;
}

/// Whether two entries can give a parameter the same name: their names are equal, or one is a name in the list of the other.
[[nodiscard]] consteval bool names_collide(plan_entry const& one, plan_entry const& other) {
    if (one.name == other.name) return true;
    std::size_t const size = one.name.size();
    return one.list && other.name.size() > size && part(other.name, 0, size) == one.name && other.name[size] == '.';
}
template <std::size_t N>
[[nodiscard]] consteval bool name_stands_twice(std::array<plan_entry, N> const& sorted) {
    for (std::size_t i = 0; i != N; ++i)
        for (std::size_t j = 0; j != N; ++j)
            if (i != j && names_collide(sorted[i], sorted[j])) return true;
    return false;
}

/// An upper limit for the constant text of a plan, in bytes.
template <std::size_t N>
[[nodiscard]] consteval std::size_t plan_text_size(std::array<plan_entry, N> const& sorted) {
    std::size_t size = 0;
    // Both encodings together: 8 bytes for '&' and '=' (1 byte each in the first, 3 in the second), and at most 8 bytes
    // ("%XX" and "%25XX") for each byte of name and constant.
    for (plan_entry const& e : sorted) size += 8 + 8 * (e.name.size() + e.constant.size());
    return size;
}

}}} // namespace restartcaster::detail

#endif
