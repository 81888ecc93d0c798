// SPDX-License-Identifier: MIT
// An operation does not describe a parameter that the signature scheme sets.
// expect: restartcaster: a parameter is described twice, or is one that the signature scheme sets
#include <restartcaster.hpp>

namespace rc = restartcaster;

#ifdef GOOD
#define NAME "StartTime"
#else
#define NAME "Timestamp"
#endif

struct list_records {
    std::string_view since;
    static constexpr rc::operation description{.action = "ListRecords", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::required<NAME, &list_records::since>);
    using reply = rc::request_id_reply;
};

bool use(rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::make_request(list_records{.since = "a"}, key, when, to).has_value();
}
