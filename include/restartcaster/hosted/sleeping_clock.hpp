// SPDX-License-Identifier: MIT
// The clock of a blocking client: the operating system's two clocks and its sleep.
// Source: [time.clock.system], [time.clock.steady], [thread.thread.this].
// Data flow: nothing in, moments and waits out.
#ifndef RESTARTCASTER_HOSTED_SLEEPING_CLOCK_HPP
#define RESTARTCASTER_HOSTED_SLEEPING_CLOCK_HPP
#pragma once

#include "system_clock.hpp"

#include <thread>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A waiting_clock for the blocking client. Holds nothing; share it or make one for each client.
struct sleeping_clock {
    [[nodiscard]] static std::int64_t utc_seconds() noexcept { return utc_now(); }
    [[nodiscard]] static std::uint64_t monotonic_ms() noexcept { return monotonic_now_ms(); }
    static void sleep_ms(std::uint32_t milliseconds) noexcept {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
};

}} // namespace restartcaster

#endif
