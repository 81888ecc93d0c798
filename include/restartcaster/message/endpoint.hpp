// SPDX-License-Identifier: MIT
// Where a request goes: scheme, host and port, checked once so that a host cannot inject text into a URL or header.
// Source: RFC 3986 section 3.2.2; RFC 1123 section 2.1 (names); RFC 4291 section 2.2; the service's endpoint list
//   (live.aliyuncs.com and two regional hosts).
// Data flow: the user's choice in, the first part of every URL out.
#ifndef RESTARTCASTER_MESSAGE_ENDPOINT_HPP
#define RESTARTCASTER_MESSAGE_ENDPOINT_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/sink.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether a request goes over TLS (https) or not (http).
enum class url_scheme : std::uint8_t { https, http };

namespace detail {

[[nodiscard]] constexpr bool is_https(url_scheme scheme) noexcept {
    switch (scheme) {
    case url_scheme::https: return true;
    default: return false;
    }
}

} // namespace detail

/// The scheme, host and port of a request. An endpoint with an invalid host or port is not well_formed(), and every
/// make_request with it fails with host_malformed.
/// Storage: refers to the caller's text of the host, which must outlive the endpoint.
class endpoint {
public:
    /// `port` 0 means the default port of the scheme, and the default port is kept as 0, so that every HTTP library omits
    /// it from the Host field. `host` is a name, an IPv4 address of four decimal numbers, or an IPv6 address in brackets
    /// without a zone. A name has at most 253 bytes, in labels of 1 to 63 letters, digits, hyphens and underscores; no
    /// label begins or ends with a hyphen; one full stop may end the name. A host that ends in a number must be an IPv4
    /// address. A port outside 0 to 65535 is not well formed.
    constexpr endpoint(std::string_view host, url_scheme scheme = url_scheme::https, std::int64_t port = 0) noexcept
        : host_(host),
          port_(port == (detail::is_https(scheme) ? 443 : 80) ? std::uint16_t{0} : static_cast<std::uint16_t>(port)),
          scheme_(scheme),
          well_formed_(is_host(host.data(), host.data() + host.size()) && port >= 0 && port <= 65535) {}
    /// Takes a named string; a temporary string does not compile, as with every borrowed_text.
    template <detail::text_owner String>
    constexpr endpoint(String const& host RESTARTCASTER_LIFETIMEBOUND, url_scheme scheme = url_scheme::https,
                       std::int64_t port = 0) noexcept
        : endpoint(std::string_view(host), scheme, port) {}
    template <detail::text_owner String>
    constexpr endpoint(String const&& host, url_scheme scheme = url_scheme::https, std::int64_t port = 0) noexcept
        : endpoint(std::string_view(borrowed_text(static_cast<String const&&>(host))), scheme, port) {}

    /// The host as given: a view of the caller's text.
    [[nodiscard]] constexpr std::string_view host() const noexcept { return host_; }
    /// The port; 0: the default port of the scheme.
    [[nodiscard]] constexpr std::uint16_t port() const noexcept { return port_; }
    /// The scheme.
    [[nodiscard]] constexpr url_scheme scheme() const noexcept { return scheme_; }
    /// Whether host and port are valid; see the constructor.
    [[nodiscard]] constexpr bool well_formed() const noexcept { return well_formed_; }

    /// Appends scheme, host and port, e.g. "https://live.aliyuncs.com" or "http://127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_origin(Sink& sink) const noexcept {
        detail::append_to(sink, detail::is_https(scheme_) ? "https://"sv : "http://"sv);
        append_authority(sink);
    }

    /// Appends host and port as in the Host field, e.g. "live.aliyuncs.com" or "127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_authority(Sink& sink) const noexcept {
        detail::append_to(sink, host_);
        if (port_ == 0) return;
        detail::append_byte(sink, ':');
        for (unsigned unit = 10000; unit != 0; unit /= 10)
            if (port_ >= unit) detail::append_byte(sink, static_cast<char>('0' + port_ / unit % 10));
    }

private:
    // Four decimal numbers up to 255, without leading zeros.
    RESTARTCASTER_ONCE static constexpr bool is_ipv4(char const* at, char const* end) noexcept {
        for (unsigned left = 4;;) {
            unsigned value = 0;
            char const* const first = at;
            for (; at != end && detail::is_digit(*at); ++at)
                if (value < 256) value = value * 10 + static_cast<unsigned>(*at - '0');
            if (at - first != 1 + (value > 9) + (value > 99) || value > 255) return false;
            if (--left == 0) return at == end;
            if (at == end || *at++ != '.') return false;
        }
    }

    // Eight groups of 1 to 4 hexadecimal digits. "::" replaces one or more groups, an IPv4 address the last two.
    static constexpr bool is_ipv6(char const* at, char const* end) noexcept {
        bool shortened = false;
        unsigned groups = 0, all = 8;
        while (at != end) {
            if (*at == ':') {
                if (++at != end && *at == ':' && !shortened) {
                    shortened = true;
                    if (++at == end) break;
                } else if (groups == 0) {
                    return false;
                }
            } else if (groups != 0) {
                return false;
            }
            char const* const first = at;
            while (at != end && is_hex_digit(*at)) ++at;
            if (at != end && *at == '.') {
                if (!is_ipv4(first, end)) return false;
                all = 7;
                at = end;
            } else if (at == first || at - first > 4) {
                return false;
            }
            ++groups;
        }
        return shortened ? groups < all : groups == all;
    }
    static constexpr bool is_hex_digit(char c) noexcept {
        return detail::is_digit(c) || (static_cast<unsigned char>(c) | 0x20u) - 'a' < 6;
    }

    static constexpr bool is_host(char const* const begin, char const* end) noexcept {
        if (begin == end) return false;
        if (*begin == '[') return *--end == ']' && is_ipv6(begin + 1, end);
        char const* const past = end;
        if (end[-1] == '.') --end;
        if (end - begin > 253) return false;
        char const* label = begin;
        for (char const* at = begin;; ++at) {
            if (at == end || *at == '.') {
                if (at == label || at - label > 63 || *label == '-' || at[-1] == '-') return false;
                if (at == end) break;
                label = at + 1;
            } else if (!detail::is_digit(*at) && (static_cast<unsigned char>(*at) | 0x20u) - 'a' > 25 && *at != '-' &&
                       *at != '_') {
                return false;
            }
        }
        // Resolvers read 127.1, 0177.0.0.1, 2130706433 and 0x7F000001 as addresses, and not all in the same way.
        bool const hex = end - label > 1 && *label == '0' && (label[1] | 0x20) == 'x';
        if (hex) label += 2;
        while (label != end && (hex ? is_hex_digit(*label) : detail::is_digit(*label))) ++label;
        return label != end || is_ipv4(begin, past);
    }

    std::string_view host_;
    std::uint16_t port_;
    url_scheme scheme_;
    bool well_formed_;
};

/// The host for every documented region except two (see live_endpoint_of).
inline constexpr endpoint live_endpoint{"live.aliyuncs.com"sv};

/// The endpoint of a region id, by the vendor's list for ApsaraVideo Live.
/// Source: help document 50283; unknown regions get live_endpoint, as in the vendor's own clients.
[[nodiscard]] constexpr endpoint live_endpoint_of(std::string_view region_id) noexcept {
    if (region_id == "ap-southeast-1"sv) return {"live.ap-southeast-1.aliyuncs.com"sv};
    if (region_id == "eu-central-1"sv) return {"live.eu-central-1.aliyuncs.com"sv};
    return live_endpoint;
}

}} // namespace restartcaster

#endif
