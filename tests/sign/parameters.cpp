// SPDX-License-Identifier: MIT
// Lists of parameters against std::sort of the joined names.
#include <restartcaster/sign/parameters.hpp>

#include "catch.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace rc = restartcaster;

namespace {

std::string name_of(rc::parameter const& p) {
    return std::string(p.front()) + std::string(p.middle()) + std::string(p.back());
}

std::vector<std::string> names_of(rc::parameters_view list) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i != list.size(); ++i)
        out.push_back(name_of(list[i]));
    return out;
}

int sign_of(int value) {
    return value < 0 ? -1 : value > 0 ? 1 : 0;
}

void refuses(rc::result<void> const& outcome, rc::errc code, std::string_view subject) {
    REQUIRE(!outcome);
    CHECK(outcome.error().code == code);
    CHECK(outcome.error().subject == subject);
}

using list_of_four = rc::parameter_list<4>;
static_assert(std::is_convertible_v<list_of_four&, rc::parameters_view>);
static_assert(std::is_convertible_v<list_of_four const&, rc::parameters_view>);
static_assert(!std::is_convertible_v<list_of_four, rc::parameters_view>,
              "a temporary would be gone before it is read");
static_assert([] {
    rc::parameter_list<3> list;
    bool good = list.append("b", "2").has_value();
    good = good && list.append("a", "1").has_value();
    good = good && list.append("Tag", 1, "Key", "k").has_value();
    rc::parameters_view const view = list;
    return good && view.size() == 3 && view[0].front() == "Tag" && view[1].front() == "a" &&
           view[2].value() == "2";
}());

} // namespace

TEST_CASE("a parameter's name is its pieces joined by full stops") {
    CHECK(name_of({"Name", "v"}) == "Name");
    CHECK(name_of({"Name", 1, {}, "v"}) == "Name.1");
    CHECK(name_of({"Name", 1, "Key", "v"}) == "Name.1.Key");
    CHECK(name_of({"Name", 0, "Key", "v"}) == "Name.0.Key");
    for (unsigned const index : {9u, 10u, 99u, 100u, 999u, 1000u, 9999u, 10000u, 65535u}) {
        CHECK(name_of({"N", static_cast<std::uint16_t>(index), {}, ""}) == "N." + std::to_string(index));
        CHECK(name_of({"N", static_cast<std::uint16_t>(index), "K", ""}) ==
              "N." + std::to_string(index) + ".K");
    }
    rc::parameter const p("Name", 12, "Key", "v");
    CHECK(p.name_size() == 11);
    CHECK(p.value() == "v");
    CHECK(rc::parameter().name_size() == 0);
}

TEST_CASE("names compare as the joined names do, byte by byte, however they are put together") {
    std::vector<rc::parameter> all;
    static std::vector<std::string> const whole{"",
                                                "A",
                                                "AccessKeyId",
                                                "Tag",
                                                "Tag.",
                                                "Tag.1",
                                                "Tag.1.",
                                                "Tag.1.K",
                                                "Tag.10",
                                                "Tag.10.Key",
                                                "Tag.2.Key",
                                                "Tag.2.Ke",
                                                "Tag-1",
                                                "Tag/1",
                                                "TagX",
                                                "T",
                                                "a",
                                                "_",
                                                "~",
                                                "\x7F",
                                                "\xC3\xA9",
                                                "\xEF\xBF\xBD",
                                                "\xF0\x9F\x8E\xAC"};
    for (std::string const& name : whole)
        all.emplace_back(name, "");
    for (std::string_view const front : {"T", "Tag", "Tag.1", "Ta", "a", "\xC3\xA9"})
        for (unsigned const index : {0u, 1u, 2u, 10u, 11u, 100u, 65535u})
            for (std::string_view const back : {"", "K", "Key", "Ke", "\xEF\xBF\xBD", "1", ".K"})
                all.emplace_back(front, static_cast<std::uint16_t>(index), back, "");
    int wrong = 0;
    for (rc::parameter const& a : all)
        for (rc::parameter const& b : all)
            wrong += sign_of(a.compare_name(b)) != sign_of(name_of(a).compare(name_of(b)));
    CHECK(wrong == 0);
}

