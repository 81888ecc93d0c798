// SPDX-License-Identifier: MIT
// Unpredictable nonces without a system call each; unique across threads, forks and restarts.
// Source: D. J. Bernstein, "Fast-key-erasure random-number generators", 2017 (the idea of a keyed hash over a
//   counter); madvise(2), MADV_WIPEONFORK (Linux 4.14); minherit(2), INHERIT_ZERO (OpenBSD, FreeBSD).
// Data flow: SHA-256 of 32 random bytes of the operating system, a counter and a clock -> one nonce per call.
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

/// A nonce_source for programs under an operating system. A nonce is the SHA-256 of a seed (32 random bytes of the
/// operating system), a counter and the ticks of a clock, cut to 128 bits. The seed is renewed once in reseed_after
/// nonces.
/// The seed is in a page of its own, which the kernel clears in the child of every fork. A child therefore finds no seed,
/// fetches one, and cannot know its parent's. After a fork from a signal handler in the middle of a draw, the child draws
/// again. After a fork between a draw and the use of its nonce, both processes have that nonce. The ticks make the nonces
/// of two machines differ that were resumed from one snapshot. Where the system cannot clear a page (Linux before 4.14,
/// macOS), every nonce is fetched from the operating system as by random_nonce(): slower, and as safe.
/// Any number of threads may share one object without a lock; make one for the process.
/// Errors: entropy_missing, as random_nonce().
/// Cost: one compression; one page of memory per object.
class nonce_generator {
public:
    /// Nonces per seed.
    static constexpr std::uint64_t reseed_after = std::uint64_t{1} << 20;

    /// Allocates the page; the seed is fetched with the first nonce.
    nonce_generator() noexcept : state_(make_state()) {}
    nonce_generator(nonce_generator const&) = delete;
    nonce_generator& operator=(nonce_generator const&) = delete;
    ~nonce_generator() { unmake_state(state_); }

    /// The next nonce.
    [[nodiscard]] result<nonce> operator()() noexcept {
        if (state_ == nullptr) return random_nonce();
        while (true) {
            std::uint64_t const generation = state_->generation.load(std::memory_order_acquire);
            if (generation == cleared) {
                replace_generation(cleared, seedless);
                continue;
            }
            std::uint64_t const count = state_->count.fetch_add(1, std::memory_order_relaxed);
            if (generation == seedless || count % reseed_after == reseed_after - 1) { // unreached: rare
                if (auto const filled = reseed(generation); !filled) return unexpected(filled.error());
                continue;
            }
            // While one thread renews the seed, the others do not wait: they take random bytes of the operating system.
            // unreached: race_maybe
            result<nonce> const drawn = generation == seeding ? random_nonce() : nonce_of(count);
            // This check is last. In the child of a fork from a signal handler during this draw, the generation has
            // changed, even if the handler has drawn a nonce: this draw has read the parent's seed and must be repeated.
            std::atomic_signal_fence(std::memory_order_seq_cst);
            if (state_->generation.load(std::memory_order_acquire) == generation) return drawn; // unreached: race_maybe
        }
    }

private:
    // The values of a generation before it becomes a random number. A child finds 0 in the whole page. A draw never ends
    // with `seedless`, and replaces 0 before it reads the seed. So in a child, the generation never equals the value that an
    // interrupted draw had read in the parent.
    static constexpr std::uint64_t cleared = 0, seedless = 1, seeding = 2, least_random = 4;
    static constexpr std::size_t seed_words = 4;

    struct state {
        std::atomic<std::uint64_t> generation; // a new random number for every seed
        std::atomic<std::uint64_t> count;
        // Atomic words, so that a thread may draw while another renews the seed.
        std::atomic<std::uint64_t> seed[seed_words];
    };

    bool replace_generation(std::uint64_t from, std::uint64_t to) noexcept {
        return state_->generation.compare_exchange_strong(from, to);
    }

    // The time-stamp counter on x86, which is one instruction; elsewhere the system clock.
    [[nodiscard]] static std::uint64_t ticks() noexcept {
#if RESTARTCASTER_GNU && (defined(__x86_64__) || defined(__i386__))
        return __builtin_ia32_rdtsc();
#else
        return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
#endif
    }

    // Success if there is a new generation now, made by this thread or by another.
    [[nodiscard]] result<void> reseed(std::uint64_t generation) noexcept {
        std::array<unsigned char, (seed_words + 1) * 8> bytes{};
        if (auto const filled = fill_random(bytes); !filled) {
            replace_generation(generation, cleared);
            return filled;
        }
        std::array<std::uint64_t, seed_words + 1> words{};
        std::memcpy(words.data(), bytes.data(), bytes.size());
        if (replace_generation(generation, seeding)) { // unreached: race_maybe
            for (std::size_t i = 0; i != seed_words; ++i) state_->seed[i].store(words[i], std::memory_order_relaxed);
            // After a fork since, the child has stored its parent's seed here, and clears the generation.
            // unreached: race
            if (!replace_generation(seeding, words[seed_words] | least_random)) state_->generation.store(cleared);
        }
        wipe(bytes);
        wipe(words);
        return {};
    }

    RESTARTCASTER_APART RESTARTCASTER_ONCE static void forget_below() noexcept { detail::wipe_stack<detail::hash_depth>(); }

    [[nodiscard]] nonce nonce_of(std::uint64_t count) const noexcept {
        // 48 bytes and their padding fill exactly one block.
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
        forget_below();
        return nonce(random);
    }

    // Null if the system has no memory that is cleared in the child of a fork.
    [[nodiscard]] static state* make_state() noexcept {
#ifdef _WIN32
        return new (std::nothrow) state{}; // Windows has no fork
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
