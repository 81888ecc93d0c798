// SPDX-License-Identifier: MIT
// One goal for a studio with all its calls, as a state machine that does no I/O, reads no clock and does not block.
// Source: docs/design.md, "Goals".
// Data flow: the user's moments and answers in; "send these bytes", "wait until" or "done with this outcome" out.
//
// How the machine works. It makes one call after the other, each by a call_machine of its own, in the same storage:
//
//   looking  -> changing -> resting -> looking -> asking_stream -> done
//      `-> done     `-> done    ^----------'  ^---------'
//
// The first look decides: done (there already, or impossible), or the change. From the change on, the machine only looks: no
// path leads back to `changing`, so the operation is sent by one call machine, which sends a second request only after a proof
// that the first did not run.
//
// All operations are made as `action`, whose name is known at run time: one call_machine in the program, not five.
// Long, because it is one class: the public functions come first, then the calls, then what follows each call.
#ifndef RESTARTCASTER_CLIENT_GOAL_MACHINE_HPP
#define RESTARTCASTER_CLIENT_GOAL_MACHINE_HPP
#pragma once

#include "../operations/live/streams.hpp"
#include "goal.hpp"
#include "studio_callback.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Pursues one goal. It is driven like a call_machine, and the same loop drives both:
///
///     rc::goal_machine goal(rc::restart_studio("80787064-..."), key, room, now_ms + 120'000);
///     for (;;) switch (auto const s = goal.next(now(), nonces); s.what) {
///         case rc::step::send: goal.answered(http.exchange(goal.request(), goal.storage())); break;
///         case rc::step::wait: sleep_until(s.until_ms); break;
///         case rc::step::done: return goal.outcome();
///         }
///
/// Storage: 4096 bytes of `to` are enough for a studio with a few tags; the texts of outcome().error point into it. Key,
///   paces, skew and the texts of the goal must outlive the machine.
/// Cost: no allocation, no clock, no lock. One thread at a time.
template <class Scheme>
class goal_machine {
public:
    /// The outcome of the goal.
    using outcome_type = goal_outcome;

    /// `deadline_ms` is a time of the monotonic clock. After it, nothing is sent and nothing is waited for.
    goal_machine(studio_goal const& goal, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
                 room to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t deadline_ms, goal_options const& options = {}) noexcept
        : goal_(goal), key_(key), to_(to), options_(options), deadline_ms_(deadline_ms) {}
    goal_machine(studio_goal const&, signing_key<Scheme> const&&, room, std::uint64_t, goal_options const& = {}) = delete;
    goal_machine(goal_machine const&) = delete;
    goal_machine& operator=(goal_machine const&) = delete;

    /// Returns what the driver has to do now. Call it at the start, after answered(), and after every wait.
    template <nonce_source Nonces>
    [[nodiscard]] step next(moment const& now, Nonces&& nonces) noexcept {
        while (!is(goal_phase::done)) {
            if (is(goal_phase::resting)) {
                if (now.monotonic_ms < due_ms_) return {step::wait, waiting_for::studio, due_ms_};
                begin(now, goal_phase::looking);
                continue;
            }
            step const asked = call_->next(now, nonces);
            if (asked.what == step::send) note_sending(now);
            note_change();
            if (asked.what != step::done) return asked;
            settle(now);
        }
        return {step::done};
    }

    /// Takes the result of the exchange that next() asked for; call next() immediately after. Ignored when no request is out.
    void answered(result<response> const& answer) noexcept {
        if (call_ == nullptr) return;
        call_->answered(answer);
        note_change();
    }

    /// Takes a message of the service. It is a hint: the first one that fits leads to a look at once; call next() for it. After
    /// a message of success with the RequestId of the restart, one look that shows the studio streaming is sufficient. A message
    /// may come before the answer to the request.
    void hint(studio_callback const& message) noexcept {
        if (!changed() || message.kind() != callback_kind::operate || message.caster_id != goal_.caster_id) return;
        kept_id const id = kept_id::of(message.event_message.request_id);
        std::string_view const own = outcome_.request_id.text();
        if (!own.empty() && id.text() != own) return;
        hint_id_ = id;
        hint_of_success_ = message.event_message.code == "Success"sv;
        if (hinted_) return; // one early look: anyone can send messages
        hinted_ = true;
        if (is(goal_phase::resting)) due_ms_ = 0;
    }

