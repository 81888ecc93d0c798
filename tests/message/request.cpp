// SPDX-License-Identifier: MIT
// Header lines and the defaults of a request.
#include <restartcaster/message/request.hpp>

#include "catch.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rc = restartcaster;

namespace {

std::vector<std::pair<std::string, std::string>> fields(std::string_view lines) {
    std::vector<std::pair<std::string, std::string>> out;
    for (rc::header const& field : rc::header_lines(lines))
        out.emplace_back(field.name, field.value);
    return out;
}

} // namespace

TEST_CASE("the methods have their HTTP spelling") {
    CHECK(rc::text(rc::http_method::get) == "GET");
    CHECK(rc::text(rc::http_method::post) == "POST");
}

TEST_CASE("header lines are iterated field by field") {
    using list = std::vector<std::pair<std::string, std::string>>;
    CHECK(fields("") == list{});
    CHECK(fields("A: b\r\n") == list{{"A", "b"}});
    CHECK(fields("Accept-Encoding: identity\r\nContent-Type: application/x-www-form-urlencoded\r\n") ==
          list{{"Accept-Encoding", "identity"}, {"Content-Type", "application/x-www-form-urlencoded"}});
    CHECK(fields("X-Url: https://a:1\r\nX-Empty: \r\nY: z\r\n") ==
          list{{"X-Url", "https://a:1"}, {"X-Empty", ""}, {"Y", "z"}});
}

TEST_CASE("header lines that were never set hold no field") {
    rc::header_lines const none;
    CHECK(none.text().empty());
    CHECK(none.begin() == none.end());
}

TEST_CASE("header lines keep their text as a raw socket sends it") {
    constexpr rc::header_lines lines("A: b\r\nC: d\r\n");
    static_assert((*lines.begin()).name == "A");
    static_assert((*++lines.begin()).value == "d");
    static_assert(!(lines.begin() == lines.end()));
    CHECK(lines.text() == "A: b\r\nC: d\r\n");
}

TEST_CASE("without being told otherwise a request is a JSON-answered form to the common host over HTTPS") {
    constexpr rc::request_options options;
    CHECK(options.parameters == rc::placement::post_form);
    CHECK(options.answer == rc::format::json);
    CHECK(options.to.host() == "live.aliyuncs.com");
    CHECK(options.to.scheme() == rc::url_scheme::https);
    CHECK(options.url_limit == 8192);
}
