// SPDX-License-Identifier: MIT
// The second of the two halves: bytes become a reply, or an error that says what to do.
// Source: protocol "Responses" (success, error, Live's own and the gateway's); docs/design.md, "Reply".
// Path: a response in, the operation's reply or an error out.
#ifndef RESTARTCASTER_READ_REPLY_HPP
#define RESTARTCASTER_READ_REPLY_HPP

#include "../message/response.hpp"
#include "error.hpp"
#include "json.hpp"
#include "xml.hpp"

namespace restartcaster::inline RESTARTCASTER_ABI {

/// The reply of an operation that tells nothing but its request id.
/// Storage: points into the response's body.
struct request_id_reply {
    std::string_view request_id;
};

/// The reply of an operation without a type: the request id, and the body to read with json_reader or
/// xml_reader. The body is known to be well-formed.
/// Storage: points into the response's body, of which nothing was changed.
struct body_reply {
    /// As it stands in the body; empty when there is none at the top.
    std::string_view request_id;
    std::span<char> body;
    media_type type = media_type::none;
};

namespace detail {

/// What a body says at its top level.
struct answer_fields {
    enum field_name : std::uint8_t { code, message, request_id, host_id, recommend };

    std::string_view texts[5];
    /// An object, array or element of the service's own.
    bool expected_root = false;

    [[nodiscard]] constexpr std::string_view operator[](field_name field) const noexcept { return texts[field]; }

    // The service's own spelling is compared as a whole, any other letter by letter.
    [[nodiscard]] static constexpr bool is(std::string_view name, std::string_view field) noexcept {
        return name == field || equal_ignoring_case(name, field);
    }

