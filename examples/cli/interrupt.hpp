// SPDX-License-Identifier: MIT
// How often somebody has asked for an end: once to stop after what is out, twice to wait for nothing.
// Source: [support.signal] (what a handler may do); POSIX.1-2017, sigaction() (si_code) and <signal.h> (defaults).
// Data flow: every signal that would end the program in, a count out; whoever waits looks at it several times a second.
#ifndef RESTARTCASTER_CLI_INTERRUPT_HPP
#define RESTARTCASTER_CLI_INTERRUPT_HPP

#include <atomic>
#include <csignal>

namespace interrupt {

inline std::atomic<int> count{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing else");

#ifdef _WIN32

extern "C" inline void take_note(int signal) {
    std::signal(signal, take_note); // the system forgets it
    ++count;
}

/// From here on an interrupt is counted, and does not end the program.
inline void watch() {
    for (int const signal : {SIGINT, SIGTERM})
        if (std::signal(signal, SIG_IGN) != SIG_IGN) std::signal(signal, take_note);
}

#else

extern "C" inline void take_note(int signal, siginfo_t* from, void*) {
    // A fault of this program's own would come again for ever: it ends the program, as always.
    bool const fault = signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL ||
                       signal == SIGTRAP || signal == SIGSYS;
    if (fault && from->si_code > 0)
        std::signal(signal, SIG_DFL);
    else
        ++count;
}

/// From here on every signal that would end the program is counted and does not end it, but for SIGKILL, which nobody
/// can catch. What is ignored or handled already stays so, such as SIGHUP under nohup.
inline void watch() {
    struct sigaction take {};
    take.sa_sigaction = take_note;
    take.sa_flags = SA_SIGINFO | SA_RESTART;
    sigfillset(&take.sa_mask);
    for (int signal = 1; signal != NSIG; ++signal) {
        switch (signal) {
        case SIGCHLD:
        case SIGCONT:
        case SIGTSTP:
        case SIGTTIN:
        case SIGTTOU:
        case SIGURG:
#ifdef SIGWINCH
        case SIGWINCH:
#endif
            continue; // which end nothing
        default: break;
        }
        struct sigaction now {};
        if (sigaction(signal, nullptr, &now) == 0 && (now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL)
            sigaction(signal, &take, nullptr);
    }
}

#endif

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
