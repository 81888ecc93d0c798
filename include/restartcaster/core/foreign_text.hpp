// SPDX-License-Identifier: MIT
// Makes text from outside (a service, a transport) safe to show: at most 200 bytes, one line, no control or invisible
// characters, no secrets.
// Source: docs/design.md, "Foreign text"; protocol 4.3 (what a refusal of a signature repeats).
// Data flow: the service's text in, part of a sentence out; describe() shows all foreign text through append_foreign().
#ifndef RESTARTCASTER_CORE_FOREIGN_TEXT_HPP
#define RESTARTCASTER_CORE_FOREIGN_TEXT_HPP
#pragma once

#include "number.hpp"
#include "sink.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <byte_sink Sink>
constexpr void append_number(Sink& sink, std::uint64_t number) noexcept {
    append_to(sink, decimal_text(number).view());
}

[[nodiscard]] constexpr bool is_shown(char32_t code) noexcept {
    return !is_unseen(code) || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x202F || code == 0x205F || code == 0x3000; // spaces other than U+0020 are shown
}

[[nodiscard]] constexpr bool is_graphic(char c) noexcept { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; }

enum class letter_kind : std::uint8_t { none, digit, upper, lower };
[[nodiscard]] RESTARTCASTER_ONCE constexpr letter_kind letter_kind_of(char c) noexcept {
    return is_digit(c)              ? letter_kind::digit
           : c >= 'A' && c <= 'Z'   ? letter_kind::upper
           : ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z' ? letter_kind::lower
                                    : letter_kind::none;
}
[[nodiscard]] constexpr bool is_solid(char c) noexcept { return letter_kind_of(c) != letter_kind::none; }

/// A run of ASCII letters and digits, read one character at a time.
struct solid_run {
    unsigned size = 0;
    /// Neighbours of which exactly one is a digit, or both are capitals: few in a word, about half of the pairs in a
    /// secret.
    unsigned turns = 0;
    /// One bit for each letter_kind seen.
    unsigned kinds = 0;
    letter_kind last = letter_kind::none;

    constexpr void take(char c) noexcept {
        letter_kind const kind = letter_kind_of(c);
        if (kind == letter_kind::none) {
            *this = {};
            return;
        }
        bool const turn = kind == last ? kind == letter_kind::upper
                                       : kind == letter_kind::digit || last == letter_kind::digit;
        if (size++ != 0 && turn) ++turns;
        kinds |= 1u << static_cast<unsigned>(kind);
        last = kind;
    }
    /// Whether the run can only be a secret: words, request ids and studio ids look different. 32 hexadecimal digits may
    /// be a request id.
    [[nodiscard]] constexpr bool looks_secret() const noexcept {
        return (kinds & 2) != 0 && (size > 32 || (size > 15 && turns > 4 && kinds == 14));
    }
    /// Whether the run can be a secret when a word before it announces one; less strict than looks_secret().
    [[nodiscard]] constexpr bool looks_odd() const noexcept {
        return turns > 3 || (size > 7 && (kinds & 2) != 0 && kinds != 2);
    }
};

/// Finds the secrets in a text, chunk by chunk. Blanks, control characters and characters beyond ASCII separate chunks,
/// so that no escape sequence ends a chunk. A secret is a run that looks like one, a value behind a word that announces
/// one, or a value that was sent.
template <class Text>
class secret_finder {
public:
    constexpr secret_finder(Text text, Text sent) noexcept : text_(text), sent_(sent) {}

    /// Returns how many bytes from `at` on may be shown, and sets `after` to the end of the chunk; the bytes between the
    /// two must not be shown. Returns 0 and leaves `after` at `at` where no chunk begins.
    [[nodiscard]] constexpr std::size_t shown_from(std::size_t at, std::size_t& after) noexcept {
        while (after != text_.size() && is_graphic(text_[after])) ++after;
        if (after == at) return 0;
        // Bounds the work on a very long chunk: append_foreign() shows at most 200 bytes.
        constexpr std::size_t enough = 300;
        std::size_t const end = after - at < enough ? after : at + enough;
        Text const chunk = part(text_, at, end - at);
        // "%2F" occurs in the string to sign and in signatures.
        if (chunk.find("%2F"sv) != Text::npos || holds_sent(chunk)) return 0;
        bool const announced = announced_ != 0;
        if (announced) --announced_;
        solid_run run;
        for (std::size_t i = at; i != end; ++i) {
            run.take(text_[i]);
            if (run.looks_secret() || (announced && run.looks_odd())) return 0;
            bool repeats = false;
            std::size_t const separator = behind_announcement(text_, i, repeats);
            if (separator == i) continue;
            announced_ = 3;
            if (repeats) {
                // The rest of the text repeats a request.
                std::size_t const sign = part(text_, separator, 24).find_first_of(":=[<>{\"\'"sv);
                if (sign == Text::npos) continue;
                after = text_.size();
                return separator + sign + 1 - at;
            }
            if (separator < end && "./-,;)!?"sv.find(text_[separator]) == Text::npos && has_solid_byte(separator, end))
                return separator - at;
        }
        if (Text(".,;!?"sv).find(text_[end - 1]) != Text::npos) announced_ = 0;
        return after - at;
    }

private:
    [[nodiscard]] constexpr bool has_solid_byte(std::size_t at, std::size_t end) const noexcept {
        while (at != end && !is_solid(text_[at])) ++at;
        return at != end;
    }

