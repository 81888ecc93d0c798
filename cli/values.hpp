// SPDX-License-Identifier: MIT
// Reads the values of options.
// Source: RFC 3986 section 3.2 (an origin); RFC 6890 (loopback); help document 50284 (Timestamp).
// Data flow: a text in, its meaning or nothing out.
#ifndef RESTARTCASTER_CLI_VALUES_HPP
#define RESTARTCASTER_CLI_VALUES_HPP

#include <restartcaster.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rc = restartcaster;

inline std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
}

/// Seconds, at most one day, with up to three digits after a decimal point.
[[nodiscard]] inline std::optional<std::uint32_t> milliseconds_of(std::string_view seconds) {
    std::size_t const point = seconds.find('.');
    std::string_view const whole = seconds.substr(0, point);
    std::string digits(whole);
    if (point != seconds.npos) digits += seconds.substr(point + 1);
    digits.append(3 - std::min<std::size_t>(3, digits.size() - whole.size()), '0');
    std::uint32_t value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    bool const good = error == std::errc() && end == digits.data() + digits.size() &&
                      digits.size() <= whole.size() + 3 && !whole.empty() && whole[0] != '-' &&
                      !seconds.ends_with('.');
    if (!good || value == 0 || value > 86'400'000) return {};
    return value;
}

/// A whole number from 1 to `most`.
[[nodiscard]] inline std::optional<std::uint16_t> count_of(std::string_view digits, std::uint16_t most) {
    std::uint16_t value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value == 0 || value > most) return {};
    return value;
}

/// The value of --endpoint: scheme://host, then optionally a port and a `/`.
[[nodiscard]] inline std::optional<rc::endpoint> endpoint_of(std::string_view url) {
    bool const plain = url.starts_with("http://");
    if (!plain && !url.starts_with("https://")) return {};
    url.remove_prefix(plain ? 7 : 8);
    if (url.ends_with('/')) url.remove_suffix(1);
    std::uint16_t port = 0;
    if (std::size_t const colon = url.rfind(':'); colon != url.npos && !url.ends_with(']')) {
        std::string_view const digits = url.substr(colon + 1);
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size() || port == 0) return {};
        url = url.substr(0, colon);
    }
    rc::endpoint const to(url, plain ? rc::url_scheme::http : rc::url_scheme::https, port);
    if (!to.well_formed()) return {};
    return to;
}

/// Whether the host can only be this machine: localhost, 127.0.0.0/8, [::1].
[[nodiscard]] inline bool is_loopback(std::string_view host) {
    if (lowered(host) == "localhost" || host == "[::1]") return true;
    // Exactly four decimal numbers: 127.0.0.1.example.org is an ordinary name.
    char const* at = host.data();
    char const* const end = at + host.size();
    for (int part = 0; part != 4; ++part) {
        if (part != 0 && (at == end || *at++ != '.')) return false;
        std::uint8_t number = 0;
        auto const read = std::from_chars(at, end, number);
        if (read.ec != std::errc() || (*at == '0' && read.ptr - at > 1) || (part == 0 && number != 127))
            return false;
        at = read.ptr;
    }
    return at == end;
}

/// Whether the text is a timestamp of the service: YYYY-MM-DDThh:mm:ssZ in the years 1970 to 9999.
[[nodiscard]] inline bool is_timestamp(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00Z";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i != form.size(); ++i)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
    auto const number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        std::from_chars(text.data() + at, text.data() + at + count, value);
        return value;
    };
    std::chrono::year_month_day const day{std::chrono::year(number(0, 4)),
                                          std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    return day.ok() && number(0, 4) >= 1970 && number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) < 60;
}

/// The seconds since 1970 of a timestamp.
/// Requires: is_timestamp(text).
[[nodiscard]] inline std::int64_t seconds_of(std::string_view text) {
    auto const number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        std::from_chars(text.data() + at, text.data() + at + count, value);
        return value;
    };
    std::chrono::sys_days const day = std::chrono::year_month_day{
        std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    return std::int64_t{day.time_since_epoch().count()} * 86'400 + number(11, 2) * 3'600 + number(14, 2) * 60 + number(17, 2);
}

#endif
