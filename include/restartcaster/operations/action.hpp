// SPDX-License-Identifier: MIT
// Any RPC action, with parameters that are known only at run time.
// Source: protocol "Common request parameters", "Canonicalization".
// Path: a name, a version and a parameter_list in, canonical query text out.
#ifndef RESTARTCASTER_OPERATIONS_ACTION_HPP
#define RESTARTCASTER_OPERATIONS_ACTION_HPP

#include "../read/reply.hpp"
#include "operation.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI {

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
template <class Scheme, class Writer>
constexpr void write_query(action const& call, scheme_values const& values, Writer& writer) noexcept {
    if (call.name.empty()) writer.refuse({.code = errc::parameter_missing, .subject = "Action"});
    if (call.version.empty()) writer.refuse({.code = errc::parameter_missing, .subject = "Version"});
    constexpr std::size_t common = sorted_common_parameters<Scheme>.size();
    bool started = false;
    for (std::size_t at = 0, own = 0; at != common || own != call.parameters.size();) {
        plan_entry const* const entry = at == common ? nullptr : &sorted_common_parameters<Scheme>[at];
        int order = 1; // which of the two is next
        if (own != call.parameters.size())
            order = entry == nullptr ? -1 : call.parameters[own].compare_name(parameter(entry->name, {}));
        if (order == 0) writer.refuse({.code = errc::parameter_reserved, .subject = entry->name});
        if (order > 0 && entry->optional && values.token.empty()) {
            ++at;
            continue;
        }
        if (started) writer.separator();
        started = true;
        if (order <= 0) {
            write_parameter(writer, call.parameters[own++]);
            continue;
        }
        ++at;
        writer.unreserved(entry->name);
        writer.equals();
        switch (entry->source) {
        case value_source::nothing: writer.unreserved(entry->constant); break;
        case value_source::action: writer.encoded(call.name); break;
        case value_source::version: writer.encoded(call.version); break;
        default: values.write(entry->source, {}, {}, writer); break;
        }
    }
}

} // namespace detail

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
