// SPDX-License-Identifier: MIT
// What a block costs in each kernel, beside OpenSSL's.
// Source: FIPS 180-4; OpenSSL is the oracle and the peer.
// Data flow: the same bytes through every kernel, checked equal, then timed side by side.
#include "bench.hpp"

#include <restartcaster/crypto/sha1.hpp>
#include <restartcaster/crypto/sha256.hpp>

#include <openssl/sha.h>

#include <cstring>
#include <string>

namespace rc = restartcaster;

namespace {

constexpr auto best = rc::detail::kernel::undecided;
constexpr auto portable = rc::detail::kernel::portable;
constexpr std::size_t most_blocks = 1024;

std::string const text(most_blocks * 64, 'r');

template <class Hash>
std::string digest_of_blocks(std::size_t blocks) {
    typename Hash::state_type state = Hash::initial_state;
    Hash::compress_blocks(state, text.data(), blocks);
    char last[64]{};
    last[0] = static_cast<char>(-0x80);
    std::uint64_t const bits = blocks * 512;
    for (int i = 0; i != 8; ++i) last[63 - i] = static_cast<char>(bits >> (8 * i) & 0xFF);
    Hash::compress_blocks(state, last, 1);
    std::string out;
    for (std::uint32_t const word : state)
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(word >> shift & 0xFF);
    return out;
}

void check_everything() {
    for (auto const kernel : {portable, best}) {
        rc::detail::force_kernel(kernel);
        for (std::size_t const blocks : {std::size_t{0}, std::size_t{1}, std::size_t{6}, most_blocks}) {
            unsigned char digest[SHA256_DIGEST_LENGTH];
            auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
            SHA1(bytes, blocks * 64, digest);
            bench::require_equal(digest_of_blocks<rc::sha1>(blocks),
                                 {reinterpret_cast<char const*>(digest), SHA_DIGEST_LENGTH}, "a SHA-1");
            SHA256(bytes, blocks * 64, digest);
            bench::require_equal(digest_of_blocks<rc::sha256>(blocks),
                                 {reinterpret_cast<char const*>(digest), SHA256_DIGEST_LENGTH}, "a SHA-256");
        }
    }
    rc::detail::force_kernel(best);
}

template <class Hash>
void ours(benchmark::State& state, rc::detail::kernel kernel) {
    rc::detail::force_kernel(kernel);
    auto const blocks = static_cast<std::size_t>(state.range(0));
    typename Hash::state_type words = Hash::initial_state;
    for (auto _ : state) {
        Hash::compress_blocks(words, text.data(), blocks);
        bench::hide(words);
    }
    rc::detail::force_kernel(best);
}

template <auto Function>
void openssl(benchmark::State& state) {
    auto const blocks = static_cast<std::size_t>(state.range(0));
    unsigned char digest[SHA256_DIGEST_LENGTH];
    for (auto _ : state) {
        Function(reinterpret_cast<unsigned char const*>(text.data()), blocks * 64, digest);
        bench::hide(digest);
    }
}

} // namespace

// The figure of a benchmark divided by its argument is the cost of a block.
int main(int argc, char** argv) {
    check_everything();
    using benchmark::RegisterBenchmark;
    for (std::int64_t const blocks : {std::int64_t{1}, std::int64_t{6}, static_cast<std::int64_t>(most_blocks)}) {
        RegisterBenchmark("sha1/best", ours<rc::sha1>, best)->Arg(blocks);
        RegisterBenchmark("sha1/portable", ours<rc::sha1>, portable)->Arg(blocks);
        RegisterBenchmark("sha256/best", ours<rc::sha256>, best)->Arg(blocks);
        RegisterBenchmark("sha256/portable", ours<rc::sha256>, portable)->Arg(blocks);
    }
    // OpenSSL's one-shot functions cost something of their own: only many blocks tell of its kernels.
    RegisterBenchmark("sha1/openssl", openssl<SHA1>)->Arg(most_blocks);
    RegisterBenchmark("sha256/openssl", openssl<SHA256>)->Arg(most_blocks);
    return bench::run(argc, argv);
}
