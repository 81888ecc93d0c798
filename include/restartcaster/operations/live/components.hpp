// SPDX-License-Identifier: MIT
// Components: texts, pictures and captions above the video.
// Source: ApsaraVideo Live API 2016-11-01, in the facts of tools/live_operations.json.
// Data flow: written by tools/operations; change the facts and not this file. Long, as the vendor has many fields.
#ifndef RESTARTCASTER_OPERATIONS_LIVE_COMPONENTS_HPP
#define RESTARTCASTER_OPERATIONS_LIVE_COMPONENTS_HPP
#pragma once

#include "../../read/fields.hpp"
#include "../operation.hpp"

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
