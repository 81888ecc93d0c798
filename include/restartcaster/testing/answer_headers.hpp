// SPDX-License-Identifier: MIT
// The header fields of an answer: an HTTP date, and fields that a planned fault can replace or remove.
// Source: RFC 9110 sections 5.6.7 (dates) and 5.5 (fields).
// Data flow: names and values in, lines "Name: value" CRLF out.
#ifndef RESTARTCASTER_TESTING_ANSWER_HEADERS_HPP
#define RESTARTCASTER_TESTING_ANSWER_HEADERS_HPP
#pragma once

#include "../core/sink.hpp"
#include "../core/utc_time.hpp"
#include "report.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The time of milliseconds since 1970, as far as a date of four digits can show it: the years 1970 to 9999.
[[nodiscard]] inline std::int64_t shown_seconds(std::int64_t utc_ms) noexcept {
    return utc_ms < 0 ? 0 : utc_ms / 1000 > utc_time::last ? utc_time::last : utc_ms / 1000;
}

/// An HTTP date, e.g. "Sun, 22 Nov 2026 17:36:19 GMT".
class http_date_text {
public:
    explicit http_date_text(std::int64_t utc_seconds) noexcept {
        constexpr std::string_view days = "ThuFriSatSunMonTueWed"sv, months = "JanFebMarAprMayJunJulAugSepOctNovDec"sv;
        auto const stamp = utc_time(utc_seconds).text();
        std::string_view const iso = text_at(stamp.data(), stamp.size());
        auto const month = static_cast<std::size_t>((iso[5] - '0') * 10 + iso[6] - '1');
        buffer_sink out(bytes_);
        for (std::string_view const each : {part(days, static_cast<std::size_t>(utc_seconds / 86400 % 7) * 3, 3), ", "sv,
                                            part(iso, 8, 2), " "sv, part(months, month * 3, 3), " "sv, part(iso, 0, 4), " "sv,
                                            part(iso, 11, 8), " GMT"sv})
            out.append(each);
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_at(bytes_, sizeof bytes_); }

private:
    char bytes_[29];
};

/// Collects header fields; a field that is set again replaces the earlier one.
class header_writer {
public:
    void set(std::string_view name, std::string_view value) noexcept {
        remove(name);
        if (size_ + name.size() + value.size() + 4 > sizeof bytes_)
            return report_failure("restartcaster: the header fields of an answer are longer than 2048 bytes"sv);
        for (std::string_view const each : {name, ": "sv, value, "\r\n"sv}) {
            copy_bytes(bytes_ + size_, each.data(), each.size());
            size_ += each.size();
        }
    }
    void remove(std::string_view name) noexcept {
        for (std::size_t at = 0; at != size_;) {
            std::string_view const rest = text_at(bytes_ + at, size_ - at);
            std::size_t const size = rest.find('\n') + 1;
            if (!equal_ignoring_case(part(rest, 0, rest.find(':')), name)) {
                at += size;
                continue;
            }
            for (std::size_t i = at; i + size != size_; ++i) bytes_[i] = bytes_[i + size];
            size_ -= size;
        }
    }
    void start_anew() noexcept { size_ = 0; }
    [[nodiscard]] std::string_view text() const noexcept { return text_at(bytes_, size_); }

private:
    std::size_t size_ = 0;
    char bytes_[2048] = {};
};

}}} // namespace restartcaster::detail

#endif