    /// Ends the goal in any state, for example when the user cancels. The outcome stays true: a request that is out may have
    /// run.
    void abandon(moment const& now) noexcept {
        if (is(goal_phase::done)) return;
        if (!is(goal_phase::resting)) {
            call_->abandon(now);
            note_change();
        }
        finish(now, goal_end::abandoned);
    }

    /// The request to send after next() returned step::send; unchanged until the next step::send.
    /// Requires: next() returned step::send before.
    [[nodiscard]] restartcaster::request const& request() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return call_->request();
    }
    /// The bytes for the body of the answer: the storage after the request.
    /// Requires: next() returned step::send before.
    [[nodiscard]] std::span<char> storage() const noexcept { return call_->storage(); }
    /// Milliseconds until the end of the current call: the upper limit for the transport's own time-out.
    /// Requires: next() returned step::send before.
    [[nodiscard]] std::uint32_t time_left_ms(moment const& now) const noexcept { return call_->time_left_ms(now); }
    /// The outcome; final after next() returned step::done. Before that, the outcome if the goal stopped now.
    [[nodiscard]] goal_outcome const& outcome() const noexcept RESTARTCASTER_LIFETIMEBOUND { return outcome_; }
    /// What the machine is doing.
    [[nodiscard]] goal_progress progress() const noexcept { return {phase_, since_ms_, until_ms_}; }

