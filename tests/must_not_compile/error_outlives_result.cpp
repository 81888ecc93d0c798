// SPDX-License-Identifier: MIT
// The reason of a failure is a part of the result.
// expect with clang: temporary bound to local reference .why. will be destroyed
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

rc::errc use(rc::signing_key<> const& key) {
#ifdef GOOD
    auto const valid = key.valid();
    rc::failure const& why = valid.error();
#else
    rc::failure const& why = rc::result<void>(key.valid()).error();
#endif
    return why.code;
}
