// SPDX-License-Identifier: MIT
// Pursues the goals that it is told to, over a bare socket.
// Source: tests/sockets/goals_test.py, which tells it and judges what it says.
// Data flow: lines "ENDPOINT GOAL CASTER_ID STREAM TIME_LIMIT STEADY" in, with "-" for no stream; the URL that takes callbacks,
//   then lines "RAN CHANGES MILLISECONDS SENTENCE" out. Pauses are short, and an unchanged studio proves after 1 s that a
//   restart did not run. STEADY: goal_options::steady_after_ms.
#include "../../examples/transports/socket_transport.hpp"

#include "../../examples/command_line.hpp"

#include <restartcaster/goals.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

namespace rc = restartcaster;

static rc::studio_goal goal_of(std::string_view word, std::string_view id, rc::stream_address const& verified) {
    if (word == "ensure_running") return rc::ensure_running(id, verified);
    if (word == "ensure_stopped") return rc::ensure_stopped(id);
    if (word == "wait_until_idle") return rc::wait_until(id, rc::studio_state::idle);
    return rc::restart_studio(id, verified);
}

// Takes the callbacks that came in since the last time. A peer that stays silent is left after a second.
class callback_server {
public:
    callback_server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 128) != 0) std::abort();
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        std::printf("http://127.0.0.1:%d/\n", ntohs(address.sin_port));
        std::fflush(stdout);
    }

    template <class Machine>
    void operator()(Machine& machine) {
        for (int peer; (peer = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(peer)) {
            std::string body = body_from(peer);
            if (auto const message = rc::read_callback(body)) machine.hint(*message);
            std::string_view const answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            static_cast<void>(::send(peer, answer.data(), answer.size(), 0));
        }
    }

private:
    static std::string body_from(int peer) {
        timeval const second{1, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
        std::string text;
        char bytes[4096];
        for (std::size_t head = 0, size = 0; head == 0 || text.size() < head + size;) {
            auto const got = ::recv(peer, bytes, sizeof bytes, 0);
            if (got <= 0) return {};
            text.append(bytes, static_cast<std::size_t>(got));
            if (head != 0 || text.find("\r\n\r\n") == text.npos) continue;
            head = text.find("\r\n\r\n") + 4;
            for (char& byte : text) byte = static_cast<std::size_t>(&byte - text.data()) < head ? rc::detail::ascii_lower(byte) : byte;
            std::size_t const length = text.find("content-length: ");
            size = length < head ? std::stoul(text.substr(length + 16)) : 0;
        }
        return text.substr(text.find("\r\n\r\n") + 4);
    }

    int listener_;
};

int main() {
    std::signal(SIGPIPE, SIG_IGN);
    socket_transport http;
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    rc::signing_key const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::storage<8192> room;
    std::string endpoint, goal, caster_id, stream;
    std::uint32_t time_limit_ms = 0, steady_after_ms = 0;
    callback_server callbacks;
    while (std::cin >> endpoint >> goal >> caster_id >> stream >> time_limit_ms >> steady_after_ms) {
        rc::goal_options options;
        options.call.request.to = endpoint_of(endpoint);
        options.call.retry.back_off_ms = 1;
        options.look_every_ms = 50;
        options.steady_after_ms = steady_after_ms;
        options.unchanged_after_ms = 1'000;
        options.call_limit_ms = 2'000;
        options.reconcile = true;
        rc::stream_address const verified{"play.example.com", "caster", stream == "-" ? std::string_view() : stream};
        std::uint64_t const began_ms = rc::monotonic_now_ms();
        auto const outcome = rc::reach(http, clock, nonces, key, goal_of(goal, caster_id, verified), room, time_limit_ms, options, callbacks);
        char const* const ran[] = {"no", "maybe", "yes"};
        std::printf("%s %d %d ", ran[static_cast<int>(outcome.change.ran)], outcome.changes,
                    static_cast<int>(rc::monotonic_now_ms() - began_ms));
        file_sink const out{stdout};
        rc::describe(out, outcome);
        std::puts("");
        std::fflush(stdout);
    }
}
