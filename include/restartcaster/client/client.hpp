// SPDX-License-Identifier: MIT
// The blocking client: a loop over the call machine, with the user's clock and transport.
// Source: docs/design.md, "Calls over time".
// Data flow: an operation in; the machine's steps carried out with the user's transport and clock; the outcome out.
#ifndef RESTARTCASTER_CLIENT_CLIENT_HPP
#define RESTARTCASTER_CLIENT_CLIENT_HPP
#pragma once

#include "call_machine.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything with `std::int64_t utc_seconds()`, `std::uint64_t monotonic_ms()` and `void sleep_ms(std::uint32_t)`,
/// all noexcept: the two clocks of a moment, and a sleep that may end early and must not last much longer. monotonic_ms()
/// has at least 64 bits: a 32-bit counter wraps after 49.7 days, and a call would then wait for weeks.
template <class T>
concept waiting_clock = requires(T& clock, std::uint32_t ms) {
    { clock.utc_seconds() } noexcept -> std::convertible_to<std::int64_t>;
    { clock.monotonic_ms() } noexcept -> std::convertible_to<std::uint64_t>;
    { clock.sleep_ms(ms) } noexcept;
    requires sizeof(clock.monotonic_ms()) >= sizeof(std::uint64_t);
};

/// The options of a client.
struct client_options {
    /// The options of every call.
    call_options call = {};
    /// The longest time of one call in milliseconds, waits included.
    std::uint64_t time_limit_ms = 30'000;
};

/// Makes calls one after the other, and sleeps where a call has to wait.
/// A transport with `void time_left_ms(std::uint32_t) noexcept` gets the milliseconds until the deadline before every
/// exchange. Without this function, only the transport's own time-outs limit an exchange.
/// Storage: holds references to all constructor arguments, which must outlive the client. Clients of several threads may
///   share key, skew, pace, clock and nonces if those are thread-safe; a client belongs to one thread at a time.
/// Cost: no allocation.
template <transport Transport, waiting_clock Clock, nonce_source Nonces, class Scheme>
class client {
public:
    /// Keeps references to the arguments and a copy of the options.
    client(Transport& over RESTARTCASTER_LIFETIMEBOUND, Clock& clock RESTARTCASTER_LIFETIMEBOUND,
           Nonces& nonces RESTARTCASTER_LIFETIMEBOUND, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
           client_options const& options = {}) noexcept
        : over_(over), clock_(clock), nonces_(nonces), key_(key), options_(options) {}
    client(Transport&, Clock&, Nonces&, signing_key<Scheme> const&&, client_options const& = {}) = delete;

    /// Makes a call within the client's time limit.
    /// Storage: requests and answers are in `to`; the texts of reply and error point into `to`.
    template <callable_operation Operation>
    [[nodiscard]] result<typename Operation::reply, call_error> call(Operation const& op,
                                                                     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
        return call_until(deadline_ms(), op, to);
    }

    /// Makes a call that ends at `deadline_ms` of the monotonic clock at the latest.
    /// Storage: as for call().
    template <callable_operation Operation>
    [[nodiscard]] result<typename Operation::reply, call_error>
    call_until(std::uint64_t deadline_ms, Operation const& op, room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
        call_machine machine(op, key_, to, deadline_ms, options_.call);
        while (true) {
            moment const now = this->now();
            step const next = machine.next(now, nonces_);
            switch (next.what) { // unreached: every_case
            case step::send:
                if constexpr (requires { over_.time_left_ms(std::uint32_t{}); })
                    over_.time_left_ms(machine.time_left_ms(now));
                machine.answered(over_.exchange(machine.request(), machine.storage()));
                break;
            // Reads the clock again: a pace_keeper that asks a server takes time inside next().
            case step::wait: clock_.sleep_ms(milliseconds_until(next.until_ms)); break;
            case step::done: last_stamp_ = detail::kept_stamp(machine.last_stamp()); return machine.outcome();
            }
        }
    }

    /// Explains the refusal of the last call of this client: what differs between the text that was signed and the text that
    /// the service signed. `op` and `refused` are the operation and the error of that call, whose storage is unchanged.
    /// Requires: the header restartcaster/explain/explain.hpp.
    /// Errors: as string_to_sign, when the call cannot be signed.
    template <callable_operation Operation, class Explanation = explanation>
    [[nodiscard]] result<Explanation> why_not_matched(Operation const& op, call_error const& refused) const noexcept {
        return explain(op, key_, last_stamp_.view(), refused, options_.call.request);
    }

    /// The time limit of a call that starts now, as a time of the monotonic clock.
    [[nodiscard]] std::uint64_t deadline_ms() noexcept {
        return detail::later(clock_.monotonic_ms(), options_.time_limit_ms);
    }

private:
    [[nodiscard]] moment now() const noexcept { return {clock_.utc_seconds(), clock_.monotonic_ms()}; }

    [[nodiscard]] std::uint32_t milliseconds_until(std::uint64_t then_ms) const noexcept {
        std::uint64_t const now_ms = clock_.monotonic_ms();
        std::uint64_t const left = then_ms > now_ms ? then_ms - now_ms : 0;
        constexpr std::uint32_t most = 1u << 30;
        return left > most ? most : static_cast<std::uint32_t>(left);
    }

    Transport& over_;
    Clock& clock_;
    Nonces& nonces_;
    signing_key<Scheme> const& key_;
    client_options options_;
    detail::kept_stamp last_stamp_ = {};
};

}} // namespace restartcaster

#endif
