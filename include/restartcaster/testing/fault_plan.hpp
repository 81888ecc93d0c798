// SPDX-License-Identifier: MIT
// The faults that a test plans, as sentences: gateway.next().throttle(1500ms).times(2).then().lose_answer();
// Source: what proxies, load balancers and networks do to HTTP (RFC 9110); the faults of tests/standin.
// Data flow: the test adds rules; for each request that arrives, the rules that apply give the effects.
//
// The file is long, because one class has a function for each fault, so that a rule reads as a sentence.
#ifndef RESTARTCASTER_TESTING_FAULT_PLAN_HPP
#define RESTARTCASTER_TESTING_FAULT_PLAN_HPP
#pragma once

#include "../core/borrowed_text.hpp"
#include "report.hpp"
#include "test_clock.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

namespace detail {

/// What happens to a call; at most one of these.
enum class fault_kind : std::uint8_t {
    none, lose_request, lose_answer, refuse_connection, throttle, unavailable, error, page, redirect,
};

/// What happens to the body of an answer; at most one of these.
enum class body_fault : std::uint8_t { none, replace, cut, shorten, pad };

/// A field that is set, or that is removed if `value` is absent.
struct header_fault {
    std::string_view name, value;
    bool removed = false;
};

/// All faults of one call.
struct fault_effects {
    static constexpr std::size_t header_limit = 4;

    fault_kind kind = fault_kind::none;
    body_fault body = body_fault::none;
    bool after_running = false, repeated = false, nonce_forgotten = false, names_wait = false;
    std::uint16_t status = 0;
    std::uint8_t header_count = 0;
    std::size_t body_bytes = 0;
    std::int64_t wait_ms = 0, slow_ms = 0, ahead_ms = 0;
    std::string_view code, text, body_text;
    header_fault headers[header_limit] = {};

    void add_header(header_fault const& change) noexcept {
        if (header_count == header_limit)
            return report_failure("restartcaster: a planned fault changes more than 4 header fields"sv);
        headers[header_count++] = change;
    }

    /// Adds the effects of another rule, which replace those here that exclude them.
    void add(fault_effects const& more) noexcept {
        if (more.kind != fault_kind::none) {
            kind = more.kind;
            after_running = false; // of the fault that is replaced
            status = more.status;
            code = more.code;
            text = more.text;
            names_wait = more.names_wait;
            wait_ms = more.wait_ms;
        }
        if (more.body != body_fault::none) {
            body = more.body;
            body_bytes = more.body_bytes;
            body_text = more.body_text;
        }
        after_running = after_running || more.after_running;
        repeated = repeated || more.repeated;
        nonce_forgotten = nonce_forgotten || more.nonce_forgotten;
        slow_ms += more.slow_ms;
        ahead_ms += more.ahead_ms;
        for (std::size_t i = 0; i != more.header_count; ++i) add_header(more.headers[i]);
    }
};

} // namespace detail

namespace testing {

class fault_plan;

/// One rule of a fault_plan: what happens, and to which calls. Every function returns the rule, so that rules read as
/// sentences.
/// Storage: texts are views, which must outlive the gateway; a literal does.
class fault_rule {
    using kind = detail::fault_kind;
    using body_kind = detail::body_fault;

public:
    /// The request does not arrive: nothing runs, no answer comes.
    fault_rule& lose_request() noexcept { return is(kind::lose_request); }
    /// The operation runs, and its answer does not come.
    fault_rule& lose_answer() noexcept { return is(kind::lose_answer); }
    /// Nothing can be sent: the transport reports not_sent.
    fault_rule& refuse_connection() noexcept { return is(kind::refuse_connection); }
    /// The request arrives twice, as when a proxy sends it again; the second answer is the one that comes.
    fault_rule& repeat_request() noexcept {
        effects_.repeated = true;
        return *this;
    }
    /// The service forgets the nonces that it has seen, so that a copy of a request runs again.
    fault_rule& nonce_forgotten() noexcept {
        effects_.nonce_forgotten = true;
        return *this;
    }

