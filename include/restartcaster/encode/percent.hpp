// SPDX-License-Identifier: MIT
// Percent-encoding: one encoder for the signature and for the wire, so that the two cannot differ.
// Source: RFC 3986 sections 2.1 (upper-case hex) and 2.3 (unreserved); the service's "percentEncode".
// Data flow: parameter names and values in, canonical query text out; encoded once for the wire, twice for the hash.
#ifndef RESTARTCASTER_ENCODE_PERCENT_HPP
#define RESTARTCASTER_ENCODE_PERCENT_HPP
#pragma once

#include "../core/sink.hpp"
#include "hex.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether RFC 3986 calls the byte unreserved, so that it is not escaped: letters, digits, '-', '.', '_', '~'.
[[nodiscard]] constexpr bool is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9' && c != '/') || c == '_' ||
           c == '~';
}

namespace detail {

#if RESTARTCASTER_VECTORS
// Vector types of gcc and clang, which use SSE2 or NEON without a platform header.
using byte_vector [[__gnu__::__vector_size__(16)]] = unsigned char;
using signed_byte_vector [[__gnu__::__vector_size__(16)]] = signed char;

/// 0xFF for each unreserved byte of `v`, 0 for each other byte.
[[nodiscard]] RESTARTCASTER_HOT inline byte_vector unreserved_bytes(byte_vector v) noexcept {
    auto const letter = reinterpret_cast<signed_byte_vector>((v | 0x20) + (0x80 - 'a')) < -0x80 + 26;
    auto const digit = reinterpret_cast<signed_byte_vector>(v + (0x80 - '-')) < -0x80 + 13;
    auto const mark = (v == '_') | (v == '~');
    return reinterpret_cast<byte_vector>((letter | digit | mark) & (v != '/'));
}

[[nodiscard]] RESTARTCASTER_HOT inline bool all(byte_vector v) noexcept {
    std::uint64_t halves[2];
    __builtin_memcpy(halves, &v, sizeof halves);
    return (halves[0] & halves[1]) == ~std::uint64_t{0};
}

[[nodiscard]] RESTARTCASTER_HOT inline byte_vector load(char const* bytes) noexcept {
    byte_vector v;
    __builtin_memcpy(&v, bytes, sizeof v);
    return v;
}

template <class Bytes>
[[nodiscard]] RESTARTCASTER_HOT inline Bytes copy_vector(char* one, char* two, char const* from) noexcept {
    Bytes const v = load(from);
    __builtin_memcpy(one, &v, sizeof v);
    __builtin_memcpy(two, &v, sizeof v);
    return unreserved_bytes(v);
}

template <class Part, class Bytes>
[[nodiscard]] RESTARTCASTER_HOT inline bool copy_halves(char* one, char* two, char const* from,
                                                        std::size_t size) noexcept {
    Part first, last;
    __builtin_memcpy(&first, from, sizeof first);
    __builtin_memcpy(&last, from + size - sizeof last, sizeof last);
    __builtin_memcpy(one, &first, sizeof first);
    __builtin_memcpy(two, &first, sizeof first);
    __builtin_memcpy(one + size - sizeof last, &last, sizeof last);
    __builtin_memcpy(two + size - sizeof last, &last, sizeof last);
    // Combines the parts in registers: through memory, store forwarding would fail.
    using word_pair [[__gnu__::__vector_size__(16)]] = std::uint64_t;
    word_pair const pair = sizeof(Part) == 8 ? word_pair{first, last}
                                             : word_pair{std::uint64_t{first} << 32 | last, 0x6161616161616161};
    return all(unreserved_bytes(reinterpret_cast<Bytes>(pair)));
}

/// Copies a text to two destinations and returns whether every byte is unreserved, in one pass. A text of 4 to 15 bytes is
/// read as two overlapping parts, which share one vector.
template <class Bytes = byte_vector>
[[nodiscard]] RESTARTCASTER_HOT inline bool copy_unreserved(char* one, char* two, std::string_view text) noexcept {
    char const* const from = text.data();
    std::size_t const size = text.size();
    if (size >= sizeof(Bytes)) {
        Bytes unreserved = copy_vector<Bytes>(one, two, from);
        for (std::size_t at = sizeof(Bytes); at < size - sizeof(Bytes); at += sizeof(Bytes))
            unreserved &= copy_vector<Bytes>(one + at, two + at, from + at);
        std::size_t const last = size - sizeof(Bytes);
        return all(unreserved & copy_vector<Bytes>(one + last, two + last, from + last));
    }
    if (size >= 8) return copy_halves<std::uint64_t, Bytes>(one, two, from, size);
    if (size >= 4) return copy_halves<std::uint32_t, Bytes>(one, two, from, size);
    bool unreserved = true;
    for (std::size_t at = 0; at != size; ++at) {
        one[at] = two[at] = from[at];
        unreserved = unreserved && is_unreserved(from[at]);
    }
    return unreserved;
}
#endif

} // namespace detail

/// The number of unreserved bytes at the start of `text`.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::size_t unreserved_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
#if RESTARTCASTER_VECTORS
    if (!std::is_constant_evaluated()) {
        while (text.size() - at >= 16 && detail::all(detail::unreserved_bytes(detail::load(text.data() + at))))
            at += 16;
        // Tests the last 16 bytes again as one vector, instead of the remaining bytes one by one.
        if (text.size() >= 16 && text.size() - at < 16 &&
            detail::all(detail::unreserved_bytes(detail::load(text.data() + text.size() - 16))))
            return text.size();
    }
#endif
    while (at != text.size() && is_unreserved(text[at])) ++at;
    return at;
}

/// Appends `text` percent-encoded.
/// Cost: one pass, in runs; no table.
template <byte_sink Sink>
constexpr void percent_encode(Sink& sink, std::string_view text) noexcept {
    while (true) {
        std::size_t const run = unreserved_prefix(text);
        detail::append_to(sink, detail::part(text, 0, run));
        if (run == text.size()) return;
        char const escape[3]{'%', detail::hex_upper(detail::byte_at(text, run) >> 4),
                             detail::hex_upper(detail::byte_at(text, run) & 15)};
        detail::append_to(sink, detail::text_at(escape, sizeof escape));
        text.remove_prefix(run + 1);
    }
}

}} // namespace restartcaster

#endif
