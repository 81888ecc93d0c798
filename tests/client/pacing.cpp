// SPDX-License-Identifier: MIT
#include <restartcaster/client/pacing.hpp>

#include "catch.hpp"

#include <deque>
#include <vector>

namespace rc = restartcaster;

namespace {

constexpr std::uint32_t any = rc::pacing::longest_wait_ms;
static_assert(rc::pace_keeper<rc::pacing>);
static_assert(rc::pacing().spacing_ms() == 101);

[[maybe_unused]] constinit rc::pacing for_everybody;

// The gateway's own count: calls of the last second, the one now included.
std::size_t most_in_a_second(std::vector<std::uint64_t> const& times) {
    std::size_t most = 0;
    std::deque<std::uint64_t> recent;
    for (std::uint64_t const at : times) {
        while (!recent.empty() && at - recent.front() >= 1000) recent.pop_front();
        recent.push_back(at);
        most = recent.size() > most ? recent.size() : most;
    }
    return most;
}

} // namespace

TEST_CASE("the first call waits for nothing and every further one is spaced") {
    rc::pacing pace;
    CHECK(pace.reserve(1'000'000, any) == 0);
    CHECK(pace.reserve(1'000'000, any) == 101);
    CHECK(pace.reserve(1'000'000, any) == 202);
    CHECK(pace.reserve(1'000'150, any) == 153);
    CHECK(pace.reserve(1'009'000, any) == 0);
}

TEST_CASE("a thousand calls keep within ten a second and lose one part in a hundred") {
    rc::pacing pace;
    std::vector<std::uint64_t> times;
    for (int i = 0; i != 1000; ++i) times.push_back(5 + pace.reserve(5, any));
    CHECK(most_in_a_second(times) == 10);
    CHECK(times.back() - times.front() == 999 * 101);
}

TEST_CASE("any limit is kept over any second") {
    for (std::uint32_t const limit : {1u, 2u, 3u, 7u, 10u, 15u, 30u, 99u, 100u, 500u}) {
        rc::pacing pace({.calls_per_second = limit});
        std::vector<std::uint64_t> times;
        for (int i = 0; i != 2000; ++i) times.push_back(pace.reserve(0, any));
        CAPTURE(limit);
        CHECK(most_in_a_second(times) <= limit);
    }
    CHECK(rc::pacing({.calls_per_second = 0}).spacing_ms() == 1010);
}

TEST_CASE("a burst is what was saved up and no more") {
    rc::pacing pace({.calls_per_second = 7, .burst = 4});
    for (int pause = 0; pause != 3; ++pause) {
        std::uint64_t const now = 1'000'000 + static_cast<std::uint64_t>(pause) * 100'000;
        for (int i = 0; i != 4; ++i) CHECK(pace.reserve(now, any) == 0);
        CHECK(pace.reserve(now, any) == pace.spacing_ms());
    }
    rc::pacing none({.burst = 0});
    CHECK(none.reserve(1000, any) == 0);
    CHECK(none.reserve(1000, any) == 101);
}

TEST_CASE("who cannot wait takes nothing from the others") {
    rc::pacing pace;
    CHECK(pace.reserve(1000, any) == 0);
    for (int i = 0; i != 100; ++i) CHECK(pace.reserve(1000, 100) == rc::no_turn);
    CHECK(pace.reserve(1000, 101) == 101);
    CHECK(pace.reserve(1000, any) == 202);
}

TEST_CASE("nobody waits for longer than an hour") {
    rc::pacing pace({.calls_per_second = 1});
    std::uint32_t wait = 0, longest = 0;
    int taken = 0;
    for (; (wait = pace.reserve(0, rc::no_turn - 1)) != rc::no_turn; ++taken) longest = wait;
    CHECK(taken == 3565);
    CHECK(longest <= any);
}

