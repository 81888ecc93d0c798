// SPDX-License-Identifier: MIT
// Follows the plan of an operation in builds for size: one loop over the compact plan.
// Source: protocol "Common request parameters"; docs/design.md, "The plan of an operation".
// Data flow: pieces of the plan and values in, text to a writer out.
#ifndef RESTARTCASTER_SIGN_QUERY_VALUES_SMALL_HPP
#define RESTARTCASTER_SIGN_QUERY_VALUES_SMALL_HPP
#pragma once

#include "../../core/utc_time.hpp"
#include "described_plan.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

inline constexpr std::string_view json_name = text(format::json), xml_name = text(format::xml);

class scheme_values {
public:
    constexpr scheme_values() noexcept = default;
    constexpr scheme_values(std::string_view const& key_id, std::string_view const& token,
                            std::string_view const& nonce, format answer, utc_time const& timestamp) noexcept
        : key_id_(&key_id), token_(&token), nonce_(&nonce), format_(answer == format::json ? &json_name : &xml_name),
          timestamp_(timestamp.text().data()) {}

    [[nodiscard]] constexpr std::string_view timestamp() const noexcept {
        return text_at(timestamp_, utc_time::text_size);
    }
    /// Pointers to the values of the scheme, then of the operation, in the order of value_source. `Format` is false if the
    /// plan contains the format as a constant.
    template <bool Format = true, class... Text>
    [[nodiscard]] constexpr auto with(std::string_view const& timestamp, Text const*... texts) const noexcept {
        return std::array<std::string_view const*, static_cast<std::size_t>(value_source::member) + sizeof...(texts)>{
            key_id_, token_, nonce_, &timestamp, Format ? format_ : nullptr, texts...};
    }

private:
    std::string_view const* key_id_ = nullptr;
    std::string_view const* token_ = nullptr;
    std::string_view const* nonce_ = nullptr;
    std::string_view const* format_ = nullptr;
    char const* timestamp_ = nullptr;
};

class action_values {
public:
    constexpr action_values(scheme_values const& scheme, std::string_view const& action,
                            std::string_view const& version) noexcept
        : timestamp_(scheme.timestamp()), all_(scheme.with(timestamp_, &action, &version)) {}
    action_values(action_values const&) = delete;

    template <class Entries, class Writer, class Room>
    constexpr void refuse_overlaps(Entries const& entries, Writer& writer, Room const& room) const noexcept {
        for (auto const& entry : entries)
            if (entry.source != value_source::nothing) refuse_overlap(writer, room, entry.name, value(entry.source));
    }
    [[nodiscard]] constexpr std::string_view token() const noexcept { return value(value_source::token); }
    template <class Writer>
    RESTARTCASTER_THIN constexpr void write_value(plan_entry const& entry, std::string_view once, std::string_view twice,
                                                  Writer& writer) const noexcept {
        writer.checked(once, twice, entry.name, value(entry.source));
    }

private:
    [[nodiscard]] constexpr std::string_view const& value(value_source source) const noexcept {
        return *all_[static_cast<std::size_t>(source)];
    }

    std::string_view timestamp_;
    std::array<std::string_view const*, static_cast<std::size_t>(value_source::member) + 2> all_;
};

/// The text of one member: the member itself, or the text of a number or Boolean. A list has no text.
template <class Operation, class Described, class Value = typename Described::template value_type<Operation>>
struct member_text {
    constexpr explicit member_text(Operation const& op) noexcept
        : converted(Described::value(op)), text(converted.view()) {}
    member_text(member_text const&) = delete; // `text` points into this object
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return &text; }
    converted_text converted;
    std::string_view text;
};
template <class Operation, class Described>
struct member_text<Operation, Described, std::string_view> {
    constexpr explicit member_text(Operation const& op) noexcept : text(Described::value(op)) {}
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return &text; }
    std::string_view const& text;
};
template <class Operation, class Described, class Element>
struct member_text<Operation, Described, std::span<Element const>> {
    constexpr explicit member_text(Operation const&) noexcept {}
    [[nodiscard]] constexpr std::string_view const* pointer() const noexcept { return nullptr; }
};

template <class Operation, class... Described>
struct member_texts : member_text<Operation, Described>... {
    constexpr explicit member_texts(Operation const& op) noexcept : member_text<Operation, Described>(op)... {}
};

/// The members of an operation that follow_plan() cannot treat as identifiers: lists and free texts. An operation without
/// them has simple_members, whose functions take no code.
struct simple_members {
    static constexpr bool has_lists = false;
    template <class Writer, class Room>
    constexpr void refuse_overlaps(value_source, Writer&, Room const&) const noexcept {}
    template <class Writer>
    constexpr void write_list(value_source, Writer&, bool&) const noexcept {}
    [[nodiscard]] static constexpr bool is_any_text(value_source) noexcept { return false; }
};
template <class Operation>
struct special_members {
    static constexpr bool has_lists = true;
    Operation const& op;

