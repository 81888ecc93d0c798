// SPDX-License-Identifier: MIT
// The form of an RPC call without a signature, for operations whose parameters are a credential themselves.
// Source: Security Token Service 2015-04-01, AssumeRoleWithOIDC: the call has no AccessKeyId and no Signature.
// Data flow: an operation and a time in, a request out; read_reply and call_machine as for a signed call.
#ifndef RESTARTCASTER_HOSTED_UNSIGNED_RPC_HPP
#define RESTARTCASTER_HOSTED_UNSIGNED_RPC_HPP
#pragma once

#include "../message/request.hpp"
#include "../sign/query/query.hpp"
#include "../sign/signing_key.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

struct unsigned_rpc;

/// The absent key of a call without a signature: it takes the place of a key in make_request, call and call_machine.
template <>
class signing_key<unsigned_rpc> {
public:
    constexpr signing_key() noexcept = default;
    /// Always: nothing can be wrong with it.
    [[nodiscard]] constexpr result<void> valid() const noexcept { return {}; }
};

/// A scheme that signs nothing. The request has the parameters Action, Format, Timestamp and Version, and those of the
/// operation.
struct unsigned_rpc {
    /// The parameters that every request gets, sorted by name.
    static constexpr std::array<detail::plan_entry, 4> common_parameters{{
        {.name = "Action"sv, .constant = {}, .source = detail::value_source::action},
        {.name = "Format"sv, .constant = {}, .source = detail::value_source::format},
        {.name = "Timestamp"sv, .constant = {}, .source = detail::value_source::timestamp},
        {.name = "Version"sv, .constant = {}, .source = detail::value_source::version},
    }};

    /// Builds a request with the parameters in a form: placement::post_form is the only placement, because a URL with a
    /// credential would stand in logs.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <std::same_as<unsigned_rpc> Scheme, class Query>
    [[nodiscard]] static constexpr result<request> make_request(Query query, signing_key<Scheme> const&, stamp const& when,
                                                                room to, request_options options) noexcept {
        options.parameters = placement::post_form;
        buffer_sink wire(to.span());
        detail::no_sink nowhere;
        detail::canonical_writer<buffer_sink, detail::no_sink, detail::sign_depth::once> writer(wire, nowhere);
        utc_time const timestamp = detail::checked_time(writer, options, when.utc_seconds, to);
        detail::request_layout parts{};
        detail::scheme_values values({}, {}, when.nonce, options.answer, timestamp);
        static_cast<void>(query.template write_to<Scheme>(values, writer, to,
                                                          [&] { parts = detail::begun_request(wire, options); }));
        parts.body_end = wire.needed();
        if (!wire.fits()) writer.refuse(errc::storage_too_small, "request"sv, wire.needed());
        if (!writer.good()) return {detail::failed_by{}, [&writer] { return writer.reason(); }};
        return detail::finished_request(options, wire.written(), parts,
                                        "Accept-Encoding: identity\r\n"
                                        "Content-Type: application/x-www-form-urlencoded\r\n"sv);
    }
};

}} // namespace restartcaster

#endif
