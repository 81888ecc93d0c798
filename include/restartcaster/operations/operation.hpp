// SPDX-License-Identifier: MIT
// The description of an operation: its name, its version and its parameters.
// Source: docs/design.md, "Operation"; the vendor's metadata for ApsaraVideo Live.
// Data flow: an aggregate with a description in, canonical query text out.
#ifndef RESTARTCASTER_OPERATIONS_OPERATION_HPP
#define RESTARTCASTER_OPERATIONS_OPERATION_HPP
#pragma once

#include "../core/literal.hpp"
#include "../sign/canonical_query.hpp"
#include "../sign/parameter_plan.hpp"
#include "../sign/scheme_values.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The name and version of an operation.
struct operation {
    /// The name of the action, e.g. "RestartCaster".
    std::string_view action;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// Codes that mean success in a 2xx answer, in addition to OK, 200 and Success; separated by blanks, e.g.
    /// "0 Success.Ok". Most operations have none.
    std::string_view success_codes = {};
};

namespace detail {

/// The name of a parameter and the member that holds its value, both as template arguments.
template <literal Name, auto Member, bool Optional>
struct described_parameter {
    static_assert(*Name.bytes != '\0', "restartcaster: a parameter needs a name");
    static_assert(!same_text(Name.bytes, "Signature"),
                  "restartcaster: Signature is what signing makes, not a parameter");

    // unreached: constant
    [[nodiscard]] static constexpr plan_entry entry(std::size_t index) noexcept {
        return {.name = Name.view(), .constant = {}, .source = member_source(index), .optional = Optional};
    }
    template <class Operation>
    [[nodiscard]] static constexpr std::string_view const& value(Operation const& op) noexcept {
        static_assert(std::same_as<decltype(op.*Member), std::string_view const&>,
                      "restartcaster: the members that an operation describes are std::string_view");
        return op.*Member;
    }
};

} // namespace detail

/// Describes a required parameter: its name on the wire (1 to 127 bytes), and the member that holds its value.
template <detail::literal Name, auto Member>
inline constexpr detail::described_parameter<Name, Member, false> required{};

/// Describes an optional parameter: an empty member removes the parameter from the request.
template <detail::literal Name, auto Member>
inline constexpr detail::described_parameter<Name, Member, true> optional{};

/// The parameters of an operation; restart_caster is an example.
template <class... Described>
struct parameters {
    /// The number of parameters that the operation describes.
    static constexpr std::size_t size = sizeof...(Described);
    constexpr parameters() noexcept = default;
    /// Describes the parameters, each by a constant `required` or `optional`, in any order.
    constexpr explicit parameters(Described...) noexcept
        requires(size != 0)
    {}
};

/// An aggregate with a description: `static constexpr operation description`, `static constexpr parameters parameters`, and
/// `using reply`.
template <class T>
concept described_operation = requires {
    { T::description } -> std::convertible_to<operation>;
    T::parameters.size;
    typename T::reply;
};

