// SPDX-License-Identifier: MIT
// Any RPC action, with parameters that are known only at run time.
// Source: protocol "Common request parameters", "Canonicalization".
// Path: a name, a version and a parameter_list in, canonical query text out.
#ifndef RESTARTCASTER_OPERATIONS_ACTION_HPP
#define RESTARTCASTER_OPERATIONS_ACTION_HPP
#pragma once

#include "../read/reply.hpp"
#include "operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A call that has no type of its own here.
/// Storage: views; the list that `parameters` looks at must outlive the action.
struct action {
    std::string_view name;
    std::string_view version;
    parameters_view parameters = {};
    using reply = body_reply;
};

namespace detail {

template <class Scheme>
inline constexpr auto sorted_common_parameters = sorted_by_name(Scheme::common_parameters);

/// Writes the canonical query of an action: its own parameters and the scheme's, merged in order.
template <class Scheme, class Options, class Writer>
constexpr void write_query(action const& call, scheme_values& values, Writer& writer) noexcept {
#if RESTARTCASTER_SMALL
    std::string_view const timestamp = values.timestamp();
    auto const all = values.with(timestamp, call.name, call.version);
    write_merged(sorted_common_parameters<Scheme>, call.parameters, source_values(all.data()), writer);
#else
    values.name(call.name, call.version);
    write_merged(sorted_common_parameters<Scheme>, call.parameters, values, writer);
#endif
}

} // namespace detail

}} // namespace restartcaster

#endif
