// SPDX-License-Identifier: MIT
// A signed request, ready for any transport.
// Source: RFC 9110 (methods, fields), RFC 3986 (URL); protocol "Where POST parameters go".
// Data flow: a signature scheme fills it, the user's transport sends it.
#ifndef RESTARTCASTER_MESSAGE_REQUEST_HPP
#define RESTARTCASTER_MESSAGE_REQUEST_HPP
#pragma once

#include "endpoint.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

enum class http_method : std::uint8_t { get, post };

[[nodiscard]] constexpr std::string_view text(http_method method) noexcept {
    switch (method) {
    case http_method::get: return "GET"sv;
    default: return "POST"sv;
    }
}

/// Where the parameters travel.
enum class placement : std::uint8_t {
    /// POST, everything in an application/x-www-form-urlencoded body: no URL limit, no signature in access logs.
    post_form,
    /// GET, everything in the query.
    get,
    /// POST with everything in the query and an empty body, as the vendor's generated clients send it.
    post_query,
};

/// The format that the answer is asked for in.
enum class format : std::uint8_t { json, xml };

/// The value of the parameter Format that asks for it.
[[nodiscard]] constexpr std::string_view text(format answer) noexcept {
    switch (answer) {
    case format::json: return "JSON"sv;
    default: return "XML"sv;
    }
}

/// What the caller may choose beside the operation itself.
struct request_options {
    placement parameters = placement::post_form;
    format answer = format::json;
    endpoint to = live_endpoint;
    /// Bytes; a longer URL is refused before anything is sent. 0: no limit.
    std::size_t url_limit = 8192;
};

namespace detail {

/// Appends the URL up to where the parameters begin, in the body (behind a NUL byte) or in the query. Says where.
template <byte_sink Sink, class Options>
constexpr std::size_t append_front(Sink& wire, Options const& options) noexcept {
    options.to.append_origin(wire);
    append_byte(wire, '/');
    append_byte(wire, options.parameters == placement::post_form ? '\0' : '?');
    return wire.needed();
}

/// The front of the default options, as a sink that holds just that: a span of it would be checked by every compiler
/// that reads this.
template <class Options>
struct default_front {
    char bytes[sizeof "https:///?" - 1 + live_endpoint.host().size()]{};
    std::size_t size = 0;

    consteval default_front() noexcept { append_front(*this, Options{}); }
    // unreached: constant
    constexpr void append(std::string_view text) noexcept {
        for (char const c : text) bytes[size++] = c;
    }
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return size; } // unreached: constant
};

/// The options of a call that names none, known when the program is compiled: what depends on them is decided then.
template <class Options = request_options> // a template only to cost nothing where it is not used
struct default_options {
    static constexpr placement parameters = Options{}.parameters;
    static constexpr format answer = Options{}.answer;
    static constexpr std::size_t url_limit = Options{}.url_limit;
    static constexpr default_front<Options> front{};
    static constexpr endpoint to{text_at(front.bytes + sizeof "https://" - 1, live_endpoint.host().size())};
};

/// The text of a format that is known when the program is compiled; empty where it is not.
template <class Options>
inline constexpr std::string_view constant_format{};
template <class Options>
inline constexpr std::string_view constant_format<default_options<Options>> = text(Options{}.answer);

template <class Options>
RESTARTCASTER_HOT constexpr std::size_t append_front(buffer_sink& wire, default_options<Options> const&) noexcept {
    wire.append(text_at(default_options<Options>::front.bytes, default_options<Options>::front.size));
    return default_options<Options>::front.size;
}

} // namespace detail

/// One field of a request's header.
struct header {
    std::string_view name;
    std::string_view value;
};

/// The header fields that a transport must send beside Host and Content-Length, kept as lines "Name: value"
/// CRLF: a raw socket writes text() as it is, other transports iterate.
class header_lines {
public:
    constexpr header_lines() noexcept = default;
    constexpr explicit header_lines(borrowed_text field_lines RESTARTCASTER_LIFETIMEBOUND) noexcept
        : lines_(field_lines) {}

    [[nodiscard]] constexpr std::string_view text() const noexcept { return lines_; }

    class iterator {
    public:
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}
        [[nodiscard]] constexpr header operator*() const noexcept {
            std::size_t const colon = rest_.find(':');
            return {detail::part(rest_, 0, colon), detail::part(rest_, colon + 2, rest_.find('\r') - colon - 2)};
        }
        constexpr iterator& operator++() noexcept {
            rest_.remove_prefix(rest_.find('\n') + 1);
            return *this;
        }
        [[nodiscard]] constexpr bool operator==(iterator const& other) const noexcept {
            return rest_.size() == other.rest_.size();
        }

    private:
        std::string_view rest_;
    };
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(lines_); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator({}); }

private:
    std::string_view lines_;
};

/// A request that is signed and complete. Send it once: its nonce and time are single-use.
/// Storage: url, target and body point into the storage given to make_request, host into the endpoint's text;
/// all are valid until that storage is next written to.
struct request {
    http_method method = http_method::post;
    url_scheme scheme = url_scheme::https;
    /// 0: the scheme's own.
    std::uint16_t port = 0;
    std::string_view host;
    /// The whole URL, e.g. https://live.aliyuncs.com/?AccessKeyId=...; url.data() is NUL-terminated.
    /// With the parameters in the query it holds the signature: do not log it.
    std::string_view url;
    /// The URL from the path on: what stands in an HTTP/1.1 request line.
    std::string_view target;
    header_lines headers;
    /// Send with Content-Length body.size(), 0 included when the method is POST.
    std::string_view body;
    /// Bytes at the front of the storage that the request takes; what lies behind is free for the answer.
    std::size_t storage_used = 0;
};

/// All of a request that lies in its storage, one part behind the other: what append_foreign and describe look for.
[[nodiscard]] constexpr std::string_view request_bytes(request const& sent) noexcept {
    return detail::text_at(sent.url.data(), sent.storage_used);
}

namespace detail {

/// Where the parts of a request lie in its storage.
struct request_layout {
    std::size_t target_at, url_end, body_at, body_end;
};

/// Begins a request with its URL, up to where the parameters begin.
template <class Options>
[[nodiscard]] RESTARTCASTER_HOT constexpr request_layout begun_request(buffer_sink& wire,
                                                                       Options const& options) noexcept {
    std::size_t const end = append_front(wire, options);
    return {.target_at = end - 2, .url_end = end - 1, .body_at = end, .body_end = end};
}

// Made in the caller's place: a request is too large to be copied for nothing.
template <class Options>
[[nodiscard]] RESTARTCASTER_HOT constexpr result<request> finished_request(Options const& options, std::string_view all,
                                                                           request_layout const& parts,
                                                                           std::string_view headers) noexcept {
    return {made_by{}, [&] {
                return request{.method = options.parameters == placement::get ? http_method::get : http_method::post,
                               .scheme = options.to.scheme(),
                               .port = options.to.port(),
                               .host = options.to.host(),
                               .url = {all.data(), parts.url_end},
                               .target = {all.data() + parts.target_at, parts.url_end - parts.target_at},
                               .headers = header_lines(headers),
                               .body = {all.data() + parts.body_at, parts.body_end - parts.body_at},
                               .storage_used = all.size()};
            }};
}

} // namespace detail

}} // namespace restartcaster

#endif
