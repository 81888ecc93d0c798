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

struct json_escape {
    std::uint32_t code_point;
    std::uint8_t length; // 0 when there is none
    bool truncated;
};

// The escape that begins at a backslash; a surrogate pair counts as one.
[[nodiscard]] constexpr json_escape read_json_escape(char const* at, char const* end) noexcept {
    constexpr json_escape none{0, 0, false};
    constexpr json_escape truncated{0, 0, true};
    std::uint32_t high = 0;
    std::uint8_t length = 0;
    for (;;) {
        if (at != end && *at != '\\') return none;
        if (end - at < 2) return truncated;
        if (length != 0 && at[1] != 'u') return none;
        switch (at[1]) {
        case '"':
        case '\\':
        case '/': return {static_cast<unsigned char>(at[1]), 2, false};
        case 'b': return {'\b', 2, false};
        case 'f': return {'\f', 2, false};
        case 'n': return {'\n', 2, false};
        case 'r': return {'\r', 2, false};
        case 't': return {'\t', 2, false};
        case 'u': break;
        default: return none;
        }
        at += 2;
        std::uint32_t unit = 0;
        for (int i = 0; i != 4; ++i, ++at) {
            if (at == end) return truncated;
            char const c = ascii_lower(*at);
            if (!is_digit(c) && (c < 'a' || c > 'f')) return none;
            unit = unit << 4 | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
        }
        length = static_cast<std::uint8_t>(length + 6);
        bool const low = (unit & 0xFC00) == 0xDC00;
        if (low != (high != 0)) return none;
        if (low) return {0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF), length, false};
        if ((unit & 0xFC00) != 0xD800) return {unit, length, false};
        high = unit;
    }
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
/// Cost: linear in the document, 40 bytes or so of state, no recursion.
class json_reader : public detail::place {
public:
    static constexpr unsigned max_depth = 64;

    constexpr explicit json_reader(std::string_view document, unsigned depth_limit = max_depth) noexcept
        : place(document), limit_(static_cast<std::uint8_t>(depth_limit < max_depth ? depth_limit : max_depth)) {}

    /// The next token; json_kind::end once the document is over, as often as asked.
    [[nodiscard]] constexpr result<json_token> next() noexcept {
        json_token token{};
        if (!step(token)) return reason();
        return token;
    }

    /// Reads past what the last token began: the value of a name, the rest of an object or an array, the root
    /// before the first token; after anything else nothing. What is skipped is checked like what is not.
    constexpr result<void> skip() noexcept {
        if (expects_ >= expects::separator) return failed_ ? result<void>(reason()) : result<void>();
        unsigned const depth = expects_ == expects::value ? depth_ : depth_ - 1u;
        json_token token{};
        do {
            if (!step(token)) return reason();
        } while (depth_ > depth || expects_ < expects::separator);
        return {};
    }

private:
    // In this order: from `separator` on, nothing has been begun that skip() could read past.
    enum class expects : std::uint8_t { value, value_or_end, name_or_end, name, separator, nothing };

    [[nodiscard]] constexpr bool in_object() const noexcept { return (objects_ & 1) != 0; }

