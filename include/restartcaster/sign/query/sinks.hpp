// SPDX-License-Identifier: MIT
// What the two sinks of the canonical writer have in common.
// Source: protocol "Canonicalization" rules 3 to 5.
// Data flow: used by both shapes of canonical_writer and by the signature schemes.
#ifndef RESTARTCASTER_SIGN_QUERY_SINKS_HPP
#define RESTARTCASTER_SIGN_QUERY_SINKS_HPP
#pragma once

#include "../../core/sink.hpp"
#include "../../core/storage.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// A sink that ignores its text, for a writer that needs only one of its two sinks.
struct no_sink {
    constexpr void append(std::string_view) noexcept {}
};

/// How often a value is percent-encoded in the string to sign: once (acs3), or twice, because rpc_v1 encodes the whole
/// canonical query again.
enum class sign_depth : std::uint8_t { once = 0, twice = 1 };

/// A sink whose next bytes can be written directly: position() points to free_bytes() bytes, advance() takes them.
template <class Sink>
concept in_place_sink = requires(Sink& sink, std::size_t count) {
    sink.free_bytes();
    sink.position();
    sink.advance(count);
};

/// The free bytes of a sink; an empty room if the sink does not show its bytes.
template <byte_sink Sink, class Room = room> // `Room` is a parameter, so that an unused room_of costs no compile time
[[nodiscard]] constexpr Room room_of(Sink& sink) noexcept {
    if constexpr (in_place_sink<Sink>)
        return std::span<char>(sink.position(), sink.free_bytes());
    else
        return Room(nullptr, 0);
}

}}} // namespace restartcaster::detail

#endif
