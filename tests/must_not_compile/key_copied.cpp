// SPDX-License-Identifier: MIT
// A signing key is not copied by accident: what signs is wiped in one place.
// expect: use of deleted function .*signing_key|call to deleted constructor of .*signing_key
#include <restartcaster.hpp>

namespace rc = restartcaster;

void use(rc::signing_key<> const& key) {
#ifdef GOOD
    rc::signing_key<> const& other = key;
#else
    rc::signing_key<> const other = key;
#endif
    (void)other.valid();
}
