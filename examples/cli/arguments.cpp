// SPDX-License-Identifier: MIT
// Reads the command line: strict, by tables, and without repeating any value.
// Source: arguments.hpp.
// Path: texts -> options and operands -> values.
#include "arguments.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace rc = restartcaster;

namespace {

using texts = std::span<std::string_view const>;

// ---- options and operands

struct option {
    std::string_view name;
    std::optional<std::string_view>* value; // or
    bool* flag = nullptr;
};

/// What an operand of the command may look like, though it begins with one `-`.
enum class operands { plain, assignments };

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
}

/// An option's name as it may be shown: one that does not look like a name is not.
std::string shown_name(std::string_view option) {
    bool const name = option.size() <= 32 &&
                      std::ranges::all_of(option, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    return name ? std::string(option) : "an option";
}

/// Whether somebody tries to hand over what belongs into the environment.
bool sounds_secret(std::string_view option) {
    std::string const lower = lowered(option);
    for (char const* const word : {"secret", "token", "access", "password", "key"})
        if (lower.find(word) != lower.npos) return true;
    return false;
}

usage_error unknown(std::string_view option) {
    if (sounds_secret(option))
        return {"there is no option for keys, secrets and tokens, since others can see a command line: set "
                "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, with a temporary key, "
                "ALIBABA_CLOUD_SECURITY_TOKEN"};
    return {shown_name(option) + " is not known here"};
}

/// Sorts the arguments of a command into its options and its operands.
std::optional<usage_error> sort(texts given, std::span<option const> known, operands kind,
                                std::vector<std::string_view>& found) {
    bool options_over = false;
    for (std::size_t at = 0; at != given.size(); ++at) {
        std::string_view const text = given[at];
        if (options_over || text.size() < 2 || text[0] != '-') {
            found.push_back(text);
            continue;
        }
        if (text == "--") {
            options_over = true;
            continue;
        }
        std::size_t const equals = text.find('=');
        std::string_view const name = text.substr(0, equals);
        auto const match = std::ranges::find(known, name, &option::name);
        if (match == known.end()) {
            // A parameter's name may begin with a `-`.
            if (kind != operands::assignments || text[1] == '-' || equals == text.npos || sounds_secret(name))
                return unknown(name);
            found.push_back(text);
        } else if (match->flag != nullptr) {
            if (equals != text.npos) return usage_error{shown_name(name) + " takes no value"};
            *match->flag = true;
        } else if (match->value->has_value()) {
            return usage_error{shown_name(name) + " is given twice"};
        } else if (equals != text.npos) {
            *match->value = text.substr(equals + 1);
        } else if (at + 1 == given.size() || given[at + 1].starts_with("--")) {
            return usage_error{shown_name(name) + " needs a value"};
        } else {
            *match->value = given[++at];
        }
    }
    return {};
}

// ---- values

template <class T>
struct word {
    std::string_view text;
    T means;
};

constexpr word<rc::placement> placements[] = {{"get", rc::placement::get},
                                              {"post", rc::placement::post_form},
                                              {"post-query", rc::placement::post_query}};
constexpr word<std::string_view> methods[] = {{"get", "GET"}, {"post", "POST"}, {"post-query", "POST"}};
constexpr word<rc::format> formats[] = {{"json", rc::format::json}, {"xml", rc::format::xml}};
constexpr word<shown> shows[] = {{"url", shown::url},
                                 {"form", shown::form},
                                 {"canonical", shown::canonical},
                                 {"string-to-sign", shown::string_to_sign},
                                 {"signature", shown::signature},
                                 {"json", shown::json}};

template <class T, std::size_t N>
std::optional<T> meaning(word<T> const (&words)[N], std::string_view text) {
    for (word<T> const& known : words)
        if (known.text == lowered(text)) return known.means;
    return {};
}

/// Seconds, with up to three digits behind a point, up to a day.
std::optional<long> milliseconds_of(std::string_view seconds) {
    std::size_t const point = seconds.find('.');
    std::string_view const whole = seconds.substr(0, point);
    std::string digits(whole);
    if (point != seconds.npos) digits += seconds.substr(point + 1);
    digits.append(3 - std::min<std::size_t>(3, digits.size() - whole.size()), '0');
    long value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    bool const good = error == std::errc() && end == digits.data() + digits.size() &&
                      digits.size() <= whole.size() + 3 && !whole.empty() && whole[0] != '-' &&
                      !seconds.ends_with('.');
    if (!good || value == 0 || value > 86'400'000) return {};
    return value;
}

constexpr char const* endpoint_form =
    "--endpoint takes http:// or https://, a host and perhaps :PORT, and nothing else";
constexpr char const* timestamp_form = " is not a time of the form YYYY-MM-DDThh:mm:ssZ, in UTC and the "
                                       "years 1970 to 9999 (parameter Timestamp)";

// ---- commands

arguments read_restart(texts given) {
    restart_arguments wanted;
    std::optional<std::string_view> region, endpoint, method, format, timeout, ca_file;
    bool insecure_http = false, help = false;
    option const known[] = {{"--region", &region},
                            {"--endpoint", &endpoint},
                            {"--method", &method},
                            {"--format", &format},
                            {"--timeout", &timeout},
                            {"--ca-file", &ca_file},
                            {"--insecure-http", nullptr, &insecure_http},
                            {"--help", nullptr, &help},
                            {"-h", nullptr, &help}};
    std::vector<std::string_view> found;
    auto const wrong = sort(given, known, operands::plain, found);
    if (help) return help_wanted{topic::restart};
    if (wrong) return *wrong;

    if (found.empty())
        return usage_error{"restart needs a CASTER_ID, the id of the studio (parameter CasterId)"};
    if (found.size() > 1)
        return usage_error{"restart takes one CASTER_ID; quote an id that has blanks in it"};
    wanted.caster_id = found[0];
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
    if (method) {
        auto const placement = meaning(placements, *method);
        if (!placement) return usage_error{"--method takes get, post or post-query"};
        wanted.options.parameters = *placement;
    }
    if (format) {
        auto const answer = meaning(formats, *format);
        if (!answer) return usage_error{"--format takes json or xml"};
        wanted.options.answer = *answer;
    }
    if (timeout) {
        auto const milliseconds = milliseconds_of(*timeout);
        if (!milliseconds) return usage_error{"--timeout takes seconds, more than 0 and at most 86400"};
        wanted.timeout_ms = *milliseconds;
    }
    if (ca_file) {
        if (ca_file->empty()) return usage_error{"--ca-file has an empty value"};
        wanted.ca_file = *ca_file;
    }
    return wanted;
}

arguments read_sign(texts given) {
    sign_arguments wanted;
    std::optional<std::string_view> endpoint, method, format, show;
    bool help = false;
    option const known[] = {{"--method", &method},           {"--format", &format},
                            {"--endpoint", &endpoint},       {"--show", &show},
                            {"--nonce", &wanted.nonce},      {"--timestamp", &wanted.timestamp},
                            {"--raw", nullptr, &wanted.raw}, {"--help", nullptr, &help},
                            {"-h", nullptr, &help}};
    std::vector<std::string_view> found;
    auto const wrong = sort(given, known, operands::assignments, found);
    if (help) return help_wanted{topic::sign};
    if (wrong) return *wrong;

    for (std::string_view const text : found) {
        std::size_t const equals = text.find('=');
        if (equals == text.npos)
            return usage_error{"parameter number " + std::to_string(wanted.parameters.size() + 1) +
                               " has no '='; parameters are NAME=VALUE"};
        wanted.parameters.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    if (show) {
        auto const what = meaning(shows, *show);
        if (!what) return usage_error{"--show takes canonical, string-to-sign, signature, url, form or json"};
        wanted.show = *what;
    }
    wanted.method = wanted.show == shown::form ? "POST" : "GET";
    if (method) {
        auto const known_method = meaning(methods, *method);
        if (!known_method && !wanted.raw)
            return usage_error{"--method takes get, post or post-query; any other text needs --raw"};
        if (!rc::is_utf8(*method)) return usage_error{"--method is not UTF-8"};
        wanted.method = known_method.value_or(*method);
    }
    if (!wanted.raw && wanted.show == shown::form && wanted.method == "GET")
        return usage_error{"--show form is the body of a POST: leave --method get out"};
    if (endpoint) {
        auto const to = endpoint_of(*endpoint);
        if (!to) return usage_error{endpoint_form};
        wanted.to = *to;
    }
    if (format) {
        auto const answer = meaning(formats, *format);
        if (!answer) return usage_error{"--format takes json or xml"};
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
        if (name == "AccessKeySecret")
            return usage_error{"AccessKeySecret is no parameter: set ALIBABA_CLOUD_ACCESS_KEY_SECRET"};
    }
    return wanted;
}

} // namespace

arguments read_arguments(texts given) {
    if (given.empty()) return usage_error{"a command is missing: restart or sign"};
    std::string_view const command = given[0];
    if (command == "restart") return read_restart(given.subspan(1));
    if (command == "sign") return read_sign(given.subspan(1));
    if (command == "--help" || command == "-h") return help_wanted{};
    if (command == "--version") return version_wanted{};
    if (command.starts_with('-')) return unknown(command.substr(0, command.find('=')));
    return usage_error{"the command is none of restart and sign"};
}

std::optional<rc::endpoint> endpoint_of(std::string_view url) {
    bool const plain = url.starts_with("http://");
    if (!plain && !url.starts_with("https://")) return {};
    url.remove_prefix(plain ? 7 : 8);
    if (url.ends_with('/')) url.remove_suffix(1);
    std::uint16_t port = 0;
    if (std::size_t const colon = url.rfind(':'); colon != url.npos && !url.ends_with(']')) {
        std::string_view const digits = url.substr(colon + 1);
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size() || port == 0) return {};
        url = url.substr(0, colon);
    }
    rc::endpoint const to(url, plain ? rc::url_scheme::http : rc::url_scheme::https, port);
    if (!to.well_formed()) return {};
    return to;
}

bool is_loopback(std::string_view host) {
    if (lowered(host) == "localhost" || host == "[::1]") return true;
    // Four plain decimal numbers: 127.0.0.1.example.org is a name like any other.
    char const* at = host.data();
    char const* const end = at + host.size();
    for (int part = 0; part != 4; ++part) {
        if (part != 0 && (at == end || *at++ != '.')) return false;
        std::uint8_t number = 0;
        auto const read = std::from_chars(at, end, number);
        if (read.ec != std::errc() || (*at == '0' && read.ptr - at > 1) || (part == 0 && number != 127))
            return false;
        at = read.ptr;
    }
    return at == end;
}

bool is_timestamp(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00Z";
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i != form.size(); ++i)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
    auto const number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        std::from_chars(text.data() + at, text.data() + at + count, value);
        return value;
    };
    std::chrono::year_month_day const day{std::chrono::year(number(0, 4)),
                                          std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    return day.ok() && number(0, 4) >= 1970 && number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) < 60;
}
