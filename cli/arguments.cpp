// SPDX-License-Identifier: MIT
// Reads the command line: which options each command has, and what their values mean.
// Source: arguments.hpp.
// Data flow: texts -> options and operands -> values.
#include "options.hpp"

#include <iterator>

namespace rc = restartcaster;

namespace {

template <class T>
struct word {
    std::string_view text;
    T means;
};

constexpr word<rc::placement> placements[] = {{"get", rc::placement::get},
                                              {"post", rc::placement::post_form},
                                              {"post-query", rc::placement::post_query}};
constexpr word<rc::format> formats[] = {{"json", rc::format::json}, {"xml", rc::format::xml}};
constexpr word<signature_scheme> schemes[] = {{"rpc-1.0", signature_scheme::rpc_v1},
                                              {"acs3", signature_scheme::acs3}};
constexpr word<rc::retry_policy> policies[] = {{"certain", rc::retry_policy::certain},
                                               {"at-most-once", rc::retry_policy::at_most_once}};
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

/// Reads the value of an option, if it is given; returns whether the value is valid.
template <class T, std::size_t N>
bool take(std::optional<std::string_view> const& given, word<T> const (&words)[N], T& to) {
    if (!given) return true;
    auto const found = meaning(words, *given);
    to = found.value_or(to);
    return found.has_value();
}

constexpr char const* endpoint_form =
    "--endpoint takes http:// or https://, a host and perhaps :PORT, and nothing else";
constexpr char const* method_form = "--method takes get, post or post-query";
constexpr char const* format_form = "--format takes json or xml";
constexpr char const* scheme_form = "--signature takes rpc-1.0 or acs3";
constexpr char const* timestamp_form = " is not a time of the form YYYY-MM-DDThh:mm:ssZ, in UTC and the "
                                       "years 1970 to 9999 (parameter Timestamp)";

/// The options of `restart` as given.
struct restart_options {
    std::optional<std::string_view> region, endpoint, scheme, method, format, pace, timeout, deadline, attempts, retry,
        ca_file;
    bool json = false, insecure_http = false, help = false, version = false;

    std::vector<option> known() {
        return {{"--region", &region},
                {"--endpoint", &endpoint},
                {"--signature", &scheme},
                {"--method", &method},
                {"--format", &format},
                {"--pace", &pace},
                {"--timeout", &timeout},
                {"--deadline", &deadline},
                {"--attempts", &attempts},
                {"--retry", &retry},
                {"--ca-file", &ca_file},
                {"--json", nullptr, &json},
                {"--insecure-http", nullptr, &insecure_http},
                {"--help", nullptr, &help},
                {"-h", nullptr, &help},
                {"--version", nullptr, &version},
                {"-V", nullptr, &version}};
    }
};

/// The options of `sign` as given.
struct sign_options {
    std::optional<std::string_view> scheme, method, format, endpoint, show, nonce, timestamp;
    bool raw = false, help = false, version = false;

