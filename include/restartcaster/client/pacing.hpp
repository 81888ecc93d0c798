// SPDX-License-Identifier: MIT
// Spaces calls so that an account keeps to its limit of calls per second; without a lock.
// Source: ITU-T I.371 annex A (generic cell rate algorithm, virtual scheduling); the vendor's table of limits
//   (10 calls per second, account and operation); protocol "Throttling".
// Data flow: the call machine reserves a turn before every request and reports every throttling.
#ifndef RESTARTCASTER_CLIENT_PACING_HPP
#define RESTARTCASTER_CLIENT_PACING_HPP
#pragma once

#include "../operations/operation.hpp"
#include "pace.hpp"
#include "shared_word.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The limit of the service, which it counts over every window of one second.
struct pacing_options {
    /// Calls per second.
    std::uint32_t calls_per_second = 10;
    /// Calls that may be sent at once after a pause. A second that starts with a burst has calls_per_second + burst - 1
    /// calls: with a burst above 1, lower calls_per_second by burst - 1.
    std::uint32_t burst = 1;
};

/// The limit of one operation: its documented calls per second, or 10 if none are documented.
[[nodiscard]] constexpr pacing_options pacing_of(operation const& called) noexcept {
    return {.calls_per_second = called.calls_per_second == 0 ? std::uint32_t{10} : called.calls_per_second};
}

/// Spaces calls evenly. The service counts per account and operation: make one object for each such pair, and share it by
/// reference between all clients and threads that call with this account. Taking a turn is one compare-and-swap.
/// Calls are spaced 101 ms, not 100, so that 10 ms of network jitter cannot put 11 calls into one server window.
/// A caller that sends after its turn may still exceed the limit.
/// After a throttling, no turn is given out until the wait that the service named is over. Each throttling adds 1 s to a
/// penalty, up to 8 s, which passes with time. While s seconds of penalty remain, the spacing is 1 + s times as long.
/// The words may have 32 bits (see shared_word.hpp) and then wrap every 49.7 days; this has no effect, even after a long
/// pause.
template <class Word>
class basic_pacing {
public:
    /// The longest wait for a turn, in milliseconds; a turn further ahead is not given out.
    static constexpr std::uint32_t longest_wait_ms = 3'600'000;
    /// The longest pause after one throttling, in milliseconds, whatever the service asks for.
    static constexpr std::uint32_t longest_throttle_ms = 60'000;
    /// The longest penalty, in milliseconds.
    static constexpr std::uint32_t longest_penalty_ms = 8'000;

    /// 0 calls per second, and a burst of 0, count as 1. Unused time is saved for a burst up to 12 days.
    constexpr explicit basic_pacing(pacing_options const& options = {}) noexcept
        : spacing_ms_(spacing_of(options.calls_per_second == 0 ? 1 : options.calls_per_second)),
          credit_ms_(credit_of(options.burst == 0 ? 0 : options.burst - 1, spacing_ms_)) {}

    /// Milliseconds between two calls without throttling.
    [[nodiscard]] constexpr std::uint32_t spacing_ms() const noexcept { return spacing_ms_; }

    /// Takes the next free turn, if it is at most `most_ms` milliseconds ahead.
    /// Returns how many milliseconds ahead the turn is, or no_turn if none was taken.
    /// Cost: one compare-and-swap, repeated only if another thread changed the word at the same time.
    std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) noexcept {
        auto const now = static_cast<Word>(now_ms);
        if (most_ms > longest_wait_ms) most_ms = longest_wait_ms;
        Word free = refreshed(now_ms);
        while (true) {
            // Unused turns of the past count as credit, up to the burst.
            distance ahead = until(free, now);
            auto const credit = static_cast<distance>(credit_ms_);
            if (ahead < -credit) ahead = -credit;
            std::uint32_t const wait = ahead > 0 ? static_cast<std::uint32_t>(ahead) : 0;
            if (wait > most_ms) return no_turn;
            auto const next = now + static_cast<Word>(ahead) + spacing_at(now + wait);
            if (free_.replace(free, next)) return wait; // unreached: race
        }
    }

    /// Reports that the service throttled a call, and the milliseconds it asks to wait; 0 if it named no time.
    void throttled(std::uint64_t now_ms, std::uint64_t wait_ms) noexcept {
        auto const now = static_cast<Word>(now_ms);
        Word const over = now + static_cast<Word>(wait_ms > longest_throttle_ms ? longest_throttle_ms : wait_ms);
        Word free = refreshed(now_ms);
        while (until(free, now) < until(over, now))
            if (free_.replace(free, over)) break; // unreached: race

        Word slow = slow_until_.load();
        while (true) {
            distance penalty = until(slow, over);
            penalty = (penalty < 0 ? 0 : penalty) + 1000;
            constexpr auto most = static_cast<distance>(longest_penalty_ms);
            if (penalty > most) penalty = most;
            if (slow_until_.replace(slow, over + static_cast<Word>(penalty))) break; // unreached: race
        }
    }

