// SPDX-License-Identifier: MIT
// Changes studios within the rate limit of the account: one machine per studio, driven by as many threads as calls may start
// per second, so that slow answers do not lower the rate.
// Source: docs/design.md, "Calls over time", "Goals".
// Data flow: studios_arguments -> rc::call_machine or rc::goal_machine over libcurl -> an outcome for each studio -> report.
#ifndef RESTARTCASTER_CLI_FLEET_HPP
#define RESTARTCASTER_CLI_FLEET_HPP

#include "report.hpp"
#include "session.hpp"

#include <restartcaster/goals.hpp>

#include <atomic>
#include <mutex>
#include <new>

/// The paces of the operations that a run calls. The service counts per operation.
struct paces {
    rc::pace_ref change, look, stream;
};

/// The stream of a studio's programme; empty texts without --verify.
struct programme_stream {
    std::string domain = {}, app = {}, name = {};
};

/// The sentence about a studio that a look showed to be unfit.
[[nodiscard]] inline std::string refusal(task what, objection_of_look const& against) {
    return "refused before sending: " + std::string(against.why) + ". " + std::string(action_of(what)) + " did not run; " +
           std::string(against.remedy) + ".";
}

/// The data that all calls of one run share.
template <class Scheme>
struct fleet {
    session<Scheme>& over;
    studios_arguments const& wanted;
    std::span<std::string const> studios;
    /// The numbers of the studios whose turn comes, and their streams if these are verified.
    std::span<std::size_t const> turns;
    std::span<programme_stream const> streams;
    report& told;
    paces const& pace;
    char const* ca_file = over.ca_file();
    rc::clock_skew skew = rc::clock_skew();
    std::mutex order = {};
    std::size_t next = 0;
    /// The first studio that met a failure that stops all requests.
    static constexpr std::size_t nobody = ~std::size_t{0};
    std::atomic<std::size_t> hindered = nobody;

    // Bytes for request and answer. The service's answers are below 10 KB; a proxy's page may be longer.
    static constexpr std::size_t answer_room = 256 * 1024;

    [[nodiscard]] bool ends() const noexcept { return told.ends() || hindered != nobody; }

    /// Does all studios with several threads.
    void run() {
        // A goal waits for its studio most of the time, so more of them may be under way.
        std::size_t const most = wanted.has_goal() ? 64 : wanted.calls_per_second;
        std::vector<std::thread> others;
        try {
            others.reserve(most);
            while (others.size() + 1 < std::min(turns.size(), most)) others.emplace_back([this] { work(); });
        } catch (std::exception const&) {
            // Fewer threads work too, only slower.
        }
        work();
        for (std::thread& other : others) other.join();
    }

    /// Takes one studio after the other until none is left.
    void work() noexcept {
        for (;;) {
            std::unique_lock in_order(order);
            if (ends() || next == turns.size()) return;
            std::size_t const at = turns[next++];
            told.add(at, change(at, in_order));
        }
    }

    /// `in_order` is unlocked as soon as the call has its turn of the pacing, so that turns are in the order of the studios.
    outcome change(std::size_t at, std::unique_lock<std::mutex>& in_order) noexcept {
        outcome what{.done_by = wanted.what};
        std::vector<char> room;
        rc::restart_caster const operation{.caster_id = studios[at], .region_id = wanted.at.region_id};
        rc::stamp const any{.utc_seconds = rc::utc_now(), .nonce = "00000000-0000-4000-8000-000000000000"};
        auto const size = rc::request_size(operation, over.key, any, wanted.at.request());
        try {
            // Reserved before sending: memory for the answer and for its request id.
            room.resize(size.value_or(0) + answer_room);
            what.request_id.reserve(64);
        } catch (std::bad_alloc const&) {
            what.code = outcome::no_memory;
            return what;
        }
        rc::call_options options = over.options();
        options.skew = &skew;
        options.pace = pace.change;
        std::uint64_t const deadline_ms = rc::monotonic_now_ms() + wanted.at.deadline_ms;
        watcher watch{*this, at};
        auto const begun = [&in_order] {
            if (in_order) in_order.unlock();
        };
        driver<watcher> drives{wanted.at, ca_file, watch};
        if (wanted.has_goal()) {
            rc::goal_options goal_options{.call = options, .look_pace = pace.look, .stream_pace = pace.stream};
            rc::goal_machine machine(goal_of(at), over.key, rc::room(std::span(room)), deadline_ms, goal_options);
            drives.drive(machine, begun);
            take(at, machine.outcome(), what);
        } else {
            rc::call_machine machine(operation, over.key, rc::room(std::span(room)), deadline_ms, options);
            drives.drive(machine, begun);
            what.attempts = machine.attempts();
            what.waited_ms = machine.waited_ms();
            take(at, machine.outcome(), what);
        }
        return what;
    }

