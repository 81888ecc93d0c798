// SPDX-License-Identifier: MIT
// Fields in their plain form: in the expected order, without blanks, escapes and characters beyond ASCII.
// Source: docs/design.md, "Typed replies"; the order and form in which the service writes its answers.
// Data flow: pack.hpp asks for the expected name, and packs plain values without a token for each of them.
#ifndef RESTARTCASTER_READ_PLAIN_FORM_HPP
#define RESTARTCASTER_READ_PLAIN_FORM_HPP
#pragma once

#include "plain_run.hpp"
#include "reply_table.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Which field comes next. Services send the fields of a record in a stable order, which need not be the order of the
/// description. Small builds expect the order of the description; other builds learn the order from the records before.
class expectation {
public:
#if RESTARTCASTER_SMALL
    constexpr void begin(reply_table const& table) noexcept { nodes_ = table.nodes; }
    /// The first field of a record, the field after `node`, and `node` once more, is expected.
    constexpr void first(unsigned node) noexcept { next_ = nodes_[node].child; }
    constexpr void after(unsigned node) noexcept { next_ = nodes_[node].next; }
    constexpr void again(unsigned node) noexcept { next_ = static_cast<std::uint8_t>(node); }
    [[nodiscard]] constexpr unsigned expected() const noexcept { return next_; }
    /// Instead of the expected field came `node`.
    constexpr void learn(unsigned) noexcept {}

private:
    reply_node const* nodes_ = nullptr;
    std::uint8_t next_ = 0;
#else
    constexpr void begin(reply_table const& table) noexcept {
        for (unsigned i = 0; i != table.size; ++i) {
            next_[first_of + i] = table.nodes[i].child;
            next_[after_of + i] = table.nodes[i].next;
        }
    }
    constexpr void first(unsigned node) noexcept { place_ = first_of + node; }
    constexpr void after(unsigned node) noexcept { place_ = after_of + node; }
    constexpr void again(unsigned node) noexcept {
        place_ = same;
        next_[same] = static_cast<std::uint8_t>(node);
    }
    [[nodiscard]] constexpr unsigned expected() const noexcept { return next_[place_]; }
    /// The same with the place of the expectation in a local variable.
    using index = unsigned;
    [[nodiscard]] constexpr index now() const noexcept { return place_; }
    constexpr void set(index where) noexcept { place_ = where; }
    [[nodiscard]] constexpr unsigned at(index where) const noexcept { return next_[where]; }
    [[nodiscard]] constexpr index first_index(unsigned node) const noexcept { return first_of + node; }
    [[nodiscard]] constexpr index after_index(unsigned node) const noexcept { return after_of + node; }
    constexpr void learn(unsigned node) noexcept { next_[place_] = static_cast<std::uint8_t>(node); }

private:
    static constexpr unsigned first_of = 0, after_of = 256, same = 512;
    std::uint8_t next_[same + 1];
    unsigned place_ = same;
#endif
};

#if !RESTARTCASTER_SMALL
// Whether a name stands at `at`. Requires: 1 to 127 bytes of name; 8 readable bytes after both texts.
RESTARTCASTER_HOT constexpr bool stands_at(char const* at, char const* name, std::size_t size) noexcept {
    if (!std::is_constant_evaluated()) {
        for (;;) {
            std::uint64_t a, b;
            std::memcpy(&a, at, sizeof a);
            std::memcpy(&b, name, sizeof b);
            std::uint64_t const differ = a ^ b;
            if (size <= 8) return (is_little_endian ? differ << (64 - 8 * size) : differ >> (64 - 8 * size)) == 0;
            if (differ != 0) return false;
            at += 8;
            name += 8;
            size -= 8;
        }
    }
    return text_at(at, size) == text_at(name, size);
}

/// Packs plain values, as the functions of the packer do with all values.
template <class Char>
struct plain_form {
    // The bytes that must follow a name in the document, so that the code need not look for the end of the document: marks, 18
    // digits, and what stands_at() reads too much.
    static constexpr std::ptrdiff_t more_bytes = 32;

    // Packs the value of a member at `next`, and moves `next` past the value; null if the value is not plain.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_value(Char* to, reply_node const& node, Char const*& next,
                                                                           Char const* end) noexcept {
        if (node.plain == plain_kind::text) {
            if (*next != '"') return nullptr;
            Char const* const text = ++next;
            next = skip_plain(text, end, '"', '\\', '\\');
            if (next == end || *next != '"') return nullptr;
            return put_text(to, node.tag, text, static_cast<std::size_t>(next++ - text), end);
        }
        Char const* const digits = next;
        std::uint64_t const value = read_number(next);
        bool const zeros = *digits == '0' && next - digits != 1;
        if (next == digits || zeros || (*next != ',' && *next != '}')) return nullptr;
        return put_number(to, node.tag, value);
    }
    // Reads at most 18 digits. Requires: one more byte.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr std::uint64_t read_number(Char const*& at) noexcept {
        std::uint64_t sum = 0;
        Char const* const most = at + 18;
        for (; at != most && is_digit(*at); ++at) sum = sum * 10 + static_cast<unsigned>(*at - '0');
        return sum;
    }
    // Packs a number in front of the next token: the name frees the byte of the tag, and each digit at least one byte of the value.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_number(Char* to, unsigned tag, std::uint64_t value) noexcept {
        *to++ = static_cast<Char>(tag);
        std::uint64_t bits = value << 1;
        for (; bits > 0x7F; bits >>= 7) *to++ = static_cast<Char>(0x80 | (bits & 0x7F));
        *to++ = static_cast<Char>(bits);
        return to;
    }
    // Packs a text of less than 128 bytes in blocks of 16 bytes, each to an earlier place. Returns null if there is no room for a
    // whole last block, or if the document has too few bytes behind the text.
    [[nodiscard]] RESTARTCASTER_HOT static constexpr Char* put_text(Char* to, unsigned tag, Char const* text, std::size_t size,
                                                                          Char const* end) noexcept {
        std::size_t const rounded = (size + 15) & ~std::size_t{15};
        if (size > 0x7F || text - to < 16 + 2 || static_cast<std::size_t>(end - text) < rounded) return nullptr;
        *to++ = static_cast<Char>(tag);
        *to++ = static_cast<Char>(size);
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i != size; ++i) to[i] = text[i];
        } else {
            for (std::size_t i = 0; i < size; i += 16) {
                char block[16];
                std::memcpy(block, text + i, sizeof block);
                std::memcpy(to + i, block, sizeof block);
            }
        }
        return to + size;
    }
};
#endif

}}} // namespace restartcaster::detail

#endif
