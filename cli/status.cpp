// SPDX-License-Identifier: MIT
// The command `status`: studios with their scenes and the states of the scenes' streams.
// Source: command_table.cpp; ApsaraVideo Live API 2016-11-01, "DescribeCasterScenes", "DescribeLiveStreamState".
// Data flow: ids -> looks, scenes and stream states -> lines or JSON.
#include "rows.hpp"
#include "streams.hpp"
#include "terminal.hpp"

namespace {

struct scene_row {
    std::string id = {}, name = {}, output = {}, stream_state = {};
    bool on = false;
    programme_stream stream = {};
};

std::string address(programme_stream const& stream) {
    return stream.name.empty() ? "" : stream.domain + '/' + stream.app + '/' + stream.name;
}

/// The scenes of one studio; returns the error of the first call that failed.
template <class Scheme>
call_fault find_scenes(session<Scheme>& over, std::string_view id, std::span<char> room, std::vector<scene_row>& to) {
    auto const reply =
        over.call(rc::live::describe_caster_scenes{.caster_id = id, .region_id = over.at.region_id}, rc::room(room));
    if (!reply) return reply.error();
    for (auto const& scene : reply->scenes) {
        scene_row row{.id = shown(scene.scene_id), .name = shown(scene.scene_name)};
        row.output = scene.output_type == "1" ? "programme" : scene.output_type == "0" ? "preview" : "-";
        row.on = scene.status == rc::number(1);
        row.stream = stream_in(scene.stream_url);
        to.push_back(std::move(row));
    }
    for (scene_row& row : to) {
        if (row.stream.name.empty()) continue;
        auto const state = over.call(rc::live::describe_live_stream_state{.app_name = row.stream.app,
                                                                          .domain_name = row.stream.domain,
                                                                          .stream_name = row.stream.name},
                                     rc::room(room));
        if (!state) return state.error();
        row.stream_state = shown(state->stream_state);
    }
    return {};
}

std::string lines_of(studio_row const& studio, std::vector<scene_row> const& scenes) {
    std::string text = is_terminal(stdout) && studio.seen.state == rc::studio_state::streaming
                           ? studio.id + '\t' + coloured(studio.state(), "32") + line_of(studio).substr(studio.id.size() + 7)
                           : line_of(studio);
    for (scene_row const& scene : scenes) {
        text += "\n  scene " + scene.id + '\t' + scene.output + '\t' + (scene.on ? "on" : "off") + '\t' + scene.name;
        if (!scene.stream.name.empty()) text += "\n  stream " + address(scene.stream) + '\t' + scene.stream_state;
    }
    return text;
}

json_object json_of_all(studio_row const& studio, std::vector<scene_row> const& scenes) {
    json_object json = json_of(studio), listed = json_object::array();
    for (scene_row const& scene : scenes)
        listed.push_back({{"id", scene.id}, {"name", scene.name}, {"output", scene.output}, {"on", scene.on},
                          {"stream", address(scene.stream)}, {"stream_state", scene.stream_state}});
    json["scenes"] = std::move(listed);
    return json;
}

} // namespace

exit_status status(status_arguments& wanted) {
    return connected(wanted.at, [&wanted](auto& over) {
        std::vector<char> room(page_bytes);
        return watched(wanted.watch_ms, wanted.at.json, [&](std::string_view head) {
            std::vector<studio_row> studios;
            if (auto const fault = look_at_all(over, wanted.caster_ids, room, studios))
                return interrupt::asked() ? exit_status::interrupted : complain_of(*fault, wanted.at);
            json_object json = json_object::array();
            std::string text(head);
            bool all_found = true;
            for (studio_row const& studio : studios) {
                std::vector<scene_row> scenes;
                all_found = all_found && studio.seen.found;
                if (studio.seen.found)
                    if (auto const fault = find_scenes(over, studio.id, room, scenes))
                        return interrupt::asked() ? exit_status::interrupted : complain_of(*fault, wanted.at);
                if (wanted.at.json)
                    json.push_back(json_of_all(studio, scenes));
                else
                    text += lines_of(studio, scenes) + '\n';
            }
            if (!text.empty()) text.pop_back(); // print() adds the line end
            exit_status const printed = print(wanted.at.json ? text_of_json({{"studios", json}}) : text);
            return printed != exit_status::done || all_found ? printed : exit_status::refused;
        });
    });
}
