// SPDX-License-Identifier: MIT
// Every reason has its sentence.
#include <restartcaster/core/failure.hpp>

#include "catch.hpp"

#include <set>
#include <string>
#include <type_traits>

namespace rc = restartcaster;

static_assert(std::is_trivially_copyable_v<rc::failure> && std::is_aggregate_v<rc::failure>);
static_assert(sizeof(rc::errc) == 1);
static_assert(rc::message(rc::errc::parameter_missing) == "a required value is missing or empty");
static_assert(rc::failure{.code = rc::errc::url_too_long, .detail = 3} ==
              rc::failure{.code = rc::errc::url_too_long, .detail = 3});
static_assert(rc::failure{.code = rc::errc::url_too_long, .detail = 3} !=
              rc::failure{.code = rc::errc::url_too_long, .detail = 4});

TEST_CASE("every errc has a sentence of its own, without a full stop") {
    std::set<std::string> seen;
    unsigned code = 0;
    for (; code != 256; ++code) {
        std::string const sentence(rc::message(static_cast<rc::errc>(code)));
        if (sentence.empty()) break;
        CAPTURE(code, sentence);
        CHECK(seen.insert(sentence).second);
        CHECK(sentence.back() != '.');
        CHECK(sentence.front() != ' ');
        for (char const c : sentence)
            CHECK((c >= ' ' && c <= '~'));
    }
    CHECK(code > static_cast<unsigned>(rc::errc::entropy_missing));
    for (; code != 256; ++code)
        CHECK(rc::message(static_cast<rc::errc>(code)).empty());
}

TEST_CASE("a failure with nothing but a code is about nothing in particular") {
    constexpr rc::failure f{.code = rc::errc::not_sent};
    CHECK(f.http_status == 0);
    CHECK(f.subject.empty());
    CHECK(f.detail == 0);
}

TEST_CASE("failures are equal when all that they say is") {
    rc::failure const one{.code = rc::errc::no_answer, .http_status = 502, .subject = "recv", .detail = 104};
    CHECK(one == rc::failure(one));
    CHECK_FALSE(one == rc::failure{rc::errc::not_sent, 502, "recv", 104});
    CHECK_FALSE(one == rc::failure{rc::errc::no_answer, 503, "recv", 104});
    CHECK_FALSE(one == rc::failure{rc::errc::no_answer, 502, "send", 104});
    CHECK_FALSE(one == rc::failure{rc::errc::no_answer, 502, "recv", 105});
}
