// SPDX-License-Identifier: MIT
// The table of commands, with what the help says beside their options.
// Source: command_table.hpp.
// Data flow: constant texts.
//
// Long, because it is the text of the help.
#include "command_table.hpp"

namespace {

constexpr char const* list_notes = R"(
On a terminal: a table of all studios. In a pipe: one line for each studio, with tabs between id, state, kind,
since, region and name. The time `since` is that of the service, which names no zone for it.
JSON: {"studios": [{id, state, kind, since, region, name, last_modified}], "total"}. `state` is "on air", "idle" or
"unknown"; `kind` is general, lightweight carousel, virtual, playlist or the service's number.
)";

constexpr char const* status_notes = R"(
For each studio: the line of list, and a line for each of its scenes with the state of the scene's stream.
URLs of streams are shown without their auth_key, which is a secret.
JSON: {"studios": [{id, state, kind, since, region, name, last_modified, scenes: [{id, name, output, on, stream,
stream_state}]}]}. `state` can be "not found"; `output` is preview or programme; `stream` is domain/app/name.
Exit status 6 if a studio is not found.
)";

constexpr char const* restart_about =
    R"(RestartCaster interrupts the programme that is on air. So restart looks at the studios first, refuses those that
cannot be restarted (idle, virtual, not found) without sending, and asks before it sends. Where nobody can be
asked, --yes is needed. The service runs every copy of the request that reaches it. So a request is made again by
itself only when it certainly did not run: throttled, not sent at all, or refused for this machine's clock (over
https the clock is put right).
)";

constexpr char const* report_notes = R"(
The list on standard input: one id a line, or a report. Empty lines, comments (#) and blanks at a line's end are
passed over. Any other line that is no id, or an id twice: nothing is sent. Nothing but comments: nothing to do,
a success.
For one studio the request id is printed, or the reason on standard error. For several studios a report, on
standard output, in the order given:
  ID, tab, what became of it (done, refused, unknown, not sent, late), tab, the request id or the reason; then a
  line of counts. A line begins with "# " unless the studio was not changed and can be called again: the report
  is the list for a second run, and nothing is done twice. `unknown` may have run: look at the studio. `late`: the
  studio was not in the wanted state before the deadline.
JSON: each studio is an object: id, outcome, ran (yes, no, maybe), again (whether a second run may take it),
attempts, waited_ms, request_id; unless done also code (the service's, or local, no_memory, not_begun, not_sent,
no_answer, unreadable, not_found, is_idle, is_virtual, out_of_time, abandoned), advice, message. The last line is
{"summary": {studios, done, refused, unknown, not_sent, late, interrupted, took_ms, exit_status}}.
--audit: each line is an object: time (UTC), action, id, key_id (shortened), outcome, ran, request_id, before and
after ({state, since, last_modified}, or null without a look).
Ctrl-C, or any other signal that would end the program, lets calls that are out finish and begins none; a second
one gives them up. The report is written all the same; if standard output cannot be written, then on standard
error. What is waited for is shown there too, if it is a terminal.
What hinders all studios ends the run and is named once: credentials, the clock, memory, a host that is not found
(in three attempts), a certificate that is not accepted; and so do three studios in a row not sent.
)";

constexpr char const* short_report_notes = R"(
Studios that are in the wanted state already are done, and nothing is sent for them.
The list on standard input, the report, its JSON and --audit are those of restart: restartcaster help restart.
)";

constexpr char const* call_notes = R"(
The answer is printed as it came; on a terminal its lines are indented. An action that changes something is sent
again by itself only when it certainly did not run.
A failure with --json: {"error": {code, ran, advice, message, request_id}}.
)";

constexpr char const* doctor_notes = R"(
One line for each check, which begins with ok, look or bad, and says what to do. The permission to restart, start
and stop is asked for with a studio that does not exist, so that nothing can be changed.
JSON: {"checks": [{check, result, message}]}. Exit status 3 if a check is bad.
)";

constexpr char const* sign_notes = R"(
Without --raw these parameters are added unless they are given: AccessKeyId, Format, SecurityToken (if the
environment has one), SignatureNonce, Timestamp, Version=2016-11-01; rpc-1.0: SignatureMethod, SignatureVersion.
)";

constexpr char const* explain_notes = R"(
Secrets, tokens, signatures and most of a key id are left out.
Exit status: 0 a cause was found, 2 usage, 3 the answer is not a refusal of a signature; the hint says more.
)";

