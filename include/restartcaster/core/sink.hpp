// SPDX-License-Identifier: MIT
// Sinks take text piece by piece: into the caller's bytes, or into two sinks at once.
// Source: docs/design.md, "Sinks".
// Data flow: encoders and the canonical query write into sinks; hash streams are sinks too.
#ifndef RESTARTCASTER_CORE_SINK_HPP
#define RESTARTCASTER_CORE_SINK_HPP
#pragma once

#include "text.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Anything with `append(std::string_view)`, called with runs of bytes: a call for each byte would cost more than hashing
/// the byte. The return value of append is ignored. append must not throw: std::string works, and the program ends when
/// the string gets no memory.
template <class Sink>
concept byte_sink = requires(Sink& sink, std::string_view text) { sink.append(text); };

namespace detail {

/// Appends to any sink and ignores what append returns.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_to(Sink& sink, std::string_view text) noexcept {
    static_cast<void>(sink.append(text));
}

/// Appends one byte; in small builds through put(), which is less code.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_byte(Sink& sink, char byte) noexcept {
    if constexpr (requires { sink.put(byte); })
        sink.put(byte);
    else
        append_to(sink, text_at(&byte, 1));
}

} // namespace detail

/// Writes into the caller's bytes. From the first text on that does not fit, bytes are counted and not written, so that
/// an incomplete text never looks complete.
/// Storage: points into the caller's bytes, and so does written().
class buffer_sink {
public:
    /// An empty sink over `bytes`, whose content is not read.
    constexpr explicit buffer_sink(std::span<char> bytes RESTARTCASTER_LIFETIMEBOUND) noexcept
        : data_(bytes.data()), capacity_(bytes.size()) {}

    /// Writes the text if it fits, and counts its bytes.
    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

#if RESTARTCASTER_SMALL
    /// Appends one byte; small builds only.
    RESTARTCASTER_ONCE constexpr void put(char byte) noexcept {
        if (needed_ < capacity_) data_[needed_] = byte;
        if (needed_ != count_limit) ++needed_;
    }
#endif

    /// Bytes that the whole text needs, written or not; the largest std::size_t if the sum exceeds it.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    /// Whether all text was written.
    [[nodiscard]] constexpr bool fits() const noexcept { return needed_ <= capacity_; }
    /// Bytes that are still free; 0 after a text that did not fit.
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return fits() ? capacity_ - needed_ : 0; }
    /// The text written so far.
    /// Requires: fits().
    [[nodiscard]] constexpr std::string_view written() const noexcept { return detail::text_at(data_, needed_); }

    /// The first free byte, for writers that fill the free bytes in place; advance() then counts `count` of them as written.
    [[nodiscard]] constexpr char* position() const noexcept { return data_ + needed_; }
    constexpr void advance(std::size_t count) noexcept {
        needed_ += count;
        if (needed_ < count) needed_ = count_limit;
    }

private:
    // Counting stops here instead of wrapping: many parameters may refer to one long text, and their sum can exceed 32 bits.
    static constexpr std::size_t count_limit = ~std::size_t{0};

    // Pointer and size, not a view: small builds pass a view through memory.
    RESTARTCASTER_HOT RESTARTCASTER_ONCE constexpr void append(char const* text, std::size_t size) noexcept {
#if RESTARTCASTER_SMALL
        for (; size != 0; --size) put(*text++);
#else
        std::size_t const at = needed_;
        advance(size);
        if (fits()) detail::copy_bytes(data_ + at, text, size);
#endif
    }

    char* data_;
    std::size_t capacity_;
    std::size_t needed_ = 0;
};

/// Writes to two sinks at once.
template <byte_sink First, byte_sink Second>
class tee_sink {
public:
    /// Storage: references to both sinks, which must outlive this one.
    constexpr tee_sink(First& first RESTARTCASTER_LIFETIMEBOUND, Second& second RESTARTCASTER_LIFETIMEBOUND) noexcept
        : first_(first), second_(second) {}
    /// Appends the text to the first sink, then to the second.
    constexpr void append(std::string_view text) noexcept {
        detail::append_to(first_, text);
        detail::append_to(second_, text);
    }

private:
    First& first_;
    Second& second_;
};

}} // namespace restartcaster

#endif
