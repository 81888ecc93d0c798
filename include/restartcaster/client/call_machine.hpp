// SPDX-License-Identifier: MIT
// One call with all its attempts, as a state machine that does no I/O, reads no clock and does not block.
// Source: docs/design.md, "Calls over time".
// Data flow: the user's moments and answers in; "send these bytes", "wait until" or "done with this outcome" out.
//
// How the machine works. The driver, which is the user's loop, coroutine or callbacks, calls next() and does what the
// returned step asks: send the request, wait, or take the outcome. The machine is always in one of five states:
//
//   resting    waits for the end of a back-off or of a wait that the service asked for; at first for nothing
//   has_turn   has reserved a turn of the pacing and waits for its moment
//   sent       the request is with the transport; only answered(), abandon() or the deadline leaves this state
//   answered   the answer is known to have failed; the machine has not yet decided whether to try again
//   done       outcome() is final
//
//   resting -> has_turn -> sent -> answered -> resting (next attempt)
//                            `-> done            `-> done (no next attempt)
//
// next() makes as many transitions as the given moment allows. In `answered` it applies the retry rules (retry.hpp) and
// corrects the clock. In `resting` it reserves a turn. In `has_turn` it signs the request, or keeps the signed bytes for a
// retry with the same nonce, and returns `send`. In `sent` it asks the driver to wait, and ends the call at the deadline.
// answered() reads the answer. A success ends the call at once; a failure waits for next(), which gets the moment.
// abandon() ends the call in any state.
//
// Every state can go to `done`: on a failure here, at the deadline, or by abandon(). After each transition that changes
// what is known, report() stores the outcome. While a request is out, the outcome is "it may have run", so a driver that
// stops at any point can rely on outcome().
//
// The file is long, because it is one class: every transition reads and changes the same state.
#ifndef RESTARTCASTER_CLIENT_CALL_MACHINE_HPP
#define RESTARTCASTER_CLIENT_CALL_MACHINE_HPP
#pragma once

#include "call.hpp"
#include "call_error.hpp"
#include "clock_skew.hpp"
#include "last_stamp.hpp"
#include "nonce_source.hpp"
#include "pace.hpp"
#include "retry.hpp"
#include "step.hpp"


namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The options of a call with retries.
struct call_options {
    /// Endpoint, method and format of every request.
    request_options request = {};
    /// Which failed attempts are repeated, how often and how soon.
    retry_options retry = {};
    /// Corrects the time to sign with. Null: the user's clock is used unchanged.
    clock_skew* skew = nullptr;
    /// Limits the rate of calls; by default no limit.
    pace_ref pace = {};
};

namespace detail {

/// The moment `by_ms` milliseconds later; saturates at the largest 64-bit number.
[[nodiscard]] constexpr std::uint64_t later(std::uint64_t moment_ms, std::uint64_t by_ms) noexcept {
    constexpr std::uint64_t last = ~std::uint64_t{0};
    return by_ms > last - moment_ms ? last : moment_ms + by_ms;
}

/// Milliseconds from an earlier moment to `now_ms`; 0 if the clock went back.
[[nodiscard]] constexpr std::uint64_t since(std::uint64_t earlier_ms, std::uint64_t now_ms) noexcept {
    return now_ms < earlier_ms ? 0 : now_ms - earlier_ms;
}

/// Milliseconds in 32 bits; saturates at the largest 32-bit number.
[[nodiscard]] constexpr std::uint32_t in_32_bits(std::uint64_t ms) noexcept {
    constexpr std::uint32_t most = ~std::uint32_t{0};
    return ms > most ? most : static_cast<std::uint32_t>(ms);
}

} // namespace detail

/// One call that retries where a retry is safe, corrects the clock and keeps the pace. It ends with a reply, with an
/// error that a retry cannot help, or at the deadline. The user writes the driver:
///
///     for (;;) switch (auto const s = call.next(now(), nonces); s.what) {
///         case rc::step::send: call.answered(http.exchange(call.request(), call.storage())); break;
///         case rc::step::wait: sleep_until(s.until_ms); break;
///         case rc::step::done: return call.outcome();
///         }
///
/// Storage: requests are built at the start of `to`, and answers are received after them; the texts of the outcome point
///   into `to`. Key, pace, skew and the texts of the operation must outlive the machine.
/// Cost: no allocation, no clock, no lock. One thread at a time.
template <callable_operation Operation, class Scheme>
class call_machine {
public:
    /// The reply or the error of the whole call.
    using outcome_type = result<typename Operation::reply, call_error>;

