// SPDX-License-Identifier: MIT
// The current time: one reading of the user's two clocks.
// Source: docs/design.md, "Calls over time".
// Data flow: the user reads both clocks before and after every exchange; the call machine takes the moment.
#ifndef RESTARTCASTER_CLIENT_MOMENT_HPP
#define RESTARTCASTER_CLIENT_MOMENT_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// One reading of both clocks. The library outside the hosted floor never reads a clock itself.
struct moment {
    /// UTC seconds since 1970; 0 on a device without a clock. Used in the signature only, never to measure time, because
    /// the UTC clock may jump.
    std::int64_t utc_seconds;
    /// Milliseconds since a fixed moment, such as the start of the machine; never decreases. Measures every wait and every
    /// deadline. A 32-bit counter wraps every 49.7 days: count its wraps in the upper 32 bits.
    std::uint64_t monotonic_ms;
};

}} // namespace restartcaster

#endif
