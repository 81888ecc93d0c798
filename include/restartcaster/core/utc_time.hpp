// SPDX-License-Identifier: MIT
// Converts UTC seconds to the service's timestamp text, and HTTP dates to UTC seconds.
// Source: protocol "Timestamp" (ISO 8601, YYYY-MM-DDThh:mm:ssZ); RFC 9110 section 5.6.7 (HTTP dates, three forms).
// Data flow: stamp in, text for the signature out; `Date` header in, seconds out.
#ifndef RESTARTCASTER_CORE_UTC_TIME_HPP
#define RESTARTCASTER_CORE_UTC_TIME_HPP
#pragma once

#include "text.hpp"

#include <array>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

#if !RESTARTCASTER_SMALL
// Two digits for each of four numbers below 100: `a` in the lowest 16 bits, the tens digit in the lower byte.
template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word digit_pairs(Word a, Word b, Word c, Word d) noexcept {
    Word const numbers = a | b << 16 | c << 32 | d << 48;
    Word const tens = numbers * 103 >> 10 & 0x000F000F000F000F;
    return 0x3030303030303030 + tens + ((numbers - 10 * tens) << 8);
}
template <class Word>
RESTARTCASTER_HOT constexpr void store_pair(char* to, Word pairs) noexcept {
    // Through one number, which compilers store with one instruction.
    auto const pair = static_cast<unsigned>(pairs & 0xFFFF);
    to[0] = static_cast<char>(pair & 0xFF);
    to[1] = static_cast<char>(pair >> 8);
}
#endif

template <class Number>
[[nodiscard]] constexpr bool is_leap(Number year) noexcept { return year % (year % 25 == 0 ? 16 : 4) == 0; }
/// The number of days in a month (1 to 12).
template <class Number>
[[nodiscard]] constexpr Number days_of(Number month, Number year) noexcept {
    return month == 2 ? (is_leap(year) ? 29u : 28u) : 30 + ((month ^ month >> 3) & 1);
}

// Days since 1970-01-01. Years start on 1 March, so that the leap day is the last day of a 400-year era.
template <class Number>
[[nodiscard]] constexpr std::int64_t days_from_date(Number year, Number month, Number day) noexcept {
    Number const y = month <= 2 ? year - 1 : year;
    Number const era = y / 400;
    Number const of_era = y - era * 400;
    Number const of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return static_cast<std::int64_t>(era) * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

} // namespace detail

/// A day and a time of day as the service writes them, e.g. 2026-11-22T17:36:19Z.
/// Units: whole seconds, UTC, no leap seconds.
class utc_time {
public:
    /// The last second that the text can express, 9999-12-31T23:59:59Z.
    static constexpr std::int64_t last = 253402300799;
    /// Bytes of the text.
    static constexpr std::size_t text_size = 20;

    /// The time of `utc_seconds`.
    /// Errors: timestamp_out_of_range outside the years 1970 to 9999, with "Timestamp" as its subject.
    [[nodiscard]] static constexpr result<utc_time> of(std::int64_t utc_seconds) noexcept {
        if (!holds(utc_seconds))
            return unexpected(failure{.code = errc::timestamp_out_of_range, .subject = "Timestamp"sv});
        return utc_time(utc_seconds);
    }
    /// Whether `utc_seconds` is from 1970 to 9999.
    [[nodiscard]] static constexpr bool holds(std::int64_t utc_seconds) noexcept {
        return utc_seconds >= 0 && utc_seconds <= last;
    }
    /// Requires: holds(utc_seconds); otherwise the text is meaningless.
    RESTARTCASTER_ONCE constexpr explicit utc_time(std::int64_t utc_seconds) noexcept {
        // A day is 675 * 128 seconds, so that all divisions are of 32 bits.
        auto const units = static_cast<std::uint32_t>(utc_seconds >> 7);
        std::uint32_t const days = units / 675;
        std::uint32_t const of_day = units % 675 * 128 + static_cast<std::uint32_t>(utc_seconds & 127);
        // Years start on 1 March and are counted in quarter days: each division is by a constant and exact in this range
        // (Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2023).
        std::uint32_t const quarters = 4 * (days + 719468) + 3;
        std::uint32_t const of_century = quarters % 146097 | 3;
#if RESTARTCASTER_SMALL
        std::uint32_t const fifths = of_century % 1461 / 4 * 5 + 461;
        std::uint32_t month = (quarters / 146097 * 100 + of_century / 1461) * 100 + fifths / 153;
        if (fifths >= 13 * 153) month += 100 - 12; // January and February belong to the next year
        // Writes from the last character to the first; the pattern holds the base of each digit (octal: 12 is 10).
        std::uint32_t digits = of_day;
        for (std::size_t at = text_size; at-- != 0;) {
            auto c = static_cast<unsigned>("\12\12\12\12-\12\12-\12\12T\12\12:\6\12:\6\12Z"[at]);
            if (c <= 10) {
                unsigned const base = c;
                c = '0' + digits % base;
                digits /= base;
            }
            if (c == 'T') digits = month * 100 + fifths % 153 / 5 + 1;
            text_[at] = static_cast<char>(c);
        }
        // Non-zero when out of range: year above 9999, or any bit from 2^39 up.
        beyond_ = digits | static_cast<std::uint32_t>(utc_seconds >> 39 & 0xFFFFFFFF);
#else
        std::uint64_t const years = std::uint64_t{2939745} * of_century;
        auto const day_of_year = static_cast<std::uint32_t>(years & 0xFFFFFFFF) / 2939745 / 4;
        std::uint32_t const months = 2141 * day_of_year + 197913;
        bool const next_year = day_of_year >= 306;
        year_ = static_cast<std::uint16_t>(100 * (quarters / 146097) + static_cast<std::uint32_t>(years >> 32) +
                                           (next_year ? 1 : 0));
        month_ = static_cast<std::uint8_t>((months >> 16) - (next_year ? 12 : 0));
        day_ = static_cast<std::uint8_t>((months & 0xFFFF) / 2141 + 1);
        hour_ = static_cast<std::uint8_t>(of_day / 3600);
        minute_ = static_cast<std::uint8_t>(of_day / 60 % 60);
        second_ = static_cast<std::uint8_t>(of_day % 60);
#endif
    }

#if RESTARTCASTER_SMALL
    /// The text, e.g. 2026-11-22T17:36:19Z.
    [[nodiscard]] constexpr std::array<char, text_size> const& text() const noexcept { return text_; }
    /// Whether the time was made of seconds that it holds. In small builds less code than a call of holds() before.
    [[nodiscard]] constexpr bool representable() const noexcept { return beyond_ == 0; }
#else
    /// Writes the text at `to`, with `colon` in place of each of its two colons, e.g. "%3A"; fills
    /// text_size - 2 + 2 * colon.size() bytes.
    template <class Word = std::uint64_t>
    RESTARTCASTER_HOT constexpr void write_text(char* to, std::string_view colon) const noexcept {
        Word const date = detail::digit_pairs<Word>(year_ / 100u, year_ % 100u, month_, day_);
        Word const time = detail::digit_pairs<Word>(hour_, minute_, second_, 0);
        detail::store_pair(to, date);
        detail::store_pair(to + 2, date >> 16);
        to[4] = '-';
        detail::store_pair(to + 5, date >> 32);
        to[7] = '-';
        detail::store_pair(to + 8, date >> 48);
        to[10] = 'T';
        detail::store_pair(to + 11, time);
        detail::copy_bytes(to + 13, colon.data(), colon.size());
        to += 13 + colon.size();
        detail::store_pair(to, time >> 16);
        detail::copy_bytes(to + 2, colon.data(), colon.size());
        to += 2 + colon.size();
        detail::store_pair(to, time >> 32);
        to[2] = 'Z';
    }

