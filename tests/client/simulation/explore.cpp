// SPDX-License-Identifier: MIT
// Every schedule of up to five events, not by chance: of a call under each policy, and of each goal in several worlds. Then
// schedules of any length by chance.
//
// usage: explore [--events N] [--seeds N] [--only TEXT]
#include "call_schedule.hpp"
#include "goal_world.hpp"

#include <cstring>

namespace {

using namespace simulation;
using change = rc::studio_change;
using state = rc::studio_state;

goal_setting const settings[] = {
    {.name = "restart"},
    {.name = "restart that takes 7 s and is shown 4 s later, verified", .verified = true, .takes_ms = 7'000, .hidden_ms = 4'000,
     .dark_ms = 9'000},
    {.name = "restart that moves no time", .moves_times = false},
    {.name = "restart, reconciled", .reconcile = true},
    {.name = "restart, reconciled, takes 7 s and is shown 4 s later", .reconcile = true, .takes_ms = 7'000, .hidden_ms = 4'000},
    {.name = "restart, reconciled, of a studio that was started just now", .reconcile = true, .age_ms = 300},
    {.name = "restart with little time", .reconcile = true, .takes_ms = 7'000, .limit_ms = 16'000},
    {.name = "restart of a virtual studio", .is_virtual = true},
    {.name = "restart of an idle studio", .streaming = false},
    {.name = "ensure_running", .change = change::start, .streaming = false, .verified = true, .takes_ms = 7'000,
     .dark_ms = 9'000},
    {.name = "ensure_running, reconciled", .change = change::start, .streaming = false, .reconcile = true, .takes_ms = 7'000},
    {.name = "ensure_running of a running studio", .change = change::start},
    {.name = "ensure_stopped, reconciled", .change = change::stop, .wanted = state::idle, .reconcile = true,
     .takes_ms = 7'000},
    {.name = "wait_until idle", .change = change::none, .wanted = state::idle},
};

struct tally {
    unsigned long long schedules = 0, by_chance = 0, failed = 0, reached = 0, resolved_yes = 0, resolved_no = 0, maybe = 0;

    void add(std::string const& broken, char const* name, choices const& events) {
        ++schedules;
        if (broken.empty() || ++failed > 10) return;
        std::printf("%s, schedule %s: %s\n", name, events.text().c_str(), broken.c_str());
    }
    void add(rc::goal_outcome const& said) {
        reached += said.end == rc::goal_end::reached ? 1 : 0;
        maybe += said.change.ran == rc::executed::maybe ? 1 : 0;
        bool const compared = said.change.why != rc::ran_evidence::answer;
        resolved_yes += compared && said.change.ran == rc::executed::yes ? 1 : 0;
        resolved_no += compared && said.change.ran == rc::executed::no ? 1 : 0;
    }
    void tell(char const* name) const {
        std::printf("%-62s %8llu schedules and %llu by chance, %8llu reached, maybe %llu, by comparison yes %llu no %llu\n",
                    name, schedules - by_chance, by_chance, reached, maybe, resolved_yes, resolved_no);
    }
};

template <class World>
tally explored(typename World::setting const& setting, std::size_t events, std::uint64_t seeds) {
    tally count;
    auto const one = [&](choices& schedule) {
        World world(setting, schedule);
        count.add(world.run(), setting.name, schedule);
        if constexpr (requires { world.outcome().on_air; }) count.add(world.outcome());
    };
    choices schedule(events);
    do
        one(schedule);
    while (schedule.next());
    count.by_chance = seeds;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        choices thrown{chance(seed)};
        one(thrown);
    }
    count.tell(setting.name);
    return count;
}

} // namespace

int main(int argc, char** argv) {
    std::size_t events = 5;
    std::uint64_t seeds = 2000;
    char const* only = "";
    for (int i = 1; i < argc; ++i) {
        bool const more = i + 1 < argc;
        if (more && std::strcmp(argv[i], "--events") == 0) events = std::strtoull(argv[++i], nullptr, 10);
        else if (more && std::strcmp(argv[i], "--seeds") == 0) seeds = std::strtoull(argv[++i], nullptr, 10);
        else if (more && std::strcmp(argv[i], "--only") == 0) only = argv[++i];
        else return std::fprintf(stderr, "usage: explore [--events N] [--seeds N] [--only TEXT]\n"), 2;
    }
    unsigned long long schedules = 0, by_chance = 0, failed = 0;
    auto const add = [&](tally const& count) {
        schedules += count.schedules;
        by_chance += count.by_chance;
        failed += count.failed;
    };
    for (call_setting const& setting : call_settings)
        if (std::strstr(setting.name, only) != nullptr) add(explored<call_schedule>(setting, events, seeds));
    for (goal_setting const& setting : settings)
        if (std::strstr(setting.name, only) != nullptr) add(explored<goal_world>(setting, events, seeds));
    std::printf("%llu schedules of up to %zu events, all there are; %llu by chance\n", schedules - by_chance, events, by_chance);
    std::printf("%llu passed, %llu failed\n", schedules - failed, failed);
    return failed == 0 && schedules != 0 ? 0 : 1;
}
