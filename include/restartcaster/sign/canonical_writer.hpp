// SPDX-License-Identifier: MIT
// Two encodings in one pass: the canonical query for the wire, and the same encoded again for the hash.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text and values in; the wire and the hash are fed from one place, so they cannot differ.
//
// How it works. The request holds the canonical query, and the signature covers it. Version 1.0 signs the query encoded a
// second time ("CasterId%3D1"), ACS3 signs it as it is. The writer therefore has two sinks, `wire` and `sign`, and gives
// each piece of text to both in one step. There are three kinds of pieces: constant text, whose two encodings were made at
// compile time; unreserved text, which every encoding leaves as it is; and values, which are looked through for bytes to
// escape. Most values hold none and are copied to both sinks in one go (field()); any other goes run by run.
// write_fault, its base, remembers the first value that breaks a rule. Writing goes on after a fault: the sizes stay
// right, and the request is refused at the end. Small builds have a writer of the same interface that handles every byte
// by itself.
#ifndef RESTARTCASTER_SIGN_CANONICAL_WRITER_HPP
#define RESTARTCASTER_SIGN_CANONICAL_WRITER_HPP
#pragma once

#include "../core/storage.hpp"
#include "../core/utc_time.hpp"
#include "../encode/percent.hpp"
#include "write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// A sink that discards its text.
struct no_sink {
    constexpr void append(std::string_view) noexcept {}
};

/// How often the signed text is encoded: once, or twice where the string to sign encodes the whole query again.
enum class sign_depth : std::uint8_t { once = 0, twice = 1 };

/// A sink that lets text be written in place.
template <class Sink>
concept in_place_sink = requires(Sink& sink, std::size_t count) {
    sink.free_bytes();
    sink.position();
    sink.advance(count);
};

/// Where a sink is going to write, as far as it says so.
template <byte_sink Sink, class Room = room> // the last a parameter only to cost nothing where it is not called
[[nodiscard]] constexpr Room room_of(Sink& sink) noexcept {
    if constexpr (in_place_sink<Sink>)
        return std::span<char>(sink.position(), sink.free_bytes());
    else
        return Room(nullptr, 0);
}

#if RESTARTCASTER_SMALL

/// Writes the canonical query to the wire and to the hash in one pass, byte by byte. Constant text is encoded at run time
/// as well; the second, prepared encoding is for the other writer and is ignored here.
template <byte_sink Wire, byte_sink Sign, sign_depth Depth>
class canonical_writer : public write_fault {
public:
    /// `known` is what is wrong already, such as the credentials.
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
    // `level` is how often the byte is still to be percent-encoded: 2 for a raw value, 1 for the canonical query, which goes
    // to the wire, 0 for the string to sign, which goes to the hash.
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
    /// `known` is what is wrong already, such as the credentials.
    constexpr canonical_writer(Wire& wire, Sign& sign, write_fault const& known = {}) noexcept
        : write_fault(known), wire_(wire), sign_(sign) {}

    /// Text of the string to sign that is no part of the query.
    RESTARTCASTER_HOT constexpr void only_signed(std::string_view text) noexcept { append_to(sign_, text); }
    /// Text whose encodings were made at compile time.
    RESTARTCASTER_HOT constexpr void constant(std::string_view once, std::string_view twice) noexcept {
        append_to(wire_, once);
        append_to(sign_, encoded_twice ? twice : once);
    }
    /// Text that stands as it is, however often it is encoded.
    RESTARTCASTER_HOT constexpr void unreserved(std::string_view text) noexcept { constant(text, text); }

    /// A name or a value. Says whether every byte of it stood as it is.
    constexpr bool encoded(std::string_view text) noexcept {
        std::size_t const run = unreserved_prefix(text);
        unreserved(part(text, 0, run));
        if (run == text.size()) return true;
        encoded_from(part(text, run));
        return false;
    }

    /// Constant text and the value behind it. Says whether every byte of the value stood as it is.
    RESTARTCASTER_HOT constexpr bool field(std::string_view once, std::string_view twice,
                                           std::string_view value) noexcept {
#if RESTARTCASTER_VECTORS
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            if (!std::is_constant_evaluated()) {
                std::string_view const signed_text = encoded_twice ? twice : once;
                // Less, not at most: a sink without room has no place that could be pointed at.
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

    /// Constant text and a time behind it. Its two colons are at known places; looking for them would cost more.
    template <class Time>
    RESTARTCASTER_HOT constexpr void time(std::string_view once, std::string_view twice, Time const& value) noexcept {
        constexpr std::string_view once_colon = "%3A"sv, twice_colon = encoded_twice ? "%253A"sv : "%3A"sv;
        constexpr std::size_t once_size = Time::text_size - 2 + 2 * once_colon.size();
        constexpr std::size_t sign_size = Time::text_size - 2 + 2 * twice_colon.size();
        constant(once, twice);
        if constexpr (in_place_sink<Wire> && in_place_sink<Sign>) {
            // In place: bytes written one by one and then copied as a whole would stall the processor.
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

    /// A value that is an identifier. Only one that is empty or holds a reserved byte is worth a closer look.
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

    // `text` begins with a reserved byte.
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
