// SPDX-License-Identifier: MIT
// Signature V3, ACS3-HMAC-SHA256: HMAC-SHA256 over the hash of a canonical request whose headers are signed.
// Source: help document 2593177 ("V3 request structure and signature"); protocol "Signature V3".
// Data flow: canonical query and headers, streamed into the hash and never stored, to an Authorization header.
//
// The file is long, because the scheme is one class and its explanation stands with it.
//
// How the scheme works. The signature covers a canonical request, whose lines are:
//
//   POST                            the method
//   /                               the path
//   CasterId=1&...                  the canonical query; empty if the parameters are a form
//   host:live.aliyuncs.com          the signed headers, sorted by name
//   x-acs-action:RestartCaster
//   ...
//                                   an empty line
//   host;x-acs-action;...           the names of the signed headers
//   e3b0c44298fc1c14...             the SHA-256 of the body, in hexadecimal
//
// write_request() makes one pass. Each line goes into a SHA-256 stream, and each part that is sent goes into the storage of
// the request too, in the order URL, body, header lines. No canonical request is stored. A form is hashed while it is
// written, because the header x-acs-content-sha256 contains the hash of the body.
//
// make_request() then signs "ACS3-HMAC-SHA256\n" and the hash of the canonical request with HMAC-SHA256, and appends the
// signature in an Authorization header, the last line. The x-acs-* headers replace the common parameters of rpc_v1.
#ifndef RESTARTCASTER_SIGN_ACS3_HPP
#define RESTARTCASTER_SIGN_ACS3_HPP
#pragma once

#include "../core/storage.hpp"
#include "../crypto/copy_run.hpp"
#include "../crypto/hmac.hpp"
#include "../crypto/sha256.hpp"
#include "../encode/hex.hpp"
#include "../message/request.hpp"
#include "canonical_query.hpp"
#include "query/query.hpp"
#include "signing_key.hpp"

#include <concepts>

namespace restartcaster { inline namespace RESTARTCASTER_ABI {

/// The scheme of a signing_key that signs with ACS3-HMAC-SHA256. The common parameters are sent in headers, the parameters
/// of the operation in the query or in the body. The header Accept asks for the format of the answer.
struct acs3 {
    /// The hash of the scheme.
    using hash = sha256;
    /// Empty: the HMAC key is the secret alone. In rpc_v1 it is the secret and '&'.
    static constexpr std::string_view secret_suffix = ""sv;
    /// Characters of a signature: 32 bytes in hexadecimal.
    static constexpr std::size_t signature_size = 64;
    /// A signature in lower-case hexadecimal, without a NUL at the end.
    using signature_text = std::array<char, signature_size>;
    /// Empty: the scheme adds headers, and no parameters.
    static constexpr std::array<detail::plan_entry, 0> common_parameters{};

    /// The SHA-256 of a body in lower-case hexadecimal: the value of the header x-acs-content-sha256.
    /// `Hash` may be another implementation of SHA-256, such as openssl::sha256.
    template <class Hash = hash>
    [[nodiscard]] static constexpr std::array<char, 2 * Hash::digest_size> body_hash(std::string_view body) noexcept {
        hash_stream<Hash> stream;
        stream.append(body);
        return hex(stream.finish());
    }

    /// Appends the canonical request of exactly the given parts. Spaces and tabs at query_writer ends of a header value are removed.
    /// Requires: header names in lower case.
    template <byte_sink Sink>
    static constexpr void canonical_request(Sink& sink, std::string_view method, parameters_view query,
                                            parameters_view headers, std::string_view body_hash) noexcept {
        detail::append_to(sink, method);
        detail::append_to(sink, "\n/\n"sv);
        restartcaster::canonical_query(sink, query);
        detail::append_to(sink, "\n"sv);
        for (std::size_t i = 0; i != headers.size(); ++i) {
            detail::append_to(sink, headers[i].front());
            detail::append_to(sink, ":"sv);
            detail::append_to(sink, trimmed(headers[i].value()));
            detail::append_to(sink, "\n"sv);
        }
        detail::append_to(sink, "\n"sv);
        signed_headers(sink, headers);
        detail::append_to(sink, "\n"sv);
        detail::append_to(sink, body_hash);
    }

