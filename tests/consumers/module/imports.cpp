// SPDX-License-Identifier: MIT
// A unit that imports the module: signs one request, compares with the vendor's published signature, asks the other unit too.
// Source: Elastic Compute Service, "Request signatures", the DescribeRegions example.
// Data flow: eight parameters in, exit status 0 when both units compute the published signature.
#include <array>
#include <cstdio>
#include <string_view>

import restartcaster;

namespace rc = restartcaster;

bool signs(rc::signing_key<> const& key, rc::parameter_list<8> const& parameters, std::string_view expected);

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
    std::string_view const published = "OLeaidS1JvxuMvnyHOwuJ+uX5qY=";
    return added && made == published && signs(key, parameters, published) ? 0 : 1;
}
