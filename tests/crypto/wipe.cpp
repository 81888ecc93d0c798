// SPDX-License-Identifier: MIT
#include <restartcaster/crypto/wipe.hpp>

#include "crypto/hashes.hpp"
#include "crypto/traces.hpp"

using namespace hashes;
using traces::trace_of;
#ifdef RESTARTCASTER_TEST_STACK
using traces::stack_after;
#endif

namespace {

constexpr bool wipes_when_constant() {
    std::array<std::uint32_t, 3> words{1, 2, 3};
    char text[4] = {'a', 'b', 'c', 'd'};
    char more[2] = {'e', 'f'};
    rc::wipe(words);
    rc::wipe(text);
    rc::wipe(std::span<char>(more));
    return words == std::array<std::uint32_t, 3>{} && text[0] == 0 && text[3] == 0 && more[0] == 0 && more[1] == 0;
}
static_assert(wipes_when_constant());

static_assert(rc::equal_constant_time("", ""));
static_assert(rc::equal_constant_time("abc", "abc"));
static_assert(!rc::equal_constant_time("abc", "abd"));
static_assert(!rc::equal_constant_time("abc", "bbc"));
static_assert(!rc::equal_constant_time("abc", "ab"));

template <class T>
concept can_be_wiped = requires(T& object) { rc::wipe(object); };
static_assert(can_be_wiped<std::array<char, 5>> && can_be_wiped<std::uint64_t> && can_be_wiped<std::span<char>> &&
              can_be_wiped<std::string>);
static_assert(!can_be_wiped<std::string_view> && !can_be_wiped<char*> && !can_be_wiped<std::span<int>> &&
              !can_be_wiped<int const>);

constexpr std::string_view secret = "Kq7Vx2Rm9Zt4Lp6Wc3Yd8Hn5Bf1Gs0";
constexpr std::string_view long_secret = "Kq7Vx2Rm9Zt4Lp6Wc3Yd8Hn5Bf1Gs0Jq1Ax3Em5It7Op9Uc2Yd4Cn6Df8Fs0"
                                         "Wk4Pz9Tb2Xr7Mv5Gd8Qa3";

template <class Hash>
std::string_view bytes_of(typename Hash::state_type const& state) {
    return {reinterpret_cast<char const*>(state.data()), sizeof state};
}

} // namespace

TEST_CASE("two texts are equal when every byte is") {
    std::string const text = "0123456789abcdef";
    for (std::size_t i = 0; i != text.size(); ++i)
        for (unsigned bit = 0; bit != 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            CHECK_FALSE(rc::equal_constant_time(text, other));
        }
    CHECK(rc::equal_constant_time(text, std::string(text)));
    CHECK_FALSE(rc::equal_constant_time(text, text + "x"));
}

TEST_CASE("wiped bytes are zero") {
    char bytes[300];
    for (std::size_t size = 0; size != sizeof bytes; ++size) {
        std::memset(bytes, 'x', sizeof bytes);
        rc::wipe(std::span<char>(bytes, size));
        for (std::size_t i = 0; i != sizeof bytes; ++i) REQUIRE(bytes[i] == (i < size ? '\0' : 'x'));
    }
    std::uint64_t word = 7;
    rc::wipe(word);
    CHECK(word == 0);
}

TEMPLATE_TEST_CASE("a key leaves nothing in the memory that held it", "", rc::sha1, rc::sha256) {
    using key = rc::hmac_key<TestType>;
    alignas(key) static char room[sizeof(key)];
    std::string const zeros(sizeof room, '\0');
    for (std::string_view const one : {secret, long_secret}) {
        key* const made = ::new (static_cast<void*>(room)) key(one, "&");
        CHECK_FALSE(std::string_view(room, sizeof room) == zeros);
        CHECK_FALSE(trace_of(one, {room, sizeof room}));
        made->~key();
        CHECK(std::string_view(room, sizeof room) == zeros);
    }
}

TEMPLATE_TEST_CASE("a stream leaves nothing in the memory that held it, finished or not", "", rc::sha1, rc::sha256) {
    using stream = rc::hmac_stream<TestType>;
    rc::hmac_key<TestType> const key("key");
    alignas(stream) static char room[sizeof(stream)];
    std::string text;
    for (int i = 0; i != 40; ++i) text += secret;
    for (std::size_t size : {0U, 6U, 40U, 63U, 64U, 100U, 500U, 511U, 512U, 513U, 600U, 1200U})
        for (bool const finished : {true, false}) {
            INFO(size << " bytes, finished: " << finished);
            std::memset(room, 'x', sizeof room);
            stream* const made = ::new (static_cast<void*>(room)) stream(key);
            made->append(std::string_view(text).substr(0, size / 2));
            made->append(std::string_view(text).substr(size / 2, size - size / 2));
            if (finished) static_cast<void>(made->finish());
            made->~stream();
            std::string_view const left(room, sizeof room);
            CHECK_FALSE(trace_of(secret, left));
            CHECK(left.find(bytes_of<TestType>(key.inner()).substr(0, 8)) == left.npos);
            CHECK(left.find(bytes_of<TestType>(key.outer()).substr(0, 8)) == left.npos);
        }
}

#ifdef RESTARTCASTER_TEST_STACK

TEST_CASE("the search for traces on the stack finds one") {
    auto const left = stack_after([] {
        char copy[secret.size()];
        std::memcpy(copy, secret.data(), secret.size());
        __asm__ volatile("" : : "r"(copy) : "memory");
    });
    CHECK(trace_of(secret, left));
}

TEMPLATE_TEST_CASE("making a key and signing leaves no trace of the secret on the stack", "", rc::sha1, sha1_portable,
                   sha1_fastest, rc::sha256, sha256_portable, sha256_fastest) {
    using key = rc::hmac_key<TestType>;
    for (std::string_view const one : {secret, long_secret, long_secret.substr(0, 63), long_secret.substr(0, 64)})
        for (bool const sign : {false, true}) {
            INFO("secret of " << one.size() << " bytes, signing: " << sign);
            alignas(key) static char room[sizeof(key)];
            auto const left = stack_after([&] {
                key* const made = ::new (static_cast<void*>(room)) key(one, "&");
                if (sign) static_cast<void>(rc::hmac(*made, "message"));
            });
            auto const& made = *std::launder(reinterpret_cast<key*>(room));
            CHECK_FALSE(trace_of(one, left));
            traces::key_words<TestType> const words(std::string(one) + "&", made);
            CHECK(traces::words_in(words.states, left) == 0);
            CHECK(traces::words_in(words.blocks, left) < 2);
            made.~key();
        }
}

#endif
