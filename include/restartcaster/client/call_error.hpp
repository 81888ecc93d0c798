// SPDX-License-Identifier: MIT
// The failure of a call that may have taken several attempts.
// Source: docs/design.md, "Calls over time".
// Data flow: the call machine makes it of its last attempt's error; a program acts on it, describe() says it.
#ifndef RESTARTCASTER_CLIENT_CALL_ERROR_HPP
#define RESTARTCASTER_CLIENT_CALL_ERROR_HPP
#pragma once

#include "../read/describe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The error of the last attempt, with `ran` and `what_to_do` said of the whole call: once an attempt may have
/// run, the call may have run. Where the last attempt stayed here after an earlier one that may have run, kind, code,
/// status and cause are the earlier one's: a call whose kind is local or not_sent did not run.
/// Storage: as error; the texts point into the storage of the call. Of an earlier attempt there are none.
struct call_error : error {
    /// Requests that were handed to the transport.
    std::uint16_t attempts = 0;
    /// Milliseconds spent waiting between attempts and for the account's pace, those of exchanges not included.
    std::uint32_t waited_ms = 0;
    /// The last attempt stayed here, after an earlier one that may have run, because of `last_cause`.
    bool last_stayed_here = false;
    /// A clock_skew was there and the Date that would have corrected it came over plain HTTP: see believed_dates.
    bool skew_wants_https = false;
    failure last_cause = {};
};

/// Appends the error in words, as for one attempt, then what the call went through: "(3 attempts, 1200 ms of
/// waiting)".
template <byte_sink Sink>
constexpr void describe(Sink& sink, call_error const& e) noexcept {
    describe(sink, static_cast<error const&>(e));
    if (e.last_stayed_here) {
        detail::append_to(sink, " The last attempt was not sent: "sv);
        describe(sink, e.last_cause);
        detail::append_to(sink, "."sv);
    }
    if (e.skew_wants_https)
        detail::append_to(sink, " The clock was not corrected: the service's Date is not believed over plain HTTP."sv);
    if (e.attempts < 2 && e.waited_ms == 0) return;
    detail::append_to(sink, " ("sv);
    detail::append_number(sink, e.attempts);
    detail::append_to(sink, e.attempts == 1 ? " attempt, "sv : " attempts, "sv);
    detail::append_number(sink, e.waited_ms);
    detail::append_to(sink, " ms of waiting)"sv);
}

}} // namespace restartcaster

#endif
