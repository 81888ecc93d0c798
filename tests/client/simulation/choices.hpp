// SPDX-License-Identifier: MIT
// Where a simulated world takes its events from: every schedule in turn, or dice.
// Source: P. Godefroid, "Model Checking for Programming Languages using VeriSoft", 1997 (stateless search).
// Data flow: a world asks for one of n events at each step; the search counts the schedules that it has been through.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_CHOICES_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_CHOICES_HPP

#include "chance.hpp"

#include <string>
#include <vector>

namespace simulation {

/// One schedule: the events that a world asked for. Event 0 is always "all goes well".
class choices {
public:
    /// The first `depth` events are searched; all later ones are 0.
    explicit choices(std::size_t depth) : depth_(depth) {}
    /// All events are thrown; two of three are 0.
    explicit choices(chance dice) : dice_(dice), random_(true) {}

    /// One of `count` events.
    std::size_t choose(std::size_t count) {
        if (random_) {
            std::size_t const thrown =
                dice_.percent(66) ? 0 : static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(count) - 1));
            taken_.push_back({thrown, count});
            return thrown;
        }
        if (at_ == depth_) return 0;
        if (at_ == taken_.size()) taken_.push_back({0, count});
        return taken_[at_++].event;
    }

    /// Goes on to the next schedule; false after the last one.
    bool next() {
        at_ = 0;
        while (!taken_.empty() && taken_.back().event + 1 == taken_.back().count) taken_.pop_back();
        if (taken_.empty()) return false;
        ++taken_.back().event;
        return true;
    }

    /// The schedule in words, to run it alone.
    [[nodiscard]] std::string text() const {
        std::string out;
        for (one const& taken : taken_) out += (out.empty() ? "" : ",") + std::to_string(taken.event);
        return out;
    }
    /// How many of its events are not 0.
    [[nodiscard]] std::size_t faults() const {
        std::size_t count = 0;
        for (one const& taken : taken_) count += taken.event != 0 ? 1 : 0;
        return count;
    }

private:
    struct one {
        std::size_t event, count;
    };
    std::size_t depth_ = 0, at_ = 0;
    std::vector<one> taken_;
    chance dice_{0};
    bool random_ = false;
};

} // namespace simulation

#endif
