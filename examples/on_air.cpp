// SPDX-License-Identifier: MIT
// Lists the studios that are on air, over libcurl. With CASTER_ID: starts this studio if it is idle.
// Source: operations/live/studios.hpp; transports/curl_transport.hpp; g++ on_air.cpp -lcurl.
// Data flow: on_air ENDPOINT [CASTER_ID]; the key comes from the environment.
#include "command_line.hpp"
#include "transports/curl_transport.hpp"

#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>
#include <restartcaster/live.hpp>

#include <csignal>

namespace rc = restartcaster;

// Text of the service, safe for a terminal.
void show(std::string_view id, std::string_view name) {
    file_sink const out{stdout};
    rc::append_foreign(out, id);
    out.append("  ");
    rc::append_foreign(out, name);
    out.append("\n");
}

template <class Client>
int list_on_air(Client& client, rc::room room) {
    rc::pages pages(client, rc::live::describe_casters{}, room);
    for (auto const& page : pages)
        for (auto const& studio : page.casters)
            if (studio.status == 1) show(studio.caster_id, studio.caster_name);
    return pages.complete() ? 0 : tell(pages.error());
}

template <class Client>
int start_if_idle(Client& client, std::string_view caster_id, rc::room room) {
    auto const look = client.call(rc::live::describe_casters{.caster_id = caster_id}, room);
    if (!look) return tell(look.error());
    for (auto const& studio : look->casters) {
        if (studio.status == 1) {
            std::puts("on air already");
            return 0;
        }
        auto const started = client.call(rc::live::start_caster{.caster_id = caster_id}, room);
        if (!started) return tell(started.error());
        std::puts("started");
        return 0;
    }
    std::puts("there is no such studio");
    return 1;
}

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN); // TLS may write to a connection that the peer has closed
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s ENDPOINT [CASTER_ID]\n", argv[0]);
        return 1;
    }
    auto const credentials = rc::environment_credentials();
    if (!credentials) return tell(credentials.error());
    curl_transport http;
    rc::sleeping_clock clock;
    rc::nonce_generator nonces;
    rc::signing_key const key(*credentials);
    rc::client client(http, clock, nonces, key, {.call = {.request = {.to = endpoint_of(argv[1])}}});
    static rc::storage<256 * 1024> room; // for a page of 100 studios
    return argc == 2 ? list_on_air(client, room) : start_if_idle(client, argv[2], room);
}
