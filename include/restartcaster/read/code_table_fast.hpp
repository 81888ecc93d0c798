// SPDX-License-Identifier: MIT
// Looks a code up by its text, in builds for speed.
// Source: docs/design.md, "Errors".
// Data flow: the text of a code in, its meaning out.
#ifndef RESTARTCASTER_READ_CODE_TABLE_FAST_HPP
#define RESTARTCASTER_READ_CODE_TABLE_FAST_HPP
#pragma once

#include "known_codes.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace detail {

template <class Text>
[[nodiscard]] constexpr service_code_meaning look_up_code(Text code, int http_status) noexcept {
    for (known_code const& known : known_codes) {
        if (!known.matches(code)) continue;
        service_code_meaning meaning = known.meaning;
        meaning.by_name = !known.prefix();
        return meaning;
    }
    return meaning_of_unknown(code, http_status);
}

}}} // namespace restartcaster::detail

#endif
