// SPDX-License-Identifier: MIT
// Signature version 1.0 of RPC-style calls: HMAC-SHA1 over METHOD&%2F&encoded(canonical query).
// Source: help document 50286 (ApsaraVideo Live, "Signature mechanism"); protocol "Canonicalization and signing".
// Data flow: canonical query, streamed into the hash and never stored, to 28 characters and a finished request.
#ifndef RESTARTCASTER_SIGN_RPC_V1_HPP
#define RESTARTCASTER_SIGN_RPC_V1_HPP
#pragma once

#include "../crypto/hmac.hpp"
#include "../crypto/sha1.hpp"
#include "../encode/base64.hpp"
#include "../message/request.hpp"
#include "../core/storage.hpp"
#include "canonical_query.hpp"
#include "query/query.hpp"
#include "signing_key.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The scheme of a signing_key that signs with HMAC-SHA1, as the protocol demands. The library uses SHA-1 for this signature
/// only.
struct rpc_v1 {
    /// The hash of the scheme.
    using hash = sha1;
    /// The HMAC key is the secret followed by this suffix.
    static constexpr std::string_view secret_suffix = "&"sv;
    /// Characters of a signature: 20 bytes in Base64.
    static constexpr std::size_t signature_size = 28;

    /// The parameters that the signature adds to every request, sorted by name.
    static constexpr std::array<detail::plan_entry, 9> common_parameters{{
        {.name = "AccessKeyId"sv, .constant = {}, .source = detail::value_source::key_id},
        {.name = "Action"sv, .constant = {}, .source = detail::value_source::action},
        {.name = "Format"sv, .constant = {}, .source = detail::value_source::format},
        {.name = "SecurityToken"sv, .constant = {}, .source = detail::value_source::token, .optional = true},
        {.name = "SignatureMethod"sv, .constant = "HMAC-SHA1"sv},
        {.name = "SignatureNonce"sv, .constant = {}, .source = detail::value_source::nonce},
        {.name = "SignatureVersion"sv, .constant = "1.0"sv},
        {.name = "Timestamp"sv, .constant = {}, .source = detail::value_source::timestamp},
        {.name = "Version"sv, .constant = {}, .source = detail::value_source::version},
    }};

    /// Appends the string to sign of exactly the given parameters, for people who search the cause of a refused
    /// signature. `method` is "GET" or "POST".
    template <byte_sink Sink>
    static constexpr void string_to_sign(Sink& sink, std::string_view method, parameters_view parameters) noexcept {
        detail::no_sink nowhere;
        writer<detail::no_sink, Sink> to(nowhere, sink);
        detail::append_to(sink, method);
        detail::append_to(sink, "&%2F&"sv);
        bool started = false;
        for (std::size_t i = 0; i != parameters.size(); ++i) detail::write_parameter(to, parameters[i], started);
    }

    /// The signature of exactly the given parameters: Base64 text, before percent-encoding.
    template <std::same_as<rpc_v1> Scheme> // a template, so that an unused function costs no compile time
    [[nodiscard]] static constexpr std::array<char, Scheme::signature_size>
    signature(signing_key<Scheme> const& key, std::string_view method, parameters_view parameters) noexcept {
        hmac_stream<typename Scheme::hash> stream(key.hmac());
        string_to_sign(stream, method, parameters);
        return base64(stream.finish());
    }

    /// Builds a request. `query` is a described_query or a listed_query.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <std::derived_from<rpc_v1> Scheme, class Query, class Options> // a derived scheme has another hash
    [[nodiscard]] static constexpr result<request> make_request(Query query,
                                                                signing_key<Scheme> const& key, stamp const& when,
                                                                room to, Options const& options) noexcept {
        bool const in_body = options.parameters == placement::post_form;
        buffer_sink wire(to.span());
        hmac_stream<typename Scheme::hash> mac(key.hmac());
        writer<buffer_sink, hmac_stream<typename Scheme::hash>> query_writer(wire, mac, key.fault_);
        utc_time const timestamp = detail::checked_time(query_writer, options, when.utc_seconds, to);

        detail::request_layout parts{};
        detail::scheme_values values(key.id_, key.token_, when.nonce, options.answer, timestamp);
        bool const written = query.template write_to<Scheme>(values, query_writer, to, [&] {
            parts = detail::begun_request(wire, options);
            query_writer.only_signed(fixed_prefix(options.parameters));
        });
        if (written && !append_signature(wire, mac, query_writer)) query_writer.refuse(errc::hash_failed, {});

        parts.body_end = wire.needed();
        if (written && !in_body) {
            parts.url_end = parts.body_at = parts.body_end;
            detail::append_byte(wire, '\0');
            if (options.url_limit != 0 && parts.url_end > options.url_limit)
                query_writer.refuse(errc::url_too_long, "URL"sv, parts.url_end);
        }
        if (!wire.fits()) query_writer.refuse(errc::storage_too_small, "request"sv, wire.needed());
        if (!query_writer.good()) return {detail::failed_by{}, [&query_writer] { return query_writer.reason(); }};
        return detail::finished_request(options, wire.written(), parts,
                                        detail::part(headers, 0, in_body ? headers.size() : size_of_first_header));
    }

