// SPDX-License-Identifier: MIT
// Every kernel of every hash as a type of its own, and the questions that are put to all of them.
// Source: FIPS 180-4; the files of the NIST Cryptographic Algorithm Validation Program; OpenSSL as the oracle.
// Data flow: sha1.cpp, sha256.cpp and hmac.cpp name the kernels and the published answers.
#ifndef RESTARTCASTER_TESTS_CRYPTO_HASHES_HPP
#define RESTARTCASTER_TESTS_CRYPTO_HASHES_HPP

#include <restartcaster/crypto/hmac.hpp>
#include <restartcaster/crypto/sha1.hpp>
#include <restartcaster/crypto/sha256.hpp>

#include "catch.hpp"
#include "corpora.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hashes {

namespace rc = restartcaster;

// Messages of the NIST examples for FIPS 180-4, and of RFC 3174 section 7.3 and RFC 6234 section 8.5.
inline constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
inline constexpr std::string_view ten_times = "0123456701234567012345670123456701234567012345670123456701234567";

/// The fastest kernel of the machine, called directly; where there is none, what everybody gets.
inline void sha1_native(rc::sha1::state_type& state, char const* blocks, std::size_t count) {
#if RESTARTCASTER_X86_KERNELS
    if (rc::detail::best_kernel() == rc::detail::kernel::x86_sha)
        return rc::detail::sha1_x86(state, blocks, count);
#elif RESTARTCASTER_ARMV8_KERNELS
    if (rc::detail::best_kernel() == rc::detail::kernel::armv8_sha)
        return rc::detail::sha1_armv8(state, blocks, count);
#endif
    rc::sha1::compress_blocks(state, blocks, count);
}
inline void sha256_native(rc::sha256::state_type& state, char const* blocks, std::size_t count) {
#if RESTARTCASTER_X86_KERNELS
    if (rc::detail::best_kernel() == rc::detail::kernel::x86_sha)
        return rc::detail::sha256_x86(state, blocks, count);
#elif RESTARTCASTER_ARMV8_KERNELS
    if (rc::detail::best_kernel() == rc::detail::kernel::armv8_sha)
        return rc::detail::sha256_armv8(state, blocks, count);
#endif
    rc::sha256::compress_blocks(state, blocks, count);
}

template <class Hash, auto Compress>
struct with : Hash {
    static constexpr void compress_blocks(typename Hash::state_type& state, char const* blocks,
                                   std::size_t count) noexcept {
        Compress(state, blocks, count);
    }
};

using sha1_portable = with<rc::sha1, rc::detail::sha1_portable<std::uint32_t>>;
using sha1_fastest = with<rc::sha1, sha1_native>;
using sha256_portable = with<rc::sha256, rc::detail::sha256_portable<std::uint32_t>>;
using sha256_fastest = with<rc::sha256, sha256_native>;

template <std::size_t N>
constexpr bool is(std::array<char, N> const& digest, std::string_view hex) {
    if (hex.size() != 2 * N) return false;
    for (std::size_t i = 0; i != N; ++i) {
        auto const byte = static_cast<unsigned char>(digest[i]);
        if (hex[2 * i] != "0123456789abcdef"[byte >> 4]) return false;
        if (hex[2 * i + 1] != "0123456789abcdef"[byte & 15]) return false;
    }
    return true;
}

inline std::string hex(std::string_view bytes) {
    std::string out;
    for (char const c : bytes) {
        out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return out;
}
template <std::size_t N>
std::string hex(std::array<char, N> const& bytes) {
    return hex(std::string_view(bytes.data(), N));
}

inline std::string unhex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        out += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
    return out;
}

template <class Hash>
constexpr std::array<char, Hash::digest_size> digest(std::string_view message) {
    rc::hash_stream<Hash> stream;
    stream.append(message);
    return stream.finish();
}

template <class Hash>
constexpr std::array<char, Hash::digest_size> mac(std::string_view key, std::string_view message) {
    return rc::hmac(rc::hmac_key<Hash>(key), message);
}

template <class Hash>
EVP_MD const* openssl() {
    return Hash::digest_size == 20 ? EVP_sha1() : EVP_sha256();
}

template <class Hash>
std::string openssl_digest(std::string_view message) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(message.data(), message.size(), out, &size, openssl<Hash>(), nullptr);
    return hex({reinterpret_cast<char const*>(out), size});
}

