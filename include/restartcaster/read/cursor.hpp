// SPDX-License-Identifier: MIT
// A position in a document, and the first failure.
// Source: RFC 3629 (UTF-8).
// Data flow: the base of the readers; read functions of escapes and references get one for a part of a document.
#ifndef RESTARTCASTER_READ_CURSOR_HPP
#define RESTARTCASTER_READ_CURSOR_HPP
#pragma once

#include "../core/text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

// In this file and in the readers, Char is always char: docs/design.md, "Cheap to include".

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
        bool const found = sees(c);
        if (found) ++at_;
        return found;
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
    // Keeps the first failure, and ends the document there. Inlined, each of its many calls would be a copy.
    RESTARTCASTER_ONE_COPY constexpr void set_failure(errc code, Char const* at) noexcept {
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

}}} // namespace restartcaster::detail

#endif