TEST_CASE("after a throttling nobody calls before the service's wait is over") {
    rc::pacing pace;
    CHECK(pace.reserve(10'000, any) == 0);
    pace.throttled(10'050, 700);
    CHECK(pace.reserve(10'060, any) == 690);
    rc::pacing ahead;
    for (int i = 0; i != 20; ++i) CHECK(ahead.reserve(10'000, any) == static_cast<std::uint32_t>(i) * 101);
    ahead.throttled(10'000, 700);
    CHECK(ahead.reserve(10'000, any) == 2020);
}

TEST_CASE("throttling slows calls down, more with every time, and is made good") {
    auto const gaps = [](int throttlings) {
        rc::pacing pace;
        CHECK(pace.reserve(10'000, any) == 0);
        for (int i = 0; i != throttlings; ++i) pace.throttled(10'000, 0);
        std::vector<std::uint64_t> times;
        std::uint64_t now = 10'000;
        for (int i = 0; i != 120; ++i) {
            now += pace.reserve(now, any);
            times.push_back(now);
        }
        std::vector<std::uint64_t> out;
        for (std::size_t i = 1; i != times.size(); ++i) out.push_back(times[i] - times[i - 1]);
        std::uint64_t made_good = 0;
        for (std::size_t i = 0; i != out.size(); ++i)
            if (out[i] != 101) made_good = times[i + 1];
        return std::pair(out[0], made_good - 10'000);
    };
    CHECK(gaps(0) == std::pair<std::uint64_t, std::uint64_t>(101, 0 - std::uint64_t{10'000}));
    auto const [one, one_good] = gaps(1);
    auto const [three, three_good] = gaps(3);
    auto const [many, many_good] = gaps(100);
    CHECK(one > 180);
    CHECK(one < 203);
    CHECK(one_good < 1200);
    CHECK(three > 380);
    CHECK(three_good < 3400);
    CHECK(many > 800);
    CHECK(many <= 909);
    CHECK(many_good < 9000);
}

TEST_CASE("no single answer stops everybody for longer than a minute") {
    rc::pacing pace;
    pace.throttled(1000, 0xFFFFFFFF);
    CHECK(pace.reserve(1000, any) == 60'000);
}

TEST_CASE("a long pause is a pause") {
    for (std::uint64_t const days : {std::uint64_t{1}, std::uint64_t{20}, std::uint64_t{30}, std::uint64_t{400}}) {
        rc::pacing pace;
        CHECK(pace.reserve(1000, any) == 0);
        pace.throttled(1000, 500);
        std::uint64_t const later = 1000 + days * 86'400'000;
        CHECK(pace.reserve(later, any) == 0);
        CHECK(pace.reserve(later, any) == 101);
    }
}

TEST_CASE("a reference to no pace never waits") {
    rc::pace_ref const none;
    CHECK(none.reserve(1, 0) == 0);
    none.throttled(1, 5000);
    CHECK(none.reserve(1, 0) == 0);
    rc::pacing pace;
    rc::pace_ref const some = pace;
    CHECK(some.reserve(1, any) == 0);
    CHECK(some.reserve(1, any) == 101);
    some.throttled(1, 5000);
    CHECK(pace.reserve(1, any) == 5000);
}

TEST_CASE("a clock that fell back by days stops nobody") {
    rc::pacing pace;
    CHECK(pace.reserve(400'000'000, any) == 0);
    pace.throttled(400'000'000, 60'000);
    CHECK(pace.reserve(1000, any) == 0);
    CHECK(pace.reserve(1000, any) == 101);
}

TEST_CASE("a clock that was read a little earlier has its turn behind a later one, at any moment") {
    for (std::uint64_t const now_ms : {std::uint64_t{1} << 22, std::uint64_t{5} << 22, std::uint64_t{1} << 32}) {
        rc::pacing pace;
        CHECK(pace.reserve(now_ms, any) == 0);
        CHECK(pace.reserve(now_ms - 1, any) == 102);
        CHECK(pace.reserve(now_ms, any) == 202);
    }
}

TEST_CASE("a clock that fell back by hours stops nobody") {
    for (std::uint64_t const hours : {2u, 3u, 5u, 20u}) {
        rc::pacing pace;
        CHECK(pace.reserve(100'000'000, any) == 0);
        std::uint64_t const now_ms = 100'000'000 - hours * 3'600'000;
        CHECK(pace.reserve(now_ms, any) == 0);
        CHECK(pace.reserve(now_ms, any) == 101);
    }
}

namespace {

// A call every `step_ms` from `first_ms` on; each is to go out at once.
template <class Word>
void calls_go_out_at_once(std::uint64_t first_ms, std::uint64_t step_ms, int calls) {
    rc::basic_pacing<Word> pace;
    for (int i = 0; i != calls; ++i) {
        std::uint64_t const now_ms = first_ms + static_cast<std::uint64_t>(i) * step_ms;
        INFO("call " << i << " at " << now_ms << " ms, " << 8 * sizeof(Word) << " bits");
        REQUIRE(pace.reserve(now_ms, 1000) == 0);
        REQUIRE(pace.reserve(now_ms, 1000) == 101);
        REQUIRE(pace.reserve(now_ms, 1000) == 202);
    }
}

constexpr std::uint64_t wrap_of_32_bits = std::uint64_t{1} << 32;
constexpr std::uint64_t wraps[]{wrap_of_32_bits, 2 * wrap_of_32_bits, 1000 * wrap_of_32_bits, 0};

} // namespace

TEST_CASE("a clock that steps through the wrap of a word slows nobody down") {
    for (std::uint64_t const wrap : wraps) {
        calls_go_out_at_once<std::uint32_t>(wrap - 70 * 60'000, 60'000, 200);
        calls_go_out_at_once<std::uint64_t>(wrap - 70 * 60'000, 60'000, 200);
        calls_go_out_at_once<std::uint32_t>(wrap - 3000, 1000, 10);
        calls_go_out_at_once<std::uint64_t>(wrap - 3000, 1000, 10);
    }
}

TEST_CASE("the first call goes out at once whatever the clock says") {
    for (std::uint64_t const wrap : wraps)
        for (std::uint64_t before_ms = 1; before_ms < wrap_of_32_bits; before_ms = before_ms * 5 / 4 + 1) {
            calls_go_out_at_once<std::uint32_t>(wrap - before_ms, 0, 1);
            calls_go_out_at_once<std::uint64_t>(wrap - before_ms, 0, 1);
        }
}

TEST_CASE("a pause of any length is a pause, with words of 32 bits as well") {
    for (std::uint64_t const began_ms : {std::uint64_t{1000}, wrap_of_32_bits - 500, std::uint64_t{1} << 45})
        for (std::uint64_t pause_ms = 70'000; pause_ms < 3 * wrap_of_32_bits; pause_ms += 601'000) {
            rc::basic_pacing<std::uint32_t> pace;
            REQUIRE(pace.reserve(began_ms, any) == 0);
            pace.throttled(began_ms, 60'000);
            INFO("a pause of " << pause_ms << " ms from " << began_ms << " on");
            REQUIRE(pace.reserve(began_ms + pause_ms, 1000) == 0);
            REQUIRE(pace.reserve(began_ms + pause_ms, 1000) == 101);
        }
}

TEST_CASE("one call a minute for 120 days, throttled once, never waits in words of 32 bits") {
    rc::basic_pacing<std::uint32_t> pace;
    pace.throttled(500, 0);
    for (std::uint64_t minute = 1; minute != 120 * 24 * 60; ++minute) REQUIRE(pace.reserve(minute * 60'000, 1000) == 0);
}

TEST_CASE("reservations and a service's wait reach across the wrap of a word") {
    rc::basic_pacing<std::uint32_t> pace;
    std::uint64_t const now_ms = wrap_of_32_bits - 150;
    for (std::uint32_t i = 0; i != 5; ++i) CHECK(pace.reserve(now_ms, any) == i * 101);
    pace.throttled(now_ms, 30'000);
    CHECK(pace.reserve(now_ms + 200, any) == 29'800);
    CHECK(pace.reserve(now_ms + 200, 1000) == rc::no_turn);
}

TEST_CASE("a burst of any size and a wait of any length overflow nothing") {
    rc::basic_pacing<std::uint32_t> many({.calls_per_second = 1, .burst = 4'252'443}); // times 1010: 2^32 and a little
    for (int i = 0; i != 10'000; ++i) REQUIRE(many.reserve(0xC000'0000, 0) == 0);
    rc::basic_pacing<std::uint32_t> most({.calls_per_second = 1, .burst = 0xFFFF'FFFF});
    for (int i = 0; i != 10'000; ++i) REQUIRE(most.reserve(0xC000'0000, 0) == 0);
    rc::pacing pace;
    CHECK(pace.reserve(1000, wrap_of_32_bits) == 0);
    CHECK(pace.reserve(1000, wrap_of_32_bits) == 101); // not taken for a wait of 0 ms
    pace.throttled(1000, wrap_of_32_bits + 1);
    CHECK(pace.reserve(1000, any) == 60'000);
    rc::pace_ref const some = pace;
    CHECK(some.reserve(200'000, wrap_of_32_bits) == 0);
    CHECK(some.reserve(200'000, wrap_of_32_bits) == 101);
}
