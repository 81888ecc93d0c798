// SPDX-License-Identifier: MIT
// Goals that are interrupted, watched and hinted at; the blocking loop; the callbacks of the service.
// Long: every test states its answers.
#include <restartcaster/goals.hpp>

#include "driven_call.hpp"

#include "catch.hpp"

using namespace driven;

namespace {

std::string look(int status, char const* started) {
    return std::string(R"({"RequestId":"r","CasterList":{"Caster":[{"CasterId":"studio","NormType":1,"Status":)") +
           std::to_string(status) + R"(,"StartTime":")" + started + R"(","LastModified":"2021-12-01T05:08:45Z"}]}})";
}
fate shown(char const* started = "2017-08-30 18:02:57.0") { return {.body = look(1, started), .headers = {}}; }

// The fields of the page "Production studio callbacks", with values of our own.
std::string operate(std::string const& request_id, std::string const& code = "Success", std::string const& caster = "studio") {
    return R"({"CasterId":")" + caster + R"(","EventType":"OperateCallback","EventMessage":{"RequestId":")" + request_id +
           R"(","SceneId":"scene","Code":")" + code + R"(","Message":"done"}})";
}
std::string const own_id = "6EBD1AC4-C34D-4AE1-963E-B688A228BE31";

struct driven_goal : world {
    rc::goal_options options;
    rc::goal_machine<rc::rpc_v1> machine;
    explicit driven_goal(rc::studio_goal const& goal = rc::restart_studio("studio"))
        : machine(goal, key, room, start_ms + 120'000, options) {}

    /// Answers the next request, after the waits before it.
    void answer(fate const& with) {
        fates.push_back(with);
        for (;;) {
            rc::step const s = machine.next(now(), nonces);
            REQUIRE(s.what != rc::step::done);
            if (s.what == rc::step::send) return machine.answered(exchange(machine.request(), machine.storage()));
            now_ms = s.until_ms;
        }
    }
    /// Answers the request that is out.
    void take(fate const& with) {
        fates.push_back(with);
        machine.answered(exchange(machine.request(), machine.storage()));
    }
    void hint(std::string body) {
        auto const message = rc::read_callback(body);
        REQUIRE(message);
        machine.hint(*message);
    }
};

struct virtual_clock {
    std::uint64_t now_ms = start_ms;
    std::uint32_t longest_sleep_ms = ~0u;
    [[nodiscard]] std::int64_t utc_seconds() const noexcept { return start_utc; }
    [[nodiscard]] std::uint64_t monotonic_ms() const noexcept { return now_ms; }
    void sleep_ms(std::uint32_t ms) noexcept { now_ms += ms < longest_sleep_ms ? ms : longest_sleep_ms; }
};

struct scripted_transport {
    virtual_clock& clock;
    std::deque<std::string> bodies;
    std::vector<std::uint32_t> limits = {};
    rc::result<rc::response> exchange(rc::request const&, std::span<char> to) noexcept {
        clock.now_ms += 40;
        if (bodies.empty()) return rc::unexpected(rc::failure{.code = rc::errc::no_answer});
        std::string const body = bodies.front();
        bodies.pop_front();
        rc::response in;
        in.status = 200;
        for (std::size_t i = 0; i != body.size(); ++i) to[i] = body[i];
        in.body = to.first(body.size());
        return in;
    }
    void time_left_ms(std::uint32_t ms) noexcept { limits.push_back(ms); }
};

} // namespace

TEST_CASE("a callback of the restart makes the next look come at once, and suffice") {
    driven_goal go;
    go.answer(shown());
    go.answer(success());
    rc::step const rest = go.machine.next(go.now(), go.nonces);
    CHECK(rest.what == rc::step::wait);
    CHECK(rest.until_ms == go.now_ms + 5'000);
    go.now_ms += 300;
    go.hint(operate(own_id));
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::send);
    go.take(shown());
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::done);
    CHECK(go.machine.outcome().end == rc::goal_end::reached);
    CHECK(go.machine.outcome().on_air == rc::on_air_evidence::callback);
}

TEST_CASE("a callback that comes before the answer counts when the answer has its RequestId") {
    for (bool own : {true, false}) {
        driven_goal go;
        go.answer(shown());
        CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::send);
        go.hint(operate(own ? own_id : "another"));
        go.take(success());
        CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::send); // no rest before this look
        go.take(shown());
        CHECK((go.machine.next(go.now(), go.nonces).what == rc::step::done) == own);
    }
}

