// SPDX-License-Identifier: MIT
// The command `doctor`: checks what a restart needs, one line for each check.
// Source: command_table.cpp; RFC 9110 section 6.6.1 (Date); docs/design.md, "Errors".
// Data flow: environment, one harmless call for each operation -> lines or JSON.
#include "rows.hpp"
#include "terminal.hpp"

#include <restartcaster/client/pacing.hpp>

#include <cstdlib>

namespace {

/// A well-formed id that no studio has, so that a call for it can change nothing.
constexpr std::string_view no_studio = "00000000-0000-0000-0000-000000000000";

struct findings {
    bool json;
    json_object all = json_object::array();
    std::string text = {};
    bool is_bad = false;

    void add(std::string_view check, std::string_view result, std::string const& message) {
        is_bad = is_bad || result == "bad";
        all.push_back({{"check", check}, {"result", result}, {"message", message}});
        std::string const padded = std::string(result) + std::string(6 - result.size(), ' ');
        char const* const colour = result == "ok" ? "32" : result == "bad" ? "31" : "33";
        text += coloured(padded, colour) + std::string(check) + std::string(25 - check.size(), ' ') + message + '\n';
    }
    exit_status told() {
        text.pop_back(); // print() adds the line end
        exit_status const printed = print(json ? text_of_json({{"checks", all}}) : text);
        return printed == exit_status::done && is_bad ? exit_status::local : printed;
    }
};

/// What the last exchange showed.
struct witness {
    std::int64_t date = rc::utc_time::none;
    std::int64_t ahead_s = 0;
    bool answered = false;

