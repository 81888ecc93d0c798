// SPDX-License-Identifier: MIT
// The list of a typed reply as a range.
// Source: C++20, [range.req] and [iterator.concepts].
// Data flow: a body in; the list, walked in every way that a range allows, out.
#include "../catch.hpp"

#include <restartcaster.hpp>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

struct named {
    std::string_view name;
    rc::list<rc::number> marks;
    static constexpr auto fields = rc::fields(rc::field<"Name", &named::name>, rc::field<"Marks.Mark", &named::marks>);
};
struct operation {
    struct reply {
        rc::list<named> records;
        rc::list<std::string_view> texts;
        rc::list<rc::boolean> switches;
        static constexpr auto fields = rc::fields(rc::field<"Records", &reply::records>, rc::field<"Texts", &reply::texts>,
                                                  rc::field<"Switches", &reply::switches>);
    };
};

static_assert(std::input_iterator<rc::list<named>::iterator>);
static_assert(std::sentinel_for<rc::list<named>::sentinel, rc::list<named>::iterator>);
static_assert(std::ranges::input_range<rc::list<std::string_view> const>);
static_assert(std::is_trivially_copyable_v<rc::list<named>> && sizeof(rc::list<named>) == sizeof(void*));

operation::reply read(std::string& body) {
    auto const reply = rc::read_reply<operation>({.status = 200, .body = body});
    REQUIRE(reply.has_value());
    return *reply;
}

} // namespace

TEST_CASE("a list is a range, as often as it is needed, and its elements stay valid", "[list]") {
    std::string body = R"({"RequestId":"r","Records":[{"Name":"a","Marks":{"Mark":[1,-2,300000000000]}},{"Name":"b"},{}],)"
                       R"("Texts":["x","","zz"],"Switches":[true,null,false]})";
    auto const reply = read(body);
    for (int turn = 0; turn != 3; ++turn) {
        std::vector<named> records;
        for (named const& each : reply.records) records.push_back(each);
        REQUIRE(records.size() == 3);
        CHECK(records[0].name == "a");
        CHECK(records[1].name == "b");
        CHECK(records[2].name.data() == nullptr);
        std::vector<std::int64_t> marks;
        for (rc::number const mark : records[0].marks) marks.push_back(mark.value());
        CHECK(marks == std::vector<std::int64_t>{1, -2, 300000000000});
        CHECK(records[1].marks.empty());
    }
    CHECK(reply.records.size() == 3);
    CHECK(std::ranges::count(reply.texts, "zz") == 1);
    auto each = reply.texts.begin();
    CHECK(*each++ == "x");
    CHECK((*each).data() != nullptr);
    CHECK(each->empty());
    CHECK(*++each == "zz");
    CHECK(++each == reply.texts.end());
    auto switched = reply.switches.begin();
    CHECK(*switched == rc::boolean(true));
    CHECK_FALSE((*++switched).has_value());
    CHECK(*++switched == rc::boolean(false));
}

TEST_CASE("an empty list and a missing one", "[list]") {
    std::string body = R"({"RequestId":"r","Records":[],"Texts":null})";
    auto const reply = read(body);
    CHECK(reply.records.empty());
    CHECK(reply.records.size() == 0);
    CHECK(reply.texts.begin() == reply.texts.end());
    CHECK(reply.switches.empty());
    rc::list<named> const none;
    CHECK(none.begin() == none.end());
}

TEST_CASE("numbers of every length", "[list]") {
    std::string body = R"({"RequestId":"r","Records":{"Marks":{"Mark":[)", expected;
    std::vector<std::int64_t> numbers;
    for (std::int64_t power = 1; power < INT64_MAX / 10; power *= 10)
        for (std::int64_t const number : {power, -power, 9 * power, power - 1}) {
            if (!numbers.empty()) body += ',';
            body += std::to_string(number);
            numbers.push_back(number);
        }
    body += "]}}}";
    std::vector<std::int64_t> seen;
    auto const reply = read(body);
    for (named const& each : reply.records)
        for (rc::number const mark : each.marks) seen.push_back(mark.value());
    CHECK(seen == numbers);
}
