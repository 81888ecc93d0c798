// SPDX-License-Identifier: MIT
// The code that the examples of tests test: what to do about a studio before a live show.
// Source: docs/how-to/test-your-code.md.
// Data flow: a studio's id in, one restart, the next step out.
#ifndef BEFORE_THE_SHOW_HPP
#define BEFORE_THE_SHOW_HPP

#include <restartcaster.hpp>

enum class next_step { show, start_studio, ask_operator };

template <restartcaster::transport Http>
next_step before_the_show(Http& http, std::string_view studio, restartcaster::signing_key<> const& key,
                          restartcaster::stamp const& stamp) {
    restartcaster::storage<2048> room;
    auto const reply = restartcaster::call(http, restartcaster::restart_caster{.caster_id = studio}, key, stamp, room);
    if (reply) return next_step::show;
    return reply.error().what_to_do == restartcaster::advice::start_caster ? next_step::start_studio
                                                                           : next_step::ask_operator;
}

#endif
