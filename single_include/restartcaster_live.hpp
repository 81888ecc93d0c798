// SPDX-License-Identifier: MIT
// All operations of the studios of ApsaraVideo Live, in namespace restartcaster::live.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file.
//
// Version 0.1.0 in one file, written by tools/amalgamate: change the sources, not this.
//
// MIT License
//
// Copyright (c) 2026 The restartcaster authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#ifndef RESTARTCASTER_LIVE_HPP
#define RESTARTCASTER_LIVE_HPP

#include "restartcaster.hpp"

// ---- restartcaster/operations/live/components.hpp
// Components: texts, pictures and captions above the video.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_COMPONENTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_COMPONENTS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a text, a picture or captions that a scene can show above its video. At most 10 calls per second for an account
/// and all its RAM users together.
struct add_caster_component {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// Size and place as JSON: HeightNormalized, WidthNormalized, PositionNormalized and PositionRefer.
    std::string_view component_layer;
    /// text, image or caption. Each type needs its own content: TextLayerContent, ImageLayerContent or
    /// CaptionLayerContent.
    std::string_view component_type;
    /// A free place for the component, RC01 to RC99. For captions: the place of the video source whose speech they
    /// show.
    std::string_view location_id;
    /// For captions, JSON: LocationId of the source, SourceLan, TargetLan, ShowSourceLan, FontName, SizeNormalized,
    /// BorderColor and more.
    std::string_view caption_layer_content = {};
    /// The name of the component, for people. Default: its id.
    std::string_view component_name = {};
    /// none (default), animateH (scrolls sideways) or animateV (scrolls up and down).
    std::string_view effect = {};
    /// For a web page, JSON: htmlUrl.
    std::string_view html_layer_content = {};
    /// For a picture, JSON: MaterialId, the id of the picture in the media library.
    std::string_view image_layer_content = {};
    /// cover (in front of the video) or background (behind it).
    std::string_view layer_order = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// For a text, JSON: Text, Color, FontName, SizeNormalized, BorderColor and BorderWidthNormalized.
    std::string_view text_layer_content = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterComponent",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterComponent",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_component::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentLayer", &add_caster_component::component_layer, false,
                                    value_rule::any_text>,
        detail::described_parameter<"ComponentType", &add_caster_component::component_type, false,
                                    value_rule::identifier>,
        detail::described_parameter<"LocationId", &add_caster_component::location_id, false, value_rule::identifier>,
        detail::described_parameter<"CaptionLayerContent", &add_caster_component::caption_layer_content, true,
                                    value_rule::any_text>,
        detail::described_parameter<"ComponentName", &add_caster_component::component_name, true, value_rule::any_text>,
        detail::described_parameter<"Effect", &add_caster_component::effect, true, value_rule::identifier>,
        detail::described_parameter<"HtmlLayerContent", &add_caster_component::html_layer_content, true,
                                    value_rule::any_text>,
        detail::described_parameter<"ImageLayerContent", &add_caster_component::image_layer_content, true,
                                    value_rule::any_text>,
        detail::described_parameter<"LayerOrder", &add_caster_component::layer_order, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_component::region_id, true, value_rule::identifier>,
        detail::described_parameter<"TextLayerContent", &add_caster_component::text_layer_content, true,
                                    value_rule::any_text>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The component's id.
        std::string_view component_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ComponentId", &reply::component_id, false>> fields{};
    };
};

/// Lists the components of a studio, or reads one of them. At most 15 calls per second for an account and all its RAM
/// users together.
struct describe_caster_components {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// Only the component with this id. Default: all components.
    std::string_view component_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterComponents",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterComponents",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_components::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &describe_caster_components::component_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_components::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of components.
    struct component {
        /// The object caption_layer_content.
        struct caption_layer_content_object {
            /// The colour of the border, e.g. "0xffffff"; empty without a border.
            std::string_view border_color;
            /// The width of the border as a part of the font size, 0 to 1.
            std::string_view border_width_normalized;
            /// The colour of the text, e.g. "0xff0000".
            std::string_view color;
            /// The font, e.g. "KaiTi".
            std::string_view font_name;
            /// The space between lines as a part of the font size.
            std::string_view line_space_normalized;
            /// The location id of the source whose speech the captions show.
            std::string_view location_id;
            /// By how many milliseconds the captions are moved.
            number pts_offset;
            /// Whether the captions show the spoken language too.
            boolean show_source_lan;
            /// The font size as a part of the height of the screen, 0 to 1.
            std::string_view size_normalized;
            /// The spoken language: cn, en, es or ru.
            std::string_view source_lan;
            /// The language into which the captions are translated: cn, en, es or ru; absent without translation.
            std::string_view target_lan;
            /// The largest number of words in a line.
            number word_count_per_line;
            /// The space between words as a part of the font size.
            std::string_view word_space_normalized;
            /// The largest number of words on the screen.
            number words_count;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"BorderColor", &caption_layer_content_object::border_color, false>,
                detail::described_field<"BorderWidthNormalized",
                                        &caption_layer_content_object::border_width_normalized, false>,
                detail::described_field<"Color", &caption_layer_content_object::color, false>,
                detail::described_field<"FontName", &caption_layer_content_object::font_name, false>,
                detail::described_field<"LineSpaceNormalized", &caption_layer_content_object::line_space_normalized,
                                        false>,
                detail::described_field<"LocationId", &caption_layer_content_object::location_id, false>,
                detail::described_field<"PtsOffset", &caption_layer_content_object::pts_offset, false>,
                detail::described_field<"ShowSourceLan", &caption_layer_content_object::show_source_lan, false>,
                detail::described_field<"SizeNormalized", &caption_layer_content_object::size_normalized, false>,
                detail::described_field<"SourceLan", &caption_layer_content_object::source_lan, false>,
                detail::described_field<"TargetLan", &caption_layer_content_object::target_lan, false>,
                detail::described_field<"WordCountPerLine", &caption_layer_content_object::word_count_per_line, false>,
                detail::described_field<"WordSpaceNormalized", &caption_layer_content_object::word_space_normalized,
                                        false>,
                detail::described_field<"WordsCount", &caption_layer_content_object::words_count, false>> fields{};
        };

        /// The object component_layer.
        struct component_layer_object {
            /// The height as a part of the screen, 0 to 1.
            std::string_view height_normalized;
            /// The position as two parts of the screen, x and y, each 0 to 1.
            list<std::string_view> positions;
            /// The corner or side from which the position counts, e.g. "topLeft".
            std::string_view position_refer;
            /// How transparent the component is.
            std::string_view transparency;
            /// The width as a part of the screen, 0 to 1.
            std::string_view width_normalized;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"HeightNormalized", &component_layer_object::height_normalized, false>,
                detail::described_field<"PositionNormalizeds.Position", &component_layer_object::positions, false>,
                detail::described_field<"PositionRefer", &component_layer_object::position_refer, false>,
                detail::described_field<"Transparency", &component_layer_object::transparency, false>,
                detail::described_field<"WidthNormalized", &component_layer_object::width_normalized, false>> fields{};
        };

        /// The object image_layer_content.
        struct image_layer_content_object {
            /// The id of the picture in the media library.
            std::string_view material_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"MaterialId", &image_layer_content_object::material_id, false>> fields{};
        };

