// SPDX-License-Identifier: MIT
// The failure of a call that may have taken several attempts.
// Source: docs/design.md, "Calls over time".
// Data flow: the call machine makes it from the error of the last attempt; a program acts on it, describe() prints it.
#ifndef RESTARTCASTER_CLIENT_CALL_ERROR_HPP
#define RESTARTCASTER_CLIENT_CALL_ERROR_HPP
#pragma once

#include "../read/describe.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The error of a whole call. It is the error of the last attempt, with two exceptions. `ran` and `what_to_do` hold for
/// the whole call: after an attempt that may have run, the call may have run. And if the last attempt was not sent after
/// an earlier attempt that may have run, then kind, code, http_status and cause are those of the earlier attempt, so that
/// kind local or not_sent always means that the call did not run.
/// Storage: as for error; the texts point into the storage of the call. Texts of an earlier attempt are empty, because a
///   later attempt may have overwritten them.
struct call_error : error {
    /// The number of requests given to the transport.
    std::uint16_t attempts = 0;
    /// Milliseconds spent waiting between attempts and for a turn of the pacing; time in exchanges is not included.
    std::uint32_t waited_ms = 0;
    /// Whether the last attempt was not sent, for the reason `last_cause`, after an earlier attempt that may have run.
    bool last_stayed_here = false;
    /// Whether the clock was not corrected because the Date field came over plain HTTP; see believed_dates.
    bool skew_wants_https = false;
    /// The reason of last_stayed_here; empty otherwise.
    failure last_cause = {};
};

/// Appends the error in words, as for one attempt, and then the attempts of the call: "(3 attempts, 1200 ms of waiting)".
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
