// SPDX-License-Identifier: MIT
// Typed replies, and goals for a studio, over the gateway for tests: the code of a user with the service of this folder.
// Source: ApsaraVideo Live API 2016-11-01, DescribeCasters and StartCaster; docs/how-to/on-air-again.md.
// Data flow: studios and planned faults in; what typed calls read and how goals end, out.
#include <restartcaster.hpp>
#include <restartcaster/goals.hpp>
#include <restartcaster/live.hpp>
#include <restartcaster/testing.hpp>

#include "catch.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace rc = restartcaster;
namespace live = restartcaster::live;
using namespace std::chrono_literals;

namespace {

template <class Scheme = rc::rpc_v1>
struct caller {
    rc::testing::gateway gateway = rc::testing::gateway({.calls_per_second = 0});
    rc::signing_key<Scheme> key{gateway.account()};
    rc::testing::test_nonces nonces = {};
    rc::storage<8192> room = {};

    template <class Operation>
    auto call(Operation const& operation, rc::format answer = rc::format::json) {
        return rc::call(gateway, operation, key, gateway.stamp(), room, rc::request_options{.answer = answer});
    }
    rc::goal_outcome reach(rc::studio_goal const& goal, rc::goal_options const& options = {}, std::uint64_t limit_ms = 120'000) {
        return rc::reach(gateway, gateway.clock(), nonces, key, goal, room, limit_ms, options);
    }
};

std::vector<std::string> ids_of(live::describe_casters::reply const& reply) {
    std::vector<std::string> out;
    for (auto const& each : reply.casters) out.emplace_back(each.caster_id);
    return out;
}

} // namespace

TEMPLATE_TEST_CASE("the list of studios is read as a typed reply, in both formats and with both signatures", "", rc::rpc_v1, rc::acs3) {
    for (auto const format : {rc::format::json, rc::format::xml}) {
        caller<TestType> one;
        one.gateway.studio("live-1");
        one.gateway.studio("idle-1").idle();
        one.gateway.studio("virtual-1").virtual_type().idle();
        one.gateway.studio("gone-1").absent();
        auto const all = one.call(live::describe_casters{}, format);
        REQUIRE(all);
        CHECK(all->request_id.size() == 36);
        CHECK(all->total == rc::number(3));
        REQUIRE(ids_of(*all) == std::vector<std::string>{"live-1", "idle-1", "virtual-1"});
        for (auto const& each : all->casters) {
            bool const runs = each.caster_id == "live-1";
            CHECK(each.status == rc::number(runs ? 1 : 0));
            CHECK(each.norm_type == rc::number(each.caster_id == "virtual-1" ? 4 : 1));
            // A new studio has run for an hour, by a clock that starts at 17:36:19.
            CHECK(each.start_time == (runs ? "2026-11-22 16:36:19.0" : ""));
            CHECK(each.last_modified == (runs ? "2026-11-22T16:36:19Z" : "2026-11-22T17:36:19Z"));
        }
        auto const page = one.call(live::describe_casters{.page_num = 2, .page_size = 2}, format);
        REQUIRE(page);
        CHECK(ids_of(*page) == std::vector<std::string>{"virtual-1"});
        auto const running = one.call(live::describe_casters{.status = 1}, format);
        REQUIRE(running);
        CHECK(ids_of(*running) == std::vector<std::string>{"live-1"});
        auto const none = one.call(live::describe_casters{.caster_id = "nobody"}, format);
        REQUIRE(none);
        CHECK(none->casters.size() == 0);
        CHECK(none->total == rc::number(0));
    }
}

