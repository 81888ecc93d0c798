// SPDX-License-Identifier: MIT
// What including and using the library costs: one call, signed and read.
#include <restartcaster.hpp>

namespace rc = restartcaster;

struct modem {
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept;
};

bool restart(modem& over, rc::signing_key<> const& key, rc::stamp const& when, rc::room room, std::string_view id) {
    return rc::call(over, rc::restart_caster{.caster_id = id}, key, when, room).has_value();
}
