// SPDX-License-Identifier: MIT
// Tests code that restarts studios, without a network and without a test framework; the same tests as catch2_test.cpp.
// Source: docs/how-to/test-your-code.md.
// Data flow: unit_test; prints the failures; exit status 0 without failures.
#include "before_the_show.hpp"

#include <restartcaster/testing.hpp>

#include <cstdio>

namespace rc = restartcaster;

int failures = 0;
void fail(char const* what) {
    std::printf("failed: %s\n", what);
    ++failures;
}
void expect(bool fact, char const* what) {
    if (!fact) fail(what);
}

int main() {
    rc::testing::on_failure = fail; // without this line, a failed expectation of a gateway ends the program, as assert does
    rc::testing::gateway gateway;
    rc::signing_key<> const key(gateway.account());
    auto const next = [&] { return before_the_show(gateway, "live-1", key, gateway.stamp()); };

    gateway.expect_no_call();
    gateway.studio("live-1").idle();
    expect(next() == next_step::start_studio, "an idle studio is started");
    gateway.expect_restarts("live-1", 0);

    gateway.studio("live-1").on_air();
    expect(next() == next_step::show, "a restarted studio is ready");
    gateway.expect_restarts("live-1", 1);
    expect(gateway.calls().back().parameter("CasterId") == "live-1", "the studio that was asked for is restarted");

    gateway.next().lose_answer().then().http(502, "<html><body>Bad Gateway</body></html>");
    expect(next() == next_step::ask_operator, "silence is no answer");
    gateway.expect_restarts("live-1", 2);
    expect(next() == next_step::ask_operator, "a proxy's page is no answer");
    gateway.expect_restarts("live-1", 2);
    return failures == 0 ? 0 : 1;
}
