// SPDX-License-Identifier: MIT
// Looks at studios: what a table shows of a studio, and whether it can be restarted.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters"; docs/design.md, "Goals".
// Data flow: ids in, one look for each out.
#ifndef RESTARTCASTER_CLI_LOOKS_HPP
#define RESTARTCASTER_CLI_LOOKS_HPP

#include "session.hpp"

#include <restartcaster/client/pages.hpp>

#include <map>

/// A studio as it is shown: texts without secrets and without characters that no screen shows.
struct studio_row {
    std::string id = {};
    rc::studio_look seen = {};
    std::string kind = {};
    std::string since = {};
    std::string region = {};
    std::string name = {};
    std::string last_modified = {};

    [[nodiscard]] char const* state() const noexcept {
        switch (seen.state) {
        case rc::studio_state::idle: return "idle";
        case rc::studio_state::streaming: return "on air";
        case rc::studio_state::unknown: break;
        }
        return seen.found ? "unknown" : "not found";
    }
};

/// Text of the service for a person or for JSON.
inline std::string shown(std::string_view text) {
    return text_of([&](auto& sink) { rc::append_foreign(sink, text); });
}

inline std::string kind_of(rc::number norm_type) {
    switch (norm_type.value_or(-1)) {
    case 1: return "general";
    case 3: return "lightweight carousel";
    case 4: return "virtual";
    case 0: // as answers say; requests have 6
    case 6: return "playlist";
    case -1: return "-";
    default: return std::to_string(norm_type.value());
    }
}

inline studio_row row_of(rc::live::describe_casters::caster const& studio, std::string_view region) {
    studio_row row;
    row.id = shown(studio.caster_id);
    row.seen.found = true;
    row.seen.is_virtual = studio.norm_type == rc::number(4);
    if (studio.status == rc::number(0)) row.seen.state = rc::studio_state::idle;
    if (studio.status == rc::number(1)) row.seen.state = rc::studio_state::streaming;
    row.kind = kind_of(studio.norm_type);
    row.last_modified = shown(studio.last_modified);
    row.since = row.seen.state == rc::studio_state::streaming ? shown(studio.start_time) : row.last_modified;
    row.region = region.empty() ? "-" : std::string(region);
    row.name = shown(studio.caster_name);
    return row;
}

/// The storage for one page of 100 studios with their tags.
inline constexpr std::size_t page_bytes = std::size_t{1} << 20;

/// The functions below return the error, if there is one.
/// Storage: the error points into `room`.
using call_fault = std::optional<rc::call_error>;

/// All studios: `take` gets each row.
template <class Scheme>
call_fault walk(session<Scheme>& over, std::span<char> room, auto const& take) {
    rc::pages pages(over, rc::live::describe_casters{.region_id = over.at.region_id}, rc::room(room));
    for (auto const& page : pages)
        for (auto const& studio : page.casters) take(row_of(studio, over.at.region_id));
    if (!pages.complete()) return pages.error();
    return {};
}

/// One studio; `seen.found` is false if the account does not have it.
template <class Scheme>
call_fault look_at(session<Scheme>& over, std::string_view id, std::span<char> room, studio_row& to) {
    auto const reply =
        over.call(rc::live::describe_casters{.caster_id = id, .region_id = over.at.region_id}, rc::room(room));
    if (!reply) return reply.error();
    to = {};
    to.id = std::string(id);
    for (auto const& studio : reply->casters)
        if (studio.caster_id == id) to = row_of(studio, over.at.region_id);
    return {};
}

/// Several studios. Many are looked for among all studios of the account: 100 of them take one call.
template <class Scheme>
call_fault look_at_all(session<Scheme>& over, std::span<std::string const> ids, std::span<char> room,
                       std::vector<studio_row>& rows) {
    constexpr std::size_t few = 10;
    std::map<std::string, studio_row, std::less<>> known;
    if (ids.size() > few)
        if (auto fault = walk(over, room, [&known](studio_row row) { known.emplace(row.id, std::move(row)); })) return fault;
    for (std::string const& id : ids) {
        studio_row& row = rows.emplace_back();
        if (auto const found = known.find(id); found != known.end())
            row = found->second;
        // A studio that was made or moved between two pages can be missing, so it is looked at alone.
        else if (auto fault = look_at(over, id, room, row))
            return fault;
    }
    return {};
}

#endif
