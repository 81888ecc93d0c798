// SPDX-License-Identifier: MIT
// One goal in one world under a virtual clock, with a fault or an act of somebody else at every request, and what must be
// true of it at every moment.
// Source: docs/design.md, "Goals" and "The simulation".
// Data flow: a kind of world and a schedule of events in, the first broken rule in words out. Long: the network, the driver and
// the rules share one clock and one record.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_GOAL_WORLD_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_GOAL_WORLD_HPP

#include "choices.hpp"
#include "studio_model.hpp"

#include <restartcaster/goals.hpp>

#include <algorithm>
#include <array>

namespace simulation {

namespace rc = restartcaster;

/// What is the same in all schedules of one search.
struct goal_setting {
    char const* name;
    rc::studio_change change = rc::studio_change::restart;
    rc::studio_state wanted = rc::studio_state::streaming;
    bool streaming = true, is_virtual = false, verified = false, reconcile = false, moves_times = true;
    std::int64_t takes_ms = 0, hidden_ms = 0, dark_ms = 0;
    /// How long before the goal the studio was started.
    std::int64_t age_ms = 3'600'000;
    std::uint64_t limit_ms = 120'000;
};

class goal_world {
public:
    using setting = goal_setting;
    goal_world(setting const& given, choices& events)
        : setting_(given), events_(events), studio_(given.streaming, start_utc_ms - given.age_ms) {
        studio_.takes_ms = given.takes_ms;
        studio_.hidden_ms = given.hidden_ms;
        studio_.dark_ms = given.dark_ms;
        studio_.is_virtual = given.is_virtual;
        studio_.restart_moves_times = given.moves_times;
    }

    /// Empty when all is well.
    std::string run() {
        rc::studio_goal goal{"studio", setting_.change, setting_.wanted, {}, {}};
        if (setting_.verified) goal.stream = {"play.example.com", "caster", "studio"};
        rc::goal_options options;
        options.reconcile = setting_.reconcile;
        // As long as it takes in this world at most.
        options.unchanged_after_ms = static_cast<std::uint32_t>(static_cast<std::int64_t>(latest_ms) + setting_.takes_ms +
                                                                 setting_.hidden_ms);
        options.call_limit_ms = 10'000;
        static rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
        rc::goal_machine machine(goal, key, room_, deadline(), options);
        for (int steps = 0; steps != 2000; ++steps) {
            if (now_ms_ > deadline()) return "the deadline passed";
            rc::step const asked = machine.next(now(), nonces_);
            if (std::string const broken = untrue(machine, asked); !broken.empty()) return broken;
            if (asked.what == rc::step::done) return judged(machine.outcome());
            if (asked.what == rc::step::wait) {
                if (asked.until_ms < now_ms_ || asked.until_ms > deadline()) return "a wait that leads nowhere";
                now_ms_ = asked.until_ms;
                continue;
            }
            if (now_ms_ >= deadline()) return "a request after the deadline";
            exchange(machine);
            if (std::string const broken = untrue(machine, {rc::step::wait}); !broken.empty()) return broken;
        }
        return "it never ended";
    }

    [[nodiscard]] rc::goal_outcome const& outcome() const { return outcome_; }

private:
    static constexpr std::int64_t start_utc_ms = 1'795'400'000'123;
    static constexpr std::uint64_t start_ms = 5'000'000;
    static constexpr std::uint64_t patience_ms = 3'000;
    /// A request that is late arrives this long after it was sent.
    static constexpr std::uint64_t latest_ms = 20'000;

    struct counting_nonces {
        std::uint32_t count = 0;
        rc::result<rc::nonce> operator()() noexcept {
            ++count;
            std::array<unsigned char, 16> bytes{};
            for (unsigned i = 0; i != 4; ++i) bytes[i] = static_cast<unsigned char>(count >> (8 * i) & 0xFF);
            return rc::nonce(bytes);
        }
    };

    [[nodiscard]] std::uint64_t deadline() const { return start_ms + setting_.limit_ms; }
    [[nodiscard]] std::int64_t utc_ms(std::uint64_t at_ms) const {
        return start_utc_ms + static_cast<std::int64_t>(at_ms - start_ms);
    }
    [[nodiscard]] rc::moment now() const { return {utc_ms(now_ms_) / 1000, now_ms_}; }

    // ---- the network

