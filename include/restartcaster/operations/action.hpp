// SPDX-License-Identifier: MIT
// Any RPC action, with a name, a version and parameters that are known at run time only.
// Source: protocol "Common request parameters", "Canonicalization".
// Data flow: a name, a version and a parameter_list in; make_request signs them.
#ifndef RESTARTCASTER_OPERATIONS_ACTION_HPP
#define RESTARTCASTER_OPERATIONS_ACTION_HPP
#pragma once

#include "../read/reply.hpp"
#include "../sign/parameters.hpp"
#include "operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// A call of any action, including actions for which the library has no type.
/// Storage: views; the texts, and the parameter_list of `parameters`, must outlive the action.
struct action {
    /// The name of the action, e.g. "DescribeCasters".
    std::string_view name;
    /// The version of the product's API, e.g. "2016-11-01".
    std::string_view version;
    /// The parameters of the action, without the parameters that the signature adds.
    parameters_view parameters = {};
    /// Further codes of success, separated by blanks; see operation::success_codes.
    std::string_view success_codes = {};
    /// Whether a call that may have run can be sent again; see operation::repeat.
    repeatable repeat = repeatable::no;
    /// The reply of an action is the body of the answer, which the program reads itself.
    using reply = body_reply;
};

}} // namespace restartcaster

#endif
