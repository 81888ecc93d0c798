// SPDX-License-Identifier: MIT
// A signer made of plain strings, in which one mistake can be planted, and the messages of a service.
// Source: help documents 50286 and 2593177; reference.hpp, whose hash is OpenSSL's.
// Data flow: parameters, headers and styles in; a string to sign or a canonical request, and a refusal around it, out.
#ifndef RESTARTCASTER_TESTS_EXPLAIN_SIGNER_HPP
#define RESTARTCASTER_TESTS_EXPLAIN_SIGNER_HPP

#include "reference.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace signer {

using pairs = std::vector<std::pair<std::string, std::string>>;
using encoder = std::function<std::string(std::string const&)>;

inline std::string replaced(std::string text, std::string const& from, std::string const& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

/// One request, and how its signer writes it.
struct request {
    bool acs3 = false;
    std::string method = "POST";
    /// The path as it is in the signed text.
    std::string path;
    /// In the order of the signed text.
    pairs parameters;
    pairs headers;
    /// Whether parameters are the body (ACS3).
    bool form = false;
    std::string body_hash;
    std::string signed_headers;
    encoder encode = [](std::string const& text) { return reference::percent(text); };
    encoder encode_query = [](std::string const& text) { return reference::percent(text); };

    [[nodiscard]] std::string& parameter(std::string const& name) {
        for (auto& [known, value] : parameters)
            if (known == name) return value;
        return parameters.emplace_back(name, "").second;
    }
    [[nodiscard]] std::string& header(std::string const& name) {
        for (auto& [known, value] : headers)
            if (known == name) return value;
        return headers.emplace_back(name, "").second;
    }
    void add(std::string const& name, std::string const& value) {
        parameter(name) = value;
        sort(parameters);
    }
    void add_header(std::string const& name, std::string const& value) {
        header(name) = value;
        sort(headers);
        name_headers();
    }
    static void drop(pairs& from, std::string const& name) {
        std::erase_if(from, [&](auto const& one) { return one.first == name; });
    }
    static void sort(pairs& all) {
        std::sort(all.begin(), all.end());
    }
    void name_headers() {
        signed_headers.clear();
        for (auto const& [name, value] : headers) signed_headers += (signed_headers.empty() ? "" : ";") + name;
    }
    [[nodiscard]] std::string query() const {
        std::string text;
        for (auto const& [name, value] : parameters)
            text += (text.empty() ? "" : "&") + encode(name) + "=" + encode(value);
        return text;
    }
    /// The string to sign of version 1.0, or the canonical request of ACS3.
    [[nodiscard]] std::string text() const {
        if (!acs3) return method + "&" + path + "&" + encode_query(query());
        std::string lines = method + "\n" + path + "\n" + (form ? "" : query()) + "\n";
        for (auto const& [name, value] : headers) lines += name + ":" + value + "\n";
        return lines + "\n" + signed_headers + "\n" + body_hash;
    }
};

/// A correct request of version 1.0.
inline request rpc_v1(std::string const& method = "POST") {
    request out;
    out.method = method;
    out.path = "%2F";
    out.parameters = {{"AccessKeyId", "LTAI5tExampleKeyId01"},
                      {"Action", "RestartCaster"},
                      {"CasterId", "80787064-1c94-4dc1-85ce-9409960a1234"},
                      {"Format", "JSON"},
                      {"Name", "plain"},
                      {"SignatureMethod", "HMAC-SHA1"},
                      {"SignatureNonce", "c2fe8fbb-2977-4414-8d39-348d02419c1c"},
                      {"SignatureVersion", "1.0"},
                      {"Timestamp", "2026-11-22T17:36:19Z"},
                      {"Version", "2016-11-01"}};
    return out;
}
/// A correct request of ACS3.
inline request acs3(std::string const& method = "POST", bool form = false) {
    request out;
    out.acs3 = true;
    out.form = form;
    out.method = method;
    out.path = "/";
    out.parameters = {{"CasterId", "80787064-1c94-4dc1-85ce-9409960a1234"}, {"Name", "plain"}};
    out.body_hash = reference::sha256(form ? out.query() : "");
    out.headers = {{"host", "live.aliyuncs.com"},
                   {"x-acs-action", "RestartCaster"},
                   {"x-acs-content-sha256", out.body_hash},
                   {"x-acs-date", "2026-11-22T17:36:19Z"},
                   {"x-acs-signature-nonce", "c2fe8fbb-2977-4414-8d39-348d02419c1c"},
                   {"x-acs-version", "2016-11-01"}};
    if (form) out.headers.insert(out.headers.begin(), {"content-type", "application/x-www-form-urlencoded"});
    out.name_headers();
    return out;
}

/// The message of a service, as the gateways write it.
inline std::string message_of(request const& received) {
    std::string const text = received.text();
    if (!received.acs3)
        return "Specified signature is not matched with our calculation. server string to sign is:" + text;
    return "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n" +
           reference::sha256(text) + "] server CanonicalRequest is [" + text + "]";
}
inline std::string in_json(std::string message) {
    message = replaced(message, "\\", "\\\\");
    message = replaced(message, "\"", "\\\"");
    message = replaced(message, "\n", "\\n");
    return R"({"RequestId":"7B2C","Message":")" + message +
           R"(","HostId":"live.aliyuncs.com","Code":"SignatureDoesNotMatch"})";
}
/// As some serialisers write it: '&', '=' and '/' as escapes.
inline std::string in_careful_json(std::string message) {
    message = replaced(message, "\n", "\\u000a");
    message = replaced(message, "&", "\\u0026");
    message = replaced(message, "=", "\\u003D");
    message = replaced(message, "/", "\\/");
    return "{\n  \"Code\": \"SignatureDoesNotMatch\",\n  \"Message\": \"" + message + "\"\n}\n";
}
inline std::string in_xml(std::string message) {
    message = replaced(message, "&", "&amp;");
    message = replaced(message, "<", "&lt;");
    return "<?xml version='1.0' "
           "encoding='UTF-8'?><Error><RequestId>7B2C</RequestId><Code>SignatureDoesNotMatch</Code><Message>" +
           message + "</Message></Error>";
}
inline std::string in_cdata(std::string const& message) {
    return "<Error><Code>SignatureDoesNotMatch</Code><Message><![CDATA[" + message + "]]></Message></Error>";
}
inline std::string in_log(std::string const& message) {
    return "2026-11-22 17:36:20 INFO starting\n2026-11-22 17:36:21 ERROR => Alibaba Cloud: SignatureDoesNotMatch " +
           message + "\n2026-11-22 17:36:22 INFO giving up\n";
}
/// A JSON answer that was written into a log as a JSON string.
inline std::string in_json_log(std::string const& message) {
    std::string body = in_json(message);
    body = replaced(body, "\\", "\\\\");
    body = replaced(body, "\"", "\\\"");
    return "{\"level\": \"error\", \"answer\": \"" + body + "\"}\n";
}

} // namespace signer

#endif
