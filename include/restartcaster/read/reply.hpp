// SPDX-License-Identifier: MIT
// The second half of the library: makes a reply, or an error that says what to do, from the bytes of a response.
// Source: protocol "Responses" (success, error, Live's own and the gateway's); docs/design.md, "Reply".
// Data flow: a response in, the operation's reply or an error out.
//
//
// How reading works. answer.hpp reads the whole body once and keeps five fields of the top level: Code, Message, HostId,
// RequestId and Recommend. read_answer() then decides between three results:
//
//   success      status 2xx, no code or a code of success (OK, 200, Success, success or a further code of the operation), and
//                a root that a success can have; also status 204 without a body, if the reply is body_reply
//   refusal      a well-formed body with any other code
//   unreadable   everything else: no body, a broken or compressed body, a failure status without a code, a code that is
//                not a text; and for request_id_reply, a success without a request id
//
// For a refusal and for an unreadable answer, judge.hpp decides whether the operation ran and what to do next. judge.hpp
// makes a code of success under a failure status, and every answer with status 407, unreadable.
//
// The escapes in the body are decoded in one of three ways:
//
//   request_id_reply   at once, in place, because the program receives one text only
//   body_reply         after the decision (Keep), because the program receives the body, and the body of a success must stay
//                      unchanged: the code is compared while it is decoded byte by byte; for an error, the fields are then
//                      decoded in place
//   described fields   at once, in place; in a 2xx answer the fields are also packed to the front of the body (pack.hpp)
#ifndef RESTARTCASTER_READ_REPLY_HPP
#define RESTARTCASTER_READ_REPLY_HPP
#pragma once

#include "answer.hpp"
#include "error.hpp"
#include "fields.hpp"
#include "judge.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reply of an operation whose only result is the request id.
/// Storage: points into the response's body.
struct request_id_reply {
    /// The id of the request at the service; a report to the vendor needs it.
    std::string_view request_id;
};

/// The reply of an action: the request id, and a well-formed body to read with json_reader or xml_reader.
/// Storage: points into the response's body, which is unchanged.
struct body_reply {
    /// The request id, with its escapes if it has any; empty if the body has no request id at the top level.
    std::string_view request_id;
    /// The whole body, unchanged; empty after a 204 without a body.
    std::span<char> body;
    /// The format of the body, JSON or XML, found by its first byte; none if the body is empty.
    media_type type = media_type::none;
};

