// SPDX-License-Identifier: MIT
// Decides for an answer that is not a success whether the operation ran, and what to do.
// Source: docs/design.md, "Errors"; RFC 9110 section 15; protocol "Responses" and "Throttling headers".
// Data flow: status, header fields and fields of the body in, the remaining members of the error out; used by reply.hpp.
#ifndef RESTARTCASTER_READ_JUDGE_HPP
#define RESTARTCASTER_READ_JUDGE_HPP
#pragma once

#include "../message/response.hpp"
#include "error.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Whether a code with the meaning "the operation did not run" proves this: the table in docs/design.md, "Errors".
template <class Response, class Error, class Meaning>
[[nodiscard]] constexpr bool proves_refusal(Response const& from, Error const& refusal, Meaning const& meaning) noexcept {
    // Two of three signs show that the service itself wrote the field `Code`: the whole name of the code is known, the body
    // has a request id or host id, and the content type is JSON, XML or missing. A proxy's web page has another content type.
    unsigned const signs = (meaning.by_name ? 1u : 0u) + (from.content_type != media_type::other ? 1u : 0u) +
                           (refusal.request_id.size() + refusal.host_id.size() != 0 ? 1u : 0u);
    if (meaning.ran != executed::no || !refusal.code_in_own_field || signs < 2) return false;
    if (from.status / 100 == 4) return true;
    if (refusal.request_id.empty()) return false;
    // A 5xx proves nothing, because the service itself failed. The exception is throttling: the service was observed to answer
    // a throttled call with 503.
    if (from.status == 503) return meaning.code == service_code::throttling;
    // A call that ran is answered with 2xx as well. So a refusal with 2xx proves nothing if programs would wait or correct the
    // clock after this refusal, and call again.
    return from.status / 100 == 2 && meaning.what_to_do != advice::wait && meaning.what_to_do != advice::fix_clock;
}

// Completes an error from the answer: a refusal if the answer has a code, otherwise unreadable.
template <class Response, class Error, class Meaning = service_code_meaning>
constexpr void judge(Response const& from, Error& e) noexcept {
    unsigned const hundreds = from.status / 100u;
    Meaning documented;
    if (from.status == 407)
        e.cause.code = errc::proxy_refused;
    else if (!static_cast<bool>(e.cause.code)) {
        documented = meaning_of(e.code_text, from.status);
        // A code of success contradicts a status other than 2xx.
        if (documented.ran == executed::yes && hundreds != 2) e.cause.code = errc::reply_unexpected;
    }
    Meaning meaning{.ran = executed::maybe, .what_to_do = advice::look_first};
    std::uint32_t wait = from.wait_ms();
    if (static_cast<bool>(e.cause.code)) {
        e.kind = error_kind::unreadable;
        // 3xx and 4xx: an intermediary redirected or refused. Any other answer may follow a call that ran.
        if (hundreds == 3 || hundreds == 4) meaning.what_to_do = advice::fix_transport;
        e.code_text = {}; // an unreadable body is not trusted
        e.message = {};
        e.request_id = {};
        e.host_id = {};
        e.recommend = {};
        if (hundreds == 3 && from.status != 304) { // 304 Not Modified has no target
            e.cause.code = errc::redirected;
#if !RESTARTCASTER_SMALL
            e.redirected_to = from.location;
#endif
        }
    } else {
        e.kind = error_kind::refused;
        meaning.code = documented.code;
        if (proves_refusal(from, e, documented)) {
            meaning = documented;
            if (from.retry_after_ms != 0 && hundreds == 4 && (!e.request_id.empty() || !e.host_id.empty()))
                meaning = {service_code::throttling, executed::no, advice::wait};
            else if (wait != 0 && documented.code == service_code::other)
                meaning.what_to_do = advice::wait;
            if (meaning.what_to_do != advice::wait) wait = 0;
        }
    }
    e.ran = meaning.ran;
    e.what_to_do = meaning.what_to_do;
    e.code = meaning.code;
    e.http_status = from.status;
    e.retry_after_ms = wait;
}

}}} // namespace restartcaster::detail

#endif
