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
    to[0] = static_cast<char>('0' + value / 10);
    to[1] = static_cast<char>('0' + value % 10);
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
    [[nodiscard]] static constexpr result<std::array<char, text_size>> text(std::int64_t utc_seconds) noexcept {
        if (utc_seconds < 0 || utc_seconds > last)
            return unexpected(failure{.code = errc::timestamp_out_of_range, .subject = "Timestamp"});
        auto const seconds = static_cast<std::uint64_t>(utc_seconds);
        auto const days = static_cast<std::uint32_t>(seconds / 86400);
        auto const of_day = static_cast<std::uint32_t>(seconds % 86400);
        std::uint32_t const shifted = days + 719468;
        std::uint32_t const era = shifted / 146097;
        std::uint32_t const day_of_era = shifted % 146097;
        std::uint32_t const year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
        std::uint32_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        std::uint32_t const shifted_month = (5 * day_of_year + 2) / 153;
        std::uint32_t const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
        std::uint32_t const year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);

        std::array<char, text_size> out{'.', '.', '.', '.', '-', '.', '.', '-', '.', '.',
                                        'T', '.', '.', ':', '.', '.', ':', '.', '.', 'Z'};
        detail::two_digits(out.data(), year / 100);
        detail::two_digits(out.data() + 2, year % 100);
        detail::two_digits(out.data() + 5, month);
        detail::two_digits(out.data() + 8, day_of_year - (153 * shifted_month + 2) / 5 + 1);
        detail::two_digits(out.data() + 11, of_day / 3600);
        detail::two_digits(out.data() + 14, of_day / 60 % 60);
        detail::two_digits(out.data() + 17, of_day % 60);
        return out;
    }

    /// What http_date gives for text that is no such date.
    static constexpr std::int64_t none = -1;

    /// UTC seconds of an HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT"; `none` for anything else, the two
    /// obsolete forms included. The name of the day is not held against the date.
    [[nodiscard]] static constexpr std::int64_t http_date(std::string_view text) noexcept {
        constexpr std::string_view form = "###, 00 ### 0000 00:00:00 GMT";
        if (text.size() != form.size()) return none;
        for (std::size_t i = 0; i != form.size(); ++i)
            if (form[i] == '0' ? !detail::is_digit(text[i]) : form[i] != '#' && form[i] != text[i]) return none;
        auto const number = [text](std::size_t at, std::size_t count) {
            unsigned value = 0;
            for (std::size_t i = at; i != at + count; ++i) value = value * 10 + static_cast<unsigned>(text[i] - '0');
            return value;
        };
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
        constexpr std::array<unsigned char, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        unsigned month = 0;
        while (month != 12 && months.substr(month * 3u, 3) != text.substr(8, 3)) ++month;
        unsigned const year = number(12, 4), day = number(5, 2);
        unsigned const hour = number(17, 2), minute = number(20, 2), second = number(23, 2);
        if (month == 12 || year < 1970 || hour > 23 || minute > 59 || second > 59) return none;
        bool const leap = month == 1 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day == 0 || day > lengths[month] + (leap ? 1u : 0u)) return none;
        return detail::days_from_date(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
    }
};

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
