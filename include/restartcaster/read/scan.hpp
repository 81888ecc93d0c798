// SPDX-License-Identifier: MIT
// The common base of both readers: a position in a document, the first failure, and fast skipping of plain bytes.
// Source: RFC 3629 (UTF-8); the tests of all bytes of a word: A. Mycroft (1987).
// Data flow: used by json.hpp, xml.hpp and service_code.hpp.
#ifndef RESTARTCASTER_READ_SCAN_HPP
#define RESTARTCASTER_READ_SCAN_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../core/borrowed_text.hpp"
#include "../core/text.hpp"

#include <span>


// For the function that records a failure: inlined, each of its many calls would be a copy.
#if RESTARTCASTER_GNU
#define RESTARTCASTER_NOINLINE [[__gnu__::__noinline__, __gnu__::__cold__]]
#else
#define RESTARTCASTER_NOINLINE
#endif

// In this file and in the readers, Char is always char: docs/design.md, "Cheap to include".

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

#if RESTARTCASTER_VECTORS && defined(__x86_64__) // 16 bytes per iteration
using lanes [[__gnu__::__vector_size__(16)]] = signed char;
using byte_lanes [[__gnu__::__vector_size__(16)]] = char;

// The result of a comparison with one bit per lane, the first lane in the lowest bit.
[[nodiscard]] RESTARTCASTER_HOT inline unsigned mask_of(lanes comparison) noexcept {
    return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<byte_lanes>(comparison)));
}
#endif

/// The first byte from `at` on that is a control character, not ASCII, or equal to a, b or c; otherwise `end`. In small
/// builds it skips nothing and returns `at`: their callers read byte by byte.
template <class Char, class Word = std::size_t>
[[nodiscard]] RESTARTCASTER_HOT constexpr Char const* skip_plain(Char const* at, Char const* end, Char a, Char b,
                                                                 Char c) noexcept {
#if !RESTARTCASTER_SMALL
    if (!std::is_constant_evaluated()) {
#if RESTARTCASTER_VECTORS && defined(__x86_64__)
        while (end - at >= 16) {
            lanes bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            auto const controls = bytes < 0x20; // also true for non-ASCII bytes, which are negative
            unsigned const hits = mask_of(controls | (bytes == a) | (bytes == b) | (bytes == c));
            if (hits != 0) return at + __builtin_ctz(hits);
            at += 16;
        }
#endif
        constexpr Word ones = ~Word{0} / 0xFF;
        while (static_cast<std::size_t>(end - at) >= sizeof(Word)) {
            Word bytes;
            std::memcpy(&bytes, at, sizeof bytes);
            // A byte borrows from its neighbour only if it is a hit itself, so the lowest hit is exact.
            Word const controls = (bytes - ones * 0x20) | bytes;
            Word const stops = ((bytes ^ (ones * static_cast<unsigned char>(a))) - ones) |
                               ((bytes ^ (ones * static_cast<unsigned char>(b))) - ones) |
                               ((bytes ^ (ones * static_cast<unsigned char>(c))) - ones);
            Word const hits = (controls | stops) & (ones * 0x80);
            if (hits != 0) {
                if constexpr (!is_little_endian) break;
                return at + (std::countr_zero(hits) >> 3);
            }
            at += sizeof(Word);
        }
    }
#endif
    for (; !RESTARTCASTER_SMALL && at != end; ++at)
        if (static_cast<signed char>(*at) < 0x20 || *at == a || *at == b || *at == c) break;
    return at;
}

// The value of a hexadecimal digit; 16 for any other character.
template <class Char>
[[nodiscard]] constexpr unsigned hex_value(Char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    unsigned const letter = (static_cast<unsigned char>(c) | 0x20u) - 'a';
    return letter < 6 ? letter + 10 : 16;
}

