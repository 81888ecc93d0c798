// SPDX-License-Identifier: MIT
// The program in the README, word for word.
// Source: README.md; tests/examples/run_examples.py holds the two against each other.
// Path: readme CASTER_ID [PORT]; the key comes from the environment.
#include "transports/curl_transport.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace rc = restartcaster;

struct printer {
    void append(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
};

int main(int argc, char** argv) {
    auto const credentials = rc::environment_credentials(); // ALIBABA_CLOUD_ACCESS_KEY_ID and ..._SECRET
    auto const nonce = rc::random_nonce();
    if (argc < 2 || !credentials || !nonce) return 1;
    std::signal(SIGPIPE, SIG_IGN); // a peer that hangs up is an error, not the end

    curl_transport http;
    rc::signing_key const key(*credentials);
    rc::stamp const stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()};
    rc::request_options options; // POST over HTTPS to live.aliyuncs.com
    if (argc > 2)                // the port of a stand-in gateway on this machine
        options.to = {"127.0.0.1", rc::url_scheme::http, static_cast<std::uint16_t>(std::atoi(argv[2]))};

    rc::storage<4096> room;
    auto const reply = rc::call(http, rc::restart_caster{.caster_id = argv[1]}, key, stamp, room, options);
    printer out;
    if (reply)
        out.append(reply->request_id);
    else
        rc::describe(out, reply.error()); // what failed, whether it ran, what to do
    return reply ? 0 : 1;
}
