// SPDX-License-Identifier: MIT
// The retry rules: which attempt is repeated, how, and after what wait. Pure functions without clock and state.
// Source: protocol "Retries in the SDKs" and "Throttling headers"; docs/design.md, "Calls over time";
//   full jitter: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
// Data flow: the error of an attempt in, a decision out; the call machine acts on the decision.
#ifndef RESTARTCASTER_CLIENT_RETRY_HPP
#define RESTARTCASTER_CLIENT_RETRY_HPP
#pragma once

#include "../operations/action.hpp"
#include "../operations/operation.hpp"
#include "../read/error.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What to do after an attempt that may have run. Under every policy, an attempt that certainly did not run and may
/// succeed later (refused by the throttle or for its timestamp, or not sent) is repeated with a new nonce.
enum class retry_policy : std::uint8_t {
    /// What the description of the operation allows (operation::repeat): `idempotent` for an operation that may be repeated
    /// and for one with a ClientToken, otherwise `certain`.
    by_operation,
    /// Nothing: the call ends with `maybe`. A second restart of a studio is worse than a manual check.
    certain,
    /// Send the same signed bytes again: the service's check of the nonce prevents that a second copy runs. The call ends
    /// with a success or with `maybe`, never with `no`.
    at_most_once,
    /// Send a new request; the operation may run more than once. For idempotent operations, such as queries.
    idempotent,
};

/// The limits of a call in addition to its deadline.
struct retry_options {
    /// What to do after an attempt that may have run.
    retry_policy policy = retry_policy::by_operation;
    /// The largest number of requests. 1: no retry. 0: nothing is sent.
    std::uint16_t attempts = 5;
    /// Milliseconds. The first back-off is a random time up to back_off_ms; the bound doubles with each attempt, up to
    /// longest_back_off_ms. A wait that the service names replaces the back-off.
    std::uint32_t back_off_ms = 400;
    std::uint32_t longest_back_off_ms = 20'000;
};

/// How a call goes on after a failed attempt.
enum class next_attempt : std::uint8_t {
    /// No further attempt.
    none,
    /// A request with a new nonce, time and signature.
    signed_again,
    /// The same signed bytes again.
    same_bytes,
};

/// The largest age of signed bytes that are sent again.
/// Units: milliseconds. The service accepts timestamps within 15 minutes of its own clock; 1 minute is reserved for the
/// network and for the error of the clock.
inline constexpr std::uint32_t same_bytes_for_ms = 14 * 60 * 1000;

namespace detail {

// Whether an operation has a ClientToken to recognise copies by.
template <class Operation, class... Described>
[[nodiscard]] constexpr bool has_client_token(Operation const& op, parameters<Described...>) noexcept {
    bool found = false;
    [[maybe_unused]] auto const look = [&found](std::string_view name, auto const& value) {
        if constexpr (is_text<std::remove_cvref_t<decltype(value)>>) found = found || (name == "ClientToken"sv && !value.empty());
    };
    (look(Described::name, Described::value(op)), ...);
    return found;
}
template <class Operation>
[[nodiscard]] constexpr bool has_client_token(Operation const& op) noexcept {
    if constexpr (std::same_as<Operation, action>) {
        for (std::size_t i = 0; i != op.parameters.size(); ++i)
            if (op.parameters[i].compare_name("ClientToken"sv) == 0) return !op.parameters[i].value().empty();
        return false;
    } else {
        return has_client_token(op, Operation::parameters);
    }
}

template <class Error, class Code>
[[nodiscard]] constexpr bool refused_as(Error const& e, Code code) noexcept {
    return e.ran == executed::no && e.code == code;
}

} // namespace detail

/// Whether the service refused the request for its timestamp.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool refused_for_time(Error const& e) noexcept {
    return detail::refused_as(e, service_code::timestamp_expired) ||
           detail::refused_as(e, service_code::timestamp_malformed);
}

/// Whether the throttle refused the request, so that it did not run. The code or x-acs-retry-after shows this, never the
/// HTTP status, for which the vendor's documents and clients name 400, 429 and 503.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr bool throttled(Error const& e) noexcept {
    return detail::refused_as(e, service_code::throttling);
}

/// The policy for calls of one operation: `chosen`, or for by_operation the policy that `op` allows.
template <class Operation>
[[nodiscard]] constexpr retry_policy policy_for(Operation const& op, retry_policy chosen) noexcept {
    if (chosen != retry_policy::by_operation) return chosen;
    repeatable repeat = repeatable::no;
    if constexpr (requires { op.repeat; })
        repeat = op.repeat;
    else
        repeat = Operation::description.repeat;
    bool const idempotent =
        repeat == repeatable::yes || (repeat == repeatable::with_client_token && detail::has_client_token(op));
    return idempotent ? retry_policy::idempotent : retry_policy::certain;
}

/// Applies the retry rules to the error of an attempt. `unsure`: an earlier attempt of the same call may have run.
template <std::derived_from<error> Error>
[[nodiscard]] constexpr next_attempt attempt_after(Error const& e, bool unsure, retry_policy policy) noexcept {
    // SignatureNonceUsed means that a copy of this request arrived before, even in the first attempt: HTTP libraries
    // resend over a new connection when a kept connection was closed. A new signature would run the operation a second
    // time, so there is no retry.
    if (e.code == service_code::signature_nonce_used) return next_attempt::none;

    // Other refusals of the service (a studio's state, a permission, a wrong parameter) and failures before sending would
    // only repeat themselves.
    bool const for_time = refused_for_time(e);
    bool const passing = throttled(e) || for_time || e.kind == error_kind::not_sent || e.ran == executed::maybe;
    if (!passing) return next_attempt::none;

    // The service checks throttle and timestamp before the operation, and a request that was not sent never arrived. If
    // no earlier attempt may have run, then nothing has run, and a new request is safe.
    if (!unsure && e.ran == executed::no) return next_attempt::signed_again;

    switch (policy) { // unreached: every_case
    case retry_policy::by_operation: // call_machine replaces it before
    case retry_policy::certain: break;
    case retry_policy::at_most_once:
        // Only the same nonce protects against a second run, also after a throttled copy of a request that may have run.
        // A request whose timestamp became too old is not repeated.
        return for_time ? next_attempt::none : next_attempt::same_bytes;
    case retry_policy::idempotent: return next_attempt::signed_again;
    }
    return next_attempt::none;
}

namespace detail {

/// A 32-bit hash of a text, every bit of which depends on the whole text: FNV-1a with the final mix of MurmurHash3.
template <class Text>
[[nodiscard]] constexpr std::uint32_t mixed(Text const& text) noexcept {
    std::uint32_t sum = 0x811C9DC5;
    for (char const c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x01000193;
    sum = (sum ^ sum >> 16) * 0x85EBCA6B;
    sum = (sum ^ sum >> 13) * 0xC2B2AE35;
    return sum ^ sum >> 16;
}

} // namespace detail

/// The wait after attempt number `attempt` (the first is 1) if the service named no wait.
/// Full jitter: a random time from 0 to a bound that doubles with every attempt, so that clients which failed together do
/// not retry together. `random` is 32 random bits.
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
