// SPDX-License-Identifier: MIT
// The studios of the gateway's account: their state, changes that take time, and how often each operation ran.
// Source: the vendor's pages on RestartCaster, StartCaster, StopCaster and DescribeCasters (2016-11-01). The pages do not say
//   what is seen during a change; here the former state, until the change is complete.
// Data flow: a test sets a state; operations that the gateway accepts change it; the test asks what happened.
#ifndef RESTARTCASTER_TESTING_TEST_STUDIO_HPP
#define RESTARTCASTER_TESTING_TEST_STUDIO_HPP
#pragma once

#include "report.hpp"
#include "test_clock.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace testing {

/// What a studio does at a moment.
enum class studio_state : std::uint8_t { on_air, idle, starting, restarting, stopping, absent };

}

namespace detail {

/// The operations that the gateway carries out.
enum class test_action : std::uint8_t { restart, start, stop, describe, other };
inline constexpr std::size_t test_action_count = 4;

[[nodiscard]] constexpr std::string_view name_of(test_action action) noexcept {
    switch (action) {
    case test_action::restart: return "RestartCaster"sv;
    case test_action::start: return "StartCaster"sv;
    case test_action::stop: return "StopCaster"sv;
    case test_action::describe: return "DescribeCasters"sv;
    default: return {};
    }
}
[[nodiscard]] constexpr test_action action_named(std::string_view name) noexcept {
    for (test_action const each : {test_action::restart, test_action::start, test_action::stop, test_action::describe})
        if (name_of(each) == name) return each;
    return test_action::other;
}

class test_account;

} // namespace detail

namespace testing {

/// A studio of the gateway's account. A new studio is on air, in general mode, and every change takes effect at once.
class test_studio {
public:
    /// The longest id in bytes.
    static constexpr std::size_t id_limit = 128;

    /// The id.
    [[nodiscard]] std::string_view id() const noexcept { return detail::text_at(id_, id_size_); }
    /// What the studio does now, by the gateway's clock.
    [[nodiscard]] studio_state state() noexcept {
        settle();
        if (!exists_) return studio_state::absent;
        if (!changing_) return running_ ? studio_state::on_air : studio_state::idle;
        switch (change_) {
        case detail::test_action::start: return studio_state::starting;
        case detail::test_action::stop: return studio_state::stopping;
        default: return studio_state::restarting;
        }
    }

    /// Sets the state; a change that is under way ends.
    test_studio& on_air() noexcept { return becomes(true, true); }
    test_studio& idle() noexcept { return becomes(true, false); }
    /// The studio does not exist (any more).
    test_studio& absent() noexcept { return becomes(false, false); }
    /// Makes the studio a virtual studio, which the service does not restart.
    test_studio& virtual_type() noexcept {
        virtual_ = true;
        return *this;
    }
    /// How long a restart takes from now on; 0 at first. Meanwhile the service shows the former state, and refuses
    /// every other change with IncorrectSceneStatus.
    template <duration T>
    test_studio& restarts_in(T time) noexcept {
        return takes(detail::test_action::restart, length_in_milliseconds(time));
    }
    /// How long a start takes.
    template <duration T>
    test_studio& starts_in(T time) noexcept {
        return takes(detail::test_action::start, length_in_milliseconds(time));
    }
    /// How long a stop takes.
    template <duration T>
    test_studio& stops_in(T time) noexcept {
        return takes(detail::test_action::stop, length_in_milliseconds(time));
    }

private:
    friend class detail::test_account;
    using action = detail::test_action;

    void set_up(std::string_view id, test_clock const& clock) noexcept {
        *this = test_studio();
        clock_ = &clock;
        id_size_ = static_cast<std::uint8_t>(id.size());
        detail::copy_bytes(id_, id.data(), id.size());
        modified_ms_ = started_ms_ = clock.utc_ms() - 3'600'000;
    }

    test_studio& becomes(bool exists, bool running) noexcept {
        exists_ = exists;
        complete(running, clock_->utc_ms());
        return *this;
    }
    test_studio& takes(action change, std::int64_t milliseconds) noexcept {
        takes_ms_[static_cast<std::size_t>(change)] = milliseconds;
        return *this;
    }

    void begin(action change) noexcept {
        changing_ = true;
        change_ = change;
        ends_ms_ = now_ms() + takes_ms_[static_cast<std::size_t>(change)];
        settle();
    }
    // By the clock that nobody sets.
    [[nodiscard]] std::int64_t now_ms() const noexcept { return static_cast<std::int64_t>(clock_->monotonic_ms()); }
    // Completes a change that is due.
    void settle() noexcept {
        if (changing_ && now_ms() >= ends_ms_) complete(change_ != action::stop, clock_->utc_ms() - (now_ms() - ends_ms_));
    }
    void complete(bool running, std::int64_t when_ms) noexcept {
        changing_ = false;
        running_ = running;
        modified_ms_ = when_ms;
        if (running) started_ms_ = when_ms;
    }

    test_clock const* clock_ = nullptr;
    std::int64_t modified_ms_ = 0, started_ms_ = 0, ends_ms_ = 0;
    std::int64_t takes_ms_[detail::test_action_count] = {};
    std::size_t runs_[detail::test_action_count] = {};
    bool exists_ = true, running_ = true, virtual_ = false, changing_ = false;
    action change_ = action::other;
    std::uint8_t id_size_ = 0;
    char id_[id_limit] = {};
};

}}} // namespace restartcaster::testing

#endif
