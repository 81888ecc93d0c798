// SPDX-License-Identifier: MIT
// The members of an operation are plain views, so that clang alone sees what a local one looks at.
// expect with clang: object backing the pointer will be destroyed at the end of the full-expression
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string next_studio();

std::size_t use() {
#ifdef GOOD
    std::string const studio = next_studio();
    rc::restart_caster const operation{.caster_id = studio};
#else
    rc::restart_caster const operation{.caster_id = next_studio()};
#endif
    return operation.caster_id.size();
}