    // Looks for the first 8 characters of the longest run of letters and digits in each value that was sent under an
    // announcing name. No escaping changes letters and digits.
    [[nodiscard]] constexpr bool holds_sent(Text chunk) const noexcept {
        bool repeats = false;
        for (std::size_t i = 0; i < sent_.size(); ++i) {
            std::size_t at = behind_announcement(sent_, i, repeats);
            if (at == i || repeats) continue;
            std::size_t longest = 0, longest_end = 0;
            for (std::size_t size = 0; at < sent_.size() && sent_[at] != '&' && sent_[at] != ',' && sent_[at] != '\r'; ++at) {
                size = is_solid(sent_[at]) ? size + 1 : 0;
                if (sent_[at] == '%') at += 2;
                if (size > longest) {
                    longest = size;
                    longest_end = at + 1;
                }
            }
            Text const beginning = part(sent_, longest_end - longest, longest < 8 ? longest : 8);
            if (longest > 5 && chunk.find(beginning) != Text::npos) return true;
        }
        return false;
    }

    // The end of the announcing word that begins at `at`; `at` itself if none does. See announcement().
    [[nodiscard]] static constexpr std::size_t behind_announcement(Text text, std::size_t at, bool& repeats) noexcept {
        std::size_t const size = announcement(part(text, at), repeats);
        if (size != 0)
            for (at += size; at < text.size() && is_solid(text[at]);) ++at;
        return at;
    }

    // The length of the word at the start of `text` that announces a secret or (`repeats`) a repeated request; 0: none.
    [[nodiscard]] static constexpr std::size_t announcement(Text text, bool& repeats) noexcept {
        // A blank in `words` matches ' ', '-', '_' or nothing.
        constexpr std::string_view words = "token\0signature\0secret\0credential\0password\0access key\0auth key\0"
                                           "to sign\0canonical\0authorization\0"sv;
        constexpr std::size_t requests = words.find("to sign"sv);
        std::size_t at = 0;
        for (std::size_t i = 0; i != words.size(); ++i) {
            if (words[i] == '\0') {
                repeats = i > requests;
                return at;
            }
            char const c = at < text.size() ? text[at] : '\0';
            bool const joins = c == ' ' || c == '-' || c == '_';
            if (words[i] == ' ' ? joins : ascii_lower(c) == words[i]) {
                ++at;
            } else if (words[i] != ' ') {
                i = words.find('\0', i);
                at = 0;
            }
        }
        return 0;
    }

    Text text_;
    Text sent_;
    // How many of the next chunks may hold the announced secret.
    unsigned announced_ = 0;
};

} // namespace detail

/// Appends text from outside in a form that is safe to show, to log or to put into JSON: at most 200 bytes of UTF-8 on
/// one line. "?" replaces bytes that are not UTF-8 and invisible characters (controls, directions, tags, zero widths).
/// "[...]" replaces secrets and repeated requests. `sent` holds the bytes of the request (request_bytes), whose secrets
/// are removed; empty when there is no request.
/// Cost: one pass, no allocation.
template <byte_sink Sink>
RESTARTCASTER_ONCE constexpr void append_foreign(Sink& sink, std::string_view text, std::string_view sent = {}) noexcept {
    constexpr std::size_t most = 200;
    detail::secret_finder<std::string_view> secrets(text, sent);
    // The end of the part of the current chunk that may be shown, and the end of that chunk.
    std::size_t shown_to = 0, chunk_end = 0;
    std::size_t used = 0;
    for (std::size_t at = 0; at != text.size();) {
        if (at >= chunk_end) {
            chunk_end = at;
            shown_to = at + secrets.shown_from(at, chunk_end);
        }
        std::string_view piece = "[...]"sv;
        if (at == shown_to && at != chunk_end) {
            at = shown_to = chunk_end;
        } else {
            char32_t code = 0;
            std::size_t const length = detail::utf8_character(text.data() + at, text.size() - at, code);
            piece = length != 0 && detail::is_shown(code) ? detail::part(text, at, length) : "?"sv;
            at += length == 0 ? 1 : length;
        }
        used += piece.size();
        if (used > most) {
            detail::append_to(sink, "..."sv);
            return;
        }
        detail::append_to(sink, piece);
    }
}

}} // namespace restartcaster

#endif
