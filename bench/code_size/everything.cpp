// SPDX-License-Identifier: MIT
// A whole call: signing, the transport, reading JSON and XML, errors to act upon.
#include "outside.hpp"

#include <restartcaster.hpp>

namespace rc = restartcaster;

// Its code is not counted: it is elsewhere.
struct modem {
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept {
        using function = rc::result<rc::response>(rc::request const&, std::span<char>);
        function* there = nullptr;
        __asm__ volatile("" : "=r"(there));
        return there(out, storage);
    }
};

int main() {
    outside const& w = world();
    rc::signing_key<rc::rpc_v1> const key({.access_key_id = w.key_id, .access_key_secret = w.secret});
    auto const reply = rc::call(modem{}, rc::restart_caster{.caster_id = w.caster_id, .region_id = w.region_id}, key,
                                {.utc_seconds = w.utc_seconds, .nonce = w.nonce}, w.room);
    keep(reply);
}
