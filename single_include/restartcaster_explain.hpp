// SPDX-License-Identifier: MIT
// Explains a refused signature: what differs between the text that was signed and the text that the service signed.
// Source: protocol 4.3; docs/how-to/signature-does-not-match.md.
// Data flow: a call or a given text, and the refusal, in; an explanation out. Nothing is sent, stored or allocated.
//
// Version 0.1.0 in one file, written by tools/amalgamate: change the sources, not this.
//
// MIT License
//
// Copyright (c) 2026 The restartcaster authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#ifndef RESTARTCASTER_EXPLAIN_HPP
#define RESTARTCASTER_EXPLAIN_HPP

#include "restartcaster.hpp"
#include <cstdint>

// ---- restartcaster/explain/explanation.hpp
// Why the service refused a signature, as data: cause, parameter, place, both values.
// Source: protocol "SignatureDoesNotMatch", "Canonicalization", "Signature V3".
// Data flow: explain() makes it; a program acts on `cause`, describe() makes a sentence of it.
#ifndef RESTARTCASTER_EXPLAIN_EXPLANATION_HPP
#define RESTARTCASTER_EXPLAIN_EXPLANATION_HPP

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

// ---- restartcaster/explain/text_source.hpp
// Gives the bytes of a signed text: of a given one, or of one that is written again, a page of 128 bytes at a time.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: a text or a function that writes it in; its bytes and its first difference from another text out.
#ifndef RESTARTCASTER_EXPLAIN_TEXT_SOURCE_HPP
#define RESTARTCASTER_EXPLAIN_TEXT_SOURCE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Compares a text with `theirs` while the text is written, and keeps one page of it. Nothing else is stored.
struct comparing_sink {
    static constexpr std::size_t page_size = 128;
    static constexpr std::size_t nowhere = ~std::size_t{0};

    std::string_view theirs = {};
    /// The offset of the first byte that differs from `theirs`.
    std::size_t difference = nowhere;
    /// Bytes written so far.
    std::size_t total = 0;
    /// The page: `filled` bytes of the text from `begin` on.
    std::size_t begin = 0;
    std::size_t filled = 0;
    char page[page_size] = {};

    RESTARTCASTER_ONCE constexpr void append(std::string_view text) noexcept {
        for (std::size_t i = 0; difference == nowhere && i != text.size(); ++i)
            if (total + i >= theirs.size() || theirs[total + i] != text[i]) difference = total + i;
        std::size_t const before = begin > total ? begin - total : 0;
        if (before < text.size()) {
            std::string_view const kept = part(text, before, page_size - filled);
            copy_bytes(page + filled, kept.data(), kept.size());
            filled += kept.size();
        }
        total += text.size();
    }
};

/// Writes the whole text of a call again.
using text_writer = void(void const* call, comparing_sink& to) noexcept;

/// A text with random access to its bytes: given, or written again by a function whenever another page is needed.
template <class Char>
class text_source {
public:
    constexpr explicit text_source(std::basic_string_view<Char> given) noexcept : given_(given), size_(given.size()) {}
    constexpr text_source(void const* call, text_writer* write) noexcept : call_(call), write_(write) {}

    /// The offset of the first byte that differs from `theirs`; comparing_sink::nowhere if the texts are equal.
    [[nodiscard]] constexpr std::size_t difference(std::string_view theirs) noexcept {
        page_ = {};
        page_.theirs = theirs;
        if (write_ == nullptr)
            page_.append(given_);
        else
            write_(call_, page_);
        size_ = page_.total;
        page_.theirs = {};
        if (page_.difference == comparing_sink::nowhere && size_ < theirs.size()) return size_;
        return page_.difference;
    }
    /// The byte at an offset; -1 beyond the end.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr int at(std::size_t i) noexcept {
        if (i >= size_) return -1;
        if (write_ == nullptr) return static_cast<unsigned char>(given_[i]);
        if (i < page_.begin || i - page_.begin >= page_.filled) {
            // Some bytes before, because readers go back by a character.
            constexpr std::size_t back = 16;
            page_ = {};
            page_.difference = 0; // no comparison
            page_.begin = i > back ? i - back : 0;
            write_(call_, page_);
        }
        if (i - page_.begin >= page_.filled) return -1; // unreached: rewritten
        return static_cast<unsigned char>(page_.page[i - page_.begin]);
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether the bytes from `from` on begin with `text`.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr bool sees(std::size_t from, std::string_view text) noexcept {
        for (std::size_t i = 0; i != text.size(); ++i)
            if (at(from + i) != static_cast<unsigned char>(text[i])) return false;
        return true;
    }

private:
    std::basic_string_view<Char> given_ = {};
    std::size_t size_ = 0;
    void const* call_ = nullptr;
    text_writer* write_ = nullptr;
    comparing_sink page_ = {};
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/explain/signed_text.hpp
// Reads a string to sign or a canonical request part by part: method, path, parameters, headers, hash.
// Source: protocol "Canonicalization" rules 4 and 5; "Signature V3" (CanonicalRequest).
// Data flow: a text of text_source.hpp in; parts and characters out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_SIGNED_TEXT_HPP
#define RESTARTCASTER_EXPLAIN_SIGNED_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

enum class signed_kind : std::uint8_t { unknown, rpc_v1, canonical_request, acs3 };

/// The kind of a text: METHOD&... is of version 1.0, METHOD and a line end begin a canonical request.
template <class Char>
[[nodiscard]] constexpr signed_kind kind_of(text_source<Char>& text) noexcept {
    if (text.sees(0, "ACS3-"sv)) return signed_kind::acs3;
    constexpr std::size_t longest_method = 64;
    for (std::size_t i = 0; i != longest_method; ++i) {
        if (text.at(i) == '&') return signed_kind::rpc_v1;
        if (text.at(i) == '\n') return signed_kind::canonical_request;
    }
    return signed_kind::unknown;
}

/// The parts of a signed text, in the order of the text.
enum class text_part : std::uint8_t { method, path, parameter, header, signed_headers, payload_hash, none };

/// One part: a range for its name (parameters and headers) and a range for its value, in bytes of the text.
struct text_item {
    text_part part = text_part::none;
    std::size_t name_begin = 0, name_end = 0;
    std::size_t value_begin = 0, value_end = 0;
    /// Where the next part begins, and the byte that ends this part; -1 at the end of the text.
    std::size_t next = 0;
    int end_byte = -1;
};

/// A character of a parameter's name or value.
struct text_character {
    int byte = -1;
    /// The number of bytes in the text.
    std::size_t size = 0;
    bool escaped = false;
    bool lower_hex = false;
};

/// Reads parts and characters. The query of version 1.0 is encoded as a whole; this encoding is removed byte by byte.
template <class Char>
class text_reader {
public:
    constexpr text_reader(text_source<Char>& text, signed_kind kind) noexcept : text_(&text), kind_(kind) {}

