// SPDX-License-Identifier: MIT
// The request that a run would send, with secrets masked.
// Source: command_table.cpp, "--dry-run".
// Data flow: an id in, a request on one line out.
#ifndef RESTARTCASTER_CLI_DRY_RUN_HPP
#define RESTARTCASTER_CLI_DRY_RUN_HPP

#include "session.hpp"

/// Replaces what follows "Signature=" up to the end of the value.
[[nodiscard]] inline std::string without_signature(std::string_view text) {
    constexpr std::string_view name = "Signature=";
    std::size_t const at = text.rfind(name);
    if (at == text.npos) return std::string(text);
    std::size_t const end = text.find('&', at);
    return std::string(text.substr(0, at + name.size())) + "MASKED" + std::string(end == text.npos ? "" : text.substr(end));
}

/// The request that would be sent for one studio, on one line. It is made with a key that is not the user's, so that no
/// secret can be in it; the signature is masked too.
template <class Scheme>
[[nodiscard]] std::string would_send(session<Scheme>& over, std::string_view id) {
    rc::credentials const& own = over.key_source.who;
    rc::signing_key<Scheme> const key(rc::credentials{.access_key_id = "MASKED",
                                                      .access_key_secret = "MASKED",
                                                      .security_token = own.security_token.empty() ? "" : "MASKED"});
    rc::restart_caster const operation{.caster_id = id, .region_id = over.at.region_id};
    auto const nonce = rc::random_nonce();
    if (!nonce) return described(nonce.error());
    std::vector<char> room(id.size() * 16 + 16'384);
    auto const out = rc::make_request(operation, key, {.utc_seconds = rc::utc_now(), .nonce = nonce->text()},
                                      rc::room(std::span(room)), over.at.request());
    if (!out) return described(out.error());
    bool const get = out->method == rc::http_method::get;
    std::string text = (get ? "GET " : "POST ") + without_signature(out->url);
    for (auto const [name, value] : out->headers)
        if (name != "x-acs-content-sha256") // a check of the body, and as long as a signature
            text += " | " + std::string(name) + ": " + without_signature(value);
    return out->body.empty() ? text : text + " | " + without_signature(out->body);
}

#endif
