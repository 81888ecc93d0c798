// SPDX-License-Identifier: MIT
// The caller's bytes for one request or one call, passed as a span.
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

/// N bytes in which a request is built and an answer received; not initialised, which saves time.
/// Storage: requests and replies built in these bytes are valid until the bytes are written to again.
template <std::size_t N>
struct storage {
    /// The bytes, uninitialised at first.
    char bytes[N];

    /// The number of bytes, and a span of all of them.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return N; }
    [[nodiscard]] constexpr std::span<char> span() noexcept RESTARTCASTER_LIFETIMEBOUND { return {bytes, N}; }
};

/// The bytes that a function may write to. Converts from a named storage<N>, an array or a std::span<char>, and not from
/// a temporary storage, whose bytes would end before they are read.
class room {
public:
    /// Storage: refers to the caller's bytes, which must outlive the room and every text built in it.
    constexpr room(std::span<char> const& bytes) noexcept : bytes_(bytes) {}
    // A template, so that the constructor of std::span is compiled only where this one is called: it takes g++ a tenth of
    // the time that the whole library takes.
    template <class Size = std::size_t>
    constexpr room(char* bytes, std::type_identity_t<Size> size) noexcept : bytes_(bytes, size) {}
    template <std::size_t N>
    constexpr room(storage<N>& storage RESTARTCASTER_LIFETIMEBOUND) noexcept : bytes_(storage.bytes, N) {}
    template <std::size_t N>
    constexpr room(char (&bytes RESTARTCASTER_LIFETIMEBOUND)[N]) noexcept : bytes_(bytes, N) {}
    /// Deleted: every view into a temporary storage would dangle.
    template <std::size_t N>
    room(storage<N>&&) = delete;
    template <std::size_t N>
    room(storage<N> const&&) = delete;

    /// The bytes.
    [[nodiscard]] constexpr std::span<char> span() const noexcept { return bytes_; }

private:
    std::span<char> bytes_;
};

namespace detail {

// Pointers into different objects have no order, so their addresses are compared as numbers. A constant expression has
// no addresses; there the compiler itself rejects the read of a byte that is not initialised.
template <class Size>
[[nodiscard]] constexpr bool overlap(char const* text, Size size, char const* bytes, Size count) noexcept {
    if (std::is_constant_evaluated()) return false;
    auto const ahead = reinterpret_cast<std::uintptr_t>(text) - reinterpret_cast<std::uintptr_t>(bytes);
    return size != 0 && (ahead < count || 0 - ahead < size);
}
/// Whether a text shares a byte with the room that will be written to.
template <class Room>
[[nodiscard]] constexpr bool overlap(std::string_view text, Room const& to) noexcept {
    return overlap(text.data(), text.size(), to.span().data(), to.span().size());
}

} // namespace detail

}} // namespace restartcaster

#endif
