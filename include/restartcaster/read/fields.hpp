// SPDX-License-Identifier: MIT
// The description of a typed reply: the names of fields in an answer, and the members of a struct that receive them.
// Source: docs/design.md, "Typed replies".
// Data flow: a struct with a description in; a table for the reader, and the struct with its members set, out.
//
// The file is long, because a field, its row in the table and the reading of its member depend on the same types.
#ifndef RESTARTCASTER_READ_FIELDS_HPP
#define RESTARTCASTER_READ_FIELDS_HPP
#pragma once

#include "../core/literal.hpp"
#include "list.hpp"
#include "pack.hpp"

#include <utility>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

template <class... Described>
struct fields;

namespace detail {

// The struct and the type of a pointer to a member.
template <class Pointer>
struct member_pointer;
template <class Record, class Member>
struct member_pointer<Member Record::*> {
    using record = Record;
    using member = Member;
};

template <class T>
concept described_record = requires { T::fields.described_size; };

template <class T>
[[nodiscard]] consteval field_kind kind_of() noexcept {
    if constexpr (std::is_same_v<T, std::string_view>)
        return field_kind::text;
    else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, boolean>)
        return field_kind::boolean;
    else if constexpr (std::is_integral_v<T> || std::is_same_v<T, number>)
        return field_kind::number;
    else
        return field_kind::record;
}

/// The path of a field and the member that receives it, both as template arguments.
template <literal Path, auto Member, bool Secret>
struct described_field {
    using member = typename member_pointer<decltype(Member)>::member;
    static constexpr auto pointer = Member;
    static constexpr bool secret = Secret;
    // The five fields of every answer (answer.hpp), in the order of answer::field; 5 for any other name. At the top level of a
    // reply, their members receive what answer.hpp read.
    static constexpr unsigned of_answer =
        find_word(Path.bytes, Path.size, "Code\0Message\0HostId\0RequestId\0Recommend\0", letter_case::counts);

    [[nodiscard]] static constexpr std::string_view name() noexcept { return Path.view(); }

    // How many numbers the field takes in its record.
    template <bool Top>
    [[nodiscard]] static consteval std::size_t width() noexcept {
        if constexpr (Top && of_answer != 5)
            return 0;
        else if constexpr (described_record<member>)
            return member::fields.template width<false>();
        else
            return 1;
    }
    // Upper limits for the table: the names on the path, and the bytes of the names.
    [[nodiscard]] static consteval std::size_t nodes() noexcept {
        std::size_t sum = 1;
        for (char const c : name()) sum += c == '.' ? 1 : 0;
        if constexpr (described_record<member>) sum += member::fields.nodes();
        if constexpr (is_list<member>) sum += nodes_of_element<typename member::value_type>();
        return sum;
    }
    [[nodiscard]] static consteval std::size_t bytes() noexcept {
        std::size_t sum = name().size();
        if constexpr (described_record<member>) sum += member::fields.bytes();
        if constexpr (is_list<member>) sum += bytes_of_element<typename member::value_type>();
        return sum;
    }

