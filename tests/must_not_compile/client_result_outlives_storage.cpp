// SPDX-License-Identifier: MIT
// What a client gives points into the storage of the call.
// expect with clang: address of stack memory associated with local variable .room. returned
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

template <class Client>
auto restart(Client& client
#ifdef GOOD
             ,
             rc::storage<2048>& room) {
#else
) {
    rc::storage<2048> room;
#endif
    return client.call(rc::restart_caster{.caster_id = "a"}, room);
}

struct my_http {
    rc::result<rc::response> exchange(rc::request const&, std::span<char>) noexcept;
};
struct my_clock {
    std::int64_t utc_seconds() noexcept;
    std::uint64_t monotonic_ms() noexcept;
    void sleep_ms(std::uint32_t) noexcept;
};
struct my_nonces {
    rc::result<rc::nonce> operator()() noexcept;
};

bool use(rc::client<my_http, my_clock, my_nonces, rc::rpc_v1>& client) {
#ifdef GOOD
    rc::storage<2048> room;
    return restart(client, room).has_value();
#else
    return restart(client).has_value();
#endif
}