    /// `deadline_ms` is a time of the monotonic clock. After it, nothing is sent and nothing is waited for.
    call_machine(Operation const& op, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
                 room to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t deadline_ms,
                 call_options const& options = {}) noexcept
        : op_(op), key_(key), to_(to.span()), options_(options), deadline_ms_(deadline_ms) {}
    call_machine(Operation const&, signing_key<Scheme> const&&, room, std::uint64_t,
                 call_options const& = {}) = delete;
    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    /// Returns what the driver has to do now. Call it at the start, after answered(), and after every wait.
    template <nonce_source Nonces>
    [[nodiscard]] step next(moment const& now, Nonces&& nonces) noexcept {
        if (is(state::answered)) settle(now);
        if (is(state::sent)) {
            if (now.monotonic_ms < deadline_ms_) return {step::wait, waiting_for::answer, deadline_ms_};
            no_answer_by("deadline");
            finish(now);
        }
        if (is(state::resting)) {
            if (now.monotonic_ms < due_ms_) return {step::wait, why_, due_ms_};
            take_turn(now);
        }
        if (is(state::has_turn)) {
            if (now.monotonic_ms < due_ms_) return {step::wait, why_, due_ms_};
            prepare(now, nonces);
            if (is(state::sent)) return {step::send};
        }
        return {step::done};
    }

    /// Takes the result of the exchange that next() asked for; call next() immediately after. Ignored when no request is
    /// out, for example when the answer comes after the deadline ended the call.
    void answered(result<response> const& answer) noexcept {
        if (!is(state::sent)) return;
        state_ = state::answered;
        if (!answer) {
            answer_ = response{};
            last_ = detail::transport_error<attempt_error>(answer.error());
        } else {
            answer_ = *answer;
            auto const read = read_reply(answer_, op_);
            if (read) {
                outcome_ = *read;
                state_ = state::done;
                return;
            }
            last_ = read.error();
            last_.sent = request_bytes(request_);
        }
        if (last_.ran != executed::no) doubt_ = last_;
        unsure_ = unsure_ || last_.ran != executed::no;
        report();
    }

    /// Ends the call in any state, for example when the user cancels. The outcome stays true: a request that is out may
    /// have run.
    void abandon(moment const& now) noexcept {
        if (is(state::done)) return;
        if (is(state::sent))
            no_answer_by("abandoned");
        else if (attempts_ == 0)
            last_.cause.subject = "abandoned";
        finish(now);
    }

    /// The request to send after next() returned step::send; unchanged until the next step::send.
    [[nodiscard]] restartcaster::request const& request() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return request_;
    }
    /// The bytes for the body of the answer: the storage after the request.
    [[nodiscard]] std::span<char> storage() const noexcept { return behind(to_, request_.storage_used); }
    /// Milliseconds until the deadline: the upper limit for the transport's own time-out.
    [[nodiscard]] std::uint32_t time_left_ms(moment const& now) const noexcept {
        if (now.monotonic_ms >= deadline_ms_) return 0;
        return detail::in_32_bits(deadline_ms_ - now.monotonic_ms);
    }
    /// The reply or the error; final after next() returned step::done. Before that, the outcome if the call stopped now:
    /// while a request is out, that it may have run.
    [[nodiscard]] outcome_type const& outcome() const noexcept RESTARTCASTER_LIFETIMEBOUND { return outcome_; }
    /// Explains the refusal of the last attempt: what differs between the text that was signed and the text that the service
    /// signed. Without a refusal, the cause is not_a_mismatch.
    /// Requires: the header restartcaster/explain/explain.hpp.
    /// Errors: as string_to_sign, when the call cannot be signed.
    // A template, because the explanation is outside the umbrella: to include it takes as long as all the rest.
    template <class Explanation = explanation>
    [[nodiscard]] result<Explanation> why_not_matched() const noexcept {
        return explain(op_, key_, last_stamp_.view(), last_, options_.request);
    }
    /// The stamp of the last attempt; an empty nonce before the first.
    /// Storage: the nonce points into the machine.
    [[nodiscard]] stamp last_stamp() const noexcept RESTARTCASTER_LIFETIMEBOUND { return last_stamp_.view(); }
    /// Requests sent so far, and milliseconds waited so far between them.
    [[nodiscard]] std::uint16_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] std::uint32_t waited_ms() const noexcept { return waited_ms_; }

