// SPDX-License-Identifier: MIT
// An HTTP response: the status, the body and the header fields that the library uses.
// Source: RFC 9110 sections 5.6.7 (dates), 8.3, 8.4, 10.2.2 (Location), 10.2.3 (Retry-After); RFC 9111 section 5.1
//   (Age); RFC 3986 section 3.2 (the host in a URL); protocol "Throttling headers".
// Data flow: the user's transport fills it, read_reply reads it.
#ifndef RESTARTCASTER_MESSAGE_RESPONSE_HPP
#define RESTARTCASTER_MESSAGE_RESPONSE_HPP
#pragma once

#include "../core/utc_time.hpp"

#include <array>
#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The media type of the body, by its Content-Type; none: no such field.
enum class media_type : std::uint8_t { none, json, xml, other };

#if !RESTARTCASTER_SMALL
/// The host in a Location field, for people to read. The path and the query are dropped, because they may contain a
/// signature. Small builds do not have this type.
struct location_host {
    /// The longest text in bytes. A longer host keeps its end, after three dots: the end shows the owner's domain.
    static constexpr std::size_t most = 47;
    /// The text and its length in bytes; text() is the view of both.
    std::array<char, most> bytes = {};
    std::uint8_t size = 0;

    /// The host; empty if the field has none (only a path, say) or has a character that hosts cannot have.
    [[nodiscard]] constexpr std::string_view text() const noexcept { return detail::text_at(bytes.data(), size); }

    /// The host of an absolute URL or of one that begins with "//".
    [[nodiscard]] static constexpr location_host of(std::string_view url) noexcept {
        location_host out;
        auto const slashes = url.find("//");
        if (slashes == std::string_view::npos || url.find_first_of("/?#") != slashes) return out;
        if (slashes != 0 && url[slashes - 1] != ':') return out;
        url.remove_prefix(slashes + 2);
        url = detail::part(url, 0, url.find_first_of("/?#\\"));
        if (auto const user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
        // The colons of an IPv6 address are inside its brackets; a colon outside starts the port.
        url = detail::part(url, 0, url.starts_with('[') ? url.rfind(']') + 1 : url.find(':'));
        for (char const c : url) {
            char const letter = detail::ascii_lower(c);
            bool const plain = detail::is_digit(c) || (letter >= 'a' && letter <= 'z');
            if (!plain && ".-_:[]"sv.find(c) == std::string_view::npos) return out;
        }
        constexpr std::string_view dots = "..."sv;
        bool const cut = url.size() > most;
        if (cut) url.remove_prefix(url.size() - (most - dots.size()));
        for (char const c : cut ? dots : std::string_view()) out.bytes[out.size++] = c;
        for (char const c : url) out.bytes[out.size++] = c;
        return out;
    }
};
#endif

/// An HTTP response. A transport sets status and body, and passes every header field to header(). header() keeps values
/// and no views, so that the text of a field may end with the call.
struct response {
    /// The HTTP status, success or not.
    std::uint16_t status = 0;
    /// The body. read_reply may decode escapes in place.
    /// Storage: inside the storage given to exchange().
    std::span<char> body = {};
    /// The media type of the body.
    media_type content_type = media_type::none;
    /// Whether the body has a Content-Encoding other than identity. Requests ask for none, and the library cannot decode
    /// any.
    bool content_encoded = false;
    /// UTC seconds of the Date field, or utc_time::none.
    std::int64_t date = utc_time::none;
    /// Milliseconds to wait, from x-acs-retry-after; 0: no such field. With this field, a refusal before the operation is
    /// a throttling, whatever its code (docs/design.md, "Errors").
    std::uint32_t retry_after_ms = 0;
    /// Milliseconds until the account may call again, from the older X-RateLimit-User field; 0: no such field.
    std::uint32_t rate_limit_ms = 0;
    /// Milliseconds to wait, from Retry-After: its seconds, or its date minus `date`; 0: no such field.
    std::uint32_t http_retry_after_ms = 0;
    /// UTC seconds of a Retry-After field that holds a date, or utc_time::none.
    std::int64_t http_retry_at = utc_time::none;
    /// Whether there is an Age field: the answer comes from a cache, and its Date is old.
    bool has_age = false;
#if !RESTARTCASTER_SMALL
    /// The host of the Location field: the target of a redirect.
    location_host location = {};
#endif

