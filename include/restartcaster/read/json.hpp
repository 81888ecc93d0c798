// SPDX-License-Identifier: MIT
// A strict JSON pull reader, token by token, which stores and copies nothing.
// Source: RFC 8259; RFC 3629 (UTF-8).
// Data flow: the body of a response in, tokens out; answer.hpp picks the fields that it knows and skips the rest.
//
// The file is long, because it is one class: its functions share the position, the level and what is expected next.
#ifndef RESTARTCASTER_READ_JSON_HPP
#define RESTARTCASTER_READ_JSON_HPP
#pragma once

#include "escapes.hpp"
#include "plain_run.hpp"
#include "reader.hpp"

#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The kind of a JSON token.
enum class json_kind : std::uint8_t {
    /// `{`, `}`, `[` and `]`.
    object_begin,
    object_end,
    array_begin,
    array_end,
    /// A name in an object, and the values that are not objects or arrays.
    name,
    string,
    number,
    true_value,
    false_value,
    null_value,
    /// The end of the document.
    end,
};

namespace detail {

template <class Char>
constexpr std::size_t decode_json(std::string_view text, Char* storage) noexcept;

} // namespace detail

/// One JSON token.
/// Storage: `text` points into the document.
template <class Char>
struct basic_json_token {
    /// A string or name without its quotes and not decoded; a number or literal unchanged.
    std::basic_string_view<Char> text;
    /// Bytes of the document before `text`.
    std::size_t offset;
    json_kind kind;
    /// Whether `text` contains escapes; without escapes, no decoding is needed.
    bool escaped;

    /// The text that a string or a name stands for, decoded: surrogate pairs are one character.
    /// Storage: a token without escapes is returned as it is, and the storage is not written; otherwise the result
    ///   points into `storage`, which may be the bytes of the token itself: a text is never longer than its escapes.
    /// Errors: storage_too_small; `text.size()` bytes are always enough.
    [[nodiscard]] constexpr result<std::basic_string_view<Char>>
    decode(std::span<Char> storage RESTARTCASTER_LIFETIMEBOUND) const noexcept {
        if (!escaped) return text;
        if (storage.size() < text.size())
            return unexpected(failure{.code = errc::storage_too_small, .detail = text.size()});
        return detail::text_at(storage.data(), detail::decode_json(text, storage.data()));
    }
};
/// The token type for programs.
using json_token = basic_json_token<char>;

namespace detail {

// Reads the escape that begins at a backslash; a surrogate pair counts as one escape.
template <class Char>
constexpr std::uint32_t read_json_escape(cursor<Char>& text) noexcept {
    std::uint32_t high = 0;
    do {
        Char const* const begin = text.at_++;
        if (!text.advance_if('u')) {
            char const* pair = "\"\"\\\\//b\bf\fn\nr\rt\t"; // pairs: the letter of an escape, its character
            while (*pair != '\0' && *pair != text.peek())
                pair += 2;
            if (high != 0 || *pair == '\0') break;
            ++text.at_;
            return static_cast<unsigned char>(pair[1]);
        }
        std::uint32_t unit = 1; // the 1 moves to bit 16 after four digits
        for (unsigned digit = 0; unit < 0x10000 && (digit = hex_value(text.peek())) < 16; ++text.at_)
            unit = unit << 4 | digit;
        if (unit < 0x10000) break;
        bool const low = unit >> 10 == 0x1DC00 >> 10;
        if (low != (high != 0)) {
            text.at_ = begin;
            break;
        }
        if (low) return (high << 10) + unit - ((0x1D800u << 10) + 0x1DC00 - 0x10000);
        if (unit >> 10 != 0x1D800 >> 10) return unit - 0x10000;
        high = unit;
    } while (text.sees('\\'));
    text.set_failure(errc::json_invalid_escape);
    return 0;
}

template <class Char>
constexpr std::size_t decode_json(std::string_view text, Char* storage) noexcept {
    return decode<Char>(text.data(), text.data() + text.size(), storage, '\\', read_json_escape);
}

} // namespace detail

