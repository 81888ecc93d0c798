// SPDX-License-Identifier: MIT
// Chooses the hash kernel for this processor: once, at run time; the choice is kept in one byte.
// Source: Intel SDM volume 2A, CPUID (leaf 1 ECX, leaf 7 EBX); Linux Documentation/arch/arm64/elf_hwcaps.rst.
// Data flow: CPUID or the operating system's auxiliary vector in, a kernel out; compress_blocks() of each hash asks.
#ifndef RESTARTCASTER_CRYPTO_CPU_HPP
#define RESTARTCASTER_CRYPTO_CPU_HPP
#pragma once

#include "../config.hpp"

// Which kernels can be compiled. The choice among them is made at run time, even under -msha or -march=native: the linker
// may keep the inline functions of such a translation unit for the whole program.
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

#if RESTARTCASTER_ARMV8_KERNELS && defined(__APPLE__) // every Apple Arm processor has the instructions

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
    // No check with XGETBV: the instructions use XMM registers only, which every x86-64 system saves.
    return ssse3 && sse4_1 && sha ? kernel::x86_sha : kernel::portable; // unreached: processor
}
#else
// getauxval under a name of the library, which needs no system header and cannot conflict with <sys/auxv.h>.
extern "C" unsigned long restartcaster_getauxval(unsigned long type) noexcept __asm__("getauxval");

[[nodiscard]] inline kernel best_kernel() noexcept {
    constexpr unsigned long at_hwcap = 16;
    constexpr unsigned long sha1_and_sha2 = 1UL << 5 | 1UL << 6;
    bool const has_sha = (restartcaster_getauxval(at_hwcap) & sha1_and_sha2) == sha1_and_sha2;
    return has_sha ? kernel::armv8_sha : kernel::portable;
}
#endif

// A race is harmless, because every thread computes the same kernel. A relaxed access costs as much as a plain one.
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

/// For tests: makes every hash use this kernel from now on, if the processor has it and the build left a choice;
/// `undecided` restores the best kernel. Returns the kernel now in use.
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