        /// The object text_layer_content.
        struct text_layer_content_object {
            /// The colour of the border, e.g. "0xffffff"; empty without a border.
            std::string_view border_color;
            /// The width of the border as a part of the font size, 0 to 1.
            std::string_view border_width_normalized;
            /// The colour of the text, e.g. "0xff0000".
            std::string_view color;
            /// The font, e.g. "KaiTi".
            std::string_view font_name;
            /// The font size as a part of the height of the screen, 0 to 1.
            std::string_view size_normalized;
            /// The text.
            std::string_view text;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"BorderColor", &text_layer_content_object::border_color, false>,
                detail::described_field<"BorderWidthNormalized", &text_layer_content_object::border_width_normalized,
                                        false>,
                detail::described_field<"Color", &text_layer_content_object::color, false>,
                detail::described_field<"FontName", &text_layer_content_object::font_name, false>,
                detail::described_field<"SizeNormalized", &text_layer_content_object::size_normalized, false>,
                detail::described_field<"Text", &text_layer_content_object::text, false>> fields{};
        };

        /// The content of captions.
        caption_layer_content_object caption_layer_content;
        /// The component's id.
        std::string_view component_id;
        /// Size and place of the component.
        component_layer_object component_layer;
        /// The name of the component, for people.
        std::string_view component_name;
        /// text, image or caption.
        std::string_view component_type;
        /// none, animateH (scrolls sideways) or animateV (scrolls up and down).
        std::string_view effect;
        /// The content of a picture.
        image_layer_content_object image_layer_content;
        /// The place of the component, RC01 to RC99.
        std::string_view location_id;
        /// The content of a text.
        text_layer_content_object text_layer_content;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"CaptionLayerContent", &component::caption_layer_content, false>,
            detail::described_field<"ComponentId", &component::component_id, false>,
            detail::described_field<"ComponentLayer", &component::component_layer, false>,
            detail::described_field<"ComponentName", &component::component_name, false>,
            detail::described_field<"ComponentType", &component::component_type, false>,
            detail::described_field<"Effect", &component::effect, false>,
            detail::described_field<"ImageLayerContent", &component::image_layer_content, false>,
            detail::described_field<"LocationId", &component::location_id, false>,
            detail::described_field<"TextLayerContent", &component::text_layer_content, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The components.
        list<component> components;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Components.Component", &reply::components, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes a component of a studio. At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidCaster.NotFound (404), InternalError (500),
///   DuplicateLocationID (400), InvalidParameter.Malformed (400).
struct modify_caster_component {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The component's id.
    std::string_view component_id;
    /// For captions, JSON: LocationId of the source, SourceLan, TargetLan, ShowSourceLan, FontName, SizeNormalized,
    /// BorderColor and more.
    std::string_view caption_layer_content = {};
    /// Size and place as JSON: HeightNormalized, WidthNormalized, PositionNormalized and PositionRefer.
    std::string_view component_layer = {};
    /// The name of the component, for people. Default: its id.
    std::string_view component_name = {};
    /// text, image or caption. Each type needs its own content: TextLayerContent, ImageLayerContent or
    /// CaptionLayerContent.
    std::string_view component_type = {};
    /// none (default), animateH (scrolls sideways) or animateV (scrolls up and down).
    std::string_view effect = {};
    /// For a picture, JSON: MaterialId, the id of the picture in the media library.
    std::string_view image_layer_content = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// For a text, JSON: Text, Color, FontName, SizeNormalized, BorderColor and BorderWidthNormalized.
    std::string_view text_layer_content = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterComponent",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterComponent",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_component::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &modify_caster_component::component_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"CaptionLayerContent", &modify_caster_component::caption_layer_content, true,
                                    value_rule::any_text>,
        detail::described_parameter<"ComponentLayer", &modify_caster_component::component_layer, true,
                                    value_rule::any_text>,
        detail::described_parameter<"ComponentName", &modify_caster_component::component_name, true,
                                    value_rule::any_text>,
        detail::described_parameter<"ComponentType", &modify_caster_component::component_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"Effect", &modify_caster_component::effect, true, value_rule::identifier>,
        detail::described_parameter<"ImageLayerContent", &modify_caster_component::image_layer_content, true,
                                    value_rule::any_text>,
        detail::described_parameter<"RegionId", &modify_caster_component::region_id, true, value_rule::identifier>,
        detail::described_parameter<"TextLayerContent", &modify_caster_component::text_layer_content, true,
                                    value_rule::any_text>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The component's id.
        std::string_view component_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ComponentId", &reply::component_id, false>> fields{};
    };
};

/// Deletes a component of a studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_caster_component {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The component's id.
    std::string_view component_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterComponent",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterComponent",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_component::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ComponentId", &delete_caster_component::component_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_component::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The component's id.
        std::string_view component_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"ComponentId", &reply::component_id, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif

// ---- restartcaster/operations/live/layouts.hpp
// Layouts: where each video source is on the screen, and how loud each audio source is.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_LAYOUTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_LAYOUTS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a layout, which tells where each video source is on the screen and how loud each audio source is. At most 10
/// calls per second for an account and all its RAM users together.
struct add_caster_layout {
    /// An element of audio_layer.
    struct audio_layer_element {
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// leftChannel, rightChannel or all (default).
        std::string_view valid_channel = {};
        /// The volume as a factor, 0 to 10.0; 1.0 (default) leaves the volume as it is.
        std::string_view volume_rate = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FixedDelayDuration", &audio_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"ValidChannel", &audio_layer_element::valid_channel, true,
                                        value_rule::identifier>,
            detail::described_parameter<"VolumeRate", &audio_layer_element::volume_rate, true,
                                        value_rule::identifier>> parameters{};
    };

    /// An element of video_layer.
    struct video_layer_element {
        /// none (default: the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
        std::string_view fill_mode = {};
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// The height as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view height_normalized = {};
        /// The position as two parts of the screen, x and y, each 0 to 1. Default: 0, 0.
        std::span<std::string_view const> position_normalized = {};
        /// The corner or side from which the position counts: topLeft (default), topCenter, topRight, leftCenter,
        /// center, rightCenter, bottomLeft, bottomCenter or bottomRight.
        std::string_view position_refer = {};
        /// The width as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view width_normalized = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FillMode", &video_layer_element::fill_mode, true, value_rule::identifier>,
            detail::described_parameter<"FixedDelayDuration", &video_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"HeightNormalized", &video_layer_element::height_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionNormalized", &video_layer_element::position_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionRefer", &video_layer_element::position_refer, true,
                                        value_rule::identifier>,
            detail::described_parameter<"WidthNormalized", &video_layer_element::width_normalized, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The sound of each audio source, in the order of MixList.
    std::span<audio_layer_element const> audio_layer;
    /// The location ids (RV01 to RV99) of the video sources, one for each element of VideoLayer.
    std::span<std::string_view const> blend_list;
    /// The location ids (RV01 to RV99) of the audio sources, one for each element of AudioLayer.
    std::span<std::string_view const> mix_list;
    /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
    std::span<video_layer_element const> video_layer;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"AudioLayer", &add_caster_layout::audio_layer, false, value_rule::identifier>,
        detail::described_parameter<"BlendList", &add_caster_layout::blend_list, false, value_rule::identifier>,
        detail::described_parameter<"MixList", &add_caster_layout::mix_list, false, value_rule::identifier>,
        detail::described_parameter<"VideoLayer", &add_caster_layout::video_layer, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

/// Lists the layouts of a studio, or reads one of them. At most 15 calls per second for an account and all its RAM
/// users together.
struct describe_caster_layouts {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// Only the layout with this id. Default: all layouts.
    std::string_view layout_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterLayouts",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterLayouts",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_layouts::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &describe_caster_layouts::layout_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_layouts::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of layouts.
    struct layout {
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

