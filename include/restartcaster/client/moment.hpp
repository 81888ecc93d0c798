// SPDX-License-Identifier: MIT
// Now, as the user's two clocks have it.
// Source: docs/design.md, "Calls over time".
// Data flow: read from the user's clocks before and after every exchange, handed to the call machine.
#ifndef RESTARTCASTER_CLIENT_MOMENT_HPP
#define RESTARTCASTER_CLIENT_MOMENT_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One reading of both clocks. Nothing here reads a clock itself.
struct moment {
    /// UTC seconds since 1970, as far as they are known; a device without a clock gives 0. Signed, never
    /// used to measure: it may jump.
    std::int64_t utc_seconds;
    /// Milliseconds since some moment before, such as the start of the machine; never goes back. Every wait
    /// and every deadline is counted in it. A counter of 32 bits goes back every 49.7 days: count how often it did
    /// in the upper half.
    std::uint64_t monotonic_ms;
};

}} // namespace restartcaster

#endif
