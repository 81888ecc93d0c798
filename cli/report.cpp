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

// After this many studios in a row whose attempts were all not sent, no new call starts.
constexpr unsigned most_not_sent_in_a_row = 3;

} // namespace

report::report(studios_arguments const& wanted, std::span<std::string const> studios, audit& audited)
    : wanted_(wanted), studios_(studios), began_ms_(rc::monotonic_now_ms()), outcomes_(studios.size()),
      known_(studios.size()), audit_(audited) {
    for (outcome& each : outcomes_) each.done_by = wanted.what;
}

void report::add(std::size_t at, outcome what) noexcept {
    std::lock_guard const lock(mutex_);
    what.done_by = wanted_.what;
    bool const failed = what.status != exit_status::done && what.attempts != 0;
    failures_ += failed ? 1 : 0;
    if (failed && failures_ == wanted_.stop_after) ends_ = true;
    bool const not_sent = what.status == exit_status::not_sent && what.attempts != 0;
    not_sent_in_a_row_ = not_sent ? not_sent_in_a_row_ + 1 : 0;
    if (hinders_all(what) || not_sent_in_a_row_ == most_not_sent_in_a_row) ends_ = true;
    outcomes_[at] = std::move(what);
    known_[at] = true;
    note(at);
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
    case rc::waiting_for::studio: what = "the next look in"; break;
    case rc::waiting_for::nothing: return;
    }
    char before[48] = "", text[160]; // progress_line cuts it
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
        if (wanted_.at.json) {
            out.text("{\"id\": ").json(studio).text(", \"outcome\": ").json(word_for(what.status));
            out.text(", \"ran\": ").json(name(what.ran));
            out.text(again(what) ? ", \"again\": true" : ", \"again\": false");
            out.text(", \"attempts\": ").number(what.attempts).text(", \"waited_ms\": ").number(what.waited_ms);
            out.text(", \"request_id\": ").json(what.request_id);
            if (!done) out.text(", \"code\": ").json(what.code).text(", \"advice\": ").json(name(what.advice));
            auto const [before, action, behind] = words_of(what);
            if (!done || !before.empty())
                out.text(", \"message\": \"").json_part(before).json_part(action).json_part(behind).text("\"");
            out.text("}");
        } else {
            out.text(again(what) ? "" : "# ").text(studio).text("\t").text(word_for(what.status)).text("\t");
            put(out, what);
        }
    });
}

// The request id of a studio that is done, and the words if there are any.
void report::put(line& out, outcome const& what) {
    bool const done = what.status == exit_status::done;
    auto const [before, action, behind] = words_of(what);
    if (done) out.text(what.request_id).text(what.request_id.empty() || before.empty() ? "" : "\t");
    out.text(before).text(action).text(behind);
}

void report::note(std::size_t at) noexcept {
    if (audit_.write(studios_[at], outcomes_[at], before_.empty() ? nullptr : &before_[at]) || audit_lost_) return;
    audit_lost_ = ends_ = true;
    static_cast<void>(line(stderr).text("restartcaster: the audit file could not be written; no further call begins").end());
}

// For a single studio: the request id or one sentence.
void report::tell_alone(outcome const& what) {
    progress_.show({});
    bool const good = what.status == exit_status::done || what.code == outcome::dry_run;
    line out(good ? stdout : stderr);
    if (!good) out.text("restartcaster: ");
    put(out, what);
    if (!out.end() && good) {
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
                   {"not_sent", exit_status::not_sent},
                   {"late", exit_status::late}};
    std::uint64_t const took_ms = rc::monotonic_now_ms() - began_ms_;
    if (wanted_.at.json) {
        out.text("{\"summary\": {\"studios\": ").number(studios_.size());
        for (auto const& [name, word] : counted) out.text(", ").json(name).text(": ").number(count(word));
        out.text(interrupt::asked() ? ", \"interrupted\": true" : ", \"interrupted\": false");
        out.text(", \"took_ms\": ").number(took_ms).text(", \"exit_status\": ");
        out.number(static_cast<unsigned>(status())).text("}}");
        return;
    }
    if (studios_.empty()) {
        out.text("# nothing to do: the list has no studio that is left");
        return;
    }
    out.text("# ").number(studios_.size()).text(studios_.size() == 1 ? " studio in " : " studios in ");
    out.seconds(took_ms).text(":");
    char const* separator = " ";
    for (auto const& [name, word] : counted) {
        if (word == exit_status::late && count(word) == 0) continue; // seldom
        out.text(separator).number(count(word)).text(" ").text(word_for(word));
        separator = ", ";
    }
    if (interrupt::asked()) out.text("; interrupted");
}

exit_status report::status() const {
    auto const any = [this](exit_status status) {
        return std::ranges::find(outcomes_, status, &outcome::status) != outcomes_.end();
    };
    // In order of seriousness, as documented in help.cpp. A lost audit is lost output.
    if (any(exit_status::unknown)) return exit_status::unknown;
    if ((to_ == stderr || audit_lost_) && any(exit_status::done)) return exit_status::output_lost;
    if (any(exit_status::interrupted)) return exit_status::interrupted; // the answer to the question was no
    if (interrupt::asked() && std::ranges::any_of(outcomes_, again)) return exit_status::interrupted;
    for (exit_status const status :
         {exit_status::late, exit_status::local, exit_status::refused, exit_status::not_sent, exit_status::throttled})
        if (any(status) && !(wanted_.dry_run && status == exit_status::not_sent)) return status;
    return exit_status::done;
}
