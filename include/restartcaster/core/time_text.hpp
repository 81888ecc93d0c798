// SPDX-License-Identifier: MIT
// Reads the times in answers of the service.
// Source: ApsaraVideo Live, DescribeCasters (StartTime, LastModified); Security Token Service, AssumeRole (Expiration).
// Data flow: a field of an answer in, UTC seconds out; the looks at a studio and the ends of temporary keys.
#ifndef RESTARTCASTER_CORE_TIME_TEXT_HPP
#define RESTARTCASTER_CORE_TIME_TEXT_HPP
#pragma once

#include "utc_time.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The seconds of "2021-12-01T05:08:45Z" and "2017-08-30 18:02:57.0"; -1 for any other text.
[[nodiscard]] constexpr std::int64_t time_in(std::string_view text) noexcept {
    constexpr std::string_view pattern = "0000-00-00 00:00:00"sv;
    if (text.size() < pattern.size()) return -1;
    unsigned numbers[6] = {};
    std::size_t at = 0;
    for (std::size_t i = 0; i != pattern.size(); ++i) {
        if (pattern[i] == '0') {
            if (!is_digit(text[i])) return -1;
            numbers[at] = numbers[at] * 10 + static_cast<unsigned>(text[i] - '0');
        } else {
            if (text[i] != pattern[i] && !(pattern[i] == ' ' && text[i] == 'T')) return -1;
            ++at;
        }
    }
    auto const [year, month, day, hour, minute, second] = numbers;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_of(month, year)) return -1;
    if (hour > 23 || minute > 59 || second > 60) return -1;
    return days_from_date(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

} // namespace detail

}} // namespace restartcaster

#endif