namespace detail {

// All parameters of a request: the operation's, then the scheme's. Action, Version and, if known, Format become constants.
template <class... Described, std::size_t... Index, std::size_t Common>
[[nodiscard]] consteval auto entries_of(operation const& description, parameters<Described...>,
                                        std::index_sequence<Index...>, std::array<plan_entry, Common> const& common,
                                        std::string_view format) {
    std::array<plan_entry, sizeof...(Described) + Common> all{Described::entry(Index)...};
    for (std::size_t i = 0; i != Common; ++i) {
        auto& entry = all[sizeof...(Described) + i];
        entry = common[i];
        if (entry.source == value_source::action) entry.constant = description.action;
        if (entry.source == value_source::version) entry.constant = description.version;
        if (entry.source == value_source::format) entry.constant = format;
        if (!entry.constant.empty()) entry.source = value_source::nothing;
    }
    return all;
}

/// The plan of one operation under one scheme. The type of the options may make the format a constant of the plan.
template <described_operation Operation, class Scheme, class Options>
struct plan_for {
    static constexpr auto entries =
        sorted_by_name(entries_of(Operation::description, Operation::parameters,
                                  std::make_index_sequence<Operation::parameters.size>{}, Scheme::common_parameters,
                                  constant_format<Options>));
    static_assert(check_identifier("Action", Operation::description.action).has_value() &&
                      check_identifier("Version", Operation::description.version).has_value(),
                  "restartcaster: an operation needs the name of an action and its version");
    static_assert(!name_stands_twice(entries),
                  "restartcaster: a parameter is described twice, or is one that the signature scheme sets");
#if RESTARTCASTER_SMALL
    static constexpr auto plan = compact_bytes<plan_text_size(entries) + 2, entries>();
#else
    static constexpr auto plan = plan_of<plan_text_size(entries)>(entries);
#endif
};

#if RESTARTCASTER_SMALL

// Pointers to the values of the scheme and of all members, for follow_plan().
template <class Options, class... Described, class Operation>
[[nodiscard]] constexpr auto all_values(scheme_values const& values, std::string_view const& timestamp,
                                        parameters<Described...>, Operation const& op) noexcept {
    return values.template with<constant_format<Options>.empty()>(timestamp, Described::value(op)...);
}

#else

// The value of the operation's member with this index; `index` is a constant after inlining, so one member is read.
template <class... Described, class Operation, std::size_t... Index>
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view
member_value(parameters<Described...>, std::index_sequence<Index...>, Operation const& op, std::size_t index) noexcept {
    std::string_view value;
    ((Index == index ? void(value = Described::value(op)) : void()), ...);
    return value;
}

// Writes one step of a plan. `Step` is a constant, so the compiler makes all decisions that depend on the plan.
template <class Plan, std::size_t Step, class Operation, class Writer>
RESTARTCASTER_HOT constexpr void write_step(Operation const& op, scheme_values const& values, Writer& writer,
                                            bool& started) noexcept {
    constexpr auto step = Plan::plan.steps[Step];
    std::string_view value;
    if constexpr (is_member(step.source))
        value = member_value(Operation::parameters, std::make_index_sequence<Operation::parameters.size>{}, op,
                             static_cast<std::size_t>(step.source) - static_cast<std::size_t>(value_source::member));
    else if constexpr (step.source == value_source::token)
        value = values.token();
    if constexpr (step.optional) {
        if (value.empty()) return;
    }
    if constexpr (step.maybe_first) {
        if (started) writer.constant("&"sv, "%26"sv);
    }
    started = true;
    constexpr std::string_view once = Plan::plan.once(Step), twice = Plan::plan.twice(Step);
    constexpr std::string_view name = step.source == value_source::nothing ? ""sv : Plan::entries[step.entry].name;
    if constexpr (is_member(step.source))
        writer.identifier(once, twice, name, value);
    else
        values.write_value(plan_entry{.name = name, .constant = {}, .source = step.source}, once, twice, writer);
}

template <class Plan, class Operation, class Writer, std::size_t... Step>
RESTARTCASTER_HOT constexpr void write_steps(Operation const& op, scheme_values const& values, Writer& writer,
                                             std::index_sequence<Step...>) noexcept {
    bool started = false;
    (write_step<Plan, Step>(op, values, writer, started), ...);
}

#endif

#if !RESTARTCASTER_SMALL
template <class... Described, class Operation, class Writer, class Room>
RESTARTCASTER_HOT constexpr void refuse_overlaps(parameters<Described...>, Operation const& op, Writer& writer,
                                                 Room const& room) noexcept {
    (refuse_overlap(writer, room, Described::entry(0).name, Described::value(op)), ...);
}
#endif

/// Writes the canonical query of a described operation, after the text that `begin` writes. Returns false and writes nothing
/// if a fault is known before the first byte, for example an input that shares bytes with the room.
template <class Scheme, class Options, described_operation Operation, class Writer, class Room, class Begin>
RESTARTCASTER_HOT constexpr bool write_query(Operation const& op, scheme_values const& values, Writer& writer,
                                             Room const& room, Begin const& begin) noexcept {
    using plan = plan_for<Operation, Scheme, Options>;
#if RESTARTCASTER_SMALL
    // A loop over the compact plan takes several hundred bytes of code less than one function per step.
    std::string_view const timestamp = values.timestamp();
    auto const all = all_values<Options>(values, timestamp, Operation::parameters, op);
    follow_plan(plan::plan.data(), source_values(all.data()), writer, &room);
    if (!writer.good()) return false;
    begin();
    follow_plan(plan::plan.data(), source_values(all.data()), writer, static_cast<Room const*>(nullptr));
#else
    values.refuse_overlaps(writer, room);
    refuse_overlaps(Operation::parameters, op, writer, room);
    if (!writer.good()) return false;
    begin();
    write_steps<plan>(op, values, writer, std::make_index_sequence<plan::plan.step_count>{});
#endif
    return true;
}

} // namespace detail

}} // namespace restartcaster

#endif
