// SPDX-License-Identifier: MIT
// What both readers need: a place in a document with its first failure, and runs of plain bytes at speed.
// Source: RFC 3629 (UTF-8); the byte tests on a whole word are Mycroft's (1987).
// Path: json.hpp and xml.hpp stand on it; nobody else should.
#ifndef RESTARTCASTER_READ_SCAN_HPP
#define RESTARTCASTER_READ_SCAN_HPP

#include "../core/text.hpp"

#include <limits>

// The one place where a failure is made: each of its many calls would be a copy of it.
#if defined(__GNUC__) || defined(__clang__)
#define RESTARTCASTER_NOINLINE [[gnu::noinline, gnu::cold]]
#else
#define RESTARTCASTER_NOINLINE
#endif

namespace restartcaster::inline RESTARTCASTER_ABI::detail {

#if defined(__SSE2__) && !RESTARTCASTER_SMALL // in every x86-64: 16 bytes a turn
using lanes [[gnu::vector_size(16)]] = signed char;
using byte_lanes [[gnu::vector_size(16)]] = char;

// One bit for each lane of a comparison, the first lane lowest.
[[nodiscard]] RESTARTCASTER_HOT inline unsigned mask_of(lanes comparison) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<byte_lanes>(comparison)));
}
#endif

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
#ifdef __SSE2__
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            auto const controls = bytes < 0x20; // or not ASCII, being negative
            unsigned const hits = mask_of((controls | ... | (bytes == Stops)));
            if (hits != 0) return at + std::countr_zero(hits);
            at += 16;
        }
#endif
        using word = std::size_t;
        constexpr word ones = (std::numeric_limits<word>::max)() / 0xFF;
        while (static_cast<std::size_t>(end - at) >= sizeof(word)) {
            word bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            // A subtraction borrows only from a byte that is a stop itself: the lowest hit is a true one.
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
    while (at != end && is_plain<Stops...>(*at))
        ++at;
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

// One character written another way: a JSON escape or an XML reference.
struct character_escape {
    char const* next; // after it, or the byte that makes it none
    std::uint32_t code_point = 0;
    bool valid = false;
};

// Writes the text that `raw` stands for and says how long it is: never longer than `raw`, whose bytes it may
// overwrite. Line ends are XML 1.0's, 2.11; JSON has no carriage return in a string.
constexpr std::size_t decode(std::string_view raw, char* const storage, char mark,
                             character_escape (*read)(char const*, char const*)) noexcept {
    char const* at = raw.data();
    char const* const end = at + raw.size();
    char* to = storage;
    while (at != end) {
        if (*at == mark) {
            character_escape const escape = read(at, end);
            if (escape.valid) {
                to += write_utf8(to, escape.code_point);
                at = escape.next;
                continue;
            }
        }
        bool const carriage_return = *at == '\r';
        *to++ = carriage_return ? '\n' : *at;
        ++at;
        if (carriage_return && at != end && *at == '\n') ++at;
    }
    return static_cast<std::size_t>(to - storage);
}

// The value of a hexadecimal digit; 16 of anything else.
[[nodiscard]] constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    unsigned const letter = (static_cast<unsigned char>(c) | 0x20u) - 'a';
    return letter < 6 ? letter + 10 : 16;
}

// A place in a document, and the failure that it ended with.
class place {
public:
    constexpr explicit place(std::string_view document) noexcept
        : begin_(document.data()), at_(begin_), end_(begin_ + document.size()) {
        // RFC 8259, 8.1 and XML 1.0, 4.3.3: a byte order mark is no part of the text.
        if (document.starts_with("\xEF\xBB\xBF"sv)) at_ += 3;
    }

    /// Bytes read so far; once it has failed, bytes before the one it failed at.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return offset_of(at_); }

protected:
    [[nodiscard]] constexpr std::size_t offset_of(char const* at) const noexcept {
        return static_cast<std::size_t>(at - begin_);
    }
    [[nodiscard]] static constexpr std::string_view between(char const* from, char const* to) noexcept {
        return text_at(from, static_cast<std::size_t>(to - from));
    }
    [[nodiscard]] constexpr bool sees(char c) const noexcept { return at_ != end_ && *at_ == c; }
    [[nodiscard]] constexpr bool sees(char const* word) const noexcept {
        char const* at = at_;
        for (; *word != '\0'; ++at, ++word)
            if (at == end_ || *at != *word) return false;
        return true;
    }
    [[nodiscard]] constexpr bool sees_blank() const noexcept {
        return at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t');
    }
    RESTARTCASTER_HOT constexpr void skip_blanks() noexcept {
        while (sees_blank())
            ++at_;
    }
    // Past a byte, if it stands here.
    RESTARTCASTER_HOT constexpr bool accept(char c) noexcept {
        bool const there = sees(c);
        if (there) ++at_;
        return there;
    }
    // Past bytes that have to stand here.
    RESTARTCASTER_HOT constexpr bool expect(char c) noexcept {
        if (accept(c)) return true;
        return fail(errc::unexpected_byte);
    }
    constexpr bool expect(char const* word) noexcept {
        for (; *word != '\0'; ++word)
            if (!expect(*word)) return false;
        return true;
    }
    // Past a character that is not ASCII.
    constexpr bool wide_character() noexcept {
        std::size_t const length = utf8_length(between(at_, end_), 0);
        if (length == 0) return fail(errc::invalid_utf8);
        at_ += length;
        return true;
    }
    constexpr bool fail(errc code) noexcept { return fail(code, at_); }
    // The first failure stays: the document ends where it was found, and everything fails after it.
    RESTARTCASTER_NOINLINE constexpr bool fail(errc code, char const* at) noexcept {
        if (failed_) return false;
        code_ = at == end_ ? errc::unexpected_end : code;
        at_ = end_ = at;
        failed_ = true;
        return false;
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
