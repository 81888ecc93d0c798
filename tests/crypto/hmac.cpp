// SPDX-License-Identifier: MIT
#include "crypto/hashes.hpp"

#include <type_traits>

using namespace hashes;

namespace {


constexpr std::array<char, 100> filled(char with) {
    std::array<char, 100> out{};
    for (char& c : out) c = with;
    return out;
}
constexpr auto x0b = filled('\x0b'), x0c = filled('\x0c'), xaa = filled(static_cast<char>(-0x56)),
               xcd = filled(static_cast<char>(-0x33)), xdd = filled(static_cast<char>(-0x23));
constexpr std::string_view of(std::array<char, 100> const& bytes, std::size_t size) { return {bytes.data(), size}; }
constexpr std::string_view counted = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12"
                                     "\x13\x14\x15\x16\x17\x18\x19";

// RFC 2202 section 3.
constexpr std::pair<std::pair<std::string_view, std::string_view>, std::string_view> rfc_2202[] = {
    {{of(x0b, 20), "Hi There"}, "b617318655057264e28bc0b6fb378c8ef146be00"},
    {{"Jefe", "what do ya want for nothing?"}, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {{of(xaa, 20), of(xdd, 50)}, "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
    {{counted, of(xcd, 50)}, "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
    {{of(x0c, 20), "Test With Truncation"}, "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
    {{of(xaa, 80), "Test Using Larger Than Block-Size Key - Hash Key First"},
     "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
    {{of(xaa, 80), "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"},
     "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
};

// RFC 4231 section 4; case 5 there is cut to 128 bits, and case 6 and 7 have keys of 131 bytes.
constexpr std::pair<std::pair<std::string_view, std::string_view>, std::string_view> rfc_4231[] = {
    {{of(x0b, 20), "Hi There"}, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {{"Jefe", "what do ya want for nothing?"}, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {{of(xaa, 20), of(xdd, 50)}, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {{counted, of(xcd, 50)}, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
};

constexpr bool rfc_2202_holds() {
    for (auto const& [texts, expected] : rfc_2202)
        if (!is(mac<rc::sha1>(texts.first, texts.second), expected)) return false;
    return true;
}
constexpr bool rfc_4231_holds() {
    for (auto const& [texts, expected] : rfc_4231)
        if (!is(mac<rc::sha256>(texts.first, texts.second), expected)) return false;
    return true;
}
static_assert(rfc_2202_holds());
static_assert(rfc_4231_holds());

// The key of RPC signatures is the secret and a suffix.
static_assert(is(rc::hmac(rc::hmac_key<rc::sha1>("Je", "fe"), "what do ya want for nothing?"),
                 "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));

static_assert(rc::byte_sink<rc::hmac_stream<rc::sha1>>);
static_assert(!std::is_copy_constructible_v<rc::hmac_key<rc::sha1>>);
static_assert(!std::is_move_constructible_v<rc::hmac_key<rc::sha1>>);
static_assert(!std::is_copy_assignable_v<rc::hmac_key<rc::sha1>>);
static_assert(!std::is_move_assignable_v<rc::hmac_key<rc::sha1>>);
static_assert(!std::is_copy_constructible_v<rc::hmac_stream<rc::sha1>>);
static_assert(!std::is_convertible_v<std::string_view, rc::hmac_key<rc::sha1>>);
static_assert(sizeof(rc::hmac_key<rc::sha1>) == 40 && sizeof(rc::hmac_key<rc::sha256>) == 64);

template <class Hash>
void check_rfc(char const* file) {
    if (!corpora::present("crypto/rfc")) return;
    for (values& one : read_cases(corpora::root() / "crypto/rfc" / file, "MD"))
        REQUIRE(hex(mac<Hash>(unhex(one["Key"]), unhex(one["Msg"]))).substr(0, one["MD"].size()) == one["MD"]);
}

template <class Hash>
void check_nist(char const* file) {
    if (!corpora::present("crypto/nist")) return;
    for (values& one : read_cases(corpora::root() / "crypto/nist" / file, "Mac")) {
        INFO(file << " Count = " << one["Count"]);
        REQUIRE(hex(mac<Hash>(unhex(one["Key"]), unhex(one["Msg"]))).substr(0, one["Mac"].size()) == one["Mac"]);
    }
}

template <class Hash>
void check_wycheproof(char const* file) {
    if (!corpora::present("crypto/wycheproof")) return;
    auto const suite = nlohmann::json::parse(corpora::read_file(corpora::root() / "crypto/wycheproof" / file));
    std::size_t count = 0;
    for (auto const& group : suite.at("testGroups"))
        for (auto const& one : group.at("tests")) {
            INFO(file << " tcId " << one.at("tcId"));
            std::string const tag = unhex(one.at("tag").get<std::string>());
            auto const made = mac<Hash>(unhex(one.at("key").get<std::string>()),
                                        unhex(one.at("msg").get<std::string>()));
            REQUIRE(tag.size() * 8 == group.at("tagSize").get<std::size_t>());
            bool const valid = rc::equal_constant_time({made.data(), tag.size()}, tag);
            REQUIRE(valid == (one.at("result") == "valid"));
            ++count;
        }
    CHECK(count == suite.at("numberOfTests"));
}

template <class Hash>
void check_key_lengths() {
    std::mt19937_64 random(0xB0B);
    for (std::size_t size = 0; size <= 200; ++size) {
        std::string const key = random_bytes(random, size), message = random_bytes(random, 100);
        std::string const expected = openssl_mac<Hash>(key, message);
        for (std::size_t cut = 0; cut <= size; ++cut) {
            std::string_view const whole = key;
            rc::hmac_key<Hash> const made(whole.substr(0, cut), whole.substr(cut));
            if (hex(rc::hmac(made, message)) != expected) FAIL("key of " << size << " bytes cut at " << cut);
        }
    }
}

} // namespace

TEMPLATE_TEST_CASE("HMAC-SHA1 gives the MACs of RFC 2202", "", rc::sha1, sha1_portable, sha1_fastest) {
    for (auto const& [texts, expected] : rfc_2202) CHECK(hex(mac<TestType>(texts.first, texts.second)) == expected);
    check_rfc<TestType>("rfc-2202-sha1.txt");
}

TEMPLATE_TEST_CASE("HMAC-SHA256 gives the MACs of RFC 4231", "", rc::sha256, sha256_portable, sha256_fastest) {
    for (auto const& [texts, expected] : rfc_4231) CHECK(hex(mac<TestType>(texts.first, texts.second)) == expected);
    std::string const key(131, static_cast<char>(-0x56));
    CHECK(hex(mac<TestType>(key, "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK(hex(mac<TestType>(key, "This is a test using a larger than block-size key and a larger than block-size "
                                 "data. The key needs to be hashed before being used by the HMAC algorithm.")) ==
          "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    check_rfc<TestType>("rfc-4231-sha256.txt");
}

TEMPLATE_TEST_CASE("HMAC-SHA1 gives the MACs of NIST", "", rc::sha1, sha1_portable, sha1_fastest) {
    check_nist<TestType>("HMAC_SHA1.rsp");
}
TEMPLATE_TEST_CASE("HMAC-SHA256 gives the MACs of NIST", "", rc::sha256, sha256_portable, sha256_fastest) {
    check_nist<TestType>("HMAC_SHA256.rsp");
}

TEMPLATE_TEST_CASE("HMAC-SHA1 accepts and refuses the tags of Wycheproof", "", rc::sha1, sha1_portable, sha1_fastest) {
    check_wycheproof<TestType>("hmac_sha1_test.json");
}
TEMPLATE_TEST_CASE("HMAC-SHA256 accepts and refuses the tags of Wycheproof", "", rc::sha256, sha256_portable,
                   sha256_fastest) {
    check_wycheproof<TestType>("hmac_sha256_test.json");
}

TEMPLATE_TEST_CASE("a key in two texts is the key of both together, whatever its length", "", rc::sha1, sha1_portable,
                   sha1_fastest, rc::sha256, sha256_portable, sha256_fastest) {
    check_key_lengths<TestType>();
}

TEMPLATE_TEST_CASE("the words of a MAC are its bytes, the most significant first", "", rc::sha1, rc::sha256) {
    rc::hmac_key<TestType> const key("Jefe");
    rc::hmac_stream<TestType> stream(key);
    stream.append("what do ya want for nothing?");
    std::string bytes;
    for (std::uint32_t const word : stream.finish_words())
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift & 0xFF);
    CHECK(hex(bytes) == openssl_mac<TestType>("Jefe", "what do ya want for nothing?"));
}

TEMPLATE_TEST_CASE("one key signs many messages", "", rc::sha1, rc::sha256) {
    std::mt19937_64 random(0xC0DE);
    std::string const secret = random_bytes(random, 30);
    rc::hmac_key<TestType> const key(secret);
    for (std::size_t size = 0; size != 1300; ++size) {
        std::string const message = random_bytes(random, size);
        rc::hmac_stream<TestType> stream(key);
        std::string_view const whole = message;
        stream.append(whole.substr(0, size / 3));
        stream.append(whole.substr(size / 3));
        if (hex(stream.finish()) != openssl_mac<TestType>(secret, message)) FAIL("message of " << size << " bytes");
    }
}
