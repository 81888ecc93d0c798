// SPDX-License-Identifier: MIT
// Why a call has no reply: what failed, whether the operation ran, and what helps.
// Source: docs/design.md, "Errors"; protocol "Responses".
// Data flow: read_reply and call make it; a program acts on it, describe() says it to a person.
#ifndef RESTARTCASTER_READ_ERROR_HPP
#define RESTARTCASTER_READ_ERROR_HPP
#pragma once

#include "../message/response.hpp"
#include "service_code.hpp"

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// What failed.
enum class error_kind : std::uint8_t {
    /// Here, before anything was sent; error::cause says what.
    local,
    /// On the way out: the service has not seen the request.
    not_sent,
    /// After sending: no whole answer came.
    no_answer,
    /// An answer came that is none of the service's; error::http_status is what is known.
    unreadable,
    /// The answer says "no" and gives a code; error::code says why, error::ran whether that proves anything.
    refused,
};

/// The failure of a call.
/// Storage: the texts of a refusal point into the response's body, those of `cause` as failure says, `sent` into the
/// storage of the request.
struct error {
    error_kind kind = error_kind::local;
    executed ran = executed::no;
    advice what_to_do = advice::fix_request;
    /// The refusal by name, when kind is refused.
    service_code code = service_code::other;
    /// 0 when no status line came.
    std::uint16_t http_status = 0;
    /// The code stood in the field `Code` of a body of the service's kind. Other servers write code or ErrorCode, and
    /// so do few of the vendor's: such a code does not show who gave it.
    bool code_in_own_field = false;
    /// Milliseconds that the answer asks to wait; 0 when it does not say, or when waiting does not help.
    std::uint32_t retry_after_ms = 0;
    /// The reason when kind is not refused.
    failure cause = {};
    /// Seconds that the time which was signed is ahead of the service's, behind it when negative, where the service
    /// refused it for that and said its own; 0 when that is not known.
    std::int64_t clock_ahead_s = 0;
    /// The service's own words, as they came: they may repeat the request with key id, token and signature, and hold
    /// what a terminal obeys. Show them with describe() or append_foreign() only.
    std::string_view code_text = {};
    std::string_view message = {};
    std::string_view request_id = {};
    std::string_view host_id = {};
    std::string_view recommend = {};
    /// The whole body of the answer that is no success, as it stands in the response; escapes may have been read in it.
    std::string_view body = {};
#if !RESTARTCASTER_SMALL
    /// Where a redirect points; the text lies in here.
    location_host redirected_to = {};
#endif
    /// Of a refusal: the bytes of the request (request_bytes), whose secrets describe() shows nowhere. Set by call and
    /// what stands above it.
    std::string_view sent = {};
};

}} // namespace restartcaster

#endif