        /// An element of video_layers.
        struct video_layer {
            /// none (the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
            std::string_view fill_mode;
            /// The delay in milliseconds.
            number fixed_delay_duration;
            /// The height as a part of the screen, 0 to 1.
            std::string_view height_normalized;
            /// The position as two parts of the screen, x and y, each 0 to 1.
            list<std::string_view> positions;
            /// The corner or side from which the position counts, e.g. "topLeft".
            std::string_view position_refer;
            /// The width as a part of the screen, 0 to 1.
            std::string_view width_normalized;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"FillMode", &video_layer::fill_mode, false>,
                detail::described_field<"FixedDelayDuration", &video_layer::fixed_delay_duration, false>,
                detail::described_field<"HeightNormalized", &video_layer::height_normalized, false>,
                detail::described_field<"PositionNormalizeds.Position", &video_layer::positions, false>,
                detail::described_field<"PositionRefer", &video_layer::position_refer, false>,
                detail::described_field<"WidthNormalized", &video_layer::width_normalized, false>> fields{};
        };

        /// The sound of each audio source, in the order of MixList.
        list<audio_layer> audio_layers;
        /// The location id of each video source.
        list<std::string_view> blend_list;
        /// The layout's id.
        std::string_view layout_id;
        /// The location id of each audio source.
        list<std::string_view> mix_list;
        /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
        list<video_layer> video_layers;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"AudioLayers.AudioLayer", &layout::audio_layers, false>,
            detail::described_field<"BlendList.LocationId", &layout::blend_list, false>,
            detail::described_field<"LayoutId", &layout::layout_id, false>,
            detail::described_field<"MixList.LocationId", &layout::mix_list, false>,
            detail::described_field<"VideoLayers.VideoLayer", &layout::video_layers, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layouts.
        list<layout> layouts;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Layouts.Layout", &reply::layouts, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes a layout of a studio. At most 10 calls per second for an account and all its RAM users together.
struct modify_caster_layout {
    /// An element of audio_layer.
    struct audio_layer_element {
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// leftChannel, rightChannel or all (default).
        std::string_view valid_channel = {};
        /// The volume as a factor, 0 to 10.0; 1.0 (default) leaves the volume as it is.
        std::string_view volume_rate = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FixedDelayDuration", &audio_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"ValidChannel", &audio_layer_element::valid_channel, true,
                                        value_rule::identifier>,
            detail::described_parameter<"VolumeRate", &audio_layer_element::volume_rate, true,
                                        value_rule::identifier>> parameters{};
    };

