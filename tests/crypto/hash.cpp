// SPDX-License-Identifier: MIT
#include "crypto/hashes.hpp"

#include <algorithm>
#include <cstring>

using namespace hashes;

namespace {

std::string const& message() {
    static std::string const bytes = [] {
        std::mt19937_64 random(0xFACE);
        return random_bytes(random, 1500);
    }();
    return bytes;
}

#if !RESTARTCASTER_SMALL // where the staging is one block, and nothing is written in place
constexpr bool written_in_place() {
    rc::hash_stream<rc::sha1> stream;
    for (int i = 0; i != 70; ++i) {
        if (stream.free_bytes() <= stream.block_size) return false;
        for (int j = 0; j != 10; ++j) stream.position()[j] = 'a';
        stream.advance(10);
    }
    rc::hash_stream<rc::sha1> other;
    for (int i = 0; i != 100; ++i) other.append("aaaaaaa");
    return stream.finish() == other.finish();
}
static_assert(written_in_place());
#endif

} // namespace

TEMPLATE_TEST_CASE("a text in two pieces has the digest of the whole, wherever it is split", "", rc::sha1,
                   rc::sha256) {
    std::string_view const all = message();
    for (std::size_t size : {0U, 1U, 55U, 56U, 63U, 64U, 65U, 119U, 120U, 128U, 503U, 504U, 511U, 512U, 513U,
                             575U, 576U, 577U, 1024U, 1100U, 1500U}) {
        std::string_view const text = all.substr(0, size);
        std::string const expected = openssl_digest<TestType>(text);
        for (std::size_t cut = 0; cut <= size; ++cut) {
            rc::hash_stream<TestType> stream;
            stream.append(text.substr(0, cut));
            stream.append(text.substr(cut));
            if (hex(stream.finish()) != expected) FAIL(size << " bytes split at " << cut);
        }
    }
}

