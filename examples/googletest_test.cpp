// SPDX-License-Identifier: MIT
// Tests code that restarts studios, without a network, with GoogleTest.
// Source: docs/how-to/test-your-code.md.
// Data flow: googletest_test; the report of GoogleTest.
#include "before_the_show.hpp"

#include <restartcaster/testing.hpp>

#include <gtest/gtest.h>

namespace rc = restartcaster;

class before_a_show : public ::testing::Test {
protected:
    before_a_show() {
        rc::testing::on_failure = [](char const* text) { ADD_FAILURE() << text; };
    }
    next_step next() { return before_the_show(gateway, "live-1", key, gateway.stamp()); }

    rc::testing::gateway gateway; // the service inside the test, as a transport
    rc::signing_key<> key{gateway.account()};
};

TEST_F(before_a_show, starts_an_idle_studio) {
    gateway.studio("live-1").idle();
    EXPECT_EQ(next(), next_step::start_studio);
    gateway.expect_restarts("live-1", 0);
}

TEST_F(before_a_show, asks_the_operator_without_an_answer) {
    gateway.studio("live-1").on_air();
    gateway.next().lose_answer();
    EXPECT_EQ(next(), next_step::ask_operator);
    gateway.expect_restarts("live-1", 1);
}

TEST_F(before_a_show, restarts_the_studio_that_was_asked_for) {
    gateway.studio("live-1").on_air();
    EXPECT_EQ(next(), next_step::show);
    EXPECT_EQ(gateway.calls().back().parameter("CasterId"), "live-1");
}
