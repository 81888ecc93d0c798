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

/// What a body says at its top level, or why it says nothing.
struct answer_fields {
    enum field_name : std::uint8_t { code, message, host_id, request_id, recommend };

    /// Why the body cannot be read, and where.
    errc reason = {};
    media_type type = media_type::none;
    /// An object, array or element of the service's own.
    bool expected_root = true;
    std::size_t offset = 0;
    std::string_view texts[5];

    constexpr bool fail(errc why, std::size_t at) noexcept {
        for (std::string_view& text : texts) text = {};
        reason = why;
        offset = at;
        return false;
    }
    [[nodiscard]] constexpr std::string_view operator[](field_name field) const noexcept {
        return {texts[field].data(), texts[field].size()}; // in parts, like find_word
    }

    // The service's own spelling is compared as a whole, any other letter by letter.
    [[nodiscard]] static constexpr bool is(std::string_view name, std::string_view field) noexcept {
        return name == field || equal_ignoring_case(name, field);
    }

    /// The field that a name stands for, or null. The service's spelling first; older products write
    /// code, requestId or ErrorCode.
#if RESTARTCASTER_SMALL
    [[nodiscard]] constexpr std::string_view* named(std::string_view name) noexcept {
        // In the order of field_name, and once more.
        unsigned const found = find_word(
            name, "code\0message\0hostid\0requestid\0recommend\0errorcode\0errormessage\0errorhostid\0", true);
        return found == 8 ? nullptr : &texts[found < 5 ? found : found - 5];
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

// The fields of a body, all of which is checked. Texts are decoded in place: the document is the response's own body,
// and a body_reply (Keep) says when it is not to be touched.
struct json_fields : json_reader {
    using json_reader::json_reader;

    template <bool Keep>
    RESTARTCASTER_APART constexpr void read(answer_fields& fields, bool decode) noexcept {
        json_token token;
        while (step(token) && token.kind != json_kind::end) {
            if (token.kind != json_kind::name || depth_ != 1) continue;
            std::string_view* const field = fields.named(token.text);
            if (field == nullptr || !step(token)) continue;
            if (token.kind == json_kind::string || token.kind == json_kind::number) {
                *field = token.text;
                if ((decode || !Keep) && token.escaped) {
                    char* const text = const_cast<char*>(token.text.data());
                    *field = text_at(text, decode_json(token, text));
                }
            }
        }
        if (failed_) fields.fail(code_, offset());
    }
};

struct xml_fields : xml_reader {
    using xml_reader::xml_reader;

    // An <Error> is a refusal or nothing.
    [[nodiscard]] static constexpr bool is_response(std::string_view root) noexcept {
        constexpr std::size_t size = 8;
        return root.size() >= size && find_word(part(root, root.size() - size), "Response\0") == 0;
    }

    template <bool Keep>
    RESTARTCASTER_APART constexpr void read(answer_fields& fields, bool decode) noexcept {
        std::string_view* field = nullptr;
        xml_token token;
        while (step(token) && token.kind != xml_kind::end) {
            if (token.kind == xml_kind::element_begin) {
                if (depth_ == 1) fields.expected_root = is_response(token.text);
                if (depth_ == 2) {
                    field = fields.named(token.text);
                    if (field != nullptr) *field = {};
                }
            } else if (field != nullptr && depth_ == 2 && token.kind >= xml_kind::text) {
                bool const first = field->empty();
                if (first) *field = token.text;
                if (first && !token.encoded) continue;
                if (decode || !Keep) {
                    std::size_t const size = first ? 0 : field->size();
                    char* const text = const_cast<char*>(field->data());
                    *field = text_at(text, size + decode_xml(token, text + size));
                } else {
                    // Text in several pieces needs the body changed to be one; without that it stays unknown. Of a
                    // code that much is said, so that read_answer reads again and decodes.
                    *field = field == &fields.texts[answer_fields::code] ? "?"sv : ""sv;
                    field = nullptr;
                }
            }
        }
        if (failed_) fields.fail(code_, offset());
    }
};

// JSON or XML by the first byte of the text: the content type is known to lie.
template <bool Keep>
constexpr void read_fields(answer_fields& fields, std::span<char> const& body, bool decode) noexcept {
    std::string_view const text = text_at(body.data(), body.size());
    place at(text);
    at.skip_blanks();
    char const first = at.peek();
    if (first == '<') {
        fields.type = media_type::xml;
        xml_fields(text).template read<Keep>(fields, decode);
    } else if (first == '{' || first == '[') {
        fields.type = media_type::json;
        json_fields(text).template read<Keep>(fields, decode);
    } else {
        fields.fail(at.at_ == at.end_ ? errc::body_empty : errc::body_not_recognised, 0);
    }
}

[[nodiscard]] constexpr bool says_success(std::string_view code) noexcept {
    return code.empty() || find_word(code, "OK\0" "200\0Success\0success\0") != 4;
}

// Whether an answer is a success; `fields` hold the rest. With Keep the body of a success is left as it came.
template <bool Keep>
[[nodiscard]] constexpr bool read_answer(response const& from, answer_fields& fields) noexcept {
    bool const success = from.status >= 200 && from.status < 300;
    if (from.content_encoded) return fields.fail(errc::body_encoded, 0);
    if (from.status == 204 && Keep && from.body.empty()) return true; // no other success may lack a body
    read_fields<Keep>(fields, from.body, !success);
    if (success && Keep && fields.reason == errc{} && !says_success(fields[answer_fields::code]))
        read_fields<Keep>(fields, from.body, true);
    if (fields.reason != errc{}) {
        // What calls itself HTML or an image is no broken answer of the service, but none at all.
        if (from.content_type == media_type::other && fields.reason != errc::body_empty)
            return fields.fail(errc::body_not_recognised, 0);
        return false;
    }
    std::string_view const code = fields[answer_fields::code];
    if (!code.empty() && !(success && says_success(code))) return false;
    if (!success || !fields.expected_root) return fields.fail(errc::reply_unexpected, 0);
    if (!Keep && fields[answer_fields::request_id].empty()) return fields.fail(errc::request_id_missing, 0);
    return true;
}

// The error that an answer is: a refusal when it has a code, otherwise unreadable.
[[nodiscard]] constexpr error error_of(response const& from, answer_fields const& fields) noexcept {
    std::string_view const code = fields[answer_fields::code];
    // A status of 4xx without a word of the service comes from something in between; any other may well be
    // the tail of a call that ran.
    bool const in_between = from.status >= 400 && from.status < 500;
    service_code_meaning meaning{.ran = executed::maybe,
                                 .what_to_do = in_between ? advice::fix_transport : advice::look_first};
    std::uint32_t wait = from.retry_after_ms;
    if (!code.empty()) {
        meaning = meaning_of(code, from.status);
        if (meaning.code == service_code::throttling ||
            (wait != 0 && from.status >= 400 && meaning.ran == executed::no)) {
            meaning = {service_code::throttling, executed::no, advice::wait};
            if (from.rate_limit_ms > wait) wait = from.rate_limit_ms;
        } else if (from.status >= 500) {
            // What a failing server says of itself is not relied on; only the throttle has been seen to answer with
            // such a status before the operation.
            meaning = {meaning.code, executed::maybe, advice::look_first};
        }
    }
    return {.kind = code.empty() ? error_kind::unreadable : error_kind::refused,
            .ran = meaning.ran,
            .what_to_do = meaning.what_to_do,
            .code = meaning.code,
            .http_status = from.status,
            .retry_after_ms = wait,
            .cause = {.code = fields.reason, .detail = fields.offset},
            .code_text = fields[answer_fields::code],
            .message = fields[answer_fields::message],
            .request_id = fields[answer_fields::request_id],
            .host_id = fields[answer_fields::host_id],
            .recommend = fields[answer_fields::recommend]};
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
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
read_reply(response const& from) noexcept {
    using reply = typename Operation::reply;
    constexpr bool keep = std::is_same_v<reply, body_reply>;
    static_assert(keep || std::is_same_v<reply, request_id_reply>,
                  "restartcaster: the reply of an operation is request_id_reply or body_reply");
    detail::answer_fields fields;
    if (!detail::read_answer<keep>(from, fields))
        return {detail::failed_by{}, [&] { return detail::error_of(from, fields); }};
    std::string_view const request_id = fields[detail::answer_fields::request_id];
    if constexpr (keep)
        return reply{request_id, from.body, fields.type};
    else
        return reply{request_id};
}

} // namespace restartcaster::inline RESTARTCASTER_ABI

#endif
