// SPDX-License-Identifier: MIT
// Explains a refused signature: what differs between the text that was signed and the text that the service signed.
// Source: protocol 4.3; docs/how-to/signature-does-not-match.md.
// Data flow: a call or a given text, and the refusal, in; an explanation out. Nothing is sent, stored or allocated.
#ifndef RESTARTCASTER_EXPLAIN_EXPLAIN_HPP
#define RESTARTCASTER_EXPLAIN_EXPLAIN_HPP
#pragma once

#include "../operations/make_request.hpp"
#include "compare.hpp"
#include "sentence.hpp"
#include "sent_signature.hpp"
#include "service_text.hpp"
#include "wrapped_message.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

[[nodiscard]] constexpr explanation of_cause(mismatch cause) noexcept {
    explanation out;
    out.cause = cause;
    return out;
}

/// Compares our text with one text of the service.
template <class Char>
[[nodiscard]] constexpr explanation compared(text_source<Char>& ours, std::basic_string_view<Char> theirs,
                                             bool cut) noexcept {
    text_source<Char> other(theirs);
    std::size_t const difference = ours.difference(theirs);
    if (difference == comparing_sink::nowhere) {
        explanation equal = of_cause(cut ? mismatch::cut : mismatch::secret);
        equal.offset = cut ? theirs.size() : 0;
        return equal;
    }
    signed_kind const mine = kind_of(ours), kind = kind_of(other);
    if (kind == signed_kind::unknown) { // it has not even a whole method
        explanation begun = of_cause(mismatch::cut);
        begun.offset = difference;
        return begun;
    }
    if (mine != signed_kind::unknown && (mine == signed_kind::rpc_v1) != (kind == signed_kind::rpc_v1)) {
        explanation out = of_cause(mismatch::scheme);
        out.ours.append(mine == signed_kind::rpc_v1 ? "HMAC-SHA1"sv : "ACS3-HMAC-SHA256"sv);
        out.theirs.append(mine == signed_kind::rpc_v1 ? "ACS3-HMAC-SHA256"sv : "HMAC-SHA1"sv);
        return out;
    }
    return text_comparison<Char>(ours, other, kind, difference, cut).explained();
}

/// A call that is written again, with a place for its failure.
template <class Operation, class Scheme>
struct signed_call {
    Operation const& op;
    signing_key<Scheme> const& key;
    stamp const& when;
    request_options const& options;
    bool canonical;
    result<void>* outcome;

    static void write_call(void const* call, comparing_sink& to) noexcept {
        auto const& self = *static_cast<signed_call const*>(call);
        if constexpr (std::derived_from<Scheme, acs3>) {
            if (self.canonical) {
                *self.outcome = canonical_request(to, self.op, self.key, self.when, self.options);
                return;
            }
        }
        *self.outcome = string_to_sign(to, self.op, self.key, self.when, self.options);
    }
};

/// Sets the offset of the first character that no key id has.
template <class Explanation>
constexpr void find_fault_in_key_id(Explanation& e, std::string_view id) noexcept {
    std::size_t length = 0;
    for (std::size_t at = 0; at != id.size(); at += length) {
        char32_t code = 0;
        length = utf8_character(id.data() + at, id.size() - at, code);
        if (length != 0 && may_hold(identifier_rule::key_id, code)) continue;
        e.name.append("AccessKeyId"sv);
        e.offset = at;
        e.left_out = true;
        return;
    }
}

// The word after `before`, if the text has it.
template <class Text>
[[nodiscard]] constexpr Text word_after(Text text, std::string_view before) noexcept {
    std::size_t at = find_ignoring_case(text, before);
    if (at == Text::npos) return {};
    at += before.size();
    std::size_t end = at;
    while (end != text.size() && (letter_kind_of(text[end]) != letter_kind::none || text[end] == '-')) ++end;
    return part(text, at, end - at);
}

} // namespace detail

