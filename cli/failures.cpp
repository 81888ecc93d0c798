// SPDX-License-Identifier: MIT
// Explains failures, and checks the file of authorities.
// Source: failures.hpp.
// Data flow: errors in, sentences out.
#include "failures.hpp"

#include "output.hpp"
#include "studios.hpp"

#include <curl/curl.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

exit_status status_of(rc::error const& e, rc::executed ran) noexcept {
    if (ran != rc::executed::no) return exit_status::unknown;
    switch (e.kind) {
    case rc::error_kind::local: return exit_status::local;
    case rc::error_kind::refused:
        return e.code == rc::service_code::throttling ? exit_status::throttled : exit_status::refused;
    case rc::error_kind::not_sent:
    case rc::error_kind::no_answer: // to a look, so that nothing else was sent
    case rc::error_kind::unreadable: break;
    }
    return exit_status::not_sent;
}

char const* remedy(rc::failure const& cause, unsigned attempts) noexcept {
    // A busy name server is temporary, so a name is looked up in several attempts first.
    constexpr unsigned enough_lookups = 3;
    if (cause.code != rc::errc::not_sent) return nullptr;
    switch (cause.detail) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return "check endpoint, network and clock; --ca-file names an authority of your own";
    case CURLE_SSL_CACERT_BADFILE:
        return "the file of --ca-file, CURL_CA_BUNDLE or SSL_CERT_FILE holds no certificate that can be read";
    case CURLE_COULDNT_RESOLVE_HOST:
        return attempts < enough_lookups ? nullptr : "check --endpoint, --region and the network's name server";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return attempts < enough_lookups ? nullptr : "check https_proxy and the network's name server";
    default: return nullptr;
    }
}

std::string explained(rc::call_error const& e, rc::endpoint const& to, std::string_view action) {
    char const* const mend = e.ran == rc::executed::no ? remedy(e.cause, e.attempts) : nullptr;
    std::string text;
    if (mend != nullptr) {
        text = "not sent, " + described(e.cause) + ". " + std::string(action) + " did not run; " + mend + ", then call again.";
    } else if (e.retry_after_ms == ~std::uint32_t{0}) { // or more than 32 bits can count
        rc::call_error silent = e;
        silent.retry_after_ms = 0;
        text = described(silent) + " (the service asks for a wait of more than 49 days)";
    } else {
        text = described(e);
    }
    if (e.kind == rc::error_kind::local || e.kind == rc::error_kind::refused) return text;
    return text + " Endpoint " + text_of([&](auto& sink) { to.append_origin(sink); });
}

exit_status complain_of(rc::call_error const& e, connection_arguments const& at) {
    exit_status const status = status_of(e, e.ran);
    std::string const words = explained(e, at.to(), e.action);
    if (!at.json) return complain(status, words);
    std::string code, request_id;
    put_foreign(code, e.kind == rc::error_kind::refused ? e.code_text : name(e.kind));
    put_foreign(request_id, e.request_id);
    std::string const object = "{\"error\": {\"code\": " + json_string(code) + ", \"ran\": " + json_string(name(e.ran)) +
                               ", \"advice\": " + json_string(name(e.what_to_do)) + ", \"message\": " + json_string(words) +
                               ", \"request_id\": " + json_string(request_id) + "}}";
    return print(object) == exit_status::done ? status : complain(status, words);
}

authorities authorities_of(connection_arguments const& at) {
    if (!at.ca_file.empty()) return {"--ca-file", at.ca_file.c_str()};
    for (char const* const variable : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (char const* const file = std::getenv(variable); file != nullptr && *file != '\0') return {variable, file};
    return {};
}

exit_status check(authorities const& from) {
    std::error_code none;
    if (from.file == nullptr || std::filesystem::is_other(from.file, none)) // a pipe can be read only once
        return exit_status::done;
    std::string text, why = "it is no PEM file";
    std::FILE* const file = std::fopen(from.file, "rb");
    if (file == nullptr || !read_all(file, text)) why = std::strerror(errno);
    if (file != nullptr) std::fclose(file);
    if (text.find("CERTIFICATE-----") != text.npos) return exit_status::done;
    return complain(exit_status::not_sent,
                    "not sent, " + std::string(from.named_by) + ": " + why +
                        ". RestartCaster did not run; the file holds no certificate that can be read: name another one");
}
