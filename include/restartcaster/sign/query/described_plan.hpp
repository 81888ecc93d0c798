// SPDX-License-Identifier: MIT
// The plan of one operation under one signature scheme.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: the description of an operation and the common parameters of a scheme in, a plan out.
#ifndef RESTARTCASTER_SIGN_QUERY_DESCRIBED_PLAN_HPP
#define RESTARTCASTER_SIGN_QUERY_DESCRIBED_PLAN_HPP
#pragma once

#include "../../message/request.hpp"
#include "lists.hpp"
#include "plan.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The parameters of an operation and of a scheme, sorted by name. Action, Version and, if the type of the options makes it a
/// constant, Format become constants.
template <class Operation, class Scheme, class Options>
[[nodiscard]] consteval auto all_entries() {
    constexpr auto described = entries_of<Operation>();
    constexpr auto common = Scheme::common_parameters;
    std::array<plan_entry, described.size() + common.size()> all{};
    for (std::size_t i = 0; i != described.size(); ++i) all[i] = described[i];
    for (std::size_t i = 0; i != common.size(); ++i) {
        plan_entry& entry = all[described.size() + i];
        entry = common[i];
        if (entry.source == value_source::action) entry.constant = Operation::description.action;
        if (entry.source == value_source::version) entry.constant = Operation::description.version;
        if (entry.source == value_source::format) entry.constant = constant_format<Options>;
        if (!entry.constant.empty()) entry.source = value_source::nothing;
    }
    return sorted_by_name(all);
}

/// The plan of one operation under one scheme.
template <class Operation, class Scheme, class Options>
struct plan_for {
    static constexpr auto entries = all_entries<Operation, Scheme, Options>();
    static_assert(check_identifier("Action", Operation::description.action).has_value() &&
                      check_identifier("Version", Operation::description.version).has_value(),
                  "restartcaster: an operation needs the name of an action and its version");
    static_assert(!name_stands_twice(entries),
                  "restartcaster: a parameter is described twice, or is one that the signature scheme sets");
    static constexpr auto plan = plan_of<entries>;
};

/// Writes the list that is the member with the source `Source` of an operation.
template <value_source Source, class Operation, class Writer>
constexpr void write_list_of(Writer& writer, Operation const& op, bool& started) noexcept {
    using described = described_at<Operation, Source>;
    auto const& list = described::value(op);
    if (!described::optional && list.empty()) writer.refuse(errc::parameter_missing, described::name);
    write_list<described::rule>(writer, nullptr, described::name, list, started);
}

}}} // namespace restartcaster::detail

#endif
