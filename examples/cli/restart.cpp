// SPDX-License-Identifier: MIT
// Restarts one studio: credentials, nonce, one call, one line.
// Source: docs/design.md, "Errors"; curl's own environment variables (curl.1, "ENVIRONMENT").
// Path: restart_arguments -> rc::call over libcurl -> request id or reason, and the exit status of either.
#include "output.hpp"

#include "../transports/curl_transport.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

namespace rc = restartcaster;

namespace {

// What an answer may have; the service's are below 1 KB, a proxy's page may be longer.
constexpr std::size_t answer_room = 256 * 1024;

exit_status status_of(rc::error const& e) {
    if (e.ran != rc::executed::no) return exit_status::unknown;
    switch (e.kind) {
    case rc::error_kind::local: return exit_status::local;
    case rc::error_kind::not_sent: return exit_status::not_sent;
    case rc::error_kind::refused:
        return e.code == rc::service_code::throttling ? exit_status::throttled : exit_status::refused;
    case rc::error_kind::no_answer:
    case rc::error_kind::unreadable: break;
    }
    return exit_status::unknown;
}

/// The library's own sentence, and what only this program knows: where the call went, which option helps.
std::string explained(rc::error const& e, rc::endpoint const& to) {
    std::string text = described(e);
    if (e.kind == rc::error_kind::local || e.kind == rc::error_kind::refused) return text;
    text += " Endpoint ";
    string_sink const sink{text};
    to.append_origin(sink);
    if (e.kind != rc::error_kind::not_sent) return text;
    if (e.cause.detail == CURLE_PEER_FAILED_VERIFICATION)
        text += "; --ca-file names an authority of your own";
    if (e.cause.detail == CURLE_SSL_CACERT_BADFILE)
        text += "; the file of --ca-file, CURL_CA_BUNDLE or SSL_CERT_FILE "
                "holds no certificate that can be read";
    return text;
}

/// The file of authorities to trust: the option's, or the environment's as for curl; null for the system's.
char const* ca_file(restart_arguments const& wanted) {
    if (!wanted.ca_file.empty()) return wanted.ca_file.c_str();
    for (char const* const variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (char const* const file = std::getenv(variable); file != nullptr && *file != '\0') return file;
    return nullptr;
}

/// Text from the network for a terminal or a script: visible ASCII on one line.
std::string visible(std::string_view text) {
    std::string clean(text);
    for (char& c : clean)
        if (c <= ' ' || c > '~') c = '?';
    return clean;
}

} // namespace

exit_status restart(restart_arguments const& wanted) {
    auto const credentials = rc::environment_credentials();
    if (!credentials) return complain(credentials.error());
    auto const nonce = rc::random_nonce();
    if (!nonce) return complain(nonce.error());

    curl_transport const http{.ca_file = ca_file(wanted), .timeout_ms = wanted.timeout_ms};
    rc::signing_key const key(*credentials);
    rc::restart_caster const operation{.caster_id = wanted.caster_id, .region_id = wanted.region_id};
    rc::stamp const stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()};
    auto const size = rc::request_size(operation, key, stamp, wanted.options);
    std::vector<char> room(size.value_or(0) + answer_room);

    auto const reply = rc::call(http, operation, key, stamp, std::span(room), wanted.options);
    if (!reply) return complain(status_of(reply.error()), explained(reply.error(), wanted.options.to));
    return print(visible(reply->request_id));
}
