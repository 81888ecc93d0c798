// SPDX-License-Identifier: MIT
// One simulated device with its clients, its network and its gateway, under a virtual clock.
// Source: docs/design.md, "Calls over time" and "The simulation".
// Data flow: dice in; every request, answer and wait of some calls laid down in a record, for rules.hpp to judge.
#ifndef RESTARTCASTER_TESTS_CLIENT_SIMULATION_WORLD_HPP
#define RESTARTCASTER_TESTS_CLIENT_SIMULATION_WORLD_HPP

#include "chance.hpp"
#include "gateway_model.hpp"

#include <restartcaster/client/call_machine.hpp>
#include <restartcaster/client/pacing.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <queue>

namespace simulation {

namespace rc = restartcaster;

/// What became of an attempt, as its client can know it.
enum class known { in_flight, ran, not_sent, throttled, wrong_time, refused, unsure };

struct attempt {
    std::uint64_t sent_ms = 0, ended_ms = 0;
    std::string form;
    std::int64_t device_utc = 0, true_utc = 0;
    known what = known::in_flight;
    std::string code;
    std::uint32_t wait_ms = 0;
    bool believable_date = false;
};

/// All that happened to one call.
struct call_record {
    std::string caster;
    std::uint64_t began_ms = 0, deadline_ms = 0, done_ms = 0, waited_ms = 0;
    std::vector<attempt> attempts;
    bool done = false, has_reply = false;
    /// An attempt came to nothing because there was no nonce.
    bool no_nonce = false;
    /// The first thing that was not true of the outcome while the call was still going on, or after it.
    std::string untrue;
    rc::call_error error = {};
    rc::waiting_for last_wait = rc::waiting_for::nothing;
    std::uint32_t longest_back_off_ms = 0, back_offs = 0;
    std::uint64_t first_back_offs_ms = 0;
};

class world {
public:
    explicit world(chance const& dice) : dice_(dice) {
        compose();
        for (std::size_t i = 0; i != clients_.size(); ++i)
            at(now_ms_ + static_cast<std::uint64_t>(dice_.between(0, 300)), [this, i] { begin(i); });
    }

