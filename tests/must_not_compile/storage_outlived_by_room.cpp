// SPDX-License-Identifier: MIT
// A room is of no use once its storage is gone.
// expect with clang: address of stack memory associated with local variable .bytes. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

rc::room use() {
#ifdef GOOD
    static char bytes[512];
#else
    char bytes[512];
#endif
    return bytes;
}
