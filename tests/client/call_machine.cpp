// SPDX-License-Identifier: MIT
#include "driven_call.hpp"

#include "catch.hpp"

#include <restartcaster/client/pacing.hpp>
#include <restartcaster/operations/action.hpp>
#include <restartcaster/sign/acs3.hpp>

#include <algorithm>
#include <type_traits>

using namespace driven;
using rc::advice;
using rc::executed;
using rc::retry_policy;

namespace {

rc::call_options with(retry_policy policy) { return {.retry = {.policy = policy}}; }

using machine_type = rc::call_machine<rc::restart_caster, rc::rpc_v1>;
static_assert(!std::is_copy_constructible_v<machine_type> && !std::is_move_constructible_v<machine_type>);
static_assert(!std::is_constructible_v<machine_type, rc::restart_caster, rc::signing_key<>, rc::room, std::uint64_t>,
              "a temporary key would be gone before it signs");

// A budget that hands out what the test says.
struct laid_out_pace {
    std::uint32_t ahead_ms = 0;
    std::uint32_t asked_most = 0;
    int reserved = 0;
    std::vector<std::uint32_t> reports = {};
    std::uint32_t reserve(std::uint64_t, std::uint32_t most_ms) noexcept {
        ++reserved;
        asked_most = most_ms;
        return ahead_ms;
    }
    void throttled(std::uint64_t, std::uint32_t wait_ms) noexcept { reports.push_back(wait_ms); }
};

} // namespace

TEST_CASE("a call that is answered at once is one request and no wait") {
    world w;
    w.fates = {success()};
    auto const reply = w.run();
    REQUIRE(reply);
    CHECK(reply->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31");
    CHECK(w.sent.size() == 1);
    CHECK(w.waits.empty());
    CHECK(w.nonces.count == 1);
    CHECK(w.sent[0].field("Timestamp") == "Timestamp=2026-11-23T02%3A13%3A20Z");
}

TEST_CASE("a throttled call did not run: it is signed again after the wait that the service asks for") {
    world w;
    w.fates = {throttle(1500), success()};
    REQUIRE(w.run());
    REQUIRE(w.sent.size() == 2);
    CHECK(w.sent[1].at_ms == w.sent[0].at_ms + 40 + 1500);
    CHECK(w.sent[0].field("SignatureNonce") != w.sent[1].field("SignatureNonce"));
    CHECK(w.sent[0].field("Timestamp") == "Timestamp=2026-11-23T02%3A13%3A20Z");
    CHECK(w.sent[1].field("Timestamp") == "Timestamp=2026-11-23T02%3A13%3A21Z");
    REQUIRE(w.waits.size() == 1);
    CHECK(w.waits[0].why == rc::waiting_for::service);
}

TEST_CASE("throttling is known by its code or by its header, whatever the status") {
    for (fate const& first :
         {refusal(400, "Throttling"), refusal(429, "Throttling.User"), refusal(503, "Throttling.Api"),
          refusal(400, "Throttling.User", {{"X-RateLimit-User", "Limit:1,Remain:0,TimeLeft:700,Reset:1"}}),
          refusal(403, "Whatever.NewName", {{"x-acs-retry-after", "700"}})}) {
        world w;
        w.fates = {first, success()};
        CHECK(w.run());
        REQUIRE(w.sent.size() == 2);
        if (!first.headers.empty()) CHECK(w.sent[1].at_ms == w.sent[0].at_ms + 40 + 700);
    }
}

TEST_CASE("a request that was not sent is signed again and sent") {
    world w;
    w.fates = {not_sent(), not_sent(), success()};
    REQUIRE(w.run());
    CHECK(w.sent.size() == 3);
    CHECK(w.nonces.count == 3);
}

TEST_CASE("by default nothing that may have run is tried again") {
    std::string const page = "<html><body>502 Bad Gateway</body></html>";
    for (fate const& first :
         {lost(), refusal(500, "InternalError"), refusal(503, "ServiceUnavailable"), refusal(500, "Unheard.Of"),
          refusal(500, "IncorrectCasterStatus"), refusal(500, "InvalidTimeStamp.Expired"),
          refusal(503, "ServiceUnavailable", {{"x-acs-retry-after", "100"}}),
          fate{.status = 502, .body = page, .headers = {{"Content-Type", "text/html"}}},
          fate{.status = 200, .body = page, .headers = {}}, fate{.status = 200, .body = "{\"Req", .headers = {}}}) {
        world w;
        w.fates = {first, success()};
        auto const reply = w.run();
        REQUIRE(!reply);
        CHECK(w.sent.size() == 1);
        CHECK(reply.error().ran == executed::maybe);
        CHECK(reply.error().what_to_do == advice::look_first);
        CHECK(reply.error().attempts == 1);
        CHECK(reply.error().waited_ms == 0);
    }
}

TEST_CASE("at_most_once sends the very same bytes again") {
    world w;
    w.fates = {lost(), refusal(503, "ServiceUnavailable"), throttle(100), not_sent(), success()};
    REQUIRE(w.run(with(retry_policy::at_most_once)));
    REQUIRE(w.sent.size() == 5);
    for (sending const& s : w.sent) CHECK(s.body == w.sent[0].body);
    CHECK(w.nonces.count == 1);
}

TEST_CASE("at_most_once signs anew as long as nothing is in doubt") {
    world w;
    w.fates = {throttle(100), not_sent(), lost(), lost(), success()};
    REQUIRE(w.run(with(retry_policy::at_most_once)));
    REQUIRE(w.sent.size() == 5);
    CHECK(w.nonces.count == 3);
    CHECK(w.sent[2].body == w.sent[3].body);
    CHECK(w.sent[2].body == w.sent[4].body);
}

TEST_CASE("the same bytes go out for 14 minutes and not longer") {
    for (std::uint64_t const age : {std::uint64_t{839'000}, std::uint64_t{841'000}}) {
        world w;
        fate slow = lost();
        slow.takes_ms = age - 1500;
        fate last = throttle(1500);
        last.takes_ms = 0;
        w.fates = {slow, last, success()};
        rc::call_options options = with(retry_policy::at_most_once);
        options.retry.back_off_ms = 0;
        auto const reply = w.run(options, 3'600'000);
        if (age < 840'000) {
            CHECK(reply);
            CHECK(w.sent.size() == 3);
        } else {
            REQUIRE(!reply);
            CHECK(w.sent.size() == 2);
            CHECK(reply.error().ran == executed::maybe);
        }
    }
}

TEST_CASE("the same bytes that became too old while they waited for their turn stay here") {
    world w;
    fate slow = lost();
    slow.takes_ms = 800'000;
    w.fates = {slow, success()};
    laid_out_pace pace;
    rc::call_options options = with(retry_policy::at_most_once);
    options.retry.back_off_ms = 0;
    options.pace = pace;
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, w.now_ms + 3'600'000, options);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    pace.ahead_ms = 60'000;
    call.answered(w.exchange(call.request(), call.storage()));
    auto const reply = w.drive(call);
    REQUIRE(!reply);
    CHECK(w.sent.size() == 1);
    CHECK(reply.error().ran == executed::maybe);
}

