// SPDX-License-Identifier: MIT
// The refusals that the service is known to give, and what each of them means for the caller.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out; reply.hpp asks for every refusal.
#ifndef RESTARTCASTER_READ_SERVICE_CODE_HPP
#define RESTARTCASTER_READ_SERVICE_CODE_HPP
#pragma once

#include "scan.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether the operation ran at the service.
enum class executed : std::uint8_t { no, maybe, yes };

/// What helps, as a program can act on it.
enum class advice : std::uint8_t {
    /// Nothing ran and nothing was refused: call again.
    try_again,
    /// Refused for the moment: wait, then call again.
    wait,
    /// It may have run, or the present state does not allow it: find out before calling again.
    look_first,
    fix_clock,
    fix_credentials,
    fix_request,
    ask_permission,
    /// The studio is idle: StartCaster is the call to make.
    start_caster,
    /// It can never work for a studio of this kind.
    give_up,
    /// What answered was not the service, or something changed the request: look at the way there.
    fix_transport,
    /// This machine gave no random numbers, or its cryptographic library failed.
    fix_machine,
    /// This library was told to sign in a way that the service does not take.
    fix_signature,
};

/// A code of the service that is known by name.
enum class service_code : std::uint8_t {
    /// Not known here; error::code_text holds it.
    other,
    // RestartCaster's own
    incorrect_caster_status,
    incorrect_caster_status_idle,
    incorrect_scene_status,
    invalid_caster_id_malformed,
    /// The studio is of a kind that does not take the operation: RestartCaster takes no virtual studio.
    invalid_norm_type_malformed,
    illegal_operation,
    invalid_caster_not_found,
    invalid_scene_not_found,
    internal_error,
    // the gateway's
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
    /// The service is too busy, or counts too many calls, by a code other than the throttle's.
    busy,
    endpoint_not_supported,
};

/// What a code means.
struct service_code_meaning {
    service_code code = service_code::other;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// The whole name of the code is known, not only the family that it begins with.
    bool by_name = false;
};

namespace detail {

// A text that ends in '*' stands for a family, all codes that begin with it. The first match counts. A code that has
// a row of its own beside its family's is known by name.
struct known_code {
    std::string_view text;
    service_code_meaning meaning;

    [[nodiscard]] constexpr bool prefix() const noexcept { return text[text.size() - 1] == '*'; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text.size() - (prefix() ? 1 : 0); } // without it