    [[nodiscard]] constexpr text_item first() const noexcept { return item_from(text_part::method, 0); }
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_item after(text_item const& item) const noexcept {
        if (item.end_byte == -1) return end();
        switch (item.part) {
        case text_part::method:
            return item_from(kind_ == signed_kind::acs3 ? text_part::payload_hash : text_part::path, item.next);
        case text_part::path: return item_from(text_part::parameter, item.next);
        case text_part::parameter:
            return item_from(item.end_byte == '\n' ? text_part::header : text_part::parameter, item.next);
        case text_part::header: return item_from(text_part::header, item.next);
        case text_part::signed_headers: return item_from(text_part::payload_hash, item.next);
        default: return end();
        }
    }

    /// One byte of a parameter, without the encoding of the whole query.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_character outer(std::size_t at) const noexcept {
        if (kind_ == signed_kind::rpc_v1 && text_->at(at) == '%') {
            unsigned const high = hex_at(at + 1), low = hex_at(at + 2);
            if (high < 16 && low < 16)
                return {static_cast<int>(high * 16 + low), 3, true,
                        is_lower(text_->at(at + 1)) || is_lower(text_->at(at + 2))};
        }
        int const byte = text_->at(at);
        return {byte, byte < 0 ? 0u : 1u, false, false};
    }
    /// One character of a parameter: a byte, or the escape of a byte.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_character character(std::size_t at) const noexcept {
        text_character const first = outer(at);
        if (first.byte != '%') return {first.byte, first.size, false, first.lower_hex};
        text_character const high = outer(at + first.size);
        text_character const low = outer(at + first.size + high.size);
        unsigned const a = hex_of(high.byte), b = hex_of(low.byte);
        if (a > 15 || b > 15) return {first.byte, first.size, false, first.lower_hex};
        return {static_cast<int>(a * 16 + b), first.size + high.size + low.size, true,
                is_lower(high.byte) || is_lower(low.byte)};
    }
    [[nodiscard]] constexpr int raw(std::size_t at) const noexcept { return text_->at(at); }
    [[nodiscard]] constexpr signed_kind kind() const noexcept { return kind_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text_->size(); }
    [[nodiscard]] constexpr bool sees(std::size_t from, std::string_view text) const noexcept {
        return text_->sees(from, text);
    }

    /// Whether the name of a part is `name`.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr bool is_named(text_item const& item,
                                                             std::string_view name) const noexcept {
        std::size_t at = item.name_begin;
        for (char const c : name) {
            text_character const mine = in_part(item, at);
            if (at >= item.name_end || mine.byte != static_cast<unsigned char>(c)) return false;
            at += mine.size;
        }
        return at == item.name_end;
    }
    /// A byte of an item: without the encoding of the whole query in parameters, as it is elsewhere.
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_character in_part(text_item const& item,
                                                                      std::size_t at) const noexcept {
        if (item.part == text_part::parameter) return outer(at);
        int const byte = text_->at(at);
        return {byte, byte < 0 ? 0u : 1u, false, false}; // unreached: rewritten
    }

    [[nodiscard]] static constexpr unsigned hex_of(int byte) noexcept {
        return byte < 0 ? 16 : hex_value(static_cast<char>(byte));
    }

private:
    [[nodiscard]] static constexpr bool is_lower(int byte) noexcept { return byte >= 'a'; } // of a hexadecimal digit
    [[nodiscard]] constexpr unsigned hex_at(std::size_t at) const noexcept { return hex_of(text_->at(at)); }

    [[nodiscard]] constexpr text_item end() const noexcept {
        std::size_t const size = text_->size();
        return {text_part::none, size, size, size, size, size, -1};
    }
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_item item_from(text_part part, std::size_t at) const noexcept {
        bool const empty_line = kind_ == signed_kind::canonical_request && text_->at(at) == '\n';
        if (part == text_part::parameter && empty_line) {
            part = text_part::header;
            ++at;
        }
        if (part == text_part::header && text_->at(at) == '\n') {
            part = text_part::signed_headers;
            ++at;
        }
        if (text_->at(at) == -1) return end();
        if (part == text_part::parameter) return parameter_from(at);
        if (part == text_part::header) return header_from(at);
        return line_from(part, at, kind_ == signed_kind::rpc_v1 ? '&' : '\n');
    }
    [[nodiscard]] RESTARTCASTER_ONCE constexpr text_item line_from(text_part part, std::size_t at,
                                                                   int end_byte) const noexcept {
        text_item item{part, at, at, at, at, at, -1};
        int byte = text_->at(at);
        while (byte != -1 && byte != end_byte) byte = text_->at(++at);
        item.value_end = at;
        item.next = byte == -1 ? at : at + 1;
        item.end_byte = byte;
        return item;
    }
    [[nodiscard]] constexpr text_item header_from(std::size_t at) const noexcept {
        text_item item = line_from(text_part::header, at, '\n');
        while (at != item.value_end && text_->at(at) != ':') ++at;
        item.name_end = at;
        item.value_begin = at == item.value_end ? at : at + 1;
        return item;
    }
    [[nodiscard]] constexpr text_item parameter_from(std::size_t at) const noexcept {
        text_item item{text_part::parameter, at, at, at, at, at, -1};
        bool named = false;
        text_character byte = outer(at);
        for (; byte.byte != -1 && byte.byte != '&'; byte = outer(at)) {
            if (byte.byte == '\n' && kind_ == signed_kind::canonical_request) break;
            if (byte.byte == '=' && !named) {
                named = true;
                item.name_end = at;
                item.value_begin = at + byte.size;
            }
            at += byte.size;
        }
        if (!named) item.name_end = item.value_begin = at;
        item.value_end = at;
        item.next = at + byte.size;
        item.end_byte = byte.byte;
        return item;
    }

    text_source<Char>* text_;
    signed_kind kind_;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/explain/excerpt.hpp
// Shows a value around a place, without secrets: in part, in printable characters.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: a part of a signed text and an offset in; at most 60 characters out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_EXCERPT_HPP
#define RESTARTCASTER_EXPLAIN_EXCERPT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Whether a parameter or header has a value that must not be shown.
template <class Text>
[[nodiscard]] constexpr bool is_secret_name(Text name) noexcept {
    constexpr std::string_view words[] = {"token"sv,      "secret"sv,     "password"sv,     "passwd"sv,
                                          "credential"sv, "privatekey"sv, "authorization"sv};
    if (name == "Signature"sv) return true;
    for (std::string_view const word : words)
        for (std::size_t at = 0; at + word.size() <= name.size(); ++at)
            if (equal_ignoring_case(part(name, at, word.size()), word)) return true;
    return false;
}

