// SPDX-License-Identifier: MIT
// The transport concept: the contract of the user's HTTP code. The library contains no transport.
// Source: docs/design.md, "The transport contract".
// Data flow: a request in, a response out; the network between them is the user's.
#ifndef RESTARTCASTER_MESSAGE_TRANSPORT_HPP
#define RESTARTCASTER_MESSAGE_TRANSPORT_HPP
#pragma once

#include "request.hpp"
#include "response.hpp"

#include <concepts>
#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <class T>
concept has_exchange = requires(T& transport, request const& out, std::span<char> storage) {
    { transport.exchange(out, storage) } -> std::same_as<result<response>>;
};

template <class T>
concept exchange_is_noexcept = requires(T& transport, request const& out, std::span<char> storage) {
    { transport.exchange(out, storage) } noexcept;
};

} // namespace detail

/// Anything with `result<response> exchange(request const&, std::span<char> storage) noexcept`.
///
/// One call of exchange() is exactly one HTTP exchange: the request is sent at most once. Its nonce is valid for one
/// use, so a transport never repeats a request by itself: not after a time-out, not over a new connection when a kept
/// connection was closed, not on a redirect. Switch all of these off in the HTTP library.
///
/// A transport sends the method, the target or the URL, every field of request::headers, and the body. It adds Host
/// (with the port unless request::port is 0) and Content-Length, and may add User-Agent. It does not ask
/// for compression and does not send Expect.
///
/// Every status is a response: 400 and 502 are answers, not failures. The body is written to the start of `storage`, and
/// response::body is that part. A body that does not fit fails with errc::answer_too_long and is never cut. Every
/// response field is passed to response::header().
///
/// Without a response, a transport must tell two failures apart, because only one of them may have restarted a studio.
/// errc::not_sent: no byte of the request can have left this machine (the host name did not resolve, the connection was
/// refused, the TLS handshake failed). errc::no_answer: every later failure. failure::http_status is the status if the
/// status line had arrived. failure::detail is the transport's own error number, failure::subject its text, which must
/// be static and contain no URL.
///
/// The transport verifies the server's certificate and name whenever the scheme is https. exchange() returns in bounded
/// time, does not throw, and is called from one thread at a time.
template <class T>
concept transport = detail::has_exchange<T> && detail::exchange_is_noexcept<T>;

}} // namespace restartcaster

#endif
