// SPDX-License-Identifier: MIT
// result is std::expected's subset: one set of statements is held for both where the compiler has both.
#include <restartcaster/core/result.hpp>

#include "catch.hpp"

#include <type_traits>
#include <version>
#ifdef __cpp_lib_expected
#include <expected>
#endif

namespace rc = restartcaster;

namespace {

struct point {
    int x, y;
    friend constexpr bool operator==(point const&, point const&) = default;
};
enum class why { too_small, too_big };

// Written once, so that where the standard library has std::expected it holds for both: a strict subset.
template <class R, class V, class U>
constexpr bool behaves_like_expected() {
    R good(point{1, 2});
    R const bad = U(why::too_big);
    if (!good.has_value() || !good || bad.has_value() || bad) return false;
    if (!(*good == point{1, 2}) || good->x != 1) return false;
    good->x = 5;
    (*good).y = 6;
    R const copy = good;
    if (!(*copy == point{5, 6}) || copy->y != 6 || *R(copy) != point{5, 6}) return false;
    if (bad.error() != why::too_big) return false;
    if (bad.value_or(point{7, 8}) != point{7, 8} || copy.value_or(point{7, 8}) != point{5, 6}) return false;
    good = bad;
    if (good || good.error() != why::too_big) return false;
    good = copy;
    if (!good || good->x != 5) return false;

    V done;
    V const not_done = U(why::too_small);
    if (!done || !done.has_value() || not_done || not_done.has_value()) return false;
    if (not_done.error() != why::too_small) return false;
    done = not_done;
    return !done;
}

template <class R, class U, template <class> class Of>
constexpr bool chains_like_expected() {
    R const good(point{3, 4});
    R const bad = U(why::too_small);
    using int_result = typename Of<int>::type;
    auto const sum = [](point const& p) { return p.x + p.y; };
    auto const positive = [](point const& p) -> int_result {
        if (p.x > 0) return p.x;
        return U(why::too_big);
    };
    static_assert(std::is_same_v<decltype(good.transform(sum)), int_result>);
    static_assert(std::is_same_v<decltype(good.and_then(positive)), int_result>);
    return *good.transform(sum) == 7 && bad.transform(sum).error() == why::too_small &&
           *good.and_then(positive) == 3 && bad.and_then(positive).error() == why::too_small &&
           R(point{-1, 0}).and_then(positive).error() == why::too_big;
}

template <class T>
struct ours {
    using type = rc::result<T, why>;
};
// Made in their place, as nothing of std::expected is.
constexpr rc::result<point, why> value_in_place(rc::detail::made_by{}, [] { return point{3, 4}; });
static_assert(value_in_place && value_in_place->x == 3 && value_in_place->y == 4);
constexpr rc::result<point, why> reason_in_place(rc::detail::failed_by{}, [] { return why::too_big; });
static_assert(!reason_in_place && reason_in_place.error() == why::too_big);

static_assert(behaves_like_expected<rc::result<point, why>, rc::result<void, why>, rc::unexpected<why>>());
static_assert(chains_like_expected<rc::result<point, why>, rc::unexpected<why>, ours>());
#ifdef __cpp_lib_expected
template <class T>
struct theirs {
    using type = std::expected<T, why>;
};
static_assert(
    behaves_like_expected<std::expected<point, why>, std::expected<void, why>, std::unexpected<why>>());
#if __cpp_lib_expected >= 202211L
static_assert(chains_like_expected<std::expected<point, why>, std::unexpected<why>, theirs>());
#endif
#endif

static_assert(std::is_trivially_copyable_v<rc::result<point, why>>);
static_assert(std::is_trivially_copyable_v<rc::result<void>>);
static_assert(!std::is_constructible_v<bool, rc::result<point>> ||
              !std::is_convertible_v<rc::result<point>, bool>);
static_assert(!std::is_convertible_v<rc::result<point>, bool>, "a result is no number");
static_assert(!std::is_convertible_v<rc::failure, rc::result<point>>, "a reason is wrapped on its way in");
static_assert(std::is_convertible_v<rc::unexpected<rc::failure>, rc::result<point>>);
static_assert(std::is_same_v<rc::result<point>::value_type, point>);
static_assert(std::is_same_v<rc::result<point>::error_type, rc::failure>);
static_assert(std::is_same_v<rc::result<void>::value_type, void>);
static_assert(std::is_same_v<rc::result<void>::error_type, rc::failure>);

} // namespace

TEST_CASE("a result holds a value or the reason why there is none") {
    CHECK(behaves_like_expected<rc::result<point, why>, rc::result<void, why>, rc::unexpected<why>>());
}

TEST_CASE("a result hands a value on to the next step, and a reason past it") {
    CHECK(chains_like_expected<rc::result<point, why>, rc::unexpected<why>, ours>());
}

TEST_CASE("a failure travels through a result whole") {
    rc::failure const reason{
        .code = rc::errc::no_answer, .http_status = 502, .subject = "recv", .detail = 104};
    rc::result<int> const r = rc::unexpected(reason);
    REQUIRE(!r);
    CHECK(r.error() == reason);
    rc::result<void> const v = rc::unexpected(reason);
    REQUIRE(!v);
    CHECK(v.error() == reason);
    CHECK(r.transform([](int i) { return i; }).error() == reason);
}

TEST_CASE("a value gives way to a reason") {
    rc::failure const reason{.code = rc::errc::storage_too_small, .subject = "answer", .detail = 512};
    rc::result<int> r = 7;
    r = rc::unexpected(reason);
    REQUIRE(!r);
    CHECK(r.error() == reason);
    r = 8;
    REQUIRE(r);
    CHECK(*r == 8);
}

TEST_CASE("a step is taken with a value, and only with one") {
    int taken = 0;
    auto const twice = [&taken](int i) { return ++taken, 2 * i; };
    auto const checked = [&taken](int i) -> rc::result<int> { return ++taken, i; };
    rc::result<int> const good = 7, bad = rc::unexpected(rc::failure{.code = rc::errc::not_sent});
    CHECK(*good.transform(twice) == 14);
    CHECK(*good.and_then(checked) == 7);
    CHECK(good.value_or(3) == 7);
    CHECK(taken == 2);
    CHECK(bad.transform(twice).error().code == rc::errc::not_sent);
    CHECK(bad.and_then(checked).error().code == rc::errc::not_sent);
    CHECK(bad.value_or(3) == 3);
    CHECK(taken == 2);
}
