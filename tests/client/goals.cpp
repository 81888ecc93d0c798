// SPDX-License-Identifier: MIT
// Goals for a studio, with answers laid out beforehand. tests/client/simulation explores them against a model of the service.
// Long: every test states its answers.
#include <restartcaster/goals.hpp>

#include "driven_call.hpp"

#include "catch.hpp"

using namespace driven;

namespace {

constexpr std::string_view id = "80787064-1c94-4dc1-85ce-9409960a1234";

/// One studio as DescribeCasters shows it, with the fields of the vendor's sample.
fate studio(int status, std::string const& started, std::string const& modified = "2021-12-01T05:08:45Z", int norm_type = 1) {
    std::string const running = started.empty() ? "" : R"(,"StartTime":")" + started + '"';
    return {.body = R"({"RequestId":"5c6a2a0df228-4a64- af62-20e91b9676b3","Total":1,"CasterList":{"Caster":[{"CasterId":")" +
                    std::string(id) + R"(","CasterName":"liveCaster****","NormType":)" + std::to_string(norm_type) +
                    R"(,"Status":)" + std::to_string(status) + running + R"(,"LastModified":")" + modified + R"("}]}})",
            .headers = {}};
}
std::string const before = "2017-08-30 18:02:57.0", after = "2017-08-30 18:03:11.0";
fate no_studio() { return {.body = R"({"RequestId":"r","Total":0,"CasterList":{"Caster":[]}})", .headers = {}}; }
fate stream(char const* state) {
    return {.body = std::string(R"({"RequestId":"r","StreamState":")") + state + R"(","Type":"push"})", .headers = {}};
}
constexpr rc::stream_address address{"play.example.com", "caster", "programme"};

struct pursuit : world {
    rc::goal_options options;
    rc::goal_outcome outcome;

    rc::goal_outcome const& operator()(rc::studio_goal const& goal, std::deque<fate> const& answers,
                                       std::uint64_t limit_ms = 120'000) {
        fates = answers;
        rc::goal_machine machine(goal, key, room, now_ms + limit_ms, options);
        outcome = drive(machine);
        return outcome;
    }
    [[nodiscard]] std::string actions() const {
        std::string out;
        for (sending const& one : sent) out += (out.empty() ? "" : " ") + one.field("Action").substr(7);
        return out;
    }
};

std::string words(rc::goal_outcome const& outcome) {
    std::string out;
    rc::describe(out, outcome);
    return out;
}

} // namespace