namespace detail {

// The further codes of success in the description of an operation, if there are any.
template <class Operation>
[[nodiscard]] constexpr std::string_view described_success_codes() noexcept {
    if constexpr (requires { Operation::description.success_codes; })
        return Operation::description.success_codes;
    else
        return {};
}
// Whether the code of a 2xx answer is one of `codes`, which are separated by blanks.
template <class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_one_of(answer<Char, Use> const& parsed, std::string_view codes) noexcept {
    while (!codes.empty()) {
        std::string_view const one = part(codes, 0, codes.find(' '));
        if (!one.empty() && parsed.code_is(one)) return true;
        codes.remove_prefix(one.size() == codes.size() ? one.size() : one.size() + 1);
    }
    return false;
}

// Whether the code of a 2xx answer means success. No code means success too.
template <class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_success(answer<Char, Use> const& parsed, std::string_view further_codes) noexcept {
    constexpr char const* known = "OK\0" "200\0Success\0success\0";
    std::string_view const code = parsed[parsed.code];
    if (code.empty() || says_one_of(parsed, further_codes)) return true;
    if (Use != body_use::kept || !parsed.code_is_raw()) return find_word(code, known) != 4;
    return says_one_of(parsed, "OK 200 Success success"sv) || parsed.code_is(""sv);
}

// Whether an answer is a success. `parsed` receives the fields and, if the answer is unreadable, the failure. With Keep, the
// body of a success stays unchanged.
template <class Response, class Char, body_use Use>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool read_answer(Response const& from, answer<Char, Use>& parsed,
                                         std::string_view further_codes) noexcept {
    using escapes = typename answer<Char, Use>::escapes;
    constexpr bool Keep = Use == body_use::kept;
    bool const success = from.status >= 200 && from.status < 300;
    if (from.content_encoded) return parsed.set_failure(errc::body_encoded, 0);
    if (from.status == 204 && Keep && from.body.empty()) return true; // the only success without a body
    parsed.read_body(text_at(from.body.data(), from.body.size()),
                   success ? escapes::left : escapes::decoded);
    if (parsed.failed()) {
        // A body with another content type, such as HTML or an image, is not a broken answer of the service: another server
        // sent it.
        if (from.content_type == media_type::other && parsed.failure_code != errc::body_empty)
            return parsed.set_failure(errc::body_not_recognised, 0);
        return false;
    }
    if (success) parsed.forget_code_of_error();
    bool const good_root = parsed.root_of_success && !parsed.code_is_no_text();
    if (!Keep || !parsed.code_is_raw()) trim(parsed[parsed.code]);
    bool const good = success && says_success(parsed, further_codes);
    if (Keep && success && !good) {
        parsed.decode_what_fits();
        trim(parsed[parsed.code]);
    }
    trim(parsed[parsed.request_id]);
    if (!parsed[parsed.code].empty() && !good) return false;
    if (!success || !good_root) return parsed.set_failure(errc::reply_unexpected, 0);
    if (!Keep && parsed[parsed.request_id].empty()) return parsed.set_failure(errc::request_id_missing, 0);
    return true;
}

// The error of an answer that is not a success.
template <class Response, class Answer, class Error = error>
[[nodiscard]] constexpr Error error_of_answer(Response const& from, Answer const& parsed) noexcept {
    Error e{};
    e.cause.code = parsed.failure_code;
    e.cause.detail = parsed.failure_offset;
    e.code_in_own_field = parsed.code_in_own_field();
    e.code_text = parsed[Answer::code];
    e.message = parsed[Answer::message];
    e.request_id = parsed[Answer::request_id];
    e.host_id = parsed[Answer::host_id];
    e.recommend = parsed[Answer::recommend];
    e.body = parsed.rest_of(text_at(from.body.data(), from.body.size()));
    judge(from, e);
    return e;
}

// Reads an answer whose reply has described fields.
// Char is a parameter, because clang compiles what does not depend on one in every file: docs/design.md, "Cheap to include".
template <class Reply, class Char = char>
[[nodiscard]] constexpr result<Reply, error> read_described(response const& from, std::string_view success_codes) noexcept {
    // Only a success has the described fields, and only its body may be overwritten: an error shows the body of other answers.
    answer<Char, body_use::described> parsed(from.status / 100 == 2 ? &table_of<Reply> : nullptr);
    if (read_answer(from, parsed, success_codes)) {
        return {made_by{}, [&] {
                    Reply reply{};
                    if (parsed.packed_fields() != nullptr) (void)unpack_fields<true>(reply, parsed.packed_fields());
                    take_fields_of_answer(Reply::fields, reply, parsed);
                    return reply;
                }};
    }
    return {failed_by{}, [&] { return error_of_answer(from, parsed); }};
}

// Implements both overloads of read_reply.
template <class Operation>
[[nodiscard]] RESTARTCASTER_THIN constexpr result<typename Operation::reply, error>
read_reply_with(response const& from, std::string_view success_codes) noexcept {
    using reply = typename Operation::reply;
    if constexpr (requires { reply::fields; }) {
        return read_described<reply>(from, success_codes);
    } else {
        constexpr bool keep = std::is_same_v<reply, body_reply>;
        static_assert(keep || std::is_same_v<reply, request_id_reply>,
                      "restartcaster: the reply of an operation is request_id_reply, body_reply or a struct with fields");
        answer<char, keep ? body_use::kept : body_use::decoded> parsed;
        if (read_answer(from, parsed, success_codes)) {
            std::string_view const request_id = parsed[parsed.request_id];
            if constexpr (keep)
                return reply{request_id, from.body, parsed.type};
            else
                return reply{request_id};
        }
        return {failed_by{}, [&] { return error_of_answer(from, parsed); }};
    }
}

} // namespace detail

/// Reads the answer to a call of `Operation`. Its reply is request_id_reply, body_reply, or a struct with described fields:
/// `static constexpr auto fields = restartcaster::fields(...)`.
/// Requires: a complete response.
/// Storage: the texts of reply and error point into the response's body. Escapes are decoded in place, so a body can be read
///   only once.
/// Errors: kind refused, with the service's code, if the service refused the call, under any HTTP status; kind unreadable if
///   the body is not an answer of the service (a proxy's page, an empty body, a fragment of a body): the error contains the
///   HTTP status, and in `cause` the reason and its byte offset.
/// Cost: one pass over the body; no allocation.
template <class Operation>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
read_reply(response const& from) noexcept {
    return detail::read_reply_with<Operation>(from, detail::described_success_codes<Operation>());
}
/// Reads the answer to the call `op`. For an action, whose codes of success are known at run time only.
template <class Operation>
[[nodiscard]] constexpr result<typename Operation::reply, error> read_reply(response const& from,
                                                                            Operation const& op) noexcept {
    if constexpr (requires { op.success_codes; })
        return detail::read_reply_with<Operation>(from, op.success_codes);
    else
        return read_reply<Operation>(from);
}

}} // namespace restartcaster

#endif
