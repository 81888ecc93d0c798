// SPDX-License-Identifier: MIT
// The order and the constant text of a query, computed at compile time.
// Source: protocol "Canonicalization"; docs/design.md, "The plan of an operation".
// Data flow: the names of an operation and of a scheme in, a list of steps out: constant text, then one value.
#ifndef RESTARTCASTER_SIGN_PARAMETER_PLAN_HPP
#define RESTARTCASTER_SIGN_PARAMETER_PLAN_HPP
#pragma once

#include "../encode/percent.hpp"

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
    nothing = 0x7F,
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

/// One parameter of a plan. If `source` is nothing, its value is `constant`.
struct plan_entry {
    std::string_view name;
    std::string_view constant;
    value_source source = value_source::nothing;
    /// Whether an empty value removes the parameter, name and value, from the query.
    bool optional = false;
};

#if RESTARTCASTER_SMALL

/// A compact plan is a sequence of pieces:
///     [source, 0x80 if optional][length][text, starting with '&'] ... [0][0]
/// Source and length are one byte each, and length counts the bytes of the text. The value of the source follows the text.
/// Constant parameters are part of the text of the next piece. The first piece written skips its '&'.
inline constexpr unsigned compact_optional = 0x80;

/// Writes the compact plan of sorted entries and returns its size in bytes; 0 if a text is longer than 255 bytes or a source
/// is larger than 7 bits.
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
        if (e.optional && at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
        bytes[at++] = '&';
        put(e.name);
        bytes[at++] = '=';
        if (e.source == value_source::nothing)
            put(e.constant);
        else
            end_step(static_cast<unsigned>(e.source) | (e.optional ? compact_optional : 0));
    }
    if (at != piece + 2) end_step(static_cast<unsigned>(value_source::nothing));
    bytes[piece] = bytes[piece + 1] = 0;
    return fits ? at : 0;
}

/// The compact plan of sorted entries. `Room` is an upper limit of its size in bytes.
template <std::size_t Room, auto const& Sorted>
[[nodiscard]] consteval auto compact_bytes() {
    constexpr auto written = [] {
        std::array<char, Room> bytes{};
        return std::pair(compact_plan(Sorted, bytes), bytes);
    }();
    static_assert(written.first != 0, "restartcaster: this operation's constant text needs RESTARTCASTER_SMALL=0");
    std::array<char, written.first> exact{};
    for (std::size_t i = 0; i != exact.size(); ++i) exact[i] = written.second[i];
    return exact;
}

#endif

/// One step: constant text, as two ranges of parameter_plan::text (bytes), then the value of a source.
struct plan_step {
    std::uint16_t once_begin = 0, once_size = 0, twice_begin = 0, twice_size = 0;
    std::uint16_t entry = 0;
    value_source source = value_source::nothing;
    bool optional = false;
    /// Whether parameters precede this step and all of them are optional. The text then has no '&' at its start; the '&' is
    /// written at run time if any of these parameters was written.
    bool maybe_first = false;
};

/// The steps that write entries sorted by name. Neighbouring constant text is joined into one step; the text of an optional
/// parameter is a step of its own, because it may be skipped.
template <std::size_t Entries, std::size_t Text>
struct parameter_plan {
    std::array<plan_step, 2 * Entries + 1> steps{};
    std::size_t step_count = 0;
    std::array<char, Text> text{};

    /// The constant text of step i, in the canonical query and in the canonical query percent-encoded again.
    [[nodiscard]] constexpr std::string_view once(std::size_t i) const noexcept {
        return {text.data() + steps[i].once_begin, steps[i].once_size};
    }
    [[nodiscard]] constexpr std::string_view twice(std::size_t i) const noexcept {
        return {text.data() + steps[i].twice_begin, steps[i].twice_size};
    }
};

// Insertion sort: std::sort would need <algorithm>.
template <std::size_t N>
[[nodiscard]] consteval std::array<plan_entry, N> sorted_by_name(std::array<plan_entry, N> entries) {
    for (std::size_t i = 1; i < N; ++i)
        for (std::size_t at = i; at != 0 && entries[at].name < entries[at - 1].name; --at) {
            plan_entry const smaller = entries[at];
            entries[at] = entries[at - 1];
            entries[at - 1] = smaller;
        }
    return entries;
}

/// Whether two of the entries, which are sorted by name, have one name.
template <std::size_t N>
[[nodiscard]] consteval bool name_stands_twice(std::array<plan_entry, N> const& sorted) {
    for (std::size_t i = 1; i < N; ++i)
        if (sorted[i].name == sorted[i - 1].name) return true;
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

/// Appends a text to `once` percent-encoded once, and to `twice` percent-encoded twice.
template <class Sink>
consteval void percent_encode_both(Sink& once, Sink& twice, std::string_view text) {
    std::size_t const start = once.needed();
    percent_encode(once, text);
    percent_encode(twice, part(once.written(), start));
}

/// Computes the plan of sorted entries. One array holds the texts of both encodings, alternating step by step.
template <std::size_t Text, std::size_t N>
[[nodiscard]] consteval parameter_plan<N, Text> plan_of(std::array<plan_entry, N> const& sorted) {
    parameter_plan<N, Text> plan;
    std::array<char, Text> once_bytes{}, twice_bytes{};
    std::size_t used = 0;
    buffer_sink once(once_bytes), twice(twice_bytes);
    std::size_t once_start = 0, twice_start = 0;
    bool pending_maybe_first = false;

    auto const both = [&](std::string_view for_once, std::string_view for_twice) {
        once.append(for_once);
        twice.append(for_twice);
    };
    auto const end_step = [&](std::size_t entry, value_source source, bool optional) {
        auto& step = plan.steps[plan.step_count++];
        step.entry = static_cast<std::uint16_t>(entry);
        step.source = source;
        step.optional = optional;
        step.maybe_first = pending_maybe_first;
        pending_maybe_first = false;
        step.once_begin = static_cast<std::uint16_t>(used);
        step.once_size = static_cast<std::uint16_t>(once.needed() - once_start);
        for (; once_start != once.needed(); ++once_start) plan.text[used++] = once_bytes[once_start];
        step.twice_begin = static_cast<std::uint16_t>(used);
        step.twice_size = static_cast<std::uint16_t>(twice.needed() - twice_start);
        for (; twice_start != twice.needed(); ++twice_start) plan.text[used++] = twice_bytes[twice_start];
    };

    bool certain = false; // a required parameter precedes
    for (std::size_t i = 0; i != N; ++i) {
        auto const& e = sorted[i];
        if (e.optional && once.needed() != once_start) end_step(i, value_source::nothing, false);
        if (certain)
            both("&"sv, "%26"sv);
        else
            pending_maybe_first = i != 0;
        percent_encode_both(once, twice, e.name);
        both("="sv, "%3D"sv);
        if (e.source == value_source::nothing)
            percent_encode_both(once, twice, e.constant);
        else
            end_step(i, e.source, e.optional);
        certain = certain || !e.optional;
    }
    if (once.needed() != once_start) end_step(N, value_source::nothing, false);
    return plan;
}

}}} // namespace restartcaster::detail

#endif