    /// Appends the names of the given headers, separated by ';', as in the field SignedHeaders of Authorization.
    template <byte_sink Sink>
    static constexpr void signed_headers(Sink& sink, parameters_view headers) noexcept {
        for (std::size_t i = 0; i != headers.size(); ++i) {
            if (i != 0) detail::append_to(sink, ";"sv);
            detail::append_to(sink, headers[i].front());
        }
    }

    /// Appends the string to sign. `canonical_request_hash` is the SHA-256 of the canonical request in hexadecimal.
    template <byte_sink Sink>
    static constexpr void string_to_sign(Sink& sink, std::string_view canonical_request_hash) noexcept {
        detail::append_to(sink, "ACS3-HMAC-SHA256\n"sv);
        detail::append_to(sink, canonical_request_hash);
    }

    /// The signature of exactly the given parts, in lower-case hexadecimal.
    template <std::same_as<acs3> Scheme>
    [[nodiscard]] static constexpr std::array<char, Scheme::signature_size>
    signature(signing_key<Scheme> const& key, std::string_view method, parameters_view query, parameters_view headers,
              std::string_view body_hash) noexcept {
        hash_stream<typename Scheme::hash> canonical;
        canonical_request(canonical, method, query, headers, body_hash);
        auto text = hex(canonical.finish());
        sign(key, text);
        return text;
    }

    /// Builds a request. `query` is a described_query or a listed_query.
    /// Programs call restartcaster::make_request, which calls this function and documents storage and errors.
    template <std::derived_from<acs3> Scheme, class Query, class Options> // a derived scheme has another hash
    [[nodiscard]] static constexpr result<request> make_request(Query query, signing_key<Scheme> const& key,
                                                                stamp const& when, room to,
                                                                Options const& options) noexcept {
        buffer_sink wire(to.span());
        hash_stream<typename Scheme::hash> canonical;
        auto const parts = write_request(canonical, wire, query, key, when, options, to);
        if (!parts) return unexpected(parts.error());
        auto signed_text = hex(canonical.finish());
        if (!sign(key, signed_text) || canonical.failed()) return unexpected(failure{.code = errc::hash_failed});
        wire.append("authorization: ACS3-HMAC-SHA256 Credential="sv);
        wire.append(key.access_key_id());
        wire.append(",SignedHeaders="sv);
        signed_names(wire, key, options);
        wire.append(",Signature="sv);
        wire.append(detail::text_at(signed_text.data(), signed_text.size()));
        wire.append("\r\n"sv);
        if (options.url_limit != 0 && parts->url_end > options.url_limit)
            return unexpected(failure{.code = errc::url_too_long, .subject = "URL"sv, .detail = parts->url_end});
        if (!wire.fits())
            return unexpected(
                failure{.code = errc::storage_too_small, .subject = "request"sv, .detail = wire.needed()});
        return detail::finished_request(options, wire.written(), *parts, detail::part(wire.written(), parts->body_end));
    }

    /// Appends the canonical request of one operation, for people to read; `query` as in make_request. The text contains all
    /// parameters and the security token.
    /// Errors: as make_request, for a wrong value.
    template <byte_sink Sink, std::derived_from<acs3> Scheme, class Query>
    static constexpr result<void> canonical_request(Sink& sink, Query query, signing_key<Scheme> const& key,
                                                    stamp const& when, request_options const& options) noexcept {
        buffer_sink nowhere({});
        auto const parts = write_request(sink, nowhere, query, key, when, options, detail::room_of(sink));
        if (!parts) return unexpected(parts.error());
        return {};
    }