TEST_CASE("a list is sorted by the bytes of the names, in whatever order it is filled") {
    std::vector<std::string> names{"Alpha",
                                   "alpha",
                                   "Zeta",
                                   "_u",
                                   "a-b",
                                   "a.b",
                                   "a~b",
                                   "SignName",
                                   "SignatureMethod",
                                   "SignatureNonce",
                                   "Tag",
                                   "Tag.1",
                                   "\xE7\x9B\xB4",
                                   "\xF0\x9F\x8E\xAC",
                                   "\xEF\xBF\xBD",
                                   " ",
                                   "+"};
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    for (unsigned seed = 1; seed != 200; ++seed) {
        unsigned random = seed;
        for (std::size_t i = names.size(); i != 1; --i) {
            random = random * 1664525u + 1013904223u;
            std::swap(names[i - 1], names[(random >> 16) % i]);
        }
        rc::parameter_list<32> list;
        for (std::string const& name : names)
            REQUIRE(list.append(name, name));
        REQUIRE(names_of(list) == sorted);
        rc::parameters_view const view = list;
        for (std::size_t i = 0; i != view.size(); ++i)
            REQUIRE(view[i].value() == sorted[i]);
    }
}

TEST_CASE("elements of lists sort as their joined names: Tag.10.Key before Tag.2.Key") {
    rc::parameter_list<64> list;
    std::vector<std::string> expected;
    for (unsigned const index : {1u, 2u, 3u, 9u, 10u, 11u, 20u, 99u, 100u}) {
        auto const i = static_cast<std::uint16_t>(index);
        REQUIRE(list.append("Tag", i, "Value", "v"));
        REQUIRE(list.append("Tag", i, "Key", "k"));
        REQUIRE(list.append("InstanceId", i, "i"));
        expected.push_back("Tag." + std::to_string(index) + ".Value");
        expected.push_back("Tag." + std::to_string(index) + ".Key");
        expected.push_back("InstanceId." + std::to_string(index));
    }
    for (std::string_view const name :
         {"Tag", "Tag-", "Tag.1", "Tag.10", "Tag0", "InstanceId", "InstanceId.1.", "TagA"}) {
        REQUIRE(list.append(name, ""));
        expected.emplace_back(name);
    }
    std::sort(expected.begin(), expected.end());
    CHECK(names_of(list) == expected);
    auto const at = [&](std::string const& name) {
        return std::find(expected.begin(), expected.end(), name) - expected.begin();
    };
    CHECK(at("Tag.10.Key") < at("Tag.2.Key"));
}

TEST_CASE("the same name twice is refused, however it is put together, and the list stays as it was") {
    rc::parameter_list<8> list;
    REQUIRE(list.append("Tag", 1, "Key", "first"));
    REQUIRE(list.append("Tag.2", "first"));
    REQUIRE(list.append("Zone", "first"));
    refuses(list.append("Tag.1.Key", "second"), rc::errc::parameter_duplicate, "Tag.1.Key");
    refuses(list.append("Tag", 1, "Key", "second"), rc::errc::parameter_duplicate, "Tag");
    refuses(list.append("Tag", 2, "second"), rc::errc::parameter_duplicate, "Tag");
    refuses(list.append("Zone", "second"), rc::errc::parameter_duplicate, "Zone");
    CHECK(list.append("Tag", 1, "third"));
    CHECK(names_of(list) == std::vector<std::string>{"Tag.1", "Tag.1.Key", "Tag.2", "Zone"});
    CHECK(rc::parameters_view(list)[1].value() == "first");
}

TEST_CASE("a parameter without a name is refused") {
    rc::parameter_list<2> list;
    refuses(list.append("", "v"), rc::errc::parameter_name_empty, "");
    refuses(list.append({}, 1, "v"), rc::errc::parameter_name_empty, "");
    refuses(list.append("", 1, "Key", "v"), rc::errc::parameter_name_empty, "");
    CHECK(list.size() == 0);
}

TEST_CASE("Signature is reserved, and names that only look like it are not") {
    rc::parameter_list<8> list;
    refuses(list.append("Signature", "x"), rc::errc::parameter_reserved, "Signature");
    CHECK(list.append("signature", "x"));
    CHECK(list.append("Signatur", "x"));
    CHECK(list.append("Signatures", "x"));
    CHECK(list.append("SignatureNonce", "x"));
    CHECK(list.append("Signature", 1, "x"));
    CHECK(list.append("Signature", 1, "e", "x"));
    CHECK(list.size() == 6);
}

