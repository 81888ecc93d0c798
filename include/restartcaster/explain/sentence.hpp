// SPDX-License-Identifier: MIT
// The sentence of an explanation: what differs, what that means, what to do.
// Source: docs/how-to/signature-does-not-match.md.
// Data flow: an explanation in, text into the caller's sink; never a secret, a token or a signature.
#ifndef RESTARTCASTER_EXPLAIN_SENTENCE_HPP
#define RESTARTCASTER_EXPLAIN_SENTENCE_HPP
#pragma once

#include "../core/foreign_text.hpp"
#include "../read/describe.hpp"
#include "explanation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

[[nodiscard]] constexpr char const* hint_of_secret(explanation const& e) noexcept {
    if (e.signature_fits)
        return "both texts are equal and the signature fits this secret, so the access key id and this secret do not "
               "belong together: use the secret of this key id";
    return "both texts are equal, so only the secret is wrong: use the access key secret of this key id, without "
           "blanks or quotation marks";
}

// No default, so that the compiler warns of a new cause without a hint.
[[nodiscard]] constexpr char const* hint_of(explanation const& e) noexcept {
    switch (e.cause) { // unreached: every_case
    case mismatch::secret: return hint_of_secret(e);
    case mismatch::parameter_added:
        return "the service received this parameter and the signature does not cover it: a proxy added it, or the "
               "signer left it out; sign every parameter that is sent";
    case mismatch::parameter_missing:
        return "this parameter was signed and did not arrive: a proxy removed it, or the request does not send it; "
               "send every parameter that is signed";
    case mismatch::value_changed:
        if (e.signature_malformed)
            return "both texts are equal and the service calls the signature malformed: percent-encode the signature "
                   "in the request, '+' as %2B, '/' as %2F, '=' as %3D";
        if (e.name.view() == "canonical request"sv)
            return "the canonical requests differ, and the service printed only the hash of its own: compare method, "
                   "query, host, signed headers and body with the request that is sent";
        if (e.name.view() == "SignatureNonce"sv)
            return "the two texts belong to two different requests: compare the text and the refusal of one request";
        return "the value that arrived is not the value that was signed: sign and send the same bytes, and look for a "
               "proxy that changes the value";
    case mismatch::plus_for_space:
        return "a space was written as '+', or a '+' was sent without encoding: encode a space as %20 and '+' as %2B, "
               "in the signed text and in the request";
    case mismatch::lower_case_hex:
        return "the escape has lower-case hexadecimal digits: write %XX in upper case before signing";
    case mismatch::encoded_twice:
        return "one side has encoded this once more than the other: encode each value once for the query, and in "
               "version 1.0 the whole query once more";
    case mismatch::not_encoded:
        return "this character was signed without percent-encoding: before signing, encode every byte except A-Z a-z "
               "0-9 - _ . ~";
    case mismatch::encoded_needlessly:
        return "this character must stay as it is: A-Z a-z 0-9 - _ . ~ are not percent-encoded";
    case mismatch::not_utf8: return "the value is not UTF-8: convert it to UTF-8 before it is encoded and signed";
    case mismatch::order:
        return "the parts were signed in another order: sort parameters and headers by the bytes of their names";
    case mismatch::method:
        return "sign the method that is sent, in capitals; a proxy or a redirect may have changed it";
    case mismatch::path: return "the path must be '/', and %2F in a string to sign of version 1.0";
    case mismatch::header_added:
        return "the service signs this header and the signature does not cover it: sign host, content-type and every "
               "x-acs-* header that is sent";
    case mismatch::header_missing:
        return "this header was signed and did not arrive, or the service does not sign it: look for a proxy that "
               "removes it";
    case mismatch::header_changed:
        return "the header that arrived is not the one that was signed: a proxy rewrote it, or the program sends "
               "another value";
    case mismatch::body_changed:
        return "the body that arrived is not the body that was hashed: hash the bytes that are sent, after all "
               "encoding";
    case mismatch::scheme:
        return "one text is of signature version 1.0 and the other of ACS3-HMAC-SHA256: sign and send with one scheme";
    case mismatch::key_suffix:
        return "the HMAC key is the secret followed by '&' in version 1.0, and the secret alone under ACS3-HMAC-SHA256";
    case mismatch::time:
        return "the texts have different times, so they belong to two different requests: compare the text and the "
               "refusal of one request";
    case mismatch::cut:
        if (e.offset == 0)
            return "the answer has no text of the service to compare with: check the access key secret first, then "
                   "sign the same request with another client and compare";
        return "the text of the service ends here and has no difference up to its end: get the whole answer, or "
               "compare with a shorter request";
    case mismatch::not_a_mismatch: break;
    }
    switch (e.other) { // unreached: every_case
    case other_refusal::none: return "this is not a refusal of a signature";
    case other_refusal::clock: return "the clock is wrong, not the signature: set it to UTC; 15 minutes are tolerated";
    case other_refusal::timestamp:
        return "the timestamp is missing or malformed: send Timestamp (ACS3: x-acs-date) as YYYY-MM-DDThh:mm:ssZ in "
               "UTC";
    case other_refusal::nonce_used:
        return "an earlier request with this nonce arrived, for example the one that timed out: it may have run, so "
               "look at the state, and use a new nonce for every request";
    case other_refusal::key_id:
        return e.name.view().empty()
                   ? "the access key id is unknown: it was deleted, mistyped, or is a key of another site or account"
                   : "the access key id has a character here that no key id has: copy it again";
    case other_refusal::incomplete:
        return e.name.view().empty()
                   ? "the signature or the Authorization header is malformed or was cut: send the whole value, "
                     "percent-encoded in a query"
                   : "the service misses this header or parameter, or its signature: send it and sign it";
    case other_refusal::permission:
        return "the signature is good: the user of this key lacks the permission; ask the owner of the account for it";
    }
    return ""; // unreached: every_case
}

