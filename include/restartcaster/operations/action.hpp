// SPDX-License-Identifier: MIT
// Any RPC action, with a name, a version and parameters that are known at run time only.
// Source: protocol "Common request parameters", "Canonicalization".
// Data flow: a name, a version and a parameter_list in, canonical query text out.
#ifndef RESTARTCASTER_OPERATIONS_ACTION_HPP
#define RESTARTCASTER_OPERATIONS_ACTION_HPP
#pragma once

#include "../read/reply.hpp"
#include "operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A call of any action, including actions for which the library has no type.
/// Storage: views; the texts, and the parameter_list of `parameters`, must outlive the action.
struct action {
    /// The name of the action, e.g. "DescribeCasters".
    std::string_view name;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// The parameters of the action, without the parameters that the signature adds.
    parameters_view parameters = {};
    /// Further codes of success, separated by blanks; see operation::success_codes.
    std::string_view success_codes = {};
    /// The reply of an action is the body of the answer, which the program reads itself.
    using reply = body_reply;
};

namespace detail {

// In the order for signing, so that write_merged() can merge them.
template <class Scheme>
inline constexpr auto sorted_common_parameters = sorted_by_name(Scheme::common_parameters);

/// Writes the canonical query of an action, after the text that `begin` writes: the parameters of the action and of the
/// scheme, merged by name. Returns false and writes nothing if a fault is known before the first byte, for example an input
/// that shares bytes with the room.
template <class Scheme, class Options, class Writer, class Room, class Begin>
constexpr bool write_query(action const& call, scheme_values& values, Writer& writer, Room const& room,
                           Begin const& begin) noexcept {
#if RESTARTCASTER_SMALL
    std::string_view const timestamp = values.timestamp();
    auto const all = values.with(timestamp, call.name, call.version);
    for (auto const& entry : sorted_common_parameters<Scheme>)
        if (entry.source != value_source::nothing)
            refuse_overlap(writer, room, entry.name, *all[static_cast<std::size_t>(entry.source)]);
#else
    values.name(call.name, call.version);
    values.refuse_overlaps(writer, room);
#endif
    for (std::size_t i = 0; i != call.parameters.size(); ++i) {
        auto const& own = call.parameters[i];
        std::string_view const texts[]{own.front(), own.back(), own.value()};
        for (auto const& text : texts) refuse_overlap(writer, room, texts[0], text);
    }
    if (!writer.good()) return false;
    begin();
#if RESTARTCASTER_SMALL
    write_merged(sorted_common_parameters<Scheme>, call.parameters, source_values(all.data()), writer);
#else
    write_merged(sorted_common_parameters<Scheme>, call.parameters, values, writer);
#endif
    return true;
}

} // namespace detail

}} // namespace restartcaster

#endif
