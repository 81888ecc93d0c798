// SPDX-License-Identifier: MIT
// The help texts of the command-line client.
// Source: command_table.cpp (commands and options), commands.hpp (exit statuses).
// Data flow: the name of a command in, text out.
#include "command_table.hpp"
#include "commands.hpp"

namespace {

constexpr char const* program =
    R"help(restartcaster looks after the production studios of ApsaraVideo Live, and signs and calls Alibaba Cloud RPC actions.

usage: restartcaster COMMAND [OPERAND...] [OPTION...]

commands:
)help";

constexpr char const* hints = R"help(
restartcaster help COMMAND tells more of a command; COMMAND --help does so too. An option's value may follow as an
argument of its own or behind a '='; `--` ends the options. Options may stand in front of the command too.
)help";

constexpr char const* environment = R"help(
environment:
  ALIBABA_CLOUD_ACCESS_KEY_ID      the AccessKey of a user who has the permission live:RestartCaster
  ALIBABA_CLOUD_ACCESS_KEY_SECRET  its secret; nothing that is printed ever holds it
  ALIBABA_CLOUD_SECURITY_TOKEN     with a temporary (STS) key only
  ALIBABA_CLOUD_REGION_ID          the region, unless --region is given
  ALIBABA_CLOUD_ENDPOINT           the endpoint, a URL or a host, unless --endpoint is given
  CURL_CA_BUNDLE, SSL_CERT_FILE    the file of trusted authorities, unless --ca-file is given
  https_proxy                      is used for https endpoints; a plain http endpoint is never reached through a
                                   proxy
  NO_COLOR, TERM                   with NO_COLOR, or TERM=dumb, output has no colours; with TERM=dumb plain lines
  ALIBABA_CLOUD_PROFILE            the profile, unless --profile is given
  Without a key in the environment it is looked for where the vendor's programs look: an OIDC token, the file
  ~/.aliyun/config.json, the file ~/.alibabacloud/credentials, the role of an ECS machine, and the server of
  ALIBABA_CLOUD_CREDENTIALS_URI; restartcaster doctor says where it was found. sign and explain take it from the
  environment only. Secrets never come from arguments, which others can see.
)help";

constexpr char const* statuses = R"help(
exit status, and whether the studio was changed:
  0  done               yes, or nothing to do (sign: printed)
  1  output lost        yes, one studio at least, but standard output could not be written: standard error
                        tells what became of each
  2  usage              no: the arguments or the list make no sense
  3  local              no: credentials, parameters, this machine's clock or memory; nothing was sent
  4  not sent           no: host not found, connection refused, certificate not accepted; call again later
  5  unknown            perhaps: no answer, an unreadable one, or an error inside the service. Look at the
                        studio before you call again
  6  refused            no: the service, or the look before, says why. Mend that first, the same call can only
                        fail again
  7  throttled          no: the account is at its limit, 10 calls a second; wait, then call again
  8  late               as the message says: the studio was not in the wanted state before the deadline
  130  interrupted      no, by Ctrl-C or another signal, for a studio at least; nothing is unknown
  With several studios it is the most serious one, in this order: 5, 1, 130, 8, 3, 6, 4, 7, 0.
)help";

constexpr char const* examples = R"help(
examples:
  export ALIBABA_CLOUD_ACCESS_KEY_ID=... ALIBABA_CLOUD_ACCESS_KEY_SECRET=...
  restartcaster doctor --region cn-shanghai
  restartcaster list --watch
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --region cn-shanghai --wait
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --yes --timeout 10 || echo "exit status $?"
  restartcaster restart - --yes <studios.txt >report.txt; restartcaster restart - --yes <report.txt
  restartcaster call DescribeCasters PageSize=1 --query Total
  restartcaster sign Action=DescribeCasters --show form | curl --data @- https://live.aliyuncs.com
  restartcaster sign Action=DescribeCasters --signature acs3 | curl -H @- https://live.aliyuncs.com
  restartcaster explain --ours signed.txt <answer.json
)help";

/// Two columns; the lines of the second one are indented.
std::string row(std::string_view first, std::string_view second, std::size_t width) {
    std::string text = "  " + std::string(first);
    if (first.size() > width - 2)
        text += '\n' + std::string(width + 2, ' ');
    else
        text.append(width - first.size(), ' ');
    for (char const c : second) {
        text += c;
        if (c == '\n') text.append(width + 2, ' ');
    }
    return text + '\n';
}

std::string usage_of(command const& one) {
    std::string text;
    std::string_view rest = one.usage;
    do {
        std::size_t const end = rest.find('\n');
        text += (text.empty() ? "usage: restartcaster " : "       restartcaster ") + std::string(one.name);
        if (!rest.empty()) text += ' ' + std::string(rest.substr(0, end));
        text += '\n';
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    } while (!rest.empty());
    return text;
}

std::string options_of(command const& one) {
    constexpr std::size_t width = 22;
    auto const reader = one.reader();
    std::string own, grouped, group;
    for (option_row const& each : reader->declared.rows()) {
        std::string& to = each.group.empty() ? own : grouped;
        if (!each.group.empty() && each.group != group) to += '\n' + (group = each.group) + ":\n";
        to += row(each.name + (each.value.empty() ? "" : ' ' + each.value), each.text, width);
    }
    return (own.empty() ? "" : '\n' + own) + grouped;
}

} // namespace

std::string help(std::string_view about) {
    std::string text;
    if (command const* const one = command_of(about); one != nullptr) {
        text = usage_of(*one) + '\n' + std::string(one->about) + options_of(*one) + std::string(one->notes);
    } else {
        text = program;
        for (command const& each : all_commands()) text += row(each.name, each.summary, 12);
        text = text + hints + environment + statuses + examples;
    }
    text.pop_back(); // print() adds the line end
    return text;
}