    /// The field that a name stands for, or null. The service's spelling first; older products write
    /// code, requestId or ErrorCode.
#if RESTARTCASTER_SMALL
    [[nodiscard]] constexpr std::string_view* named(std::string_view name) noexcept {
        if (name.size() > 12) return nullptr;
        if (name.size() > 7 && equal_ignoring_case(part(name, 0, 5), "error"sv)) name.remove_prefix(5);
        std::string_view* field = texts;
        for (std::string_view const each : {"Code"sv, "Message"sv, "RequestId"sv, "HostId"sv, "Recommend"sv}) {
            if (equal_ignoring_case(name, each)) return field;
            ++field;
        }
        return nullptr;
    }
#else
    [[nodiscard]] constexpr std::string_view* named(std::string_view name) noexcept {
        if (name.size() > 12) return nullptr;
        if (name.size() > 9 || (name.size() == 9 && ascii_lower(name[0]) == 'e')) {
            if (!equal_ignoring_case(detail::part(name, 0, 5), "error"sv)) return nullptr;
            name.remove_prefix(5);
        }
        switch (name.size()) {
        case 4: return is(name, "Code"sv) ? &texts[code] : nullptr;
        case 6: return is(name, "HostId"sv) ? &texts[host_id] : nullptr;
        case 7: return is(name, "Message"sv) ? &texts[message] : nullptr;
        case 9:
            if (ascii_lower(name[2]) == 'q') return is(name, "RequestId"sv) ? &texts[request_id] : nullptr;
            return is(name, "Recommend"sv) ? &texts[recommend] : nullptr;
        default: return nullptr;
        }
    }
#endif
};

// Texts are decoded in place, where a body_reply does not want its body untouched.
[[nodiscard]] constexpr result<void> read_json_fields(std::span<char> const& body, bool decode,
                                                      answer_fields& fields) noexcept {
    json_reader reader(text_at(body.data(), body.size()));
    auto const root = reader.next();
    if (!root) return unexpected(root.error());
    bool const object = root->kind == json_kind::object_begin;
    fields.expected_root = object || root->kind == json_kind::array_begin;
    while (object) {
        auto const name = reader.next();
        if (!name) return unexpected(name.error());
        if (name->kind != json_kind::name) break;
        if (std::string_view* const field = fields.named(name->text); field != nullptr) {
            auto const value = reader.next();
            if (!value) return unexpected(value.error());
            if (value->kind == json_kind::string || value->kind == json_kind::number) {
                *field = value->text;
                char* const at = body.data() + value->offset;
                if (decode && value->escaped) *field = text_at(at, decode_json(*value, at));
                continue;
            }
        }
        if (auto const skipped = reader.skip(); !skipped) return skipped;
    }
    if (!object)
        if (auto const skipped = reader.skip(); !skipped) return skipped;
    auto const end = reader.next();
    if (!end) return unexpected(end.error());
    return {};
}

[[nodiscard]] constexpr result<void> read_xml_fields(std::span<char> const& body, bool decode,
                                                     answer_fields& fields) noexcept {
    xml_reader reader(text_at(body.data(), body.size()));
    auto const root = reader.next();
    if (!root) return unexpected(root.error());
    fields.expected_root = root->text.ends_with("Response"sv); // an <Error> is a refusal or nothing
    while (true) {
        auto const token = reader.next();
        if (!token) return unexpected(token.error());
        if (token->kind == xml_kind::end) return {};
        if (token->kind != xml_kind::element_begin) continue;
        std::string_view* const field = fields.named(token->text);
        if (field != nullptr) {
            std::size_t const at = reader.offset();
            auto const text = reader.read_text(body.data() + at, decode ? body.size() - at : 0);
            if (text) {
                *field = *text;
                continue;
            }
            // Text in several pieces needs the body changed to be one; without that it stays unknown.
            if (text.error().code != errc::storage_too_small) return unexpected(text.error());
            if (field == &fields.texts[answer_fields::code]) *field = "?"sv; // read_answer reads again and decodes
        }
        if (auto const skipped = reader.skip(); !skipped) return skipped;
    }
}

// JSON or XML by the first byte of the text: the content type is known to lie.
[[nodiscard]] constexpr media_type sniff(std::string_view body) noexcept {
    if (body.starts_with("\xEF\xBB\xBF"sv)) body.remove_prefix(3);
    for (char const c : body) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        return c == '<' ? media_type::xml : c == '{' || c == '[' ? media_type::json : media_type::other;
    }
    return media_type::none;
}

[[nodiscard]] constexpr result<void> read_fields(std::span<char> const& body, media_type type, bool decode,
                                                 answer_fields& fields) noexcept {
    switch (type) {
    case media_type::none: return unexpected(failure{.code = errc::body_empty});
    case media_type::json: return read_json_fields(body, decode, fields);
    case media_type::xml: return read_xml_fields(body, decode, fields);
    case media_type::other: break;
    }
    return unexpected(failure{.code = errc::body_not_recognised});
}

[[nodiscard]] constexpr bool says_success(std::string_view code) noexcept {
    return code.empty() || code == "OK"sv || code == "200"sv || code == "Success"sv || code == "success"sv;
}

[[nodiscard]] constexpr error unreadable(response const& from, failure const& cause) noexcept {
    // A status of 4xx without a word of the service comes from something in between; any other may well be
    // the tail of a call that ran.
    bool const in_between = from.status >= 400 && from.status < 500;
    return {.kind = error_kind::unreadable,
            .ran = executed::maybe,
            .what_to_do = in_between ? advice::fix_transport : advice::look_first,
            .http_status = from.status,
            .retry_after_ms = from.retry_after_ms,
            .cause = cause};
}

[[nodiscard]] constexpr error refused(response const& from, answer_fields const& fields) noexcept {
    service_code_meaning meaning = meaning_of(fields[answer_fields::code], from.status);
    if (from.retry_after_ms != 0 && from.status >= 400 && meaning.ran == executed::no)
        meaning = {service_code::throttling, executed::no, advice::wait};
    // What a failing server says of itself is not relied on; only the throttle has been seen to answer with such
    // a status before the operation.
    if (from.status >= 500 && meaning.code != service_code::throttling)
        meaning = {meaning.code, executed::maybe, advice::look_first};
    bool const older = meaning.code == service_code::throttling && from.rate_limit_ms > from.retry_after_ms;
    return {.kind = error_kind::refused,
            .ran = meaning.ran,
            .what_to_do = meaning.what_to_do,
            .code = meaning.code,
            .http_status = from.status,
            .retry_after_ms = older ? from.rate_limit_ms : from.retry_after_ms,
            .code_text = fields[answer_fields::code],
            .message = fields[answer_fields::message],
            .request_id = fields[answer_fields::request_id],
            .host_id = fields[answer_fields::host_id],
            .recommend = fields[answer_fields::recommend]};
}

/// What an answer turned out to be.
enum class verdict : std::uint8_t { reply, refusal, unreadable };

// What every reply has in common; `cause` is why it is unreadable. `keep` leaves the body of a success as it came.
[[nodiscard]] constexpr verdict read_answer(response const& from, bool keep, answer_fields& fields,
                                            failure& cause) noexcept {
    auto const unreadable_for = [&cause](errc code) {
        cause = {.code = code};
        return verdict::unreadable;
    };
    bool const success = from.status >= 200 && from.status < 300;
    std::string_view const body = text_at(from.body.data(), from.body.size());
    if (from.content_encoded) return unreadable_for(errc::body_encoded);
    if (from.status == 204 && keep && body.empty()) return verdict::reply; // no other success may lack a body
    media_type const type = sniff(body);
    auto read = read_fields(from.body, type, !(success && keep), fields);
    if (read && success && keep && !says_success(fields[answer_fields::code]))
        read = read_fields(from.body, type, true, fields);
    if (!read) {
        cause = read.error();
        // What calls itself HTML or an image is no broken answer of the service, but none at all.
        if (from.content_type == media_type::other && cause.code != errc::body_empty)
            return unreadable_for(errc::body_not_recognised);
        return verdict::unreadable;
    }
    std::string_view const code = fields[answer_fields::code];
    if (!code.empty() && !(success && says_success(code))) return verdict::refusal;
    if (!success || !fields.expected_root) return unreadable_for(errc::reply_unexpected);
    return verdict::reply;
}

} // namespace detail

