// SPDX-License-Identifier: MIT
// An endpoint is of no use once the string of its host is gone.
// expect with clang: address of stack memory associated with local variable .host. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string configured_host();

rc::endpoint use() {
#ifdef GOOD
    static std::string const host = configured_host();
#else
    std::string const host = configured_host();
#endif
    return rc::endpoint(host);
}
