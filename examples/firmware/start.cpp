// SPDX-License-Identifier: MIT
// The start of a bare Cortex-M: vector table, memory set up, main, and the end of the emulation.
// Source: Armv7-M Architecture Reference Manual, B1.5; Arm "Semihosting for AArch32 and AArch64".
// Data flow: reset in; main's value out as the emulator's exit status.
#include "semihosting.hpp"

#include <cstdint>
#include <cstring>

extern "C" {
extern char stack_top[], data_begin[], data_end[], data_load[], bss_begin[], bss_end[];
int main();

[[noreturn]] void reset() {
    std::memcpy(data_begin, data_load, static_cast<std::size_t>(data_end - data_begin));
    std::memset(bss_begin, 0, static_cast<std::size_t>(bss_end - bss_begin));
    semihosting::end(main());
}
[[noreturn]] void fault() { semihosting::end(99); }
[[gnu::weak]] void tick() {} // of the SysTick, for a program that has one

[[gnu::section(".vectors"), gnu::used]] void const* const vectors[16] = {
    stack_top,
    reinterpret_cast<void const*>(&reset),
    reinterpret_cast<void const*>(&fault),
    reinterpret_cast<void const*>(&fault),
    nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
    reinterpret_cast<void const*>(&tick),
};
}
