// SPDX-License-Identifier: MIT
// The checks that the gateway in front of the service makes of one call, as functions of the call and the account.
// Source: the vendor's pages "Request structure", "Common parameters" and "Signature mechanism", and its error codes; the same
//   choices as tests/standin/service.py, which tests/testing/faithful_test.py compares.
// Data flow: an arrived request in; the first refusal out, in the order in which the service checks.
//
// Long, because the checks of one call are read in the order in which they are made.
#ifndef RESTARTCASTER_TESTING_SERVED_CALL_HPP
#define RESTARTCASTER_TESTING_SERVED_CALL_HPP
#pragma once

#include "../core/utc_time.hpp"
#include "../sign/credentials.hpp"
#include "report.hpp"
#include "verify.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// What the service decides about a call: a success, or a refusal with its text in pieces.
struct service_verdict {
    /// What follows the message.
    enum class tail_text : std::uint8_t { none, string_to_sign, canonical_request };
    /// How `name` is written into the message.
    enum class name_form : std::uint8_t { plain, encoded, lower };

    std::uint16_t status = 200;
    bool from_gateway = true; // the gateway in front of the service names a page that explains its refusals
    std::string_view code = {}, code_end = {};
    std::string_view said = {}, said_before_name = {}, name = {}, said_end = {};
    name_form shape = name_form::plain;
    tail_text tail = tail_text::none;
    bool names_wait = false;
    std::int64_t wait_ms = 0;

    [[nodiscard]] bool refused() const noexcept { return !code.empty(); }
};

[[nodiscard]] inline service_verdict refusal(std::string_view code, std::string_view said, std::uint16_t status = 400) noexcept {
    service_verdict out;
    out.status = status;
    out.code = code;
    out.said = said;
    return out;
}
[[nodiscard]] inline service_verdict missing_parameter(std::string_view name, std::string_view label) noexcept {
    service_verdict out = refusal("Missing"sv, label);
    out.code_end = name;
    out.said_end = " is mandatory for this action."sv;
    return out;
}
[[nodiscard]] inline service_verdict missing_parameter(std::string_view name) noexcept { return missing_parameter(name, name); }
[[nodiscard]] inline service_verdict invalid_parameter(std::string_view name) noexcept {
    service_verdict out = refusal("Invalid"sv, "Specified parameter "sv);
    out.code_end = out.name = name;
    out.said_end = " is not valid."sv;
    return out;
}
/// A refusal by the service itself.
[[nodiscard]] inline service_verdict service_refusal(std::string_view code, std::string_view said, std::string_view said_end,
                                                     std::uint16_t status = 400) noexcept {
    service_verdict out = refusal(code, said, status);
    out.from_gateway = false;
    out.said_end = said_end;
    return out;
}

inline constexpr std::string_view not_matched = "Specified signature is not matched with our calculation. "sv;
inline constexpr std::string_view not_standard = "The request signature does not conform to Aliyun standards. "sv;

/// One request while it is served. ACS3 has in header fields what version 1.0 has in parameters.
struct served_call {
    testing::arrived_request const& in;
    arrived_parameters parameters;
    std::size_t query_size = 0; // parameters of the query, which come before those of the body
    bool acs3 = false, json = false;
    std::int64_t now_ms = 0;
    service_verdict decoding = {}; // of the parameters
    acs3_authorization authorization = {};
    std::array<char, 64> body_digest = {}, hashed_request = {}; // for ACS3

    [[nodiscard]] testing::sent_text common(std::string_view name, std::string_view field) const noexcept {
        return acs3 ? in.header(field) : parameters.find(name);
    }
    [[nodiscard]] std::string_view label(std::string_view name, std::string_view field) const noexcept {
        return acs3 ? field : name;
    }
    [[nodiscard]] testing::sent_text action() const noexcept { return common("Action"sv, "x-acs-action"sv); }
    [[nodiscard]] testing::sent_text nonce() const noexcept { return common("SignatureNonce"sv, "x-acs-signature-nonce"sv); }
    [[nodiscard]] std::string_view caster_id() const noexcept { return parameters.find("CasterId"sv).text; }
    [[nodiscard]] std::span<arrived_parameter const> query() const noexcept { return parameters.all().first(query_size); }
};

/// The media type of a Content-Type, without its parameters.
[[nodiscard]] inline std::string_view media_type_text(std::string_view value) noexcept {
    value = part(value, 0, value.find(';'));
    while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
    return value;
}

