// SPDX-License-Identifier: MIT
// Signature is what signing makes and no parameter.
// expect: restartcaster: Signature is what signing makes, not a parameter
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
#define NAME "SignatureOfOwner"
#else
#define NAME "Signature"
#endif

struct signed_twice {
    std::string_view mine;
    static constexpr rc::operation description{.action = "SignedTwice", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<NAME, &signed_twice::mine>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::make_request(signed_twice{.mine = "a"}, key, when, to).has_value();
}
