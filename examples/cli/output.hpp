// SPDX-License-Identifier: MIT
// The only ways that anything is printed.
// Source: POSIX.1-2017, fwrite; ECMA-48 (what a terminal obeys).
// Path: text in, a line on standard output or error out.
#ifndef RESTARTCASTER_CLI_OUTPUT_HPP
#define RESTARTCASTER_CLI_OUTPUT_HPP

#include "commands.hpp"

#include <cstdio>

/// Lets the library's writers append to a string.
struct string_sink {
    std::string& to;
    void append(std::string_view text) const { to.append(text); }
};

/// What the library has to say about a failure or an error.
template <class Problem>
std::string described(Problem const& problem) {
    std::string text;
    string_sink const sink{text};
    restartcaster::describe(sink, problem);
    return text;
}

/// Prints the outcome of a command.
inline exit_status print(std::string_view text) {
    bool const written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
                         std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
    if (written) return exit_status::done;
    std::fputs("restartcaster: done, but standard output could not be written\n", stderr);
    return exit_status::output_lost;
}

/// Says on one line why there is no outcome.
inline exit_status complain(exit_status status, std::string const& text) {
    std::fputs(("restartcaster: " + text + "\n").c_str(), stderr);
    return status;
}

/// Says what is wrong on this side, before anything is sent.
inline exit_status complain(restartcaster::failure const& why) {
    bool const unset = why.code == restartcaster::errc::environment_missing;
    return complain(exit_status::local,
                    described(why) + (unset ? "; export it first, restartcaster --help tells more" : ""));
}

#endif
