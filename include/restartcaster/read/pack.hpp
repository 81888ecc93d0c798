// SPDX-License-Identifier: MIT
// Packs the described fields of a body into bytes of the same body that are read already.
// Source: docs/design.md, "Typed replies".
// Data flow: the tokens of a body and the table of a reply in; the packed reply, at the start of the body, out.
//
// Why the packed form never reaches bytes that are not read yet: each token frees at least as many bytes as the packed form
// takes for it. `"A":"text"` frees seven bytes beside the text, and `<A>text</A>` as many; a text takes a tag and one byte of
// length (one more from 128 bytes on, and so on). Only an array of numbers of 126 and more digits that are described as texts
// frees less: such an element becomes absent. The packer checks the room before every write, so that this argument decides
// only what is packed, and never whether bytes are safe. The file is long, because JSON and XML share the state and the writing.
#ifndef RESTARTCASTER_READ_PACK_HPP
#define RESTARTCASTER_READ_PACK_HPP
#pragma once

#include "../core/number.hpp"
#include "escapes.hpp"
#include "plain_form.hpp"
#include "raw_text.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// The whole number that a text is, without the blanks at its ends; absent if it is none, or beyond 63 bits.
[[nodiscard]] constexpr number whole_number(std::string_view text) noexcept {
    trim(text);
    bool const negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return {};
    std::uint64_t const most = (~std::uint64_t{0} >> 1) + (negative ? 1 : 0);
    std::uint64_t sum = 0;
    for (char const c : text) {
        unsigned const digit = static_cast<unsigned>(c) - '0';
        if (digit > 9 || sum > (most - digit) / 10) return {};
        sum = sum * 10 + digit;
    }
    return static_cast<std::int64_t>(negative ? 0 - sum : sum);
}

template <class Char>
class packer {
    using token_type = token<Char>;
#if !RESTARTCASTER_SMALL
    using plain = plain_form<Char>;
#endif

public:
    /// Prepares to pack into the bytes from `begin` on. Without a table, nothing is packed.
    constexpr void begin(Char* begin, reply_table const* table, unsigned level) noexcept {
        begin_ = to_ = begin;
        end_ = begin;
        if (table == nullptr) return;
        nodes_ = table->nodes;
        names_ = table->names;
        level_ = level;
        node_ = leaf_ = run_ = 0;
        guess_.begin(*table);
        guess_.first(0);
        in_array_ = overflown_ = false;
    }
    [[nodiscard]] constexpr bool is_active() const noexcept { return nodes_ != nullptr; }
    /// The depth of the current object or element.
    [[nodiscard]] constexpr unsigned level() const noexcept { return level_; }
    /// Whether the top level of a reply has a field of this name.
    [[nodiscard]] static constexpr bool describes(reply_table const& table, std::string_view name) noexcept {
        packer at_root;
        at_root.begin(nullptr, &table, 1);
        return at_root.find(name) != 0;
    }
    /// Where the packed form begins, and the bytes of the body that it did not overwrite.
    [[nodiscard]] constexpr char const* packed_form() const noexcept { return begin_; }
    [[nodiscard]] constexpr std::string_view rest_of(std::string_view body) const noexcept {
        return to_ == begin_ ? body : part(body, static_cast<std::size_t>(to_ - body.data()));
    }
    /// The end of the packed form. Whether everything is packed.
    constexpr bool finish(Char const* read) noexcept {
        end_ = read;
        put(list_end);
        return !overflown_;
    }

    /// Packs a text that must stay readable and is no described field; returns its new place.
    constexpr std::string_view keep(std::string_view text, Char const* read) noexcept {
        end_ = read;
        if (run_ != 0) close_run();
        return put_text(kept_tag, text, 0) ? text_at(to_ - text.size(), text.size()) : std::string_view();
    }

#if !RESTARTCASTER_SMALL
    // ---- Texts and numbers that stand in the expected order, without blanks, escapes and characters beyond ASCII, are taken
    // without a token for each name and value. Everything else is left to the functions below.

