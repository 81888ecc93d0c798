// SPDX-License-Identifier: MIT
// The gateway in a test program without a framework: assert, and the default handler of failed expectations.
// Source: docs/how-to/test-your-code.md, "Test frameworks".
// Data flow: one test that holds; one that does not, in a process of its own, which has to print why and to abort.
#undef NDEBUG // the asserts are the test
#include <cassert>

#include <restartcaster.hpp>
#include <restartcaster/testing.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace rc = restartcaster;

// The whole test of a program with few bytes: one studio, and the last four calls.
static void test_of_a_user(std::size_t expected_restarts) {
    rc::testing::basic_gateway<rc::testing::gateway_limits{
        .studios = 1, .faults = 1, .calls = 4, .call_bytes = 512, .nonces = 4, .request_bytes = 1024, .parameters = 16}>
        gateway;
    rc::signing_key<> const key(gateway.account());
    rc::storage<2048> room;
    gateway.studio("live-1").on_air();
    gateway.next().lose_answer();
    auto const unknown = rc::call(gateway, rc::restart_caster{.caster_id = "live-1"}, key, gateway.stamp(), room);
    assert(!unknown && unknown.error().ran == rc::executed::maybe);
    assert(rc::call(gateway, rc::restart_caster{.caster_id = "live-1"}, key, gateway.stamp(), room));
    assert(gateway.calls().back().parameter("CasterId") == "live-1");
    gateway.expect_restarts("live-1", expected_restarts);
}

int main() {
    test_of_a_user(2);

    int ends[2];
    assert(::pipe(ends) == 0);
    pid_t const child = ::fork();
    assert(child >= 0);
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        test_of_a_user(1);
        ::_exit(0);
    }
    ::close(ends[1]);
    char told[1024] = {};
    for (std::size_t size = 0; size != sizeof told - 1;) {
        auto const got = ::read(ends[0], told + size, sizeof told - 1 - size);
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    int status = 0;
    assert(::waitpid(child, &status, 0) == child);
    assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert(std::strcmp(told, "restartcaster: expected 1 restarts of live-1 and saw 2; call 1: RestartCaster live-1, it ran, 200 OK; "
                             "call 2: RestartCaster live-1, it ran, 200 OK\n") == 0);
}
