// SPDX-License-Identifier: MIT
// The programme of a studio: episodes with the times at which they are on air.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Gives a studio a programme: a list of episodes with the times at which they are on air. At most 10 calls per second
/// for an account and all its RAM users together.
struct add_caster_program {
    /// An element of episode.
    struct episode_element {
        /// The components, from the lowest to the highest layer. An episode of type Component needs them; others show
        /// them with the video.
        std::span<std::string_view const> component_id = {};
        /// When the episode ends: UTC, as 2026-11-28T09:00:00Z; a file must be long enough, or the service answers
        /// InvalidParameter.EndTime.
        std::string_view end_time = {};
        /// The name of the episode, for people.
        std::string_view episode_name = {};
        /// Resource (a video source) or Component.
        std::string_view episode_type = {};
        /// The id of the video source, for an episode of type Resource.
        std::string_view resource_id = {};
        /// When the episode starts: UTC, as 2026-11-28T09:00:00Z.
        std::string_view start_time = {};
        /// TimeFirst (the next episode starts at its time; the only choice for a live stream) or ContentFirst (the file
        /// plays to its end).
        std::string_view switch_type = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"ComponentId", &episode_element::component_id, true, value_rule::identifier>,
            detail::described_parameter<"EndTime", &episode_element::end_time, true, value_rule::identifier>,
            detail::described_parameter<"EpisodeName", &episode_element::episode_name, true, value_rule::any_text>,
            detail::described_parameter<"EpisodeType", &episode_element::episode_type, true, value_rule::identifier>,
            detail::described_parameter<"ResourceId", &episode_element::resource_id, true, value_rule::identifier>,
            detail::described_parameter<"StartTime", &episode_element::start_time, true, value_rule::identifier>,
            detail::described_parameter<"SwitchType", &episode_element::switch_type, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The episodes of the programme. Each needs StartTime and EndTime.
    std::span<episode_element const> episode;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterProgram",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterProgram",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_program::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"Episode", &add_caster_program::episode, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_program::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of episode_ids.
    struct episode_id_element {
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"EpisodeId", &episode_id_element::episode_id, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new episodes, in the order of the request.
        list<episode_id_element> episode_ids;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"EpisodeIds.EpisodeId", &reply::episode_ids, false>> fields{};
    };
};

/// Lists the episodes in the programme of a studio, page by page. At most 4 calls per second for an account and all its
/// RAM users together.
/// Errors: the service documents PermissionDenied (401), InvalidCaster.NotFound (404), InternalError (500).
struct describe_caster_program {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The end of the time range in which to search: UTC, as 2026-11-28T09:00:00Z.
    std::string_view end_time = {};
    /// Only the episode with this id.
    std::string_view episode_id = {};
    /// Only episodes of this type: Resource (a video source) or Component.
    std::string_view episode_type = {};
    /// The page, counted from 1.
    number page_num = {};
    /// The number of episodes on a page.
    number page_size = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The start of the time range in which to search: UTC, as 2026-11-28T09:00:00Z.
    std::string_view start_time = {};
    /// Only episodes in this state: 0 not started, 1 on air, 2 finished.
    number status = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterProgram",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterProgram",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_program::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"EndTime", &describe_caster_program::end_time, true, value_rule::identifier>,
        detail::described_parameter<"EpisodeId", &describe_caster_program::episode_id, true, value_rule::identifier>,
        detail::described_parameter<"EpisodeType", &describe_caster_program::episode_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PageNum", &describe_caster_program::page_num, true, value_rule::identifier>,
        detail::described_parameter<"PageSize", &describe_caster_program::page_size, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_program::region_id, true, value_rule::identifier>,
        detail::described_parameter<"StartTime", &describe_caster_program::start_time, true, value_rule::identifier>,
        detail::described_parameter<"Status", &describe_caster_program::status, true,
                                    value_rule::identifier>> parameters{};

