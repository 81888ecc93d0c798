// SPDX-License-Identifier: MIT
// 128 random bits as the text of a version 4 UUID.
// Source: RFC 9562 section 5.4; protocol "SignatureNonce".
// Path: the caller's random bytes in, a nonce for one stamp out.
#ifndef RESTARTCASTER_SIGN_NONCE_HPP
#define RESTARTCASTER_SIGN_NONCE_HPP

#include "../encode/hex.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace restartcaster::inline RESTARTCASTER_ABI {

/// A signature nonce.
/// Storage: holds its text itself; a stamp made of text() is valid as long as the nonce.
class nonce {
public:
    static constexpr std::size_t random_size = 16;

    /// Six of the 128 bits are the version's and the variant's.
    constexpr explicit nonce(std::array<unsigned char, random_size> const& random) noexcept {
        std::size_t to = 0;
        for (std::size_t i = 0; i != random_size; ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10) text_[to++] = '-';
            unsigned byte = random[i];
            if (i == 6) byte = (byte & 0x0F) | 0x40;
            if (i == 8) byte = (byte & 0x3F) | 0x80;
            text_[to++] = detail::hex_lower(byte >> 4);
            text_[to++] = detail::hex_lower(byte & 15);
        }
    }

    [[nodiscard]] constexpr std::string_view text() const& noexcept { return {text_.data(), text_.size()}; }
    /// A temporary nonce would be gone before it is signed: name it first.
    std::string_view text() && = delete;

private:
    std::array<char, 36> text_{};
};

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
