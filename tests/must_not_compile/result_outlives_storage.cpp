// SPDX-License-Identifier: MIT
// What call() gives points into the storage that it was given.
// expect with clang: address of stack memory associated with local variable .room. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

struct my_http {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept;
};

rc::result<rc::request_id_reply, rc::error> restart(my_http& http, rc::signing_key<> const& key, rc::stamp const& when
#ifdef GOOD
                                                    ,
                                                    rc::storage<2048>& room) {
#else
) {
    rc::storage<2048> room;
#endif
    return rc::call(http, rc::restart_caster{.caster_id = "a"}, key, when, room);
}
