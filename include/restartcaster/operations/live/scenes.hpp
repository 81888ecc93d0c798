// SPDX-License-Identifier: MIT
// The scenes of a studio: what is in the preview and on air, and how it sounds.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SCENES_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SCENES_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../../read/reply.hpp"
#include "../operation.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Lists the scenes of a studio with their stream URLs. Without a DomainName (SetCasterConfig) the service answers
/// InvalidDomainName.NotFound. At most 15 calls per second for an account and all its RAM users together.
struct describe_caster_scenes {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Only the scene with this id. Default: all scenes.
    std::string_view scene_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterScenes",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterScenes",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_scenes::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_scenes::region_id, true, value_rule::identifier>,
        detail::described_parameter<"SceneId", &describe_caster_scenes::scene_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of scenes.
    struct scene {
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

        /// The ids of the components that the scene shows.
        list<std::string_view> component_ids;
        /// The layout's id.
        std::string_view layout_id;
        /// "0" preview (PVW), "1" programme (PGM).
        std::string_view output_type;
        /// The scene's id.
        std::string_view scene_id;
        /// The name of the scene.
        std::string_view scene_name;
        /// 0 stopped, 1 started.
        number status;
        /// The streams of the scene, one for each output format.
        list<stream_info> stream_infos;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"ComponentIds.componentId", &scene::component_ids, false>,
            detail::described_field<"LayoutId", &scene::layout_id, false>,
            detail::described_field<"OutputType", &scene::output_type, false>,
            detail::described_field<"SceneId", &scene::scene_id, false>,
            detail::described_field<"SceneName", &scene::scene_name, false>,
            detail::described_field<"Status", &scene::status, false>,
            detail::described_field<"StreamInfos.StreamInfo", &scene::stream_infos, false>,
            detail::described_field<"StreamUrl", &scene::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The scenes.
        list<scene> scenes;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"SceneList.Scene", &reply::scenes, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Starts one preview scene (PVW). At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IncorrectSceneStatus (400), IncorrectSceneStatus.Inuse (400),
///   IncorrectCasterStatus.Idle (400), InvalidCasterId.Malformed (400), UserQuotaExceed (403).
struct start_caster_scene {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a preview scene (PVW).
    std::string_view scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "StartCasterScene",
                                           .version = "2016-11-01",
                                           .permission = "live:StartCasterScene",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &start_caster_scene::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &start_caster_scene::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &start_caster_scene::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"StreamUrl", &reply::stream_url, true>> fields{};
    };
};

/// Stops one preview scene (PVW). At most 10 calls per second for an account and all its RAM users together.
struct stop_caster_scene {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a preview scene (PVW).
    std::string_view scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "StopCasterScene",
                                           .version = "2016-11-01",
                                           .permission = "live:StopCasterScene",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &stop_caster_scene::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &stop_caster_scene::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &stop_caster_scene::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Clears the settings of a started scene, then gives the scene a layout and components. At most 10 calls per second
/// for an account and all its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidCaster.NotFound (404), InvalidScene.NotFound (404),
///   IncorrectSceneStatus (400), InvalidLayout.NotFound (404), InternalError (500).
struct set_caster_scene_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a started scene. For another scene the service answers IncorrectSceneStatus.
    std::string_view scene_id;
    /// The components that the scene shows, from the lowest to the highest layer.
    std::span<std::string_view const> component_id = {};
    /// The layout's id.
    std::string_view layout_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetCasterSceneConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:SetCasterSceneConfig",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_caster_scene_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &set_caster_scene_config::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &set_caster_scene_config::component_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"LayoutId", &set_caster_scene_config::layout_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &set_caster_scene_config::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Changes the layout and the components of a scene and keeps its other settings; this is cheaper than
/// SetCasterSceneConfig. At most 10 calls per second for an account and all its RAM users together.
struct update_caster_scene_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The scene's id.
    std::string_view scene_id;
    /// The components that the scene shows, from the lowest to the highest layer.
    std::span<std::string_view const> component_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "UpdateCasterSceneConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:UpdateCasterSceneConfig",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &update_caster_scene_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &update_caster_scene_config::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &update_caster_scene_config::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &update_caster_scene_config::component_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &update_caster_scene_config::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Puts the settings of a preview scene (PVW) on air: they become the settings of the programme scene (PGM) of the same
/// studio. At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidCaster.NotFound (404), InvalidScene.NotFound (404),
///   IncorrectSceneStatus (400), InvalidLayout.NotFound (400), InternalError (500).
struct copy_caster_scene_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of the preview scene (PVW) whose settings are copied.
    std::string_view from_scene_id;
    /// The id of the programme scene (PGM) that receives the settings.
    std::string_view to_scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "CopyCasterSceneConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:CopyCasterSceneConfig",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &copy_caster_scene_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"FromSceneId", &copy_caster_scene_config::from_scene_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ToSceneId", &copy_caster_scene_config::to_scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &copy_caster_scene_config::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Removes the layout, the components, or both from a started scene. At most 10 calls per second for an account and all
/// its RAM users together.
struct delete_caster_scene_config {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a started scene.
    std::string_view scene_id;
    /// What to remove: Component, Layout or All.
    std::string_view type;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterSceneConfig",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterSceneConfig",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_scene_config::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &delete_caster_scene_config::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"Type", &delete_caster_scene_config::type, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_scene_config::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Reads the sound settings of a scene. At most 15 calls per second for an account and all its RAM users together.
struct describe_caster_scene_audio {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The scene's id.
    std::string_view scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterSceneAudio",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterSceneAudio",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_scene_audio::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &describe_caster_scene_audio::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_scene_audio::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of audio_layers.
    struct audio_layer {
        /// The delay in milliseconds.
        number fixed_delay_duration;
        /// leftChannel, rightChannel or all.
        std::string_view valid_channel;
        /// The volume as a factor; 1.0 leaves the volume as it is.
        std::string_view volume_rate;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"FixedDelayDuration", &audio_layer::fixed_delay_duration, false>,
            detail::described_field<"ValidChannel", &audio_layer::valid_channel, false>,
            detail::described_field<"VolumeRate", &audio_layer::volume_rate, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The sound of each audio source, in the order of MixList.
        list<audio_layer> audio_layers;
        /// The studio's id.
        std::string_view caster_id;
        /// 1: the sound follows the picture. 0: the sound is mixed.
        number follow_enable;
        /// The location id of each audio source.
        list<std::string_view> mix_list;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"AudioLayers.AudioLayer", &reply::audio_layers, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"FollowEnable", &reply::follow_enable, false>,
            detail::described_field<"MixList.LocationId", &reply::mix_list, false>> fields{};
    };
};

/// Sets the sound of a scene: mixed from several sources, or taken from the source of the picture. At most 10 calls per
/// second for an account and all its RAM users together.
struct update_caster_scene_audio {
    /// An element of audio_layer.
    struct audio_layer_element {
        /// Noise reduction and other sound effects as JSON: enableAgc, enableAns, ansMode, enableBeautify,
        /// voiceBeautifyMode.
        std::string_view filter = {};
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// leftChannel, rightChannel or all (default).
        std::string_view valid_channel = {};
        /// The volume as a factor, 0 to 10.0; 1.0 (default) leaves the volume as it is.
        std::string_view volume_rate = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"Filter", &audio_layer_element::filter, true, value_rule::identifier>,
            detail::described_parameter<"FixedDelayDuration", &audio_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"ValidChannel", &audio_layer_element::valid_channel, true,
                                        value_rule::identifier>,
            detail::described_parameter<"VolumeRate", &audio_layer_element::volume_rate, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The scene's id.
    std::string_view scene_id;
    /// The sound of each audio source, in the order of MixList.
    std::span<audio_layer_element const> audio_layer = {};
    /// 1: the sound follows the picture. 0: the sound is mixed. Default: as before.
    number follow_enable = {};
    /// The location ids (RV01 to RV99) of the audio sources, one for each element of AudioLayer.
    std::span<std::string_view const> mix_list = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "UpdateCasterSceneAudio",
                                           .version = "2016-11-01",
                                           .permission = "live:UpdateCasterSceneAudio",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &update_caster_scene_audio::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &update_caster_scene_audio::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"AudioLayer", &update_caster_scene_audio::audio_layer, true,
                                    value_rule::identifier>,
        detail::described_parameter<"FollowEnable", &update_caster_scene_audio::follow_enable, true,
                                    value_rule::identifier>,
        detail::described_parameter<"MixList", &update_caster_scene_audio::mix_list, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &update_caster_scene_audio::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Switches the programme scene (PGM) to the standby video or picture of the studio. At most 10 calls per second for an
/// account and all its RAM users together.
struct effect_caster_urgent {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of the programme scene (PGM).
    std::string_view scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "EffectCasterUrgent",
                                           .version = "2016-11-01",
                                           .permission = "live:EffectCasterUrgent",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &effect_caster_urgent::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"SceneId", &effect_caster_urgent::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &effect_caster_urgent::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Puts a video source into a scene that refers to it. At most 10 calls per second for an account and all its RAM users
/// together.
/// Errors: the service documents IncorrectSceneStatus.Idle (400), IncorrectSceneStatus.ConfigError (400),
///   InvalidResourceId.Malformed (400), InvalidCasterId.Malformed (400), InvalidSceneId.Malformed (400),
///   IllegalOperation (401), InvalidCaster.NotFound (404).
struct effect_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The video source's id.
    std::string_view resource_id;
    /// The scene's id.
    std::string_view scene_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "EffectCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:EffectCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &effect_caster_video_resource::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &effect_caster_video_resource::resource_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"SceneId", &effect_caster_video_resource::scene_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &effect_caster_video_resource::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif
