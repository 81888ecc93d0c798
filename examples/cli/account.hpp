// SPDX-License-Identifier: MIT
// The account of a run: what became of every studio, told once, in the order in which they were given.
// Source: help.cpp says the lines and the JSON to people.
// Path: outcomes in, from any thread and in any order; lines, a summary and the exit status out.
#ifndef RESTARTCASTER_CLI_ACCOUNT_HPP
#define RESTARTCASTER_CLI_ACCOUNT_HPP

#include "commands.hpp"
#include "progress.hpp"

#include <atomic>
#include <cstdio>
#include <mutex>

/// What became of one studio.
struct outcome {
    /// Of this studio alone.
    exit_status status = exit_status::not_sent;
    restartcaster::executed ran = restartcaster::executed::no;
    restartcaster::advice advice = restartcaster::advice::try_again;
    std::string request_id = {};
    /// Unless it is done: the service's code or the kind of failure, and all there is to say of it.
    std::string code = "not_begun";
    std::string words = "not begun. It did not run; call again.";
    unsigned attempts = 0;
    unsigned waited_ms = 0;
};

class account {
public:
    account(restart_arguments const& wanted, std::span<std::string const> studios);

    /// Takes what became of studio number `at`, and tells whatever can be told in order.
    void add(std::size_t at, outcome what);

    /// Shows a waiting person what the first studio that is not told yet waits for, and for how long: the time that
    /// is left, or for an answer the time that has passed.
    void show(std::size_t at, restartcaster::waiting_for why, std::uint64_t milliseconds);

    /// Whether nothing more is to be begun: the user does not want it, it can only fail for the studios that are
    /// left as it did before, or nobody could be told of it.
    [[nodiscard]] bool ends() const noexcept;

    /// Tells the rest and sums up.
    [[nodiscard]] exit_status close();

private:
    void tell(std::string const& studio, outcome const& what);
    void write(std::string const& line);
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] exit_status status() const;

    restart_arguments const& wanted_;
    std::span<std::string const> studios_;
    std::uint64_t const began_ms_;

    std::mutex mutex_;
    std::vector<outcome> outcomes_;
    std::vector<bool> known_;
    std::size_t told_ = 0;
    std::FILE* to_ = stdout;
    std::atomic<bool> ends_{false};
    progress_line progress_;
};

#endif
