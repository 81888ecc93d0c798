// SPDX-License-Identifier: MIT
// The table of the service's error codes, and the rules for codes that are not in it.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_KNOWN_CODES_HPP
#define RESTARTCASTER_READ_KNOWN_CODES_HPP
#pragma once

#include "word_list.hpp"
#include "code_meaning.hpp"

#include <string_view>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

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

// The meaning of a code without a row. A 4xx status means that the request was refused (RFC 9110 section 15.5), with two
// exceptions. A code that ends in Error, Timeout, Unavailable or Failure may be sent after the operation ran. A number is
// not a code of the service: other servers copy the status there.
template <class Text>
[[nodiscard]] RESTARTCASTER_THIN constexpr service_code_meaning meaning_of_unknown(Text code, int http_status) noexcept {
    // Codes of success: some of the vendor's products send "0" or "Success.Ok".
    if (find_word(part(code, 0, 7), "ok\0success\0" "200\0" "0\0", letter_case::ignored) != 4) return {.ran = executed::yes};
    constexpr std::size_t size = 4;
    unsigned const word = find_word(part(code, code.size() > size ? code.size() - size : 0),
                                    "rror\0eout\0able\0lure\0busy\0", letter_case::ignored);
    if (http_status < 400 || http_status >= 500 || is_digit(code[0]) || word < 4)
        return {.ran = executed::maybe, .what_to_do = advice::look_first};
    // 408 Request Timeout (RFC 9110) and 429 Too Many Requests (RFC 6585 section 4) are temporary.
    if (word == 4 || http_status == 408 || http_status == 429)
        return {.code = service_code::busy, .what_to_do = advice::wait};
    return {};
}

}}} // namespace restartcaster::detail

#endif