template <class Hash>
std::string openssl_mac(std::string_view key, std::string_view message) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(openssl<Hash>(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(message.data()), message.size(), out, &size);
    return hex({reinterpret_cast<char const*>(out), size});
}

inline std::string random_bytes(std::mt19937_64& random, std::size_t size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
    return bytes;
}

using values = std::map<std::string, std::string>;

/// The cases of a file of `Name = value` lines: one ends when its answer, `last`, has been read.
inline std::vector<values> read_cases(std::filesystem::path const& path, std::string_view last) {
    std::vector<values> cases;
    values one;
    std::string const text = corpora::read_file(path);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        at = end + 1;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        std::size_t const equals = line.find(" = ");
        if (line.empty() || line.front() == '#' || line.front() == '[' || equals == std::string::npos) continue;
        std::string const name = line.substr(0, equals);
        one[name] = line.substr(equals + 3);
        if (name == last) {
            cases.push_back(one);
            one.clear();
        }
    }
    REQUIRE_FALSE(cases.empty());
    return cases;
}

template <class Hash>
void check_nist_messages(char const* file) {
    if (!corpora::present("crypto/nist")) return;
    for (values& one : read_cases(corpora::root() / "crypto/nist" / file, "MD")) {
        std::string const message = unhex(one["Msg"]).substr(0, std::stoul(one["Len"]) / 8);
        INFO(file << " Len = " << one["Len"]);
        REQUIRE(hex(digest<Hash>(message)) == one["MD"]);
    }
}

/// The next of the 100 checkpoints: 1000 digests, each of the three before it.
template <class Hash>
std::string monte_carlo(std::string const& seed) {
    std::string last[3] = {seed, seed, seed};
    for (int i = 0; i != 1000; ++i) {
        auto const made = digest<Hash>(last[0] + last[1] + last[2]);
        last[0] = last[1];
        last[1] = last[2];
        last[2].assign(made.data(), made.size());
    }
    return last[2];
}

template <class Hash>
void check_generated(char const* file) {
    auto const path = std::filesystem::path("crypto") / file;
    if (!corpora::present(path.parent_path().string())) return;
    std::ifstream lines(corpora::root() / path, std::ios::binary);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        nlohmann::json const one = nlohmann::json::parse(line);
        std::string const key = unhex(one.at("key").get<std::string>());
        std::string const message = unhex(one.at("msg").get<std::string>());
        INFO(file << " line " << count + 1);
        REQUIRE(hex(digest<Hash>(message)) == one.at("digest").get<std::string>());
        REQUIRE(hex(mac<Hash>(key, message)) == one.at("hmac").get<std::string>());
    }
    REQUIRE(count != 0);
}

/// All kernels have the same state after 0 to 64 blocks, from every alignment.
template <class Hash, class... Others>
void check_kernels_agree() {
    std::mt19937_64 random(0x5EED);
    std::string const bytes = random_bytes(random, 64 * 64 + 64);
    for (std::size_t count = 0; count <= 64; ++count)
        for (std::size_t at = 0; at != 64; ++at) {
            auto expected = Hash::initial_state;
            Hash::compress_blocks(expected, bytes.data() + at, count);
            (
                [&] {
                    auto state = Hash::initial_state;
                    Others::compress_blocks(state, bytes.data() + at, count);
                    if (state != expected) FAIL("kernels differ after " << count << " blocks from alignment " << at);
                }(),
                ...);
        }
}

/// Random messages in random pieces.
template <class Hash>
void check_against_openssl(std::size_t messages) {
    std::mt19937_64 random(0x0A11CE);
    for (std::size_t i = 0; i != messages; ++i) {
        std::string const message = random_bytes(random, random() % (i % 64 == 0 ? 5000 : 400));
        rc::hash_stream<Hash> stream;
        for (std::string_view rest = message; !rest.empty();) {
            std::size_t const size = std::min<std::size_t>(rest.size(), 1 + random() % (random() % 8 == 0 ? 1500 : 60));
            stream.append(rest.substr(0, size));
            rest.remove_prefix(size);
        }
        std::string const made = hex(stream.finish());
        if (made != openssl_digest<Hash>(message)) FAIL("message " << hex(message) << " gave " << made);
    }
}

} // namespace hashes

#endif
