// SPDX-License-Identifier: MIT
// Decodes JSON escapes and XML references, in place if wished.
// Source: RFC 3629 (UTF-8); XML 1.0, section 2.11 (line ends).
// Data flow: a text and the reader of its escapes in, the decoded text out; used by json.hpp, xml.hpp and raw_text.hpp.
#ifndef RESTARTCASTER_READ_ESCAPES_HPP
#define RESTARTCASTER_READ_ESCAPES_HPP
#pragma once

#include "cursor.hpp"
#include "plain_run.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

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

// Moves bytes to an earlier or later place, which may overlap with them.
RESTARTCASTER_HOT constexpr void move_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) {
            std::size_t const at = to < from ? i : count - 1 - i;
            to[at] = from[at];
        }
    } else if (count != 0) {
        std::memmove(to, from, count);
    }
}

// Decodes a text into `storage`, which may be the text itself, and returns its size, which is never larger than before.
template <class Char>
constexpr std::size_t decode(Char const* at, Char const* end, Char* const storage, Char mark,
                             escape_reader<Char>* read_escape) noexcept {
    Char* to = storage;
    while (at != end) {
#if !RESTARTCASTER_SMALL
        if (static_cast<unsigned char>(*at) < 0x80) { // a run of bytes that stand for themselves, if there is one
            Char const* const run = at;
            at = skip_plain(at, end, mark, '\r', '\r');
            move_bytes(to, run, static_cast<std::size_t>(at - run));
            to += at - run;
            if (at == end) break;
        }
#endif
        to += decode_character(at, end, to, mark, read_escape);
    }
    return static_cast<std::size_t>(to - storage);
}

}}} // namespace restartcaster::detail

#endif