/// Copies a value around a place into a short text.
template <class Char>
class value_excerpt {
public:
    static constexpr std::size_t before = 16, most = explanation::shown - 6;

    RESTARTCASTER_ONCE constexpr value_excerpt(text_reader<Char> const& text, text_item const& item, std::size_t place,
                                               bool as_written) noexcept {
        std::size_t at = item.value_begin;
        while (at < item.value_end) {
            text_character byte = as_written ? text_character{text.raw(at), 1, false, false} : text.in_part(item, at);
            if (byte.byte < 0) break; // unreached: rewritten
            run_.take(static_cast<char>(byte.byte));
            secret_ = secret_ || run_.looks_secret();
            if (!reached_ && at + byte.size > place) reach(byte.byte);
            take(byte.byte);
            at += byte.size;
        }
        if (!reached_) reach(-1);
        if (more_) text_.append("..."sv);
    }
    [[nodiscard]] constexpr bool secret() const noexcept { return secret_; }
    RESTARTCASTER_ONCE constexpr void put(short_text<explanation::shown>& to, std::uint8_t& mark,
                                          std::int16_t& byte) const noexcept {
        if (dropped_) to.append("..."sv);
        to.append(text_.view());
        mark = static_cast<std::uint8_t>(mark_ + (dropped_ ? 3u : 0u));
        byte = byte_;
    }
    /// The first characters of a key id.
    constexpr void put_short(short_text<explanation::shown>& to) const noexcept {
        to.append(part(first_.view(), 0, length_ / 2));
        to.append("..."sv);
    }

private:
    constexpr void reach(int byte) noexcept {
        reached_ = true;
        mark_ = text_.view().size();
        byte_ = static_cast<std::int16_t>(byte);
    }
    constexpr void take(int byte) noexcept {
        ++length_;
        first_.push(is_graphic(static_cast<char>(byte)) ? static_cast<char>(byte) : '?');
        if (!reached_ && text_.view().size() == before) {
            text_.drop_front(1);
            dropped_ = true;
        }
        bool const room = text_.view().size() < most;
        more_ = more_ || !room;
        if (room) text_.push(is_graphic(static_cast<char>(byte)) ? static_cast<char>(byte) : '?');
    }

    short_text<explanation::shown> text_ = {};
    short_text<4> first_ = {};
    std::size_t length_ = 0;
    solid_run run_ = {};
    std::size_t mark_ = 0;
    std::int16_t byte_ = -1;
    bool secret_ = false, reached_ = false, dropped_ = false, more_ = false;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/explain/part_match.hpp
// Looks for the parts of one signed text in another, and counts those that differ.
// Source: docs/design.md, "Why a signature was refused".
// Data flow: two signed texts in; membership, order and a number out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_PART_MATCH_HPP
#define RESTARTCASTER_EXPLAIN_PART_MATCH_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Two texts whose parts are compared by name and value.
template <class Char>
class part_match {
    using reader = text_reader<Char>;

public:
    constexpr part_match(reader const& ours, reader const& theirs, bool cut_short) noexcept
        : ours_(ours), theirs_(theirs), cut_short_(cut_short) {}

    // Whether the name of our part sorts before theirs.
    [[nodiscard]] constexpr bool sorts_first(text_item const& mine_part, text_item const& other_part) const noexcept {
        std::size_t mine = mine_part.name_begin, other = other_part.name_begin;
        while (true) {
            text_character const a = mine < mine_part.name_end ? ours_.in_part(mine_part, mine) : text_character{};
            text_character const b =
                other < other_part.name_end ? theirs_.in_part(other_part, other) : text_character{};
            if (a.byte != b.byte || a.byte == -1) return a.byte < b.byte; // unreached: encodings_first
            mine += a.size;
            other += b.size;
        }
    }
    [[nodiscard]] RESTARTCASTER_ONCE constexpr bool same_name(text_item const& mine,
                                                              text_item const& other) const noexcept {
        return same(ours_, mine, mine.name_begin, mine.name_end, theirs_, other, other.name_begin, other.name_end);
    }
    // Whether `item` of the text `whose` is, by its name, in the text `where`.
    [[nodiscard]] RESTARTCASTER_ONCE static constexpr bool is_in(reader const& where, reader const& whose,
                                                                 text_item const& item) noexcept {
        for (text_item other = where.first(); other.part != text_part::none; other = where.after(other))
            if (other.part == item.part &&
                same(where, other, other.name_begin, other.name_end, whose, item, item.name_begin, item.name_end))
                return true;
        return false;
    }

    // Counts the parts of ours that are missing in theirs or differ, and the parts that only theirs has.
    [[nodiscard]] constexpr std::uint16_t count() const noexcept {
        constexpr unsigned most_searches = 64; // bounds the work on hostile texts
        unsigned differing = 0, found = 0, searches = 0;
        bool body = false;
        text_item next = theirs_.first();
        for (text_item mine = ours_.first(); mine.part != text_part::none && searches != most_searches;
             mine = ours_.after(mine)) {
            if (mine.part == text_part::signed_headers) continue; // follows from the headers
            text_item other = next;
            if (other.part != mine.part || !same_name(mine, other)) {
                ++searches;
                other = search(mine);
            }
            if (other.part == text_part::none) {
                if (!cut_short_) ++differing; // it may be in the part that was cut off
                continue;
            }
            ++found;
            next = theirs_.after(other);
            if (next.part == text_part::signed_headers) next = theirs_.after(next);
            if (same(ours_, mine, mine.value_begin, mine.value_end, theirs_, other, other.value_begin, other.value_end))
                continue;
            bool const of_body = mine.part == text_part::payload_hash || ours_.is_named(mine, "x-acs-content-sha256"sv);
            if (!of_body || !body) ++differing;
            body = body || of_body;
        }
        unsigned const theirs = searches == most_searches ? 0 : number_of_theirs();
        return static_cast<std::uint16_t>((theirs > found ? differing + theirs - found : differing) & 0xFFFF);
    }

private:
    [[nodiscard]] RESTARTCASTER_ONCE static constexpr bool same(reader const& one, text_item const& a, std::size_t from,
                                                                std::size_t to, reader const& two, text_item const& b,
                                                                std::size_t at, std::size_t end) noexcept {
        while (from < to && at < end) {
            text_character const x = one.in_part(a, from), y = two.in_part(b, at);
            if (x.byte != y.byte || x.size != y.size || x.lower_hex != y.lower_hex) return false;
            from += x.size;
            at += y.size;
        }
        return from >= to && at >= end;
    }
    [[nodiscard]] constexpr text_item search(text_item const& mine) const noexcept {
        text_item other = theirs_.first();
        while (other.part != text_part::none && (other.part != mine.part || !same_name(mine, other)))
            other = theirs_.after(other);
        return other;
    }
    [[nodiscard]] constexpr unsigned number_of_theirs() const noexcept {
        unsigned number = 0;
        for (text_item item = theirs_.first(); item.part != text_part::none; item = theirs_.after(item))
            if (item.part != text_part::signed_headers) ++number;
        return number;
    }

