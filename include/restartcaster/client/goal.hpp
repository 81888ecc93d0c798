// SPDX-License-Identifier: MIT
// Goals for a studio, such as "restarted and on air again": what is asked for, the options, and the outcome.
// Source: docs/design.md, "Goals"; ApsaraVideo Live API 2016-11-01.
// Data flow: a program states a goal; goal_machine pursues it and returns the outcome; describe() prints the outcome.
#ifndef RESTARTCASTER_CLIENT_GOAL_HPP
#define RESTARTCASTER_CLIENT_GOAL_HPP
#pragma once

#include "call_machine.hpp"
#include "studio_look.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The operation that changes the studio.
enum class studio_change : std::uint8_t { none, restart, start, stop };

/// A live stream, as DescribeLiveStreamState names it. The parts are in the URL of the stream: rtmp://domain/app/name.
/// Storage: views.
struct stream_address {
    /// The domain name, the application name and the name of the stream.
    std::string_view domain = {};
    std::string_view app = {};
    std::string_view name = {};
};

/// A wanted state of a studio, and the operation that leads to it.
/// Storage: views; the texts must outlive the machine, and must not lie in its storage.
struct studio_goal {
    /// The studio's id.
    std::string_view caster_id;
    /// The operation that is sent, at most once.
    studio_change change = studio_change::none;
    /// The state that is waited for.
    studio_state wanted = studio_state::streaming;
    /// The stream that must be online before a goal with the state streaming is reached; not asked for if `name` is empty.
    stream_address stream = {};
    /// The region, e.g. "cn-shanghai"; if empty, the requests have no RegionId.
    std::string_view region_id = {};
};

/// The studio is restarted and is on air again.
[[nodiscard]] constexpr studio_goal restart_studio(std::string_view caster_id, stream_address const& verified = {}) noexcept {
    return {caster_id, studio_change::restart, studio_state::streaming, verified, {}};
}
/// The studio is on air; it is started if it is idle.
[[nodiscard]] constexpr studio_goal ensure_running(std::string_view caster_id, stream_address const& verified = {}) noexcept {
    return {caster_id, studio_change::start, studio_state::streaming, verified, {}};
}
/// The studio is idle; it is stopped if it is on air.
[[nodiscard]] constexpr studio_goal ensure_stopped(std::string_view caster_id) noexcept {
    return {caster_id, studio_change::stop, studio_state::idle, {}, {}};
}
/// The studio is in this state; nothing is sent that changes it.
[[nodiscard]] constexpr studio_goal wait_until(std::string_view caster_id, studio_state wanted,
                                               stream_address const& verified = {}) noexcept {
    return {caster_id, studio_change::none, wanted, verified, {}};
}

/// The options of a goal. The limit of calls per second is per operation, so each operation has its own pace.
struct goal_options {
    /// The options of every call. `retry.policy` has no effect: looks are repeated, and a change that may have run is never
    /// sent again. With `retry.attempts` 1, a change is not sent again after a proof that it did not run either. `pace` is that
    /// of the change.
    call_options call = {};
    /// The pace of DescribeCasters, and that of DescribeLiveStreamState.
    pace_ref look_pace = {};
    pace_ref stream_pace = {};
    /// The longest time of one call in milliseconds. After it the goal goes on with a look.
    std::uint32_t call_limit_ms = 30'000;
    /// Milliseconds between two looks.
    std::uint32_t look_every_ms = 5'000;
    /// Milliseconds after a restart. The service has no state "restarting". If StartTime does not move, a studio counts as on
    /// air again when every look in this time, and one after it, shows it streaming.
    std::uint32_t steady_after_ms = 30'000;
    /// Whether a change that may have run is resolved by comparing the studio before and after it. The rule was not seen at
    /// the live service; docs/design.md lists its doubts.
    bool reconcile = false;
    /// Milliseconds from sending a restart to a look that may prove that it did not run: the longest time in which the request
    /// can arrive and be accepted, and the time until DescribeCasters shows it. The default has one minute for the latter.
    std::uint32_t unchanged_after_ms = longest_on_the_way_ms + 60'000;
};

/// How a goal ended.
enum class goal_end : std::uint8_t {
    /// It has not ended.
    open,
    /// The studio is in the wanted state.
    reached,
    /// The account has no such studio.
    not_found,
    /// A virtual studio cannot be restarted; nothing was sent.
    is_virtual,
    /// An idle studio cannot be restarted, see ensure_running(); nothing was sent.
    is_idle,
    /// A call failed; goal_outcome::error is the reason, goal_outcome::ran says whether the change ran.
    failed,
    /// The deadline has come.
    out_of_time,
    /// The program called abandon().
    abandoned,
};

/// The fact that shows that a restarted studio is on air again.
enum class on_air_evidence : std::uint8_t {
    /// It was not shown.
    none,
    /// It is streaming with a StartTime later than the one before.
    start_time_later,
    /// A callback with the RequestId of the restart says "Success", and a look after it shows the studio streaming.
    callback,
    /// Every look for goal_options::steady_after_ms showed it streaming. The service may still be about to restart it.
    steady,
};

/// The id of a request in bytes of its own.
struct kept_id {
    /// The longest text in bytes. A longer id is cut at its end.
    static constexpr std::size_t most = 63;
    /// The text and its length in bytes; text() is the view of both.
    std::array<char, most> bytes = {};
    std::uint8_t size = 0;

