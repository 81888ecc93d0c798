// SPDX-License-Identifier: MIT
// What every benchmark program shares: no figure for anything that was not seen to be right first.
// Source: docs/performance.md says how the figures are made.
// Data flow: a program checks its outputs with require(), then hands over to Google Benchmark.
#ifndef RESTARTCASTER_BENCH_BENCH_HPP
#define RESTARTCASTER_BENCH_BENCH_HPP

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace bench {

/// Ends the program where what is about to be timed gives something else than it should.
inline void require(bool holds, std::string_view sentence) {
    if (holds) return;
    std::fprintf(stderr, "nothing is timed, because %.*s\n", static_cast<int>(sentence.size()), sentence.data());
    std::exit(EXIT_FAILURE);
}

inline void require_equal(std::string_view ours, std::string_view theirs, std::string_view what) {
    if (ours == theirs) return;
    std::fprintf(stderr, "nothing is timed, because %.*s differs:\n ours   %.*s\n theirs %.*s\n",
                 static_cast<int>(what.size()), what.data(), static_cast<int>(ours.size()), ours.data(),
                 static_cast<int>(theirs.size()), theirs.data());
    std::exit(EXIT_FAILURE);
}

/// The compiler can neither know what stands in `value` nor that nobody changed it.
template <class T>
inline void hide(T& value) {
    benchmark::DoNotOptimize(value);
}

inline int run(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return EXIT_SUCCESS;
}

} // namespace bench

#endif
