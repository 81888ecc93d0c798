// SPDX-License-Identifier: MIT
// The program in the README, identical except for this head.
// Source: README.md; tests/examples/readme_test.py builds and runs it with the README's commands.
// Data flow: readme CASTER_ID [PORT]; the key comes from the environment.
#include "curl_transport.hpp"
#include "restartcaster.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

namespace rc = restartcaster;

struct printer {
    void append(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
};

std::string_view variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

int main(int argc, char** argv) {
    if (argc < 2) return 1;
    std::signal(SIGPIPE, SIG_IGN); // report a closed connection as an error, not as a signal

    rc::signing_key const key({.access_key_id = variable("ALIBABA_CLOUD_ACCESS_KEY_ID"),
                               .access_key_secret = variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")});
    std::random_device entropy;
    std::array<unsigned char, rc::nonce::random_size> random;
    for (auto& byte : random) byte = static_cast<unsigned char>(entropy());
    rc::nonce const nonce(random); // different for every request
    rc::stamp const stamp{.utc_seconds = std::time(nullptr), .nonce = nonce.text()};

    rc::request_options options; // POST over HTTPS to live.aliyuncs.com
    if (argc > 2)                // the port of the stand-in gateway on this machine
        options.to = {"127.0.0.1", rc::url_scheme::http, static_cast<std::uint16_t>(std::atoi(argv[2]))};

    curl_transport http;
    rc::storage<4096> room;
    auto const reply = rc::call(http, rc::restart_caster{.caster_id = argv[1]}, key, stamp, room, options);
    printer out;
    if (reply)
        rc::append_foreign(out, reply->request_id);
    else
        rc::describe(out, reply.error()); // what failed, whether the operation ran, what to do
    out.append("\n");
    return reply ? 0 : 1;
}
