// SPDX-License-Identifier: MIT
// Where a request goes: scheme, host and port, held against injection once and for all.
// Source: RFC 3986 section 3.2.2; the service's endpoint list (live.aliyuncs.com and two regional hosts).
// Path: the user's choice in, the front of every URL out.
#ifndef RESTARTCASTER_MESSAGE_ENDPOINT_HPP
#define RESTARTCASTER_MESSAGE_ENDPOINT_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "../core/sink.hpp"

#include <cstdint>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

enum class url_scheme : std::uint8_t { https, http };

namespace detail {

[[nodiscard]] constexpr bool is_https(url_scheme scheme) noexcept {
    switch (scheme) {
    case url_scheme::https: return true;
    default: return false;
    }
}

} // namespace detail

/// A host to call. A host that could smuggle anything else into a URL or a header is remembered as a failure
/// and every make_request with it returns that failure.
/// Storage: the host's text stays the caller's and must outlive the endpoint.
class endpoint {
public:
    /// `port` 0 is the scheme's own, and the scheme's own is kept as 0: Host then never names it, whatever HTTP
    /// library sends it. A host is a name, an IPv4 address, or an IPv6 address in brackets.
    constexpr endpoint(std::string_view host, url_scheme scheme = url_scheme::https, std::uint16_t port = 0) noexcept
        : host_(host), port_(port == (detail::is_https(scheme) ? 443 : 80) ? std::uint16_t{0} : port),
          scheme_(scheme), well_formed_(is_host(host)) {}
    /// Of a string that has a name; a temporary one is refused, as by every borrowed_text.
    template <detail::text_owner String>
    constexpr endpoint(String const& host RESTARTCASTER_LIFETIMEBOUND, url_scheme scheme = url_scheme::https,
                       std::uint16_t port = 0) noexcept
        : endpoint(std::string_view(host), scheme, port) {}
    template <detail::text_owner String>
    constexpr endpoint(String const&& host, url_scheme scheme = url_scheme::https, std::uint16_t port = 0) noexcept
        : endpoint(std::string_view(borrowed_text(static_cast<String const&&>(host))), scheme, port) {}

    [[nodiscard]] constexpr std::string_view host() const noexcept { return host_; }
    [[nodiscard]] constexpr std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] constexpr url_scheme scheme() const noexcept { return scheme_; }
    [[nodiscard]] constexpr bool well_formed() const noexcept { return well_formed_; }

    /// Appends scheme, host and port, e.g. "https://live.aliyuncs.com" or "http://127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_origin(Sink& sink) const noexcept {
        sink.append(detail::is_https(scheme_) ? "https://"sv : "http://"sv);
        append_authority(sink);
    }

    /// Appends host and port as the Host field has them, e.g. "live.aliyuncs.com" or "127.0.0.1:8080".
    template <byte_sink Sink>
    constexpr void append_authority(Sink& sink) const noexcept {
        sink.append(host_);
        if (port_ == 0) return;
        detail::append_byte(sink, ':');
        for (unsigned unit = 10000; unit != 0; unit /= 10)
            if (port_ >= unit) detail::append_byte(sink, static_cast<char>('0' + port_ / unit % 10));
    }

private:
    static constexpr bool is_host(std::string_view host) noexcept {
        bool const bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
        if (bracketed) host = detail::part(host, 1, host.size() - 2);
        if (host.empty() || host.size() > 253 || host.front() == '-' || host.front() == '.') return false;
        for (char const c : host) {
            char const lower = detail::ascii_lower(c);
            bool const good = bracketed ? detail::is_digit(c) || (lower >= 'a' && lower <= 'f') || c == ':' || c == '.'
                                        : detail::is_digit(c) || (lower >= 'a' && lower <= 'z') || c == '-' ||
                                              c == '.' || c == '_';
            if (!good) return false;
        }
        return true;
    }

    std::string_view host_;
    std::uint16_t port_;
    url_scheme scheme_;
    bool well_formed_;
};

/// The host that every documented region but two resolves to.
inline constexpr endpoint live_endpoint{"live.aliyuncs.com"sv};

/// The endpoint of a region id, by the vendor's list for ApsaraVideo Live.
/// Source: help document 50283; unknown regions have the common host, as in the vendor's own clients.
template <class Text = std::string_view> // a template only to cost nothing where it is not called
[[nodiscard]] constexpr endpoint live_endpoint_of(std::type_identity_t<Text> region_id) noexcept {
    if (region_id == "ap-southeast-1"sv) return {"live.ap-southeast-1.aliyuncs.com"sv};
    if (region_id == "eu-central-1"sv) return {"live.eu-central-1.aliyuncs.com"sv};
    return live_endpoint;
}

}} // namespace restartcaster

#endif
