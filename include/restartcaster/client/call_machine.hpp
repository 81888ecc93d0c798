// SPDX-License-Identifier: MIT
// One call with all its attempts, as a state machine that waits for nothing itself.
// Source: docs/design.md, "Calls over time".
// Data flow: the user's moments and answers in; send these bytes, wait until, or done with this outcome, out.
#ifndef RESTARTCASTER_CLIENT_CALL_MACHINE_HPP
#define RESTARTCASTER_CLIENT_CALL_MACHINE_HPP
#pragma once

#include "call.hpp"
#include "call_error.hpp"
#include "clock_skew.hpp"
#include "nonce_source.hpp"
#include "pace.hpp"
#include "retry.hpp"
#include "step.hpp"


namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What a call is made with beside operation, key and storage.
struct call_options {
    request_options request = {};
    retry_options retry = {};
    /// Null: the user's clock is used as it is.
    clock_skew* skew = nullptr;
    pace_ref pace = {};
};

namespace detail {

/// A moment that is some milliseconds later; the last one that can be counted where there is none.
[[nodiscard]] constexpr std::uint64_t later(std::uint64_t moment_ms, std::uint64_t by_ms) noexcept {
    constexpr std::uint64_t last = ~std::uint64_t{0};
    return by_ms > last - moment_ms ? last : moment_ms + by_ms;
}

/// A number of milliseconds in 32 bits, or the largest of those.
[[nodiscard]] constexpr std::uint32_t in_32_bits(std::uint64_t ms) noexcept {
    constexpr std::uint32_t most = ~std::uint32_t{0};
    return ms > most ? most : static_cast<std::uint32_t>(ms);
}

} // namespace detail

/// A call that is tried again where that is safe, corrects the clock and keeps the pace, until it has a reply,
/// an error that cannot be mended, or no time left. The driver is yours, and short:
///
///     for (;;) switch (auto const s = call.next(now(), nonces); s.what) {
///         case rc::step::send: call.answered(http.exchange(call.request(), call.storage())); break;
///         case rc::step::wait: sleep_until(s.until_ms); break;
///         case rc::step::done: return call.outcome();
///         }
///
/// Storage: the requests are built at the front of `to` and the answers received behind them; the texts of the
///   outcome point into it. Key, pace, skew and what the operation's views look at must outlive the machine.
/// Cost: no allocation, no clock, no lock. One thread at a time.
template <callable_operation Operation, class Scheme>
class call_machine {
public:
    using outcome_type = result<typename Operation::reply, call_error>;

    /// `deadline_ms` of the monotonic clock bounds everything: nothing is sent and nothing waited for after it.
    call_machine(Operation const& op, signing_key<Scheme> const& key RESTARTCASTER_LIFETIMEBOUND,
                 room to RESTARTCASTER_LIFETIMEBOUND, std::uint64_t deadline_ms,
                 call_options const& options = {}) noexcept
        : op_(op), key_(key), to_(to.span()), options_(options), deadline_ms_(deadline_ms) {}
    call_machine(Operation const&, signing_key<Scheme> const&&, room, std::uint64_t,
                 call_options const& = {}) = delete;
    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    /// What to do now. Call it first, after answered(), and whenever a wait is over.
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

    /// Takes what came of the request that next() said to send; call next() straight after. Ignored when no
    /// request is out, such as an answer that comes after the deadline has ended the call.
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

    /// Ends the call wherever it stands, as when its user lost patience; the outcome says truly what is known.
    void abandon(moment const& now) noexcept {
        if (is(state::done)) return;
        if (is(state::sent))
            no_answer_by("abandoned");
        else if (attempts_ == 0)
            last_.cause.subject = "abandoned";
        finish(now);
    }

    /// The request to send, after next() said so; it stays as it is until the next send.
    [[nodiscard]] restartcaster::request const& request() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return request_;
    }
    /// Where the answer's body goes.
    [[nodiscard]] std::span<char> storage() const noexcept { return behind(to_, request_.storage_used); }
    /// Milliseconds until the deadline: what a transport's own time-out may be at most.
    [[nodiscard]] std::uint32_t time_left_ms(moment const& now) const noexcept {
        if (now.monotonic_ms >= deadline_ms_) return 0;
        return detail::in_32_bits(deadline_ms_ - now.monotonic_ms);
    }
    /// The reply or the error, after next() said done. Before that, what would be true if the call went no further: of
    /// a request that is out, that it may have run.
    [[nodiscard]] outcome_type const& outcome() const noexcept RESTARTCASTER_LIFETIMEBOUND { return outcome_; }
    [[nodiscard]] std::uint16_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] std::uint32_t waited_ms() const noexcept { return waited_ms_; }

