// SPDX-License-Identifier: MIT
// An endpoint looks at the text of its host for as long as it is used.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string configured_host();

bool use() {
#ifdef GOOD
    std::string const host = configured_host();
    rc::endpoint const named(host), literal("live.aliyuncs.com"), view(std::string_view(host).substr(1));
    return named.well_formed() && literal.well_formed() && view.well_formed();
#else
    rc::endpoint const to(configured_host());
    return to.well_formed();
#endif
}
