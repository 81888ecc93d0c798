// SPDX-License-Identifier: MIT
// The error of a call: what failed, whether the operation ran, and what to do.
// Source: docs/design.md, "Errors"; protocol "Responses".
// Data flow: read_reply and call return it; a program acts on it, describe() shows it to people.
#ifndef RESTARTCASTER_READ_ERROR_HPP
#define RESTARTCASTER_READ_ERROR_HPP
#pragma once

#include "../message/response.hpp"
#include "service_code.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The stage of a call that failed.
enum class error_kind : std::uint8_t {
    /// The call failed here, before anything was sent; error::cause is the reason.
    local,
    /// The transport did not send the request; the service has not seen it.
    not_sent,
    /// The request was sent, and no complete answer arrived.
    no_answer,
    /// An answer arrived that is not a reply of the service; error::http_status is its status.
    unreadable,
    /// The answer is a refusal with a code: error::code is the reason, error::ran says whether the operation ran.
    refused,
};

/// The failure of a call.
/// Storage: the texts of a refusal point into the body of the response, the texts of `cause` as documented at failure,
///   `sent` into the storage of the request.
struct error {
    /// What failed, whether the operation ran, and what to do.
    error_kind kind = error_kind::local;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// The known code of a refusal; `other` for an unknown code, and unless kind is refused.
    service_code code = service_code::other;
    /// The HTTP status; 0 if no status line arrived.
    std::uint16_t http_status = 0;
    /// Whether the code was in the field `Code`, in a body as the service sends it. Other servers use `code` or `ErrorCode`
    /// (and so do a few of the vendor's products), so a code in those fields does not show who sent it.
    bool code_in_own_field = false;
    /// Milliseconds to wait, from the answer; 0 if the answer names no time, or if waiting does not help.
    std::uint32_t retry_after_ms = 0;
    /// The reason, unless kind is refused.
    failure cause = {};
    /// Seconds by which the signed time was ahead of the service's clock; negative: behind. Known after a refusal of the
    /// timestamp whose answer had a Date; otherwise 0.
    std::int64_t clock_ahead_s = 0;
    /// Texts of the service, unchanged. They may repeat the request with key id, token and signature, and may contain
    /// control characters. Show them with describe() or append_foreign() only.
    std::string_view code_text = {};
    std::string_view message = {};
    std::string_view request_id = {};
    std::string_view host_id = {};
    std::string_view recommend = {};
    /// The whole body of the answer; some escapes in it may be decoded already. Of a 2xx answer to an operation with described
    /// fields, the part behind the packed fields.
    std::string_view body = {};
#if !RESTARTCASTER_SMALL
    /// The target host of a redirect; the text is inside this object.
    location_host redirected_to = {};
    /// The operation that was called, and the permission that its description names; empty if unknown. Set by call,
    /// call_machine and client.
    std::string_view action = {};
    std::string_view permission = {};
#endif
    /// After a refusal: the bytes of the request (request_bytes), whose secrets describe() removes. Set by call,
    /// call_machine and client.
    std::string_view sent = {};
};

}} // namespace restartcaster

#endif
