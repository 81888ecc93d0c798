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

// Makes of what an answer says the error that it is: a refusal when it has a code, otherwise unreadable.
template <class Response, class Error, class Meaning = service_code_meaning>
constexpr void explain(Response const& from, Error& e) noexcept {
    if (static_cast<bool>(e.cause.code)) { // then nothing of the body is believed
        e.code_text = {};
        e.message = {};
        e.request_id = {};
        e.host_id = {};
        e.recommend = {};
    }
    // A status of 4xx without a word of the service comes from something in between; any other may well be
    // the tail of a call that ran.
    bool const in_between = from.status >= 400 && from.status < 500;
    Meaning meaning{.ran = executed::maybe,
                                 .what_to_do = in_between ? advice::fix_transport : advice::look_first};
    std::uint32_t wait = from.retry_after_ms;
    e.kind = error_kind::unreadable;
    if (!e.code_text.empty()) {
        e.kind = error_kind::refused;
        meaning = meaning_of(e.code_text, from.status);
        if (meaning.code == service_code::throttling ||
            (wait != 0 && from.status >= 400 && meaning.ran == executed::no)) {
            meaning = {service_code::throttling, executed::no, advice::wait};
            if (from.rate_limit_ms > wait) wait = from.rate_limit_ms;
        } else if (from.status >= 500) {
            // What a failing server says of itself is not relied on; only the throttle has been seen to answer with
            // such a status before the operation.
            meaning = {meaning.code, executed::maybe, advice::look_first};
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
