// SPDX-License-Identifier: MIT
// Text that somebody else wrote, made fit to be shown: short, on one line, without what a terminal obeys or hides, and
// without secrets.
// Source: docs/design.md, "Foreign text"; protocol 4.3 (what a refusal of a signature repeats).
// Path: the service's words in, a piece of a sentence out; describe() shows all foreign text through it.
#ifndef RESTARTCASTER_CORE_FOREIGN_TEXT_HPP
#define RESTARTCASTER_CORE_FOREIGN_TEXT_HPP
#pragma once

#include "sink.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

template <byte_sink Sink>
constexpr void append_number(Sink& sink, std::uint64_t number) noexcept {
    char digits[20];
    std::size_t at = sizeof digits;
    do digits[--at] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    static_cast<void>(sink.append(text_at(digits + at, sizeof digits - at)));
}

[[nodiscard]] constexpr bool is_shown(char32_t code) noexcept {
    return !is_unseen(code) || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x202F || code == 0x205F || code == 0x3000; // the last ones are spaces
}

[[nodiscard]] constexpr bool is_graphic(char c) noexcept { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; }

/// Letters and digits without anything between them, as they are passed over one by one.
struct solid_run {
    std::size_t size = 0;
    /// How often a letter and a digit, or two capitals, stand side by side: never in a word, at every other place of
    /// a secret.
    std::size_t turns = 0;
    bool digit = false, upper = false, lower = false;

    /// Takes the next character in. Says whether it is a letter or a digit.
    constexpr bool goes_on(char c) noexcept {
        bool const was_digit = digit_before, was_upper = upper_before;
        digit_before = is_digit(c);
        upper_before = c >= 'A' && c <= 'Z';
        bool const lower_now = c >= 'a' && c <= 'z';
        if (!digit_before && !upper_before && !lower_now) {
            *this = {};
            return false;
        }
        if (size++ != 0 && (digit_before != was_digit || (upper_before && was_upper))) ++turns;
        digit = digit || digit_before;
        upper = upper || upper_before;
        lower = lower || lower_now;
        return true;
    }
    /// As no word and no id of a request or a studio does. 32 hexadecimal digits may be a request's.
    [[nodiscard]] constexpr bool looks_secret() const noexcept {
        return digit && (size > 32 || (size > 15 && turns > 4 && upper && lower));
    }
    /// The same behind a word that announces a secret.
    [[nodiscard]] constexpr bool looks_odd() const noexcept {
        return turns > 3 || (size > 7 && digit && (upper || lower));
    }

private:
    bool digit_before = false, upper_before = false;
};

/// Finds what must not be shown of a text, chunk by chunk: a chunk is what stands between blanks, controls and
/// characters beyond ASCII, so that one escape or another ends none. Secret is what looks so, what stands behind a word
/// that announces it, and what was sent.
template <class Text>
class secret_finder {
public:
    constexpr secret_finder(Text text, Text sent) noexcept : text_(text) {
        std::size_t i = 0;
        for (Text const name : {"AccessKeyId="sv, "SecurityToken="sv, "Signature="sv, "Credential="sv,
                                "security-token: "sv})
            known_[i++] = needle(sent, name);
    }

    /// How many bytes from `at` on may be shown; `after` is then where the next chunk or what stands between begins, and
    /// what lies in between may not. 0 and `at` where no chunk begins.
    [[nodiscard]] constexpr std::size_t shown_from(std::size_t at, std::size_t& after) noexcept {
        while (after != text_.size() && is_graphic(text_[after])) ++after;
        if (after == at) return 0;
        // Of a chunk without end no more is looked at than could be shown.
        constexpr std::size_t enough = 300;
        std::size_t const end = after - at < enough ? after : at + enough;
        Text const chunk = part(text_, at, end - at);
        if (holds_known(chunk)) return 0;
        bool const announced = announced_ != 0;
        if (announced) --announced_;
        solid_run run;
        for (std::size_t i = at; i != end; ++i) {
            if (run.goes_on(text_[i]) && (run.looks_secret() || (announced && run.looks_odd()))) return 0;
            bool repeats = false;
            std::size_t separator = i + announcement(part(text_, i), repeats);
            if (separator == i) continue;
            announced_ = 3;
            while (separator < end && solid_run().goes_on(text_[separator])) ++separator;
            if (repeats) {
                // The rest is a request, whatever is in it.
                std::size_t const sign = part(text_, separator, 24).find_first_of(":=[<>{\"\'"sv);
                if (sign == Text::npos) continue;
                after = text_.size();
                return separator + sign + 1 - at;
            }
            if (separator < end && Text("./-,;)!?"sv).find(text_[separator]) == Text::npos)
                for (std::size_t value = separator; value != end; ++value)
                    if (solid_run().goes_on(text_[value])) return separator - at;
        }
        if (Text(".,;!?"sv).find(text_[end - 1]) != Text::npos) announced_ = 0;
        return after - at;
    }

private:
    // The front of the longest solid run in the value of a parameter or header that was sent: however the value is
    // escaped elsewhere, this stands there as it is.
    [[nodiscard]] static constexpr Text needle(Text sent, Text name) noexcept {
        std::size_t at = sent.find(name);
        if (at == Text::npos) return {};
        Text longest;
        std::size_t size = 0;
        for (at += name.size();; ++at) {
            char const c = at == sent.size() ? '&' : sent[at];
            if (solid_run().goes_on(c)) {
                ++size;
                continue;
            }
            if (size > longest.size()) longest = part(sent, at - size, size);
            size = 0;
            if (c == '&' || c == ',' || c == '\r' || c == '\0') break;
            if (c == '%') at += 2;
        }
        return longest.size() < 6 ? Text() : part(longest, 0, 8);
    }

    [[nodiscard]] constexpr bool holds_known(Text chunk) const noexcept {
        for (Text const known : known_)
            if (!known.empty() && chunk.find(known) != Text::npos) return true;
        return chunk.find("%2F"sv) != Text::npos; // of the string to sign, or of a signature
    }

    // How long the word at the front of a text is that announces a secret, or a request that is repeated; 0: none.
    [[nodiscard]] static constexpr std::size_t announcement(Text text, bool& repeats) noexcept {
        // A blank stands for one of ' ', '-', '_', or for nothing.
        constexpr std::string_view words = "token\0signature\0secret\0credential\0authorization\0password\0"
                                           "access key\0auth key\0to sign\0canonical\0"sv;
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
    Text known_[5] = {};
    // How many more chunks may be the secret that was announced.
    unsigned announced_ = 0;
};

} // namespace detail

/// Appends text that somebody else wrote, fit to be shown to a person, logged, or put into JSON: at most 200 bytes, on
/// one line, UTF-8; "?" for every byte that is none and every character that is not seen (controls, directions, tags,
/// zero widths); "[...]" for secrets and for a request that is repeated. What the secrets of a call are, `sent` says:
/// the bytes of the request (request_bytes), empty when there is none.
/// Cost: one pass, no allocation.
template <byte_sink Sink>
RESTARTCASTER_ONCE constexpr void append_foreign(Sink& sink, std::string_view text, std::string_view sent = {}) noexcept {
    constexpr std::size_t most = 200;
    detail::secret_finder<std::string_view> secrets(text, sent);
    // Where what is shown of the present chunk ends, and where the chunk does.
    std::size_t shown_to = 0, chunk_end = 0;
    std::size_t used = 0;
    for (std::size_t at = 0; at != text.size();) {
        if (at >= shown_to) {
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
            static_cast<void>(sink.append("..."sv));
            return;
        }
        static_cast<void>(sink.append(piece));
    }
}

}} // namespace restartcaster

#endif