    /// An element of video_layer.
    struct video_layer_element {
        /// none (default: the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
        std::string_view fill_mode = {};
        /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
        number fixed_delay_duration = {};
        /// The height as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view height_normalized = {};
        /// The position as two parts of the screen, x and y, each 0 to 1. Default: 0, 0.
        std::span<std::string_view const> position_normalized = {};
        /// The corner or side from which the position counts: topLeft (default), topCenter, topRight, leftCenter,
        /// center, rightCenter, bottomLeft, bottomCenter or bottomRight.
        std::string_view position_refer = {};
        /// The width as a part of the screen, 0 to 1. 0 keeps the size of the video; fit needs more than 0.
        std::string_view width_normalized = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"FillMode", &video_layer_element::fill_mode, true, value_rule::identifier>,
            detail::described_parameter<"FixedDelayDuration", &video_layer_element::fixed_delay_duration, true,
                                        value_rule::identifier>,
            detail::described_parameter<"HeightNormalized", &video_layer_element::height_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionNormalized", &video_layer_element::position_normalized, true,
                                        value_rule::identifier>,
            detail::described_parameter<"PositionRefer", &video_layer_element::position_refer, true,
                                        value_rule::identifier>,
            detail::described_parameter<"WidthNormalized", &video_layer_element::width_normalized, true,
                                        value_rule::identifier>> parameters{};
    };

    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The sound of each audio source, in the order of MixList.
    std::span<audio_layer_element const> audio_layer;
    /// The location ids (RV01 to RV99) of the video sources, one for each element of VideoLayer.
    std::span<std::string_view const> blend_list;
    /// The layout's id.
    std::string_view layout_id;
    /// The location ids (RV01 to RV99) of the audio sources, one for each element of AudioLayer.
    std::span<std::string_view const> mix_list;
    /// The place of each video source, from the lowest to the highest layer, in the order of BlendList.
    std::span<video_layer_element const> video_layer;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"AudioLayer", &modify_caster_layout::audio_layer, false, value_rule::identifier>,
        detail::described_parameter<"BlendList", &modify_caster_layout::blend_list, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &modify_caster_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"MixList", &modify_caster_layout::mix_list, false, value_rule::identifier>,
        detail::described_parameter<"VideoLayer", &modify_caster_layout::video_layer, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

/// Deletes a layout of a studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_caster_layout {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &delete_caster_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_layout::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif

// ---- restartcaster/operations/live/playlists.hpp
// Lists of video files that are played one after the other.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_PLAYLISTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_PLAYLISTS_HPP

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

// ---- restartcaster/operations/live/programs.hpp
// The programme of a studio: episodes with the times at which they are on air.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_PROGRAMS_HPP

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

// ---- restartcaster/operations/live/resources.hpp
// The video sources of a studio (live streams, video files, pictures), and the channels that hold them.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_RESOURCES_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_RESOURCES_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a video source to a studio: a live stream, a video file or a picture. The studio has room for as many as it has
/// input channels. At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidParameter.Malformed (400),
///   InvalidLiveStreamUrl.Malformed (400), InvalidMaterialId.Malformed (400), InvalidCaster.NotFound (404),
///   DuplicateLocationID (400), ResourceNumberExceed (400), InternalError (500).
struct add_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The name of the video source, for people.
    std::string_view resource_name;
    /// For a file: where playing starts, in milliseconds from the first frame.
    number begin_offset = {};
    /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
    number end_offset = {};
    /// A delay in milliseconds, 0 (default) to 5000, which keeps the source in step with captions.
    number fixed_delay_duration = {};
    /// For a picture: its id in the media library.
    std::string_view image_id = {};
    /// For a picture outside the media library: its URL. JPG or PNG, at most 10 MB.
    std::string_view image_url = {};
    /// For a live stream: its URL. Other sources have none.
    std::string_view live_stream_url = {};
    /// A free place for the source, RV01 to RV99, by which layouts refer to it. The service requires it, although its
    /// metadata does not.
    std::string_view location_id = {};
    /// For a file in the media library: its id there.
    std::string_view material_id = {};
    /// How often the service reports the position in the video, in milliseconds.
    number pts_callback_interval = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the file repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_num = {};
    /// For a file outside the media library: its URL. MP4, FLV or TS.
    std::string_view vod_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:AddCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_caster_video_resource::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ResourceName", &add_caster_video_resource::resource_name, false,
                                    value_rule::any_text>,
        detail::described_parameter<"BeginOffset", &add_caster_video_resource::begin_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"EndOffset", &add_caster_video_resource::end_offset, true, value_rule::identifier>,
        detail::described_parameter<"FixedDelayDuration", &add_caster_video_resource::fixed_delay_duration, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ImageId", &add_caster_video_resource::image_id, true, value_rule::identifier>,
        detail::described_parameter<"ImageUrl", &add_caster_video_resource::image_url, true, value_rule::identifier>,
        detail::described_parameter<"LiveStreamUrl", &add_caster_video_resource::live_stream_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"LocationId", &add_caster_video_resource::location_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"MaterialId", &add_caster_video_resource::material_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PtsCallbackInterval", &add_caster_video_resource::pts_callback_interval, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_caster_video_resource::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatNum", &add_caster_video_resource::repeat_num, true, value_rule::identifier>,
        detail::described_parameter<"VodUrl", &add_caster_video_resource::vod_url, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The video source's id.
        std::string_view resource_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ResourceId", &reply::resource_id, false>> fields{};
    };
};

/// Lists the video sources of a studio. At most 15 calls per second for an account and all its RAM users together.
struct describe_caster_video_resources {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterVideoResources",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterVideoResources",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_video_resources::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_video_resources::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of video_resources.
    struct video_resource {
        /// For a file: where playing starts, in milliseconds from the first frame.
        number begin_offset;
        /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
        number end_offset;
        /// The URL of the source as FLV. Whoever has it can watch: it may contain an auth_key.
        std::string_view flv_url;
        /// For a picture: its id in the media library.
        std::string_view image_id;
        /// For a picture outside the media library: its URL.
        std::string_view image_url;
        /// For a live stream: its URL. Whoever has it can watch: it may contain an auth_key.
        std::string_view live_stream_url;
        /// The place of the source, RV01 to RV99, by which layouts refer to it.
        std::string_view location_id;
        /// For a file in the media library: its id there.
        std::string_view material_id;
        /// How often the service reports the position in the video, in milliseconds.
        number pts_callback_interval;
        /// How often the file repeats: 0 plays it once, -1 repeats it for ever.
        number repeat_num;
        /// The video source's id.
        std::string_view resource_id;
        /// The name of the video source, for people.
        std::string_view resource_name;
        /// For a file outside the media library: its URL. It may contain an auth_key.
        std::string_view vod_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"BeginOffset", &video_resource::begin_offset, false>,
            detail::described_field<"EndOffset", &video_resource::end_offset, false>,
            detail::described_field<"FlvUrl", &video_resource::flv_url, true>,
            detail::described_field<"ImageId", &video_resource::image_id, false>,
            detail::described_field<"ImageUrl", &video_resource::image_url, false>,
            detail::described_field<"LiveStreamUrl", &video_resource::live_stream_url, true>,
            detail::described_field<"LocationId", &video_resource::location_id, false>,
            detail::described_field<"MaterialId", &video_resource::material_id, false>,
            detail::described_field<"PtsCallbackInterval", &video_resource::pts_callback_interval, false>,
            detail::described_field<"RepeatNum", &video_resource::repeat_num, false>,
            detail::described_field<"ResourceId", &video_resource::resource_id, false>,
            detail::described_field<"ResourceName", &video_resource::resource_name, false>,
            detail::described_field<"VodUrl", &video_resource::vod_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The number of entries.
        number total;
        /// The video sources.
        list<video_resource> video_resources;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Total", &reply::total, false>,
            detail::described_field<"VideoResources.VideoResource", &reply::video_resources, false>> fields{};
    };
};

/// Changes a video source of a studio. At most 10 calls per second for an account and all its RAM users together.
struct modify_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The video source's id.
    std::string_view resource_id;
    /// For a file: where playing starts, in milliseconds from the first frame.
    number begin_offset = {};
    /// For a file: where playing ends, in milliseconds; positive from the first frame, negative from the last.
    number end_offset = {};
    /// For a picture: its id in the media library.
    std::string_view image_id = {};
    /// For a picture outside the media library: its URL. JPG or PNG, at most 10 MB.
    std::string_view image_url = {};
    /// For a live stream: its URL. Other sources have none.
    std::string_view live_stream_url = {};
    /// For a file in the media library: its id there.
    std::string_view material_id = {};
    /// For a file: how often the service reports the position in the video, in milliseconds.
    number pts_callback_interval = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the file repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_num = {};
    /// The name of the video source, for people.
    std::string_view resource_name = {};
    /// For a file outside the media library: its URL. MP4, FLV or TS.
    std::string_view vod_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_caster_video_resource::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &modify_caster_video_resource::resource_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"BeginOffset", &modify_caster_video_resource::begin_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"EndOffset", &modify_caster_video_resource::end_offset, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ImageId", &modify_caster_video_resource::image_id, true, value_rule::identifier>,
        detail::described_parameter<"ImageUrl", &modify_caster_video_resource::image_url, true, value_rule::identifier>,
        detail::described_parameter<"LiveStreamUrl", &modify_caster_video_resource::live_stream_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"MaterialId", &modify_caster_video_resource::material_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"PtsCallbackInterval", &modify_caster_video_resource::pts_callback_interval, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_caster_video_resource::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatNum", &modify_caster_video_resource::repeat_num, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceName", &modify_caster_video_resource::resource_name, true,
                                    value_rule::any_text>,
        detail::described_parameter<"VodUrl", &modify_caster_video_resource::vod_url, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The video source's id.
        std::string_view resource_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"ResourceId", &reply::resource_id, false>> fields{};
    };
};

/// Removes a video source from a studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_caster_video_resource {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The video source's id.
    std::string_view resource_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteCasterVideoResource",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteCasterVideoResource",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_caster_video_resource::caster_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &delete_caster_video_resource::resource_id, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_caster_video_resource::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Lists the channels of a studio and the video source in each. At most 15 calls per second for an account and all its
/// RAM users together.
/// Errors: the service documents PermissionDenied (401), InvalidCaster.NotFound (404), InternalError (500).
struct describe_caster_channels {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterChannels",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterChannels",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_channels::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_channels::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of channels.
    struct channel {
        /// The channel, RV01 to RV12.
        std::string_view channel_id;
        /// The setting of the retouching of faces.
        std::string_view face_beauty;
        /// The id of the video source in the channel.
        std::string_view resource_id;
        /// The RTMP URL at which the channel can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view rtmp_url;
        /// The URL at which the channel can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"ChannelId", &channel::channel_id, false>,
            detail::described_field<"FaceBeauty", &channel::face_beauty, false>,
            detail::described_field<"ResourceId", &channel::resource_id, false>,
            detail::described_field<"RtmpUrl", &channel::rtmp_url, true>,
            detail::described_field<"StreamUrl", &channel::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The channels.
        list<channel> channels;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"Channels.Channel", &reply::channels, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Puts a video source into a channel, and sets its position and whether it plays. At most 10 calls per second for an
/// account and all its RAM users together.
struct set_caster_channel {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The channel, RV01 to RV12. A studio gets its number of channels when it is created.
    std::string_view channel_id;
    /// Retouching of faces: 0 all, 1 smoother skin, 2 whiter skin, 3 no dark circles, 4 no nose folds.
    std::string_view face_beauty = {};
    /// For a file: 1 (default) plays, 0 pauses.
    number play_status = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The video source's id.
    std::string_view resource_id = {};
    /// For a file: where playing goes on, in milliseconds from the first frame; at least 0.
    number seek_offset = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetCasterChannel",
                                           .version = "2016-11-01",
                                           .permission = "live:SetCasterChannel",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_caster_channel::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ChannelId", &set_caster_channel::channel_id, false, value_rule::identifier>,
        detail::described_parameter<"FaceBeauty", &set_caster_channel::face_beauty, true, value_rule::identifier>,
        detail::described_parameter<"PlayStatus", &set_caster_channel::play_status, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &set_caster_channel::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceId", &set_caster_channel::resource_id, true, value_rule::identifier>,
        detail::described_parameter<"SeekOffset", &set_caster_channel::seek_offset, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif

// ---- restartcaster/operations/live/scenes.hpp
// The scenes of a studio: what is in the preview and on air, and how it sounds.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SCENES_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SCENES_HPP

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

// ---- restartcaster/operations/live/settings.hpp
// The settings of a studio: output, recording, standby video and more.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SETTINGS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SETTINGS_HPP

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

// ---- restartcaster/operations/live/shows.hpp
// The show list of a studio in playlist mode.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_SHOWS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_SHOWS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds one show, or many at once, to the show list of a studio in playlist mode. A show list holds at most 1000 shows.
/// At most 10 calls per second for an account and all its RAM users together.
struct add_show_into_show_list {
    /// An element of show_list.
    struct show_list_element {
        /// For how many seconds the show is on air. A live stream needs it; other shows have it or repeatTimes.
        number duration = {};
        /// A number of your own that marks the kind of show.
        number live_input_type = {};
        /// How often the show repeats: 0 (default) plays it once, 1 plays it twice.
        number repeat_times = {};
        /// The id of the file in ApsaraVideo VOD.
        std::string_view resource_id = {};
        /// live, vod (a video file) or pic (a picture).
        std::string_view resource_type = {};
        /// The URL of the stream or file.
        std::string_view resource_url = {};
        /// The name of the show, for people.
        std::string_view show_name = {};

