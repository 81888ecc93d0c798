// SPDX-License-Identifier: MIT
// A number that threads share without a lock, as wide as the instructions of the target allow.
// Source: GCC manual, "Built-in Functions for Memory Model Aware Atomic Operations"; the predefined macros
//   __GCC_ATOMIC_LLONG_LOCK_FREE and __GCC_ATOMIC_INT_LOCK_FREE.
// Data flow: clock_skew and pacing keep their state in shared words.
#ifndef RESTARTCASTER_CLIENT_SHARED_WORD_HPP
#define RESTARTCASTER_CLIENT_SHARED_WORD_HPP
#pragma once

#include "../config.hpp"

#include <cstdint>
#if !RESTARTCASTER_GNU
#include <atomic>
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// 64 bits where a 64-bit compare-and-swap is one instruction: x86 from the Pentium on, Armv7-A, all 64-bit machines.
// Elsewhere 32 bits: on a Cortex-M, 64 bits would call libatomic, which firmware lacks and which takes a lock; 32 bits
// are one instruction from the Cortex-M3 on. A Cortex-M0, and a RISC-V core without the A extension, have loads and
// stores only and no compare-and-swap: there, one thread uses an object, or the user guards it by a critical section.
// Compilers other than gcc and clang use std::atomic, whose header is large; it takes a lock where there is no
// instruction.
#if (defined(__GCC_ATOMIC_LLONG_LOCK_FREE) && __GCC_ATOMIC_LLONG_LOCK_FREE == 2) ||                                    \
    (defined(ATOMIC_LLONG_LOCK_FREE) && ATOMIC_LLONG_LOCK_FREE == 2)
using lock_free_word = std::uint64_t;
#else
using lock_free_word = std::uint32_t;
#endif

/// Stores release and loads acquire: a thread that loads a value also sees everything that was stored before it. Of two
/// words, the one loaded first is never newer than the other.
template <class T>
class shared_word {
public:
    constexpr shared_word() noexcept = default;
    constexpr explicit shared_word(T value) noexcept : value_(value) {}
    shared_word(shared_word const&) = delete;
    shared_word& operator=(shared_word const&) = delete;

#if RESTARTCASTER_GNU
    [[nodiscard]] T load() const noexcept { return __atomic_load_n(&value_, __ATOMIC_ACQUIRE); }
    void store(T to) noexcept { __atomic_store_n(&value_, to, __ATOMIC_RELEASE); }

    /// Stores `to` if the value is still `seen`; otherwise loads the value into `seen`. May fail without a reason.
    [[nodiscard]] bool replace(T& seen, T to) noexcept {
#if defined(__GCC_ATOMIC_INT_LOCK_FREE) && __GCC_ATOMIC_INT_LOCK_FREE == 2
        return __atomic_compare_exchange_n(&value_, &seen, to, true, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
#else
        static_cast<void>(seen);
        store(to);
        return true;
#endif
    }

private:
    alignas(sizeof(T)) T value_ = 0;
#else
    [[nodiscard]] T load() const noexcept { return value_.load(std::memory_order_acquire); }
    void store(T to) noexcept { value_.store(to, std::memory_order_release); }
    [[nodiscard]] bool replace(T& seen, T to) noexcept {
        return value_.compare_exchange_weak(seen, to, std::memory_order_acq_rel, std::memory_order_acquire);
    }

private:
    std::atomic<T> value_ = 0;
#endif
};

}}} // namespace restartcaster::detail

#endif
