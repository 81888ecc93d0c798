// SPDX-License-Identifier: MIT
// A whole call, and the sentence that says why a signature was refused.
#include "outside.hpp"

#include <restartcaster.hpp>
#include <restartcaster/explain/explain.hpp>

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
    rc::restart_caster const op{.caster_id = w.caster_id, .region_id = w.region_id};
    rc::stamp const when{.utc_seconds = w.utc_seconds, .nonce = w.nonce};
    auto const reply = rc::call(modem{}, op, key, when, w.room);
    rc::buffer_sink sentence(w.room);
    if (!reply)
        if (auto const why = rc::explain(op, key, when, reply.error())) rc::describe(sentence, reply.error(), *why);
    keep(reply);
    keep(sentence);
}
