// SPDX-License-Identifier: MIT
// The translation unit that reads the library as one file, and compares what the two sign.
// Source: README.md, "Take it".
// Data flow: one operation in, its request by either translation unit, exit status 0 when they are the same.
#include <restartcaster.hpp>

#if __has_include(<restartcaster/config.hpp>)
#error "this translation unit is to see the single file alone"
#endif

#include "signs.hpp"

#include <cstdio>

namespace rc = restartcaster;

int main() {
    rc::signing_key<> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::stamp const when{.utc_seconds = 1'456'231'584, .nonce = "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"};
    rc::restart_caster const operation{.caster_id = "80787064-1c94-4dc1-85ce-9409960a1234"};
    rc::storage<1024> here, there;
    auto const mine = rc::make_request(operation, key, when, here);
    auto const theirs = request_by_tree(operation, key, when, there);
    if (mine && theirs && mine->body == theirs->body && mine->url == theirs->url && !mine->body.empty()) return 0;
    std::puts("the tree and the single file sign differently");
    return 1;
}
