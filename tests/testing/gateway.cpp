// SPDX-License-Identifier: MIT
// The gateway for tests, with the library's own requests: studios, time, planned faults, assertions, capacities.
// Expected values are from the vendor's pages; faithful_test.py holds every answer against the stand-in gateway.
#include <restartcaster.hpp>
#include <restartcaster/live.hpp>
#include <restartcaster/testing/gateway.hpp>

#include "catch.hpp"
#include "testing/failures.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace rc = restartcaster;
using namespace std::chrono_literals;
using rc::testing::studio_state;

namespace {

template <class Scheme = rc::rpc_v1>
struct caller {
    rc::testing::gateway gateway;
    rc::signing_key<Scheme> key{gateway.account()};
    rc::storage<16384> room = {};
    rc::request_options options = {};

    explicit caller(rc::testing::gateway_options const& given = {}) : gateway(given) {}

    auto restart(std::string_view id = "live-1") {
        return rc::call(gateway, rc::restart_caster{.caster_id = id}, key, gateway.stamp(), room, options);
    }
    // "OK", the code of the refusal, or the name of the failure.
    std::string said(std::string_view id = "live-1") {
        auto const reply = restart(id);
        if (reply) return "OK";
        if (reply.error().kind == rc::error_kind::refused) return std::string(reply.error().code_text);
        return std::string(rc::name(reply.error().kind));
    }
    auto act(std::string_view action, std::string_view id = {}) {
        rc::parameter_list<4> list;
        if (!id.empty()) static_cast<void>(list.append("CasterId", id));
        return rc::call(gateway, rc::action{.name = action, .version = "2016-11-01", .parameters = list}, key, gateway.stamp(), room, options);
    }
    std::string body(std::string_view action, std::string_view id = {}) {
        auto const reply = act(action, id);
        return reply ? std::string(reply->body.begin(), reply->body.end()) : std::string(reply.error().code_text);
    }
};

} // namespace

TEMPLATE_TEST_CASE("a request of the library is verified in every placement and format", "", rc::rpc_v1, rc::acs3) {
    for (auto const place : {rc::placement::post_form, rc::placement::get, rc::placement::post_query})
        for (auto const format : {rc::format::json, rc::format::xml})
            for (rc::endpoint const& to : {rc::live_endpoint, rc::endpoint("127.0.0.1", rc::url_scheme::http, 8080)}) {
                caller<TestType> one;
                one.gateway.studio("live-1");
                one.options = {.parameters = place, .answer = format, .to = to};
                auto const reply = one.restart();
                REQUIRE(reply);
                CHECK(reply->request_id.size() == 36);
                CHECK(one.gateway.restarts("live-1") == 1);
                rc::signing_key<TestType> const wrong({.access_key_id = "testid", .access_key_secret = "another"});
                auto const refused = rc::call(one.gateway, rc::restart_caster{.caster_id = "live-1"}, wrong, one.gateway.stamp(), one.room, one.options);
                REQUIRE(!refused);
                CHECK(refused.error().code == rc::service_code::signature_does_not_match);
                CHECK(refused.error().message.find("server string to sign is:") != std::string_view::npos);
                CHECK(one.gateway.restarts("live-1") == 1);
            }
}

TEST_CASE("the string to sign that the gateway prints is the one of the vendor's rules") {
    caller<> one;
    one.gateway.studio("live-1");
    rc::signing_key<> const wrong({.access_key_id = "testid", .access_key_secret = "another"});
    rc::stamp const when{.utc_seconds = rc::testing::test_clock::start_s, .nonce = "n"};
    auto const refused = rc::call(one.gateway, rc::restart_caster{.caster_id = "live-1"}, wrong, when, one.room);
    REQUIRE(!refused);
    CHECK(refused.error().message == "Specified signature is not matched with our calculation. server string to sign is:"
                                     "POST&%2F&AccessKeyId%3Dtestid%26Action%3DRestartCaster%26CasterId%3Dlive-1%26Format%3DJSON%26"
                                     "SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn%26SignatureVersion%3D1.0%26"
                                     "Timestamp%3D2026-11-22T17%253A36%253A19Z%26Version%3D2016-11-01");
}