/// Reads the answer to a call of `Operation`.
/// Requires: a response that came whole.
/// Storage: the texts of reply and error point into the response's body; escapes are decoded in place, so that
///   a body can be read once.
/// Errors: kind refused, with the service's code, when the service said no, whatever the HTTP status; kind
///   unreadable when the body is not the service's (a proxy's page, an empty or a cut body), with the status,
///   the reason and its byte offset in `cause`.
/// Cost: one pass over the body, no allocation.
template <class Operation>
[[nodiscard]] constexpr result<typename Operation::reply, error> read_reply(response const& from) noexcept {
    using reply = typename Operation::reply;
    constexpr bool keep = std::is_same_v<reply, body_reply>;
    static_assert(keep || std::is_same_v<reply, request_id_reply>,
                  "restartcaster: the reply of an operation is request_id_reply or body_reply");
    detail::answer_fields fields;
    failure cause{};
    detail::verdict found = detail::read_answer(from, keep, fields, cause);
    std::string_view const request_id = fields[detail::answer_fields::request_id];
    if (!keep && found == detail::verdict::reply && request_id.empty()) {
        found = detail::verdict::unreadable;
        cause.code = errc::request_id_missing;
    }
    if (found != detail::verdict::reply)
        return {detail::failed_by{}, [&] {
                    return found == detail::verdict::refusal ? detail::refused(from, fields)
                                                             : detail::unreadable(from, cause);
                }};
    if constexpr (keep)
        return reply{request_id, from.body, detail::sniff(detail::text_at(from.body.data(), from.body.size()))};
    else
        return reply{request_id};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
