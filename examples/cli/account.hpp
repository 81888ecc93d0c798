// SPDX-License-Identifier: MIT
// The account of a run: what became of every studio, told once, in the order in which they were given.
// Source: help.cpp says the lines and the JSON to people.
// Data flow: outcomes in, from any thread and in any order; lines, a summary and the exit status out.
#ifndef RESTARTCASTER_CLI_ACCOUNT_HPP
#define RESTARTCASTER_CLI_ACCOUNT_HPP

#include "commands.hpp"
#include "progress.hpp"

#include <atomic>
#include <cstdio>
#include <mutex>

class line;

/// What became of one studio.
struct outcome {
    static constexpr char const* not_begun = "not_begun";
    static constexpr char const* no_memory = "no_memory";

    /// Of this studio alone.
    exit_status status = exit_status::not_sent;
    restartcaster::executed ran = restartcaster::executed::no;
    restartcaster::advice advice = restartcaster::advice::try_again;
    std::string request_id = {};
    /// Unless it is done: the service's code or the kind of failure, and all there is to say of it. Without words the
    /// code speaks for itself, so that a studio has its line even when there is no memory for words.
    std::string code = not_begun;
    std::string words = {};
    unsigned attempts = 0;
    unsigned waited_ms = 0;
};

/// Once it is made, it needs no memory: whatever has happened to the rest of the program, it can be told.
class account {
public:
    account(restart_arguments const& wanted, std::span<std::string const> studios);

    /// Takes what became of studio number `at`, and tells whatever can be told in order.
    void add(std::size_t at, outcome what) noexcept;

    /// Shows a waiting person what the first studio that is not told yet waits for, and for how long: the time that
    /// is left, or for an answer the time that has passed.
    void show(std::size_t at, restartcaster::waiting_for why, std::uint64_t milliseconds) noexcept;

    /// Whether nothing more is to be begun: the user does not want it, it can only fail for the studios that are
    /// left as it did before, or nobody could be told of it.
    [[nodiscard]] bool ends() const noexcept;

    /// Tells the rest and sums up.
    [[nodiscard]] exit_status close() noexcept;

private:
    void tell(std::string const& studio, outcome const& what);
    void tell_alone(outcome const& what);
    void write(auto const& pieces);
    void summary(line& out) const;
    [[nodiscard]] std::size_t count(exit_status word) const;
    [[nodiscard]] exit_status status() const;

    restart_arguments const& wanted_;
    std::span<std::string const> studios_;
    std::uint64_t const began_ms_;

    std::mutex mutex_;
    std::vector<outcome> outcomes_;
    std::vector<bool> known_;
    std::size_t told_ = 0;
    /// Studios that could not be sent, one after the other.
    unsigned not_sent_in_a_row_ = 0;
    std::FILE* to_ = stdout;
    std::atomic<bool> ends_{false};
    progress_line progress_;
};

#endif
