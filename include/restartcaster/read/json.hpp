// SPDX-License-Identifier: MIT
// Reads JSON token by token: strict, nothing stored, nothing copied.
// Source: RFC 8259, and RFC 3629 for what UTF-8 is.
// Path: the body of a response in, tokens out; reply.hpp picks what it knows and skips the rest.
#ifndef RESTARTCASTER_READ_JSON_HPP
#define RESTARTCASTER_READ_JSON_HPP

#include "scan.hpp"

#include <span>

namespace restartcaster::inline RESTARTCASTER_ABI {

/// What a JSON token is.
enum class json_kind : std::uint8_t {
    object_begin,
    object_end,
    array_begin,
    array_end,
    name,
    string,
    number,
    true_value,
    false_value,
    null_value,
    end,
};

/// One JSON token.
/// Storage: `text` points into the document: a string or a name without its quotes and not decoded, a number
/// or a literal as it stands there.
struct json_token {
    std::string_view text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    json_kind kind;
    /// Whether `text` holds escapes; without them it is its own decoding.
    bool escaped;
};

namespace detail {

// The escape that begins at a backslash; a surrogate pair is one.
[[nodiscard]] constexpr character_escape read_json_escape(char const* at, char const* end) noexcept {
    for (std::uint32_t high = 0;;) {
        char const* const begin = at++;
        if (at == end) return {at};
        if (*at != 'u') {
            char const* pair = "\"\"\\\\//b\bf\fn\nr\rt\t"; // a letter and what it means
            while (*pair != '\0' && *pair != *at)
                pair += 2;
            if (high != 0 || *pair == '\0') return {at};
            return {at + 1, static_cast<unsigned char>(pair[1]), true};
        }
        ++at;
        std::uint32_t unit = 0;
        for (unsigned i = 0; i != 4; ++i, ++at) {
            if (at == end || hex_value(*at) > 15) return {at};
            unit = unit << 4 | hex_value(*at);
        }
        bool const low = unit >> 10 == 0xDC00 >> 10;
        if (low != (high != 0)) return {begin};
        if (low) return {at, (high << 10) + unit - ((0xD800u << 10) + 0xDC00 - 0x10000), true};
        if (unit >> 10 != 0xD800 >> 10) return {at, unit, true};
        high = unit;
        if (at == end || *at != '\\') return {at};
    }
}

constexpr std::size_t decode_json(json_token const& token, char* storage) noexcept {
    return decode(token.text, storage, '\\', read_json_escape);
}

} // namespace detail

/// Pulls tokens out of one JSON document, all of it checked: RFC 8259 to the letter.
/// Its choices, where the RFC leaves one: a UTF-8 byte order mark at the start is skipped; any value may be
/// the root; bytes that are no UTF-8 and `\u` escapes of half a surrogate pair are refused; numbers of any
/// size are delivered as text; a name given twice is delivered twice; nesting ends at `depth_limit`.
/// Storage: the document stays the caller's and outlives the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   json_invalid_escape, json_invalid_number; detail is the byte offset. Nothing is read after one: every
///   further call gives it again.
/// Cost: linear in the document; 32 bytes of state where a pointer has four; no recursion.
class json_reader : public detail::place {
public:
    static constexpr unsigned max_depth = 64;

    constexpr explicit json_reader(std::string_view document, unsigned depth_limit = max_depth) noexcept
        : place(document),
          limit_(static_cast<std::uint8_t>(depth_limit < max_depth ? depth_limit : max_depth)) {}

    /// The next token; json_kind::end once the document is over, as often as asked.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<json_token> next() noexcept {
        json_token token{};
        if (!step(token)) return reason();
        return token;
    }

    /// Reads past what the last token began: the value of a name, the rest of an object or an array, the root
    /// before the first token; after anything else nothing. What is skipped is checked like what is not.
    constexpr result<void> skip() noexcept {
        if (expects_ < expects::separator) {
            unsigned const depth = expects_ == expects::value ? depth_ : depth_ - 1u;
            json_token token{};
            do {
                if (!step(token)) return reason();
            } while (depth_ > depth);
        }
        if (failed_) return reason();
        return {};
    }

private:
    // In this order: before `separator` a string may come, from there on skip() has nothing to read past.
    enum class expects : std::uint8_t { value, value_or_end, name, name_or_end, separator, nothing };

    [[nodiscard]] constexpr bool in_object() const noexcept { return (objects_ & 1) != 0; }

