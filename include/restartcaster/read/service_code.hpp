// SPDX-License-Identifier: MIT
// The refusals that the service is known to give, and what each of them means for the caller.
// Source: ApsaraVideo Live API 2016-11-01, "RestartCaster", error codes; the gateway's common error codes.
// Path: the text of a code in, its meaning out; reply.hpp asks for every refusal.
#ifndef RESTARTCASTER_READ_SERVICE_CODE_HPP
#define RESTARTCASTER_READ_SERVICE_CODE_HPP

#include "../core/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace restartcaster::inline RESTARTCASTER_ABI {

/// Whether the operation ran at the service.
enum class executed : std::uint8_t { no, maybe, yes };

/// What helps, as a program can act on it.
enum class advice : std::uint8_t {
    /// Nothing ran and nothing was refused: call again.
    try_again,
    /// Refused for the moment: wait, then call again.
    wait,
    /// It may have run: look at the studio before calling again.
    look_first,
    fix_clock,
    fix_credentials,
    fix_request,
    ask_permission,
    /// The studio is idle: StartCaster is the call to make.
    start_caster,
    /// It can never work for this studio.
    give_up,
    /// What answered was not the service: look at the way there.
    fix_transport,
    /// This library was told to sign in a way that the service does not take.
    fix_signature,
};

/// A code of the service that is known by name.
enum class service_code : std::uint8_t {
    /// Not known here; error::code_text holds it.
    other,
    // RestartCaster's own
    incorrect_caster_status,
    incorrect_caster_status_idle,
    incorrect_scene_status,
    invalid_caster_id_malformed,
    /// The studio is of a kind that cannot be restarted: a virtual studio.
    invalid_norm_type_malformed,
    illegal_operation,
    invalid_caster_not_found,
    invalid_scene_not_found,
    internal_error,
    // the gateway's
    service_unavailable,
    throttling,
    timestamp_expired,
    timestamp_malformed,
    signature_nonce_used,
    signature_does_not_match,
    access_key_not_found,
    access_key_inactive,
    security_token,
    signature_unsupported,
    permission,
    missing_parameter,
    invalid_parameter,
    action_not_found,
    http_method,
    ssl_needed,
};

/// What a code means.
struct service_code_meaning {
    service_code code = service_code::other;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
};

namespace detail {

// A text that ends in '*' stands for every code that begins with it. The first match counts.
struct known_code {
    char const* text;
    service_code_meaning meaning;
    std::uint8_t size = 0; // without the '*'
    bool prefix = false;

    consteval known_code(char const* known, service_code_meaning const& means) noexcept : text(known), meaning(means) {
        while (known[size] != '*' && known[size] != '\0')
            ++size;
        prefix = known[size] == '*';
    }

