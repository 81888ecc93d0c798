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
            } while (depth_ > depth || expects_ < expects::separator);
        }
        if (failed_) return reason();
        return {};
    }

private:
    // In this order: before `separator` a string may come, from there on skip() has nothing to read past.
    enum class expects : std::uint8_t { value, value_or_end, name, name_or_end, separator, nothing };

    [[nodiscard]] constexpr bool in_object() const noexcept { return (objects_ & 1) != 0; }

    [[nodiscard]] RESTARTCASTER_HOT constexpr char const* skip_blanks(char const* at) const noexcept {
        while (at != end_ && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
        return at;
    }

    // Nothing but this sees the token's address: it stays in registers.
    RESTARTCASTER_HOT constexpr bool step(json_token& token) noexcept {
        if (failed_) return false;
        char const* from = skip_blanks(at_);
        if (expects_ == expects::separator && from != end_ && *from == ',') {
            expects_ = in_object() ? expects::name : expects::value;
            from = skip_blanks(from + 1);
        }
        if (from == end_) {
            if (expects_ != expects::nothing) return fail(errc::unexpected_end, from);
            at_ = from;
            token = {{}, offset(), json_kind::end, false};
            return true;
        }
        char const* to = from + 1;
        json_kind kind = json_kind::string;
        bool escaped = false;
        if (*from == '"' && expects_ < expects::separator) {
            from = to;
            to = string(from, escaped);
            if (to == nullptr) return false;
            at_ = to + 1;
            if (expects_ > expects::value_or_end) {
                kind = json_kind::name;
                char const* const colon = skip_blanks(at_);
                if (colon == end_ || *colon != ':') return fail(errc::unexpected_byte, colon);
                at_ = colon + 1;
                expects_ = expects::value;
            } else {
                expects_ = after_value();
            }
        } else if (*from == (in_object() ? '}' : ']') && may_end()) {
            kind = in_object() ? json_kind::object_end : json_kind::array_end;
            objects_ >>= 1;
            --depth_;
            at_ = to;
            expects_ = after_value();
        } else if (expects_ > expects::value_or_end) {
            return fail(expects_ == expects::nothing ? errc::trailing_bytes : errc::unexpected_byte, from);
        } else if (*from == '{' || *from == '[') {
            if (depth_ == limit_) return fail(errc::nesting_too_deep, from);
            bool const object = *from == '{';
            kind = object ? json_kind::object_begin : json_kind::array_begin;
            ++depth_;
            objects_ = objects_ << 1 | (object ? 1u : 0u);
            at_ = to;
            expects_ = object ? expects::name_or_end : expects::value_or_end;
        } else {
            switch (*from) {
            case 't': kind = json_kind::true_value, to = expect(from, "true"); break;
            case 'f': kind = json_kind::false_value, to = expect(from, "false"); break;
            case 'n': kind = json_kind::null_value, to = expect(from, "null"); break;
            default: kind = json_kind::number, to = number(from); break;
            }
            if (to == nullptr) return false;
            at_ = to;
            expects_ = after_value();
        }
        token = {between(from, to), offset_of(from), kind, escaped};
        return true;
    }
    [[nodiscard]] constexpr expects after_value() const noexcept {
        return depth_ == 0 ? expects::nothing : expects::separator;
    }
    [[nodiscard]] constexpr bool may_end() const noexcept {
        return expects_ == expects::separator || expects_ == expects::value_or_end || expects_ == expects::name_or_end;
    }

    // The closing quote of a string, or null.
    RESTARTCASTER_HOT constexpr char const* string(char const* at, bool& escaped) noexcept {
        for (;;) {
            at = detail::skip_plain<'"', '\\'>(at, end_);
            if (at != end_ && *at == '"') return at;
            if (at != end_ && *at == '\\') escaped = true;
            at = special(at);
            if (at == nullptr) return nullptr;
        }
    }
    // Past an escape or a run of characters that are not ASCII, or null.
    constexpr char const* special(char const* at) noexcept {
        if (at == end_ || static_cast<unsigned char>(*at) < 0x20) return refuse(errc::unexpected_byte, at);
        if (*at == '\\') {
            detail::json_escape const escape = detail::read_json_escape(at, end_);
            if (escape.length == 0) return refuse(errc::json_invalid_escape, escape.truncated ? end_ : at);
            return at + escape.length;
        }
        do {
            std::size_t const length = detail::utf8_length(between(at, end_), 0);
            if (length == 0) return refuse(errc::invalid_utf8, at);
            at += length;
        } while (at != end_ && static_cast<unsigned char>(*at) >= 0x80);
        return at;
    }

    // The end of a number, or null.
    constexpr char const* number(char const* at) noexcept {
        if (*at != '-' && !detail::is_digit(*at)) return refuse(errc::unexpected_byte, at);
        if (*at == '-') ++at;
        bool const zero = at != end_ && *at == '0';
        char const* const second = at + 1;
        at = digits(at);
        if (at == nullptr) return nullptr;
        if (zero && at != second) return refuse(errc::json_invalid_number, second);
        if (at != end_ && *at == '.') {
            at = digits(at + 1);
            if (at == nullptr) return nullptr;
        }
        if (at != end_ && (*at == 'e' || *at == 'E')) {
            ++at;
            if (at != end_ && (*at == '+' || *at == '-')) ++at;
            at = digits(at);
        }
        return at;
    }
    // Past one digit or more, or null.
    constexpr char const* digits(char const* at) noexcept {
        if (at == end_ || !detail::is_digit(*at)) return refuse(errc::json_invalid_number, at);
        do ++at;
        while (at != end_ && detail::is_digit(*at));
        return at;
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