        /// The parameters of an element, with their names on the wire.
        static constexpr restartcaster::parameters<
            detail::described_parameter<"duration", &show_list_element::duration, true, value_rule::identifier>,
            detail::described_parameter<"liveInputType", &show_list_element::live_input_type, true,
                                        value_rule::identifier>,
            detail::described_parameter<"repeatTimes", &show_list_element::repeat_times, true, value_rule::identifier>,
            detail::described_parameter<"resourceId", &show_list_element::resource_id, true, value_rule::identifier>,
            detail::described_parameter<"resourceType", &show_list_element::resource_type, true,
                                        value_rule::identifier>,
            detail::described_parameter<"resourceUrl", &show_list_element::resource_url, true, value_rule::identifier>,
            detail::described_parameter<"showName", &show_list_element::show_name, true,
                                        value_rule::any_text>> parameters{};
    };

    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// For how many seconds the show is on air. A live stream needs it; other shows have it or RepeatTimes.
    number duration = {};
    /// true: many shows in one call, from the list. false (default): one show.
    boolean is_batch_mode = {};
    /// A number of your own that marks the kind of show.
    number live_input_type = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the show repeats: 0 (default) plays it once, -1 repeats it for ever.
    number repeat_times = {};
    /// The id of the file in ApsaraVideo VOD.
    std::string_view resource_id = {};
    /// live, vod (a video file) or pic (a picture).
    std::string_view resource_type = {};
    /// The URL of the stream or file.
    std::string_view resource_url = {};
    /// The shows, for a call with isBatchMode true.
    std::span<show_list_element const> show_list = {};
    /// The name of the show, for people.
    std::string_view show_name = {};
    /// The position in the list, counted from 0. Default: the end.
    number spot = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddShowIntoShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:AddShowIntoShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_show_into_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"Duration", &add_show_into_show_list::duration, true, value_rule::identifier>,
        detail::described_parameter<"isBatchMode", &add_show_into_show_list::is_batch_mode, true,
                                    value_rule::identifier>,
        detail::described_parameter<"LiveInputType", &add_show_into_show_list::live_input_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &add_show_into_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatTimes", &add_show_into_show_list::repeat_times, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceId", &add_show_into_show_list::resource_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceType", &add_show_into_show_list::resource_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceUrl", &add_show_into_show_list::resource_url, true,
                                    value_rule::identifier>,
        detail::described_parameter<"showList", &add_show_into_show_list::show_list, true, value_rule::identifier>,
        detail::described_parameter<"ShowName", &add_show_into_show_list::show_name, true, value_rule::any_text>,
        detail::described_parameter<"Spot", &add_show_into_show_list::spot, true, value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The new show's id.
        std::string_view show_id;
        /// For many shows: the shows that were not added, and why.
        std::string_view failed_list;
        /// For many shows: the ids of the new shows, separated by commas.
        std::string_view successful_show_ids;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>,
            detail::described_field<"failedList", &reply::failed_list, false>,
            detail::described_field<"successfulShowIds", &reply::successful_show_ids, false>> fields{};
    };
};

/// Reads the show list of a studio in playlist mode. At most 10 calls per second for an account and all its RAM users
/// together.
struct describe_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_show_list::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The object show_list_info.
    struct show_list_info_object {
        /// An element of shows.
        struct show {
            /// The object resource_info.
            struct resource_info_object {
                /// The number that marks the kind of show.
                number live_input_type;
                /// The id of the file in ApsaraVideo VOD.
                std::string_view resource_id;
                /// live, vod (a video file) or pic (a picture).
                std::string_view resource_type;
                /// The URL of the stream or file. Whoever has it can watch: it may contain an auth_key.
                std::string_view resource_url;

                /// The fields, with their names on the wire.
                static constexpr restartcaster::fields<
                    detail::described_field<"LiveInputType", &resource_info_object::live_input_type, false>,
                    detail::described_field<"ResourceId", &resource_info_object::resource_id, false>,
                    detail::described_field<"ResourceType", &resource_info_object::resource_type, false>,
                    detail::described_field<"ResourceUrl", &resource_info_object::resource_url, true>> fields{};
            };

            /// For how many seconds the show is on air.
            number duration;
            /// How often the show repeats: 0 plays it once.
            number repeat_times;
            /// The stream or file of the show.
            resource_info_object resource_info;
            /// The show's id.
            std::string_view show_id;
            /// The name of the show, for people.
            std::string_view show_name;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"Duration", &show::duration, false>,
                detail::described_field<"RepeatTimes", &show::repeat_times, false>,
                detail::described_field<"ResourceInfo", &show::resource_info, false>,
                detail::described_field<"ShowId", &show::show_id, false>,
                detail::described_field<"ShowName", &show::show_name, false>> fields{};
        };

