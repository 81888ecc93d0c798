// SPDX-License-Identifier: MIT
// Studios: create, list, start, restart, stop and delete them.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_STUDIOS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_STUDIOS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"
#include "../restart_caster.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Creates a studio. Calls with one ClientToken create one studio, however often they are repeated. At most 10 calls
/// per second for an account and all its RAM users together.
/// Errors: the service documents CasterNumberExceed (400).
struct create_caster {
    /// An element of tag.
    struct tag_element {
        /// The key of the tag.
        std::string_view key = {};
        /// The value of the tag.
        std::string_view value = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"Key", &tag_element::key, true, value_rule::any_text>,
            detail::described_parameter<"Value", &tag_element::value, true, value_rule::any_text>> parameters{};
    };

    /// PostPaid, which means pay as you go; the service takes no other value at present.
    std::string_view charge_type;
    /// A name for this intent, at most 64 ASCII characters, such as the text of a nonce. The service runs calls with
    /// one token once.
    std::string_view client_token;
    /// The kind of studio: 1 general, 3 light carousel, 4 virtual, 6 playlist.
    number norm_type;
    /// The name of the studio, for people.
    std::string_view caster_name = {};
    /// The resolution of a prepaid studio: lp_ld, lp_sd, lp_hd or lp_ud, with the suffix _v for an upright picture.
    std::string_view caster_template = {};
    /// For a prepaid studio, the end of the contract: UTC, as 2026-11-28T09:00:00Z.
    std::string_view expire_time = {};
    /// For a prepaid studio, the start of the contract: UTC, as 2026-11-28T09:00:00Z.
    std::string_view purchase_time = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The id of the resource group, e.g. "rg-aekzw******".
    std::string_view resource_group_id = {};
    /// Tags of the studio.
    std::span<tag_element const> tag = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "CreateCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:CreateCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::with_client_token};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"ChargeType", &create_caster::charge_type, false, value_rule::identifier>,
        detail::described_parameter<"ClientToken", &create_caster::client_token, false, value_rule::identifier>,
        detail::described_parameter<"NormType", &create_caster::norm_type, false, value_rule::identifier>,
        detail::described_parameter<"CasterName", &create_caster::caster_name, true, value_rule::any_text>,
        detail::described_parameter<"CasterTemplate", &create_caster::caster_template, true, value_rule::identifier>,
        detail::described_parameter<"ExpireTime", &create_caster::expire_time, true, value_rule::identifier>,
        detail::described_parameter<"PurchaseTime", &create_caster::purchase_time, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &create_caster::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceGroupId", &create_caster::resource_group_id, true, value_rule::identifier>,
        detail::described_parameter<"Tag", &create_caster::tag, true, value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>> fields{};
    };
};

/// Creates a new studio with the settings of an existing one. Calls with one ClientToken create one copy. At most 10
/// calls per second for an account and all its RAM users together.
struct copy_caster {
    /// The name of the new studio, for people.
    std::string_view caster_name;
    /// A name for this intent, at most 64 ASCII characters, such as the text of a nonce. The service runs calls with
    /// one token once.
    std::string_view client_token;
    /// The id of the studio that is copied.
    std::string_view src_caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "CopyCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:CopyCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::with_client_token};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterName", &copy_caster::caster_name, false, value_rule::any_text>,
        detail::described_parameter<"ClientToken", &copy_caster::client_token, false, value_rule::identifier>,
        detail::described_parameter<"SrcCasterId", &copy_caster::src_caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &copy_caster::region_id, true, value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new studio's id.
        std::string_view caster_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>> fields{};
    };
};

/// Lists the studios of the account with their state, page by page. At most 15 calls per second for an account and all
/// its RAM users together.
struct describe_casters {
    /// An element of tag.
    struct tag_element {
        /// The key of the tag.
        std::string_view key = {};
        /// The value of the tag.
        std::string_view value = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"Key", &tag_element::key, true, value_rule::any_text>,
            detail::described_parameter<"Value", &tag_element::value, true, value_rule::any_text>> parameters{};
    };

