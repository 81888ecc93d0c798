// SPDX-License-Identifier: MIT
// Declares and checks the options of sign and explain, which send nothing.
// Source: command_table.hpp.
// Data flow: options -> sign_arguments, explain_arguments.
#include "command_table.hpp"
#include "read_connection.hpp"

namespace {

constexpr word<shown> rpc_v1_shows[] = {{"url", shown::url},
                                        {"form", shown::form},
                                        {"canonical", shown::canonical},
                                        {"string-to-sign", shown::string_to_sign},
                                        {"signature", shown::signature},
                                        {"json", shown::json}};
constexpr word<shown> acs3_shows[] = {{"headers", shown::headers},
                                      {"url", shown::url},
                                      {"form", shown::form},
                                      {"canonical", shown::canonical},
                                      {"canonical-request", shown::canonical_request},
                                      {"string-to-sign", shown::string_to_sign},
                                      {"signature", shown::signature},
                                      {"authorization", shown::authorization},
                                      {"json", shown::json}};

template <class T, std::size_t N>
std::optional<T> meaning(word<T> const (&words)[N], std::string_view text) {
    for (word<T> const& known : words)
        if (known.text == lowered(text)) return known.means;
    return {};
}

constexpr char const* timestamp_fault = " is not a time of the form YYYY-MM-DDThh:mm:ssZ, in UTC and the "
                                        "years 1970 to 9999 (parameter Timestamp)";

/// A reader that keeps the text, whose meaning depends on other options.
options::reader kept_in(std::optional<std::string>& to) {
    return [&to](std::string const& given) {
        to = given;
        return std::string();
    };
}

struct sign_command : command_reader {
    sign_arguments wanted;
    std::vector<std::string> operands;
    std::optional<std::string> method, show;

    sign_command() {
        declared.operands("NAME=VALUE", "a parameter; the name ends at the first '='. Values may be empty",
                          operand_kind::assignments, operands);
        declared.choice("--signature", "SCHEME", "rpc-1.0 (default) or acs3. acs3 has the common parameters in headers", schemes,
                        scheme_fault, wanted.scheme);
        declared.value("--show", "WHAT", "canonical: the canonical query; string-to-sign; signature: base64, acs3: hexadecimal\n"
                                         "url: what to call (rpc-1.0: the default, with everything in its query)\n"
                                         "form: the body of a POST, application/x-www-form-urlencoded\n"
                                         "json: one object with every stage\n"
                                         "acs3 only: headers (the default there), authorization, canonical-request",
                       kept_in(show));
        std::vector<std::string_view> stages;
        for (auto const& known : acs3_shows) stages.push_back(known.text);
        declared.suggest(stages);
        declared.value("--method", "METHOD", "get (default), post or post-query; with --show form it is post. rpc-1.0 has one\n"
                                             "signature for every POST", kept_in(method));
        declared.value("--endpoint", "URL", "scheme://host[:port] of the URL (default https://live.aliyuncs.com); acs3 signs it",
                       [this](std::string const& given) {
                           wanted.endpoint = given;
                           return endpoint_of(given) ? "" : endpoint_fault;
                       });
        declared.value("--nonce", "TEXT", "the SignatureNonce (default: 128 random bits as a UUID)", kept_in(wanted.nonce));
        declared.value("--timestamp", "TIME", "the Timestamp, YYYY-MM-DDThh:mm:ssZ in UTC (default: now)",
                       kept_in(wanted.timestamp));
        declared.value("--format", "FORMAT", "the Format, json (default) or xml", [this](std::string const& given) {
            auto const answer = meaning(formats, given);
            wanted.format = answer == rc::format::xml ? "XML" : "JSON";
            return answer ? "" : format_fault;
        });
        declared.flag("--raw", "rpc-1.0: sign exactly the given parameters, add none; --method then takes any text", wanted.raw);
    }