        /// The background as JSON; it may contain a URL with an auth_key.
        std::string_view background;
        /// The id of the show that is on air.
        std::string_view current_show_id;
        /// The id of the show that has priority.
        std::string_view high_priority_show_id;
        /// When the show with priority interrupts the others, as 2021-11-23T12:30:00.
        std::string_view high_priority_show_start_time;
        /// The shows, in the order of playing.
        list<show> shows;
        /// Always 0.
        number show_list_repeat_times;
        /// How often the whole list repeats.
        number total_show_list_repeat_times;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"Background", &show_list_info_object::background, true>,
            detail::described_field<"CurrentShowId", &show_list_info_object::current_show_id, false>,
            detail::described_field<"HighPriorityShowId", &show_list_info_object::high_priority_show_id, false>,
            detail::described_field<"HighPriorityShowStartTime", &show_list_info_object::high_priority_show_start_time,
                                    false>,
            detail::described_field<"ShowList.Show", &show_list_info_object::shows, false>,
            detail::described_field<"ShowListRepeatTimes", &show_list_info_object::show_list_repeat_times, false>,
            detail::described_field<"TotalShowListRepeatTimes", &show_list_info_object::total_show_list_repeat_times,
                                    false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The shows as one text; it may contain URLs with an auth_key. ShowListInfo has the shows as fields.
        std::string_view show_list;
        /// The show list.
        show_list_info_object show_list_info;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowList", &reply::show_list, true>,
            detail::described_field<"ShowListInfo", &reply::show_list_info, false>> fields{};
    };
};

/// Moves a show in the show list, or sets how often the list repeats and which show has priority at a given time. At
/// most 10 calls per second for an account and all its RAM users together.
struct modify_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The id of the show that has priority. It can be set only before the list starts.
    std::string_view high_priority_show_id = {};
    /// When the show with priority interrupts the others, as 2026-11-28T09:00:00. It can be set only before the list
    /// starts.
    std::string_view high_priority_show_start_time = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// How often the whole list repeats: 0 plays it once, -1 repeats it for ever.
    number repeat_times = {};
    /// The id of the show that moves.
    std::string_view show_id = {};
    /// The new position of the show, from 0 to the number of shows.
    number spot = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"HighPriorityShowId", &modify_show_list::high_priority_show_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"HighPriorityShowStartTime", &modify_show_list::high_priority_show_start_time,
                                    true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &modify_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"RepeatTimes", &modify_show_list::repeat_times, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &modify_show_list::show_id, true, value_rule::identifier>,
        detail::described_parameter<"Spot", &modify_show_list::spot, true, value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Removes one show, or many at once, from the show list. At most 10 calls per second for an account and all its RAM
/// users together.
struct remove_show_from_show_list {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// true: many shows in one call, from the list. false (default): one show.
    boolean is_batch_mode = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The show's id.
    std::string_view show_id = {};
    /// The ids of the shows, for a call with isBatchMode true.
    std::span<std::string_view const> show_id_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "RemoveShowFromShowList",
                                           .version = "2016-11-01",
                                           .permission = "live:RemoveShowFromShowList",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &remove_show_from_show_list::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"isBatchMode", &remove_show_from_show_list::is_batch_mode, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &remove_show_from_show_list::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &remove_show_from_show_list::show_id, true, value_rule::identifier>,
        detail::described_parameter<"showIdList", &remove_show_from_show_list::show_id_list, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The show's id.
        std::string_view show_id;
        /// For many shows: the shows that were not removed, and why.
        std::string_view failed_list;
        /// For many shows: the ids of the removed shows, separated by commas.
        std::string_view successful_show_ids;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>,
            detail::described_field<"failedList", &reply::failed_list, false>,
            detail::described_field<"successfulShowIds", &reply::successful_show_ids, false>> fields{};
    };
};

/// Switches a running studio to another show of its list. For an idle studio the service answers IncorrectCasterStatus.
/// At most 10 calls per second for an account and all its RAM users together.
/// Errors: the service documents IncorrectCasterStatus (400).
struct play_choosen_show {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of the show to which the studio switches.
    std::string_view show_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "PlayChoosenShow",
                                           .version = "2016-11-01",
                                           .permission = "live:PlayChoosenShow",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &play_choosen_show::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ShowId", &play_choosen_show::show_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &play_choosen_show::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The id of the show that is on air now.
        std::string_view show_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"ShowId", &reply::show_id, false>> fields{};
    };
};

/// Sets the background of a studio in playlist mode; a call without ResourceType, ResourceUrl and MaterialId removes
/// it. At most 10 calls per second for an account and all its RAM users together.
struct set_show_list_background {
    /// The id of a studio in playlist mode.
    std::string_view caster_id;
    /// The id of the file in ApsaraVideo VOD; a call has this or ResourceUrl.
    std::string_view material_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// LIVE, VOD (a video file) or PIC (a picture).
    std::string_view resource_type = {};
    /// The URL of a file or stream elsewhere; a call has this or MaterialId.
    std::string_view resource_url = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "SetShowListBackground",
                                           .version = "2016-11-01",
                                           .permission = "live:SetShowListBackground",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &set_show_list_background::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"MaterialId", &set_show_list_background::material_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &set_show_list_background::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ResourceType", &set_show_list_background::resource_type, true,
                                    value_rule::identifier>,
        detail::described_parameter<"ResourceUrl", &set_show_list_background::resource_url, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Lists the tasks that start and stop studios at set times. At most 10 calls per second for an account and all its RAM
/// users together.
struct describe_auto_show_list_tasks {
    /// Only tasks of the studio with this id. Default: all tasks of the account.
    std::string_view caster_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeAutoShowListTasks",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeAutoShowListTasks",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_auto_show_list_tasks::caster_id, true,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_auto_show_list_tasks::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The tasks as JSON: CasterId, Status (0 paused, 1 started), TranscodeConfig and LiveTemplate.
        std::string_view auto_show_list_tasks;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"AutoShowListTasks", &reply::auto_show_list_tasks, false>> fields{};
    };
};

/// Cuts a part out of the video file of a show. GetEditingJobInfo tells how far the job is; the end is not announced.
/// At most 10 calls per second for an account and all its RAM users together.
struct edit_show_and_replace {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The id of a show whose resource is a file in ApsaraVideo VOD.
    std::string_view show_id;
    /// Where the part ends, in seconds from the start of the file, e.g. "5.0". Default: the end of the file.
    std::string_view end_time = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Where the part starts, in seconds from the start of the file, e.g. "2.0". Default: the start. A call has this or
    /// EndTime or both.
    std::string_view start_time = {};
    /// Where the new file goes, as JSON: StorageLocation and FileName. The service requires it, although its metadata
    /// does not.
    std::string_view storage_info = {};
    /// A text of your own that stays with the job.
    std::string_view user_data = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "EditShowAndReplace",
                                           .version = "2016-11-01",
                                           .permission = "live:EditShowAndReplace",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &edit_show_and_replace::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"ShowId", &edit_show_and_replace::show_id, false, value_rule::identifier>,
        detail::described_parameter<"EndTime", &edit_show_and_replace::end_time, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &edit_show_and_replace::region_id, true, value_rule::identifier>,
        detail::described_parameter<"StartTime", &edit_show_and_replace::start_time, true, value_rule::identifier>,
        detail::described_parameter<"StorageInfo", &edit_show_and_replace::storage_info, true, value_rule::any_text>,
        detail::described_parameter<"UserData", &edit_show_and_replace::user_data, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The job as JSON: jobId, vodId and mediaid.
        std::string_view job_info;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"JobInfo", &reply::job_info, false>> fields{};
    };
};

/// Reads the state of the cutting jobs of one show, or of the whole show list of a studio in playlist mode. At most 10
/// calls per second for an account and all its RAM users together.
struct get_editing_job_info {
    /// The id of a studio in playlist mode. For another kind of studio the service answers InvalidShowList.NotFound.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// Only the jobs of this show. Default: the jobs of the whole list.
    std::string_view show_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "GetEditingJobInfo",
                                           .version = "2016-11-01",
                                           .permission = "live:GetEditingJobInfo",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &get_editing_job_info::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &get_editing_job_info::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ShowId", &get_editing_job_info::show_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The jobs as JSON: ShowId, OutputVodId, StorageInfo and TaskStatus (-1 failed, 0 new, 1 cutting, 2 uploading,
        /// 3 done).
        std::string_view editing_tasks_info;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"EditingTasksInfo", &reply::editing_tasks_info, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif

// ---- restartcaster/operations/live/streams.hpp
// Streams: where the output of a studio is played, and whether a stream is on air.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_STREAMS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_STREAMS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Lists the addresses at which the output of a studio can be played. At most 5 calls per second for an account and all
/// its RAM users together.
/// Errors: the service documents IllegalOperation (401), InvalidCaster.NotFound (404), InvalidScene.NotFound (404),
///   InternalError (500).
struct describe_caster_stream_url {
    /// The studio's id, a UUID or a name such as LIVEPRODUCER_POST-cn-0pp1czt****.
    std::string_view caster_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeCasterStreamUrl",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeCasterStreamUrl",
                                           .calls_per_second = 5,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_caster_stream_url::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_caster_stream_url::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of caster_streams.
    struct caster_stream {
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