TEST_CASE("a start is read with the scenes of the studio, and what the gateway does not carry out is refused aloud") {
    caller<> one;
    one.gateway.studio("idle-1").idle();
    auto const started = one.call(live::start_caster{.caster_id = "idle-1"});
    REQUIRE(started);
    REQUIRE(started->pgm_scene_infos.size() == 1);
    for (auto const& scene : started->pgm_scene_infos) {
        CHECK(scene.scene_id == "scene-1");
        CHECK(scene.stream_url == "rtmp://play.example.com/caster/idle-1");
    }
    CHECK(one.call(live::stop_caster{.caster_id = "idle-1"}));
    auto const refused = one.call(live::describe_casters{.caster_name = "x"});
    REQUIRE(!refused);
    CHECK(refused.error().code_text == "Testing.NotImplemented");
    auto const unknown = one.call(live::describe_caster_config{.caster_id = "idle-1"});
    REQUIRE(!unknown);
    CHECK(unknown.error().http_status == 501);
}

TEST_CASE("a studio is on air again after a restart that takes its time, and nobody waits") {
    caller<> one;
    one.gateway.studio("live-1").restarts_in(7s);
    auto const said = one.reach(rc::restart_studio("live-1"));
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.on_air == rc::on_air_evidence::start_time_later);
    CHECK(one.gateway.clock().monotonic_ms() == 10'000); // the second look after the restart
    one.gateway.expect_restarts("live-1", 1);
}

TEST_CASE("an answer that is lost is resolved by looks; a request that is lost is not sent again") {
    caller<> one;
    one.gateway.studio("live-1").restarts_in(7s);
    one.gateway.next().lose_answer().of("RestartCaster");
    auto const said = one.reach(rc::restart_studio("live-1"), {.reconcile = true});
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.change.ran == rc::executed::yes);
    CHECK(said.change.why == rc::ran_evidence::start_time_later);
    one.gateway.expect_restarts("live-1", 1);

    one.gateway.next().lose_request().of("RestartCaster");
    one.gateway.clock().advance(1h); // since the last start
    auto const lost = one.reach(rc::restart_studio("live-1"), {.reconcile = true}, 2'400'000);
    CHECK(lost.end == rc::goal_end::failed);
    CHECK(lost.change.ran == rc::executed::no);
    CHECK(lost.change.why == rc::ran_evidence::times_unchanged);
    CHECK(lost.changes == 1);
    one.gateway.expect_restarts("live-1", 1);
}

TEST_CASE("goals by the state of the studio, and by what the gateway does to every call") {
    caller<> one;
    one.gateway.studio("idle-1").idle().starts_in(3s);
    one.gateway.studio("live-1");
    one.gateway.studio("virtual-1").virtual_type();
    CHECK(one.reach(rc::restart_studio("nobody")).end == rc::goal_end::not_found);
    CHECK(one.reach(rc::restart_studio("idle-1")).end == rc::goal_end::is_idle);
    CHECK(one.reach(rc::restart_studio("virtual-1")).end == rc::goal_end::is_virtual);
    for (char const* id : {"nobody", "idle-1", "virtual-1"}) one.gateway.expect_restarts(id, 0);
    CHECK(one.reach(rc::ensure_running("idle-1")).end == rc::goal_end::reached);
    CHECK(one.reach(rc::ensure_stopped("live-1")).end == rc::goal_end::reached);
    CHECK(one.gateway.studio("live-1").state() == rc::testing::studio_state::idle);
    one.gateway.always().throttle(700ms);
    std::uint64_t const begin_ms = one.gateway.clock().monotonic_ms();
    auto const busy = one.reach(rc::wait_until("idle-1", rc::studio_state::idle), {}, 8'000);
    CHECK(busy.end != rc::goal_end::reached);
    CHECK(busy.change.ran == rc::executed::no);
    CHECK(one.gateway.clock().monotonic_ms() <= begin_ms + 8'000);
}

TEST_CASE("a goal without time sends nothing") {
    caller<> one;
    one.gateway.studio("live-1");
    auto const none = one.reach(rc::restart_studio("live-1"), {}, 0);
    CHECK(none.end == rc::goal_end::out_of_time);
    CHECK(none.change.ran == rc::executed::no);
    one.gateway.expect_no_call();
}
