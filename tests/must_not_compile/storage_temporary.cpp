// SPDX-License-Identifier: MIT
// What is built in a temporary storage would dangle.
// expect: use of deleted function .*room|room.* invokes a deleted function
#include <restartcaster.hpp>

namespace rc = restartcaster;

bool use(rc::signing_key<> const& key, rc::stamp const& when) {
    rc::restart_caster const operation{.caster_id = "a"};
#ifdef GOOD
    rc::storage<512> room;
    auto const request = rc::make_request(operation, key, when, room);
#else
    auto const request = rc::make_request(operation, key, when, rc::storage<512>{});
#endif
    return request && request->body.empty();
}
