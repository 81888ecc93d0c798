// SPDX-License-Identifier: MIT
// Tests code that restarts studios, without a network, with Catch2 (version 2 or 3). doctest differs in its include only.
// Source: docs/how-to/test-your-code.md.
// Data flow: catch2_test; the report of Catch2.
#include "before_the_show.hpp"

#include <restartcaster/testing.hpp>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace rc = restartcaster;

// Once for each test program: failed expectations of a gateway go to Catch2.
static bool const handler_is_set = [] {
    rc::testing::on_failure = [](char const* text) { FAIL_CHECK(text); };
    return true;
}();

TEST_CASE("an idle studio is started; without an answer, the operator decides") {
    rc::testing::gateway gateway; // the service inside the test, as a transport
    rc::signing_key<> const key(gateway.account());
    gateway.studio("live-1").idle();
    CHECK(before_the_show(gateway, "live-1", key, gateway.stamp()) == next_step::start_studio);
    gateway.studio("live-1").on_air();
    gateway.next().lose_answer();
    CHECK(before_the_show(gateway, "live-1", key, gateway.stamp()) == next_step::ask_operator);
    gateway.expect_restarts("live-1", 1);
}

TEST_CASE("the studio that was asked for is restarted") {
    CHECK(handler_is_set);
    rc::testing::gateway gateway;
    rc::signing_key<> const key(gateway.account());
    gateway.studio("live-1").on_air();
    CHECK(before_the_show(gateway, "live-1", key, gateway.stamp()) == next_step::show);
    CHECK(gateway.calls().back().parameter("CasterId") == "live-1");
    CHECK(gateway.restarts("live-1") == 1);
}
