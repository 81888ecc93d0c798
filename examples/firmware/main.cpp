// SPDX-License-Identifier: MIT
// Restarts a studio from a bare Cortex-M: no operating system, no heap, no exceptions, no clock that was ever set.
// Source: RFC 9112 section 3 (request line); transports/http1_answer.hpp reads the answer.
// Data flow: HTTP over a UART to a modem, which speaks TLS with the service; the answer back; one line to the debugger.
//
//   arm-none-eabi-g++ -std=c++20 -Os -mthumb -mcpu=cortex-m3 -fno-exceptions -fno-rtti -ffunction-sections -Iinclude
//       examples/firmware/main.cpp examples/firmware/start.cpp
//       -T examples/firmware/layout.ld -nostartfiles --specs=nano.specs -Wl,--gc-sections -o firmware.elf
#include "../transports/http1_answer.hpp"
#include "board.hpp"

#include <restartcaster.hpp>

namespace rc = restartcaster;
using namespace std::string_view_literals;

#ifndef BOOT_COUNT // to be counted up in flash, and stored, at every start
#define BOOT_COUNT 1
#endif

class modem {
public:
    void time_left_ms(std::uint32_t ms) noexcept { deadline_ = board::ticks + ms; }

    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        for (std::string_view const part : {text(out.method), " "sv, out.target, " HTTP/1.1\r\nHost: "sv, out.host, "\r\n"sv,
                                            out.headers.text(), "Connection: close\r\nContent-Length: "sv})
            board::uart::put(part);
        put_number(out.body.size());
        board::uart::put("\r\n\r\n");
        board::uart::put(out.body);
        auto const next = [this] {
            for (;;) {
                if (int const byte = board::uart::get(); byte >= 0) return byte;
                if (static_cast<std::int32_t>(board::ticks - deadline_) >= 0) return int{stream_failed};
            }
        };
        return http1_answer(next, storage).answer();
    }

private:
    static void put_number(std::size_t number) noexcept {
        if (number > 9) put_number(number / 10);
        char const digit = static_cast<char>('0' + number % 10);
        board::uart::put({&digit, 1});
    }

    std::uint32_t deadline_ = 0;
};

int main() {
    board::start_ticking();
    board::clock clock;
    board::console console;
    modem to_the_service;

    rc::signing_key const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    // Unique nonces, although the board has no random numbers.
    rc::device_nonce nonces(key, {.device_id = "cabinet-7", .boot_count = BOOT_COUNT});
    rc::clock_skew skew; // the first answer of the service corrects the clock
    rc::client service(to_the_service, clock, nonces, key, {.call = {.skew = &skew}, .time_limit_ms = 20'000});

    rc::storage<2048> room;
    auto const reply = service.call(rc::restart_caster{.caster_id = "live-1"}, room);
    if (reply)
        rc::append_foreign(console, reply->request_id); // safe for a terminal
    else
        describe(console, reply.error());
    console.append("\n");
    return reply ? 0 : 1;
}