TEST_CASE("a studio is looked at, restarted, and looked at until its StartTime is later") {
    pursuit go;
    auto const& said = go(rc::restart_studio(id), {studio(1, before), success(), studio(1, before), studio(1, after)});
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.change.ran == rc::executed::yes);
    CHECK(said.change.why == rc::ran_evidence::answer);
    CHECK(said.on_air == rc::on_air_evidence::start_time_later);
    CHECK(said.state == rc::studio_state::streaming);
    CHECK(said.looks == 3);
    CHECK(said.changes == 1);
    CHECK(said.request_id.text() == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31");
    CHECK_FALSE(said.has_error);
    CHECK(go.actions() == "DescribeCasters RestartCaster DescribeCasters DescribeCasters");
    CHECK(go.sent[0].field("CasterId") == "CasterId=" + std::string(id));
    CHECK(go.sent[1].field("CasterId") == "CasterId=" + std::string(id));
    CHECK(go.sent[0].field("RegionId").empty());
    // Exchanges take 40 ms, the pause before each look after the restart 5 s.
    CHECK(go.sent[1].at_ms == start_ms + 40);
    CHECK(go.sent[2].at_ms == start_ms + 80 + 5'000);
    CHECK(go.sent[3].at_ms == start_ms + 120 + 10'000);
    for (rc::step const& wait : go.waits) CHECK((wait.why == rc::waiting_for::studio || wait.until_ms == start_ms));
    CHECK(words(said) == "the studio is in the wanted state; the change ran (as the answer says); on air again "
                         "(StartTime is later than before)");
}

TEST_CASE("a studio whose StartTime stays is on air again after 30 s of streaming") {
    pursuit go;
    std::deque<fate> answers{studio(1, before), success()};
    for (int i = 0; i != 20; ++i) answers.push_back(studio(1, before));
    auto const& said = go(rc::restart_studio(id), answers);
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.on_air == rc::on_air_evidence::steady);
    CHECK(go.sent.back().at_ms >= start_ms + 30'000);
    CHECK(go.sent.back().at_ms < start_ms + 36'000);

    // A look that shows it idle starts the 30 s anew: at 5 s it is idle, so 35 s are not enough.
    pursuit again;
    answers[2] = studio(0, "");
    CHECK(again(rc::restart_studio(id), answers).on_air == rc::on_air_evidence::steady);
    CHECK(again.sent.back().at_ms >= start_ms + 35'000);
}

TEST_CASE("what cannot be restarted is not restarted") {
    pursuit a, b, c, d;
    CHECK(a(rc::restart_studio(id), {no_studio()}).end == rc::goal_end::not_found);
    CHECK(b(rc::restart_studio(id), {studio(1, before, "2021-12-01T05:08:45Z", 4)}).end == rc::goal_end::is_virtual);
    CHECK(c(rc::restart_studio(id), {studio(0, "")}).end == rc::goal_end::is_idle);
    CHECK(d(rc::restart_studio("another"), {studio(1, before)}).end == rc::goal_end::not_found);
    for (pursuit const* go : {&a, &b, &c, &d}) {
        CHECK(go->actions() == "DescribeCasters");
        CHECK(go->outcome.change.ran == rc::executed::no);
        CHECK(go->outcome.changes == 0);
    }
    CHECK(words(c.outcome) == "the studio is idle: start it");
}

TEST_CASE("a studio with an unknown state or kind is restarted: the service decides") {
    pursuit go;
    CHECK(go(rc::restart_studio(id), {studio(7, before, "", 9), success(), studio(1, after)}).end == rc::goal_end::reached);
}

TEST_CASE("a first look that fails ends the goal, and nothing was changed") {
    pursuit go;
    auto const& said = go(rc::restart_studio(id), {refusal(403, "Forbidden.RAM")});
    CHECK(said.end == rc::goal_end::failed);
    CHECK(said.change.ran == rc::executed::no);
    REQUIRE(said.has_error);
    CHECK(said.error.code == rc::service_code::permission);
    CHECK(said.error.code_text == "Forbidden.RAM");
    CHECK(said.error.action == "DescribeCasters");
    CHECK(said.error.permission == "live:DescribeCasters");
    CHECK(words(said).starts_with("a call failed: "));
    CHECK(words(said).find("live:DescribeCasters") != std::string::npos);
}

TEST_CASE("an answer that is no list of studios is no look") {
    pursuit go;
    auto const& said = go(rc::restart_studio(id), {{.body = R"({"Total":1})", .headers = {}}});
    CHECK(said.end == rc::goal_end::failed);
    CHECK(said.error.cause.code == rc::errc::request_id_missing);
    CHECK(go.actions() == "DescribeCasters");
}

TEST_CASE("a refused restart ends the goal with the words of the service") {
    pursuit go;
    auto const& said = go(rc::restart_studio(id), {studio(1, before), refusal(400, "IncorrectSceneStatus")});
    CHECK(said.end == rc::goal_end::failed);
    CHECK(said.change.ran == rc::executed::no);
    CHECK(said.change.why == rc::ran_evidence::answer);
    CHECK(said.error.code_text == "IncorrectSceneStatus");
    CHECK(said.error.permission == "live:RestartCaster");
    CHECK(go.sent.size() == 2);
}

TEST_CASE("a restart that certainly did not run is sent again, unless one attempt is allowed") {
    for (int attempts : {5, 1}) {
        pursuit go;
        go.options.call.retry.attempts = static_cast<std::uint16_t>(attempts);
        auto const& said = go(rc::restart_studio(id), {studio(1, before), throttle(700), success(), studio(1, after)});
        CHECK(said.end == (attempts == 5 ? rc::goal_end::reached : rc::goal_end::failed));
        CHECK(said.changes == (attempts == 5 ? 2 : 1));
    }
}

TEST_CASE("a restart that may have run is never sent again, whatever the policy for retries") {
    for (auto policy : {rc::retry_policy::by_operation, rc::retry_policy::at_most_once, rc::retry_policy::idempotent}) {
        pursuit go;
        go.options.call.retry.policy = policy;
        auto const& said = go(rc::restart_studio(id), {studio(1, before), lost()});
        CHECK(said.end == rc::goal_end::failed);
        CHECK(said.change.ran == rc::executed::maybe);
        CHECK(said.change.why == rc::ran_evidence::not_compared);
        CHECK(said.error.what_to_do == rc::advice::look_first);
        CHECK(go.actions() == "DescribeCasters RestartCaster");
    }
}

TEST_CASE("a success without a request id is no answer to a restart") {
    pursuit go;
    auto const& said = go(rc::restart_studio(id), {studio(1, before), {.body = "{}", .headers = {}}});
    CHECK(said.change.ran == rc::executed::maybe);
    CHECK(said.error.cause.code == rc::errc::request_id_missing);
    CHECK(said.end == rc::goal_end::failed);
}

TEST_CASE("a later StartTime proves that a restart ran") {
    pursuit go;
    go.options.reconcile = true;
    auto const& said = go(rc::restart_studio(id), {studio(1, before), lost(), studio(1, before), studio(1, after)});
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.change.ran == rc::executed::yes);
    CHECK(said.change.why == rc::ran_evidence::start_time_later);
    CHECK(go.actions() == "DescribeCasters RestartCaster DescribeCasters DescribeCasters");
    CHECK(said.request_id.text().empty());
}

TEST_CASE("the same times prove that a restart did not run, but not too early") {
    pursuit go;
    go.options.reconcile = true;
    go.options.unchanged_after_ms = 60'000;
    std::deque<fate> answers{studio(1, before), lost()};
    for (int i = 0; i != 40; ++i) answers.push_back(studio(1, before));
    auto const& said = go(rc::restart_studio(id), answers);
    CHECK(said.end == rc::goal_end::failed);
    CHECK(said.change.ran == rc::executed::no);
    CHECK(said.change.why == rc::ran_evidence::times_unchanged);
    CHECK(said.error.ran == rc::executed::no);
    CHECK(said.error.what_to_do == rc::advice::try_again);
    CHECK(go.sent.back().at_ms - go.sent[1].at_ms >= 60'000);
    CHECK(go.sent.back().at_ms - go.sent[1].at_ms < 66'000);

    pursuit early;
    early.options.reconcile = true;
    CHECK(early(rc::restart_studio(id), answers).end == rc::goal_end::out_of_time);
    CHECK(early.outcome.change.ran == rc::executed::maybe);
    CHECK(early.outcome.change.why == rc::ran_evidence::too_early);
    CHECK(words(early.outcome).starts_with("the deadline has come; the change may have run (the studio is unchanged, but it is "
                                           "too early to tell): "));
}

TEST_CASE("what two looks prove of a restart between them") {
    using why = rc::ran_evidence;
    constexpr std::int64_t now = 1'000'000;
    auto const look = [](std::int64_t modified, std::int64_t started, rc::studio_state state = rc::studio_state::streaming) {
        return rc::studio_look{.found = true, .state = state, .modified = modified, .started = started};
    };
    auto const why_of = [&](rc::studio_look const& a, rc::studio_look const& b, std::uint64_t after_ms = 60'000) {
        auto const verdict = rc::compare_restart(a, b, now, after_ms, 60'000);
        rc::executed const right = verdict.why == why::start_time_later  ? rc::executed::yes
                                   : verdict.why == why::times_unchanged ? rc::executed::no
                                                                         : rc::executed::maybe;
        CHECK(verdict.ran == right);
        return verdict.why;
    };
    constexpr std::int64_t old = now - 16 * 60 - 1;
    CHECK(why_of(look(old, 500), look(old, 501)) == why::start_time_later);
    CHECK(why_of(look(old, 500), look(old + 9, 501), 0) == why::start_time_later);
    CHECK(why_of(look(old, 500), look(old, 500)) == why::times_unchanged);
    CHECK(why_of(look(old, 500), look(old, 500), 59'999) == why::too_early);
    CHECK(why_of(look(old + 1, 500), look(old + 1, 500)) == why::changed_lately);
    CHECK(why_of(look(now + 60, 500), look(now + 60, 500)) == why::changed_lately);
    CHECK(why_of(look(old, 500), look(old + 1, 500)) == why::only_modified);
    CHECK(why_of(look(old, 500), look(old - 1, 500)) == why::times_unclear);
    CHECK(why_of(look(old, 500), look(old, 499)) == why::times_unclear);
    CHECK(why_of(look(old, -1), look(old, 500)) == why::times_unclear);
    CHECK(why_of(look(old, 500), look(old, -1)) == why::times_unclear);
    CHECK(why_of(look(-1, 500), look(old, 500)) == why::times_unclear);
    CHECK(why_of(look(old, 500), look(-1, 500)) == why::times_unclear);
    CHECK(why_of(look(old, 500), look(old, 501, rc::studio_state::idle)) == why::state_not_reached);
    CHECK(why_of(look(old, 500), look(old, 501, rc::studio_state::unknown)) == why::state_not_reached);
}

TEST_CASE("the two time formats of DescribeCasters are read") {
    // GNU date: date -u -d "2021-12-01 05:08:45" +%s
    static_assert(rc::detail::time_in("2021-12-01T05:08:45Z") == 1'638'335'325);
    static_assert(rc::detail::time_in("2017-08-30 18:02:57.0") == 1'504'116'177);
    static_assert(rc::detail::time_in("2024-02-29T23:59:59Z") == 1'709'251'199);
    for (std::string_view text : {"", "2021-12-01", "2021-12-01T05:08:4", "2021/12/01T05:08:45Z", "2021-13-01T05:08:45Z",
                                  "2021-00-01T05:08:45Z", "2021-02-29T05:08:45Z", "2021-12-00T05:08:45Z",
                                  "2021-12-01T24:08:45Z", "2021-12-01T05:60:45Z", "2021-12-01T05:08:61Z",
                                  "1969-12-01T05:08:45Z", "2021-12-01x05:08:45Z", "2021-12-01T05:0a:45Z", "-021-12-01T05:08:45Z"})
        CHECK(rc::detail::time_in(text) == -1);
}

TEST_CASE("a running studio stays as it is, an idle one is started, and the stream is asked for") {
    pursuit there;
    CHECK(there(rc::ensure_running(id), {studio(1, before)}).end == rc::goal_end::reached);
    CHECK(there.outcome.change.ran == rc::executed::no);
    CHECK(there.outcome.changes == 0);

    pursuit go;
    auto const& said = go(rc::ensure_running(id, address), {studio(0, ""), success(), studio(0, ""), studio(1, after),
                                                            stream("offline"), studio(1, after), lost(), stream("online")});
    CHECK(said.end == rc::goal_end::reached);
    CHECK(said.stream_online);
    CHECK(go.actions() == "DescribeCasters StartCaster DescribeCasters DescribeCasters DescribeLiveStreamState DescribeCasters "
                          "DescribeLiveStreamState DescribeLiveStreamState");
    CHECK(go.sent[4].field("DomainName") == "DomainName=play.example.com");
    CHECK(go.sent[4].field("AppName") == "AppName=caster");
    CHECK(go.sent[4].field("StreamName") == "StreamName=programme");
}

TEST_CASE("a studio that stops while its stream is asked for is started") {
    pursuit go;
    CHECK(go(rc::ensure_running(id, address), {studio(1, before), stream("offline"), studio(0, ""), success(), studio(1, after),
                                               stream("online")}).end == rc::goal_end::reached);
    CHECK(go.outcome.changes == 1);
}

TEST_CASE("a running studio is stopped, and stopping is not repeated") {
    pursuit go;
    CHECK(go(rc::ensure_stopped(id), {studio(1, before), success(), studio(1, before), studio(0, "")}).end ==
          rc::goal_end::reached);
    CHECK(go.outcome.state == rc::studio_state::idle);
    CHECK(go.actions() == "DescribeCasters StopCaster DescribeCasters DescribeCasters");

    pursuit unsure;
    unsure.options.reconcile = true;
    CHECK(unsure(rc::ensure_stopped(id), {studio(1, before), lost(), studio(1, before), studio(0, "")}).end ==
          rc::goal_end::reached);
    CHECK(unsure.outcome.change.why == rc::ran_evidence::state_changed);
    CHECK(unsure.outcome.change.ran == rc::executed::yes);
    CHECK(unsure.actions() == "DescribeCasters StopCaster DescribeCasters DescribeCasters");
}

TEST_CASE("waiting for a state changes nothing") {
    pursuit go;
    CHECK(go(rc::wait_until(id, rc::studio_state::idle), {studio(1, before), refusal(403, "Forbidden.RAM"), studio(0, "")}).end ==
          rc::goal_end::reached);
    CHECK(go.actions() == "DescribeCasters DescribeCasters DescribeCasters");
    pursuit long_one;
    CHECK(long_one(rc::wait_until(id, rc::studio_state::idle), {studio(1, before), studio(1, before)}, 8'000).end ==
          rc::goal_end::out_of_time);
    CHECK(long_one.now_ms <= start_ms + 8'000);
}

TEST_CASE("a goal with an id or an address that cannot be right sends nothing") {
    pursuit a, b, c;
    CHECK(a(rc::restart_studio(""), {}).end == rc::goal_end::failed);
    CHECK(a.outcome.error.cause.code == rc::errc::parameter_missing);
    CHECK(a.outcome.error.cause.subject == "CasterId");
    CHECK(b(rc::restart_studio("\"x\""), {}).error.kind == rc::error_kind::local);
    CHECK(b.sent.empty());
    auto goal = rc::restart_studio(id);
    goal.region_id = "cn shanghai ";
    CHECK(c(goal, {}).error.cause.subject == "RegionId");
    CHECK(c.sent.empty());
}

TEST_CASE("the region goes with every request") {
    pursuit go;
    auto goal = rc::restart_studio(id, address);
    goal.region_id = "cn-shanghai";
    CHECK(go(goal, {studio(1, before), success(), studio(1, after), stream("online")}).end == rc::goal_end::reached);
    for (sending const& one : go.sent) CHECK(one.field("RegionId") == "RegionId=cn-shanghai");
}

TEST_CASE("each operation keeps to its own pace") {
    pursuit go;
    struct counting {
        int turns = 0;
        std::uint32_t reserve(std::uint64_t, std::uint32_t) noexcept { return ++turns, 0; }
        void throttled(std::uint64_t, std::uint32_t) noexcept {}
    } looks, changes, streams;
    go.options.look_pace = looks;
    go.options.call.pace = changes;
    go.options.stream_pace = streams;
    CHECK(go(rc::restart_studio(id, address), {studio(1, before), success(), studio(1, after), stream("online")}).end ==
          rc::goal_end::reached);
    CHECK(looks.turns == 2);
    CHECK(changes.turns == 1);
    CHECK(streams.turns == 1);
}
