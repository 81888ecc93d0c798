// SPDX-License-Identifier: MIT
// One call with one exchange: make_request and read_reply, with the user's transport between them.
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

// The error of a call that failed before sending. Invalid credentials are the reason of every failure with that key.
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
    // Only not_sent proves that the request did not leave this machine.
    if (cause.code == errc::not_sent) return error_of(cause, error_kind::not_sent, executed::no, advice::try_again);
    return error_of(cause, error_kind::no_answer, executed::maybe, advice::look_first);
}

// Sets the name and permission of the operation, for describe(). Small builds leave both out.
template <class Error, class Operation>
constexpr void name_operation([[maybe_unused]] Error& e, [[maybe_unused]] Operation const& op) noexcept {
#if !RESTARTCASTER_SMALL
    if constexpr (std::same_as<Operation, action>) {
        e.action = op.name;
    } else {
        e.action = Operation::description.action;
        e.permission = Operation::description.permission;
    }
#endif
}

// Sets clock_ahead_s, if the service refused the request for its timestamp, which was `signed_utc_s`.
template <class Error, class Response>
constexpr void tell_clock(Error& e, Response const& answer, std::int64_t signed_utc_s) noexcept {
    bool const for_time = e.code == service_code::timestamp_expired || e.code == service_code::timestamp_malformed;
    if (for_time && answer.date >= 0 && !answer.has_age)
        // Modulo 2^64, because the user's clock may return any number and signed overflow is undefined.
        e.clock_ahead_s = static_cast<std::int64_t>(static_cast<std::uint64_t>(signed_utc_s) -
                                                    static_cast<std::uint64_t>(answer.date));
}

} // namespace detail

/// Bytes that must be free for the answer after the request is built. With fewer, the request is not sent: the operation
/// would run, and the caller could not read the outcome. A success of RestartCaster takes about 60 bytes, a refusal about
/// 500.
inline constexpr std::size_t least_for_answer = 512;

namespace detail {

// Out of line in small builds, so that these locals are not on the stack while signing.
template <class Made>
RESTARTCASTER_ONCE constexpr void refuse_without_room(Made& made) noexcept {
    std::size_t const needed = made->storage_used + least_for_answer;
    made = unexpected(failure{.code = errc::storage_too_small, .subject = "answer"sv, .detail = needed});
}

// make_request() for a request that is sent immediately, with the check for least_for_answer.
template <callable_operation Operation, class Scheme, class Options>
[[nodiscard]] constexpr result<request> make_call(Operation const& op, signing_key<Scheme> const& key,
                                                  stamp const& when, std::span<char> to,
                                                  Options const& options) noexcept {
    auto made = Scheme::make_request(query_of<Options>(op), key, when, to, options);
    if (made && to.size() - made->storage_used < least_for_answer) refuse_without_room(made);
    return made;
}

// failed_here, failed_there and exchanged run after signing, and are out of line in small builds for the same reason.
template <class Operation, class Scheme>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
failed_here(failure const& cause, signing_key<Scheme> const& key, Operation const& op) noexcept {
    return {failed_by{}, [&] {
                error e = local_error(cause, key.valid());
                name_operation(e, op);
                return e;
            }};
}
template <class Operation, class Failure>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
failed_there(Failure const& cause, Operation const& op) noexcept {
    return {failed_by{}, [&] {
                error e = transport_error(cause);
                name_operation(e, op);
                return e;
            }};
}
template <callable_operation Operation, class Response>
[[nodiscard]] constexpr result<typename Operation::reply, error>
read_answer_to(request const& out, Operation const& op, stamp const& when, Response const& in) noexcept {
    auto reply = read_reply(in, op);
    if (!reply) {
        tell_clock(reply.error(), in, when.utc_seconds);
        name_operation(reply.error(), op);
        reply.error().sent = request_bytes(out);
    }
    return reply;
}
// `auto const& to`, because subspan() of a non-dependent span is instantiated in every file that includes this header.
template <callable_operation Operation, class Transport>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
exchanged(Transport& over, request const& out, auto const& to, Operation const& op, stamp const& when) noexcept {
    auto const in = over.exchange(out, to.subspan(out.storage_used));
    if (!in) return failed_there(in.error(), op);
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
        if (!out) return failed_here(out.error(), key, op);
        return exchanged(over, *out, to, op, when);
    } else {
        return failed_there(failure{}, op);
    }
}

} // namespace detail

/// Signs a request, sends it once and reads the answer. Never retries.
/// Storage: the request is built at the start of `to`, and the answer is received after it; reply and error point into
///   `to`. 2048 bytes are enough for RestartCaster with a permanent key.
/// Errors: kind local: every failure of make_request, and storage_too_small with the subject "answer" (see
///   least_for_answer). Kinds not_sent and no_answer: failures of the transport. Kinds unreadable and refused: failures
///   of read_reply.
template <class Transport, callable_operation Operation, class Scheme>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND, request_options const& options) noexcept {
    return detail::call_with(over, op, key, when, to.span(), options);
}
/// The same with default options as compile-time constants: less code in a firmware image.
// Options is a template parameter, so that an unused function costs no compile time.
template <class Transport, callable_operation Operation, class Scheme, class Options = detail::default_options<>>
[[nodiscard]] constexpr result<typename Operation::reply, error>
call(Transport&& over, Operation const& op, signing_key<Scheme> const& key, stamp const& when,
     room to RESTARTCASTER_LIFETIMEBOUND) noexcept {
    return detail::call_with(over, op, key, when, to.span(), Options{});
}

}} // namespace restartcaster

#endif
