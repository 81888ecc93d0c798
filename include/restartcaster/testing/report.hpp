// SPDX-License-Identifier: MIT
// How the doubles of this folder make a test fail, whatever the test framework is.
// Source: docs/how-to/test-your-code.md, "Test frameworks".
// Data flow: a sentence in; the handler of the test program takes the sentence to its framework.
#ifndef RESTARTCASTER_TESTING_REPORT_HPP
#define RESTARTCASTER_TESTING_REPORT_HPP
#pragma once

#include "../core/number.hpp"
#include "../core/text.hpp"

#include <cstdio>
#include <cstdlib>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace testing {

/// Takes the text of a failed expectation, which ends with a NUL byte and is valid during the call only.
using failure_handler = void (*)(char const* text);

/// Called for every failed expectation of this folder. At first: prints the text to standard output and ends the program, as
/// assert does. A test program sets the handler once, for example to `[](char const* text) { FAIL_CHECK(text); }` in Catch2
/// and doctest, `[](char const* text) { ADD_FAILURE() << text; }` in GoogleTest, or
/// `[](char const* text) { TEST_MESSAGE(text); Unity.CurrentTestFailed = 1; }` in Unity. The handler must return: transports are
/// noexcept, and a longjmp, as in TEST_FAIL_MESSAGE of Unity, skips destructors.
// unreached: ends_program
inline failure_handler on_failure = [](char const* text) {
    (std::puts)(text); // in parentheses: some platforms define a macro of this name
    std::fflush(nullptr);
    std::abort();
};

}

namespace detail {

/// A text of at most 511 bytes for people; a longer text is cut and ends with three dots.
class test_sentence {
public:
    void append(std::string_view text) noexcept {
        for (char const c : text) {
            if (size_ == most) return cut();
            // A sentence is one line: a parameter of a request may have any bytes.
            bytes_[size_++] = static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? '?' : c;
        }
    }
    template <class... Texts>
    explicit test_sentence(Texts... texts) noexcept {
        (add(texts), ...);
    }
    void add(std::string_view text) noexcept { append(text); }
    void add(std::size_t number) noexcept { append(decimal(number).view()); }

    [[nodiscard]] char const* c_str() noexcept {
        bytes_[size_] = '\0';
        return bytes_;
    }

private:
    static constexpr std::size_t most = 511;

    void cut() noexcept {
        for (std::size_t at = most - 3; at != most; ++at) bytes_[at] = '.';
    }

    std::size_t size_ = 0;
    char bytes_[most + 1] = {};
};

template <class... Texts>
void report_failure(Texts... texts) noexcept {
    testing::on_failure(test_sentence(texts...).c_str());
}

} // namespace detail

}} // namespace restartcaster

#endif
