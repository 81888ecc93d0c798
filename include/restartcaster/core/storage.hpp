// SPDX-License-Identifier: MIT
// Room for one request or one call, owned by the caller and given as a span.
// Source: docs/design.md, "Storage".
// Data flow: the caller's stack or arena in, views into it out.
#ifndef RESTARTCASTER_CORE_STORAGE_HPP
#define RESTARTCASTER_CORE_STORAGE_HPP
#pragma once

#include "../config.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// N bytes to build a request in and to receive an answer in; left uninitialised on purpose.
/// Storage: everything that was made from it points into it and is valid until it is next written to.
template <std::size_t N>
struct storage {
    char bytes[N];

    [[nodiscard]] constexpr std::size_t size() const noexcept { return N; }
    [[nodiscard]] constexpr std::span<char> span() noexcept RESTARTCASTER_LIFETIMEBOUND { return {bytes, N}; }
};

/// Where a function may write. Made from a named storage<N>, an array or a std::span<char>; not from a
/// temporary storage, whose bytes would be gone before they are read.
class room {
public:
    constexpr room(std::span<char> const& bytes) noexcept : bytes_(bytes) {}
    // A template, so that the constructor of std::span is compiled only where this one is called: it takes g++ a tenth of
    // the time that the whole library takes.
    template <class Size = std::size_t>
    constexpr room(char* bytes, std::type_identity_t<Size> size) noexcept : bytes_(bytes, size) {}
    template <std::size_t N>
    constexpr room(storage<N>& storage RESTARTCASTER_LIFETIMEBOUND) noexcept : bytes_(storage.bytes, N) {}
    template <std::size_t N>
    constexpr room(char (&bytes RESTARTCASTER_LIFETIMEBOUND)[N]) noexcept : bytes_(bytes, N) {}
    /// A temporary storage would leave every view dangling: name it first.
    template <std::size_t N>
    room(storage<N>&&) = delete;
    template <std::size_t N>
    room(storage<N> const&&) = delete;

    [[nodiscard]] constexpr std::span<char> span() const noexcept { return bytes_; }

private:
    std::span<char> bytes_;
};

namespace detail {

// Pointers into different objects have no order, and so their numbers are compared; a constant expression has none
// of those, and finds overlaps as reads of what was not written yet.
template <class Size>
[[nodiscard]] constexpr bool overlap(char const* text, Size size, char const* bytes, Size count) noexcept {
    if (std::is_constant_evaluated()) return false;
    auto const ahead = reinterpret_cast<std::uintptr_t>(text) - reinterpret_cast<std::uintptr_t>(bytes);
    return size != 0 && (ahead < count || 0 - ahead < size);
}
/// Whether a text shares a byte with a room that is to be written to.
template <class Room>
[[nodiscard]] constexpr bool overlap(std::string_view text, Room const& to) noexcept {
    return overlap(text.data(), text.size(), to.span().data(), to.span().size());
}

} // namespace detail

}} // namespace restartcaster

#endif