    template <bool Top, class Builder>
    static consteval void add(Builder& to, std::size_t parent, std::size_t& tag) noexcept {
        constexpr bool kept = Top && of_answer != 5;
        static_assert(!kept || std::is_same_v<member, std::string_view>,
                      "restartcaster: Code, Message, HostId, RequestId and Recommend of a reply are texts");
        if constexpr (!kept) {
            std::size_t const node = to.path(parent, name(), false, tag);
            to.nodes[node].is_list = is_list<member>;
            if constexpr (is_list<member>) {
                using element = typename member::value_type;
                static_assert(described_record<element> || std::is_same_v<element, std::string_view> ||
                                  std::is_same_v<element, number> || std::is_same_v<element, boolean>,
                              "restartcaster: an element of a list is a text, a number, a boolean or a struct with fields");
                to.nodes[node].kind = kind_of<element>();
                ++tag;
                if constexpr (described_record<element>) {
                    std::size_t first = 1;
                    element::fields.template add<false>(to, node, first);
                }
                to.end_objects(to.nodes[node].parent, tag);
            } else {
                to.nodes[node].kind = kind_of<member>();
                if constexpr (described_record<member>) {
                    member::fields.template add<false>(to, node, tag);
                } else {
                    static_assert(kind_of<member>() != field_kind::record,
                                  "restartcaster: a member is a text, a number, a Boolean, a list or a struct with fields");
                    constexpr field_kind kind = kind_of<member>();
                    to.nodes[node].plain = kind == field_kind::text     ? plain_kind::text
                                           : kind == field_kind::number ? plain_kind::number
                                                                        : plain_kind::none;
                    ++tag;
                }
                to.end_objects(node, tag);
            }
        }
    }

private:
    template <class Element>
    [[nodiscard]] static consteval std::size_t nodes_of_element() noexcept {
        if constexpr (described_record<Element>)
            return Element::fields.nodes();
        else
            return 0;
    }
    template <class Element>
    [[nodiscard]] static consteval std::size_t bytes_of_element() noexcept {
        if constexpr (described_record<Element>)
            return Element::fields.bytes();
        else
            return 0;
    }
};

} // namespace detail

/// Describes a field of a reply: its path, for example "RequestId" or "CasterList.Caster" (1 to 127 bytes), and the member
/// that receives it. The member is a std::string_view, an integer, a bool, a number or a boolean (which tell whether the
/// field is there), a list, or a struct with fields of its own.
template <detail::literal Path, auto Member>
inline constexpr detail::described_field<Path, Member, false> field{};

/// Describes a field that is a secret, for example a stream URL with an auth_key. The library never prints a reply; a program
/// that prints one asks for_each_field.
template <detail::literal Path, auto Member>
inline constexpr detail::described_field<Path, Member, true> secret_field{};

/// The fields of a reply, or of a record in it. The fields of one object stand together.
template <class... Described>
struct fields {
    /// The number of described fields.
    static constexpr std::size_t described_size = sizeof...(Described);
    constexpr fields() noexcept = default;
    /// Describes the fields, each by a constant `field` or `secret_field`.
    constexpr explicit fields(Described...) noexcept
        requires(described_size != 0)
    {}

    /// For the library: how many numbers the fields take in their record.
    template <bool Top>
    [[nodiscard]] static consteval std::size_t width() noexcept {
        return (std::size_t{0} + ... + Described::template width<Top>());
    }
    /// For the library: upper limits for the nodes and for the bytes of a table.
    [[nodiscard]] static consteval std::size_t nodes() noexcept { return (std::size_t{0} + ... + Described::nodes()); }
    /// For the library.
    [[nodiscard]] static consteval std::size_t bytes() noexcept { return (std::size_t{0} + ... + Described::bytes()); }
    /// For the library: adds the fields to a table.
    template <bool Top, class Builder>
    static consteval void add(Builder& to, [[maybe_unused]] std::size_t parent, [[maybe_unused]] std::size_t& tag) noexcept {
        (Described::template add<Top>(to, parent, tag), ...);
    }
};

