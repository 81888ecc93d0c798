// SPDX-License-Identifier: MIT
// The settings of a studio: output, recording, standby video and more.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SETTINGS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SETTINGS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Reads the settings of a studio. At most 15 calls per second for an account and all its RAM users together.
struct describe_caster_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterConfig",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_config::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The object record_config.
    struct record_config_object {
        /// An element of record_formats.
        struct record_format {
            /// The length of a recorded file in seconds.
            number cycle_duration;
            /// The file format, e.g. "m3u8" or "flv".
            std::string_view format;
            /// The name of a recorded file, with placeholders such as {StreamName}.
            std::string_view oss_object_prefix;
            /// The name of a slice of an m3u8 recording, with placeholders.
            std::string_view slice_oss_object_prefix;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"CycleDuration", &record_format::cycle_duration, false>,
                detail::described_field<"Format", &record_format::format, false>,
                detail::described_field<"OssObjectPrefix", &record_format::oss_object_prefix, false>,
                detail::described_field<"SliceOssObjectPrefix", &record_format::slice_oss_object_prefix,
                                        false>> fields{};
        };

        /// What decides about recording: 0 nothing, 1 a callback, 2 parameters of the stream, 7 off by default.
        number on_demand;
        /// The OSS bucket that receives the recording.
        std::string_view oss_bucket;
        /// The endpoint of the OSS bucket.
        std::string_view oss_endpoint;
        /// The formats of the recording.
        list<record_format> record_formats;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"OnDemand", &record_config_object::on_demand, false>,
            detail::described_field<"OssBucket", &record_config_object::oss_bucket, false>,
            detail::described_field<"OssEndpoint", &record_config_object::oss_endpoint, false>,
            detail::described_field<"RecordFormat.RecordFormat", &record_config_object::record_formats,
                                    false>> fields{};
    };

    /// An element of sync_groups.
    struct sync_group {
        /// The id of the leading video source, in mode 0.
        std::string_view host_resource_id;
        /// 0: the sources follow a leader. 1: all sources are alike.
        number mode;
        /// The ids of the video sources.
        list<std::string_view> resource_ids;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"HostResourceId", &sync_group::host_resource_id, false>,
            detail::described_field<"Mode", &sync_group::mode, false>,
            detail::described_field<"ResourceIds.ResourceId", &sync_group::resource_ids, false>> fields{};
    };

    /// The object transcode_config.
    struct transcode_config_object {
        /// The object custom_params.
        struct custom_params_object {
            /// The object video.
            struct video_object {
                /// The bit rate of the video.
                number bitrate;
                /// The frames per second.
                number fps;
                /// The height in pixels.
                number height;
                /// The width in pixels.
                number width;

                /// The fields, with their names on the wire.
                static constexpr restartcaster::fields<
                    detail::described_field<"bitrate", &video_object::bitrate, false>,
                    detail::described_field<"fps", &video_object::fps, false>,
                    detail::described_field<"height", &video_object::height, false>,
                    detail::described_field<"width", &video_object::width, false>> fields{};
            };

            /// Settings of the video.
            video_object video;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"video", &custom_params_object::video, false>> fields{};
        };

        /// The resolution: lp_ld, lp_sd, lp_hd or lp_ud, with the suffix _v for an upright picture.
        std::string_view caster_template;
        /// Settings in place of a template.
        custom_params_object custom_params;
        /// The ids of the transcoding templates of the output.
        list<std::string_view> live_template_ids;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"CasterTemplate", &transcode_config_object::caster_template, false>,
            detail::described_field<"CustomParams", &transcode_config_object::custom_params, false>,
            detail::described_field<"LiveTemplateIds.LocationId", &transcode_config_object::live_template_ids,
                                    false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// How the studio mixes sound.
        std::string_view audio_mixer_mode;
        /// When the studio switches to the standby video, as JSON: eofThres, the seconds without a stream.
        std::string_view auto_switch_urgent_config;
        /// "true": the studio switches to the standby video by itself when the stream breaks.
        std::string_view auto_switch_urgent_on;
        /// The URL to which the service reports events. It may contain an auth_key.
        std::string_view callback_url;
        /// The studio's id.
        std::string_view caster_id;
        /// The name of the studio, for people.
        std::string_view caster_name;
        /// 1: the studio uses channels. 0: it does not.
        number channel_enable;
        /// The delay of the output in seconds; 0 without delay.
        std::string_view delay;
        /// The domain name under which the output is streamed.
        std::string_view domain_name;
        /// 1: the programme is in use. 0: it is not.
        number program_effect;
        /// The name of the programme, for people.
        std::string_view program_name;
        /// The settings of the recording; all absent if nothing is recorded.
        record_config_object record_config;
        /// The RTMP address to which the output is pushed. It may contain an auth_key.
        std::string_view side_output_url;
        /// Further RTMP addresses, a JSON list of texts. They may contain an auth_key.
        std::string_view side_output_url_list;
        /// Groups of video sources that run in step.
        list<sync_group> sync_groups;
        /// The output formats.
        transcode_config_object transcode_config;
        /// The standby picture: its id in the media library.
        std::string_view urgent_image_id;
        /// The standby picture: its URL.
        std::string_view urgent_image_url;
        /// The standby live stream: its URL. It may contain an auth_key.
        std::string_view urgent_live_stream_url;
        /// The standby video: its id in the media library.
        std::string_view urgent_material_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"AudioMixerMode", &reply::audio_mixer_mode, false>,
            detail::described_field<"AutoSwitchUrgentConfig", &reply::auto_switch_urgent_config, false>,
            detail::described_field<"AutoSwitchUrgentOn", &reply::auto_switch_urgent_on, false>,
            detail::described_field<"CallbackUrl", &reply::callback_url, true>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"CasterName", &reply::caster_name, false>,
            detail::described_field<"ChannelEnable", &reply::channel_enable, false>,
            detail::described_field<"Delay", &reply::delay, false>,
            detail::described_field<"DomainName", &reply::domain_name, false>,
            detail::described_field<"ProgramEffect", &reply::program_effect, false>,
            detail::described_field<"ProgramName", &reply::program_name, false>,
            detail::described_field<"RecordConfig", &reply::record_config, false>,
            detail::described_field<"SideOutputUrl", &reply::side_output_url, true>,
            detail::described_field<"SideOutputUrlList", &reply::side_output_url_list, true>,
            detail::described_field<"SyncGroupsConfig.SyncGroup", &reply::sync_groups, false>,
            detail::described_field<"TranscodeConfig", &reply::transcode_config, false>,
            detail::described_field<"UrgentImageId", &reply::urgent_image_id, false>,
            detail::described_field<"UrgentImageUrl", &reply::urgent_image_url, false>,
            detail::described_field<"UrgentLiveStreamUrl", &reply::urgent_live_stream_url, true>,
            detail::described_field<"UrgentMaterialId", &reply::urgent_material_id, false>> fields{};
    };
};

