// SPDX-License-Identifier: MIT
// Takes the failed expectations of the doubles as texts, so that a test can look at them.
// Source: include/restartcaster/testing/report.hpp.
// Data flow: failed expectations in while the object lives, their texts out.
#ifndef RESTARTCASTER_TESTS_TESTING_FAILURES_HPP
#define RESTARTCASTER_TESTS_TESTING_FAILURES_HPP

#include <restartcaster/testing/report.hpp>

#include <string>
#include <vector>

class failures_taken {
public:
    failures_taken() : before_(restartcaster::testing::on_failure) {
        taken().clear();
        restartcaster::testing::on_failure = [](char const* text) { taken().push_back(text); };
    }
    ~failures_taken() { restartcaster::testing::on_failure = before_; }
    failures_taken(failures_taken const&) = delete;
    failures_taken& operator=(failures_taken const&) = delete;

    std::vector<std::string> const& texts() const { return taken(); }

private:
    static std::vector<std::string>& taken() {
        static std::vector<std::string> texts;
        return texts;
    }
    restartcaster::testing::failure_handler before_;
};

#endif
