// SPDX-License-Identifier: MIT
// Restarts a studio over a bare POSIX socket. Plain HTTP only: for loopback, a lab, or your own TLS tunnel.
// Source: transports/socket_transport.hpp.
// Data flow: posix_socket http://HOST:PORT CASTER_ID; the key comes from the environment.
#include "command_line.hpp"
#include "transports/socket_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;

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
