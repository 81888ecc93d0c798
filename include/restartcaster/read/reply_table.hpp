// SPDX-License-Identifier: MIT
// The description of a reply as a table, which the reader follows while it reads a body.
// Source: docs/design.md, "Typed replies".
// Data flow: fields.hpp makes the table at compile time; pack.hpp follows the table.
#ifndef RESTARTCASTER_READ_REPLY_TABLE_HPP
#define RESTARTCASTER_READ_REPLY_TABLE_HPP
#pragma once

#include "../core/text.hpp"

#include <cstdint>

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// What a described field holds. A record is an object with described members.
enum class field_kind : std::uint8_t { record, text, number, boolean };

/// Which fields have a plain form, which take_plain_members() and take_plain_elements() know.
enum class plain_kind : std::uint8_t { none, text, number };

/// One name in an answer. Nodes form a tree: the children of a record are the names that are expected in it.
struct reply_node {
    /// The name: its offset in the names of the table, which have the form "name":" of a JSON text, and its length in bytes.
    std::uint16_t name = 0;
    std::uint8_t name_size = 0;
    /// What the field holds; if `is_list`, what each element of the list holds.
    field_kind kind = field_kind::record;
    bool is_list = false;
    plain_kind plain = plain_kind::none;
    /// The number of the field in its record, from 1 on. For an object, the number of its first field; an object that is no
    /// element of a list has no number of its own, because its fields are numbered with those of the enclosing record.
    std::uint8_t tag = 0;
    /// For an object: the number after that of its last field.
    std::uint8_t last = 0;
    /// Indices of nodes; as a child or as a sibling, 0 means none.
    std::uint8_t parent = 0;
    std::uint8_t child = 0;
    std::uint8_t next = 0;
};

/// The nodes of a reply, the root first, and their names, with 8 more bytes behind them.
struct reply_table {
    reply_node const* nodes;
    unsigned size;
    char const* names;
};

// The packed form of a reply, as pack.hpp writes it and list.hpp reads it. A record is a sequence of fields, ended by 0:
//
//   text      tag, length, bytes
//   number    tag, value
//   boolean   tag, 0 or 1
//   list      tag, elements, 0
//   absent    absent_tag, tag, tag + 1: the field is absent
//             absent_tag, first, last: so are the fields of an object, each time that the object begins
//   kept      kept_tag, length, bytes: a text that the error of the answer may need
//
// and an element of a list is
//
//   record    1, fields, 0
//   text      length + 2, bytes
//   other     2, value
//   absent    1 (a record without fields: 1, 0)
//
// Lengths and numbers are in LEB128, 7 bits for each byte, the lowest first; the sign of a number is its lowest bit.
inline constexpr unsigned absent_tag = 255, kept_tag = 254, most_tags = 253;
// In lists: the end, an absent element or the start of a record, and what is added to the length of a text.
inline constexpr unsigned list_end = 0, element_absent = 1, record_begin = 1, element_present = 2;

/// Why a description cannot be a table.
enum class table_fault : std::uint8_t { none, name_twice, object_scattered, too_many_fields };

/// Makes a table. `Nodes` and `Bytes` are upper limits of what the description needs.
template <std::size_t Nodes, std::size_t Bytes>
struct table_builder {
    reply_node nodes[Nodes + 1] = {};
    char names[Bytes + 4 * Nodes + 1] = {};
    std::size_t node_count = 1;
    std::size_t byte_count = 0;
    table_fault fault = table_fault::none;

    [[nodiscard]] constexpr std::string_view name_of(std::size_t node) const noexcept {
        return text_at(names + nodes[node].name, nodes[node].name_size);
    }

    // Adds a child with this name. `object`: returns the last child instead if it is an object with this name.
    constexpr std::size_t child(std::size_t parent, std::string_view name, bool object) noexcept {
        std::size_t last = 0;
        for (std::size_t each = nodes[parent].child; each != 0; each = nodes[each].next) {
            last = each;
            if (name_of(each) != name) continue;
            bool const is_object = object && nodes[each].kind == field_kind::record && !nodes[each].is_list;
            if (is_object && nodes[each].next == 0) return each;
            fault = is_object ? table_fault::object_scattered : table_fault::name_twice;
        }
        std::size_t const added = node_count;
        if (added > 255 || byte_count + name.size() + 4 > 65535) {
            fault = table_fault::too_many_fields;
            return 0;
        }
        ++node_count;
        (last == 0 ? nodes[parent].child : nodes[last].next) = static_cast<std::uint8_t>(added);
        nodes[added].parent = static_cast<std::uint8_t>(parent);
        nodes[added].name = static_cast<std::uint16_t>(byte_count + 1);
        nodes[added].name_size = static_cast<std::uint8_t>(name.size());
        names[byte_count] = '"';
        copy_bytes(names + byte_count + 1, name.data(), name.size());
        byte_count += name.size() + 1;
        copy_bytes(names + byte_count, "\":\"", 3);
        byte_count += 3;
        return added;
    }

    // Adds the field with this path, whose parts are separated by '.'; returns its node. `tag` is the next free number.
    constexpr std::size_t path(std::size_t parent, std::string_view path, bool object, std::size_t tag) noexcept {
        for (std::size_t dot; (dot = path.find('.')) != std::string_view::npos; path.remove_prefix(dot + 1)) {
            parent = child(parent, part(path, 0, dot), true);
            if (nodes[parent].tag == 0) nodes[parent].tag = static_cast<std::uint8_t>(tag);
        }
        std::size_t const added = child(parent, path, object);
        nodes[added].tag = static_cast<std::uint8_t>(tag);
        return added;
    }
    // Sets the end of the numbers of the objects around a node, up to the record that numbers them.
    constexpr void end_objects(std::size_t node, std::size_t tag) noexcept {
        if (tag > most_tags) fault = table_fault::too_many_fields;
        for (; node != 0 && !nodes[node].is_list; node = nodes[node].parent)
            if (nodes[node].kind == field_kind::record) nodes[node].last = static_cast<std::uint8_t>(tag);
    }
};

}}} // namespace restartcaster::detail

#endif
