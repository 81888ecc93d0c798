// SPDX-License-Identifier: MIT
// No branch and no address depends on a secret: run under valgrind, to which the secret's bytes are undefined, so that
// it reports every jump and every access that they decide.
// Source: A. Langley, "Checking that functions are constant time with Valgrind", 2010; valgrind's memcheck.h.
// Data flow: the portable kernels only, rolled with RESTARTCASTER_SMALL: valgrind 3.19 has no SHA instructions.
#include <restartcaster.hpp>

#include <valgrind/memcheck.h>

#include <cstdio>
#include <cstring>

namespace rc = restartcaster;

namespace {

char secret[200];
int volatile told;

unsigned long reports() { return VALGRIND_COUNT_ERRORS; }

template <class T>
void forget(T const& object) {
    static_cast<void>(VALGRIND_MAKE_MEM_UNDEFINED(&object, sizeof object));
}
template <class T>
T published(T object) {
    static_cast<void>(VALGRIND_MAKE_MEM_DEFINED(&object, sizeof object));
    return object;
}

template <class Hash>
void sign(std::size_t secret_size, std::size_t message_size) {
    static char message[1024] = {'m'};
    rc::hmac_key<Hash> const key({secret, secret_size}, "&");
    auto const mac = rc::hmac(key, {message, message_size});
    auto const other = mac;
    static_cast<void>(rc::base64(mac));
    bool const same = rc::equal_constant_time({mac.data(), mac.size()}, {other.data(), other.size()});
    rc::hmac_stream<Hash> stream(key);
    auto const words = stream.finish_words();
    // To be reported after all, should it be a constant to the compiler.
    told = published(same) + static_cast<int>(published(words)[0]);
}

template <class Scheme>
void draw() {
    // The credentials' own check looks at each byte of the secret, to refuse blanks and control characters.
    rc::signing_key<Scheme> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    forget(key.hmac());
    rc::device_nonce<Scheme> nonces(key, {.device_id = "0123456789", .boot_count = 7});
    for (int i = 0; i != 3; ++i) {
        rc::nonce const drawn = published(*nonces());
        told = drawn.text()[0];
    }
}

} // namespace

int main() {
    if (RUNNING_ON_VALGRIND == 0) {
        std::puts("run me under valgrind");
        return 2;
    }
    std::memset(secret, 's', sizeof secret);
    forget(secret);
    for (std::size_t const secret_size : {0u, 1u, 20u, 30u, 63u, 64u, 65u, 128u, 200u})
        for (std::size_t const message_size : {0u, 1u, 55u, 64u, 300u, 1000u}) {
            sign<rc::sha1>(secret_size, message_size);
            sign<rc::sha256>(secret_size, message_size);
        }
    draw<rc::rpc_v1>();
    draw<rc::acs3>();
    if (reports() != 0) return 1;

    std::puts("and now what has to be reported, a branch on the secret and an address made of it");
    if (secret[0] == 's') told = 1;
    unsigned long const branch = reports();
    static char volatile table[256];
    told = table[static_cast<unsigned char>(secret[1])];
    if (branch == 0 || reports() == branch) return 1;
    std::puts("constant time");
    return 0;
}
