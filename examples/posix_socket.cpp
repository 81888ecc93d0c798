// SPDX-License-Identifier: MIT
// Restarts a studio over a bare POSIX socket. Plain HTTP only: for loopback, a lab, a TLS tunnel of your own.
// Source: POSIX.1-2017; RFC 9112 section 3 (request line); transports/http1_answer.hpp reads the answer.
// Path: posix_socket http://HOST:PORT CASTER_ID; the key comes from the environment.
#include "command_line.hpp"
#include "transports/http1_answer.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <netdb.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace rc = restartcaster;

struct socket_transport {
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        auto const not_sent = [](std::string_view why) -> rc::result<rc::response> {
            return rc::unexpected(rc::failure{.code = rc::errc::not_sent, .subject = why});
        };
        if (out.scheme == rc::url_scheme::https) return not_sent("no HTTPS over a bare socket");
        std::string const port = std::to_string(out.port != 0 ? out.port : 80), host(out.host);
        addrinfo hints{}, *found = nullptr;
        hints.ai_socktype = SOCK_STREAM;
        if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return not_sent("host not found");
        int const fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
        timeval const patience{.tv_sec = 10, .tv_usec = 0}; // for each step
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        bool const connected = connect(fd, found->ai_addr, found->ai_addrlen) == 0;
        freeaddrinfo(found);
        auto const in = connected ? converse(fd, out, host + ':' + port, storage) : not_sent("no connection");
        close(fd);
        return in;
    }

    static rc::result<rc::response> converse(int fd, rc::request const& out, std::string const& host,
                                             std::span<char> storage) {
        std::string all(text(out.method));
        all.append(" ").append(out.target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
        all.append(out.headers.text()).append("Connection: close\r\nContent-Length: ");
        all.append(std::to_string(out.body.size())).append("\r\n\r\n").append(out.body);
        for (std::string_view rest = all; !rest.empty();) {
            ssize_t const count = send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count < 0) return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        char bytes[4096];
        ssize_t at = 0, end = 0;
        auto const next = [&]() -> int {
            if (at == end) {
                at = 0;
                end = recv(fd, bytes, sizeof bytes, 0);
                if (end <= 0) return std::exchange(end, 0) == 0 ? stream_ended : stream_failed;
            }
            return static_cast<unsigned char>(bytes[at++]);
        };
        return http1_answer(next, storage).read();
    }
};

int main(int argc, char** argv) {
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    auto const nonce = rc::random_nonce();
    if (!nonce) return tell(nonce.error());

    socket_transport http;
    rc::signing_key const key(*credentials);
    rc::storage<4096> room;
    return tell(rc::call(http, rc::restart_caster{.caster_id = argv[2]}, key,
                         rc::stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()}, room,
                         {.to = endpoint_of(argv[1])}));
}
