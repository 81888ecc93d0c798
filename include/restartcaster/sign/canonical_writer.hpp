// SPDX-License-Identifier: MIT
// Writes the canonical query in one pass to two sinks: once encoded for the wire, once or twice encoded for the hash.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text and values in; one writer feeds the wire and the hash, so the two cannot differ.
//
// How the writer works. The writer has two sinks: `wire` is the request, `sign` is the hash. Each function except
// only_signed() writes its text to both sinks.
//
//   scheme                       wire          sign
//   rpc_v1, sign_depth::twice    CasterId=1    CasterId%3D1    the canonical query, percent-encoded once more
//   acs3,   sign_depth::once     CasterId=1    CasterId=1      the canonical query
//
// There are three kinds of text:
//
//   constant     names, '=' and '&'; both encodings were made at compile time
//   unreserved   letters, digits, '-', '.', '_' and '~', which percent-encoding does not change
//   encoded      values: any other byte becomes "%XX" on the wire, and "%25XX" where the query is encoded twice
//
// Most values contain unreserved bytes only. field() copies a value to both sinks and tests its bytes in one pass; if the
// test fails, field_in_runs() writes the value again, with escapes. Small builds write byte by byte (put()).
//
// The base class write_fault keeps the first fault. The writer continues after a fault, so that the sinks count all bytes
// that are needed; the caller tests good() at the end.
#ifndef RESTARTCASTER_SIGN_CANONICAL_WRITER_HPP
#define RESTARTCASTER_SIGN_CANONICAL_WRITER_HPP
#pragma once

#include "../core/storage.hpp"
#include "../core/utc_time.hpp"
#include "../encode/percent.hpp"
#include "write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

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

#if RESTARTCASTER_SMALL

/// Writes the canonical query to the wire and to the hash in one pass, byte by byte. Encodes constant text at run time, and
/// ignores the arguments `twice`, which serve the writer of the other builds.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer : public write_fault {
public:
    /// `known` is a fault from before, such as a malformed key id.
    constexpr canonical_writer(Wire& wire, Sign& sign, write_fault const& known = {}) noexcept
        : write_fault(known), wire_(wire), sign_(sign) {}

    RESTARTCASTER_THIN constexpr void only_signed(std::string_view text) noexcept { put(text.data(), text.size(), 0); }
    RESTARTCASTER_THIN constexpr void unreserved(std::string_view text) noexcept { put(text.data(), text.size(), 1); }
    RESTARTCASTER_THIN constexpr void encoded(std::string_view text) noexcept { put(text.data(), text.size(), 2); }
    RESTARTCASTER_THIN constexpr void encoded(char byte) noexcept { put(byte, 2); }
    RESTARTCASTER_THIN constexpr void field(std::string_view once, std::string_view, std::string_view value) noexcept {
        unreserved(once);
        encoded(value);
    }
    constexpr void identifier(std::string_view once, std::string_view twice, std::string_view name,
                              std::string_view value) noexcept {
        field(once, twice, value);
        look_at(name, value);
    }

private:
    static constexpr bool encoded_twice = static_cast<bool>(Depth);

    RESTARTCASTER_ONCE constexpr void put(char const* text, std::size_t size, unsigned level) noexcept {
        for (; size != 0; --size) put(*text++, level);
    }
    // `level` is how often the byte is still to be percent-encoded: 2 raw value, 1 canonical query (goes to the wire), 0
    // string to sign (goes to the hash).
    RESTARTCASTER_ONCE constexpr void put(char byte, unsigned level) noexcept {
        if (level == 1) append_byte(wire_, byte);
        if (level == (encoded_twice ? 0 : 1)) return append_byte(sign_, byte);
        --level;
        if (!is_unreserved(byte)) {
            put('%', level);
            put(hex_upper(static_cast<unsigned char>(byte) >> 4), level);
            byte = hex_upper(static_cast<unsigned char>(byte) & 15u);
        }
        put(byte, level);
    }

    Wire& wire_;
    Sign& sign_;
};

#else

