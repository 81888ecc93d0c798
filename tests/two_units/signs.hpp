// SPDX-License-Identifier: MIT
// What one translation unit asks of the other; included after the library, from the tree or as one file.
// Source: README.md, "Take it".
// Data flow: types of the library cross from single.cpp to tree.cpp, which link only when they are the same types.
#ifndef RESTARTCASTER_TESTS_TWO_UNITS_SIGNS_HPP
#define RESTARTCASTER_TESTS_TWO_UNITS_SIGNS_HPP

restartcaster::result<restartcaster::request> request_by_tree(restartcaster::restart_caster const& operation,
                                                              restartcaster::signing_key<> const& key,
                                                              restartcaster::stamp const& when,
                                                              restartcaster::room to);

#endif
