// SPDX-License-Identifier: MIT
// The report of a run: the outcome of every studio, printed once, in the order of the input.
// Source: help.cpp, which documents the lines and the JSON.
// Data flow: outcomes in, from any thread and in any order; lines, a summary and the exit status out.
#ifndef RESTARTCASTER_CLI_REPORT_HPP
#define RESTARTCASTER_CLI_REPORT_HPP

#include "commands.hpp"
#include "progress.hpp"

#include <atomic>
#include <cstdio>
#include <mutex>

class line;

/// The outcome of one studio.
struct outcome {
    static constexpr char const* not_begun = "not_begun";
    static constexpr char const* no_memory = "no_memory";

    /// The exit status for this studio alone.
    exit_status status = exit_status::not_sent;
    restartcaster::executed ran = restartcaster::executed::no;
    restartcaster::advice advice = restartcaster::advice::try_again;
    std::string request_id = {};
    /// Unless done: the service's code or the kind of failure, and the sentence. `words` is empty when there is no memory for
    /// the sentence; the line then has a static sentence for `code`.
    std::string code = not_begun;
    std::string words = {};
    unsigned attempts = 0;
    unsigned waited_ms = 0;
};

/// Allocates in its constructor only, so that the report is printed even when the program is out of memory.
class report {
public:
    report(restart_arguments const& wanted, std::span<std::string const> studios);

    /// Takes the outcome of studio number `at`, and prints all outcomes that are now complete in order.
    void add(std::size_t at, outcome what) noexcept;

    /// Shows in the progress line what the first unprinted studio waits for, and the remaining time; for an answer, the time
    /// that has passed.
    void show(std::size_t at, restartcaster::waiting_for why, std::uint64_t milliseconds) noexcept;

    /// Whether no new call may start: the user interrupted, the remaining studios would fail for the same reason, or the
    /// output cannot be written.
    [[nodiscard]] bool ends() const noexcept;

    /// Prints the remaining outcomes and the summary.
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
    /// The number of studios in a row that were not sent.
    unsigned not_sent_in_a_row_ = 0;
    std::FILE* to_ = stdout;
    std::atomic<bool> ends_{false};
    progress_line progress_;
};

#endif