        /// 0 preview (PVW), 1 programme (PGM).
        number output_type;
        /// The RTMP URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view rtmp_url;
        /// The scene's id.
        std::string_view scene_id;
        /// The streams of the scene, one for each output format.
        list<stream_info> stream_infos;
        /// The URL at which the output can be played. Whoever has it can watch: it may contain an auth_key.
        std::string_view stream_url;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"OutputType", &caster_stream::output_type, false>,
            detail::described_field<"RtmpUrl", &caster_stream::rtmp_url, true>,
            detail::described_field<"SceneId", &caster_stream::scene_id, false>,
            detail::described_field<"StreamInfos.StreamInfo", &caster_stream::stream_infos, false>,
            detail::described_field<"StreamUrl", &caster_stream::stream_url, true>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The studio's id.
        std::string_view caster_id;
        /// The output of each scene.
        list<caster_stream> caster_streams;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"CasterId", &reply::caster_id, false>,
            detail::described_field<"CasterStreams.CasterStream", &reply::caster_streams, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Tells whether a stream is on air at this moment. At most 100 calls per second for an account and all its RAM users
/// together.
/// Errors: the service documents InvalidParam (400), InternalError (500).
struct describe_live_stream_state {
    /// The application name in the URL of the stream.
    std::string_view app_name;
    /// The domain name of the stream.
    std::string_view domain_name;
    /// The name of the stream.
    std::string_view stream_name;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeLiveStreamState",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeLiveStreamState",
                                           .calls_per_second = 100,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"AppName", &describe_live_stream_state::app_name, false, value_rule::identifier>,
        detail::described_parameter<"DomainName", &describe_live_stream_state::domain_name, false,
                                    value_rule::identifier>,
        detail::described_parameter<"StreamName", &describe_live_stream_state::stream_name, false,
                                    value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_live_stream_state::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// online or offline. Older documents list forbidden too.
        std::string_view stream_state;
        /// How the stream comes in: push or pull.
        std::string_view type;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"StreamState", &reply::stream_state, false>,
            detail::described_field<"Type", &reply::type, false>> fields{};
    };
};

}}} // namespace restartcaster::live

#endif

// ---- restartcaster/operations/live/studios.hpp
// Studios: create, list, start, restart, stop and delete them.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_STUDIOS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_STUDIOS_HPP

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

// ---- restartcaster/operations/live/virtual_studios.hpp
// The layouts of a virtual studio, which puts people in front of a background.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_VIRTUAL_STUDIOS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_VIRTUAL_STUDIOS_HPP

namespace restartcaster { inline namespace RESTARTCASTER_ABI { namespace live {

/// Adds a layout to a virtual studio. At most 10 calls per second for an account and all its RAM users together.
struct add_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The name of the layout, for people.
    std::string_view layout_name;
    /// common (one picture) or studio (people in front of a background).
    std::string_view layout_type;
    /// The background as JSON. A layout of type studio needs it.
    std::string_view bg_image_config = {};
    /// The channel of the only picture as JSON, e.g. {"ChannelId":"RV01"}. A layout of type common needs it.
    std::string_view common_config = {};
    /// The order of background and media as JSON, from the lowest to the highest layer.
    std::string_view layer_order_config_list = {};
    /// Videos and pictures in a layout of type studio, as JSON.
    std::string_view media_input_config_list = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The sources with a green or blue screen, as JSON. A layout of type studio needs them.
    std::string_view screen_input_config_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "AddStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:AddStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &add_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutName", &add_studio_layout::layout_name, false, value_rule::any_text>,
        detail::described_parameter<"LayoutType", &add_studio_layout::layout_type, false, value_rule::identifier>,
        detail::described_parameter<"BgImageConfig", &add_studio_layout::bg_image_config, true, value_rule::any_text>,
        detail::described_parameter<"CommonConfig", &add_studio_layout::common_config, true, value_rule::any_text>,
        detail::described_parameter<"LayerOrderConfigList", &add_studio_layout::layer_order_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"MediaInputConfigList", &add_studio_layout::media_input_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"RegionId", &add_studio_layout::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ScreenInputConfigList", &add_studio_layout::screen_input_config_list, true,
                                    value_rule::any_text>> parameters{};

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layout's id.
        std::string_view layout_id;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"LayoutId", &reply::layout_id, false>> fields{};
    };
};

/// Lists the layouts of a virtual studio. For another kind of studio the service answers InvalidCaster.NotFound. At
/// most 15 calls per second for an account and all its RAM users together.
struct describe_studio_layouts {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// Only the layouts with these ids, separated by commas. Default: all layouts.
    std::string_view layout_id = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DescribeStudioLayouts",
                                           .version = "2016-11-01",
                                           .permission = "live:DescribeStudioLayouts",
                                           .calls_per_second = 15,
                                           .repeat = repeatable::yes};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &describe_studio_layouts::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &describe_studio_layouts::layout_id, true, value_rule::identifier>,
        detail::described_parameter<"RegionId", &describe_studio_layouts::region_id, true,
                                    value_rule::identifier>> parameters{};

    /// An element of studio_layouts.
    struct studio_layout {
        /// The object bg_image_config.
        struct bg_image_config_object {
            /// The id of the background in this layout.
            std::string_view id;
            /// The URL of the picture.
            std::string_view image_url;
            /// The location id of the background.
            std::string_view location_id;
            /// The id of the picture in ApsaraVideo VOD.
            std::string_view material_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"Id", &bg_image_config_object::id, false>,
                detail::described_field<"ImageUrl", &bg_image_config_object::image_url, false>,
                detail::described_field<"LocationId", &bg_image_config_object::location_id, false>,
                detail::described_field<"MaterialId", &bg_image_config_object::material_id, false>> fields{};
        };

        /// The object common_config.
        struct common_config_object {
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// The video source's id.
            std::string_view video_resource_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ChannelId", &common_config_object::channel_id, false>,
                detail::described_field<"VideoResourceId", &common_config_object::video_resource_id, false>> fields{};
        };

        /// An element of layer_order_config_list.
        struct layer_order_config {
            /// The id of the background or medium in this layout.
            std::string_view id;
            /// background or media.
            std::string_view type;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"Id", &layer_order_config::id, false>,
                detail::described_field<"Type", &layer_order_config::type, false>> fields{};
        };

        /// An element of media_input_config_list.
        struct media_input_config {
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// none (the video decides the shape) or fit (the video is scaled into the area and keeps its shape).
            std::string_view fill_mode;
            /// The height as a part of the background, 0 to 1.
            std::string_view height_normalized;
            /// The id of the medium in this layout.
            std::string_view id;
            /// The id of a picture in ApsaraVideo VOD.
            std::string_view image_material_id;
            /// A number for display; the service does not use it.
            number index;
            /// The position as two parts of the background, x and y, each 0 to 1.
            list<std::string_view> position_normalizeds;
            /// The corner or side from which the position counts, e.g. "topLeft".
            std::string_view position_refer;
            /// The video source's id.
            std::string_view video_resource_id;
            /// The width as a part of the background, 0 to 1.
            std::string_view width_normalized;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"ChannelId", &media_input_config::channel_id, false>,
                detail::described_field<"FillMode", &media_input_config::fill_mode, false>,
                detail::described_field<"HeightNormalized", &media_input_config::height_normalized, false>,
                detail::described_field<"Id", &media_input_config::id, false>,
                detail::described_field<"ImageMaterialId", &media_input_config::image_material_id, false>,
                detail::described_field<"Index", &media_input_config::index, false>,
                detail::described_field<"PositionNormalized", &media_input_config::position_normalizeds, false>,
                detail::described_field<"PositionRefer", &media_input_config::position_refer, false>,
                detail::described_field<"VideoResourceId", &media_input_config::video_resource_id, false>,
                detail::described_field<"WidthNormalized", &media_input_config::width_normalized, false>> fields{};
        };

