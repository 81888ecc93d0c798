// SPDX-License-Identifier: MIT
// What came back: the status, the body and the few header fields that the library understands.
// Source: RFC 9110 sections 5.6.7 (dates), 8.3, 8.4; RFC 9111 section 5.1 (Age); protocol "Throttling headers".
// Path: the user's transport fills it, read_reply reads it.
#ifndef RESTARTCASTER_MESSAGE_RESPONSE_HPP
#define RESTARTCASTER_MESSAGE_RESPONSE_HPP
#pragma once

#include "../core/utc_time.hpp"

#include <span>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

enum class media_type : std::uint8_t { none, json, xml, other };

/// An HTTP response. A transport sets status and body and hands every header field to header(), which keeps
/// the values that matter as numbers, so that no field outlives the call.
struct response {
    /// Any value: a status that is no success is still a response.
    std::uint16_t status = 0;
    /// Storage: inside the storage given to exchange(). read_reply may decode escapes in place.
    std::span<char> body = {};
    media_type content_type = media_type::none;
    /// A Content-Encoding other than identity: nobody asked for it and nothing here decodes it.
    bool content_encoded = false;
    /// UTC seconds of the Date field, or utc_time::none.
    std::int64_t date = utc_time::none;
    /// Milliseconds that x-acs-retry-after asks to wait: with it, a refusal is a throttling whatever its code.
    /// 0: not said.
    std::uint32_t retry_after_ms = 0;
    /// Milliseconds that an older X-RateLimit-User field leaves until the account may call again; 0: not said.
    std::uint32_t rate_limit_ms = 0;
    /// An Age field was there: the answer comes from a cache, and its Date is old.
    bool has_age = false;

    /// Takes one header field in; unknown names and malformed values are passed over. Values are data: none
    /// sizes anything.
    template <class Text = std::string_view> // a template only to cost nothing where it is not called
    constexpr void header(std::type_identity_t<Text> name, std::type_identity_t<Text> value) noexcept {
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
            date = understood(utc_time::http_date(value), utc_time::none, date);
        else if (equal_ignoring_case(name, "age"))
            has_age = true;
        else if (equal_ignoring_case(name, "x-acs-retry-after"))
            retry_after_ms = static_cast<std::uint32_t>(understood(milliseconds(value), 0, retry_after_ms));
        else if (equal_ignoring_case(name, "x-ratelimit-user") || equal_ignoring_case(name, "x-ratelimit-user-api"))
            rate_limit(value);
    }

private:
    // A value that was understood replaces one that stands there already; any other leaves it.
    static constexpr std::int64_t understood(std::int64_t read, std::int64_t nothing, std::int64_t kept) noexcept {
        return read != nothing ? read : kept;
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

    // Anything but a run of digits says nothing; a number beyond the type counts as its largest.
    template <class Text>
    static constexpr std::uint32_t milliseconds(Text value) noexcept {
        constexpr std::uint32_t most = ~std::uint32_t{0};
        std::uint64_t sum = 0;
        for (char const c : value) {
            if (!detail::is_digit(c)) return 0;
            sum = sum * 10 + static_cast<unsigned>(c - '0');
            if (sum > most) sum = most;
        }
        return static_cast<std::uint32_t>(sum);
    }

    // "Limit:1,Remain:0,TimeLeft:2000,Reset:1234": the wait counts when nothing remains.
    template <class Text>
    constexpr void rate_limit(Text value) noexcept {
        std::uint32_t left = 0;
        bool spent = false;
        while (!value.empty()) {
            Text const field = detail::part(value, 0, value.find(','));
            if (field.starts_with("TimeLeft:")) left = milliseconds(detail::part(field, 9));
            if (field == "Remain:0") spent = true;
            value.remove_prefix(field.size() == value.size() ? field.size() : field.size() + 1);
        }
        if (spent && left > rate_limit_ms) rate_limit_ms = left;
    }
};

}} // namespace restartcaster

#endif
