// SPDX-License-Identifier: MIT
// Pursues a goal and blocks until it ends: a loop over the goal machine, with the user's clock and transport.
// Source: docs/design.md, "Goals".
// Data flow: a goal in; the machine's steps carried out with the user's transport and clock; the outcome out.
#ifndef RESTARTCASTER_CLIENT_REACH_HPP
#define RESTARTCASTER_CLIENT_REACH_HPP
#pragma once

#include "client.hpp"
#include "goal_machine.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A watcher that does nothing.
struct no_watcher {
    /// Ignores the machine.
    template <class Machine>
    void operator()(Machine&) const noexcept {}
};

/// Pursues a goal for at most `time_limit_ms` milliseconds. `watch` is called with the goal_machine before every step: it can
/// show progress() and outcome(), pass a callback to hint(), and end the goal by abandon(). A sleep that ends early, as
/// waiting_clock allows, lets it do so at once.
/// Storage: requests and answers are in `to`; the texts of goal_outcome::error point into it.
/// Cost: no allocation.
template <transport Transport, waiting_clock Clock, nonce_source Nonces, class Scheme, class Watch = no_watcher>
[[nodiscard]] goal_outcome reach(Transport& over, Clock& clock, Nonces& nonces, signing_key<Scheme> const& key,
                                 studio_goal const& goal, room to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t time_limit_ms,
                                 goal_options const& options = {}, Watch&& watch = {}) noexcept {
    goal_machine machine(goal, key, to, detail::later(clock.monotonic_ms(), time_limit_ms), options);
    while (true) {
        watch(machine);
        moment const now{clock.utc_seconds(), clock.monotonic_ms()};
        step const next = machine.next(now, nonces);
        switch (next.what) { // unreached: every_case
        case step::send:
            watch(machine);
            if constexpr (requires { over.time_left_ms(std::uint32_t{}); }) over.time_left_ms(machine.time_left_ms(now));
            machine.answered(over.exchange(machine.request(), machine.storage()));
            break;
        case step::wait: {
            watch(machine);
            std::uint64_t const now_ms = clock.monotonic_ms();
            if (next.until_ms > now_ms) clock.sleep_ms(detail::in_32_bits(next.until_ms - now_ms));
            break;
        }
        case step::done: watch(machine); return machine.outcome();
        }
    }
}

}} // namespace restartcaster

#endif
