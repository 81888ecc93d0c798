// SPDX-License-Identifier: MIT
// Rebuilds the text that was signed from parameters, and from the service's text for what is not given.
// Source: explain.hpp.
// Data flow: the service's text -> its parameters and headers; given parameters replace them -> the library's writers.
#include "explain.hpp"

#include "output.hpp"

#include <cstdlib>
#include <map>

namespace rc = restartcaster;

namespace {

using named = std::map<std::string, std::string>;

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    char const lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        bool const escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        out += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        if (escape) i += 2;
    }
    return out;
}
std::string_view taken(std::string_view& text, char end) {
    std::size_t const at = text.find(end);
    std::string_view const taken = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + 1);
    return taken;
}
named parameters_of(std::string_view query) {
    named all;
    while (!query.empty()) {
        std::string_view value = taken(query, '&');
        std::string_view const name = taken(value, '=');
        all[decoded(name)] = decoded(value);
    }
    return all;
}

/// What the service received.
struct received {
    std::string method = "POST";
    named parameters, headers;
    std::string body_hash;

    explicit received(rc::service_text const& theirs) {
        std::string_view text = theirs.string_to_sign;
        if (!text.starts_with("ACS3-")) {
            method = taken(text, '&');
            taken(text, '&');
            std::string const query = decoded(text);
            parameters = parameters_of(query);
            return;
        }
        text = theirs.canonical_request;
        if (text.empty()) return;
        method = taken(text, '\n');
        taken(text, '\n');
        parameters = parameters_of(taken(text, '\n'));
        while (!text.empty() && text[0] != '\n') {
            std::string_view value = taken(text, '\n');
            std::string const name(taken(value, ':'));
            headers[name] = value;
        }
        taken(text, '\n');
        taken(text, '\n');
        body_hash = text;
    }
};

std::string variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

constexpr char const* key_id_variable = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr char const* token_variable = "ALIBABA_CLOUD_SECURITY_TOKEN";
constexpr std::string_view common[] = {"Action",           "Format",    "SignatureMethod", "SignatureNonce",
                                       "SignatureVersion", "Timestamp", "Version"};

/// Whether a parameter or header is given.
bool is_given(explain_arguments const& wanted, std::string_view name) {
    for (auto const& one : wanted.parameters)
        if (one.name == name) return true;
    return false;
}
void take(named const& from, std::string_view name, std::string_view given_as, explain_arguments const& wanted,
          named& to, std::string& taken) {
    auto const found = from.find(std::string(name));
    if (found == from.end() || is_given(wanted, given_as)) return;
    to.insert(*found);
    taken.append(taken.empty() ? "" : ", ").append(name);
}

/// A sorted list of the library; `all` must outlive it.
rc::result<void> fill(rc::parameter_list<255>& list, named const& all) {
    for (auto const& [name, value] : all)
        if (auto const added = list.append(name, value); !added) return added;
    return {};
}

std::variant<rebuilt, rc::failure> rpc_v1_text(explain_arguments const& wanted, received const& theirs) {
    named all;
    std::string taken;
    for (std::string_view const name : common) take(theirs.parameters, name, name, wanted, all, taken);
    std::string const id = variable(key_id_variable), token = variable(token_variable);
    if (!id.empty())
        all["AccessKeyId"] = id;
    else
        take(theirs.parameters, "AccessKeyId", "AccessKeyId", wanted, all, taken);
    if (!token.empty()) all["SecurityToken"] = token;
    for (auto const& [name, value] : wanted.parameters)
        if (name != "Signature") all[std::string(name)] = value;
    rc::parameter_list<255> list;
    if (auto const filled = fill(list, all); !filled) return filled.error();
    std::string_view const method = wanted.method.value_or(theirs.method);
    return rebuilt{text_of([&](auto& sink) { rc::rpc_v1::string_to_sign(sink, method, list); }), taken};
}

constexpr struct {
    std::string_view parameter, header;
} in_headers[] = {{"Action", "x-acs-action"},
                  {"SecurityToken", "x-acs-security-token"},
                  {"SignatureNonce", "x-acs-signature-nonce"},
                  {"Timestamp", "x-acs-date"},
                  {"Version", "x-acs-version"}};

/// Whether ACS3 sends a parameter as a header, or the name is a header's: host, content-type and x-acs-*.
bool is_header(std::string_view name) {
    for (auto const& [parameter, header] : in_headers)
        if (name == parameter) return true;
    return name == "host" || name == "content-type" || name.starts_with("x-acs-");
}

/// The headers that this program signs, with the service's values of host, time and nonce.
named signed_headers(explain_arguments const& wanted, received const& theirs, std::string& taken) {
    named headers;
    for (std::string_view const name : {"content-type", "host"})
        take(theirs.headers, name, name, wanted, headers, taken);
    for (auto const& [parameter, header] : in_headers)
        if (parameter != "SecurityToken" && !is_given(wanted, header))
            take(theirs.headers, header, parameter, wanted, headers, taken);
    if (std::string const token = variable(token_variable); !token.empty()) headers["x-acs-security-token"] = token;
    for (auto const& [name, value] : wanted.parameters) {
        if (!is_header(name)) continue;
        std::string_view as = name;
        for (auto const& [parameter, header] : in_headers)
            if (name == parameter) as = header;
        headers[std::string(as)] = value;
    }
    return headers;
}

std::variant<rebuilt, rc::failure> acs3_text(explain_arguments const& wanted, received const& theirs) {
    std::string taken;
    named headers = signed_headers(wanted, theirs, taken), own;
    for (auto const& [name, value] : wanted.parameters)
        if (name != "Signature" && name != "AccessKeyId" && name != "Format" && !is_header(name))
            own[std::string(name)] = value;
    rc::parameter_list<255> query, list;
    if (auto const filled = fill(query, own); !filled) return filled.error();
    bool const form = headers.contains("content-type");
    std::string const body = form ? text_of([&](auto& sink) { rc::canonical_query(sink, query); }) : "";
    auto const hash = rc::acs3::body_hash(body);
    headers["x-acs-content-sha256"] = std::string(hash.data(), hash.size());
    if (auto const filled = fill(list, headers); !filled) return filled.error();
    rc::parameters_view const in_query = form ? rc::parameters_view() : rc::parameters_view(query);
    std::string_view const method = wanted.method.value_or(theirs.method);
    std::string_view const body_hash{hash.data(), hash.size()};
    return rebuilt{text_of([&](auto& sink) { rc::acs3::canonical_request(sink, method, in_query, list, body_hash); }),
                   taken};
}

} // namespace

std::variant<rebuilt, rc::failure> rebuilt_text(explain_arguments const& wanted, rc::service_text const& theirs) {
    received const other(theirs);
    bool const acs3 = theirs.string_to_sign.starts_with("ACS3-") || theirs.string_to_sign.empty();
    bool const wants_acs3 = wanted.scheme ? *wanted.scheme == signature_scheme::acs3 : acs3;
    return wants_acs3 ? acs3_text(wanted, other) : rpc_v1_text(wanted, other);
}
