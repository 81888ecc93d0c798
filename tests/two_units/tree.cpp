// SPDX-License-Identifier: MIT
// The translation unit that reads the headers as a tree, compiled for size where the other one is compiled for speed.
// Source: README.md, "Take it".
// Data flow: arguments made by single.cpp in, a signed request out.
#include <restartcaster.hpp>

#include "signs.hpp"

restartcaster::result<restartcaster::request> request_by_tree(restartcaster::restart_caster const& operation,
                                                              restartcaster::signing_key<> const& key,
                                                              restartcaster::stamp const& when,
                                                              restartcaster::room to) {
    return restartcaster::make_request(operation, key, when, to);
}