/// Explains a refusal with a code that is not about the signature, such as InvalidTimeStamp.Expired,
/// SignatureNonceUsed, InvalidAccessKeyId.NotFound and NoPermission. `key_id` is the key id that was sent, or empty.
[[nodiscard]] constexpr explanation explain_refusal(service_code code, std::string_view message,
                                                    std::string_view key_id = {},
                                                    std::int64_t clock_ahead_s = 0) noexcept {
    explanation out;
    switch (code) {
    case service_code::timestamp_expired: out.other = other_refusal::clock; break;
    case service_code::timestamp_malformed:
        out.other = clock_ahead_s > 60 || clock_ahead_s < -60 ? other_refusal::clock : other_refusal::timestamp;
        break;
    case service_code::signature_nonce_used: out.other = other_refusal::nonce_used; break;
    case service_code::access_key_not_found:
        out.other = other_refusal::key_id;
        detail::find_fault_in_key_id(out, key_id);
        break;
    case service_code::signature_does_not_match: {
        out.other = other_refusal::incomplete;
        std::string_view name = detail::word_after(message, "the signed header "sv);
        if (name.empty()) name = detail::word_after(message, "the header "sv);
        out.name.append(name);
        break;
    }
    case service_code::permission: out.other = other_refusal::permission; break;
    default: break;
    }
    if (out.other == other_refusal::clock) out.clock_ahead_s = clock_ahead_s;
    return out;
}

/// Compares a given text, the string to sign or the canonical request of any signer, with the texts of the service.
/// Without a text of the service, the cause is `cut`.
template <class Char>
[[nodiscard]] constexpr explanation explain(std::basic_string_view<Char> ours, service_text const& theirs) noexcept {
    detail::text_source<Char> source(ours);
    auto const kind = detail::kind_of(source);
    bool const canonical = kind == detail::signed_kind::canonical_request && !theirs.canonical_request.empty();
    std::string_view const text =
        canonical || theirs.string_to_sign.empty() ? theirs.canonical_request : theirs.string_to_sign;
    if (kind == detail::signed_kind::canonical_request && detail::part(text, 0, 5) == "ACS3-"sv) {
        // The service printed the hash of its canonical request only.
        constexpr std::string_view first_line = "ACS3-HMAC-SHA256\n"sv;
        std::array<char, first_line.size() + acs3::signature_size> bytes{};
        buffer_sink sink(bytes);
        auto const hash = acs3::body_hash(ours);
        acs3::string_to_sign(sink, detail::text_at(hash.data(), hash.size()));
        detail::text_source<Char> hashed(sink.written());
        return detail::compared(hashed, text, theirs.cut);
    }
    return detail::compared(source, text, theirs.cut);
}

/// Rebuilds the text of a call, and compares it with the texts of the service while it is written.
/// Errors: as string_to_sign, when the call cannot be signed.
template <callable_operation Operation, class Scheme>
[[nodiscard]] result<explanation> explain(Operation const& op, signing_key<Scheme> const& key, stamp const& when,
                                          service_text const& theirs, request_options const& options = {}) noexcept {
    constexpr bool is_acs3 = std::derived_from<Scheme, acs3>;
    bool const canonical = is_acs3 && !theirs.canonical_request.empty();
    result<void> outcome;
    detail::signed_call<Operation, Scheme> const call{op, key, when, options, canonical, &outcome};
    detail::text_source<char> ours(&call, &detail::signed_call<Operation, Scheme>::write_call);
    std::string_view const text =
        canonical || theirs.string_to_sign.empty() ? theirs.canonical_request : theirs.string_to_sign;
    explanation const out = detail::compared(ours, text, theirs.cut);
    if (!outcome) return unexpected(outcome.error());
    return out;
}

/// Explains the refusal of a call: `refused` is the error of call, read_reply or the client, `when` is the stamp of the
/// call. Errors: as string_to_sign, when the call cannot be signed.
template <callable_operation Operation, class Scheme>
[[nodiscard]] result<explanation> explain(Operation const& op, signing_key<Scheme> const& key, stamp const& when,
                                          error const& refused, request_options const& options = {}) noexcept {
    if (refused.kind != error_kind::refused) return explanation{};
    service_text const theirs = service_text_of(refused.message);
    bool const incomplete = refused.code_text == "IncompleteSignature"sv;
    if (refused.code != service_code::signature_does_not_match || (incomplete && !theirs.found()))
        return explain_refusal(refused.code, refused.message, key.access_key_id(), refused.clock_ahead_s);
    auto out = explain(op, key, when, theirs, options);
    if (!out || out->cause != mismatch::secret) return out;
    if (incomplete) {
        out->cause = mismatch::value_changed;
        out->name.append("Signature"sv);
        out->signature_malformed = out->left_out = true;
    } else {
        out->signature_fits = detail::was_sent(refused.sent, key, theirs.string_to_sign);
    }
    return out;
}

}} // namespace restartcaster

#endif
