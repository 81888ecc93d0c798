// SPDX-License-Identifier: MIT
// Calls at the account's pace: the next free moment, handed out one by one, without a lock.
// Source: ITU-T I.371 annex A (generic cell rate algorithm, virtual scheduling); the vendor's table of limits
//   (10 calls per second, account and operation); protocol "Throttling".
// Data flow: the call machine reserves a moment before every request and reports every throttling.
#ifndef RESTARTCASTER_CLIENT_PACING_HPP
#define RESTARTCASTER_CLIENT_PACING_HPP
#pragma once

#include "pace.hpp"
#include "shared_word.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The limit that the service sets, counted by it over any stretch of one second.
struct pacing_options {
    std::uint32_t calls_per_second = 10;
    /// Calls that may go out at once after a pause. A second that begins with such a burst holds
    /// calls_per_second + burst - 1 calls: with more than 1, ask for that many fewer per second.
    std::uint32_t burst = 1;
};

/// Spaces calls evenly. Make one for each account and operation, for that is what the service counts, and
/// share it by reference between all clients and threads that call as this account: taking a moment is one
/// compare-and-swap of one word.
/// One part in a hundred is added to the spacing (101 ms instead of 100): the eleventh call then has a
/// hundredth of a second to be faster on its way than the first was, and still finds room in the window.
/// The pace is kept as well as the callers keep to their moments: whoever comes late sends late.
/// After a throttling nobody takes a moment before the service's wait is over, and calls then go out slower:
/// by one spacing more for each second of a penalty that grows by a second with every throttling, to 8 at
/// most, and passes with time. One throttling is made good in a second.
/// A word of 32 bits (see shared_word.hpp) wraps every 49.7 days; that disturbs nothing, however long nobody calls.
template <class Word>
class basic_pacing {
public:
    /// Nobody waits longer for his moment; one that lies further ahead is not handed out.
    static constexpr std::uint32_t longest_wait_ms = 3'600'000;
    /// No single answer of the service holds up everybody for longer.
    static constexpr std::uint32_t longest_throttle_ms = 60'000;
    static constexpr std::uint32_t longest_penalty_ms = 8'000;

    /// 0 calls per second and a burst of 0 are taken for 1; a burst saves up 12 days at most.
    constexpr explicit basic_pacing(pacing_options const& options = {}) noexcept
        : spacing_ms_(spacing_of(options.calls_per_second == 0 ? 1 : options.calls_per_second)),
          credit_ms_(credit_of(options.burst == 0 ? 0 : options.burst - 1, spacing_ms_)) {}

    /// Milliseconds between two calls when nothing is throttled.
    [[nodiscard]] constexpr std::uint32_t spacing_ms() const noexcept { return spacing_ms_; }

    /// Takes the next free moment, if it is at most `most_ms` ahead.
    /// Answers how many milliseconds it is ahead, or no_turn when none was taken.
    /// Cost: one compare-and-swap, repeated only when another thread came between.
    std::uint32_t reserve(std::uint64_t now_ms, std::uint64_t most_ms) noexcept {
        auto const now = static_cast<Word>(now_ms);
        if (most_ms > longest_wait_ms) most_ms = longest_wait_ms;
        Word free = refreshed(now_ms);
        while (true) {
            // A moment that went by unused is worth as much credit as the burst allows, and no more.
            distance ahead = until(free, now);
            auto const credit = static_cast<distance>(credit_ms_);
            if (ahead < -credit) ahead = -credit;
            std::uint32_t const wait = ahead > 0 ? static_cast<std::uint32_t>(ahead) : 0;
            if (wait > most_ms) return no_turn;
            auto const next = now + static_cast<Word>(ahead) + spacing_at(now + wait);
            if (free_.replace(free, next)) return wait; // unreached: race
        }
    }

    /// Reports that the service throttled a call and how long it asks to wait; 0 when it did not say.
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

    // Rounded up; 1010 and not 1000 is the one part in a hundred.
    static constexpr std::uint32_t spacing_of(std::uint32_t calls_per_second) noexcept {
        return 1010 / calls_per_second + (1010 % calls_per_second != 0 ? 1 : 0);
    }

    static constexpr std::uint32_t credit_of(std::uint64_t calls, std::uint64_t spacing_ms) noexcept {
        constexpr std::uint32_t most = 1u << 30;
        return calls * spacing_ms > most ? most : static_cast<std::uint32_t>(calls * spacing_ms);
    }

    // The next free moment, after whatever nobody has moved for hours was moved up to now: the words wrap, so that
    // an old one would come to look like one ahead. What is in use lies less than a span ahead.
    Word refreshed(std::uint64_t now_ms) noexcept {
        constexpr unsigned span_bits = 22; // 70 minutes
        static_assert(longest_wait_ms + longest_throttle_ms + longest_penalty_ms < 1u << span_bits);
        auto const now = static_cast<Word>(now_ms);
        auto const span = static_cast<std::uint32_t>(now_ms >> span_bits & 0xFFFFFFFF);
        while (true) {
            // The span last: where that is old, the other two were loaded when nobody had moved them yet, and
            // replace() notices who does.
            Word free = free_.load(), slow = slow_until_.load();
            std::uint32_t before = span_.load();
            std::uint32_t const passed = span - before;
            bool const old = passed + 1 > 2; // one back is another thread's, which read its clock a little earlier
            if (passed == 0 || passed + 1 == 0) return free;
            if ((old || until(slow, now) < 0) && !slow_until_.replace(slow, now)) continue; // unreached: race
            if (old && !free_.replace(free, now - credit_ms_)) continue; // unreached: race
            if (span_.replace(before, span) && !old) return free; // unreached: race
        }
    }

    // How far `moment` is ahead of `now`; below 0 when it went by, as everything did that is too far ahead to be
    // a reservation: the words wrap.
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
    // The moment from which on the next call may go out, were there no burst.
    detail::shared_word<Word> free_;
    // Until when calls go out slower than they might.
    detail::shared_word<Word> slow_until_;
    // When the two were last known to be of use, in spans; at first far from whatever a clock begins with.
    detail::shared_word<std::uint32_t> span_{0x8000'0000};
};
/// What programs use: the widest word that this target shares without a lock.
using pacing = basic_pacing<detail::lock_free_word>;

}} // namespace restartcaster

#endif