    /// Appends the string to sign of one operation; `query` as in make_request.
    /// Errors: as make_request, for a wrong value.
    template <byte_sink Sink, std::derived_from<rpc_v1> Scheme, class Query>
    static constexpr result<void> string_to_sign(Sink& sink, Query query,
                                                 signing_key<Scheme> const& key, stamp const& when,
                                                 request_options const& options) noexcept {
        if (!key.valid()) return key.valid();
        detail::no_sink nowhere;
        writer<detail::no_sink, Sink> to(nowhere, sink);
        room const written_to = detail::room_of(sink);
        utc_time const timestamp = detail::checked_time(to, options, when.utc_seconds, written_to);
        detail::scheme_values values(key.id_, key.token_, when.nonce, options.answer, timestamp);
        static_cast<void>(query.template write_to<Scheme>(values, to, written_to, [&] { to.only_signed(fixed_prefix(options.parameters)); }));
        if (!to.good()) return unexpected(to.reason());
        return {};
    }

private:
    template <class Wire, class Sign>
    using writer = detail::canonical_writer<Wire, Sign, detail::sign_depth::twice>;

#if RESTARTCASTER_SMALL
    // Uses the writer of the query again, which saves code. The writer feeds the hash too; the digest was read before, so this
    // has no effect.
    template <class Mac, class Both>
    static constexpr bool append_signature(buffer_sink&, Mac& mac, Both& query_writer) noexcept {
        auto&& words = mac.finish_words();
        bool const good = !mac.failed();
        std::array<char, signature_size> text; // all bytes are written below
        for (std::size_t i = 0; i != signature_size - 1; ++i) text[i] = detail::base64_shift(words);
        text.back() = '=';
        query_writer.unreserved("&Signature="sv);
        query_writer.encoded(detail::text_at(text.data(), text.size()));
        return good;
    }
#else
    template <class Wire, class Bits>
    RESTARTCASTER_HOT static constexpr void append_base64(Wire& wire, Bits bits, std::size_t count) noexcept {
        Bits const six_bits = detail::base64_split(bits);
        char text[8];
        detail::store_eight(text, detail::base64_characters(six_bits));
        if (detail::base64_above(six_bits, 61) == 0)
            wire.append(detail::text_at(text, count));
        else
            append_escaped(wire, detail::text_at(text, count));
    }
    // The loop has no branch on the characters of the digest: these are random, so the processor could not predict a branch.
    template <class Wire>
    static constexpr void append_escaped(Wire& wire, std::string_view text) noexcept {
        if (wire.free_bytes() < 3 * text.size()) return percent_encode(wire, text);
        char* to = wire.position();
        for (char const c : text) {
            bool const escape = c == '+' || c == '/';
            to[0] = escape ? '%' : c;
            to[1] = '2';
            to[2] = c == '+' ? 'B' : 'F';
            to += escape ? 3 : 1;
        }
        wire.advance(static_cast<std::size_t>(to - wire.position()));
    }

    // Base64 and percent-encoding of the digest in one pass, in registers. The whole request waits for this
    // function, which waits for the hash. Only '+' and '/', the last two characters of the alphabet, and the '=' at the end are
    // escaped.
    template <class Wire, class Mac, class Both>
    static constexpr bool append_signature(Wire& wire, Mac& mac, Both&) noexcept {
        wire.append("&Signature="sv);
        auto const words = mac.finish_words();
        auto const word_at = [&words](std::size_t i) { return std::uint64_t{words[i]}; };
        append_base64(wire, word_at(0) << 16 | word_at(1) >> 16, 8);
        append_base64(wire, (word_at(1) & 0xFFFF) << 32 | word_at(2), 8);
        append_base64(wire, word_at(3) << 16 | word_at(4) >> 16, 8);
        append_base64(wire, (word_at(4) & 0xFFFF) << 32, 3);
        wire.append("%3D"sv);
        return !mac.failed();
    }
#endif

    static constexpr std::string_view fixed_prefix(placement parameters) noexcept {
        switch (parameters) {
        case placement::get: return "GET&%2F&"sv;
        default: return "POST&%2F&"sv;
        }
    }

    // The library does not decompress answers, so Accept-Encoding asks for an uncompressed one. Only a form has a Content-Type.
    static constexpr std::string_view headers =
        "Accept-Encoding: identity\r\nContent-Type: application/x-www-form-urlencoded\r\n"sv;
    static constexpr std::size_t size_of_first_header = headers.find('\n') + 1;
};

}} // namespace restartcaster

#endif