    /// Takes such members of the current object; returns the position after them. `first`: no comma comes before the next
    /// member. `in_array`: the object is in an array; if it is a record of a list, the records after it are taken too.
    RESTARTCASTER_HOT constexpr Char const* take_plain_members(Char const* at, Char const* end, bool& first, bool in_array) noexcept {
        // In local variables, because every byte that is written might be one of a member of this object.
        Char* to = to_;
        bool const in_list = in_array && nodes_[node_].is_list;
        for (expectation::index index = guess_.now();; guess_.set(index)) {
            unsigned const expected = guess_.at(index);
            reply_node const& node = nodes_[expected];
            char const* const name = names_ + node.name;
            Char const* next = at;
            if (end - at < node.name_size + plain::more_bytes) break;
            if (in_list && at[0] == '}' && at[1] == ',' && at[2] == '{') {
                *to++ = static_cast<Char>(list_end);
                *to++ = static_cast<Char>(record_begin);
                index = guess_.first_index(node_);
                first = true;
                at += 3;
                continue;
            }
            if (node.plain == plain_kind::none || (!first && *next++ != ',')) break;
            if (!stands_at(next, name - 1, node.name_size + 3u)) break; // "name":
            next += node.name_size + 3;
            Char* const after = plain::put_value(to, node, next, end);
            if (after == nullptr) break;
            to = after;
            index = guess_.after_index(expected);
            first = false;
            at = next;
        }
        to_ = to;
        end_ = at;
        return at;
    }
    /// Takes such elements in the current element; returns the position after them.
    RESTARTCASTER_HOT constexpr Char const* take_plain_elements(Char const* at, Char const* end) noexcept {
        Char* to = to_;
        for (expectation::index index = guess_.now();; guess_.set(index)) {
            unsigned const expected = guess_.at(index);
            reply_node const& node = nodes_[expected];
            char const* const name = names_ + node.name;
            std::size_t const size = node.name_size;
            Char const* next = at;
            if (node.plain == plain_kind::none || run_ != 0 || end - next < node.name_size + plain::more_bytes || *next++ != '<') break;
            if (!stands_at(next, name, size) || next[size] != '>') break;
            Char const* const text = next + size + 1;
            next = skip_plain(text, end, '<', '&', ']');
            Char const* const text_end = next;
            if (end - next < node.name_size + plain::more_bytes || *next++ != '<' || *next++ != '/') break;
            if (!stands_at(next, name, size) || next[size] != '>') break;
            next += size + 1;
            if (node.plain == plain_kind::text) {
                Char* const after = plain::put_text(to, node.tag, text, static_cast<std::size_t>(text_end - text), end);
                if (after == nullptr) break;
                to = after;
            } else {
                Char const* digits = text;
                std::uint64_t const value = plain::read_number(digits);
                if (digits == text || digits != text_end) break;
                to = plain::put_number(to, node.tag, value);
            }
            index = guess_.after_index(expected);
            at = next;
        }
        to_ = to;
        end_ = at;
        return at;
    }
    [[nodiscard]] constexpr bool in_object_at(unsigned depth) const noexcept { return level_ == depth && !in_array_; }
#endif

    // ---- JSON

    /// Takes a name in the current object; returns whether it is the name of a described field.
    RESTARTCASTER_HOT constexpr bool take_name(std::string_view name) noexcept {
        leaf_ = find(name);
        return leaf_ != 0;
    }

    /// Takes the value of the name before, an element of an array, or the end of an object or array.
    RESTARTCASTER_HOT constexpr void take_json(token_type const& token, unsigned depth, bool ends_in_object, Char const* read) noexcept {
        end_ = read;
        auto const kind = static_cast<json_kind>(token.kind);
        bool const begins = kind == json_kind::object_begin || kind == json_kind::array_begin;
        if (leaf_ != 0)
            take_member(token, kind);
        else if (in_array_ && depth == level_ + begins && !is_end(kind))
            (void)put_element(node_, token, kind);
        else if (depth + 1 == level_ && is_end(kind))
            leave_json(ends_in_object);
    }

    // ---- XML