    /// Only the studio with this id. Default: all studios.
    std::string_view caster_id = {};
    /// Only studios with this name.
    std::string_view caster_name = {};
    /// Only studios of this contract: 0 prepaid, 1 pay as you go.
    number charge_type = {};
    /// The end of the time range in which to search: UTC, as 2026-11-28T09:00:00Z.
    std::string_view end_time = {};
    /// Only studios of this kind: 1 general, 3 light carousel, 4 virtual, 6 playlist.
    std::string_view norm_type = {};
    /// true: the oldest change first. false (default): the newest change first.
    std::string_view order_by_modify_asc = {};
    /// The page, counted from 1.
    number page_num = {};
    /// The number of studios on a page. Default: 100.
    number page_size = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Only studios of this resource group, e.g. "rg-aekzw******".
    std::string_view resource_group_id = {};
    /// The start of the time range in which to search: UTC, as 2026-11-28T09:00:00Z.
    std::string_view start_time = {};
    /// Only studios in this state: 0 idle, 1 streaming.
    number status = {};
    /// Only studios with these tags.
    std::span<tag_element const> tag = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasters",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasters",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_casters::caster_id, true, value_rule::identifier>,
        detail::described_parameter<"CasterName", &describe_casters::caster_name, true, value_rule::any_text>,
        detail::described_parameter<"ChargeType", &describe_casters::charge_type, true, value_rule::identifier>,
        detail::described_parameter<"EndTime", &describe_casters::end_time, true, value_rule::identifier>,
        detail::described_parameter<"NormType", &describe_casters::norm_type, true, value_rule::identifier>,
        detail::described_parameter<"OrderByModifyAsc", &describe_casters::order_by_modify_asc, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PageNum", &describe_casters::page_num, true, value_rule::identifier>,
        detail::described_parameter<"PageSize", &describe_casters::page_size, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_casters::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceGroupId", &describe_casters::resource_group_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"StartTime", &describe_casters::start_time, true, value_rule::identifier>,
        detail::described_parameter<"Status", &describe_casters::status, true, value_rule::identifier>,
        detail::described_parameter<"Tag", &describe_casters::tag, true, value_rule::identifier>> parameters{};

    /// An element of casters.
    struct caster {
        /// An element of tags.
        struct tag {
            /// The key of the tag.
            std::string_view tag_key;
            /// The value of the tag.
            std::string_view tag_value;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"TagKey", &tag::tag_key, false>,
                detail::described_field<"TagValue", &tag::tag_value, false>> fields{};
        };

        /// The studio's id.
        std::string_view caster_id;
        /// The name of the studio, for people.
        std::string_view caster_name;
        /// The resolution: lp_ld, lp_sd, lp_hd or lp_ud, with the suffix _v for an upright picture.
        std::string_view caster_template;
        /// 1: the studio uses channels. 0: it does not.
        number channel_enable;
        /// PrePaid or PostPaid (pay as you go).
        std::string_view charge_type;
        /// The ClientToken of the call that created the studio.
        std::string_view client_token_id;
        /// When the studio was created, e.g. "2017-08-30 12:02:57.0"; the vendor states no time zone.
        std::string_view create_time;
        /// The running time as hours:minutes:seconds, e.g. "1:02:33".
        std::string_view duration;
        /// The end of the contract, e.g. "2017-08-30 12:02:57.0".
        std::string_view expire_time;
        /// When the studio was last started, stopped or changed, e.g. "2021-12-01T05:08:45Z".
        std::string_view last_modified;
        /// The kind of studio. The vendor gives two lists: 1 general, 3 light carousel, 4 virtual, 6 playlist; and 0
        /// playlist, 1 general.
        number norm_type;
        /// The start of the contract, e.g. "2017-08-30 12:02:57.0".
        std::string_view purchase_time;
        /// The id of the resource group, e.g. "rg-aekzw******".
        std::string_view resource_group_id;
        /// When streaming started, e.g. "2017-08-30 18:02:57.0"; absent while the studio is idle.
        std::string_view start_time;
        /// 0 idle, 1 streaming.
        number status;
        /// The tags of the studio.
        list<tag> tags;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"CasterId", &caster::caster_id, false>,
            detail::described_field<"CasterName", &caster::caster_name, false>,
            detail::described_field<"CasterTemplate", &caster::caster_template, false>,
            detail::described_field<"ChannelEnable", &caster::channel_enable, false>,
            detail::described_field<"ChargeType", &caster::charge_type, false>,
            detail::described_field<"ClientTokenId", &caster::client_token_id, false>,
            detail::described_field<"CreateTime", &caster::create_time, false>,
            detail::described_field<"Duration", &caster::duration, false>,
            detail::described_field<"ExpireTime", &caster::expire_time, false>,
            detail::described_field<"LastModified", &caster::last_modified, false>,
            detail::described_field<"NormType", &caster::norm_type, false>,
            detail::described_field<"PurchaseTime", &caster::purchase_time, false>,
            detail::described_field<"ResourceGroupId", &caster::resource_group_id, false>,
            detail::described_field<"StartTime", &caster::start_time, false>,
            detail::described_field<"Status", &caster::status, false>,
            detail::described_field<"Tags.tag", &caster::tags, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studios of this page.
        list<caster> casters;
        /// The number of all studios, on all pages.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterList.Caster", &reply::casters, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Starts a studio with its preview and programme scenes. Without a DomainName (SetCasterConfig) the service answers
/// InvalidDomainName.NotFound. At most 10 calls per second for an account and all its RAM users together.
struct start_caster {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "StartCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:StartCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &start_caster::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &start_caster::region_id, true, value_rule::identifier>> parameters{};

