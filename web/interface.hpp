// SPDX-License-Identifier: MIT
// How the page and the library exchange texts: fields with a length come in, one JSON text goes out.
// Source: page.js, which writes the fields and reads the JSON (RFC 8259).
// Data flow: bytes of the page -> fields -> the functions of the page -> json_writer -> bytes for the page.
#ifndef RESTARTCASTER_WEB_INTERFACE_HPP
#define RESTARTCASTER_WEB_INTERFACE_HPP

#include <restartcaster/core/sink.hpp>

#include <cstdint>
#include <type_traits>

namespace page {

namespace rc = restartcaster;
using std::string_view_literals::operator""sv;

/// The fields of a call, one after the other: a length of four bytes, least significant byte first, and the bytes.
/// Storage: a view of the page's bytes. The fields can be changed in place, as the library does with escapes.
class fields {
public:
    explicit fields(std::span<char> bytes) noexcept : rest_(bytes) {}

    /// Whether there is a further field.
    [[nodiscard]] bool more() const noexcept { return rest_.size() >= length_size; }
    /// The next field; empty after the last field.
    [[nodiscard]] std::span<char> next_bytes() noexcept {
        if (!more()) return {};
        std::size_t size = 0;
        for (std::size_t i = length_size; i-- != 0;) size = size << 8 | static_cast<unsigned char>(rest_[i]);
        rest_ = rest_.subspan(length_size);
        std::span<char> const field = rest_.first(size < rest_.size() ? size : rest_.size());
        rest_ = rest_.subspan(field.size());
        return field;
    }
    [[nodiscard]] std::string_view next() noexcept {
        std::span<char> const bytes = next_bytes();
        return {bytes.data(), bytes.size()};
    }
    /// The next field as a whole number; -1 if it is none, or has more than 15 digits.
    [[nodiscard]] std::int64_t next_number() noexcept {
        std::string_view const digits = next();
        std::int64_t value = digits.empty() || digits.size() > 15 ? -1 : 0;
        for (char const c : digits) value = value < 0 || c < '0' || c > '9' ? -1 : value * 10 + (c - '0');
        return value;
    }
    [[nodiscard]] bool next_flag() noexcept { return next() == "1"sv; }

private:
    static constexpr std::size_t length_size = 4;
    std::span<char> rest_;
};

/// Writes one JSON text. A value follows its name, or stands in an array.
class json_writer {
public:
    explicit json_writer(rc::buffer_sink& to) noexcept : to_(to) {}

    void begin(char bracket) noexcept {
        separate();
        put(bracket);
        first_ = true;
    }
    void end(char bracket) noexcept {
        put(bracket);
        first_ = false;
    }
    void name(std::string_view text) noexcept {
        value(text);
        put(':');
        first_ = true;
    }
    void value(std::string_view text) noexcept {
        separate();
        put('"');
        for (char const c : text) append_escaped(c);
        put('"');
    }
    void value(bool is) noexcept { literal(is ? "true"sv : "false"sv); }
    void value(std::int64_t number) noexcept {
        separate();
        char digits[20];
        std::size_t at = sizeof digits;
        auto rest = static_cast<std::uint64_t>(number);
        if (number < 0) rest = 0 - rest;
        do digits[--at] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        if (number < 0) put('-');
        to_.append({digits + at, sizeof digits - at});
    }
    void null() noexcept { literal("null"sv); }
    template <class Value>
    void member(std::string_view key, Value const& its) noexcept {
        name(key);
        if constexpr (std::is_same_v<Value, bool>)
            value(its);
        else if constexpr (std::is_integral_v<Value>)
            value(static_cast<std::int64_t>(its));
        else
            value(std::string_view(its));
    }

private:
    void put(char c) noexcept { to_.append({&c, 1}); }
    void separate() noexcept {
        if (!first_) put(',');
        first_ = false;
    }
    void literal(std::string_view text) noexcept {
        separate();
        to_.append(text);
    }
    void append_escaped(char c) noexcept {
        constexpr char digits[] = "0123456789abcdef";
        if (c == '"' || c == '\\') put('\\');
        if (static_cast<unsigned char>(c) >= 0x20) return put(c);
        char const escape[] = {'\\', 'u', '0', '0', digits[c >> 4 & 15], digits[c & 15]};
        to_.append({escape, sizeof escape});
    }

    rc::buffer_sink& to_;
    bool first_ = true;
};

} // namespace page

#endif
