// SPDX-License-Identifier: MIT
// Signing alone, of a call whose parameters are given at run time, with signature version 1.0.
#include "outside.hpp"

#include <restartcaster.hpp>

namespace rc = restartcaster;

int main() {
    outside const& w = world();
    rc::signing_key<rc::rpc_v1> const key({.access_key_id = w.key_id, .access_key_secret = w.secret});
    rc::parameter_list<4> list;
    bool const good = list.append("CasterId", w.caster_id) && list.append("RegionId", w.region_id);
    auto const made = rc::make_request(rc::action{"RestartCaster", "2016-11-01", list}, key,
                                       {.utc_seconds = w.utc_seconds, .nonce = w.nonce}, w.room);
    keep(good);
    keep(made);
}
