// SPDX-License-Identifier: MIT
// A transport does not throw, and says so.
// expect: restartcaster: a transport's exchange\(\) must be noexcept; report failures as results
#include <restartcaster.hpp>

namespace rc = restartcaster;

struct my_http {
#ifdef GOOD
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept;
#else
    rc::result<rc::response> exchange(rc::request const&, std::span<char>);
#endif
};

bool use(my_http& http, rc::signing_key<> const& key, rc::stamp const& when, rc::room to) {
    return rc::call(http, rc::restart_caster{.caster_id = "a"}, key, when, to).has_value();
}
