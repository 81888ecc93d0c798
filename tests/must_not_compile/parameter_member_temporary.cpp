// SPDX-License-Identifier: MIT
// So are the texts of an element of a list.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

bool use(int page) {
    rc::parameter_list<4> list;
    std::string const number = std::to_string(page);
#ifdef GOOD
    return list.append("List", 1, "Member", number).has_value();
#else
    return list.append("List", 1, "Member", std::to_string(page)).has_value();
#endif
}
