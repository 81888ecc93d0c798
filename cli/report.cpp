// SPDX-License-Identifier: MIT
// Writes the report of a run, as text or as JSON Lines, and computes its exit status.
// Source: report.hpp; RFC 8259.
// Data flow: outcomes -> lines on standard output, the progress line on standard error, the exit status.
#include "report.hpp"

#include "interrupt.hpp"
#include "output.hpp"

#include <restartcaster/hosted/system_clock.hpp>

#include <algorithm>

namespace rc = restartcaster;

namespace {

/// The word for an outcome in lines, summaries and JSON.
constexpr std::string_view word_for(exit_status status) {
    switch (status) {
    case exit_status::done: return "done";
    case exit_status::refused:
    case exit_status::throttled: return "refused";
    case exit_status::unknown: return "unknown";
    default: return "not sent";
    }
}

/// Whether no studio can be restarted until a fault of this machine or of the settings is fixed.
bool hinders_all(outcome const& what) {
    return what.code == outcome::no_memory ||
           (what.ran == rc::executed::no &&
            (what.advice == rc::advice::fix_clock || what.advice == rc::advice::fix_credentials ||
             what.advice == rc::advice::fix_signature || what.advice == rc::advice::fix_machine));
}

/// Whether a second run may try the studio again: the call did not run, and the reason is not the studio itself.
bool again(outcome const& what) {
    return what.ran == rc::executed::no &&
           (hinders_all(what) || what.advice == rc::advice::try_again || what.advice == rc::advice::wait ||
            what.advice == rc::advice::ask_permission || what.advice == rc::advice::fix_transport);
}

/// The sentence for a studio that is not done.
std::string_view words_of(outcome const& what) {
    if (!what.words.empty()) return what.words;
    if (what.code != outcome::no_memory) return "not begun. RestartCaster did not run; call again.";
    if (what.ran == rc::executed::no)
        return "not sent, this machine is out of memory. RestartCaster did not run; free some, then call again.";
    return "this machine is out of memory. RestartCaster may have run; look at the studio before you call again.";
}

// After this many studios in a row whose attempts were all not sent, no new call starts.
constexpr unsigned most_not_sent_in_a_row = 3;

} // namespace

report::report(restart_arguments const& wanted, std::span<std::string const> studios)
    : wanted_(wanted), studios_(studios), began_ms_(rc::monotonic_now_ms()), outcomes_(studios.size()),
      known_(studios.size()) {}

void report::add(std::size_t at, outcome what) noexcept {
    std::lock_guard const lock(mutex_);
    bool const not_sent = what.status == exit_status::not_sent && what.attempts != 0;
    not_sent_in_a_row_ = not_sent ? not_sent_in_a_row_ + 1 : 0;
    if (hinders_all(what) || not_sent_in_a_row_ == most_not_sent_in_a_row) ends_ = true;
    outcomes_[at] = std::move(what);
    known_[at] = true;
    for (; told_ != studios_.size() && known_[told_]; ++told_) tell(studios_[told_], outcomes_[told_]);
}

void report::show(std::size_t at, rc::waiting_for why, std::uint64_t milliseconds) noexcept {
    std::lock_guard const lock(mutex_);
    if (at != told_) return;
    char const* what = nullptr;
    switch (why) {
    case rc::waiting_for::answer: what = "waiting for the answer,"; break;
    case rc::waiting_for::turn: what = "at the account's pace, in"; break;
    case rc::waiting_for::service: what = "throttled, again in"; break;
    case rc::waiting_for::back_off: what = "failed, again in"; break;
    case rc::waiting_for::studio: // no call machine waits for it
    case rc::waiting_for::nothing: return;
    }
    char before[48] = "", text[progress_line::most + 1];
    if (interrupt::asked())
        std::snprintf(before, sizeof before, "interrupted; ");
    else if (studios_.size() > 1)
        std::snprintf(before, sizeof before, "%zu of %zu told; ", told_, studios_.size());
    std::snprintf(text, sizeof text, "%s%s %u.%u s%s", before, what, static_cast<unsigned>(milliseconds / 1000),
                  static_cast<unsigned>(milliseconds / 100 % 10),
                  interrupt::asked() ? "; Ctrl-C again gives it up" : "");
    progress_.show(text);
}

bool report::ends() const noexcept {
    return ends_ || interrupt::asked();
}