    /// The service refuses the call with Throttling.User and does not use the nonce up.
    fault_rule& throttle() noexcept { return is(kind::throttle, 400, "Throttling.User"); }
    /// The same with the time to wait, in a header field.
    template <duration T>
    fault_rule& throttle(T wait, std::uint16_t status = 400, borrowed_text code = "Throttling.User") noexcept {
        effects_.names_wait = true;
        effects_.wait_ms = length_in_milliseconds(wait);
        return is(kind::throttle, status, code);
    }
    /// The service answers 503 ServiceUnavailable and does not use the nonce up.
    fault_rule& unavailable() noexcept {
        return is(kind::unavailable, 503, "ServiceUnavailable",
                  "The request has failed due to a temporary failure of the server.");
    }
    /// The service answers with a code of its own; nothing runs, unless after_running() follows. The nonce is used up.
    fault_rule& error(borrowed_text code, std::uint16_t status = 500,
                      borrowed_text message = "The request processing has failed due to some unknown error.") noexcept {
        return is(kind::error, status, code, message);
    }
    /// A proxy answers with a page of its own; the request does not arrive, unless after_running() follows.
    fault_rule& http(std::uint16_t status, borrowed_text page) noexcept { return is(kind::page, status, {}, page); }
    /// A proxy answers with a redirect; the request does not arrive.
    fault_rule& redirect(borrowed_text location, std::uint16_t status = 302) noexcept {
        return is(kind::redirect, status, {}, location);
    }
    /// error() and http() come after the operation has run.
    fault_rule& after_running() noexcept {
        effects_.after_running = true;
        return *this;
    }

    /// The connection ends after this number of bytes of the body: the transport reports no_answer.
    fault_rule& cut_body(std::size_t bytes) noexcept { return body_is(body_kind::cut, bytes); }
    /// The body is only this number of bytes long, and looks complete to the transport.
    fault_rule& shorten_body(std::size_t bytes) noexcept { return body_is(body_kind::shorten, bytes); }
    /// The body has this number of bytes, with a field that nobody knows.
    fault_rule& pad_body(std::size_t bytes) noexcept { return body_is(body_kind::pad, bytes); }
    /// The body is this text, whatever the service would have answered.
    fault_rule& body(borrowed_text text) noexcept {
        effects_.body_text = text;
        return body_is(body_kind::replace, 0);
    }
    /// A header field of the answer is set, or is missing. At most 4 fields for each call.
    fault_rule& header(borrowed_text name, borrowed_text value) noexcept {
        effects_.add_header({name, value, false});
        return *this;
    }
    /// A header field is missing.
    fault_rule& without_header(borrowed_text name) noexcept {
        effects_.add_header({name, {}, true});
        return *this;
    }

    /// The answer comes after this time, by the gateway's clock. A client whose deadline is earlier gets no answer.
    template <duration T>
    fault_rule& slow(T time) noexcept {
        effects_.slow_ms = length_in_milliseconds(time);
        return *this;
    }
    /// The service's clock differs from the clock of the test.
    template <duration T>
    fault_rule& clock_ahead(T time) noexcept {
        effects_.ahead_ms = in_milliseconds(time);
        return *this;
    }
    /// The same in the other direction.
    template <duration T>
    fault_rule& clock_behind(T time) noexcept {
        effects_.ahead_ms = -in_milliseconds(time);
        return *this;
    }

    /// Only calls of this action.
    fault_rule& of(borrowed_text action) noexcept {
        action_ = action;
        return *this;
    }
    /// Only calls for this studio.
    fault_rule& at(borrowed_text studio) noexcept {
        studio_ = studio;
        return *this;
    }
    /// This number of calls, 0 for none. Without times(), a rule of next() applies to one call, and every other rule to all calls.
    fault_rule& times(std::size_t count) noexcept {
        times_ = count;
        return *this;
    }
    /// A rule for the calls after those of this rule.
    fault_rule& then() noexcept;

private:
    friend class fault_plan;
    static constexpr std::size_t for_ever = ~std::size_t{0};