    // Nothing but this sees the token's address: it stays in registers.
    RESTARTCASTER_HOT constexpr bool step(json_token& token) noexcept {
        if (failed_) return false;
        skip_blanks();
        if (expects_ == expects::separator && accept(',')) {
            expects_ = in_object() ? expects::name : expects::value;
            skip_blanks();
        }
        char const* from = at_;
        char const* to = from;
        json_kind kind = json_kind::end;
        bool escaped = false;
        if (from == end_) {
            if (expects_ != expects::nothing) return fail(errc::unexpected_end);
        } else if (*from == '"' && expects_ < expects::separator) {
            ++from;
            if (!string(from, escaped)) return false;
            to = at_++;
            kind = json_kind::string;
            if (expects_ < expects::name) {
                expects_ = after_value();
            } else {
                kind = json_kind::name;
                skip_blanks();
                if (!expect(':')) return false;
                expects_ = expects::value;
            }
        } else if (*from == (in_object() ? '}' : ']') && may_end()) {
            kind = in_object() ? json_kind::object_end : json_kind::array_end;
            objects_ >>= 1;
            --depth_;
            to = ++at_;
            expects_ = after_value();
        } else if (expects_ > expects::value_or_end) {
            return fail(expects_ == expects::nothing ? errc::trailing_bytes : errc::unexpected_byte);
        } else if (*from == '{' || *from == '[') {
            if (depth_ == limit_) return fail(errc::nesting_too_deep);
            bool const object = *from == '{';
            kind = object ? json_kind::object_begin : json_kind::array_begin;
            ++depth_;
            objects_ = objects_ << 1 | (object ? 1u : 0u);
            to = ++at_;
            expects_ = object ? expects::name_or_end : expects::value_or_end;
        } else {
            kind = scalar(*from);
            if (failed_) return false;
            to = at_;
            expects_ = after_value();
        }
        token = {between(from, to), offset_of(from), kind, escaped};
        return true;
    }
    [[nodiscard]] constexpr expects after_value() const noexcept {
        return depth_ == 0 ? expects::nothing : expects::separator;
    }
    [[nodiscard]] constexpr bool may_end() const noexcept {
        return expects_ == expects::separator || expects_ == expects::value_or_end ||
               expects_ == expects::name_or_end;
    }

    // Up to the closing quote of a string.
    RESTARTCASTER_HOT constexpr bool string(char const* at, bool& escaped) noexcept {
        for (;;) {
            at_ = detail::skip_plain<'"', '\\'>(at, end_);
            if (sees('"')) return true;
            if (sees('\\')) escaped = true;
            if (!special()) return false;
            at = at_;
        }
    }
    // Past an escape or a run of characters that are not ASCII.
    constexpr bool special() noexcept {
        if (sees('\\')) {
            detail::character_escape const escape = detail::read_json_escape(at_, end_);
            if (!escape.valid) return fail(errc::json_invalid_escape, escape.next);
            at_ = escape.next;
            return true;
        }
        if (at_ == end_ || static_cast<unsigned char>(*at_) < 0x20) return fail(errc::unexpected_byte);
        do {
            if (!wide_character()) return false;
        } while (at_ != end_ && static_cast<unsigned char>(*at_) >= 0x80);
        return true;
    }

    // Past a number or a literal.
    constexpr json_kind scalar(char first) noexcept {
        json_kind kind = json_kind::number;
        char const* word = nullptr;
        switch (first) {
        case 't':
            kind = json_kind::true_value, word = "true";
            break;
        case 'f':
            kind = json_kind::false_value, word = "false";
            break;
        case 'n':
            kind = json_kind::null_value, word = "null";
            break;
        default:
            break;
        }
        if (word != nullptr)
            expect(word);
        else
            number();
        return kind;
    }
    constexpr void number() noexcept {
        if (!accept('-') && !sees_digit()) fail(errc::unexpected_byte);
        if (!accept('0'))
            digits();
        else if (sees_digit())
            fail(errc::json_invalid_number);
        if (accept('.')) digits();
        if (accept('e') || accept('E')) {
            if (!accept('+')) accept('-');
            digits();
        }
    }
    [[nodiscard]] constexpr bool sees_digit() const noexcept { return at_ != end_ && detail::is_digit(*at_); }
    constexpr void digits() noexcept {
        if (!sees_digit()) fail(errc::json_invalid_number);
        while (sees_digit())
            ++at_;
    }

    std::uint64_t objects_ = 0; // one bit a level, the innermost lowest: whether it is an object
    std::uint8_t depth_ = 0;
    std::uint8_t limit_;
    expects expects_ = expects::value;
};

/// The text that a string or a name stands for: its escapes read, surrogate pairs as one character.
/// Storage: a token without escapes is given as it is, and the storage is left alone; otherwise the result
///   points into `storage`, which may be the bytes of the token itself: a text is never longer than its
///   escapes.
/// Errors: storage_too_small; as many bytes as `token.text` has always do.
[[nodiscard]] constexpr result<std::string_view> decode_json_string(json_token const& token,
                                                                    std::span<char> storage) noexcept {
    std::string_view const raw = token.text;
    if (!token.escaped) return raw;
    if (storage.size() < raw.size())
        return unexpected(failure{.code = errc::storage_too_small, .detail = raw.size()});
    return detail::text_at(storage.data(), detail::decode_json(token, storage.data()));
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