TEST_CASE("the token of the account has to come with its key") {
    caller<> one({.account = {.access_key_id = "STS.id", .access_key_secret = "s", .security_token = "tok+/=="}});
    one.gateway.studio("live-1");
    CHECK(one.said() == "OK");
    rc::signing_key<> const without({.access_key_id = "STS.id", .access_key_secret = "s"});
    auto const refused = rc::call(one.gateway, rc::restart_caster{.caster_id = "live-1"}, without, one.gateway.stamp(), one.room);
    REQUIRE(!refused);
    CHECK(refused.error().code_text == "MissingSecurityToken");
}

// Status of DescribeCasters: 0 idle, 1 on air (ApsaraVideo Live API 2016-11-01).
TEST_CASE("the gateway's answers are read as typed replies, in both formats") {
    for (auto const format : {rc::format::json, rc::format::xml}) {
        caller<> one;
        one.gateway.studio("idle-1").idle();
        one.gateway.studio("live-1").on_air();
        one.options.answer = format;
        auto const call = [&](auto const& op) { return rc::call(one.gateway, op, one.key, one.gateway.stamp(), one.room, one.options); };

        auto const listed = call(rc::live::describe_casters{});
        REQUIRE(listed);
        CHECK(listed->total.value() == 2);
        std::vector<std::pair<std::string, std::int64_t>> found;
        for (auto const& each : listed->casters) found.emplace_back(each.caster_id, each.status.value());
        CHECK(found == std::vector<std::pair<std::string, std::int64_t>>{{"idle-1", 0}, {"live-1", 1}});

        auto const started = call(rc::live::start_caster{.caster_id = "idle-1"});
        REQUIRE(started);
        CHECK(started->request_id.size() == 36);
        auto const one_listed = call(rc::live::describe_casters{.caster_id = "idle-1"});
        REQUIRE(one_listed);
        REQUIRE(one_listed->total.value() == 1);
        for (auto const& each : one_listed->casters) CHECK(each.status.value() == 1);
        CHECK(!call(rc::live::stop_caster{.caster_id = "nobody"}));
    }
}

TEST_CASE("studios answer by their state") {
    caller<> one;
    one.gateway.studio("idle-1").idle();
    one.gateway.studio("virtual-1").virtual_type();
    one.gateway.studio("gone-1").absent();
    CHECK(one.said("idle-1") == "IncorrectCasterStatus.Idle");
    CHECK(one.said("virtual-1") == "InvalidNormType.Malformed");
    CHECK(one.said("gone-1") == "InvalidCaster.NotFound");
    CHECK(one.said("nobody") == "InvalidCaster.NotFound");
    CHECK(one.said("b@d") == "InvalidCasterId.Malformed");
    CHECK(one.body("StartCaster", "idle-1").find("\"PgmSceneInfos\":{\"SceneInfo\":[{") != std::string::npos);
    CHECK(one.gateway.studio("idle-1").state() == studio_state::on_air);
    CHECK(one.said("idle-1") == "OK");
    CHECK(one.body("StopCaster", "idle-1").starts_with("{\"RequestId\":"));
    CHECK(one.gateway.studio("idle-1").state() == studio_state::idle);
    CHECK(one.gateway.runs("StartCaster", "idle-1") == 1);
    CHECK(one.gateway.runs("StopCaster", "idle-1") == 1);
    CHECK(one.gateway.restarts("idle-1") == 1);
    CHECK(one.body("CreateCaster") == "Testing.NotImplemented");
}

