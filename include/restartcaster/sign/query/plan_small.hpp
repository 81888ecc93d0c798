// SPDX-License-Identifier: MIT
// The plan of an operation in builds for size: a few bytes of constant text, followed by a loop.
// Source: docs/design.md, "The plan of an operation".
// Data flow: entries sorted by name in, one array of bytes out; values_small.hpp reads the bytes.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_SMALL_HPP
#pragma once

#include "plan_entry.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A compact plan is a sequence of pieces:
///     [source and marks][length][text, starting with '&'] ... [0][0]
/// Source and length are one byte each, and length counts the bytes of the text. The value of the source follows the text;
/// the text before a value ends with the name of the parameter and '=', the text before a list ends with the name of the
/// list. Constant parameters are part of the text of the next piece. The first piece written skips its '&'.
inline constexpr unsigned compact_optional = 0x80, compact_list = 0x40;

/// Writes the compact plan of sorted entries and returns its size in bytes; 0 if a text is longer than 255 bytes or a source
/// is larger than 6 bits.
template <std::size_t N>
constexpr std::size_t compact_plan(std::array<plan_entry, N> const& sorted, std::span<char> bytes) {
    std::size_t piece = 0, at = 2; // offsets: the start of the current piece, the end of its text
    bool fits = static_cast<std::size_t>(value_source::member) + N <= static_cast<std::size_t>(value_source::nothing);
    auto const put = [&](std::string_view text) {
        buffer_sink to(bytes.subspan(at));
        percent_encode(to, text);
        at += to.needed();
    };
    auto const end_step = [&](unsigned source) {
        fits = fits && at - piece - 2 <= 0xFF;
        bytes[piece] = static_cast<char>(static_cast<unsigned char>(source));
        bytes[piece + 1] = static_cast<char>(static_cast<unsigned char>(at - piece - 2));
        piece = at;
        at += 2;
    };
    for (plan_entry const& e : sorted) {
        if ((e.optional || e.list) && at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
        bytes[at++] = '&';
        put(e.name);
        if (!e.list) bytes[at++] = '=';
        if (e.source == value_source::nothing)
            put(e.constant);
        else
            end_step(static_cast<unsigned>(e.source) | (e.optional ? compact_optional : 0) | (e.list ? compact_list : 0));
    }
    if (at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
    bytes[piece] = bytes[piece + 1] = 0;
    return fits ? at : 0;
}

/// The compact plan in an array of its exact size.
template <auto const& Entries>
[[nodiscard]] consteval auto compact_bytes() {
    constexpr auto written = [] {
        std::array<char, plan_text_size(Entries) + 2> bytes{};
        return std::pair(compact_plan(Entries, bytes), bytes);
    }();
    static_assert(written.first != 0, "restartcaster: this operation's constant text needs RESTARTCASTER_SMALL=0");
    std::array<char, written.first> exact{};
    for (std::size_t i = 0; i != exact.size(); ++i) exact[i] = written.second[i];
    return exact;
}

template <auto const& Entries>
inline constexpr auto plan_of = compact_bytes<Entries>();

}}} // namespace restartcaster::detail

#endif
