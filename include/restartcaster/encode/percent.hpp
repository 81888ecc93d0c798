// SPDX-License-Identifier: MIT
// Percent-encoding, the one encoder of signature and wire.
// Source: RFC 3986 sections 2.1 (upper-case hex) and 2.3 (unreserved); the service's "percentEncode".
// Path: parameter names and values in, canonical query text out; encoded once for the wire, twice to be signed.
#ifndef RESTARTCASTER_ENCODE_PERCENT_HPP
#define RESTARTCASTER_ENCODE_PERCENT_HPP

#include "../core/sink.hpp"
#include "hex.hpp"

#include <cstdint>

namespace restartcaster::inline RESTARTCASTER_ABI {

/// Whether RFC 3986 lets the byte stand as it is: letters, digits, '-', '.', '_', '~'.
[[nodiscard]] constexpr bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9' && c != '/') || c == '_' ||
           c == '~';
}

namespace detail {

#if !RESTARTCASTER_SMALL && defined(__GNUC__)
#define RESTARTCASTER_VECTORS 1
// The compilers' own vector types: SSE2, NEON, or plain registers, without a platform's header.
using byte_vector = unsigned char __attribute__((vector_size(16)));

/// Not zero where one of 16 bytes is reserved.
[[nodiscard]] RESTARTCASTER_HOT inline bool any_reserved(char const* bytes) noexcept {
    byte_vector v;
    __builtin_memcpy(&v, bytes, sizeof v);
    // Unsigned wrap-around makes each range one comparison.
    auto const letter = ((v | 0x20) - 'a') < 26;
    auto const digit = ((v - '-') < 13) & (v != '/');
    auto const mark = (v == '_') | (v == '~');
    byte_vector const reserved = reinterpret_cast<byte_vector>(~(letter | digit | mark));
    std::uint64_t halves[2];
    __builtin_memcpy(halves, &reserved, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
#else
#define RESTARTCASTER_VECTORS 0
#endif

} // namespace detail

/// How many bytes at the front of `text` stand as they are.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::size_t unreserved_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
#if RESTARTCASTER_VECTORS
    if (!std::is_constant_evaluated()) {
        while (text.size() - at >= 16 && !detail::any_reserved(text.data() + at)) at += 16;
        // The last bytes once more as part of a whole step, rather than one by one.
        if (text.size() >= 16 && text.size() - at < 16 && !detail::any_reserved(text.data() + text.size() - 16))
            return text.size();
    }
#endif
    while (at != text.size() && is_unreserved(text[at])) ++at;
    return at;
}

/// Appends `text`, percent-encoded.
/// Cost: one pass, in runs; no table.
template <byte_sink Sink>
constexpr void percent_encode(Sink& sink, std::string_view text) noexcept {
    while (true) {
        std::size_t const run = unreserved_prefix(text);
        sink.append(text.substr(0, run));
        if (run == text.size()) return;
        char const escape[3]{'%', detail::hex_upper(detail::byte_at(text, run) >> 4),
                             detail::hex_upper(detail::byte_at(text, run) & 15)};
        sink.append({escape, sizeof escape});
        text.remove_prefix(run + 1);
    }
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
