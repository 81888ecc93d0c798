// SPDX-License-Identifier: MIT
// The programme of a studio: episodes with times, and lists of video files.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
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
        static constexpr auto parameters = restartcaster::parameters(
            optional<"ComponentId", &episode_element::component_id>,
            optional<"EndTime", &episode_element::end_time>,
            optional<"EpisodeName", &episode_element::episode_name, value_rule::any_text>,
            optional<"EpisodeType", &episode_element::episode_type>,
            optional<"ResourceId", &episode_element::resource_id>,
            optional<"StartTime", &episode_element::start_time>,
            optional<"SwitchType", &episode_element::switch_type>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &add_caster_program::caster_id>,
        required<"Episode", &add_caster_program::episode>,
        optional<"RegionId", &add_caster_program::region_id>);

    /// An element of episode_ids.
    struct episode_id_element {
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(field<"EpisodeId", &episode_id_element::episode_id>);
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new episodes, in the order of the request.
        list<episode_id_element> episode_ids;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"EpisodeIds.EpisodeId", &reply::episode_ids>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &describe_caster_program::caster_id>,
        optional<"EndTime", &describe_caster_program::end_time>,
        optional<"EpisodeId", &describe_caster_program::episode_id>,
        optional<"EpisodeType", &describe_caster_program::episode_type>,
        optional<"PageNum", &describe_caster_program::page_num>,
        optional<"PageSize", &describe_caster_program::page_size>,
        optional<"RegionId", &describe_caster_program::region_id>,
        optional<"StartTime", &describe_caster_program::start_time>,
        optional<"Status", &describe_caster_program::status>);

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
        static constexpr auto fields = restartcaster::fields(
            field<"ComponentIds.ComponentId", &episode::component_ids>,
            field<"EndTime", &episode::end_time>,
            field<"EpisodeId", &episode::episode_id>,
            field<"EpisodeName", &episode::episode_name>,
            field<"EpisodeType", &episode::episode_type>,
            field<"ResourceId", &episode::resource_id>,
            field<"StartTime", &episode::start_time>,
            field<"Status", &episode::status>,
            field<"SwitchType", &episode::switch_type>);
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
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>,
            field<"Episodes.Episode", &reply::episodes>,
            field<"ProgramEffect", &reply::program_effect>,
            field<"ProgramName", &reply::program_name>,
            field<"Total", &reply::total>);
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
        static constexpr auto parameters = restartcaster::parameters(
            optional<"ComponentId", &episode_element::component_id>,
            optional<"EndTime", &episode_element::end_time>,
            optional<"EpisodeId", &episode_element::episode_id>,
            optional<"EpisodeName", &episode_element::episode_name, value_rule::any_text>,
            optional<"EpisodeType", &episode_element::episode_type>,
            optional<"ResourceId", &episode_element::resource_id>,
            optional<"StartTime", &episode_element::start_time>,
            optional<"SwitchType", &episode_element::switch_type>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &modify_caster_program::caster_id>,
        required<"Episode", &modify_caster_program::episode>,
        optional<"RegionId", &modify_caster_program::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &delete_caster_program::caster_id>,
        optional<"RegionId", &delete_caster_program::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &add_caster_episode::caster_id>,
        required<"EndTime", &add_caster_episode::end_time>,
        required<"EpisodeType", &add_caster_episode::episode_type>,
        required<"StartTime", &add_caster_episode::start_time>,
        required<"SwitchType", &add_caster_episode::switch_type>,
        optional<"ComponentId", &add_caster_episode::component_id>,
        optional<"EpisodeName", &add_caster_episode::episode_name, value_rule::any_text>,
        optional<"RegionId", &add_caster_episode::region_id>,
        optional<"ResourceId", &add_caster_episode::resource_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The episode's id.
        std::string_view episode_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"EpisodeId", &reply::episode_id>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &modify_caster_episode::caster_id>,
        required<"EpisodeId", &modify_caster_episode::episode_id>,
        optional<"ComponentId", &modify_caster_episode::component_id>,
        optional<"EndTime", &modify_caster_episode::end_time>,
        optional<"EpisodeName", &modify_caster_episode::episode_name, value_rule::any_text>,
        optional<"RegionId", &modify_caster_episode::region_id>,
        optional<"ResourceId", &modify_caster_episode::resource_id>,
        optional<"StartTime", &modify_caster_episode::start_time>,
        optional<"SwitchType", &modify_caster_episode::switch_type>);

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
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>,
            field<"EpisodeId", &reply::episode_id>);
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
    static constexpr auto parameters = restartcaster::parameters(
        required<"CasterId", &delete_caster_episode::caster_id>,
        required<"EpisodeId", &delete_caster_episode::episode_id>,
        optional<"RegionId", &delete_caster_episode::region_id>);

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
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"CasterId", &reply::caster_id>,
            field<"EpisodeId", &reply::episode_id>);
    };
};

