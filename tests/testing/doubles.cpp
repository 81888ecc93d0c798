// SPDX-License-Identifier: MIT
// The smaller doubles: answers from a list and from a recording, a capture, silence; and the recorder, which keeps secrets out.
#include <restartcaster.hpp>
#include <restartcaster/testing/doubles.hpp>
#include <restartcaster/testing/gateway.hpp>

#include "catch.hpp"
#include "testing/failures.hpp"

#include <chrono>
#include <string>

namespace rc = restartcaster;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view secret = "canarySecret9Zt41", token = "canaryToken+/Qk8==", key_id = "STS.canaryKeyId7Rw2";
constexpr rc::credentials account{.access_key_id = key_id, .access_key_secret = secret, .security_token = token};

// A sink at the end of a string.
struct text_end {
    std::string& to;
    void append(std::string_view more) { to += more; }
};

template <class Transport, class Scheme = rc::rpc_v1>
auto restart(Transport& over, std::string_view id, rc::storage<8192>& room, rc::signing_key<Scheme> const& key, std::string_view nonce = "n-1",
             rc::request_options const& options = {}) {
    return rc::call(over, rc::restart_caster{.caster_id = id}, key, {.utc_seconds = rc::testing::test_clock::start_s, .nonce = nonce}, room,
                    options);
}

} // namespace

TEST_CASE("answers come in the order of their list, and the call after the last fails the test") {
    failures_taken failures;
    rc::storage<8192> room;
    rc::signing_key<> const key(account);
    rc::testing::answers http{{200, R"({"RequestId":"6EBD1AC4"})"}, {502, "<html></html>", "content-type: text/html\r\n"}};
    CHECK(restart(http, "live-1", room, key)->request_id == "6EBD1AC4");
    auto const second = restart(http, "live-1", room, key);
    REQUIRE(!second);
    CHECK(second.error().http_status == 502);
    http.expect_all_used();
    CHECK(failures.texts().empty());
    CHECK(restart(http, "live-2", room, key).error().kind == rc::error_kind::not_sent);
    CHECK(http.calls() == 3);
    REQUIRE(failures.texts().size() == 1);
    CHECK(failures.texts()[0] == "restartcaster: no answer is left for call 3: POST live.aliyuncs.com RestartCaster CasterId=live-2");
    rc::testing::answers unused{{}, {}};
    CHECK(restart(unused, "live-1", room, key));
    unused.expect_all_used();
    CHECK(failures.texts().back() == "restartcaster: only 1 calls were made, and answers are left");
}

TEST_CASE("an answer that does not fit is a failure, as with every transport") {
    rc::testing::answers http{{200, std::string_view("{\"RequestId\":\"1\",\"x\":\"............................................\"}")}};
    rc::storage<64> room;
    rc::request out;
    out.host = "h";
    auto const in = http.exchange(out, room.span().first(20));
    REQUIRE(!in);
    CHECK(in.error().code == rc::errc::answer_too_long);
    CHECK(in.error().http_status == 200);
}

TEST_CASE("a capture keeps the last request and answers it") {
    failures_taken failures;
    rc::storage<8192> room;
    rc::testing::captures http;
    http.expect_no_call();
    CHECK(failures.texts().empty());
    CHECK(restart(http, "a b\xE7\x9B\xB4", room, rc::signing_key<>(account)));
    CHECK(http.method() == "POST");
    CHECK(http.host() == "live.aliyuncs.com");
    CHECK(http.request_target() == "/");
    CHECK(http.headers().find("Content-Type: application/x-www-form-urlencoded\r\n") != std::string_view::npos);
    CHECK(http.parameter("CasterId") == "a b\xE7\x9B\xB4");
    CHECK(http.parameter("SecurityToken") == token);
    CHECK(http.parameter("RegionId").empty());
    CHECK(http.body().find("&CasterId=a%20b%E7%9B%B4&") != std::string_view::npos);
    http.expect_no_call();
    CHECK(failures.texts().size() == 1);
    rc::testing::captures idle({400, R"({"Code":"IncorrectCasterStatus.Idle","RequestId":"1"})"});
    CHECK(restart(idle, "live-1", room, rc::signing_key<>(account)).error().what_to_do == rc::advice::start_caster);
}

TEST_CASE("silence is a request that was sent and not answered") {
    rc::storage<8192> room;
    rc::testing::silent http;
    auto const reply = restart(http, "live-1", room, rc::signing_key<>(account));
    REQUIRE(!reply);
    CHECK(reply.error().kind == rc::error_kind::no_answer);
    CHECK(reply.error().ran == rc::executed::maybe);
    CHECK(http.calls() == 1);
}

