// SPDX-License-Identifier: MIT
// Percent-decoding, for programs that receive requests: servers, tests, log readers.
// Source: RFC 3986 section 2.1; the HTML standard, "application/x-www-form-urlencoded", for the plus sign.
// Data flow: a name or a value from a query or a form in, its bytes out.
#ifndef RESTARTCASTER_ENCODE_PERCENT_DECODE_HPP
#define RESTARTCASTER_ENCODE_PERCENT_DECODE_HPP
#pragma once

#include "../core/text.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a '+' means: itself, as in RFC 3986, or a space, as in a form and in a query that a form made.
enum class plus_sign : std::uint8_t { itself, space };

/// Decodes a text into `to`: "%XX" becomes the byte with that hexadecimal number, every other byte stays as it is. The result
/// may be any bytes, also NUL and bytes that are not UTF-8.
/// Storage: the result is at the start of `to`, which may be the bytes of `text` itself: decoding never makes text longer.
/// Errors: unexpected_byte if a '%' has no two hexadecimal digits after it (detail: the byte offset of the '%');
///   storage_too_small (detail: bytes needed).
[[nodiscard]] constexpr result<std::string_view> percent_decode(std::string_view text, std::span<char> to,
                                                                plus_sign plus = plus_sign::itself) noexcept {
    std::size_t size = 0;
    for (std::size_t at = 0; at != text.size(); ++at, ++size) {
        char byte = text[at];
        if (byte == '+' && plus == plus_sign::space) byte = ' ';
        if (byte == '%') {
            unsigned const high = text.size() - at > 2 ? detail::hex_value(text[at + 1]) : 16;
            unsigned const low = high != 16 ? detail::hex_value(text[at + 2]) : 16;
            if (low == 16)
                return unexpected(failure{.code = errc::unexpected_byte, .subject = "percent-encoding"sv, .detail = at});
            byte = static_cast<char>(static_cast<unsigned char>(high << 4 | low));
            at += 2;
        }
        if (size < to.size()) to[size] = byte;
    }
    if (size > to.size())
        return unexpected(failure{.code = errc::storage_too_small, .subject = "percent-encoding"sv, .detail = size});
    return detail::text_at(to.data(), size);
}

}} // namespace restartcaster

#endif
