// SPDX-License-Identifier: MIT
// A list of parameters keeps views; the text of a number has to be kept beside it.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

bool use(int page) {
    rc::parameter_list<4> list;
#ifdef GOOD
    std::string const number = std::to_string(page);
    return list.append("PageNum", number) && list.append("Name", "literal") && list.append("List", 1, number.c_str());
#else
    return list.append("PageNum", std::to_string(page)).has_value();
#endif
}
