// SPDX-License-Identifier: MIT
// The addresses of streams, without the secret in their URLs.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasterScenes" (StreamUrl), "DescribeLiveStreamState".
// Data flow: a URL or a studio in, domain, application and name of a stream out.
#ifndef RESTARTCASTER_CLI_STREAMS_HPP
#define RESTARTCASTER_CLI_STREAMS_HPP

#include "fleet.hpp"

#include <restartcaster/operations/live/scenes.hpp>

/// The parts of scheme://domain/app/name[.ending][?query]; empty texts for any other text.
[[nodiscard]] inline programme_stream stream_in(std::string_view url) {
    programme_stream out;
    std::size_t const scheme = url.find("://");
    if (scheme == url.npos) return out;
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find('?'));
    std::size_t const first = url.find('/');
    std::size_t const second = first == url.npos ? first : url.find('/', first + 1);
    if (second == url.npos) return out;
    std::string_view name = url.substr(second + 1);
    name = name.substr(0, name.find('.'));
    if (name.find('/') != name.npos) return out;
    return {shown(url.substr(0, first)), shown(url.substr(first + 1, second - first - 1)), shown(name)};
}

/// The stream of a studio's programme (PGM); empty texts if no scene has one.
template <class Scheme>
call_fault find_programme(session<Scheme>& over, std::string_view id, std::span<char> room, programme_stream& to) {
    auto const reply =
        over.call(rc::live::describe_caster_scenes{.caster_id = id, .region_id = over.at.region_id}, rc::room(room));
    if (!reply) return reply.error();
    for (auto const& scene : reply->scenes)
        if (scene.output_type == "1" && to.name.empty()) to = stream_in(scene.stream_url);
    return {};
}

#endif