private:
    // `auto`, since subspan() of a known span is compiled wherever this header is read.
    [[nodiscard]] static std::span<char> behind(auto const& all, std::size_t used) noexcept {
        return all.subspan(used);
    }

    // The compiler knows only in a program that makes calls that this is `error`, and looks no closer before.
    using attempt_error = typename result<typename Operation::reply, error>::error_type;

    enum class state : std::uint8_t { resting, has_turn, sent, answered, done };

    // Each comparison of enumerators has clang try the built-in ones of all pairs of types.
    [[nodiscard]] bool is(state it) const noexcept { return state_ == it; }

    [[nodiscard]] std::int64_t time_to_sign(moment const& now) const noexcept {
        return options_.skew == nullptr ? now.utc_seconds : options_.skew->utc_seconds(now);
    }

    // After a failed attempt: rest, or end.
    void settle(moment const& now) noexcept {
        bool const slow = throttled(last_);
        bool const for_time = refused_for_time(last_);
        detail::tell_clock(last_, answer_, time_to_sign(now));
        if (slow) options_.pace.throttled(now.monotonic_ms, last_.retry_after_ms);
        bool const hopeless = for_time && !time_is_mended(now);
        auto const how = attempt_after(last_, unsure_, options_.retry.policy);
        if (how == next_attempt::none || hopeless || attempts_ >= options_.retry.attempts) return finish(now);
        std::uint64_t rest = 0;
        // Whatever it said beside: a service that is failing names a wait as well as its throttle does.
        bool const told = last_.retry_after_ms != 0;
        if (told) {
            rest = last_.retry_after_ms;
        } else if (!for_time) {
            rest = back_off_ms(options_.retry, attempts_, jitter_);
            jitter_ = jitter_ * 0x9E3779B1 + 0x7F4A7C15; // the same bytes would bring the same nonce
        }
        rest_until(now, detail::later(now.monotonic_ms, rest), told ? waiting_for::service : waiting_for::back_off, state::resting);
        same_bytes_ = how == next_attempt::same_bytes;
        // A wait that cannot end in an attempt is not begun.
        if (due_ms_ >= deadline_ms_ || (same_bytes_ && due_ms_ - signed_ms_ > same_bytes_for_ms)) finish(now);
    }

    // A second refusal for time says that it is not the clock, so there is one correction a call. Signing again
    // can help only when the time is now another: learned from this answer, by another call from its own, set
    // by the user meanwhile, or passed while the request was held up.
    [[nodiscard]] bool time_is_mended(moment const& now) noexcept {
        constexpr std::int64_t worth_it_s = 60;
        if (options_.skew != nullptr) {
            static_cast<void>(options_.skew->learn(answer_, sent_ms_, now.monotonic_ms, request_.scheme,
                                                   now.utc_seconds));
            skew_wants_https_ = answer_.date != utc_time::none && !options_.skew->believes(request_.scheme);
        }
        // Modulo 2^64: the user's clock may say anything.
        auto const moved = static_cast<std::int64_t>(static_cast<std::uint64_t>(time_to_sign(now)) -
                                                     static_cast<std::uint64_t>(signed_utc_));
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

    // The rest is over: the account's next moment is reserved, unless it lies beyond the deadline.
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
        signed_utc_ = time_to_sign(now);
        signed_ms_ = now.monotonic_ms;
        auto const made = detail::make_call(op_, key_, stamp{.utc_seconds = signed_utc_, .nonce = fresh->text()}, to_,
                                            options_.request);
        if (!made) {
            last_ = detail::local_error(made.error(), key_.valid());
            return false;
        }
        request_ = *made;
        return true;
    }

    // What is known of a request that went out and has no answer.
    template <class Text>
    void no_answer_by(Text const& subject) noexcept {
        last_ = detail::transport_error<attempt_error>(failure{.code = errc::no_answer, .subject = subject});
    }

    void finish(moment const& now) noexcept {
        if (is(state::resting) || is(state::has_turn)) count_rest(now);
        report();
        state_ = state::done;
    }

    // Once an attempt may have run, so may the call: a later refusal speaks of its own copy only. That the nonce
    // let that copy pass does not prove that no other ever will: the service looks at some things before the
    // nonce, a copy may still be on its way, and how far the memory of nonces reaches is written nowhere.
    // A program may go by the kind alone, and so that tells of the attempt that may have run where the last one
    // stayed here.
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
        outcome_ = unexpected(e);
    }

    Operation op_;
    signing_key<Scheme> const& key_;
    std::span<char> to_;
    call_options options_;
    std::uint64_t deadline_ms_;

    restartcaster::request request_ = {};
    response answer_ = {};
    std::int64_t signed_utc_ = 0;
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
    // An attempt may have run.
    bool unsure_ = false;
    bool time_mended_ = false;
    bool skew_wants_https_ = false;
    // Of the last attempt; before the first, what there is to say if it never comes to one.
    attempt_error last_ = {.kind = error_kind::not_sent,
                   .what_to_do = advice::try_again,
                   .cause = {.code = errc::not_sent, .subject = "deadline"}};
    // Of the last attempt that may have run.
    attempt_error doubt_ = {};
    outcome_type outcome_ = unexpected(call_error{last_});
};

}} // namespace restartcaster

#endif
