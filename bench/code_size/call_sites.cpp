// SPDX-License-Identifier: MIT
// The same calls from SITES places of a program: what a further place costs shows what is generated for each.
#include <restartcaster.hpp>

#include <utility>

namespace rc = restartcaster;

// Functions elsewhere, so that only the places themselves are counted.
struct modem {
    rc::result<rc::response> exchange(rc::request const& out, std::span<char> storage) noexcept;
};
modem& the_modem() noexcept;
void look(bool done) noexcept;

namespace {

template <int Site>
[[gnu::noinline]] void sign(rc::signing_key<> const& key, rc::stamp const& when, rc::room room,
                            std::string_view id) noexcept {
    look(rc::make_request(rc::restart_caster{.caster_id = id.substr(Site)}, key, when, room).has_value());
}
template <int Site>
[[gnu::noinline]] void call(rc::signing_key<> const& key, rc::stamp const& when, rc::room room,
                            std::string_view id) noexcept {
    look(rc::call(the_modem(), rc::restart_caster{.caster_id = id.substr(Site)}, key, when, room).has_value());
}
template <int... Site>
void all(std::integer_sequence<int, Site...>, rc::signing_key<> const& key, rc::stamp const& when, rc::room room,
         std::string_view id) noexcept {
#ifdef CALLS
    (call<Site>(key, when, room, id), ...);
#else
    (sign<Site>(key, when, room, id), ...);
#endif
}

} // namespace

void program(rc::signing_key<> const& key, rc::stamp const& when, rc::room room, std::string_view id) noexcept {
    all(std::make_integer_sequence<int, SITES>(), key, when, room, id);
}
