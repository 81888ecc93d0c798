// SPDX-License-Identifier: MIT
// A freestanding program's use of the umbrella header: both signatures, a call, retries, answers and their description.
// Source: C++20, [compliance]; gcc, "Standards", which names the functions that gcc expects of every environment.
// Data flow: inputs of the functions in, an object file out, whose undefined symbols freestanding_test.py compares.
#include "restartcaster.hpp"

namespace rc = restartcaster;

// Defined by the program's environment; freestanding_test.py expects these two.
rc::result<rc::response> modem_exchange(rc::request const& request, std::span<char> room) noexcept;
void console_append(std::string_view text) noexcept;

struct modem {
    rc::result<rc::response> exchange(rc::request const& request, std::span<char> room) noexcept {
        return modem_exchange(request, room);
    }
};
struct console {
    void append(std::string_view text) noexcept { console_append(text); }
};

template <class Scheme>
bool restart(std::string_view caster, rc::credentials const& account, rc::stamp const& stamp, std::span<char> room) {
    rc::signing_key<Scheme> const key(account);
    auto const reply = rc::call(modem{}, rc::restart_caster{.caster_id = caster}, key, stamp, room);
    console out;
    if (reply)
        rc::append_foreign(out, reply->request_id);
    else
        rc::describe(out, reply.error());
    return reply.has_value();
}

bool restart_v1(std::string_view caster, rc::credentials const& account, rc::stamp const& stamp, std::span<char> room) {
    return restart<rc::rpc_v1>(caster, account, stamp, room);
}

bool restart_v3(std::string_view caster, rc::credentials const& account, rc::stamp const& stamp, std::span<char> room) {
    return restart<rc::acs3>(caster, account, stamp, room);
}