TEST_CASE("a callback that comes during the call leads to a look even if no look would follow before the deadline") {
    for (bool hinted : {true, false}) {
        driven_goal go;
        go.options.look_every_ms = 200'000;
        rc::goal_machine machine(rc::restart_studio("studio"), go.key, go.room, start_ms + 120'000, go.options);
        go.fates = {shown(), success(), shown()};
        for (int i = 0; i != 2; ++i) {
            CHECK(machine.next(go.now(), go.nonces).what == rc::step::send);
            std::string body = operate(own_id);
            auto const message = rc::read_callback(body);
            REQUIRE(message);
            if (hinted) machine.hint(*message); // without effect before the restart is sent
            machine.answered(go.exchange(machine.request(), machine.storage()));
        }
        CHECK(go.drive(machine).end == (hinted ? rc::goal_end::reached : rc::goal_end::out_of_time));
        CHECK(machine.outcome().change.ran == rc::executed::yes);
        CHECK(machine.outcome().looks == (hinted ? 2 : 1));
    }
}

TEST_CASE("a callback that does not fit changes nothing") {
    for (std::string const& body :
         {operate("another"), operate(own_id, "Success", "another-studio"),
          std::string(R"({"CasterId":"studio","EventType":"RuntimeErrorCallback","EventMessage":{"Code":"StreamInterrupt"}})")}) {
        driven_goal go;
        go.hint(operate(own_id)); // before anything was sent
        go.answer(shown());
        go.answer(success());
        std::uint64_t const until = go.machine.next(go.now(), go.nonces).until_ms;
        go.hint(body);
        rc::step const rest = go.machine.next(go.now(), go.nonces);
        CHECK(rest.what == rc::step::wait);
        CHECK(rest.until_ms == until);
        go.answer(shown());
        CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::wait);
    }
}

TEST_CASE("a callback with a fault leads to a look and proves nothing; a studio that is not streaming is not on air") {
    driven_goal go;
    go.answer(shown());
    go.answer(success());
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::wait);
    go.hint(operate(own_id, "StreamInterrupt"));
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::send);
    go.take(shown());
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::wait);
    go.hint(operate(own_id));
    go.answer({.body = look(0, ""), .headers = {}});
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::wait);
    go.answer(shown());
    CHECK(go.machine.next(go.now(), go.nonces).what == rc::step::done);
    CHECK(go.machine.outcome().on_air == rc::on_air_evidence::callback);
}

TEST_CASE("a goal that is abandoned says what may have run") {
    driven_goal resting, looking, changing, done;
    resting.machine.abandon(resting.now());
    CHECK(resting.machine.outcome().change.ran == rc::executed::no);
    static_cast<void>(looking.machine.next(looking.now(), looking.nonces));
    looking.machine.abandon(looking.now());
    CHECK(looking.machine.outcome().change.ran == rc::executed::no);
    changing.answer(shown());
    CHECK(changing.machine.next(changing.now(), changing.nonces).what == rc::step::send);
    CHECK(changing.machine.progress().what == rc::goal_phase::changing);
    CHECK(changing.machine.outcome().change.ran == rc::executed::maybe);
    changing.machine.abandon(changing.now());
    CHECK(changing.machine.outcome().change.ran == rc::executed::maybe);
    CHECK(changing.machine.outcome().changes == 1);
    for (driven_goal* go : {&resting, &looking, &changing}) {
        CHECK(go->machine.outcome().end == rc::goal_end::abandoned);
        CHECK(go->machine.next(go->now(), go->nonces).what == rc::step::done);
        go->machine.answered(rc::response{}); // an answer that comes too late
        CHECK(go->machine.outcome().end == rc::goal_end::abandoned);
    }
    done.answer({.body = R"({"RequestId":"r","CasterList":{"Caster":[]}})", .headers = {}});
    CHECK(done.machine.next(done.now(), done.nonces).what == rc::step::done);
    done.machine.abandon(done.now());
    CHECK(done.machine.outcome().end == rc::goal_end::not_found);
}

