// SPDX-License-Identifier: MIT
// The clock of a test, which moves only when the test or a wait moves it, and nonces that are the same in every run.
// Source: docs/how-to/test-your-code.md, "Time".
// Data flow: durations in; the moments that the code under test and the gateway read out.
#ifndef RESTARTCASTER_TESTING_TEST_CLOCK_HPP
#define RESTARTCASTER_TESTING_TEST_CLOCK_HPP
#pragma once

#include "../core/result.hpp"
#include "../sign/nonce.hpp"
#include "report.hpp"

#include <concepts>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// A std::chrono::duration. Described by its members, because the header of std::chrono takes longer to compile than this folder.
template <class T>
concept duration = requires(T time) {
    { time.count() } -> std::convertible_to<std::int64_t>;
    { T::period::num } -> std::convertible_to<std::int64_t>;
    { T::period::den } -> std::convertible_to<std::int64_t>;
};

/// A duration in milliseconds. Nanoseconds are divided first, so that centuries of them do not overflow.
template <duration T>
[[nodiscard]] constexpr std::int64_t in_milliseconds(T time) noexcept {
    constexpr std::int64_t num = std::int64_t{T::period::num} * 1000, den = std::int64_t{T::period::den};
    if constexpr (den % num == 0)
        return static_cast<std::int64_t>(time.count() / (den / num));
    else
        return static_cast<std::int64_t>(time.count() * num / den);
}

/// The same for a length of time. A negative length fails the test and is 0.
template <duration T>
[[nodiscard]] std::int64_t length_in_milliseconds(T time) noexcept {
    std::int64_t const length = in_milliseconds(time);
    if (length >= 0) return length;
    detail::report_failure("restartcaster: a length of time is negative"sv);
    return 0;
}

/// A waiting_clock that stands still until advance() or sleep_ms() moves it: a test of a minute of retries takes no time.
class test_clock {
public:
    /// The UTC seconds at the start of a test: 2026-11-22T17:36:19Z.
    static constexpr std::int64_t start_s = 1795368979;

    /// UTC seconds since 1970, and milliseconds since the start of the test.
    [[nodiscard]] std::int64_t utc_seconds() const noexcept { return utc_ms_ / 1000; }
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return monotonic_ms_; }
    /// UTC milliseconds since 1970.
    [[nodiscard]] std::int64_t utc_ms() const noexcept { return utc_ms_; }

    /// Lets time pass on both clocks; time does not go back, see set_utc_ms().
    template <duration T>
    void advance(T time) noexcept {
        advance_ms(static_cast<std::uint64_t>(length_in_milliseconds(time)));
    }
    /// The same in milliseconds.
    void advance_ms(std::uint64_t milliseconds) noexcept {
        monotonic_ms_ += milliseconds;
        utc_ms_ += static_cast<std::int64_t>(milliseconds);
    }
    /// The sleep of a waiting_clock: advance_ms().
    void sleep_ms(std::uint32_t milliseconds) noexcept { advance_ms(milliseconds); }

    /// Sets the UTC clock alone, as an operator does, also back. Changes of studios and the rate go by the other clock.
    void set_utc_ms(std::int64_t milliseconds) noexcept { utc_ms_ = milliseconds; }

private:
    std::int64_t utc_ms_ = start_s * 1000;
    std::uint64_t monotonic_ms_ = 0;
};

/// A nonce_source for tests: a different nonce for each call, and the same nonces in every run.
class test_nonces {
public:
    /// The next nonce.
    [[nodiscard]] result<nonce> operator()() noexcept {
        std::array<unsigned char, nonce::random_size> bytes{};
        ++count_;
        for (std::size_t i = 0; i != 4; ++i) bytes[bytes.size() - 1 - i] = static_cast<unsigned char>(count_ >> (8 * i) & 0xFF);
        return nonce(bytes);
    }

private:
    std::uint32_t count_ = 0;
};

}}} // namespace restartcaster::testing

#endif
