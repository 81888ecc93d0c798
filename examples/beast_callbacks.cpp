// SPDX-License-Identifier: MIT
// Restarts a studio with callbacks, each of which makes the call machine's next step. Ctrl-C cancels the call.
// Source: transports/beast_exchange.hpp, which names the libraries to link.
// Data flow: beast_callbacks ENDPOINT CASTER_ID [CA_FILE]; the key comes from the environment.
#include "command_line.hpp"
#include "transports/beast_exchange.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;
namespace asio = boost::asio;

rc::moment now() { return {rc::utc_now(), rc::monotonic_now_ms()}; }

struct restart {
    asio::io_context& io;
    asio::ssl::context& tls;
    rc::call_machine<rc::restart_caster, rc::rpc_v1>& call;
    asio::steady_timer timer{io};

    void go_on() {
        rc::moment const at = now();
        rc::step const next = call.next(at, rc::random_nonce);
        if (next.what == rc::step::done) return io.stop();
        if (next.what == rc::step::wait) {
            timer.expires_after(std::chrono::milliseconds(next.until_ms - at.monotonic_ms));
            return timer.async_wait([this](boost::system::error_code) { go_on(); });
        }
        async_beast_exchange(io, tls, call.request(), call.storage(), call.time_left_ms(at), [this](auto const& in) {
            call.answered(in);
            go_on();
        });
    }
};

int main(int argc, char** argv) try {
    if (argc < 3) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    asio::ssl::context tls(asio::ssl::context::tls_client);
    argc > 3 ? tls.load_verify_file(argv[3]) : tls.set_default_verify_paths();
    rc::signing_key const key(*credentials);
    rc::storage<4096> room;
    rc::call_machine call(rc::restart_caster{.caster_id = argv[2]}, key, room, now().monotonic_ms + 30'000,
                          {.request = {.to = endpoint_of(argv[1])}});
    asio::io_context io;
    restart steps{io, tls, call};
    asio::signal_set stop(io, SIGINT);
    stop.async_wait([&](boost::system::error_code, int) { io.stop(); });
    steps.go_on();
    io.run();
    call.abandon(now()); // no effect on a call that is done
    return tell(call.outcome());
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
