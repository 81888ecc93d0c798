// SPDX-License-Identifier: MIT
// How many steps of a slow test are taken: with the address sanitizer, each step takes ten times as long.
// Source: clang's __has_feature; gcc's predefined macros.
// Data flow: with the sanitizer, such a test takes one of several steps; builds without the sanitizer take every step.
#ifndef RESTARTCASTER_TESTS_SANITIZED_HPP
#define RESTARTCASTER_TESTS_SANITIZED_HPP

#if defined(__SANITIZE_ADDRESS__)
#define RESTARTCASTER_TESTS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RESTARTCASTER_TESTS_SANITIZED 1
#endif
#endif

/// `steps` with the sanitizer, and 1 without: the loops of slow tests advance by it.
constexpr unsigned one_of([[maybe_unused]] unsigned steps) {
#ifdef RESTARTCASTER_TESTS_SANITIZED
    return steps;
#else
    return 1;
#endif
}

#endif
