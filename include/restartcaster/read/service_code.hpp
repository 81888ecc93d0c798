// SPDX-License-Identifier: MIT
// The known error codes of the service, and the meaning of each for the caller.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out; judge.hpp asks for every refusal.
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

namespace detail {

// A row of the table of codes. A text that ends in '*' matches all codes with this prefix. The first match counts. A code
// with its own row, in addition to the row of its prefix, is known by name.
struct known_code {
    std::string_view text;
    service_code_meaning meaning;

    [[nodiscard]] constexpr bool prefix() const noexcept { return text[text.size() - 1] == '*'; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text.size() - (prefix() ? 1 : 0); } // without the '*'

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
    // Every request contains these parameters, so something between here and the service removed or renamed them.
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
// One step of FNV-1a with 32 bits. Two texts that differ in one character have different hashes.
[[nodiscard]] constexpr std::uint32_t hash_with(std::uint32_t hash, char c) noexcept {
    return (hash ^ static_cast<unsigned char>(c)) * 16777619;
}
inline constexpr std::uint32_t hash_of_nothing = 2166136261;

// unreached: constant
[[nodiscard]] constexpr std::uint16_t packed_meaning(service_code_meaning const& meaning, bool prefix = false) noexcept {
    return static_cast<std::uint16_t>((prefix ? 0x8000 : 0) | static_cast<int>(meaning.code) << 8 |
                                      static_cast<int>(meaning.ran) << 4 | static_cast<int>(meaning.what_to_do));
}

// The table without its texts, which are most of its size: a code is known by its hash. About one unknown code in ten
// million is mistaken for a known one.
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

// The meaning of a code without a row. A 4xx status means that the request was refused (RFC 9110 section 15.5), with two
// exceptions. A code that ends in Error, Timeout, Unavailable or Failure may be sent after the operation ran. A number is
// not a code of the service: other servers copy the status there.
template <class Text>
[[nodiscard]] RESTARTCASTER_THIN constexpr service_code_meaning meaning_of_unknown(Text code, int http_status) noexcept {
    // Codes of success: some of the vendor's products send "0" or "Success.Ok".
    if (find_word(part(code, 0, 7), "ok\0success\0" "200\0" "0\0", true) != 4) return {.ran = executed::yes};
    constexpr std::size_t size = 4;
    unsigned const word = find_word(part(code, code.size() > size ? code.size() - size : 0),
                                    "rror\0eout\0able\0lure\0busy\0", true);
    if (http_status < 400 || http_status >= 500 || is_digit(code[0]) || word < 4)
        return {.ran = executed::maybe, .what_to_do = advice::look_first};
    // 408 Request Timeout (RFC 9110) and 429 Too Many Requests (RFC 6585 section 4) are temporary.
    if (word == 4 || http_status == 408 || http_status == 429)
        return {.code = service_code::busy, .what_to_do = advice::wait};
    return {};
}

} // namespace detail

/// The meaning of a code of the service; the status decides for an unknown code. A code of success means that the
/// operation ran. Whether the service itself sent the code is decided elsewhere (judge.hpp).
/// Requires: a code that is not empty.
[[nodiscard]] constexpr service_code_meaning meaning_of(std::string_view code, int http_status) noexcept {
#if RESTARTCASTER_SMALL
    unsigned meaning = detail::packed_meaning(detail::meaning_of_unknown(code, http_status), true);
    std::uint32_t hash = detail::hash_of_nothing;
    for (std::size_t at = 0; at != code.size();) {
        hash = detail::hash_with(hash, code[at++]);
        // The longest match counts, and a whole name counts before a prefix.
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