/// Reads the tokens of one JSON document and checks the whole document against RFC 8259.
/// Choices that the RFC leaves open: a UTF-8 byte order mark at the start is skipped; any value may be the root; bytes
/// that are not UTF-8 and `\u` escapes of half a surrogate pair are refused; numbers of any size are returned as text; a
/// duplicate name is returned twice; nesting is limited to `depth_limit` levels.
/// Storage: refers to the caller's document, which must outlive the reader and its tokens.
/// Errors: unexpected_end, unexpected_byte, invalid_utf8, nesting_too_deep, trailing_bytes,
///   json_invalid_escape, json_invalid_number; detail is the byte offset. After an error the reader stops: every
///   further call returns the same error.
/// Cost: linear in the document; 40 bytes of state with 32-bit pointers; no recursion.
template <class Char>
class basic_json_reader : protected detail::reader<Char> {
    using base = detail::cursor<Char>;
    using reader = detail::reader<Char>;
    using base::advance_if, base::advance_past, base::at_, base::between, base::character, base::digits, base::end_,
        base::set_failure, base::failed, base::offset_of, base::peek, base::reason, base::skip_blanks;
    using reader::depth_, reader::limit_;

public:
    using base::offset;
    /// The largest depth of nesting.
    static constexpr unsigned max_depth = 64;

    /// Reads `document`, with a limit of nesting of max_depth or, if smaller, `depth_limit`.
    constexpr explicit basic_json_reader(detail::document document RESTARTCASTER_LIFETIMEBOUND) noexcept
        : reader(document, max_depth, max_depth) {}
    template <detail::not_a_pointer Document>
    constexpr explicit basic_json_reader(Document&& document, unsigned depth_limit) noexcept
        : reader(detail::document(static_cast<Document&&>(document)), depth_limit, max_depth) {}

    /// The next token; json_kind::end at the end of the document and in every later call.
    [[nodiscard]] RESTARTCASTER_HOT constexpr result<basic_json_token<Char>> next() noexcept {
        detail::token<Char> token{};
        if (!step(token) && failed()) return reason();
        return basic_json_token<Char>{token.text, offset_of(token.text.data()), static_cast<json_kind>(token.kind),
                                      token.encoded};
    }

    /// Skips what the last token began: the value of a name, the rest of an object or array, or, before the first token,
    /// the root. After any other token, skips nothing. Skipped text is checked like all other text.
    constexpr result<void> skip_value() noexcept {
        if (expects_ < expects::separator) {
            unsigned const depth = expects_ == expects::value ? depth_ : depth_ - 1u;
            detail::token<Char> token{};
            while (step(token) && depth_ > depth)
                continue;
        }
        if (failed()) return reason();
        return {};
    }

private:
    template <class, detail::body_use>
    friend class detail::answer;

    // The order matters: before `separator` a string may follow; from `separator` on, skip_value() has nothing to skip. The
    // states of an object are those of an array plus 2.
    enum class expects : std::uint8_t { value, value_or_end, name, name_or_end, separator, nothing };
    static_assert(static_cast<int>(expects::name) == static_cast<int>(expects::value) + 2 &&
                  static_cast<int>(expects::name_or_end) == static_cast<int>(expects::value_or_end) + 2);
    // The kinds of brackets: those of an array are those of an object plus 2.
    static_assert(static_cast<int>(json_kind::array_begin) == static_cast<int>(json_kind::object_begin) + 2 &&
                  static_cast<int>(json_kind::array_end) == static_cast<int>(json_kind::object_end) + 2);

    // For a caller that reads members of the current object itself: whether the object is an element of an array; and what
    // follows, the first member or a further one.
    [[nodiscard]] constexpr bool object_in_array() const noexcept { return depth_ > 1 && (objects_ & 2) == 0; }
    constexpr void expect_member(bool first) noexcept { expects_ = first ? expects::name_or_end : expects::separator; }

    // 0 or 1, for arithmetic: brackets, kinds and states of objects and arrays differ by constants.
    [[nodiscard]] constexpr unsigned in_object() const noexcept { return static_cast<unsigned>(objects_) & 1; }
    [[nodiscard]] constexpr Char end_bracket() const noexcept {
        return static_cast<Char>(']' | in_object() << 5);
    }

