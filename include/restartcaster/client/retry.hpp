// SPDX-License-Identifier: MIT
// What may be tried again, how, and after how long: the rules alone, without a clock and without a state.
// Source: protocol "Retries in the SDKs" and "Throttling headers"; docs/design.md, "Calls over time";
//   full jitter: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
// Data flow: the error of an attempt in, a decision out; the call machine carries it out.
#ifndef RESTARTCASTER_CLIENT_RETRY_HPP
#define RESTARTCASTER_CLIENT_RETRY_HPP
#pragma once

#include "../read/error.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What to do after an attempt that may have run. Whatever is chosen here, an attempt that certainly did not
/// run (refused by the throttle or for its time, not sent at all) is tried again with a new nonce.
enum class retry_policy : std::uint8_t {
    /// Nothing: the call ends and says `maybe`. A studio restarted twice is worse than one to look at.
    certain,
    /// The same signed bytes go out again, so that the service's own check of the nonce keeps a second copy
    /// from running. It ends in a success, or in `maybe` and not in certainty.
    at_most_once,
    /// A new request goes out; the operation may run more than once. For operations that do not mind, such
    /// as those that only look.
    idempotent,
};

/// Bounds of a call beside its deadline.
struct retry_options {
    retry_policy policy = retry_policy::certain;
    /// Requests that are sent at most. 1: nothing is ever tried again. 0: nothing is sent at all.
    std::uint16_t attempts = 5;
    /// The first back-off is a random time up to this, and every further one up to twice the one before, but none
    /// is longer than the longest. A wait that the service asks for takes the place of a back-off.
    std::uint32_t back_off_ms = 400;
    std::uint32_t longest_back_off_ms = 20'000;
};

/// How a call goes on after an attempt that failed.
enum class next_attempt : std::uint8_t {
    none,
    /// New nonce, new time, new signature.
    signed_again,
    /// The bytes that are signed already, as they are.
    same_bytes,
};

/// How old signed bytes may be when they go out again.
/// Units: milliseconds. The service takes a time within 15 minutes of its own; a minute is left for the way
/// there and for the clock.
inline constexpr std::uint32_t same_bytes_for_ms = 14 * 60 * 1000;

namespace detail {

template <class Error, class Code>
[[nodiscard]] constexpr bool refused_as(Error const& e, Code code) noexcept {
    return e.ran == executed::no && e.code == code;
}

} // namespace detail

/// Whether a refusal was for the request's time.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool refused_for_time(Error const& e) noexcept {
    return detail::refused_as(e, service_code::timestamp_expired) ||
           detail::refused_as(e, service_code::timestamp_malformed);
}

/// Whether the throttle kept the request from running. Known by the code or by x-acs-retry-after, never by the
/// HTTP status: it is 400, 429 or 503 depending on whom one asks.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool throttled(Error const& e) noexcept {
    return detail::refused_as(e, service_code::throttling);
}

/// The rules. `unsure` says that an earlier attempt of the same call may have run; of this one its error says so.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr next_attempt attempt_after(Error const& e, bool unsure, retry_policy policy) noexcept {
    // A nonce that was used means that a copy of this very request arrived before, even when this looks like
    // the first: HTTP libraries resend over a fresh connection when a kept one turns out stale. Signing again
    // would run the operation a second time, so it is never a reason to.
    if (e.code == service_code::signature_nonce_used) return next_attempt::none;

    // Whatever the service itself refuses (a studio's state, a permission, a wrong parameter) it would refuse
    // again, and a failure on this side of the wire would repeat itself as well.
    bool const for_time = refused_for_time(e);
    bool const passing = throttled(e) || for_time || e.kind == error_kind::not_sent || e.ran == executed::maybe;
    if (!passing) return next_attempt::none;

    // The throttle and the check of the time stand before the operation, and what was not sent never got
    // there: with nothing else in doubt, nothing has run and a new request cannot be the second.
    if (!unsure && e.ran == executed::no) return next_attempt::signed_again;

    switch (policy) { // unreached: every_case
    case retry_policy::certain: break;
    case retry_policy::at_most_once:
        // The nonce protects only as long as it stays the same. That holds for a throttled copy of an unsure
        // request too; and one that became too old is left alone.
        return for_time ? next_attempt::none : next_attempt::same_bytes;
    case retry_policy::idempotent: return next_attempt::signed_again;
    }
    return next_attempt::none;
}

namespace detail {

/// 32 bits of a text, all of them depending on all of it.
template <class Text>
[[nodiscard]] constexpr std::uint32_t mixed(Text const& text) noexcept {
    std::uint32_t sum = 0x811C9DC5;
    for (char const c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x01000193;
    sum = (sum ^ sum >> 16) * 0x85EBCA6B;
    sum = (sum ^ sum >> 13) * 0xC2B2AE35;
    return sum ^ sum >> 16;
}

} // namespace detail

/// How long to wait after attempt number `attempt` (the first is 1) when the service did not say.
/// Full jitter: any time from 0 to a bound that doubles with every attempt, so that clients which failed
/// together do not come back together. `random` is 32 bits of the user's entropy.
/// Units: milliseconds.
[[nodiscard]] constexpr std::uint32_t back_off_ms(retry_options const& options, std::uint64_t attempt,
                                                  std::uint32_t random) noexcept {
    unsigned const doublings = attempt == 0 ? 0 : attempt > 32 ? 31 : static_cast<unsigned>(attempt - 1);
    std::uint64_t bound = std::uint64_t{options.back_off_ms} << doublings;
    if (bound > options.longest_back_off_ms) bound = options.longest_back_off_ms;
    return static_cast<std::uint32_t>((bound + 1) * random >> 32);
}

}} // namespace restartcaster

#endif
