// SPDX-License-Identifier: MIT
// The first of the two halves: an operation, a key, a time and a nonce become bytes.
// Source: docs/design.md, "One idea".
// Data flow: operation -> canonical query -> string to sign -> signature -> request, in one pass.
#ifndef RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP
#define RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP
#pragma once

#include "../sign/rpc_v1.hpp"
#include "action.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An operation that can be called: one that describes itself, or an action.
template <class T>
concept callable_operation = described_operation<T> || std::same_as<T, action>;

namespace detail {

/// Writes the query of one operation wherever a scheme wants it.
template <class Scheme, class Operation, class Options = request_options>
struct query_of {
    static constexpr bool is_action = std::same_as<Operation, restartcaster::action>;

    Operation const& op;
    [[nodiscard]] constexpr std::string_view action() const noexcept {
        if constexpr (is_action)
            return op.name;
        else
            return Operation::description.action;
    }
    [[nodiscard]] constexpr std::string_view version() const noexcept {
        if constexpr (is_action)
            return op.version;
        else
            return Operation::description.version;
    }
    // Those of a described operation were checked when its plan was laid down.
    template <class Writer>
    constexpr void check_names(Writer& writer) const noexcept {
        if constexpr (is_action) {
            writer.examine("Action"sv, action());
            writer.examine("Version"sv, version());
        }
    }
    template <class Writer, class Room, class Begin>
    RESTARTCASTER_HOT constexpr bool operator()(scheme_values& values, Writer& writer, Room const& room,
                                                Begin const& begin) const noexcept {
        return write_query<Scheme, Options>(op, values, writer, room, begin);
    }
};

} // namespace detail

/// Builds and signs a request in the caller's storage.
/// Storage: everything in the request points into `to`, the host into the endpoint's text. On a failure the
///   content of `to` is unspecified, but for input_in_storage, where nothing is written.
/// Errors: those of check_identifier for any identifier, with the parameter's name as subject;
///   credential_malformed; parameter_reserved for an action's parameter that the signature sets; timestamp_out_of_range;
///   host_malformed; url_too_long (detail: its length); storage_too_small (detail: bytes needed); input_in_storage,
///   for a text of operation, key, stamp or endpoint that lies in `to`; hash_failed, with another library's hash.
/// Cost: no allocation; the hash of the string to sign and little more.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND,
                                                     request_options const& options) noexcept {
    return Scheme::make_request(detail::query_of<Scheme, Operation>{op}, key, when, to, options);
}
/// With the options as they are by default: less code in a firmware image.
template <callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return Scheme::make_request(detail::query_of<Scheme, Operation, Options>{op}, key, when, to, Options{});
}

/// Bytes that make_request needs for exactly this call.
/// Errors: those of make_request but storage_too_small.
/// Cost: as much as make_request.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<std::size_t> request_size(Operation const& op, signing_key<Scheme> const& key,
                                                         stamp const& when, request_options const& options = {}) noexcept {
    auto const tried = make_request(op, key, when, std::span<char>(), options);
    if (tried.error().code == errc::storage_too_small) return tried.error().detail;
    return unexpected(tried.error());
}

/// Appends the string to sign of a call, for people to look at: the service prints its own when the two differ.
/// It holds the key id and every parameter, the security token included.
/// Errors: as make_request's, for what is wrong with a value.
template <byte_sink Sink, callable_operation Operation, class Scheme>
constexpr result<void> string_to_sign(Sink& sink, Operation const& op, signing_key<Scheme> const& key,
                                      stamp const& when, request_options const& options = {}) noexcept {
    return Scheme::string_to_sign(sink, detail::query_of<Scheme, Operation>{op}, key, when, options);
}

}} // namespace restartcaster

#endif
