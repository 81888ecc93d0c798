// SPDX-License-Identifier: MIT
// An operation does not describe a parameter twice.
// expect: restartcaster: a parameter is described twice, or is one that the signature scheme sets
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
#define NAME "Second"
#else
#define NAME "First"
#endif

struct two {
    std::string_view first, second;
    static constexpr rc::operation description{.action = "Two", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<"First", &two::first>, rc::required<NAME, &two::second>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::make_request(two{.first = "a", .second = "b"}, key, when, to).has_value();
}
