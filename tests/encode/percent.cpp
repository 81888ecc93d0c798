// SPDX-License-Identifier: MIT
// Percent-encoding against an encoder that looks its bytes up, and the percent corpus.
#include <restartcaster/encode/percent.hpp>

#include "catch.hpp"
#include "corpora.hpp"
#include "reference.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace rc = restartcaster;

namespace {

std::string percent_encoded(std::string_view text) {
    reference::text_sink sink;
    rc::percent_encode(sink, text);
    return sink.text;
}

std::string unhex(std::string const& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

// The prefix by looking at one byte after the other.
std::size_t plain_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at != text.size() && rc::is_unreserved(text[at]))
        ++at;
    return at;
}

constexpr bool encodes(std::string_view text, std::string_view expected) {
    std::array<char, 64> bytes{};
    rc::buffer_sink sink(bytes);
    rc::percent_encode(sink, text);
    return sink.written() == expected;
}
static_assert(encodes("", ""));
static_assert(encodes("a b+c*d~e%f", "a%20b%2Bc%2Ad~e%25f"));
static_assert(encodes("2026-11-22T17:36:19Z", "2026-11-22T17%3A36%3A19Z"));
static_assert(encodes("\xF0\x9F\x8E\xAC", "%F0%9F%8E%AC"));
static_assert(rc::unreserved_prefix("abcdefghijklmnopqrstuvwxyz0123456789/") == 36);

} // namespace

TEST_CASE("66 bytes are unreserved: letters, digits, hyphen, full stop, underscore, tilde") {
    constexpr std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    int count = 0;
    for (int c = 0; c != 256; ++c) {
        bool const expected = all.find(static_cast<char>(c)) != std::string_view::npos;
        CHECK(rc::is_unreserved(static_cast<char>(c)) == expected);
        count += expected;
    }
    CHECK(count == 66);
}

TEST_CASE("every byte in every place of texts of 1 to 40 bytes is encoded as RFC 3986 says") {
    int wrong = 0;
    for (std::size_t size = 1; size != 41; ++size)
        for (std::size_t at = 0; at != size; ++at)
            for (int c = 0; c != 256; ++c) {
                std::string text(size, 'a');
                for (std::size_t i = 0; i != size; ++i)
                    text[i] = "aZ09-._~"[(i + size) % 8];
                text[at] = static_cast<char>(c);
                wrong += percent_encoded(text) != reference::percent(text);
            }
    CHECK(wrong == 0);
}

TEST_CASE("two reserved bytes at any distance are both encoded, and what lies between is not") {
    int wrong = 0;
    for (std::size_t first = 0; first != 40; ++first)
        for (std::size_t second = 0; second != 40; ++second) {
            std::string text(40, 'x');
            text[first] = '/';
            text[second] = '\xFF';
            wrong += percent_encoded(text) != reference::percent(text);
        }
    CHECK(wrong == 0);
}

