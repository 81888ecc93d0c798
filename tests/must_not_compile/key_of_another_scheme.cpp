// SPDX-License-Identifier: MIT
// A key made for one signature scheme does not sign for the other: nothing turns one into the other.
// expect: no (viable|known) conversion|could not convert|cannot bind|invalid initialization of reference
#include <restartcaster.hpp>

namespace rc = restartcaster;

void restart(rc::signing_key<rc::acs3> const& key);

void use(rc::credentials const& from) {
#ifdef GOOD
    rc::signing_key<rc::acs3> const key(from);
#else
    rc::signing_key<rc::rpc_v1> const key(from);
#endif
    restart(key);
}
