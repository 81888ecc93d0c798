// SPDX-License-Identifier: MIT
// Signs any RPC action and shows the requested stage; sends nothing.
// Source: help document 50286 (ApsaraVideo Live, "Signature mechanism"); sign_acs3.cpp for the other scheme.
// Data flow: sign_arguments -> sorted parameters -> canonical query -> string to sign -> signature -> text.
#include "output.hpp"
#include "sign_acs3.hpp"

#include <restartcaster/hosted/entropy.hpp>
#include <restartcaster/hosted/environment.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <algorithm>

namespace rc = restartcaster;

namespace {

using parameter_list = rc::parameter_list<255>;

assignment const* given(sign_arguments const& wanted, std::string_view name) {
    auto const found = std::ranges::find(wanted.parameters, name, &assignment::name);
    return found == wanted.parameters.end() ? nullptr : &*found;
}

/// A key id among the parameters replaces the one in the environment.
rc::result<rc::credentials> credentials_for(sign_arguments const& wanted) {
    assignment const* const id = given(wanted, "AccessKeyId");
    if (id == nullptr && !wanted.raw) return rc::environment_credentials();
    constexpr char const* variable = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    char const* const secret = std::getenv(variable);
    if (secret == nullptr || *secret == '\0')
        return rc::unexpected(rc::failure{.code = rc::errc::environment_missing, .subject = variable});
    char const* const token = std::getenv("ALIBABA_CLOUD_SECURITY_TOKEN");
    return rc::credentials{.access_key_id = id == nullptr ? std::string_view() : std::string_view(id->value),
                           .access_key_secret = secret,
                           .security_token = token == nullptr ? "" : token};
}

/// Adds the missing common parameters, and checks the given ones.
rc::result<void> append_common(parameter_list& list, sign_arguments const& wanted, rc::credentials const& who,
                               std::string_view nonce, std::string_view timestamp) {
    enum kind { any_text, identifier, fixed };
    // Common parameters that ACS3 does not have are refused. ACS3 sends the others in headers, whose text must not contain
    // line ends.
    bool const acs3 = wanted.scheme == signature_scheme::acs3;
    struct {
        std::string_view name, value;
        kind is;
        bool from_option = false;
    } const common[] = {{"Action", {}, identifier},
                        {"Version", "2016-11-01", identifier},
                        {"AccessKeyId", who.access_key_id, identifier},
                        {"SecurityToken", who.security_token, acs3 ? identifier : any_text},
                        {"Format", wanted.format ? std::string_view(*wanted.format) : "JSON", any_text, wanted.format.has_value()},
                        {"SignatureMethod", acs3 ? "" : "HMAC-SHA1", fixed},
                        {"SignatureVersion", acs3 ? "" : "1.0", fixed},
                        {"SignatureNonce", nonce, identifier, wanted.nonce.has_value()},
                        {"Timestamp", timestamp, any_text, wanted.timestamp.has_value()}};
    for (auto const& [name, usual, is, from_option] : common) {
        assignment const* const own = given(wanted, name);
        std::string_view const value = own == nullptr ? usual : std::string_view(own->value);
        if (name == "SecurityToken" && value.empty()) continue; // a permanent key has no token
        if (is == identifier)
            if (auto const good = rc::check_identifier(name, value); !good) return good;
        // These parameters describe what this program does, so other values are refused.
        if (is == fixed && value != usual)
            return rc::unexpected(rc::failure{.code = rc::errc::parameter_reserved, .subject = name});
        if ((own != nullptr && !from_option) || value.empty()) continue;
        if (auto const added = list.append(name, usual); !added) return added;
    }
    return {};
}

std::string shown_stage(sign_arguments const& wanted, rc::signing_key<rc::rpc_v1> const& key,
                        rc::parameters_view parameters) {
    std::string const canonical = text_of([&](auto& sink) { rc::canonical_query(sink, parameters); });
    std::string const to_sign =
        text_of([&](auto& sink) { rc::rpc_v1::string_to_sign(sink, wanted.method, parameters); });
    auto const bytes = rc::rpc_v1::signature(key, wanted.method, parameters);
    std::string_view const signature{bytes.data(), bytes.size()};
    std::string const query =
        canonical + "&Signature=" + text_of([&](auto& sink) { rc::percent_encode(sink, signature); });

    switch (wanted.show) {
    case shown::canonical: return canonical;
    case shown::string_to_sign: return to_sign;
    case shown::signature: return std::string(signature);
    case shown::form: return query;
    case shown::json:
        return "{\"canonical_query\": " + json_string(canonical) +
               ", \"string_to_sign\": " + json_string(to_sign) +
               ", \"signature\": " + json_string(signature) + ", \"query\": " + json_string(query) + "}";
    default: break;
    }
    return text_of([&](auto& sink) { wanted.to().append_origin(sink); }) + "/?" + query;
}

} // namespace

exit_status sign(sign_arguments const& wanted) {
    auto const credentials = credentials_for(wanted);
    if (!credentials) return complain(credentials.error());
    bool const acs3 = wanted.scheme == signature_scheme::acs3;
    rc::signing_key const key(*credentials);
    // A raw request may have no key id.
    auto const usable =
        wanted.raw ? rc::check_identifier("AccessKeySecret", credentials->access_key_secret) : key.valid();
    if (!usable) return complain(usable.error());

    parameter_list list;
    for (auto const& [name, value] : wanted.parameters)
        if (auto const added = list.append(name, value); !added) return complain(added.error());
    if (wanted.raw) return print(shown_stage(wanted, key, list));

    auto const nonce = rc::random_nonce();
    if (!nonce) return complain(nonce.error());
    auto const now = rc::utc_time::of(rc::utc_now());
    if (!now) return complain(now.error());
    auto const now_text = now->text();
    std::string const nonce_text = wanted.nonce.value_or(std::string(nonce->text()));
    std::string const time_text = wanted.timestamp.value_or(std::string(now_text.data(), now_text.size()));
    auto const added = append_common(list, wanted, *credentials, nonce_text, time_text);
    if (!added) return complain(added.error());
    return print(acs3 ? shown_acs3_stage(wanted, *credentials, list) : shown_stage(wanted, key, list));
}
