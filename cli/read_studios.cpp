// SPDX-License-Identifier: MIT
// Declares and checks the options of restart, start, stop and wait.
// Source: command_table.hpp.
// Data flow: options -> studios_arguments.
#include "command_table.hpp"
#include "read_connection.hpp"

namespace {

constexpr word<rc::retry_policy> policies[] = {{"certain", rc::retry_policy::certain},
                                               {"at-most-once", rc::retry_policy::at_most_once}};
constexpr word<rc::studio_state> states[] = {{"on-air", rc::studio_state::streaming}, {"idle", rc::studio_state::idle}};

/// The value of --budget: redis://host[:port]/name.
bool is_budget(std::string_view url) {
    constexpr std::string_view scheme = "redis://";
    if (!url.starts_with(scheme)) return false;
    url.remove_prefix(scheme.size());
    std::size_t const slash = url.find('/');
    bool const named = slash != url.npos && slash + 1 != url.size() && url.find('/', slash + 1) == url.npos;
    return named && endpoint_of("http://" + std::string(url.substr(0, slash))).has_value();
}

struct studios_reader : command_reader {
    studios_arguments wanted;
    std::uint32_t deadline_ms = 0;
    bool until_given = false;

    explicit studios_reader(task what) {
        wanted.what = what;
        bool const restart = what == task::restart;
        declared.operands("CASTER_ID", "the studio's id, e.g. 80787064-1c94-4dc1-85ce-9409960a1234 (see list)\n"
                                       "-: a list on standard input, one id or line of a report a line", operand_kind::plain,
                          wanted.caster_ids);
        if (what == task::wait) {
            declared.choice("--until", "STATE", "on-air or idle", states, "--until takes on-air or idle", wanted.until);
        }
        if (restart) {
            declared.flag("--wait", "wait until each studio is on air again", wanted.wait);
            declared.flag("--verify", "wait until the programme's stream is online too", wanted.verify);
            declared.flag("--dry-run", "look, and show what would be sent and what would be refused; send nothing else",
                          wanted.dry_run);
            declared.flag("--no-look", "send without a look at the studio first, for a key without the permission\n"
                                       "live:DescribeCasters; the service then refuses what cannot be restarted", wanted.no_look);
        }
        if (wanted.interrupts())
            declared.flag("--yes", "do not ask; needed where nobody can be asked (standard input is no terminal)", wanted.yes);
        declare_run(restart);
        declare_json(declared, wanted.at, "JSON Lines instead of text, for one studio too (below)");
        declare_connection(declared, wanted.at);
        if (restart) {
            declared.choice("--method", "METHOD", "post (default): parameters in a form; get: in the URL; post-query: POST, in the URL",
                            placements, method_fault, wanted.at.placement);
            declared.choice("--format", "FORMAT", "json (default) or xml: what the service answers in", formats, format_fault,
                            wanted.at.format);
            declared.choice("--retry", "POLICY", "certain (default): a call that may have run is not made again; at-most-once:\n"
                                                 "the same signed bytes go out again, of which the service takes one copy",
                            policies, "--retry takes certain or at-most-once", wanted.at.retry.policy);
        }
    }

    void declare_run(bool restart) {
        declared.group("");
        declared.whole("--pace", "calls that begin in a second (default 10, the limit of an account), at most 100", 100,
                       "calls per second, ", wanted.calls_per_second);
        declared.value("--budget", "URL", "redis://host[:port]/name: keep the pace of all programs with this budget",
                       [this](std::string const& given) {
                           wanted.budget = given;
                           return is_budget(given) ? "" : "--budget takes redis://host[:port]/name";
                       });
        declared.seconds("--deadline", "for one studio in all, attempts and waits included (default 120; --timeout if longer)",
                         deadline_ms);
        declared.whole("--stop-after", "begin no new call after N studios that are not done", 10'000, "", wanted.stop_after);
        declared.text("--audit", "FILE", "append a line of JSON for each studio: who, when, before, after", wanted.audit_file);
        if (!restart) return;
        declared.value("--at", "TIME", "begin at YYYY-MM-DDThh:mm:ssZ (UTC), after the look and the question",
                       [this](std::string const& given) {
                           if (!is_timestamp(given)) return "--at takes a time of the form YYYY-MM-DDThh:mm:ssZ, in UTC";
                           wanted.begin_at = seconds_of(given);
                           return "";
                       });
    }

    std::string fault() {
        if (wanted.caster_ids.empty())
            return name() + " needs a CASTER_ID, the id of the studio (parameter CasterId), or - for a list on standard input";
        if (std::ranges::find(wanted.caster_ids, "-") != wanted.caster_ids.end()) {
            if (wanted.caster_ids.size() > 1)
                return "- is the list on standard input and stands alone; there is no CASTER_ID beside it";
            wanted.caster_ids.clear();
        }
        if (auto wrong = fault_of(wanted.at); !wrong.empty()) return wrong;
        if (deadline_ms != 0) wanted.at.deadline_ms = deadline_ms;
        if (wanted.no_look && wanted.dry_run) return "--dry-run looks at the studios; leave --no-look out";
        if (wanted.no_look && wanted.has_goal() && wanted.what == task::restart)
            return "--wait and --verify look at the studios; leave --no-look out";
        return {};
    }
    [[nodiscard]] std::string name() const {
        constexpr char const* names[] = {"restart", "start", "stop", "wait"};
        return names[static_cast<int>(wanted.what)];
    }

    arguments checked() override {
        if (auto wrong = fault(); !wrong.empty()) return usage_error{wrong};
        return std::move(wanted);
    }
};

} // namespace

std::unique_ptr<command_reader> restart_reader() {
    return std::make_unique<studios_reader>(task::restart);
}
std::unique_ptr<command_reader> start_reader() {
    return std::make_unique<studios_reader>(task::start);
}
std::unique_ptr<command_reader> stop_reader() {
    return std::make_unique<studios_reader>(task::stop);
}
std::unique_ptr<command_reader> wait_reader() {
    return std::make_unique<studios_reader>(task::wait);
}
