// SPDX-License-Identifier: MIT
// What must be true of every call in every world, whatever went wrong.
// Source: docs/design.md, "Calls over time".
// Data flow: the record of a world and its gateway's count in, the first broken rule in words out.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_RULES_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_RULES_HPP

#include "world.hpp"

namespace simulation {

/// Empty when all is well.
inline std::string broken_rule(world const& w, call_record const& r) {
    rc::retry_options const& retry = w.options.retry;
    int const runs = w.gateway.executions(r.caster);
    std::size_t const count = r.attempts.size();

    // How often it ran, and what was said of it.
    if (retry.policy != rc::retry_policy::idempotent && runs > 1) return "it ran twice";
    if (!r.done) return "it never ended";
    if (!r.untrue.empty()) return r.untrue;
    if (r.has_reply && runs == 0) return "a reply to what did not run";
    if (!r.has_reply && r.error.ran == rc::executed::no && runs != 0) return "it ran, and `no` was said";
    if (!r.has_reply && r.error.ran == rc::executed::yes && runs == 0) return "it did not run, and `yes` was said";
    bool unsure = false;
    for (attempt const& a : r.attempts) unsure = unsure || a.what == known::unsure || a.what == known::in_flight;
    if (!r.has_reply && unsure != (r.error.ran == rc::executed::maybe))
        return "`maybe` is said exactly of what nobody can know";
    if (count != 0 && (r.attempts.back().what == known::ran) != r.has_reply) return "an answer was not handed on";
    if (count != 0 && r.attempts.back().code == "SignatureNonceUsed" && r.error.what_to_do != rc::advice::look_first)
        return "a used nonce wants a look at the present state";

    // Time.
    if (r.done_ms > r.deadline_ms + (w.late_driver ? world::latest_ms : 0)) return "the deadline passed";
    for (attempt const& a : r.attempts)
        if (a.sent_ms >= r.deadline_ms) return "a request after the deadline";
    if (!r.has_reply && r.no_nonce && !unsure && r.error.what_to_do != rc::advice::fix_machine)
        return "no nonce is this machine's fault";
    if (!r.has_reply && r.error.waited_ms != r.waited_ms) return "the wait was miscounted";
    if (!r.has_reply && r.error.attempts != count) return "the attempts were miscounted";
    if (count > retry.attempts) return "too many attempts";
    if (r.longest_back_off_ms > retry.longest_back_off_ms) return "a back-off over its bound";
    if (!r.has_reply && !w.paced && !w.late_driver && !r.no_nonce && r.last_wait != rc::waiting_for::nothing && r.last_wait != rc::waiting_for::answer)
        return "a wait only to give up";

    std::size_t corrections = 0;
    for (std::size_t i = 0; i != count; ++i) {
        attempt const& a = r.attempts[i];
        // The time that is signed is the device's own or the true one, never a stranger's.
        std::int64_t const signed_utc = timestamp(a.form);
        bool const own = signed_utc - a.device_utc <= 1 && a.device_utc - signed_utc <= 1;
        bool const right = signed_utc - a.true_utc <= 8 && a.true_utc - signed_utc <= 8;
        bool const resent = i != 0 && a.form == r.attempts[i - 1].form;
        bool const may_correct = w.corrects && (w.https || w.believes_http);
        if (!resent && !own && !(right && may_correct) && !w.believes_http) return "a time from nowhere was signed";
        if (i == 0) continue;
        attempt const& before = r.attempts[i - 1];
        if (a.sent_ms < before.ended_ms + before.wait_ms)
            return "a request before the service's wait was over";
        std::size_t first = i;
        while (first != 0 && r.attempts[first - 1].form == a.form) --first;
        if (resent && a.sent_ms - r.attempts[first].sent_ms > 14 * 60 * 1000) return "bytes that are too old";
        if (resent && retry.policy != rc::retry_policy::at_most_once) return "the same nonce again";
        if (!resent && before.code == "SignatureNonceUsed") return "a used nonce led to another";
        if (before.what == known::wrong_time && ++corrections > 1) return "the clock was corrected twice";
        if (before.what == known::refused) return "a refusal was tried again";
    }

    // Nothing is given up that could have gone on.
    if (r.has_reply || count == 0 || count >= retry.attempts || r.no_nonce) return {};
    attempt const& last = r.attempts.back();
    if (last.what == known::in_flight || last.code == "SignatureNonceUsed") return {};
    std::uint64_t const rest = last.wait_ms != 0 ? last.wait_ms : retry.longest_back_off_ms;
    std::uint64_t const latest = r.done_ms + rest + (w.paced ? 150'000 : 0);
    if (latest >= r.deadline_ms) return {};
    bool const passing = last.what == known::throttled || last.what == known::not_sent;
    if (!unsure && passing) return "it gave up what did not run";
    std::size_t wrong_times = 0;
    for (attempt const& a : r.attempts) wrong_times += a.what == known::wrong_time ? 1 : 0;
    std::int64_t const off = last.device_utc - last.true_utc;
    if (!unsure && last.what == known::wrong_time && wrong_times == 1 && last.believable_date && w.corrects &&
        (w.https || w.believes_http) && (off > 60 || off < -60))
        return "it gave up a clock that could be set";
    if (!unsure || !(passing || last.what == known::unsure)) return {};
    if (retry.policy == rc::retry_policy::idempotent) return "it gave up what may be repeated";
    std::size_t first = count - 1;
    while (first != 0 && r.attempts[first - 1].form == last.form) --first;
    if (retry.policy == rc::retry_policy::at_most_once && latest - r.attempts[first].sent_ms < 14 * 60 * 1000)
        return "it gave up what the nonce protects";
    return {};
}

inline std::string broken_rule(world const& w) {
    for (call_record const& r : w.records)
        if (std::string const broken = broken_rule(w, r); !broken.empty()) return r.caster + ": " + broken;
    if (!w.gateway.nonce_of_two.empty()) return "one nonce for two requests";
    if (w.paced && !w.late_driver)
        for (std::size_t i = 1; i < w.sendings.size(); ++i)
            if (w.sendings[i] - w.sendings[i - 1] < 101) return "the pace was exceeded";
    if (w.steady && w.throttlings != 0) return "the limit was hit at the account's own pace";
    return {};
}

} // namespace simulation

#endif
