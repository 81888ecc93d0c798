// SPDX-License-Identifier: MIT
// The plan of an operation in builds for speed: steps that are compile-time constants.
// Source: docs/design.md, "The plan of an operation".
// Data flow: entries sorted by name in, steps and their constant text in add_constant encodings out; values_fast.hpp follows them.
#ifndef RESTARTCASTER_SIGN_QUERY_PLAN_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_PLAN_FAST_HPP
#pragma once

#include "plan_entry.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// One step: constant text, as two ranges of parameter_plan::text (bytes), then the value of a source.
struct plan_step {
    std::uint16_t once_begin = 0, once_size = 0, twice_begin = 0, twice_size = 0;
    std::uint16_t entry = 0;
    value_source source = value_source::nothing;
    bool optional = false;
    bool list = false;
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

/// Appends a text to `once` percent-encoded once, and to `twice` percent-encoded twice.
template <class Sink>
consteval void percent_encode_both(Sink& once, Sink& twice, std::string_view text) {
    std::size_t const start = once.needed();
    percent_encode(once, text);
    percent_encode(twice, part(once.written(), start));
}

/// Computes the plan of sorted entries. One array holds the texts of add_constant encodings, alternating step by step.
template <std::size_t Text, std::size_t N>
[[nodiscard]] consteval parameter_plan<N, Text> steps_of(std::array<plan_entry, N> const& sorted) {
    parameter_plan<N, Text> plan;
    std::array<char, Text> once_bytes{}, twice_bytes{};
    std::size_t used = 0;
    buffer_sink once(once_bytes), twice(twice_bytes);
    std::size_t once_start = 0, twice_start = 0;
    bool pending_maybe_first = false;

    auto const add_constant = [&](std::string_view for_once, std::string_view for_twice) {
        once.append(for_once);
        twice.append(for_twice);
    };
    auto const end_step = [&](std::size_t entry, plan_entry const& e) {
        auto& step = plan.steps[plan.step_count++];
        step.entry = static_cast<std::uint16_t>(entry);
        step.source = e.source;
        step.optional = e.optional;
        step.list = e.list;
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
        if ((e.optional || e.list) && once.needed() != once_start) end_step(i, {});
        if (e.list) { // the names of the elements are written at run time
            end_step(i, e);
            certain = certain || !e.optional;
            continue;
        }
        if (certain)
            add_constant("&"sv, "%26"sv);
        else
            pending_maybe_first = i != 0;
        percent_encode_both(once, twice, e.name);
        add_constant("="sv, "%3D"sv);
        if (e.source == value_source::nothing)
            percent_encode_both(once, twice, e.constant);
        else
            end_step(i, e);
        certain = certain || !e.optional;
    }
    if (once.needed() != once_start) end_step(N, {});
    return plan;
}

template <auto const& Entries>
inline constexpr auto plan_of = steps_of<plan_text_size(Entries)>(Entries);

}}} // namespace restartcaster::detail

#endif