private:
    // `auto`, because subspan() of a non-dependent span is instantiated in every file that includes this header.
    [[nodiscard]] static std::span<char> behind(auto const& all, std::size_t used) noexcept {
        return all.subspan(used);
    }

    // This type is `error`. It depends on Operation, so that a file without calls does not compile what uses it.
    using attempt_error = typename result<typename Operation::reply, error>::error_type;

    enum class state : std::uint8_t { resting, has_turn, sent, answered, done };

    // One function for all comparisons: for each comparison of enumerators, clang tries the built-in operators of all
    // pairs of arithmetic types.
    [[nodiscard]] bool is(state it) const noexcept { return state_ == it; }

    [[nodiscard]] std::int64_t time_to_sign(moment const& now) const noexcept {
        return options_.skew == nullptr ? now.utc_seconds : options_.skew->utc_seconds(now);
    }

    // Decides after a failed attempt: rest and try again, or end.
    void settle(moment const& now) noexcept {
        bool const slow = throttled(last_);
        bool const for_time = refused_for_time(last_);
        detail::tell_clock(last_, answer_, time_to_sign(now));
        if (slow) options_.pace.throttled(now.monotonic_ms, last_.retry_after_ms);
        bool const hopeless = for_time && !time_is_mended(now);
        auto const how = attempt_after(last_, unsure_, policy_for(op_, options_.retry.policy));
        if (how == next_attempt::none || hopeless || attempts_ >= options_.retry.attempts) return finish(now);
        std::uint64_t rest = 0;
        // For every kind of failure: a failing service may name a wait, as its throttle does.
        bool const told = last_.retry_after_ms != 0;
        if (told) {
            rest = last_.retry_after_ms;
        } else if (!for_time) {
            rest = back_off_ms(options_.retry, attempts_, jitter_);
            jitter_ = jitter_ * 0x9E3779B1 + 0x7F4A7C15; // new jitter even if the next attempt repeats the nonce
        }
        rest_until(now, detail::later(now.monotonic_ms, rest), told ? waiting_for::service : waiting_for::back_off, state::resting);
        same_bytes_ = how == next_attempt::same_bytes;
        // Does not wait when no attempt can follow the wait.
        if (due_ms_ >= deadline_ms_ || (same_bytes_ && due_ms_ - signed_ms_ > same_bytes_for_ms)) finish(now);
    }

    // Corrects the clock at most once per call: a second refusal for the timestamp has another reason than the clock.
    // Signing again helps only if the time to sign has moved: learned from this answer, learned by another call, set by
    // the user, or passed while the request was delayed.
    [[nodiscard]] bool time_is_mended(moment const& now) noexcept {
        constexpr std::int64_t worth_it_s = 60;
        if (options_.skew != nullptr) {
            static_cast<void>(options_.skew->learn(answer_, sent_ms_, now.monotonic_ms, request_.scheme,
                                                   now.utc_seconds));
            skew_wants_https_ = answer_.date != utc_time::none && !options_.skew->believes(request_.scheme);
        }
        // Modulo 2^64, because the user's clock may return any number and signed overflow is undefined.
        auto const moved = static_cast<std::int64_t>(static_cast<std::uint64_t>(time_to_sign(now)) -
                                                     static_cast<std::uint64_t>(last_stamp_.utc_seconds()));
        bool const mended = !time_mended_ && (moved >= worth_it_s || moved <= -worth_it_s);
        time_mended_ = time_mended_ || mended;
        return mended;
    }

    template <class Why>
    void rest_until(moment const& now, std::uint64_t due_ms, Why why, state in) noexcept {
        rest_began_ms_ = now.monotonic_ms;
        due_ms_ = due_ms;
        why_ = why;
        state_ = in;
    }

    void count_rest(moment const& now) noexcept {
        if (due_ms_ == 0 || now.monotonic_ms < rest_began_ms_) return;
        waited_ms_ = detail::in_32_bits(detail::later(waited_ms_, now.monotonic_ms - rest_began_ms_));
        rest_began_ms_ = now.monotonic_ms;
    }

    // After the rest: reserves the next turn of the pacing, unless the turn is after the deadline.
    void take_turn(moment const& now) noexcept {
        count_rest(now);
        if (options_.retry.attempts == 0) {
            last_.cause.subject = "attempts";
            last_.what_to_do = advice::fix_request;
            return finish(now);
        }
        std::uint32_t const left = time_left_ms(now);
        std::uint32_t const ahead = left == 0 ? 0 : options_.pace.reserve(now.monotonic_ms, left - 1);
        if (ahead >= left) {
            if (attempts_ == 0 && left != 0) last_.what_to_do = advice::wait;
            return finish(now);
        }
        rest_until(now, detail::later(now.monotonic_ms, ahead), waiting_for::turn, state::has_turn);
    }

    template <class Nonces>
    void prepare(moment const& now, Nonces& nonces) noexcept {
        count_rest(now);
        if (now.monotonic_ms >= deadline_ms_) return finish(now);
        if (same_bytes_) {
            if (now.monotonic_ms - signed_ms_ > same_bytes_for_ms) return finish(now);
        } else if (!sign(now, nonces)) {
            return finish(now);
        }
        ++attempts_;
        sent_ms_ = now.monotonic_ms;
        state_ = state::sent;
        no_answer_by("the request is out");
        report();
    }

    template <class Nonces>
    [[nodiscard]] bool sign(moment const& now, Nonces& nonces) noexcept {
        auto const fresh = nonces();
        if (!fresh) {
            last_ = detail::error_of(fresh.error(), error_kind::local, executed::no, advice::fix_machine);
            return false;
        }
        jitter_ = detail::mixed(fresh->text());
        last_stamp_ = detail::kept_stamp({.utc_seconds = time_to_sign(now), .nonce = fresh->text()});
        signed_ms_ = now.monotonic_ms;
        auto const made = detail::make_call(op_, key_, last_stamp_.view(), to_,
                                            options_.request);
        if (!made) {
            last_ = detail::local_error(made.error(), key_.valid());
            return false;
        }
        request_ = *made;
        return true;
    }

    // Sets the error of a request that was sent and has no answer.
    template <class Text>
    void no_answer_by(Text const& subject) noexcept {
        last_ = detail::transport_error<attempt_error>(failure{.code = errc::no_answer, .subject = subject});
    }

    void finish(moment const& now) noexcept {
        if (is(state::resting) || is(state::has_turn)) count_rest(now);
        report();
        state_ = state::done;
    }

    // After an attempt that may have run, the call may have run: a later refusal is about its own copy only. It does not
    // prove that no other copy runs, because the service checks some things before the nonce, an earlier copy may still
    // be on its way, and the vendor does not document how long nonces are remembered.
    // A program may look at the kind alone. So if the last attempt was not sent, the kind is that of the attempt that may
    // have run.
    void report() noexcept {
        call_error e{last_, attempts_, waited_ms_};
        if (unsure_ && last_.ran == executed::no) {
            switch (last_.kind) {
            case error_kind::local:
            case error_kind::not_sent:
                e.kind = doubt_.kind;
                e.code = doubt_.code;
                e.http_status = doubt_.http_status;
                e.cause = doubt_.cause;
                e.last_stayed_here = true;
                e.last_cause = last_.cause;
                break;
            default: break;
            }
            e.ran = executed::maybe;
            e.what_to_do = advice::look_first;
        }
        e.skew_wants_https = skew_wants_https_;
        detail::name_operation(e, op_);
        outcome_ = unexpected(e);
    }

    Operation op_;
    signing_key<Scheme> const& key_;
    std::span<char> to_;
    call_options options_;
    std::uint64_t deadline_ms_;

    restartcaster::request request_ = {};
    response answer_ = {};
    detail::kept_stamp last_stamp_ = {};
    std::uint64_t signed_ms_ = 0;
    std::uint64_t sent_ms_ = 0;
    std::uint64_t due_ms_ = 0;
    std::uint64_t rest_began_ms_ = 0;
    std::uint32_t waited_ms_ = 0;
    std::uint32_t jitter_ = 0;
    std::uint16_t attempts_ = 0;
    state state_ = state::resting;
    waiting_for why_ = waiting_for::nothing;
    bool same_bytes_ = false;
    // Whether an attempt may have run.
    bool unsure_ = false;
    bool time_mended_ = false;
    bool skew_wants_https_ = false;
    // The error of the last attempt; before the first attempt, the error if there will be none.
    attempt_error last_ = {.kind = error_kind::not_sent,
                   .what_to_do = advice::try_again,
                   .cause = {.code = errc::not_sent, .subject = "deadline"}};
    // The error of the last attempt that may have run.
    attempt_error doubt_ = {};
    outcome_type outcome_ = unexpected(call_error{last_});
};

}} // namespace restartcaster

#endif
