// SPDX-License-Identifier: MIT
// Signing alone: a key and RestartCaster, signed with signature version 1.0.
#include "outside.hpp"

#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/sign/rpc_v1.hpp>

namespace rc = restartcaster;

int main() {
    outside const& w = world();
    rc::signing_key<rc::rpc_v1> const key({.access_key_id = w.key_id, .access_key_secret = w.secret});
    auto const made = rc::make_request(rc::restart_caster{.caster_id = w.caster_id, .region_id = w.region_id}, key,
                                       {.utc_seconds = w.utc_seconds, .nonce = w.nonce}, w.room);
    keep(made);
}