    /// Appends the string to sign of one operation; `query` as in make_request.
    /// Errors: as make_request, for a wrong value; hash_failed.
    template <byte_sink Sink, std::derived_from<acs3> Scheme, class Query>
    static constexpr result<void> string_to_sign(Sink& sink, Query query, signing_key<Scheme> const& key,
                                                 stamp const& when, request_options const& options) noexcept {
        hash_stream<typename Scheme::hash> canonical;
        buffer_sink nowhere({});
        auto const parts = write_request(canonical, nowhere, query, key, when, options, detail::room_of(sink));
        if (!parts) return unexpected(parts.error());
        auto const digest = hex(canonical.finish());
        if (canonical.failed()) return unexpected(failure{.code = errc::hash_failed});
        string_to_sign(sink, {digest.data(), digest.size()});
        return {};
    }

private:
    template <std::size_t N>
    [[nodiscard]] static constexpr std::array<char, 2 * N> hex(std::array<char, N> const& digest) noexcept {
        std::array<char, 2 * N> out{};
        for (std::size_t i = 0; i != digest.size(); ++i) {
            auto const byte = static_cast<unsigned char>(digest[i]);
            out[2 * i] = detail::hex_lower(byte >> 4u);
            out[2 * i + 1] = detail::hex_lower(byte & 15u);
        }
        return out;
    }

    // Replaces `text`, the hash of the canonical request in hexadecimal, by the signature. False if the hash failed.
    template <class Scheme, class Text>
    static constexpr bool sign(signing_key<Scheme> const& key, Text& text) noexcept {
        hmac_stream<typename Scheme::hash> mac(key.hmac());
        string_to_sign(mac, detail::text_at(text.data(), text.size()));
        text = hex(mac.finish());
        return !mac.failed();
    }

    [[nodiscard]] static constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }
    [[nodiscard]] static constexpr std::string_view trimmed(std::string_view value) noexcept {
        while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
        while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
        return value;
    }

    [[nodiscard]] static constexpr bool in_body(auto const& options) noexcept {
        return options.parameters == placement::post_form;
    }

    template <class Sink, class Scheme, class Options>
    static constexpr void signed_names(Sink& sink, signing_key<Scheme> const& key, Options const& options) noexcept {
        if (in_body(options)) detail::append_to(sink, "content-type;"sv);
        detail::append_to(sink, "host;x-acs-action;x-acs-content-sha256;x-acs-date;"sv);
        if (!key.security_token().empty()) detail::append_to(sink, "x-acs-security-token;"sv);
        detail::append_to(sink, "x-acs-signature-nonce;x-acs-version"sv);
    }

    /// Appends one header to the canonical request and to the header lines. `name` contains the line feed before the name and
    /// the colon after the name.
    template <class Canonical>
    static constexpr void header(Canonical& canonical, buffer_sink& wire, std::string_view name,
                                 std::string_view value) noexcept {
        wire.append("\r"sv);
        wire.append(name);
        wire.append(" "sv);
        wire.append(value);
        detail::append_to(canonical, name);
        detail::append_to(canonical, value);
    }
    // As header(), but faster: writes directly into query_writer sinks. For values that are not secret only, because the copies use
    // vector registers, which the compiler may save on the stack.
    template <class Canonical>
    RESTARTCASTER_HOT static constexpr void open_header(Canonical& canonical, buffer_sink& wire, std::string_view name,
                                                        std::string_view value) noexcept {
        if constexpr (detail::in_place_sink<Canonical>) {
            if (!std::is_constant_evaluated() && wire.free_bytes() > name.size() + 2 + value.size() &&
                canonical.free_bytes() >= name.size() + value.size()) [[likely]] {
                char* const to = wire.position();
                to[0] = '\r';
                detail::copy_bytes(to + 1, name.data(), name.size());
                to[1 + name.size()] = ' ';
                detail::copy_run(to + 2 + name.size(), value);
                wire.advance(2 + name.size() + value.size());
                detail::copy_bytes(canonical.position(), name.data(), name.size());
                detail::copy_run(canonical.position() + name.size(), value);
                canonical.advance(name.size() + value.size());
                return;
            }
        }
        header(canonical, wire, name, value);
    }

