// SPDX-License-Identifier: MIT
// Counts the requests to stop: after the first, no new call starts; after the second, the calls in progress are cancelled.
// Source: [support.signal] (what a handler may do); POSIX.1-2017, sigaction() (si_code) and <signal.h> (defaults).
// Data flow: every signal that would end the program in, a count out, which waiting code polls several times a second.
#ifndef RESTARTCASTER_CLI_INTERRUPT_HPP
#define RESTARTCASTER_CLI_INTERRUPT_HPP

#include <atomic>
#include <csignal>

namespace interrupt {

inline std::atomic<int> count{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing else");

#ifdef _WIN32

extern "C" inline void take_note(int signal) {
    std::signal(signal, take_note); // the system resets the handler at each signal
    ++count;
}

/// From now on, SIGINT is counted and does not end the program.
inline void watch() {
    for (int const signal : {SIGINT, SIGTERM})
        if (std::signal(signal, SIG_IGN) != SIG_IGN) std::signal(signal, take_note);
}

#else

extern "C" inline void take_note(int signal, siginfo_t* from, void*) {
    // A fault of this program itself (such as SIGSEGV) would repeat for ever, so it ends the program as usual.
    bool const fault = signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL ||
                       signal == SIGTRAP || signal == SIGSYS;
    if (fault && from->si_code > 0)
        std::signal(signal, SIG_DFL);
    else
        ++count;
}

/// From now on, every signal that would end the program is counted and does not end it, except SIGKILL, which cannot be
/// caught. Signals that are ignored or handled already stay so, such as SIGHUP under nohup.
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
            continue; // these do not end a program
        default: break;
        }
        struct sigaction now {};
        if (sigaction(signal, nullptr, &now) == 0 && (now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL)
            sigaction(signal, &take, nullptr);
    }
}

#endif

/// Whether to start no new call and let the calls in progress finish.
[[nodiscard]] inline bool asked() noexcept {
    return count.load() != 0;
}

/// Whether to cancel the calls in progress too.
[[nodiscard]] inline bool insisted() noexcept {
    return count.load() > 1;
}

} // namespace interrupt

#endif
