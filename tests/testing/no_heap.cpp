// SPDX-License-Identifier: MIT
// The gateway in a unit test of firmware: few capacities, no heap, no exceptions; and the default handler of failures.
// Source: docs/how-to/test-your-code.md, "Firmware".
// Data flow: calls with both signatures, faults and assertions while operator new is watched. A program of its own, because
//   it replaces operator new.
#if __has_include(<restartcaster_testing.hpp>) // the single files
#include <restartcaster_testing.hpp>
#else
#include <restartcaster.hpp>
#include <restartcaster/testing.hpp>
#endif

#include <cstdio>
#include <cstdlib>
#include <new>

namespace rc = restartcaster;

namespace {

unsigned long allocations = 0;
int failures = 0;

void check(bool good, char const* what) {
    if (good) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

using small_gateway = rc::testing::basic_gateway<rc::testing::gateway_limits{
    .studios = 2, .faults = 4, .calls = 4, .call_bytes = 512, .nonces = 16, .request_bytes = 1024, .parameters = 16}>;
static_assert(sizeof(small_gateway) < 16384, "the gateway of a firmware test takes less than 16 KB");

template <class Scheme>
void calls() {
    small_gateway gateway;
    gateway.studio("live-1").on_air();
    gateway.studio("idle-1").idle();
    rc::signing_key<Scheme> const key(gateway.account());
    rc::storage<2048> room;
    auto const restart = [&](std::string_view id) { return rc::call(gateway, rc::restart_caster{.caster_id = id}, key, gateway.stamp(), room); };
    gateway.next().throttle().then().lose_answer();
    check(restart("live-1").error().code == rc::service_code::throttling, "the throttle");
    check(restart("live-1").error().kind == rc::error_kind::no_answer, "the lost answer");
    check(restart("live-1").has_value(), "a restart");
    check(restart("idle-1").error().what_to_do == rc::advice::start_caster, "an idle studio");
    check(gateway.restarts("live-1") == 2, "the restarts");
    check(gateway.calls().back().parameter("CasterId") == "idle-1", "the last call");
    gateway.expect_restarts("live-1", 2);
    gateway.expect_faults_used();
    rc::testing::answers list{{200, R"({"RequestId":"1"})"}};
    check(rc::call(list, rc::restart_caster{.caster_id = "x"}, key, gateway.stamp(), room).has_value(), "a list of answers");
    rc::testing::silent silence;
    check(!rc::call(silence, rc::restart_caster{.caster_id = "x"}, key, gateway.stamp(), room), "silence");
}

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* bytes) noexcept { std::free(bytes); }
void operator delete(void* bytes, std::size_t) noexcept { std::free(bytes); }

int main() {
    calls<rc::rpc_v1>();
    calls<rc::acs3>();
    check(allocations == 0, "no allocation");
    return failures == 0 ? 0 : 1;
}