    /// An element of episodes.
    struct episode {
        /// The ids of the components, from the lowest to the highest layer.
        list<std::string_view> component_ids;
        /// When the episode ends: UTC, as 2026-11-28T09:00:00Z.
        std::string_view end_time;
        /// The episode's id.
        std::string_view episode_id;
        /// The name of the episode, for people.
        std::string_view episode_name;
        /// Resource (a video source) or Component.
        std::string_view episode_type;
        /// The video source's id.
        std::string_view resource_id;
        /// When the episode starts: UTC, as 2026-11-28T09:00:00Z.
        std::string_view start_time;
        /// 0 not started, 1 on air, 2 finished.
        number status;
        /// TimeFirst (the next episode starts at its time) or ContentFirst (the file plays to its end).
        std::string_view switch_type;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"ComponentIds.ComponentId", &episode::component_ids, false>,
            detail::described_field<"EndTime", &episode::end_time, false>,
            detail::described_field<"EpisodeId", &episode::episode_id, false>,
            detail::described_field<"EpisodeName", &episode::episode_name, false>,
            detail::described_field<"EpisodeType", &episode::episode_type, false>,
            detail::described_field<"ResourceId", &episode::resource_id, false>,
            detail::described_field<"StartTime", &episode::start_time, false>,
            detail::described_field<"Status", &episode::status, false>,
            detail::described_field<"SwitchType", &episode::switch_type, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The episodes of this page.
        list<episode> episodes;
        /// 1: the programme is in use. 0: it is not.
        number program_effect;
        /// The name of the programme, for people.
        std::string_view program_name;
        /// The number of all episodes, on all pages.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"Episodes.Episode", &reply::episodes, false>,
            detail::described_field<"ProgramEffect", &reply::program_effect, false>,
            detail::described_field<"ProgramName", &reply::program_name, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes episodes in the programme of a studio. At most 4 calls per second for an account and all its RAM users
/// together.
struct modify_caster_program {
    /// An element of episode.
    struct episode_element {
        /// The components, from the lowest to the highest layer. An episode of type Component needs them; others show
        /// them with the video.
        std::span<std::string_view const> component_id = {};
        /// When the episode ends: UTC, as 2026-11-28T09:00:00Z.
        std::string_view end_time = {};
        /// The episode's id.
        std::string_view episode_id = {};
        /// The name of the episode, for people.
        std::string_view episode_name = {};
        /// Resource (a video source) or Component.
        std::string_view episode_type = {};
        /// The id of the video source, for an episode of type Resource.
        std::string_view resource_id = {};
        /// When the episode starts: UTC, as 2026-11-28T09:00:00Z.
        std::string_view start_time = {};
        /// TimeFirst (the next episode starts at its time; the only choice for a live stream) or ContentFirst (the file
        /// plays to its end).
        std::string_view switch_type = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"ComponentId", &episode_element::component_id, true, value_rule::identifier>,
            detail::described_parameter<"EndTime", &episode_element::end_time, true, value_rule::identifier>,
            detail::described_parameter<"EpisodeId", &episode_element::episode_id, true, value_rule::identifier>,
            detail::described_parameter<"EpisodeName", &episode_element::episode_name, true, value_rule::any_text>,
            detail::described_parameter<"EpisodeType", &episode_element::episode_type, true, value_rule::identifier>,
            detail::described_parameter<"ResourceId", &episode_element::resource_id, true, value_rule::identifier>,
            detail::described_parameter<"StartTime", &episode_element::start_time, true, value_rule::identifier>,
            detail::described_parameter<"SwitchType", &episode_element::switch_type, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The episodes to change, each with its EpisodeId.
    std::span<episode_element const> episode;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterProgram",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterProgram",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_program::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"Episode", &modify_caster_program::episode, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_caster_program::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>> fields{};
    };
};

/// Deletes the programme of a studio with all its episodes. At most 4 calls per second for an account and all its RAM
/// users together.
struct delete_caster_program {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterProgram",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterProgram",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_program::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_program::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>> fields{};
    };
};

/// Adds one episode to the programme of a studio. At most 4 calls per second for an account and all its RAM users
/// together.
/// Errors: the service documents PermissionDenied (401), InvalidCaster.NotFound (404), InternalError (500).
struct add_caster_episode {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// When the episode ends: UTC, as 2026-11-28T09:00:00Z.
    std::string_view end_time;
    /// Resource (a video source) or Component.
    std::string_view episode_type;
    /// When the episode starts: UTC, as 2026-11-28T09:00:00Z.
    std::string_view start_time;
    /// TimeFirst (the next episode starts at its time; the only choice for a live stream) or ContentFirst (the file
    /// plays to its end).
    std::string_view switch_type;
    /// The components, from the lowest to the highest layer. An episode of type Component needs them; others show them
    /// with the video.
    std::span<std::string_view const> component_id = {};
    /// The name of the episode, for people.
    std::string_view episode_name = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The source of the video. An episode of type Resource needs it.
    std::string_view resource_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterEpisode",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterEpisode",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_episode::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"EndTime", &add_caster_episode::end_time, false, value_rule::identifier>,
        detail::described_parameter<"EpisodeType", &add_caster_episode::episode_type, false, value_rule::identifier>,
        detail::described_parameter<"StartTime", &add_caster_episode::start_time, false, value_rule::identifier>,
        detail::described_parameter<"SwitchType", &add_caster_episode::switch_type, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &add_caster_episode::component_id, true, value_rule::identifier>,
        detail::described_parameter<"EpisodeName", &add_caster_episode::episode_name, true, value_rule::any_text>,
        detail::described_parameter<"RegionId", &add_caster_episode::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceId", &add_caster_episode::resource_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"EpisodeId", &reply::episode_id, false>> fields{};
    };
};

/// Changes one episode in the programme of a studio; its type stays. At most 4 calls per second for an account and all
/// its RAM users together.
struct modify_caster_episode {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The episode's id.
    std::string_view episode_id;
    /// The components, from the lowest to the highest layer. An episode of type Component needs them; others show them
    /// with the video.
    std::span<std::string_view const> component_id = {};
    /// When the episode ends: UTC, as 2026-11-28T09:00:00Z.
    std::string_view end_time = {};
    /// The name of the episode, for people.
    std::string_view episode_name = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The source of the video. An episode of type Resource needs it.
    std::string_view resource_id = {};
    /// When the episode starts: UTC, as 2026-11-28T09:00:00Z.
    std::string_view start_time = {};
    /// TimeFirst (the next episode starts at its time; the only choice for a live stream) or ContentFirst (the file
    /// plays to its end).
    std::string_view switch_type = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterEpisode",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterEpisode",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_episode::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"EpisodeId", &modify_caster_episode::episode_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &modify_caster_episode::component_id, true, value_rule::identifier>,
        detail::described_parameter<"EndTime", &modify_caster_episode::end_time, true, value_rule::identifier>,
        detail::described_parameter<"EpisodeName", &modify_caster_episode::episode_name, true, value_rule::any_text>,
        detail::described_parameter<"RegionId", &modify_caster_episode::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceId", &modify_caster_episode::resource_id, true, value_rule::identifier>,
        detail::described_parameter<"StartTime", &modify_caster_episode::start_time, true, value_rule::identifier>,
        detail::described_parameter<"SwitchType", &modify_caster_episode::switch_type, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"EpisodeId", &reply::episode_id, false>> fields{};
    };
};

/// Deletes one episode from the programme of a studio. At most 4 calls per second for an account and all its RAM users
/// together.
/// Errors: the service documents PermissionDenied (401), InvalidCaster.NotFound (404), InternalError (500).
struct delete_caster_episode {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The episode's id.
    std::string_view episode_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterEpisode",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterEpisode",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_episode::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"EpisodeId", &delete_caster_episode::episode_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_episode::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"EpisodeId", &reply::episode_id, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif
