// SPDX-License-Identifier: MIT
// Invented operations of every shape against the same calls as actions and against the reference.
#include <restartcaster/operations/operation.hpp>

#include <restartcaster/operations/make_request.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rc = restartcaster;

namespace {

// Operations that no service has, each with a shape that a plan could get wrong.

struct nothing_own {
    static constexpr rc::operation description{.action = "DescribeNothing", .version = "2016-11-01"};
    static constexpr rc::parameters<> parameters{};
    using reply = rc::body_reply;
};

struct optional_first {
    std::string_view a = {};
    static constexpr rc::operation description{.action = "OptionalFirst", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::optional<"A", &optional_first::a>);
    using reply = rc::body_reply;
};

struct three_optional_first {
    std::string_view b = {}, a = {}, aa = {};
    static constexpr rc::operation description{.action = "ThreeOptionalFirst", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::optional<"AB", &three_optional_first::b>,
                                                      rc::optional<"AA", &three_optional_first::a>,
                                                      rc::optional<"A/", &three_optional_first::aa>);
    using reply = rc::body_reply;
};

struct optional_then_required_first {
    std::string_view a = {}, b = {}, c = {};
    static constexpr rc::operation description{.action = "Mixed", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(rc::optional<"AA", &optional_then_required_first::a>,
                                                      rc::required<"AB", &optional_then_required_first::b>,
                                                      rc::optional<"AC", &optional_then_required_first::c>);
    using reply = rc::body_reply;
};

struct after_version {
    std::string_view z = {}, under = {}, lower = {};
    static constexpr rc::operation description{.action = "AfterVersion", .version = "2016-11-01"};
    static constexpr auto parameters =
        rc::parameters(rc::optional<"alpha", &after_version::lower>, rc::required<"Zeta", &after_version::z>,
                       rc::optional<"_u", &after_version::under>);
    using reply = rc::body_reply;
};

struct everywhere {
    std::string_view a = {}, b = {}, c = {}, d = {}, e = {}, f = {}, g = {}, h = {}, i = {}, j = {}, k = {};
    static constexpr rc::operation description{.action = "Odd Action/\xC3\xA9", .version = "2016:11:01"};
    static constexpr auto parameters = rc::parameters(
        rc::optional<"A", &everywhere::a>, rc::required<"AccessKeyIdX", &everywhere::b>,
        rc::optional<"CasterId", &everywhere::c>, rc::optional<"Name with blanks", &everywhere::d>,
        rc::required<"SecurityTokeN", &everywhere::e>, rc::optional<"SecurityTokenX", &everywhere::f>,
        rc::required<"SignName", &everywhere::g>, rc::optional<"SignatureType", &everywhere::h>,
        rc::required<"TimeStamp", &everywhere::i>, rc::optional<"VersionX", &everywhere::j>,
        rc::required<"\xE7\x9B\xB4\xE6\x92\xAD", &everywhere::k>);
    using reply = rc::body_reply;
};

static_assert(rc::described_operation<nothing_own>);
static_assert(rc::described_operation<everywhere>);
static_assert(everywhere::parameters.size == 11);
static_assert(nothing_own::parameters.size == 0);
static_assert(!rc::described_operation<int>);
static_assert(!rc::described_operation<rc::operation>);

// The same call with its parameters given at run time.
std::string body_of_action(std::string_view action, std::string_view version,
                           reference::parameters const& own, rc::signing_key<> const& key,
                           rc::stamp const& when) {
    auto const list = std::make_unique<rc::parameter_list<32>>();
    for (auto const& [name, value] : own)
        REQUIRE(list->append(name, value));
    rc::storage<4096> room;
    auto const made = rc::make_request(rc::action{action, version, *list}, key, when, room);
    REQUIRE(made);
    return std::string(made->body);
}

// Holds a typed operation against the same call as an action, and both against the reference.
template <class Operation>
void agrees(Operation const& op, reference::parameters const& own) {
    for (std::string const token : {"", "plain", "tok+en"}) {
        reference::call call;
        call.action = Operation::description.action;
        call.version = Operation::description.version;
        call.token = token;
        call.own = own;
        rc::signing_key<> const key({call.key_id, call.secret, token});
        rc::stamp const when{call.utc_seconds, call.nonce};
        rc::storage<4096> room;
        auto const typed = rc::make_request(op, key, when, room);
        REQUIRE(typed);
        CHECK(typed->body == call.signed_query("POST"));
        CHECK(typed->body == body_of_action(call.action, call.version, own, key, when));
        reference::text_sink to_sign;
        REQUIRE(rc::string_to_sign(to_sign, op, key, when));
        CHECK(to_sign.text == call.string_to_sign("POST"));
    }
}

constexpr bool signs_at_compile_time = [] {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<1024> typed_room{}, action_room{};
    rc::parameter_list<1> list;
    if (!list.append("A", "a b")) return false;
    auto const typed = rc::make_request(optional_first{.a = "a b"}, key, {0, "n"}, typed_room);
    auto const run_time =
        rc::make_request(rc::action{"OptionalFirst", "2016-11-01", list}, key, {0, "n"}, action_room);
    return typed && run_time && typed->body == run_time->body &&
           typed->body.starts_with("A=a%20b&AccessKeyId=testid&");
}();
static_assert(signs_at_compile_time);

} // namespace

TEST_CASE("an operation without parameters of its own sends the common ones") {
    agrees(nothing_own{}, {});
}

TEST_CASE("an optional parameter that sorts before all others is first when it is there") {
    agrees(optional_first{}, {});
    agrees(optional_first{.a = "x"}, {{"A", "x"}});
    agrees(optional_first{.a = "/"}, {{"A", "/"}});
}

TEST_CASE("every choice of optional parameters in front is joined rightly") {
    for (int choice = 0; choice != 8; ++choice) {
        three_optional_first op;
        reference::parameters own;
        if (choice & 1) own.emplace_back("AB", op.b = "1");
        if (choice & 2) own.emplace_back("AA", op.a = "2 2");
        if (choice & 4) own.emplace_back("A/", op.aa = "3");
        agrees(op, own);
    }
}

TEST_CASE("a required parameter behind optional ones is joined rightly") {
    for (int choice = 0; choice != 4; ++choice) {
        optional_then_required_first op{.b = "b"};
        reference::parameters own{{"AB", "b"}};
        if (choice & 1) own.emplace_back("AA", op.a = "a");
        if (choice & 2) own.emplace_back("AC", op.c = "c/c");
        agrees(op, own);
    }
}

TEST_CASE("parameters that sort behind Version are last, by case") {
    for (int choice = 0; choice != 4; ++choice) {
        after_version op{.z = "z"};
        reference::parameters own{{"Zeta", "z"}};
        if (choice & 1) own.emplace_back("alpha", op.lower = "a");
        if (choice & 2) own.emplace_back("_u", op.under = "u u");
        agrees(op, own);
    }
}

TEST_CASE(
    "parameters between and beside all the common ones are sorted and joined rightly, whichever are there") {
    for (unsigned choice = 0; choice != 64; ++choice) {
        everywhere op{.b = "b", .e = "e e", .g = "g", .i = "i:i", .k = "\xE7\x9B\xB4"};
        reference::parameters own{{"AccessKeyIdX", "b"},
                                  {"SecurityTokeN", "e e"},
                                  {"SignName", "g"},
                                  {"TimeStamp", "i:i"},
                                  {"\xE7\x9B\xB4\xE6\x92\xAD", "\xE7\x9B\xB4"}};
        if (choice & 1u) own.emplace_back("A", op.a = "a");
        if (choice & 2u) own.emplace_back("CasterId", op.c = "c");
        if (choice & 4u) own.emplace_back("Name with blanks", op.d = "d");
        if (choice & 8u) own.emplace_back("SecurityTokenX", op.f = "f");
        if (choice & 16u) own.emplace_back("SignatureType", op.h = "h");
        if (choice & 32u) own.emplace_back("VersionX", op.j = "j");
        agrees(op, own);
    }
}

TEST_CASE("a required parameter that is empty is refused by its name, an optional one is left out") {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<2048> room;
    auto const made = rc::make_request(optional_then_required_first{.a = "a", .c = "c"}, key, {0, "n"}, room);
    REQUIRE(!made);
    CHECK(made.error() == rc::failure{.code = rc::errc::parameter_missing, .subject = "AB"});
    auto const wrong = rc::make_request(
        everywhere{.b = "b", .d = "d ", .e = "e", .g = "g", .i = "i", .k = "k"}, key, {0, "n"}, room);
    REQUIRE(!wrong);
    // The plan of a build for size has its names as they go out only.
    constexpr std::string_view named = RESTARTCASTER_SMALL ? "Name%20with%20blanks" : "Name with blanks";
    CHECK(wrong.error() ==
          rc::failure{.code = rc::errc::parameter_blank_end, .subject = named, .detail = 1, .character = ' '});
    auto const first = rc::make_request(everywhere{.a = "a\n", .d = "d "}, key, {0, "n"}, room);
    REQUIRE(!first);
    CHECK(first.error() ==
          rc::failure{.code = rc::errc::parameter_blank_end, .subject = "A", .detail = 1, .character = '\n'});
}

TEST_CASE("every operation is refused or built at every storage size as its size says") {
    rc::signing_key<> const key({"testid", "testsecret", "t"});
    everywhere const op{.a = "a/", .b = "b", .e = "e e", .g = "g", .i = "i:i", .k = "k"};
    auto const needed = rc::request_size(op, key, {0, "n"});
    REQUIRE(needed);
    std::string first;
    for (std::size_t size = 0; size <= *needed + 1; ++size) {
        std::vector<char> bytes(size + 16, '\x55');
        auto const made = rc::make_request(op, key, {0, "n"}, std::span<char>(bytes.data(), size));
        if (made.has_value() != (size >= *needed)) FAIL("size " << size);
        if (!made && made.error().detail != *needed) FAIL("size " << size);
        if (std::string(bytes.data() + size, 16) != std::string(16, '\x55')) FAIL("size " << size);
        if (made && first.empty()) first = made->body;
        if (made && made->body != first) FAIL("size " << size);
    }
}

TEST_CASE("an operation is signed by the compiler as it is at run time") {
    CHECK(signs_at_compile_time);
}
