// SPDX-License-Identifier: MIT
// Why a call has no reply: what failed, whether the operation ran, and what helps.
// Source: docs/design.md, "Errors"; protocol "Responses".
// Path: read_reply and call make it; a program acts on it, describe() says it to a person.
#ifndef RESTARTCASTER_READ_ERROR_HPP
#define RESTARTCASTER_READ_ERROR_HPP
#pragma once

#include "../core/failure.hpp"
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
    /// The service answered "no"; error::code says why.
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
    /// Milliseconds that the service asks to wait; 0 when it does not say.
    std::uint32_t retry_after_ms = 0;
    /// The reason when kind is not refused.
    failure cause = {};
    /// The service's own words, as they came: they may repeat the request with key id, token and signature, and hold
    /// what a terminal obeys. Show them with describe() or append_foreign() only.
    std::string_view code_text = {};
    std::string_view message = {};
    std::string_view request_id = {};
    std::string_view host_id = {};
    std::string_view recommend = {};
    /// Of a refusal: the bytes of the request (request_bytes), whose secrets describe() shows nowhere. Set by call and
    /// what stands above it.
    std::string_view sent = {};
};

}} // namespace restartcaster

#endif
