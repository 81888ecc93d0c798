// SPDX-License-Identifier: MIT
// The board: a tick every millisecond, a UART with a modem, and the debugger's console. Replace this file for another board.
// Source: Armv7-M Architecture Reference Manual B3.3 (SysTick); Arm PrimeCell UART PL011, 3.3; the board is the LM3S6965.
// Data flow: registers in; a clock, bytes and a sink for messages out.
#ifndef RESTARTCASTER_EXAMPLES_FIRMWARE_BOARD_HPP
#define RESTARTCASTER_EXAMPLES_FIRMWARE_BOARD_HPP

#include "semihosting.hpp"

#include <cstdint>
#include <string_view>

namespace board {

inline std::uint32_t volatile& reg(std::uintptr_t address) {
    return *reinterpret_cast<std::uint32_t volatile*>(address);
}

inline std::uint32_t volatile ticks = 0; // milliseconds since the start; wraps after 49.7 days

inline void start_ticking() {
    constexpr std::uint32_t cycles_of_a_millisecond = 12'500;
    reg(0xE000E014) = cycles_of_a_millisecond - 1;
    reg(0xE000E018) = 0;
    reg(0xE000E010) = 7; // SysTick on, with interrupt, at the processor's clock
}

/// The waiting_clock of rc::client. The UTC clock of this board was never set: it starts in 1970.
struct clock {
    std::int64_t utc_seconds() noexcept { return static_cast<std::int64_t>(ticks / 1000); }
    std::uint64_t monotonic_ms() noexcept { return ticks; }
    void sleep_ms(std::uint32_t ms) noexcept {
        for (std::uint32_t const start = ticks; ticks - start < ms;) __asm__ volatile("wfi");
    }
};

namespace uart {
inline constexpr std::uintptr_t data = 0x4000C000, flags = 0x4000C018;
inline constexpr std::uint32_t receive_empty = 1u << 4, transmit_full = 1u << 5;

inline void put(std::string_view text) noexcept {
    for (char const c : text) {
        while ((reg(flags) & transmit_full) != 0) {}
        reg(data) = static_cast<unsigned char>(c);
    }
}
/// The next byte, or -1 if none has arrived.
inline int get() noexcept { return (reg(flags) & receive_empty) != 0 ? -1 : static_cast<int>(reg(data) & 0xFF); }
} // namespace uart

/// A sink for messages.
struct console {
    void append(std::string_view text) noexcept {
        for (char const c : text) semihosting::say(c);
    }
};

} // namespace board

extern "C" void tick() { board::ticks = board::ticks + 1; }

#endif
