// SPDX-License-Identifier: MIT
// One thing done a hundred times, for a tool that counts instructions.
// Source: valgrind manual, callgrind, --toggle-collect.
// Data flow: the name of what to do in; callgrind counts what happens inside counted().
#include "inputs.hpp"

#include <restartcaster.hpp>
#include <restartcaster/sign/acs3.hpp>

#include <cstdio>
#include <cstring>

namespace rc = restartcaster;

namespace {

constexpr rc::credentials credentials{.access_key_id = inputs::key_id, .access_key_secret = inputs::secret};

template <class T>
void hide(T& value) {
    __asm__ volatile("" : "+m"(value) : : "memory");
}

template <class Scheme>
bool sign(rc::signing_key<Scheme> const& key, rc::storage<4096>& room) {
    rc::restart_caster op{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
    rc::stamp when{.utc_seconds = inputs::utc_seconds, .nonce = inputs::nonce};
    hide(op);
    hide(when);
    auto made = rc::make_request(op, key, when, room);
    hide(made);
    return made.has_value();
}

bool read(rc::storage<4096>& room, std::string_view body, std::uint16_t status) {
    std::memcpy(room.bytes, body.data(), body.size());
    rc::response const from{.status = status, .body = {room.bytes, body.size()}};
    auto reply = rc::read_reply<rc::restart_caster>(from);
    hide(reply);
    return reply ? !reply->request_id.empty() : reply.error().kind == rc::error_kind::refused;
}

rc::signing_key<rc::rpc_v1> const rpc_key(credentials);
rc::signing_key<rc::acs3> const acs3_key(credentials);
rc::storage<4096> room;

} // namespace

extern "C" [[gnu::noinline]] bool counted(std::string_view what) {
    bool done = true;
    for (int turn = 0; turn != 100; ++turn) {
        if (what == "sign_rpc_v1") done = sign(rpc_key, room) && done;
        else if (what == "sign_acs3") done = sign(acs3_key, room) && done;
        else if (what == "json_ok") done = read(room, inputs::json_ok, 200) && done;
        else if (what == "json_error") done = read(room, inputs::json_error, 400) && done;
        else if (what == "xml_ok") done = read(room, inputs::xml_ok, 200) && done;
        else if (what == "xml_error") done = read(room, inputs::xml_error, 400) && done;
        else return false;
    }
    return done;
}

int main(int argc, char** argv) {
    // Where the processor has better kernels, those of a machine without are counted.
    rc::detail::force_kernel(rc::detail::kernel::portable);
    if (argc == 2 && counted(argv[1])) return 0;
    std::fputs("what was to be counted is unknown, or failed\n", stderr);
    return 1;
}