    reader const& ours_;
    reader const& theirs_;
    bool cut_short_;
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/explain/compare.hpp
// Finds the first difference of two signed texts and its cause, and counts the other differences.
// Source: protocol "Canonicalization" (encoding and order), "Signature V3".
// Data flow: two text sources in, an explanation out.
// Long, because its rules share the place of the difference in both texts.
//
// How the comparison works. comparing_sink has found the offset of the first differing byte, so everything before it is
// equal. locate() finds the parts of both texts that contain this offset. Then the first rule that applies gives the
// cause:
//
//   cut         theirs ends here
//   encoding    the characters here are one character in two encodings, or a '+' and a space
//   value       the parts have the same name
//   membership  the names differ: the name that the other text does not have decides between added, missing and order
//
// count() then looks for every part of ours in theirs.
#ifndef RESTARTCASTER_EXPLAIN_COMPARE_HPP
#define RESTARTCASTER_EXPLAIN_COMPARE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The comparison of two texts of one kind.
template <class Char>
class text_comparison {
    using reader = text_reader<Char>;
    using source = text_source<Char>;

public:
    constexpr text_comparison(source& ours, source& theirs, signed_kind kind, std::size_t difference,
                              bool cut_short) noexcept
        : ours_(ours, kind), theirs_(theirs, kind), at_(difference), cut_short_(cut_short) {}

    [[nodiscard]] constexpr explanation explained() noexcept {
        locate();
        if (!ends_here() && !encoding()) parts();
        if (out_.cause != mismatch::cut) {
            std::uint16_t const all = match().count();
            bool const counted = out_.cause != mismatch::order && all != 0;
            out_.further = whole_query_ ? std::uint16_t{0} : counted ? static_cast<std::uint16_t>(all - 1) : all;
        }
        return out_;
    }

private:
    [[nodiscard]] constexpr part_match<Char> match() const noexcept { return {ours_, theirs_, cut_short_}; }

    // Finds the parts that contain the difference. Everything before it is equal, so both texts have the same parts
    // there.
    constexpr void locate() noexcept {
        mine_ = ours_.first();
        other_ = theirs_.first();
        while (other_.end_byte != -1 && other_.next <= at_) {
            mine_ = ours_.after(mine_);
            other_ = theirs_.after(other_);
        }
    }

    [[nodiscard]] constexpr bool both_are(text_part part) const noexcept {
        return mine_.part == part && other_.part == part;
    }

    // Whether theirs ends at the difference, or has only the mark of a length limit left.
    [[nodiscard]] constexpr bool ends_here() noexcept {
        constexpr std::size_t longest_mark = 32;
        bool const dots =
            theirs_.sees(at_, "..."sv) || theirs_.sees(at_, "\xE2\x80\xA6"sv) || theirs_.sees(at_, "[tr"sv);
        bool mark = dots && theirs_.size() - at_ <= longest_mark;
        for (std::size_t at = at_; mark && at < theirs_.size(); ++at) // no part of a text follows a mark
            mark = theirs_.raw(at) != '%' && theirs_.raw(at) != '&' && theirs_.raw(at) != '\n';
        if (at_ < theirs_.size() && !mark) return false;
        bool const whole = theirs_.kind() == signed_kind::rpc_v1 ? is_whole_query() : is_whole_request();
        if (whole && !cut_short_) return false;
        return cut_here();
    }
    constexpr bool cut_here() noexcept {
        out_.cause = mismatch::cut;
        out_.offset = at_;
        return true;
    }
    // Whether theirs ends after a complete parameter, and has the last parameter of every call. The service refuses a
    // call without Version with another code, so a text without Version was cut.
    [[nodiscard]] constexpr bool is_whole_query() const noexcept {
        if (!both_are(text_part::parameter) || mine_.value_end != other_.value_end) return false;
        for (text_item item = theirs_.first(); item.part != text_part::none; item = theirs_.after(item))
            if (item.part == text_part::parameter && theirs_.is_named(item, "Version"sv)) return true;
        return false;
    }
    // Whether theirs ends with a SHA-256 in hexadecimal.
    [[nodiscard]] constexpr bool is_whole_request() const noexcept {
        return other_.part == text_part::payload_hash && other_.value_end - other_.value_begin == 64;
    }

    // One character in two encodings, or '+' and a space.
    [[nodiscard]] constexpr bool encoding() noexcept {
        if (both_are(text_part::path)) return path_encoding();
        if (!both_are(text_part::parameter)) return false;
        std::size_t at = other_.name_begin;
        std::size_t offset = 0, lead = at;
        text_character theirs = theirs_.character(at);
        while (theirs.byte != -1 && at + theirs.size <= at_) {
            at += theirs.size;
            offset = at > other_.value_begin ? offset + 1 : 0;
            theirs = theirs_.character(at);
            if (!continues(theirs)) lead = at;
        }
        char_at_ = at;
        lead_at_ = lead;
        out_.offset = at < other_.value_begin ? at - other_.name_begin : offset;
        // Theirs ends inside an escape, of at most 5 bytes.
        if (theirs.byte == '%' && !theirs.escaped && theirs_.size() - at < 5) return cut_here();
        text_character const ours = ours_.character(at);
        if (ours.byte == -1 || theirs.byte == -1) return false;
        decoded_ = ours.byte != theirs.byte;
        bool as_written = false;
        mismatch const cause = encoding_of(ours, theirs, as_written);
        if (cause == mismatch::not_a_mismatch) return false;
        out_.cause = cause;
        bool const separator = !theirs.escaped && (theirs.byte == '=' || theirs.byte == '&');
        if (separator) return whole_query();
        show(mine_, other_, as_written);
        return true;
    }
    [[nodiscard]] static constexpr bool continues(text_character c) noexcept {
        return c.byte >> 6 == 2;
    } // UTF-8, 10xxxxxx