TEST_CASE("a restart that takes time is refused a second time until it is complete") {
    caller<> one;
    auto& studio = one.gateway.studio("live-1").on_air().restarts_in(3s).starts_in(2s).stops_in(1s);
    CHECK(one.said() == "OK");
    CHECK(studio.state() == studio_state::restarting);
    CHECK(one.said() == "IncorrectSceneStatus");
    one.gateway.clock().advance(2999ms);
    CHECK(studio.state() == studio_state::restarting);
    one.gateway.clock().advance(1ms);
    CHECK(studio.state() == studio_state::on_air);
    CHECK(one.act("StopCaster", "live-1"));
    CHECK(studio.state() == studio_state::stopping);
    CHECK(one.body("DescribeCasters").find("\"Status\":1") != std::string::npos);
    one.gateway.clock().advance(1s);
    CHECK(studio.state() == studio_state::idle);
    CHECK(one.body("DescribeCasters").find("\"Status\":0") != std::string::npos);
    CHECK(one.act("StartCaster", "live-1"));
    CHECK(studio.state() == studio_state::starting);
    one.gateway.clock().advance(2s);
    CHECK(studio.state() == studio_state::on_air);
    CHECK(one.gateway.restarts("live-1") == 1);
}

TEST_CASE("pages of DescribeCasters hold the studios in the order in which the test made them") {
    caller<> one;
    for (std::string const id : {"a", "b", "c"}) one.gateway.studio(id);
    rc::parameter_list<4> list;
    static_cast<void>(list.append("PageNum", "2"));
    static_cast<void>(list.append("PageSize", "2"));
    auto const reply = rc::call(one.gateway, rc::action{.name = "DescribeCasters", .version = "2016-11-01", .parameters = list}, one.key,
                                one.gateway.stamp(), one.room);
    REQUIRE(reply);
    std::string const body(reply->body.begin(), reply->body.end());
    CHECK(body.find("\"CasterId\":\"c\"") != std::string::npos);
    CHECK(body.find("\"CasterId\":\"a\"") == std::string::npos);
    CHECK(body.find("\"Total\":3") != std::string::npos);
    CHECK(one.gateway.runs("DescribeCasters", "") == 1);
}

TEST_CASE("the eleventh call of a second is throttled, by the clock of the test") {
    caller<> one;
    one.gateway.studio("live-1");
    for (int i = 0; i != 10; ++i) {
        CHECK(one.said() == "OK");
        one.gateway.clock().advance(10ms);
    }
    auto const refused = one.restart();
    REQUIRE(!refused);
    CHECK(refused.error().code == rc::service_code::throttling);
    CHECK(refused.error().retry_after_ms == 900);
    one.gateway.clock().advance(900ms);
    CHECK(one.said() == "OK");
}

TEST_CASE("a sentence of faults: each applies to its calls, in order") {
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.next().throttle(1500ms).times(2).then().lose_answer().then().lose_request().then().refuse_connection();
    CHECK(one.restart().error().retry_after_ms == 1500);
    CHECK(one.said() == "Throttling.User");
    CHECK(one.gateway.restarts("live-1") == 0);
    CHECK(one.said() == "no_answer");
    CHECK(one.gateway.restarts("live-1") == 1);
    CHECK(one.said() == "no_answer");
    CHECK(one.gateway.restarts("live-1") == 1);
    CHECK(one.gateway.calls().size() == 4);
    CHECK(one.said() == "not_sent");
    CHECK(one.gateway.calls().size() == 4);
    one.gateway.expect_faults_used();
    CHECK(one.said() == "OK");
}

