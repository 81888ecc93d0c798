// SPDX-License-Identifier: MIT
// Percent-decoding against the percent corpus, the encoder, and every malformed escape.
#include <restartcaster/encode/percent.hpp>
#include <restartcaster/encode/percent_decode.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <string>

namespace rc = restartcaster;

namespace {

std::string decoded(std::string text, rc::plus_sign plus = rc::plus_sign::itself) {
    auto const done = rc::percent_decode(text, text, plus);
    return done ? std::string(*done) : "failed at " + std::to_string(done.error().detail);
}

constexpr bool decodes(std::string_view text, std::string_view expected) {
    char bytes[64]{};
    auto const done = rc::percent_decode(text, bytes);
    return done && *done == expected;
}
static_assert(decodes("", ""));
static_assert(decodes("a%20b%2Bc%2ad~e%25f+", "a b+c*d~e%f+"));
static_assert(decodes("%F0%9F%8E%AC", "\xF0\x9F\x8E\xAC"));

} // namespace

TEST_CASE("an escape in either case is the byte with its number, for all 256 bytes") {
    for (unsigned byte = 0; byte != 256; ++byte) {
        char upper[4], lower[4];
        std::snprintf(upper, sizeof upper, "%%%02X", byte);
        std::snprintf(lower, sizeof lower, "%%%02x", byte);
        CHECK(decoded(upper) == std::string(1, static_cast<char>(byte)));
        CHECK(decoded(lower) == std::string(1, static_cast<char>(byte)));
    }
}

TEST_CASE("what an independent encoder wrote is decoded to what it was") {
    std::string all;
    for (int byte = 0; byte != 256; ++byte) all += static_cast<char>(byte);
    CHECK(decoded(reference::percent(all)) == all);
    CHECK(decoded(reference::percent(reference::percent(all))) == reference::percent(all));
}

TEST_CASE("a plus is a space in a form, and itself elsewhere; %2B is always a plus") {
    CHECK(decoded("a+b%2Bc") == "a+b+c");
    CHECK(decoded("a+b%2Bc", rc::plus_sign::space) == "a b+c");
}

TEST_CASE("a % without two hexadecimal digits is refused with its place") {
    CHECK(decoded("ab%") == "failed at 2");
    CHECK(decoded("ab%4") == "failed at 2");
    CHECK(decoded("%41%") == "failed at 3");
    CHECK(decoded("%%41") == "failed at 0");
    for (int byte = 0; byte != 256; ++byte) {
        std::string const digits = "0123456789ABCDEFabcdef";
        std::string const c(1, static_cast<char>(byte));
        if (digits.find(c) != std::string::npos) continue;
        CHECK(decoded("x%" + c + "1") == "failed at 1");
        CHECK(decoded("x%1" + c) == "failed at 1");
    }
}

TEST_CASE("too little room is refused with the bytes needed, and nothing is written behind the room") {
    std::string const text = "%41b%43d";
    std::string room = "....!";
    auto const done = rc::percent_decode(text, std::span<char>(room).first(3));
    REQUIRE(!done);
    CHECK(done.error().code == rc::errc::storage_too_small);
    CHECK(done.error().detail == 4);
    CHECK(room.substr(3) == ".!");
    auto const fits = rc::percent_decode(text, std::span<char>(room).first(4));
    REQUIRE(fits);
    CHECK(*fits == "AbCd");
    CHECK(room == "AbCd!");
}
