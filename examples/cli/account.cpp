// SPDX-License-Identifier: MIT
// Tells what became of every studio, for people or as JSON Lines, and finds the one exit status of it all.
// Source: account.hpp; RFC 8259.
// Path: outcomes -> lines on standard output, the progress line on standard error, the exit status.
#include "account.hpp"

#include "interrupt.hpp"
#include "output.hpp"

#include <restartcaster/hosted/system_clock.hpp>

#include <algorithm>

namespace rc = restartcaster;

namespace {

/// The word for an outcome in lines, summaries and JSON.
std::string word_for(exit_status status) {
    switch (status) {
    case exit_status::done: return "done";
    case exit_status::refused:
    case exit_status::throttled: return "refused";
    case exit_status::unknown: return "unknown";
    default: return "not sent";
    }
}

constexpr char const* name_of(rc::executed ran) {
    switch (ran) {
    case rc::executed::no: return "no";
    case rc::executed::maybe: return "maybe";
    case rc::executed::yes: return "yes";
    }
    return "";
}

constexpr char const* name_of(rc::advice advice) {
    switch (advice) {
    case rc::advice::try_again: return "try_again";
    case rc::advice::wait: return "wait";
    case rc::advice::look_first: return "look_first";
    case rc::advice::fix_clock: return "fix_clock";
    case rc::advice::fix_credentials: return "fix_credentials";
    case rc::advice::fix_request: return "fix_request";
    case rc::advice::ask_permission: return "ask_permission";
    case rc::advice::start_caster: return "start_caster";
    case rc::advice::give_up: return "give_up";
    case rc::advice::fix_transport: return "fix_transport";
    case rc::advice::fix_signature: return "fix_signature";
    }
    return "";
}

/// What has to be mended before any studio of this account can be restarted.
bool hinders_all(outcome const& what) {
    return what.ran == rc::executed::no &&
           (what.advice == rc::advice::fix_clock || what.advice == rc::advice::fix_credentials ||
            what.advice == rc::advice::fix_signature);
}

/// Whether a second run may take the studio: it did not run, and the reason is not the studio's own.
bool again(outcome const& what) {
    return what.ran == rc::executed::no &&
           (hinders_all(what) || what.advice == rc::advice::try_again || what.advice == rc::advice::wait ||
            what.advice == rc::advice::ask_permission || what.advice == rc::advice::fix_transport);
}

std::string seconds(std::uint64_t milliseconds) {
    return std::to_string(milliseconds / 1000) + '.' + std::to_string(milliseconds / 100 % 10) + " s";
}

} // namespace

account::account(restart_arguments const& wanted, std::span<std::string const> studios)
    : wanted_(wanted), studios_(studios), began_ms_(rc::monotonic_now_ms()), outcomes_(studios.size()),
      known_(studios.size()) {}

void account::add(std::size_t at, outcome what) {
    std::lock_guard const lock(mutex_);
    if (hinders_all(what)) ends_ = true;
    outcomes_[at] = std::move(what);
    known_[at] = true;
    for (; told_ != studios_.size() && known_[told_]; ++told_) tell(studios_[told_], outcomes_[told_]);
}

void account::show(std::size_t at, rc::waiting_for why, std::uint64_t milliseconds) {
    std::lock_guard const lock(mutex_);
    if (at != told_) return;
    std::string text;
    if (interrupt::asked())
        text = "interrupted; ";
    else if (studios_.size() > 1)
        text = std::to_string(told_) + " of " + std::to_string(studios_.size()) + " told; ";
    switch (why) {
    case rc::waiting_for::answer: text += "waiting for the answer, " + seconds(milliseconds); break;
    case rc::waiting_for::turn: text += "at the account's pace, in " + seconds(milliseconds); break;
    case rc::waiting_for::service: text += "throttled, again in " + seconds(milliseconds); break;
    case rc::waiting_for::back_off: text += "failed, again in " + seconds(milliseconds); break;
    case rc::waiting_for::nothing: return;
    }
    if (interrupt::asked()) text += "; Ctrl-C again gives it up";
    progress_.show(text);
}

