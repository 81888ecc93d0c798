// SPDX-License-Identifier: MIT
// The one line that tells a waiting person what is waited for; nobody else ever sees it.
// Source: POSIX.1-2017, isatty.
// Path: a text in; on a terminal it replaces the text before, anywhere else nothing happens.
#ifndef RESTARTCASTER_CLI_PROGRESS_HPP
#define RESTARTCASTER_CLI_PROGRESS_HPP

#include <cstdio>
#include <string>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

class progress_line {
public:
    progress_line() noexcept = default;
    progress_line(progress_line const&) = delete;
    progress_line& operator=(progress_line const&) = delete;
    ~progress_line() { show({}); }

    /// Rewrites the line; an empty text takes it away.
    void show(std::string const& text) {
        if (!on_terminal_ || text == shown_) return;
        std::string line = '\r' + text;
        if (shown_.size() > text.size()) line.append(shown_.size() - text.size(), ' ') += '\r' + text;
        std::fputs(line.c_str(), stderr);
        shown_ = text;
    }

private:
    static bool is_terminal() noexcept {
#ifdef _WIN32
        return _isatty(_fileno(stderr)) != 0;
#else
        return isatty(STDERR_FILENO) == 1;
#endif
    }

    bool const on_terminal_ = is_terminal();
    std::string shown_;
};

#endif