    [[nodiscard]] constexpr mismatch encoding_of(text_character ours, text_character theirs,
                                                 bool& as_written) const noexcept {
        if (ours.byte == theirs.byte) {
            if (ours.escaped != theirs.escaped) {
                if (theirs.escaped) return mismatch::not_encoded;
                if (theirs.byte == '&') return mismatch::not_a_mismatch;
                return theirs.byte == '=' ? mismatch::encoded_twice : mismatch::encoded_needlessly;
            }
            as_written = ours.size != theirs.size || !theirs.escaped;
            if (ours.size < theirs.size) return mismatch::not_encoded;
            if (ours.size > theirs.size) return mismatch::encoded_needlessly;
            return mismatch::lower_case_hex;
        }
        // Two names with different characters are two parameters.
        if (char_at_ < other_.value_begin) return mismatch::not_a_mismatch;
        bool const plus = (ours.byte == '+' && theirs.byte == ' ') || (ours.byte == ' ' && theirs.byte == '+');
        if (plus) return mismatch::plus_for_space;
        if (is_escape_of(ours_, ours, theirs) || is_escape_of(theirs_, theirs, ours)) return mismatch::encoded_twice;
        return mismatch::not_a_mismatch;
    }
    // Whether an escaped '%' and the two characters after it are the escape of `single`.
    [[nodiscard]] constexpr bool is_escape_of(reader const& text, text_character twice,
                                              text_character single) const noexcept {
        if (twice.byte != '%' || !twice.escaped || !single.escaped) return false;
        text_character const high = text.character(char_at_ + twice.size);
        text_character const low = text.character(char_at_ + twice.size + high.size);
        return reader::hex_of(high.byte) * 16 + reader::hex_of(low.byte) == static_cast<unsigned>(single.byte);
    }
    // The fault is in a '=' or '&' between names and values, so it concerns the whole query.
    [[nodiscard]] constexpr bool whole_query() noexcept {
        text_item first = theirs_.first();
        while (first.part != text_part::parameter) first = theirs_.after(first);
        out_.offset = char_at_ - first.name_begin;
        out_.name.append("query"sv);
        whole_query_ = true;
        // Shows only the name before the separator: the value before it may be a key id.
        auto const separator_only = [this](text_item item) {
            item.value_begin = char_at_ >= item.value_begin ? char_at_ : item.name_begin;
            item.value_end = item.value_begin + 16 < item.next ? item.value_begin + 16 : item.next;
            if (item.value_end > char_at_ + 5) item.value_end = char_at_ + 5;
            return item;
        };
        show_values(separator_only(mine_), separator_only(other_), true, false, false);
        return true;
    }
    [[nodiscard]] constexpr bool path_encoding() noexcept {
        bool const slash = ours_.sees(other_.value_begin, "/&"sv), lower = ours_.sees(other_.value_begin, "%2f&"sv);
        if ((!slash && !lower) || !theirs_.sees(other_.value_begin, "%2F&"sv)) return false;
        out_.cause = slash ? mismatch::not_encoded : mismatch::lower_case_hex;
        out_.name.append("path"sv);
        show_values(mine_, other_, true, false, false);
        return true;
    }

    constexpr void parts() noexcept {
        bool const same = mine_.part == other_.part && match().same_name(mine_, other_);
        if (same && (mine_.value_end > at_ || other_.value_end > at_)) return value();
        if (same) {
            mine_ = ours_.after(mine_);
            other_ = theirs_.after(other_);
        }
        out_.offset = 0;
        membership();
    }

    constexpr void value() noexcept {
        switch (mine_.part) {
        case text_part::method: return fault(mismatch::method, "method"sv);
        case text_part::path: return fault(mismatch::path, "path"sv);
        case text_part::signed_headers: return signed_headers();
        case text_part::payload_hash:
            if (theirs_.kind() == signed_kind::acs3) return fault(mismatch::value_changed, "canonical request"sv);
            return fault(mismatch::body_changed, "x-acs-content-sha256"sv);
        case text_part::header: out_.cause = mismatch::header_changed; break;
        default: out_.cause = is_damaged() ? mismatch::not_utf8 : mismatch::value_changed; break;
        }
        if (mine_.part != text_part::parameter) out_.offset = at_ - other_.value_begin;
        show(mine_, other_, false);
        std::string_view const name = out_.name.view();
        if (name == "x-acs-content-sha256"sv) out_.cause = mismatch::body_changed;
        if (name == "x-acs-date"sv || name == "Timestamp"sv || name == "TimeStamp"sv) out_.cause = mismatch::time;
    }
    RESTARTCASTER_ONCE constexpr void fault(mismatch cause, std::string_view name) noexcept {
        out_.cause = cause;
        out_.name.append(name);
        out_.offset = at_ > other_.value_begin ? at_ - other_.value_begin : 0;
        show_values(mine_, other_, true, false, false);
    }
    // The lists of names differ, and the headers do not.
    constexpr void signed_headers() noexcept {
        std::size_t const mine = mine_.value_end - mine_.value_begin, other = other_.value_end - other_.value_begin;
        fault(mine == other ? mismatch::order : mine < other ? mismatch::header_added : mismatch::header_missing,
              "SignedHeaders"sv);
    }

    // Whether the character at the difference is not UTF-8 on one side, or was replaced by U+FFFD.
    [[nodiscard]] constexpr bool is_damaged() const noexcept {
        char32_t const mine = code_at(ours_, mine_.value_end), other = code_at(theirs_, other_.value_end);
        return mine == bad || other == bad || (other == 0xFFFD && mine > 0x7F);
    }
    static constexpr char32_t bad = 0x110000;
    [[nodiscard]] constexpr char32_t code_at(reader const& text, std::size_t end) const noexcept {
        char bytes[4]{};
        std::size_t size = 0;
        for (std::size_t at = lead_at_; size != sizeof bytes && at < end;) {
            text_character const c = text.character(at);
            if (c.byte == -1) break; // unreached: rewritten
            bytes[size++] = static_cast<char>(c.byte);
            at += c.size;
        }
        char32_t code = 0;
        return size != 0 && utf8_character(bytes, size, code) == 0 ? bad : code;
    }

