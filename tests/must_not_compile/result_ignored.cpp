// SPDX-License-Identifier: MIT
// A result is looked at.
// expect: (ignoring return(ed)? value|nodiscard)
#include <restartcaster.hpp>

namespace rc = restartcaster;

void use(rc::parameter_list<4>& parameters) {
#ifdef GOOD
    (void)parameters.append("CasterId", "a");
#else
    parameters.append("CasterId", "a");
#endif
}
