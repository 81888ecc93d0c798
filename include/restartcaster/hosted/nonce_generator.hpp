// SPDX-License-Identifier: MIT
// Unpredictable nonces at less than a system call each, never twice: not by threads, forks or restarts.
// Source: D. J. Bernstein, "Fast-key-erasure random-number generators", 2017 (the idea of a keyed hash over a
//   counter); madvise(2), MADV_WIPEONFORK (Linux 4.14); minherit(2), INHERIT_ZERO (OpenBSD, FreeBSD).
// Path: 32 random bytes of the operating system, a counter and a clock, hashed, to one nonce per call.
#ifndef RESTARTCASTER_HOSTED_NONCE_GENERATOR_HPP
#define RESTARTCASTER_HOSTED_NONCE_GENERATOR_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../crypto/sha256.hpp"
#include "../crypto/wipe.hpp"
#include "entropy.hpp"

#include <atomic>
#include <chrono>
#include <new>

#ifndef _WIN32
#include <sys/mman.h>
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A nonce_source for processes. A nonce is the SHA-256 of 32 bytes of the operating system's, a counter and the
/// ticks of a clock, cut to 128 bits: fresh random bytes are fetched once in reseed_after nonces, and not for
/// each.
/// The seed lies in a page of its own that the kernel clears in the child of a fork, whoever calls it: a child
/// finds no seed, fetches one, and knows nothing of its parent's. The ticks keep two machines apart that were
/// woken from one snapshot. Where there is no such page (an older Linux, macOS) every nonce is fetched from the
/// operating system as by random_nonce(): slower, and as safe.
/// Any number of threads may draw from one object, without a lock; make one for the process.
/// Errors: entropy_missing, as random_nonce().
/// Cost: one compression; a page of memory for each object.
class nonce_generator {
public:
    static constexpr std::uint64_t reseed_after = std::uint64_t{1} << 20;

    nonce_generator() noexcept : state_(make_state()) {}
    nonce_generator(nonce_generator const&) = delete;
    nonce_generator& operator=(nonce_generator const&) = delete;
    ~nonce_generator() { unmake_state(state_); }

    [[nodiscard]] result<nonce> operator()() noexcept {
        if (state_ == nullptr) return random_nonce();
        std::uint32_t seeded = state_->seeded.load(std::memory_order_acquire);
        std::uint64_t const count = state_->count.fetch_add(1, std::memory_order_relaxed);
        if (seeded != ready || count % reseed_after == reseed_after - 1) {
            // One thread seeds. The others do not wait for it: fresh random bytes are never wrong.
            if (seeded == busy || !state_->seeded.compare_exchange_strong(seeded, busy)) return random_nonce();
            result<void> const filled = reseed();
            state_->seeded.store(filled ? ready : empty, std::memory_order_release);
            if (!filled) return unexpected(filled.error());
        }
        nonce const drawn = draw(count);
        // A fork in the middle, from a signal handler, has cleared the seed under the child's hands.
        if (state_->seeded.load(std::memory_order_acquire) == empty) return random_nonce();
        return drawn;
    }

private:
    // All of it is 0 in a child; 0 must mean that there is no seed.
    static constexpr std::uint32_t empty = 0, busy = 1, ready = 2;
    static constexpr std::size_t seed_words = 4;

    struct state {
        std::atomic<std::uint32_t> seeded;
        std::atomic<std::uint64_t> count;
        // Atomic words, so that a thread may draw while another seeds: it then hashes some words of the old seed
        // and some of the new, which nobody can guess either, under a count that nobody else has.
        std::atomic<std::uint64_t> seed[seed_words];
    };

    // Those of the clock or, where they are one instruction away, those that the clock is made of.
    [[nodiscard]] static std::uint64_t ticks() noexcept {
#if RESTARTCASTER_GNU && (defined(__x86_64__) || defined(__i386__))
        return __builtin_ia32_rdtsc();
#else
        return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
#endif
    }

    [[nodiscard]] result<void> reseed() noexcept {
        std::array<unsigned char, seed_words * 8> bytes{};
        if (auto const filled = fill_random(bytes); !filled) return filled;
        for (std::size_t i = 0; i != seed_words; ++i) {
            std::uint64_t part = 0;
            std::memcpy(&part, bytes.data() + 8 * i, 8);
            state_->seed[i].store(part, std::memory_order_relaxed);
        }
        wipe(bytes);
        return {};
    }

    [[nodiscard]] nonce draw(std::uint64_t count) const noexcept {
        // 48 bytes and their padding are one block, always the same one but for its content.
        std::array<std::uint64_t, sha256::block_size / 8> block{};
        for (std::size_t i = 0; i != seed_words; ++i) block[i] = state_->seed[i].load(std::memory_order_relaxed);
        block[seed_words] = count;
        block[seed_words + 1] = ticks();
        auto const bytes = reinterpret_cast<char*>(block.data());
        constexpr std::size_t used = (seed_words + 2) * 8;
        bytes[used] = static_cast<char>(-0x80);
        detail::store_big_endian(bytes + sizeof block - 4, std::uint32_t{used * 8});
        sha256::state_type digest = sha256::initial_state;
        sha256::compress_blocks(digest, bytes, 1);
        std::array<unsigned char, nonce::random_size> random;
        std::memcpy(random.data(), digest.data(), random.size());
        wipe(block);
        wipe(digest);
        return nonce(random);
    }

    // Null where there is no memory that a fork clears.
    [[nodiscard]] static state* make_state() noexcept {
#ifdef _WIN32
        return new (std::nothrow) state{}; // nothing forks here
#elif defined(MADV_WIPEONFORK) || defined(INHERIT_ZERO)
        void* const page =
            ::mmap(nullptr, sizeof(state), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) return nullptr;
#ifdef MADV_WIPEONFORK
        bool const clears = ::madvise(page, sizeof(state), MADV_WIPEONFORK) == 0;
#else
        bool const clears = ::minherit(page, sizeof(state), INHERIT_ZERO) == 0;
#endif
        if (clears) return ::new (page) state{};
        ::munmap(page, sizeof(state));
        return nullptr;
#else
        return nullptr;
#endif
    }

    static void unmake_state(state* of) noexcept {
        if (of == nullptr) return;
        detail::wipe_memory(of, sizeof *of);
#ifdef _WIN32
        delete of;
#else
        ::munmap(of, sizeof(state));
#endif
    }

    state* state_;
};

}} // namespace restartcaster

#endif
