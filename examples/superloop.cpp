// SPDX-License-Identifier: MIT
// Restarts a studio like a device without an operating system: one loop, in which nothing blocks and nothing is
// allocated. Plain HTTP only: on a board, the byte stream is a modem's or has its own TLS.
// Source: transports/polled_exchange.hpp; POSIX.1-2017 for the socket, which a board replaces.
// Data flow: superloop http://ADDRESS:PORT CASTER_ID; the key comes from the environment.
#include "command_line.hpp"
#include "transports/nonblocking_socket.hpp"
#include "transports/polled_exchange.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <time.h>

namespace rc = restartcaster;

// On a board: the tick counter and the real-time clock. Without a real-time clock return 0; clock_skew corrects the time.
rc::moment now() { return {rc::utc_now(), rc::monotonic_now_ms()}; }

int main(int argc, char** argv) {
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    static rc::storage<4096> room;
    static nonblocking_socket pipe;
    static polled_exchange http(pipe);
    rc::signing_key const key(*credentials);
    rc::call_machine call(rc::restart_caster{.caster_id = argv[2]}, key, room, now().monotonic_ms + 30'000,
                          {.request = {.to = endpoint_of(argv[1])}});
    for (;;) {
        rc::step const next = call.next(now(), rc::random_nonce); // on a board, use rc::device_nonce
        if (next.what == rc::step::done) return tell(call.outcome());
        if (next.what == rc::step::send) http.begin(call.request());
        if (next.why == rc::waiting_for::answer)
            if (auto const in = http.advance(call.storage())) call.answered(*in);

        timespec const a_while{.tv_sec = 0, .tv_nsec = 500'000}; // stands for the device's other work
        nanosleep(&a_while, nullptr);
    }
}
