// SPDX-License-Identifier: MIT
// What the call machine asks its driver to do.
// Source: docs/design.md, "Calls over time".
// Data flow: call_machine::next() returns a step; the user's loop, coroutine or callback does what it says.
#ifndef RESTARTCASTER_CLIENT_STEP_HPP
#define RESTARTCASTER_CLIENT_STEP_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a call waits for.
enum class waiting_for : std::uint8_t {
    /// The call does not wait.
    nothing,
    /// The answer to the request that was sent.
    answer,
    /// A turn of the pacing.
    turn,
    /// The end of the wait that the service asked for.
    service,
    /// The end of a back-off before the next attempt.
    back_off,
    /// The moment of the next look at a studio.
    studio,
};

/// What the driver has to do next.
struct step {
    /// The three things that a call can ask for.
    enum action_type : std::uint8_t {
        /// Send call_machine::request() now, and give the result of the exchange to answered().
        send,
        /// Call next() again at `until_ms` at the latest; an earlier call does no harm. With `why` answer, `until_ms` is
        /// the deadline: cancel the exchange then, and next() ends the call.
        wait,
        /// call_machine::outcome() is final.
        done,
    };
    /// What to do.
    action_type what;
    /// With wait: what the call waits for.
    waiting_for why = waiting_for::nothing;
    /// With wait: the moment in milliseconds of the monotonic clock.
    std::uint64_t until_ms = 0;
};

}} // namespace restartcaster

#endif
