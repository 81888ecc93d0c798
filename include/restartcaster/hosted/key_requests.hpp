// SPDX-License-Identifier: MIT
// The requests to servers that give a key without a signature, and what they and commands answer.
// Source: the vendor's "Instance metadata" (IMDSv2); credentials-go (credentials URI, External); RFC 3986 (URL).
// Data flow: a URL and a header in, a request out; a body in, a key and its end out.
#ifndef RESTARTCASTER_HOSTED_KEY_REQUESTS_HPP
#define RESTARTCASTER_HOSTED_KEY_REQUESTS_HPP
#pragma once

#include "../core/storage.hpp"
#include "../core/time_text.hpp"
#include "../message/request.hpp"
#include "../sign/credentials.hpp"
#include "cli_profile.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

[[nodiscard]] constexpr bool is_visible(std::string_view text) noexcept {
    for (char const c : text)
        if (!is_graphic(c)) return false;
    return true;
}
/// Letters, digits and . @ - _: the name of a role, and the name of a region.
[[nodiscard]] constexpr bool is_plain_name(std::string_view text) noexcept {
    for (char const c : text)
        if (!is_solid(c) && c != '.' && c != '@' && c != '-' && c != '_') return false;
    return !text.empty() && text.size() <= 64;
}

/// An http or https URL without user, password and fragment.
/// Storage: points into the text of the URL.
struct url_parts {
    endpoint to{""sv};
    std::string_view target = {};
};
[[nodiscard]] constexpr result<url_parts, errc> parts_of_url(std::string_view url) noexcept {
    bool const tls = url.starts_with("https://"sv);
    if ((!tls && !url.starts_with("http://"sv)) || !is_visible(url) || url.find('#') != std::string_view::npos)
        return unexpected(errc::host_malformed);
    url.remove_prefix(tls ? 8 : 7);
    std::string_view host = part(url, 0, url.find_first_of("/?"sv));
    std::string_view const target = part(url, host.size());
    std::size_t const colon = host.rfind(':');
    std::int64_t port = 0;
    if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        number const given = whole_number(part(host, colon + 1));
        port = given.value_or(0) > 0 ? given.value_or(0) : -1;
        host = part(host, 0, colon);
    }
    endpoint const to(host, tls ? url_scheme::https : url_scheme::http, port);
    if (!to.well_formed()) return unexpected(errc::host_malformed);
    return url_parts{to, target};
}

/// A request without a body and with at most one header field of its own.
struct plain_request {
    http_method method = http_method::get;
    endpoint to;
    /// The target in two pieces; an empty one stands for "/".
    std::string_view target = {}, more_target = {};
    /// The field; no field if the name is empty. The value has visible characters only.
    std::string_view name = {}, value = {};
};

/// Builds a plain request. Errors: host_malformed; storage_too_small; url_too_long above 2048 bytes;
///   parameter_control_character for a blank, control character or byte beyond ASCII in target or value.
[[nodiscard]] constexpr result<request> make_plain_request(plain_request const& from, room to) noexcept {
    auto const refuse = [](errc code, std::string_view subject, std::size_t detail = 0) {
        return unexpected(failure{.code = code, .subject = subject, .detail = detail});
    };
    if (!from.to.well_formed()) return refuse(errc::host_malformed, "host"sv);
    if (!is_visible(from.target) || !is_visible(from.more_target)) return refuse(errc::parameter_control_character, "URL"sv);
    if (!is_visible(from.value)) return refuse(errc::parameter_control_character, from.name);
    std::size_t const target_size = from.target.size() + from.more_target.size();
    if (target_size > 2048) return refuse(errc::url_too_long, "URL"sv, target_size);
    buffer_sink wire(to.span());
    from.to.append_origin(wire);
    request_layout parts{};
    parts.target_at = wire.needed();
    if (!from.target.starts_with('/')) append_byte(wire, '/');
    wire.append(from.target);
    wire.append(from.more_target);
    parts.url_end = wire.needed();
    append_byte(wire, '\0');
    std::size_t const headers_at = wire.needed();
    wire.append("Accept-Encoding: identity\r\n"sv);
    if (!from.name.empty()) {
        wire.append(from.name);
        wire.append(": "sv);
        wire.append(from.value);
        wire.append("\r\n"sv);
    }
    parts.body_at = parts.body_end = wire.needed();
    if (!wire.fits()) return refuse(errc::storage_too_small, "request"sv, wire.needed());
    struct {
        placement parameters = placement::get;
        endpoint to;
    } const options{.to = from.to};
    auto made = finished_request(options, wire.written(), parts, part(wire.written(), headers_at));
    made->method = from.method;
    return made;
}

/// What a metadata server or a credentials URI answers.
struct key_answer {
    std::string_view code, access_key_id, access_key_secret, security_token, session_token, expiration;

    static constexpr auto fields = restartcaster::fields(
        field<"Code", &key_answer::code>, field<"AccessKeyId", &key_answer::access_key_id>,
        secret_field<"AccessKeySecret", &key_answer::access_key_secret>,
        secret_field<"SecurityToken", &key_answer::security_token>,
        secret_field<"SessionToken", &key_answer::session_token>, field<"Expiration", &key_answer::expiration>);
};

/// What a command prints.
struct command_answer {
    std::string_view mode, access_key_id, access_key_secret, sts_token, expiration;

    static constexpr auto fields = restartcaster::fields(
        field<"mode", &command_answer::mode>, field<"access_key_id", &command_answer::access_key_id>,
        secret_field<"access_key_secret", &command_answer::access_key_secret>,
        secret_field<"sts_token", &command_answer::sts_token>, field<"expiration", &command_answer::expiration>);
};

/// A key that was read; `field` names the first field that is missing or malformed, if any.
struct read_key {
    credentials key = {};
    std::int64_t expires_at = utc_time::none;
    std::string_view field = {};
};

/// The end of a key, e.g. "2026-11-28T14:05:09Z"; utc_time::none for any other text.
[[nodiscard]] constexpr std::int64_t end_in(std::string_view text) noexcept {
    return text.size() == 20 && text[10] == 'T' && text.back() == 'Z' ? time_in(text) : utc_time::none;
}

/// Checks that a temporary key is complete.
[[nodiscard]] constexpr read_key complete_key(std::string_view id, std::string_view secret, std::string_view token,
                                              std::string_view expiration) noexcept {
    read_key read{.key = {.access_key_id = id, .access_key_secret = secret, .security_token = token},
                  .expires_at = end_in(expiration)};
    if (read.expires_at == utc_time::none) read.field = "Expiration"sv;
    if (token.empty()) read.field = "SecurityToken"sv;
    if (secret.empty()) read.field = "AccessKeySecret"sv;
    if (id.empty()) read.field = "AccessKeyId"sv;
    return read;
}
/// The key that a command printed. The mode StsToken needs a token, and the end may be absent.
[[nodiscard]] constexpr read_key key_of(command_answer const& from) noexcept {
    bool const temporary = from.mode == "StsToken"sv;
    read_key read = complete_key(from.access_key_id, from.access_key_secret, temporary ? from.sts_token : "-"sv,
                                 from.expiration);
    if (from.expiration.empty() && read.field == "Expiration"sv) read.field = {};
    read.key.security_token = from.sts_token;
    if (from.mode == "AK"sv) read.key.security_token = std::string_view();
    return read;
}

}}} // namespace restartcaster::detail

#endif
