// SPDX-License-Identifier: MIT
// The nonce: 128 bits as the text of a version 4 UUID.
// Source: RFC 9562, sections 4 and 5.4, appendix A.3.
// Data flow: known bytes in, known text out.
#include "../catch.hpp"

#include <restartcaster/sign/nonce.hpp>

#include <type_traits>
#include <utility>

namespace rc = restartcaster;

namespace {

using sixteen_bytes = std::array<unsigned char, 16>;

// RFC 9562, appendix A.3: the random bits, and the UUID that they become.
constexpr sixteen_bytes random_bits{0x91, 0x91, 0x08, 0xF7, 0x52, 0xD1, 0x33, 0x20,
                            0x5B, 0xAC, 0xF8, 0x47, 0xDB, 0x41, 0x48, 0xA8};
constexpr rc::nonce example(random_bits);
static_assert(example.text() == "919108f7-52d1-4320-9bac-f847db4148a8");

constexpr rc::nonce zeros(sixteen_bytes{});
static_assert(zeros.text() == "00000000-0000-4000-8000-000000000000");

constexpr rc::nonce ones(sixteen_bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                               0xFF, 0xFF, 0xFF});
static_assert(ones.text() == "ffffffff-ffff-4fff-bfff-ffffffffffff");

constexpr rc::nonce in_order(sixteen_bytes{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98,
                                   0x76, 0x54, 0x32, 0x10});
static_assert(in_order.text() == "01234567-89ab-4def-bedc-ba9876543210");

static_assert(rc::nonce::random_size == 16);
static_assert(!std::is_convertible_v<sixteen_bytes, rc::nonce>);

// A view into a temporary nonce would dangle.
template <class T>
concept gives_text = requires(T&& made) {
    std::forward<T>(made).text();
};
static_assert(gives_text<rc::nonce&> && gives_text<rc::nonce const&> && !gives_text<rc::nonce>);

} // namespace

TEST_CASE("a nonce is the UUID of the bytes that it is made of", "[nonce]") {
    rc::nonce const made(random_bits);
    CHECK(made.text() == "919108f7-52d1-4320-9bac-f847db4148a8");
}

TEST_CASE("every bit but the version's and the variant's is kept", "[nonce]") {
    rc::nonce const none((sixteen_bytes()));
    for (std::size_t bit = 0; bit != 128; ++bit) {
        sixteen_bytes one{};
        one[bit / 8] = static_cast<unsigned char>(0x80u >> (bit % 8));
        rc::nonce const made(one);
        // RFC 9562, 5.4: bits 48 to 51 are the version, 64 and 65 the variant.
        bool const fixed = (bit >= 48 && bit <= 51) || bit == 64 || bit == 65;
        INFO("bit " << bit);
        CHECK((made.text() == none.text()) == fixed);
    }
}
