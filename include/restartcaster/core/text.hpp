// SPDX-License-Identifier: MIT
// Looking at text without a locale, without allocation, and in constant expressions too.
// Source: RFC 3629 (UTF-8), RFC 5234 (CTL, SP).
// Path: used by every floor above.
#ifndef RESTARTCASTER_CORE_TEXT_HPP
#define RESTARTCASTER_CORE_TEXT_HPP
#pragma once

#include "result.hpp"

#include <bit>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

// A literal with its length: made from a bare one, a view costs small builds a call of strlen.
using std::string_view_literals::operator""sv;

namespace detail {

// std::memcpy is no constant expression, and its behaviour on a null pointer is undefined even for no bytes.
RESTARTCASTER_HOT constexpr void copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (RESTARTCASTER_SMALL || std::is_constant_evaluated()) {
        for (std::size_t i = 0; i != count; ++i) to[i] = from[i];
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
}

/// The text of `size` bytes. Given a char* or a number of another type, the constructor of std::string_view has the
/// compiler check whether the two are a range, which takes longer than to read all of this header.
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view text_at(char const* bytes, std::size_t size) noexcept {
    return {bytes, size};
}

[[nodiscard]] constexpr unsigned byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

/// Part of a text, cut at its end. Unlike std::string_view::substr it does not bring the formatting of an
/// exception's text into a firmware image. Requires: from <= text.size().
[[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view part(std::string_view text, std::size_t from,
                                                                std::size_t size = std::string_view::npos) noexcept {
    std::size_t const left = text.size() - from;
    return text_at(text.data() + from, size < left ? size : left);
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Whether two texts are equal but for the case of ASCII letters.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

/// How many bytes at the front of at least one form one UTF-8 character, or 0 when they form none: no overlong form,
/// no surrogate, nothing above U+10FFFF.
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t utf8_size(char const* bytes, std::size_t size) noexcept {
    std::uint32_t code = static_cast<unsigned char>(*bytes);
    if (code < 0x80) return 1;
    if (code < 0xC2) return 0;
    // A lead byte begins with as many ones as the character has bytes: each but the first asks for one more.
    std::uint32_t more = 0x40, least = 0;
    std::size_t length = 1;
    do {
        if (length == size) return 0;
        unsigned const bits = static_cast<unsigned char>(bytes[length++]) ^ 0x80u;
        if (bits > 0x3F) return 0;
        code = code << 6 | bits;
        least = more;
        more <<= 5;
    } while ((code & more) != 0);
    code &= more - 1;
    return code < least || code > 0x10FFFF || code >> 11 == 0x1B ? 0 : length;
}
[[nodiscard]] RESTARTCASTER_THIN constexpr std::size_t utf8_size(std::string_view text, std::size_t at) noexcept {
    return utf8_size(text.data() + at, text.size() - at);
}

} // namespace detail

/// Whether the text is UTF-8 throughout.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at != text.size();) {
        std::size_t const length = detail::utf8_size(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

namespace detail {

[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// None of the reasons.
inline constexpr errc no_fault{0xFF};

template <class Fault = errc>
[[nodiscard]] RESTARTCASTER_APART constexpr Fault identifier_fault(char const* value, std::size_t size) noexcept {
    if (size == 0) return Fault::parameter_missing;
    Fault fault = no_fault;
    for (char const* at = value; size != 0;) {
        std::size_t const length = utf8_size(at, size);
        if (length == 0) return Fault::parameter_not_utf8;
        if ((at == value || size == 1) && is_blank(*at))
            fault = Fault::parameter_blank_end;
        else if (fault == no_fault && (static_cast<unsigned char>(*at) < 0x20 || *at == 0x7F))
            fault = Fault::parameter_control_character;
        at += length;
        size -= length;
    }
    return fault;
}
/// What check_identifier finds wrong with a value, or no_fault.
template <class Fault = errc>
[[nodiscard]] RESTARTCASTER_THIN constexpr Fault identifier_fault(std::string_view value) noexcept {
    return identifier_fault<Fault>(value.data(), value.size());
}

} // namespace detail

/// Holds an identifier (a key id, a CasterId, a region) against the rules that every one of them keeps:
/// not empty, UTF-8, no control character, no blank at its ends.
/// Errors: parameter_missing, parameter_not_utf8, parameter_control_character, parameter_blank_end, each with
/// `name` as its subject.
template <class Fault = errc>
[[nodiscard]] constexpr result<void> check_identifier(std::string_view name RESTARTCASTER_LIFETIMEBOUND,
                                                      std::string_view value) noexcept {
    Fault const fault = detail::identifier_fault<Fault>(value);
    if (fault == detail::no_fault) return {};
    return unexpected(failure{.code = fault, .subject = name});
}

}} // namespace restartcaster

#endif
