// SPDX-License-Identifier: MIT
// Describes an error in one line for people: what happened, whether the operation ran, what to do.
// Source: docs/design.md, "Errors"; protocol 4.3 (what a signature refusal repeats).
// Data flow: an error in, text into the caller's sink; never a secret, a signature or a token.
#ifndef RESTARTCASTER_READ_DESCRIBE_HPP
#define RESTARTCASTER_READ_DESCRIBE_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "../encode/hex.hpp"
#include "../message/request.hpp"
#include "error.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

[[nodiscard]] constexpr char const* words(advice what_to_do) noexcept {
    switch (what_to_do) {
    case advice::try_again: return "call again";
    case advice::wait: return "wait, then call again";
    case advice::look_first: return "find out the present state before you call again";
    case advice::fix_clock: return "set the clock: it must be within 15 minutes of UTC";
    case advice::fix_credentials: return "check the access key id, its secret and the security token";
    case advice::fix_request: return "correct the request; the same call can only fail again";
    case advice::ask_permission: return "ask the account's owner for permission for this operation";
    case advice::start_caster: return "the studio is idle: call StartCaster, which starts it";
    case advice::give_up: return "this kind of studio does not take this operation";
    case advice::fix_transport: return "check the way to the service: endpoint, https, proxy and network";
    case advice::fix_signature: return "the service does not take this kind of signature";
    case advice::fix_machine: return "the request is right; mend this machine, then call again";
    }
    return "";
}

[[nodiscard]] constexpr char const* words(executed ran) noexcept {
    switch (ran) {
    case executed::no: return "It did not run";
    case executed::maybe: return "It may have run";
    case executed::yes: return "It ran";
    }
    return "";
}

} // namespace detail

/// The sentence of an advice, or of an `executed`: static text without a full stop.
[[nodiscard]] constexpr std::string_view message(advice what_to_do) noexcept { return detail::words(what_to_do); }
[[nodiscard]] constexpr std::string_view message(executed ran) noexcept { return detail::words(ran); }

