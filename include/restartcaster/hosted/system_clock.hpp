// SPDX-License-Identifier: MIT
// The operating system's clocks.
// Source: [ctime.syn], [time.clock.steady].
// Data flow: the operating system's clocks in, UTC seconds or monotonic milliseconds out.
#ifndef RESTARTCASTER_HOSTED_SYSTEM_CLOCK_HPP
#define RESTARTCASTER_HOSTED_SYSTEM_CLOCK_HPP
#pragma once

#include "../config.hpp"

#include <chrono>
#include <cstdint>
#include <ctime>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The current time of the UTC clock.
/// Units: whole seconds since 1970.
[[nodiscard]] inline std::int64_t utc_now() noexcept {
    return std::time(nullptr); // std::chrono::system_clock::now() takes twice as long, because it reads nanoseconds
}

/// The current time of the monotonic clock, which never decreases.
/// Units: milliseconds since a fixed moment.
[[nodiscard]] inline std::uint64_t monotonic_now_ms() noexcept {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count());
}

}} // namespace restartcaster

#endif
