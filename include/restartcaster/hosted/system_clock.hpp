// SPDX-License-Identifier: MIT
// The operating system's clocks.
// Source: [ctime.syn], [time.clock.steady].
// Data flow: nothing in, UTC seconds or monotonic milliseconds out.
#ifndef RESTARTCASTER_HOSTED_SYSTEM_CLOCK_HPP
#define RESTARTCASTER_HOSTED_SYSTEM_CLOCK_HPP
#pragma once

#include "../config.hpp"

#include <chrono>
#include <cstdint>
#include <ctime>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Units: whole seconds since 1970, UTC.
[[nodiscard]] inline std::int64_t utc_now() noexcept {
    return std::time(nullptr); // system_clock::now() counts nanoseconds first, which takes twice as long
}

/// Units: milliseconds since some moment before; never goes back.
[[nodiscard]] inline std::uint64_t monotonic_now_ms() noexcept {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count());
}

}} // namespace restartcaster

#endif