TEST_CASE("a call without an answer ends after call_limit_ms, and the goal goes on to look") {
    driven_goal go;
    go.options.reconcile = true;
    rc::goal_machine machine(rc::restart_studio("studio"), go.key, go.room, start_ms + 120'000, go.options);
    go.fates.push_back(shown());
    CHECK(machine.next(go.now(), go.nonces).what == rc::step::send);
    CHECK(machine.time_left_ms(go.now()) == 30'000);
    machine.answered(go.exchange(machine.request(), machine.storage()));
    CHECK(machine.next(go.now(), go.nonces).what == rc::step::send);
    std::uint64_t const sent_ms = go.now_ms;
    rc::step const s = machine.next(go.now(), go.nonces);
    CHECK(s.why == rc::waiting_for::answer);
    CHECK(s.until_ms == sent_ms + 30'000);
    go.now_ms = s.until_ms;
    CHECK(machine.next(go.now(), go.nonces).why == rc::waiting_for::studio);
    CHECK(machine.outcome().change.ran == rc::executed::maybe);
    CHECK(machine.progress().what == rc::goal_phase::resting);
    CHECK(machine.progress().since_ms == go.now_ms);
    CHECK(machine.progress().until_ms == go.now_ms + 5'000);
}

TEST_CASE("the texts of an error are gone when another call overwrites them") {
    driven_goal go;
    go.options.reconcile = true;
    rc::goal_machine machine(rc::restart_studio("studio"), go.key, go.room, start_ms + 120'000, go.options);
    go.fates = {shown(), refusal(500, "InternalError"), shown("2017-08-30 18:03:57.0")};
    rc::goal_outcome const said = go.drive(machine);
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.change.why == rc::ran_evidence::start_time_later);
    REQUIRE(said.has_error);
    CHECK(said.error.code == rc::service_code::internal_error);
    CHECK(said.error.code_text.empty());
    CHECK(said.error.body.empty());
    CHECK(said.error.sent.empty());
}

TEST_CASE("the blocking loop reaches a goal, limits every exchange and tells its watcher of every step") {
    virtual_clock clock;
    scripted_transport over{clock, {look(1, "2017-08-30 18:02:57.0"), R"({"RequestId":"r"})", look(1, "2017-08-30 18:03:57.0")}};
    counting_nonces nonces;
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<4096> room;
    std::vector<rc::goal_phase> phases;
    auto const said = rc::reach(over, clock, nonces, key, rc::restart_studio("studio"), room, 20'000, {}, [&](auto& machine) {
        rc::goal_phase const now = machine.progress().what;
        if (phases.empty() || phases.back() != now) phases.push_back(now);
    });
    CHECK(said.end == rc::goal_end::reached);
    CHECK(over.limits == std::vector<std::uint32_t>{20'000, 19'960, 14'920});
    CHECK(phases == std::vector<rc::goal_phase>{rc::goal_phase::resting, rc::goal_phase::looking, rc::goal_phase::changing,
                                                rc::goal_phase::resting, rc::goal_phase::looking, rc::goal_phase::done});
}

TEST_CASE("a watcher of the blocking loop passes callbacks on, and ends the goal") {
    for (bool ends : {false, true}) {
        virtual_clock clock;
        clock.longest_sleep_ms = 100; // sleeps in small pieces, so that the watcher has its turn
        std::string const started = look(1, "2017-08-30 18:02:57.0");
        scripted_transport over{clock, {started, R"({"RequestId":"r"})", started}};
        counting_nonces nonces;
        rc::signing_key<> const key({"testid", "testsecret"});
        rc::storage<4096> room;
        auto const said = rc::reach(over, clock, nonces, key, rc::restart_studio("studio"), room, 60'000, {}, [&](auto& machine) {
            if (clock.now_ms < start_ms + 1'000) return;
            if (ends) return machine.abandon({start_utc, clock.now_ms});
            std::string body = operate("r");
            if (auto const message = rc::read_callback(body)) machine.hint(*message);
        });
        CHECK(said.end == (ends ? rc::goal_end::abandoned : rc::goal_end::reached));
        CHECK(said.change.ran == rc::executed::yes);
        CHECK(clock.now_ms < start_ms + 1'300);
    }
}

TEST_CASE("the four kinds of callbacks are read") {
    std::string a = operate("call-1");
    auto const operated = rc::read_callback(a);
    REQUIRE(operated);
    CHECK(operated->kind() == rc::callback_kind::operate);
    CHECK(operated->caster_id == "studio");
    CHECK(operated->event_message.request_id == "call-1");
    CHECK(operated->event_message.scene_id == "scene");
    CHECK(operated->event_message.code == "Success");
    CHECK(operated->event_message.message == "done");

    std::string b = R"({"EventMessage":{"Message":"\u4e2d\u65ad","Code":"StreamInterrupt","ResourceId":"v1","LayoutId":"l1",)"
                    R"("ComponentId":"c1"},"CasterId":"studio","EventType":"RuntimeErrorCallback"})";
    auto const failed = rc::read_callback(b);
    REQUIRE(failed);
    CHECK(failed->kind() == rc::callback_kind::runtime_error);
    CHECK(failed->event_message.message == "\xE4\xB8\xAD\xE6\x96\xAD");
    CHECK(failed->event_message.code == "StreamInterrupt");
    CHECK(failed->event_message.resource_id == "v1");
    CHECK(failed->event_message.layout_id == "l1");
    CHECK(failed->event_message.component_id == "c1");
    CHECK(failed->event_message.request_id.empty());

    std::string c = R"({"EventType":"EpisodeGroupCallback","EventMessage":{"ProgramId":"p","EpisodeId":"e","Code":"Success"}})";
    auto const episode = rc::read_callback(c);
    REQUIRE(episode);
    CHECK(episode->kind() == rc::callback_kind::episode_group);
    CHECK(episode->caster_id.empty());
    CHECK(episode->event_message.program_id == "p");
    CHECK(episode->event_message.episode_id == "e");

    std::string d = R"({"CasterId":"studio","EventType":"ShowListDTSCallback","EventMessage":{"ProgressTime":"5000",)"
                    R"("ShowId":"s","Duration":"60","ShowName":"n"}})";
    auto const progress = rc::read_callback(d);
    REQUIRE(progress);
    CHECK(progress->kind() == rc::callback_kind::show_list_progress);
    CHECK(progress->event_message.progress_time == rc::number(5000));
    CHECK(progress->event_message.show_id == "s");
    CHECK(progress->event_message.duration == "60");
    CHECK(progress->event_message.show_name == "n");

    std::string e = R"({"CasterId":"studio","EventType":"NewCallback","EventMessage":7,"More":[1,{"Code":"x"}]})";
    auto const newer = rc::read_callback(e);
    REQUIRE(newer);
    CHECK(newer->kind() == rc::callback_kind::other);
    CHECK(newer->event_type == "NewCallback");
    CHECK(newer->event_message.code.empty());
}

TEST_CASE("a body that is no callback is refused with its reason") {
    auto const code = [](std::string body) {
        auto const read = rc::read_callback(body);
        REQUIRE_FALSE(read);
        return read.error().code;
    };
    CHECK(code("") == rc::errc::body_empty);
    CHECK(code("hello") == rc::errc::body_not_recognised);
    CHECK(code("<CasterId>studio</CasterId>") == rc::errc::body_not_recognised);
    CHECK(code("{}") == rc::errc::parameter_missing);
    CHECK(code("[]") == rc::errc::parameter_missing);
    CHECK(code(R"({"EventType":[]})") == rc::errc::parameter_missing);
    CHECK(code(R"({"EventType":"OperateCallback"} {})") == rc::errc::trailing_bytes);
    CHECK(code(std::string(100, '[')) == rc::errc::nesting_too_deep);
    std::string const whole = operate("call-1");
    for (std::size_t size = 1; size != whole.size(); ++size) {
        std::string part = whole.substr(0, size);
        CHECK_FALSE(rc::read_callback(part));
    }
}

TEST_CASE("when the first look takes all of the time, nothing is changed and the time is the reason") {
    driven_goal go;
    rc::goal_machine machine(rc::restart_studio("studio"), go.key, go.room, start_ms + 40, go.options);
    go.fates = {shown()}; // the answer takes 40 ms
    rc::goal_outcome const said = go.drive(machine);
    CHECK(said.end == rc::goal_end::out_of_time);
    CHECK(said.change.ran == rc::executed::no);
    CHECK(said.changes == 0);
    CHECK(go.sent.size() == 1);
}

TEST_CASE("a monotonic clock that goes back proves nothing") {
    for (bool const reconcile : {false, true}) {
        driven_goal go;
        go.options.reconcile = reconcile;
        go.options.unchanged_after_ms = 60'000;
        go.now_ms += 10'000;
        rc::goal_machine machine(rc::restart_studio("studio"), go.key, go.room, start_ms + 120'000, go.options);
        auto const send = [&](fate const& with) {
            rc::step s = machine.next(go.now(), go.nonces);
            for (; s.what == rc::step::wait; s = machine.next(go.now(), go.nonces)) go.now_ms = s.until_ms;
            REQUIRE(s.what == rc::step::send);
            go.fates.push_back(with);
            machine.answered(go.exchange(machine.request(), machine.storage()));
        };
        send(shown());
        send(reconcile ? lost() : success());
        static_cast<void>(machine.next(go.now(), go.nonces)); // rests
        go.now_ms += 5'000;
        CHECK(machine.next(go.now(), go.nonces).what == rc::step::send);
        machine.answered(rc::unexpected(rc::failure{.code = rc::errc::not_sent}));
        // The look is sent again at a moment before the restart.
        go.now_ms = start_ms + 1;
        for (int i = 0; i != 3; ++i) {
            rc::step const s = machine.next(go.now(), go.nonces);
            if (s.what != rc::step::send) continue;
            go.fates.push_back(shown());
            machine.answered(go.exchange(machine.request(), machine.storage()));
        }
        CHECK(machine.outcome().end == rc::goal_end::open);
        CHECK(machine.outcome().on_air == rc::on_air_evidence::none);
        CHECK(machine.outcome().change.ran == (reconcile ? rc::executed::maybe : rc::executed::yes));
    }
}
