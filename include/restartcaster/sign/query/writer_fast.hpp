// SPDX-License-Identifier: MIT
// Writes the canonical query in runs of unreserved bytes, in builds for speed.
// Source: protocol "Canonicalization" rules 3 to 5; RFC 3986.
// Data flow: constant text in both encodings and runs of a value, copied to the wire and to the hash.
#ifndef RESTARTCASTER_SIGN_QUERY_WRITER_FAST_HPP
#define RESTARTCASTER_SIGN_QUERY_WRITER_FAST_HPP
#pragma once

#include "../../core/utc_time.hpp"
#include "../../encode/percent.hpp"
#include "sinks.hpp"
#include "write_fault.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

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

    /// Writes constant text, then a value, and refuses the value if it breaks the rule. Only an empty value, or a value with
    /// a byte that is not unreserved, needs the slow test.
    template <value_rule Rule = value_rule::identifier>
    RESTARTCASTER_HOT constexpr void checked(std::string_view once, std::string_view twice, std::string_view name,
                                             std::string_view value) noexcept {
        if (!field(once, twice, value) || value.empty()) [[unlikely]]
            this->template look_at<Rule>(name, value);
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

}}} // namespace restartcaster::detail

#endif