    // The names differ, or one text has no further part of this kind.
    constexpr void membership() noexcept {
        bool extra = mine_.part < other_.part; // ours has one more
        if (other_.part == text_part::none && mine_.part == other_.part) {
            if (at_ < theirs_.size())
                cut_here(); // theirs ends with a separator
            else
                fault(mismatch::value_changed, "end"sv); // ours does
            return;
        }
        if (mine_.part == other_.part) {
            bool const mine_is_there = part_match<Char>::is_in(theirs_, ours_, mine_),
                       other_is_here = part_match<Char>::is_in(ours_, theirs_, other_);
            if (mine_is_there && other_is_here) {
                return other_order();
            }
            extra = mine_is_there == other_is_here ? match().sorts_first(mine_, other_) : !mine_is_there;
        }
        text_item const& item = extra ? mine_ : other_;
        if (item.part == text_part::header)
            out_.cause = extra ? mismatch::header_missing : mismatch::header_added;
        else if (item.part == text_part::parameter)
            out_.cause = extra ? mismatch::parameter_missing : mismatch::parameter_added;
        else
            return fault(item.part == text_part::payload_hash ? mismatch::body_changed : mismatch::value_changed,
                         "end"sv);
        text_item const nothing{};
        if (extra)
            show(item, nothing, false);
        else
            show(nothing, item, false);
    }
    // Shows both names as values.
    constexpr void other_order() noexcept {
        out_.cause = mismatch::order;
        put_name(ours_, mine_);
        auto const name_only = [](text_item item) {
            item.value_begin = item.name_begin;
            item.value_end = item.name_end;
            return item;
        };
        show_values(name_only(mine_), name_only(other_), false, false, false);
    }
    // Puts the name and both values into the explanation.
    RESTARTCASTER_ONCE constexpr void show(text_item const& mine, text_item const& other, bool as_written) noexcept {
        if (other.part == text_part::none)
            put_name(ours_, mine);
        else
            put_name(theirs_, other);
        std::string_view const name = out_.name.view();
        show_values(mine, other, as_written, is_secret_name(name), name == "AccessKeyId"sv);
    }
    constexpr void put_name(reader const& text, text_item const& item) noexcept {
        for (std::size_t at = item.name_begin; at < item.name_end;) {
            text_character const c = text.in_part(item, at);
            if (c.byte == -1) break; // unreached: rewritten
            out_.name.push(is_graphic(static_cast<char>(c.byte)) ? static_cast<char>(c.byte) : '?');
            at += c.size;
        }
    }
    RESTARTCASTER_ONCE constexpr void show_values(text_item const& mine, text_item const& other, bool as_written,
                                                  bool secret, bool key_id) noexcept {
        std::size_t const place = decoded_ ? char_at_ : at_;
        value_excerpt<Char> const ours(ours_, mine, place, as_written), theirs(theirs_, other, place, as_written);
        bool const hash = mine.part == text_part::payload_hash || out_.name.view() == "x-acs-content-sha256"sv;
        out_.left_out = secret || key_id || (!hash && (ours.secret() || theirs.secret()));
        if (!out_.left_out) {
            if (mine.part != text_part::none) ours.put(out_.ours, out_.ours_mark, out_.ours_byte);
            if (other.part != text_part::none) theirs.put(out_.theirs, out_.theirs_mark, out_.theirs_byte);
            if (mine.part == text_part::parameter && other.part == mine.part && decoded_) {
                out_.ours_byte = decoded(ours_, mine);
                out_.theirs_byte = decoded(theirs_, other);
            }
            return;
        }
        if (mine.part != text_part::none) leave_out(out_.ours, ours, key_id);
        if (other.part != text_part::none) leave_out(out_.theirs, theirs, key_id);
    }
    // The byte that the character at the difference stands for; -1 where the value has ended.
    [[nodiscard]] constexpr std::int16_t decoded(reader const& text, text_item const& item) const noexcept {
        return static_cast<std::int16_t>(char_at_ < item.value_end ? text.character(char_at_).byte : -1);
    }
    static constexpr void leave_out(short_text<explanation::shown>& to, value_excerpt<Char> const& value,
                                    bool key_id) noexcept {
        if (key_id)
            value.put_short(to);
        else
            to.append("[...]"sv);
    }

    reader ours_;
    reader theirs_;
    std::size_t at_;
    bool cut_short_;
    text_item mine_ = {};
    text_item other_ = {};
    // The character at the difference, and the first byte of its UTF-8 sequence.
    std::size_t char_at_ = 0;
    std::size_t lead_at_ = 0;
    // Whether the two characters stand for different bytes.
    bool decoded_ = false;
    // Whether the fault concerns the whole query, so that its parts cannot be counted.
    bool whole_query_ = false;
    explanation out_ = {};
};

}}} // namespace restartcaster::detail

#endif

// ---- restartcaster/explain/sentence.hpp
// The sentence of an explanation: what differs, what that means, what to do.
// Source: docs/how-to/signature-does-not-match.md.
// Data flow: an explanation in, text into the caller's sink; never a secret, a token or a signature.
#ifndef RESTARTCASTER_EXPLAIN_SENTENCE_HPP
#define RESTARTCASTER_EXPLAIN_SENTENCE_HPP

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

// ---- restartcaster/explain/service_text.hpp
// Finds the texts that the service prints in the message of a refusal: its string to sign, its canonical request.
// Source: protocol 4.3; messages of the vendor's gateways, in their spellings.
// Data flow: a message whose escapes are decoded in; views of the two texts out.
#ifndef RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP
#define RESTARTCASTER_EXPLAIN_SERVICE_TEXT_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The texts of the service in a refusal.
/// Storage: views into the message or the answer.
struct service_text {
    /// The string to sign of version 1.0, or the two lines of ACS3; empty if the refusal has none.
    std::string_view string_to_sign = {};
    /// The canonical request of ACS3; empty if the refusal has none.
    std::string_view canonical_request = {};
    /// Whether the answer ends inside the last of the texts.
    bool cut = false;

    /// Whether there is any text of the service.
    [[nodiscard]] constexpr bool found() const noexcept {
        return !string_to_sign.empty() || !canonical_request.empty();
    }
};

