// SPDX-License-Identifier: MIT
// One call under a virtual clock with one event for each request, and what must be true of it.
// Source: docs/design.md, "Calls over time" and "The simulation".
// Data flow: a policy and a schedule of events in, the first broken rule in words out.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_CALL_SCHEDULE_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_CALL_SCHEDULE_HPP

#include "choices.hpp"
#include "gateway_model.hpp"

#include <restartcaster/client/call_machine.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <algorithm>
#include <array>

namespace simulation {

namespace rc = restartcaster;

struct call_setting {
    char const* name;
    rc::retry_policy policy;
};
inline constexpr call_setting call_settings[] = {
    {"call, certain", rc::retry_policy::certain},
    {"call, at_most_once", rc::retry_policy::at_most_once},
    {"call, idempotent", rc::retry_policy::idempotent},
};

class call_schedule {
public:
    using setting = call_setting;
    call_schedule(setting const& given, choices& events) : policy_(given.policy), events_(events) {}

    /// Empty when all is well.
    std::string run() {
        static rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
        rc::call_options options;
        options.retry.policy = policy_;
        rc::call_machine call(rc::restart_caster{.caster_id = "studio"}, key, room_, deadline_ms, options);
        for (int steps = 0; steps != 1000; ++steps) {
            rc::step const asked = call.next({utc_ms(now_ms_) / 1000, now_ms_}, nonces_);
            if (now_ms_ > deadline_ms) return "the deadline passed";
            if (std::string const broken = untrue(call.outcome(), asked.what == rc::step::send); !broken.empty()) return broken;
            if (asked.what == rc::step::done) return judged(call);
            if (asked.what == rc::step::wait) {
                if (asked.until_ms < now_ms_ || asked.until_ms > deadline_ms) return "a wait that leads nowhere";
                now_ms_ = asked.until_ms;
                continue;
            }
            if (now_ms_ >= deadline_ms) return "a request after the deadline";
            send(call);
            if (std::string const broken = untrue(call.outcome(), false); !broken.empty()) return broken;
        }
        return "it never ended";
    }
    [[nodiscard]] int outcome() const { return 0; }

private:
    static constexpr std::uint64_t start_ms = 5'000'000, deadline_ms = start_ms + 60'000, patience_ms = 3'000;

    enum event { good, not_sent, lost_request, lost_answer, late, twice, throttled, expired, failed_before, failed_after,
                 refused, spoilt, page, silent, event_count };

    struct counting_nonces {
        std::uint32_t count = 0;
        rc::result<rc::nonce> operator()() noexcept {
            ++count;
            return rc::nonce(std::array<unsigned char, 16>{static_cast<unsigned char>(count)});
        }
    };

    static std::int64_t utc_ms(std::uint64_t at_ms) {
        return 1'795'400'000'000 + static_cast<std::int64_t>(at_ms - start_ms);
    }