    [[nodiscard]] rc::studio_goal goal_of(std::size_t at) const noexcept {
        rc::studio_goal goal{.caster_id = studios[at], .region_id = wanted.at.region_id};
        switch (wanted.what) {
        case task::restart: goal.change = rc::studio_change::restart; break;
        case task::start: goal.change = rc::studio_change::start; break;
        case task::stop:
            goal.change = rc::studio_change::stop;
            goal.wanted = rc::studio_state::idle;
            break;
        case task::wait: goal.wanted = wanted.until; break;
        }
        if (!streams.empty()) goal.stream = {streams[at].domain, streams[at].app, streams[at].name};
        return goal;
    }

    struct watcher {
        fleet& all;
        std::size_t at;
        unsigned attempts = 0;

        [[nodiscard]] bool ends() const noexcept { return all.ends(); }
        [[nodiscard]] static bool gives_up() noexcept { return interrupt::insisted(); }
        void waits(rc::waiting_for why, std::uint64_t milliseconds) noexcept { all.told.show(at, why, milliseconds); }
        void exchanged(rc::result<rc::response> const& answer) noexcept {
            ++attempts;
            if (answer || remedy(answer.error(), attempts) == nullptr) return;
            std::size_t first = nobody;
            all.hindered.compare_exchange_strong(first, at);
        }
    };

    void take(std::size_t at, auto const& reply, outcome& what) const noexcept {
        what.status = reply ? exit_status::done : status_of(reply.error(), reply.error().ran);
        what.ran = reply ? rc::executed::yes : reply.error().ran;
        put_foreign(what.request_id, reply ? reply->request_id : reply.error().request_id);
        if (!reply) explain(at, reply.error(), what);
    }

    void take(std::size_t at, rc::goal_outcome const& end, outcome& what) const noexcept {
        what.ran = end.change.ran;
        what.after = end.state;
        what.attempts = end.has_error ? end.error.attempts : end.changes + end.looks;
        put_foreign(what.request_id, end.request_id.text());
        bool const maybe = end.change.ran == rc::executed::maybe;
        what.advice = maybe ? rc::advice::look_first : rc::advice::try_again;
        what.status = maybe ? exit_status::unknown : exit_status::late;
        switch (end.end) {
        case rc::goal_end::reached: what.status = exit_status::done; break;
        case rc::goal_end::not_found: object(end, rc::studio_look{}, what); return;
        case rc::goal_end::is_virtual: object(end, {.found = true, .is_virtual = true}, what); return;
        case rc::goal_end::is_idle: object(end, {.found = true, .state = rc::studio_state::idle}, what); return;
        case rc::goal_end::abandoned:
            if (end.change.ran == rc::executed::no) what.status = exit_status::not_sent;
            what.code = "abandoned";
            break;
        case rc::goal_end::out_of_time: what.code = "out_of_time"; break;
        case rc::goal_end::failed:
        case rc::goal_end::open:
            if (end.change.ran == rc::executed::no) {
                what.status = status_of(end.error, rc::executed::no);
                explain(at, end.error, what);
                return;
            }
            put_foreign(what.code, end.error.kind == rc::error_kind::refused ? end.error.code_text : name(end.error.kind));
            break;
        }
        say(what, [&] {
            return end.end == rc::goal_end::reached && end.changes == 0 ? (wanted.what == task::wait ? "in the wanted state"
                                                                                                    : "in the wanted state already")
                                                                        : described(end);
        });
    }

    // A goal that its own look showed to be impossible.
    void object(rc::goal_outcome const&, rc::studio_look const& seen, outcome& what) const noexcept {
        auto const against = objection_to(wanted.what, seen);
        what.status = exit_status::refused;
        what.code = against.code;
        what.advice = against.advice;
        say(what, [&] { return refusal(wanted.what, against); });
    }

    void explain(std::size_t at, rc::call_error const& e, outcome& what) const noexcept {
        bool const hinders = what.ran == rc::executed::no && remedy(e.cause, e.attempts) != nullptr;
        std::size_t const first = hindered;
        what.advice = hinders ? rc::advice::fix_transport : e.what_to_do;
        say(what, [&]() -> std::string {
            // A failure that stops all requests is reported once.
            if (first != nobody && first != at && what.status == exit_status::not_sent)
                return "not sent. " + std::string(action_of(wanted.what)) + " did not run; mend what is said of " +
                       studios[first] + ", then call again.";
            return explained(e, wanted.at.to(), action_of(wanted.what));
        });
        if (what.code != outcome::no_memory)
            put_foreign(what.code, e.kind == rc::error_kind::refused ? e.code_text : name(e.kind));
    }

    static void say(outcome& what, auto const& words) noexcept {
        try {
            what.words = words();
        } catch (std::bad_alloc const&) {
            what.code = outcome::no_memory;
            what.words.clear();
        }
    }
};

#endif
