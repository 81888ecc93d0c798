// SPDX-License-Identifier: MIT
// OpenSSL running out of memory at every place where it asks for some, and one that has no such hash: a request is
// then right or a failure, and never wrong. A program of its own, because it takes the place of OpenSSL's allocator.
#include <restartcaster/hosted/openssl.hpp>

#include <restartcaster/client/device_nonce.hpp>
#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace rc = restartcaster;

namespace {

long left = -1; // allocations until one fails; negative: none does

bool refused() {
    if (left < 0) return false;
    if (left == 0) return true;
    --left;
    return false;
}
void* allocate(std::size_t size, char const*, int) { return refused() ? nullptr : std::malloc(size); }
void* reallocate(void* bytes, std::size_t size, char const*, int) {
    return refused() ? nullptr : std::realloc(bytes, size);
}
void release(void* bytes, char const*, int) { std::free(bytes); }

unsigned wrong = 0;
void check(bool good, char const* what, long at) {
    if (good) return;
    ++wrong;
    std::printf("%s, allocation %ld\n", what, at);
}

std::string whole(rc::request const& made) {
    return std::string(made.url).append(made.headers.text()).append(made.body);
}

// Empty where there was none.
struct outcome {
    std::string request, nonce;
    rc::errc why{}, why_no_nonce{};
};

// `in_key`: the memory is short when the key is made, else when it is used.
template <class Scheme>
outcome once(bool in_key, long allocations) {
    if (in_key) left = allocations;
    rc::signing_key<Scheme> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    if (in_key) left = -1;
    rc::storage<2048> room;
    rc::stamp const when{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
    rc::device_nonce nonces(key, {.device_id = "7", .boot_count = 1});
    outcome out;
    if (!in_key) left = allocations;
    auto const made = rc::make_request(rc::restart_caster{.caster_id = "80787064"}, key, when, room);
    if (!in_key) left = allocations;
    auto const nonce = nonces();
    left = -1;
    if (made)
        out.request = whole(*made);
    else
        out.why = made.error().code;
    if (nonce)
        out.nonce = nonce->text();
    else
        out.why_no_nonce = nonce.error().code;
    return out;
}

template <class Own, class OpenSsl>
void out_of_memory() {
    outcome const right = once<Own>(false, -1), with_memory = once<OpenSsl>(false, -1);
    check(with_memory.request == right.request && with_memory.nonce == right.nonce, "another request or nonce", -1);
    for (bool const in_key : {true, false}) {
        unsigned failed = 0;
        for (long at = 0;; ++at) {
            outcome const got = once<OpenSsl>(in_key, at);
            check(got.request == right.request || (got.request.empty() && got.why == rc::errc::hash_failed),
                  "a wrong request", at);
            check(got.nonce == right.nonce || (got.nonce.empty() && got.why_no_nonce == rc::errc::hash_failed),
                  "a wrong nonce", at);
            if (!got.request.empty() && !got.nonce.empty()) break;
            ++failed;
        }
        check(failed != 0, "no allocation mattered", in_key);
    }
}

// FIPS 180-2, appendix B.1: the message "abc".
std::string body_hash() {
    auto const hex = rc::openssl::acs3::body_hash("abc");
    return {hex.data(), hex.size()};
}

void without_the_hash() {
    check(body_hash() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "the hash of a body", -1);
    ::EVP_set_default_properties(nullptr, "provider=none.such");
    check(once<rc::openssl::rpc_v1>(false, -1).why == rc::errc::hash_failed, "signed without a provider", -1);
    check(once<rc::openssl::acs3>(false, -1).why == rc::errc::hash_failed, "signed without a provider", -1);
    // Whatever still had an answer now would have it by a hash that is not OpenSSL's.
    check(body_hash() == std::string(64, '0'), "a body hashed without a provider", -1);
    char bytes[2048];
    rc::buffer_sink sink(bytes);
    rc::signing_key<rc::openssl::acs3> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    auto const written = rc::string_to_sign(sink, rc::restart_caster{.caster_id = "1"}, key, {0, "n"});
    check(!written && written.error().code == rc::errc::hash_failed, "a string to sign without a provider", -1);
}

} // namespace

int main() {
    if (::CRYPTO_set_mem_functions(allocate, reallocate, release) != 1) {
        std::puts("OpenSSL does not take another allocator");
        return 1;
    }
    out_of_memory<rc::rpc_v1, rc::openssl::rpc_v1>();
    out_of_memory<rc::acs3, rc::openssl::acs3>();
    without_the_hash();
    return wrong == 0 ? 0 : 1;
}
