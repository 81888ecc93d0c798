// SPDX-License-Identifier: MIT
// What an answer that is no success proves: whether the operation ran, and what helps.
// Source: docs/design.md, "Errors"; RFC 9110 section 15; protocol "Responses" and "Throttling headers".
// Path: status, header fields and what the body says in; the rest of the error out. reply.hpp asks.
#ifndef RESTARTCASTER_READ_JUDGE_HPP
#define RESTARTCASTER_READ_JUDGE_HPP
#pragma once

#include "../message/response.hpp"
#include "error.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// What an answer shows of who wrote it.
enum class sender : std::uint8_t {
    /// Anybody: a proxy, a cache, a web page.
    unknown,
    /// A code that the service's tables know by its whole name, in the field `Code`.
    known_code,
    /// A code in the field `Code`, and the request's id or the service's host beside it.
    service,
};

template <class Response, class Error>
[[nodiscard]] constexpr sender sender_of(Response const& from, Error const& said, bool code_by_name) noexcept {
    // A web page, application/problem+json: a content type that the service does not send.
    bool const odd = from.content_type == media_type::other;
    if (!said.code_in_own_field || (odd && !code_by_name)) return sender::unknown;
    if (!said.request_id.empty() || !said.host_id.empty()) return sender::service;
    return code_by_name && !odd ? sender::known_code : sender::unknown;
}

// Whether a code in an answer proves that the operation did not run, when the code means so: the table in
// docs/design.md, "Errors".
template <class Response, class Error, class Meaning>
[[nodiscard]] constexpr bool proves_refusal(Response const& from, Error const& said, Meaning const& meaning,
                                            sender by) noexcept {
    bool const whole = by == sender::service && !said.request_id.empty();
    // What a failing service says of itself is not relied on; its throttle has been seen to answer with a 503.
    if (from.status == 503) return whole && meaning.code == service_code::throttling;
    switch (from.status / 100) {
    case 2:
        // A call that ran answers with this status too. Those refusals after which programs call again, once they
        // have waited or set the clock, need better proof.
        return whole && meaning.code != service_code::other && meaning.what_to_do != advice::wait &&
               meaning.what_to_do != advice::fix_clock;
    case 4: return by != sender::unknown;
    default: return false;
    }
}

// "0" and such stand for success in bodies of several products.
template <class Text>
[[nodiscard]] constexpr bool names_success(Text code) noexcept {
    return code == "0"sv || code == "200"sv || equal_ignoring_case(code, "ok") ||
           equal_ignoring_case(part(code, 0, 7), "success");
}

// Makes of what an answer says the error that it is: a refusal when it has a code, otherwise unreadable.
template <class Response, class Error, class Meaning = service_code_meaning>
constexpr void explain(Response const& from, Error& e) noexcept {
    unsigned const hundreds = from.status / 100;
    if (from.status == 407)
        e.cause = {.code = errc::proxy_refused};
    else if (hundreds == 3 && (e.code_text.empty() || static_cast<bool>(e.cause.code)))
        e.cause = {.code = errc::redirected};
    else if (hundreds != 2 && names_success(e.code_text))
        e.cause = {.code = errc::reply_unexpected};
    if (static_cast<bool>(e.cause.code)) { // then nothing of the body is believed
        e.code_text = {};
        e.message = {};
        e.request_id = {};
        e.host_id = {};
        e.recommend = {};
    }
    // A status of 3xx or 4xx without a word of the service comes from something in between; any other may well be
    // the tail of a call that ran.
    bool const in_between = hundreds == 3 || hundreds == 4;
    Meaning meaning{.ran = executed::maybe, .what_to_do = in_between ? advice::fix_transport : advice::look_first};
    std::uint32_t wait = from.wait_ms();
    e.kind = error_kind::unreadable;
    if (!e.code_text.empty()) {
        e.kind = error_kind::refused;
        Meaning const said = meaning_of(e.code_text, from.status);
        sender const by = sender_of(from, e, said.by_name);
        meaning.code = said.code;
        if (said.ran == executed::no && proves_refusal(from, e, said, by)) {
            meaning = said;
            if (from.retry_after_ms != 0 && hundreds == 4 && by == sender::service)
                meaning = {service_code::throttling, executed::no, advice::wait};
            else if (wait != 0 && said.code == service_code::other)
                meaning.what_to_do = advice::wait;
            if (meaning.what_to_do != advice::wait) wait = 0;
        } else if (hundreds != 4 || by != sender::unknown) {
            meaning.what_to_do = advice::look_first;
        }
    }
#if !RESTARTCASTER_SMALL
    if (e.cause.code == errc::redirected) e.redirected_to = from.location;
#endif
    e.ran = meaning.ran;
    e.what_to_do = meaning.what_to_do;
    e.code = meaning.code;
    e.http_status = from.status;
    e.retry_after_ms = wait;
}

}}} // namespace restartcaster::detail

#endif
