// SPDX-License-Identifier: MIT
// The budget of calls that several programs and machines share: --budget redis://host[:port]/name.
// Source: examples/transports/redis_budget.hpp; hiredis, which is optional.
// Data flow: the URL in, a pace for the operation that changes studios out.
#ifndef RESTARTCASTER_CLI_BUDGET_HPP
#define RESTARTCASTER_CLI_BUDGET_HPP

#include "outcome.hpp"

#include <memory>

class shared_budget {
public:
    /// Whether the wanted budget, if any, is in this build.
    [[nodiscard]] static bool is_possible(studios_arguments const& wanted) noexcept;

    explicit shared_budget(studios_arguments const& wanted);
    ~shared_budget();
    shared_budget(shared_budget const&) = delete;
    shared_budget& operator=(shared_budget const&) = delete;

    /// Whether a budget is wanted.
    [[nodiscard]] explicit operator bool() const noexcept { return kept_ != nullptr; }
    [[nodiscard]] rc::pace_ref pace() const noexcept;

private:
    struct kept;
    std::unique_ptr<kept> kept_;
};

#endif
