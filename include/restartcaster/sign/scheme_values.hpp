// SPDX-License-Identifier: MIT
// The values that a signature scheme adds to a query.
// Source: protocol "Common request parameters".
// Data flow: key, stamp and options in, one value at a time out, in the order of the query.
#ifndef RESTARTCASTER_SIGN_SCHEME_VALUES_HPP
#define RESTARTCASTER_SIGN_SCHEME_VALUES_HPP
#pragma once

#include "../core/storage.hpp"
#include "../core/utc_time.hpp"
#include "../message/request.hpp"
#include "canonical_query.hpp"
#include "parameter_plan.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Refuses an input that shares bytes with the room: writing the request would destroy the input.
template <class Writer, class Room>
RESTARTCASTER_ONCE constexpr void refuse_overlap(Writer& writer, Room const& room, std::string_view const& name,
                                                 std::string_view const& input) noexcept {
    if (overlap(input, room)) writer.refuse(errc::input_in_storage, name);
}

#if RESTARTCASTER_SMALL

inline constexpr std::string_view json_name = text(format::json), xml_name = text(format::xml);

/// The values of all parameters; the index is a value_source.
class source_values {
public:
    constexpr explicit source_values(std::string_view const* const* of) noexcept : of_(of) {}
    [[nodiscard]] constexpr std::string_view const& operator[](value_source source) const noexcept {
        return *of_[static_cast<std::size_t>(source)];
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return (*this)[value_source::token]; }
    template <class Writer>
    RESTARTCASTER_THIN constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                            Writer& writer) const noexcept {
        writer.identifier(once, twice, entry.name, (*this)[entry.source]);
    }

private:
    std::string_view const* const* of_;
};

/// The values that a scheme adds, by reference: every text must outlive this object.
class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view const& key_id, std::string_view const& token,
                            std::string_view const& nonce, format answer, utc_time const& timestamp) noexcept
        : key_id_(&key_id), token_(&token), nonce_(&nonce), format_(answer == format::json ? &json_name : &xml_name),
          timestamp_(timestamp.text().data()) {}

    [[nodiscard]] constexpr std::string_view timestamp() const noexcept {
        return text_at(timestamp_, utc_time::text_size);
    }
    /// Pointers to the values of the scheme, then of the operation, in the order of value_source. `Format` is false if the
    /// plan contains the format as a constant.
    template <bool Format = true>
    [[nodiscard]] constexpr auto with(std::string_view const& timestamp, auto const&... own) const noexcept {
        return std::array<std::string_view const*, static_cast<std::size_t>(value_source::member) + sizeof...(own)>{
            key_id_, token_, nonce_, &timestamp, Format ? format_ : nullptr, &own...};
    }

private:
    std::string_view const* key_id_ = nullptr;
    std::string_view const* token_ = nullptr;
    std::string_view const* nonce_ = nullptr;
    std::string_view const* format_ = nullptr;
    char const* timestamp_ = nullptr;
};

/// Follows a compact plan, in one of two passes. With a room in `outside_of`: writes nothing, and refuses values that share
/// bytes with the room or are not identifiers. With null: writes the query.
template <class Writer, class Room>
RESTARTCASTER_ONCE constexpr void follow_plan(char const* plan, source_values values, Writer& writer,
                                              Room const* outside_of) noexcept {
    for (bool first = true;;) {
        unsigned const head = static_cast<unsigned char>(*plan++);
        std::size_t const size = static_cast<unsigned char>(*plan++);
        if (size == 0) return;
        char const* const text = plan;
        plan += size;
        auto const source = static_cast<value_source>(head & ~compact_optional);
        if ((head & compact_optional) != 0 && values[source].empty()) continue;
        if (outside_of == nullptr) {
            writer.unreserved({text + (first ? 1 : 0), size - (first ? 1 : 0)});
            first = false;
            if (source != value_source::nothing) writer.encoded(values[source]);
            continue;
        }
        if (source == value_source::nothing) continue;
        std::string_view const& value = values[source];
        char const* name = plan - 1;
        while (name[-1] != '&') --name;
        std::string_view const subject(name, static_cast<std::size_t>(plan - 1 - name));
        if (overlap(value, *outside_of))
            writer.refuse(errc::input_in_storage, subject);
        else
            writer.look_at(subject, value);
    }
}

#else

/// The values that a scheme adds, and the name and version of an action.
class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view key_id, std::string_view token, std::string_view nonce, format answer,
                            utc_time const& timestamp) noexcept
        : key_id_(key_id), token_(token), nonce_(nonce), answer_(answer), timestamp_(&timestamp) {}

    /// Sets the name and version of an action, which are known at run time only.
    constexpr void name(std::string_view action, std::string_view version) noexcept {
        action_ = action;
        version_ = version;
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return token_; }
    template <class Writer, class Room>
    RESTARTCASTER_HOT constexpr void refuse_overlaps(Writer& writer, Room const& room) const noexcept {
        refuse_overlap(writer, room, "AccessKeyId"sv, key_id_);
        refuse_overlap(writer, room, "SecurityToken"sv, token_);
        refuse_overlap(writer, room, "SignatureNonce"sv, nonce_);
        refuse_overlap(writer, room, "Action"sv, action_);
        refuse_overlap(writer, room, "Version"sv, version_);
    }

    /// Writes constant text, then the value of an entry of the scheme.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                           Writer& writer) const noexcept {
        switch (entry.source) {
        case value_source::action: return writer.identifier(once, twice, entry.name, action_);
        case value_source::version: return writer.identifier(once, twice, entry.name, version_);
        case value_source::key_id: return void(writer.field(once, twice, key_id_));
        case value_source::token: return void(writer.field(once, twice, token_));
        case value_source::nonce: return writer.identifier(once, twice, entry.name, nonce_);
        case value_source::format:
            writer.constant(once, twice);
            return writer.unreserved(text(answer_));
        case value_source::timestamp: return writer.time(once, twice, *timestamp_);
        default: return writer.constant(once, twice);
        }
    }

private:
    std::string_view action_;
    std::string_view version_;
    std::string_view key_id_;
    std::string_view token_;
    std::string_view nonce_;
    format answer_ = format::json;
    utc_time const* timestamp_ = nullptr;
};

#endif

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
/// parameters `own` of the action. Refuses a parameter that the scheme sets too.
template <std::size_t N, class Values, class Writer>
constexpr void write_merged(std::array<plan_entry, N> const& entries, parameters_view own, Values const& values,
                            Writer& writer) noexcept {
    bool started = false;
    std::size_t next = 0;
    for (auto const& entry : entries) {
        for (; next != own.size(); ++next) {
            int const order = own[next].compare_name(entry.name);
            if (order > 0) break;
            if (order == 0) writer.refuse(errc::parameter_reserved, entry.name);
            write_parameter(writer, own[next], started);
        }
        if (entry.optional && values.token().empty()) continue; // the token is the only optional entry
        write_name(writer, entry.name, started);
        if (entry.source == value_source::nothing)
            writer.field("="sv, "%3D"sv, entry.constant);
        else
            values.write_value(entry, "="sv, "%3D"sv, writer);
    }
    for (; next != own.size(); ++next) write_parameter(writer, own[next], started);
}

}}} // namespace restartcaster::detail

#endif
