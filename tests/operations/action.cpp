// SPDX-License-Identifier: MIT
// Calls whose parameters are known at run time only, merged with the common ones.
#include <restartcaster/operations/action.hpp>

#include <restartcaster/operations/make_request.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace rc = restartcaster;

namespace {

constexpr rc::stamp test_stamp{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};

static_assert(std::is_aggregate_v<rc::action> && std::is_trivially_copyable_v<rc::action>);

rc::failure refused(rc::action const& call, std::string_view token = {}) {
    rc::signing_key<> const key({"testid", "testsecret", token});
    rc::storage<2048> room;
    auto const made = rc::make_request(call, key, test_stamp, room);
    REQUIRE(!made);
    return reference::without_place(made.error());
}

rc::failure is(rc::errc code, std::string_view subject) {
    return {.code = code, .subject = subject};
}

std::string body_of(rc::action const& call, std::string_view token = {}) {
    rc::signing_key<> const key({"testid", "testsecret", token});
    auto const bytes = std::make_unique<rc::storage<32768>>();
    auto const made = rc::make_request(call, key, test_stamp, *bytes);
    REQUIRE(made);
    return std::string(made->body);
}

} // namespace

TEST_CASE("an action without parameters sends the common ones") {
    reference::call call;
    call.action = "DescribeCasters";
    CHECK(body_of({"DescribeCasters", "2016-11-01"}) == call.signed_query("POST"));
}

TEST_CASE("an action's own parameters are merged among the common ones wherever they sort") {
    // One before, between and behind each of the common names, and one that continues each.
    std::vector<std::string> const names{"A",
                                         "AccessKeyI",
                                         "AccessKeyIdX",
                                         "Actio",
                                         "ActionX",
                                         "CasterId",
                                         "Forma",
                                         "FormatX",
                                         "S",
                                         "SecurityTokeN",
                                         "SecurityTokenX",
                                         "SignName",
                                         "SignatureMethoD",
                                         "SignatureMethodX",
                                         "SignatureNonc",
                                         "SignatureNonceX",
                                         "SignatureType",
                                         "SignatureVersioN",
                                         "SignatureVersionX",
                                         "TimeStamp",
                                         "TimestamP",
                                         "TimestampX",
                                         "V",
                                         "VersionX",
                                         "Zeta",
                                         "_u",
                                         "alpha",
                                         "\xE7\x9B\xB4"};
    for (std::string const token : {"", "tok/en"}) {
        auto const all = std::make_unique<rc::parameter_list<64>>();
        reference::call every;
        every.token = token;
        for (std::string const& name : names) {
            REQUIRE(all->append(name, name));
            every.own.emplace_back(name, name);
        }
        CHECK(body_of({"RestartCaster", "2016-11-01", *all}, token) == every.signed_query("POST"));
        for (std::string const& name : names) {
            rc::parameter_list<1> one;
            REQUIRE(one.append(name, "v"));
            reference::call call;
            call.token = token;
            call.own = {{name, "v"}};
            CAPTURE(name, token);
            CHECK(body_of({"RestartCaster", "2016-11-01", one}, token) == call.signed_query("POST"));
        }
    }
}

TEST_CASE("the elements of lists travel as Name.1.Key in the order of the joined names") {
    rc::parameter_list<32> list;
    reference::call call;
    for (unsigned const index : {1u, 2u, 10u, 11u}) {
        auto const i = static_cast<std::uint16_t>(index);
        REQUIRE(list.append("Tag", i, "Key", "k"));
        REQUIRE(list.append("Tag", i, "Value", "v v"));
        REQUIRE(list.append("ComponentId", i, "c"));
        REQUIRE(list.append("Action", i, "a"));
        std::string const text = std::to_string(index);
        call.own.emplace_back("Tag." + text + ".Key", "k");
        call.own.emplace_back("Tag." + text + ".Value", "v v");
        call.own.emplace_back("ComponentId." + text, "c");
        call.own.emplace_back("Action." + text, "a");
    }
    std::string const body = body_of({"RestartCaster", "2016-11-01", list});
    CHECK(body == call.signed_query("POST"));
    CHECK(body.find("Tag.10.Key") < body.find("Tag.2.Key"));
}

TEST_CASE("a parameter that signing sets itself is refused by its name") {
    for (std::string_view const name : {"AccessKeyId", "Action", "Format", "SecurityToken", "SignatureMethod",
                                        "SignatureNonce", "SignatureVersion", "Timestamp", "Version"}) {
        rc::parameter_list<4> list;
        REQUIRE(list.append("A", "before"));
        REQUIRE(list.append(name, "x"));
        REQUIRE(list.append("z", "behind"));
        CHECK(refused({"RestartCaster", "2016-11-01", list}) == is(rc::errc::parameter_reserved, name));
        CHECK(refused({"RestartCaster", "2016-11-01", list}, "token") ==
              is(rc::errc::parameter_reserved, name));
    }
    rc::parameter_list<1> list;
    CHECK(list.append("Signature", "x").error() == is(rc::errc::parameter_reserved, "Signature"));
}

TEST_CASE("of several things that are wrong the first is told") {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<2048> room;
    rc::parameter_list<1> reserved;
    REQUIRE(reserved.append("Timestamp", "1"));
    rc::action const call{"DescribeCasters", "2016-11-01", reserved};
    auto const made = rc::make_request(call, key, test_stamp, room, {.to = rc::endpoint("no host")});
    REQUIRE(!made);
    CHECK(made.error().code == rc::errc::host_malformed);
    CHECK(made.error().subject == "host");
    rc::parameter_list<2> both;
    REQUIRE(both.append("Timestamp", "1"));
    REQUIRE(both.append("Version", "1"));
    CHECK(refused({"DescribeCasters", "2016-11-01", both}) == is(rc::errc::parameter_reserved, "Timestamp"));
}

TEST_CASE("no text of a call with an action may lie in the storage of the request") {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<2048> room;
    room.bytes[0] = 'x';
    std::string_view const inside(room.bytes, 1);
    auto const subject = [&](rc::action const& call, rc::stamp const& when) {
        auto const made = rc::make_request(call, key, when, room);
        REQUIRE(!made);
        CHECK(made.error().code == rc::errc::input_in_storage);
        return made.error().subject;
    };
    CHECK(subject({"A", "1"}, {0, inside}) == "SignatureNonce");
    CHECK(subject({inside, "1"}, {0, "n"}) == "Action");
    CHECK(subject({"A", inside}, {0, "n"}) == "Version");
}

TEST_CASE("an action's name and version are identifiers") {
    CHECK(refused({"", "2016-11-01"}) == is(rc::errc::parameter_missing, "Action"));
    CHECK(refused({{}, "2016-11-01"}) == is(rc::errc::parameter_missing, "Action"));
    CHECK(refused({"RestartCaster", ""}) == is(rc::errc::parameter_missing, "Version"));
    CHECK(refused({"", ""}) == is(rc::errc::parameter_missing, "Action"));
    CHECK(refused({"RestartCaster ", "2016-11-01"}) == is(rc::errc::parameter_blank_end, "Action"));
    CHECK(refused({"Restart\nCaster", "2016-11-01"}) == is(rc::errc::parameter_control_character, "Action"));
    CHECK(refused({"Restart\xFF", "2016-11-01"}) == is(rc::errc::parameter_not_utf8, "Action"));
    CHECK(refused({"RestartCaster", "2016-11-01\n"}) == is(rc::errc::parameter_blank_end, "Version"));
    CHECK(refused({"RestartCaster", "\xFF"}) == is(rc::errc::parameter_not_utf8, "Version"));
}

TEST_CASE("an action of 255 parameters is signed as the reference signs it") {
    auto const list = std::make_unique<rc::parameter_list<255>>();
    reference::call call;
    std::vector<std::string> names;
    for (int i = 0; i != 255; ++i)
        names.push_back("P" + std::to_string(i * 7919 % 100003));
    for (std::string const& name : names) {
        REQUIRE(list->append(name, name));
        call.own.emplace_back(name, name);
    }
    CHECK(body_of({"RestartCaster", "2016-11-01", *list}) == call.signed_query("POST"));
}

TEST_CASE("names and versions of any kind are encoded") {
    reference::call call;
    call.action = "Restart Caster/\xC3\xA9";
    call.version = "2016:11:01";
    CHECK(body_of({"Restart Caster/\xC3\xA9", "2016:11:01"}) == call.signed_query("POST"));
}