    static bool ends() noexcept { return interrupt::asked(); }
    static bool gives_up() noexcept { return interrupt::asked(); }
    static void waits(rc::waiting_for, std::uint64_t) noexcept {}
    void exchanged(rc::result<rc::response> const& answer) noexcept {
        if (!answer) return;
        answered = true;
        if (date != rc::utc_time::none || answer->date == rc::utc_time::none) return;
        date = answer->date;
        ahead_s = rc::utc_now() - date;
    }
};

/// Makes one call by name. The error, if there is one, is in words already.
struct answer_to {
    bool good = false;
    rc::call_error error = {};
    std::string words = {};
};
template <class Scheme>
answer_to ask(session<Scheme>& over, std::string_view name, rc::parameters_view parameters, witness& seen) {
    std::vector<char> room(page_bytes);
    rc::call_options options = over.options();
    options.skew = nullptr; // a clock that is wrong is to be seen
    rc::action const action{.name = name, .version = "2016-11-01", .parameters = parameters, .repeat = rc::repeatable::yes};
    rc::call_machine<rc::action, Scheme> machine(action, over.key, rc::room(std::span(room)), over.deadline_ms(), options);
    driver<witness>{over.at, over.ca_file(), seen}.drive(machine, [] {});
    auto const& reply = machine.outcome();
    if (reply) return {.good = true};
    return {.error = reply.error(), .words = explained(reply.error(), over.at.to(), name)};
}

void check_environment(findings& told, connection_arguments const& at, found_key const& key) {
    bool const from_environment = key.report.source == rc::key_source::environment;
    told.add("key", "ok", from_environment ? "found in the environment: " + shortened(key.who.access_key_id) : described(key.report));
    if (key.report.others_can_read)
        told.add("key file", "look", "others can read it: chmod 600 " + std::string(key.report.where.text()));
    for (std::size_t i = 0; i != key.report.fault_count; ++i)
        if (rc::key_fault const& fault = key.report.faults[i]; fault.is_used()) told.add("other key", "look", described(fault));
    std::string const origin = text_of([&](auto& sink) { at.to().append_origin(sink); });
    std::string const remark = at.endpoint.empty() ? remark_about(at.region_id) : "";
    told.add("endpoint", remark.empty() ? "ok" : "look", origin + (remark.empty() ? "" : ": " + remark));
    bool proxy = false;
    for (char const* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        if (char const* const value = std::getenv(name); value != nullptr && *value != '\0') proxy = true;
    if (at.to().scheme() == rc::url_scheme::http)
        told.add("proxy", "ok", "plain http never goes through a proxy");
    else
        told.add("proxy", "ok", proxy ? "https_proxy is set and used, unless no_proxy names the host" : "none");
}

/// Whether the service was reached.
bool check_network(findings& told, connection_arguments const& at, answer_to const& first, witness const& seen) {
    if (seen.answered) {
        told.add("network", "ok", "the service answers");
        bool const tls = at.to().scheme() == rc::url_scheme::https;
        told.add("TLS", tls ? "ok" : "look", tls ? "the certificate is accepted" : "plain http: everybody on the way can read the calls");
        return true;
    }
    std::size_t const code = first.error.cause.detail;
    bool const tls = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CACERT_BADFILE;
    bool const names = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
    told.add(tls ? "TLS" : names ? "name resolution" : "network", "bad", first.words);
    return false;
}

void check_clock(findings& told, witness const& seen) {
    constexpr std::int64_t accepted_s = 15 * 60; // by the service
    if (seen.date == rc::utc_time::none) return told.add("clock", "look", "the answer has no Date to compare with");
    std::int64_t const away = seen.ahead_s < 0 ? -seen.ahead_s : seen.ahead_s;
    std::string const words = std::to_string(away) + " s " + (seen.ahead_s < 0 ? "behind" : "ahead of") + " the service's Date";
    if (away < 60) return told.add("clock", "ok", words);
    told.add("clock", away < accepted_s ? "look" : "bad", words + "; set this machine's clock");
}

void check_permission(findings& told, std::string_view action, answer_to const& answer) {
    std::string const check = std::string(action);
    rc::call_error const& e = answer.error;
    if (answer.good) return told.add(check, "ok", "permitted");
    if (e.kind != rc::error_kind::refused) return told.add(check, "bad", answer.words);
    switch (e.what_to_do) {
    case rc::advice::ask_permission:
        return told.add(check, "bad", answer.words + " The key needs the permission live:" + check);
    case rc::advice::fix_credentials:
    case rc::advice::fix_signature:
    case rc::advice::fix_clock: return told.add(check, "bad", answer.words);
    case rc::advice::wait: return told.add(check, "look", answer.words);
    default: return told.add(check, "ok", "permitted (refused for a studio that does not exist)");
    }
}

template <class Scheme>
exit_status examine(session<Scheme>& over, findings& told) {
    check_environment(told, over.at, over.key_source);
    interrupt::watch();
    rc::parameter_list<2> page;
    static_cast<void>(page.append("PageSize", "1"));
    if (!over.at.region_id.empty()) static_cast<void>(page.append("RegionId", over.at.region_id));
    witness seen;
    auto const first = ask(over, "DescribeCasters", page, seen);
    if (!check_network(told, over.at, first, seen)) return told.told();
    check_clock(told, seen);
    check_permission(told, "DescribeCasters", first);
    bool const hopeless = first.error.what_to_do == rc::advice::fix_credentials || first.error.what_to_do == rc::advice::fix_clock ||
                          first.error.what_to_do == rc::advice::fix_signature;
    if (!first.good && hopeless) return told.told();

    rc::parameter_list<2> studio;
    static_cast<void>(studio.append("CasterId", no_studio));
    if (!over.at.region_id.empty()) static_cast<void>(studio.append("RegionId", over.at.region_id));
    for (std::string_view const action : {"DescribeCasterScenes", "RestartCaster", "StartCaster", "StopCaster"})
        check_permission(told, action, ask(over, action, studio, seen));
    rc::parameter_list<3> stream;
    for (std::string_view const name : {"DomainName", "AppName", "StreamName"})
        static_cast<void>(stream.append(name, "restartcaster.invalid"));
    check_permission(told, "DescribeLiveStreamState", ask(over, "DescribeLiveStreamState", stream, seen));
    return told.told();
}

} // namespace

exit_status doctor(doctor_arguments& wanted) {
    findings told{.json = wanted.at.json};
    found_key key;
    if (auto const fault = find_key(wanted.at, key); !fault.empty()) {
        told.add("key", "bad", fault);
        return told.told();
    }
    return connected(wanted.at, [&told](auto& over) { return examine(over, told); });
}
