// SPDX-License-Identifier: MIT
// The messages that the service posts to the CallbackUrl of a studio.
// Source: ApsaraVideo Live, "Production studio callbacks"; SetCasterConfig (CallbackUrl).
// Data flow: the body of a posted message in, its fields out. A message is not signed: confirm it by a look at the studio.
#ifndef RESTARTCASTER_CLIENT_STUDIO_CALLBACK_HPP
#define RESTARTCASTER_CLIENT_STUDIO_CALLBACK_HPP
#pragma once

#include "../read/answer.hpp"
#include "../read/fields.hpp"

#include <span>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The kinds of messages.
enum class callback_kind : std::uint8_t {
    /// A kind that this version does not know; studio_callback::event_type is its name.
    other,
    /// OperateCallback: an operation on the studio ended.
    operate,
    /// RuntimeErrorCallback: a fault while the studio is on air.
    runtime_error,
    /// EpisodeGroupCallback: an episode of a carousel.
    episode_group,
    /// ShowListDTSCallback: the progress of an episode of a playlist.
    show_list_progress,
};

/// A message of the service. Anyone who knows the URL can send such a message, so it is a hint and no proof.
/// Storage: the texts point into the body. They come from outside: show them with append_foreign() only.
struct studio_callback {
    /// What happened. A field that does not belong to the kind of the message is empty.
    struct event {
        /// With operate: the RequestId of the call that caused the message.
        std::string_view request_id;
        /// With operate and runtime_error: the scene, layout, video source or component that the message is about.
        std::string_view scene_id;
        std::string_view layout_id;
        std::string_view resource_id;
        std::string_view component_id;
        /// "Success", or the name of the fault, for example "StreamInterrupt".
        std::string_view code;
        /// The words of the service.
        std::string_view message;
        /// With episode_group: the list of episodes and the episode.
        std::string_view program_id;
        std::string_view episode_id;
        /// With show_list_progress: the position in the episode in milliseconds.
        number progress_time;
        /// With show_list_progress: the episode, its length and its name.
        std::string_view show_id;
        std::string_view duration;
        std::string_view show_name;

        /// The fields, with their names on the wire.
        static constexpr auto fields = restartcaster::fields(
            field<"RequestId", &event::request_id>, field<"SceneId", &event::scene_id>,
            field<"LayoutId", &event::layout_id>, field<"ResourceId", &event::resource_id>,
            field<"ComponentId", &event::component_id>, field<"Code", &event::code>,
            field<"Message", &event::message>, field<"ProgramId", &event::program_id>,
            field<"EpisodeId", &event::episode_id>, field<"ProgressTime", &event::progress_time>,
            field<"ShowId", &event::show_id>, field<"Duration", &event::duration>,
            field<"ShowName", &event::show_name>);
    };

    /// The studio's id; may be empty with episode_group.
    std::string_view caster_id;
    /// The name of the kind on the wire.
    std::string_view event_type;
    /// What happened.
    event event_message;

    /// The fields, with their names on the wire.
    static constexpr auto fields = restartcaster::fields(field<"CasterId", &studio_callback::caster_id>,
                                                         field<"EventType", &studio_callback::event_type>,
                                                         field<"EventMessage", &studio_callback::event_message>);

    /// The kind of the message.
    [[nodiscard]] constexpr callback_kind kind() const noexcept {
        constexpr char const* names = "OperateCallback\0RuntimeErrorCallback\0EpisodeGroupCallback\0ShowListDTSCallback\0";
        unsigned const at = detail::find_word(event_type, names);
        return at == 4 ? callback_kind::other : static_cast<callback_kind>(at + 1);
    }
};

/// Reads the body of a posted message: JSON, at most 64 levels deep. Fields that are not described are skipped.
/// Storage: the texts point into `body`, which is overwritten. A body can be read only once.
/// Errors: body_empty, body_not_recognised and the errors of the JSON reader, with the byte offset as detail;
///   parameter_missing for a message without an EventType.
/// Cost: one pass over the body; no allocation.
[[nodiscard]] constexpr result<studio_callback> read_callback(std::span<char> body) noexcept {
    using answer = detail::answer<char, detail::body_use::described>;
    answer parsed(&detail::table_of<studio_callback>);
    parsed.read_body(detail::text_at(body.data(), body.size()), answer::escapes::decoded);
    if (parsed.failed()) return unexpected(failure{.code = parsed.failure_code, .detail = parsed.failure_offset});
    if (parsed.type != media_type::json) return unexpected(failure{.code = errc::body_not_recognised});
    studio_callback message{};
    if (parsed.packed_fields() != nullptr) (void)detail::unpack_fields<true>(message, parsed.packed_fields());
    if (message.event_type.empty()) return unexpected(failure{.code = errc::parameter_missing, .subject = "EventType"sv});
    return message;
}

}} // namespace restartcaster

#endif
