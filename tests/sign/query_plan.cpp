// SPDX-License-Identifier: MIT
// The plan of a query, text by text.
#include <restartcaster/sign/query/plan.hpp>

#include "catch.hpp"

#include <array>
#include <string>
#include <string_view>

namespace rc = restartcaster;
using rc::detail::plan_entry;
using rc::detail::value_source;

namespace {

constexpr auto entries = rc::detail::sorted_by_name(std::array<plan_entry, 4>{{
    {.name = "d", .constant = "4 4"},
    {.name = "b", .constant = {}, .source = value_source::nonce},
    {.name = "a/", .constant = "1"},
    {.name = "c", .constant = {}, .source = value_source::token, .optional = true},
}});
static_assert(entries[0].name == "a/" && entries[3].name == "d");
static_assert(!rc::detail::name_stands_twice(entries));
static_assert(rc::detail::name_stands_twice(rc::detail::sorted_by_name(std::array<plan_entry, 3>{
    {{.name = "x", .constant = {}}, {.name = "y", .constant = {}}, {.name = "x", .constant = {}}}})));
static_assert(rc::detail::name_stands_twice(rc::detail::sorted_by_name(std::array<plan_entry, 3>{
    {{.name = "y", .constant = {}}, {.name = "x", .constant = {}}, {.name = "y", .constant = {}}}})));
// A parameter that is no list, and one whose name begins like an element of it.
static_assert(!rc::detail::name_stands_twice(std::array<plan_entry, 2>{
    {{.name = "A", .constant = {}}, {.name = "A.1", .constant = {}}}}));
static_assert(static_cast<int>(rc::detail::member_source(0)) == static_cast<int>(value_source::member));
static_assert(static_cast<int>(rc::detail::member_source(3)) == static_cast<int>(value_source::member) + 3);

static_assert(rc::detail::name_stands_twice(std::array<plan_entry, 2>{
    {{.name = "x.1", .constant = {}}, {.name = "x", .constant = {}, .list = true}}}));
static_assert(!rc::detail::name_stands_twice(std::array<plan_entry, 2>{
    {{.name = "x1", .constant = {}}, {.name = "x", .constant = {}, .list = true}}}));

} // namespace

TEST_CASE("the names of a list sort as if a dot followed the name of the list") {
    // '-' is below '.', '/' and letters are above it.
    static constexpr auto sorted = rc::detail::sorted_by_name(std::array<plan_entry, 5>{{
        {.name = "xA", .constant = {}},
        {.name = "x/", .constant = {}},
        {.name = "x", .constant = {}, .list = true},
        {.name = "x-", .constant = {}},
        {.name = "w", .constant = {}, .list = true},
    }});
    CHECK(sorted[0].name == "w");
    CHECK(sorted[1].name == "x-");
    CHECK(sorted[2].name == "x");
    CHECK(sorted[3].name == "x/");
    CHECK(sorted[4].name == "xA");
}

#if !RESTARTCASTER_SMALL
TEST_CASE("a plan joins what is always there and stops before every value") {
    static constexpr auto plan = rc::detail::plan_of<entries>;
    REQUIRE(plan.step_count == 3);
    CHECK(plan.once(0) == "a%2F=1&b=");
    CHECK(plan.twice(0) == "a%252F%3D1%26b%3D");
    CHECK(plan.steps[0].source == value_source::nonce);
    CHECK(!plan.steps[0].optional);
    CHECK(plan.once(1) == "&c=");
    CHECK(plan.twice(1) == "%26c%3D");
    CHECK(plan.steps[1].source == value_source::token);
    CHECK(plan.steps[1].optional);
    CHECK(plan.once(2) == "&d=4%204");
    CHECK(plan.twice(2) == "%26d%3D4%25204");
    CHECK(plan.steps[2].source == value_source::nothing);
}

TEST_CASE("a plan leaves out the separator only where nothing is certain to stand before") {
    static constexpr auto sorted = rc::detail::sorted_by_name(std::array<plan_entry, 4>{{
        {.name = "a", .constant = {}, .source = rc::detail::member_source(0), .optional = true},
        {.name = "b", .constant = {}, .source = rc::detail::member_source(1), .optional = true},
        {.name = "c", .constant = {}, .source = value_source::nonce},
        {.name = "d", .constant = {}, .source = rc::detail::member_source(2), .optional = true},
    }});
    static constexpr auto made = rc::detail::plan_of<sorted>;
    REQUIRE(made.step_count == 4);
    CHECK(made.once(0) == "a=");
    CHECK(made.once(1) == "b=");
    CHECK(made.once(2) == "c=");
    CHECK(made.once(3) == "&d=");
    CHECK(!made.steps[0].maybe_first);
    CHECK(made.steps[1].maybe_first);
    CHECK(made.steps[2].maybe_first);
    CHECK(!made.steps[3].maybe_first);
}