/// Creates a list of video files that are played one after the other from a given time. At most 4 calls per second for
/// an account and all its RAM users together.
struct add_caster_episode_group {
    /// An element of item.
    struct item_element {
        /// The name of the video file, for people.
        std::string_view item_name = {};
        /// For a file outside the media library: its URL. MP4, FLV or TS.
        std::string_view vod_url = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr auto parameters = restartcaster::parameters(
            optional<"ItemName", &item_element::item_name, value_rule::any_text>,
            optional<"VodUrl", &item_element::vod_url>);
    };

    /// The URL to which the service reports events by HTTP.
    std::string_view callback_url;
    /// A name for this intent, at most 64 ASCII characters. The service runs repeated calls with one token once.
    std::string_view client_token;
    /// The domain name under which the output is streamed.
    std::string_view domain_name;
    /// The video files, in the order of playing.
    std::span<item_element const> item;
    /// How often the list repeats: 0 plays it once, -1 repeats it for ever.
    number repeat_num;
    /// The RTMP address to which the list is streamed.
    std::string_view side_output_url;
    /// When the first file starts: UTC, as 2026-11-28T09:00:00Z.
    std::string_view start_time;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterEpisodeGroup",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterEpisodeGroup",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::with_client_token};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"CallbackUrl", &add_caster_episode_group::callback_url>,
        required<"ClientToken", &add_caster_episode_group::client_token>,
        required<"DomainName", &add_caster_episode_group::domain_name>,
        required<"Item", &add_caster_episode_group::item>,
        required<"RepeatNum", &add_caster_episode_group::repeat_num>,
        required<"SideOutputUrl", &add_caster_episode_group::side_output_url>,
        required<"StartTime", &add_caster_episode_group::start_time>,
        optional<"RegionId", &add_caster_episode_group::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The ids of the video files, in the order of the request.
        list<std::string_view> item_ids;
        /// The id of the list of video files.
        std::string_view program_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ItemIds.ItemId", &reply::item_ids>,
            field<"ProgramId", &reply::program_id>);
    };
};

/// Creates a list of video files from one JSON document. At most 4 calls per second for an account and all its RAM
/// users together.
struct add_caster_episode_group_content {
    /// A name for this intent, at most 64 ASCII characters. The service runs repeated calls with one token once.
    std::string_view client_token;
    /// The list as JSON: CallbackUrl, SideOutputUrl, RepeatNum, StartTime, DomainName, and Items with ItemName and
    /// VodUrl.
    std::string_view content;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterEpisodeGroupContent",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterEpisodeGroupContent",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::with_client_token};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"ClientToken", &add_caster_episode_group_content::client_token>,
        required<"Content", &add_caster_episode_group_content::content, value_rule::any_text>,
        optional<"RegionId", &add_caster_episode_group_content::region_id>);

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The ids of the video files, in the order of the request.
        list<std::string_view> item_ids;
        /// The id of the list of video files.
        std::string_view program_id;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &reply::request_id>,
            field<"ItemIds.ItemId", &reply::item_ids>,
            field<"ProgramId", &reply::program_id>);
    };
};

/// Deletes a list of video files. At most 4 calls per second for an account and all its RAM users together.
struct delete_caster_episode_group {
    /// The id of the list of video files.
    std::string_view program_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterEpisodeGroup",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterEpisodeGroup",
                                           .calls_per_second = 4,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr auto parameters = restartcaster::parameters(
        required<"ProgramId", &delete_caster_episode_group::program_id>,
        optional<"RegionId", &delete_caster_episode_group::region_id>);
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
