// SPDX-License-Identifier: MIT
// What a call asks of its driver.
// Source: docs/design.md, "Calls over time".
// Data flow: the call machine answers one after every event; the user's loop, coroutine or callback carries it out.
#ifndef RESTARTCASTER_CLIENT_STEP_HPP
#define RESTARTCASTER_CLIENT_STEP_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a call waits for.
enum class waiting_for : std::uint8_t {
    nothing,
    /// The answer to the request that is out.
    answer,
    /// Its turn in the account's pace.
    turn,
    /// As long as the service asked it to.
    service,
    /// A while, before it tries again.
    back_off,
};

/// What to do next.
struct step {
    enum action_type : std::uint8_t {
        /// Send call_machine::request() now, and hand what comes of it to answered().
        send,
        /// Come back with next() at `until_ms` at the latest; earlier does no harm. While the answer is waited
        /// for, `until_ms` is the deadline: drop the exchange then, next() ends the call.
        wait,
        /// call_machine::outcome() is final.
        done,
    };
    action_type what;
    waiting_for why = waiting_for::nothing;
    /// Units: milliseconds of the monotonic clock.
    std::uint64_t until_ms = 0;
};

}} // namespace restartcaster

#endif
