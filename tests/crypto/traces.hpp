// SPDX-License-Identifier: MIT
// Looking for a secret where it must not be: in bytes that are left over, and on a stack that was painted before.
// Source: RFC 2104 (what a key is masked with); FIPS 180-4 (the words that a block becomes).
// Path: wipe.cpp asks about keys and hashes, make_request.cpp about whole requests.
#ifndef RESTARTCASTER_TESTS_CRYPTO_TRACES_HPP
#define RESTARTCASTER_TESTS_CRYPTO_TRACES_HPP

#include "catch.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#if defined(__linux__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#include <pthread.h>
#define RESTARTCASTER_TEST_STACK 1
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#undef RESTARTCASTER_TEST_STACK
#endif
#endif
#endif

namespace traces {

/// Whether six bytes of the text lie in the memory, as they are, under one of the masks of HMAC, or as the words
/// of a schedule.
inline bool trace_of(std::string_view text, std::string_view memory) {
    std::vector<std::string> all;
    for (unsigned const mask : {0U, 0x36U, 0x5CU}) {
        std::string plain;
        for (char const c : text)
            plain += static_cast<char>(static_cast<unsigned char>(static_cast<unsigned char>(c) ^ mask));
        std::string words = plain;
        for (std::size_t i = 0; i + 4 <= words.size(); i += 4)
            std::reverse(words.data() + i, words.data() + i + 4);
        all.push_back(plain);
        all.push_back(words);
    }
    for (std::string const& form : all)
        for (std::size_t i = 0; i + 6 <= form.size(); ++i)
            if (memory.find(std::string_view(form).substr(i, 6)) != std::string_view::npos) return true;
    return false;
}

#ifdef RESTARTCASTER_TEST_STACK

inline constexpr std::size_t stack_size = 256 * 1024;

/// Runs it on a stack of its own, painted before, and gives back what the stack holds afterwards. The thread
/// looks itself: when it ends, the C library gives the pages back.
template <class Function>
std::string stack_after(Function function) {
    std::unique_ptr<char[]> const memory(new char[stack_size + 4096]);
    char* const stack = memory.get() + (4096 - reinterpret_cast<std::uintptr_t>(memory.get()) % 4096);
    std::memset(stack, 0x5A, stack_size);
    struct job {
        Function* function;
        char const* stack;
        std::string left;
    } one{&function, stack, std::string(stack_size, '\0')};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    REQUIRE(pthread_attr_setstack(&attributes, stack, stack_size) == 0);
    pthread_t thread;
    auto const run = [](void* given) -> void* {
        auto& now = *static_cast<job*>(given);
        (*now.function)();
        std::memcpy(now.left.data(), now.stack, stack_size);
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, &one) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return one.left;
}

#endif

} // namespace traces

#endif
