// SPDX-License-Identifier: MIT
// Copies and clears short runs of bytes without a call of memcpy or memset.
// Source: docs/performance.md.
// Data flow: runs of text in; hash_stream and the ACS3 headers store them.
#ifndef RESTARTCASTER_CRYPTO_COPY_RUN_HPP
#define RESTARTCASTER_CRYPTO_COPY_RUN_HPP
#pragma once

#include "../core/text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// Copies a short run. With a constant length, copy_bytes becomes plain moves. With any other length, a call of memcpy
// would cost a third of the time of hashing these bytes.
RESTARTCASTER_HOT constexpr void copy_run(char* to, std::string_view from) noexcept {
#if !RESTARTCASTER_GNU
    copy_bytes(to, from.data(), from.size()); // unreached: other_compilers
#else
    std::size_t const size = from.size();
    // unreached: optimised
    if (std::is_constant_evaluated() || __builtin_constant_p(size)) {
        copy_bytes(to, from.data(), size);
    } else if (size >= 16) {
        char const* const data = from.data();
        for (std::size_t at = 16; at < size; at += 16) std::memcpy(to + at - 16, data + at - 16, 16);
        std::memcpy(to + size - 16, data + size - 16, 16);
    } else if (size >= 8) {
        std::uint64_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 8);
        std::memcpy(&last, from.data() + size - 8, 8);
        std::memcpy(to, &first, 8);
        std::memcpy(to + size - 8, &last, 8);
    } else if (size >= 4) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, from.data(), 4);
        std::memcpy(&last, from.data() + size - 4, 4);
        std::memcpy(to, &first, 4);
        std::memcpy(to + size - 4, &last, 4);
    } else if (size != 0) {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
#endif
}

template <std::size_t Count>
RESTARTCASTER_HOT constexpr void fill_zero(char* bytes) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != Count; ++i) bytes[i] = 0;
    } else {
        std::memset(bytes, 0, Count);
    }
}

}}} // namespace restartcaster::detail

#endif