// The index of a text in `words` (each ends with a NUL, an empty word ends the list); the number of words if it is not
// there. With `any_case` the case of letters is ignored.
template <class Char>
[[nodiscard]] constexpr unsigned find_word(Char const* text, std::size_t size, char const* words,
                                           bool any_case) noexcept {
    unsigned index = 0;
    for (; *words != '\0'; ++words, ++index) {
        std::size_t at = 0;
        for (; at != size && *words != '\0'; ++at, ++words)
            if (text[at] != *words && !(any_case && ascii_lower(text[at]) == ascii_lower(*words))) break;
        if (at == size && *words == '\0') break;
        while (*words != '\0')
            ++words;
    }
    return index;
}
// Passes the view as pointer and size: on a Cortex-M, a view is passed through memory.
template <class Char>
[[nodiscard]] RESTARTCASTER_THIN constexpr unsigned find_word(std::basic_string_view<Char> text, char const* words,
                                                              bool any_case = false) noexcept {
    return find_word(text.data(), text.size(), words, any_case);
}

// A position in a document, and the first failure. After a failure the document counts as ended, so that callers need not
// check after every step.
template <class Char>
struct cursor {
    RESTARTCASTER_ONCE constexpr cursor(Char const* begin, Char const* end) noexcept
        : begin_(begin), at_(begin), end_(end) {
        // RFC 8259, 8.1 and XML 1.0, 4.3.3: a byte order mark is no part of the text.
        if (sees("\xEF\xBB\xBF")) at_ += 3;
    }

    /// The number of bytes read; after a failure, the offset of the byte at fault.
    [[nodiscard]] constexpr std::size_t offset() const noexcept { return offset_of(at_); }

    [[nodiscard]] constexpr std::size_t offset_of(Char const* at) const noexcept {
        return static_cast<std::size_t>(at - begin_);
    }
    [[nodiscard]] static constexpr std::string_view between(Char const* from, Char const* to) noexcept {
        return text_at(from, static_cast<std::size_t>(to - from));
    }
    // The current byte; at the end a NUL, which neither format allows.
    [[nodiscard]] constexpr Char peek() const noexcept { return at_ != end_ ? *at_ : '\0'; }
    [[nodiscard]] constexpr bool sees(Char c) const noexcept { return peek() == c; }
    [[nodiscard]] constexpr bool sees(char const* word) const noexcept {
        Char const* at = at_;
        for (; *word != '\0'; ++at, ++word)
            if (at == end_ || *at != *word) return false;
        return true;
    }
    [[nodiscard]] constexpr bool sees_blank() const noexcept { return is_blank(peek()); }
    RESTARTCASTER_HOT constexpr void skip_blanks() noexcept {
        while (sees_blank())
            ++at_;
    }
    // Skips `c` if it is the current byte; returns whether it was.
    RESTARTCASTER_HOT constexpr bool advance_if(Char c) noexcept {
        bool const there = sees(c);
        if (there) ++at_;
        return there;
    }
    // Skips required bytes; a blank in `word` matches any number of blanks.
    RESTARTCASTER_HOT constexpr void advance_past(Char c) noexcept {
        if (!advance_if(c)) set_failure(errc::unexpected_byte);
    }
    constexpr void advance_past(char const* word) noexcept {
        for (; *word != '\0'; ++word) {
            if (*word == ' ')
                skip_blanks();
            else
                advance_past(*word);
        }
    }
    // Skips one or more digits; fails with `otherwise` if there is none.
    constexpr void digits(errc otherwise) noexcept {
        Char const* const from = at_;
        while (is_digit(peek()))
            ++at_;
        if (at_ == from) set_failure(otherwise);
    }
    // Skips one character that is not a control, and returns it; after a failure, returns an ASCII code.
    constexpr std::uint32_t character() noexcept {
        unsigned const byte = static_cast<unsigned char>(peek());
        if (byte >= 0x80) return wide_character();
        if (byte < 0x20)
            set_failure(errc::unexpected_byte);
        else
            ++at_;
        return byte;
    }
    constexpr std::uint32_t wide_character() noexcept {
        std::size_t const length = utf8_size(between(at_, end_), 0);
        if (length == 0) {
            set_failure(errc::invalid_utf8);
            return 0;
        }
        Char const* const end = at_ + length;
        std::uint32_t sum = static_cast<unsigned char>(*at_) & (0x7Fu >> length);
        while (++at_ != end)
            sum = sum << 6 | (static_cast<unsigned char>(*at_) & 0x3F);
        return sum;
    }
    [[nodiscard]] constexpr bool failed() const noexcept { return static_cast<bool>(code_); }
    constexpr void set_failure(errc code) noexcept { set_failure(code, at_); }
    // Keeps the first failure, and ends the document there.
    RESTARTCASTER_NOINLINE constexpr void set_failure(errc code, Char const* at) noexcept {
        if (failed()) return;
        code_ = at == end_ ? errc::unexpected_end : code;
        at_ = end_ = at;
    }
    [[nodiscard]] constexpr unexpected<failure> reason() const noexcept {
        return unexpected(failure{.code = code_, .detail = offset()});
    }

