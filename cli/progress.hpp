// SPDX-License-Identifier: MIT
// The progress line: shows a waiting person what the program waits for. Only terminals get it.
// Source: POSIX.1-2017, isatty.
// Data flow: a text in, which replaces the earlier text on a terminal; ignored if standard error is not a terminal.
#ifndef RESTARTCASTER_CLI_PROGRESS_HPP
#define RESTARTCASTER_CLI_PROGRESS_HPP

#include <cstdio>
#include <string_view>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

/// Whether standard error is a terminal.
inline bool is_terminal(std::FILE* stream) noexcept {
#ifdef _WIN32
    return _isatty(_fileno(stream)) != 0;
#else
    return isatty(fileno(stream)) == 1;
#endif
}

/// Allocates nothing, because it is also shown when the program is out of memory.
class progress_line {
public:
    /// Longer texts are cut.
    static constexpr std::size_t most = 79;

    progress_line() noexcept = default;
    progress_line(progress_line const&) = delete;
    progress_line& operator=(progress_line const&) = delete;
    ~progress_line() { show({}); }

    /// Rewrites the line; an empty text removes it.
    void show(std::string_view text) noexcept {
        text = text.substr(0, most);
        if (!on_terminal_ || text == std::string_view(shown_, size_)) return;
        std::size_t const before = size_;
        size_ = text.copy(shown_, most);
        std::fprintf(stderr, "\r%.*s", static_cast<int>(size_), shown_);
        if (before > size_)
            std::fprintf(stderr, "%*s\r%.*s", static_cast<int>(before - size_), "", static_cast<int>(size_), shown_);
    }

private:
    bool const on_terminal_ = is_terminal(stderr);
    char shown_[most];
    std::size_t size_ = 0;
};

#endif
