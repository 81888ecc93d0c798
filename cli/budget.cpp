// SPDX-License-Identifier: MIT
// Keeps the pace in Redis if this build has hiredis.
// Source: budget.hpp.
// Data flow: redis://host[:port]/name -> redis_budget.
#include "budget.hpp"

#ifdef RESTARTCASTER_WITH_HIREDIS
#include "../examples/transports/redis_budget.hpp"

struct shared_budget::kept {
    redis_budget budget;
};
#else
struct shared_budget::kept {
    rc::pacing budget;
};
#endif

shared_budget::~shared_budget() = default;

rc::pace_ref shared_budget::pace() const noexcept {
    return kept_->budget;
}

#ifdef RESTARTCASTER_WITH_HIREDIS

bool shared_budget::is_possible(studios_arguments const&) noexcept {
    return true;
}

shared_budget::shared_budget(studios_arguments const& wanted) {
    if (wanted.budget.empty() || wanted.what == task::wait) return;
    std::string const rest = wanted.budget.substr(std::string_view("redis://").size());
    std::size_t const slash = rest.find('/');
    std::string const url = "http://" + rest.substr(0, slash);
    rc::endpoint const server = endpoint_of(url).value();
    redis_budget_options options{.host = std::string(server.host()), .account = rest.substr(slash + 1)};
    if (server.port() != 0) options.port = server.port();
    options.operation = action_of(wanted.what);
    // One call less than the limit: see redis_budget_options.
    options.calls_per_second = std::min<std::uint32_t>(wanted.calls_per_second, options.calls_per_second);
    kept_.reset(new kept{redis_budget(options)});
}

#else

bool shared_budget::is_possible(studios_arguments const& wanted) noexcept {
    return wanted.budget.empty();
}

shared_budget::shared_budget(studios_arguments const&) {}

#endif
