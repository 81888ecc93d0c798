// SPDX-License-Identifier: MIT
// Pursues the goals that it is told to, over a bare socket.
// Source: tests/sockets/goals_test.py, which tells it and judges what it says.
// Data flow: lines "ENDPOINT GOAL CASTER_ID STREAM TIME_LIMIT" in, with "-" for no stream; lines "RAN CHANGES MILLISECONDS
//   SENTENCE" out. Pauses are short, and an unchanged studio proves after 1 s that a restart did not run.
#include "../../examples/transports/socket_transport.hpp"

#include "../../examples/command_line.hpp"

#include <restartcaster/goals.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

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

int main() {
    std::signal(SIGPIPE, SIG_IGN);
    socket_transport http;
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    rc::signing_key const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::storage<8192> room;
    std::string endpoint, goal, caster_id, stream;
    std::uint32_t time_limit_ms = 0;
    while (std::cin >> endpoint >> goal >> caster_id >> stream >> time_limit_ms) {
        rc::goal_options options;
        options.call.request.to = endpoint_of(endpoint);
        options.call.retry.back_off_ms = 1;
        options.look_every_ms = 50;
        options.steady_after_ms = 1'000;
        options.unchanged_after_ms = 1'000;
        options.call_limit_ms = 2'000;
        options.reconcile = true;
        rc::stream_address const verified{"play.example.com", "caster", stream == "-" ? std::string_view() : stream};
        std::uint64_t const began_ms = rc::monotonic_now_ms();
        auto const outcome = rc::reach(http, clock, nonces, key, goal_of(goal, caster_id, verified), room, time_limit_ms, options);
        char const* const ran[] = {"no", "maybe", "yes"};
        std::printf("%s %d %d ", ran[static_cast<int>(outcome.change.ran)], outcome.changes,
                    static_cast<int>(rc::monotonic_now_ms() - began_ms));
        file_sink const out{stdout};
        rc::describe(out, outcome);
        std::puts("");
        std::fflush(stdout);
    }
}
