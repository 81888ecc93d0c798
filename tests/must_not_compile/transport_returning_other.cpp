// SPDX-License-Identifier: MIT
// A transport returns a result<response>.
// expect: restartcaster: a transport needs `result<response> exchange\(request const&, std::span<char>\)`
#include <restartcaster.hpp>

namespace rc = restartcaster;

struct my_http {
#ifdef GOOD
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept;
#else
    rc::response exchange(rc::request const&, std::span<char>) noexcept;
#endif
};

bool use(my_http& http, rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::call(http, rc::restart_caster{.caster_id = "a"}, key, when, to).has_value();
}
