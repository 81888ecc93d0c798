// SPDX-License-Identifier: MIT
// What an image is given from outside: texts, a room and a modem at an address that no compiler can look behind.
// Source: docs/performance.md, "Code size".
// Data flow: every image takes its inputs here and leaves its outcome here, so that only the library's bytes differ.
#ifndef RESTARTCASTER_BENCH_CODE_SIZE_OUTSIDE_HPP
#define RESTARTCASTER_BENCH_CODE_SIZE_OUTSIDE_HPP

#include <cstdint>
#include <span>
#include <string_view>

struct outside {
    std::string_view key_id, secret, caster_id, region_id, nonce;
    std::int64_t utc_seconds;
    std::span<char> room;
    void* made;
};

inline outside& world() {
    static_assert(sizeof(void*) == 4);
    outside* address = reinterpret_cast<outside*>(0x20000000);
    __asm__ volatile("" : "+r"(address) : : "memory");
    return *address;
}

// The outcome is needed.
template <class T>
inline void keep(T& outcome) {
    __asm__ volatile("" : : "r"(&outcome) : "memory");
}

#endif
