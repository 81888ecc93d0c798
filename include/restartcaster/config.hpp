// SPDX-License-Identifier: MIT
// All switches that a user may set, before the first include or on the command line of the compiler.
// Source: docs/design.md, "Switches".
// Data flow: preprocessor in, constants and the name of the inline namespace out.
#ifndef RESTARTCASTER_CONFIG_HPP
#define RESTARTCASTER_CONFIG_HPP
#pragma once

#if !defined(__cplusplus) || (__cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L))
#error "restartcaster needs C++20: compile with -std=c++20 or later"
#endif

/// 1: the compiler is gcc, clang or a compiler with their extensions (attributes, built-ins, inline assembly, vector types).
/// 0: standard C++ only, the default for every other compiler.
#ifndef RESTARTCASTER_GNU
#if defined(__GNUC__) || defined(__clang__)
#define RESTARTCASTER_GNU 1
#else
#define RESTARTCASTER_GNU 0
#endif
#endif

/// 1: only the portable hash kernel, without vector types and `target` attributes. 0: the kernels of the machine too.
#ifndef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 0
#endif
// Vectors are used if the architecture always has them (SSE2 on x86-64, NEON on AArch64), unless -mno-sse or
// -mgeneral-regs-only disables them. Other options of -march have no effect: the linker keeps one copy of an inline function
// for all translation units, and every machine that runs the program must be able to run this copy.
#if !RESTARTCASTER_GNU ||                                                                                              \
    !((defined(__x86_64__) && defined(__SSE2__)) || (defined(__aarch64__) && defined(__ARM_NEON)))
#undef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 1
#endif

/// 1: small code (loops instead of unrolled hash kernels, small buffers, little forced inlining). 0: fast code.
/// The default is 1 on microcontrollers (Cortex-M, Xtensa, 32-bit RISC-V) and 0 elsewhere. The optimisation level does not
/// change the default, so that translation units compiled with -O2 and with -Os can be linked together.
#ifndef RESTARTCASTER_SMALL
#if (defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M') ||                        \
    defined(__XTENSA__) || (defined(__riscv) && __riscv_xlen == 32)
#define RESTARTCASTER_SMALL 1
#else
#define RESTARTCASTER_SMALL 0
#endif
#endif

// Translation units with different switches have different types. The inline namespace makes the names of the types differ:
// passing such a type from one unit to the other is a link error, and all other uses work.
#if !RESTARTCASTER_GNU && RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_standard_small
#elif !RESTARTCASTER_GNU
#define RESTARTCASTER_ABI v0_standard
#elif RESTARTCASTER_PORTABLE_ONLY && RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_portable_small
#elif RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_ABI v0_portable
#elif RESTARTCASTER_SMALL
#define RESTARTCASTER_ABI v0_small
#else
#define RESTARTCASTER_ABI v0
#endif

/// 1: text is tested 16 bytes at a time, with vectors.
#define RESTARTCASTER_VECTORS (!RESTARTCASTER_PORTABLE_ONLY && !RESTARTCASTER_SMALL)

// THIN: always inlined, in all builds; for a function that only calls another function, or that has one caller.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_THIN [[__gnu__::__always_inline__]]
#else
#define RESTARTCASTER_THIN
#endif

// ONCE: never inlined in size builds, so that one copy exists; in speed builds the compiler decides.
#if RESTARTCASTER_SMALL && RESTARTCASTER_GNU
#define RESTARTCASTER_ONCE [[__gnu__::__noinline__]]
#else
#define RESTARTCASTER_ONCE
#endif

// ONE_COPY: never inlined, in all builds, and rarely called.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_ONE_COPY [[__gnu__::__noinline__, __gnu__::__cold__]]
#else
#define RESTARTCASTER_ONE_COPY
#endif

// HOT: always inlined in speed builds, because inlining decides the speed of the signing path. Without optimisation, inlining
// makes more code and no speed. A user may define RESTARTCASTER_HOT, for example as empty, to let the compiler decide.
#ifndef RESTARTCASTER_HOT
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU || !defined(__OPTIMIZE__) || defined(__OPTIMIZE_SIZE__)
#define RESTARTCASTER_HOT
#else
#define RESTARTCASTER_HOT [[__gnu__::__always_inline__]]
#endif
#endif
// APART: never inlined in speed builds, so that its registers are not taken from its hot caller.
// COLD: never inlined in speed builds, and rarely called.
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU
#define RESTARTCASTER_APART
#define RESTARTCASTER_COLD
#else
#define RESTARTCASTER_APART [[__gnu__::__noinline__]]
#define RESTARTCASTER_COLD [[__gnu__::__noinline__, __gnu__::__cold__]]
#endif

// LIFETIMEBOUND: the result points into the parameter before this attribute or, after the declaration of a member function,
// into its object. Compilers that know the attribute warn if the result outlives the parameter or the object.
#ifdef __has_cpp_attribute
#if __has_cpp_attribute(_Clang::__lifetimebound__)
#define RESTARTCASTER_LIFETIMEBOUND [[_Clang::__lifetimebound__]]
#elif __has_cpp_attribute(__gnu__::__lifetimebound__)
#define RESTARTCASTER_LIFETIMEBOUND [[__gnu__::__lifetimebound__]]
#elif defined(_MSC_VER)
#if __has_cpp_attribute(msvc::lifetimebound)
#define RESTARTCASTER_LIFETIMEBOUND [[msvc::lifetimebound]]
#endif
#endif
#endif
#ifndef RESTARTCASTER_LIFETIMEBOUND
#define RESTARTCASTER_LIFETIMEBOUND
#endif

#endif
