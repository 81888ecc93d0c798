// SPDX-License-Identifier: MIT
// Base64 against OpenSSL, RFC 4648 section 10 and the base64 corpus.
#include <restartcaster/encode/base64.hpp>

#include "catch.hpp"
#include "corpora.hpp"
#include "reference.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace rc = restartcaster;

namespace {

template <std::size_t N>
std::string encoded(std::string_view bytes) {
    std::array<char, N> exact{};
    for (std::size_t i = 0; i != N; ++i)
        exact[i] = bytes[i];
    auto const text = rc::base64(exact);
    return {text.data(), text.size()};
}

// The length is part of the type, so every length is a function of its own.
using function = std::string (*)(std::string_view);
template <std::size_t... N>
function encoder(std::size_t size, std::index_sequence<N...>) {
    function found = nullptr;
    ((N == size ? void(found = &encoded<N>) : void()), ...);
    return found;
}
function encoder(std::size_t size) {
    if (function const found = encoder(size, std::make_index_sequence<70>{})) return found;
    return encoder(size, std::index_sequence<75, 76, 77, 100, 127, 128, 129, 255, 257, 1000>{});
}
std::string encoded(std::string_view bytes) {
    function const exact = encoder(bytes.size());
    REQUIRE(exact != nullptr);
    return exact(bytes);
}

constexpr bool is(auto const& made, std::string_view expected) {
    return std::string_view(made.data(), made.size()) == expected;
}

// RFC 4648 section 10.
static_assert(is(rc::base64(std::array<char, 0>{}), ""));
static_assert(is(rc::base64(std::array{'f'}), "Zg=="));
static_assert(is(rc::base64(std::array{'f', 'o'}), "Zm8="));
static_assert(is(rc::base64(std::array{'f', 'o', 'o'}), "Zm9v"));
static_assert(is(rc::base64(std::array{'f', 'o', 'o', 'b'}), "Zm9vYg=="));
static_assert(is(rc::base64(std::array{'f', 'o', 'o', 'b', 'a'}), "Zm9vYmE="));
static_assert(is(rc::base64(std::array{'f', 'o', 'o', 'b', 'a', 'r'}), "Zm9vYmFy"));

} // namespace

TEST_CASE("each of the 64 values has its character of RFC 4648 table 1 in each of four places") {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned value = 0; value != 64; ++value)
        for (unsigned place = 0; place != 4; ++place) {
            unsigned const group = value << (18 - 6 * place);
            std::array<char, 3> const bytes{static_cast<char>(group >> 16),
                                            static_cast<char>(group >> 8 & 0xFF),
                                            static_cast<char>(group & 0xFF)};
            std::string expected = "AAAA";
            expected[place] = alphabet[value];
            CHECK(is(rc::base64(bytes), expected));
        }
}

TEST_CASE("every byte in every place of a group is encoded as OpenSSL encodes it") {
    int wrong = 0;
    for (std::size_t size = 1; size != 7; ++size)
        for (std::size_t at = 0; at != size; ++at)
            for (int c = 0; c != 256; ++c) {
                std::string bytes(size, '\xA5');
                bytes[at] = static_cast<char>(c);
                wrong += encoded(bytes) != reference::base64(bytes);
            }
    CHECK(wrong == 0);
}

TEST_CASE("digests of every length are encoded as OpenSSL encodes them") {
    for (std::size_t size = 0; size != 70; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i != size; ++i)
            bytes += static_cast<char>(i * 37 + size);
        CHECK(encoded(bytes) == reference::base64(bytes));
    }
}

TEST_CASE("the base64 corpus is encoded as it says") {
    if (!corpora::present("crypto/base64")) return;
    int seen = 0;
    for (corpora::row const& row : corpora::read_tsv(corpora::root() / "crypto/base64/vectors.tsv")) {
        if (row.at("expect") != "encode+decode") continue;
        std::string const& hex = row.at("hex");
        std::string bytes;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        CAPTURE(hex);
        CHECK(encoded(bytes) == nlohmann::json::parse(row.at("base64(json string)")).get<std::string>());
        ++seen;
    }
    CHECK(seen >= 200);
}
