// SPDX-License-Identifier: MIT
// A key looks at its id and its token for as long as it signs; the secret alone may be gone.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string read(char const* name);

bool use() {
#ifdef GOOD
    std::string const id = read("id");
    rc::signing_key<> const key({id, read("secret"), "token"});
#else
    rc::signing_key<> const key({read("id"), read("secret")});
#endif
    return key.valid().has_value();
}
