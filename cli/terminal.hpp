// SPDX-License-Identifier: MIT
// Whether output goes to a terminal that can do more than lines, and the loop of --watch.
// Source: no-color.org; POSIX.1-2017, TERM; ECMA-48 (ED, CUP, SGR).
// Data flow: the environment and the streams in, control sequences out.
#ifndef RESTARTCASTER_CLI_TERMINAL_HPP
#define RESTARTCASTER_CLI_TERMINAL_HPP

#include "interrupt.hpp"
#include "output.hpp"
#include "progress.hpp"

#include <restartcaster/hosted/system_clock.hpp>

#include <chrono>
#include <cstdlib>
#include <thread>

/// Whether standard output is a terminal with control sequences.
inline bool is_screen() {
    char const* const kind = std::getenv("TERM");
    return is_terminal(stdout) && kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
}

inline bool has_colours() {
    char const* const none = std::getenv("NO_COLOR");
    return is_screen() && (none == nullptr || *none == '\0');
}

/// A text in a colour of SGR, e.g. "32" for green.
inline std::string coloured(std::string_view text, std::string_view colour) {
    if (!has_colours()) return std::string(text);
    return "\x1b[" + std::string(colour) + 'm' + std::string(text) + "\x1b[0m";
}

/// Calls `once` again and again until an interrupt, or once without a time. `once` gets the text that precedes its output.
/// A look that fails for a while does not end it; an output that nobody reads does.
exit_status watched(std::uint32_t every_ms, bool json, auto const& once) {
    interrupt::watch();
    if (every_ms == 0) return once(std::string_view());
    for (;;) {
        auto const now = restartcaster::utc_time::of(restartcaster::utc_now());
        std::string const time = now ? std::string(now->text().data(), now->text().size()) : "";
        std::string const head = json ? "" : (is_screen() ? "\x1b[H\x1b[2J" : "") + ("# " + time) + '\n';
        exit_status const status = once(std::string_view(head));
        if (interrupt::asked()) return exit_status::done;
        if (status == exit_status::output_lost || status == exit_status::local) return status;
        for (std::uint64_t const end = restartcaster::monotonic_now_ms() + every_ms;
             restartcaster::monotonic_now_ms() < end && !interrupt::asked();)
            std::this_thread::sleep_for(std::chrono::milliseconds(std::min<std::uint32_t>(every_ms, 100)));
        if (interrupt::asked()) return exit_status::done;
    }
}

#endif