    [[nodiscard]] RESTARTCASTER_HOT constexpr char const* skip_blanks(char const* at) const noexcept {
        while (at != end_ && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
        return at;
    }

    RESTARTCASTER_HOT constexpr bool step(json_token& token) noexcept {
        if (failed_) return false;
        char const* at = skip_blanks(at_);
        if (expects_ == expects::separator) {
            if (at == end_ || *at != ',') return close(at, token);
            expects_ = in_object() ? expects::name : expects::value;
            at = skip_blanks(at + 1);
        }
        if (at == end_) {
            if (expects_ != expects::nothing) return fail(errc::unexpected_end, at);
            at_ = at;
            token = {{}, offset(), json_kind::end, false};
            return true;
        }
        switch (expects_) {
        case expects::value:
        case expects::value_or_end: return value(at, token);
        case expects::name_or_end:
        case expects::name:
            if (*at == '"') return name(at, token);
            if (expects_ == expects::name_or_end) return close(at, token);
            return fail(errc::unexpected_byte, at);
        default: return fail(errc::trailing_bytes, at);
        }
    }

    RESTARTCASTER_HOT constexpr bool value(char const* at, json_token& token) noexcept {
        switch (*at) {
        case '"': {
            char const* const last = string(at, token, json_kind::string);
            return last != nullptr && deliver(last + 1);
        }
        case '{': return open(at, token, json_kind::object_begin);
        case '[': return open(at, token, json_kind::array_begin);
        case ']':
            if (expects_ == expects::value_or_end) return close(at, token);
            return fail(errc::unexpected_byte, at);
        case 't': return literal(at, token, json_kind::true_value, "true");
        case 'f': return literal(at, token, json_kind::false_value, "false");
        case 'n': return literal(at, token, json_kind::null_value, "null");
        default: return number(at, token);
        }
    }

    RESTARTCASTER_HOT constexpr bool deliver(char const* at) noexcept {
        at_ = at;
        expects_ = depth_ == 0 ? expects::nothing : expects::separator;
        return true;
    }
    RESTARTCASTER_HOT constexpr void make(json_token& token, char const* from, char const* to,
                                          json_kind kind) const noexcept {
        token = {between(from, to), offset_of(from), kind, false};
    }

    constexpr bool open(char const* at, json_token& token, json_kind kind) noexcept {
        if (depth_ == limit_) return fail(errc::nesting_too_deep, at);
        bool const object = kind == json_kind::object_begin;
        ++depth_;
        objects_ = objects_ << 1 | (object ? 1u : 0u);
        expects_ = object ? expects::name_or_end : expects::value_or_end;
        at_ = at + 1;
        make(token, at, at_, kind);
        return true;
    }
    constexpr bool close(char const* at, json_token& token) noexcept {
        if (at == end_ || *at != (in_object() ? '}' : ']')) return fail(errc::unexpected_byte, at);
        make(token, at, at + 1, in_object() ? json_kind::object_end : json_kind::array_end);
        objects_ >>= 1;
        --depth_;
        return deliver(at + 1);
    }

    RESTARTCASTER_HOT constexpr bool name(char const* at, json_token& token) noexcept {
        at = string(at, token, json_kind::name);
        if (at == nullptr) return false;
        at = skip_blanks(at + 1);
        if (at == end_ || *at != ':') return fail(errc::unexpected_byte, at);
        at_ = at + 1;
        expects_ = expects::value;
        return true;
    }

    // From its opening quote; gives its closing quote, or null.
    RESTARTCASTER_HOT constexpr char const* string(char const* at, json_token& token, json_kind kind) noexcept {
        char const* const from = at + 1;
        bool escaped = false;
        at = detail::skip_plain<'"', '\\'>(from, end_);
        while (at == end_ || *at != '"') {
            at = special(at, escaped);
            if (at == nullptr) return nullptr;
            at = detail::skip_plain<'"', '\\'>(at, end_);
        }
        token = {between(from, at), offset_of(from), kind, escaped};
        return at;
    }
    // Past an escape or a run of bytes that are not ASCII; null for what cannot stand in a string.
    constexpr char const* special(char const* at, bool& escaped) noexcept {
        if (at != end_ && *at == '\\') {
            escaped = true;
            detail::json_escape const escape = detail::read_json_escape(at, end_);
            if (escape.length != 0) return at + escape.length;
            fail(errc::json_invalid_escape, escape.truncated ? end_ : at);
            return nullptr;
        }
        if (at == end_ || static_cast<unsigned char>(*at) < 0x20) {
            fail(errc::unexpected_byte, at);
            return nullptr;
        }
        while (at != end_ && static_cast<unsigned char>(*at) >= 0x80) {
            std::size_t const length = detail::utf8_length(between(at, end_), 0);
            if (length == 0) {
                fail(errc::invalid_utf8, at);
                return nullptr;
            }
            at += length;
        }
        return at;
    }

    constexpr bool number(char const* at, json_token& token) noexcept {
        char const* const from = at;
        if (*at == '-') ++at;
        if (at == from && !detail::is_digit(*at)) return fail(errc::unexpected_byte, at);
        bool const zero = at != end_ && *at == '0';
        char const* const whole = at;
        if (!digits(at)) return false;
        if (zero && at - whole > 1) return fail(errc::json_invalid_number, whole + 1);
        if (at != end_ && *at == '.') {
            ++at;
            if (!digits(at)) return false;
        }
        if (at != end_ && (*at == 'e' || *at == 'E')) {
            ++at;
            if (at != end_ && (*at == '+' || *at == '-')) ++at;
            if (!digits(at)) return false;
        }
        make(token, from, at, json_kind::number);
        return deliver(at);
    }
    RESTARTCASTER_HOT constexpr bool digits(char const*& at) noexcept {
        if (at == end_ || !detail::is_digit(*at)) return fail(errc::json_invalid_number, at);
        do ++at;
        while (at != end_ && detail::is_digit(*at));
        return true;
    }

    constexpr bool literal(char const* at, json_token& token, json_kind kind, std::string_view word) noexcept {
        char const* const from = at;
        for (char const c : word) {
            if (at == end_ || *at != c) return fail(errc::unexpected_byte, at);
            ++at;
        }
        make(token, from, at, kind);
        return deliver(at);
    }

    std::uint64_t objects_ = 0; // one bit a level, the innermost lowest: whether it is an object
    std::uint8_t depth_ = 0;
    std::uint8_t limit_;
    expects expects_ = expects::value;
};

/// The text that a string or a name stands for: its escapes read, surrogate pairs as one character.
/// Storage: a token without escapes is given as it is, and the storage is left alone; otherwise the result
///   points into `storage`, which may be the bytes of the token itself: a text is never longer than its escapes.
/// Errors: storage_too_small; as many bytes as `token.text` has always do.
[[nodiscard]] constexpr result<std::string_view> decode_json_string(json_token const& token,
                                                                    std::span<char> storage) noexcept {
    std::string_view const raw = token.text;
    if (!token.escaped) return raw;
    if (storage.size() < raw.size())
        return unexpected(failure{.code = errc::storage_too_small, .detail = raw.size()});
    char const* at = raw.data();
    char const* const end = at + raw.size();
    char* to = storage.data();
    while (at != end) {
        detail::json_escape const escape = detail::read_json_escape(at, end);
        if (escape.length == 0) { // no escape, or none that a reader has seen
            *to++ = *at++;
            continue;
        }
        to += detail::write_utf8(to, escape.code_point);
        at += escape.length;
    }
    return std::string_view{storage.data(), static_cast<std::size_t>(to - storage.data())};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
