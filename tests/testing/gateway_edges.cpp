// SPDX-License-Identifier: MIT
// The gateway for tests at the edges of its schedules and clocks: counts of 0, two faults at once, clocks that go back.
// Source: docs/how-to/test-your-code.md, "Time" and "Faults".
// Data flow: planned faults and clocks in; what the library's client is told, and what ran, out.
#include <restartcaster.hpp>
#include <restartcaster/testing.hpp>

#include "catch.hpp"
#include "testing/failures.hpp"

#include <chrono>
#include <limits>
#include <string>

namespace rc = restartcaster;
using namespace std::chrono_literals;

namespace {

struct caller {
    rc::testing::gateway gateway;
    rc::signing_key<> key{gateway.account()};
    rc::storage<16384> room = {};

    explicit caller(rc::testing::gateway_options const& given = {}) : gateway(given) { gateway.studio("live-1"); }

    auto restart(std::string_view id = "live-1") {
        return rc::call(gateway, rc::restart_caster{.caster_id = id}, key, gateway.stamp(), room);
    }
    // "OK", the code of the refusal, or the name of the failure.
    std::string said(std::string_view id = "live-1") {
        auto const reply = restart(id);
        if (reply) return "OK";
        if (reply.error().kind == rc::error_kind::refused) return std::string(reply.error().code_text);
        return std::string(rc::name(reply.error().kind));
    }
};

} // namespace

TEST_CASE("a fault for 0 calls never happens, and nobody waits for it") {
    caller one;
    one.gateway.next().lose_answer().times(0).then().throttle();
    one.gateway.always().unavailable().times(0);
    one.gateway.randomly(1).lose_request().times(0);
    CHECK(one.said() == "Throttling.User");
    one.gateway.expect_faults_used();
    CHECK(one.said() == "OK");
    CHECK(one.gateway.restarts("live-1") == 1);
}