    // A request that is still on its way arrives when its time has come.
    answer arrives(std::string const& form, std::uint64_t at_ms) {
        deliver_late(at_ms);
        return studio_.receive(form, utc_ms(at_ms));
    }
    void deliver_late(std::uint64_t until_ms) {
        std::sort(late_.begin(), late_.end());
        while (!late_.empty() && late_.front().first <= until_ms) {
            static_cast<void>(studio_.receive(late_.front().second, utc_ms(late_.front().first)));
            late_.erase(late_.begin());
        }
    }

    enum look_event { look_good, look_not_sent, look_lost, look_throttled, look_failed, look_forbidden, look_spoilt,
                      other_restarts, other_modifies, other_stops, other_deletes, callback, wrong_callback, look_events };
    enum change_event { good, not_sent, lost_request, lost_answer, late, twice, throttled, expired, failed_before,
                        failed_after, refused, spoilt, page, no_request_id, silent, early_callback,
                        early_wrong_callback, change_events };
    enum stream_event { stream_good, stream_lost, stream_failed, stream_events };

    template <class Machine>
    void exchange(Machine& machine) {
        std::string const form(machine.request().body), action = field(form, "Action");
        now_ms_ += 20;
        if (action == "DescribeCasters") return look(machine, form);
        if (action == "DescribeLiveStreamState") return ask_stream(machine, form);
        change(machine, form);
    }

    template <class Machine>
    void look(Machine& machine, std::string const& form) {
        auto const event = static_cast<look_event>(events_.choose(look_events));
        switch (event) {
        case look_not_sent: return fails(machine, rc::errc::not_sent, 5);
        case look_lost: return fails(machine, rc::errc::no_answer, patience_ms);
        case look_throttled: return says(machine, throttle());
        case look_failed: return says(machine, studio_model::refusal(500, "InternalError"));
        case look_forbidden: return says(machine, studio_model::refusal(403, "Forbidden.RAM"));
        case other_restarts: studio_.other_restarts(utc_ms(now_ms_)); break;
        case other_modifies: studio_.other_modifies(utc_ms(now_ms_)); break;
        case other_stops: studio_.other_stops(utc_ms(now_ms_)); break;
        case other_deletes: studio_.other_deletes(utc_ms(now_ms_)); break;
        case callback: post(machine, studio_.request_id.empty() ? "?" : studio_.request_id); break;
        case wrong_callback: post(machine, "request-of-another"); break;
        default: break;
        }
        looked_ms_ = now_ms_;
        if (first_look_ms_ == 0 || !changed_) first_look_ms_ = now_ms_;
        answer said = arrives(form, now_ms_);
        if (event == look_spoilt) {
            said.body.resize(said.body.size() / 2);
        } else {
            shown_streaming_ = studio_.streams_at(utc_ms(now_ms_));
            shown_there_ = studio_.exists_at(utc_ms(now_ms_));
            shown_start_ = studio_.start_second_at(utc_ms(now_ms_));
            if (!changed_) first_start_ = shown_start_;
        }
        says(machine, said);
    }

    template <class Machine>
    void ask_stream(Machine& machine, std::string const& form) {
        auto const event = static_cast<stream_event>(events_.choose(stream_events));
        if (event == stream_lost) return fails(machine, rc::errc::no_answer, patience_ms);
        if (event == stream_failed) return says(machine, studio_model::refusal(500, "InternalError"));
        shown_online_ = studio_.online_at(utc_ms(now_ms_));
        says(machine, arrives(form, now_ms_));
    }

    template <class Machine>
    void change(Machine& machine, std::string const& form) {
        auto const event = static_cast<change_event>(events_.choose(change_events));
        bool const from_streaming = setting_.change != rc::studio_change::start;
        if (setting_.is_virtual && setting_.change == rc::studio_change::restart) vain_ = "a virtual studio was restarted";
        if (!changed_ && shown_streaming_ != from_streaming) vain_ = "a change that the look before it rules out";
        changed_ = true;
        // What the client can know after this request: that it ran, that it did not, or neither.
        bool unsure = true;
        switch (event) {
        case not_sent: unsure = false; fails(machine, rc::errc::not_sent, 5); break;
        case lost_request: fails(machine, rc::errc::no_answer, patience_ms); break;
        case late:
            late_.push_back({now_ms_ + latest_ms - 20, form});
            fails(machine, rc::errc::no_answer, patience_ms);
            break;
        case throttled: unsure = false; says(machine, throttle()); break;
        case expired: unsure = false; says(machine, studio_model::refusal(400, "InvalidTimeStamp.Expired")); break;
        case failed_before: says(machine, studio_model::refusal(500, "InternalError")); break;
        case refused: unsure = false; says(machine, studio_model::refusal(403, "Forbidden.RAM")); break;
        default: unsure = arrived(machine, form, event); break;
        }
        unsure_ = unsure_ || unsure;
    }

