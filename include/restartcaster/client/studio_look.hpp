// SPDX-License-Identifier: MIT
// What one look at a studio shows, and what two looks prove about the restart between them.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters" (Status, NormType, StartTime, LastModified); docs/design.md,
//   "Goals".
// Data flow: the reply of DescribeCasters in, a look out; two looks in, a verdict out. Pure functions without a clock.
#ifndef RESTARTCASTER_CLIENT_STUDIO_LOOK_HPP
#define RESTARTCASTER_CLIENT_STUDIO_LOOK_HPP
#pragma once

#include "../core/time_text.hpp"
#include "../operations/live/studios.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// Whether a studio is on air, as DescribeCasters shows it.
enum class studio_state : std::uint8_t {
    /// No look has shown the state.
    unknown,
    /// Status 0.
    idle,
    /// Status 1.
    streaming,
};

/// What one look shows of a studio. The times are seconds since 1970 of the date that was read; -1 if it is absent or has
/// another format. The vendor states no time zone for StartTime, so it is compared with another StartTime only.
struct studio_look {
    /// Whether the account has the studio.
    bool found = false;
    /// NormType 4, a kind that RestartCaster refuses.
    bool is_virtual = false;
    /// Whether it is on air.
    studio_state state = studio_state::unknown;
    /// LastModified, in UTC.
    std::int64_t modified = -1;
    /// StartTime, in the service's own zone.
    std::int64_t started = -1;
};

/// The facts on which the answer to "did the request run?" rests; with `maybe`, the reason why it stays open.
enum class ran_evidence : std::uint8_t {
    /// Nothing was sent, or the answer says it.
    answer,
    /// yes: StartTime is later than in the look before the request.
    start_time_later,
    /// yes: the state changed from the one before the request to the one that was asked for.
    state_changed,
    /// no: StartTime and LastModified are the same after goal_options::unchanged_after_ms.
    times_unchanged,
    /// maybe: the times were not to be compared (goal_options::reconcile).
    not_compared,
    /// maybe: the times are the same, but a request that is on its way could still run, or the change could still be hidden.
    too_early,
    /// maybe: the times are the same, but the studio was changed so shortly before the request that a restart in the same
    /// second is possible.
    changed_lately,
    /// maybe: LastModified moved and StartTime did not; another change of the studio does the same.
    only_modified,
    /// maybe: a time is missing, cannot be read or went back.
    times_unclear,
    /// maybe: the studio is not in the state that the request leads to.
    state_not_reached,
};

/// Whether a request ran, with the facts on which this rests.
struct ran_verdict {
    /// Whether it ran.
    executed ran = executed::maybe;
    /// Why.
    ran_evidence why = ran_evidence::not_compared;
};

/// What a reply of DescribeCasters shows of the studio `caster_id`.
[[nodiscard]] constexpr studio_look look_of(live::describe_casters::reply const& reply, std::string_view caster_id) noexcept {
    studio_look seen;
    for (auto const& studio : reply.casters) {
        if (studio.caster_id != caster_id) continue;
        seen.found = true;
        seen.is_virtual = studio.norm_type == number(4);
        if (studio.status == number(0)) seen.state = studio_state::idle;
        if (studio.status == number(1)) seen.state = studio_state::streaming;
        seen.modified = detail::time_in(studio.last_modified);
        seen.started = detail::time_in(studio.start_time);
    }
    return seen;
}

/// The largest difference between the clock of this machine and the service's clock with which a request is accepted, and one
/// minute more.
/// Units: seconds.
inline constexpr std::int64_t clock_error_s = 16 * 60;

/// The longest time for which the service accepts a signed request: 15 minutes before its Timestamp and 15 minutes after it.
/// Units: milliseconds.
inline constexpr std::uint32_t longest_on_the_way_ms = 30 * 60 * 1000;

/// Compares a look before a restart with a look after it.
/// `sent_utc_s`: the time at which the request was signed. `after_ms`: milliseconds from sending the request to sending the
/// later look. `unchanged_after_ms`: see goal_options. The rule rests on the vendor's documents: StartTime is the time at which
/// streaming started, LastModified the time of the last start, stop or change. It was not seen at the live service.
[[nodiscard]] constexpr ran_verdict compare_restart(studio_look const& before, studio_look const& after,
                                                    std::int64_t sent_utc_s, std::uint64_t after_ms,
                                                    std::uint32_t unchanged_after_ms) noexcept {
    if (after.state != studio_state::streaming) return {executed::maybe, ran_evidence::state_not_reached};
    if (before.started < 0 || after.started < before.started) return {executed::maybe, ran_evidence::times_unclear};
    if (after.started > before.started) return {executed::yes, ran_evidence::start_time_later};
    if (before.modified < 0 || after.modified < before.modified) return {executed::maybe, ran_evidence::times_unclear};
    if (after.modified > before.modified) return {executed::maybe, ran_evidence::only_modified};
    // The times have whole seconds, and the clock of this machine may be wrong.
    if (sent_utc_s - clock_error_s <= before.modified) return {executed::maybe, ran_evidence::changed_lately};
    if (after_ms < unchanged_after_ms) return {executed::maybe, ran_evidence::too_early};
    return {executed::no, ran_evidence::times_unchanged};
}

}} // namespace restartcaster

#endif