namespace detail {

template <std::size_t Nodes, std::size_t Bytes>
struct stored_table {
    reply_node nodes[Nodes];
    char names[Bytes + 8];
};

template <class Reply>
[[nodiscard]] consteval auto build_table() noexcept {
    table_builder<Reply::fields.nodes(), Reply::fields.bytes()> built;
    std::size_t tag = 1;
    Reply::fields.template add<true>(built, 0, tag);
    return built;
}
template <class Reply>
[[nodiscard]] consteval auto store_table() noexcept {
    constexpr auto built = build_table<Reply>();
    static_assert(built.fault != table_fault::name_twice, "restartcaster: a reply describes one field twice");
    static_assert(built.fault != table_fault::object_scattered,
                  "restartcaster: the fields of one object stand together in a description");
    static_assert(built.fault != table_fault::too_many_fields,
                  "restartcaster: a reply has at most 255 names, and a record at most 252 fields");
    stored_table<built.node_count, built.byte_count> out{};
    for (std::size_t i = 0; i != built.node_count; ++i) out.nodes[i] = built.nodes[i];
    for (std::size_t i = 0; i != built.byte_count; ++i) out.names[i] = built.names[i];
    return out;
}

template <class Reply>
inline constexpr auto table_store = store_table<Reply>();
template <class Reply>
inline constexpr reply_table table_of{table_store<Reply>.nodes, sizeof table_store<Reply>.nodes / sizeof(reply_node),
                                      table_store<Reply>.names};

// Passes the member with this number, and its value in a fresh record, to `act`.
template <bool Top, class Record, class Act, class... Described>
RESTARTCASTER_HOT constexpr void with_member(fields<Described...>, Record& to, Record const& absent, unsigned tag, Act const& act) noexcept;

template <bool Top, class Described, class Record, class Act>
RESTARTCASTER_HOT constexpr bool with_described(Record& to, Record const& absent, unsigned& tag, Act const& act) noexcept {
    constexpr auto width = static_cast<unsigned>(Described::template width<Top>());
    if (tag > width) {
        tag -= width;
        return false;
    }
    auto& member = to.*Described::pointer;
    auto const& absent_member = absent.*Described::pointer;
    if constexpr (described_record<typename Described::member>)
        with_member<false>(Described::member::fields, member, absent_member, tag, act);
    else
        act(member, absent_member);
    return true;
}
template <bool Top, class Record, class Act, class... Described>
RESTARTCASTER_HOT constexpr void with_member(fields<Described...>, Record& to, Record const& absent, [[maybe_unused]] unsigned tag,
                                             Act const& act) noexcept {
    (void)(with_described<Top, Described>(to, absent, tag, act) || ...);
}

// Reads the fields of a record into its members; returns the position after the record.
template <bool Top, class Record>
[[nodiscard]] constexpr char const* unpack_fields(Record& to, char const* at) noexcept {
    while (unsigned const tag = unpack_byte(at)) {
        if (tag == kept_tag) {
            std::size_t const size = static_cast<std::size_t>(unpack_bits(at));
            at += size;
        } else if (tag == absent_tag) {
            unsigned each = unpack_byte(at);
            unsigned const last = unpack_byte(at);
            for (; each != last; ++each)
                with_member<Top>(Record::fields, to, fresh<Record>, each, [](auto& member, auto const& absent) { member = absent; });
        } else {
            with_member<Top>(Record::fields, to, fresh<Record>, tag,
                             [&at](auto& member, auto const& absent) { unpack_value(member, absent, at); });
        }
    }
    return at;
}
template <class Record>
[[nodiscard]] constexpr char const* unpack_record(Record& to, char const* at) noexcept {
    return unpack_fields<false>(to, at);
}

template <class Answer, class Reply, class... Described>
constexpr void take_fields_of_answer(fields<Described...>, Reply& to, Answer const& parsed) noexcept {
    [[maybe_unused]] auto const take = [&]<class Each>(Each) {
        if constexpr (Each::of_answer != 5)
            to.*Each::pointer = parsed[static_cast<typename Answer::field>(Each::of_answer)];
    };
    (take(Described{}), ...);
}

template <class Reply, class Visitor, class... Described>
constexpr void visit_fields(fields<Described...>, Reply const& reply, Visitor& visitor) {
    (visitor(Described::name(), reply.*Described::pointer, Described::secret), ...);
}

} // namespace detail

/// Calls visitor(path, member, secret) for each described field of a reply or of a record, in the order of the description.
/// `member` has the type of the member, `secret` tells whether the field must not be printed.
template <detail::described_record Record, class Visitor>
constexpr void for_each_field(Record const& record, Visitor&& visitor) {
    detail::visit_fields(Record::fields, record, visitor);
}

}} // namespace restartcaster

#endif
