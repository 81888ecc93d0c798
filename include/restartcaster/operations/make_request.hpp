// SPDX-License-Identifier: MIT
// The first half of the library: makes the bytes of a signed request from an operation, a key, a time and a nonce.
// Source: docs/design.md, "One idea".
// Data flow: operation -> canonical query -> string to sign -> signature -> request, in one pass.
#ifndef RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP
#define RESTARTCASTER_OPERATIONS_MAKE_REQUEST_HPP
#pragma once

#include "../sign/acs3.hpp"
#include "../sign/query/query.hpp"
#include "../sign/rpc_v1.hpp"
#include "action.hpp"
#include "operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// An operation that make_request accepts: a type that describes its parameters, or an action.
template <class T>
concept callable_operation = described_operation<T> || std::same_as<T, action>;

namespace detail {

/// The query of an operation, as a signature scheme takes it.
template <class Options, class Operation>
[[nodiscard]] RESTARTCASTER_HOT constexpr auto query_of(Operation const& op) noexcept {
    if constexpr (std::same_as<Operation, action>)
        return listed_query{op.name, op.version, op.parameters};
    else
        return described_query<Operation, Options>{op};
}

} // namespace detail

/// Builds and signs a request in the caller's storage.
/// Storage: the texts of the request point into `to`, except the host, which points into the text of the endpoint. After a
///   failure the content of `to` is unspecified; after input_in_storage, `to` is unchanged.
/// Errors: the errors of check_identifier for any identifier, with the parameter's name as subject; credential_malformed;
///   parameter_reserved for an action's parameter that the signature sets; timestamp_out_of_range; host_malformed;
///   url_too_long (detail: the length of the URL in bytes); storage_too_small (detail: bytes needed); input_in_storage for a
///   text of operation, key, stamp or endpoint that shares bytes with `to`; hash_failed if the hash of another library failed.
/// Cost: no allocation; most of the time is the hash of the string to sign.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND,
                                                     request_options const& options) noexcept {
    return Scheme::make_request(detail::query_of<request_options>(op), key, when, to, options);
}
/// Builds and signs a request with the default options, which are compile-time constants here: less code in a firmware image.
template <callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<request> make_request(Operation const& op, signing_key<Scheme> const& key,
                                                     stamp const& when,
                                                     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return Scheme::make_request(detail::query_of<Options>(op), key, when, to, Options{});
}

/// The number of bytes that make_request needs for exactly this call.
/// Errors: the errors of make_request, except storage_too_small.
/// Cost: as make_request.
template <callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<std::size_t> request_size(Operation const& op, signing_key<Scheme> const& key,
                                                         stamp const& when, request_options const& options = {}) noexcept {
    auto const tried = make_request(op, key, when, std::span<char>(), options);
    if (tried.error().code == errc::storage_too_small) return tried.error().detail;
    return unexpected(tried.error());
}

/// Appends the string to sign of a call, for people who search the cause of a refused signature: the service prints its own
/// string to sign with the refusal. The text contains the key id and all parameters, including the security token.
/// Errors: as make_request, for a wrong value.
template <byte_sink Sink, callable_operation Operation, class Scheme>
constexpr result<void> string_to_sign(Sink& sink, Operation const& op, signing_key<Scheme> const& key,
                                      stamp const& when, request_options const& options = {}) noexcept {
    return Scheme::string_to_sign(sink, detail::query_of<request_options>(op), key, when, options);
}

/// Appends the canonical request of a call under acs3, which the service prints when it refuses a signature. The text
/// contains all parameters and the security token.
/// Errors: as make_request, for a wrong value.
template <byte_sink Sink, callable_operation Operation, std::derived_from<acs3> Scheme>
constexpr result<void> canonical_request(Sink& sink, Operation const& op, signing_key<Scheme> const& key,
                                         stamp const& when, request_options const& options = {}) noexcept {
    return Scheme::canonical_request(sink, detail::query_of<request_options>(op), key, when, options);
}

}} // namespace restartcaster

#endif