[[nodiscard]] inline service_verdict about_parameter(std::string_view name, std::string_view said_end) noexcept {
    service_verdict out = refusal("InvalidParameter"sv, "Specified parameter "sv);
    out.name = name;
    out.shape = service_verdict::name_form::encoded;
    out.said_end = said_end;
    return out;
}

[[nodiscard]] inline service_verdict judge_parameters(served_call& one) noexcept {
    switch (one.parameters.fault()) {
    case parameter_fault::not_decodable:
        return refusal("InvalidParameter"sv, "The parameters cannot be decoded: a % is not followed by two hex digits."sv);
    case parameter_fault::too_long:
        report_failure("restartcaster: a request is longer than gateway_limits::request_bytes"sv);
        return refusal("InvalidParameter"sv, "The request is too long for this gateway."sv);
    case parameter_fault::too_many:
        report_failure("restartcaster: a request has more parameters than gateway_limits::parameters"sv);
        return refusal("InvalidParameter"sv, "The request has too many parameters for this gateway."sv);
    default: break;
    }
    testing::sent_text const wanted = one.parameters.find("Format"sv);
    bool const json = equal_ignoring_case(wanted.text, "json"sv);
    if (!one.acs3) one.json = json;
    if (testing::sent_text const twice = one.parameters.name_given_twice(); twice.sent)
        return about_parameter(twice.text, " is given more than once."sv);
    for (arrived_parameter const& each : one.parameters.all())
        if (!is_utf8(each.name) || !is_utf8(each.value)) return about_parameter(each.name, " is not UTF-8."sv);
    if (wanted.sent && !json && !equal_ignoring_case(wanted.text, "xml"sv))
        return refusal("InvalidParameter.Format"sv, "Specified parameter format is not valid."sv);
    return {};
}

/// Decodes the parameters and sorts them as the signature needs them; what is wrong with them is said later, in its turn.
inline void decode_parameters(served_call& one) noexcept {
    one.acs3 = one.in.header("authorization"sv).text.starts_with("ACS3-"sv);
    one.parameters.add_pairs(one.in.query());
    one.query_size = one.parameters.all().size();
    std::string_view const type = media_type_text(one.in.header("content-type"sv).text);
    if (one.in.method == "POST"sv && equal_ignoring_case(type, "application/x-www-form-urlencoded"sv))
        one.parameters.add_pairs(one.in.body);
    one.decoding = judge_parameters(one);
    sort_parameters(one.acs3 ? one.parameters.all().first(one.query_size) : one.parameters.all());
    if (!one.acs3) return;
    // "json" in any case, anywhere in the field.
    std::string_view const wanted = one.in.header("accept"sv).text;
    for (std::size_t at = 0; at + 4 <= wanted.size(); ++at)
        one.json = one.json || equal_ignoring_case(part(wanted, at, 4), "json"sv);
}

// ---- the checks, in the order in which they are made

[[nodiscard]] inline service_verdict check_fields(served_call const& one) noexcept {
    if (one.in.method != "GET"sv && one.in.method != "POST"sv)
        return refusal("UnsupportedHTTPMethod"sv, "This http method is not supported."sv);
    for (std::string_view const name :
         {"authorization"sv, "content-type"sv, "accept"sv, "x-acs-content-sha256"sv, "x-acs-action"sv, "x-acs-version"sv,
          "x-acs-security-token"sv, "x-acs-date"sv, "x-acs-signature-nonce"sv}) {
        int count = 0;
        one.in.each_header([&](std::string_view given, std::string_view) { count += equal_ignoring_case(given, name) ? 1 : 0; });
        if (count < 2) continue;
        service_verdict out = refusal("InvalidParameter"sv, "The header "sv);
        out.name = name;
        out.said_end = " is given more than once."sv;
        return out;
    }
    return {};
}
[[nodiscard]] inline service_verdict check_message(served_call& one, credentials const&) noexcept {
    service_verdict const said = check_fields(one);
    if (!said.refused()) return one.decoding;
    one.json = one.json && one.acs3; // no parameter is read yet, so the format is the default, XML
    return said;
}

[[nodiscard]] inline service_verdict check_operation(served_call& one, credentials const&) noexcept {
    if (!one.action().sent) return missing_parameter("Action"sv, one.label("Action"sv, "x-acs-action"sv));
    if (one.in.path() != "/"sv)
        return refusal("InvalidApi.NotFound"sv, "Specified api is not found,please check your url and method."sv, 404);
    testing::sent_text const version = one.common("Version"sv, "x-acs-version"sv);
    if (!version.sent) return missing_parameter("Version"sv, one.label("Version"sv, "x-acs-version"sv));
    return version.text == "2016-11-01"sv ? service_verdict() : invalid_parameter("Version"sv);
}

