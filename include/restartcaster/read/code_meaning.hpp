// SPDX-License-Identifier: MIT
// The error codes of the service that the library knows, and what a code can mean for the caller.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: known_codes.hpp gives each code its meaning; error.hpp hands it to the program.
#ifndef RESTARTCASTER_READ_CODE_MEANING_HPP
#define RESTARTCASTER_READ_CODE_MEANING_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether the operation ran at the service.
enum class executed : std::uint8_t { no, maybe, yes };

/// What to do about an error, in a form that a program can act on.
enum class advice : std::uint8_t {
    /// The operation did not run, and nothing refused it: call again.
    try_again,
    /// Temporarily refused: wait, then call again.
    wait,
    /// The operation may have run, or the current state does not allow it: check the state before you call again.
    look_first,
    /// Correct what the name says: the clock, the credentials or the request; or ask for the permission.
    fix_clock,
    fix_credentials,
    fix_request,
    ask_permission,
    /// The studio is idle: call StartCaster.
    start_caster,
    /// This kind of studio does not support the operation.
    give_up,
    /// Something other than the service answered, or something changed the request: check endpoint, proxy and network.
    fix_transport,
    /// This machine has no random numbers, or its cryptographic library failed.
    fix_machine,
    /// The service does not accept this signature scheme.
    fix_signature,
};

/// The error codes of the service that this library knows. Each enumerator is the code in snake_case, or a group of codes
/// with one meaning.
enum class service_code : std::uint8_t {
    /// An unknown code; error::code_text is its text.
    other,
    /// Error codes of RestartCaster itself.
    incorrect_caster_status,
    incorrect_caster_status_idle,
    incorrect_scene_status,
    invalid_caster_id_malformed,
    /// The kind of the studio does not support the operation: RestartCaster does not work for virtual studios.
    invalid_norm_type_malformed,
    illegal_operation,
    invalid_caster_not_found,
    invalid_scene_not_found,
    internal_error,
    /// Common error codes of the API gateway.
    service_unavailable,
    throttling,
    timestamp_expired,
    timestamp_malformed,
    signature_nonce_used,
    signature_does_not_match,
    access_key_not_found,
    access_key_inactive,
    security_token,
    signature_unsupported,
    permission,
    missing_parameter,
    invalid_parameter,
    action_not_found,
    http_method,
    ssl_needed,
    /// The service is busy or limits the rate, with a code other than `Throttling`.
    busy,
    endpoint_not_supported,
};

/// The meaning of a code.
struct service_code_meaning {
    /// The code, whether the operation ran, and what to do.
    service_code code = service_code::other;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// Whether the whole name of the code is known, not only its prefix.
    bool by_name = false;
};

}} // namespace restartcaster

#endif