TEST_CASE("faults of the answer, and whether the studio restarted") {
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.next().http(502, "<html></html>").then().http(502, "<html></html>").after_running();
    one.gateway.next().error("InternalError").then().error("InternalError", 503).after_running();
    one.gateway.next().unavailable().then().redirect("https://elsewhere.example.com/");
    one.gateway.next().cut_body(17).then().shorten_body(17).then().pad_body(20000).then().body("{}").then().header("content-encoding", "br");
    struct {
        char const* said;
        std::size_t restarts;
    } const expected[] = {{"unreadable", 0}, {"unreadable", 1}, {"InternalError", 1}, {"InternalError", 2}, {"ServiceUnavailable", 2},
                          {"unreadable", 2}, {"no_answer", 3},  {"unreadable", 4},    {"no_answer", 5},     {"unreadable", 6},
                          {"unreadable", 7}};
    for (auto const& each : expected) {
        CHECK(one.said() == each.said);
        CHECK(one.gateway.restarts("live-1") == each.restarts);
        one.gateway.clock().advance(1s);
    }
    one.gateway.next().pad_body(3000);
    CHECK(one.said() == "OK");
}

TEST_CASE("a request that a proxy repeats runs once, and twice if the service forgot the nonce") {
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.next().repeat_request();
    CHECK(one.said() == "SignatureNonceUsed");
    CHECK(one.gateway.restarts("live-1") == 1);
    one.gateway.next().repeat_request().nonce_forgotten();
    CHECK(one.said() == "OK");
    CHECK(one.gateway.restarts("live-1") == 3);
}

TEST_CASE("a rule for one action, for one studio, for every call") {
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.studio("live-2");
    one.gateway.always().unavailable().at("live-2");
    one.gateway.next().throttle().of("StopCaster");
    CHECK(one.said("live-1") == "OK");
    CHECK(one.said("live-2") == "ServiceUnavailable");
    CHECK(one.said("live-2") == "ServiceUnavailable");
    CHECK(one.body("StopCaster", "live-1") == "Throttling.User");
    CHECK(one.body("StopCaster", "live-1").starts_with("{\"RequestId\""));
}

TEST_CASE("random faults have their share, and a seed repeats them") {
    auto const run = [](std::uint64_t seed) {
        caller<> one({.calls_per_second = 0});
        one.gateway.studio("live-1");
        one.gateway.faults().set_seed(seed);
        one.gateway.randomly(0.25).unavailable();
        std::string out;
        for (int i = 0; i != 400; ++i) out += one.said() == "OK" ? '.' : 'x';
        return out;
    };
    std::string const first = run(7);
    auto const failures = std::count(first.begin(), first.end(), 'x');
    CHECK(failures > 70); // 100 expected; the standard deviation is 9
    CHECK(failures < 130);
    CHECK(first == run(7));
    CHECK(first != run(8));
}

TEST_CASE("a service whose clock differs refuses the timestamp from 15 minutes on") {
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.next().clock_ahead(15min).then().clock_ahead(15min + 1s).then().clock_behind(15min + 1s);
    CHECK(one.said() == "OK");
    auto const ahead = one.restart();
    REQUIRE(!ahead);
    CHECK(ahead.error().code == rc::service_code::timestamp_expired);
    CHECK(ahead.error().clock_ahead_s == -901);
    CHECK(one.restart().error().clock_ahead_s == 901);
}

