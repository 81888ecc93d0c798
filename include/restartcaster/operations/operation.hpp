// SPDX-License-Identifier: MIT
// The description of an operation: its name and version, and what the vendor documents about calling it.
// Source: docs/design.md, "Operation"; the vendor's metadata for ApsaraVideo Live.
// Data flow: constants in the source code of an operation in; make_request, read_reply and the client read them.
#ifndef RESTARTCASTER_OPERATIONS_OPERATION_HPP
#define RESTARTCASTER_OPERATIONS_OPERATION_HPP
#pragma once

#include "../sign/query/description.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether a call that may have run can be sent again.
enum class repeatable : std::uint8_t {
    /// The service executes every copy.
    no,
    /// The service executes copies with one ClientToken once. A token for one intent is a `nonce` that is drawn once:
    /// `nonce const intent(random);` and `.client_token = intent.text()`. All attempts of the call send this token.
    with_client_token,
    /// A further copy changes nothing: the operation only reads, or it sets a state.
    yes,
};

/// The name and version of an operation, and what the vendor documents about calling it.
struct operation {
    /// The name of the action, e.g. "RestartCaster".
    std::string_view action;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// Codes that mean success in a 2xx answer, in addition to OK, 200 and Success; separated by blanks, e.g.
    /// "0 Success.Ok". Most operations have none.
    std::string_view success_codes = {};
    /// The permission (RAM action) that the caller needs, e.g. "live:RestartCaster"; empty if it is not documented.
    std::string_view permission = {};
    /// The largest number of calls per second for an account and all its RAM users together; 0 if it is not documented.
    std::uint16_t calls_per_second = 0;
    /// Whether a call that may have run can be sent again.
    repeatable repeat = repeatable::no;
};

/// An aggregate with a description: `static constexpr operation description`, `static constexpr parameters parameters`, and
/// `using reply`.
template <class T>
concept described_operation = requires {
    { T::description } -> std::convertible_to<operation>;
    T::parameters.size;
    typename T::reply;
};

}} // namespace restartcaster

#endif
