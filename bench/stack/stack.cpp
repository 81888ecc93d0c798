// SPDX-License-Identifier: MIT
// How deep the stack gets in each call, seen in what it overwrites.
// Source: none; the free stack is painted, and what is still paint afterwards was not used.
// Data flow: one line a call, its name and the bytes below the caller.
#include "../inputs.hpp"
#include "../../examples/firmware/semihosting.hpp"

#include <restartcaster.hpp>
#include <restartcaster/sign/acs3.hpp>

#include <new>

namespace rc = restartcaster;

extern "C" char bss_end[];

namespace {

// What is the caller's: keys, room and outcome are not on the stack that is measured.
template <class T>
union place {
    char nothing;
    T value;
    constexpr place() : nothing() {}
    ~place() {}
};
// One scheme an image, as in most programs: what both have in common is called by both, and deeper by that.
#ifdef STACK_OF_ACS3
using scheme = rc::acs3;
#else
using scheme = rc::rpc_v1;
#endif
place<rc::signing_key<scheme>> key;
place<rc::result<rc::request>> made;
place<rc::result<rc::request_id_reply, rc::error>> reply;
rc::storage<2048> room;

rc::credentials credentials{.access_key_id = inputs::key_id, .access_key_secret = inputs::secret};
rc::restart_caster op{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
rc::stamp when{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
std::string_view answer;
std::uint16_t status;

// Answers with what `answer` says; it needs no more stack than its own few registers.
struct modem {
    [[gnu::noinline]] rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        for (std::size_t i = 0; i != answer.size(); ++i) storage[i] = answer[i];
        return rc::response{.status = status, .body = storage.first(answer.size())};
    }
};

[[gnu::noinline]] void nothing() { __asm__ volatile(""); }
[[gnu::noinline]] void make_key() { ::new (&key.value) rc::signing_key<scheme>(credentials); }
[[gnu::noinline]] void sign() {
    ::new (&made.value) rc::result<rc::request>(rc::make_request(op, key.value, when, room));
}
[[gnu::noinline]] void call() {
    modem over;
    ::new (&reply.value) rc::result<rc::request_id_reply, rc::error>(rc::call(over, op, key.value, when, room));
}

[[gnu::noinline]] unsigned depth_of(void (*function)()) {
    constexpr std::uint32_t paint = 0xC0DEC0DE;
    std::uint32_t volatile* const lowest = reinterpret_cast<std::uint32_t*>(bss_end);
    std::uintptr_t here = 0;
    __asm__ volatile("mov %0, sp" : "=r"(here));
    for (std::uint32_t volatile* at = lowest; reinterpret_cast<std::uintptr_t>(at) != here; at = at + 1) *at = paint;
    function();
    std::uint32_t volatile* at = lowest;
    while (*at == paint) at = at + 1;
    return static_cast<unsigned>(here - reinterpret_cast<std::uintptr_t>(at));
}

void report(char const* name, void (*function)()) {
    unsigned const depth = depth_of(function);
    semihosting::say(name);
    semihosting::say(" ");
    semihosting::say(depth);
    semihosting::say("\n");
}

void report_call(char const* name, std::string_view body, std::uint16_t with_status) {
    answer = body;
    status = with_status;
    report(name, call);
}

} // namespace

int main() {
    report("nothing", nothing);
    report("make_key", make_key);
    report("sign", sign);
    if (!made.value) return 1;
    report_call("call_json_ok", inputs::json_ok, 200);
    if (!reply.value) return 2;
    report_call("call_json_error", inputs::json_error, 400);
    if (reply.value || reply.value.error().kind != rc::error_kind::refused) return 3;
    report_call("call_xml_ok", inputs::xml_ok, 200);
    if (!reply.value) return 4;
    report_call("call_xml_error", inputs::xml_error, 400);
    if (reply.value || reply.value.error().kind != rc::error_kind::refused) return 5;
    report_call("call_no_answer_of_the_service", "<html>", 502);
    if (reply.value || reply.value.error().kind != rc::error_kind::unreadable) return 6;
    return 0;
}
