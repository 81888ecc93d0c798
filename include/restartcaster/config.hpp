// SPDX-License-Identifier: MIT
// The one home of the switches that a user may set, before the first include or on the command line.
// Source: docs/design.md, "Switches".
// Data flow: preprocessor in, constants and the name of the inline namespace out.
#ifndef RESTARTCASTER_CONFIG_HPP
#define RESTARTCASTER_CONFIG_HPP
#pragma once

#if !defined(__cplusplus) || (__cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L))
#error "restartcaster needs C++20: compile with -std=c++20 or later"
#endif

/// 1 where the compiler is gcc, clang or one that has their extensions: attributes, built-ins, inline assembly, vector
/// types. 0 is standard C++ throughout, as for every other compiler.
#ifndef RESTARTCASTER_GNU
#if defined(__GNUC__) || defined(__clang__)
#define RESTARTCASTER_GNU 1
#else
#define RESTARTCASTER_GNU 0
#endif
#endif

/// 1 leaves out every hash kernel but the portable one, and with them every vector type and `target` attribute.
#ifndef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 0
#endif
// Vectors are used only where every machine of the kind has them, and the unit as well: -mno-sse and
// -mgeneral-regs-only take them away. It is never a question of what else -march allows, since the linker keeps one
// copy of an inline function, and another unit's machine may have to run it.
#if !RESTARTCASTER_GNU ||                                                                                              \
    !((defined(__x86_64__) && defined(__SSE2__)) || (defined(__aarch64__) && defined(__ARM_NEON)))
#undef RESTARTCASTER_PORTABLE_ONLY
#define RESTARTCASTER_PORTABLE_ONLY 1
#endif

/// 1 prefers code size to speed: rolled hash kernels, small buffers, nothing forced inline.
/// By default it follows the kind of machine, and is 1 on a microcontroller: Cortex-M, Xtensa, 32-bit RISC-V. The
/// optimisation level of a unit does not change it, so that units with -O2 and with -Os work together.
#ifndef RESTARTCASTER_SMALL
#if (defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M') ||                        \
    defined(__XTENSA__) || (defined(__riscv) && __riscv_xlen == 32)
#define RESTARTCASTER_SMALL 1
#else
#define RESTARTCASTER_SMALL 0
#endif
#endif

// Translation units with different switches hold different types: mixing them is then a link error where
// they meet and harmless where they do not, never a silent clash.
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

/// Whether text is looked at by 16 bytes at once.
#define RESTARTCASTER_VECTORS (!RESTARTCASTER_PORTABLE_ONLY && !RESTARTCASTER_SMALL)

// A function that only hands on: inlined wherever it stands, for size as for speed.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_THIN [[__gnu__::__always_inline__]]
#else
#define RESTARTCASTER_THIN
#endif

// Small builds call these and never repeat them; elsewhere the compiler decides.
#if RESTARTCASTER_SMALL && RESTARTCASTER_GNU
#define RESTARTCASTER_ONCE [[__gnu__::__noinline__]]
#else
#define RESTARTCASTER_ONCE
#endif

// Inlining decides the speed of the signing path and the size of a firmware image; each build wants its own.
// HOT is a function that is inlined wherever it is called, when the compiler optimises for speed; a definition of your own, such as
// an empty one, takes its place. Without optimisation it would multiply the code that is compiled and buy nothing.
#ifndef RESTARTCASTER_HOT
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU || !defined(__OPTIMIZE__) || defined(__OPTIMIZE_SIZE__)
#define RESTARTCASTER_HOT
#else
#define RESTARTCASTER_HOT [[__gnu__::__always_inline__]]
#endif
#endif
// APART is a function that would take the registers of what is hot in its only caller.
#if RESTARTCASTER_SMALL || !RESTARTCASTER_GNU
#define RESTARTCASTER_APART
#define RESTARTCASTER_COLD
#else
#define RESTARTCASTER_APART [[__gnu__::__noinline__]]
#define RESTARTCASTER_COLD [[__gnu__::__noinline__, __gnu__::__cold__]]
#endif

// Behind a parameter that the result points into, or behind the declaration of a function whose result points into its
// object: compilers that know the attribute warn when the result outlives that.
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