    [[nodiscard]] constexpr bool matches(std::string_view code) const noexcept {
        return (prefix ? code.size() >= size : code.size() == size) && *text == code[0] &&
               part(code, 0, size) == text_at(text, size);
    }
};

inline constexpr known_code known_codes[] = {
    {"IncorrectCasterStatus.Idle", {service_code::incorrect_caster_status_idle, executed::no, advice::start_caster}},
    {"IncorrectCasterStatus*", {service_code::incorrect_caster_status, executed::no, advice::look_first}},
    {"IncorrectSceneStatus*", {service_code::incorrect_scene_status, executed::no, advice::look_first}},
    {"Forbidden.AccessKeyDisabled", {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"Forbidden*", {service_code::permission, executed::no, advice::ask_permission}},
    {"IllegalOperation", {service_code::illegal_operation, executed::no, advice::ask_permission}},
    {"IllegalTimestamp", {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"IncompleteSignature", {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"InternalError*", {service_code::internal_error, executed::maybe, advice::look_first}},
    {"InvalidAccessKeyId.Inactive", {service_code::access_key_inactive, executed::no, advice::fix_credentials}},
    {"InvalidAccessKeyId*", {service_code::access_key_not_found, executed::no, advice::fix_credentials}},
    {"InvalidAction.NotFound", {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidApi.NotFound", {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidCaster.NotFound", {service_code::invalid_caster_not_found, executed::no, advice::fix_request}},
    {"InvalidCasterId.Malformed", {service_code::invalid_caster_id_malformed, executed::no, advice::fix_request}},
    {"InvalidNormType.Malformed", {service_code::invalid_norm_type_malformed, executed::no, advice::give_up}},
    {"InvalidProduct.NotFound", {service_code::action_not_found, executed::no, advice::fix_request}},
    {"InvalidProtocol.NeedSsl", {service_code::ssl_needed, executed::no, advice::fix_transport}},
    {"InvalidScene.NotFound", {service_code::invalid_scene_not_found, executed::no, advice::fix_request}},
    {"InvalidSecurityToken*", {service_code::security_token, executed::no, advice::fix_credentials}},
    {"InvalidSignature*", {service_code::signature_unsupported, executed::no, advice::fix_signature}},
    {"InvalidTimeStamp.Expired", {service_code::timestamp_expired, executed::no, advice::fix_clock}},
    {"InvalidTimeStamp*", {service_code::timestamp_malformed, executed::no, advice::fix_clock}},
    {"InvalidVersion", {service_code::action_not_found, executed::no, advice::fix_request}},
    {"Invalid*", {service_code::invalid_parameter, executed::no, advice::fix_request}},
    {"MissingSecurityToken", {service_code::security_token, executed::no, advice::fix_credentials}},
    {"Missing*", {service_code::missing_parameter, executed::no, advice::fix_request}},
    {"NoPermission*", {service_code::permission, executed::no, advice::ask_permission}},
    {"ServiceUnAvailable", {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"ServiceUnavailable", {service_code::service_unavailable, executed::maybe, advice::look_first}},
    {"SignatureDoesNotMatch", {service_code::signature_does_not_match, executed::no, advice::fix_credentials}},
    {"SignatureNonceUsed", {service_code::signature_nonce_used, executed::maybe, advice::look_first}},
    {"Throttling*", {service_code::throttling, executed::no, advice::wait}},
    {"UnknownError", {service_code::internal_error, executed::maybe, advice::look_first}},
    {"UnsupportedHTTPMethod", {service_code::http_method, executed::no, advice::fix_request}},
};

#if RESTARTCASTER_SMALL
// The same table as bytes. An entry is: how many characters it has in common with the one before, the others, its code
// with the highest bit set and the next one for a '*', and what it means.
inline constexpr auto packed_codes = [] {
    constexpr auto pack = [](auto put) {
        char const* before = "";
        for (known_code const& known : known_codes) {
            char const* at = known.text;
            for (; *at != '*' && *at == *before; ++before) ++at;
            put(at - known.text);
            for (before = known.text; at != known.text + known.size; ++at) put(*at);
            put((known.prefix ? 0xC0 : 0x80) | static_cast<int>(known.meaning.code));
            put(static_cast<int>(known.meaning.ran) << 4 | static_cast<int>(known.meaning.what_to_do));
        }
    };
    constexpr std::size_t size = [pack] {
        std::size_t count = 0;
        pack([&count](auto) { ++count; });
        return count;
    }();
    std::array<std::uint8_t, size> bytes{};
    std::size_t used = 0;
    pack([&](auto byte) { bytes[used++] = static_cast<std::uint8_t>(byte); });
    return bytes;
}();

#endif

} // namespace detail

/// What a code means; for an unknown one the status decides whether it may have run.
[[nodiscard]] constexpr service_code_meaning meaning_of(std::string_view code, int http_status) noexcept {
#if RESTARTCASTER_SMALL
    char const* const text = code.data();
    std::size_t same = 0; // characters that the code has in common with an entry
    auto const* const end = detail::packed_codes.data() + detail::packed_codes.size();
    for (auto const* at = detail::packed_codes.data(); at != end; ++at) {
        std::size_t size = *at;
        if (size < same) same = size;
        for (; *++at < 0x80; ++size)
            if (same == size && same != code.size() && *at == static_cast<std::uint8_t>(text[same])) ++same;
        unsigned const known = *at++;
        if (same == size && (same == code.size() || (known & 0x40) != 0))
            return {static_cast<service_code>(known & 0x3F), static_cast<executed>(*at >> 4),
                    static_cast<advice>(*at & 15)};
    }
#else
    for (detail::known_code const& known : detail::known_codes)
        if (known.matches(code)) return known.meaning;
#endif
    if (http_status >= 400 && http_status < 500) return {};
    return {service_code::other, executed::maybe, advice::look_first};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