    // Writes everything but the Authorization header, which contains the signature of the rest.
    template <class Canonical, class Query, class Scheme, class Options, class Layout = detail::request_layout>
    static constexpr result<Layout> write_request(Canonical& canonical, buffer_sink& wire, Query query,
                                          signing_key<Scheme> const& key, stamp const& when,
                                          Options const& options, room const& to) noexcept {
        detail::write_fault wrong = key.fault_;
        auto const time = detail::checked_time(wrong, options, when.utc_seconds, to);
        refuse_overlap(wrong, to, "AccessKeyId"sv, key.access_key_id());
        refuse_overlap(wrong, to, "SecurityToken"sv, key.security_token());
        refuse_overlap(wrong, to, "SignatureNonce"sv, when.nonce);
        // Action, version and nonce become header values. The canonical writer, which examines the parameters, does not see
        // header values, so they are examined here.
        if constexpr (Query::has_unchecked_names) {
            refuse_overlap(wrong, to, "Action"sv, query.action);
            refuse_overlap(wrong, to, "Version"sv, query.version);
            wrong.examine("Action"sv, query.action);
            wrong.examine("Version"sv, query.version);
        }
        wrong.examine("SignatureNonce"sv, when.nonce);
        if (!wrong.good()) return unexpected(wrong.reason());

        Layout parts{};
        auto const begin = [&] {
            parts = detail::begun_request(wire, options);
            detail::append_to(canonical, options.parameters == placement::get ? "GET\n/\n"sv : "POST\n/\n"sv);
        };
        std::array<char, Scheme::signature_size> body_digest{};
        detail::scheme_values none;
        if (in_body(options)) {
            hash_stream<typename Scheme::hash> body;
            detail::canonical_writer<buffer_sink, decltype(body), detail::sign_depth::once> query_writer(wire, body);
            static_cast<void>(query.template write_to<Scheme>(none, query_writer, to, begin));
            if (!query_writer.good()) return unexpected(query_writer.reason());
            parts.body_end = wire.needed();
            body_digest = hex(body.finish());
            if (body.failed()) return unexpected(failure{.code = errc::hash_failed});
        } else {
            detail::canonical_writer<buffer_sink, Canonical, detail::sign_depth::once> query_writer(wire, canonical);
            static_cast<void>(query.template write_to<Scheme>(none, query_writer, to, begin));
            if (!query_writer.good()) return unexpected(query_writer.reason());
            parts.url_end = wire.needed();
            wire.append("\0"sv);
            parts.body_at = parts.body_end = wire.needed();
            detail::copy_bytes(body_digest.data(), empty_body_hash.data(), signature_size);
        }

        wire.append("accept-encoding: identity\r\naccept: application/"sv);
        wire.append(options.answer == format::json ? "json"sv : "xml"sv);
        if (in_body(options))
            open_header(canonical, wire, "\ncontent-type:"sv, "application/x-www-form-urlencoded"sv);
        // The transport sends the header Host, so only the canonical request contains it.
        detail::append_to(canonical, "\nhost:"sv);
        options.to.append_authority(canonical);
        auto const date = time.text();
        std::string_view const body_hash_text = detail::text_at(body_digest.data(), body_digest.size());
        open_header(canonical, wire, "\nx-acs-action:"sv, query.action);
        open_header(canonical, wire, "\nx-acs-content-sha256:"sv, body_hash_text);
        open_header(canonical, wire, "\nx-acs-date:"sv, {date.data(), date.size()});
        if (!key.security_token().empty())
            header(canonical, wire, "\nx-acs-security-token:"sv, key.security_token());
        open_header(canonical, wire, "\nx-acs-signature-nonce:"sv, when.nonce);
        open_header(canonical, wire, "\nx-acs-version:"sv, query.version);
        wire.append("\r\n"sv);
        detail::append_to(canonical, "\n\n"sv);
        signed_names(canonical, key, options);
        detail::append_to(canonical, "\n"sv);
        detail::append_to(canonical, body_hash_text);
        return parts;
    }

    static constexpr std::string_view empty_body_hash =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"sv;
};

}} // namespace restartcaster

#endif