exit_status report::close() noexcept {
    std::lock_guard const lock(mutex_);
    for (; told_ != studios_.size(); ++told_) tell(studios_[told_], outcomes_[told_]);
    if (!wanted_.alone()) write([this](line& out) { summary(out); });
    return status();
}

void report::tell(std::string const& studio, outcome const& what) {
    if (wanted_.alone()) return tell_alone(what);
    bool const done = what.status == exit_status::done;
    write([&](line& out) {
        if (wanted_.json) {
            out.text("{\"id\": ").json(studio).text(", \"outcome\": ").json(word_for(what.status));
            out.text(", \"ran\": ").json(name(what.ran));
            out.text(again(what) ? ", \"again\": true" : ", \"again\": false");
            out.text(", \"attempts\": ").number(what.attempts).text(", \"waited_ms\": ").number(what.waited_ms);
            out.text(", \"request_id\": ").json(what.request_id);
            if (!done) {
                out.text(", \"code\": ").json(what.code).text(", \"advice\": ").json(name(what.advice));
                out.text(", \"message\": ").json(words_of(what));
            }
            out.text("}");
        } else {
            out.text(again(what) ? "" : "# ").text(studio).text("\t").text(word_for(what.status)).text("\t");
            out.text(done ? what.request_id : words_of(what));
        }
    });
}

// For a single studio: the request id or one sentence.
void report::tell_alone(outcome const& what) {
    progress_.show({});
    if (what.status != exit_status::done) {
        complain(what.status, words_of(what));
    } else if (!line(stdout).text(what.request_id).end()) {
        to_ = stderr;
        line lost(to_);
        lost.text("restartcaster: done, but standard output could not be written; request id ").text(what.request_id);
        static_cast<void>(lost.end());
    }
}

// If standard output fails, the report continues on standard error: a lost report would be worse than a misplaced one.
void report::write(auto const& pieces) {
    progress_.show({});
    auto const written = [&] {
        line out(to_);
        pieces(out);
        return out.end();
    };
    if (written() || to_ == stderr) return;
    to_ = stderr;
    ends_ = true;
    std::fputs("restartcaster: standard output could not be written; the report goes on here\n", to_);
    static_cast<void>(written());
}

std::size_t report::count(exit_status word) const {
    return static_cast<std::size_t>(std::ranges::count(
        outcomes_, word_for(word), [](outcome const& what) { return word_for(what.status); }));
}

void report::summary(line& out) const {
    constexpr struct {
        char const* name;
        exit_status word;
    } counted[] = {{"done", exit_status::done},
                   {"refused", exit_status::refused},
                   {"unknown", exit_status::unknown},
                   {"not_sent", exit_status::not_sent}};
    std::uint64_t const took_ms = rc::monotonic_now_ms() - began_ms_;
    if (wanted_.json) {
        out.text("{\"summary\": {\"studios\": ").number(studios_.size());
        for (auto const& [name, word] : counted) out.text(", ").json(name).text(": ").number(count(word));
        out.text(interrupt::asked() ? ", \"interrupted\": true" : ", \"interrupted\": false");
        out.text(", \"took_ms\": ").number(took_ms).text(", \"exit_status\": ");
        out.number(static_cast<unsigned>(status())).text("}}");
        return;
    }
    if (studios_.empty()) {
        out.text("# nothing to do: the list has no studio that is left to restart");
        return;
    }
    out.text("# ").number(studios_.size()).text(studios_.size() == 1 ? " studio in " : " studios in ");
    out.seconds(took_ms).text(":");
    char const* separator = " ";
    for (auto const& [name, word] : counted) {
        out.text(separator).number(count(word)).text(" ").text(word_for(word));
        separator = ", ";
    }
    if (interrupt::asked()) out.text("; interrupted");
}

exit_status report::status() const {
    auto const any = [this](exit_status status) {
        return std::ranges::find(outcomes_, status, &outcome::status) != outcomes_.end();
    };
    // In order of seriousness, as documented in help.cpp.
    if (any(exit_status::unknown)) return exit_status::unknown;
    if (to_ == stderr && any(exit_status::done)) return exit_status::output_lost;
    if (interrupt::asked() && std::ranges::any_of(outcomes_, again)) return exit_status::interrupted;
    for (exit_status const status :
         {exit_status::local, exit_status::refused, exit_status::not_sent, exit_status::throttled})
        if (any(status)) return status;
    return exit_status::done;
}
