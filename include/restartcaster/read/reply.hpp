// SPDX-License-Identifier: MIT
// The second of the two halves: bytes become a reply, or an error that says what to do.
// Source: protocol "Responses" (success, error, Live's own and the gateway's); docs/design.md, "Reply".
// Path: a response in, the operation's reply or an error out.
#ifndef RESTARTCASTER_READ_REPLY_HPP
#define RESTARTCASTER_READ_REPLY_HPP
#pragma once

#include "../message/response.hpp"
#include "error.hpp"
#include "json.hpp"
#include "judge.hpp"
#include "xml.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

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

/// What a body says at its top level, or why it says nothing, is put where the error of the call will be.
struct answer_fields {
    template <class Error>
    static constexpr bool set_failure(Error& said, errc why, std::size_t at) noexcept {
        said.cause.code = why;
        said.cause.detail = at;
        return false;
    }
    template <class Error>
    [[nodiscard]] static constexpr bool failed(Error const& said) noexcept {
        return static_cast<bool>(said.cause.code);
    }

    // The service's own spelling is compared as a whole, any other letter by letter.
    template <class Text>
    [[nodiscard]] static constexpr bool is(Text name, std::string_view field) noexcept {
        return name == field || equal_ignoring_case(name, field);
    }

    /// The field that a name stands for, or null. The service's spelling first; older products write
    /// code, requestId or ErrorCode.
#if RESTARTCASTER_SMALL
    static constexpr std::string_view error::*texts[] = {&error::code_text, &error::message, &error::host_id,
                                                         &error::request_id, &error::recommend};
    template <class Error>
    [[nodiscard]] static constexpr std::string_view* named(Error& said, std::string_view name) noexcept {
        unsigned const found = find_word(
            name, "code\0message\0hostid\0requestid\0recommend\0errorcode\0errormessage\0errorhostid\0", true);
        return found == 8 ? nullptr : &(said.*texts[found < 5 ? found : found - 5]);
    }
#else
    template <class Error, class Text>
    [[nodiscard]] static constexpr Text* named(Error& said, Text name) noexcept {
        if (name.size() > 12) return nullptr;
        if (name.size() > 9 || (name.size() == 9 && ascii_lower(name[0]) == 'e')) {
            if (!equal_ignoring_case(detail::part(name, 0, 5), "error"sv)) return nullptr;
            name.remove_prefix(5);
        }
        switch (name.size()) {
        case 4: return is(name, "Code"sv) ? &said.code_text : nullptr;
        case 6: return is(name, "HostId"sv) ? &said.host_id : nullptr;
        case 7: return is(name, "Message"sv) ? &said.message : nullptr;
        case 9:
            if (ascii_lower(name[2]) == 'q') return is(name, "RequestId"sv) ? &said.request_id : nullptr;
            return is(name, "Recommend"sv) ? &said.recommend : nullptr;
        default: return nullptr;
        }
    }
#endif

    // The roots that the service has: 0 of a reply, 1 of an <Error>, which is a refusal or nothing; 2: none of them.
    template <class Text>
    [[nodiscard]] static constexpr unsigned kind_of_root(Text root) noexcept {
        constexpr std::size_t size = 8;
        return find_word(root.size() > size ? part(root, root.size() - size) : root, "Response\0Error\0");
    }

