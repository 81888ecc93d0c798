// SPDX-License-Identifier: MIT
#include "crypto/hashes.hpp"

using namespace hashes;

namespace {

// FIPS 180-4 examples ("SHA1.pdf" of the NIST examples with intermediate values) and RFC 3174 section 7.3.
constexpr std::string_view sha1_of_nothing = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

static_assert(is(digest<rc::sha1>(""), sha1_of_nothing));
static_assert(is(digest<rc::sha1>("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d"));
static_assert(is(digest<rc::sha1>(two_blocks), "84983e441c3bd26ebaae4aa1f95129e5e54670f1"));

static_assert(rc::byte_sink<rc::hash_stream<rc::sha1>>);
static_assert(sizeof(rc::sha1::state_type) == rc::sha1::digest_size);

} // namespace

TEMPLATE_TEST_CASE("SHA-1 gives the digests of RFC 3174", "", rc::sha1, sha1_portable, sha1_fastest) {
    CHECK(hex(digest<TestType>("")) == sha1_of_nothing);
    CHECK(hex(digest<TestType>("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex(digest<TestType>(two_blocks)) == "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK(hex(digest<TestType>(std::string(1000000, 'a'))) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");

    rc::hash_stream<TestType> stream;
    for (int i = 0; i != 10; ++i) stream.append(ten_times);
    CHECK(hex(stream.finish()) == "dea356a2cddd90c7a7ecedc5ebb563934f460452");
}

TEMPLATE_TEST_CASE("SHA-1 gives the digests of the NIST short and long messages", "", rc::sha1, sha1_portable,
                   sha1_fastest) {
    check_nist_messages<TestType>("SHA1ShortMsg.rsp");
    check_nist_messages<TestType>("SHA1LongMsg.rsp");
}

TEMPLATE_TEST_CASE("SHA-1 passes the NIST Monte Carlo test", "", rc::sha1, sha1_portable, sha1_fastest) {
    // Seed, first and last checkpoint of SHA1Monte.rsp.
    std::string state = unhex("dd4df644eaf3d85bace2b21accaa22b28821f5cd");
    state = monte_carlo<TestType>(state);
    REQUIRE(hex(state) == "11f5c38b4479d4ad55cb69fadf62de0b036d5163");
    for (int i = 1; i != 100; ++i) state = monte_carlo<TestType>(state);
    CHECK(hex(state) == "01b7be5b70ef64843a03fdbb3b247a6278d2cbe1");
}

TEMPLATE_TEST_CASE("SHA-1 and its HMAC agree with a second implementation around the edges of blocks", "",
                   rc::sha1, sha1_portable, sha1_fastest) {
    check_generated<TestType>("generated_sha1/sha1.jsonl");
}

TEST_CASE("all SHA-1 kernels agree on 0 to 64 blocks from every alignment") {
    check_kernels_agree<sha1_portable, sha1_fastest, rc::sha1>();
}

TEMPLATE_TEST_CASE("SHA-1 agrees with OpenSSL on random messages in random pieces", "", rc::sha1, sha1_portable,
                   sha1_fastest) {
    check_against_openssl<TestType>(20000);
}

TEMPLATE_TEST_CASE("SHA-1 agrees with OpenSSL on a million random messages", "[.long]", rc::sha1, sha1_portable,
                   sha1_fastest) {
    check_against_openssl<TestType>(1000000);
}