    template <class Writer, class Room>
    constexpr void refuse_overlaps(value_source source, Writer& writer, Room const& room) const noexcept {
        visit(source, [&]<value_source Source>() {
            using described = described_at<Operation, Source>;
            detail::refuse_overlaps(writer, room, described::name, described::value(op));
        });
    }
    template <class Writer>
    constexpr void write_list(value_source source, Writer& writer, bool& started) const noexcept {
        visit(source, [&]<value_source Source>() {
            if constexpr (is_span<typename described_at<Operation, Source>::template value_type<Operation>>)
                write_list_of<Source>(writer, op, started);
        });
    }
    [[nodiscard]] static constexpr bool is_any_text(value_source source) noexcept {
        bool found = false;
        visit(source, [&found]<value_source Source>() {
            found = described_at<Operation, Source>::rule == value_rule::any_text;
        });
        return found;
    }

private:
    // Calls `use` with the source as a template argument, if the source is a member.
    template <class Use>
    static constexpr void visit(value_source source, Use const& use) noexcept {
        visit(source, use, std::make_index_sequence<Operation::parameters.size>{});
    }
    template <class Use, std::size_t... Index>
    static constexpr void visit(value_source source, Use const& use, std::index_sequence<Index...>) noexcept {
        ((source == member_source(Index) ? use.template operator()<member_source(Index)>() : void()), ...);
    }
};
template <class Operation, class... Described>
[[nodiscard]] constexpr auto members_of(Operation const& op, parameters<Described...>) noexcept {
    if constexpr (((is_span<typename Described::template value_type<Operation>> ||
                    Described::rule == value_rule::any_text) ||
                   ...))
        return special_members<Operation>{op};
    else
        return simple_members{};
}

/// Writes a list or, with a room, refuses texts of the list that share bytes with the room.
template <class Members, class Writer, class Room>
constexpr void follow_list(value_source source, Members members, Writer& writer, bool& started,
                           Room const* outside_of) noexcept {
    if (outside_of == nullptr)
        members.write_list(source, writer, started);
    else
        members.refuse_overlaps(source, writer, *outside_of);
}

/// Refuses a value that shares bytes with the room or breaks its rule.
template <class Members, class Writer, class Room>
constexpr void refuse_value(value_source source, std::string_view name, std::string_view const& value, Members members,
                            Writer& writer, Room const& room) noexcept {
    if (overlap(value, room))
        writer.refuse(errc::input_in_storage, name);
    else if (members.is_any_text(source))
        writer.template look_at<value_rule::any_text>(name, value);
    else
        writer.look_at(name, value);
}

/// The name of the parameter whose '=' is the byte before `plan`, percent-encoded.
[[nodiscard]] constexpr std::string_view name_before(char const* plan) noexcept {
    char const* const equals = plan - 1;
    char const* name = equals;
    while (name[-1] != '&') --name;
    return text_at(name, static_cast<std::size_t>(equals - name));
}

/// Follows a compact plan, in one of two passes. With a room in `outside_of`: writes nothing, and refuses values that share
/// bytes with the room or break their rule. With null: writes the query. `values` are indexed by value_source.
/// One loop for both passes, because two loops take 136 bytes more on a Cortex-M4.
template <class Members, class Writer, class Room>
RESTARTCASTER_ONCE constexpr void follow_plan(char const* plan, std::string_view const* const* values, Members members,
                                              Writer& writer, Room const* outside_of) noexcept {
    for (bool started = false;;) {
        unsigned const head = static_cast<unsigned char>(*plan++);
        std::size_t const size = static_cast<unsigned char>(*plan++);
        if (size == 0) return;
        char const* const text = plan;
        plan += size;
        auto const source = static_cast<value_source>(head & ~(compact_optional | compact_list));
        if (Members::has_lists && (head & compact_list) != 0) {
            follow_list(source, members, writer, started, outside_of);
            continue;
        }
        bool const constant = source == value_source::nothing;
        std::string_view const* const value = constant ? nullptr : values[static_cast<std::size_t>(source)];
        if ((head & compact_optional) != 0 && value->empty()) continue;
        if (outside_of == nullptr) {
            writer.unreserved({text + (started ? 0 : 1), size - (started ? 0 : 1)});
            started = true;
            if (!constant) writer.encoded(*value);
        } else if (!constant) {
            refuse_value(source, name_before(plan), *value, members, writer, *outside_of);
        }
    }
}

template <class Options, class... Described, class Operation, class Writer, class Room, class Begin>
constexpr bool write_described(parameters<Described...> described, char const* plan, Operation const& op,
                               scheme_values const& values, Writer& writer, Room const& room, Begin const& begin) noexcept {
    member_texts<Operation, Described...> const texts(op);
    std::string_view const timestamp = values.timestamp();
    auto const all = values.template with<constant_format<Options>.empty()>(
        timestamp, static_cast<member_text<Operation, Described> const&>(texts).pointer()...);
    auto const members = members_of(op, described);
    follow_plan(plan, all.data(), members, writer, &room);
    if (!writer.good()) return false;
    begin();
    follow_plan(plan, all.data(), members, writer, static_cast<Room const*>(nullptr));
    return true;
}
// A loop over the compact plan takes several hundred bytes of code less than one function per step.
template <class Scheme, class Options, class Operation, class Writer, class Room, class Begin>
constexpr bool write_described(Operation const& op, scheme_values const& values, Writer& writer, Room const& room,
                               Begin const& begin) noexcept {
    return write_described<Options>(Operation::parameters, plan_for<Operation, Scheme, Options>::plan.data(), op, values,
                                    writer, room, begin);
}

}}} // namespace restartcaster::detail

#endif