    /// Takes the name of an element. Returns the name in the table, with a quote at its end, if it is a described field.
    RESTARTCASTER_HOT constexpr char const* take_element_begin(std::string_view name, unsigned depth, Char const* read) noexcept {
        end_ = read;
        if (depth != level_ + 1) {
            if (leaf_ != 0) no_text_ = true; // an element inside of what is described as a text or a number
            return nullptr;
        }
        unsigned const found = find(name);
        if (found == 0) return nullptr;
        reply_node const& node = nodes_[found];
        if (run_ != 0 && run_ != found) close_run();
        if (node.is_list && run_ == 0) {
            put(node.tag);
            run_ = found;
        }
        if (node.is_list) guess_.again(found);
        if (node.kind == field_kind::record) {
            if (node.is_list)
                put(record_begin);
            else
                put_absent(node.tag, node.last);
            enter(found);
        } else {
            leaf_ = found;
            text_ = text_at(read, 0);
            no_text_ = false;
        }
        return names_ + node.name;
    }
    /// Takes a piece of text.
    RESTARTCASTER_HOT constexpr void take_text(token_type const& piece, unsigned depth) noexcept {
        if (leaf_ == 0 || depth != level_ + 1) return;
        if (text_.empty() && !piece.encoded) {
            text_ = piece.text;
            return;
        }
        Char* const to = const_cast<Char*>(text_.empty() ? piece.text.data() : text_.data()) + text_.size();
        std::size_t const size = decode_piece<Char>(media_type::xml, piece.kind, piece.text, to);
        text_ = text_at(to - text_.size(), text_.size() + size);
    }
    /// Takes the end of an element.
    RESTARTCASTER_HOT constexpr void take_element_end(unsigned depth, Char const* read) noexcept {
        end_ = read;
        if (depth == level_) {
            if (leaf_ == 0) return;
            reply_node const& node = nodes_[leaf_];
            leaf_ = 0;
            put_value(node, text_, no_text_ ? json_kind::null_value : json_kind::string);
        } else if (depth + 1 == level_) {
            if (run_ != 0) close_run();
            leave(nodes_[node_].is_list ? node_ : 0);
        }
    }

private:
    [[nodiscard]] constexpr std::string_view name_of(unsigned node) const noexcept {
        return text_at(names_ + nodes_[node].name, nodes_[node].name_size);
    }
    [[nodiscard]] static constexpr bool is_end(json_kind kind) noexcept {
        return kind == json_kind::object_end || kind == json_kind::array_end;
    }

    // The child of the current node with this name; 0 if there is none. The expected name is compared first.
    RESTARTCASTER_HOT constexpr unsigned find(std::string_view name) noexcept {
        unsigned found = guess_.expected();
        if (found == 0 || name_of(found) != name) {
            found = find_child(name.data(), name.size());
            if (found == 0) return 0;
            guess_.learn(found);
        }
        guess_.after(found);
        return found;
    }
    RESTARTCASTER_APART constexpr unsigned find_child(char const* name, std::size_t size) const noexcept {
        unsigned found = nodes_[node_].child;
        while (found != 0 && name_of(found) != text_at(name, size))
            found = nodes_[found].next;
        return found;
    }

    constexpr void enter(unsigned node) noexcept {
        node_ = node;
        ++level_;
        run_ = 0;
        guess_.first(node);
        in_array_ = false;
    }
    // Ends the current object or element. `run` is the XML list that it was an element of.
    constexpr void leave(unsigned run) noexcept {
        reply_node const& node = nodes_[node_];
        if (node.is_list) put(list_end);
        --level_;
        run_ = run;
        if (run != 0)
            guess_.again(run);
        else
            guess_.after(node_);
        if (node_ == 0) nodes_gone();
        node_ = node.parent;
    }
    // After the end of the root, no name is a field.
    constexpr void nodes_gone() noexcept { level_ = ~0u >> 1; }

    constexpr void leave_json(bool ends_in_object) noexcept {
        reply_node const& node = nodes_[node_];
        bool const is_list = node.is_list;
        unsigned const self = node_;
        bool const was_array = in_array_;
        in_array_ = false;
        if (was_array) { // the end of the list
            put(list_end);
            --level_;
            guess_.after(self);
            node_ = node.parent;
            return;
        }
        leave(0);
        if (!is_list) return;
        if (ends_in_object) {
            put(list_end); // a single object in place of a list
        } else {
            node_ = self;
            in_array_ = true;
        }
    }
    constexpr void close_run() noexcept {
        put(list_end);
        run_ = 0;
    }

    // The value of a described member of an object.
    RESTARTCASTER_HOT constexpr void take_member(token_type const& token, json_kind kind) noexcept {
        unsigned const found = leaf_;
        leaf_ = 0;
        reply_node const& node = nodes_[found];
        if (node.is_list) {
            put(node.tag);
            if (kind == json_kind::array_begin) {
                node_ = found;
                ++level_;
                in_array_ = true;
                return;
            }
            bool const no_element = kind == json_kind::null_value || (kind == json_kind::string && token.text.empty());
            if (!no_element && put_element(found, token, kind)) return;
            put(list_end);
        } else if (node.kind == field_kind::record) {
            put_absent(node.tag, node.last);
            if (kind == json_kind::object_begin) enter(found);
        } else {
            put_value(node, decoded(token, kind), kind);
        }
    }
    // Packs an element of the list `list`. True if the element is a record whose members follow.
    constexpr bool put_element(unsigned list, token_type const& token, json_kind kind) noexcept {
        reply_node const& node = nodes_[list];
        if (node.kind != field_kind::record) {
            put_value(node, decoded(token, kind), kind);
            return false;
        }
        put(record_begin);
        if (kind == json_kind::object_begin) {
            enter(list);
            return true;
        }
        put(list_end);
        return false;
    }
    [[nodiscard]] RESTARTCASTER_HOT constexpr std::string_view decoded(token_type const& token, json_kind kind) noexcept {
        if (kind != json_kind::string || !token.encoded) return token.text;
        Char* const to = const_cast<Char*>(token.text.data());
        return text_at(to, decode_json(token.text, to));
    }

