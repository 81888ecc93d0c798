// SPDX-License-Identifier: MIT
// The clock of the blocking client: the operating system's two clocks and its sleep.
// Source: [time.clock.system], [time.clock.steady], [thread.thread.this].
// Data flow: the operating system's clocks in, moments and waits out.
#ifndef RESTARTCASTER_HOSTED_SLEEPING_CLOCK_HPP
#define RESTARTCASTER_HOSTED_SLEEPING_CLOCK_HPP
#pragma once

#include "system_clock.hpp"

#include <thread>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A waiting_clock for the blocking client. Has no state: clients may share one object or have one each.
struct sleeping_clock {
    /// UTC seconds since 1970, milliseconds that never decrease, and a sleep, as waiting_clock requires.
    [[nodiscard]] static std::int64_t utc_seconds() noexcept { return utc_now(); }
    [[nodiscard]] static std::uint64_t monotonic_ms() noexcept { return monotonic_now_ms(); }
    static void sleep_ms(std::uint32_t milliseconds) noexcept {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
};

}} // namespace restartcaster

#endif
