// SPDX-License-Identifier: MIT
// Writes the canonical query byte by byte, in builds for size.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: one byte at a time to the wire and, encoded once more where the scheme asks for it, to the hash.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_SMALL_HPP
#pragma once

#include "../../encode/percent.hpp"
#include "sinks.hpp"
#include "write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

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
    template <value_rule Rule = value_rule::identifier>
    constexpr void checked(std::string_view once, std::string_view twice, std::string_view name,
                           std::string_view value) noexcept {
        field(once, twice, value);
        this->template look_at<Rule>(name, value);
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

}}} // namespace restartcaster::detail

#endif
