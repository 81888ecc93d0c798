// SPDX-License-Identifier: MIT
// Declares the options of every command that sends something, and applies the environment's defaults.
// Source: read_connection.hpp; the vendor's variables ALIBABA_CLOUD_REGION_ID and ALIBABA_CLOUD_ENDPOINT.
// Data flow: options and environment -> connection_arguments.
#include "read_connection.hpp"

#include "regions.hpp"

#include <cstdlib>

void declare_connection(options& to, connection_arguments& at) {
    to.group("connection");
    to.value("--region", "R", "the studio's region, e.g. cn-shanghai: is sent, and chooses the endpoint\n"
                              "(default: ALIBABA_CLOUD_REGION_ID)",
             [&at](std::string const& given) {
                 at.region_id = given;
                 return given.empty() ? "--region has an empty value (parameter RegionId)" : "";
             });
    to.suggest(live_regions);
    to.value("--endpoint", "URL", "scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080\n"
                                  "(default: ALIBABA_CLOUD_ENDPOINT, a URL or a host)",
             [&at](std::string const& given) {
                 at.endpoint = given;
                 return endpoint_of(given) ? "" : endpoint_fault;
             });
    to.text("--profile", "NAME", "sign with the key of this profile of ~/.aliyun/config.json or\n"
                                 "~/.alibabacloud/credentials (default: ALIBABA_CLOUD_PROFILE)", at.profile);
    to.choice("--signature", "SCHEME", "rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor's current one", schemes,
              scheme_fault, at.scheme);
    to.seconds("--timeout", "for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect", at.timeout_ms);
    to.whole("--attempts", "at most so many requests for one call (default 8); 1: nothing is sent again", 100, "",
             at.retry.attempts);
    to.text("--ca-file", "FILE", "trust the authorities in this PEM file and no others; otherwise those of the\n"
                                 "environment's CURL_CA_BUNDLE or SSL_CERT_FILE, otherwise the system's", at.ca_file);
    to.flag("--insecure-http", "send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])\n"
                               "it needs no permission. https is always verified, and no option changes that",
            at.insecure_http);
}

void declare_json(options& to, connection_arguments& at, std::string_view text) {
    to.group("");
    to.flag("--json", text, at.json);
}

namespace {

std::string variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace

std::string fault_of(connection_arguments& at) {
    if (at.region_id.empty()) at.region_id = variable("ALIBABA_CLOUD_REGION_ID");
    bool const from_option = !at.endpoint.empty();
    if (!from_option) {
        at.endpoint = variable("ALIBABA_CLOUD_ENDPOINT");
        if (!at.endpoint.empty() && at.endpoint.find("://") == std::string::npos) at.endpoint = "https://" + at.endpoint;
        if (!at.endpoint.empty() && !endpoint_of(at.endpoint))
            return "ALIBABA_CLOUD_ENDPOINT takes a host, or http:// or https:// and a host, and perhaps :PORT";
    }
    rc::endpoint const to = at.to();
    if (to.scheme() == rc::url_scheme::http && !at.insecure_http && !is_loopback(to.host()))
        return std::string(from_option ? "--endpoint" : "ALIBABA_CLOUD_ENDPOINT") +
               " is plain http to another machine, where anybody on the way can read and "
               "change the call; use https, or say --insecure-http to send it all the same";
    at.deadline_ms = std::max(at.deadline_ms, at.timeout_ms);
    return {};
}