TEST_CASE("the unreserved prefix is found at every length from 0 to 64, in every place, for every byte") {
    int wrong = 0;
    for (std::size_t size = 0; size != 65; ++size) {
        // A buffer of exactly this size: a sanitizer sees whatever reads beyond it.
        auto const exact = std::make_unique<char[]>(size);
        std::string_view const text(exact.get(), size);
        for (std::size_t i = 0; i != size; ++i)
            exact[i] = "bY18~_.-"[i % 8];
        wrong += rc::unreserved_prefix(text) != size;
        for (std::size_t at = 0; at != size; ++at) {
            char const kept = exact[at];
            for (int c = 0; c != 256; ++c) {
                exact[at] = static_cast<char>(c);
                wrong += rc::unreserved_prefix(text) != (rc::is_unreserved(exact[at]) ? size : at);
                wrong += rc::unreserved_prefix(text) != plain_prefix(text);
            }
            exact[at] = kept;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("the unreserved prefix ends at the first of many reserved bytes, wherever the text starts") {
    std::array<char, 96> bytes{};
    int wrong = 0;
    for (unsigned seed = 1; seed != 4000; ++seed) {
        unsigned random = seed * 2654435761u;
        for (char& byte : bytes) {
            random = random * 1664525u + 1013904223u;
            byte = (random >> 20) % (seed % 40 + 2) == 0 ? static_cast<char>(random >> 24) : 'q';
        }
        std::size_t const from = seed % 17, size = seed % 79;
        std::string_view const text(bytes.data() + from, size);
        wrong += rc::unreserved_prefix(text) != plain_prefix(text);
        wrong += percent_encoded(text) != reference::percent(text);
    }
    CHECK(wrong == 0);
}

#if RESTARTCASTER_VECTORS
TEST_CASE(
    "a copy in one pass is exact at every length, in every place, and tells reserved bytes from others") {
    int wrong = 0;
    for (std::size_t size = 0; size != 70; ++size) {
        auto const exact = std::make_unique<char[]>(size);
        for (std::size_t i = 0; i != size; ++i)
            exact[i] = "09azAZ-._~mM5-._"[i % 16];
        for (std::size_t at = 0; at <= size; ++at) // at == size: nothing changed
            for (int c = 0; c != 256; ++c) {
                char kept = 0;
                if (at != size) {
                    kept = exact[at];
                    exact[at] = static_cast<char>(c);
                }
                auto const one = std::make_unique<char[]>(size), two = std::make_unique<char[]>(size);
                bool const unreserved =
                    rc::detail::copy_unreserved(one.get(), two.get(), {exact.get(), size});
                wrong += unreserved != (at == size || rc::is_unreserved(static_cast<char>(c)));
                wrong += std::string_view(one.get(), size) != std::string_view(exact.get(), size);
                wrong += std::string_view(two.get(), size) != std::string_view(exact.get(), size);
                if (at != size) exact[at] = kept;
            }
    }
    CHECK(wrong == 0);
}
#endif

TEST_CASE("the percent corpus is encoded as it says, once and twice") {
    if (!corpora::present("percent/vectors")) return;
    auto const folder = corpora::root() / "percent/vectors";
    int bytes = 0, texts = 0, strings = 0;
    for (corpora::row const& row : corpora::read_tsv(folder / "all_bytes_encode.tsv")) {
        CHECK(percent_encoded(unhex(row.at("byte_hex"))) == row.at("encoded"));
        ++bytes;
    }
    std::ifstream arbitrary(folder / "bytes.jsonl");
    for (std::string line; std::getline(arbitrary, line); ++texts) {
        auto const one = nlohmann::json::parse(line);
        CHECK(percent_encoded(unhex(one.at("input_hex"))) == one.at("encoded").get<std::string>());
    }
    std::ifstream known(folder / "strings.jsonl");
    for (std::string line; std::getline(known, line); ++strings) {
        auto const one = nlohmann::json::parse(line);
        std::string const once = percent_encoded(one.at("input").get<std::string>());
        CHECK(once == one.at("encoded").get<std::string>());
        CHECK(percent_encoded(once) == one.at("twice").get<std::string>());
    }
    CHECK(bytes == 256);
    CHECK(texts >= 80);
    CHECK(strings >= 60);
}

TEST_CASE("the decoding corpus, encoded again, is what canonical text looks like") {
    if (!corpora::present("percent/vectors")) return;
    std::ifstream file(corpora::root() / "percent/vectors/decode.jsonl");
    int seen = 0;
    for (std::string line; std::getline(file, line);) {
        auto const one = nlohmann::json::parse(line);
        if (!one.at("ok").get<bool>()) continue;
        std::string const decoded = unhex(one.at("decoded_hex").get<std::string>());
        CHECK(reference::percent_decoded(percent_encoded(decoded)) == decoded);
        ++seen;
    }
    CHECK(seen >= 10);
}
