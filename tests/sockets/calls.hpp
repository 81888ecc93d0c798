// SPDX-License-Identifier: MIT
// A program that makes the calls it is told to, with the blocking client over one transport.
// Source: tests/sockets/calls_test.py, which tells it and judges what it says.
// Data flow: lines "ENDPOINT POLICY PLACEMENT CASTER_ID TIME_LIMIT" in; "RAN ATTEMPTS MILLISECONDS SENTENCE" out. The placement
//   acs3 is post_form, signed with ACS3-HMAC-SHA256 and a token of 1,500 bytes. The host first-is-away.test has two
//   addresses, 127.0.0.2 and 127.0.0.1.
#ifndef RESTARTCASTER_TESTS_SOCKETS_CALLS_HPP
#define RESTARTCASTER_TESTS_SOCKETS_CALLS_HPP

#include "../../examples/command_line.hpp"

#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <csignal>
#include <dlfcn.h>
#include <iostream>
#include <netdb.h>
#include <string>

namespace rc = restartcaster;

// Found by the HTTP libraries before that of the C library.
extern "C" int getaddrinfo(char const* host, char const* port, addrinfo const* hints, addrinfo** found) {
    static auto* const next = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (host == nullptr || host != std::string_view("first-is-away.test")) return next(host, port, hints, found);
    addrinfo* second = nullptr;
    int const failed = next("127.0.0.2", port, hints, found);
    if (failed != 0 || next("127.0.0.1", port, hints, &second) != 0) return failed;
    addrinfo* last = *found;
    while (last->ai_next != nullptr) last = last->ai_next;
    last->ai_next = second;
    return 0;
}

inline rc::retry_policy policy_of(std::string_view word) {
    if (word == "at_most_once") return rc::retry_policy::at_most_once;
    return word == "idempotent" ? rc::retry_policy::idempotent : rc::retry_policy::certain;
}

inline rc::placement placement_of(std::string_view word) {
    if (word == "get") return rc::placement::get;
    return word == "post_query" ? rc::placement::post_query : rc::placement::post_form;
}

inline char const* text(rc::executed ran) {
    if (ran == rc::executed::maybe) return "maybe";
    return ran == rc::executed::yes ? "yes" : "no";
}

/// Counts how often the client uses its transport, to be held against the requests that the gateway sees.
template <rc::transport Transport>
struct counted {
    Transport& over;
    int exchanges = 0;

    void time_left_ms(std::uint32_t most_ms) noexcept { over.time_left_ms(most_ms); }
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        ++exchanges;
        return over.exchange(out, storage);
    }
};

/// A call, and the line about it.
template <rc::transport Transport, class Scheme>
void make_call(Transport& transport, rc::signing_key<Scheme> const& key, rc::call_options const& options,
               std::string_view caster_id, std::uint32_t time_limit_ms) {
    static rc::sleeping_clock clock;
    static rc::nonce_generator nonces;
    counted<Transport> http{transport};
    rc::client client(http, clock, nonces, key, {.call = options, .time_limit_ms = time_limit_ms});
    rc::storage<4096> room;
    std::uint64_t const began_ms = rc::monotonic_now_ms();
    auto const reply = client.call(rc::restart_caster{.caster_id = caster_id}, room);
    std::printf("%s %d %d ", reply ? "yes" : text(reply.error().ran), http.exchanges,
                static_cast<int>(rc::monotonic_now_ms() - began_ms));
    file_sink const out{stdout};
    if (!reply) describe(out, reply.error());
    std::puts("");
    std::fflush(stdout);
}

template <rc::transport Transport>
int answer_calls(Transport& transport) {
    std::signal(SIGPIPE, SIG_IGN);
    rc::credentials who{.access_key_id = "testid", .access_key_secret = "testsecret"};
    rc::signing_key const key(who);
    std::string const token(1500, 't');
    who.security_token = token;
    rc::signing_key<rc::acs3> const acs3_key(who);
    std::string endpoint, policy, placement, caster_id;
    std::uint32_t time_limit_ms = 0;
    while (std::cin >> endpoint >> policy >> placement >> caster_id >> time_limit_ms) {
        rc::clock_skew skew;
        rc::call_options const options{
            .request = {.parameters = placement_of(placement), .to = endpoint_of(endpoint)},
            .retry = {.policy = policy_of(policy), .back_off_ms = 1},
            .skew = &skew};
        if (placement == "acs3")
            make_call(transport, acs3_key, options, caster_id, time_limit_ms);
        else
            make_call(transport, key, options, caster_id, time_limit_ms);
    }
    return 0;
}

#endif
