// SPDX-License-Identifier: MIT
// 16 threads on one key, one pace, one clock correction and one nonce source. Built with -fsanitize=thread.
// Source: docs/design.md, "Threads".
// Data flow: clients of all threads at once; then every request that went out is made again by one thread alone and
//   compared byte by byte.
#include "simulation/gateway_model.hpp"

#include <restartcaster/client/client.hpp>
#include <restartcaster/client/pacing.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/sleeping_clock.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace rc = restartcaster;

namespace {

constexpr int threads = 16, calls_each = 40;

struct device_clock : rc::sleeping_clock {
    static std::int64_t utc_seconds() noexcept { return 0; } // nobody set it
};

// Refuses for time until the time is right, and throttles now and then.
struct transport_of_thread {
    std::vector<std::string> sent;
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        sent.emplace_back(out.body);
        std::int64_t const now = rc::utc_now();
        std::int64_t const off = simulation::timestamp(sent.back()) - now;
        std::string_view body = R"({"RequestId":"yes"})";
        rc::response in{.status = 200};
        if (off > 900 || off < -900) {
            body = R"({"Code":"InvalidTimeStamp.Expired","RequestId":"no"})";
            in.status = 400;
            in.header("Date", simulation::http_date(now));
        } else if (sent.size() % 17 == 0) {
            body = R"({"Code":"Throttling.User","RequestId":"no"})";
            in.status = 400;
            in.header("x-acs-retry-after", "1");
        }
        in.body = storage.first(body.copy(storage.data(), storage.size()));
        return in;
    }
};

} // namespace

int main() {
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::pacing pace({.calls_per_second = 1000, .burst = 50});
    rc::clock_skew skew;
    rc::nonce_generator nonces;
    device_clock clock;
    std::vector<transport_of_thread> transports(threads);
    std::vector<int> replies(threads);

    auto const work = [&](std::size_t mine) {
        rc::client client(transports[mine], clock, nonces, key,
                          {.call = {.skew = &skew, .pace = pace}, .time_limit_ms = 100'000});
        rc::storage<2048> room;
        std::string const caster = "c" + std::to_string(mine);
        for (int i = 0; i != calls_each; ++i)
            if (client.call(rc::restart_caster{.caster_id = caster}, room)) ++replies[mine];
    };
    std::vector<std::thread> running;
    for (std::size_t i = 0; i != threads; ++i) running.emplace_back(work, i);
    for (std::thread& one : running) one.join();

    int good = 0, differ = 0;
    std::vector<std::string> seen;
    for (std::size_t i = 0; i != threads; ++i) {
        good += replies[i];
        std::string const caster = "c" + std::to_string(i);
        for (std::string const& sent : transports[i].sent) {
            seen.push_back(simulation::field(sent, "SignatureNonce"));
            rc::storage<2048> room;
            auto const again = make_request(rc::restart_caster{.caster_id = caster}, key,
                                            {.utc_seconds = simulation::timestamp(sent), .nonce = seen.back()}, room);
            differ += !again || again->body != sent ? 1 : 0;
        }
    }
    std::size_t const requests = seen.size();
    std::sort(seen.begin(), seen.end());
    auto const repeated = requests - static_cast<std::size_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
    std::printf("%d of %d calls answered, %zu requests, %d that differ from the serial one, %zu nonces repeated\n",
                good, threads * calls_each, requests, differ, repeated);
    return good == threads * calls_each && differ == 0 && repeated == 0 ? 0 : 1;
}