private:
    using distance = std::make_signed_t<Word>;

    // Rounded up. 1010 ms, not 1000, for the 1 % of slack described above.
    static constexpr std::uint32_t spacing_of(std::uint32_t calls_per_second) noexcept {
        return 1010 / calls_per_second + (1010 % calls_per_second != 0 ? 1 : 0);
    }

    static constexpr std::uint32_t credit_of(std::uint64_t calls, std::uint64_t spacing_ms) noexcept {
        constexpr std::uint32_t most = 1u << 30;
        return calls * spacing_ms > most ? most : static_cast<std::uint32_t>(calls * spacing_ms);
    }

    // The next free turn. First moves words that were unused for hours up to `now`: the words wrap, so an old one could
    // look like a turn in the future. A word in use is less than one span ahead of `now`.
    Word refreshed(std::uint64_t now_ms) noexcept {
        constexpr unsigned span_bits = 22; // 70 minutes
        static_assert(longest_wait_ms + longest_throttle_ms + longest_penalty_ms < 1u << span_bits);
        auto const now = static_cast<Word>(now_ms);
        auto const span = static_cast<std::uint32_t>(now_ms >> span_bits & 0xFFFFFFFF);
        while (true) {
            // Loads the span last: if it is old, no thread had moved the other two when they were loaded, and replace()
            // fails if one does.
            Word free = free_.load(), slow = slow_until_.load();
            std::uint32_t before = span_.load();
            std::uint32_t const passed = span - before;
            bool const old = passed + 1 > 2; // one span back: another thread read its clock a little earlier
            if (passed == 0 || passed + 1 == 0) return free;
            if ((old || until(slow, now) < 0) && !slow_until_.replace(slow, now)) continue; // unreached: race
            if (old && !free_.replace(free, now - credit_ms_)) continue; // unreached: race
            if (span_.replace(before, span) && !old) return free; // unreached: race
        }
    }

    // Milliseconds from `now` to `moment`; negative if it has passed. The words wrap, so a moment too far ahead to be a
    // reservation has passed too.
    static constexpr distance until(Word moment, Word now) noexcept {
        constexpr distance farthest = longest_wait_ms + longest_throttle_ms;
        auto const ahead = static_cast<distance>(moment - now);
        return ahead > farthest ? -static_cast<distance>(~Word{0} >> 2) : ahead;
    }

    Word spacing_at(Word moment) const noexcept {
        distance const penalty = until(slow_until_.load(), moment);
        if (penalty <= 0) return spacing_ms_;
        return spacing_ms_ + static_cast<Word>(penalty) * spacing_ms_ / 1000;
    }

    std::uint32_t spacing_ms_;
    std::uint32_t credit_ms_;
    // The next free turn, if there is no burst.
    detail::shared_word<Word> free_;
    // Until this moment the spacing is longer, because of the penalty.
    detail::shared_word<Word> slow_until_;
    // When the two words were last in use, in spans of 2^22 ms; the initial value is far from the start of any clock.
    detail::shared_word<std::uint32_t> span_{0x8000'0000};
};
/// The pacing for programs, with the widest word that this target can share without a lock.
using pacing = basic_pacing<detail::lock_free_word>;

}} // namespace restartcaster

#endif