    // The request arrives. Returns whether the client cannot know it.
    template <class Machine>
    bool arrived(Machine& machine, std::string const& form, change_event event) {
        answer said = arrives(form, now_ms_);
        switch (event) {
        // A message overtakes the answer.
        case early_callback: post(machine, studio_.request_id); says(machine, said); return said.status >= 500;
        case early_wrong_callback: post(machine, "request-of-another"); says(machine, said); return said.status >= 500;
        case lost_answer: fails(machine, rc::errc::no_answer, patience_ms); return true;
        case silent: now_ms_ = std::min(now_ms_ - 20 + 10'000, deadline()); return true;
        case twice: said = arrives(form, now_ms_); says(machine, said); return true;
        case failed_after: says(machine, studio_model::refusal(500, "InternalError")); return true;
        case spoilt: said.body.resize(said.body.size() / 2); says(machine, said); return true;
        case no_request_id: said.status = 200; said.body = "{\"ok\":1}"; says(machine, said); return true;
        case page:
            said.status = 502;
            said.body = "<html><body>no</body></html>";
            said.headers = {{"Content-Type", "text/html"}};
            says(machine, said);
            return true;
        default: says(machine, said); return said.status >= 500;
        }
    }

    static answer throttle() {
        answer out = studio_model::refusal(400, "Throttling.User");
        out.headers.emplace_back("x-acs-retry-after", "700");
        return out;
    }

    template <class Machine>
    void fails(Machine& machine, rc::errc code, std::uint64_t after_ms) {
        now_ms_ = std::min(now_ms_ + after_ms, deadline());
        machine.answered(rc::unexpected(rc::failure{.code = code}));
    }
    template <class Machine>
    void says(Machine& machine, answer const& said) {
        now_ms_ += 20;
        if (now_ms_ >= deadline()) now_ms_ = deadline(); // it arrives just in time
        std::span<char> const to = machine.storage();
        rc::response in;
        in.status = static_cast<std::uint16_t>(said.status);
        for (std::size_t i = 0; i != said.body.size(); ++i) to[i] = said.body[i];
        in.body = to.first(said.body.size());
        for (auto const& [name, value] : said.headers) in.header(name, value);
        machine.answered(in);
    }
    template <class Machine>
    void post(Machine& machine, std::string const& request_id) {
        std::string body = "{\"CasterId\":\"studio\",\"EventType\":\"OperateCallback\",\"EventMessage\":{\"RequestId\":\"" +
                           request_id + "\",\"Code\":\"Success\",\"Message\":\"\"}}";
        auto const message = rc::read_callback(body);
        if (message) machine.hint(*message);
        hinted_right_ = hinted_right_ || (message && request_id == studio_.request_id);
    }

    // ---- what must be true

    // At every moment, as if the goal stopped now. A request that is out, or on its way, may have run.
    template <class Machine>
    std::string untrue(Machine const& machine, rc::step const& asked) {
        rc::goal_outcome const& said = machine.outcome();
        bool const out = asked.what == rc::step::send && machine.progress().what == rc::goal_phase::changing;
        if (said.change.ran == rc::executed::no && (studio_.executions != 0 || !late_.empty() || out))
            return "it ran or may run, and `no` was said";
        if (said.change.ran == rc::executed::yes && said.change.why == rc::ran_evidence::answer && studio_.executions == 0)
            return "it did not run, and `yes` was said";
        if (said.change.ran == rc::executed::maybe && !unsure_ && !out) return "`maybe` was said of what is known";
        rc::goal_progress const doing = machine.progress();
        if (doing.since_ms > now_ms_ || doing.until_ms > deadline()) return "the progress is wrong";
        if ((asked.what == rc::step::done) != (doing.what == rc::goal_phase::done)) return "the phase is wrong";
        return {};
    }

    std::string judged(rc::goal_outcome const& said) {
        outcome_ = said;
        if (!vain_.empty()) return vain_;
        if (setting_.change == rc::studio_change::none && changed_) return "a change that nobody asked for";
        // Late requests arrive after the end.
        deliver_late(~std::uint64_t{0} - 1);
        if (studio_.executions > 1) return "it ran twice";
        if (said.change.ran == rc::executed::no && studio_.executions != 0) return "it ran, and `no` was said";
        if (said.change.ran == rc::executed::yes && studio_.executions == 0 && !changed_by_others(said))
            return "nothing happened, and `yes` was said";
        if (said.change.ran == rc::executed::maybe && said.change.why == rc::ran_evidence::answer) return "no reason for `maybe`";
        if (said.change.ran == rc::executed::maybe && setting_.reconcile && setting_.change == rc::studio_change::restart &&
            shown_streaming_ && shown_start_ > first_start_)
            return "`maybe` was said of what a look has proved";
        if (said.change.ran == rc::executed::maybe && setting_.reconcile && setting_.change != rc::studio_change::restart &&
            shown_there_ && shown_streaming_ == (setting_.wanted == rc::studio_state::streaming))
            return "`maybe` was said of a state that a look has shown";
        switch (said.end) {
        case rc::goal_end::open: return "it ended without an end";
        case rc::goal_end::abandoned: return "nobody abandoned it";
        case rc::goal_end::not_found: return shown_there_ ? "there is such a studio" : "";
        case rc::goal_end::is_virtual: return setting_.is_virtual && !changed_ ? "" : "it is not virtual, or a request was sent";
        case rc::goal_end::is_idle: return !shown_streaming_ && !changed_ ? "" : "it is not idle, or a request was sent";
        case rc::goal_end::failed: return said.has_error ? "" : "a failure without a reason";
        case rc::goal_end::out_of_time: return given_up_late();
        case rc::goal_end::reached: return rightly_reached(said);
        }
        return "?";
    }

    [[nodiscard]] bool changed_by_others(rc::goal_outcome const& said) const {
        if (said.change.why == rc::ran_evidence::start_time_later) return studio_.started_since(utc_ms(first_look_ms_));
        return said.change.why == rc::ran_evidence::state_changed && setting_.change != rc::studio_change::restart;
    }

    std::string given_up_late() const {
        // The next look would come after the deadline, or a call lasted until then.
        if (now_ms_ + 5'000 < deadline()) return "it gave up too early";
        bool const quiet = events_.faults() == 0 && setting_.takes_ms + setting_.dark_ms < 60'000;
        if (quiet && setting_.change != rc::studio_change::none) return "nothing went wrong, and it was not reached";
        return {};
    }

    std::string rightly_reached(rc::goal_outcome const& said) const {
        if (said.state != setting_.wanted) return "reached in another state";
        if (shown_streaming_ != (setting_.wanted == rc::studio_state::streaming)) return "the last look did not show it";
        if (setting_.verified && (!said.stream_online || !shown_online_)) return "the stream is not online";
        if (setting_.change != rc::studio_change::restart) return {};
        if (said.change.ran != rc::executed::yes) return "on air, and nobody knows whether again";
        switch (said.on_air) {
        case rc::on_air_evidence::none: return "no evidence";
        case rc::on_air_evidence::callback: return hinted_right_ ? "" : "nobody called back";
        case rc::on_air_evidence::start_time_later:
            return studio_.started_since(utc_ms(first_look_ms_)) ? "" : "it was not started";
        case rc::on_air_evidence::steady: break;
        }
        return looked_ms_ >= start_ms + 30'000 ? "" : "too early to call it steady";
    }

    goal_setting setting_;
    choices& events_;
    studio_model studio_;
    counting_nonces nonces_;
    rc::storage<8192> room_;
    std::uint64_t now_ms_ = start_ms;
    std::vector<std::pair<std::uint64_t, std::string>> late_;
    std::int64_t first_start_ = 0, shown_start_ = 0;
    std::uint64_t looked_ms_ = 0, first_look_ms_ = 0;
    bool changed_ = false, unsure_ = false, hinted_right_ = false;
    bool shown_streaming_ = false, shown_there_ = true, shown_online_ = false;
    std::string vain_;
    rc::goal_outcome outcome_;
};

} // namespace simulation

#endif
