// SPDX-License-Identifier: MIT
// Which of the hash kernels this machine runs: asked once, kept in one byte.
// Source: Intel SDM volume 2A, CPUID (leaf 1 ECX, leaf 7 EBX); Linux Documentation/arch/arm64/elf_hwcaps.rst.
// Data flow: the CPU or the kernel of the operating system in; the one door of each hash asks here.
#ifndef RESTARTCASTER_CRYPTO_CPU_HPP
#define RESTARTCASTER_CRYPTO_CPU_HPP
#pragma once

#include "../config.hpp"

// Which kernels can be compiled at all; the choice among these is made at run time, whatever the compiler was told of the
// machine: a function compiled with -msha or -march=native may be the copy that the linker keeps for every unit.
#if !RESTARTCASTER_PORTABLE_ONLY && defined(__x86_64__)
#define RESTARTCASTER_X86_KERNELS 1
#else
#define RESTARTCASTER_X86_KERNELS 0
#endif
#if !RESTARTCASTER_PORTABLE_ONLY && defined(__aarch64__) && !defined(__AARCH64EB__) &&                                 \
    (defined(__linux__) || defined(__APPLE__))
#define RESTARTCASTER_ARMV8_KERNELS 1
#else
#define RESTARTCASTER_ARMV8_KERNELS 0
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

enum class kernel : unsigned char { undecided, portable, x86_sha, armv8_sha };

#if RESTARTCASTER_ARMV8_KERNELS && defined(__APPLE__) // every one of their machines has them

[[nodiscard]] constexpr kernel best_kernel() noexcept { return kernel::armv8_sha; }
[[nodiscard]] constexpr kernel chosen_kernel() noexcept { return kernel::armv8_sha; }
constexpr kernel force_kernel(kernel) noexcept { return kernel::armv8_sha; }

#elif RESTARTCASTER_X86_KERNELS || RESTARTCASTER_ARMV8_KERNELS

#if RESTARTCASTER_X86_KERNELS
[[nodiscard]] inline kernel best_kernel() noexcept {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    if (eax < 7) return kernel::portable; // unreached: processor
    eax = 1, ecx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    bool const ssse3 = (ecx >> 9 & 1) != 0;
    bool const sse4_1 = (ecx >> 19 & 1) != 0;
    eax = 7, ecx = 0;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    bool const sha = (ebx >> 29 & 1) != 0;
    // The instructions use XMM registers only, which every x86-64 system saves: no XGETBV is needed.
    return ssse3 && sse4_1 && sha ? kernel::x86_sha : kernel::portable; // unreached: processor
}
#else
// <sys/auxv.h> under a name of our own, so that no system header is needed and none is contradicted.
extern "C" unsigned long restartcaster_getauxval(unsigned long type) noexcept __asm__("getauxval");

[[nodiscard]] inline kernel best_kernel() noexcept {
    constexpr unsigned long at_hwcap = 16;
    constexpr unsigned long sha1_and_sha2 = 1UL << 5 | 1UL << 6;
    bool const both = (restartcaster_getauxval(at_hwcap) & sha1_and_sha2) == sha1_and_sha2;
    return both ? kernel::armv8_sha : kernel::portable;
}
#endif

// Every thread that finds it undecided decides the same, so that a race is harmless; a relaxed access costs
// what a plain one does.
inline constinit unsigned char kernel_choice = 0;

[[__gnu__::__noinline__, __gnu__::__cold__]] inline kernel decide_kernel() noexcept {
    kernel const best = best_kernel();
    __atomic_store_n(&kernel_choice, static_cast<unsigned char>(best), __ATOMIC_RELAXED);
    return best;
}

[[nodiscard]] RESTARTCASTER_HOT inline kernel chosen_kernel() noexcept {
    unsigned char const choice = __atomic_load_n(&kernel_choice, __ATOMIC_RELAXED);
    if (choice == static_cast<unsigned char>(kernel::undecided)) [[unlikely]]
        return decide_kernel();
    return static_cast<kernel>(choice);
}

/// For tests: has every hash take this kernel from now on, where the machine has it and the build did not
/// decide already; `undecided` goes back to the best. Answers which one it is now.
template <class Kernel>
Kernel force_kernel(Kernel wanted) noexcept {
    kernel const best = best_kernel();
    kernel const now = wanted == Kernel::portable ? wanted : best;
    __atomic_store_n(&kernel_choice, static_cast<unsigned char>(now), __ATOMIC_RELAXED);
    return now;
}

#else

[[nodiscard]] constexpr kernel best_kernel() noexcept { return kernel::portable; }
[[nodiscard]] constexpr kernel chosen_kernel() noexcept { return kernel::portable; }
constexpr kernel force_kernel(kernel) noexcept { return kernel::portable; }

#endif

}}} // namespace restartcaster::detail

#endif
