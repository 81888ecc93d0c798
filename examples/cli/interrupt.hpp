// SPDX-License-Identifier: MIT
// How often the user has asked for an end: once to stop after what is out, twice to wait for nothing.
// Source: [support.signal] (what a handler may do); POSIX.1-2017, signal() (a signal ignored at the start stays so).
// Path: SIGINT and SIGTERM in, a count out; whoever waits looks at it several times a second.
#ifndef RESTARTCASTER_CLI_INTERRUPT_HPP
#define RESTARTCASTER_CLI_INTERRUPT_HPP

#include <atomic>
#include <csignal>

namespace interrupt {

inline std::atomic<int> count{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing else");

extern "C" inline void take_note(int signal) {
    std::signal(signal, take_note); // some systems forget it
    ++count;
}

/// From here on an interrupt is counted, and does not end the program.
inline void watch() {
    for (int const signal : {SIGINT, SIGTERM})
        if (std::signal(signal, SIG_IGN) != SIG_IGN) std::signal(signal, take_note);
}

/// What is out is left to finish, nothing new is begun.
[[nodiscard]] inline bool asked() noexcept {
    return count.load() != 0;
}

/// What is out is given up as well.
[[nodiscard]] inline bool insisted() noexcept {
    return count.load() > 1;
}

} // namespace interrupt

#endif
