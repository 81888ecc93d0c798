// SPDX-License-Identifier: MIT
// The canonical query against the reference and the SigV4 suite.
#include <restartcaster/sign/canonical_query.hpp>

#include "catch.hpp"
#include "corpora.hpp"
#include "reference.hpp"

#include <array>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

std::string query_of(rc::parameters_view list) {
    reference::text_sink sink;
    rc::canonical_query(sink, list);
    return sink.text;
}

static_assert([] {
    rc::parameter_list<2> list;
    bool const good = list.append("b", "x y").has_value() && list.append("A/", "").has_value();
    std::array<char, 32> bytes{};
    rc::buffer_sink sink(bytes);
    rc::canonical_query(sink, list);
    return good && sink.written() == "A%2F=&b=x%20y";
}());

} // namespace

TEST_CASE("no parameters make an empty query") {
    CHECK(query_of({}).empty());
}

TEST_CASE("an empty value is written with its equals sign") {
    rc::parameter_list<2> list;
    REQUIRE(list.append("B", ""));
    CHECK(query_of(list) == "B=");
    REQUIRE(list.append("A", ""));
    CHECK(query_of(list) == "A=&B=");
}

TEST_CASE("the name of a list's element is encoded piece by piece as the whole would be") {
    rc::parameter_list<4> list;
    REQUIRE(list.append("Tag name", 10, "Key/\xC3\xA9", "v&v"));
    REQUIRE(list.append("Tag name", 2, "Key", "=v"));
    REQUIRE(list.append("Id", 1, "+"));
    CHECK(query_of(list) ==
          reference::canonical_query(
              {{"Tag name.2.Key", "=v"}, {"Id.1", "+"}, {"Tag name.10.Key/\xC3\xA9", "v&v"}}));
}

TEST_CASE("names are sorted before they are encoded, not after") {
    // "a b" < "a!" as bytes, "a%20b" < "a%21" too; "~" > "Z" but "\xC3" > "~" raw and "%C3" < "A" encoded.
    reference::parameters const all{{"a b", "1"}, {"a!", "2"}, {"~", "3"}, {"\xC3\xA9", "4"},
                                    {"A", "5"},   {"*", "6"},  {"-", "7"}};
    rc::parameter_list<8> list;
    for (auto const& [name, value] : all)
        REQUIRE(list.append(name, value));
    CHECK(query_of(list) == "%2A=6&-=7&A=5&a%20b=1&a%21=2&~=3&%C3%A9=4");
    CHECK(query_of(list) == reference::canonical_query(all));
}

TEST_CASE("every byte of UTF-8 text is encoded once on the wire, in names and in values") {
    for (int c = 0; c != 128; ++c) {
        std::string const text = std::string("x") + static_cast<char>(c) + "y";
        rc::parameter_list<1> list;
        REQUIRE(list.append(text, text));
        CHECK(query_of(list) == reference::percent(text) + "=" + reference::percent(text));
    }
}

TEST_CASE("the queries of the SigV4 suite are canonical here as well") {
    if (!corpora::present("percent/sigv4")) return;
    std::ifstream file(corpora::root() / "percent/sigv4/canonical.jsonl");
    int seen = 0;
    for (std::string line; std::getline(file, line);) {
        auto const one = nlohmann::json::parse(line);
        std::string const target = one.at("target").get<std::string>();
        std::vector<std::string> kept;
        rc::parameter_list<16> list;
        if (std::size_t const mark = target.find('?'); mark != std::string::npos) {
            std::string rest = target.substr(mark + 1);
            kept.reserve(64);
            while (!rest.empty()) {
                std::string const piece = rest.substr(0, rest.find('&'));
                rest.erase(0, piece.size() + 1);
                std::size_t const equals = piece.find('=');
                kept.push_back(reference::percent_decoded(piece.substr(0, equals)));
                std::string const& name = kept.back();
                kept.push_back(
                    equals == std::string::npos ? "" : reference::percent_decoded(piece.substr(equals + 1)));
                auto const appended = list.append(name, kept.back());
                if (!appended) CHECK(appended.error().code == rc::errc::parameter_duplicate);
                if (!appended) kept.clear(); // one value per name here, other than there
                if (!appended) break;
            }
            if (kept.empty() && mark + 1 != target.size()) continue;
        }
        CAPTURE(target);
        CHECK(query_of(list) == one.at("canonical_query").get<std::string>());
        ++seen;
    }
    CHECK(seen >= 10);
}