/// Replaces all settings of a studio. A setting that the call leaves out is cleared. At most 10 calls per second for an
/// account and all its RAM users together.
struct set_caster_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// When to switch to the standby video, as JSON: eofThres, the seconds without a stream.
    std::string_view auto_switch_urgent_config = {};
    /// Whether the studio switches to the standby video by itself when the stream breaks.
    boolean auto_switch_urgent_on = {};
    /// The URL to which the service reports events by HTTP. Without it there are no reports.
    std::string_view callback_url = {};
    /// The name of the studio, for people.
    std::string_view caster_name = {};
    /// 1 uses channels, 0 (default) does not. Once 1, every call must repeat it, or the service answers
    /// InvalidCaster.ChannelDisableUnsupported.
    number channel_enable = {};
    /// The delay of the output in seconds, at most 300. 0 (default): no delay.
    std::string_view delay = {};
    /// The domain name under which the output is streamed. StartCaster needs it.
    std::string_view domain_name = {};
    /// 1: the programme of the studio is in use. 0: it is not.
    number program_effect = {};
    /// The name of the programme, for people.
    std::string_view program_name = {};
    /// Recording, as JSON: endpoint, ossBucket, videoFormat and interval (milliseconds). Without it nothing is
    /// recorded.
    std::string_view record_config = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// An RTMP address to which the output is pushed. Default: an address that the service chooses.
    std::string_view side_output_url = {};
    /// Further RTMP addresses to which the output is pushed, a JSON list of at most 20 texts.
    std::string_view side_output_url_list = {};
    /// Video sources that run in step, as JSON: mode (0: after a leader, 1: all alike), resourceIds and hostResourceId
    /// (the leader).
    std::string_view sync_groups_config = {};
    /// The output format as JSON, e.g. {"casterTemplate":"lp_ld"}. A studio without it does not start.
    std::string_view transcode_config = {};
    /// The standby picture: its id in the media library.
    std::string_view urgent_image_id = {};
    /// The standby picture: its URL.
    std::string_view urgent_image_url = {};
    /// The standby live stream: its URL.
    std::string_view urgent_live_stream_url = {};
    /// The standby video: its id in the media library.
    std::string_view urgent_material_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetCasterConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:SetCasterConfig",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_caster_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"AutoSwitchUrgentConfig", &set_caster_config::auto_switch_urgent_config, true,
                                    value_rule::any_text>,
        detail::described_parameter<"AutoSwitchUrgentOn", &set_caster_config::auto_switch_urgent_on, true,
                                    value_rule::identifier>,
        detail::described_parameter<"CallbackUrl", &set_caster_config::callback_url, true, value_rule::identifier>,
        detail::described_parameter<"CasterName", &set_caster_config::caster_name, true, value_rule::any_text>,
        detail::described_parameter<"ChannelEnable", &set_caster_config::channel_enable, true, value_rule::identifier>,
        detail::described_parameter<"Delay", &set_caster_config::delay, true, value_rule::identifier>,
        detail::described_parameter<"DomainName", &set_caster_config::domain_name, true, value_rule::identifier>,
        detail::described_parameter<"ProgramEffect", &set_caster_config::program_effect, true, value_rule::identifier>,
        detail::described_parameter<"ProgramName", &set_caster_config::program_name, true, value_rule::any_text>,
        detail::described_parameter<"RecordConfig", &set_caster_config::record_config, true, value_rule::any_text>,
        detail::described_parameter<"RegionId", &set_caster_config::region_id, true, value_rule::identifier>,
        detail::described_parameter<"SideOutputUrl", &set_caster_config::side_output_url, true, value_rule::identifier>,
        detail::described_parameter<"SideOutputUrlList", &set_caster_config::side_output_url_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"SyncGroupsConfig", &set_caster_config::sync_groups_config, true,
                                    value_rule::any_text>,
        detail::described_parameter<"TranscodeConfig", &set_caster_config::transcode_config, true,
                                    value_rule::any_text>,
        detail::described_parameter<"UrgentImageId", &set_caster_config::urgent_image_id, true, value_rule::identifier>,
        detail::described_parameter<"UrgentImageUrl", &set_caster_config::urgent_image_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"UrgentLiveStreamUrl", &set_caster_config::urgent_live_stream_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"UrgentMaterialId", &set_caster_config::urgent_material_id, true,
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

}}} // namespace restartcaster::live

#endif
