// SPDX-License-Identifier: MIT
// The interface of a shared budget of calls: two functions, for every way to keep the count.
// Source: docs/design.md, "Pacing"; the vendor's table of limits (per account, its RAM users included).
// Data flow: pace_ref refers to a pacing object of this process, or to one that asks a server for several processes.
#ifndef RESTARTCASTER_CLIENT_PACE_HPP
#define RESTARTCASTER_CLIENT_PACE_HPP
#pragma once

#include "../config.hpp"

#include <concepts>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A return value of reserve() that always means: no turn was taken.
inline constexpr std::uint32_t no_turn = 0xFFFFFFFF;

/// Anything with these two functions, both noexcept and callable from every thread that makes calls. A turn is a moment
/// from which on one call may be sent.
///
/// `std::uint32_t reserve(std::uint64_t now_ms, std::uint32_t most_ms)` takes the next free turn if it is at most
/// `most_ms` milliseconds ahead, and returns how many milliseconds ahead it is. A return value above `most_ms`, such as
/// no_turn, means that no turn was taken: a call that cannot wait that long must not use up a turn of the others. If a
/// server keeps the count, reserve() returns in bounded time even when the server cannot be reached.
///
/// `void throttled(std::uint64_t now_ms, std::uint32_t wait_ms)` reports that the service throttled a call, and the
/// milliseconds that the service asks to wait; 0 if it named no time.
template <class T>
concept pace_keeper = requires(T& keeper, std::uint64_t now_ms, std::uint32_t ms) {
    { keeper.reserve(now_ms, ms) } noexcept -> std::same_as<std::uint32_t>;
    { keeper.throttled(now_ms, ms) } noexcept;
};

/// A reference to a pace_keeper of any type. By default it refers to none, and calls do not wait.
/// Storage: a pointer to the keeper, which must outlive the reference, and two function pointers.
class pace_ref {
public:
    constexpr pace_ref() noexcept = default;
    /// Refers to `keeper`.
    template <pace_keeper Keeper>
    constexpr pace_ref(Keeper& keeper RESTARTCASTER_LIFETIMEBOUND) noexcept
        : keeper_(&keeper),
          reserve_([](void* at, std::uint64_t now_ms, std::uint32_t most_ms) noexcept {
              return static_cast<Keeper*>(at)->reserve(now_ms, most_ms);
          }),
          throttled_([](void* at, std::uint64_t now_ms, std::uint32_t wait_ms) noexcept {
              static_cast<Keeper*>(at)->throttled(now_ms, wait_ms);
          }) {}

    /// Calls reserve() of the keeper; without a keeper the result is 0.
    [[nodiscard]] std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) const noexcept {
        return keeper_ == nullptr ? 0 : reserve_(keeper_, now_ms, at_most(most_ms, no_turn - 1));
    }
    /// Calls throttled() of the keeper, if there is one.
    void throttled(std::uint64_t now_ms, std::uint64_t wait_ms) const noexcept {
        if (keeper_ != nullptr) throttled_(keeper_, now_ms, at_most(wait_ms, 0xFFFFFFFF));
    }

private:
    static constexpr std::uint32_t at_most(std::uint64_t ms, std::uint32_t most_ms) noexcept {
        return ms > most_ms ? most_ms : static_cast<std::uint32_t>(ms);
    }

    void* keeper_ = nullptr;
    std::uint32_t (*reserve_)(void*, std::uint64_t, std::uint32_t) noexcept = nullptr;
    void (*throttled_)(void*, std::uint64_t, std::uint32_t) noexcept = nullptr;
};

}} // namespace restartcaster

#endif