/// Writes the canonical query to the wire and to the hash in one pass.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer : public write_fault {
public:
    /// `known` is a fault from before, such as a malformed key id.
    constexpr canonical_writer(Wire& wire, Sign& sign, write_fault const& known = {}) noexcept
        : write_fault(known), wire_(wire), sign_(sign) {}

    /// Writes text to the hash only: the start of the string to sign, before the query.
    RESTARTCASTER_HOT constexpr void only_signed(std::string_view text) noexcept { append_to(sign_, text); }
    /// Writes constant text: `once` is the text in the canonical query, `twice` is `once` percent-encoded again.
    RESTARTCASTER_HOT constexpr void constant(std::string_view once, std::string_view twice) noexcept {
        append_to(wire_, once);
        append_to(sign_, encoded_twice ? twice : once);
    }
    /// Writes text of unreserved bytes, which percent-encoding does not change.
    RESTARTCASTER_HOT constexpr void unreserved(std::string_view text) noexcept { constant(text, text); }

    /// Writes a raw name or value, percent-encoded. Returns whether all its bytes are unreserved.
    constexpr bool encoded(std::string_view text) noexcept {
        std::size_t const run = unreserved_prefix(text);
        unreserved(part(text, 0, run));
        if (run == text.size()) return true;
        encoded_from(part(text, run));
        return false;
    }

    /// Writes constant text, then a raw value. Returns whether all bytes of the value are unreserved.
    RESTARTCASTER_HOT constexpr bool field(std::string_view once, std::string_view twice,
                                           std::string_view value) noexcept {
#if RESTARTCASTER_VECTORS
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            if (!std::is_constant_evaluated()) {
                std::string_view const signed_text = encoded_twice ? twice : once;
                // '<', so that a wire without free bytes, whose position may be null, is never written to.
                if (value.size() + once.size() < wire_.free_bytes() &&
                    value.size() + signed_text.size() <= sign_.free_bytes()) {
                    char* const wire = wire_.position();
                    char* const sign = sign_.position();
                    __builtin_memcpy(wire, once.data(), once.size());
                    __builtin_memcpy(sign, signed_text.data(), signed_text.size());
                    if (copy_unreserved(wire + once.size(), sign + signed_text.size(), value)) [[likely]] {
                        wire_.advance(once.size() + value.size());
                        sign_.advance(signed_text.size() + value.size());
                        return true;
                    }
                }
            }
        }
#endif
        return field_in_runs(once, twice, value);
    }

    /// Writes constant text, then a time. The offsets of its two colons are known, so no byte needs a test.
    template <class Time>
    RESTARTCASTER_HOT constexpr void time(std::string_view once, std::string_view twice, Time const& value) noexcept {
        constexpr std::string_view once_colon = "%3A"sv, twice_colon = encoded_twice ? "%253A"sv : "%3A"sv;
        constexpr std::size_t once_size = Time::text_size - 2 + 2 * once_colon.size();
        constexpr std::size_t sign_size = Time::text_size - 2 + 2 * twice_colon.size();
        constant(once, twice);
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            // Directly into the sinks: a wide load of a text that was just stored byte by byte would stall the processor,
            // because store forwarding fails.
            if (wire_.free_bytes() >= once_size && sign_.free_bytes() >= sign_size) {
                value.write_text(wire_.position(), once_colon);
                value.write_text(sign_.position(), twice_colon);
                wire_.advance(once_size);
                sign_.advance(sign_size);
                return;
            }
        }
        auto const text = value.text();
        field_in_runs({}, {}, {text.data(), text.size()});
    }

    /// Writes constant text, then a value, and refuses the value unless it is an identifier. Only an empty value, or a value
    /// with a byte that is not unreserved, needs the slow test.
    template <class Text>
    RESTARTCASTER_HOT constexpr void identifier(std::string_view once, std::string_view twice, std::string_view name,
                                                Text value) noexcept {
        if (!field(once, twice, value) || value.empty()) [[unlikely]]
            look_at(name, value);
    }

private:
    static constexpr bool encoded_twice = static_cast<bool>(Depth);

    RESTARTCASTER_COLD constexpr bool field_in_runs(std::string_view once, std::string_view twice,
                                                    std::string_view value) noexcept {
        constant(once, twice);
        return encoded(value);
    }

    // Requires: the first byte of `text` is not unreserved.
    constexpr void encoded_from(std::string_view text) noexcept {
        while (!text.empty()) {
            char const high = hex_upper(byte_at(text, 0) >> 4), low = hex_upper(byte_at(text, 0) & 15);
            char const once[3]{'%', high, low};
            char const twice[5]{'%', '2', '5', high, low};
            constant({once, sizeof once}, {twice, sizeof twice});
            text.remove_prefix(1);
            std::size_t const run = unreserved_prefix(text);
            unreserved(part(text, 0, run));
            text.remove_prefix(run);
        }
    }

    Wire& wire_;
    Sign& sign_;
};

#endif

} // namespace detail

}} // namespace restartcaster

#endif
