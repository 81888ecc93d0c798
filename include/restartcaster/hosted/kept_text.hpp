// SPDX-License-Identifier: MIT
// A short text in an object of its own, for reports that live longer than what they tell about.
// Source: docs/design.md, "Keys".
// Data flow: a name, a path or a code in, a copy that needs no heap out.
#ifndef RESTARTCASTER_HOSTED_KEPT_TEXT_HPP
#define RESTARTCASTER_HOSTED_KEPT_TEXT_HPP
#pragma once

#include "../core/text.hpp"

#include <array>
#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A copy of a text of at most N bytes. Of a longer text the end is kept, after three dots: the end of a path names the file.
template <std::size_t N>
class kept_text {
    static_assert(N >= 8 && N <= 255);

public:
    constexpr kept_text() noexcept = default;
    /// Copies `text`.
    constexpr explicit kept_text(std::string_view text) noexcept {
        if (text.size() > N) {
            append("..."sv);
            text.remove_prefix(text.size() - (N - size_));
        }
        append(text);
    }
    /// Appends what fits; a sink for describe() and append_foreign().
    constexpr void append(std::string_view text) noexcept {
        for (char const c : text)
            if (size_ != N) bytes_[size_++] = c;
    }
    /// The text.
    [[nodiscard]] constexpr std::string_view text() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(bytes_.data(), size_);
    }

private:
    std::array<char, N> bytes_ = {};
    std::uint8_t size_ = 0;
};

}} // namespace restartcaster

#endif