TEST_CASE("idempotent signs again after whatever may have run") {
    world w;
    w.fates = {lost(), refusal(500, "InternalError"), throttle(10), success()};
    REQUIRE(w.run(with(retry_policy::idempotent)));
    CHECK(w.sent.size() == 4);
    CHECK(w.nonces.count == 4);
}

namespace {

// Invented operations that the service would repeat, or would recognise copies of.
struct looking {
    static constexpr rc::operation description{
        .action = "DescribeThings", .version = "2016-11-01", .repeat = rc::repeatable::yes};
    static constexpr rc::parameters<> parameters{};
    using reply = rc::request_id_reply;
};
struct creating {
    std::string_view client_token = {};
    rc::number count = 1;
    static constexpr rc::operation description{
        .action = "CreateThing", .version = "2016-11-01", .repeat = rc::repeatable::with_client_token};
    static constexpr auto parameters = rc::parameters(rc::optional<"ClientToken", &creating::client_token>,
                                                      rc::optional<"Count", &creating::count>);
    using reply = rc::request_id_reply;
};

template <class Operation>
std::size_t requests_after_a_lost_answer(Operation const& op, retry_policy policy) {
    world w;
    w.fates = {lost(), success()};
    rc::call_machine call(op, w.key, w.room, start_ms + 60'000, with(policy));
    bool const good = w.drive(call).has_value();
    CHECK(good == (w.sent.size() == 2));
    if (w.sent.size() == 2) CHECK(w.sent[0].field("ClientToken") == w.sent[1].field("ClientToken"));
    return w.sent.size();
}

} // namespace

TEST_CASE("the policy of a call is by default what its operation allows") {
    auto const by_operation = rc::retry_options{}.policy;
    CHECK(by_operation == retry_policy::by_operation);
    CHECK(requests_after_a_lost_answer(looking{}, by_operation) == 2);
    CHECK(requests_after_a_lost_answer(creating{.client_token = "intent-1"}, by_operation) == 2);
    rc::nonce const intent({1, 2, 3}); // a token for one intent
    CHECK(requests_after_a_lost_answer(creating{.client_token = intent.text()}, by_operation) == 2);
    CHECK(requests_after_a_lost_answer(creating{}, by_operation) == 1); // copies look like new things
    CHECK(requests_after_a_lost_answer(rc::restart_caster{.caster_id = "a"}, by_operation) == 1);
    CHECK(requests_after_a_lost_answer(looking{}, retry_policy::certain) == 1);
    CHECK(requests_after_a_lost_answer(creating{}, retry_policy::idempotent) == 2);
}

TEST_CASE("an action says itself whether it may be repeated") {
    rc::parameter_list<2> with_token, without, empty;
    REQUIRE(with_token.append("ClientToken", "intent-1"));
    REQUIRE(without.append("ClientToken", 1, "listed"));
    REQUIRE(empty.append("ClientToken", ""));
    auto const count = [](rc::repeatable repeat, rc::parameters_view parameters) {
        world w;
        w.fates = {lost(), success()};
        rc::call_machine call(rc::action{"A", "1", parameters, {}, repeat}, w.key, w.room, start_ms + 60'000, {});
        static_cast<void>(w.drive(call));
        return w.sent.size();
    };
    CHECK(count(rc::repeatable::no, with_token) == 1);
    CHECK(count(rc::repeatable::yes, {}) == 2);
    CHECK(count(rc::repeatable::with_client_token, with_token) == 2);
    CHECK(count(rc::repeatable::with_client_token, without) == 1);
    CHECK(count(rc::repeatable::with_client_token, empty) == 1);
    CHECK(rc::action{"A", "1"}.repeat == rc::repeatable::no);
}

TEST_CASE("the pacing of an operation is the limit that its description has") {
    CHECK(rc::pacing_of(rc::restart_caster::description).calls_per_second == 10);
    CHECK(rc::pacing_of({.action = "A", .version = "1", .calls_per_second = 4}).calls_per_second == 4);
    CHECK(rc::pacing_of({.action = "A", .version = "1"}).calls_per_second == 10);
}

TEST_CASE("a used nonce is never a reason to sign again and never a success") {
    for (retry_policy const policy : {retry_policy::certain, retry_policy::at_most_once, retry_policy::idempotent}) {
        world first;
        first.fates = {refusal(400, "SignatureNonceUsed"), success()};
        auto reply = first.run(with(policy));
        REQUIRE(!reply);
        CHECK(first.sent.size() == 1);
        CHECK(reply.error().ran == executed::maybe);
        CHECK(reply.error().what_to_do == advice::look_first);

        world later;
        later.fates = {lost(), refusal(400, "SignatureNonceUsed"), success()};
        reply = later.run(with(policy));
        REQUIRE(!reply);
        CHECK(later.sent.size() == (policy == retry_policy::certain ? 1 : 2));
        CHECK(reply.error().ran == executed::maybe);
    }
    world throttled;
    throttled.fates = {refusal(400, "SignatureNonceUsed", {{"x-acs-retry-after", "10"}}), success()};
    CHECK(throttled.run().error().ran == executed::maybe);
    CHECK(throttled.sent.size() == 1);
}

TEST_CASE("what the service itself refuses is final, and did not run") {
    for (char const* const code :
         {"IncorrectCasterStatus", "IncorrectCasterStatus.Idle", "IncorrectSceneStatus", "InvalidCasterId.Malformed",
          "InvalidNormType.Malformed", "InvalidCaster.NotFound", "IllegalOperation", "Forbidden.RAM", "MissingCasterId",
          "SignatureDoesNotMatch", "InvalidAccessKeyId.NotFound", "InvalidApi.NotFound", "Unheard.Of"}) {
        for (retry_policy const policy :
             {retry_policy::certain, retry_policy::at_most_once, retry_policy::idempotent}) {
            world w;
            w.fates = {refusal(400, code), success()};
            auto const reply = w.run(with(policy));
            CAPTURE(code);
            REQUIRE(!reply);
            CHECK(w.sent.size() == 1);
            CHECK(reply.error().ran == executed::no);
        }
    }
    world idle;
    idle.fates = {refusal(400, "IncorrectCasterStatus.Idle")};
    CHECK(idle.run().error().what_to_do == advice::start_caster);
    world studio;
    studio.fates = {refusal(400, "InvalidNormType.Malformed")};
    CHECK(studio.run().error().what_to_do == advice::give_up);
}

TEST_CASE("once an attempt may have run, a later refusal does not make the call one that did not") {
    for (retry_policy const policy : {retry_policy::at_most_once, retry_policy::idempotent}) {
        for (fate const& second : {refusal(400, "IncorrectCasterStatus.Idle"), refusal(400, "Forbidden"), throttle(99'999),
                                   refusal(400, "InvalidTimeStamp.Expired")}) {
            world w;
            w.fates = {lost(), second};
            auto const reply = w.run(with(policy));
            REQUIRE(!reply);
            CHECK(w.sent.size() == 2);
            CHECK(reply.error().kind == rc::error_kind::refused);
            CHECK(reply.error().ran == executed::maybe);
            CHECK(reply.error().what_to_do == advice::look_first);
        }
        world w;
        w.fates = {lost(), not_sent(), not_sent()};
        rc::call_options options = with(policy);
        options.retry.attempts = 3;
        auto const reply = w.run(options);
        CHECK(reply.error().kind == rc::error_kind::no_answer);
        CHECK(reply.error().ran == executed::maybe);
        CHECK(reply.error().what_to_do == advice::look_first);
        CHECK(reply.error().last_stayed_here);
        CHECK(reply.error().last_cause.code == rc::errc::not_sent);
    }
}

TEST_CASE("a call whose kind is local or not_sent did not run, whatever came before its last attempt") {
    auto const no_entropy = []() -> rc::result<rc::nonce> {
        return rc::unexpected(rc::failure{.code = rc::errc::entropy_missing, .subject = "getrandom"});
    };
    for (fate const& first : {lost(), refusal(500, "InternalError"), refusal(503, "ServiceUnavailable"),
                              fate{.status = 502, .body = "<html>", .headers = {}}}) {
        world w;
        w.fates = {first};
        rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 60'000,
                              with(retry_policy::idempotent));
        REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
        call.answered(w.exchange(call.request(), call.storage()));
        rc::step s = call.next(w.now(), w.nonces);
        rc::error const before = call.outcome().error();
        while (s.what == rc::step::wait) {
            w.now_ms = s.until_ms;
            s = call.next(w.now(), no_entropy);
        }
        REQUIRE(s.what == rc::step::done);
        rc::call_error const& e = call.outcome().error();
        CHECK(e.kind == before.kind);
        CHECK(e.kind != rc::error_kind::local);
        CHECK(e.kind != rc::error_kind::not_sent);
        CHECK(e.code == before.code);
        CHECK(e.http_status == before.http_status);
        CHECK(e.ran == executed::maybe);
        CHECK(e.what_to_do == advice::look_first);
        CHECK(e.last_stayed_here);
        CHECK(e.last_cause.code == rc::errc::entropy_missing);
        CHECK(e.message.empty()); // a later attempt may have written over the words
        char text[600];
        rc::buffer_sink sink(text);
        describe(sink, e);
        std::string const said(sink.written());
        INFO(said);
        CHECK(said.starts_with(e.kind == rc::error_kind::refused ? "refused with a code that a later attempt wrote over (HTTP 50"
                                                                  : "no "));
        CHECK(said.find("RestartCaster may have run; find out the present state") != std::string::npos);
        CHECK(said.find(" The last attempt was not sent: getrandom: the operating system gave no random bytes.") !=
              std::string::npos);
    }
}

TEST_CASE("asked before it is done, a call says what would be true if it went no further") {
    world w;
    w.fates = {throttle(500), not_sent(), success()};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 60'000);
    CHECK(call.outcome().error().ran == executed::no);
    for (int attempt = 1; attempt != 3; ++attempt) {
        REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
        CHECK(call.outcome().error().ran == executed::maybe);
        CHECK(call.outcome().error().kind == rc::error_kind::no_answer);
        CHECK(call.outcome().error().attempts == attempt);
        CHECK(call.next(w.now(), w.nonces).why == rc::waiting_for::answer);
        CHECK(call.outcome().error().ran == executed::maybe);
        call.answered(w.exchange(call.request(), call.storage()));
        CHECK(call.outcome().error().ran == executed::no);
        w.now_ms = call.next(w.now(), w.nonces).until_ms;
        CHECK(call.outcome().error().ran == executed::no);
    }
    CHECK(w.drive(call));

    // A transport that throws leaves the machine where it is.
    world broken;
    rc::call_machine thrown(rc::restart_caster{.caster_id = "c1"}, broken.key, broken.room, start_ms + 60'000);
    REQUIRE(thrown.next(broken.now(), broken.nonces).what == rc::step::send);
    try {
        throw 1;
    } catch (int) {
        CHECK(thrown.outcome().error().ran == executed::maybe);
        CHECK(thrown.outcome().error().what_to_do == advice::look_first);
    }

    // While it rests after an attempt that may have run, it may have run.
    world doubt;
    doubt.fates = {refusal(503, "ServiceUnavailable"), not_sent()};
    rc::call_machine rests(rc::restart_caster{.caster_id = "c1"}, doubt.key, doubt.room, start_ms + 60'000,
                           with(retry_policy::at_most_once));
    REQUIRE(rests.next(doubt.now(), doubt.nonces).what == rc::step::send);
    rests.answered(doubt.exchange(rests.request(), rests.storage()));
    doubt.now_ms = rests.next(doubt.now(), doubt.nonces).until_ms;
    CHECK(rests.outcome().error().ran == executed::maybe);
    while (rests.next(doubt.now(), doubt.nonces).what != rc::step::send) ++doubt.now_ms;
    rests.answered(doubt.exchange(rests.request(), rests.storage()));
    CHECK(rests.outcome().error().ran == executed::maybe);
    CHECK(rests.outcome().error().kind == rc::error_kind::refused);
    rests.abandon(doubt.now());
    CHECK(rests.outcome().error().ran == executed::maybe);
    CHECK(rests.outcome().error().kind == rc::error_kind::refused);
}

TEST_CASE("a wait that the service names is kept by every policy that sends again, whether it ran or not") {
    for (retry_policy const policy : {retry_policy::at_most_once, retry_policy::idempotent})
        for (fate const& first : {refusal(503, "ServiceUnavailable", {{"x-acs-retry-after", "5000"}}),
                                  refusal(500, "InternalError", {{"x-acs-retry-after", "5000"}}),
                                  refusal(500, "UnknownError", {{"x-acs-retry-after", "5000"}}), throttle(5000)}) {
            world w;
            w.fates = {first, success()};
            REQUIRE(w.run(with(policy)));
            REQUIRE(w.sent.size() == 2);
            CHECK(w.sent[1].at_ms == w.sent[0].at_ms + 40 + 5000);
            REQUIRE(w.waits.size() == 1);
            CHECK(w.waits[0].why == rc::waiting_for::service);
        }
}

TEST_CASE("a wait that the service names and the deadline does not allow ends the call at once") {
    for (retry_policy const policy : {retry_policy::at_most_once, retry_policy::idempotent}) {
        world w;
        w.fates = {refusal(503, "ServiceUnavailable", {{"x-acs-retry-after", "59960"}}), success()};
        auto const reply = w.run(with(policy), 60'000);
        REQUIRE(!reply);
        CHECK(w.now_ms == start_ms + 40);
        CHECK(w.sent.size() == 1);
        CHECK(reply.error().ran == executed::maybe);
        CHECK(reply.error().retry_after_ms == 59'960);
    }
    world old;
    old.fates = {refusal(503, "ServiceUnavailable", {{"x-acs-retry-after", "841000"}}), success()};
    auto const reply = old.run(with(retry_policy::at_most_once), 3'600'000);
    REQUIRE(!reply); // the same bytes would be too old by then
    CHECK(old.now_ms == start_ms + 40);
    CHECK(reply.error().ran == executed::maybe);
}

TEST_CASE("no attempts are none") {
    world w;
    w.fates = {success()};
    auto const reply = w.run({.retry = {.attempts = 0}});
    REQUIRE(!reply);
    CHECK(w.sent.empty());
    CHECK(reply.error().kind == rc::error_kind::not_sent);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().cause.subject == "attempts");
    CHECK(reply.error().attempts == 0);
}

TEST_CASE("the last moments that can be counted are moments like others") {
    constexpr std::uint64_t last = ~std::uint64_t{0};
    for (std::uint64_t const left : {std::uint64_t{0}, std::uint64_t{50}, std::uint64_t{5000}, std::uint64_t{100'000}}) {
        world w;
        w.now_ms = last - left;
        w.utc_ahead_s = -static_cast<std::int64_t>((w.now_ms - start_ms) / 1000);
        w.fates = {throttle(60'000), success()};
        rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, last);
        INFO(left << " ms before the last");
        auto const reply = w.drive(call);
        CHECK(reply.has_value() == (left > 60'040));
        CHECK(w.sent.size() == (left == 0 ? 0 : left > 60'040 ? 2 : 1));
    }
    world paced;
    paced.now_ms = last - 100;
    laid_out_pace pace{.ahead_ms = 1000};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, paced.key, paced.room, last, {.pace = pace});
    CHECK(!paced.drive(call));
    CHECK(paced.sent.empty());
}

TEST_CASE("waiting of more than 49 days is counted up to what 32 bits hold") {
    world w;
    w.fates = {throttle(1000), success()};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 0x10'0000'0000);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    call.answered(w.exchange(call.request(), call.storage()));
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::wait);
    w.now_ms += 0x1'0000'0005; // a driver that comes very late
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    CHECK(call.waited_ms() == 0xFFFF'FFFF);
    w.now_ms = start_ms; // a clock that went back takes nothing away
    CHECK(call.waited_ms() == 0xFFFF'FFFF);
}

TEST_CASE("a wait whose clock went back takes nothing from what was waited for before") {
    world w;
    w.fates = {throttle(1000), throttle(1000), success()};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 60'000);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    call.answered(w.exchange(call.request(), call.storage()));
    rc::step const first = call.next(w.now(), w.nonces);
    REQUIRE(first.what == rc::step::wait);
    w.now_ms = first.until_ms;
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    call.answered(w.exchange(call.request(), call.storage()));
    rc::step const second = call.next(w.now(), w.nonces);
    REQUIRE(second.what == rc::step::wait);
    CHECK(call.waited_ms() == 1000);
    w.now_ms -= 500;
    rc::step const earlier = call.next(w.now(), w.nonces);
    CHECK(earlier.what == rc::step::wait);
    CHECK(earlier.until_ms == second.until_ms);
    call.abandon(w.now());
    CHECK(call.waited_ms() == 1000);
}

TEST_CASE("an attempt that may have run is in doubt whatever its caller says") {
    rc::error const lost_answer{.kind = rc::error_kind::no_answer, .ran = executed::maybe};
    for (bool const unsure : {false, true}) {
        CHECK(rc::attempt_after(lost_answer, unsure, retry_policy::certain) == rc::next_attempt::none);
        CHECK(rc::attempt_after(lost_answer, unsure, retry_policy::at_most_once) == rc::next_attempt::same_bytes);
        CHECK(rc::attempt_after(lost_answer, unsure, retry_policy::idempotent) == rc::next_attempt::signed_again);
    }
}

TEST_CASE("a source of nonces that fails is this machine's fault and not the request's") {
    for (rc::errc const code : {rc::errc::entropy_missing, rc::errc::hash_failed, rc::errc::no_answer, rc::errc::not_sent}) {
        auto const failing = [code]() -> rc::result<rc::nonce> { return rc::unexpected(rc::failure{.code = code}); };
        world w;
        rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 1000);
        REQUIRE(call.next(w.now(), failing).what == rc::step::done);
        CHECK(call.outcome().error().kind == rc::error_kind::local);
        CHECK(call.outcome().error().ran == executed::no);
        CHECK(call.outcome().error().what_to_do == advice::fix_machine);
        CHECK(call.outcome().error().cause.code == code);
    }
}

TEST_CASE("a studio's id that lies in the call's own storage is refused before anything is sent") {
    world w;
    std::string_view const id = "LIVEPRODUCER_POST-cn-0pp1czt****";
    for (std::size_t const at : {std::size_t{0}, std::size_t{2000}, w.room.size() - id.size()}) {
        for (char& byte : w.room.bytes) byte = '#';
        id.copy(w.room.bytes + at, id.size());
        rc::call_machine call(rc::restart_caster{.caster_id = {w.room.bytes + at, id.size()}}, w.key, w.room,
                              start_ms + 1000, with(retry_policy::at_most_once));
        auto const reply = w.drive(call);
        REQUIRE(!reply);
        CHECK(w.sent.empty());
        CHECK(reply.error().kind == rc::error_kind::local);
        CHECK(reply.error().ran == executed::no);
        CHECK(reply.error().cause == rc::failure{.code = rc::errc::input_in_storage, .subject = "CasterId"});
        CHECK(std::string_view(w.room.bytes + at, id.size()) == id);
        CHECK(std::count(std::begin(w.room.bytes), std::end(w.room.bytes), '#') ==
              static_cast<std::ptrdiff_t>(w.room.size() - id.size()));
    }
}

TEST_CASE("attempts are bounded and counted") {
    world w;
    for (int i = 0; i != 20; ++i) w.fates.push_back(throttle(100));
    auto const reply = w.run();
    REQUIRE(!reply);
    CHECK(w.sent.size() == 5);
    CHECK(reply.error().attempts == 5);
    CHECK(reply.error().waited_ms == 400);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().what_to_do == advice::wait);

    world once;
    once.fates = {throttle(100), success()};
    CHECK(once.run({.retry = {.attempts = 1}}).error().attempts == 1);
    CHECK(once.sent.size() == 1);
}

TEST_CASE("a wait that would pass the deadline ends the call at once") {
    world w;
    w.fates = {throttle(59'960), success()};
    auto reply = w.run({}, 60'000);
    REQUIRE(!reply);
    CHECK(w.waits.empty());
    CHECK(w.now_ms == start_ms + 40);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().retry_after_ms == 59'960);

    world just;
    just.fates = {throttle(59'959), success()};
    CHECK(just.run({}, 60'000));
}

TEST_CASE("back-offs are random, grow, and are capped") {
    std::uint32_t longest[5] = {};
    bool some_differ = false;
    for (std::uint32_t seed = 0; seed != 400; ++seed) {
        world w;
        w.nonces.count = seed * 100;
        for (int i = 0; i != 5; ++i) w.fates.push_back(not_sent());
        CHECK(!w.run({.retry = {.attempts = 6, .back_off_ms = 400, .longest_back_off_ms = 1500}}));
        REQUIRE(w.sent.size() == 6);
        for (std::size_t i = 0; i + 1 < w.sent.size(); ++i) {
            std::uint64_t const rest = w.sent[i + 1].at_ms - w.sent[i].at_ms - 40;
            CHECK(rest <= std::min<std::uint64_t>(1500, 400u << i));
            longest[i] = std::max(longest[i], static_cast<std::uint32_t>(rest));
            some_differ = some_differ || rest != longest[i];
        }
    }
    CHECK(some_differ);
    CHECK(longest[0] > 350);
    CHECK(longest[1] > 700);
    CHECK(longest[2] > 1300);
    CHECK(longest[4] > 1300);
}

TEST_CASE("a deadline that is past before the first attempt sends nothing") {
    world w;
    auto const reply = w.run({}, 0);
    REQUIRE(!reply);
    CHECK(w.sent.empty());
    CHECK(reply.error().kind == rc::error_kind::not_sent);
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().cause.subject == "deadline");
    CHECK(reply.error().attempts == 0);
}

TEST_CASE("an answer that does not come by the deadline ends the call, and a later one is passed over") {
    world w;
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 1000);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    CHECK(call.time_left_ms(w.now()) == 1000);
    w.now_ms += 999;
    rc::step const s = call.next(w.now(), w.nonces);
    CHECK(s.what == rc::step::wait);
    CHECK(s.why == rc::waiting_for::answer);
    CHECK(s.until_ms == start_ms + 1000);
    w.now_ms += 1;
    CHECK(call.time_left_ms(w.now()) == 0);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::done);
    CHECK(call.outcome().error().kind == rc::error_kind::no_answer);
    CHECK(call.outcome().error().ran == executed::maybe);
    CHECK(call.outcome().error().cause.subject == "deadline");
    w.fates = {success()};
    call.answered(w.exchange(call.request(), call.storage()));
    CHECK(call.next(w.now(), w.nonces).what == rc::step::done);
    CHECK(!call.outcome());
}

TEST_CASE("an answer that is there at the deadline counts") {
    world w;
    fate slow = success();
    slow.takes_ms = 2000;
    w.fates = {slow};
    CHECK(w.run({}, 1000));
}

TEST_CASE("asking too early, or twice, does no harm") {
    world w;
    w.fates = {throttle(500), success()};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000);
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
    CHECK(call.next(w.now(), w.nonces).what == rc::step::wait);
    call.answered(w.exchange(call.request(), call.storage()));
    call.answered(rc::unexpected(rc::failure{.code = rc::errc::no_answer}));
    for (int i = 0; i != 3; ++i) {
        rc::step const s = call.next(w.now(), w.nonces);
        CHECK(s.what == rc::step::wait);
        CHECK(s.until_ms == start_ms + 540);
    }
    CHECK(w.drive(call));
    CHECK(call.attempts() == 2);
    CHECK(call.waited_ms() == 500);
    CHECK(w.nonces.count == 2);
}

TEST_CASE("a call can be abandoned anywhere and says truly whether it ran") {
    world w;
    w.fates = {throttle(500)};
    rc::call_machine before(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000);
    before.abandon(w.now());
    REQUIRE(before.next(w.now(), w.nonces).what == rc::step::done);
    CHECK(before.outcome().error().ran == executed::no);
    CHECK(before.outcome().error().cause.subject == "abandoned");

    rc::call_machine out(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000);
    REQUIRE(out.next(w.now(), w.nonces).what == rc::step::send);
    out.abandon(w.now());
    CHECK(out.outcome().error().ran == executed::maybe);
    CHECK(out.outcome().error().cause.subject == "abandoned");

    rc::call_machine resting(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000);
    REQUIRE(resting.next(w.now(), w.nonces).what == rc::step::send);
    resting.answered(w.exchange(resting.request(), resting.storage()));
    resting.abandon(w.now());
    CHECK(resting.outcome().error().ran == executed::no);
    CHECK(resting.outcome().error().code == rc::service_code::throttling);
    CHECK(resting.outcome().error().cause.subject.empty());

    w.fates = {success()};
    rc::call_machine ended(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 10'000);
    CHECK(w.drive(ended));
    ended.abandon(w.now());
    CHECK(ended.outcome());
}

TEST_CASE("every request waits for its turn and every throttling is reported") {
    world w;
    w.fates = {throttle(300), refusal(400, "Throttling"), success()};
    laid_out_pace pace{.ahead_ms = 70};
    auto const reply = w.run({.pace = pace}, 60'000);
    REQUIRE(reply);
    CHECK(pace.reserved == 3);
    CHECK(pace.reports == std::vector<std::uint32_t>{300, 0});
    REQUIRE(w.sent.size() == 3);
    CHECK(w.sent[0].at_ms == start_ms + 70);
    CHECK(w.sent[1].at_ms == w.sent[0].at_ms + 40 + 300 + 70);
    CHECK(w.waits[0].why == rc::waiting_for::turn);
}

TEST_CASE("a turn beyond the deadline is not taken, and the call ends at once") {
    world w;
    laid_out_pace pace{.ahead_ms = 1000};
    auto const reply = w.run({.pace = pace}, 1000);
    REQUIRE(!reply);
    CHECK(pace.asked_most == 999);
    CHECK(w.now_ms == start_ms);
    CHECK(w.sent.empty());
    CHECK(reply.error().ran == executed::no);
    CHECK(reply.error().what_to_do == advice::wait);

    world just;
    just.fates = {success()};
    pace.ahead_ms = 999;
    CHECK(just.run({.pace = pace}, 1000));
}

TEST_CASE("a driver that comes late sends nothing after the deadline") {
    world w;
    laid_out_pace pace{.ahead_ms = 500};
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 1000, {.pace = pace});
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::wait);
    w.now_ms += 1000;
    REQUIRE(call.next(w.now(), w.nonces).what == rc::step::done);
    CHECK(call.outcome().error().ran == executed::no);
    CHECK(call.outcome().error().waited_ms == 1000);
}

TEST_CASE("what is wrong on this side is said before anything is sent") {
    world w;
    rc::call_machine call(rc::restart_caster{.caster_id = ""}, w.key, w.room, start_ms + 1000);
    auto reply = w.drive(call);
    CHECK(reply.error().kind == rc::error_kind::local);
    CHECK(reply.error().cause.subject == "CasterId");
    CHECK(reply.error().attempts == 0);
    CHECK(w.sent.empty());

    auto const no_entropy = []() -> rc::result<rc::nonce> {
        return rc::unexpected(rc::failure{.code = rc::errc::entropy_missing});
    };
    rc::call_machine second(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, start_ms + 1000);
    REQUIRE(second.next(w.now(), no_entropy).what == rc::step::done);
    CHECK(second.outcome().error().cause.code == rc::errc::entropy_missing);

    char little[100];
    rc::call_machine third(rc::restart_caster{.caster_id = "c1"}, w.key, little, start_ms + 1000);
    reply = w.drive(third);
    CHECK(reply.error().cause.code == rc::errc::storage_too_small);
}

TEST_CASE("every placement, and an action, goes the same way") {
    for (rc::placement const where : {rc::placement::post_form, rc::placement::get, rc::placement::post_query}) {
        world w;
        w.fates = {lost(), success()};
        rc::call_options options = with(retry_policy::at_most_once);
        options.request.parameters = where;
        rc::parameter_list<2> list;
        REQUIRE(list.append("CasterId", "c1"));
        rc::call_machine call(rc::action{.name = "RestartCaster", .version = "2016-11-01", .parameters = list},
                              w.key, w.room, start_ms + 10'000, options);
        std::string first, again;
        REQUIRE(call.next(w.now(), w.nonces).what == rc::step::send);
        first = std::string(call.request().url) + std::string(call.request().body);
        std::span<char> const front = w.room.span().first(w.room.size() - call.storage().size());
        CHECK(first.find("Signature") != std::string::npos);
        CHECK(call.request().url.data() == front.data());
        call.answered(w.exchange(call.request(), call.storage()));
        rc::step s = call.next(w.now(), w.nonces);
        while (s.what == rc::step::wait) {
            w.now_ms = s.until_ms;
            s = call.next(w.now(), w.nonces);
        }
        REQUIRE(s.what == rc::step::send);
        again = std::string(call.request().url) + std::string(call.request().body);
        CHECK(first == again);
        call.answered(w.exchange(call.request(), call.storage()));
        REQUIRE(call.next(w.now(), w.nonces).what == rc::step::done);
        REQUIRE(call.outcome());
        CHECK(call.outcome()->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31");
    }
}

namespace {

// Whether the answer's storage begins behind all that a request of this scheme keeps in there.
template <class Scheme>
bool answer_lies_behind_request(rc::placement where) {
    rc::signing_key<Scheme> const key{{"testid", "testsecret", "token"}};
    world w;
    rc::call_options options = with(retry_policy::at_most_once);
    options.request.parameters = where;
    rc::call_machine call(rc::restart_caster{.caster_id = "c1"}, key, w.room, start_ms + 100'000, options);
    if (call.next(w.now(), w.nonces).what != rc::step::send) return false;
    auto const all = [&call] {
        return std::string(call.request().url) + std::string(call.request().headers.text()) +
               std::string(call.request().body);
    };
    std::string const before = all();
    for (char& byte : call.storage()) byte = 'x';
    call.answered(rc::unexpected(rc::failure{.code = rc::errc::no_answer}));
    for (rc::step s = call.next(w.now(), w.nonces); s.what != rc::step::send; s = call.next(w.now(), w.nonces))
        w.now_ms = s.until_ms;
    bool const url_ends = call.request().url.data()[call.request().url.size()] == '\0';
    return all() == before && url_ends && call.attempts() == 2 && call.storage().size() > 2000;
}

} // namespace

TEST_CASE("an answer overwrites nothing of a request that may go out again, whatever its scheme") {
    for (rc::placement const where : {rc::placement::post_form, rc::placement::get, rc::placement::post_query}) {
        CHECK(answer_lies_behind_request<rc::rpc_v1>(where));
        CHECK(answer_lies_behind_request<rc::acs3>(where));
    }
}

TEST_CASE("what a call went through is said in words") {
    world w;
    w.fates = {throttle(100), refusal(400, "IncorrectCasterStatus.Idle")};
    auto const reply = w.run();
    REQUIRE(!reply);
    char text[400];
    rc::buffer_sink sink(text);
    describe(sink, reply.error());
    CHECK(std::string(sink.written()) ==
          "refused with IncorrectCasterStatus.Idle: said (HTTP 400). RestartCaster did not run; the studio is idle: call "
          "StartCaster, which starts it. Request id R (2 attempts, 100 ms of waiting)");
}

TEST_CASE("a deadline that lies further ahead than a transport can count is as far as it can") {
    world w;
    rc::call_machine const call(rc::restart_caster{.caster_id = "c1"}, w.key, w.room, w.now_ms + 0x1'0000'0000);
    CHECK(call.time_left_ms({0, w.now_ms}) == 0xFFFFFFFF);
    CHECK(call.time_left_ms({0, w.now_ms + 1}) == 0xFFFFFFFF);
    CHECK(call.time_left_ms({0, w.now_ms + 2}) == 0xFFFFFFFE);
    CHECK(call.time_left_ms({0, w.now_ms + 0x1'0000'0001}) == 0);
}

TEST_CASE("a refusal for time is signed again when the time has moved by a minute, and not for less") {
    for (std::int64_t const ahead : {-600, -61, -60, -59, 0, 59, 60, 61, 600}) {
        INFO(ahead << " s ahead");
        world w;
        w.utc_ahead_s = ahead;
        w.fates = {expired(start_date), success()};
        rc::clock_skew skew;
        CHECK(w.run({.skew = &skew}).has_value() == (ahead >= 60 || ahead <= -60));
    }
}

TEST_CASE("a back-off is any time up to a bound that doubles until it is the longest") {
    rc::retry_options const options{.back_off_ms = 400, .longest_back_off_ms = 20'000};
    constexpr std::uint32_t longest = 0xFFFFFFFF;
    for (unsigned const attempt : {0u, 1u}) CHECK(rc::back_off_ms(options, attempt, longest) == 400);
    CHECK(rc::back_off_ms(options, 2, longest) == 800);
    CHECK(rc::back_off_ms(options, 6, longest) == 12'800);
    for (unsigned const attempt : {7u, 31u, 32u, 33u, 65'535u})
        CHECK(rc::back_off_ms(options, attempt, longest) == 20'000);
    for (unsigned const attempt : {0u, 1u, 7u, 33u}) CHECK(rc::back_off_ms(options, attempt, 0) == 0);
    CHECK(rc::back_off_ms(options, 1, 0x8000'0000) == 200);
    CHECK(rc::back_off_ms({.back_off_ms = longest, .longest_back_off_ms = longest}, 40, longest) == longest);
    CHECK(rc::back_off_ms({.back_off_ms = 0}, 9, longest) == 0);
}

TEST_CASE("what may have run and became too old is signed again only where that does no harm") {
    rc::error const too_old{.kind = rc::error_kind::refused, .code = rc::service_code::timestamp_expired};
    CHECK(rc::attempt_after(too_old, true, rc::retry_policy::at_most_once) == rc::next_attempt::none);
    CHECK(rc::attempt_after(too_old, true, rc::retry_policy::certain) == rc::next_attempt::none);
    CHECK(rc::attempt_after(too_old, true, rc::retry_policy::idempotent) == rc::next_attempt::signed_again);
    CHECK(rc::attempt_after(too_old, false, rc::retry_policy::at_most_once) == rc::next_attempt::signed_again);
}
