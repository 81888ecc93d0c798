// SPDX-License-Identifier: MIT
// What is a transport, and what is not quite one.
#include <restartcaster/message/transport.hpp>

#include "catch.hpp"

namespace rc = restartcaster;

namespace {

struct good {
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage) noexcept {
        return rc::response{.status = 200, .body = storage.first(0)};
    }
};
struct may_throw {
    rc::result<rc::response> exchange(rc::request const&, std::span<char> storage);
};
struct other_result {
    rc::response exchange(rc::request const&, std::span<char> storage) noexcept;
};
struct wants_to_change_the_request {
    rc::result<rc::response> exchange(rc::request&, std::span<char> storage) noexcept;
};
struct without_storage {
    rc::result<rc::response> exchange(rc::request const&) noexcept;
};
struct nothing {};

static_assert(rc::transport<good>);
static_assert(!rc::transport<may_throw>);
static_assert(!rc::transport<other_result>);
static_assert(!rc::transport<wants_to_change_the_request>);
static_assert(!rc::transport<without_storage>);
static_assert(!rc::transport<nothing>);
static_assert(!rc::transport<good const>, "a transport may change itself");

} // namespace

TEST_CASE("a transport is anything with one exchange that does not throw") {
    char storage[4];
    auto const answer = good{}.exchange(rc::request{}, storage);
    REQUIRE(answer);
    CHECK(answer->status == 200);
}
