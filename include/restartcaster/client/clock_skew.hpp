// SPDX-License-Identifier: MIT
// The right time on a device whose clock is wrong, learned from the service's own answers.
// Source: RFC 9110 section 6.6.1 (Date), RFC 9111 section 5.1 (Age); RFC 5905 section 8 (midpoint of a round
//   trip); protocol "Timestamp" (15 minutes either way).
// Data flow: a refusal for time and the two moments around it in, the time to sign with out.
#ifndef RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP
#define RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP
#pragma once

#include "../message/request.hpp"
#include "../message/response.hpp"
#include "moment.hpp"
#include "shared_word.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whose Date is believed. Whoever can forge an answer over plain HTTP, to this machine's own ports too, can
/// choose the time of the next request, and keep that request for the day when its time has come.
enum class believed_dates : std::uint8_t { https_only, plain_http_too };

/// What makes an answer's Date believable.
struct clock_skew_options {
    /// After a longer exchange the Date is not believed: it could be half of it off.
    std::uint32_t longest_round_trip_ms = 10'000;
    believed_dates dates = believed_dates::https_only;
};

/// What is known of the difference between a device's clock and the service's. Nothing, until the service
/// refuses a request for its time; from then on the time comes from that answer and the monotonic clock, and
/// the device's own is not looked at any more.
/// Share it by reference between all calls of a machine, from any thread and without a lock: what it knows is
/// one 32-bit number (with a second one to recognise a Date that stands still). Readers see the old difference or
/// the new one, both of which were true. To switch correction off, hand no clock_skew to the call.
class clock_skew {
public:
    /// 2026-11-22, when this version was written: any earlier Date is a broken clock's.
    static constexpr std::int64_t earliest = 1'795'305'600;
    /// 34 years later: any Date after that is a broken clock's as well.
    static constexpr std::int64_t latest = earliest + (std::int64_t{1} << 30);
    /// Two years. A device's clock that says a time from `earliest` on was set by somebody, and is not that far off:
    /// a Date that says so is wrong itself. A clock that says an earlier time was never set, and every Date from
    /// `earliest` to `latest` may correct it.
    static constexpr std::int64_t farthest_s = 2 * 365 * 86'400;

    constexpr explicit clock_skew(clock_skew_options const& options = {}) noexcept : options_(options) {}

    /// The UTC seconds to sign with.
    [[nodiscard]] std::int64_t utc_seconds(moment const& now) const noexcept {
        std::uint32_t const base = base_.load();
        if (base == unknown) return now.utc_seconds;
        // The sum modulo 2^32, unwrapped into the 136 years that begin some before `earliest`: a moment may be older
        // than the Date that was learned.
        constexpr std::int64_t first = earliest - 86'400;
        std::uint32_t const utc = base + whole_seconds(now.monotonic_ms);
        return first + static_cast<std::int64_t>(utc - static_cast<std::uint32_t>(first));
    }

    /// Whether it was ever told.
    [[nodiscard]] bool known() const noexcept { return base_.load() != unknown; }

    /// Whether a Date that came this way is believed at all.
    [[nodiscard]] bool believes(url_scheme over) const noexcept {
        return detail::is_https(over) || options_.dates == believed_dates::plain_http_too;
    }

    /// Takes in an answer that refused a request for its time; `own_utc_seconds` is what the device's own clock says
    /// now, 0 where there is none.
    /// Answers whether the Date was believed: not without one, not from a cache (Age), not after a slow round
    /// trip, not from before this library was written or long after, not years away from a clock that was set, not
    /// over plain HTTP, and not when it is the Date of last time although time has passed.
    bool learn(response const& from, std::uint64_t sent_ms, std::uint64_t received_ms, url_scheme over,
               std::int64_t own_utc_seconds = 0) noexcept {
        if (from.date == utc_time::none || from.has_age || from.date < earliest || from.date > latest) return false;
        if (own_utc_seconds >= earliest &&
            (own_utc_seconds > from.date + farthest_s || own_utc_seconds < from.date - farthest_s))
            return false;
        if (!believes(over)) return false;
        // A clock that ran backwards wraps to more than any round trip.
        if (received_ms - sent_ms > options_.longest_round_trip_ms) return false;
        // The service wrote its Date somewhere between the two; in the middle the error is least at worst.
        std::uint32_t const middle = whole_seconds(sent_ms + (received_ms - sent_ms) / 2);
        auto const date = static_cast<std::uint32_t>(from.date);
        std::uint32_t base = date - middle;
        if (base == unknown) ++base; // a second off, rather than nothing
        std::uint32_t const before = base_.load();
        if (before != unknown && last_date_.load() == date && before - base + 2 > 4) return false;
        last_date_.store(date);
        base_.store(base);
        return true;
    }

private:
    static constexpr std::uint32_t unknown = 0;

    // Modulo 2^32 seconds: 136 years of running.
    static constexpr std::uint32_t whole_seconds(std::uint64_t milliseconds) noexcept {
        return static_cast<std::uint32_t>(milliseconds / 1000);
    }

    clock_skew_options options_;
    // UTC seconds when the monotonic clock was at 0.
    detail::shared_word<std::uint32_t> base_;
    detail::shared_word<std::uint32_t> last_date_;
};

}} // namespace restartcaster

#endif