    template <class Call>
    void send(Call& call) {
        std::string const form(call.request().body);
        if (!forms_.empty() && forms_.back() == form) ++resent_;
        forms_.push_back(form);
        sent_.push_back(now_ms_);
        auto const what = static_cast<event>(events_.choose(event_count));
        last_ = what;
        now_ms_ += 20;
        switch (what) {
        case not_sent: return fails(call, rc::errc::not_sent, 5);
        case lost_request: return unsure(), fails(call, rc::errc::no_answer, patience_ms);
        case late:
            late_.push_back({now_ms_ + 20'000, form});
            return unsure(), fails(call, rc::errc::no_answer, patience_ms);
        case silent:
            static_cast<void>(arrive(form, trouble::none));
            unsure();
            now_ms_ = deadline_ms;
            return;
        default: break;
        }
        static constexpr trouble faults[] = {trouble::none, trouble::none, trouble::none, trouble::none, trouble::none,
                                             trouble::none, trouble::throttle, trouble::none, trouble::error_before,
                                             trouble::error_after, trouble::idle, trouble::none, trouble::none};
        if (what == twice) static_cast<void>(arrive(form, trouble::none));
        answer said = arrive(form, faults[what]);
        if (what == lost_answer) return unsure(), fails(call, rc::errc::no_answer, patience_ms);
        if (what == expired) // the gateway did not take it: it checks the time before anything else
            said = {.status = 400, .body = refused_for_time, .headers = {}, .code = "InvalidTimeStamp.Expired"};
        if (what == spoilt) said.body.resize(said.body.size() / 2);
        if (what == page) said = {.status = 502, .body = "<html>", .headers = {{"Content-Type", "text/html"}}, .code = "?"};
        if (what == spoilt || what == page || said.status >= 500 || said.code == "SignatureNonceUsed") unsure();
        ran_ = ran_ || (said.status == 200 && what != spoilt);
        says(call, said);
    }

    static constexpr char const* refused_for_time =
        R"({"RequestId":"R","HostId":"live.aliyuncs.com","Code":"InvalidTimeStamp.Expired","Message":"said"})";

    answer arrive(std::string const& form, trouble fault) {
        deliver_late(now_ms_);
        if (last_ == expired) return {};
        return gateway_.receive(form, utc_ms(now_ms_), fault, 700);
    }
    void deliver_late(std::uint64_t until_ms) {
        for (; !late_.empty() && late_.front().first <= until_ms; late_.erase(late_.begin()))
            static_cast<void>(gateway_.receive(late_.front().second, utc_ms(late_.front().first), trouble::none, 0));
    }
    void unsure() { unsure_ = true; }

    template <class Call>
    void fails(Call& call, rc::errc code, std::uint64_t after_ms) {
        now_ms_ = std::min(now_ms_ + after_ms, deadline_ms);
        call.answered(rc::unexpected(rc::failure{.code = code}));
    }
    template <class Call>
    void says(Call& call, answer const& said) {
        now_ms_ = std::min(now_ms_ + 20, deadline_ms);
        std::span<char> const to = call.storage();
        rc::response in;
        in.status = static_cast<std::uint16_t>(said.status);
        for (std::size_t i = 0; i != said.body.size(); ++i) to[i] = said.body[i];
        in.body = to.first(said.body.size());
        for (auto const& [name, value] : said.headers) in.header(name, value);
        call.answered(in);
    }

    template <class Outcome>
    std::string untrue(Outcome const& said, bool out) const {
        if (said.has_value() != ran_) return "a reply too early or too late";
        if (said) return {};
        bool const maybe = said.error().ran == rc::executed::maybe;
        return maybe == (unsure_ || out) ? "" : "`maybe` is said exactly of what nobody can know";
    }

    template <class Call>
    std::string judged(Call const& call) {
        deliver_late(~std::uint64_t{0});
        int const runs = gateway_.executions("studio");
        auto const& said = call.outcome();
        if (policy_ != rc::retry_policy::idempotent && runs > 1) return "it ran twice";
        if (said && runs == 0) return "a reply to what did not run";
        if (!said && said.error().ran == rc::executed::no && runs != 0) return "it ran, and `no` was said";
        if (forms_.size() > 5 || call.attempts() != forms_.size()) return "the attempts were miscounted";
        if (policy_ != rc::retry_policy::at_most_once && resent_ != 0) return "the same nonce again";
        if (!gateway_.nonce_of_two.empty()) return "one nonce for two requests";
        bool const passing = last_ == not_sent || last_ == throttled;
        if (!said && passing && !unsure_ && forms_.size() < 5 && now_ms_ + 1'000 < deadline_ms)
            return "it gave up what did not run";
        return {};
    }

    rc::retry_policy policy_;
    choices& events_;
    gateway_model gateway_;
    counting_nonces nonces_;
    rc::storage<2048> room_;
    std::uint64_t now_ms_ = start_ms;
    std::vector<std::pair<std::uint64_t, std::string>> late_;
    std::vector<std::string> forms_;
    std::vector<std::uint64_t> sent_;
    int resent_ = 0;
    bool unsure_ = false, ran_ = false;
    event last_ = good;
};

} // namespace simulation

#endif