TEST_CASE("rules of always() and randomly() with a count end after it, and do not wait for their turn") {
    caller one;
    one.gateway.always().slow(2s).times(3);
    one.gateway.randomly(1).header("x-first", "1").times(1);
    one.gateway.next().throttle().times(2);
    CHECK(one.said() == "Throttling.User");
    CHECK(one.said() == "Throttling.User");
    CHECK(one.gateway.clock().monotonic_ms() == 4'000);
    CHECK(one.said() == "OK");
    CHECK(one.said() == "OK");
    CHECK(one.gateway.clock().monotonic_ms() == 6'000);
}

TEST_CASE("two faults at once: each keeps its own part, and the later one of two that exclude each other happens") {
    caller one;
    one.gateway.always().slow(3s).at("live-1");
    one.gateway.next().lose_answer();
    CHECK(one.said() == "no_answer");
    CHECK(one.gateway.clock().monotonic_ms() == 3'000);
    one.gateway.faults().forget_all();

    // The page of always() would come after the operation; the page of next() comes before it.
    one.gateway.always().http(502, "<html></html>").after_running();
    one.gateway.next().http(503, "<html></html>");
    CHECK(one.said() == "unreadable");
    CHECK(one.gateway.calls().back().status() == 0);
    CHECK(one.gateway.restarts("live-1") == 1);
    CHECK(one.said() == "unreadable");
    CHECK(one.gateway.calls().back().status() == 200);
    CHECK(one.gateway.restarts("live-1") == 2);
    one.gateway.faults().forget_all();

    one.gateway.next().repeat_request().clock_ahead(16min);
    CHECK(one.said() == "InvalidTimeStamp.Expired");
    CHECK(one.gateway.restarts("live-1") == 2);
    one.gateway.next().repeat_request().lose_request();
    CHECK(one.said() == "no_answer");
    CHECK(one.gateway.restarts("live-1") == 2);
    one.gateway.next().repeat_request().lose_answer();
    CHECK(one.said() == "no_answer");
    CHECK(one.gateway.restarts("live-1") == 3);
}

TEST_CASE("an exchange lasts no longer than the time that the client has, whatever its end") {
    for (auto const fault : {0, 1, 2}) {
        caller one;
        auto& rule = one.gateway.next().slow(1min);
        if (fault == 1) rule.lose_answer();
        if (fault == 2) rule.refuse_connection();
        rc::testing::test_nonces nonces;
        rc::client client(one.gateway, one.gateway.clock(), nonces, one.key, {.call = {.retry = {.attempts = 1}}, .time_limit_ms = 5'000});
        auto const late = client.call(rc::restart_caster{.caster_id = "live-1"}, one.room);
        REQUIRE(!late);
        CHECK(late.error().ran == (fault == 2 ? rc::executed::no : rc::executed::maybe));
        CHECK(one.gateway.clock().monotonic_ms() == 5'000);
        CHECK(one.gateway.restarts("live-1") == (fault == 2 ? 0 : 1));
    }
}

TEST_CASE("a client without time sends nothing") {
    caller one;
    rc::testing::test_nonces nonces;
    rc::client client(one.gateway, one.gateway.clock(), nonces, one.key, {.time_limit_ms = 0});
    auto const none = client.call(rc::restart_caster{.caster_id = "live-1"}, one.room);
    REQUIRE(!none);
    CHECK(none.error().ran == rc::executed::no);
    one.gateway.expect_no_call();
}

TEST_CASE("a UTC clock that is set back, or that differs for one call, changes neither the rate nor a restart under way") {
    caller one({.calls_per_second = 2});
    one.gateway.next().clock_ahead(10min);
    CHECK(one.said() == "OK");
    one.gateway.clock().advance(1s);
    CHECK(one.said() == "OK");
    CHECK(one.said() == "OK");
    auto const fast = one.restart();
    REQUIRE(!fast);
    CHECK(fast.error().retry_after_ms == 1'000);
    one.gateway.clock().set_utc_ms(one.gateway.clock().utc_ms() - 8 * 3'600'000);
    one.gateway.clock().advance(1s);
    CHECK(one.said() == "OK");

    auto& studio = one.gateway.studio("live-1").restarts_in(3s);
    one.gateway.clock().advance(1s);
    CHECK(one.said() == "OK");
    one.gateway.clock().set_utc_ms(one.gateway.clock().utc_ms() + 8 * 3'600'000);
    CHECK(studio.state() == rc::testing::studio_state::restarting);
    one.gateway.clock().set_utc_ms(one.gateway.clock().utc_ms() - 16 * 3'600'000);
    one.gateway.clock().advance(3s);
    CHECK(studio.state() == rc::testing::studio_state::on_air);
}

TEST_CASE("a service whose clock shows no year of four digits still answers") {
    using limits = std::numeric_limits<std::int64_t>;
    for (std::int64_t const utc_ms : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{253'402'300'800'000}, limits::min() / 2, limits::max() / 2}) {
        caller one;
        auto const stamp = one.gateway.stamp();
        one.gateway.clock().set_utc_ms(utc_ms);
        auto const refused = rc::call(one.gateway, rc::restart_caster{.caster_id = "live-1"}, one.key, stamp, one.room);
        REQUIRE(!refused);
        CHECK(refused.error().code == rc::service_code::timestamp_expired);
    }
}

TEST_CASE("a length of time that is negative fails the test and is 0") {
    failures_taken failures;
    caller one;
    one.gateway.clock().advance(-5s);
    CHECK(one.gateway.clock().monotonic_ms() == 0);
    one.gateway.studio("live-1").restarts_in(-1s).starts_in(-1s).stops_in(-1s);
    one.gateway.next().slow(-1s).then().throttle(-1s);
    CHECK(failures.texts() == std::vector<std::string>(6, "restartcaster: a length of time is negative"));
    CHECK(one.said() == "OK");
    CHECK(one.said() == "Throttling.User");
    CHECK(one.gateway.clock().monotonic_ms() == 0);
}

TEST_CASE("durations of every unit are milliseconds, also long ones") {
    CHECK(rc::testing::in_milliseconds(std::chrono::nanoseconds(1'999'999)) == 1);
    CHECK(rc::testing::in_milliseconds(std::chrono::nanoseconds(std::numeric_limits<std::int64_t>::max())) == 9'223'372'036'854);
    CHECK(rc::testing::in_milliseconds(std::chrono::microseconds(-2'500)) == -2);
    CHECK(rc::testing::in_milliseconds(std::chrono::duration<double>(1.5)) == 1'500);
    CHECK(rc::testing::in_milliseconds(std::chrono::duration<double, std::nano>(2.5e6)) == 2);
    CHECK(rc::testing::in_milliseconds(24h * 365) == 31'536'000'000);
    CHECK(rc::testing::in_milliseconds(std::chrono::duration<int, std::ratio<1, 3>>(2)) == 666);
}

TEST_CASE("a call that has more text than is kept of it is refused with its code all the same") {
    rc::testing::basic_gateway<rc::testing::gateway_limits{.call_bytes = 8}> gateway;
    rc::storage<4096> room;
    std::string const method(100, 'x');
    auto const answer = gateway.receive({.method = method, .target = "/", .headers = "Host: h\r\n"}, room.span());
    REQUIRE(answer);
    CHECK(answer->status == 400);
    CHECK(gateway.calls().back().code() == "UnsupportedHTTPMethod");
    CHECK(gateway.calls().back().method().empty());

    std::string const code(80, 'c');
    gateway.next().error(code);
    rc::signing_key<> const key(gateway.account());
    static_cast<void>(rc::call(gateway, rc::restart_caster{.caster_id = "live-1"}, key, gateway.stamp(), room));
    CHECK(gateway.calls().back().code() == std::string(64, 'c'));
}

TEST_CASE("a client reads every refusal, whatever characters its own request had") {
    for (std::string const action : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xBF\xBD", "\xED\x9F\xBF", "\xF0\x9F\x98\x80"})
        for (auto const format : {rc::format::xml, rc::format::json}) {
            caller one;
            auto const refused = rc::call(one.gateway, rc::action{.name = action, .version = "2016-11-01", .parameters = {}}, one.key,
                                          one.gateway.stamp(), one.room, rc::request_options{.answer = format});
            REQUIRE(!refused);
            CHECK(refused.error().kind == rc::error_kind::refused);
            CHECK(refused.error().code_text == "Testing.NotImplemented");
            // XML 1.0, section 2.2: every character from U+E000 to U+FFFD, and neither U+FFFE nor U+FFFF.
            bool const kept = format == rc::format::json || action < "\xEF\xBF\xBE" || action > "\xEF\xBF\xBF";
            std::string const shown = kept ? action : "\xEF\xBF\xBD";
            CHECK(refused.error().message == "The gateway for tests does not carry out " + shown + ".");
        }
}

TEST_CASE("more planned faults than a plan holds fail the test, and used ones make room") {
    failures_taken failures;
    rc::testing::basic_gateway<rc::testing::gateway_limits{.faults = 2}> gateway;
    rc::signing_key<> const key(gateway.account());
    rc::storage<4096> room;
    gateway.studio("live-1");
    for (int i = 0; i != 5; ++i) {
        gateway.next().unavailable().then().throttle().times(0);
        CHECK(!rc::call(gateway, rc::restart_caster{.caster_id = "live-1"}, key, gateway.stamp(), room));
    }
    CHECK(failures.texts().empty());
    gateway.next().unavailable().then().unavailable().then().unavailable();
    REQUIRE(failures.texts().size() == 1);
    CHECK(failures.texts()[0].find("gateway_limits::faults = 2") != std::string::npos);
}

TEST_CASE("studios that the test does not know: no restart is counted, and the service does not know them either") {
    caller one;
    CHECK(one.gateway.restarts("nobody") == 0);
    CHECK(one.gateway.runs("NoSuchAction", "live-1") == 0);
    CHECK(one.gateway.runs("RestartCaster", "") == 0);
    CHECK(one.said("nobody") == "InvalidCaster.NotFound");
    CHECK(one.said(std::string(128, 'x')) == "InvalidCaster.NotFound");
    CHECK(one.said(std::string(129, 'x')) == "InvalidCasterId.Malformed");
    one.gateway.always().lose_answer().at("nobody");
    CHECK(one.said() == "OK");
    CHECK(one.gateway.restarts("nobody") == 0);
}
