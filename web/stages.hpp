// SPDX-License-Identifier: MIT
// Every stage of a signature, in pieces that know their parameter: the page marks one parameter in all stages.
// Source: help document 50286 (version 1.0), help document 2593177 (ACS3).
// Data flow: a call -> the library's texts, as the library writes them -> pieces of these texts, in JSON.
//
// The file is long, because both schemes have the same pieces and stages.
#ifndef RESTARTCASTER_WEB_STAGES_HPP
#define RESTARTCASTER_WEB_STAGES_HPP

#include "call.hpp"

#include <restartcaster/crypto/hmac.hpp>

namespace page {

/// Room for the longest text of a stage.
constexpr std::size_t room_size = 512 * 1024;

/// The texts of one call. They are static: a WebAssembly module has a small stack.
struct stage_rooms {
    char query[room_size], canonical[room_size], to_sign[room_size], request[room_size];
};

/// A parameter, and the header of ACS3 that has its value.
struct header_of_parameter {
    std::string_view parameter, header;
};
constexpr header_of_parameter headers_of_parameters[] = {
    {"Action", "x-acs-action"},  {"Format", "accept"},
    {"Timestamp", "x-acs-date"}, {"SecurityToken", "x-acs-security-token"},
    {"Version", "x-acs-version"}, {"SignatureNonce", "x-acs-signature-nonce"}};

/// The name by which the page marks a header: its parameter, or its own name.
[[nodiscard]] inline std::string_view mark_of_header(std::string_view header) noexcept {
    for (auto const& [parameter, its_header] : headers_of_parameters)
        if (header == its_header) return parameter;
    return header;
}

/// Writes texts in pieces [name of the parameter, text].
class stage_writer {
public:
    stage_writer(json_writer& out, std::string_view name) noexcept : out_(out) {
        out_.name(name);
        out_.begin('[');
    }
    stage_writer(stage_writer const&) = delete;
    stage_writer& operator=(stage_writer const&) = delete;
    ~stage_writer() { out_.end(']'); }