    /// An element of pgm_scene_infos.
    struct pgm_scene_info {
        /// An element of stream_infos.
        struct stream_info {
            /// The URL of this format. Whoever has it can watch: it may contain an auth_key.
            std::string_view output_stream_url;
            /// The name of the transcoding template of this format.
            std::string_view transcode_config;
            /// The container format of the stream.
            std::string_view video_format;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"OutputStreamUrl", &stream_info::output_stream_url, true>,
                detail::described_field<"TranscodeConfig", &stream_info::transcode_config, false>,
                detail::described_field<"VideoFormat", &stream_info::video_format, false>> fields{};
        };

        /// The scene's id.
        std::string_view scene_id;
        /// The streams of the scene, one for each output format.
        list<stream_info> stream_infos;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"SceneId", &pgm_scene_info::scene_id, false>,
            detail::described_field<"StreamInfos.StreamInfo", &pgm_scene_info::stream_infos, false>,
            detail::described_field<"StreamUrl", &pgm_scene_info::stream_url, true>> fields{};
    };

    /// An element of pvw_scene_infos.
    struct pvw_scene_info {
        /// The scene's id.
        std::string_view scene_id;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"SceneId", &pvw_scene_info::scene_id, false>,
            detail::described_field<"StreamUrl", &pvw_scene_info::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The programme scenes (PGM), which are on air.
        list<pgm_scene_info> pgm_scene_infos;
        /// The preview scenes (PVW).
        list<pvw_scene_info> pvw_scene_infos;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"PgmSceneInfos.SceneInfo", &reply::pgm_scene_infos, false>,
            detail::described_field<"PvwSceneInfos.SceneInfo", &reply::pvw_scene_infos, false>> fields{};
    };
};

/// Restarts a studio: the operation of the umbrella header.
using restart_caster = restartcaster::restart_caster;

/// Stops a studio: its preview scenes and its programme scene end. At most 10 calls per second for an account and all
/// its RAM users together.
/// Errors: the service documents IncorrectSceneStatus (400), InvalidCasterId.Malformed (400), IllegalOperation (401),
///   InvalidCaster.NotFound (404), InvalidScene.NotFound (404), InternalError (500).
struct stop_caster {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "StopCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:StopCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &stop_caster::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &stop_caster::region_id, true, value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Deletes a stopped studio and its scenes, layouts and components. Nothing brings it back. At most 10 calls per second
/// for an account and all its RAM users together.
struct delete_caster {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCaster",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCaster",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster::region_id, true, value_rule::identifier>> parameters{};

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

/// Moves a studio to another resource group. The caller needs permissions for both groups. At most 10 calls per second
/// for an account and all its RAM users together.
struct update_caster_resource_group {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of the resource group to which the studio moves.
    std::string_view new_resource_group_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "UpdateCasterResourceGroup",
                                           .version = "2016-11-01",
                                           .permission = "live:UpdateCasterResourceGroup",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &update_caster_resource_group::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"NewResourceGroupId", &update_caster_resource_group::new_resource_group_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &update_caster_resource_group::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