    /// Lets everything happen. Answers whether it came to an end.
    bool run() {
        for (int events = 0; !queue_.empty(); ++events) {
            if (events == 200'000) return false;
            now_ms_ = queue_.top().at_ms;
            auto const happen = queue_.top().happen;
            queue_.pop();
            happen();
        }
        return true;
    }

    // What the world is like; rules.hpp reads it.
    rc::call_options options;
    /// How late a driver that comes late may come; its requests then go out later than their turn was.
    static constexpr std::int64_t latest_ms = 300;
    bool late_driver = false, paced = false, corrects = false, https = true, believes_http = false, steady = false;
    std::vector<call_record> records;
    std::vector<std::uint64_t> sendings;
    gateway_model gateway;
    bool trace = false;
    int throttlings = 0;

private:
    struct event {
        std::uint64_t at_ms, order;
        std::function<void()> happen;
        bool operator<(event const& other) const {
            return at_ms != other.at_ms ? at_ms > other.at_ms : order > other.order;
        }
    };
    struct nonces {
        chance dice{0};
        std::int64_t fails_percent = 0;
        bool failed = false;
        rc::result<rc::nonce> operator()() {
            failed = dice.percent(fails_percent);
            if (failed) return rc::unexpected(rc::failure{.code = rc::errc::entropy_missing});
            std::array<unsigned char, 16> bytes{};
            for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(dice.bits() & 0xFF);
            return rc::nonce(bytes);
        }
    };
    using machine = rc::call_machine<rc::restart_caster, rc::rpc_v1>;
    struct client {
        std::unique_ptr<machine> call;
        rc::storage<2048> room;
        nonces source;
        std::size_t record = 0;
        int calls_left = 0;
        std::uint64_t waiting_since = 0;
        bool waiting = false;
    };

    enum fate : std::size_t { passes, not_sent, lost_request, lost_answer, late, twice, page, garbage, captive, fates };
    enum class date { good, missing, aged, dead, forged };

    // ---- what the world is like

    void compose() {
        steady = dice_.percent(8);
        bool const patient = !steady && dice_.percent(25);
        late_driver = !steady && dice_.percent(20);
        paced = steady || dice_.percent(60);
        corrects = dice_.percent(70);
        https = dice_.percent(75);
        believes_http = !https && dice_.percent(40);
        options.retry.policy = static_cast<rc::retry_policy>(dice_.between(0, 2));
        options.retry.attempts = static_cast<std::uint16_t>(dice_.one_of({1, 2, 3, 5, 5, 5, 9}));
        if (patient) options.retry.longest_back_off_ms = static_cast<std::uint32_t>(dice_.one_of({20'000, 300'000}));
        if (!https) options.request.to = {"gateway.test", rc::url_scheme::http};
        if (believes_http) skew_.emplace(rc::clock_skew_options{.dates = rc::believed_dates::plain_http_too});
        else skew_.emplace();
        if (corrects) options.skew = &*skew_;
        if (paced) options.pace = pace_;

        now_ms_ = static_cast<std::uint64_t>(dice_.one_of({0, 1, 1000, 123'456'789, std::int64_t{1} << 41}));
        true_utc_ms_ = 1'795'400'000'000 + dice_.between(0, 400'000'000'000) - static_cast<std::int64_t>(now_ms_);
        switch (steady ? 0 : dice_.between(0, 6)) {
        case 0:
        case 1: clock_off_s_ = dice_.between(-5, 5); break;
        case 2: clock_off_s_ = -(true_utc_ms_ + static_cast<std::int64_t>(now_ms_)) / 1000; break; // 1970
        case 3: clock_off_s_ = -dice_.between(780, 899); break; // expires while it waits
        case 4: clock_off_s_ = dice_.one_of({-1, 1}) * dice_.between(870, 960); break;
        case 5: clock_off_s_ = dice_.one_of({-1, 1}) * dice_.between(3'600, 40'000'000); break;
        default: clock_off_s_ = 0;
        }
        time_out_ms_ = static_cast<std::uint64_t>(patient ? dice_.between(20'000, 700'000)
                                                          : dice_.between(300, 12'000));
        time_limit_ms_ = patient ? dice_.one_of({600'000, 1'500'000, 7'200'000})
                                 : dice_.one_of({50, 1'000, 5'000, 30'000, 120'000});
        if (steady) time_limit_ms_ = 120'000;
        gateway.throttled_uses_nonce = dice_.percent(50);
        gateway.wait_style = static_cast<int>(dice_.between(0, 2));
        gateway.throttle_status = static_cast<int>(dice_.one_of({400, 400, 429, 503}));
        dates_ = static_cast<date>(dice_.percent(65) ? 0 : dice_.between(1, https ? 3 : 4));
        if (!steady) {
            for (std::size_t i = 1; i != fates; ++i) percent_[i] = dice_.one_of({0, 0, 0, 4, 15, 40});
            trouble_percent_ = dice_.one_of({0, 10, 40});
            throttle_percent_ = dice_.one_of({0, 0, 20, 60});
        }
        std::int64_t const others = steady ? 0 : dice_.one_of({0, 0, 40, 150});
        for (std::int64_t i = 0; i != others; ++i)
            at(now_ms_ + static_cast<std::uint64_t>(dice_.between(0, 15'000)),
               [this] { gateway.other_call(true_utc_ms()); });
        gateway.failing_names_wait = dice_.percent(40);
        clients_.resize(static_cast<std::size_t>(dice_.between(1, 4)));
        std::int64_t const nonces_fail_percent = steady ? 0 : dice_.one_of({0, 0, 0, 15});
        for (client& c : clients_) {
            c.source.dice = chance(dice_.bits());
            c.source.fails_percent = nonces_fail_percent;
            c.calls_left = static_cast<int>(dice_.between(1, steady ? 12 : 4));
        }
    }

    [[nodiscard]] std::int64_t true_utc_ms() const { return true_utc_ms_ + static_cast<std::int64_t>(now_ms_); }
    [[nodiscard]] rc::moment now() const {
        std::int64_t const utc = true_utc_ms() / 1000 + clock_off_s_;
        return {utc < 0 ? 0 : utc, now_ms_};
    }

    void at(std::uint64_t at_ms, std::function<void()> happen) { queue_.push({at_ms, order_++, std::move(happen)}); }

    template <class... Parts>
    void note(char const* form, Parts... parts) const {
        if (!trace) return;
        std::printf("%12llu  ", static_cast<unsigned long long>(now_ms_));
        std::printf(form, parts...);
        std::printf("\n");
    }

    // ---- the driver of a client

    void begin(std::size_t i) {
        client& c = clients_[i];
        --c.calls_left;
        c.record = records.size();
        records.push_back({.caster = "c" + std::to_string(c.record), .attempts = {}, .untrue = {}});
        call_record& r = records.back();
        r.began_ms = now_ms_;
        r.deadline_ms = now_ms_ + static_cast<std::uint64_t>(time_limit_ms_);
        casters_.push_back(r.caster);
        c.call = std::make_unique<machine>(rc::restart_caster{.caster_id = casters_.back()}, key_, c.room,
                                           r.deadline_ms, options);
        note("%s begins, deadline %llu", r.caster.c_str(), static_cast<unsigned long long>(r.deadline_ms));
        drive(i);
    }

    void drive(std::size_t i) {
        client& c = clients_[i];
        call_record& r = records[c.record];
        if (r.done) return;
        c.source.failed = false;
        rc::step const s = c.call->next(now(), c.source);
        r.no_nonce = r.no_nonce || c.source.failed;
        hold_to_truth(r, *c.call, s.what == rc::step::send);
        if (s.what == rc::step::wait) {
            r.last_wait = s.why;
            if (s.why == rc::waiting_for::answer) return;
            if (!c.waiting) c.waiting_since = now_ms_;
            if (s.why == rc::waiting_for::back_off && !c.waiting) {
                std::uint32_t const rest = static_cast<std::uint32_t>(s.until_ms - now_ms_);
                r.longest_back_off_ms = rest > r.longest_back_off_ms ? rest : r.longest_back_off_ms;
                if (r.attempts.size() == 1) r.first_back_offs_ms = rest;
            }
            c.waiting = true;
            note("%s waits for %d until %llu", r.caster.c_str(), static_cast<int>(s.why),
                 static_cast<unsigned long long>(s.until_ms));
            std::uint64_t const lateness = late_driver ? static_cast<std::uint64_t>(dice_.between(0, latest_ms)) : 0;
            return at(s.until_ms + lateness, [this, i] { drive(i); });
        }
        if (c.waiting) r.waited_ms += now_ms_ - c.waiting_since;
        c.waiting = false;
        if (s.what == rc::step::send) return send(i);
        r.done = true;
        r.done_ms = now_ms_;
        auto const& outcome = c.call->outcome();
        r.has_reply = outcome.has_value();
        if (!outcome) r.error = outcome.error();
        note("%s ends: %s, ran %d", r.caster.c_str(), r.has_reply ? "reply" : "error",
             r.has_reply ? 2 : static_cast<int>(r.error.ran));
        if (c.calls_left != 0)
            at(now_ms_ + static_cast<std::uint64_t>(dice_.between(0, 400)), [this, i] { begin(i); });
    }

    // What an outcome says at any moment must be true of what its client can know by then.
    void hold_to_truth(call_record& r, machine const& call, bool sends) {
        if (!r.untrue.empty()) return;
        auto const& outcome = call.outcome();
        bool unsure = sends, ran = false;
        for (attempt const& a : r.attempts) {
            unsure = unsure || a.what == known::unsure || a.what == known::in_flight;
            ran = ran || a.what == known::ran;
        }
        if (outcome.has_value() != ran) r.untrue = "a reply too early or too late";
        if (outcome) return;
        rc::call_error const& e = outcome.error();
        bool const stayed = e.kind == rc::error_kind::local || e.kind == rc::error_kind::not_sent;
        if (stayed && e.ran != rc::executed::no) r.untrue = "a kind that says `not sent` of what may have run";
        if (unsure != (e.ran == rc::executed::maybe)) r.untrue = "`maybe` was not said, or said too much, on the way";
        if (e.kind == rc::error_kind::no_answer && e.ran == rc::executed::no) r.untrue = "no answer, and yet `no`";
    }

    // ---- the network

    std::uint64_t delay() {
        if (steady) return 40;
        std::int64_t const slowest = time_out_ms_ > 20'000 ? 100'000 : 9'000;
        return static_cast<std::uint64_t>(dice_.percent(85) ? dice_.between(1, 200) : dice_.between(200, slowest));
    }

    void send(std::size_t i) {
        client& c = clients_[i];
        call_record& r = records[c.record];
        std::size_t const number = r.attempts.size();
        r.last_wait = rc::waiting_for::nothing;
        r.attempts.push_back({.sent_ms = now_ms_, .form = std::string(c.call->request().body), .code = {}});
        r.attempts.back().device_utc = now().utc_seconds;
        r.attempts.back().true_utc = true_utc_ms() / 1000;
        sendings.push_back(now_ms_);
        std::string const form = r.attempts.back().form;
        std::size_t const record = c.record;
        at(r.deadline_ms, [this, i, record] {
            if (clients_[i].record == record) drive(i);
        });
        std::uint64_t given_up = now_ms_ + time_out_ms_;
        if (given_up > r.deadline_ms) given_up = r.deadline_ms;

        std::size_t what = passes;
        for (std::size_t f = 1; f != fates; ++f)
            if (what == passes && dice_.percent(percent_[f])) what = f;
        trouble wrong = trouble::none;
        if (dice_.percent(throttle_percent_)) wrong = trouble::throttle;
        else if (dice_.percent(trouble_percent_)) wrong = static_cast<trouble>(dice_.one_of({2, 3, 4, 5, 6, 7, 8, 8, 8}));
        std::uint32_t const wait = static_cast<std::uint32_t>(dice_.percent(90) ? dice_.between(1, 1500)
                                                                                : dice_.between(1500, 70'000));
        std::uint64_t const there = now_ms_ + delay(), back = there + delay();
        note("%s sends nonce %s, fate %d, trouble %d", r.caster.c_str(), field(form, "SignatureNonce").c_str(),
             static_cast<int>(what), static_cast<int>(wrong));

        auto const no_answer = [this, i, record, number](std::uint64_t when) {
            at(when, [this, i, record, number] {
                deliver_failure(i, record, number, rc::errc::no_answer, known::unsure);
            });
        };
        // One copy arrives; what the service says to it may or may not find its way back.
        auto const arrive = [&](std::uint64_t when, bool heard) {
            at(when, [=, this] {
                answer said = gateway.receive(form, true_utc_ms(), wrong, wait);
                note("   a copy of %s arrives: %d %s, runs so far %d", field(form, "CasterId").c_str(), said.status,
                     said.code.c_str(), gateway.executions(field(form, "CasterId")));
                if (said.code == "Throttling.User") ++throttlings;
                if (!heard) return;
                if (what == garbage) spoil(said);
                date_answer(said);
                if (back > given_up) return;
                at(back > now_ms_ ? back : now_ms_, [=, this] { deliver(i, record, number, said); });
            });
            if (!heard || back > given_up) no_answer(given_up);
        };
        switch (what) {
        case not_sent:
            at(now_ms_ + static_cast<std::uint64_t>(dice_.between(0, 50)), [this, i, record, number] {
                deliver_failure(i, record, number, rc::errc::not_sent, known::not_sent);
            });
            break;
        case lost_request: no_answer(given_up); break;
        case lost_answer: arrive(there, false); break;
        case late: arrive(given_up + static_cast<std::uint64_t>(dice_.between(0, 1'200'000)), false); break;
        case twice: {
            // Resent by an HTTP library over a fresh connection: what is heard is the answer to the last copy.
            // Were the first in time and the last too late by a moment, the refusal would be true of the last
            // only and nobody could know; the transport's contract is what rules that out, so it is left out.
            std::int64_t const off = timestamp(form) - true_utc_ms() / 1000;
            bool const at_the_border = off > -902 && off < -650;
            if (!at_the_border)
                at(there, [=, this] { static_cast<void>(gateway.receive(form, true_utc_ms(), wrong, wait)); });
            arrive(there + static_cast<std::uint64_t>(dice_.between(0, static_cast<std::int64_t>(back - there))), true);
            break;
        }
        case captive:
        case page:
            if (what == page && dice_.percent(50))
                at(there, [=, this] { static_cast<void>(gateway.receive(form, true_utc_ms(), wrong, wait)); });
            if (back > given_up) {
                no_answer(given_up);
            } else {
                answer const written = what == page ? proxys_page() : page_of(200, "text/html", "<html><body>no</body></html>");
                at(back, [=, this] { deliver(i, record, number, written); });
            }
            break;
        default: arrive(there, true); break;
        }
    }

    static answer page_of(int status, char const* type, char const* body) {
        answer out;
        out.status = status;
        out.code = "?";
        out.body = body;
        out.headers.emplace_back("Content-Type", type);
        return out;
    }

    // What a proxy in between may say of a request that it passed on, under any status of an error.
    answer proxys_page() {
        static char const* const pages[][2] = {
            {"text/html", "<html><body>no</body></html>"},
            {"text/xml", "<p>The upstream <code>live</code> was slow</p>"},
            {"application/json", "{\"code\":408,\"message\":\"slow\"}"},
            {"application/json", "{\"code\":\"Throttling.User\",\"requestId\":\"1\"}"},
            {"application/json", "{\"Code\":\"Forbidden\",\"Message\":\"no\"}"},
            {"application/problem+json", "{\"status\":499,\"code\":\"closed\",\"requestId\":\"1\"}"},
            {"application/problem+json", "{\"Status\":499,\"Code\":\"Closed\",\"RequestId\":\"1\"}"},
            {"text/html", "{\"Code\":\"Throttling.User\"}"}};
        auto const which = static_cast<std::size_t>(dice_.between(0, 7));
        answer out = page_of(dice_.percent(50) ? 502 : static_cast<int>(dice_.between(300, 599)), pages[which][0], pages[which][1]);
        if (dice_.percent(30)) out.headers.emplace_back("x-acs-retry-after", "50");
        if (dice_.percent(30)) out.headers.emplace_back("Retry-After", "1");
        return out;
    }

    void spoil(answer& said) {
        said.code = "?";
        switch (dice_.between(0, 2)) {
        case 0: said.body.clear(); break;
        case 1:
            said.body.resize(static_cast<std::size_t>(
                dice_.between(0, static_cast<std::int64_t>(said.body.size()) - 1)));
            break;
        default: said.body = "<html>"; break;
        }
    }

    void date_answer(answer& said) {
        std::int64_t utc = true_utc_ms() / 1000;
        switch (dates_) {
        case date::missing: return;
        case date::aged:
            utc -= dice_.between(1'000, 30'000'000);
            said.headers.emplace_back("Age", "1000");
            break;
        case date::dead: utc = dice_.between(0, 1'795'000'000); break;
        case date::forged: utc += dice_.one_of({-1, 1}) * dice_.between(100'000, 400'000'000); break;
        case date::good: break;
        }
        said.headers.emplace_back("Date", http_date(utc));
    }

    // ---- what comes back

    attempt* awaited(std::size_t i, std::size_t record, std::size_t number) {
        if (clients_[i].record != record || records[record].done) return nullptr;
        if (records[record].attempts.size() != number + 1) return nullptr;
        attempt& a = records[record].attempts[number];
        if (a.what != known::in_flight) return nullptr;
        a.ended_ms = now_ms_;
        return &a;
    }

    void deliver_failure(std::size_t i, std::size_t record, std::size_t number, rc::errc code, known what) {
        attempt* const a = awaited(i, record, number);
        if (a == nullptr) return;
        a->what = what;
        note("%s hears nothing", records[record].caster.c_str());
        clients_[i].call->answered(rc::unexpected(rc::failure{.code = code}));
        hold_to_truth(records[record], *clients_[i].call, false);
        drive(i);
    }

    void deliver(std::size_t i, std::size_t record, std::size_t number, answer const& said) {
        attempt* const a = awaited(i, record, number);
        if (a == nullptr) return;
        a->code = said.code;
        a->wait_ms = said.wait_ms;
        a->believable_date = dates_ == date::good && a->ended_ms - a->sent_ms <= 10'000;
        if (said.code == "Throttling.User") a->what = known::throttled;
        else if (said.code == "InvalidTimeStamp.Expired") a->what = known::wrong_time;
        else if (said.code == "SignatureNonceUsed" || said.code == "?" || said.status >= 500) a->what = known::unsure;
        else if (!said.code.empty()) a->what = known::refused;
        else a->what = known::ran;
        note("%s hears %d %s", records[record].caster.c_str(), said.status, said.code.c_str());
        std::span<char> const to = clients_[i].call->storage();
        rc::response in;
        in.status = static_cast<std::uint16_t>(said.status);
        for (std::size_t b = 0; b != said.body.size(); ++b) to[b] = said.body[b];
        in.body = to.first(said.body.size());
        for (auto const& [name, value] : said.headers) in.header(name, value);
        clients_[i].call->answered(in);
        hold_to_truth(records[record], *clients_[i].call, false);
        drive(i);
    }

    chance dice_;
    rc::signing_key<> const key_{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::pacing pace_;
    std::optional<rc::clock_skew> skew_;
    std::deque<std::string> casters_;
    std::vector<client> clients_;
    std::priority_queue<event> queue_;
    std::uint64_t order_ = 0;
    std::uint64_t now_ms_ = 0;
    std::int64_t true_utc_ms_ = 0;
    std::int64_t clock_off_s_ = 0;
    std::uint64_t time_out_ms_ = 0;
    std::int64_t time_limit_ms_ = 0;
    std::int64_t percent_[fates] = {};
    std::int64_t trouble_percent_ = 0, throttle_percent_ = 0;
    date dates_ = date::good;
};

} // namespace simulation

#endif
