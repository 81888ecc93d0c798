// SPDX-License-Identifier: MIT
// Restarts studios one after the other, within one budget for all processes and machines of the account.
// Source: transports/redis_budget.hpp, transports/curl_transport.hpp; g++ redis_budget.cpp -lhiredis -lcurl.
// Data flow: redis_budget ENDPOINT REDIS_ADDRESS:PORT CASTER_ID...; the key comes from the environment.
#include "transports/redis_budget.hpp"

#include "command_line.hpp"
#include "transports/curl_transport.hpp"

#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>

#include <csignal>

namespace rc = restartcaster;

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT); // slow; done here, so that the first call is not late for its turn
    if (argc < 4) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());

    rc::endpoint const redis = endpoint_of(argv[2]);
    redis_budget budget({.host = std::string(redis.host()), .port = redis.port(), .account = "my-account"});
    curl_transport http;
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    rc::signing_key const key(*credentials);
    rc::client client(http, clock, nonces, key, {.call = {.request = {.to = endpoint_of(argv[1])}, .pace = budget}});
    rc::storage<4096> room;
    int status = 0;
    for (int at = 3; at != argc; ++at)
        status |= tell(client.call(rc::restart_caster{.caster_id = argv[at]}, room));
    return status;
}
