// SPDX-License-Identifier: MIT
// A consumer's program: signs one request and compares with the vendor's published signature.
// Source: Elastic Compute Service, "Request signatures", the DescribeRegions example.
// Data flow: eight parameters in, exit status 0 when the signature is the published one.
#include "restartcaster.hpp"

#include <cstdio>

namespace rc = restartcaster;

int main() {
    rc::signing_key<> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::parameter_list<8> parameters;
    auto const add = [&parameters](std::string_view name, std::string_view value) {
        return parameters.append(name, value).has_value();
    };
    bool const added = add("AccessKeyId", "testid") && add("Action", "DescribeRegions") && add("Format", "XML") &&
                       add("SignatureMethod", "HMAC-SHA1") &&
                       add("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf") &&
                       add("SignatureVersion", "1.0") && add("Timestamp", "2016-02-23T12:46:24Z") &&
                       add("Version", "2014-05-26");
    auto const signature = rc::rpc_v1::signature(key, "GET", parameters);
    std::string_view const made(signature.data(), signature.size());
    std::printf("%.*s\n", static_cast<int>(made.size()), made.data());
    return added && made == "OLeaidS1JvxuMvnyHOwuJ+uX5qY=" ? 0 : 1;
}