    // Packs a text, a number or a Boolean, as a field or as an element of a list. A value of another kind is absent.
    RESTARTCASTER_HOT constexpr void put_value(reply_node const& node, std::string_view text, json_kind kind) noexcept {
        unsigned const tag = node.is_list ? 0 : node.tag;
        bool const is_text = kind == json_kind::string || kind == json_kind::number;
        bool const is_scalar = is_text || kind == json_kind::true_value || kind == json_kind::false_value;
        bool done = false;
        if (node.kind == field_kind::text)
            done = is_scalar && put_text(tag, text, tag != 0 ? 0 : element_present);
        else if (node.kind == field_kind::number)
            done = is_text && put_number(tag, whole_number(text));
        else
            done = is_scalar && put_boolean(tag, text);
        if (done) return;
        if (tag != 0)
            put_absent(tag, tag + 1);
        else
            put(element_absent);
    }
    constexpr bool put_number(unsigned tag, number value) noexcept {
        if (!value.has_value()) return false;
        std::int64_t const whole = value.value();
        put(tag != 0 ? tag : element_present);
        put_bits(static_cast<std::uint64_t>(whole) << 1 ^ static_cast<std::uint64_t>(whole >> 63));
        return true;
    }
    constexpr bool put_boolean(unsigned tag, std::string_view text) noexcept {
        trim(text);
        bool const yes = text == "true"sv;
        if (!yes && text != "false"sv) return false;
        put(tag != 0 ? tag : element_present);
        put(yes ? 1 : 0);
        return true;
    }
    constexpr void put_absent(unsigned first, unsigned last) noexcept {
        put(absent_tag);
        put(first);
        put(last);
    }

    // Packs tag (if it is not 0), length plus `more`, and text; false if the room is too small.
    RESTARTCASTER_HOT constexpr bool put_text(unsigned tag, std::string_view text, unsigned more) noexcept {
        std::size_t const mark = text.size() + more;
        std::size_t head = tag != 0 ? 2 : 1;
        for (std::size_t rest = mark >> 7; rest != 0; rest >>= 7) ++head;
        if (static_cast<std::size_t>(end_ - to_) < head + text.size()) return false;
        move_bytes(to_ + head, text.data(), text.size());
        if (tag != 0) put(tag);
        put_bits(mark);
        to_ += text.size();
        return true;
    }
    RESTARTCASTER_HOT constexpr void put_bits(std::uint64_t bits) noexcept {
        for (; bits > 0x7F; bits >>= 7) put(0x80 | (static_cast<unsigned>(bits) & 0x7F));
        put(static_cast<unsigned>(bits));
    }
    RESTARTCASTER_HOT constexpr void put(unsigned byte) noexcept {
        if (to_ == end_)
            overflown_ = true;
        else
            *to_++ = static_cast<Char>(byte);
    }

    reply_node const* nodes_ = nullptr;
    char const* names_ = nullptr;
    Char* begin_ = nullptr;
    Char* to_ = nullptr;          // the end of the packed form
    Char const* end_ = nullptr;   // the end of the bytes that are read
    std::string_view text_ = {};  // of the current XML field
    unsigned level_ = ~0u >> 1;   // the depth of the current object, array or element
    unsigned node_ = 0;           // its node; a list's node stands for the array and for its elements
    expectation guess_;           // which field is expected next
    unsigned leaf_ = 0;           // JSON: the field whose value follows; XML: the text or number that is being read
    unsigned run_ = 0;            // XML: the list whose elements are being read, in the current element
    bool in_array_ = false;       // JSON: the current node is the array, not an element of it
    bool no_text_ = false;        // XML: the current field has inner elements
    bool overflown_ = false;
};

}}} // namespace restartcaster::detail

#endif
