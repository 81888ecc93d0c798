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

/// Bytes that are not zero where one of `v` is reserved.
[[nodiscard]] RESTARTCASTER_HOT inline byte_vector reserved_bytes(byte_vector v) noexcept {
    // Unsigned wrap-around makes each range one comparison.
    auto const letter = ((v | 0x20) - 'a') < 26;
    auto const digit = ((v - '-') < 13) & (v != '/');
    auto const mark = (v == '_') | (v == '~');
    return reinterpret_cast<byte_vector>(~(letter | digit | mark));
}

[[nodiscard]] RESTARTCASTER_HOT inline bool any(byte_vector v) noexcept {
    std::uint64_t halves[2];
    __builtin_memcpy(halves, &v, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

[[nodiscard]] RESTARTCASTER_HOT inline byte_vector load(char const* bytes) noexcept {
    byte_vector v;
    __builtin_memcpy(&v, bytes, sizeof v);
    return v;
}

/// Copies a text to two places and says whether every byte of it is unreserved, in one pass. Short texts are
/// read as two overlapping parts, side by side in one vector.
[[nodiscard]] RESTARTCASTER_HOT inline bool copy_unreserved(char* one, char* two, std::string_view text) noexcept {
    char const* const from = text.data();
    std::size_t const size = text.size();
    if (size >= sizeof(byte_vector)) {
        byte_vector reserved{};
        auto const step = [&](std::size_t at) {
            byte_vector const v = load(from + at);
            reserved |= reserved_bytes(v);
            __builtin_memcpy(one + at, &v, sizeof v);
            __builtin_memcpy(two + at, &v, sizeof v);
        };
        for (std::size_t at = 0; at + sizeof(byte_vector) < size; at += sizeof(byte_vector)) step(at);
        step(size - sizeof(byte_vector));
        return !any(reserved);
    }
    auto const halves = [&]<class Part>(Part first, Part last) {
        __builtin_memcpy(&first, from, sizeof first);
        __builtin_memcpy(&last, from + size - sizeof last, sizeof last);
        __builtin_memcpy(one, &first, sizeof first);
        __builtin_memcpy(two, &first, sizeof first);
        __builtin_memcpy(one + size - sizeof last, &last, sizeof last);
        __builtin_memcpy(two + size - sizeof last, &last, sizeof last);
        // Put together in registers; through memory the processor would wait for the parts to arrive there.
        using word_pair = std::uint64_t __attribute__((vector_size(16)));
        word_pair const pair = sizeof(Part) == 8
                                   ? word_pair{first, last}
                                   : word_pair{std::uint64_t{first} << 32 | last, 0x6161616161616161};
        return !any(reserved_bytes(reinterpret_cast<byte_vector>(pair)));
    };
    if (size >= 8) return halves(std::uint64_t{}, std::uint64_t{});
    if (size >= 4) return halves(std::uint32_t{}, std::uint32_t{});
    bool unreserved = true;
    for (std::size_t at = 0; at != size; ++at) {
        one[at] = two[at] = from[at];
        unreserved = unreserved && is_unreserved(from[at]);
    }
    return unreserved;
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
        while (text.size() - at >= 16 && !detail::any(detail::reserved_bytes(detail::load(text.data() + at)))) at += 16;
        // The last bytes once more as part of a whole step, rather than one by one.
        if (text.size() >= 16 && text.size() - at < 16 &&
            !detail::any(detail::reserved_bytes(detail::load(text.data() + text.size() - 16))))
            return text.size();
    }
#endif
    while (at != text.size() && is_unreserved(text[at])) ++at;
    return at;
}

#if RESTARTCASTER_SMALL
namespace detail {

/// One byte, percent-encoded. Storage: the text is in the object.
class percent_encoded {
public:
    RESTARTCASTER_ONCE constexpr explicit percent_encoded(char c) noexcept : text_{c, 0, 0}, size_(1) {
        if (is_unreserved(c)) return;
        text_[0] = '%';
        text_[1] = hex_upper(static_cast<unsigned char>(c) >> 4);
        text_[2] = hex_upper(static_cast<unsigned char>(c) & 15u);
        size_ = 3;
    }
    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_at(text_, size_); }

private:
    char text_[3];
    std::uint8_t size_;
};

} // namespace detail
#endif

/// Appends `text`, percent-encoded.
/// Cost: one pass, in runs; no table.
template <byte_sink Sink>
constexpr void percent_encode(Sink& sink, std::string_view text) noexcept {
#if RESTARTCASTER_SMALL
    for (char const c : text) sink.append(detail::percent_encoded(c).text());
#else
    while (true) {
        std::size_t const run = unreserved_prefix(text);
        sink.append(detail::part(text, 0, run));
        if (run == text.size()) return;
        char const escape[3]{'%', detail::hex_upper(detail::byte_at(text, run) >> 4),
                             detail::hex_upper(detail::byte_at(text, run) & 15)};
        sink.append({escape, sizeof escape});
        text.remove_prefix(run + 1);
    }
#endif
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