TEST_CASE("the client waits, corrects its clock and gives up by the clock of the test, without waiting") {
    caller<> one;
    one.gateway.studio("live-1");
    rc::testing::test_nonces nonces;
    rc::client client(one.gateway, one.gateway.clock(), nonces, one.key, {.time_limit_ms = 30'000});
    one.gateway.next().throttle(1500ms).times(2);
    CHECK(client.call(rc::restart_caster{.caster_id = "live-1"}, one.room));
    CHECK(one.gateway.clock().monotonic_ms() >= 3000);
    one.gateway.expect_restarts("live-1", 1);
    one.gateway.next().slow(31s);
    auto const late = client.call(rc::restart_caster{.caster_id = "live-1"}, one.room);
    REQUIRE(!late);
    CHECK(late.error().ran == rc::executed::maybe);
    one.gateway.expect_restarts("live-1", 2);
}

TEST_CASE("a call is remembered with its decoded parameters and its outcome") {
    caller<rc::acs3> one;
    one.gateway.studio("a b/\xE7\x9B\xB4");
    one.gateway.next().throttle();
    CHECK(one.said("a b/\xE7\x9B\xB4") == "Throttling.User");
    CHECK(one.said("a b/\xE7\x9B\xB4") == "OK");
    auto const calls = one.gateway.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls.front().code() == "Throttling.User");
    CHECK(calls.front().status() == 400);
    CHECK(!calls.front().executed());
    CHECK(calls.back().number() == 2);
    CHECK(calls.back().action() == "RestartCaster");
    CHECK(calls.back().parameter("CasterId") == "a b/\xE7\x9B\xB4");
    CHECK(!calls.back().has_parameter("RegionId"));
    CHECK(calls.back().code().empty());
    CHECK(calls.back().executed());
    CHECK(calls.back().method() == "POST");
    CHECK(calls.back().signature() == rc::testing::signature_kind::acs3);
    CHECK(calls.back().nonce() != calls.front().nonce());
    CHECK(calls.back().utc_ms() == rc::testing::test_clock::start_s * 1000);
}

TEST_CASE("a failed expectation names the calls and the difference") {
    failures_taken failures;
    caller<> one;
    one.gateway.studio("live-1");
    one.gateway.expect_no_call();
    one.gateway.expect_restarts("live-1", 0);
    CHECK(failures.texts().empty());
    CHECK(one.said() == "OK");
    CHECK(one.said("nobody") == "InvalidCaster.NotFound");
    one.gateway.expect_no_call();
    one.gateway.expect_restarts("live-1", 2);
    one.gateway.next().lose_answer();
    one.gateway.expect_faults_used();
    std::string const calls = "; call 1: RestartCaster live-1, it ran, 200 OK; call 2: RestartCaster nobody, it did not run, 404 "
                              "InvalidCaster.NotFound";
    CHECK(failures.texts() == std::vector<std::string>{
                                  "restartcaster: expected no call" + calls,
                                  "restartcaster: expected 2 restarts of live-1 and saw 1" + calls,
                                  "restartcaster: expected the use of every planned fault, and 1 are left" + calls});
}

TEST_CASE("what exceeds a capacity fails the test by the name of the capacity") {
    failures_taken failures;
    rc::testing::basic_gateway<rc::testing::gateway_limits{
        .studios = 1, .faults = 1, .calls = 2, .call_bytes = 64, .nonces = 4, .request_bytes = 512, .parameters = 10}>
        gateway;
    rc::signing_key<> const key(gateway.account());
    rc::storage<4096> room;
    auto const call = [&](std::string_view id) {
        return rc::call(gateway, rc::restart_caster{.caster_id = id}, key, gateway.stamp(), room);
    };
    gateway.studio("a");
    CHECK(call("a"));
    CHECK(failures.texts().empty());
    CHECK(gateway.calls().back().parameter("CasterId").empty());
    gateway.studio("b");
    gateway.next().lose_answer();
    gateway.next().lose_answer();
    CHECK(!call(std::string(513, 'x')));
    static_cast<void>(gateway.calls()[5]);
    static_cast<void>(gateway.calls()[0]);
    CHECK(!call("c"));
    static_cast<void>(gateway.calls()[0]);
    auto const texts = failures.texts();
    REQUIRE(texts.size() == 6);
    CHECK(texts[0].find("gateway_limits::call_bytes = 64") != std::string::npos);
    CHECK(texts[1].find("gateway_limits::studios = 1") != std::string::npos);
    CHECK(texts[2].find("gateway_limits::faults = 1") != std::string::npos);
    CHECK(texts[3].find("gateway_limits::request_bytes") != std::string::npos);
    CHECK(texts[4].find("there is no call 6 to look at: 2 arrived, and the gateway keeps the last 2") != std::string::npos);
    CHECK(texts[5].find("there is no call 1 to look at: 3 arrived") != std::string::npos);
}