    template <class Text>
    [[nodiscard]] constexpr bool matches(Text code) const noexcept {
        return code.size() + 1 >= text.size() && code[0] == text[0] && (prefix() || code.size() == text.size()) &&
               part(code, 0, size()) == part(text, 0, size());
    }
};

inline constexpr known_code known_codes[] = {
    {"IncorrectCasterStatus.Idle"sv, {service_code::incorrect_caster_status_idle, executed::no, advice::start_caster}},
    {"IncorrectCasterStatus"sv, {service_code::incorrect_caster_status, executed::no, advice::look_first}},
    {"IncorrectCasterStatus*"sv, {service_code::incorrect_caster_status, executed::no, advice::look_first}},
    {"IncorrectSceneStatus"sv, {service_code::incorrect_scene_status, executed::no, advice::look_first}},
    {"IncorrectSceneStatus*"sv, {service_code::incorrect_scene_status, executed::no, advice::look_first}},
    {"Forbidden.AccessKeyDisabled"sv, {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"Forbidden.RAM"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"Forbidden*"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"IllegalOperation"sv, {service_code::illegal_operation, executed::no, advice::ask_permission}},
    {"IllegalTimestamp"sv, {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"IncompleteSignature"sv, {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"InternalError*"sv, {service_code::internal_error, executed::maybe, advice::look_first}},
    {"InvalidAccessKeyId.Inactive"sv, {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"InvalidAccessKeyId.NotFound"sv, {service_code::access_key_not_found, executed::no, advice::fix_credentials}},
    {"InvalidAccessKeyId*"sv, {service_code::access_key_not_found, executed::no, advice::fix_credentials}},
    {"InvalidAction.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidApi.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidCaster.NotFound"sv, {service_code::invalid_caster_not_found, executed::no, advice::fix_request}},
    {"InvalidCasterId.Malformed"sv, {service_code::invalid_caster_id_malformed, executed::no, advice::fix_request}},
    {"InvalidNormType.Malformed"sv, {service_code::invalid_norm_type_malformed, executed::no, advice::give_up}},
    {"InvalidOperation.NotSupportedEndpoint"sv,
     {service_code::endpoint_not_supported, executed::no, advice::fix_transport}},
    {"InvalidProduct.NotFound"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidProtocol.NeedSsl"sv, {service_code::ssl_needed, executed::no, advice::fix_transport}},
    {"InvalidScene.NotFound"sv, {service_code::invalid_scene_not_found, executed::no, advice::fix_request}},
    {"InvalidSecurityToken*"sv, {service_code::security_token, executed::no, advice::fix_credentials}},
    {"InvalidSignature*"sv, {service_code::signature_unsupported, executed::no, advice::fix_signature}},
    {"InvalidTimeStamp.Expired"sv, {service_code::timestamp_expired, executed::no, advice::fix_clock}},
    {"InvalidTimeStamp*"sv, {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"InvalidVersion"sv, {service_code::action_not_found, executed::no, advice::fix_request}},
    {"Invalid*"sv, {service_code::invalid_parameter, executed::no, advice::fix_request}},
    {"MissingSecurityToken"sv, {service_code::security_token, executed::no, advice::fix_credentials}},
    // What the signature sets went out with every request: something on the way took it off, or changed its name.
    {"MissingAccessKeyId"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingAction"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingSignature*"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingTimestamp"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"MissingVersion"sv, {service_code::missing_parameter, executed::no, advice::fix_transport}},
    {"Missing*"sv, {service_code::missing_parameter, executed::no, advice::fix_request}},
    {"NoPermission*"sv, {service_code::permission, executed::no, advice::ask_permission}},
    {"FlowControl*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RateLimit*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RequestLimit*"sv, {service_code::busy, executed::no, advice::wait}},
    {"RequestTimeout*"sv, {service_code::busy, executed::no, advice::wait}},
    {"TooManyRequest*"sv, {service_code::busy, executed::no, advice::wait}},
    {"ServiceUnAvailable"sv, {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"ServiceUnavailable"sv, {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"SignatureDoesNotMatch"sv, {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"SignatureNonceUsed"sv, {service_code::signature_nonce_used, executed::maybe, advice::look_first}},
    {"Throttling"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling.Api"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling.User"sv, {service_code::throttling, executed::no, advice::wait}},
    {"Throttling*"sv, {service_code::throttling, executed::no, advice::wait}},
    {"UnknownError"sv, {service_code::internal_error, executed::maybe, advice::look_first}},
    {"UnsupportedHTTPMethod"sv, {service_code::http_method, executed::no, advice::fix_request}},
};

#if RESTARTCASTER_SMALL
// One more character under a hash, FNV-1a of 32 bits: no two texts that differ in one character have the same.
[[nodiscard]] constexpr std::uint32_t hash_with(std::uint32_t hash, char c) noexcept {
    return (hash ^ static_cast<unsigned char>(c)) * 16777619;
}
inline constexpr std::uint32_t hash_of_nothing = 2166136261;

// unreached: constant
[[nodiscard]] constexpr std::uint16_t packed_meaning(service_code_meaning const& meaning, bool prefix = false) noexcept {
    return static_cast<std::uint16_t>((prefix ? 0x8000 : 0) | static_cast<int>(meaning.code) << 8 |
                                      static_cast<int>(meaning.ran) << 4 | static_cast<int>(meaning.what_to_do));
}

// The same table without its texts, which are most of it: a code is known by its hash. Of new codes that a service
// makes up, one in some ten million is taken for one of these.
struct hashed_codes {
    std::uint32_t hashes[std::size(known_codes)]{};
    std::uint16_t meanings[std::size(known_codes)]{};

    consteval hashed_codes() noexcept {
        for (std::size_t i = 0; i != std::size(known_codes); ++i) {
            known_code const& known = known_codes[i];
            hashes[i] = hash_of_nothing;
            for (std::size_t at = 0; at != known.size(); ++at) hashes[i] = hash_with(hashes[i], known.text[at]);
            meanings[i] = packed_meaning(known.meaning, known.prefix());
        }
    }
};
inline constexpr hashed_codes codes_by_hash;
#endif

} // namespace detail

namespace detail {

// Of a code that no row knows: a status of 4xx says that the request is refused (RFC 9110 section 15.5), unless the code
// ends in a word for a failure, which may come after the operation: Error, Timeout, Unavailable, Failure. A number is
// no code of a refusal: servers copy the status there.
template <class Text>
[[nodiscard]] RESTARTCASTER_THIN constexpr service_code_meaning meaning_of_unknown(Text code, int http_status) noexcept {
    // Several products write "0", or "Success.Ok".
    if (find_word(part(code, 0, 7), "ok\0success\0" "200\0" "0\0", true) != 4) return {.ran = executed::yes};
    constexpr std::size_t size = 4;
    unsigned const word = find_word(part(code, code.size() > size ? code.size() - size : 0),
                                    "rror\0eout\0able\0lure\0busy\0", true);
    if (http_status < 400 || http_status >= 500 || is_digit(code[0]) || word < 4)
        return {.ran = executed::maybe, .what_to_do = advice::look_first};
    // Request Timeout, and RFC 6585 section 4, Too Many Requests: both pass.
    if (word == 4 || http_status == 408 || http_status == 429)
        return {.code = service_code::busy, .what_to_do = advice::wait};
    return {};
}

} // namespace detail

/// What a code of the service means; for one that no row knows, the status decides. A code that stands for success
/// means that it ran. Whether the code is the service's own at all is not asked here.
/// Requires: a code that is not empty.
[[nodiscard]] constexpr service_code_meaning meaning_of(std::string_view code, int http_status) noexcept {
#if RESTARTCASTER_SMALL
    unsigned meaning = detail::packed_meaning(detail::meaning_of_unknown(code, http_status), true);
    std::uint32_t hash = detail::hash_of_nothing;
    for (std::size_t at = 0; at != code.size();) {
        hash = detail::hash_with(hash, code[at++]);
        // Of all that match the longest counts, and a whole name more than a family.
        for (std::size_t i = std::size(detail::known_codes); i-- != 0;) {
            unsigned const known = detail::codes_by_hash.meanings[i];
            if (detail::codes_by_hash.hashes[i] == hash && (at == code.size() || (known & 0x8000) != 0))
                meaning = known;
        }
    }
    return {static_cast<service_code>(meaning >> 8 & 0x7F), static_cast<executed>(meaning >> 4 & 15),
            static_cast<advice>(meaning & 15), (meaning & 0x8000) == 0};
#else
    for (detail::known_code const& known : detail::known_codes) {
        if (!known.matches(code)) continue;
        service_code_meaning meaning = known.meaning;
        meaning.by_name = !known.prefix();
        return meaning;
    }
    return detail::meaning_of_unknown(code, http_status);
#endif
}

}} // namespace restartcaster

#endif