    std::vector<option> known() {
        return {{"--signature", &scheme},
                {"--method", &method},
                {"--format", &format},
                {"--endpoint", &endpoint},
                {"--show", &show},
                {"--nonce", &nonce},
                {"--timestamp", &timestamp},
                {"--raw", nullptr, &raw},
                {"--help", nullptr, &help},
                {"-h", nullptr, &help},
                {"--version", nullptr, &version},
                {"-V", nullptr, &version}};
    }
};

arguments read_restart(texts given) {
    restart_arguments wanted;
    restart_options options;
    auto const wrong = sort(given, options.known(), operands::plain, wanted.caster_ids);
    if (options.help) return help_wanted{topic::restart};
    if (options.version) return version_wanted{};
    if (wrong) return *wrong;
    auto const& [region, endpoint, scheme, method, format, pace, timeout, deadline, attempts, retry, ca_file, json,
                 insecure_http, help, version] = options;
    wanted.json = json;

    if (wanted.caster_ids.empty())
        return usage_error{"restart needs a CASTER_ID, the id of the studio (parameter CasterId), or - for a list "
                           "on standard input"};
    if (std::ranges::find(wanted.caster_ids, "-") != wanted.caster_ids.end()) {
        if (wanted.caster_ids.size() > 1)
            return usage_error{"- is the list on standard input and stands alone; there is no CASTER_ID beside it"};
        wanted.caster_ids.clear();
    }
    if (region) {
        if (region->empty()) return usage_error{"--region has an empty value (parameter RegionId)"};
        wanted.region_id = *region;
        wanted.options.to = rc::live_endpoint_of(*region);
    }
    if (endpoint) {
        auto const to = endpoint_of(*endpoint);
        if (!to) return usage_error{endpoint_form};
        if (to->scheme() == rc::url_scheme::http && !insecure_http && !is_loopback(to->host()))
            return usage_error{
                "--endpoint is plain http to another machine, where anybody on the way can read and "
                "change the call; use https, or say --insecure-http to send it all the same"};
        wanted.options.to = *to;
    }
    if (!take(scheme, schemes, wanted.scheme)) return usage_error{scheme_form};
    if (!take(method, placements, wanted.options.parameters)) return usage_error{method_form};
    if (!take(format, formats, wanted.options.answer)) return usage_error{format_form};
    if (!take(retry, policies, wanted.retry.policy)) return usage_error{"--retry takes certain or at-most-once"};
    if (pace) {
        auto const calls = count_of(*pace, 100);
        if (!calls) return usage_error{"--pace takes calls per second, a whole number from 1 to 100"};
        wanted.calls_per_second = *calls;
    }
    if (attempts) {
        auto const number = count_of(*attempts, 100);
        if (!number) return usage_error{"--attempts takes a whole number from 1 to 100"};
        wanted.retry.attempts = *number;
    }
    if (timeout) {
        auto const milliseconds = milliseconds_of(*timeout);
        if (!milliseconds) return usage_error{"--timeout takes seconds, more than 0 and at most 86400"};
        wanted.timeout_ms = *milliseconds;
        wanted.deadline_ms = std::max(wanted.deadline_ms, wanted.timeout_ms);
    }
    if (deadline) {
        auto const milliseconds = milliseconds_of(*deadline);
        if (!milliseconds) return usage_error{"--deadline takes seconds, more than 0 and at most 86400"};
        wanted.deadline_ms = *milliseconds;
    }
    if (ca_file) {
        if (ca_file->empty()) return usage_error{"--ca-file has an empty value"};
        wanted.ca_file = *ca_file;
    }
    return wanted;
}

arguments read_sign(texts given) {
    sign_arguments wanted;
    sign_options options;
    std::vector<std::string_view> found;
    auto const wrong = sort(given, options.known(), operands::assignments, found);
    if (options.help) return help_wanted{topic::sign};
    if (options.version) return version_wanted{};
    if (wrong) return *wrong;
    auto const& [scheme, method, format, endpoint, show, nonce, timestamp, raw, help, version] = options;
    wanted.nonce = nonce;
    wanted.timestamp = timestamp;
    wanted.raw = raw;

    for (std::string_view const text : found) {
        std::size_t const equals = text.find('=');
        if (equals == text.npos)
            return usage_error{"parameter number " + std::to_string(wanted.parameters.size() + 1) +
                               " has no '='; parameters are NAME=VALUE"};
        wanted.parameters.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    if (!take(scheme, schemes, wanted.scheme)) return usage_error{scheme_form};
    bool const acs3 = wanted.scheme == signature_scheme::acs3;
    if (acs3 && wanted.raw)
        return usage_error{"--raw is for --signature rpc-1.0: acs3 signs headers too, which are no NAME=VALUE"};
    if (acs3) wanted.show = shown::headers;
    if (!acs3 && !take(show, rpc_v1_shows, wanted.show))
        return usage_error{meaning(acs3_shows, *show)
                               ? "--show " + lowered(*show) + " is of --signature acs3; rpc-1.0 has no such stage"
                               : "--show takes canonical, string-to-sign, signature, url, form or json"};
    if (acs3 && !take(show, acs3_shows, wanted.show))
        return usage_error{"--show takes headers, canonical, canonical-request, string-to-sign, signature, "
                           "authorization, url, form or json"};
    if (wanted.show == shown::form) wanted.placement = rc::placement::post_form;
    bool const known_method = take(method, placements, wanted.placement);
    if (!known_method && !wanted.raw)
        return usage_error{std::string(method_form) + (acs3 ? "" : "; any other text needs --raw")};
    if (method && !rc::is_utf8(*method)) return usage_error{"--method is not UTF-8"};
    wanted.method = !known_method ? *method : wanted.placement == rc::placement::get ? "GET" : "POST";
    if (!wanted.raw && wanted.show == shown::form && wanted.method == "GET")
        return usage_error{"--show form is the body of a POST: leave --method get out"};
    if (acs3 && wanted.show == shown::form && wanted.placement != rc::placement::post_form)
        return usage_error{"--show form is of --method post; with post-query the body is empty"};
    if (endpoint) {
        auto const to = endpoint_of(*endpoint);
        if (!to) return usage_error{endpoint_form};
        wanted.to = *to;
    }
    if (format) {
        auto const answer = meaning(formats, *format);
        if (!answer) return usage_error{format_form};
        wanted.format = *answer == rc::format::json ? "JSON" : "XML";
    }
    if (wanted.raw) {
        if (format || wanted.nonce || wanted.timestamp)
            return usage_error{
                "--raw adds no parameter: give Format, SignatureNonce and Timestamp as NAME=VALUE, "
                "not as --format, --nonce and --timestamp"};
        return wanted;
    }
    if (wanted.parameters.empty())
        return usage_error{"sign needs parameters, such as Action=DescribeCasters"};
    if (wanted.timestamp && !is_timestamp(*wanted.timestamp))
        return usage_error{std::string("--timestamp") + timestamp_form};
    for (auto const& [name, value] : wanted.parameters) {
        if (name == "Timestamp" && !is_timestamp(value))
            return usage_error{std::string("Timestamp=") + timestamp_form};
        if (name == "Format" && acs3 && !meaning(formats, value))
            return usage_error{"Format= takes json or xml"};
        if (name == "AccessKeySecret")
            return usage_error{"AccessKeySecret is no parameter: set ALIBABA_CLOUD_ACCESS_KEY_SECRET"};
    }
    return wanted;
}

/// The options of `explain` as given.
struct explain_options {
    std::optional<std::string_view> ours, scheme, method;
    bool json = false, help = false, version = false;

    std::vector<option> known() {
        return {{"--ours", &ours},
                {"--signature", &scheme},
                {"--method", &method},
                {"--json", nullptr, &json},
                {"--help", nullptr, &help},
                {"-h", nullptr, &help},
                {"--version", nullptr, &version},
                {"-V", nullptr, &version}};
    }
};

arguments read_explain(texts given) {
    explain_arguments wanted;
    explain_options options;
    std::vector<std::string_view> found;
    auto const wrong = sort(given, options.known(), operands::assignments, found);
    if (options.help) return help_wanted{topic::explain};
    if (options.version) return version_wanted{};
    if (wrong) return *wrong;
    wanted.json = options.json;
    for (std::string_view const text : found) {
        std::size_t const equals = text.find('=');
        if (equals == text.npos)
            return usage_error{"parameter number " + std::to_string(wanted.parameters.size() + 1) +
                               " has no '='; parameters are NAME=VALUE"};
        wanted.parameters.push_back({text.substr(0, equals), text.substr(equals + 1)});
        if (wanted.parameters.back().name == "AccessKeySecret")
            return usage_error{"AccessKeySecret is no parameter: set ALIBABA_CLOUD_ACCESS_KEY_SECRET"};
    }
    if (options.ours) {
        if (options.ours->empty()) return usage_error{"--ours has an empty value"};
        wanted.ours_file = *options.ours;
        bool const only_signature = wanted.parameters.empty() || (wanted.parameters.size() == 1 && wanted.parameters[0].name == "Signature");
        if (!only_signature || options.method || options.scheme)
            return usage_error{"--ours is the whole text that was signed: only Signature=VALUE may stand beside it"};
    }
    if (options.scheme) {
        signature_scheme scheme{};
        if (!take(options.scheme, schemes, scheme)) return usage_error{scheme_form};
        wanted.scheme = scheme;
    }
    if (options.method) {
        rc::placement placement{};
        if (!take(options.method, placements, placement)) return usage_error{method_form};
        wanted.method = placement == rc::placement::get ? "GET" : "POST";
    }
    return wanted;
}

constexpr std::string_view commands[] = {"restart", "sign", "explain", "help", "version"};

arguments read_help(texts about) {
    if (about.empty()) return help_wanted{};
    if (about.size() == 1 && about[0] == "restart") return help_wanted{topic::restart};
    if (about.size() == 1 && about[0] == "sign") return help_wanted{topic::sign};
    if (about.size() == 1 && about[0] == "explain") return help_wanted{topic::explain};
    return usage_error{"help takes restart, sign or explain, or nothing"};
}

} // namespace

arguments read_arguments(texts given) {
    // Options may precede the command; the argument after an option with a value is not the command.
    restart_options of_restart;
    sign_options of_sign;
    explain_options of_explain;
    auto known = of_restart.known();
    std::ranges::copy(of_sign.known(), std::back_inserter(known));
    std::ranges::copy(of_explain.known(), std::back_inserter(known));
    std::size_t at = 0;
    for (; at != given.size() && given[at].starts_with('-') && given[at].size() > 1 && given[at] != "--"; ++at) {
        std::size_t const equals = given[at].find('=');
        std::string_view const name = given[at].substr(0, equals);
        auto const match = std::ranges::find(known, name, &option::name);
        if (match == known.end()) return unknown_option(name, known);
        if (match->flag == nullptr && equals == name.npos && at + 1 != given.size()) ++at;
    }
    std::vector<std::string_view> rest(given.begin(), given.end());
    if (at == given.size()) { // without a command, only these two options are valid
        auto const is_any_of = [](std::string_view one, std::string_view other) {
            return [one, other](std::string_view text) { return text == one || text == other; };
        };
        if (std::ranges::any_of(rest, is_any_of("--help", "-h"))) return help_wanted{};
        if (std::ranges::any_of(rest, is_any_of("--version", "-V"))) return version_wanted{};
        return usage_error{"a command is missing: restart, sign, explain, help or version"};
    }
    std::string_view const command = given[at];
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    if (command == "restart") return read_restart(rest);
    if (command == "sign") return read_sign(rest);
    if (command == "explain") return read_explain(rest);
    if (command == "help") return read_help(rest);
    if (command == "version") return version_wanted{};
    return unknown(command, commands, "unknown command '" + std::string(command) + "'",
                   "the command is none of restart, sign and explain");
}
