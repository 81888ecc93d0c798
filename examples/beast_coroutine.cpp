// SPDX-License-Identifier: MIT
// Restarts a studio in an Asio coroutine: the call machine inside the program's own event loop.
// Source: transports/beast_exchange.hpp, which names the libraries to link.
// Data flow: beast_coroutine ENDPOINT CASTER_ID [CA_FILE]; the key comes from the environment.
#include "transports/beast_exchange.hpp"

#include "command_line.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;
namespace asio = boost::asio;

// All viewed text is in the coroutine's frame or owned by the caller until the end.
asio::awaitable<int> restart(asio::ssl::context& tls, rc::signing_key<> const& key, rc::endpoint to,
                             std::string_view caster_id) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    rc::storage<4096> room;
    rc::call_machine call(rc::restart_caster{.caster_id = caster_id}, key, room,
                          rc::monotonic_now_ms() + 30'000, {.request = {.to = to}});
    for (;;) {
        rc::moment const now{rc::utc_now(), rc::monotonic_now_ms()};
        switch (auto const next = call.next(now, rc::random_nonce); next.what) {
        case rc::step::send:
            call.answered(
                co_await beast_exchange(tls, call.request(), call.storage(), call.time_left_ms(now)));
            break;
        case rc::step::wait:
            timer.expires_after(std::chrono::milliseconds(next.until_ms - now.monotonic_ms));
            co_await timer.async_wait(asio::use_awaitable);
            break;
        case rc::step::done: co_return tell(call.outcome());
        }
    }
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
