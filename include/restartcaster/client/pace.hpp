// SPDX-License-Identifier: MIT
// The seam of a shared budget of calls: two functions, whoever keeps the count.
// Source: docs/design.md, "Pacing"; the vendor's table of limits (per account, its RAM users included).
// Data flow: a pacing object here, or one that asks a server for all processes of the account, behind one view.
#ifndef RESTARTCASTER_CLIENT_PACE_HPP
#define RESTARTCASTER_CLIENT_PACE_HPP
#pragma once

#include "../config.hpp"

#include <concepts>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What reserve() may answer when it took no moment, whatever it was asked.
inline constexpr std::uint32_t no_turn = 0xFFFFFFFF;

/// Anything with these two functions, both noexcept and callable from every thread that calls.
///
/// `std::uint32_t reserve(std::uint64_t now_ms, std::uint32_t most_ms)` takes the next free moment of the
/// budget if it is at most `most_ms` ahead, and answers how many milliseconds ahead it is; an answer above
/// `most_ms`, such as no_turn, means that none was taken. A call that would have to wait past its deadline
/// must not take one: it would make all others wait for nothing. Where the count is kept elsewhere, the
/// answer comes in bounded time whether or not that place can be reached.
///
/// `void throttled(std::uint64_t now_ms, std::uint32_t wait_ms)` reports that the service throttled a call
/// all the same, and how many milliseconds it asks to wait; 0 when it did not say.
template <class T>
concept pace_keeper = requires(T& keeper, std::uint64_t now_ms, std::uint32_t ms) {
    { keeper.reserve(now_ms, ms) } noexcept -> std::same_as<std::uint32_t>;
    { keeper.throttled(now_ms, ms) } noexcept;
};

/// A pace_keeper by reference, whatever its type; by default none, and then nothing waits.
/// Storage: a pointer and two functions; the keeper must outlive it.
class pace_ref {
public:
    constexpr pace_ref() noexcept = default;
    template <pace_keeper Keeper>
    constexpr pace_ref(Keeper& keeper RESTARTCASTER_LIFETIMEBOUND) noexcept
        : keeper_(&keeper),
          reserve_([](void* at, std::uint64_t now_ms, std::uint32_t most_ms) noexcept {
              return static_cast<Keeper*>(at)->reserve(now_ms, most_ms);
          }),
          throttled_([](void* at, std::uint64_t now_ms, std::uint32_t wait_ms) noexcept {
              static_cast<Keeper*>(at)->throttled(now_ms, wait_ms);
          }) {}

    [[nodiscard]] std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) const noexcept {
        return keeper_ == nullptr ? 0 : reserve_(keeper_, now_ms, at_most(most_ms, no_turn - 1));
    }
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
