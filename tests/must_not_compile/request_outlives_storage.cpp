// SPDX-License-Identifier: MIT
// A request points into the storage that it was built in.
// expect with clang: address of stack memory associated with local variable .room. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

rc::result<rc::request> sign(rc::signing_key<> const& key, rc::stamp const& when
#ifdef GOOD
                             ,
                             char (&room)[2048]) {
#else
) {
    char room[2048];
#endif
    return rc::make_request(rc::restart_caster{.caster_id = "a"}, key, when, room);
}
