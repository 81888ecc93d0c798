// SPDX-License-Identifier: MIT
// Where text goes, piece by piece: into the caller's bytes, or nowhere but a count.
// Source: docs/design.md, "Sinks".
// Data flow: the encoders and the canonical query write into sinks; hashes are sinks as well.
#ifndef RESTARTCASTER_CORE_SINK_HPP
#define RESTARTCASTER_CORE_SINK_HPP
#pragma once

#include "text.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Takes text in runs; a byte at a time would cost more than the hash it feeds. What append returns is not looked at; it
/// must not throw: a std::string that finds no memory ends the program.
template <class Sink>
concept byte_sink = requires(Sink& sink, std::string_view text) { sink.append(text); };

namespace detail {

/// Appends to any sink; what its append returns is its own affair.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_to(Sink& sink, std::string_view text) noexcept {
    static_cast<void>(sink.append(text));
}

/// Appends one byte; sinks of small builds have a shorter way for it.
template <byte_sink Sink>
RESTARTCASTER_THIN constexpr void append_byte(Sink& sink, char byte) noexcept {
    if constexpr (requires { sink.put(byte); })
        sink.put(byte);
    else
        append_to(sink, text_at(&byte, 1));
}

} // namespace detail

/// Writes into the caller's bytes. What does not fit is counted, and nothing after it is written: a cut text is
/// never mistaken for a whole one.
/// Storage: the bytes stay the caller's; written() points into them.
class buffer_sink {
public:
    constexpr explicit buffer_sink(std::span<char> bytes RESTARTCASTER_LIFETIMEBOUND) noexcept
        : data_(bytes.data()), capacity_(bytes.size()) {}

    RESTARTCASTER_THIN constexpr void append(std::string_view text) noexcept { append(text.data(), text.size()); }

#if RESTARTCASTER_SMALL
    RESTARTCASTER_ONCE constexpr void put(char byte) noexcept {
        if (needed_ < capacity_) data_[needed_] = byte;
        if (needed_ != count_limit) ++needed_;
    }
#endif

    /// Bytes that all the text needs, whether they were there or not; the largest number of all where they are more than
    /// that, which no memory holds.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return needed_; }
    [[nodiscard]] constexpr bool fits() const noexcept { return needed_ <= capacity_; }
    /// Bytes that are still free; 0 once something did not fit.
    [[nodiscard]] constexpr std::size_t free_bytes() const noexcept { return fits() ? capacity_ - needed_ : 0; }
    /// Requires: fits().
    [[nodiscard]] constexpr std::string_view written() const noexcept { return detail::text_at(data_, needed_); }

    /// The free bytes themselves, for writers that fill them in place and then say how many with advance().
    [[nodiscard]] constexpr char* position() const noexcept { return data_ + needed_; }
    constexpr void advance(std::size_t count) noexcept {
        needed_ += count;
        if (needed_ < count) needed_ = count_limit;
    }

private:
    // Where counting ends. Parameters may all look at one text, so that 32 bits are soon too few for what they need.
    static constexpr std::size_t count_limit = ~std::size_t{0};

    // Two arguments: small builds would put a view into memory first.
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
    constexpr tee_sink(First& first RESTARTCASTER_LIFETIMEBOUND, Second& second RESTARTCASTER_LIFETIMEBOUND) noexcept
        : first_(first), second_(second) {}
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
