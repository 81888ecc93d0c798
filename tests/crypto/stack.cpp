// SPDX-License-Identifier: MIT
// What is left of a key on the stack when it was made, has signed, and has drawn a nonce: not one word of it.
// Source: RFC 2104; SECURITY.md, "Promised"; CERT MEM03-C.
// Data flow: stack_test.py builds it with every compiler here, for every kernel and with every flag that moves words to the
//   stack, and runs it.
#include <restartcaster.hpp>

#include "crypto/traces.hpp"

#include <cstdio>

namespace rc = restartcaster;

namespace {

int checks = 0, wrong = 0;

void check(std::string_view what, std::string_view secret, std::size_t words, char const* of) {
    ++checks;
    if (words == 0) return;
    ++wrong;
    std::printf("%.*s, a secret of %zu bytes: %zu words of %s\n", static_cast<int>(what.size()), what.data(), secret.size(),
                words, of);
}

char room[4096];

#ifdef RESTARTCASTER_TEST_STACK

template <class Scheme, class Function>
void look(char const* what, std::string_view secret, Function function) {
    using key_type = rc::signing_key<Scheme>;
    static constexpr std::string_view token = "CAISxTokenOfTheCanary7Jw2Pm5Xr8Tb1Ye4Gk6Mq9Zv3Lc7Nd5";
    alignas(key_type) static char place[sizeof(key_type)];
    // What the key is made of is looked for where nobody needed to put it: in no frame that is still in use.
    std::string const left = traces::stack_after([&] {
        auto* const key = ::new (static_cast<void*>(place)) key_type({"testid", secret, token});
        function(*key);
    });
    auto& key = *std::launder(reinterpret_cast<key_type*>(place));
    traces::key_words<typename Scheme::hash> const words(std::string(secret) + std::string(Scheme::secret_suffix), key.hmac());
    check(what, secret, traces::words_in(words.states, left), "its states");
    // Of some hundred words one is there by chance in one of some thousand runs.
    std::size_t const of_blocks = traces::words_in(words.blocks, left);
    check(what, secret, of_blocks < 2 ? 0 : of_blocks, "its blocks");
    check(what, secret, traces::trace_of(secret, left) ? 1 : 0, "itself");
    check(what, secret, traces::trace_of(token, left) ? 1 : 0, "its token");
    key.~key_type();
}

template <class Scheme>
void look_at_all(std::string_view secret) {
    rc::stamp const when{0, "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
    std::string const longer(900, 'c');
    look<Scheme>("a key made", secret, [](auto&) {});
    for (auto const where : {rc::placement::get, rc::placement::post_form, rc::placement::post_query})
        for (std::string_view const caster : {std::string_view("c"), std::string_view(longer)})
            for (std::size_t const size : {sizeof room, std::size_t{100}})
                look<Scheme>("a request signed", secret, [&](auto& key) {
                    static_cast<void>(rc::make_request(rc::restart_caster{.caster_id = caster}, key, when,
                                                       std::span(room, size), {.parameters = where, .url_limit = 0}));
                });
    look<Scheme>("a request with the usual options signed", secret, [&](auto& key) {
        static_cast<void>(rc::make_request(rc::restart_caster{.caster_id = "c"}, key, when, room));
    });
    look<Scheme>("an action signed", secret, [&](auto& key) {
        rc::parameter_list<2> list;
        static_cast<void>(list.append("B", "2"));
        static_cast<void>(rc::make_request(rc::action{"A", "2016-11-01", list}, key, when, room));
    });
    look<Scheme>("a nonce of a device", secret, [](auto& key) {
        rc::device_nonce nonces(key, {.device_id = "canary", .boot_count = 1});
        for (char& byte : room) byte = 0;
        auto const nonce = nonces();
        std::memcpy(room, nonce->text().data(), 36);
    });
    for (std::size_t const size : {10u, 55u, 56u, 64u, 400u, 700u})
        look<Scheme>("a text authenticated", secret, [&](auto& key) {
            auto const mac = rc::hmac(key.hmac(), std::string_view(longer).substr(0, size));
            std::memcpy(room, mac.data(), mac.size());
        });
    look<Scheme>("a text begun", secret, [&](auto& key) {
        rc::hmac_stream<typename Scheme::hash> stream(key.hmac());
        stream.append(longer);
    });
}

void look_at_all() {
    std::string_view const all = "Kq7Vx2Rm9Zt4Lp6Wc3Yd8Hn5Bf1Gs0Jq1Ax3Em5It7Op9Uc2Yd4Cn6Df8Fs0Wk4Pz9Tb2Xr7Mv5Gd8Qa3"
                                 "Ld9Fw2Ks7Hx4Vb6Nj3Ye8Tc5Ru1Pg0Mz5Qo8Ik";
    for (std::size_t const size : {30u, 63u, 64u, 65u, 120u}) {
        look_at_all<rc::rpc_v1>(all.substr(0, size));
        look_at_all<rc::acs3>(all.substr(0, size));
    }
}

// The search itself: every word is found, wherever and however it lies, and random ones are not.
void calibrate() {
    rc::signing_key<rc::acs3> const key({"id", "secret"});
    traces::key_words<rc::sha256> const words("secret", key.hmac());
    std::string memory(4096, '\x5A');
    std::size_t at = 3;
    for (std::uint32_t const word : key.hmac().outer()) {
        std::memcpy(memory.data() + at, &word, 4);
        if (at % 2 == 0) std::reverse(memory.data() + at, memory.data() + at + 4);
        at += 37;
    }
    check("the search", "", traces::words_in(words.states, memory) == 8 ? 0 : 1, "a state were not found");
    std::uint64_t random = 88172645463325252u;
    for (char& byte : memory) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        byte = static_cast<char>(random & 0xFF);
    }
    check("the search", "", traces::words_in(words.states, memory), "states found in random bytes");
    std::string const left = traces::stack_after([&key] {
        char copy[32];
        std::memcpy(copy, key.hmac().inner().data(), sizeof copy);
        __asm__ volatile("" : : "r"(copy) : "memory");
    });
    check("the search", "", traces::words_in(words.states, left) == 8 ? 0 : 1, "a state were not found on a stack");
}

#endif

} // namespace

int main(int argc, char**) {
    static_cast<void>(argc);
#ifdef RESTARTCASTER_TEST_STACK
    calibrate();
#ifdef PORTABLE_KERNEL
    rc::detail::force_kernel(rc::detail::kernel::portable);
#endif
    look_at_all();
#endif
    std::printf("%d checks, %d wrong\n", checks, wrong);
    return wrong == 0 && checks != 0 ? 0 : 1;
}
