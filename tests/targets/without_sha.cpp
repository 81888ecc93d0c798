// SPDX-License-Identifier: MIT
// An operating system that reports a processor without SHA instructions; no processor that qemu-user knows lacks them.
// Source: getauxval(3); ld(1), --wrap.
// Data flow: every question in, no capability out.
extern "C" unsigned long __wrap_getauxval(unsigned long) noexcept { return 0; }
