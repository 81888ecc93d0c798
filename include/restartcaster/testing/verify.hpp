// SPDX-License-Identifier: MIT
// Both signatures as the service computes them, from the decoded request: independent of sign/, which makes them.
// Source: the vendor's pages "Signature mechanism" (help document 50286) and "V3 request structure and signature" (2593177).
// Data flow: an arrived request and the secret in; the string to sign and the expected signature out.
#ifndef RESTARTCASTER_TESTING_VERIFY_HPP
#define RESTARTCASTER_TESTING_VERIFY_HPP
#pragma once

#include "../crypto/hash.hpp"
#include "../crypto/hmac.hpp"
#include "../crypto/sha1.hpp"
#include "../crypto/sha256.hpp"
#include "../encode/base64.hpp"
#include "../encode/percent.hpp"
#include "arrived_request.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Percent-encodes what is appended, into another sink.
template <class Sink>
struct encoding_sink {
    Sink& to;
    void append(std::string_view text) noexcept { percent_encode(to, text); }
};

/// Appends sorted parameters as the canonical query, without the parameter `left_out`.
template <class Sink>
void append_canonical_query(Sink& to, std::span<arrived_parameter const> sorted, std::string_view left_out = {}) noexcept {
    bool first = true;
    for (arrived_parameter const& each : sorted) {
        if (!left_out.empty() && each.name == left_out) continue;
        if (!first) append_to(to, "&"sv);
        first = false;
        percent_encode(to, each.name);
        append_to(to, "="sv);
        percent_encode(to, each.value);
    }
}

// ---- signature version 1.0

/// Appends the string to sign of version 1.0; `sorted` are all parameters of the query and of the form.
template <class Sink>
void append_rpc_string_to_sign(Sink& to, std::string_view method, std::span<arrived_parameter const> sorted) noexcept {
    append_to(to, method);
    append_to(to, "&%2F&"sv);
    encoding_sink<Sink> encoded{to};
    append_canonical_query(encoded, sorted, "Signature"sv);
}

[[nodiscard]] inline std::array<char, 28> expected_rpc_signature(std::string_view secret, std::string_view method,
                                                                 std::span<arrived_parameter const> sorted) noexcept {
    hmac_key<sha1> const key(secret, "&"sv);
    hmac_stream<sha1> stream(key);
    append_rpc_string_to_sign(stream, method, sorted);
    return base64(stream.finish());
}

/// Whether a text can be an HMAC-SHA1 in base64: 27 characters and one '='.
[[nodiscard]] inline bool can_be_rpc_signature(std::string_view text) noexcept {
    if (text.size() != 28 || text.back() != '=') return false;
    for (char const c : part(text, 0, 27)) {
        char const letter = ascii_lower(c);
        if (!is_digit(c) && (letter < 'a' || letter > 'z') && c != '+' && c != '/') return false;
    }
    return true;
}

// ---- ACS3-HMAC-SHA256

inline constexpr std::string_view acs3_algorithm = "ACS3-HMAC-SHA256"sv;

/// The parts of an Authorization field of ACS3.
struct acs3_authorization {
    std::string_view key_id, signed_names, signature;
    bool well_formed = false;
};

[[nodiscard]] inline bool is_lower_hex(std::string_view text) noexcept {
    for (char const c : text)
        if (!is_digit(c) && (c < 'a' || c > 'f')) return false;
    return true;
}

/// Reads "ACS3-HMAC-SHA256 Credential=ID,SignedHeaders=A;B,Signature=64 hexadecimal digits".
[[nodiscard]] inline acs3_authorization read_authorization(std::string_view value) noexcept {
    acs3_authorization out;
    auto const take = [&value](std::string_view name) {
        if (!value.starts_with(name)) return std::string_view();
        value.remove_prefix(name.size());
        std::string_view const taken = part(value, 0, value.find_first_of(", \t"));
        value.remove_prefix(taken.size());
        return taken;
    };
    if (!value.starts_with(acs3_algorithm)) return out;
    value.remove_prefix(acs3_algorithm.size());
    out.key_id = take(" Credential="sv);
    out.signed_names = take(",SignedHeaders="sv);
    out.signature = take(",Signature="sv);
    out.well_formed = value.empty() && !out.key_id.empty() && !out.signed_names.empty() && out.signature.size() == 64 &&
                      is_lower_hex(out.signature);
    return out;
}

