// SPDX-License-Identifier: MIT
// Credentials with a temporary id are refused wherever they are made.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string read(char const* name);

bool use() {
    std::string const secret = read("secret");
#ifdef GOOD
    std::string const id = read("id");
    return rc::signing_key<>(rc::credentials{.access_key_id = id, .access_key_secret = secret}).valid().has_value();
#else
    return rc::signing_key<>(rc::credentials{.access_key_id = read("id"), .access_key_secret = secret}).valid().has_value();
#endif
}
