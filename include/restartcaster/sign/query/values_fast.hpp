// SPDX-License-Identifier: MIT
// Follows the plan of an operation in builds for speed: one inlined function for each step.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: steps and values in, text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_FAST_HPP
#pragma once

#include "../../core/utc_time.hpp"
#include "described_plan.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view key_id, std::string_view token, std::string_view nonce, format answer,
                            utc_time const& timestamp) noexcept
        : key_id_(key_id), token_(token), nonce_(nonce), answer_(answer), timestamp_(&timestamp) {}

    [[nodiscard]] constexpr std::string_view token() const noexcept { return token_; }
    template <class Writer, class Room>
    RESTARTCASTER_HOT constexpr void refuse_overlaps(Writer& writer, Room const& room) const noexcept {
        refuse_overlap(writer, room, "AccessKeyId"sv, key_id_);
        refuse_overlap(writer, room, "SecurityToken"sv, token_);
        refuse_overlap(writer, room, "SignatureNonce"sv, nonce_);
    }

    /// Writes constant text, then the value of an entry of the scheme.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                                 Writer& writer) const noexcept {
        switch (entry.source) {
        case value_source::key_id: return void(writer.field(once, twice, key_id_));
        case value_source::token: return void(writer.field(once, twice, token_));
        case value_source::nonce: return writer.checked(once, twice, entry.name, nonce_);
        case value_source::format:
            writer.constant(once, twice);
            return writer.unreserved(text(answer_));
        case value_source::timestamp: return writer.time(once, twice, *timestamp_);
        default: return writer.constant(once, twice);
        }
    }

private:
    std::string_view key_id_;
    std::string_view token_;
    std::string_view nonce_;
    format answer_ = format::json;
    utc_time const* timestamp_ = nullptr;
};

class action_values : public scheme_values {
public:
    constexpr action_values(scheme_values const& scheme, std::string_view const& action,
                            std::string_view const& version) noexcept
        : scheme_values(scheme), action_(action), version_(version) {}

    template <class Entries, class Writer, class Room>
    constexpr void refuse_overlaps(Entries const&, Writer& writer, Room const& room) const noexcept {
        scheme_values::refuse_overlaps(writer, room);
        refuse_overlap(writer, room, "Action"sv, action_);
        refuse_overlap(writer, room, "Version"sv, version_);
    }
    template <class Writer>
    constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                               Writer& writer) const noexcept {
        switch (entry.source) {
        case value_source::action: return writer.checked(once, twice, entry.name, action_);
        case value_source::version: return writer.checked(once, twice, entry.name, version_);
        default: return scheme_values::write_value(entry, once, twice, writer);
        }
    }

private:
    std::string_view action_;
    std::string_view version_;
};

[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view view_of(std::string_view text) noexcept { return text; }
[[nodiscard]] constexpr std::string_view view_of(converted_text const& text RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return text.view();
}

// The value of a step as a std::string_view or a converted_text; an empty text for values that cannot be absent.
template <value_source Source, class Operation>
[[nodiscard]] RESTARTCASTER_HOT constexpr auto value_of(Operation const& op, scheme_values const& values) noexcept {
    if constexpr (is_member(Source)) {
        auto const& value = described_at<Operation, Source>::value(op);
        if constexpr (is_text<std::remove_cvref_t<decltype(value)>>)
            return value;
        else
            return converted_text(value);
    } else if constexpr (Source == value_source::token) {
        return values.token();
    } else {
        return std::string_view();
    }
}

// Writes one step of a plan. `Step` is a constant, so the compiler makes all decisions that depend on the plan.
template <class Plan, std::size_t Step, class Operation, class Writer>
RESTARTCASTER_HOT constexpr void write_step(Operation const& op, scheme_values const& values, Writer& writer,
                                            bool& started) noexcept {
    constexpr auto step = Plan::plan.steps[Step];
    if constexpr (step.list) {
        write_list_of<step.source>(writer, op, started);
    } else {
        auto const value = value_of<step.source>(op, values);
        if constexpr (step.optional) {
            if (view_of(value).empty()) return;
        }
        if constexpr (step.maybe_first) {
            if (started) writer.constant("&"sv, "%26"sv);
        }
        started = true;
        constexpr std::string_view once = Plan::plan.once(Step), twice = Plan::plan.twice(Step);
        if constexpr (is_member(step.source)) {
            using described = described_at<Operation, step.source>;
            writer.template checked<described::rule>(once, twice, described::name, view_of(value));
        } else {
            constexpr std::string_view name =
                step.source == value_source::nothing ? ""sv : Plan::entries[step.entry].name;
            values.write_value({.name = name, .constant = {}, .source = step.source}, once, twice, writer);
        }
    }
}

template <class Plan, class Operation, class Writer, std::size_t... Step>
RESTARTCASTER_HOT constexpr void write_steps(Operation const& op, scheme_values const& values, Writer& writer,
                                             std::index_sequence<Step...>) noexcept {
    bool started = false;
    (write_step<Plan, Step>(op, values, writer, started), ...);
}

template <class Scheme, class Options, class Operation, class Writer, class Room, class Begin>
RESTARTCASTER_HOT constexpr bool write_described(Operation const& op, scheme_values const& values, Writer& writer,
                                                 Room const& room, Begin const& begin) noexcept {
    using plan = plan_for<Operation, Scheme, Options>;
    values.refuse_overlaps(writer, room);
    refuse_overlaps_of(writer, room, op, Operation::parameters);
    if (!writer.good()) return false;
    begin();
    write_steps<plan>(op, values, writer, std::make_index_sequence<plan::plan.step_count>{});
    return true;
}

}}} // namespace restartcaster::detail

#endif
