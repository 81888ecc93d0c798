// SPDX-License-Identifier: MIT
// The report of a run: the outcome of every studio, printed once, in the order of the input.
// Source: command_table.cpp, which documents the lines and the JSON.
// Data flow: outcomes in, from any thread and in any order; lines, a summary and the exit status out.
#ifndef RESTARTCASTER_CLI_REPORT_HPP
#define RESTARTCASTER_CLI_REPORT_HPP

#include "audit.hpp"
#include "progress.hpp"

#include <atomic>
#include <cstdio>
#include <mutex>

/// Allocates in its constructor only, so that the report is printed even when the program is out of memory.
class report {
public:
    report(studios_arguments const& wanted, std::span<std::string const> studios, audit& audited);

    /// Sets what was seen of the studios before anything was sent, for the audit; the rows outlive the report.
    void seen(std::span<studio_row const> before) noexcept { before_ = before; }

    /// Takes the outcome of studio number `at`, and prints all outcomes that are now complete in order.
    void add(std::size_t at, outcome what) noexcept;

    /// Whether the outcome of studio number `at` is there.
    [[nodiscard]] bool knows(std::size_t at) const { return known_[at]; }

    /// Shows in the progress line what the first unprinted studio waits for, and the remaining time; for an answer, the time
    /// that has passed.
    void show(std::size_t at, restartcaster::waiting_for why, std::uint64_t milliseconds) noexcept;

    /// Whether no new call may start: the user interrupted, the remaining studios would fail for the same reason, or the
    /// output cannot be written.
    [[nodiscard]] bool ends() const noexcept;

    /// Shows a text in the progress line, before the first call.
    void show(std::string_view text) noexcept { progress_.show(text); }

    /// Prints the remaining outcomes and the summary.
    [[nodiscard]] exit_status close() noexcept;

private:
    /// Writes the line of the audit.
    void note(std::size_t at) noexcept;
    static void put(line& out, outcome const& what);
    void tell(std::string const& studio, outcome const& what);
    void tell_alone(outcome const& what);
    void write(auto const& pieces);
    void summary(line& out) const;
    [[nodiscard]] std::size_t count(exit_status word) const;
    [[nodiscard]] exit_status status() const;

    studios_arguments const& wanted_;
    std::span<std::string const> studios_;
    std::uint64_t const began_ms_;

    std::mutex mutex_;
    std::vector<outcome> outcomes_;
    std::vector<bool> known_;
    std::size_t told_ = 0;
    /// The number of studios in a row that were not sent.
    unsigned not_sent_in_a_row_ = 0;
    /// The number of studios whose calls failed.
    unsigned failures_ = 0;
    audit& audit_;
    bool audit_lost_ = false;
    std::span<studio_row const> before_;
    std::FILE* to_ = stdout;
    std::atomic<bool> ends_{false};
    progress_line progress_;
};

#endif
