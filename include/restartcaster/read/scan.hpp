// SPDX-License-Identifier: MIT
// What both readers need: a place in a document with its first failure, and runs of plain bytes at speed.
// Source: RFC 3629 (UTF-8); the byte tests on a whole word are Mycroft's (1987).
// Path: json.hpp and xml.hpp stand on it; nobody else should.
#ifndef RESTARTCASTER_READ_SCAN_HPP
#define RESTARTCASTER_READ_SCAN_HPP

#include "../core/text.hpp"

#include <limits>

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

template <char... Stops>
[[nodiscard]] constexpr bool is_plain(char c) noexcept {
    unsigned const byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && (... && (c != Stops));
}

/// The first byte from `at` that is a control, not ASCII, or one of Stops; or `end`.
template <char... Stops>
[[nodiscard]] RESTARTCASTER_HOT constexpr char const* skip_plain(char const* at, char const* end) noexcept {
#if !RESTARTCASTER_SMALL
    if (!std::is_constant_evaluated()) {
#ifdef __SSE2__ // in every x86-64: 16 bytes a turn
        using lanes [[gnu::vector_size(16)]] = signed char;
        while (static_cast<std::size_t>(end - at) >= sizeof(lanes)) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            auto const controls = bytes < 0x20; // or not ASCII, being negative
            auto const hits = static_cast<unsigned>(
                __builtin_ia32_pmovmskb128(reinterpret_cast<__attribute__((vector_size(16))) char>((controls | ... | (bytes == Stops)))));
            if (hits != 0) return at + std::countr_zero(hits);
            at += sizeof(lanes);
        }
#endif
        using word = std::size_t;
        constexpr word ones = std::numeric_limits<word>::max() / 0xFF;
        while (static_cast<std::size_t>(end - at) >= sizeof(word)) {
            word bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            // A subtraction borrows only out of a byte that is a stop itself, so the lowest hit is a true one.
            word const controls = (bytes - ones * 0x20) | bytes;
            word const hits = (controls | ... | ((bytes ^ (ones * Stops)) - ones)) & (ones * 0x80);
            if (hits != 0) {
                if constexpr (std::endian::native != std::endian::little) break;
                return at + (std::countr_zero(hits) >> 3);
            }
            at += sizeof(word);
        }
    }
#endif
    while (at != end && is_plain<Stops...>(*at)) ++at;
    return at;
}

/// Writes one code point as UTF-8 and says how many bytes it took: never more than its escape had.
constexpr std::size_t write_utf8(char* to, std::uint32_t code_point) noexcept {
    auto const put = [to](std::size_t at, std::uint32_t byte) { to[at] = static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(0, code_point);
        return 1;
    }
    std::size_t const length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (std::size_t i = length - 1; i != 0; --i) {
        put(i, 0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    put(0, ((0xF00u >> length) & 0xF0) | code_point);
    return length;
}

/// A place in a document. The first failure stays.
class place {
public:
    constexpr explicit place(std::string_view document) noexcept
        : begin_(document.data()), at_(begin_), end_(begin_ + document.size()) {
        // RFC 8259, 8.1 and XML 1.0, 4.3.3: a byte order mark is no part of the text.
        if (document.starts_with("\xEF\xBB\xBF")) at_ += 3;
    }

    /// Bytes read so far.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return offset_of(at_); }

protected:
    [[nodiscard]] constexpr std::size_t offset_of(char const* at) const noexcept {
        return static_cast<std::size_t>(at - begin_);
    }
    [[nodiscard]] static constexpr std::string_view between(char const* from, char const* to) noexcept {
        return {from, static_cast<std::size_t>(to - from)};
    }
    [[nodiscard]] constexpr std::size_t left(char const* at) const noexcept {
        return static_cast<std::size_t>(end_ - at);
    }
    /// Records a failure at a byte, or at the end of the document where there is none.
    constexpr bool fail(errc code, char const* at) noexcept {
        code_ = at == end_ ? errc::unexpected_end : code;
        at_ = at;
        failed_ = true;
        return false;
    }
    constexpr char const* refuse(errc code, char const* at) noexcept {
        fail(code, at);
        return nullptr;
    }
    // Past a word that has to stand there, or null.
    constexpr char const* expect(char const* at, std::string_view word) noexcept {
        for (char const c : word) {
            if (at == end_ || *at != c) return refuse(errc::unexpected_byte, at);
            ++at;
        }
        return at;
    }
    [[nodiscard]] constexpr unexpected<failure> reason() const noexcept {
        return unexpected(failure{.code = code_, .detail = offset()});
    }

    char const* begin_;
    char const* at_;
    char const* end_;
    errc code_ = {};
    bool failed_ = false;
};

} // namespace restartcaster::inline RESTARTCASTER_ABI::detail

#endif
