// SPDX-License-Identifier: MIT
// Thousands of seeded worlds of faults, each judged by the same rules.
//
// usage: simulate [--seeds N] [--first SEED] [--trace]
#include "rules.hpp"

#include <cstdlib>
#include <cstring>

int main(int argc, char** argv) {
    std::uint64_t seeds = 5000, first = 1;
    bool trace = false;
    for (int i = 1; i < argc; ++i) {
        bool const more = i + 1 < argc;
        if (more && std::strcmp(argv[i], "--seeds") == 0) seeds = std::strtoull(argv[++i], nullptr, 10);
        else if (more && std::strcmp(argv[i], "--first") == 0) first = std::strtoull(argv[++i], nullptr, 10);
        else if (std::strcmp(argv[i], "--trace") == 0) trace = true;
        else return std::fprintf(stderr, "usage: simulate [--seeds N] [--first SEED] [--trace]\n"), 2;
    }
    std::uint64_t failed = 0, calls = 0, requests = 0, replies = 0, unknown = 0, back_offs = 0, back_off_ms = 0;
    for (std::uint64_t seed = first; seed != first + seeds; ++seed) {
        simulation::world w{simulation::chance(seed)};
        w.trace = trace;
        bool const ended = w.run();
        std::string const broken = ended ? simulation::broken_rule(w) : "the world did not end";
        if (!broken.empty() && ++failed <= 10)
            std::printf("seed %llu: %s\n    replay: tools/simulate --first %llu --seeds 1 --trace\n",
                        static_cast<unsigned long long>(seed), broken.c_str(), static_cast<unsigned long long>(seed));
        for (simulation::call_record const& r : w.records) {
            ++calls;
            requests += r.attempts.size();
            replies += r.has_reply ? 1 : 0;
            unknown += !r.has_reply && r.error.ran == restartcaster::executed::maybe ? 1 : 0;
            if (r.first_back_offs_ms != 0) ++back_offs;
            back_off_ms += r.first_back_offs_ms;
        }
    }
    auto const number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
    // The first back-off is any time up to 400 ms: over many calls 200 on the average.
    std::uint64_t const mean = back_offs == 0 ? 0 : back_off_ms / back_offs;
    if (back_offs > 1000 && (mean < 170 || mean > 230)) {
        ++failed;
        std::printf("the first back-off is %llu ms on the average, not about 200\n", number(mean));
    }
    std::printf("%llu calls, %llu requests, %llu replies, %llu of unknown outcome\n", number(calls), number(requests),
                number(replies), number(unknown));
    std::printf("%llu passed, %llu failed\n", number(failed > seeds ? 0 : seeds - failed), number(failed));
    return failed == 0 ? 0 : 1;
}