// Whole quarters of an hour, half a minute more or less: the difference of two time zones.
[[nodiscard]] constexpr bool is_time_zone(std::int64_t ahead_s) noexcept {
    std::int64_t const distance = ahead_s < 0 ? -ahead_s : ahead_s;
    constexpr std::int64_t quarter = 900, tolerance = 60;
    return distance > 2 * quarter - tolerance && distance < 15 * 3600 &&
           (distance + tolerance) % quarter <= 2 * tolerance;
}

template <byte_sink Sink>
RESTARTCASTER_ONCE constexpr void append_value(Sink& sink, std::string_view label, std::string_view value,
                                               std::int16_t byte) noexcept {
    append_to(sink, label);
    if (value.empty()) {
        append_to(sink, "nothing"sv);
        return;
    }
    append_to(sink, "'"sv);
    append_to(sink, value);
    append_to(sink, "'"sv);
    if (byte < 0) return;
    auto const bits = static_cast<unsigned>(byte);
    char const hex[]{' ', '(', '0', 'x', hex_upper(bits >> 4 & 15), hex_upper(bits & 15), ')'};
    append_to(sink, text_at(hex, sizeof hex));
}

template <byte_sink Sink, class Explanation>
constexpr void append_explanation(Sink& sink, Explanation const& e) noexcept {
    bool const refusal = e.cause == mismatch::not_a_mismatch;
    append_to(sink, refusal ? "Why it was refused: "sv : "Why the signature did not match: "sv);
    if (!e.name.view().empty()) {
        append_to(sink, e.name.view());
        if (e.offset != 0 || e.ours_byte != -1 || e.theirs_byte != -1) {
            append_to(sink, ", byte "sv);
            append_number(sink, e.offset);
        }
        append_to(sink, ": "sv);
    }
    append_to(sink, hint_of(e));
    if (e.other == other_refusal::clock) {
        append_clock(sink, e.clock_ahead_s);
        if (is_time_zone(e.clock_ahead_s)) append_to(sink, "; that is the difference of a time zone"sv);
    }
    if (!e.ours.view().empty() || !e.theirs.view().empty()) {
        append_value(sink, " (signed: "sv, e.ours.view(), e.ours_byte);
        append_value(sink, ", at the service: "sv, e.theirs.view(), e.theirs_byte);
        append_to(sink, ")"sv);
    }
    if (e.further != 0) {
        append_to(sink, "; further differences: "sv);
        append_number(sink, e.further);
    }
    if (e.left_out) append_to(sink, "; secrets, signatures and most of a key id are left out"sv);
    append_to(sink, "."sv);
}

} // namespace detail

/// What an explanation means and what to do: static text without a full stop.
[[nodiscard]] constexpr std::string_view hint(explanation const& e) noexcept { return detail::hint_of(e); }

/// Appends an explanation in one sentence.
template <byte_sink Sink>
constexpr void describe(Sink& sink, explanation const& e) noexcept {
    detail::append_explanation(sink, e);
}
/// Appends an error, such as an error or a call_error, and then the sentence of its explanation.
template <byte_sink Sink, std::derived_from<error> Error>
constexpr void describe(Sink& sink, Error const& failed, explanation const& why) noexcept {
    describe(sink, failed);
    // A sentence that ends with a request id has no full stop.
    detail::append_to(sink, failed.request_id.empty() ? " "sv : ". "sv);
    describe(sink, why);
}

}} // namespace restartcaster

#endif