namespace detail {

/// The offset of `word` in a text from `from` on, without regard to the case of letters; npos if it is not there.
template <class Text>
[[nodiscard]] RESTARTCASTER_ONCE constexpr std::size_t find_ignoring_case(Text text, std::string_view word,
                                                                          std::size_t from = 0) noexcept {
    for (std::size_t at = from; at + word.size() <= text.size(); ++at)
        if (ascii_lower(text[at]) == ascii_lower(word[0]) && equal_ignoring_case(part(text, at, word.size()), word))
            return at;
    return Text::npos;
}

/// The place of a text of the service: where its announcement begins, and where the text begins.
struct announced_text {
    static constexpr std::size_t nowhere = std::string_view::npos;
    std::size_t mark = nowhere;
    std::size_t begin = nowhere;
    bool canonical = false;
};

/// The first announcement from `from` on. The gateways write "server string to sign is:...", "server StringToSign is
/// [...]", "server CanonicalRequest is [...]", and an element StringToSign.
template <class Text>
[[nodiscard]] RESTARTCASTER_ONCE constexpr announced_text find_announced(Text text, std::size_t from) noexcept {
    struct spelling_of {
        std::string_view words;
        bool canonical;
    };
    constexpr spelling_of spellings[] = {{"string to sign is"sv, false},
                                         {"stringtosign is"sv, false},
                                         {"canonical request is"sv, true},
                                         {"canonicalrequest is"sv, true},
                                         {"<stringtosign>"sv, false},
                                         {"<canonicalrequest>"sv, true}};
    announced_text first;
    for (spelling_of const& one : spellings) {
        std::size_t const at = find_ignoring_case(text, one.words, from);
        if (at < first.mark) first = {at, at + one.words.size(), one.canonical};
    }
    if (first.mark == announced_text::nowhere) return first;
    constexpr std::string_view server = "server "sv;
    if (first.mark >= from + server.size() &&
        equal_ignoring_case(part(text, first.mark - server.size(), server.size()), server))
        first.mark -= server.size();
    return first;
}

/// The number of bytes at the begin of a text that are a text of the service; what follows is not, such as the request
/// id that many clients append. 0 if the text has another form, or ends before its form does.
template <class Text>
[[nodiscard]] constexpr std::size_t size_by_form(Text text) noexcept {
    auto const run = [text](std::size_t at, auto belongs) {
        while (at != text.size() && belongs(text[at])) ++at;
        return at;
    };
    auto const line_end = [run](std::size_t at) { return run(at, [](char c) { return c != '\n'; }); };
    auto const is_hex = [](char c) { return hex_value(c) < 16; };
    std::size_t at = run(0, [](char c) { return letter_kind_of(c) != letter_kind::none; });
    if (at == 0 || at == text.size()) return 0;
    // Version 1.0: everything behind the method is percent-encoded.
    if (text[at] == '&') return run(at, [](char c) { return is_unreserved(c) || c == '%' || c == '&'; });
    // ACS3: the name of the algorithm and a hash in hexadecimal.
    if (part(text, 0, 5) == "ACS3-"sv) {
        at = line_end(at);
        return at == text.size() ? 0 : run(at + 1, is_hex);
    }
    // A canonical request: method, path and query, the headers and an empty line, the names of the headers, a hash.
    if (text[at] != '\n') return 0;
    for (unsigned line = 0; line != 2 && at != text.size(); ++line) at = line_end(at + 1);
    while (at < text.size() && part(text, at, 2) != "\n\n"sv) at = line_end(at + 1);
    if (at == text.size()) return 0;
    at = line_end(at + 2);
    return at == text.size() ? 0 : run(at + 1, is_hex);
}

/// Takes the texts of the service out of a message, whose escapes are decoded.
template <class Text>
class service_text_reader {
public:
    constexpr explicit service_text_reader(Text message, bool message_cut) noexcept
        : message_(message), cut_(message_cut) {}

    [[nodiscard]] constexpr service_text read_text() noexcept {
        for (announced_text one = find_announced(message_, 0); one.mark != announced_text::nowhere && !done_;) {
            announced_text const next = find_announced(message_, one.begin);
            take(one, next.mark == announced_text::nowhere ? message_.size() : next.mark,
                 next.mark == announced_text::nowhere);
            one = next;
        }
        return out_;
    }

private:
    constexpr void take(announced_text const& one, std::size_t end, bool last) noexcept {
        std::string_view& to = one.canonical ? out_.canonical_request : out_.string_to_sign;
        if (!to.empty()) { // a second refusal begins
            done_ = true;
            return;
        }
        std::size_t begin = one.begin;
        if (begin < end && message_[begin] == ':') ++begin;
        while (begin < end && message_[begin] == ' ') ++begin;
        bool const bracket = begin < end && message_[begin] == '[';
        if (bracket) ++begin;
        bool cut = last && cut_;
        std::size_t const own_end = begin + size_by_form(part(message_, begin, end - begin));
        if (own_end != begin) {
            cut = is_cut_mark(part(message_, own_end, end - own_end)) || (own_end == end && (bracket || cut));
            end = own_end;
        } else if (bracket) {
            // The last bracket, because a host may be an IPv6 address in brackets.
            std::size_t closing = end;
            while (closing != begin && message_[closing - 1] != ']') --closing;
            cut = closing == begin;
            if (!cut) end = closing - 1;
        } else {
            end = tag_or(begin, end);
            while (end != begin && is_blank(message_[end - 1])) --end;
        }
        to = part(message_, begin, end - begin);
        out_.cut = cut;
    }
    [[nodiscard]] static constexpr bool is_cut_mark(Text rest) noexcept {
        return part(rest, 0, 3) == "\xE2\x80\xA6"sv || part(rest, 0, 3) == "[tr"sv;
    }
    // The texts contain no '<'; it begins the end tag of an element.
    [[nodiscard]] constexpr std::size_t tag_or(std::size_t begin, std::size_t end) const noexcept {
        for (; begin != end; ++begin)
            if (message_[begin] == '<') return begin;
        return end;
    }

    Text message_;
    bool cut_;
    bool done_ = false;
    service_text out_ = {};
};

} // namespace detail

/// The texts of the service in a message whose escapes are decoded, such as error::message.
[[nodiscard]] constexpr service_text service_text_of(std::string_view message) noexcept {
    return detail::service_text_reader<std::string_view>(message, false).read_text();
}

}} // namespace restartcaster

#endif

// ---- restartcaster/explain/sent_signature.hpp
// Tells whether the signature that was sent was made with a secret, over the text of the service.
// Source: help documents 50286 and 2593177 (the HMAC keys of both schemes).
// Data flow: a secret, the text of the service and a signature in; the cause `secret` made more exact out.
#ifndef RESTARTCASTER_EXPLAIN_SENT_SIGNATURE_HPP
#define RESTARTCASTER_EXPLAIN_SENT_SIGNATURE_HPP

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

// ---- restartcaster/explain/wrapped_message.hpp
// Finds the texts of the service in a whole answer, JSON or XML, complete or not, or in a log that contains it.
// Source: protocol 4.3; RFC 8259 section 7, XML 1.0 section 4.6 (escapes).
// Data flow: bytes of an answer or a log in; their escapes are decoded in place; views of the two texts out.
#ifndef RESTARTCASTER_EXPLAIN_WRAPPED_MESSAGE_HPP
#define RESTARTCASTER_EXPLAIN_WRAPPED_MESSAGE_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The surroundings of a message in an answer or a log.
enum class wrapping : std::uint8_t { plain, json, json_in_json, xml, cdata };

