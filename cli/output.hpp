// SPDX-License-Identifier: MIT
// All functions that print.
// Source: POSIX.1-2017, fwrite; ECMA-48 (control functions of terminals); RFC 8259 section 7 (strings).
// Data flow: text in, a line on standard output or error out.
#ifndef RESTARTCASTER_CLI_OUTPUT_HPP
#define RESTARTCASTER_CLI_OUTPUT_HPP

#include "commands.hpp"

#include <charconv>
#include <cstdio>
#include <new>
#include <utility>

/// Lets the library's writers, which never throw, append to a string.
struct string_sink {
    std::string text = {};
    bool complete = true;

    void append(std::string_view piece) noexcept try {
        text.append(piece);
    } catch (std::bad_alloc const&) {
        complete = false;
    }
};

/// The text that a writer of the library produces.
std::string text_of(auto const& write) {
    string_sink sink;
    write(sink);
    if (!sink.complete) throw std::bad_alloc();
    return std::move(sink.text);
}

/// The library's description of a failure or an error, safe for a terminal.
std::string described(auto const& problem) {
    return text_of([&](auto& sink) { describe(sink, problem); });
}

/// Replaces `to` by a code or id from the network in a form that is safe for scripts: visible ASCII on one line. Without
/// memory, `to` becomes empty.
inline void put_foreign(std::string& to, std::string_view text) noexcept try {
    to = text;
    for (char& c : to)
        if (c <= ' ' || c > '~') c = '?';
} catch (std::bad_alloc const&) {
    to.clear();
}

/// Writes a text as the content of a JSON string, without the quotes.
/// Requires: UTF-8.
void json_pieces(std::string_view text, auto const& take) {
    for (std::size_t i = 0; i != text.size(); ++i) {
        char const c = text[i];
        if (static_cast<unsigned char>(c) < 0x20) {
            char const escape[] = {'\\', 'u', '0', '0', static_cast<char>('0' + c / 16), "0123456789abcdef"[c % 16]};
            take(std::string_view(escape, sizeof escape));
        } else {
            if (c == '"' || c == '\\') take("\\");
            take(text.substr(i, 1));
        }
    }
}

/// A text as a JSON string, with quotes.
/// Requires: UTF-8.
inline std::string json_string(std::string_view text) {
    std::string json = "\"";
    json_pieces(text, [&json](std::string_view piece) { json += piece; });
    return json + '"';
}

/// One line, written in pieces and without allocation.
class line {
public:
    explicit line(std::FILE* to) noexcept : to_(to) {}

    line& text(std::string_view piece) noexcept {
        good_ = std::fwrite(piece.data(), 1, piece.size(), to_) == piece.size() && good_;
        return *this;
    }
    line& number(std::uint64_t value) noexcept {
        char digits[20];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        return text({digits, static_cast<std::size_t>(end - digits)});
    }
    line& seconds(std::uint64_t milliseconds) noexcept {
        return number(milliseconds / 1000).text(".").number(milliseconds / 100 % 10).text(" s");
    }
    /// Requires: UTF-8.
    line& json(std::string_view value) noexcept {
        return text("\"").json_part(value).text("\"");
    }
    /// A part of a JSON string, without quotes.
    line& json_part(std::string_view piece) noexcept {
        json_pieces(piece, [this](std::string_view part) { text(part); });
        return *this;
    }
    /// Ends the line; returns whether the whole line was written.
    [[nodiscard]] bool end() noexcept {
        text("\n");
        return std::fflush(to_) == 0 && good_;
    }

private:
    std::FILE* to_;
    bool good_ = true;
};

/// Prints on one line why there is no outcome.
inline exit_status complain(exit_status status, std::string_view text) {
    static_cast<void>(line(stderr).text("restartcaster: ").text(text).end());
    return status;
}

/// Prints the outcome of a command.
inline exit_status print(std::string_view text) {
    if (line(stdout).text(text).end()) return exit_status::done;
    return complain(exit_status::output_lost, "done, but standard output could not be written");
}

/// Prints a fault of the arguments.
inline exit_status complain(usage_error const& wrong) {
    return complain(exit_status::usage, wrong.text + "; restartcaster --help tells more");
}

/// Prints a failure of this machine, before anything is sent.
inline exit_status complain(restartcaster::failure const& why) {
    bool const unset = why.code == restartcaster::errc::environment_missing;
    return complain(exit_status::local,
                    described(why) + (unset ? "; export it first, restartcaster --help tells more" : ""));
}

#endif
