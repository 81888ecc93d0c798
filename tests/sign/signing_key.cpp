// SPDX-License-Identifier: MIT
// What a key refuses, keeps, and cannot be made to do.
#include <restartcaster/sign/signing_key.hpp>

#include <restartcaster/sign/rpc_v1.hpp>

#include "catch.hpp"
#include "reference.hpp"
#include "vectors/vectors.hpp"

#include <string>
#include <type_traits>

namespace rc = restartcaster;

namespace {

using key_type = rc::signing_key<>;
static_assert(std::is_same_v<key_type, rc::signing_key<rc::rpc_v1>>);
static_assert(!std::is_copy_constructible_v<key_type>);
static_assert(!std::is_copy_assignable_v<key_type>);
static_assert(!std::is_move_constructible_v<key_type>);
static_assert(!std::is_move_assignable_v<key_type>);
static_assert(!std::is_default_constructible_v<key_type>);
static_assert(!std::is_trivially_destructible_v<key_type>, "a key is wiped at the end of its life");
static_assert(!std::is_convertible_v<rc::credentials, key_type>);
static_assert(std::is_nothrow_constructible_v<key_type, rc::credentials const&>);
static_assert([] {
    key_type const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    return key.valid().has_value() && key.access_key_id() == "testid" && key.security_token().empty();
}());

struct bad {
    rc::credentials from;
    rc::errc code;
    std::string_view subject;
};

} // namespace

TEST_CASE("good credentials make a valid key that still knows its id and token, and not its secret") {
    key_type const key{
        {.access_key_id = "STS.testid", .access_key_secret = "testsecret", .security_token = "CAIS+/=="}};
    CHECK(key.valid().has_value());
    CHECK(key.access_key_id() == "STS.testid");
    CHECK(key.security_token() == "CAIS+/==");
    std::string const bytes(reinterpret_cast<char const*>(&key), sizeof key);
    CHECK(bytes.find("testsecret") == std::string::npos);
}

TEST_CASE("credentials that cannot work are remembered by the name of what is wrong") {
    std::string_view const nul_inside("test\0id", 7);
    bad const all[]{
        {{"", "secret"}, rc::errc::parameter_missing, "AccessKeyId"},
        {{{}, "secret"}, rc::errc::parameter_missing, "AccessKeyId"},
        {{"id", ""}, rc::errc::parameter_missing, "AccessKeySecret"},
        {{"", ""}, rc::errc::parameter_missing, "AccessKeyId"},
        {{" id", "secret"}, rc::errc::parameter_blank_end, "AccessKeyId"},
        {{"id ", "secret"}, rc::errc::parameter_blank_end, "AccessKeyId"},
        {{"id\n", "secret"}, rc::errc::parameter_blank_end, "AccessKeyId"},
        {{"id\r\n", "secret"}, rc::errc::parameter_blank_end, "AccessKeyId"},
        {{"\tid", "secret"}, rc::errc::parameter_blank_end, "AccessKeyId"},
        {{"id", " secret"}, rc::errc::parameter_blank_end, "AccessKeySecret"},
        {{"id", "secret "}, rc::errc::parameter_blank_end, "AccessKeySecret"},
        {{"id", "secret\n"}, rc::errc::parameter_blank_end, "AccessKeySecret"},
        {{"i\nd", "secret"}, rc::errc::parameter_control_character, "AccessKeyId"},
        {{nul_inside, "secret"}, rc::errc::parameter_control_character, "AccessKeyId"},
        {{"id", "sec\tret"}, rc::errc::parameter_control_character, "AccessKeySecret"},
        {{"id\xFF", "secret"}, rc::errc::parameter_not_utf8, "AccessKeyId"},
        {{"id", "secret\xC3"}, rc::errc::parameter_not_utf8, "AccessKeySecret"},
        {{"id", "secret", " token"}, rc::errc::parameter_blank_end, "SecurityToken"},
        {{"id", "secret", "token\n"}, rc::errc::parameter_blank_end, "SecurityToken"},
        {{"id", "secret", "to\rken"}, rc::errc::parameter_control_character, "SecurityToken"},
        {{"id", "secret", "\xED\xA0\x80"}, rc::errc::parameter_not_utf8, "SecurityToken"},
    };
    for (bad const& one : all) {
        key_type const key(one.from);
        CAPTURE(one.subject, static_cast<int>(one.code));
        REQUIRE(!key.valid());
        CHECK(key.valid().error().code == one.code);
        CHECK(key.valid().error().subject == one.subject);
    }
}

TEST_CASE("an id, a secret and a token of any length and script are taken") {
    for (std::size_t const size : {1u, 20u, 63u, 64u, 65u, 100u, 8192u}) {
        std::string const text(size, 'k');
        CHECK(key_type{{text, text, text}}.valid().has_value());
    }
    CHECK(key_type{{"\xE9\x92\xA5", "\xF0\x9F\x94\x91", "+/=%&"}}.valid().has_value());
}

TEST_CASE("the key signs with the secret followed by an ampersand, however long the secret is") {
    for (std::size_t size = 1; size != 200; ++size) {
        std::string secret;
        for (std::size_t i = 0; i != size; ++i)
            secret += static_cast<char>('!' + (i * 7 + size) % 90);
        key_type const key{{.access_key_id = "id", .access_key_secret = secret}};
        REQUIRE(key.valid());
        auto const mac = rc::hmac(key.hmac(), "GET&%2F&");
        CHECK(std::string(mac.data(), mac.size()) == reference::hmac_sha1(secret + "&", "GET&%2F&"));
    }
}

TEST_CASE("the raw HMAC-SHA1 values that the vendor's clients assert are reached") {
    for (vectors::hmac const& one : vectors::hmac_sha1()) {
        CAPTURE(one.name);
        rc::hmac_key<rc::sha1> const key(one.key);
        auto const text = rc::base64(rc::hmac(key, one.message));
        CHECK(std::string(text.data(), text.size()) == one.expected);
        CHECK(reference::base64(reference::hmac_sha1(one.key, one.message)) == one.expected);
        // A secret that is followed by '&' goes through the signing key itself.
        if (!one.key.ends_with('&')) continue;
        key_type const signing{
            {.access_key_id = "id",
             .access_key_secret = std::string_view(one.key).substr(0, one.key.size() - 1)}};
        auto const signature = rc::base64(rc::hmac(signing.hmac(), one.message));
        CHECK(std::string(signature.data(), signature.size()) == one.expected);
    }
}