    /// The id.
    [[nodiscard]] constexpr std::string_view text() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return detail::text_at(bytes.data(), size);
    }
    /// Keeps a text.
    [[nodiscard]] static constexpr kept_id of(std::string_view text) noexcept {
        kept_id out;
        for (char const c : detail::part(text, 0, most)) out.bytes[out.size++] = c;
        return out;
    }
};

/// What became of a goal. True at every moment: while the request of the change is out, `ran` is `maybe`.
struct goal_outcome {
    /// How it ended.
    goal_end end = goal_end::open;
    /// Whether the change ran, and why. `yes` by comparison means that the studio was started, restarted or stopped since the
    /// first look, perhaps by somebody else.
    ran_verdict change = {executed::no, ran_evidence::answer};
    /// The state in the last look.
    studio_state state = studio_state::unknown;
    /// What shows that a restarted studio is on air again.
    on_air_evidence on_air = on_air_evidence::none;
    /// Whether the stream was online when it was last asked for.
    bool stream_online = false;
    /// The looks that were answered, and the requests of the change that were sent.
    std::uint16_t looks = 0;
    std::uint16_t changes = 0;
    /// The RequestId of the change; empty without an answer.
    kept_id request_id = {};
    /// Whether a call failed: the change, or if it did not fail, the last call that failed.
    bool has_error = false;
    /// Its error. The texts of the service are empty once another call was made in the same storage.
    call_error error = {};
};

/// What a goal is doing.
enum class goal_phase : std::uint8_t {
    /// Waits for the next look.
    resting,
    /// Calls DescribeCasters.
    looking,
    /// Calls the operation that changes the studio.
    changing,
    /// Calls DescribeLiveStreamState.
    asking_stream,
    /// outcome() is final.
    done,
};

/// What a goal is doing, since when, and until when at the latest. Moments in milliseconds of the monotonic clock.
struct goal_progress {
    /// The phase.
    goal_phase what;
    /// Its first moment and its last one.
    std::uint64_t since_ms;
    std::uint64_t until_ms;
};

/// The sentence of a value, without a full stop: static text.
[[nodiscard]] constexpr std::string_view message(goal_end end) noexcept {
    switch (end) {
    case goal_end::open: return "the goal is being pursued"sv;
    case goal_end::reached: return "the studio is in the wanted state"sv;
    case goal_end::not_found: return "the account has no such studio"sv;
    case goal_end::is_virtual: return "a virtual studio cannot be restarted"sv;
    case goal_end::is_idle: return "the studio is idle: start it"sv;
    case goal_end::failed: return "a call failed"sv;
    case goal_end::out_of_time: return "the deadline has come"sv;
    case goal_end::abandoned: return "the goal was abandoned"sv;
    }
    return {};
}
[[nodiscard]] constexpr std::string_view message(ran_evidence why) noexcept {
    switch (why) {
    case ran_evidence::answer: return "as the answer says"sv;
    case ran_evidence::start_time_later: return "StartTime is later than before"sv;
    case ran_evidence::state_changed: return "the state of the studio has changed"sv;
    case ran_evidence::times_unchanged: return "StartTime and LastModified are the same as before"sv;
    case ran_evidence::not_compared: return "the studio was not compared"sv;
    case ran_evidence::too_early: return "the studio is unchanged, but it is too early to tell"sv;
    case ran_evidence::changed_lately: return "the studio is unchanged, but it was changed shortly before"sv;
    case ran_evidence::only_modified: return "LastModified is later and StartTime is not"sv;
    case ran_evidence::times_unclear: return "the times of the studio are missing or went back"sv;
    case ran_evidence::state_not_reached: return "the studio is not in the state that was asked for"sv;
    }
    return {};
}
[[nodiscard]] constexpr std::string_view message(on_air_evidence shown) noexcept {
    switch (shown) {
    case on_air_evidence::none: return "nothing shows that it is on air again"sv;
    case on_air_evidence::start_time_later: return "StartTime is later than before"sv;
    case on_air_evidence::callback: return "a callback says so"sv;
    case on_air_evidence::steady: return "it was streaming all the time"sv;
    }
    return {};
}

/// Appends the outcome in words: how it ended, whether the change ran and why, and the error if there is one.
template <byte_sink Sink>
constexpr void describe(Sink& sink, goal_outcome const& outcome) noexcept {
    detail::append_to(sink, message(outcome.end));
    if (outcome.changes != 0) {
        switch (outcome.change.ran) {
        case executed::no: detail::append_to(sink, "; the change did not run ("sv); break;
        case executed::maybe: detail::append_to(sink, "; the change may have run ("sv); break;
        case executed::yes: detail::append_to(sink, "; the change ran ("sv); break;
        }
        detail::append_to(sink, message(outcome.change.why));
        detail::append_to(sink, ")"sv);
    }
    if (outcome.on_air != on_air_evidence::none) {
        detail::append_to(sink, "; on air again ("sv);
        detail::append_to(sink, message(outcome.on_air));
        detail::append_to(sink, ")"sv);
    }
    if (outcome.has_error && outcome.end != goal_end::reached) {
        detail::append_to(sink, ": "sv);
        describe(sink, outcome.error);
    }
}

}} // namespace restartcaster

#endif