    /// Milliseconds to wait: the longest of retry_after_ms, rate_limit_ms and http_retry_after_ms; 0: none of them.
    [[nodiscard]] constexpr std::uint32_t wait_ms() const noexcept {
        std::uint32_t longest = retry_after_ms;
        if (rate_limit_ms > longest) longest = rate_limit_ms;
        return http_retry_after_ms > longest ? http_retry_after_ms : longest;
    }

    /// Reads one header field. Unknown names and malformed values are ignored.
    constexpr void header(std::string_view name, std::string_view value) noexcept {
        using detail::equal_ignoring_case;
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\t' || value.back() == '\r' ||
                                  value.back() == '\n'))
            value.remove_suffix(1);
        if (equal_ignoring_case(name, "content-type"))
            content_type = type_of(value);
        else if (equal_ignoring_case(name, "content-encoding"))
            content_encoded = content_encoded || (!value.empty() && !equal_ignoring_case(value, "identity"));
        else if (equal_ignoring_case(name, "date"))
            set_dates(understood(utc_time::http_date(value), utc_time::none, date), http_retry_at);
        else if (equal_ignoring_case(name, "age"))
            has_age = true;
        else if (equal_ignoring_case(name, "x-acs-retry-after"))
            retry_after_ms = static_cast<std::uint32_t>(understood(number(value), 0, retry_after_ms));
        else if (equal_ignoring_case(name, "retry-after")) {
            http_retry_after_ms = static_cast<std::uint32_t>(
                understood(in_milliseconds(number(value)), 0, http_retry_after_ms));
            set_dates(date, understood(utc_time::http_date(value), utc_time::none, http_retry_at));
        }
#if !RESTARTCASTER_SMALL
        else if (equal_ignoring_case(name, "location"))
            location = location_host::of(value);
#endif
        else if (equal_ignoring_case(name, "x-ratelimit-user") || equal_ignoring_case(name, "x-ratelimit-user-api"))
            rate_limit(value);
    }

private:
    // A malformed field does not overwrite the value of an earlier, valid one.
    static constexpr std::int64_t understood(std::int64_t read, std::int64_t nothing, std::int64_t kept) noexcept {
        return read != nothing ? read : kept;
    }

    // Date and Retry-After may arrive in either order; the second of them completes the difference.
    constexpr void set_dates(std::int64_t answered_at, std::int64_t retry_at) noexcept {
        date = answered_at;
        http_retry_at = retry_at;
        if (date != utc_time::none && http_retry_at > date)
            http_retry_after_ms = in_milliseconds(static_cast<std::uint64_t>(http_retry_at - date));
    }

    template <class Text>
    static constexpr media_type type_of(Text value) noexcept {
        value = detail::part(value, 0, value.find(';'));
        while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
        if (value.empty()) return media_type::none;
        if (detail::equal_ignoring_case(value, "application/json") || detail::equal_ignoring_case(value, "text/json"))
            return media_type::json;
        if (detail::equal_ignoring_case(value, "application/xml") || detail::equal_ignoring_case(value, "text/xml"))
            return media_type::xml;
        return media_type::other;
    }

    static constexpr std::uint32_t most = ~std::uint32_t{0};

    // Saturates at the largest 32-bit number, like every number of this class.
    static constexpr std::uint32_t in_milliseconds(std::uint64_t seconds) noexcept {
        return seconds > most / 1000 ? most : static_cast<std::uint32_t>(seconds * 1000);
    }

    // 0 for text other than a run of digits.
    template <class Text>
    static constexpr std::uint32_t number(Text value) noexcept {
        std::uint64_t sum = 0;
        for (char const c : value) {
            if (!detail::is_digit(c)) return 0;
            sum = sum * 10 + static_cast<unsigned>(c - '0');
            if (sum > most) sum = most;
        }
        return static_cast<std::uint32_t>(sum);
    }

    // E.g. "Limit:1,Remain:0,TimeLeft:2000,Reset:1234": TimeLeft (ms) counts only with Remain:0.
    template <class Text>
    constexpr void rate_limit(Text value) noexcept {
        std::uint32_t left = 0;
        bool spent = false;
        while (!value.empty()) {
            Text const field = detail::part(value, 0, value.find(','));
            if (field.starts_with("TimeLeft:")) left = number(detail::part(field, 9));
            if (field == "Remain:0") spent = true;
            value.remove_prefix(field.size() == value.size() ? field.size() : field.size() + 1);
        }
        if (spent && left > rate_limit_ms) rate_limit_ms = left;
    }
};

}} // namespace restartcaster

#endif
