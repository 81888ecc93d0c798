// SPDX-License-Identifier: MIT
// The schemes by OpenSSL's hashes: the published values, and the same requests as by this library's own.
#include <restartcaster/hosted/openssl.hpp>

#include <restartcaster/client/device_nonce.hpp>
#include <restartcaster/encode/base64.hpp>
#include <restartcaster/encode/hex.hpp>
#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include "catch.hpp"
#include "vectors/vectors.hpp"

#include <array>
#include <atomic>
#include <string>
#include <thread>

namespace rc = restartcaster;

namespace {

template <class Hash>
auto mac(std::string_view secret, std::string_view suffix, std::string_view message) {
    rc::hmac_key<rc::openssl::hash<Hash>> const key(secret, suffix);
    rc::hmac_stream<rc::openssl::hash<Hash>> stream(key);
    stream.append(message);
    auto const digest = stream.finish();
    CHECK_FALSE(stream.failed());
    return digest;
}

std::string base64_of(std::array<char, 20> const& digest) {
    auto const text = rc::base64(digest);
    return {text.data(), text.size()};
}
std::string hex_of(std::array<char, 32> const& digest) {
    std::string out;
    for (char const c : digest) {
        auto const byte = static_cast<unsigned char>(c);
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

// Everything that a transport would send.
std::string whole(rc::result<rc::request> const& made) {
    REQUIRE(made);
    std::string out(made->url);
    return out.append("\n").append(made->headers.text()).append("\n").append(made->body);
}

template <class Own, class OpenSsl>
void same_requests(rc::credentials const& from) {
    rc::signing_key<Own> const own(from);
    rc::signing_key<OpenSsl> const openssl(from);
    rc::storage<16384> here, there;
    // Lengths around what is gathered before OpenSSL is called.
    for (std::size_t const size : {1u, 30u, 255u, 256u, 300u, 400u, 500u, 511u, 512u, 513u, 600u, 1024u, 3000u}) {
        std::string const caster_id(size, 'a'), escaped(size, '/');
        for (auto const where : {rc::placement::post_form, rc::placement::get, rc::placement::post_query}) {
            rc::request_options const options{.parameters = where, .url_limit = 0};
            rc::stamp const when{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
            rc::restart_caster const op{.caster_id = caster_id, .region_id = escaped};
            CHECK(whole(rc::make_request(op, openssl, when, there, options)) ==
                  whole(rc::make_request(op, own, when, here, options)));
            rc::parameter_list<4> list;
            REQUIRE(list.append("A", caster_id));
            REQUIRE(list.append("B", escaped));
            rc::action const action{"RestartCaster", "2016-11-01", list};
            CHECK(whole(rc::make_request(action, openssl, when, there, options)) ==
                  whole(rc::make_request(action, own, when, here, options)));
        }
    }
}

} // namespace

TEST_CASE("OpenSSL's HMAC makes the published signatures", "[openssl]") {
    for (vectors::rpc const& v : vectors::rpc_1_0()) {
        INFO(v.name);
        CHECK(base64_of(mac<rc::sha1>(v.secret, "&", v.string_to_sign)) == v.signature);
    }
    for (vectors::hmac const& v : vectors::hmac_sha1()) {
        INFO(v.name);
        CHECK(base64_of(mac<rc::sha1>(v.key, "", v.message)) == v.expected);
    }
    for (vectors::acs3 const& v : vectors::acs3_hmac_sha256()) {
        INFO(v.name);
        CHECK(hex_of(mac<rc::sha256>(v.secret, "", v.string_to_sign)) == v.signature);
        rc::hash_stream<rc::openssl::hash<rc::sha256>> canonical;
        canonical.append(v.canonical_request);
        CHECK("ACS3-HMAC-SHA256\n" + hex_of(canonical.finish()) == v.string_to_sign);
    }
}

TEST_CASE("a request by OpenSSL is the request by this library's own hashes", "[openssl]") {
    for (std::string_view const token : {"", "token+/="}) {
        rc::credentials const from{"testid", "testsecret", token};
        same_requests<rc::rpc_v1, rc::openssl::rpc_v1>(from);
        same_requests<rc::acs3, rc::openssl::acs3>(from);
    }
}

TEST_CASE("a string to sign and a device's nonces are the same by OpenSSL", "[openssl]") {
    rc::credentials const from{"testid", "testsecret"};
    rc::signing_key<rc::acs3> const own(from);
    rc::signing_key<rc::openssl::acs3> const openssl(from);
    rc::stamp const when{.utc_seconds = 1709020800, .nonce = "n"};
    rc::restart_caster const op{.caster_id = "80787064"};
    reference::text_sink here, there;
    REQUIRE(rc::string_to_sign(here, op, own, when));
    REQUIRE(rc::string_to_sign(there, op, openssl, when));
    CHECK(there.text == here.text);
    rc::device_nonce own_nonces(own, {.device_id = "7", .boot_count = 1});
    rc::device_nonce openssl_nonces(openssl, {.device_id = "7", .boot_count = 1});
    for (int i = 0; i != 3; ++i)
        CHECK(openssl_nonces()->text() == own_nonces()->text());
}

TEST_CASE("threads sign with one key for OpenSSL", "[openssl]") {
    rc::credentials const from{"testid", "testsecret"};
    rc::signing_key<rc::rpc_v1> const own(from);
    rc::signing_key<rc::openssl::rpc_v1> const shared(from);
    rc::restart_caster const op{.caster_id = "80787064"};
    std::atomic<int> wrong = 0;
    auto const work = [&](char first) {
        for (int i = 0; i != 500; ++i) {
            std::string const nonce = first + std::to_string(i);
            rc::stamp const when{.utc_seconds = 1709020800, .nonce = nonce};
            rc::storage<1024> here, there;
            auto const right = rc::make_request(op, own, when, here), made = rc::make_request(op, shared, when, there);
            if (!right || !made || made->body != right->body) ++wrong;
        }
    };
    std::thread one(work, 'a'), other(work, 'b');
    one.join();
    other.join();
    CHECK(wrong == 0);
}

TEST_CASE("a key for OpenSSL refuses bad credentials as any other", "[openssl]") {
    rc::signing_key<rc::openssl::acs3> const key({.access_key_id = "testid", .access_key_secret = ""});
    rc::storage<1024> room;
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "1"}, key, {0, "n"}, room);
    REQUIRE_FALSE(made);
    CHECK(made.error() == rc::failure{.code = rc::errc::parameter_missing, .subject = "AccessKeySecret"});
}
