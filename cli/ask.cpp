// SPDX-License-Identifier: MIT
// Asks a person at the terminal, and notices an interrupt meanwhile.
// Source: ask.hpp.
// Data flow: standard input -> an answer.
#include "ask.hpp"

#include "interrupt.hpp"
#include "progress.hpp"

#ifndef _WIN32
#include <poll.h>
#endif

bool can_ask(studios_arguments const& wanted) {
    return is_terminal(stdin) && is_terminal(stderr) && !wanted.caster_ids.empty();
}

bool asked_yes(std::string const& question) {
    std::fputs(question.c_str(), stderr);
    std::fflush(stderr);
#ifndef _WIN32
    // Signals restart a read, so the program waits outside it.
    for (pollfd input{0, POLLIN, 0}; poll(&input, 1, 100) != 1;)
        if (interrupt::asked()) {
            std::fputs("\n", stderr);
            return false;
        }
#endif
    char answer[16] = "";
    bool const given = std::fgets(answer, sizeof answer, stdin) != nullptr;
    return given && (answer[0] == 'y' || answer[0] == 'Y');
}
