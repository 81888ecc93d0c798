// SPDX-License-Identifier: MIT
// Posted messages: any body is read in its own bytes, and what is read is what nlohmann reads.
// Source: ApsaraVideo Live, "Production studio callbacks"; nlohmann::json as the oracle.
// Data flow: a body; the fields of the message.
#include "fuzz.hpp"

#include <restartcaster/client/studio_callback.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace rc = restartcaster;
using fuzz::require;

namespace {

void check_text(nlohmann::json const& document, char const* name, std::string_view read) {
    auto const there = document.find(name);
    if (there == document.end() || there->is_structured() || there->is_null())
        require(read.empty(), "a field that is not there is empty");
    else if (there->is_string())
        require(read == there->get_ref<std::string const&>(), "a text is the one that nlohmann reads");
}

} // namespace

void fuzz::one_input(std::string_view input) {
    fuzz::exact const body(input);
    auto const message = rc::read_callback(body.span());
    if (!message) return;
    auto const& event = message->event_message;
    for (std::string_view const text : {message->caster_id, message->event_type, event.request_id, event.scene_id, event.layout_id,
                                        event.resource_id, event.component_id, event.code, event.message, event.program_id,
                                        event.episode_id, event.show_id, event.duration, event.show_name})
        require(fuzz::within(text, body.view()), "a text lies in the body");
    auto const document = nlohmann::json::parse(input, nullptr, false);
    if (document.is_discarded() || !document.is_object() || document.size() == 1) return; // large numbers; a wrapped message
    check_text(document, "CasterId", message->caster_id);
    check_text(document, "EventType", message->event_type);
    auto const inner = document.find("EventMessage");
    nlohmann::json const fields = inner != document.end() && inner->is_object() ? *inner : nlohmann::json::object();
    check_text(fields, "RequestId", event.request_id);
    check_text(fields, "Code", event.code);
    check_text(fields, "Message", event.message);
    check_text(fields, "EpisodeId", event.episode_id);
}
