// SPDX-License-Identifier: MIT
// The stages of a signature under ACS3-HMAC-SHA256.
// Source: help document 2593177 ("V3 request structure and signature").
// Data flow: sorted parameters, including the common ones, in; the requested stage out.
#ifndef RESTARTCASTER_CLI_SIGN_ACS3_HPP
#define RESTARTCASTER_CLI_SIGN_ACS3_HPP

#include "arguments.hpp"

/// Requires: every common parameter, under its name in signature version 1.0, with a value that is valid in a header.
[[nodiscard]] std::string shown_acs3_stage(sign_arguments const& wanted, restartcaster::credentials const& who,
                                           restartcaster::parameters_view parameters);

#endif