    fault_rule& is(kind what, std::uint16_t status = 0, std::string_view code = {}, std::string_view text = {}) noexcept {
        effects_.kind = what;
        effects_.status = status;
        effects_.code = code;
        effects_.text = text;
        return *this;
    }
    fault_rule& body_is(body_kind what, std::size_t bytes) noexcept {
        effects_.body = what;
        effects_.body_bytes = bytes;
        return *this;
    }
    [[nodiscard]] bool applies(std::string_view action, std::string_view studio) const noexcept {
        return times_ != 0 && (action_.empty() || action_ == action) && (studio_.empty() || studio_ == studio);
    }

    fault_plan* plan_ = nullptr;
    detail::fault_effects effects_;
    std::string_view action_, studio_;
    std::size_t times_ = 1;
    bool in_turn_ = true;    // a rule of next()
    double probability_ = 2; // 2: not random
};

/// The planned faults of a gateway. For each call, every rule of always() applies, then each rule of randomly() that its
/// probability chooses, then the first rule of next() that is not used up.
class fault_plan {
public:
    /// An empty plan over the caller's rules.
    explicit fault_plan(std::span<fault_rule> rules RESTARTCASTER_LIFETIMEBOUND) noexcept : rules_(rules) {}

    /// Begins a rule for the next call; times() makes it several. Rules of next() are used one after the other.
    fault_rule& next() noexcept { return added(true, 2); }
    /// Begins a rule for every call.
    fault_rule& always() noexcept { return added(false, 2); }
    /// Begins a rule for a share of the calls: 0.1 means one in ten.
    fault_rule& randomly(double probability) noexcept { return added(false, probability); }
    /// Starts the random choices anew; the same seed gives the same choices.
    void set_seed(std::uint64_t number) noexcept { state_ = number * 2 + 1; }
    /// Forgets all rules.
    void forget_all() noexcept { size_ = 0; }

    /// The rules of next() that wait for a call.
    [[nodiscard]] std::size_t left() const noexcept {
        std::size_t count = 0;
        for (std::size_t i = 0; i != size_; ++i) count += rules_[i].in_turn_ && rules_[i].times_ != 0 ? 1 : 0;
        return count;
    }

    /// The effects on a call of this action for this studio; counts the call.
    [[nodiscard]] detail::fault_effects take(std::string_view action, std::string_view studio) noexcept {
        detail::fault_effects sum;
        fault_rule* first = nullptr;
        for (std::size_t i = 0; i != size_; ++i) {
            fault_rule& each = rules_[i];
            if (!each.applies(action, studio)) continue;
            if (each.in_turn_)
                first = first == nullptr ? &each : first;
            else if (each.probability_ > 1 || chance() < each.probability_)
                use(each, sum);
        }
        if (first != nullptr) use(*first, sum);
        return sum;
    }

private:
    static void use(fault_rule& rule, detail::fault_effects& sum) noexcept {
        sum.add(rule.effects_);
        if (rule.times_ != fault_rule::for_ever) --rule.times_;
    }

    fault_rule& added(bool in_turn, double probability) noexcept {
        if (size_ == rules_.size()) drop_used();
        if (size_ == rules_.size()) {
            detail::report_failure("restartcaster: more planned faults than gateway_limits::faults = "sv, size_);
            size_ = 0;
        }
        fault_rule& rule = rules_[size_++];
        rule = fault_rule();
        rule.plan_ = this;
        rule.times_ = in_turn ? 1 : fault_rule::for_ever;
        rule.in_turn_ = in_turn;
        rule.probability_ = probability;
        return rule;
    }
    void drop_used() noexcept {
        std::size_t kept = 0;
        for (std::size_t i = 0; i != size_; ++i)
            if (rules_[i].times_ != 0) rules_[kept++] = rules_[i];
        size_ = kept;
    }

    // From 0 to 1, by the generator xorshift64* (S. Vigna, 2016).
    [[nodiscard]] double chance() noexcept {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<double>(state_ * 0x2545F4914F6CDD1D >> 11) / 9007199254740992.0;
    }

    std::span<fault_rule> rules_;
    std::size_t size_ = 0;
    std::uint64_t state_ = 1;
};

inline fault_rule& fault_rule::then() noexcept { return plan_->next(); }

}}} // namespace restartcaster::testing

#endif