TEST_CASE("a name, a member or a value that is not UTF-8 is refused by the parameter's name") {
    rc::parameter_list<2> list;
    refuses(list.append("caf\xE9", "v"), rc::errc::parameter_not_utf8, "caf\xE9");
    refuses(list.append("Name", "caf\xE9"), rc::errc::parameter_not_utf8, "Name");
    refuses(list.append("Name", 1, "caf\xE9"), rc::errc::parameter_not_utf8, "Name");
    refuses(list.append("Name", 1, "caf\xE9", "v"), rc::errc::parameter_not_utf8, "Name");
    refuses(list.append("Name", 1, "Key", "\xED\xA0\x80"), rc::errc::parameter_not_utf8, "Name");
    CHECK(list.size() == 0);
}

TEST_CASE("a full list takes no more and says so, but names a duplicate first") {
    rc::parameter_list<2> list;
    REQUIRE(list.append("b", "1"));
    REQUIRE(list.append("a", "2"));
    refuses(list.append("c", "3"), rc::errc::parameters_too_many, "c");
    refuses(list.append("a", "3"), rc::errc::parameter_duplicate, "a");
    CHECK(list.size() == 2);
    CHECK(names_of(list) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("255 parameters are kept in order and the 256th is refused") {
    auto const list = std::make_unique<rc::parameter_list<255>>();
    std::set<std::string> names;
    for (unsigned i = 0; i != 255; ++i)
        names.insert("P" + std::to_string(i * 7919 % 1021));
    REQUIRE(names.size() == 255);
    std::vector<std::string> order(names.begin(), names.end());
    std::reverse(order.begin(), order.end());
    for (std::string const& name : order)
        REQUIRE(list->append(name, name));
    refuses(list->append("Q", ""), rc::errc::parameters_too_many, "Q");
    CHECK(list->size() == 255);
    CHECK(names_of(*list) == std::vector<std::string>(names.begin(), names.end()));
}

TEST_CASE("a view that looks at nothing is empty") {
    CHECK(rc::parameters_view().size() == 0);
    rc::parameter_list<1> const none;
    CHECK(rc::parameters_view(none).size() == 0);
}

TEST_CASE("legal and odd values are taken as they are") {
    std::string const long_value(4096, '+');
    rc::parameter_list<8> list;
    for (std::string_view const value :
         {std::string_view(" two  "), std::string_view("+*~%"), std::string_view("\0\x01\r\n\x7F", 5),
          std::string_view("\xF0\x9F\x8E\xAC"), std::string_view(long_value), std::string_view()}) {
        std::string const name = "P" + std::to_string(list.size());
        static std::set<std::string> kept;
        REQUIRE(list.append(*kept.insert(name).first, value));
    }
    rc::parameters_view const view = list;
    CHECK(view[0].value() == " two  ");
    CHECK(view[2].value().size() == 5);
    CHECK(view[4].value().size() == 4096);
    CHECK(view[5].value().empty());
}

TEST_CASE("an index is taken whole or refused, of whatever type it is") {
    rc::parameter_list<16> list;
    int const wide = 65537, zero = 0, negative = -1;
    refuses(list.append("List", wide, "x"), rc::errc::parameter_index_out_of_range, "List");
    refuses(list.append("List", zero, "x"), rc::errc::parameter_index_out_of_range, "List");
    refuses(list.append("List", negative, "x"), rc::errc::parameter_index_out_of_range, "List");
    refuses(list.append("List", wide, "Key", "x"), rc::errc::parameter_index_out_of_range, "List");
    refuses(list.append("List", zero, "Key", "x"), rc::errc::parameter_index_out_of_range, "List");
    refuses(list.append("List", negative, "Key", "x"), rc::errc::parameter_index_out_of_range, "List");
    for (std::uint64_t const index : {std::uint64_t{65536}, std::uint64_t{1} << 16 | 1, std::uint64_t{1} << 32 | 1,
                                      std::uint64_t{1} << 48 | 1, std::uint64_t{1} << 63 | 1, ~std::uint64_t{0}}) {
        refuses(list.append("List", static_cast<std::int64_t>(index), "x"), rc::errc::parameter_index_out_of_range,
                "List");
        CHECK(rc::parameter("List", static_cast<std::int64_t>(index), "Key", "x").name_size() == 0);
    }
    CHECK(list.size() == 0);
    CHECK(list.append("List", 1, "x"));
    CHECK(list.append("List", 65535u, "x"));
    CHECK(list.append("List", std::size_t{7}, "Key", "x"));
    CHECK(list.append("List", std::uint8_t{200}, "x"));
    CHECK(names_of(list) == std::vector<std::string>{"List.1", "List.200", "List.65535", "List.7.Key"});
}