    /// The text, e.g. 2026-11-22T17:36:19Z.
    [[nodiscard]] constexpr std::array<char, text_size> text() const noexcept {
        std::array<char, text_size> out{};
        write_text(out.data(), ":"sv);
        return out;
    }
#endif

    /// The result of http_date() for text that is not an HTTP date.
    static constexpr std::int64_t none = -1;

    /// UTC seconds of an HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT"; `none` for anything else. The two
    /// obsolete forms are read too: "Sunday, 22-Nov-26 17:36:19 GMT" and "Sun Nov 22 17:36:19 2026". The day's name is not
    /// compared with the date. Second 60 (a leap second) counts as the first second of the next minute.
    /// Two-digit years mean 1977 to 2076: RFC 9110 counts 50 years from today, the library has no clock, and this
    /// version was written in 2026.
    [[nodiscard]] static constexpr std::int64_t http_date(std::string_view text) noexcept {
        // '0' matches a digit, '_' a digit or a blank, '#' any character. The length tells the three forms apart.
        std::string_view pattern = "###, 00 ### 0000 00:00:00 GMT"sv;
        std::size_t day_at = 5, month_at = 8, year_at = 12, time_at = 17, year_digits = 4;
        if (text.size() == 24) {
            pattern = "### ### _0 00:00:00 0000"sv;
            day_at = 8, month_at = 4, year_at = 20, time_at = 11;
        } else if (text.size() >= 30 && text.size() <= 33) { // the name of a day has 6 to 9 letters
            pattern = ", 00-###-00 00:00:00 GMT"sv;
            text.remove_prefix(text.size() - pattern.size());
            day_at = 2, month_at = 5, year_at = 9, time_at = 12, year_digits = 2;
        }
        if (text.size() != pattern.size()) return none;
        for (std::size_t i = 0; i != pattern.size(); ++i) {
            bool const digit = pattern[i] == '0' || (pattern[i] == '_' && text[i] != ' ');
            bool const any = pattern[i] == '#' || pattern[i] == '_';
            if (digit ? !detail::is_digit(text[i]) : !any && pattern[i] != text[i]) return none;
        }
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
        unsigned month = 0;
        while (month != 12 && detail::part(months, month * 3u, 3) != detail::part(text, month_at, 3)) ++month;
        bool const one_digit = text[day_at] == ' ';
        auto const day = number(text, day_at + (one_digit ? 1 : 0), one_digit ? 1 : 2);
        auto const hour = number(text, time_at, 2), minute = number(text, time_at + 3, 2);
        auto const second = number(text, time_at + 6, 2);
        auto year = number(text, year_at, year_digits);
        if (year_digits == 2) year += year < 77 ? 2000 : 1900;
        if (month == 12 || year < 1970 || hour > 23 || minute > 59 || second > 60) return none;
        if (day == 0 || day > detail::days_of(month + 1, year)) return none;
        std::int64_t const read =
            detail::days_from_date(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
        return holds(read) ? read : none;
    }

private:
    [[nodiscard]] static constexpr unsigned number(std::string_view text, std::size_t at, std::size_t count) noexcept {
        unsigned value = 0;
        for (; count != 0; --count) value = value * 10 + static_cast<unsigned>(text[at++] - '0');
        return value;
    }

#if RESTARTCASTER_SMALL
    std::array<char, text_size> text_;
    std::uint32_t beyond_;
#else
    std::uint16_t year_ = 0;
    std::uint8_t month_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0;
#endif
};

}} // namespace restartcaster

#endif
