// SPDX-License-Identifier: MIT
// UTC seconds to the service's timestamp text, and an HTTP date back to UTC seconds.
// Source: protocol "Timestamp" (ISO 8601, YYYY-MM-DDThh:mm:ssZ); RFC 9110 section 5.6.7 (IMF-fixdate).
// Path: stamp in, text for the signature out; `Date` header in, seconds out.
#ifndef RESTARTCASTER_CORE_UTC_TIME_HPP
#define RESTARTCASTER_CORE_UTC_TIME_HPP

#include "text.hpp"

#include <array>
#include <cstdint>

namespace restartcaster::inline RESTARTCASTER_ABI {

namespace detail {

constexpr void two_digits(char* to, unsigned value) noexcept {
    // Both in one number, which compilers store at once.
    unsigned const pair = 0x3030 + value / 10 + (value % 10 << 8);
    to[0] = static_cast<char>(pair & 0xFF);
    to[1] = static_cast<char>(pair >> 8);
}

// Days since 1970-01-01 and back, by eras of 400 years that begin on 1 March (the leap day comes last).
[[nodiscard]] constexpr std::int64_t days_from_date(unsigned year, unsigned month, unsigned day) noexcept {
    unsigned const y = month <= 2 ? year - 1 : year;
    unsigned const era = y / 400;
    unsigned const of_era = y - era * 400;
    unsigned const of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
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
        if (utc_seconds < 0 || utc_seconds > last)
            return unexpected(failure{.code = errc::timestamp_out_of_range, .subject = "Timestamp"sv});
        // A day is 675 times 128 seconds: with that, no division is wider than 32 bits.
        auto const units = static_cast<std::uint32_t>(utc_seconds >> 7);
        std::uint32_t const days = units / 675;
        std::uint32_t const of_day = units % 675 * 128 + static_cast<std::uint32_t>(utc_seconds & 127);
        // Years that begin on 1 March, counted in quarters of days: each division is by a constant and exact
        // in this range (Neri and Schneider, 2023).
        std::uint32_t const quarters = 4 * (days + 719468) + 3;
        std::uint32_t const of_century = quarters % 146097 | 3;
        std::uint64_t const years = std::uint64_t{2939745} * of_century;
        auto const day_of_year = static_cast<std::uint32_t>(years & 0xFFFFFFFF) / 2939745 / 4;
        std::uint32_t const months = 2141 * day_of_year + 197913;
        bool const next_year = day_of_year >= 306;
        utc_time time;
        time.year_ = static_cast<std::uint16_t>(100 * (quarters / 146097) + static_cast<std::uint32_t>(years >> 32) +
                                                (next_year ? 1 : 0));
        time.month_ = static_cast<std::uint8_t>((months >> 16) - (next_year ? 12 : 0));
        time.day_ = static_cast<std::uint8_t>((months & 0xFFFF) / 2141 + 1);
        time.hour_ = static_cast<std::uint8_t>(of_day / 3600);
        time.minute_ = static_cast<std::uint8_t>(of_day / 60 % 60);
        time.second_ = static_cast<std::uint8_t>(of_day % 60);
        return time;
    }

    /// Writes the text at `to`, with `colon` for each colon: text_size - 2 bytes and two colons.
    RESTARTCASTER_HOT constexpr void write(char* to, std::string_view colon) const noexcept {
        detail::two_digits(to, year_ / 100u);
        detail::two_digits(to + 2, year_ % 100u);
        to[4] = '-';
        detail::two_digits(to + 5, month_);
        to[7] = '-';
        detail::two_digits(to + 8, day_);
        to[10] = 'T';
        detail::two_digits(to + 11, hour_);
        detail::copy_bytes(to + 13, colon.data(), colon.size());
        to += 13 + colon.size();
        detail::two_digits(to, minute_);
        detail::copy_bytes(to + 2, colon.data(), colon.size());
        to += 2 + colon.size();
        detail::two_digits(to, second_);
        to[2] = 'Z';
    }

    [[nodiscard]] constexpr std::array<char, text_size> text() const noexcept {
        std::array<char, text_size> out{};
#if RESTARTCASTER_SMALL
        char* to = out.data();
        unsigned const fields[7]{year_ / 100u, year_ % 100u, month_, day_, hour_, minute_, second_};
        for (unsigned i = 0; i != 7; ++i) {
            detail::two_digits(to, fields[i]);
            to += 2;
            if (i != 0) *to++ = "--T::Z"[i - 1];
        }
#else
        write(out.data(), ":"sv);
#endif
        return out;
    }

    /// What http_date gives for text that is no such date.
    static constexpr std::int64_t none = -1;

    /// UTC seconds of an HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT"; `none` for anything else, the two
    /// obsolete forms included. The name of the day is not held against the date.
    [[nodiscard]] static constexpr std::int64_t http_date(std::string_view text) noexcept {
        constexpr std::string_view form = "###, 00 ### 0000 00:00:00 GMT"sv;
        if (text.size() != form.size()) return none;
        for (std::size_t i = 0; i != form.size(); ++i)
            if (form[i] == '0' ? !detail::is_digit(text[i]) : form[i] != '#' && form[i] != text[i]) return none;
        auto const number = [text](std::size_t at, std::size_t count) {
            unsigned value = 0;
            for (std::size_t i = at; i != at + count; ++i) value = value * 10 + static_cast<unsigned>(text[i] - '0');
            return value;
        };
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
        constexpr unsigned char lengths[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        unsigned month = 0;
        while (month != 12 && detail::part(months, month * 3u, 3) != detail::part(text, 8, 3)) ++month;
        unsigned const year = number(12, 4), day = number(5, 2);
        unsigned const hour = number(17, 2), minute = number(20, 2), second = number(23, 2);
        if (month == 12 || year < 1970 || hour > 23 || minute > 59 || second > 59) return none;
        bool const leap = month == 1 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day == 0 || day > lengths[month] + (leap ? 1u : 0u)) return none;
        return detail::days_from_date(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
    }

private:
    std::uint16_t year_ = 0;
    std::uint8_t month_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0;
};

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
