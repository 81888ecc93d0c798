// SPDX-License-Identifier: MIT
// Unpredictable nonces at less than a system call each, never twice: not by threads, forks or restarts.
// Source: D. J. Bernstein, "Fast-key-erasure random-number generators", 2017 (the idea of a keyed hash over a
//   counter); madvise(2), MADV_WIPEONFORK (Linux 4.14); minherit(2), INHERIT_ZERO (OpenBSD, FreeBSD).
// Data flow: 32 random bytes of the operating system, a counter and a clock, hashed, to one nonce per call.
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
/// finds no seed, fetches one, and knows nothing of its parent's. A fork from a signal handler in the middle of a draw has
/// the child draw again; one between a draw and the use of its nonce gives both processes that nonce, as it would any other
/// text. The ticks keep two machines apart that were
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
            // While one thread seeds, the others do not wait for it: fresh random bytes are never wrong.
            // unreached: race_maybe
            result<nonce> const drawn = generation == seeding ? random_nonce() : nonce_of(count);
            // The last that happens. In the child of a fork that came from a signal handler since, the generation is another,
            // even if the handler has drawn already: what this draw has read is its parent's.
            std::atomic_signal_fence(std::memory_order_seq_cst);
            if (state_->generation.load(std::memory_order_acquire) == generation) return drawn; // unreached: race_maybe
        }
    }

private:
    // What a generation is before it is a random number. All of the page is 0 in a child. Nobody leaves `seedless` behind, and
    // 0 is left before anything is read, so that what a child finds is never what its parent had found.
    static constexpr std::uint64_t cleared = 0, seedless = 1, seeding = 2, least_random = 4;
    static constexpr std::size_t seed_words = 4;

    struct state {
        std::atomic<std::uint64_t> generation; // another random number for every seed
        std::atomic<std::uint64_t> count;
        // Atomic words, so that a thread may draw while another seeds.
        std::atomic<std::uint64_t> seed[seed_words];
    };

    bool replace_generation(std::uint64_t from, std::uint64_t to) noexcept {
        return state_->generation.compare_exchange_strong(from, to);
    }

    // Those of the clock or, where they are one instruction away, those that the clock is made of.
    [[nodiscard]] static std::uint64_t ticks() noexcept {
#if RESTARTCASTER_GNU && (defined(__x86_64__) || defined(__i386__))
        return __builtin_ia32_rdtsc();
#else
        return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
#endif
    }

    // Success when there is another generation now, of whosever making.
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
            // In the child of a fork meanwhile, what was stored is its parent's seed.
            // unreached: race
            if (!replace_generation(seeding, words[seed_words] | least_random)) state_->generation.store(cleared);
        }
        wipe(bytes);
        wipe(words);
        return {};
    }

    RESTARTCASTER_APART RESTARTCASTER_ONCE static void forget_below() noexcept { detail::wipe_stack<detail::hash_depth>(); }

    [[nodiscard]] nonce nonce_of(std::uint64_t count) const noexcept {
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
        forget_below();
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
