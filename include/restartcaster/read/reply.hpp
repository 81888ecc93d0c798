// SPDX-License-Identifier: MIT
// The second of the two halves: bytes become a reply, or an error that says what to do.
// Source: protocol "Responses" (success, error, Live's own and the gateway's); docs/design.md, "Reply".
// Data flow: a response in, the operation's reply or an error out.
//
// How it works. answer.hpp reads the whole body once and keeps five fields of its top level: the code, the message and
// three ids. read_answer() decides between three results. A 2xx without a code, or with a code of success, is a success.
// An answer with any other code is a refusal. Everything else is unreadable: no body, a broken body, another root, a
// failure status without a code. judge.hpp then says whether the request ran and what helps.
// Two kinds of replies want the body in two ways. request_id_reply needs one text, so escapes are decoded in place while
// reading. body_reply hands the body out as it came, so escapes are left (Keep) and the code is compared while it is
// decoded byte by byte; only when the answer turns out to be an error are its texts decoded in place.
#ifndef RESTARTCASTER_READ_REPLY_HPP
#define RESTARTCASTER_READ_REPLY_HPP
#pragma once

#include "answer.hpp"
#include "error.hpp"
#include "judge.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The reply of an operation that tells nothing but its request id.
/// Storage: points into the response's body.
struct request_id_reply {
    /// The id of the request at the service; a report to the vendor needs it.
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

// The codes of success of an operation that names some in its description.
template <class Operation>
[[nodiscard]] constexpr std::string_view described_success_codes() noexcept {
    if constexpr (requires { Operation::description.success_codes; })
        return Operation::description.success_codes;
    else
        return {};
}
// Whether the code of a 2xx answer is one of those, which stand between blanks.
template <class Char, bool Keep>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_one_of(answer<Char, Keep> const& said, std::string_view codes) noexcept {
    while (!codes.empty()) {
        std::string_view const one = part(codes, 0, codes.find(' '));
        if (!one.empty() && said.code_is(one)) return true;
        codes.remove_prefix(one.size() == codes.size() ? one.size() : one.size() + 1);
    }
    return false;
}

// Whether the code of a 2xx answer says that it is a success. An answer without a code does.
template <class Char, bool Keep>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool says_success(answer<Char, Keep> const& said, std::string_view further_codes) noexcept {
    constexpr char const* known = "OK\0" "200\0Success\0success\0";
    std::string_view const code = said[said.code];
    if (code.empty() || says_one_of(said, further_codes)) return true;
    if (!Keep || !said.code_is_raw()) return find_word(code, known) != 4;
    return says_one_of(said, "OK 200 Success success"sv) || said.code_is(""sv);
}

// Whether an answer is a success; `said` holds the rest. With Keep the body of a success is left as it came.
template <class Response, class Char, bool Keep>
[[nodiscard]] RESTARTCASTER_THIN constexpr bool read_answer(Response const& from, answer<Char, Keep>& said,
                                         std::string_view further_codes) noexcept {
    using fields = answer<Char, Keep>;
    bool const success = from.status >= 200 && from.status < 300;
    if (from.content_encoded) return said.set_failure(errc::body_encoded, 0);
    if (from.status == 204 && Keep && from.body.empty()) return true; // no other success may lack a body
    said.read_body(text_at(from.body.data(), from.body.size()),
                   success ? fields::escapes::left : fields::escapes::decoded);
    if (said.failed()) {
        // What calls itself HTML or an image is no broken answer of the service, but none at all.
        if (from.content_type == media_type::other && said.failure_code != errc::body_empty)
            return said.set_failure(errc::body_not_recognised, 0);
        return false;
    }
    if (success) said.forget_code_of_error();
    bool const good_root = said.root_of_success && !said.code_is_no_text();
    if (!Keep || !said.code_is_raw()) trim(said[fields::code]);
    bool const good = success && says_success(said, further_codes);
    if (Keep && success && !good) {
        said.decode_what_fits();
        trim(said[fields::code]);
    }
    trim(said[fields::request_id]);
    if (!said[fields::code].empty() && !good) return false;
    if (!success || !good_root) return said.set_failure(errc::reply_unexpected, 0);
    if (!Keep && said[fields::request_id].empty()) return said.set_failure(errc::request_id_missing, 0);
    return true;
}

template <class Response, class Answer, class Error = error>
[[nodiscard]] constexpr Error error_of_answer(Response const& from, Answer const& said) noexcept {
    Error e{};
    e.cause.code = said.failure_code;
    e.cause.detail = said.failure_offset;
    e.code_in_own_field = said.code_in_own_field();
    e.code_text = said[Answer::code];
    e.message = said[Answer::message];
    e.request_id = said[Answer::request_id];
    e.host_id = said[Answer::host_id];
    e.recommend = said[Answer::recommend];
    e.body = text_at(from.body.data(), from.body.size());
    judge(from, e);
    return e;
}

// See read_reply.
template <class Operation>
[[nodiscard]] RESTARTCASTER_THIN constexpr result<typename Operation::reply, error>
read_reply_with(response const& from, std::string_view success_codes) noexcept {
    using reply = typename Operation::reply;
    constexpr bool keep = std::is_same_v<reply, body_reply>;
    static_assert(keep || std::is_same_v<reply, request_id_reply>,
                  "restartcaster: the reply of an operation is request_id_reply or body_reply");
    answer<char, keep> said;
    if (read_answer(from, said, success_codes)) {
        std::string_view const request_id = said[said.request_id];
        if constexpr (keep)
            return reply{request_id, from.body, said.type};
        else
            return reply{request_id};
    }
    return {failed_by{}, [&] { return error_of_answer(from, said); }};
}

} // namespace detail

/// Reads the answer to a call of `Operation`.
/// Requires: a response that came whole.
/// Storage: the texts of reply and error point into the response's body; escapes are decoded in place, so that
///   a body can be read once.
/// Errors: kind refused, with the service's code, when the service said no, whatever the HTTP status; kind
///   unreadable when the body is not the service's (a proxy's page, an empty or a cut body), with the status,
///   the reason and its byte offset in `cause`.
/// Cost: one pass over the body; no allocation.
template <class Operation>
[[nodiscard]] RESTARTCASTER_ONCE constexpr result<typename Operation::reply, error>
read_reply(response const& from) noexcept {
    return detail::read_reply_with<Operation>(from, detail::described_success_codes<Operation>());
}
/// As above, where the codes of success are known at run time only: those of an action.
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
