// SPDX-License-Identifier: MIT
// The values that a signature scheme puts into a query itself.
// Source: protocol "Common request parameters".
// Path: key, stamp and options in, one value at a time out, in whatever order the query wants them.
#ifndef RESTARTCASTER_SIGN_SCHEME_VALUES_HPP
#define RESTARTCASTER_SIGN_SCHEME_VALUES_HPP

#include "../core/utc_time.hpp"
#include "../message/request.hpp"
#include "canonical_query.hpp"
#include "parameter_plan.hpp"

#include <span>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

struct scheme_values {
    std::string_view action;
    std::string_view version;
    std::string_view key_id;
    std::string_view token;
    std::string_view nonce;
    format answer;
    utc_time timestamp;

    /// Writes constant text and the value of `source` behind it, which is none of the operation's own.
    template <class Writer>
    RESTARTCASTER_HOT constexpr void write(value_source source, std::string_view once, std::string_view twice,
                                           Writer& writer) const noexcept {
        switch (source) {
        case value_source::action: return writer.identifier(once, twice, "Action"sv, action);
        case value_source::version: return writer.identifier(once, twice, "Version"sv, version);
        case value_source::key_id: return void(writer.field(once, twice, key_id));
        case value_source::token: return void(writer.field(once, twice, token));
        case value_source::nonce: return writer.identifier(once, twice, "SignatureNonce"sv, nonce);
        case value_source::format:
            writer.constant(once, twice);
            return answer == format::json ? writer.unreserved("JSON"sv) : writer.unreserved("XML"sv);
        case value_source::timestamp: return writer.time(once, twice, timestamp);
        default: return writer.constant(once, twice);
        }
    }
};

/// Writes a query whose order is only known at run time: the given entries and an operation's own parameters,
/// both sorted, merged. `members` are the values of the entries that are members of an operation.
template <class Writer>
constexpr void write_merged(std::span<plan_entry const> entries, std::span<std::string_view const> members,
                            parameters_view own, scheme_values const& values, Writer& writer) noexcept {
    bool started = false;
    std::size_t next = 0;
    for (plan_entry const& entry : entries) {
        for (; next != own.size(); ++next) {
            int const order = own[next].compare_name(entry.name);
            if (order > 0) break;
            if (order == 0) writer.refuse({.code = errc::parameter_reserved, .subject = entry.name});
            write_parameter(writer, own[next], started);
        }
        bool const is_member = entry.source >= value_source::member;
        std::string_view value = values.token;
        if (is_member)
            value = members[static_cast<std::size_t>(entry.source) - static_cast<std::size_t>(value_source::member)];
        if (entry.optional && value.empty()) continue;
        write_name(writer, entry.name, started);
        if (is_member)
            writer.identifier("="sv, "%3D"sv, entry.name, value);
        else if (entry.source == value_source::nothing)
            writer.field("="sv, "%3D"sv, entry.constant);
        else
            values.write(entry.source, "="sv, "%3D"sv, writer);
    }
    for (; next != own.size(); ++next) write_parameter(writer, own[next], started);
}

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