    void piece(std::string_view mark, std::string_view text) noexcept {
        if (text.empty()) return;
        out_.begin('[');
        out_.value(mark);
        out_.value(text);
        out_.end(']');
    }
    /// A query. `separator` is '&', or its escape in a string to sign. Names and values never contain it, because the
    /// library escapes them; the signature follows the last parameter.
    void query(std::string_view text, std::string_view separator, rc::parameters_view names) noexcept {
        for (std::size_t i = 0; !text.empty(); ++i) {
            std::size_t const at = text.find(separator);
            std::string_view const part = text.substr(0, at);
            piece(i < names.size() ? names[i].front() : "Signature"sv, part);
            if (at == text.npos) return;
            piece({}, separator);
            text.remove_prefix(at + separator.size());
        }
    }
    /// The bytes up to and with the next `end`; the rest if there is none.
    [[nodiscard]] static std::string_view taken(std::string_view& text, char end) noexcept {
        std::size_t const at = text.find(end);
        std::string_view const part = text.substr(0, at == text.npos ? at : at + 1);
        text.remove_prefix(part.size());
        return part;
    }
    /// The lines of a canonical request: method, path, query, headers, an empty line, names, the hash of the body.
    void canonical_request(std::string_view text, rc::parameters_view names) noexcept {
        piece("method", taken(text, '\n'));
        piece({}, taken(text, '\n'));
        std::string_view query_line = taken(text, '\n');
        query_line.remove_suffix(1);
        query(query_line, "&", names);
        piece({}, "\n");
        for (std::string_view line = taken(text, '\n'); line.size() > 1; line = taken(text, '\n'))
            piece(mark_of_header(line.substr(0, line.find(':'))), line);
        piece({}, "\n");
        piece({}, taken(text, '\n'));
        piece("x-acs-content-sha256", text);
    }
    /// One header line of the request, which ends with CRLF.
    void header(rc::header const& one) noexcept {
        if (one.name != "authorization"sv) {
            std::string_view const mark = mark_of_header(one.name);
            piece(mark, one.name);
            piece(mark, ": ");
            piece(mark, one.value);
        } else {
            std::string_view rest = one.value;
            piece({}, "authorization: ");
            piece({}, taken(rest, '='));
            std::string_view id = taken(rest, ',');
            piece("AccessKeyId", id.substr(0, id.size() - 1));
            piece({}, ",");
            piece({}, taken(rest, ','));
            piece("Signature", rest);
        }
        piece({}, "\n");
    }

private:
    json_writer& out_;
};

/// The value of a common parameter of version 1.0.
[[nodiscard]] inline std::string_view value_of_common(call const& from, rc::detail::plan_entry const& entry,
                                                      std::string_view timestamp) noexcept {
    using source = rc::detail::value_source;
    switch (entry.source) {
    case source::key_id: return from.key_id;
    case source::token: return from.token;
    case source::action: return from.action;
    case source::version: return from.version;
    case source::format: return text(from.answer);
    case source::nonce: return from.nonce;
    case source::timestamp: return timestamp;
    default: return entry.constant;
    }
}

/// Writes the sorted parameters of version 1.0: those of the action and those that the scheme adds.
[[nodiscard]] inline rc::result<void> fill(parameter_list& all, call const& from, std::string_view timestamp) noexcept {
    all = from.own;
    for (auto const& entry : rc::rpc_v1::common_parameters) {
        std::string_view const value = value_of_common(from, entry, timestamp);
        if (entry.optional && value.empty()) continue;
        if (auto const added = all.append(entry.name, value); !added) return added;
    }
    return {};
}

inline void write_parameters(json_writer& out, rc::parameters_view all, rc::parameters_view own) noexcept {
    out.name("parameters");
    out.begin('[');
    for (std::size_t i = 0; i != all.size(); ++i) {
        bool of_action = false;
        for (std::size_t at = 0; at != own.size() && !of_action; ++at) of_action = own[at].front() == all[i].front();
        out.begin('{');
        out.member("name", all[i].front());
        out.member("value", all[i].value());
        out.member("of_action", of_action);
        out.end('}');
    }
    out.end(']');
}

/// The request as HTTP/1.1 has it, with line ends in place of CRLF.
inline void write_request(json_writer& out, rc::request const& made, call const& from,
                          rc::parameters_view names) noexcept {
    out.member("url", made.url);
    out.member("body", made.body);
    out.name("headers");
    out.begin('[');
    for (auto const one : made.headers) {
        out.begin('[');
        out.value(one.name);
        out.value(one.value);
        out.end(']');
    }
    out.end(']');
    stage_writer lines(out, "request");
    lines.piece("method", text(made.method));
    std::size_t const path = made.target.size() > 1 ? 2 : 1; // "/?" or "/"
    lines.piece({}, " ");
    lines.piece({}, made.target.substr(0, path));
    lines.query(made.target.substr(path), "&", names);
    lines.piece({}, " HTTP/1.1\n");
    char host[300];
    rc::buffer_sink authority(host);
    authority.append("Host: ");
    from.options().to.append_authority(authority);
    lines.piece("host", authority.written());
    lines.piece({}, "\n");
    for (auto const one : made.headers) lines.header(one);
    if (made.method == rc::http_method::post) {
        char digits[20];
        std::size_t at = sizeof digits;
        std::size_t rest = made.body.size();
        do digits[--at] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        lines.piece({}, "Content-Length: ");
        lines.piece({}, {digits + at, sizeof digits - at});
        lines.piece({}, "\n");
    }
    lines.piece({}, "\n");
    lines.query(made.body, "&", names);
}

/// The digest of the string to sign, and the request that has the signature.
template <class Scheme>
[[nodiscard]] rc::result<void> write_signature(json_writer& out, call const& from, rc::signing_key<Scheme> const& key,
                                               std::string_view to_sign, rc::parameters_view names,
                                               stage_rooms& rooms) noexcept {
    auto const made = rc::make_request(from.operation(), key, from.stamp(), rooms.request, from.options());
    if (!made) return rc::unexpected(made.error());
    rc::hmac_stream<typename Scheme::hash> mac(key.hmac());
    mac.append(to_sign);
    auto const digest = mac.finish();
    std::array<char, 2 * Scheme::hash::digest_size> hexadecimal;
    for (std::size_t i = 0; i != digest.size(); ++i) {
        auto const byte = static_cast<unsigned char>(digest[i]);
        hexadecimal[2 * i] = rc::detail::hex_lower(byte >> 4u);
        hexadecimal[2 * i + 1] = rc::detail::hex_lower(byte & 15u);
    }
    out.member("digest", std::string_view(hexadecimal.data(), hexadecimal.size()));
    if constexpr (std::same_as<Scheme, rc::acs3>) {
        out.member("signature", std::string_view(hexadecimal.data(), hexadecimal.size()));
    } else {
        auto const base = rc::base64(digest);
        out.member("signature", std::string_view(base.data(), base.size()));
    }
    write_request(out, *made, from, names);
    return {};
}

[[nodiscard]] inline rc::result<void> write_rpc_v1(json_writer& out, call const& from, stage_rooms& rooms) noexcept {
    rc::signing_key<rc::rpc_v1> const key(from.credentials());
    rc::buffer_sink to_sign(rooms.to_sign), canonical(rooms.canonical);
    auto const written = rc::string_to_sign(to_sign, from.operation(), key, from.stamp(), from.options());
    if (!written) return written;
    auto const time = rc::utc_time(from.utc_seconds).text();
    static parameter_list all;
    auto const filled = fill(all, from, {time.data(), time.size()});
    if (!filled) return filled;
    rc::canonical_query(canonical, all);
    write_parameters(out, all, from.own);
    stage_writer(out, "canonical_query").query(canonical.written(), "&", all);
    {
        stage_writer stage(out, "string_to_sign");
        std::string_view text = to_sign.written();
        stage.piece("method", stage_writer::taken(text, '&'));
        stage.piece({}, stage_writer::taken(text, '&'));
        stage.query(text, "%26", all);
    }
    if (from.secret.empty()) return {};
    return write_signature(out, from, key, to_sign.written(), all, rooms);
}

[[nodiscard]] inline rc::result<void> write_acs3(json_writer& out, call const& from, stage_rooms& rooms) noexcept {
    rc::signing_key<rc::acs3> const key(from.credentials());
    rc::buffer_sink to_sign(rooms.to_sign), canonical(rooms.canonical);
    auto const written = rc::canonical_request(canonical, from.operation(), key, from.stamp(), from.options());
    if (!written) return written;
    auto const signed_text = rc::string_to_sign(to_sign, from.operation(), key, from.stamp(), from.options());
    if (!signed_text) return signed_text;
    write_parameters(out, from.own, from.own);
    rc::buffer_sink own(rooms.query);
    rc::canonical_query(own, from.own);
    stage_writer(out, "canonical_query").query(own.written(), "&", from.own);
    stage_writer(out, "canonical_request").canonical_request(canonical.written(), from.own);
    stage_writer(out, "string_to_sign").piece({}, to_sign.written());
    if (from.secret.empty()) return {};
    return write_signature(out, from, key, to_sign.written(), from.own, rooms);
}

/// Writes the stages of a call, or why it cannot be signed.
inline void write_stages(json_writer& out, call const& from, stage_rooms& rooms) noexcept {
    out.begin('{');
    rc::result<void> written = from.good;
    if (written) written = from.acs3 ? write_acs3(out, from, rooms) : write_rpc_v1(out, from, rooms);
    if (!written) {
        out.name("failure");
        write_failure(out, written.error());
    }
    out.end('}');
}

} // namespace page

#endif
