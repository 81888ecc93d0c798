// SPDX-License-Identifier: MIT
// One HTTP exchange over a POSIX socket. Plain HTTP only: for loopback, a lab, or your own TLS tunnel.
// Source: POSIX.1-2017, getaddrinfo(), poll(). Copy it together with http1_answer.hpp, nonblocking_socket.hpp
//   and polled_exchange.hpp.
// Data flow: a request and storage in, a response out; every exchange has its own connection.
#ifndef RESTARTCASTER_EXAMPLES_SOCKET_TRANSPORT_HPP
#define RESTARTCASTER_EXAMPLES_SOCKET_TRANSPORT_HPP

#include "nonblocking_socket.hpp"
#include "polled_exchange.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <poll.h>

/// A transport over a bare socket. It tries every address of the host until one accepts the connection.
/// Storage: only the resolver allocates.
/// Errors: not_sent, no_answer, answer_too_long.
struct socket_transport {
    /// The time limit of the whole exchange in milliseconds, without name resolution, which only the resolver bounds.
    std::uint32_t timeout_ms = 30'000;

    void time_left_ms(std::uint32_t most_ms) noexcept { timeout_ms = most_ms; }

    restartcaster::result<restartcaster::response> exchange(restartcaster::request const& out,
                                                            std::span<char> storage) const noexcept {
        namespace rc = restartcaster;
        auto const not_sent = [](std::string_view why) {
            return rc::unexpected(rc::failure{.code = rc::errc::not_sent, .subject = why});
        };
        if (out.scheme == rc::url_scheme::https) return not_sent("no HTTPS over a bare socket");
        std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> const found(nonblocking_socket::addresses(out), freeaddrinfo);
        if (!found) return not_sent("host not found");

        int addresses = 0;
        for (addrinfo const* to = found.get(); to != nullptr; to = to->ai_next) ++addresses;
        auto const end = clock::now() + std::chrono::milliseconds(timeout_ms);
        for (addrinfo const* to = found.get(); to != nullptr; to = to->ai_next, --addresses) {
            // A silent address leaves time for the others.
            auto const connected_by = clock::now() + (end - clock::now()) / addresses;
            rc::result<rc::response> const in = exchange_with(*to, out, storage, connected_by, end);
            if (in || in.error().code != rc::errc::not_sent) return in;
        }
        return not_sent("no connection");
    }

private:
    using clock = std::chrono::steady_clock;

    struct pipe_to : nonblocking_socket {
        addrinfo const& to;
        explicit pipe_to(addrinfo const& address) : to(address) {}
        bool open(restartcaster::request const&) { return nonblocking_socket::open(to); }
    };

    static restartcaster::result<restartcaster::response> exchange_with(addrinfo const& to,
                                                                        restartcaster::request const& out,
                                                                        std::span<char> storage,
                                                                        clock::time_point connected_by,
                                                                        clock::time_point end) {
        pipe_to pipe(to);
        polled_exchange http(pipe);
        http.begin(out);
        for (;;) {
            if (auto const in = http.advance(storage)) return *in;
            auto const until = http.began() ? end : connected_by;
            auto const left_ms = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
            if (left_ms <= 0) return http.given_up();
            pollfd ready{};
            ready.fd = pipe.descriptor();
            ready.events = http.sending() ? POLLOUT : POLLIN;
            ::poll(&ready, 1, static_cast<int>(std::min<decltype(left_ms)>(left_ms, 10'000)));
        }
    }
};

#endif
