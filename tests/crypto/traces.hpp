// SPDX-License-Identifier: MIT
// Looking for a secret where it must not be: in bytes that are left over, and on a stack that was painted before.
// Source: RFC 2104 (what a key is masked with); FIPS 180-4 (the words that a block becomes).
// Data flow: wipe.cpp asks about keys and hashes, make_request.cpp about whole requests.
#ifndef RESTARTCASTER_TESTS_CRYPTO_TRACES_HPP
#define RESTARTCASTER_TESTS_CRYPTO_TRACES_HPP

#include <algorithm>
#include <cstdint>
#include <cstdlib>
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

/// The 32-bit words that give a key away: each of them in a register is one that may have been put on the stack.
template <class Hash>
struct key_words {
    std::vector<std::uint32_t> states; // of the inner and of the outer hash, and a long key's digest
    std::vector<std::uint32_t> blocks; // the key blocks and their schedules

    template <class Key>
    key_words(std::string const& secret, Key const& made) {
        std::string block = secret;
        if (secret.size() > 64) {
            typename Hash::state_type state = Hash::initial_state;
            std::string padded = secret + static_cast<char>(-0x80);
            padded.resize((secret.size() + 8 + 64) / 64 * 64, '\0');
            for (unsigned i = 0; i != 8; ++i)
                padded[padded.size() - 1 - i] = static_cast<char>(std::uint64_t{secret.size()} * 8 >> (8 * i) & 0xFF);
            for (std::size_t at = 0; at != padded.size(); at += 64) {
                std::size_t const end = std::min(secret.size(), at + 64);
                if (end > at + 8) add_schedule(padded.substr(at, 64), 0, (end - at) / 4); // else anybody may have it
                Hash::compress_blocks(state, padded.data() + at, 1);
            }
            block.clear();
            for (std::uint32_t const word : state) {
                states.push_back(word);
                for (int shift = 24; shift >= 0; shift -= 8) block += static_cast<char>(word >> shift & 0xFF);
            }
        }
        std::size_t const whole = block.size() / 4;
        block.resize(64, '\0');
        for (unsigned const mask : {0U, 0x36U, 0x5CU}) add_schedule(block, mask, whole);
        for (auto const& state : {made.inner(), made.outer()}) states.insert(states.end(), state.begin(), state.end());
    }

private:
    // FIPS 180-4, 6.1.2 and 6.2.2. Of the block itself only the words that are the secret's: anybody may have the padding.
    void add_schedule(std::string const& block, unsigned mask, std::size_t secret_words) {
        std::vector<std::uint32_t> w;
        for (std::size_t i = 0; i != 16; ++i) {
            std::uint32_t word = 0;
            for (std::size_t j = 0; j != 4; ++j) word = word << 8 | (static_cast<unsigned char>(block[4 * i + j]) ^ mask);
            w.push_back(word);
        }
        auto const turned = [](std::uint32_t x, unsigned by) { return x >> by | x << (32 - by); };
        for (std::size_t t = 16; t != (Hash::digest_size == 20 ? 80 : 64); ++t) {
            auto const small = [&](std::size_t at, unsigned a, unsigned b, unsigned c) {
                return turned(w[at], a) ^ turned(w[at], b) ^ w[at] >> c;
            };
            w.push_back(Hash::digest_size == 20 ? turned(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 31)
                                                : small(t - 2, 17, 19, 10) + w[t - 7] + small(t - 15, 7, 18, 3) + w[t - 16]);
        }
        for (std::size_t t = 0; t != w.size(); ++t)
            if (t < secret_words || t >= 16) blocks.push_back(w[t]);
    }
};

/// How many different ones of the words lie in the memory, at whatever place, in whatever order of their bytes.
inline std::size_t words_in(std::vector<std::uint32_t> const& words, std::string_view memory) {
    std::vector<std::uint32_t> wanted(words);
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    std::vector<bool> seen(wanted.size());
    for (std::size_t at = 0; at + 4 <= memory.size(); ++at) {
        std::uint32_t word = 0;
        std::memcpy(&word, memory.data() + at, 4);
        if (word == 0x5A5A5A5A || word == 0) continue; // painted, wiped
        std::uint32_t const swapped = word >> 24 | (word >> 8 & 0xFF00) | (word << 8 & 0xFF0000) | word << 24;
        for (std::uint32_t const form : {word, swapped}) {
            auto const found = std::lower_bound(wanted.begin(), wanted.end(), form);
            if (found != wanted.end() && *found == form) seen[static_cast<std::size_t>(found - wanted.begin())] = true;
        }
    }
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
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
    if (pthread_attr_setstack(&attributes, stack, stack_size) != 0) std::abort();
    pthread_t thread;
    auto const run = [](void* given) -> void* {
        auto& now = *static_cast<job*>(given);
        (*now.function)();
        std::memcpy(now.left.data(), now.stack, stack_size);
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, run, &one) != 0) std::abort();
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return one.left;
}

#endif

} // namespace traces

#endif