    // Reads a body, all of which is checked, and says whether its root is of the service's own kind. Texts are decoded
    // in place: the document is the response's own body, and a body_reply (Keep) says when it is not to be touched.
    template <bool Keep, class Error, class Char>
    RESTARTCASTER_HOT RESTARTCASTER_ONCE static constexpr bool read_fields(Error& said, reader<Char>& from, bool xml,
                                                                        bool decode) noexcept {
        using xml_reader = basic_xml_reader<Char>;
        using json_reader = basic_json_reader<Char>;
        unsigned root = 0;
        // Fields stand in the object or element that is the root; XML counts that as open already.
        unsigned const level = xml ? 2 : 1;
        unsigned const first = static_cast<unsigned>(xml ? static_cast<int>(xml_kind::element_begin)
                                                         : static_cast<int>(json_kind::name));
        decltype(said.message)* field = nullptr;
        token<Char> token;
        while (xml ? static_cast<xml_reader&>(from).step(token) : static_cast<json_reader&>(from).step(token)) {
            // 0: a name; 1 and 2: its text, in XML as text and as CDATA.
            unsigned kind = token.kind - first;
            if (xml && kind == 0 && from.depth_ == 1) root = kind_of_root(token.text);
            if (from.depth_ != level) continue;
            if (kind == 0) {
                field = xml && root == 2 ? nullptr : named(said, token.text);
                if (field == nullptr) continue;
                *field = {};
                if (field == &said.code_text)
                    said.code_in_own_field =
                        RESTARTCASTER_SMALL ? find_word(token.text, "Code\0") == 0 : token.text == "Code"sv;
                // Where code may be longer, a value is read by a step that knows to expect one.
                if (RESTARTCASTER_SMALL || xml || !static_cast<json_reader&>(from).step(token)) continue;
                kind = token.kind - first;
            }
            if (field != nullptr && kind <= 2) {
                std::size_t const size = field->size();
                if (size == 0) *field = token.text;
                if (size == 0 && !token.encoded) continue;
                if (decode || !Keep) {
                    Char* const text = const_cast<Char*>(field->data());
                    Char const mark = !xml ? '\\' : kind == 1 ? '&' : '\0';
                    Char const* const raw = token.text.data();
                    auto* const escape = xml ? read_xml_reference<Char> : read_json_escape<Char>;
                    char const* const end = raw + token.text.size();
                    *field = text_at(text, size + detail::decode(raw, end, text + size, mark, escape));
                } else if (xml) {
                    // Text in several pieces needs the body changed to be one; without that it stays unknown. Of a
                    // code that much is said, so that read_answer reads again and decodes.
                    *field = field == &said.code_text ? "?"sv : ""sv;
                    field = nullptr;
                }
            }
        }
        if (from.failed()) set_failure(said, from.code_, from.offset());
        return root == 0;
    }

    template <bool Keep, class Error, class Char>
    RESTARTCASTER_APART static constexpr bool read_json(Error& said, reader<Char>& from, bool decode) noexcept {
        return read_fields<Keep>(said, from, false, decode);
    }
    template <bool Keep, class Error, class Char>
    RESTARTCASTER_APART static constexpr bool read_xml(Error& said, std::basic_string_view<Char> text,
                                                       bool decode) noexcept {
        basic_xml_reader<Char> from(text);
        return read_fields<Keep>(said, from, true, decode);
    }

    // JSON or XML by the first byte of the text: the content type is known to lie.
    template <bool Keep, class Error, class Type, class Body>
    static constexpr bool read_body(Error& said, Type& type, Body const& body, bool decode) noexcept {
        std::string_view const text = text_at(body.data(), body.size());
        basic_json_reader<typename Body::value_type> json(text);
        json.skip_blanks();
        auto const at = json.peek();
        if (at == '<') {
            type = Type::xml;
            return read_xml<Keep>(said, text, decode);
        }
        if (at == '{' || at == '[') {
            type = Type::json;
            return read_json<Keep>(said, json, decode);
        }
        return set_failure(said, json.at_ == json.end_ ? errc::body_empty : errc::body_not_recognised, 0);
    }
};

template <class Text>
[[nodiscard]] constexpr bool says_success(Text code) noexcept {
    return code.empty() || find_word(code, "OK\0" "200\0Success\0success\0") != 4;
}

// Whether an answer is a success; `said` holds the rest. With Keep the body of a success is left as it came.
template <bool Keep, class Response, class Error>
[[nodiscard]] constexpr bool read_answer(Response const& from, Error& said, media_type& type) noexcept {
    using fields = answer_fields;
    bool const success = from.status >= 200 && from.status < 300;
    if (from.content_encoded) return fields::set_failure(said, errc::body_encoded, 0);
    if (from.status == 204 && Keep && from.body.empty()) return true; // no other success may lack a body
    bool const expected_root = fields::read_body<Keep>(said, type, from.body, !success);
    auto const& code = said.code_text;
    if (success && Keep && !fields::failed(said) && !says_success(code))
        fields::read_body<Keep>(said, type, from.body, true);
    if (fields::failed(said)) {
        // What calls itself HTML or an image is no broken answer of the service, but none at all.
        if (from.content_type == media_type::other && said.cause.code != errc::body_empty)
            return fields::set_failure(said, errc::body_not_recognised, 0);
        return false;
    }
    if (!code.empty() && !(success && says_success(code))) return false;
    if (!success || !expected_root) return fields::set_failure(said, errc::reply_unexpected, 0);
    if (!Keep && said.request_id.empty()) return fields::set_failure(said, errc::request_id_missing, 0);
    return true;
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
    result<reply, error> out(detail::failed_by{}, [] { return error{}; });
    media_type type = media_type::none;
    if (!detail::read_answer<keep>(from, out.error(), type)) {
        detail::explain(from, out.error());
        return out;
    }
    std::string_view const request_id = out.error().request_id;
    if constexpr (keep)
        out = reply{request_id, from.body, type};
    else
        out = reply{request_id};
    return out;
}

}} // namespace restartcaster

#endif