TEST_CASE("a plan of nothing has no steps, and one of constants has one") {
    static constexpr std::array<plan_entry, 0> none{};
    static constexpr auto nothing = rc::detail::plan_of<none>;
    CHECK(nothing.step_count == 0);
    static constexpr std::array<plan_entry, 2> constants{
        {{.name = "a", .constant = "1"}, {.name = "b", .constant = ""}}};
    static constexpr auto constant = rc::detail::plan_of<constants>;
    REQUIRE(constant.step_count == 1);
    CHECK(constant.once(0) == "a=1&b=");
    CHECK(constant.twice(0) == "a%3D1%26b%3D");
}

TEST_CASE("a list is a step of its own without text, and a separator follows a required list") {
    static constexpr auto sorted = rc::detail::sorted_by_name(std::array<plan_entry, 4>{{
        {.name = "a", .constant = {}, .source = rc::detail::member_source(0), .optional = true, .list = true},
        {.name = "b", .constant = "1"},
        {.name = "c", .constant = {}, .source = rc::detail::member_source(1), .list = true},
        {.name = "d", .constant = "2"},
    }});
    static constexpr auto made = rc::detail::plan_of<sorted>;
    REQUIRE(made.step_count == 4);
    CHECK(made.steps[0].list);
    CHECK(made.once(0).empty());
    CHECK(made.once(1) == "b=1");
    CHECK(made.steps[1].maybe_first);
    CHECK(made.steps[2].list);
    CHECK(made.steps[2].source == rc::detail::member_source(1));
    CHECK(made.once(2).empty());
    CHECK(made.once(3) == "&d=2");
    CHECK(!made.steps[3].maybe_first);
}

TEST_CASE("the text of a plan has room for names and constants of reserved bytes only") {
    static constexpr auto sorted = rc::detail::sorted_by_name(std::array<plan_entry, 2>{{
        {.name = "////////", .constant = "%%%%%%%%"},
        {.name = "\xE7\x9B\xB4", .constant = "&=&=&=&="},
    }});
    static constexpr auto made = rc::detail::plan_of<sorted>;
    REQUIRE(made.step_count == 1);
    CHECK(made.once(0) ==
          "%2F%2F%2F%2F%2F%2F%2F%2F=%25%25%25%25%25%25%25%25&%E7%9B%B4=%26%3D%26%3D%26%3D%26%3D");
}

#else
TEST_CASE("a compact plan is the same in bytes: source, length, text, until a length of 0") {
    auto const source = [](value_source of) { return static_cast<char>(static_cast<unsigned char>(of)); };
    std::string expected{source(value_source::nonce), 10};
    expected += "&a%2F=1&b=";
    expected += {static_cast<char>(source(value_source::token) | -0x80), 3};
    expected += "&c=";
    expected += {source(value_source::nothing), 8};
    expected += "&d=4%204";
    expected += {0, 0};
    std::array<char, 100> bytes{};
    std::size_t const size = rc::detail::compact_plan(entries, bytes);
    CHECK(std::string(bytes.data(), size) == expected);

    // A parameter that may be left out has a piece of its own, and a value at the end no text behind it.
    std::array<plan_entry, 3> const other{{
        {.name = "a", .constant = "1"},
        {.name = "b", .constant = {}, .source = value_source::token, .optional = true},
        {.name = "c", .constant = {}, .source = value_source::nonce},
    }};
    expected = {source(value_source::nothing), 4};
    expected += "&a=1";
    expected += {static_cast<char>(source(value_source::token) | -0x80), 3};
    expected += "&b=";
    expected += {source(value_source::nonce), 3};
    expected += "&c=";
    expected += {0, 0};
    CHECK(std::string(bytes.data(), rc::detail::compact_plan(other, bytes)) == expected);

    // A list: its name without '=', and a mark.
    std::array<plan_entry, 2> const with_list{{
        {.name = "a", .constant = "1"},
        {.name = "b", .constant = {}, .source = rc::detail::member_source(2), .list = true},
    }};
    expected = {source(value_source::nothing), 4};
    expected += "&a=1";
    expected += {static_cast<char>(source(rc::detail::member_source(2)) | 0x40), 2};
    expected += "&b";
    expected += {0, 0};
    CHECK(std::string(bytes.data(), rc::detail::compact_plan(with_list, bytes)) == expected);

    // A length is one byte: 256 are refused, "&a=" and 252 are not.
    std::string const constant(253, 'x');
    std::array<char, 600> wide{};
    for (std::size_t const length : {std::size_t{252}, std::size_t{253}}) {
        std::array<plan_entry, 2> const longest{{
            {.name = "a", .constant = std::string_view(constant).substr(0, length)},
            {.name = "b", .constant = {}, .source = value_source::token, .optional = true},
        }};
        CHECK(rc::detail::compact_plan(longest, wide) == (length == 252 ? 2 + 255 + 2 + 3 + 2 : 0));
    }
}
#endif