    Char const* begin_;
    Char const* at_;
    Char const* end_;
    errc code_ = {}; // the enumerator 0 cannot occur in a document and means: no failure
};

// The document of a reader: a text, a span of bytes such as a body, or {pointer, size}.
class document : public borrowed_text {
public:
    using borrowed_text::borrowed_text;
    template <class Byte, std::size_t Extent>
    constexpr document(std::span<Byte, Extent> bytes) noexcept : borrowed_text(bytes.data(), bytes.size()) {}
};

// The document argument before a depth limit. Pointers are excluded: {pointer, size} is one document, not a document and
// a limit.
template <class Document>
concept not_a_pointer = !std::is_pointer_v<std::remove_cvref_t<Document>> && std::is_convertible_v<Document, document>;

// The base of both readers: a position, the depth of nesting and its limit.
template <class Char>
struct reader : cursor<Char> {
    constexpr reader(std::string_view document, unsigned depth_limit, unsigned most) noexcept
        : cursor<Char>(document.data(), document.data() + document.size()),
          limit_(depth_limit < most ? depth_limit : most) {}

    unsigned depth_ = 0;
    unsigned limit_;
};

// A token of either format; `kind` is a json_kind or an xml_kind.
template <class Char>
struct token {
    std::basic_string_view<Char> text;
    std::uint8_t kind;
    bool encoded;
};

/// What becomes of the body of a success: its escapes are decoded, it is kept as it is, or its fields are packed into it.
enum class body_use : std::uint8_t { decoded, kept, described };

template <class Char, body_use Use>
class answer; // a friend of both readers: calls step() directly
template <class Char>
class packer; // in pack.hpp, for answers that pack
template <class Char>
struct raw_text; // a friend of the XML reader: begins inside an element

/// Writes one code point as UTF-8 and returns the number of bytes, which is never more than its escape had.
template <class Char>
constexpr std::size_t write_utf8(Char* to, std::uint32_t code_point) noexcept {
    auto const put = [to](std::size_t at, std::uint32_t byte) { to[at] = static_cast<Char>(byte); };
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

// Reads the JSON escape or XML reference at a position, and returns its character.
template <class Char>
using escape_reader = std::uint32_t(cursor<Char>&) noexcept;

// Decodes one character: reads it at `at`, advances `at`, writes the character to `to`, and returns the number of bytes
// written, which is never more than the number read. A malformed escape is copied unchanged. Line ends follow XML 1.0,
// section 2.11; a JSON string contains no carriage return. Requires: at != end.
template <class Char>
constexpr std::size_t decode_character(Char const*& at, Char const* end, Char* to, Char mark,
                                       escape_reader<Char>* read_escape) noexcept {
    Char c = *at;
    if (c == mark) {
        cursor<Char> escape(at, end);
        std::uint32_t const code_point = read_escape(escape);
        if (!escape.failed()) {
            at = escape.at_;
            return write_utf8(to, code_point);
        }
    }
    ++at;
    if (c == '\r') {
        c = '\n';
        if (at != end && *at == '\n') ++at;
    }
    *to = c;
    return 1;
}

// Decodes a text into `storage`, which may be the text itself, and returns its size, which is never larger than before.
template <class Char>
constexpr std::size_t decode(Char const* at, Char const* end, Char* const storage, Char mark,
                             escape_reader<Char>* read_escape) noexcept {
    Char* to = storage;
    while (at != end)
        to += decode_character(at, end, to, mark, read_escape);
    return static_cast<std::size_t>(to - storage);
}

}}} // namespace restartcaster::detail

#endif
