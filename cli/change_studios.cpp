// SPDX-License-Identifier: MIT
// The commands restart, start, stop and wait: looks at the studios, refuses what cannot work, asks, and begins.
// Source: command_table.cpp, which documents what is refused.
// Data flow: studios_arguments -> looks -> refusals and a question -> fleet.hpp -> the report.
#include "ask.hpp"
#include "budget.hpp"
#include "dry_run.hpp"
#include "fleet.hpp"
#include "streams.hpp"
#include "studios.hpp"

namespace {

/// A run of one command.
template <class Scheme>
struct run {
    session<Scheme>& over;
    studios_arguments const& wanted;
    std::span<std::string const> studios;
    audit audited = {};
    report told{wanted, studios, audited};
    std::vector<studio_row> rows = {};
    std::vector<std::size_t> turns = {};
    std::vector<programme_stream> streams = {};

    exit_status carry_out() {
        if (!wanted.audit_file.empty() && !audited.open(wanted.audit_file, shortened(over.key_source.who.access_key_id)))
            return complain(exit_status::local, "--audit: the file cannot be opened for appending; nothing was sent");
        bool const looks = wanted.interrupts() && !wanted.no_look;
        if (looks && !studios.empty() && !look()) return told.close();
        for (std::size_t at = 0; at != studios.size(); ++at)
            if (!looks || !refuse(at)) turns.push_back(at);
        if (wanted.dry_run) {
            for (std::size_t const at : turns) {
                outcome what{.done_by = wanted.what};
                what.code = outcome::dry_run;
                what.words = "would be sent: " + would_send(over, studios[at]);
                told.add(at, std::move(what));
            }
            return told.close();
        }
        if (wanted.verify && !turns.empty() && !find_streams()) return told.close();
        if (turns.empty() || (asks() && !ask()) || !wait_for_begin()) return told.close();
        change();
        return told.close();
    }

    /// Looks at all studios. If a look fails, nothing is sent, and every studio is told of with the reason.
    bool look() {
        std::vector<char> room(page_bytes);
        told.show("looking at the studios");
        if (auto const fault = look_at_all(over, studios, room, rows)) {
            rows.clear();
            return fail(*fault);
        }
        told.seen(rows);
        return true;
    }
    bool find_streams() {
        std::vector<char> room(page_bytes);
        streams.resize(studios.size());
        for (std::size_t const at : turns)
            if (auto const fault = find_programme(over, studios[at], room, streams[at])) return fail(*fault);
        return true;
    }
    bool fail(rc::call_error const& e) {
        bool const hindered = remedy(e.cause, e.attempts) != nullptr;
        outcome what{.done_by = wanted.what, .status = status_of(e, rc::executed::no)};
        what.advice = hindered ? rc::advice::fix_transport
                      : e.ran == rc::executed::no ? e.what_to_do
                                                  : rc::advice::try_again;
        put_foreign(what.code, e.kind == rc::error_kind::refused ? e.code_text : name(e.kind));
        what.words = explained(e, wanted.at.to(), e.action) + " Nothing was sent that changes a studio.";
        if (e.what_to_do == rc::advice::ask_permission && wanted.what == task::restart)
            what.words += " --no-look restarts without a look.";
        for (std::size_t at = 0; at != studios.size(); ++at)
            if (!told.knows(at)) told.add(at, what);
        return false;
    }

    /// Whether the look shows that the studio cannot be changed; it is told of then.
    bool refuse(std::size_t at) {
        auto const against = objection_to(wanted.what, rows[at].seen);
        if (against.code == nullptr) return false;
        outcome what{.done_by = wanted.what, .status = exit_status::refused, .advice = against.advice};
        what.code = against.code;
        what.words = refusal(wanted.what, against);
        told.add(at, std::move(what));
        return true;
    }

    [[nodiscard]] bool asks() const {
        if (wanted.yes || !wanted.interrupts()) return false;
        // An idle studio has no programme that stop could end.
        return rows.empty() || std::ranges::any_of(turns, [this](std::size_t at) {
                   return rows[at].seen.state != rc::studio_state::idle;
               });
    }
    bool ask() {
        told.show({});
        std::string question = std::string(action_of(wanted.what)) + " ends or interrupts the programme of " +
                               (turns.size() == 1 ? "this studio" : "these " + std::to_string(turns.size()) + " studios") + ":\n";
        constexpr std::size_t most = 10;
        for (std::size_t i = 0; i != std::min(turns.size(), most); ++i) {
            studio_row const* const row = rows.empty() ? nullptr : &rows[turns[i]];
            question += "  " + shown(studios[turns[i]]);
            if (row != nullptr) question += "  " + std::string(row->state()) + " since " + row->since + "  " + row->name;
            question += '\n';
        }
        if (turns.size() > most) question += "  and " + std::to_string(turns.size() - most) + " more\n";
        if (asked_yes(question + "Continue? [y/N] ")) return true;
        for (std::size_t const at : turns) {
            outcome what{.done_by = wanted.what, .status = exit_status::interrupted};
            what.words = "not sent, as you wish. " + std::string(action_of(wanted.what)) + " did not run.";
            told.add(at, std::move(what));
        }
        return false;
    }

    /// Waits for the time of --at; false: interrupted.
    bool wait_for_begin() {
        while (wanted.begin_at > rc::utc_now() && !interrupt::asked()) {
            auto const left = static_cast<unsigned long long>(wanted.begin_at - rc::utc_now());
            told.show("begins in " + std::to_string(left) + " s; Ctrl-C ends it");
            std::this_thread::sleep_for(std::chrono::milliseconds(longest_sleep_ms));
        }
        return !interrupt::asked();
    }

    void change() {
        rc::pacing own({.calls_per_second = wanted.calls_per_second});
        rc::pacing looks(rc::pacing_of(rc::live::describe_casters::description));
        rc::pacing asks(rc::pacing_of(rc::live::describe_live_stream_state::description));
        shared_budget budget(wanted);
        paces const pace{budget ? budget.pace() : rc::pace_ref(own), looks, asks};
        fleet<Scheme> all{.over = over, .wanted = wanted, .studios = studios, .turns = turns, .streams = streams, .told = told,
                          .pace = pace};
        all.run();
    }
};

} // namespace

exit_status change_studios(studios_arguments& wanted) {
    if (wanted.interrupts() && !wanted.yes && !wanted.dry_run && !can_ask(wanted))
        return complain(usage_error{std::string(action_of(wanted.what)) +
                                    " ends or interrupts a programme, and nobody can be asked here: say --yes; nothing was sent"});
    if (!shared_budget::is_possible(wanted))
        return complain(usage_error{"--budget is not in this build, which has no hiredis; nothing was sent"});
    if (wanted.begin_at != 0 && wanted.begin_at <= rc::utc_now())
        return complain(usage_error{"--at is in the past by this machine's clock; nothing was sent"});
    return connected(wanted.at, [&wanted](auto& over) {
        auto const studios = studios_of(wanted);
        if (auto const* const wrong = std::get_if<usage_error>(&studios)) return complain(*wrong);
        interrupt::watch();
        run<typename std::remove_cvref_t<decltype(over)>::scheme> all{
            over, wanted, std::get<std::vector<std::string>>(studios)};
        return all.carry_out();
    });
}
