// SPDX-License-Identifier: MIT
// The stamp of the last attempt of a call, kept to rebuild its string to sign.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: the call machine and the client keep it; why_not_matched() reads it.
#ifndef RESTARTCASTER_CLIENT_LAST_STAMP_HPP
#define RESTARTCASTER_CLIENT_LAST_STAMP_HPP
#pragma once

#include "../sign/credentials.hpp"
#include "../sign/nonce.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct explanation; // defined in explain/explanation.hpp

namespace detail {

/// A time and a nonce of 36 bytes.
class kept_stamp {
public:
    constexpr kept_stamp() noexcept = default;
    constexpr explicit kept_stamp(stamp const& when) noexcept : utc_seconds_(when.utc_seconds) {
        size_ = static_cast<std::uint8_t>(when.nonce.size() < sizeof nonce_ ? when.nonce.size() : sizeof nonce_);
        copy_bytes(nonce_, when.nonce.data(), size_);
    }
    [[nodiscard]] constexpr std::int64_t utc_seconds() const noexcept { return utc_seconds_; }
    /// Storage: the nonce points into this object.
    [[nodiscard]] constexpr stamp view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return {.utc_seconds = utc_seconds_, .nonce = text_at(nonce_, size_)};
    }

private:
    std::int64_t utc_seconds_ = 0;
    char nonce_[36]{};
    std::uint8_t size_ = 0;
};

} // namespace detail

}} // namespace restartcaster

#endif
