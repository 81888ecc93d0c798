// SPDX-License-Identifier: MIT
// The two kinds of queries that a scheme signs: of an operation with a description, and of an action.
// Source: protocol "Common request parameters", "Canonicalization".
// Data flow: name, version and sorted parameters in, merged with the parameters of the scheme, canonical query text out.
#ifndef RESTARTCASTER_SIGN_QUERY_QUERY_HPP
#define RESTARTCASTER_SIGN_QUERY_QUERY_HPP
#pragma once

#include "values.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// For a time that was given in a smaller unit than seconds by mistake, the number of these units in a second: 1000
/// (milliseconds), 1000000 (microseconds) or 1000000000 (nanoseconds); otherwise 0. The ranges 2^40 to 2^42 ms, 2^50 to
/// 2^52 us and 2^60 to 2^62 ns contain the years 2007 to 2109. Small builds do not call this function.
template <class Seconds>
[[nodiscard]] RESTARTCASTER_APART constexpr std::size_t parts_of_second(Seconds given) noexcept {
    std::size_t parts = 1000;
    for (unsigned shift = 40; shift <= 60; shift += 10, parts *= 1000)
        if (given >> shift >= 1 && given >> shift <= 3) return parts;
    return 0;
}

/// Records a malformed host or an out-of-range time as the request's failure, and returns the time. The text of the time is
/// unspecified if the time was out of range.
template <class Writer, class Options, class Room>
[[nodiscard]] RESTARTCASTER_HOT constexpr utc_time checked_time(Writer& writer, Options const& options,
                                                                std::int64_t utc_seconds, Room const& room) noexcept {
    if (!options.to.well_formed()) writer.refuse(errc::host_malformed, "host"sv);
    if constexpr (constant_format<Options>.empty()) refuse_overlap(writer, room, "host"sv, options.to.host());
    utc_time const time(utc_seconds);
#if RESTARTCASTER_SMALL
    if (!time.representable()) writer.refuse(errc::timestamp_out_of_range, "Timestamp"sv);
#else
    if (!utc_time::holds(utc_seconds))
        writer.refuse(errc::timestamp_out_of_range, "Timestamp"sv, parts_of_second(utc_seconds));
#endif
    return time;
}

/// Merges two sorted sequences into a query, whose order is known at run time only: the entries of the scheme, and the
/// `parameters` of the action. Refuses a parameter that the scheme sets too.
template <std::size_t N, class Writer>
constexpr void write_merged(std::array<plan_entry, N> const& entries, parameters_view parameters, action_values const& values,
                            Writer& writer) noexcept {
    bool started = false;
    std::size_t next = 0;
    for (auto const& entry : entries) {
        for (; next != parameters.size(); ++next) {
            int const order = parameters[next].compare_name(entry.name);
            if (order > 0) break;
            if (order == 0) writer.refuse(errc::parameter_reserved, entry.name);
            write_parameter(writer, parameters[next], started);
        }
        if (entry.optional && values.token().empty()) continue; // the token is the only optional entry
        write_name(writer, entry.name, started);
        if (entry.source == value_source::nothing)
            writer.field("="sv, "%3D"sv, entry.constant);
        else
            values.write_value(entry, "="sv, "%3D"sv, writer);
    }
    for (; next != parameters.size(); ++next) write_parameter(writer, parameters[next], started);
}

// In the order for signing, so that write_merged() can merge them.
template <class Scheme>
inline constexpr auto sorted_common_parameters = sorted_by_name(Scheme::common_parameters);

/// The query of an action. described_query has the same functions.
struct listed_query {
    /// Whether action and version are known at run time only, so that the scheme has to check them.
    static constexpr bool has_unchecked_names = true;

    std::string_view const& action;
    std::string_view const& version;
    parameters_view parameters;

    /// Writes the canonical query, after the text that `begin` writes: the parameters of the action and of the scheme, merged
    /// by name. Returns false and writes nothing if a fault is known before the first byte, for example an input that shares
    /// bytes with the room.
    template <class Scheme, class Writer, class Room, class Begin>
    constexpr bool write_to(scheme_values const& scheme, Writer& writer, Room const& room, Begin const& begin) const noexcept {
        auto const& entries = sorted_common_parameters<Scheme>;
        action_values const values(scheme, action, version);
        values.refuse_overlaps(entries, writer, room);
        for (std::size_t i = 0; i != parameters.size(); ++i) {
            auto const& parameter = parameters[i];
            std::string_view const texts[]{parameter.front(), parameter.back(), parameter.value()};
            for (auto const& text : texts) refuse_overlap(writer, room, texts[0], text);
        }
        if (!writer.good()) return false;
        begin();
        write_merged(entries, parameters, values, writer);
        return true;
    }
};

/// The query of an operation with a description. Action and version are constants, which plan_for checks.
template <class Operation, class Options>
struct described_query {
    static constexpr bool has_unchecked_names = false;
    static constexpr std::string_view action = Operation::description.action;
    static constexpr std::string_view version = Operation::description.version;

    Operation const& op;

    template <class Scheme, class Writer, class Room, class Begin>
    RESTARTCASTER_HOT constexpr bool write_to(scheme_values const& scheme, Writer& writer, Room const& room,
                                           Begin const& begin) const noexcept {
        return write_described<Scheme, Options>(op, scheme, writer, room, begin);
    }
};

}}} // namespace restartcaster::detail

#endif
