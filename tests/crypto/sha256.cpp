// SPDX-License-Identifier: MIT
#include "crypto/hashes.hpp"

using namespace hashes;

namespace {

// FIPS 180-4 examples ("SHA256.pdf" of the NIST examples with intermediate values) and RFC 6234 section 8.5.
constexpr std::string_view sha256_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view abc_digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view two_digest = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr std::string_view million_digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
constexpr std::string_view ten_digest = "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5";

static_assert(is(digest<rc::sha256>(""), sha256_of_nothing));
static_assert(is(digest<rc::sha256>("abc"), abc_digest));
static_assert(is(digest<rc::sha256>(two_blocks), two_digest));

static_assert(rc::byte_sink<rc::hash_stream<rc::sha256>>);
static_assert(sizeof(rc::sha256::state_type) == rc::sha256::digest_size);

} // namespace

TEMPLATE_TEST_CASE("SHA-256 gives the digests of FIPS 180-4 and RFC 6234", "", rc::sha256, sha256_portable,
                   sha256_fastest) {
    CHECK(hex(digest<TestType>("")) == sha256_of_nothing);
    CHECK(hex(digest<TestType>("abc")) == abc_digest);
    CHECK(hex(digest<TestType>(two_blocks)) == two_digest);
    CHECK(hex(digest<TestType>(std::string(1000000, 'a'))) == million_digest);

    rc::hash_stream<TestType> stream;
    for (int i = 0; i != 10; ++i) stream.append(ten_times);
    CHECK(hex(stream.finish()) == ten_digest);
}

TEMPLATE_TEST_CASE("SHA-256 gives the digests of the NIST short and long messages", "", rc::sha256, sha256_portable,
                   sha256_fastest) {
    check_nist_messages<TestType>("SHA256ShortMsg.rsp");
    check_nist_messages<TestType>("SHA256LongMsg.rsp");
}

TEMPLATE_TEST_CASE("SHA-256 passes the NIST Monte Carlo test", "", rc::sha256, sha256_portable, sha256_fastest) {
    if (!corpora::present("crypto/nist")) return;
    std::string state;
    int count = 0;
    for (values& one : read_cases(corpora::root() / "crypto/nist/SHA256Monte.rsp", "MD")) {
        if (state.empty()) state = unhex(one["Seed"]);
        state = monte_carlo<TestType>(state);
        INFO("COUNT = " << one["COUNT"]);
        REQUIRE(hex(state) == one["MD"]);
        ++count;
    }
    CHECK(count == 100);
}

TEMPLATE_TEST_CASE("SHA-256 and its HMAC agree with a second implementation around the edges of blocks", "",
                   rc::sha256, sha256_portable, sha256_fastest) {
    check_generated<TestType>("generated_sha256/sha256.jsonl");
}

TEST_CASE("all SHA-256 kernels agree on 0 to 64 blocks from every alignment") {
    check_kernels_agree<sha256_portable, sha256_fastest, rc::sha256>();
}

TEMPLATE_TEST_CASE("SHA-256 agrees with OpenSSL on random messages in random pieces", "", rc::sha256,
                   sha256_portable, sha256_fastest) {
    check_against_openssl<TestType>(20000);
}

TEMPLATE_TEST_CASE("SHA-256 agrees with OpenSSL on a million random messages", "[.long]", rc::sha256,
                   sha256_portable, sha256_fastest) {
    check_against_openssl<TestType>(1000000);
}
