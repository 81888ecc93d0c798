// SPDX-License-Identifier: MIT
// A unit that includes the header, in a program with a unit that imports the module: their types are the same.
// Source: docs/packaging.md, "The module".
// Data flow: a key and parameters of the other unit in, whether the signature is the expected one out.
#include "restartcaster.hpp"

namespace rc = restartcaster;

bool signs(rc::signing_key<> const& key, rc::parameter_list<8> const& parameters, std::string_view expected) {
    auto const signature = rc::rpc_v1::signature(key, "GET", parameters);
    return std::string_view(signature.data(), signature.size()) == expected;
}
