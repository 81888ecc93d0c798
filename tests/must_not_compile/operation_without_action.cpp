// SPDX-License-Identifier: MIT
// An operation without the name of an action would be refused by the service only.
// expect: restartcaster: an operation needs the name of an action and its version
#include <restartcaster.hpp>

namespace rc = restartcaster;

struct operation {
    std::string_view id;
#ifdef GOOD
    static constexpr rc::operation description{.action = "DescribeCasters", .version = "2016-11-01"};
#else
    static constexpr rc::operation description{.action = "", .version = "2016-11-01"};
#endif
    static constexpr auto parameters = rc::parameters(rc::required<"CasterId", &operation::id>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room room) {
    return rc::make_request(operation{"c"}, key, when, room).has_value();
}
