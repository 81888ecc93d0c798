// SPDX-License-Identifier: MIT
// The error codes of this library, each with one sentence.
// Source: docs/design.md, "Errors".
// Data flow: functions of every floor return a failure; the client floor turns it into an error with advice.
#ifndef RESTARTCASTER_CORE_FAILURE_HPP
#define RESTARTCASTER_CORE_FAILURE_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reason of a failure. message() gives the sentence of each, failure::subject the parameter or text at fault.
enum class errc : std::uint8_t {
    /// A parameter, a credential or the stamp is not valid; nothing was sent.
    parameter_missing,
    parameter_blank_end,
    parameter_control_character,
    parameter_invisible_character,
    parameter_quoted,
    parameter_not_utf8,
    credential_malformed,
    parameter_duplicate,
    parameter_reserved,
    parameter_name_empty,
    parameter_index_out_of_range,
    parameters_too_many,
    timestamp_out_of_range,
    /// The endpoint or the URL is not valid; nothing was sent.
    host_malformed,
    url_too_long,
    /// The caller's storage is too small, or it overlaps an input; nothing was sent.
    storage_too_small,
    input_in_storage,
    /// The transport failed; not_sent is the only one of them that proves that nothing was sent.
    not_sent,
    no_answer,
    answer_too_long,
    /// The body of the answer cannot be read; from unexpected_end on, failure::detail is the byte offset.
    body_empty,
    body_encoded,
    body_not_recognised,
    unexpected_end,
    unexpected_byte,
    invalid_utf8,
    nesting_too_deep,
    trailing_bytes,
    /// The body is not JSON; failure::detail is the byte offset.
    json_invalid_escape,
    json_invalid_number,
    /// The body is not XML, or XML that the reader refuses; failure::detail is the byte offset.
    xml_doctype_refused,
    xml_encoding_refused,
    xml_entity_unknown,
    xml_reference_invalid,
    xml_tag_mismatched,
    xml_attribute_duplicate,
    xml_attributes_too_many,
    /// The answer can be read and is not a reply of the service to this call.
    request_id_missing,
    reply_unexpected,
    redirected,
    proxy_refused,
    /// This machine lacks something: an environment variable, a temporary key that has not ended (hosted/rotating_key.hpp), a
    /// working hash, random bytes.
    environment_missing,
    key_ended,
    hash_failed,
    entropy_missing,
};

namespace detail {

// `char const*`, not std::string_view: compilers would compile a constructor call for each of these many texts.
[[nodiscard]] constexpr char const* words(errc code) noexcept {
    switch (code) {
    case errc::parameter_missing: return "a required value is missing or empty";
    case errc::parameter_blank_end: return "blanks at an end, perhaps from a copy and paste; remove them";
    case errc::parameter_control_character: return "a control character where none can belong";
    case errc::parameter_invisible_character: return "an invisible character; remove it";
    case errc::parameter_quoted: return "a quotation mark at an end; remove it";
    case errc::credential_malformed: return "a character that no access key id has";
    case errc::parameter_not_utf8: return "not UTF-8; convert the text before the call";
    case errc::parameter_duplicate: return "the parameter is given twice";
    case errc::parameter_reserved: return "the parameter is set by the signature itself";
    case errc::parameter_name_empty: return "a parameter without a name";
    case errc::parameter_index_out_of_range: return "elements of a list are numbered from 1 to 65535";
    case errc::parameters_too_many: return "more parameters than the list has room for";
    case errc::timestamp_out_of_range: return "the time is outside the years 1970 to 9999; give seconds, not milliseconds";
    case errc::host_malformed: return "not a host name, or a port above 65535; give the name alone, without scheme, port or path";
    case errc::url_too_long: return "the URL is longer than the limit; send with POST";
    case errc::storage_too_small: return "the storage is too small";
    case errc::input_in_storage: return "the text lies in the storage that the request is built in; copy it first";
    case errc::not_sent: return "the request was not sent";
    case errc::no_answer: return "the request was sent and no whole answer came";
    case errc::answer_too_long: return "the answer is longer than the storage left for it";
    case errc::body_empty: return "the answer has no body";
    case errc::body_encoded: return "the body is compressed although nobody asked for it";
    case errc::body_not_recognised: return "the body is neither JSON nor XML of the service";
    case errc::unexpected_end: return "the body ends too early";
    case errc::unexpected_byte: return "a byte that cannot stand here";
    case errc::invalid_utf8: return "the body is not UTF-8";
    case errc::nesting_too_deep: return "nested deeper than the reader's limit";
    case errc::trailing_bytes: return "bytes after the end of the document";
    case errc::json_invalid_escape: return "not a JSON escape";
    case errc::json_invalid_number: return "not a JSON number";
    case errc::xml_doctype_refused: return "a document type declaration; these are never read";
    case errc::xml_encoding_refused: return "an XML encoding other than UTF-8";
    case errc::xml_entity_unknown: return "an entity that XML itself does not define";
    case errc::xml_reference_invalid: return "a character reference to no XML character";
    case errc::xml_tag_mismatched: return "an end tag that does not match its start tag";
    case errc::xml_attribute_duplicate: return "an attribute given twice";
    case errc::xml_attributes_too_many: return "more attributes in a tag than the reader's limit";
    case errc::request_id_missing: return "a success without a request id";
    case errc::reply_unexpected: return "a well-formed body that is no answer to this call";
    case errc::redirected: return "a redirect, which was not followed";
    case errc::proxy_refused: return "a proxy on the way asks for credentials of its own";
    case errc::environment_missing: return "the environment variable is not set or empty";
    case errc::key_ended: return "the temporary key has ended, or there is no key yet";
    case errc::hash_failed: return "the cryptographic library failed, and nothing was signed";
    case errc::entropy_missing: return "the operating system gave no random bytes";
    }
    return "";
}

} // namespace detail

/// The sentence of an error code: static text without a full stop.
// The switch in words() has no default, so that the compiler warns of a new code without a sentence.
[[nodiscard]] constexpr std::string_view message(errc code) noexcept { return detail::words(code); }

/// One failure of a function of this library. Trivially copyable.
/// Storage: `subject` is static text or points into an argument of the caller.
struct failure {
    /// The reason.
    errc code;
    /// HTTP status, if the status line arrived before the failure; otherwise 0.
    std::uint16_t http_status = 0;
    /// The name of the parameter or variable at fault, or the transport's own text; may be empty.
    std::string_view subject = {};
    /// A number whose meaning depends on `code`; 0 for all codes that are not in this list.
    /// storage_too_small: bytes needed. url_too_long: length of the URL in bytes.
    /// An invalid character, and failures to read a body from unexpected_end on: byte offset.
    /// Transport failures: the transport's own error number.
    /// timestamp_out_of_range: units per second of the number given (1000, 1'000'000 or 1'000'000'000) when its size shows
    /// the unit; 0 in small builds.
    std::size_t detail = 0;
    /// The invalid character of a value, as a code point; otherwise 0. No other part of the value is kept.
    char32_t character = 0;
    /// For a value in a list: the number of its element, from 1; otherwise 0.
    std::uint16_t element = 0;

    friend constexpr bool operator==(failure const&, failure const&) noexcept = default; // unreached: defaulted
};

}} // namespace restartcaster

#endif
