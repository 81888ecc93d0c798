// SPDX-License-Identifier: MIT
// Signs with ACS3-HMAC-SHA256 and shows the requested stage.
// Source: sign_acs3.hpp.
// Data flow: parameters -> query and headers -> canonical request -> string to sign -> signature -> Authorization.
#include "sign_acs3.hpp"

#include "output.hpp"

namespace rc = restartcaster;

namespace {

/// The parameters that ACS3 sends in headers, and the names of the headers. Accept replaces Format, and Authorization
/// contains the key id.
constexpr struct {
    std::string_view parameter, header;
} in_headers[] = {{"AccessKeyId", {}},
                  {"Action", "x-acs-action"},
                  {"Format", {}},
                  {"SecurityToken", "x-acs-security-token"},
                  {"SignatureNonce", "x-acs-signature-nonce"},
                  {"Timestamp", "x-acs-date"},
                  {"Version", "x-acs-version"}};

/// Headers in the form that curl reads: `name: value`.
std::string lines_of(rc::parameters_view headers) {
    std::string lines;
    for (std::size_t i = 0; i != headers.size(); ++i)
        lines.append(headers[i].front()).append(": ").append(headers[i].value()) += '\n';
    return lines;
}

std::string json_of(rc::parameters_view headers) {
    std::string members;
    for (std::size_t i = 0; i != headers.size(); ++i)
        members += (i == 0 ? "" : ", ") + json_string(headers[i].front()) + ": " + json_string(headers[i].value());
    return '{' + members + '}';
}

} // namespace

std::string shown_acs3_stage(sign_arguments const& wanted, rc::credentials const& who, rc::parameters_view parameters) {
    rc::signing_key<rc::acs3> const key(who);
    // Adding to the lists cannot fail: names and values were checked, and no name occurs twice.
    rc::parameter_list<255> own;
    rc::parameter_list<16> headers;
    std::string accept;
    for (std::size_t i = 0; i != parameters.size(); ++i) {
        auto const name = parameters[i].front(), value = parameters[i].value();
        auto const common = std::ranges::find(in_headers, name, [](auto const& entry) { return entry.parameter; });
        if (common == std::end(in_headers))
            static_cast<void>(own.append(name, value));
        else if (!common->header.empty() && !value.empty())
            static_cast<void>(headers.append(common->header, value));
        else if (name == "Format")
            accept = "application/" + lowered(value);
    }
    std::string const canonical = text_of([&](auto& sink) { rc::canonical_query(sink, own); });
    bool const in_body = wanted.placement == rc::placement::post_form;
    std::string const body = in_body ? canonical : "";
    rc::parameters_view const query = in_body ? rc::parameters_view() : rc::parameters_view(own);
    auto const hash = rc::acs3::body_hash(body);
    std::string_view const body_hash{hash.data(), hash.size()};
    std::string const authority = text_of([&](auto& sink) { wanted.to().append_authority(sink); });
    static_cast<void>(headers.append("x-acs-content-sha256", body_hash));
    if (in_body) static_cast<void>(headers.append("content-type", "application/x-www-form-urlencoded"));
    static_cast<void>(headers.append("host", authority));

    std::string const request = text_of(
        [&](auto& sink) { rc::acs3::canonical_request(sink, wanted.method, query, headers, body_hash); });
    auto const request_hash = rc::acs3::body_hash(request); // body_hash() is the SHA-256 of any text
    std::string const to_sign = text_of([&](auto& sink) {
        rc::acs3::string_to_sign(sink, {request_hash.data(), request_hash.size()});
    });
    auto const bytes = rc::acs3::signature(key, wanted.method, query, headers, body_hash);
    std::string const signature(bytes.data(), bytes.size());
    std::string const authorization =
        "ACS3-HMAC-SHA256 Credential=" + std::string(who.access_key_id) +
        ",SignedHeaders=" + text_of([&](auto& sink) { rc::acs3::signed_headers(sink, headers); }) +
        ",Signature=" + signature;
    std::string const url = text_of([&](auto& sink) { wanted.to().append_origin(sink); }) + '/' +
                            (in_body || canonical.empty() ? "" : '?' + canonical);
    static_cast<void>(headers.append("accept", accept));
    static_cast<void>(headers.append("authorization", authorization));

    switch (wanted.show) {
    case shown::url: return url;
    case shown::form: return body;
    case shown::canonical: return canonical;
    case shown::canonical_request: return request;
    case shown::string_to_sign: return to_sign;
    case shown::signature: return signature;
    case shown::authorization: return authorization;
    case shown::json:
        return "{\"canonical_query\": " + json_string(canonical) + ", \"canonical_request\": " + json_string(request) +
               ", \"string_to_sign\": " + json_string(to_sign) + ", \"signature\": " + json_string(signature) +
               ", \"authorization\": " + json_string(authorization) + ", \"method\": " + json_string(wanted.method) +
               ", \"url\": " + json_string(url) + ", \"headers\": " + json_of(headers) +
               ", \"body\": " + json_string(body) + "}";
    case shown::headers: break;
    }
    std::string lines = lines_of(headers);
    lines.pop_back(); // print() adds the line end
    return lines;
}