private:
    using call_type = call_machine<action, Scheme>;
    // A call in the place of the one before. The class has its own placement new, because <new> is not included.
    struct placed_call : call_type {
        using call_type::call_type;
        static void* operator new(std::size_t, void* at) noexcept { return at; }
        static void operator delete(void*, void*) noexcept {} // unreached: no_throw
    };
    static_assert(std::is_trivially_destructible_v<call_type>, "restartcaster: calls are never destroyed");

    [[nodiscard]] bool is(goal_phase it) const noexcept { return phase_ == it; }
    [[nodiscard]] bool changed() const noexcept { return outcome_.changes != 0; }

    void enter(moment const& now, goal_phase phase, std::uint64_t until_ms) noexcept {
        phase_ = phase;
        since_ms_ = now.monotonic_ms;
        until_ms_ = until_ms;
    }
    void finish(moment const& now, goal_end end) noexcept {
        outcome_.end = end;
        enter(now, goal_phase::done, now.monotonic_ms);
    }
    void fail_with(moment const& now, call_error const& why) noexcept {
        keep(why);
        finish(now, now.monotonic_ms < deadline_ms_ ? goal_end::failed : goal_end::out_of_time);
    }
    // Until the next look, which comes at once if a hint came during a call; or the end if the look would be after the deadline.
    void rest(moment const& now) noexcept {
        bool const at_once = hinted_ && !hint_used_;
        due_ms_ = detail::later(now.monotonic_ms, at_once ? 0 : options_.look_every_ms);
        if (due_ms_ >= deadline_ms_) return finish(now, goal_end::out_of_time);
        enter(now, goal_phase::resting, due_ms_);
    }

    // ---- calls

    [[nodiscard]] operation const& operation_of(goal_phase phase) const noexcept {
        if (phase == goal_phase::looking) return live::describe_casters::description;
        if (phase == goal_phase::asking_stream) return live::describe_live_stream_state::description;
        switch (goal_.change) {
        case studio_change::start: return live::start_caster::description;
        case studio_change::stop: return live::stop_caster::description;
        case studio_change::none: // never changing
        case studio_change::restart: break;
        }
        return restart_caster::description;
    }

    // Adds a parameter that has a value. An action takes any text, so identifiers are checked here.
    void add(result<void>& good, std::string_view name, std::string_view value, bool is_required = true) noexcept {
        if (!good || (value.empty() && !is_required)) return;
        good = check_identifier(name, value);
        if (good) good = parameters_.append(name, value);
    }

    void begin(moment const& now, goal_phase phase) noexcept {
        std::uint64_t until_ms = detail::later(now.monotonic_ms, options_.call_limit_ms);
        if (until_ms > deadline_ms_) until_ms = deadline_ms_;
        enter(now, phase, until_ms);
        forget_texts();
        operation const& called = operation_of(phase);
        parameters_ = {};
        result<void> good;
        if (phase == goal_phase::asking_stream) {
            add(good, "DomainName"sv, goal_.stream.domain);
            add(good, "AppName"sv, goal_.stream.app);
            add(good, "StreamName"sv, goal_.stream.name);
        } else {
            add(good, "CasterId"sv, goal_.caster_id);
        }
        add(good, "RegionId"sv, goal_.region_id, false);
        if (!good) return fail_with(now, {detail::local_error(good.error(), key_.valid())});

        call_options options = options_.call;
        options.retry.policy = retry_policy::by_operation;
        if (phase == goal_phase::looking) options.pace = options_.look_pace;
        if (phase == goal_phase::asking_stream) options.pace = options_.stream_pace;
        hint_used_ = hinted_;
        action const made{.name = called.action,
                          .version = called.version,
                          .parameters = parameters_,
                          .repeat = phase == goal_phase::changing ? repeatable::no : repeatable::yes};
        call_ = new (static_cast<void*>(place_)) placed_call(made, key_, to_, until_ms, options);
    }

    // Another call overwrites the texts of the service.
    void forget_texts() noexcept {
        call_error& e = outcome_.error;
        e.code_text = e.message = e.request_id = e.host_id = e.recommend = e.body = e.sent = {};
    }
    // Keeps the error of a call, unless it would replace the error of the change.
    void keep(call_error const& e) noexcept {
        if (changed() && outcome_.change.ran != executed::yes && outcome_.has_error && !is(goal_phase::changing)) return;
        outcome_.has_error = true;
        outcome_.error = e;
#if !RESTARTCASTER_SMALL
        outcome_.error.action = operation_of(phase_).action;
        outcome_.error.permission = operation_of(phase_).permission;
#endif
    }

    void note_sending(moment const& now) noexcept {
        (is(goal_phase::changing) ? change_sent_ms_ : sent_ms_) = now.monotonic_ms;
        if (!is(goal_phase::changing)) return;
        sent_utc_s_ = options_.call.skew == nullptr ? now.utc_seconds : options_.call.skew->utc_seconds(now);
    }
    // Keeps the outcome of the change true. A success without a request id is no answer of the service.
    void note_change() noexcept {
        if (!is(goal_phase::changing)) return;
        outcome_.changes = call_->attempts();
        auto const& said = call_->outcome();
        if (!said)
            outcome_.change.ran = said.error().ran;
        else
            outcome_.change.ran = said->request_id.empty() ? executed::maybe : executed::yes;
        outcome_.change.why = outcome_.change.ran == executed::maybe ? ran_evidence::not_compared : ran_evidence::answer;
    }

    // The reply of a look, read from the body of the action's reply.
    template <class Operation>
    [[nodiscard]] result<typename Operation::reply, call_error> reply_to() const noexcept {
        auto const& said = call_->outcome();
        if (!said) return unexpected(said.error());
        response in;
        in.status = 200;
        in.body = said->body;
        auto const read = read_reply<Operation>(in);
        if (!read) return unexpected(call_error{read.error(), call_->attempts(), call_->waited_ms()});
        return *read;
    }

    // ---- what follows a call

    void settle(moment const& now) noexcept {
        switch (phase_) { // unreached: every_case
        case goal_phase::looking: return after_look(now);
        case goal_phase::changing: return after_change(now);
        case goal_phase::asking_stream: return after_stream(now);
        case goal_phase::resting:
        case goal_phase::done: break;
        }
    }

    void after_look(moment const& now) noexcept {
        bool const first = outcome_.looks == 0;
        auto const reply = reply_to<live::describe_casters>();
        if (!reply) {
            if (first) return fail_with(now, reply.error());
            keep(reply.error());
            return rest(now);
        }
        if (outcome_.looks != 0xFFFF) ++outcome_.looks;
        studio_look const seen = look_of(*reply, goal_.caster_id);
        outcome_.state = seen.state;
        if (!seen.found) return finish(now, goal_end::not_found);
        if (!changed()) before_ = seen;
        bool const is_there = seen.state == goal_.wanted;
        if (changed()) return after_later_look(now, seen, is_there);
        if (goal_.change != studio_change::restart && is_there) return after_wanted_state(now);
        if (goal_.change == studio_change::none) return rest(now);
        if (goal_.change == studio_change::restart) {
            if (seen.is_virtual) return finish(now, goal_end::is_virtual);
            if (seen.state == studio_state::idle) return finish(now, goal_end::is_idle);
        }
        begin(now, goal_phase::changing);
    }

    void after_change(moment const& now) noexcept {
        auto const& said = call_->outcome();
        steady_since_ms_ = now.monotonic_ms;
        if (outcome_.change.ran == executed::yes) {
            outcome_.request_id = kept_id::of(said->request_id);
            return rest(now);
        }
        if (said)
            keep({detail::error_of(failure{.code = errc::request_id_missing, .http_status = 200}, error_kind::unreadable,
                                   executed::maybe, advice::look_first)});
        else
            keep(said.error());
        // Before the change, all of the time may have passed.
        bool const no_time = !changed() && now.monotonic_ms >= deadline_ms_;
        if (outcome_.change.ran == executed::no || !options_.reconcile)
            return finish(now, no_time ? goal_end::out_of_time : goal_end::failed);
        rest(now);
    }

    // A look after the change. A goal with a change that may have run is reached only when the studio shows that it ran.
    void after_later_look(moment const& now, studio_look const& seen, bool is_there) noexcept {
        if (outcome_.change.ran == executed::maybe) {
            outcome_.change = compare(seen, is_there);
            if (outcome_.change.ran == executed::no) {
                outcome_.error.ran = executed::no;
                outcome_.error.what_to_do = advice::try_again;
                return finish(now, goal_end::failed);
            }
        }
        if (!is_there) steady_since_ms_ = now.monotonic_ms;
        if (outcome_.change.ran != executed::yes || !is_there || !is_proven(now, seen)) return rest(now);
        after_wanted_state(now);
    }

    [[nodiscard]] ran_verdict compare(studio_look const& seen, bool is_there) const noexcept {
        if (goal_.change == studio_change::restart)
            return compare_restart(before_, seen, sent_utc_s_, detail::since(change_sent_ms_, sent_ms_),
                                   options_.unchanged_after_ms);
        if (is_there) return {executed::yes, ran_evidence::state_changed};
        return {executed::maybe, ran_evidence::state_not_reached};
    }

    // Whether a studio that is shown streaming is on air again, and not on air still.
    [[nodiscard]] bool is_proven(moment const& now, studio_look const& seen) noexcept {
        if (goal_.change != studio_change::restart) return true;
        if (before_.started >= 0 && seen.started > before_.started)
            outcome_.on_air = on_air_evidence::start_time_later;
        else if (hint_of_success_ && hint_id_.text() == outcome_.request_id.text() && hint_id_.size != 0)
            outcome_.on_air = on_air_evidence::callback;
        else if (detail::since(steady_since_ms_, now.monotonic_ms) >= options_.steady_after_ms)
            outcome_.on_air = on_air_evidence::steady;
        return outcome_.on_air != on_air_evidence::none;
    }

    void after_wanted_state(moment const& now) noexcept {
        if (goal_.wanted != studio_state::streaming || goal_.stream.name.empty()) return finish(now, goal_end::reached);
        begin(now, goal_phase::asking_stream);
    }

    void after_stream(moment const& now) noexcept {
        auto const reply = reply_to<live::describe_live_stream_state>();
        outcome_.stream_online = reply && reply->stream_state == "online"sv;
        if (outcome_.stream_online) return finish(now, goal_end::reached);
        if (!reply) keep(reply.error());
        rest(now);
    }

    studio_goal goal_;
    signing_key<Scheme> const& key_;
    room to_;
    goal_options options_;
    std::uint64_t deadline_ms_;

    goal_outcome outcome_ = {};
    studio_look before_ = {};
    parameter_list<4> parameters_ = {};
    goal_phase phase_ = goal_phase::resting;
    // Whether a callback fits, whether it came before the last call began, and what it says.
    bool hinted_ = false;
    bool hint_used_ = false;
    bool hint_of_success_ = false;
    kept_id hint_id_ = {};
    std::uint64_t since_ms_ = 0;
    std::uint64_t until_ms_ = 0;
    std::uint64_t due_ms_ = 0;
    std::uint64_t sent_ms_ = 0;
    std::uint64_t change_sent_ms_ = 0;
    std::uint64_t steady_since_ms_ = 0;
    std::int64_t sent_utc_s_ = 0;
    alignas(call_type) unsigned char place_[sizeof(call_type)];
    call_type* call_ = nullptr;
};

}} // namespace restartcaster

#endif