/// Calls visit(name) for each name of a list that semicolons separate, until visit returns false.
template <class Visit>
void each_signed_name(std::string_view names, Visit const& visit) {
    while (true) {
        auto const end = names.find(';');
        if (!visit(part(names, 0, end)) || end == names.npos) return;
        names = part(names, end + 1);
    }
}

[[nodiscard]] inline bool is_signed_name(std::string_view names, std::string_view name) noexcept {
    bool found = false;
    each_signed_name(names, [&](std::string_view each) {
        found = equal_ignoring_case(each, name);
        return !found;
    });
    return found;
}

/// Whether the names are in lower case and strictly ascending.
[[nodiscard]] inline bool are_canonical_names(std::string_view names) noexcept {
    std::string_view last;
    bool good = true, first = true;
    each_signed_name(names, [&](std::string_view each) {
        for (char const c : each) good = good && ascii_lower(c) == c;
        good = good && (first || last < each);
        last = each;
        first = false;
        return good;
    });
    return good;
}

/// Appends the values of a field: sorted, with a comma between them if the request has the field several times.
template <class Sink>
void append_field_values(Sink& to, testing::arrived_request const& in, std::string_view name) {
    // The next value in order is searched for each time: fields are few, and most are given once.
    std::string_view last;
    for (std::size_t done = 0;;) {
        std::string_view next;
        std::size_t copies = 0;
        in.each_header([&](std::string_view given, std::string_view value) {
            if (!equal_ignoring_case(given, name) || (done != 0 && value <= last)) return;
            if (copies != 0 && value > next) return;
            copies = copies != 0 && value == next ? copies + 1 : 1;
            next = value;
        });
        if (copies == 0) return;
        for (; copies != 0; --copies) {
            if (done++ != 0) append_to(to, ","sv);
            append_to(to, next);
        }
        last = next;
    }
}

/// Appends the canonical request; `sorted_query` are the parameters of the query alone.
template <class Sink>
void append_canonical_request(Sink& to, testing::arrived_request const& in, std::span<arrived_parameter const> sorted_query,
                              std::string_view signed_names, std::string_view body_digest) {
    append_to(to, in.method);
    append_to(to, "\n/\n"sv);
    append_canonical_query(to, sorted_query);
    append_to(to, "\n"sv);
    each_signed_name(signed_names, [&](std::string_view name) {
        append_to(to, name);
        append_to(to, ":"sv);
        append_field_values(to, in, name);
        append_to(to, "\n"sv);
        return true;
    });
    append_to(to, "\n"sv);
    append_to(to, signed_names);
    append_to(to, "\n"sv);
    append_to(to, body_digest);
}

/// The digits of a digest, in lower case.
[[nodiscard]] inline std::array<char, 64> hex_digits(std::array<char, 32> const& digest) noexcept {
    std::array<char, 64> out{};
    for (std::size_t i = 0; i != digest.size(); ++i) {
        unsigned const byte = static_cast<unsigned char>(digest[i]);
        out[2 * i] = hex_lower(byte >> 4);
        out[2 * i + 1] = hex_lower(byte & 15);
    }
    return out;
}
[[nodiscard]] inline std::array<char, 64> hex_sha256(std::string_view text) noexcept {
    hash_stream<sha256> stream;
    stream.append(text);
    return hex_digits(stream.finish());
}
template <std::size_t N>
[[nodiscard]] std::string_view text_of(std::array<char, N> const& bytes) noexcept {
    return text_at(bytes.data(), N);
}

/// Appends the string to sign of ACS3: the algorithm, and the hash of the canonical request.
template <class Sink>
void append_acs3_string_to_sign(Sink& to, std::array<char, 64> const& hashed_request) noexcept {
    append_to(to, acs3_algorithm);
    append_to(to, "\n"sv);
    append_to(to, text_of(hashed_request));
}

[[nodiscard]] inline std::array<char, 64> expected_acs3_signature(std::string_view secret,
                                                                  std::array<char, 64> const& hashed_request) noexcept {
    hmac_key<sha256> const key(secret);
    hmac_stream<sha256> stream(key);
    append_acs3_string_to_sign(stream, hashed_request);
    return hex_digits(stream.finish());
}

}}} // namespace restartcaster::detail

#endif
