// SPDX-License-Identifier: MIT
// A described member is a text, a number, a Boolean or a list; a pointer is none of them.
// expect: restartcaster: a described member is a std::string_view, a number, a Boolean or a std::span
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
using count_text = std::string_view;
#else
using count_text = char const*;
#endif

struct counted {
    count_text count;
    static constexpr rc::operation description{.action = "Counted", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<"Count", &counted::count>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::make_request(counted{.count = {}}, key, when, to).has_value();
}
