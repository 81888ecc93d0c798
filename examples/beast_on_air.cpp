// SPDX-License-Identifier: MIT
// Restarts a studio and waits until it is on air again. A small server receives the callbacks of the service, each of which
// can make the next look come at once. SetCasterConfig (CallbackUrl) tells the service the address of the server.
// Source: transports/beast_exchange.hpp, which names the libraries to link; docs/how-to/on-air-again.md.
// Data flow: beast_on_air ENDPOINT CASTER_ID PORT [CA_FILE]; callbacks at PORT; the key comes from the environment.
#include "command_line.hpp"
#include "transports/beast_exchange.hpp"

#include <restartcaster/goals.hpp>
#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;
namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using goal_machine = rc::goal_machine<rc::rpc_v1>;

// One connection with one message of at most 64 KiB, within 5 s. Who sent it is unknown: the machine checks it by a look.
asio::awaitable<void> receive(tcp::socket from, goal_machine& goal, asio::steady_timer& timer) {
    boost::beast::tcp_stream stream(std::move(from));
    stream.expires_after(std::chrono::seconds(5));
    boost::beast::flat_buffer buffer;
    http::request_parser<http::string_body> parser;
    parser.body_limit(64 * 1024);
    co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
    auto const message = rc::read_callback(parser.get().body());
    if (message) goal.hint(*message);
    timer.cancel();
    http::response<http::empty_body> answer(message ? http::status::ok : http::status::bad_request, 11);
    answer.prepare_payload();
    co_await http::async_write(stream, answer, asio::use_awaitable);
}

asio::awaitable<void> listen(tcp::acceptor& at, goal_machine& goal, asio::steady_timer& timer) {
    for (;;)
        asio::co_spawn(at.get_executor(), receive(co_await at.async_accept(asio::use_awaitable), goal, timer), asio::detached);
}

asio::awaitable<void> pursue(asio::ssl::context& tls, goal_machine& goal, asio::steady_timer& timer) {
    for (;;) {
        rc::moment const now{rc::utc_now(), rc::monotonic_now_ms()};
        rc::step const next = goal.next(now, rc::random_nonce);
        if (next.what == rc::step::done) co_return;
        if (next.what == rc::step::send) {
            goal.answered(co_await beast_exchange(tls, goal.request(), goal.storage(), goal.time_left_ms(now)));
        } else {
            boost::system::error_code cancelled; // by a callback
            timer.expires_after(std::chrono::milliseconds(next.until_ms - now.monotonic_ms));
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        }
    }
}

int main(int argc, char** argv) try {
    if (argc < 4) return usage(argv[0]);
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    asio::ssl::context tls(asio::ssl::context::tls_client);
    argc > 4 ? tls.load_verify_file(argv[4]) : tls.set_default_verify_paths();
    rc::signing_key const key(*credentials);
    rc::storage<8192> room;
    goal_machine goal(rc::restart_studio(argv[2]), key, room, rc::monotonic_now_ms() + 120'000,
                      {.call = {.request = {.to = endpoint_of(argv[1])}}, .reconcile = true});
    asio::io_context io;
    asio::steady_timer timer(io);
    tcp::acceptor at(io, {tcp::v4(), static_cast<std::uint16_t>(std::atoi(argv[3]))});
    asio::co_spawn(io, listen(at, goal, timer), asio::detached);
    asio::co_spawn(io, pursue(tls, goal, timer), [&](std::exception_ptr) { io.stop(); });
    io.run();
    file_sink const out{stdout};
    rc::describe(out, goal.outcome());
    out.append("\n");
    return goal.outcome().end == rc::goal_end::reached ? 0 : 1;
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
