// SPDX-License-Identifier: MIT
// Four 32-bit words in one register: the operands of the x86 SHA instructions.
// Source: Intel SDM volume 2, PADDD, PSHUFB; GCC manual, "Using Vector Instructions through Built-in Functions".
// Data flow: used by sha1_x86.hpp and sha256_x86.hpp.
#ifndef RESTARTCASTER_CRYPTO_X86_WORDS_HPP
#define RESTARTCASTER_CRYPTO_X86_WORDS_HPP
#pragma once

#include "cpu.hpp"

#if RESTARTCASTER_X86_KERNELS

#include <cstring>

// The attribute is repeated on every helper: a function is inlined only into one with the same target.
#define RESTARTCASTER_SHA_HELPER [[__gnu__::__target__("sha,sse4.1,ssse3"), __gnu__::__always_inline__]] inline

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

using x86_words [[__gnu__::__vector_size__(16)]] = int;
using x86_bytes [[__gnu__::__vector_size__(16)]] = char;

// Adds as unsigned words: the built-ins use signed words, whose overflow is undefined.
template <class Words>
RESTARTCASTER_SHA_HELPER Words x86_sum(Words a, Words b) noexcept {
    using unsigned_words [[__gnu__::__vector_size__(16)]] = unsigned;
    return reinterpret_cast<Words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b));
}

// Reads 16 bytes and permutes them by `order`.
template <class Words, class Bytes>
RESTARTCASTER_SHA_HELPER Words x86_read(char const* from, Bytes order) noexcept {
    Bytes bytes;
    std::memcpy(&bytes, from, 16);
    return reinterpret_cast<Words>(__builtin_ia32_pshufb128(bytes, order));
}

}}} // namespace restartcaster::detail

#endif

#endif
