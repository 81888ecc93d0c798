// SPDX-License-Identifier: MIT
// Describes the parameters of an operation: a name on the wire for each member, and what the member may contain.
// Source: docs/design.md, "Operation"; the vendor's metadata for ApsaraVideo Live.
// Data flow: constants in the source code of an operation in; names, and the text of each member, out.
#ifndef RESTARTCASTER_SIGN_QUERY_DESCRIPTION_HPP
#define RESTARTCASTER_SIGN_QUERY_DESCRIPTION_HPP
#pragma once

#include "../../core/literal.hpp"
#include "../../core/number.hpp"
#include "plan.hpp"
#include "write_fault.hpp"

#include <span>
#include <type_traits>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// The text of a member that is a number or a Boolean; empty if the member is absent.
class converted_text {
public:
    constexpr explicit converted_text(number value) noexcept : digits_(decimal(value.value())), has_digits_(value.has_value()) {}
    constexpr explicit converted_text(boolean value) noexcept
        : digits_(0), word_(!value.has_value() ? ""sv : value.value() ? "true"sv : "false"sv) {}
    template <class Integer>
    constexpr explicit converted_text(Integer value) noexcept
        requires(std::is_integral_v<Integer>)
        : digits_(decimal(value)), has_digits_(true) {
        if constexpr (std::is_same_v<Integer, bool>) {
            has_digits_ = false;
            word_ = value ? "true"sv : "false"sv;
        }
    }
    /// Storage: points into this object, or to static text.
    [[nodiscard]] constexpr std::string_view view() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return has_digits_ ? digits_.view() : word_;
    }

private:
    decimal_text digits_;
    bool has_digits_ = false;
    std::string_view word_ = {};
};

template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string_view>;
template <class T>
inline constexpr bool is_span = false;
template <class Element>
inline constexpr bool is_span<std::span<Element const>> = true;
template <class T>
concept convertible_to_text = requires(T const& value) { converted_text(value); };
/// An element of a list that has parameters of its own.
template <class T>
concept has_parameters = requires { T::parameters.size; };

/// The name of a parameter and the member that holds its value, both as template arguments.
template <literal Name, auto Member, bool Optional, value_rule Rule>
struct described_parameter {
    static_assert(*Name.bytes != '\0', "restartcaster: a parameter needs a name");
    static_assert(!same_text(Name.bytes, "Signature"),
                  "restartcaster: Signature is what signing makes, not a parameter");

    static constexpr std::string_view name = Name.view();
    static constexpr value_rule rule = Rule;
    static constexpr bool optional = Optional;

    template <class Described>
    [[nodiscard]] static constexpr auto const& value(Described const& of) noexcept {
        using member = std::remove_cvref_t<decltype(of.*Member)>;
        static_assert(is_text<member> || is_span<member> || convertible_to_text<member>,
                      "restartcaster: a described member is a std::string_view, a number, a Boolean or a std::span of "
                      "constant elements");
        return of.*Member;
    }
    template <class Described>
    using value_type = std::remove_cvref_t<decltype(value(std::declval<Described const&>()))>;

    // unreached: constant
    template <class Described>
    [[nodiscard]] static constexpr plan_entry entry(std::size_t index) noexcept {
        return {.name = name,
                .constant = {},
                .source = member_source(index),
                .optional = Optional,
                .list = is_span<value_type<Described>>};
    }
};

} // namespace detail

/// Describes a required parameter: its name on the wire (1 to 127 bytes), and the member that holds its value.
/// The member is a std::string_view, a number, a boolean, an integer, a bool, or a std::span of constant elements for a list.
/// The elements of a list are any of these types, or records: structs with a description `parameters` of their own.
/// Errors: parameter_missing when the request is made, for an empty text, an absent number and an empty list.
template <detail::literal Name, auto Member, value_rule Rule = value_rule::identifier>
inline constexpr detail::described_parameter<Name, Member, false, Rule> required{};

/// Describes an optional parameter: an empty text, an absent number or an empty list removes the parameter from the request.
template <detail::literal Name, auto Member, value_rule Rule = value_rule::identifier>
inline constexpr detail::described_parameter<Name, Member, true, Rule> optional{};

/// The parameters of an operation or of a record; restart_caster is an example.
template <class... Described>
struct parameters {
    /// The number of parameters that are described.
    static constexpr std::size_t size = sizeof...(Described);
    constexpr parameters() noexcept = default;
    /// Describes the parameters, each by a constant `required` or `optional`, in any order.
    constexpr explicit parameters(Described...) noexcept
        requires(size != 0)
    {}
};

namespace detail {

// The parameter with an index: overload resolution finds the one base class of index_of_each with this index.
template <std::size_t Index, class Described>
struct indexed {
    using type = Described;
};
template <class Indices, class... Described>
struct index_of_each;
template <std::size_t... Index, class... Described>
struct index_of_each<std::index_sequence<Index...>, Described...> : indexed<Index, Described>... {};
template <std::size_t Index, class Described>
indexed<Index, Described> at_index(indexed<Index, Described> const&);
template <std::size_t Index, class Parameters>
struct described_with_index;
template <std::size_t Index, class... Described>
struct described_with_index<Index, parameters<Described...>> {
    using type =
        typename decltype(at_index<Index>(index_of_each<std::index_sequence_for<Described...>, Described...>{}))::type;
};
/// The described parameter with an index in the description of `T`.
template <class T, value_source Source>
using described_at =
    typename described_with_index<member_index(Source), std::remove_cvref_t<decltype(T::parameters)>>::type;

/// The entries of all parameters of `T`, in the order of the description.
template <class T, class... Described, std::size_t... Index>
[[nodiscard]] consteval std::array<plan_entry, sizeof...(Described)> entries_of(parameters<Described...>,
                                                                              std::index_sequence<Index...>) {
    return {Described::template entry<T>(Index)...};
}
template <class T>
[[nodiscard]] consteval auto entries_of() {
    return entries_of<T>(T::parameters, std::make_index_sequence<T::parameters.size>{});
}

} // namespace detail

}} // namespace restartcaster

#endif