/// The message in an answer, and what ends it.
template <class Char>
class wrapped_message {
public:
    constexpr explicit wrapped_message(std::span<Char> answer) noexcept : answer_(answer) {}

    [[nodiscard]] constexpr service_text read_text() noexcept {
        std::string_view const all = text_at(answer_.data(), answer_.size());
        announced_text const first = find_announced(all, 0);
        if (first.mark == announced_text::nowhere) return {};
        std::size_t const begin = start(all, first.mark);
        std::size_t end = finish(all, begin);
        bool const cut = how_ != wrapping::plain && end == all.size();
        if (cut) end = without_half_an_escape(all, end);
        std::size_t size = end - begin;
        Char* const text = answer_.data() + begin;
        if (how_ == wrapping::json || how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::json_in_json) size = decode_json(text_at(text, size), text);
        if (how_ == wrapping::xml) size = decode(text, text + size, text, '&', read_xml_reference<Char>);
        size = without_cr(text, without_more_escapes(text, size));
        service_text out = service_text_reader<std::string_view>(text_at(text, size), cut).read_text();
        std::size_t const before = out.string_to_sign.size();
        end_line(out.string_to_sign);
        out.cut = out.cut && before == out.string_to_sign.size();
        return out;
    }

private:
    [[nodiscard]] static constexpr bool is_solid_name(char c) noexcept {
        return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
    }
    // Looks back from the announcement for the quotation mark, tag or line end before the message.
    [[nodiscard]] constexpr std::size_t start(std::string_view all, std::size_t at) noexcept {
        for (; at != 0 && all[at - 1] != '\n'; --at) {
            char const before = all[at - 1];
            if (before == '"' || before == '\'') {
                quote_ = before;
                how_ = at > 1 && all[at - 2] == '\\' ? wrapping::json_in_json : wrapping::json;
                return at;
            }
            if (before == '>' && at > 1 && is_solid_name(all[at - 2])) { // the end of a tag, not of an arrow
                how_ = wrapping::xml;
                return at;
            }
            constexpr std::string_view cdata = "<![CDATA["sv;
            if (before == '[' && at >= cdata.size() && part(all, at - cdata.size(), cdata.size()) == cdata) {
                how_ = wrapping::cdata;
                return at;
            }
        }
        if (all.size() - at > 14 && (find_ignoring_case(part(all, at, 14), "<stringtosign>"sv) == 0))
            how_ = wrapping::xml;
        return at;
    }
    [[nodiscard]] constexpr std::size_t finish(std::string_view all, std::size_t at) const noexcept {
        if (how_ == wrapping::plain) return all.size();
        for (; at != all.size(); ++at) {
            if (how_ == wrapping::cdata ? part(all, at, 3) == "]]>"sv : how_ == wrapping::xml && ends_element(all, at))
                return at;
            if (how_ == wrapping::json_in_json && all[at] == '\\' && part(all, at + 1, 1) == text_at(&quote_, 1))
                return at;
            if (how_ != wrapping::json && how_ != wrapping::json_in_json) continue;
            if (all[at] == quote_) return at;
            if (all[at] == '\\' && at + 1 != all.size()) ++at;
        }
        return at;
    }
    // The tags of an element of a text of the service inside an error are part of the message.
    [[nodiscard]] static constexpr bool ends_element(std::string_view all, std::size_t at) noexcept {
        if (all[at] != '<') return false;
        std::string_view const rest = part(all, part(all, at + 1, 1) == "/"sv ? at + 2 : at + 1);
        return find_ignoring_case(part(rest, 0, 17), "stringtosign>"sv) != 0 &&
               find_ignoring_case(part(rest, 0, 17), "canonicalrequest>"sv) != 0;
    }
    // An answer that ends in an escape ends before it.
    [[nodiscard]] constexpr std::size_t without_half_an_escape(std::string_view all, std::size_t end) const noexcept {
        constexpr std::size_t longest = 12; // a surrogate pair; an announcement is longer
        bool const json = how_ == wrapping::json || how_ == wrapping::json_in_json;
        Char bytes[4] = {};
        for (std::size_t at = end - longest; at < end;) {
            if (all[at] != (json ? '\\' : '&') || how_ == wrapping::cdata) {
                ++at;
                continue;
            }
            Char const* next = all.data() + at;
            std::size_t const size =
                json ? decode_character<Char>(next, all.data() + end, bytes, '\\', read_json_escape<Char>)
                     : decode_character<Char>(next, all.data() + end, bytes, '&', read_xml_reference<Char>);
            if (size == 1 && bytes[0] == all[at] && next == all.data() + at + 1) return at; // not decoded
            at = static_cast<std::size_t>(next - all.data());
        }
        return end;
    }
    // Logs and web pages may have escaped an answer once more; a signed text has neither "&amp;" nor a backslash.
    [[nodiscard]] static constexpr std::size_t without_more_escapes(Char* text, std::size_t size) noexcept {
        constexpr unsigned most_layers = 3;
        for (unsigned i = 0; i != most_layers; ++i) {
            std::string_view const all = text_at(text, size);
            if (find_ignoring_case(all, "&amp;"sv) != all.npos)
                size = decode(text, text + size, text, '&', read_xml_reference<Char>);
            else if (all.find("\\n"sv) != all.npos || all.find("\\u0026"sv) != all.npos)
                size = decode_json(all, text);
            else
                break;
        }
        return size;
    }
    // Windows ends lines with CR LF, those of a signed text too.
    [[nodiscard]] static constexpr std::size_t without_cr(Char* text, std::size_t size) noexcept {
        std::size_t kept = 0;
        for (std::size_t i = 0; i != size; ++i)
            if (text[i] != '\r' || i + 1 == size || text[i + 1] != '\n') text[kept++] = text[i];
        return kept;
    }
    // Other signed texts than those of the two schemes: the first line.
    static constexpr void end_line(std::string_view& text) noexcept {
        if (size_by_form(text) != 0 || part(text, 0, 5) == "ACS3-"sv) return;
        std::size_t const end = text.find('\n');
        if (end != std::string_view::npos) text = part(text, 0, end);
    }

    std::span<Char> answer_;
    wrapping how_ = wrapping::plain;
    char quote_ = '"';
};

} // namespace detail

/// The texts of the service in a whole answer, JSON or XML, complete or not, or in a log that contains an answer. The
/// first refusal is read; its escapes are decoded in place.
template <class Char>
[[nodiscard]] constexpr service_text service_text_in(std::span<Char> answer) noexcept
    requires(!std::is_const_v<Char>)
{
    return detail::wrapped_message<Char>(answer).read_text();
}

}} // namespace restartcaster

#endif

#endif
