// SPDX-License-Identifier: MIT
// The only ways that anything is printed.
// Source: POSIX.1-2017, fwrite; ECMA-48 (what a terminal obeys); RFC 8259 section 7 (strings).
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

/// Text from the network for a terminal or a script: visible ASCII on one line.
inline std::string visible(std::string_view text) {
    std::string clean(text);
    for (char& c : clean)
        if (c <= ' ' || c > '~') c = '?';
    return clean;
}

/// A text as JSON has it, quotes included.
/// Requires: UTF-8.
inline std::string json_string(std::string_view text) {
    std::string json = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            json += "\\u00";
            json += static_cast<char>('0' + c / 16);
            json += "0123456789abcdef"[c % 16];
        } else {
            json += c;
        }
    }
    return json + '"';
}

/// Whether a whole line was written.
inline bool write_line(std::string_view text, std::FILE* to) {
    return std::fwrite(text.data(), 1, text.size(), to) == text.size() && std::fputc('\n', to) != EOF &&
           std::fflush(to) == 0;
}

/// Prints the outcome of a command.
inline exit_status print(std::string_view text) {
    if (write_line(text, stdout)) return exit_status::done;
    std::fputs("restartcaster: done, but standard output could not be written\n", stderr);
    return exit_status::output_lost;
}

/// Says on one line why there is no outcome.
inline exit_status complain(exit_status status, std::string const& text) {
    std::fputs(("restartcaster: " + text + "\n").c_str(), stderr);
    return status;
}

/// Says what makes no sense.
inline exit_status complain(usage_error const& wrong) {
    return complain(exit_status::usage, wrong.text + "; restartcaster --help tells more");
}

/// Says what is wrong on this side, before anything is sent.
inline exit_status complain(restartcaster::failure const& why) {
    bool const unset = why.code == restartcaster::errc::environment_missing;
    return complain(exit_status::local,
                    described(why) + (unset ? "; export it first, restartcaster --help tells more" : ""));
}

#endif
