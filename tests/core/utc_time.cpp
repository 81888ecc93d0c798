// SPDX-License-Identifier: MIT
// Timestamps and HTTP dates against a calendar that counts days and against the C library.
#include <restartcaster/core/utc_time.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <ctime>
#include <limits>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

std::string text(std::int64_t utc_seconds) {
    auto const time = rc::utc_time::of(utc_seconds);
    if (!time) return {};
    auto const made = time->text();
    return {made.data(), made.size()};
}

std::string standard_library_text(std::int64_t utc_seconds, char const* form) {
    std::time_t const seconds = static_cast<std::time_t>(utc_seconds);
    char out[64];
    std::size_t const size = std::strftime(out, sizeof out, form, std::gmtime(&seconds));
    return {out, size};
}

constexpr char const* stamp_form = "%Y-%m-%dT%H:%M:%SZ";
constexpr char const* http_form = "%a, %d %b %Y %H:%M:%S GMT";

static_assert([] {
    auto const made = rc::utc_time::of(1795368979)->text();
    return std::string_view(made.data(), made.size()) == "2026-11-22T17:36:19Z";
}());
static_assert(rc::utc_time::http_date("Sun, 22 Nov 2026 17:36:19 GMT") == 1795368979);
static_assert(rc::utc_time::text_size == std::string_view("2026-11-22T17:36:19Z").size());

} // namespace

TEST_CASE("every day from 1970 to 2200 has the text that counting the days gives, at any time of it") {
    reference::day at;
    int wrong = 0;
    std::int64_t days = 0;
    for (; at.year != 2201; at.next(), ++days) {
        int const of_day = static_cast<int>((days * 7919) % 86400);
        char expected[64];
        std::snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month,
                      at.of_month, of_day / 3600, of_day / 60 % 60, of_day % 60);
        std::int64_t const seconds = days * 86400 + of_day;
        wrong += text(seconds) != expected;
        wrong += text(seconds) != standard_library_text(seconds, stamp_form);
        wrong += text(days * 86400).substr(0, 11) != std::string(expected).substr(0, 11);
        wrong += text(days * 86400 + 86399) != std::string(expected).substr(0, 11) + "23:59:59Z";
        wrong += rc::utc_time::http_date(standard_library_text(seconds, http_form)) != seconds;
    }
    CHECK(days == 84371);
    CHECK(wrong == 0);
}

TEST_CASE("the days around every 28 February up to the year 9999 are right") {
    int wrong = 0;
    std::int64_t january = 0;
    for (int year = 1970; year != 10000; ++year) {
        for (std::int64_t day = january + 57; day != january + 61; ++day) {
            wrong += text(day * 86400) != reference::timestamp(day * 86400);
            wrong += rc::utc_time::http_date(standard_library_text(day * 86400, http_form)) != day * 86400;
        }
        january += reference::day::leap(year) ? 366 : 365;
        wrong += text(january * 86400 - 1) != std::to_string(year) + "-12-31T23:59:59Z";
    }
    CHECK(wrong == 0);
}

TEST_CASE("every second of a day has its text") {
    int wrong = 0;
    for (int second = 0; second != 86400; ++second) {
        char expected[32];
        std::snprintf(expected, sizeof expected, "2024-02-29T%02d:%02d:%02dZ", second / 3600,
                      second / 60 % 60, second % 60);
        wrong += text(1709164800 + second) != expected;
    }
    CHECK(wrong == 0);
}

TEST_CASE("the first and the last second of the range are right, and what lies beyond is refused by name") {
    CHECK(text(0) == "1970-01-01T00:00:00Z");
    CHECK(text(951782400) == "2000-02-29T00:00:00Z");
    CHECK(text(2147483647) == "2038-01-19T03:14:07Z");
    CHECK(text(2147483648) == "2038-01-19T03:14:08Z");
    CHECK(text(4294967296) == "2106-02-07T06:28:16Z");
    CHECK(text(rc::utc_time::last) == "9999-12-31T23:59:59Z");
    for (std::int64_t const beyond :
         {std::int64_t{-1}, rc::utc_time::last + 1, std::numeric_limits<std::int64_t>::max(),
          std::numeric_limits<std::int64_t>::min()}) {
        auto const refused = rc::utc_time::of(beyond);
        CAPTURE(beyond);
        REQUIRE(!refused);
        CHECK(refused.error().code == rc::errc::timestamp_out_of_range);
        CHECK(refused.error().subject == "Timestamp");
    }
}

