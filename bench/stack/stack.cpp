// SPDX-License-Identifier: MIT
// How deep the stack gets in each call, seen in what it overwrites.
// Source: none; the free stack is painted, and what is still paint afterwards was not used.
// Path: one line a call, its name and the bytes below the caller.
#include "../inputs.hpp"
#include "bare_metal/semihosting.hpp"

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
place<rc::signing_key<rc::rpc_v1>> rpc_key;
place<rc::signing_key<rc::acs3>> acs3_key;
place<rc::result<rc::request>> made;
place<rc::result<rc::request_id_reply, rc::error>> reply;
rc::storage<2048> room;

rc::credentials credentials{.access_key_id = inputs::key_id, .access_key_secret = inputs::secret};
rc::restart_caster op{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
rc::stamp when{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
rc::request_options options;
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
[[gnu::noinline]] void make_rpc_v1_key() { ::new (&rpc_key.value) rc::signing_key<rc::rpc_v1>(credentials); }
[[gnu::noinline]] void make_acs3_key() { ::new (&acs3_key.value) rc::signing_key<rc::acs3>(credentials); }
[[gnu::noinline]] void sign_rpc_v1() {
    ::new (&made.value) rc::result<rc::request>(rc::make_request(op, rpc_key.value, when, room, options));
}
[[gnu::noinline]] void sign_acs3() {
    ::new (&made.value) rc::result<rc::request>(rc::make_request(op, acs3_key.value, when, room, options));
}
[[gnu::noinline]] void call() {
    modem over;
    ::new (&reply.value) rc::result<rc::request_id_reply, rc::error>(
        rc::call(over, op, rpc_key.value, when, room, options));
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
    report("make_rpc_v1_key", make_rpc_v1_key);
    report("make_acs3_key", make_acs3_key);
    report("sign_rpc_v1", sign_rpc_v1);
    if (!made.value) return 1;
    report("sign_acs3", sign_acs3);
    if (!made.value) return 2;
    report_call("call_json_ok", inputs::json_ok, 200);
    if (!reply.value) return 3;
    report_call("call_json_error", inputs::json_error, 400);
    if (reply.value || reply.value.error().kind != rc::error_kind::refused) return 4;
    report_call("call_xml_ok", inputs::xml_ok, 200);
    if (!reply.value) return 5;
    report_call("call_xml_error", inputs::xml_error, 400);
    if (reply.value || reply.value.error().kind != rc::error_kind::refused) return 6;
    report_call("call_no_answer_of_the_service", "<html>", 502);
    if (reply.value || reply.value.error().kind != rc::error_kind::unreadable) return 7;
    return 0;
}
