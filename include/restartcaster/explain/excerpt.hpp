// SPDX-License-Identifier: MIT
// Shows a value around a place, without secrets: in part, in printable characters.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: a part of a signed text and an offset in; at most 60 characters out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_EXCERPT_HPP
#define RESTARTCASTER_EXPLAIN_EXCERPT_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "explanation.hpp"
#include "signed_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Whether a parameter or header has a value that must not be shown.
template <class Text>
[[nodiscard]] constexpr bool is_secret_name(Text name) noexcept {
    constexpr std::string_view words[] = {"token"sv,      "secret"sv,     "password"sv,     "passwd"sv,
                                          "credential"sv, "privatekey"sv, "authorization"sv};
    if (name == "Signature"sv) return true;
    for (std::string_view const word : words)
        for (std::size_t at = 0; at + word.size() <= name.size(); ++at)
            if (equal_ignoring_case(part(name, at, word.size()), word)) return true;
    return false;
}

/// Copies a value around a place into a short text.
template <class Char>
class value_excerpt {
public:
    static constexpr std::size_t before = 16, most = explanation::shown - 6;

    RESTARTCASTER_ONCE constexpr value_excerpt(text_reader<Char> const& text, text_item const& item, std::size_t place,
                                               bool as_written) noexcept {
        std::size_t at = item.value_begin;
        while (at < item.value_end) {
            text_character byte = as_written ? text_character{text.raw(at), 1, false, false} : text.in_part(item, at);
            if (byte.byte < 0) break; // unreached: rewritten
            run_.take(static_cast<char>(byte.byte));
            secret_ = secret_ || run_.looks_secret();
            if (!reached_ && at + byte.size > place) reach(byte.byte);
            take(byte.byte);
            at += byte.size;
        }
        if (!reached_) reach(-1);
        if (more_) text_.append("..."sv);
    }
    [[nodiscard]] constexpr bool secret() const noexcept { return secret_; }
    RESTARTCASTER_ONCE constexpr void put(short_text<explanation::shown>& to, std::uint8_t& mark,
                                          std::int16_t& byte) const noexcept {
        if (dropped_) to.append("..."sv);
        to.append(text_.view());
        mark = static_cast<std::uint8_t>(mark_ + (dropped_ ? 3u : 0u));
        byte = byte_;
    }
    /// The first characters of a key id.
    constexpr void put_short(short_text<explanation::shown>& to) const noexcept {
        to.append(part(first_.view(), 0, length_ / 2));
        to.append("..."sv);
    }

private:
    constexpr void reach(int byte) noexcept {
        reached_ = true;
        mark_ = text_.view().size();
        byte_ = static_cast<std::int16_t>(byte);
    }
    constexpr void take(int byte) noexcept {
        ++length_;
        first_.push(is_graphic(static_cast<char>(byte)) ? static_cast<char>(byte) : '?');
        if (!reached_ && text_.view().size() == before) {
            text_.drop_front(1);
            dropped_ = true;
        }
        bool const room = text_.view().size() < most;
        more_ = more_ || !room;
        if (room) text_.push(is_graphic(static_cast<char>(byte)) ? static_cast<char>(byte) : '?');
    }

    short_text<explanation::shown> text_ = {};
    short_text<4> first_ = {};
    std::size_t length_ = 0;
    solid_run run_ = {};
    std::size_t mark_ = 0;
    std::int16_t byte_ = -1;
    bool secret_ = false, reached_ = false, dropped_ = false, more_ = false;
};

}}} // namespace restartcaster::detail

#endif
