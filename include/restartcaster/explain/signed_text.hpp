// SPDX-License-Identifier: MIT
// Reads a string to sign or a canonical request part by part: method, path, parameters, headers, hash.
// Source: protocol "Canonicalization" rules 4 and 5; "Signature V3" (CanonicalRequest).
// Data flow: a text of text_source.hpp in; parts and characters out, for compare.hpp.
#ifndef RESTARTCASTER_EXPLAIN_SIGNED_TEXT_HPP
#define RESTARTCASTER_EXPLAIN_SIGNED_TEXT_HPP
#pragma once

#include "text_source.hpp"

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