    std::string fault_of_show(bool acs3) {
        if (acs3) wanted.show = shown::headers;
        if (show) {
            auto const stage = acs3 ? meaning(acs3_shows, *show) : meaning(rpc_v1_shows, *show);
            if (!stage && !acs3)
                return meaning(acs3_shows, *show)
                           ? "--show " + lowered(*show) + " is of --signature acs3; rpc-1.0 has no such stage"
                           : "--show takes canonical, string-to-sign, signature, url, form or json";
            if (!stage)
                return "--show takes headers, canonical, canonical-request, string-to-sign, signature, authorization, url, form or json";
            wanted.show = *stage;
        }
        return {};
    }
    std::string fault_of_method(bool acs3) {
        if (wanted.show == shown::form) wanted.placement = rc::placement::post_form;
        auto const known = method ? meaning(placements, *method) : wanted.placement;
        if (!known && !wanted.raw) return std::string(method_fault) + (acs3 ? "" : "; any other text needs --raw");
        if (method && !rc::is_utf8(*method)) return "--method is not UTF-8";
        wanted.placement = known.value_or(wanted.placement);
        wanted.method = !known ? *method : wanted.placement == rc::placement::get ? "GET" : "POST";
        if (!wanted.raw && wanted.show == shown::form && wanted.method == "GET")
            return "--show form is the body of a POST: leave --method get out";
        if (acs3 && wanted.show == shown::form && wanted.placement != rc::placement::post_form)
            return "--show form is of --method post; with post-query the body is empty";
        return {};
    }
    std::string fault_of_parameters(bool acs3) {
        if (wanted.parameters.empty()) return "sign needs parameters, such as Action=DescribeCasters";
        if (wanted.timestamp && !is_timestamp(*wanted.timestamp)) return std::string("--timestamp") + timestamp_fault;
        for (auto const& [name, value] : wanted.parameters) {
            if (name == "Timestamp" && !is_timestamp(value)) return std::string("Timestamp=") + timestamp_fault;
            if (name == "Format" && acs3 && !meaning(formats, value)) return "Format= takes json or xml";
            if (name == "AccessKeySecret") return "AccessKeySecret is no parameter: set ALIBABA_CLOUD_ACCESS_KEY_SECRET";
        }
        return {};
    }
    std::string fault() {
        if (auto wrong = read_assignments(operands, 0, wanted.parameters); !wrong.empty()) return wrong;
        bool const acs3 = wanted.scheme == signature_scheme::acs3;
        if (acs3 && wanted.raw)
            return "--raw is for --signature rpc-1.0: acs3 signs headers too, which are no NAME=VALUE";
        if (auto wrong = fault_of_show(acs3); !wrong.empty()) return wrong;
        if (auto wrong = fault_of_method(acs3); !wrong.empty()) return wrong;
        if (!wanted.raw) return fault_of_parameters(acs3);
        if (wanted.format || wanted.nonce || wanted.timestamp)
            return "--raw adds no parameter: give Format, SignatureNonce and Timestamp as NAME=VALUE, "
                   "not as --format, --nonce and --timestamp";
        return {};
    }
    arguments checked() override {
        if (auto wrong = fault(); !wrong.empty()) return usage_error{wrong};
        return std::move(wanted);
    }
};

struct explain_command : command_reader {
    explain_arguments wanted;
    std::vector<std::string> operands;
    std::optional<rc::placement> method;

    explain_command() {
        declared.text("--ours", "FILE", "the text that a signer of any kind signed: the string to sign, or the canonical\nrequest",
                      wanted.ours_file);
        declared.operands("NAME=VALUE", "a parameter of the request, or with acs3 a header (host, content-type, ...); the text\n"
                                        "that was signed is rebuilt. AccessKeyId and SecurityToken come from the environment;\n"
                                        "common parameters and headers that are not given are those of the service's text\n"
                                        "Signature=VALUE: the signature that was sent, before percent-encoding; with the\n"
                                        "secret at hand, it shows whether the secret or the key of the HMAC is wrong",
                          operand_kind::assignments, operands);
        declared.choice("--method", "METHOD", "get, post or post-query (default: the method in the service's text)", placements,
                        method_fault, method);
        declared.choice("--signature", "SCHEME", "rpc-1.0 or acs3 (default: the scheme of the service's text)", schemes,
                        scheme_fault, wanted.scheme);
        declared.flag("--json", "one object: cause, name, offset ours, theirs, ours_hex, theirs_hex (the\n"
                                "bytes that differ), differences (further ones), hint", wanted.json);
    }
    arguments checked() override {
        if (auto wrong = read_assignments(operands, 0, wanted.parameters); !wrong.empty()) return usage_error{wrong};
        for (auto const& parameter : wanted.parameters)
            if (parameter.name == "AccessKeySecret")
                return usage_error{"AccessKeySecret is no parameter: set ALIBABA_CLOUD_ACCESS_KEY_SECRET"};
        bool const only_signature =
            wanted.parameters.empty() || (wanted.parameters.size() == 1 && wanted.parameters[0].name == "Signature");
        if (!wanted.ours_file.empty() && (!only_signature || method || wanted.scheme))
            return usage_error{"--ours is the whole text that was signed: only Signature=VALUE may stand beside it"};
        if (method) wanted.method = *method == rc::placement::get ? "GET" : "POST";
        return std::move(wanted);
    }
};

} // namespace

std::string read_assignments(std::vector<std::string> const& operands, std::size_t first, std::vector<assignment>& to) {
    for (std::size_t at = first; at < operands.size(); ++at) {
        std::size_t const equals = operands[at].find('=');
        if (equals == std::string::npos)
            return "parameter number " + std::to_string(to.size() + 1) + " has no '='; parameters are NAME=VALUE";
        to.push_back({operands[at].substr(0, equals), operands[at].substr(equals + 1)});
    }
    return {};
}

std::unique_ptr<command_reader> sign_reader() {
    return std::make_unique<sign_command>();
}
std::unique_ptr<command_reader> explain_reader() {
    return std::make_unique<explain_command>();
}
