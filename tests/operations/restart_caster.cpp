// SPDX-License-Identifier: MIT
// RestartCaster, with and without a region.
#include <restartcaster/operations/restart_caster.hpp>

#include <restartcaster/operations/make_request.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <string>
#include <type_traits>

namespace rc = restartcaster;

static_assert(rc::described_operation<rc::restart_caster>);
static_assert(std::is_aggregate_v<rc::restart_caster>);
static_assert(rc::restart_caster::description.action == "RestartCaster");
static_assert(rc::restart_caster::description.version == "2016-11-01");
static_assert(rc::restart_caster::parameters.size == 2);
static_assert(std::is_same_v<rc::restart_caster::reply, rc::request_id_reply>);

TEST_CASE("RestartCaster sends the studio's id, and the region only when one is given") {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<1024> room;
    reference::call call;
    call.own = {{"CasterId", "LIVEPRODUCER_POST-cn-0pp1czt****"}};
    rc::stamp const when{call.utc_seconds, call.nonce};
    auto const without = rc::make_request(rc::restart_caster{.caster_id = "LIVEPRODUCER_POST-cn-0pp1czt****"},
                                          key, when, room);
    REQUIRE(without);
    CHECK(without->body == call.signed_query("POST"));
    call.own.emplace_back("RegionId", "cn-shanghai");
    auto const with = rc::make_request(
        rc::restart_caster{.caster_id = "LIVEPRODUCER_POST-cn-0pp1czt****", .region_id = "cn-shanghai"}, key,
        when, room);
    REQUIRE(with);
    CHECK(with->body == call.signed_query("POST"));
}