TEMPLATE_TEST_CASE("a text in equal pieces has the digest of the whole, whatever their size", "", rc::sha1,
                   rc::sha256) {
    std::string const expected = openssl_digest<TestType>(message());
    for (std::size_t piece = 1; piece <= 1500; ++piece) {
        rc::hash_stream<TestType> stream;
        for (std::string_view rest = message(); !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
            stream.append(rest.substr(0, piece));
        if (hex(stream.finish()) != expected) FAIL("pieces of " << piece << " bytes");
    }
}

TEMPLATE_TEST_CASE("every length has the right padding", "", rc::sha1, rc::sha256) {
    std::string_view const all = message();
    for (std::size_t size = 0; size <= all.size(); ++size)
        if (hex(digest<TestType>(all.substr(0, size))) != openssl_digest<TestType>(all.substr(0, size)))
            FAIL(size << " bytes");
}

#if !RESTARTCASTER_SMALL
TEMPLATE_TEST_CASE("what is written in place counts like what is appended", "", rc::sha1, rc::sha256) {
    std::mt19937_64 random(0xD1CE);
    for (int i = 0; i != 2000; ++i) {
        std::string_view rest = std::string_view(message()).substr(random() % 1500);
        std::string const expected = openssl_digest<TestType>(rest);
        rc::hash_stream<TestType> stream;
        while (!rest.empty()) {
            REQUIRE(stream.free_bytes() > stream.block_size);
            std::size_t const most = random() % 4 == 0 ? stream.free_bytes() : random() % 2 == 0 ? 70 : 20;
            std::size_t const size = std::min({random() % (most + 1), stream.free_bytes(), rest.size()});
            if (random() % 2 == 0) {
                std::memcpy(stream.position(), rest.data(), size);
                stream.advance(size);
            } else {
                stream.append(rest.substr(0, size));
            }
            rest.remove_prefix(size);
        }
        REQUIRE(hex(stream.finish()) == expected);
    }
}

TEMPLATE_TEST_CASE("all of the free bytes may be written at once", "", rc::sha1, rc::sha256) {
    std::string const bytes(5000, 'x');
    rc::hash_stream<TestType> stream;
    std::size_t written = 0;
    for (int i = 0; i != 4; ++i) {
        std::size_t const size = stream.free_bytes();
        std::memset(stream.position(), 'x', size);
        stream.advance(size);
        written += size;
    }
    CHECK(hex(stream.finish()) == openssl_digest<TestType>(std::string_view(bytes).substr(0, written)));
}
#endif

TEMPLATE_TEST_CASE("a stream goes on from a state that has taken whole blocks", "", rc::sha1, rc::sha256) {
    std::string_view const all = message();
    for (std::size_t blocks = 0; blocks != 20; ++blocks) {
        auto state = TestType::initial_state;
        TestType::compress_blocks(state, all.data(), blocks);
        rc::hash_stream<TestType> stream(state, blocks * 64);
        stream.append(all.substr(blocks * 64));
        CHECK(hex(stream.finish()) == openssl_digest<TestType>(all));
    }
}

TEMPLATE_TEST_CASE("a text of four gigabytes has a length of more than 32 bits", "[.long]", rc::sha1, rc::sha256) {
    std::string const piece(1 << 20, 'y');
    rc::hash_stream<TestType> stream;
    EVP_MD_CTX* const other = EVP_MD_CTX_new();
    EVP_DigestInit_ex(other, openssl<TestType>(), nullptr);
    for (int i = 0; i != 4097; ++i) {
        stream.append(piece);
        EVP_DigestUpdate(other, piece.data(), piece.size());
    }
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(other, out, &size);
    EVP_MD_CTX_free(other);
    CHECK(hex(stream.finish()) == hex({reinterpret_cast<char const*>(out), size}));
}

TEST_CASE("a kernel can be forced, and gives the same") {
    using rc::detail::kernel;
    auto const best = rc::detail::best_kernel();
    std::string const expected = openssl_digest<rc::sha1>(message());
    CHECK(best != kernel::undecided);
    for (kernel const wanted : {kernel::portable, best, kernel::undecided}) {
        kernel const now = rc::detail::force_kernel(wanted);
        CHECK(rc::detail::chosen_kernel() == now);
        CHECK((now == wanted || now == best));
        CHECK(hex(digest<rc::sha1>(message())) == expected);
        CHECK(hex(digest<rc::sha256>(message())) == openssl_digest<rc::sha256>(message()));
    }
    CHECK(rc::detail::chosen_kernel() == best);
#if RESTARTCASTER_PORTABLE_ONLY
    CHECK(best == kernel::portable);
#endif
}

TEMPLATE_TEST_CASE("the padding says the length of a text in 64 bits", "", rc::sha1, rc::sha256) {
    constexpr std::uint64_t absorbed = std::uint64_t{0x0123456789ABCD} * TestType::block_size;
    char block[TestType::block_size] = {static_cast<char>(-0x80)};
    for (unsigned i = 0; i != 8; ++i) block[sizeof block - 1 - i] = static_cast<char>(absorbed * 8 >> (8 * i) & 0xFF);
    auto expected = TestType::initial_state;
    TestType::compress_blocks(expected, block, 1);
    rc::hash_stream<TestType> stream(TestType::initial_state, absorbed);
    auto const digest = stream.finish();
    for (std::size_t i = 0; i != digest.size(); ++i)
        CHECK(static_cast<unsigned char>(digest[i]) == (expected[i / 4] >> (24 - 8 * (i % 4)) & 0xFF));
}

TEMPLATE_TEST_CASE("a length is counted past 32 bits", "", rc::sha1, rc::sha256) {
    // 4 GiB less one block, and then byte by byte.
    constexpr std::uint64_t absorbed = (std::uint64_t{1} << 32) - TestType::block_size;
    for (std::size_t const more : {std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{600}}) {
        std::string const text(more, 'x');
        std::string all = text + static_cast<char>(-0x80);
        all.resize((more + 8 + TestType::block_size) / TestType::block_size * TestType::block_size, '\0');
        for (unsigned i = 0; i != 8; ++i)
            all[all.size() - 1 - i] = static_cast<char>((absorbed + more) * 8 >> (8 * i) & 0xFF);
        auto expected = TestType::initial_state;
        TestType::compress_blocks(expected, all.data(), all.size() / TestType::block_size);
        rc::hash_stream<TestType> stream(TestType::initial_state, absorbed);
        for (char const byte : text) stream.append({&byte, 1});
        auto const digest = stream.finish();
        for (std::size_t i = 0; i != digest.size(); ++i)
            CHECK(static_cast<unsigned char>(digest[i]) == (expected[i / 4] >> (24 - 8 * (i % 4)) & 0xFF));
    }
}
