// SPDX-License-Identifier: MIT
// UTC seconds to the service's timestamp text, and an HTTP date back to UTC seconds.
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
// The digits of four numbers below 100, the first in the lowest sixteen bits and its tens in the lower byte.
template <class Word>
[[nodiscard]] RESTARTCASTER_HOT constexpr Word digit_pairs(Word a, Word b, Word c, Word d) noexcept {
    Word const numbers = a | b << 16 | c << 32 | d << 48;
    Word const tens = numbers * 103 >> 10 & 0x000F000F000F000F;
    return 0x3030303030303030 + tens + ((numbers - 10 * tens) << 8);
}
template <class Word>
RESTARTCASTER_HOT constexpr void store_pair(char* to, Word pairs) noexcept {
    // Both in one number, which compilers store at once.
    auto const pair = static_cast<unsigned>(pairs & 0xFFFF);
    to[0] = static_cast<char>(pair & 0xFF);
    to[1] = static_cast<char>(pair >> 8);
}
#endif

template <class Number>
[[nodiscard]] constexpr bool is_leap(Number year) noexcept { return year % (year % 25 == 0 ? 16 : 4) == 0; }
/// The days of a month, 1 to 12.
template <class Number>
[[nodiscard]] constexpr Number days_of(Number month, Number year) noexcept {
    return month == 2 ? (is_leap(year) ? 29u : 28u) : 30 + ((month ^ month >> 3) & 1);
}

// Days since 1970-01-01 and back, by eras of 400 years that begin on 1 March (the leap day comes last).
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
    /// The last second that the text can hold, 9999-12-31T23:59:59Z.
    static constexpr std::int64_t last = 253402300799;
    static constexpr std::size_t text_size = 20;

    /// Errors: timestamp_out_of_range outside the years 1970 to 9999, with "Timestamp" as its subject.
    [[nodiscard]] static constexpr result<utc_time> of(std::int64_t utc_seconds) noexcept {
        if (!holds(utc_seconds))
            return unexpected(failure{.code = errc::timestamp_out_of_range, .subject = "Timestamp"sv});
        return utc_time(utc_seconds);
    }
    [[nodiscard]] static constexpr bool holds(std::int64_t utc_seconds) noexcept {
        return utc_seconds >= 0 && utc_seconds <= last;
    }
    /// Requires: holds(utc_seconds); of any other the text means nothing.
    RESTARTCASTER_ONCE constexpr explicit utc_time(std::int64_t utc_seconds) noexcept {
        // A day is 675 times 128 seconds: with that, no division is wider than 32 bits.
        auto const units = static_cast<std::uint32_t>(utc_seconds >> 7);
        std::uint32_t const days = units / 675;
        std::uint32_t const of_day = units % 675 * 128 + static_cast<std::uint32_t>(utc_seconds & 127);
        // Years that begin on 1 March, counted in quarters of days: each division is by a constant and exact
        // in this range (Neri and Schneider, 2023).
        std::uint32_t const quarters = 4 * (days + 719468) + 3;
        std::uint32_t const of_century = quarters % 146097 | 3;
#if RESTARTCASTER_SMALL
        std::uint32_t const fifths = of_century % 1461 / 4 * 5 + 461;
        std::uint32_t month = (quarters / 146097 * 100 + of_century / 1461) * 100 + fifths / 153;
        if (fifths >= 13 * 153) month += 100 - 12; // of the next year
        // Digits are written from the last to the first, each to the base that stands in its place.
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
        // More digits than a year has place for, or more bits than that many years, or a sign.
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
    [[nodiscard]] constexpr std::array<char, text_size> const& text() const noexcept { return text_; }
    /// Whether it was made of seconds that it holds; this is less code than to ask before.
    [[nodiscard]] constexpr bool representable() const noexcept { return beyond_ == 0; }
#else
    /// Writes the text at `to`, with `colon` for each colon: text_size - 2 bytes and two colons.
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

    [[nodiscard]] constexpr std::array<char, text_size> text() const noexcept {
        std::array<char, text_size> out{};
        write_text(out.data(), ":"sv);
        return out;
    }
#endif

    /// What http_date gives for text that is no such date.
    static constexpr std::int64_t none = -1;

    /// UTC seconds of an HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT"; `none` for anything else. The two
    /// obsolete forms are read as well: "Sunday, 22-Nov-26 17:36:19 GMT" and "Sun Nov 22 17:36:19 2026". The name of
    /// the day is not held against the date; a second 60, which a leap second has, is the next minute's first.
    /// Two digits of a year are those of the years 1977 to 2076: RFC 9110 counts 50 years from today, there is no
    /// clock here to ask, and 2026 is when this was written.
    [[nodiscard]] static constexpr std::int64_t http_date(std::string_view text) noexcept {
        // A 0 is any digit, a '_' a digit or a blank, a '#' any character. The lengths of the forms differ.
        std::string_view pattern = "###, 00 ### 0000 00:00:00 GMT"sv;
        std::size_t day_at = 5, month_at = 8, year_at = 12, time_at = 17, year_digits = 4;
        if (text.size() == 24) {
            pattern = "### ### _0 00:00:00 0000"sv;
            day_at = 8, month_at = 4, year_at = 20, time_at = 11;
        } else if (text.size() >= 30 && text.size() <= 33) { // by the name of the day
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