#if !RESTARTCASTER_SMALL // which have one text, made once
TEST_CASE("the text is written in place with whatever stands for a colon, and not a byte beyond it") {
    for (std::string const colon : {"", ":", "%3A", "%253A"}) {
        std::string bytes(40, '#');
        rc::utc_time::of(1709251199)->write_text(bytes.data(), colon);
        std::string const expected = "2024-02-29T23" + colon + "59" + colon + "59Z";
        CHECK(bytes == expected + std::string(40 - expected.size(), '#'));
    }
}
#endif

TEST_CASE("an HTTP date is read back to its second") {
    CHECK(rc::utc_time::http_date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
    CHECK(rc::utc_time::http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777); // RFC 9110 section 5.6.7
    CHECK(rc::utc_time::http_date("Tue, 29 Feb 2000 23:59:59 GMT") == 951868799);
    CHECK(rc::utc_time::http_date("Fri, 31 Dec 9999 23:59:59 GMT") == rc::utc_time::last);
}

TEST_CASE("the two obsolete forms of an HTTP date are read") { // RFC 9110 section 5.6.7, its own examples
    CHECK(rc::utc_time::http_date("Sunday, 06-Nov-94 08:49:37 GMT") == 784111777);
    CHECK(rc::utc_time::http_date("Sun Nov  6 08:49:37 1994") == 784111777);
    CHECK(rc::utc_time::http_date("Sun Nov 06 08:49:37 1994") == 784111777);
    CHECK(rc::utc_time::http_date("Sun Nov 22 17:36:19 2026") == 1795368979); // date -u -d '2026-11-22 17:36:19' +%s
    for (std::string const day : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
        CHECK(rc::utc_time::http_date(day + ", 22-Nov-26 17:36:19 GMT") == 1795368979);
}

TEST_CASE("two digits of a year are those of 1977 to 2076") {
    for (int year = 1977; year != 2077; ++year) {
        char date[64], full[64];
        std::snprintf(date, sizeof date, "Sunday, 28-Feb-%02d 12:00:00 GMT", year % 100);
        std::snprintf(full, sizeof full, "Sun, 28 Feb %04d 12:00:00 GMT", year);
        CAPTURE(date);
        CHECK(rc::utc_time::http_date(date) == rc::utc_time::http_date(full));
    }
}

TEST_CASE("a leap second is the first second of the next minute") {
    CHECK(rc::utc_time::http_date("Sat, 31 Dec 2016 23:59:60 GMT") == 1483228800); // 2017-01-01T00:00:00Z
    CHECK(rc::utc_time::http_date("Saturday, 31-Dec-16 23:59:60 GMT") == 1483228800);
    CHECK(rc::utc_time::http_date("Sat Dec 31 23:59:60 2016") == 1483228800);
    CHECK(rc::utc_time::http_date("Fri, 31 Dec 9999 23:59:60 GMT") == rc::utc_time::none);
}

TEST_CASE("a text in none of the three forms is no date") {
    for (std::string_view const bad : {"",
                                       " ",
                                       "now",
                                       "0",
                                       "Sun, 06-Nov-94 08:49:37 GMT",
                                       "Sunday, 06-Nov-1994 08:49:37 GMT",
                                       "Sunday, 06 Nov 94 08:49:37 GMT",
                                       "Sunday, 6-Nov-94 08:49:37 GMT",
                                       "Sunday, 06-Nov-94 08:49:37 UTC",
                                       "Sunday  06-Nov-94 08:49:37 GMT",
                                       "Sunday, 31-Nov-94 08:49:37 GMT",
                                       "Donnerstag, 06-Nov-94 08:49:37 GMT",
                                       "Sun Nov 6 08:49:37 1994",
                                       "Sun Nov 6  08:49:37 1994",
                                       "Sun Nov  0 08:49:37 1994",
                                       "Sun Nov    08:49:37 1994",
                                       "Sun Nov 31 08:49:37 1994",
                                       "Sun Nov  6 08:49:37   94",
                                       "Sun Nov  6 08:49:37 1969",
                                       "Sun, 06 Nov 1994 08:49:37 UTC",
                                       "Sun, 06 Nov 1994 08:49:37 gmt",
                                       "Sun, 06 nov 1994 08:49:37 GMT",
                                       "Sun, 06 Nov 1994 08:49:37 GM",
                                       "Sun, 06 Nov 1994 08:49:37 GMT ",
                                       " Sun, 06 Nov 1994 08:49:37 GM",
                                       "Sun, 6 Nov 1994 08:49:37 GMT",
                                       "Sun,  6 Nov 1994 08:49:37 GMT",
                                       "Sun, 06 Nov 94 08:49:37 GMT",
                                       "Sun, 00 Nov 1994 08:49:37 GMT",
                                       "Sun, 31 Nov 1994 08:49:37 GMT",
                                       "Sun, 32 Dec 1994 08:49:37 GMT",
                                       "Sun, 06 Nov 1994 24:00:00 GMT",
                                       "Sun, 06 Nov 1994 08:60:37 GMT",
                                       "Sun, 06 Nov 1994 08:49:61 GMT",
                                       "Sun, 29 Feb 2023 08:49:37 GMT",
                                       "Sun, 29 Feb 1900 08:49:37 GMT",
                                       "Sun, 30 Feb 2024 08:49:37 GMT",
                                       "Sun, 29 Feb 2100 08:49:37 GMT",
                                       "Sat, 29 Feb 2200 08:49:37 GMT",
                                       "Wed, 31 Dec 1969 23:59:59 GMT",
                                       "Sun, 06 Nov 0000 08:49:37 GMT",
                                       "Sun, 06 anF 1994 08:49:37 GMT",
                                       "Sun, 06 xxx 1994 08:49:37 GMT",
                                       "Sun, 06 Nov -994 08:49:37 GMT",
                                       "Sun, 06 Nov 1994 08:49:3\xB2 GMT",
                                       "Sun, 06 Nov 1994 08:49:37-GMT"}) {
        CAPTURE(bad);
        CHECK(rc::utc_time::http_date(bad) == rc::utc_time::none);
    }
}

TEST_CASE("the days of every month end where the month does") {
    static constexpr char const* names[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (int const year : {1970, 1999, 2000, 2023, 2024, 2100, 2400})
        for (int month = 1; month != 13; ++month)
            for (int day = 0; day != 33; ++day) {
                char date[64];
                std::snprintf(date, sizeof date, "###, %02d %s %04d 12:00:00 GMT", day, names[month - 1],
                              year);
                bool const exists = day != 0 && day <= reference::day::days_in(year, month);
                CAPTURE(date);
                CHECK((rc::utc_time::http_date(date) != rc::utc_time::none) == exists);
            }
}

TEST_CASE("a good date with one character changed is no date or exactly the date that it then says") {
    std::string const good = "Sun, 22 Nov 2026 17:36:19 GMT";
    // How many characters each place can hold; the name of the day is not looked at.
    std::vector<int> const choices{256, 256, 256, 1,  1, 3, 10, 1, 1, 1,  1, 1, 8, 10, 10,
                                   10,  1,   2,   10, 1, 6, 10, 1, 6, 10, 1, 1, 1, 1};
    REQUIRE(choices.size() == good.size());
    for (std::size_t at = 0; at != good.size(); ++at) {
        int accepted = 0;
        for (int c = 0; c != 256; ++c) {
            std::string changed = good;
            changed[at] = static_cast<char>(c);
            std::int64_t const read = rc::utc_time::http_date(changed);
            if (read == rc::utc_time::none) continue;
            ++accepted;
            if (standard_library_text(read, http_form).substr(3) != changed.substr(3))
                FAIL_CHECK("misread: " << changed);
        }
        CAPTURE(at);
        CHECK(accepted == choices[at]);
    }
}
