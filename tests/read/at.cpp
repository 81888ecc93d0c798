// SPDX-License-Identifier: MIT
// rc::at: one text of a body by its path, in JSON and in XML.
// Source: docs/design.md, "Typed replies"; the vendor's document of DescribeCasters.
// Data flow: every body in a buffer of exactly its size, whole and cut at every length.
#include "../catch.hpp"

#include <restartcaster.hpp>

#include <memory>
#include <string>

namespace rc = restartcaster;
using rc::errc;

namespace {

constexpr std::string_view json =
    R"({"RequestId":"16A9","Total":2,"On":true,"None":null,"CasterList":{"Caster":[{"CasterId":"a","Tags":{"tag":[]}},)"
    R"({"CasterId":"b \"2\"","Numbers":[10,[20,21]],"\u004eame":"n"}]},"Single":{"CasterId":"s"}})";
constexpr std::string_view xml =
    "<?xml version='1.0' encoding='UTF-8'?><R><RequestId>16A9</RequestId><Total>2</Total><CasterList><Caster><CasterId>a"
    "</CasterId></Caster><x/><Caster><CasterId>b <![CDATA[\"]]>2&quot;</CasterId><Empty/></Caster></CasterList></R>";

// "-" is absent, "!" is a failure.
std::string text_at(std::string_view body, std::string_view path) {
    std::unique_ptr<char[]> const bytes(new char[body.size()]), storage(new char[body.size()]);
    body.copy(bytes.get(), body.size());
    auto const found = rc::at(std::span<char>(bytes.get(), body.size()), path, std::span(storage.get(), body.size()));
    CHECK(std::string_view(bytes.get(), body.size()) == body);
    if (!found) return "!";
    return found->data() == nullptr ? "-" : std::string(*found);
}

} // namespace

TEST_CASE("a text of a JSON body by its path", "[at]") {
    CHECK(text_at(json, "RequestId") == "16A9");
    CHECK(text_at(json, "Total") == "2");
    CHECK(text_at(json, "On") == "true");
    CHECK(text_at(json, "CasterList.Caster[0].CasterId") == "a");
    CHECK(text_at(json, "CasterList.Caster[1].CasterId") == "b \"2\"");
    CHECK(text_at(json, "CasterList.Caster[1].Numbers[0]") == "10");
    CHECK(text_at(json, "CasterList.Caster[1].Numbers[1][1]") == "21");
    CHECK(text_at(json, "CasterList.Caster[1].Name") == "n");
    CHECK(text_at(json, "Single[0].CasterId") == "s");
    for (char const* const absent : {"None", "Requestid", "CasterList", "CasterList.Caster", "CasterList.Caster[2].CasterId",
                                     "CasterList.Caster.CasterId", "RequestId.X", "RequestId[1]", "Single[1].CasterId", "",
                                     "CasterList.Caster[].CasterId", "CasterList.Caster[0", "CasterList.Caster[x].CasterId",
                                     "CasterList.Caster[99999999999].CasterId", "CasterList.Caster[1].Numbers[1]", ".", "[0].X"})
        CHECK(text_at(json, absent) == "-");
    CHECK(text_at(R"(["a",{"b":"c"}])", "[0]") == "a");
    CHECK(text_at(R"([[1,{"b":"d"}],{"b":"c"}])", "[1].b") == "c");
    CHECK(text_at(R"({"a":"first","a":"second"})", "a") == "first");
}

TEST_CASE("a text of an XML body by its path", "[at]") {
    CHECK(text_at(xml, "RequestId") == "16A9");
    CHECK(text_at(xml, "CasterList.Caster.CasterId") == "a");
    CHECK(text_at(xml, "CasterList.Caster[0].CasterId") == "a");
    CHECK(text_at(xml, "CasterList.Caster[1].CasterId[0]") == "b \"2\"");
    CHECK(text_at(xml, "CasterList.Caster[1].Empty").empty());
    for (char const* const absent : {"R", "Requestid", "CasterList.Caster[2].CasterId", "RequestId.X", "[0]", "Total[1]",
                                     "CasterList.Caster[x].CasterId", "CasterList[0][0]"})
        CHECK(text_at(xml, absent) == "-");
}

TEST_CASE("what is no body, and a body that ends too early", "[at]") {
    CHECK(rc::at("", "a").error().code == errc::body_empty);
    CHECK(rc::at(" \n", "a").error().code == errc::body_empty);
    CHECK(rc::at("Bad Gateway", "a").error().code == errc::body_not_recognised);
    CHECK(rc::at("\xEF\xBB\xBF {\"a\":\"b\"}", "a").value_or("") == "b");
    for (std::size_t size = 1; size != json.size(); ++size) {
        std::string const found = text_at(json.substr(0, size), "Single.CasterId");
        CHECK(found == (size + 2 < json.size() ? "!" : "s"));
    }
    for (std::size_t size = 1; size != xml.size(); ++size) {
        std::string const found = text_at(xml.substr(0, size), "CasterList.Caster[1].Empty");
        CHECK(found == (size < xml.find("<Empty/>") + 8 ? "!" : ""));
    }
}

TEST_CASE("without storage, a text with escapes is an error that states the bytes needed", "[at]") {
    CHECK(rc::at(json, "RequestId").value_or("") == "16A9");
    auto const escaped = rc::at(json, "CasterList.Caster[1].CasterId");
    REQUIRE_FALSE(escaped.has_value());
    CHECK(escaped.error().code == errc::storage_too_small);
    CHECK(escaped.error().detail == 7);
    char room[7];
    CHECK(rc::at(json, "CasterList.Caster[1].CasterId", std::span<char>(room)).value_or("") == "b \"2\"");
    static_assert(*rc::at(json, "CasterList.Caster[0].CasterId") == "a");
}
