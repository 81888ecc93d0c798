// SPDX-License-Identifier: MIT
// 128 random bits as the text of a version 4 UUID.
// Source: RFC 9562 section 5.4; protocol "SignatureNonce".
// Data flow: the caller's random bytes in, a nonce for one stamp out.
#ifndef RESTARTCASTER_SIGN_NONCE_HPP
#define RESTARTCASTER_SIGN_NONCE_HPP
#pragma once

#include "../core/big_endian.hpp"
#include "../encode/hex.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A signature nonce: a random UUID as text of 36 bytes.
/// Storage: the text is inside the nonce, so a stamp with text() is valid as long as the nonce.
class nonce {
public:
    /// Random bytes for one nonce.
    static constexpr std::size_t random_size = 16;

    /// Makes a nonce of 16 random bytes. The version and the variant replace 6 of the 128 bits.
    constexpr explicit nonce(std::array<unsigned char, random_size> const& random) noexcept {
        detail::store_eight(text_ + 28, detail::hex_lower_eight(word_at(random, 12)));
        std::uint64_t const variant = detail::hex_lower_eight((word_at(random, 8) & 0x3FFFFFFF) | 0x80000000);
        std::uint64_t const version = detail::hex_lower_eight((word_at(random, 4) & 0xFFFF0FFF) | 0x4000);
        detail::store_four(text_ + 24, variant);
        detail::store_four(text_ + 19, variant >> 32);
        detail::store_four(text_ + 14, version);
        detail::store_four(text_ + 9, version >> 32);
        detail::store_eight(text_, detail::hex_lower_eight(word_at(random, 0)));
        text_[8] = text_[13] = text_[18] = text_[23] = '-';
    }

    /// The nonce as UUID text, 36 bytes, valid as long as the nonce.
    [[nodiscard]] constexpr std::string_view text() const& noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {text_, sizeof text_};
    }
    /// Deleted: the text of a temporary nonce would end before the request is signed. Give the nonce a name.
    std::string_view text() && = delete;

private:
    [[nodiscard]] RESTARTCASTER_HOT static constexpr std::uint32_t
    word_at(std::array<unsigned char, random_size> const& random, std::size_t i) noexcept {
        return std::uint32_t{random[i]} << 24 | std::uint32_t{random[i + 1]} << 16 |
               std::uint32_t{random[i + 2]} << 8 | random[i + 3];
    }

    char text_[36] = {};
};

}} // namespace restartcaster

#endif
