// SPDX-License-Identifier: MIT
// The names of enumerators, for logs and metrics: "fix_clock", "throttling".
// Source: the enumerations themselves.
// Data flow: an enumerator in, its identifier out; a program that calls no name() contains no names.
#ifndef RESTARTCASTER_READ_NAMES_HPP
#define RESTARTCASTER_READ_NAMES_HPP
#pragma once

#include "error.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

// No default in these switches, so that the compiler warns of a new enumerator without a name.
[[nodiscard]] constexpr char const* identifier(errc code) noexcept {
    switch (code) {
    case errc::parameter_missing: return "parameter_missing";
    case errc::parameter_blank_end: return "parameter_blank_end";
    case errc::parameter_control_character: return "parameter_control_character";
    case errc::parameter_invisible_character: return "parameter_invisible_character";
    case errc::parameter_quoted: return "parameter_quoted";
    case errc::parameter_not_utf8: return "parameter_not_utf8";
    case errc::credential_malformed: return "credential_malformed";
    case errc::parameter_duplicate: return "parameter_duplicate";
    case errc::parameter_reserved: return "parameter_reserved";
    case errc::parameter_name_empty: return "parameter_name_empty";
    case errc::parameter_index_out_of_range: return "parameter_index_out_of_range";
    case errc::parameters_too_many: return "parameters_too_many";
    case errc::timestamp_out_of_range: return "timestamp_out_of_range";
    case errc::host_malformed: return "host_malformed";
    case errc::url_too_long: return "url_too_long";
    case errc::storage_too_small: return "storage_too_small";
    case errc::input_in_storage: return "input_in_storage";
    case errc::not_sent: return "not_sent";
    case errc::no_answer: return "no_answer";
    case errc::answer_too_long: return "answer_too_long";
    case errc::body_empty: return "body_empty";
    case errc::body_encoded: return "body_encoded";
    case errc::body_not_recognised: return "body_not_recognised";
    case errc::unexpected_end: return "unexpected_end";
    case errc::unexpected_byte: return "unexpected_byte";
    case errc::invalid_utf8: return "invalid_utf8";
    case errc::nesting_too_deep: return "nesting_too_deep";
    case errc::trailing_bytes: return "trailing_bytes";
    case errc::json_invalid_escape: return "json_invalid_escape";
    case errc::json_invalid_number: return "json_invalid_number";
    case errc::xml_doctype_refused: return "xml_doctype_refused";
    case errc::xml_encoding_refused: return "xml_encoding_refused";
    case errc::xml_entity_unknown: return "xml_entity_unknown";
    case errc::xml_reference_invalid: return "xml_reference_invalid";
    case errc::xml_tag_mismatched: return "xml_tag_mismatched";
    case errc::xml_attribute_duplicate: return "xml_attribute_duplicate";
    case errc::xml_attributes_too_many: return "xml_attributes_too_many";
    case errc::request_id_missing: return "request_id_missing";
    case errc::reply_unexpected: return "reply_unexpected";
    case errc::redirected: return "redirected";
    case errc::proxy_refused: return "proxy_refused";
    case errc::environment_missing: return "environment_missing";
    case errc::key_ended: return "key_ended";
    case errc::hash_failed: return "hash_failed";
    case errc::entropy_missing: return "entropy_missing";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(error_kind kind) noexcept {
    switch (kind) {
    case error_kind::local: return "local";
    case error_kind::not_sent: return "not_sent";
    case error_kind::no_answer: return "no_answer";
    case error_kind::unreadable: return "unreadable";
    case error_kind::refused: return "refused";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(executed ran) noexcept {
    switch (ran) {
    case executed::no: return "no";
    case executed::maybe: return "maybe";
    case executed::yes: return "yes";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(advice what_to_do) noexcept {
    switch (what_to_do) {
    case advice::try_again: return "try_again";
    case advice::wait: return "wait";
    case advice::look_first: return "look_first";
    case advice::fix_clock: return "fix_clock";
    case advice::fix_credentials: return "fix_credentials";
    case advice::fix_request: return "fix_request";
    case advice::ask_permission: return "ask_permission";
    case advice::start_caster: return "start_caster";
    case advice::give_up: return "give_up";
    case advice::fix_transport: return "fix_transport";
    case advice::fix_machine: return "fix_machine";
    case advice::fix_signature: return "fix_signature";
    }
    return "";
}

[[nodiscard]] constexpr char const* identifier(service_code code) noexcept {
    switch (code) {
    case service_code::other: return "other";
    case service_code::incorrect_caster_status: return "incorrect_caster_status";
    case service_code::incorrect_caster_status_idle: return "incorrect_caster_status_idle";
    case service_code::incorrect_scene_status: return "incorrect_scene_status";
    case service_code::invalid_caster_id_malformed: return "invalid_caster_id_malformed";
    case service_code::invalid_norm_type_malformed: return "invalid_norm_type_malformed";
    case service_code::illegal_operation: return "illegal_operation";
    case service_code::invalid_caster_not_found: return "invalid_caster_not_found";
    case service_code::invalid_scene_not_found: return "invalid_scene_not_found";
    case service_code::internal_error: return "internal_error";
    case service_code::service_unavailable: return "service_unavailable";
    case service_code::throttling: return "throttling";
    case service_code::timestamp_expired: return "timestamp_expired";
    case service_code::timestamp_malformed: return "timestamp_malformed";
    case service_code::signature_nonce_used: return "signature_nonce_used";
    case service_code::signature_does_not_match: return "signature_does_not_match";
    case service_code::access_key_not_found: return "access_key_not_found";
    case service_code::access_key_inactive: return "access_key_inactive";
    case service_code::security_token: return "security_token";
    case service_code::signature_unsupported: return "signature_unsupported";
    case service_code::permission: return "permission";
    case service_code::missing_parameter: return "missing_parameter";
    case service_code::invalid_parameter: return "invalid_parameter";
    case service_code::action_not_found: return "action_not_found";
    case service_code::http_method: return "http_method";
    case service_code::ssl_needed: return "ssl_needed";
    case service_code::busy: return "busy";
    case service_code::endpoint_not_supported: return "endpoint_not_supported";
    }
    return "";
}

} // namespace detail

/// The identifier of an enumerator: static text. Identifiers are stable, sentences are not: programs may compare these.
[[nodiscard]] constexpr std::string_view name(errc code) noexcept { return detail::identifier(code); }
[[nodiscard]] constexpr std::string_view name(error_kind kind) noexcept { return detail::identifier(kind); }
[[nodiscard]] constexpr std::string_view name(executed ran) noexcept { return detail::identifier(ran); }
[[nodiscard]] constexpr std::string_view name(advice what_to_do) noexcept { return detail::identifier(what_to_do); }
[[nodiscard]] constexpr std::string_view name(service_code code) noexcept { return detail::identifier(code); }

}} // namespace restartcaster

#endif
