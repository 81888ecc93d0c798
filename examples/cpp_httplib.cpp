// SPDX-License-Identifier: MIT
// Restarts a studio over cpp-httplib, HTTP and HTTPS.
// Source: transports/httplib_transport.hpp, which names the libraries to link.
// Data flow: cpp_httplib ENDPOINT CASTER_ID [CA_FILE]; the key comes from the environment.
#include "command_line.hpp"
#include "transports/httplib_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <csignal>

namespace rc = restartcaster;

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL may write to a connection that the peer has closed
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    auto const nonce = rc::random_nonce();
    if (!nonce) return tell(nonce.error());

    httplib_transport http{argc > 3 ? argv[3] : nullptr};
    rc::signing_key const key(*credentials);
    rc::storage<4096> room;
    return tell(rc::call(http, rc::restart_caster{.caster_id = argv[2]}, key,
                         rc::stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()}, room,
                         {.to = endpoint_of(argv[1])}));
}
