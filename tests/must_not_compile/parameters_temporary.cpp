// SPDX-License-Identifier: MIT
// The view of a temporary list of parameters would dangle.
// expect: use of deleted function .*parameters_view|parameters_view.* invokes a deleted function
#include <restartcaster.hpp>

namespace rc = restartcaster;

std::size_t use() {
#ifdef GOOD
    rc::parameter_list<4> const list;
    rc::parameters_view const view = list;
#else
    rc::parameters_view const view = rc::parameter_list<4>();
#endif
    return view.size();
}