        /// An element of screen_input_config_list.
        struct screen_input_config {
            /// The object audio_config.
            struct audio_config_object {
                /// The sound channel that is used.
                std::string_view valid_channel;
                /// The volume as a factor; 1.0 leaves the volume as it is.
                std::string_view volume_rate;

                /// The fields, with their names on the wire.
                static constexpr restartcaster::fields<
                    detail::described_field<"ValidChannel", &audio_config_object::valid_channel, false>,
                    detail::described_field<"VolumeRate", &audio_config_object::volume_rate, false>> fields{};
            };

            /// The sound of the source.
            audio_config_object audio_config;
            /// The channel with the video source, e.g. "RV01".
            std::string_view channel_id;
            /// The background that is cut out: green, blue, auto (found by the service) or complex (any scene).
            std::string_view color;
            /// The height of the person as a part of the background, 0 to 1.
            std::string_view height_normalized;
            /// The id of the source in this layout.
            std::string_view id;
            /// A number for display; the service does not use it.
            number index;
            /// Whether only the sound of the source is used.
            boolean only_audio;
            /// The person is shown 0 to the waist, 1 from head to foot.
            number portrait_type;
            /// The position from the left, as a part of the background, 0 to 1.
            std::string_view position_x;
            /// The position from the top, as a part of the background, 0 to 1.
            std::string_view position_y;
            /// The video source's id.
            std::string_view video_resource_id;

            /// The fields, with their names on the wire.
            static constexpr restartcaster::fields<
                detail::described_field<"AudioConfig", &screen_input_config::audio_config, false>,
                detail::described_field<"ChannelId", &screen_input_config::channel_id, false>,
                detail::described_field<"Color", &screen_input_config::color, false>,
                detail::described_field<"HeightNormalized", &screen_input_config::height_normalized, false>,
                detail::described_field<"Id", &screen_input_config::id, false>,
                detail::described_field<"Index", &screen_input_config::index, false>,
                detail::described_field<"OnlyAudio", &screen_input_config::only_audio, false>,
                detail::described_field<"PortraitType", &screen_input_config::portrait_type, false>,
                detail::described_field<"PositionX", &screen_input_config::position_x, false>,
                detail::described_field<"PositionY", &screen_input_config::position_y, false>,
                detail::described_field<"VideoResourceId", &screen_input_config::video_resource_id, false>> fields{};
        };

        /// The background.
        bg_image_config_object bg_image_config;
        /// The only picture of a layout of type common.
        common_config_object common_config;
        /// Background and media, from the lowest to the highest layer.
        list<layer_order_config> layer_order_config_list;
        /// The layout's id.
        std::string_view layout_id;
        /// The name of the layout, for people.
        std::string_view layout_name;
        /// common (one picture) or studio (people in front of a background).
        std::string_view layout_type;
        /// Videos and pictures of a layout of type studio.
        list<media_input_config> media_input_config_list;
        /// The sources with a green or blue screen.
        list<screen_input_config> screen_input_config_list;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"BgImageConfig", &studio_layout::bg_image_config, false>,
            detail::described_field<"CommonConfig", &studio_layout::common_config, false>,
            detail::described_field<"LayerOrderConfigList", &studio_layout::layer_order_config_list, false>,
            detail::described_field<"LayoutId", &studio_layout::layout_id, false>,
            detail::described_field<"LayoutName", &studio_layout::layout_name, false>,
            detail::described_field<"LayoutType", &studio_layout::layout_type, false>,
            detail::described_field<"MediaInputConfigList", &studio_layout::media_input_config_list, false>,
            detail::described_field<"ScreenInputConfigList", &studio_layout::screen_input_config_list, false>> fields{};
    };

    /// The reply.
    /// Storage: points into the response's body.
    struct reply {
        /// The id of the request at the service; a report to the vendor needs it.
        std::string_view request_id;
        /// The layouts.
        list<studio_layout> studio_layouts;
        /// The number of entries.
        number total;

        /// The fields, with their names on the wire.
        static constexpr restartcaster::fields<
            detail::described_field<"RequestId", &reply::request_id, false>,
            detail::described_field<"StudioLayouts", &reply::studio_layouts, false>,
            detail::described_field<"Total", &reply::total, false>> fields{};
    };
};

/// Changes a layout of a virtual studio; a setting that the call leaves out stays as it is. At most 10 calls per second
/// for an account and all its RAM users together.
struct modify_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The background as JSON. A layout of type studio needs it.
    std::string_view bg_image_config = {};
    /// The channel of the only picture as JSON, e.g. {"ChannelId":"RV01"}. A layout of type common needs it.
    std::string_view common_config = {};
    /// The order of background and media as JSON, from the lowest to the highest layer.
    std::string_view layer_order_config_list = {};
    /// The name of the layout, for people.
    std::string_view layout_name = {};
    /// Videos and pictures in a layout of type studio, as JSON.
    std::string_view media_input_config_list = {};
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};
    /// The sources with a green or blue screen, as JSON. A layout of type studio needs them.
    std::string_view screen_input_config_list = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "ModifyStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:ModifyStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &modify_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &modify_studio_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"BgImageConfig", &modify_studio_layout::bg_image_config, true,
                                    value_rule::any_text>,
        detail::described_parameter<"CommonConfig", &modify_studio_layout::common_config, true, value_rule::any_text>,
        detail::described_parameter<"LayerOrderConfigList", &modify_studio_layout::layer_order_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"LayoutName", &modify_studio_layout::layout_name, true, value_rule::any_text>,
        detail::described_parameter<"MediaInputConfigList", &modify_studio_layout::media_input_config_list, true,
                                    value_rule::any_text>,
        detail::described_parameter<"RegionId", &modify_studio_layout::region_id, true, value_rule::identifier>,
        detail::described_parameter<"ScreenInputConfigList", &modify_studio_layout::screen_input_config_list, true,
                                    value_rule::any_text>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

/// Deletes one layout of a virtual studio. At most 10 calls per second for an account and all its RAM users together.
struct delete_studio_layout {
    /// The id of a virtual studio.
    std::string_view caster_id;
    /// The layout's id.
    std::string_view layout_id;
    /// The region, e.g. "cn-shanghai".
    std::string_view region_id = {};

    /// The name and version of the operation, and what the vendor documents about calling it.
    static constexpr operation description{.action = "DeleteStudioLayout",
                                           .version = "2016-11-01",
                                           .permission = "live:DeleteStudioLayout",
                                           .calls_per_second = 10,
                                           .repeat = repeatable::no};
    /// The parameters of the operation, with their names on the wire.
    static constexpr restartcaster::parameters<
        detail::described_parameter<"CasterId", &delete_studio_layout::caster_id, false, value_rule::identifier>,
        detail::described_parameter<"LayoutId", &delete_studio_layout::layout_id, false, value_rule::identifier>,
        detail::described_parameter<"RegionId", &delete_studio_layout::region_id, true,
                                    value_rule::identifier>> parameters{};
    /// The reply is the request id, the only field that the service returns.
    using reply = request_id_reply;
};

}}} // namespace restartcaster::live

#endif

#endif