constexpr char const* completion_notes = R"(
bash: source <(restartcaster completion bash)        zsh: restartcaster completion zsh >FOLDER/_restartcaster,
where FOLDER is in fpath        fish: restartcaster completion fish >~/.config/fish/completions/restartcaster.fish
)";

constexpr command table[] = {
    {"list", "[OPTION...]", "list the studios: on air or idle, since when", "Lists all studios of the account in the region.\n",
     list_notes, list_reader},
    {"status", "CASTER_ID... [OPTION...]", "show studios with their scenes and streams",
     "Shows the state of studios, of their scenes and of the scenes' streams.\n", status_notes, status_reader},
    {"restart", "CASTER_ID... [OPTION...]\n- [OPTION...]", "restart studios that are on air", restart_about, report_notes,
     restart_reader},
    {"start", "CASTER_ID... [OPTION...]\n- [OPTION...]", "start studios, and wait until they are on air",
     "Starts studios that are idle, and waits until they are on air.\n", short_report_notes, start_reader},
    {"stop", "CASTER_ID... [OPTION...]\n- [OPTION...]", "stop studios, and wait until they are idle",
     "Stops studios that are on air, and waits until they are idle. StopCaster ends the programme, so stop asks first;\n"
     "where nobody can be asked, --yes is needed.\n", short_report_notes, stop_reader},
    {"wait", "CASTER_ID... --until on-air|idle [OPTION...]", "wait until studios are on air or idle",
     "Looks at studios every 5 seconds until they are in the state. Nothing is changed.\n", short_report_notes, wait_reader},
    {"call", "ACTION NAME=VALUE... [OPTION...]", "call any RPC action and print the answer",
     "Signs and sends any RPC action of any product, and prints the body of the answer.\n", call_notes, call_reader},
    {"sign", "NAME=VALUE... [OPTION...]", "sign any RPC action; nothing is sent",
     "Signs the parameters of any RPC action and prints the result. Nothing is sent. The result is good for one call\n"
     "within 15 minutes: do not keep it where others can read it.\n", sign_notes, sign_reader},
    {"explain", "--ours FILE [Signature=VALUE] [--json] <ANSWER\nNAME=VALUE... [OPTION...] <ANSWER", "say why a signature was refused",
     "Says why the service answered SignatureDoesNotMatch: the first difference between the text that was signed and\n"
     "the text that the service signed. Standard input has the answer, its message alone, or a log. Nothing is sent.\n",
     explain_notes, explain_reader},
    {"doctor", "[OPTION...]", "check keys, network, clock and permissions",
     "Checks what a restart needs, one line for each check, and says what to do.\n", doctor_notes, doctor_reader},
    {"completion", "bash|zsh|fish", "print the completion of a shell", "Prints the completion of commands and options for a shell.\n",
     completion_notes, completion_reader},
    {"help", "[COMMAND]", "show this help, or that of a command", "Shows the help. COMMAND --help shows the same.\n", "", help_reader},
    {"version", "", "show the version", "Shows the version.\n", "", version_reader},
};

constexpr word<shell> shells[] = {{"bash", shell::bash}, {"zsh", shell::zsh}, {"fish", shell::fish}};

struct completion_command : command_reader {
    std::vector<std::string> operands;

    completion_command() { declared.operands("SHELL", "bash, zsh or fish", operand_kind::plain, operands); }
    arguments checked() override {
        if (operands.size() == 1)
            for (auto const& known : shells)
                if (known.text == operands[0]) return completion_arguments{known.means};
        return usage_error{"completion takes bash, zsh or fish"};
    }
};

struct help_command : command_reader {
    std::vector<std::string> operands;

    help_command() { declared.operands("COMMAND", "a command", operand_kind::plain, operands); }
    arguments checked() override {
        if (operands.empty()) return help_wanted{};
        if (operands.size() == 1 && command_of(operands[0]) != nullptr) return help_wanted{operands[0]};
        return usage_error{"help takes the name of a command, or nothing"};
    }
};

struct version_command : command_reader {
    arguments checked() override { return version_wanted{}; }
};

} // namespace

std::span<command const> all_commands() {
    return table;
}

command const* command_of(std::string_view name) {
    for (command const& one : table)
        if (one.name == name) return &one;
    return nullptr;
}

std::unique_ptr<command_reader> completion_reader() {
    return std::make_unique<completion_command>();
}
std::unique_ptr<command_reader> help_reader() {
    return std::make_unique<help_command>();
}
std::unique_ptr<command_reader> version_reader() {
    return std::make_unique<version_command>();
}
