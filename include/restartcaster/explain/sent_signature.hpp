// SPDX-License-Identifier: MIT
// Tells whether the signature that was sent was made with a secret, over the text of the service.
// Source: help documents 50286 and 2593177 (the HMAC keys of both schemes).
// Data flow: a secret, the text of the service and a signature in; the cause `secret` made more exact out.
#ifndef RESTARTCASTER_EXPLAIN_SENT_SIGNATURE_HPP
#define RESTARTCASTER_EXPLAIN_SENT_SIGNATURE_HPP
#pragma once

#include "../operations/make_request.hpp"
#include "explanation.hpp"
#include "service_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// Writes the signature of `text`, in Base64 (version 1.0) or hexadecimal (ACS3).
template <byte_sink Sink, class Key>
constexpr void write_signature(Sink& to, Key const& keyed, std::string_view text, bool in_base64) noexcept {
    hmac_stream mac(keyed);
    mac.append(text);
    auto const digest = mac.finish();
    if (in_base64) {
        auto const base = base64(digest);
        append_to(to, text_at(base.data(), base.size()));
        return;
    }
    for (char const byte : digest) {
        auto const bits = static_cast<unsigned char>(byte);
        char const digits[]{hex_lower(bits >> 4u), hex_lower(bits & 15u)};
        append_to(to, text_at(digits, sizeof digits));
    }
}

// Whether the request contains the signature of `text` under `key`.
template <class Scheme>
[[nodiscard]] constexpr bool was_sent(std::string_view sent, signing_key<Scheme> const& key,
                                      std::string_view text) noexcept {
    constexpr bool version_1 = !std::derived_from<Scheme, acs3>;
    std::array<char, 64> plain{};
    std::array<char, 96> bytes{};
    buffer_sink signature(plain), in_request(bytes);
    write_signature(signature, key.hmac(), text, version_1);
    append_to(in_request, "Signature="sv);
    if constexpr (version_1)
        percent_encode(in_request, signature.written());
    else
        append_to(in_request, signature.written());
    bool const there = sent.find(in_request.written()) != std::string_view::npos;
    wipe(plain);
    wipe(bytes);
    return there;
}

} // namespace detail

/// For equal texts: computes the signature of the service's string to sign with a secret, and compares it with the
/// signature that was sent, in Base64 (version 1.0) or hexadecimal (ACS3). The cause becomes key_suffix if the
/// signature fits the secret with the key of the other scheme.
constexpr void check_signature(explanation& e, std::string_view secret, service_text const& theirs,
                               std::string_view signature) noexcept {
    if (e.cause != mismatch::secret || signature.empty()) return;
    std::array<char, 64> bytes{};
    auto const matches = [&](auto const& keyed, bool in_base64) {
        buffer_sink text(bytes);
        detail::write_signature(text, keyed, theirs.string_to_sign, in_base64);
        return text.written() == signature;
    };
    bool const version_1 = detail::part(theirs.string_to_sign, 0, 5) != "ACS3-"sv;
    bool other = false;
    if (version_1) {
        e.signature_fits = matches(hmac_key<sha1>(secret, "&"sv), true);
        other = matches(hmac_key<sha1>(secret), true);
    } else {
        e.signature_fits = matches(hmac_key<sha256>(secret), false);
        other = matches(hmac_key<sha256>(secret, "&"sv), false);
    }
    wipe(bytes);
    if (other) e.cause = mismatch::key_suffix;
}

}} // namespace restartcaster

#endif
