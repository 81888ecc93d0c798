// SPDX-License-Identifier: MIT
// Restarts a studio in an Asio coroutine: the two halves, with the program's own event loop between them.
// Source: transports/beast_exchange.hpp, which says what to link with.
// Path: beast_coroutine ENDPOINT CASTER_ID [CA_FILE]; the key comes from the environment.
#include "transports/beast_exchange.hpp"

#include "command_line.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;
namespace asio = boost::asio;

// Everything that a view points to lives in the coroutine's frame or with the caller until the end.
asio::awaitable<int> restart(asio::ssl::context& tls, rc::signing_key<> const& key, rc::endpoint to,
                             std::string_view caster_id) {
    auto const nonce = rc::random_nonce();
    if (!nonce) co_return tell(nonce.error());
    rc::stamp const stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()};

    rc::storage<2048> sent;
    auto const request =
        rc::make_request(rc::restart_caster{.caster_id = caster_id}, key, stamp, sent, {.to = to});
    if (!request) co_return tell(request.error());

    rc::storage<2048> received;
    auto const response = co_await beast_exchange(tls, *request, received.span());
    if (!response) co_return tell(response.error());

    co_return tell(rc::read_reply<rc::restart_caster>(*response));
}

int main(int argc, char** argv) try {
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());

    asio::ssl::context tls(asio::ssl::context::tls_client);
    argc > 3 ? tls.load_verify_file(argv[3]) : tls.set_default_verify_paths();
    rc::signing_key const key(*credentials);
    int status = 1;
    asio::io_context io;
    asio::co_spawn(io, restart(tls, key, endpoint_of(argv[1]), argv[2]),
                   [&](std::exception_ptr thrown, int returned) { status = thrown ? 1 : returned; });
    io.run();
    return status;
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
