// SPDX-License-Identifier: MIT
// No parameter has a name that an element of a list has.
// expect: restartcaster: a parameter is described twice
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
#define NAME "Id1"
#else
#define NAME "Id.1"
#endif

struct listing {
    std::span<std::string_view const> ids;
    std::string_view first;
    static constexpr rc::operation description{.action = "Listing", .version = "2016-11-01"};
    static constexpr auto parameters =
        rc::parameters(rc::required<"Id", &listing::ids>, rc::required<NAME, &listing::first>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to, listing const& op) {
    return rc::make_request(op, key, when, to).has_value();
}
