// SPDX-License-Identifier: MIT
// An error in one line for a person: what happened, whether it ran, what to do.
// Source: docs/design.md, "Errors"; protocol 4.3 (what a signature refusal repeats).
// Path: an error in, text into the caller's sink; no secret, no signature, no token on any path.
#ifndef RESTARTCASTER_READ_DESCRIBE_HPP
#define RESTARTCASTER_READ_DESCRIBE_HPP
#pragma once

#include "../core/sink.hpp"
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

/// The sentence of an advice, static text without a full stop.
[[nodiscard]] constexpr std::string_view message(advice what_to_do) noexcept { return detail::words(what_to_do); }
[[nodiscard]] constexpr std::string_view message(executed ran) noexcept { return detail::words(ran); }

namespace detail {

template <byte_sink Sink>
constexpr void append_number(Sink& sink, std::uint64_t number) noexcept {
    char digits[20];
    std::size_t at = sizeof digits;
    do digits[--at] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    sink.append(text_at(digits + at, sizeof digits - at));
}

// Text that somebody else wrote: cut short, on one line, nothing that a terminal could obey.
template <byte_sink Sink>
constexpr void append_foreign(Sink& sink, std::string_view text) noexcept {
    constexpr std::size_t most = 200;
    std::size_t used = 0;
    for (std::size_t at = 0; at != text.size();) {
        std::size_t const length = utf8_size(text, at);
        if (used + (length == 0 ? 1 : length) > most) return sink.append("...");
        bool const c1 = length == 2 && byte_at(text, at) == 0xC2 && byte_at(text, at + 1) < 0xA0;
        if (length == 0 || byte_at(text, at) < 0x20 || byte_at(text, at) == 0x7F || c1)
            sink.append("?");
        else
            sink.append(detail::part(text, at, length));
        at += length == 0 ? 1 : length;
        used += length == 0 ? 1 : length;
    }
}

// A refused signature repeats the request with key id and token: only what stands before that is shown.
inline constexpr char const* repeated_requests[] = {
    "server string to sign", "server StringToSign", "server canonical", "server Canonical", "string to sign",
    "StringToSign", "canonical", "Canonical", "AccessKey", "Credential=", "SecurityToken", "security-token",
    "Signature="};
template <class Text>
[[nodiscard]] constexpr Text without_request(Text message) noexcept {
    for (char const* const repeats : repeated_requests)
        message = detail::part(message, 0, message.find(repeats));
    while (message.ends_with(' ')) message.remove_suffix(1);
    return message;
}

// By how much a clock is off, e.g. " (this clock is 8 h 0 min ahead)"; less than a minute is not worth a word.
template <byte_sink Sink>
constexpr void append_clock(Sink& sink, std::int64_t ahead_s) noexcept {
    auto const seconds = static_cast<std::uint64_t>(ahead_s);
    auto const minutes = static_cast<std::uint32_t>((ahead_s < 0 ? 0 - seconds : seconds) / 60); // of 8,000 years
    if (minutes == 0) return;
    sink.append(" (this clock is "sv);
    if (minutes >= 1440) {
        append_number(sink, minutes / 1440);
        sink.append(" d "sv);
    }
    append_number(sink, minutes / 60 % 24);
    sink.append(" h "sv);
    append_number(sink, minutes % 60);
    sink.append(ahead_s < 0 ? " min behind)"sv : " min ahead)"sv);
}

template <byte_sink Sink, class Failure>
constexpr void append_cause(Sink& sink, Failure const& cause) noexcept {
    if (!cause.subject.empty()) {
        append_foreign(sink, cause.subject);
        sink.append(": ");
    }
    sink.append(message(cause.code));
    std::string_view what;
    switch (cause.code) {
    case errc::storage_too_small: what = " (bytes needed: "sv; break;
    case errc::url_too_long: what = " (its bytes: "sv; break;
    case errc::timestamp_out_of_range:
        if (cause.detail == 0) return;
        sink.append(cause.detail == 1000 ? " (milliseconds were given, not seconds)"sv
                                         : " (micro- or nanoseconds were given, not seconds)"sv);
        return;
    default:
        if (cause.code < errc::unexpected_end || cause.code >= errc::request_id_missing) return;
        what = " (byte "sv;
    }
    sink.append(what);
    append_number(sink, cause.detail);
    sink.append(")"sv);
}

template <byte_sink Sink, class Error>
constexpr void append_error(Sink& sink, Error const& e) noexcept {
    switch (e.kind) {
    case error_kind::local: sink.append("not sent, "); break;
    case error_kind::not_sent: sink.append("not sent, "); break;
    case error_kind::no_answer: sink.append("no answer, "); break;
    case error_kind::unreadable: sink.append("no readable answer, "); break;
    case error_kind::refused:
        sink.append("refused with ");
        append_foreign(sink, e.code_text.empty() ? "a code that a later attempt wrote over"sv : e.code_text);
        if (auto const said = without_request(e.message); !said.empty()) {
            sink.append(": ");
            append_foreign(sink, said);
        }
        break;
    }
    if (e.kind != error_kind::refused) append_cause(sink, e.cause);
#if !RESTARTCASTER_SMALL
    if (e.redirected_to.size != 0) {
        sink.append(" (to host ");
        sink.append(e.redirected_to.text());
        sink.append(")");
    }
#endif
    if (e.http_status != 0) {
        sink.append(" (HTTP ");
        append_number(sink, e.http_status);
        sink.append(")");
    }
    sink.append(". ");
    sink.append(message(e.ran));
    sink.append("; ");
    sink.append(message(e.what_to_do));
    append_clock(sink, e.clock_ahead_s);
    if (e.retry_after_ms != 0) {
        sink.append(" (after ");
        append_number(sink, e.retry_after_ms);
        sink.append(" ms)");
    }
    sink.append(".");
    if (!e.request_id.empty()) {
        sink.append(" Request id ");
        append_foreign(sink, e.request_id);
    }
}

} // namespace detail

/// Appends a failure in words, e.g. "CasterId: a required value is missing or empty".
template <byte_sink Sink>
constexpr void describe(Sink& sink, failure const& cause) noexcept {
    detail::append_cause(sink, cause);
}

/// Appends an error in words, on one line, e.g. "refused with IncorrectCasterStatus.Idle (HTTP 400). It did not
/// run; the studio is idle: call StartCaster, which starts it. Request id 6EBD1AC4-...".
/// What the service wrote is cut short and stripped of control characters, and of the request that it repeats
/// when a signature does not match.
template <byte_sink Sink>
constexpr void describe(Sink& sink, error const& e) noexcept {
    detail::append_error(sink, e);
}

}} // namespace restartcaster

#endif
