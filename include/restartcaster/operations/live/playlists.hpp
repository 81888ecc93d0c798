// SPDX-License-Identifier: MIT
// Lists of video files that are played one after the other.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_PLAYLISTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_PLAYLISTS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

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
        static constexpr restartcaster::parameters<
            detail::described_parameter<"ItemName", &item_element::item_name, true, value_rule::any_text>,
            detail::described_parameter<"VodUrl", &item_element::vod_url, true, value_rule::identifier>> parameters{};
    };

    /// The URL to which the service reports events by HTTP.
    std::string_view callback_url;
    /// A name for this intent, at most 64 ASCII characters, such as the text of a nonce. The service runs calls with
    /// one token once.
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CallbackUrl", &add_caster_episode_group::callback_url, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ClientToken", &add_caster_episode_group::client_token, false,
                                    value_rule::identifier>,
        detail::described_parameter<"DomainName", &add_caster_episode_group::domain_name, false,
                                    value_rule::identifier>,
        detail::described_parameter<"Item", &add_caster_episode_group::item, false, value_rule::identifier>,
        detail::described_parameter<"RepeatNum", &add_caster_episode_group::repeat_num, false, value_rule::identifier>,
        detail::described_parameter<"SideOutputUrl", &add_caster_episode_group::side_output_url, false,
                                    value_rule::identifier>,
        detail::described_parameter<"StartTime", &add_caster_episode_group::start_time, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_episode_group::region_id, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ItemIds.ItemId", &reply::item_ids, false>,
            detail::described_field<"ProgramId", &reply::program_id, false>> fields{};
    };
};

/// Creates a list of video files from one JSON document. At most 4 calls per second for an account and all its RAM
/// users together.
struct add_caster_episode_group_content {
    /// A name for this intent, at most 64 ASCII characters, such as the text of a nonce. The service runs calls with
    /// one token once.
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"ClientToken", &add_caster_episode_group_content::client_token, false,
                                    value_rule::identifier>,
        detail::described_parameter<"Content", &add_caster_episode_group_content::content, false, value_rule::any_text>,
        detail::described_parameter<"RegionId", &add_caster_episode_group_content::region_id, true,
                                    value_rule::identifier>> parameters{};

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
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ItemIds.ItemId", &reply::item_ids, false>,
            detail::described_field<"ProgramId", &reply::program_id, false>> fields{};
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
    static constexpr restartcaster::parameters<
        detail::described_parameter<"ProgramId", &delete_caster_episode_group::program_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_episode_group::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Adds items to a playlist of a studio in light carousel mode, and creates the playlist if there is none. At most 10
/// calls per second for an account and all its RAM users together.
struct add_playlist_items {
    /// The id of a studio in light carousel mode, without channels and with its programme in use.
    std::string_view caster_id;
    /// The items as a JSON list: ItemName, ResourceType and ResourceValue of each.
    std::string_view program_items;
    /// The settings of a new playlist as JSON: RepeatNumber and ProgramName.
    std::string_view program_config = {};
    /// The id of the playlist, if the studio has one.
    std::string_view program_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddPlaylistItems",
                                           .version = "2016-11-01",
                                           .permission = "live:AddPlaylistItems",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_playlist_items::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ProgramItems", &add_playlist_items::program_items, false, value_rule::any_text>,
        detail::described_parameter<"ProgramConfig", &add_playlist_items::program_config, true, value_rule::any_text>,
        detail::described_parameter<"ProgramId", &add_playlist_items::program_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_playlist_items::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The object items.
    struct items_object {
        /// An element of failed_items.
        struct failed_item {
            /// The item's id.
            std::string_view item_id;
            /// The name of the item, for people.
            std::string_view item_name;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ItemId", &failed_item::item_id, false>,
                detail::described_field<"ItemName", &failed_item::item_name, false>> fields{};
        };

        /// An element of success_items.
        struct success_item {
            /// The item's id.
            std::string_view item_id;
            /// The name of the item, for people.
            std::string_view item_name;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ItemId", &success_item::item_id, false>,
                detail::described_field<"ItemName", &success_item::item_name, false>> fields{};
        };

        /// The items that were not added.
        list<failed_item> failed_items;
        /// The items that were added.
        list<success_item> success_items;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"FailedItems", &items_object::failed_items, false>,
            detail::described_field<"SuccessItems", &items_object::success_items, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// What became of the items.
        items_object items;
        /// The playlist's id.
        std::string_view program_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Items", &reply::items, false>,
            detail::described_field<"ProgramId", &reply::program_id, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif
