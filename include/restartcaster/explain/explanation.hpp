// SPDX-License-Identifier: MIT
// Why the service refused a signature, as data: cause, parameter, place, both values.
// Source: protocol "SignatureDoesNotMatch", "Canonicalization", "Signature V3".
// Data flow: explain() makes it; a program acts on `cause`, describe() makes a sentence of it.
#ifndef RESTARTCASTER_EXPLAIN_EXPLANATION_HPP
#define RESTARTCASTER_EXPLAIN_EXPLANATION_HPP
#pragma once

#include "../core/text.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The first difference between the text that was signed here ("ours") and the text that the service signed ("theirs").
enum class mismatch : std::uint8_t {
    /// The texts are equal: the secret is wrong.
    secret,
    /// Theirs has a parameter that ours lacks, or lacks one that ours has.
    parameter_added,
    parameter_missing,
    /// A value differs, in a way that no other cause describes.
    value_changed,
    /// A '+' on one side is a space on the other.
    plus_for_space,
    /// The hexadecimal digits of an escape are in lower case.
    lower_case_hex,
    /// A character is encoded once more on one side.
    encoded_twice,
    /// Ours has a character unescaped that must be escaped.
    not_encoded,
    /// Ours has an escape for a character that stays as it is, such as %7E for '~'.
    encoded_needlessly,
    /// A value is not UTF-8, for example Latin-1 or GBK.
    not_utf8,
    /// The same parameters or headers in another order.
    order,
    /// The HTTP method or the path differs.
    method,
    path,
    /// Theirs has a signed header that ours lacks, or lacks one that ours has; or the values differ.
    header_added,
    header_missing,
    header_changed,
    /// The hash of the body differs.
    body_changed,
    /// One text is of signature version 1.0, the other of ACS3-HMAC-SHA256.
    scheme,
    /// The HMAC key was the secret without the '&' of version 1.0, or with an '&' under ACS3.
    key_suffix,
    /// The time of the request differs: ours is the text of another attempt, or the clock moved.
    time,
    /// Theirs ends early; no difference up to its end.
    cut,
    /// The answer is not a refusal of the signature; explanation::other says which refusal it is.
    not_a_mismatch,
};

/// A refusal with a misleading code, which is not about the signature.
enum class other_refusal : std::uint8_t {
    /// None of the others.
    none,
    /// The clock differs from the service's; explanation::clock_ahead_s is the difference if it is known.
    clock,
    /// The timestamp is missing or not of the form YYYY-MM-DDThh:mm:ssZ.
    timestamp,
    /// An earlier request with this nonce arrived.
    nonce_used,
    /// The key id is unknown; with explanation::name it has a character that no key id has, at explanation::offset.
    key_id,
    /// The signature is incomplete; explanation::name is the missing header or parameter if the service names it.
    incomplete,
    /// The signature is good, and the key's user lacks the permission.
    permission,
};

/// A text of at most N bytes inside its object.
template <std::size_t N>
class short_text {
public:
    /// The text.
    [[nodiscard]] constexpr std::string_view view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(bytes_, size_);
    }
    /// Appends one byte; ignored when the text is full.
    constexpr void push(char byte) noexcept {
        if (size_ != N) bytes_[size_++] = byte;
    }
    /// Appends a text as far as there is room.
    constexpr void append(std::string_view text) noexcept {
        for (char const c : text) push(c);
    }
    /// Removes the first `count` bytes.
    /// Requires: count is not above the size.
    constexpr void drop_front(std::size_t count) noexcept {
        size_ = static_cast<std::uint8_t>(size_ - count);
        for (std::size_t i = 0; i != size_; ++i) bytes_[i] = bytes_[i + count];
    }

private:
    static_assert(N < 256);
    char bytes_[N]{};
    std::uint8_t size_ = 0;
};

/// One explanation. All texts are inside the object: printable ASCII, without secret, token and signature; key ids are
/// shortened.
struct explanation {
    /// The number of bytes of a value that are shown.
    static constexpr std::size_t shown = 60;

    /// The cause of the first difference.
    mismatch cause = mismatch::not_a_mismatch;
    /// For not_a_mismatch: the refusal.
    other_refusal other = other_refusal::none;
    /// The parameter or header; "query" for a fault of the whole query; otherwise empty.
    short_text<64> name = {};
    /// The offset of the difference in the value, in bytes of the value before percent-encoding.
    std::size_t offset = 0;
    /// Both values around the difference, as they are in the canonical request or query; "..." replaces what is not
    /// shown.
    short_text<shown> ours = {};
    short_text<shown> theirs = {};
    /// The index of the first differing byte in `ours` and `theirs`.
    std::uint8_t ours_mark = 0;
    std::uint8_t theirs_mark = 0;
    /// The bytes at the difference: the bytes of the values where they differ, otherwise (for example for a fault of
    /// encoding) the bytes of `ours` and `theirs`; -1 where the value has ended, or where the byte is left out.
    std::int16_t ours_byte = -1;
    std::int16_t theirs_byte = -1;
    /// How many other parameters, headers or lines differ as well.
    std::uint16_t further = 0;
    /// Whether a part of a value is left out because it is a secret, a token, a signature or a key id.
    bool left_out = false;
    /// For `secret`: whether the signature that was sent was computed again, and fits the secret of the caller. The
    /// secret then belongs to another key id.
    bool signature_fits = false;
    /// Whether the sent signature itself is malformed, with equal texts.
    bool signature_malformed = false;
    /// For other_refusal::clock: seconds by which the signed time was ahead of the service's clock; 0 if unknown.
    std::int64_t clock_ahead_s = 0;
};

namespace detail {

// No default, so that the compiler warns of a new enumerator without a name.
[[nodiscard]] constexpr char const* identifier(mismatch cause) noexcept {
    switch (cause) { // unreached: every_case
    case mismatch::secret: return "secret";
    case mismatch::parameter_added: return "parameter_added";
    case mismatch::parameter_missing: return "parameter_missing";
    case mismatch::value_changed: return "value_changed";
    case mismatch::plus_for_space: return "plus_for_space";
    case mismatch::lower_case_hex: return "lower_case_hex";
    case mismatch::encoded_twice: return "encoded_twice";
    case mismatch::not_encoded: return "not_encoded";
    case mismatch::encoded_needlessly: return "encoded_needlessly";
    case mismatch::not_utf8: return "not_utf8";
    case mismatch::order: return "order";
    case mismatch::method: return "method";
    case mismatch::path: return "path";
    case mismatch::header_added: return "header_added";
    case mismatch::header_missing: return "header_missing";
    case mismatch::header_changed: return "header_changed";
    case mismatch::body_changed: return "body_changed";
    case mismatch::scheme: return "scheme";
    case mismatch::key_suffix: return "key_suffix";
    case mismatch::time: return "time";
    case mismatch::cut: return "cut";
    case mismatch::not_a_mismatch: return "not_a_mismatch";
    }
    return ""; // unreached: every_case
}

} // namespace detail

/// The identifier of a cause, for logs, metrics and scripts, e.g. "plus_for_space".
[[nodiscard]] constexpr std::string_view name(mismatch cause) noexcept { return detail::identifier(cause); }

}} // namespace restartcaster

#endif