bool account::ends() const noexcept {
    return ends_ || interrupt::asked();
}

exit_status account::close() {
    std::lock_guard const lock(mutex_);
    for (; told_ != studios_.size(); ++told_) tell(studios_[told_], outcomes_[told_]);
    if (!wanted_.alone()) write(summary());
    return status();
}

void account::tell(std::string const& studio, outcome const& what) {
    bool const done = what.status == exit_status::done;
    if (wanted_.json) {
        write("{\"id\": " + json_string(studio) + ", \"outcome\": " + json_string(word_for(what.status)) +
              ", \"ran\": " + json_string(name_of(what.ran)) + ", \"again\": " + (again(what) ? "true" : "false") +
              ", \"attempts\": " + std::to_string(what.attempts) +
              ", \"waited_ms\": " + std::to_string(what.waited_ms) +
              ", \"request_id\": " + json_string(what.request_id) +
              (done ? "}"
                    : ", \"code\": " + json_string(what.code) + ", \"advice\": " + json_string(name_of(what.advice)) +
                          ", \"message\": " + json_string(what.words) + "}"));
    } else if (!wanted_.alone()) {
        write((again(what) ? "" : "# ") + studio + '\t' + word_for(what.status) + '\t' +
              (done ? what.request_id : what.words));
    } else {
        progress_.show({});
        if (!done)
            complain(what.status, what.words);
        else if (print(what.request_id) != exit_status::done)
            to_ = stderr; // where print() has said so
    }
}

// An account that is lost would be worse than one in the wrong place.
void account::write(std::string const& line) {
    progress_.show({});
    if (write_line(line, to_) || to_ == stderr) return;
    to_ = stderr;
    ends_ = true;
    std::fputs("restartcaster: standard output could not be written; the account goes on here\n", stderr);
    static_cast<void>(write_line(line, to_));
}

std::string account::summary() const {
    auto const count = [this](char const* word) {
        return std::ranges::count(outcomes_, word, [](outcome const& what) { return word_for(what.status); });
    };
    std::uint64_t const took_ms = rc::monotonic_now_ms() - began_ms_;
    std::string text;
    if (wanted_.json) {
        text = "{\"summary\": {\"studios\": " + std::to_string(studios_.size());
        for (auto const& [name, word] :
             {std::pair("done", "done"), {"refused", "refused"}, {"unknown", "unknown"}, {"not_sent", "not sent"}})
            text += ", \"" + std::string(name) + "\": " + std::to_string(count(word));
        return text + ", \"interrupted\": " + (interrupt::asked() ? "true" : "false") +
               ", \"took_ms\": " + std::to_string(took_ms) +
               ", \"exit_status\": " + std::to_string(static_cast<int>(status())) + "}}";
    }
    text = "# " + std::to_string(studios_.size()) + " studios in " + seconds(took_ms) + ":";
    for (char const* const word : {"done", "refused", "unknown", "not sent"})
        text += (text.ends_with(':') ? " " : ", ") + std::to_string(count(word)) + ' ' + word;
    return text + (interrupt::asked() ? "; interrupted" : "");
}

exit_status account::status() const {
    auto const any = [this](exit_status status) {
        return std::ranges::find(outcomes_, status, &outcome::status) != outcomes_.end();
    };
    // From the most serious one down, as help.cpp says it.
    if (any(exit_status::unknown)) return exit_status::unknown;
    if (to_ == stderr) return exit_status::output_lost;
    if (interrupt::asked() && std::ranges::any_of(outcomes_, again)) return exit_status::interrupted;
    for (exit_status const status :
         {exit_status::local, exit_status::refused, exit_status::not_sent, exit_status::throttled})
        if (any(status)) return status;
    return exit_status::done;
}
