// SPDX-License-Identifier: MIT
// The hole in the middle: what a transport must do, and nothing that does it.
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
/// One call of exchange() is exactly one HTTP exchange: the request goes out at most once. The nonce in it is
/// good for one use, so a transport never repeats a request on its own: not after a time-out, not over a
/// fresh connection when a kept one turned out stale, not on a redirect. Switch all of that off in the HTTP
/// library underneath.
///
/// It sends the method, the host (with the port, if one is set), the target or the URL, every field of
/// headers, and the body. It adds Host and Content-Length and may add a User-Agent; it asks for no
/// compression and sends no `Expect`.
///
/// Any status is a response: 400 and 502 are answers, not failures. The body goes to the front of `storage`
/// and response::body is that part. A body that does not fit is errc::answer_too_long, never a shorter
/// body. Every response field goes through response::header().
///
/// When there is no response, two things must not be mixed up, since one of them may have restarted a
/// studio: errc::not_sent is returned only when no byte of the request can have left this machine (the name
/// did not resolve, the connection was refused, TLS was not set up); everything later is errc::no_answer.
/// If the status line had already come, failure::http_status keeps it. failure::detail carries the
/// transport's own error number, failure::subject its words, which must be static text and hold no URL.
///
/// Verifying the server's certificate and name is the transport's duty whenever the scheme is https, and so
/// are time-outs: exchange() returns in bounded time.
///
/// exchange() does not throw. It is called from one thread at a time.
template <class T>
concept transport = detail::has_exchange<T> && detail::exchange_is_noexcept<T>;

}} // namespace restartcaster

#endif
