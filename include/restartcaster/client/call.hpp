// SPDX-License-Identifier: MIT
// One call, one exchange: the plain composition of the two halves over a transport.
// Source: docs/design.md, "One idea".
// Data flow: make_request -> exchange -> read_reply.
#ifndef RESTARTCASTER_CLIENT_CALL_HPP
#define RESTARTCASTER_CLIENT_CALL_HPP
#pragma once

#include "../message/transport.hpp"
#include "../operations/make_request.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <class Failure>
[[nodiscard]] constexpr error error_of(Failure const& cause, error_kind kind, executed ran,
                                       advice what_to_do) noexcept {
    return {.kind = kind, .ran = ran, .what_to_do = what_to_do, .http_status = cause.http_status, .cause = cause};
}

// Of a call with a key whose credentials are `valid` or not: if not, that is why it failed.
template <class Failure>
[[nodiscard]] constexpr error local_error(Failure const& cause, result<void> const& valid) noexcept {
    advice what_to_do = valid ? advice::fix_request : advice::fix_credentials;
    switch (cause.code) {
    case errc::timestamp_out_of_range: what_to_do = advice::fix_clock; break;
    case errc::hash_failed:
    case errc::entropy_missing: what_to_do = advice::fix_machine; break;
    default: break;
    }
    return error_of(cause, error_kind::local, executed::no, what_to_do);
}

template <class Error = error, class Failure>
[[nodiscard]] constexpr Error transport_error(Failure const& cause) noexcept {
    // Only a transport that says so has kept the request here.
    if (cause.code == errc::not_sent) return error_of(cause, error_kind::not_sent, executed::no, advice::try_again);
    return error_of(cause, error_kind::no_answer, executed::maybe, advice::look_first);
}

// Of an answer that refused a request for its time, which was signed as `signed_utc_s`.
template <class Error, class Response>
constexpr void tell_clock(Error& e, Response const& answer, std::int64_t signed_utc_s) noexcept {
    bool const for_time = e.code == service_code::timestamp_expired || e.code == service_code::timestamp_malformed;
    if (for_time && answer.date >= 0 && !answer.has_age)
        // Modulo 2^64: the user's clock may say anything.
        e.clock_ahead_s = static_cast<std::int64_t>(static_cast<std::uint64_t>(signed_utc_s) -
                                                    static_cast<std::uint64_t>(answer.date));
}

} // namespace detail

/// Bytes that must be left behind a request for its answer; with fewer nothing is sent, since the operation would
/// run and nobody could be told. A success of RestartCaster takes some 60, a refusal some 500.
inline constexpr std::size_t least_for_answer = 512;

namespace detail {

// Not in the frame of the caller, which is there while a request is signed.
template <class Made>
RESTARTCASTER_ONCE constexpr void refuse_without_room(Made& made) noexcept {
    std::size_t const needed = made->storage_used + least_for_answer;
    made = unexpected(failure{.code = errc::storage_too_small, .subject = "answer"sv, .detail = needed});
}

// make_request, for one that is sent at once.
template <callable_operation Operation, class Scheme, class Options>
[[nodiscard]] constexpr result<request> make_call(Operation const& op, signing_key<Scheme> const& key,
                                                  stamp const& when, std::span<char> to,
                                                  Options const& options) noexcept {
    auto made = Scheme::make_request(query_of<Scheme, Operation, Options>{op}, key, when, to, options);
    if (made && to.size() - made->storage_used < least_for_answer) refuse_without_room(made);
    return made;
}

// Nor is what these three need: small builds call them, when the request is signed.
template <class Reply, class Scheme>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<Reply, error> failed_here(failure const& cause,
                                                                           signing_key<Scheme> const& key) noexcept {
    return {failed_by{}, [&] { return local_error(cause, key.valid()); }};
}
template <class Reply, class Failure>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<Reply, error> failed_there(Failure const& cause) noexcept {
    return {failed_by{}, [&] { return transport_error(cause); }};
}
template <callable_operation Operation, class Response>
[[nodiscard]] constexpr result<typename Operation::reply, error>
read_answer_to(request const& out, Operation const& op, stamp const& when, Response const& in) noexcept {
    auto reply = read_reply(in, op);
    if (!reply) {
        tell_clock(reply.error(), in, when.utc_seconds);
        reply.error().sent = request_bytes(out);
    }
    return reply;
}
// `auto`, since subspan() of a known span is compiled wherever this header is read.
template <callable_operation Operation, class Transport>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
exchanged(Transport& over, request const& out, auto const& to, Operation const& op, stamp const& when) noexcept {
    auto const in = over.exchange(out, to.subspan(out.storage_used));
    if (!in) return failed_there<typename Operation::reply>(in.error());
    return read_answer_to(out, op, when, *in);
}

template <class Transport, callable_operation Operation, class Scheme, class Options>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call_with(Transport& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when, std::span<char> to,
          Options const& options) noexcept {
    using bare = std::remove_const_t<Transport>;
    static_assert(has_exchange<bare>,
                  "restartcaster: a transport needs `result<response> exchange(request const&, std::span<char>)`");
    static_assert(!has_exchange<bare> || exchange_is_noexcept<bare>,
                  "restartcaster: a transport's exchange() must be noexcept; report failures as results");
    if constexpr (transport<bare>) {
        auto const out = make_call(op, key, when, to, options);
        if (!out) return failed_here<typename Operation::reply>(out.error(), key);
        return exchanged(over, *out, to, op, when);
    } else {
        return failed_there<typename Operation::reply>(failure{});
    }
}

} // namespace detail

/// Signs a request, sends it once and reads the answer. Nothing is tried again.
/// Storage: the request is built at the front of `to` and the answer received behind it; reply and error point
///   into it. 2048 bytes do for RestartCaster with a permanent key.
/// Errors: kind local with every failure of make_request, and storage_too_small of "answer" (see
///   least_for_answer); not_sent and no_answer as the transport says, unreadable and refused as read_reply says.
template <class Transport, callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND, request_options const& options) noexcept {
    return detail::call_with(over, op, key, when, to.span(), options);
}
/// With the options as they are by default: less code in a firmware image.
// Options is a parameter only to cost nothing where nothing is called.
template <class Transport, callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return detail::call_with(over, op, key, when, to.span(), Options{});
}

}} // namespace restartcaster

#endif
