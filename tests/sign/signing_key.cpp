// SPDX-License-Identifier: MIT
// What a key refuses, keeps, and cannot be made to do.
#include <restartcaster/sign/signing_key.hpp>

#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/sign/acs3.hpp>

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

namespace {

// A key must refuse what a pasted credential can bring, and say which character and where, without the rest.
template <class Scheme>
void refuses(rc::credentials const& from, rc::errc code, std::string_view subject, char32_t character,
             std::size_t at) {
    rc::signing_key<Scheme> const key(from);
    CAPTURE(subject, static_cast<std::uint32_t>(character), at);
    REQUIRE(!key.valid());
    rc::failure const expected{.code = code, .subject = subject, .detail = at, .character = character};
    CHECK((key.valid().error() == expected));
    char room[4096];
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "c"}, key, {.utc_seconds = 0, .nonce = "n"}, room);
    REQUIRE(!made);
    CHECK((made.error() == expected));
    auto const described = rc::make_request(rc::action{.name = "A", .version = "1"}, key,
                                            {.utc_seconds = 0, .nonce = "n"}, room);
    REQUIRE(!described);
    CHECK((described.error() == expected));
}

} // namespace

TEMPLATE_TEST_CASE("a credential with a character that is none of its own is refused by its name and place", "",
                   rc::rpc_v1, rc::acs3) {
    struct pasted {
        std::string text;
        char32_t code;
    };
    // Byte order mark, zero width, no-break and ideographic space, separators, directions, soft hyphen, quotes.
    for (pasted const& one :
         {pasted{"\xEF\xBB\xBF", 0xFEFF}, {"\xE2\x80\x8B", 0x200B}, {"\xE2\x80\x8C", 0x200C}, {"\xE2\x80\x8D", 0x200D},
          {"\xC2\xA0", 0xA0}, {"\xE2\x80\xA8", 0x2028}, {"\xE2\x80\xA9", 0x2029},
          {"\xE2\x80\xAE", 0x202E}, {"\xE2\x81\xA6", 0x2066}, {"\xC2\xAD", 0xAD}, {"\xE2\x80\x9C", 0x201C},
          {"\xE2\x80\x99", 0x2019}, {"\xEF\xBC\x82", 0xFF02}}) {
        for (std::size_t const at : {0u, 3u, 6u}) {
            std::string value = "abc123";
            value.insert(at, one.text);
            auto const code = rc::errc::credential_malformed;
            refuses<TestType>({value, "secret"}, code, "AccessKeyId", one.code, at);
            refuses<TestType>({"id", value}, code, "AccessKeySecret", one.code, at);
            refuses<TestType>({"id", "secret", value}, code, "SecurityToken", one.code, at);
        }
    }
    for (pasted const& one : {pasted{"\xE3\x80\x80", 0x3000}, {"\xF3\xA0\x81\x81", 0xE0041}, {"\xD0\x90", 0x410}}) {
        std::string const id = "ab" + one.text;
        refuses<TestType>({id, "secret"}, rc::errc::credential_malformed, "AccessKeyId", one.code, 2);
    }
    for (char const quote : {'"', '\''}) {
        std::string const both = quote + std::string("abc") + quote, front = quote + std::string("abc");
        auto const code = rc::errc::parameter_quoted;
        auto const mark = static_cast<char32_t>(quote);
        refuses<TestType>({both, "secret"}, code, "AccessKeyId", mark, 4);
        refuses<TestType>({"id", both}, code, "AccessKeySecret", mark, 4);
        refuses<TestType>({"id", "secret", both}, code, "SecurityToken", mark, 4);
        refuses<TestType>({front, "secret"}, code, "AccessKeyId", mark, 0);
        refuses<TestType>({"id", front}, code, "AccessKeySecret", mark, 0);
    }
}

TEMPLATE_TEST_CASE("a key id holds nothing that could end it in a header or a log", "", rc::rpc_v1, rc::acs3) {
    refuses<TestType>({"a,SignedHeaders=host,Signature=00 b", "secret"}, rc::errc::credential_malformed, "AccessKeyId",
                      ',', 1);
    for (int c = 0x20; c != 0x7F; ++c) {
        bool const good = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                          c == '.' || c == '_';
        std::string const id = std::string("a") + static_cast<char>(c) + "b";
        CAPTURE(id);
        if (good)
            CHECK(rc::signing_key<TestType>({id, "secret"}).valid());
        else
            refuses<TestType>({id, "secret"}, rc::errc::credential_malformed, "AccessKeyId", static_cast<char32_t>(c),
                              1);
    }
}

TEMPLATE_TEST_CASE("what is wrong beside a good key says nothing of the key", "", rc::rpc_v1, rc::acs3) {
    rc::signing_key<TestType> const key({"id", "secret", "token"});
    char room[4096];
    rc::failure const expected{.code = rc::errc::timestamp_out_of_range, .subject = "Timestamp"};
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "c"}, key, {.utc_seconds = -1, .nonce = "n"}, room);
    REQUIRE(!made);
    CHECK((made.error() == expected));
    auto const nameless = rc::make_request(rc::restart_caster{}, key, {.utc_seconds = 1, .nonce = "n"}, room);
    REQUIRE(!nameless);
    CHECK((nameless.error() == rc::failure{.code = rc::errc::parameter_missing, .subject = "CasterId"}));
}

TEST_CASE("an id, a secret and a token of any length are taken") {
    for (std::size_t const size : {1u, 20u, 63u, 64u, 65u, 100u, 8192u}) {
        std::string const text(size, 'k');
        CHECK(key_type{{text, text, text}}.valid().has_value());
    }
    CHECK(key_type{{"STS.NU-test_1", "\xE5\xAF\x86\xF0\x9F\x94\x91", "+/=%&"}}.valid().has_value());
}

TEST_CASE("the key signs with the secret followed by an ampersand, however long the secret is") {
    for (std::size_t size = 1; size != 200; ++size) {
        std::string secret;
        for (std::size_t i = 0; i != size; ++i)
            secret += static_cast<char>('!' + (i * 7 + size) % 90);
        for (std::size_t const end : {std::size_t{0}, size - 1})
            if (secret[end] == '"' || secret[end] == '\'') secret[end] = '#'; // quotes at an end are refused
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
