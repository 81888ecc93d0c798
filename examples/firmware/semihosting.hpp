// SPDX-License-Identifier: MIT
// Words and an exit status from an emulated processor to the machine around it.
// Source: Arm "Semihosting for AArch32 and AArch64", SYS_WRITEC, SYS_WRITE0, SYS_EXIT_EXTENDED.
// Data flow: text and a number out.
#ifndef RESTARTCASTER_TESTS_SEMIHOSTING_HPP
#define RESTARTCASTER_TESTS_SEMIHOSTING_HPP

namespace semihosting {

inline int ask(int what, void const* with) {
    register int r0 __asm__("r0") = what;
    register void const* r1 __asm__("r1") = with;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

inline void say(char character) { ask(0x03, &character); }

inline void say(char const* text) { ask(0x04, text); }

inline void say(unsigned number) {
    char digits[11]{};
    unsigned at = 10;
    do digits[--at] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    say(digits + at);
}

[[noreturn]] inline void end(int status) {
    int const block[2]{0x20026, status};
    for (;;) ask(0x20, block);
}

} // namespace semihosting

#endif
