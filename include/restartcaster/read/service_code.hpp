// SPDX-License-Identifier: MIT
// The meaning of an error code of the service.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Data flow: the text of a code in, its meaning out; judge.hpp asks for every refusal.
//
// Both shapes of the table define look_up_code(code, http_status).
#ifndef RESTARTCASTER_READ_SERVICE_CODE_HPP
#define RESTARTCASTER_READ_SERVICE_CODE_HPP
#pragma once

#include "../config.hpp"

#if RESTARTCASTER_SMALL
#include "code_table_small.hpp"
#else
#include "code_table_fast.hpp"
#endif

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The meaning of a code of the service; the status decides for an unknown code. A code of success means that the
/// operation ran. Whether the service itself sent the code is decided elsewhere (judge.hpp).
/// Requires: a code that is not empty.
[[nodiscard]] constexpr service_code_meaning meaning_of(std::string_view code, int http_status) noexcept {
    return detail::look_up_code(code, http_status);
}

}} // namespace restartcaster

#endif
