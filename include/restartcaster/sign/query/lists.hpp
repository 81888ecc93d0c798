// SPDX-License-Identifier: MIT
// Writes the values of described parameters: texts, numbers and Booleans, and lists with their elements.
// Source: protocol "RepeatList" (Name.1, Name.2.Key); "Canonicalization" rule 2 (ordinal order of the names).
// Data flow: a description and an object in, canonical query text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_LISTS_HPP
#define RESTARTCASTER_SIGN_QUERY_LISTS_HPP
#pragma once

#include "../../core/storage.hpp"
#include "../canonical_query.hpp"
#include "../parameters.hpp"
#include "description.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

/// Refuses an input that shares bytes with the room: writing the request would destroy the input.
template <class Writer, class Room>
RESTARTCASTER_ONCE constexpr void refuse_overlap(Writer& writer, Room const& room, std::string_view const& name,
                                                 std::string_view const& input) noexcept {
    if (overlap(input, room)) writer.refuse(errc::input_in_storage, name);
}

/// The name of an element: the pieces of the lists around its list, then `name`.`index`.
struct element_name {
    element_name const* outer;
    std::string_view name;
    std::size_t index;
};

/// The index that follows `index` in the order of names: 1, 10, 100, 11, 12, 2, 20, 3. `size` is the largest index.
/// Requires: `index` is not the last one of this order.
[[nodiscard]] constexpr std::size_t next_index(std::size_t index, std::size_t size) noexcept {
    if (index * 10 <= size) return index * 10;
    if (index == size) index /= 10;
    ++index;
    while (index % 10 == 0) index /= 10;
    return index;
}

template <class Writer>
constexpr void write_name(Writer& writer, element_name const& element, bool& started) noexcept {
    if (element.outer == nullptr) {
        write_name(writer, element.name, started);
    } else {
        write_name(writer, *element.outer, started);
        writer.unreserved("."sv);
        writer.encoded(element.name);
    }
    writer.unreserved("."sv);
    writer.unreserved(decimal(element.index).view());
}

template <class Record, class Writer>
constexpr bool write_record(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept;

/// Writes the elements of a list in the order of their names. `outer` is the element that contains the list, or null.
template <value_rule Rule, class Writer, class Element>
constexpr void write_list(Writer& writer, element_name const* outer, std::string_view name,
                          std::span<Element const> list, bool& started) noexcept {
    if (list.size() > static_cast<std::size_t>(parameter::largest_index))
        return writer.refuse(errc::parameters_too_many, name);
    element_name element{outer, name, 1};
    for (std::size_t left = list.size(); left != 0; --left) {
        Element const& value = list[element.index - 1];
        bool const good = writer.good();
        if constexpr (has_parameters<Element>) {
            // The service would see a gap in the list.
            if (!write_record(writer, element, value, started)) writer.refuse(errc::parameter_missing, name);
        } else {
            write_name(writer, element, started);
            if constexpr (is_text<Element>)
                writer.template checked<Rule>("="sv, "%3D"sv, name, value);
            else
                writer.template checked<Rule>("="sv, "%3D"sv, name, converted_text(value).view());
        }
        if (good && !writer.good()) writer.set_element(element.index);
        if (left != 1) element.index = next_index(element.index, list.size());
    }
}

template <class Record>
inline constexpr auto sorted_members = sorted_by_name(entries_of<Record>());

// Writes one member of a record; returns whether the member is present. `Index` is its place in sorted_members.
template <std::size_t Index, class Record, class Writer>
constexpr bool write_member(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept {
    constexpr plan_entry entry = sorted_members<Record>[Index];
    using described = described_at<Record, entry.source>;
    auto const& value = described::value(record);
    auto const write_text = [&](std::string_view text) {
        if (described::optional && text.empty()) return false;
        write_name(writer, element, started);
        writer.unreserved("."sv);
        writer.encoded(described::name);
        writer.template checked<described::rule>("="sv, "%3D"sv, described::name, text);
        return true;
    };
    if constexpr (entry.list) {
        if (!described::optional && value.empty()) writer.refuse(errc::parameter_missing, described::name);
        write_list<described::rule>(writer, &element, described::name, value, started);
        return !value.empty();
    } else if constexpr (is_text<typename described::template value_type<Record>>) {
        return write_text(value);
    } else {
        return write_text(converted_text(value).view());
    }
}

template <class Record, class Writer, std::size_t... Index>
constexpr bool write_members(Writer& writer, element_name const& element, Record const& record, bool& started,
                             std::index_sequence<Index...>) noexcept {
    static_assert(!name_stands_twice(sorted_members<Record>), "restartcaster: a member of a record is described twice");
    return (unsigned{write_member<Index>(writer, element, record, started)} | ... | 0u) != 0;
}

/// Writes the members of an element that is a record. Returns whether any member is present.
template <class Record, class Writer>
constexpr bool write_record(Writer& writer, element_name const& element, Record const& record, bool& started) noexcept {
    return write_members(writer, element, record, started, std::make_index_sequence<Record::parameters.size>{});
}

template <class Writer, class Room, class T, class... Described>
RESTARTCASTER_HOT constexpr void refuse_overlaps_of(Writer& writer, Room const& room, T const& of,
                                                    parameters<Described...>) noexcept;

/// Refuses a list of which a text shares bytes with the room.
template <class Writer, class Room, class Value>
constexpr void refuse_overlaps(Writer& writer, Room const& room, std::string_view name, Value const& value) noexcept {
    if constexpr (is_text<Value>) {
        refuse_overlap(writer, room, name, value);
    } else if constexpr (is_span<Value>) {
        for (auto const& element : value) refuse_overlaps(writer, room, name, element);
    } else if constexpr (has_parameters<Value>) {
        refuse_overlaps_of(writer, room, value, Value::parameters);
    }
}
template <class Writer, class Room, class T, class... Described>
RESTARTCASTER_HOT constexpr void refuse_overlaps_of(Writer& writer, Room const& room, T const& of, parameters<Described...>) noexcept {
    (refuse_overlaps(writer, room, Described::name, Described::value(of)), ...);
}

}}} // namespace restartcaster::detail

#endif