namespace detail {

// The sentence of an advice, more precise for some codes.
[[nodiscard]] constexpr char const* words(advice what_to_do, service_code code) noexcept {
    switch (code) {
    case service_code::access_key_not_found: return "check the access key id";
    case service_code::access_key_inactive: return "enable the access key, or use another";
    case service_code::signature_does_not_match: return "check the access key secret";
    case service_code::security_token: return "get a new security token";
    default: return words(what_to_do);
    }
}

// Appends a code point in Unicode notation, e.g. U+200B.
template <byte_sink Sink>
constexpr void append_code_point(Sink& sink, char32_t code) noexcept {
    char digits[8]{'U', '+'};
    std::size_t size = 2;
    for (int shift = 20; shift >= 0; shift -= 4) {
        auto const digit = static_cast<unsigned>(code >> shift & 15);
        if (size > 2 || digit != 0 || shift < 16) digits[size++] = hex_upper(digit);
    }
    append_to(sink, text_at(digits, size));
}

// Appends the error of the clock, e.g. " (this clock is 8 h 0 min ahead)"; nothing below 1 minute.
template <byte_sink Sink>
constexpr void append_clock(Sink& sink, std::int64_t ahead_s) noexcept {
    auto const seconds = static_cast<std::uint64_t>(ahead_s);
    auto const minutes = static_cast<std::uint32_t>((ahead_s < 0 ? 0 - seconds : seconds) / 60); // 32 bits hold 8,000 years
    if (minutes == 0) return;
    append_to(sink, " (this clock is "sv);
    if (minutes >= 1440) {
        append_number(sink, minutes / 1440);
        append_to(sink, " d "sv);
    }
    append_number(sink, minutes / 60 % 24);
    append_to(sink, " h "sv);
    append_number(sink, minutes % 60);
    append_to(sink, ahead_s < 0 ? " min behind)"sv : " min ahead)"sv);
}

template <byte_sink Sink, class Failure>
constexpr void append_cause(Sink& sink, Failure const& cause) noexcept {
    if (!cause.subject.empty()) {
        // The name of a variable is the library's own text; append_foreign() would take it for a secret.
        if (cause.code == errc::environment_missing)
            append_to(sink, cause.subject);
        else
            append_foreign(sink, cause.subject);
        if (cause.element != 0) {
            append_to(sink, " element "sv);
            append_number(sink, cause.element);
        }
        append_to(sink, ": "sv);
    }
    append_to(sink, message(cause.code));
    std::string_view what;
    switch (cause.code) {
    case errc::storage_too_small: what = " (bytes needed: "sv; break;
    case errc::url_too_long: what = " (its bytes: "sv; break;
    case errc::timestamp_out_of_range:
        if (cause.detail == 0) return;
        append_to(sink, cause.detail == 1000 ? " (milliseconds were given, not seconds)"sv
                                             : " (micro- or nanoseconds were given, not seconds)"sv);
        return;
    default:
        what = " (byte "sv;
        if (cause.character != 0) {
            append_to(sink, " ("sv);
            append_code_point(sink, cause.character);
            what = " at byte "sv;
        } else if (cause.code < errc::unexpected_end || cause.code >= errc::request_id_missing) {
            return;
        }
    }
    append_to(sink, what);
    append_number(sink, cause.detail);
    append_to(sink, ")"sv);
}

// Appends whether the operation ran and what to do, with the operation's name and permission if they are known.
template <byte_sink Sink, class Error>
constexpr void append_outcome(Sink& sink, Error const& e) noexcept {
    std::string_view ran = message(e.ran);
    std::string_view const what_to_do =
        e.what_to_do == advice::fix_credentials ? words(e.what_to_do, e.code) : words(e.what_to_do);
#if !RESTARTCASTER_SMALL
    if (!e.action.empty()) {
        append_foreign(sink, e.action);
        ran.remove_prefix("It"sv.size());
    }
    append_to(sink, ran);
    append_to(sink, "; "sv);
    if (e.what_to_do == advice::ask_permission && !e.permission.empty()) {
        append_to(sink, "ask the account's owner for the permission "sv);
        append_to(sink, e.permission);
        return;
    }
#else
    append_to(sink, ran);
    append_to(sink, "; "sv);
#endif
    append_to(sink, what_to_do);
}

template <byte_sink Sink, class Error>
constexpr void append_error(Sink& sink, Error const& e) noexcept {
    switch (e.kind) { // unreached: every_case
    case error_kind::local: append_to(sink, "not sent, "sv); break;
    case error_kind::not_sent: append_to(sink, "not sent, "sv); break;
    case error_kind::no_answer: append_to(sink, "no answer, "sv); break;
    case error_kind::unreadable: append_to(sink, "no readable answer, "sv); break;
    case error_kind::refused:
        append_to(sink, "refused with "sv);
        append_foreign(sink, e.code_text.empty() ? "a code that a later attempt wrote over"sv : e.code_text, e.sent);
        if (!e.message.empty()) {
            append_to(sink, ": "sv);
            append_foreign(sink, e.message, e.sent);
        }
        break;
    }
    if (e.kind != error_kind::refused) append_cause(sink, e.cause);
#if !RESTARTCASTER_SMALL
    if (e.redirected_to.size != 0) {
        append_to(sink, " (to host "sv);
        append_to(sink, e.redirected_to.text());
        append_to(sink, ")"sv);
    }
#endif
    if (e.http_status != 0) {
        append_to(sink, " (HTTP "sv);
        append_number(sink, e.http_status);
        append_to(sink, ")"sv);
    }
    append_to(sink, ". "sv);
    append_outcome(sink, e);
    append_clock(sink, e.clock_ahead_s);
    if (e.retry_after_ms != 0) {
        append_to(sink, " (after "sv);
        append_number(sink, e.retry_after_ms);
        append_to(sink, " ms)"sv);
    }
    append_to(sink, "."sv);
    if (!e.request_id.empty()) {
        append_to(sink, " Request id "sv);
        append_foreign(sink, e.request_id, e.sent);
    }
}

} // namespace detail

/// Appends a failure in words, e.g. "CasterId: a required value is missing or empty".
template <byte_sink Sink>
constexpr void describe(Sink& sink, failure const& cause) noexcept {
    detail::append_cause(sink, cause);
}

/// Appends an error in words on one line, e.g. "refused with IncorrectCasterStatus.Idle (HTTP 400). RestartCaster did not
/// run; the studio is idle: call StartCaster, which starts it. Request id 6EBD1AC4-...". In small builds, and for an error
/// that names no operation, "It" replaces the name.
/// Texts of the service pass through append_foreign(): they are short and without secrets.
template <byte_sink Sink>
constexpr void describe(Sink& sink, error const& e) noexcept {
    detail::append_error(sink, e);
}
/// The same for a request that was sent without `call`: `sent` is the request, whose secrets are removed.
template <byte_sink Sink>
constexpr void describe(Sink& sink, error const& e, std::type_identity_t<request const&> sent) noexcept {
    error with_request = e;
    with_request.sent = request_bytes(sent);
    detail::append_error(sink, with_request);
}

}} // namespace restartcaster

#endif
