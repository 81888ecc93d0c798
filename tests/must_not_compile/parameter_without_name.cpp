// SPDX-License-Identifier: MIT
// A parameter that is described has a name.
// expect: restartcaster: a parameter needs a name
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
#define NAME "Owner"
#else
#define NAME ""
#endif

struct nameless {
    std::string_view mine;
    static constexpr rc::operation description{.action = "Nameless", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<NAME, &nameless::mine>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::make_request(nameless{.mine = "a"}, key, when, to).has_value();
}