    // Only this function takes the address of the token, so that the token stays in registers.
    template <class Kind = json_kind> // a dependent type: docs/design.md, "Cheap to include"
    RESTARTCASTER_HOT constexpr bool step(detail::token<Char>& token) noexcept {
        skip_blanks();
        if (expects_ == expects::separator && advance_if(',')) {
            expects_ = static_cast<expects>(2 * in_object());
            skip_blanks();
        }
        Char const* from = at_;
        Char const* to = from;
        Kind kind = Kind::end;
        bool escaped = false;
        if (from == end_) {
            if (expects_ != expects::nothing) set_failure(errc::unexpected_end);
        } else if (*from == '"' && expects_ < expects::separator) {
            from = ++at_;
            if (!string(escaped)) return false;
            to = at_++;
            kind = Kind::string;
            if (expects_ < expects::name) {
                expects_ = after_value();
            } else {
                kind = Kind::name;
                skip_blanks();
                if (!advance_if(':')) {
                    set_failure(errc::unexpected_byte);
                    return false;
                }
                expects_ = expects::value;
            }
        } else if (*from == end_bracket() && may_end()) {
            kind = static_cast<Kind>(3 - 2 * in_object());
            objects_ >>= 1;
            --depth_;
            to = ++at_;
            expects_ = after_value();
        } else if (expects_ > expects::value_or_end) {
            set_failure(expects_ == expects::nothing ? errc::trailing_bytes : errc::unexpected_byte);
        } else if (*from == '{' || *from == '[') {
            kind = static_cast<Kind>(begin_level());
            to = at_;
        } else {
            kind = scalar(*from);
            to = at_;
            expects_ = after_value();
        }
        token = {between(from, to), static_cast<std::uint8_t>(kind), escaped};
        return !failed() && kind != Kind::end;
    }
    // Past the bracket that begins an object or an array.
    RESTARTCASTER_HOT constexpr json_kind begin_level() noexcept {
        if (depth_ == limit_) {
            set_failure(errc::nesting_too_deep);
            return json_kind::end;
        }
        unsigned const object = peek() >> 5 & 1;
        objects_ = objects_ << 1 | object;
        ++depth_;
        ++at_;
        expects_ = static_cast<expects>(1 + 2 * object);
        return static_cast<json_kind>(2 - 2 * object);
    }
    [[nodiscard]] constexpr expects after_value() const noexcept {
        return depth_ == 0 ? expects::nothing : expects::separator;
    }
    [[nodiscard]] constexpr bool may_end() const noexcept {
        return expects_ == expects::separator || expects_ == expects::value_or_end ||
               expects_ == expects::name_or_end;
    }

    // Goes to the closing quote of a string, if there is one.
    RESTARTCASTER_HOT constexpr bool string(bool& escaped) noexcept {
        for (;;) {
            at_ = detail::skip_plain(at_, end_, '"', '\\', '\\');
            Char const c = peek();
            if (c == '"') return true;
            if (failed()) return false;
            if (c == '\\') escaped = true;
            special(c);
        }
    }
    // Skips one escape or character; in builds for speed, a run of non-ASCII characters.
    RESTARTCASTER_APART constexpr void special(Char c) noexcept {
        if (c == '\\') {
            detail::read_json_escape(*this);
            return;
        }
        character();
    }

    // Skips a number or a literal.
    constexpr json_kind scalar(Char first) noexcept {
        if (first == '-' || detail::is_digit(first)) {
            advance_if('-');
            Char const* const from = at_;
            digits(errc::json_invalid_number);
            if (at_ - from > 1 && *from == '0') set_failure(errc::json_invalid_number, from + 1);
            if (advance_if('.')) digits(errc::json_invalid_number);
            if ((peek() | 0x20) == 'e') {
                ++at_;
                if (!advance_if('+')) advance_if('-');
                digits(errc::json_invalid_number);
            }
            return json_kind::number;
        }
        unsigned kind = static_cast<unsigned>(json_kind::true_value);
        char const* word = "true\0\0false\0null\0\0"; // six bytes each, in the order of the kinds
        for (; *word != '\0' && *word != first; word += 6)
            ++kind;
        if (*word == '\0') set_failure(errc::unexpected_byte);
        advance_past(word);
        return static_cast<json_kind>(kind);
    }
    expects expects_ = expects::value;
    std::uint64_t objects_ = 0; // one bit per level, the innermost lowest; 1: an object
};

/// The reader for programs. Char is always char; it is a template parameter, so that an unused reader costs no compile
/// time.
using json_reader = basic_json_reader<char>;

}} // namespace restartcaster

#endif
