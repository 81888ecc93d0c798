// SPDX-License-Identifier: MIT
// A signed request, ready for any transport.
// Source: RFC 9110 (methods, fields), RFC 3986 (URL); protocol "Where POST parameters go".
// Data flow: a signature scheme fills it, the user's transport sends it.
#ifndef RESTARTCASTER_MESSAGE_REQUEST_HPP
#define RESTARTCASTER_MESSAGE_REQUEST_HPP
#pragma once

#include "endpoint.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The method of a request: GET or POST for every signed request. PUT asks a metadata server for a token (hosted/).
enum class http_method : std::uint8_t { get, post, put };

/// "GET", "POST" or "PUT".
[[nodiscard]] constexpr std::string_view text(http_method method) noexcept {
    switch (method) {
    case http_method::get: return "GET"sv;
    case http_method::put: return "PUT"sv;
    default: return "POST"sv;
    }
}

/// Where a request carries its parameters, and by which method.
enum class placement : std::uint8_t {
    /// POST with all parameters in an application/x-www-form-urlencoded body: no URL limit, no signature in access logs.
    post_form,
    /// GET with all parameters in the query.
    get,
    /// POST with all parameters in the query and an empty body, like the vendor's generated clients.
    post_query,
};

/// The format of the answer that the request asks for.
enum class format : std::uint8_t { json, xml };

/// The value of the parameter Format: "JSON" or "XML".
[[nodiscard]] constexpr std::string_view text(format answer) noexcept {
    switch (answer) {
    case format::json: return "JSON"sv;
    default: return "XML"sv;
    }
}

/// The caller's choices for a request, in addition to the operation.
struct request_options {
    /// Where the parameters are, and the method.
    placement parameters = placement::post_form;
    /// The format of the answer.
    format answer = format::json;
    /// The scheme, host and port to call.
    endpoint to = live_endpoint;
    /// The longest URL in bytes; a longer one fails with url_too_long before anything is sent. 0: no limit.
    std::size_t url_limit = 8192;
};

namespace detail {

/// Appends the URL up to the start of the parameters: to the '?' of the query, or to the NUL byte before the body.
/// Returns the number of bytes so far.
template <byte_sink Sink, class Options>
constexpr std::size_t append_front(Sink& wire, Options const& options) noexcept {
    options.to.append_origin(wire);
    append_byte(wire, '/');
    append_byte(wire, options.parameters == placement::post_form ? '\0' : '?');
    return wire.needed();
}

/// The first part of the URL under the default options. The class is a sink itself, because every compiler that reads this
/// header would instantiate a span.
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

/// The options of a call without request_options: compile-time constants, so that the compiler removes the code for all
/// other choices.
template <class Options = request_options> // a template, so that an unused one costs no compile time
struct default_options {
    static constexpr placement parameters = Options{}.parameters;
    static constexpr format answer = Options{}.answer;
    static constexpr std::size_t url_limit = Options{}.url_limit;
    static constexpr default_front<Options> front{};
    static constexpr endpoint to{text_at(front.bytes + sizeof "https://" - 1, live_endpoint.host().size())};
};

/// The value of Format if the options are compile-time constants; otherwise empty.
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

/// One header field of a request.
struct header {
    /// The name, and the value without blanks around it.
    std::string_view name;
    std::string_view value;
};

/// The header fields that a transport must send in addition to Host and Content-Length, as lines "Name: value" CRLF. A raw
/// socket writes text() unchanged; other transports iterate over the fields.
class header_lines {
public:
    constexpr header_lines() noexcept = default;
    /// Storage: refers to the caller's text, which must outlive this object.
    constexpr explicit header_lines(borrowed_text field_lines RESTARTCASTER_LIFETIMEBOUND) noexcept
        : lines_(field_lines) {}

    /// All lines, each with its CRLF.
    [[nodiscard]] constexpr std::string_view text() const noexcept { return lines_; }

    /// Goes from field to field.
    class iterator {
    public:
        /// Points to the first field of `rest`.
        constexpr explicit iterator(std::string_view rest) noexcept : rest_(rest) {}
        /// The current field.
        [[nodiscard]] constexpr header operator*() const noexcept {
            std::size_t const colon = rest_.find(':');
            return {detail::part(rest_, 0, colon), detail::part(rest_, colon + 2, rest_.find('\r') - colon - 2)};
        }
        /// Goes to the next field.
        constexpr iterator& operator++() noexcept {
            rest_.remove_prefix(rest_.find('\n') + 1);
            return *this;
        }
        /// Whether both are at the same field. Requires: iterators of one header_lines.
        [[nodiscard]] constexpr bool operator==(iterator const& other) const noexcept {
            return rest_.size() == other.rest_.size();
        }

    private:
        std::string_view rest_;
    };
    /// The first field, and the end.
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(lines_); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator({}); }

private:
    std::string_view lines_;
};

/// A complete, signed request. Send it once: its nonce is valid for one use.
/// Storage: url, target, headers and body point into the storage given to make_request, host into the text of the
///   endpoint; all are valid until that storage is written to again.
struct request {
    /// The method to send.
    http_method method = http_method::post;
    /// Whether to use TLS.
    url_scheme scheme = url_scheme::https;
    /// The port to connect to; 0: the default port of the scheme.
    std::uint16_t port = 0;
    /// The host to connect to, and the value of the Host field without the port.
    std::string_view host;
    /// The whole URL, e.g. https://live.aliyuncs.com/?AccessKeyId=...; url.data() is NUL-terminated.
    /// Do not log the URL: with the parameters in the query it contains the signature.
    std::string_view url;
    /// The URL from the path on: the target of an HTTP/1.1 request line.
    std::string_view target;
    /// Every header field to send in addition to Host and Content-Length.
    header_lines headers;
    /// The body to send. With POST, send Content-Length even when it is 0.
    std::string_view body;
    /// Bytes that the request takes at the start of the storage; the bytes after them are free for the answer.
    std::size_t storage_used = 0;
};

/// All bytes of a request in its storage: URL, headers and body. append_foreign and describe remove their secrets from
/// texts of the service.
[[nodiscard]] constexpr std::string_view request_bytes(request const& sent) noexcept {
    return detail::text_at(sent.url.data(), sent.storage_used);
}

namespace detail {

/// Offsets of the parts of a request in its storage.
struct request_layout {
    std::size_t target_at, url_end, body_at, body_end;
};

/// Writes the URL up to the start of the parameters.
template <class Options>
[[nodiscard]] RESTARTCASTER_HOT constexpr request_layout begun_request(buffer_sink& wire,
                                                                       Options const& options) noexcept {
    std::size_t const end = append_front(wire, options);
    return {.target_at = end - 2, .url_end = end - 1, .body_at = end, .body_end = end};
}

// Constructs the request in the caller's result, which saves a copy of the large object.
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
