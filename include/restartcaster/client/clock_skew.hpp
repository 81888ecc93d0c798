// SPDX-License-Identifier: MIT
// Corrects the time of a device whose clock is wrong, with the Date of the service's answers.
// Source: RFC 9110 section 6.6.1 (Date), RFC 9111 section 5.1 (Age); RFC 5905 section 8 (midpoint of a round
//   trip); protocol "Timestamp" (15 minutes either way).
// Data flow: a refusal of the timestamp and the moments before and after it in, the time to sign with out.
#ifndef RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP
#define RESTARTCASTER_CLIENT_CLOCK_SKEW_HPP
#pragma once

#include "../message/request.hpp"
#include "../message/response.hpp"
#include "moment.hpp"
#include "shared_word.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Over which scheme a Date is believed. An attacker who forges answers over plain HTTP, even on loopback, chooses the
/// timestamp of the next request, and can keep that request and send it when the timestamp is current.
enum class believed_dates : std::uint8_t { https_only, plain_http_too };

/// The limits for believing the Date of an answer.
struct clock_skew_options {
    /// Milliseconds. After a longer exchange the Date is not believed: its error may be half of the exchange time.
    std::uint32_t longest_round_trip_ms = 10'000;
    /// Over which scheme a Date is believed.
    believed_dates dates = believed_dates::https_only;
};

/// The difference between the device's clock and the service's clock. It is unknown until the service refuses a request
/// for its timestamp. From then on, the time is the Date of that answer plus the monotonic time since; the device's UTC
/// clock is no longer used.
/// All calls of a machine may share one object by reference, from any thread and without a lock: the state is one 32-bit
/// number, and a second one that detects a Date that does not advance. A reader sees the old or the new difference, and
/// both were true. To switch the correction off, give the call no clock_skew.
class clock_skew {
public:
    /// UTC seconds of 2026-11-22, when this version was written: an earlier Date comes from a broken clock.
    static constexpr std::int64_t earliest = 1'795'305'600;
    /// 34 years later, in UTC seconds: a later Date comes from a broken clock.
    static constexpr std::int64_t latest = earliest + (std::int64_t{1} << 30);
    /// Two years, in seconds. A device clock at or after `earliest` was set, and a Date that differs from it by more than
    /// this is not believed. A device clock before `earliest` was never set, and every Date from `earliest` to `latest`
    /// may correct it.
    static constexpr std::int64_t farthest_s = 2 * 365 * 86'400;

    /// Starts with an unknown difference.
    constexpr explicit clock_skew(clock_skew_options const& options = {}) noexcept : options_(options) {}

    /// The UTC seconds to sign with: corrected if the difference is known, otherwise now.utc_seconds.
    [[nodiscard]] std::int64_t utc_seconds(moment const& now) const noexcept {
        std::uint32_t const base = base_.load();
        if (base == unknown) return now.utc_seconds;
        // The sum is known modulo 2^32 s (136 years). The result lies in the 136 years from one day before `earliest`,
        // because `now` may be older than the learned Date.
        constexpr std::int64_t first = earliest - 86'400;
        std::uint32_t const utc = base + whole_seconds(now.monotonic_ms);
        return first + static_cast<std::int64_t>(utc - static_cast<std::uint32_t>(first));
    }

    /// Whether the difference is known.
    [[nodiscard]] bool known() const noexcept { return base_.load() != unknown; }

    /// Whether a Date that came over this scheme may be believed.
    [[nodiscard]] bool believes(url_scheme over) const noexcept {
        return detail::is_https(over) || options_.dates == believed_dates::plain_http_too;
    }

    /// Learns the difference from an answer that refused a request for its timestamp. `own_utc_seconds` is the time of
    /// the device's own clock; 0 without a clock. Returns whether the Date was believed.
    /// A Date is not believed when it is missing, comes from a cache (Age), came after a slow exchange, is before
    /// `earliest` or after `latest`, differs by more than `farthest_s` from a device clock that was set, came over plain
    /// HTTP (unless allowed), or repeats the last Date although time has passed.
    bool learn(response const& from, std::uint64_t sent_ms, std::uint64_t received_ms, url_scheme over,
               std::int64_t own_utc_seconds = 0) noexcept {
        if (from.date == utc_time::none || from.has_age || from.date < earliest || from.date > latest) return false;
        if (own_utc_seconds >= earliest &&
            (own_utc_seconds > from.date + farthest_s || own_utc_seconds < from.date - farthest_s))
            return false;
        if (!believes(over)) return false;
        // Unsigned: with a clock that went back, the difference wraps and exceeds every limit.
        if (received_ms - sent_ms > options_.longest_round_trip_ms) return false;
        // The service wrote the Date between the two moments; taking the midpoint halves the largest possible error.
        std::uint32_t const middle = whole_seconds(sent_ms + (received_ms - sent_ms) / 2);
        auto const date = static_cast<std::uint32_t>(from.date);
        std::uint32_t base = date - middle;
        if (base == unknown) ++base; // 0 means unknown: an error of 1 s instead
        std::uint32_t const before = base_.load();
        if (before != unknown && last_date_.load() == date && before - base + 2 > 4) return false;
        last_date_.store(date);
        base_.store(base);
        return true;
    }

private:
    static constexpr std::uint32_t unknown = 0;

    // Modulo 2^32 s, which is 136 years of uptime.
    static constexpr std::uint32_t whole_seconds(std::uint64_t milliseconds) noexcept {
        return static_cast<std::uint32_t>(milliseconds / 1000);
    }

    clock_skew_options options_;
    // UTC seconds at the moment 0 of the monotonic clock, modulo 2^32.
    detail::shared_word<std::uint32_t> base_;
    detail::shared_word<std::uint32_t> last_date_;
};

}} // namespace restartcaster

#endif