[[nodiscard]] inline service_verdict wrong_signature_method() noexcept {
    return refusal("InvalidSignatureMethod"sv, "Specified signature method is not valid."sv);
}

[[nodiscard]] inline service_verdict check_key(served_call& one, credentials const& account) noexcept {
    testing::sent_text id = one.parameters.find("AccessKeyId"sv);
    if (one.acs3) {
        std::string_view const value = one.in.header("authorization"sv).text;
        if (part(value, 0, value.find(' ')) != acs3_algorithm) return wrong_signature_method();
        one.authorization = read_authorization(value);
        id = {one.authorization.key_id, true};
        if (!one.authorization.well_formed) {
            service_verdict out = refusal("IncompleteSignature"sv, not_standard);
            out.said_end = "Authorization is not ACS3-HMAC-SHA256 Credential=ID,SignedHeaders=A;B,"
                           "Signature=64 lower-case hex digits."sv;
            return out;
        }
    }
    if (!id.sent) return missing_parameter("AccessKeyId"sv);
    if (id.text == account.access_key_id) return {};
    return refusal("InvalidAccessKeyId.NotFound"sv, "Specified access key is not found."sv, 404);
}

[[nodiscard]] inline service_verdict check_token(served_call& one, credentials const& account) noexcept {
    std::string_view const token = one.common("SecurityToken"sv, "x-acs-security-token"sv).text;
    if (token == account.security_token) return {};
    if (token.empty()) return missing_parameter("SecurityToken"sv, one.label("SecurityToken"sv, "x-acs-security-token"sv));
    for (char const c : token)
        if (!is_unreserved(c) && "+/="sv.find(c) == "+/="sv.npos)
            return refusal("InvalidSecurityToken.Malformed"sv, "Specified SecurityToken is malformed."sv);
    return refusal("InvalidSecurityToken.MismatchWithAccessKey"sv, "Specified SecurityToken mismatch with the AccessKey."sv);
}

[[nodiscard]] inline service_verdict check_scheme(served_call& one, credentials const&) noexcept {
    if (one.acs3) return {};
    testing::sent_text const method = one.parameters.find("SignatureMethod"sv);
    testing::sent_text const version = one.parameters.find("SignatureVersion"sv);
    if (method.sent && method.text != "HMAC-SHA1"sv) return wrong_signature_method();
    if (!one.parameters.find("SignatureType"sv).text.empty()) return invalid_parameter("SignatureType"sv);
    if (!version.sent) return missing_parameter("SignatureVersion"sv);
    return version.text == "1.0"sv ? service_verdict() : invalid_parameter("SignatureVersion"sv);
}

