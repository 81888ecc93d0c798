// SPDX-License-Identifier: MIT
// The outcome of one studio, and the words for it.
// Source: command_table.cpp, which documents the words.
// Data flow: outcomes of call machines and goals in, one struct out, which report and audit print.
#ifndef RESTARTCASTER_CLI_OUTCOME_HPP
#define RESTARTCASTER_CLI_OUTCOME_HPP

#include "commands.hpp"

/// The operation of a task, as sentences name it.
[[nodiscard]] constexpr std::string_view action_of(task what) noexcept {
    switch (what) {
    case task::restart: return "RestartCaster";
    case task::start: return "StartCaster";
    case task::stop: return "StopCaster";
    case task::wait: break;
    }
    return "DescribeCasters";
}

struct outcome {
    static constexpr char const* not_begun = "not_begun";
    static constexpr char const* no_memory = "no_memory";
    static constexpr char const* dry_run = "dry_run";

    task done_by = task::restart;
    /// The exit status for this studio alone.
    exit_status status = exit_status::not_sent;
    rc::executed ran = rc::executed::no;
    rc::advice advice = rc::advice::try_again;
    std::string request_id = {};
    /// Unless done: the service's code or the kind of failure. `words` is the sentence, which a goal that is done has too; it
    /// is empty when there is no memory for the sentence: the line then has a static sentence for `code`.
    std::string code = not_begun;
    std::string words = {};
    unsigned attempts = 0;
    unsigned waited_ms = 0;
    /// The state in the last look of a goal.
    rc::studio_state after = rc::studio_state::unknown;
};

/// The word for an outcome in lines, summaries and JSON.
[[nodiscard]] constexpr std::string_view word_for(exit_status status) noexcept {
    switch (status) {
    case exit_status::done: return "done";
    case exit_status::refused:
    case exit_status::throttled: return "refused";
    case exit_status::unknown: return "unknown";
    case exit_status::late: return "late";
    default: return "not sent";
    }
}

/// Whether no studio can be changed until a fault of this machine or of the settings is fixed.
[[nodiscard]] inline bool hinders_all(outcome const& what) {
    return what.code == outcome::no_memory ||
           (what.ran == rc::executed::no &&
            (what.advice == rc::advice::fix_clock || what.advice == rc::advice::fix_credentials ||
             what.advice == rc::advice::fix_signature || what.advice == rc::advice::fix_machine));
}

/// Whether a second run may try the studio again: the call did not run, and the reason is not the studio itself.
[[nodiscard]] inline bool again(outcome const& what) {
    return what.ran == rc::executed::no && what.status != exit_status::done &&
           (hinders_all(what) || what.advice == rc::advice::try_again || what.advice == rc::advice::wait ||
            what.advice == rc::advice::ask_permission || what.advice == rc::advice::fix_transport);
}

/// A sentence in up to three pieces, so that it needs no memory.
struct sentence {
    std::string_view before, action, behind;
};

/// The sentence of an outcome; empty if it is done without words.
[[nodiscard]] inline sentence words_of(outcome const& what) noexcept {
    std::string_view const action = action_of(what.done_by);
    if (!what.words.empty() || what.status == exit_status::done) return {what.words, {}, {}};
    if (what.code != outcome::no_memory) return {"not begun. ", action, " did not run; call again."};
    if (what.ran == rc::executed::no)
        return {"not sent, this machine is out of memory. ", action, " did not run; free some, then call again."};
    return {"this machine is out of memory. ", action, " may have run; look at the studio before you call again."};
}

/// What a look before the request says against it.
struct objection_of_look {
    char const* code;
    rc::advice advice;
    std::string_view why;
    std::string_view remedy;
};

/// The reason not to send; a null `code` if there is none.
[[nodiscard]] constexpr objection_of_look objection_to(task what, rc::studio_look const& seen) noexcept {
    if (!seen.found) return {"not_found", rc::advice::fix_request, "the account has no such studio", "correct the request"};
    if (what == task::restart && seen.is_virtual)
        return {"is_virtual", rc::advice::give_up, "a virtual studio cannot be restarted", "stop and start it"};
    if (what == task::restart && seen.state == rc::studio_state::idle)
        return {"is_idle", rc::advice::start_caster, "the studio is idle", "call StartCaster (restartcaster start)"};
    return {nullptr, rc::advice::try_again, {}, {}};
}

#endif