TEST_CASE("a recording replays to the same outcomes, with both signatures and in every placement") {
    auto const run = [](auto& over, auto const& key, rc::placement place, rc::testing::gateway* gateway) {
        std::string out;
        rc::storage<8192> room;
        rc::format const formats[] = {rc::format::json, rc::format::xml};
        for (int i = 0; i != 6; ++i) {
            if (gateway != nullptr && i == 1) gateway->next().throttle(1500ms);
            if (gateway != nullptr && i == 2) gateway->next().lose_answer();
            if (gateway != nullptr && i == 3) gateway->next().http(302, "").header("location", "https://elsewhere.example.com/x?y");
            if (gateway != nullptr && i == 4) gateway->next().clock_behind(1h).header("age", "7");
            std::string const id = i == 5 ? "idle-1" : "live-1", nonce = "n-" + std::to_string(i);
            auto const reply = restart(over, id, room, key, nonce, {.parameters = place, .answer = formats[i % 2]});
            if (reply) {
                out += std::string(reply->request_id) + "\n";
                continue;
            }
            // The transport's own words, which are not recorded, are left out.
            auto error = reply.error();
            error.cause.subject = {};
            text_end text{out};
            rc::describe(text, error);
            out += " " + std::to_string(reply.error().retry_after_ms) + " " + std::to_string(reply.error().clock_ahead_s) + "\n";
        }
        return out;
    };
    auto const both = [&](auto const& key) {
        for (auto const place : {rc::placement::post_form, rc::placement::get, rc::placement::post_query}) {
            rc::testing::gateway gateway({.account = account});
            gateway.studio("live-1");
            gateway.studio("idle-1").idle();
            std::string text;
            rc::testing::records recorder(gateway, text);
            std::string const lived = run(recorder, key, place, &gateway);
            failures_taken failures;
            rc::testing::answers replay(text);
            CHECK(run(replay, key, place, nullptr) == lived);
            replay.expect_all_used();
            CHECK(failures.texts().empty());
        }
    };
    both(rc::signing_key<>(account));
    both(rc::signing_key<rc::acs3>(account));
}

TEST_CASE("a recording names no key, token, signature or stream key, however the service repeats them") {
    auto const check = [](auto const& key) {
        rc::testing::gateway gateway({.account = {.access_key_id = key_id, .access_key_secret = "another", .security_token = token}});
        std::string text;
        rc::testing::records recorder(gateway, text);
        rc::storage<8192> room;
        for (auto const place : {rc::placement::post_form, rc::placement::get, rc::placement::post_query}) {
            gateway.next().header("x", "y");
            CHECK(!restart(recorder, "live-1", room, key, "n-1", {.parameters = place}));
        }
        for (std::string_view const each : {key_id, token, std::string_view("canaryToken%2B%2FQk8%3D%3D"), std::string_view("canaryToken%252B")})
            CHECK(text.find(each) == text.npos);
        CHECK(text.find("server string to sign is:") != text.npos);
        CHECK(text.find("[...]") != text.npos);
    };
    check(rc::signing_key<>(account));
    check(rc::signing_key<rc::acs3>(account));
    rc::testing::answers stream{{200, R"({"RequestId":"1","StreamUrl":"rtmp://h/a?auth_key=17-0-0-5d41402abc4b2a76b9719d911017c592&x=1"})"}};
    std::string text;
    rc::testing::records recorder(stream, text);
    rc::storage<8192> room;
    CHECK(restart(recorder, "live-1", room, rc::signing_key<>(account)));
    CHECK(text.find(R"("StreamUrl":"rtmp://h/a?[...]&x=1"})") != text.npos);
}

TEST_CASE("a request that differs from the recorded one fails the test with both") {
    rc::testing::captures source;
    std::string text;
    rc::testing::records recorder(source, text);
    rc::storage<8192> room;
    rc::signing_key<> const key(account);
    CHECK(restart(recorder, "live-1", room, key));
    CHECK(text == "> POST live.aliyuncs.com RestartCaster CasterId=live-1\n< 200 52\ncontent-type: application/json\n\n"
                  "{\"RequestId\":\"6EBD1AC4-C34D-4AE1-963E-B688A228BE31\"}\n");
    failures_taken failures;
    rc::testing::answers replay(text);
    CHECK(restart(replay, "live-2", room, key));
    REQUIRE(failures.texts().size() == 1);
    CHECK(failures.texts()[0] == "restartcaster: call 1 differs from the recording: it was 'POST live.aliyuncs.com RestartCaster CasterId=live-1' "
                                 "and is 'POST live.aliyuncs.com RestartCaster CasterId=live-2'");
}

TEST_CASE("a recording that is cut anywhere fails the test and does not read beyond its end") {
    rc::testing::captures source;
    std::string text;
    rc::testing::records recorder(source, text);
    rc::storage<8192> room;
    rc::signing_key<> const key(account);
    CHECK(restart(recorder, "live-1", room, key));
    for (std::size_t size = 1; size != text.size() - 1; ++size) { // without its last line end, a recording is still complete
        std::string const cut(text, 0, size); // of its own size, so that a sanitizer sees a byte read too many
        failures_taken failures;
        rc::testing::answers replay(cut);
        static_cast<void>(restart(replay, "live-1", room, key));
        CHECK(!failures.texts().empty());
    }
}