/// Reads "2026-11-22T17:36:19Z" as UTC seconds; false for any other text, and for a day or a time that does not exist.
[[nodiscard]] inline bool read_timestamp(std::string_view text, std::int64_t& seconds) noexcept {
    constexpr std::string_view pattern = "0000-00-00T00:00:00Z"sv;
    if (text.size() != pattern.size()) return false;
    unsigned field[6] = {}, at = 0;
    for (std::size_t i = 0; i != pattern.size(); ++i) {
        if (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
        if (pattern[i] == '0')
            field[at] = field[at] * 10 + static_cast<unsigned>(text[i] - '0');
        else
            ++at;
    }
    bool const day = field[0] != 0 && field[1] - 1 < 12 && field[2] != 0 && field[2] <= days_of(field[1], field[0]);
    if (!day || field[3] > 23 || field[4] > 59 || field[5] > 59) return false;
    seconds = days_from_date<std::int64_t>(field[0], field[1], field[2]) * 86400 + field[3] * 3600 + field[4] * 60 + field[5];
    return true;
}

/// 15 minutes either way.
inline constexpr std::int64_t time_window_ms = 900'000;

[[nodiscard]] inline service_verdict check_time(served_call& one, credentials const&) noexcept {
    testing::sent_text const sent = one.common("Timestamp"sv, "x-acs-date"sv);
    if (!sent.sent) return missing_parameter("Timestamp"sv, one.label("Timestamp"sv, "x-acs-date"sv));
    std::int64_t seconds = 0;
    if (!read_timestamp(sent.text, seconds))
        return refusal("InvalidTimeStamp.Format"sv, "Specified time stamp or date value is not well formatted."sv);
    std::int64_t const ahead_ms = seconds * 1000 - one.now_ms;
    if (ahead_ms <= time_window_ms && ahead_ms >= -time_window_ms) return {};
    return refusal("InvalidTimeStamp.Expired"sv, "Specified time stamp or date value is expired."sv);
}

[[nodiscard]] inline service_verdict check_nonce(served_call& one, credentials const&) noexcept {
    if (!one.nonce().text.empty()) return {};
    return missing_parameter("SignatureNonce"sv, one.label("SignatureNonce"sv, "x-acs-signature-nonce"sv));
}

[[nodiscard]] inline service_verdict check_rpc_signature(served_call& one, credentials const& account) noexcept {
    testing::sent_text const given = one.parameters.find("Signature"sv);
    if (!given.sent) return missing_parameter("Signature"sv);
    bool const possible = can_be_rpc_signature(given.text);
    service_verdict wrong = possible ? refusal("SignatureDoesNotMatch"sv, not_matched)
                                     : refusal("IncompleteSignature"sv, not_standard);
    wrong.tail = service_verdict::tail_text::string_to_sign;
    auto const expected = expected_rpc_signature(account.access_key_secret, one.in.method, one.parameters.all());
    return possible && given.text == text_of(expected) ? service_verdict() : wrong;
}

/// Whether a field has to be covered by a signature of ACS3.
[[nodiscard]] inline bool must_be_signed(std::string_view name) noexcept {
    return equal_ignoring_case(name, "host"sv) || equal_ignoring_case(name, "content-type"sv) ||
           equal_ignoring_case(part(name, 0, 6), "x-acs-"sv);
}
[[nodiscard]] inline bool comes_before_ignoring_case(std::string_view a, std::string_view b) noexcept {
    for (std::size_t i = 0; i != a.size() && i != b.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return ascii_lower(a[i]) < ascii_lower(b[i]);
    return a.size() < b.size();
}

[[nodiscard]] inline service_verdict check_signed_names(served_call const& one) noexcept {
    std::string_view const names = one.authorization.signed_names;
    service_verdict wrong = refusal("IncompleteSignature"sv, not_standard);
    if (!are_canonical_names(names)) {
        wrong.said_end = "SignedHeaders is not lower-case and sorted."sv;
        return wrong;
    }
    bool all_sent = true;
    each_signed_name(names, [&](std::string_view name) {
        all_sent = one.in.header(name).sent;
        if (!all_sent) wrong.name = name;
        return all_sent;
    });
    if (!all_sent) {
        wrong.said_before_name = "The signed header "sv;
        wrong.said_end = " was not sent."sv;
        return wrong;
    }
    auto const demand = [&](std::string_view name, std::string_view) {
        bool const lacks = must_be_signed(name) && !is_signed_name(names, name);
        if (lacks && (wrong.name.empty() || comes_before_ignoring_case(name, wrong.name))) wrong.name = name;
    };
    one.in.each_header(demand);
    if (wrong.name.empty()) demand("x-acs-content-sha256"sv, {});
    if (wrong.name.empty()) return {};
    wrong.said_before_name = "The header "sv;
    wrong.shape = service_verdict::name_form::lower;
    wrong.said_end = " must be signed."sv;
    return wrong;
}

[[nodiscard]] inline service_verdict check_acs3_signature(served_call& one, credentials const& account) noexcept {
    if (service_verdict const said = check_signed_names(one); said.refused()) return said;
    one.body_digest = hex_sha256(one.in.body);
    hash_stream<sha256> stream;
    append_canonical_request(stream, one.in, one.query(), one.authorization.signed_names, text_of(one.body_digest));
    one.hashed_request = hex_digits(stream.finish());
    auto const expected = expected_acs3_signature(account.access_key_secret, one.hashed_request);
    bool const body_as_stated = one.in.header("x-acs-content-sha256"sv).text == text_of(one.body_digest);
    if (body_as_stated && one.authorization.signature == text_of(expected)) return {};
    service_verdict wrong = refusal("SignatureDoesNotMatch"sv, not_matched);
    wrong.tail = service_verdict::tail_text::canonical_request;
    return wrong;
}

[[nodiscard]] inline service_verdict check_signature(served_call& one, credentials const& account) noexcept {
    return one.acs3 ? check_acs3_signature(one, account) : check_rpc_signature(one, account);
}

/// Every check that needs the call and the account only.
[[nodiscard]] inline service_verdict check_call(served_call& one, credentials const& account) noexcept {
    for (auto* const each : {check_message, check_operation, check_key, check_token, check_scheme, check_time, check_nonce,
                              check_signature})
        if (service_verdict const said = each(one, account); said.refused()) return said;
    return {};
}

}}} // namespace restartcaster::detail

#endif
