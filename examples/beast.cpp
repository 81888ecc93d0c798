// SPDX-License-Identifier: MIT
// Restarts a studio over Boost.Beast, blocking, HTTP and HTTPS.
// Source: transports/beast_exchange.hpp, which names the libraries to link.
// Data flow: beast ENDPOINT CASTER_ID [CA_FILE]; the key comes from the environment.
#include "transports/beast_exchange.hpp"

#include "command_line.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;
namespace asio = boost::asio;

int main(int argc, char** argv) try {
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    auto const nonce = rc::random_nonce();
    if (!nonce) return tell(nonce.error());

    asio::ssl::context tls(asio::ssl::context::tls_client);
    argc > 3 ? tls.load_verify_file(argv[3]) : tls.set_default_verify_paths();
    beast_transport http{tls};
    rc::signing_key const key(*credentials);
    rc::storage<4096> room;
    return tell(rc::call(http, rc::restart_caster{.caster_id = argv[2]}, key,
                         rc::stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()}, room,
                         {.to = endpoint_of(argv[1])}));
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
