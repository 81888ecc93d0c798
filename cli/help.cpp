// SPDX-License-Identifier: MIT
// The help texts of the command-line client.
// Source: arguments.cpp (options), commands.hpp (exit statuses).
// Data flow: a topic in, text out.
#include "commands.hpp"

namespace {

constexpr char const* usage =
    R"help(restartcaster restarts production studios of ApsaraVideo Live, and signs Alibaba Cloud RPC calls.

usage: restartcaster restart CASTER_ID... [OPTION...]   restart studios
       restartcaster restart - [OPTION...]              restart the studios of a list on standard input
       restartcaster sign NAME=VALUE... [OPTION...]     sign any RPC action; nothing is sent
       restartcaster explain [OPTION...] <ANSWER        say why a signature was refused
       restartcaster help [restart|sign|explain]        also restart --help, and so on
       restartcaster version
)help";

constexpr char const* restart_usage =
    R"help(usage: restartcaster restart CASTER_ID... [OPTION...]
       restartcaster restart - [OPTION...]

Sends RestartCaster, which interrupts the programme that is on air, and the service runs every copy that reaches
it. So a call is made again by itself only when it certainly did not run: throttled, not sent at all, or refused
for this machine's clock (over https the clock is put right).
)help";

constexpr char const* sign_usage =
    R"help(usage: restartcaster sign NAME=VALUE... [OPTION...]

Signs the parameters of any RPC action and prints the result. Nothing is sent. The result is good for one call
within 15 minutes: do not keep it where others can read it.
)help";

constexpr char const* restart_options = R"help(
restart:
  CASTER_ID             the studio's id, e.g. 80787064-1c94-4dc1-85ce-9409960a1234 (see DescribeCasters).
                        For one alone the request id is printed, for several a report (below)
  -                     a list on standard input: one id a line, or a report (below). Empty lines, comments
                        (#) and blanks at a line's end are passed over. Any other line that is no id, or an id
                        twice: nothing is sent. Nothing but comments: nothing to do, a success
  --region R            the studio's region, e.g. cn-shanghai; it is sent, and chooses the endpoint
  --endpoint URL        scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080
  --signature SCHEME    rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor's current one
  --method METHOD       post (default): parameters in a form; get: in the URL; post-query: POST, in the URL
  --format FORMAT       json (default) or xml: what the service answers in
  --pace N              calls that begin in a second (default 10, the limit of an account), at most 100
  --timeout SECONDS     for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect
  --deadline SECONDS    for one studio in all, attempts and waits included (default 120; --timeout if longer)
  --attempts N          at most so many for one studio (default 8); 1: nothing is sent again
  --retry POLICY        certain (default): a call that may have run is not made again; at-most-once: the same
                        signed bytes go out again, of which the service takes one copy
  --json                JSON Lines instead of text, for one studio too (below)
  --ca-file FILE        trust the authorities in this PEM file and no others; otherwise those of the
                        environment's CURL_CA_BUNDLE or SSL_CERT_FILE, otherwise the system's
  --insecure-http       send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])
                        it needs no permission. https is always verified, and no option changes that

the report of several studios, on standard output, in the order given:
  ID, tab, what became of it (done, refused, unknown, not sent), tab, the request id or the reason; then a
  line of counts. A line begins with "# " unless the studio did not run and can be called again: the report
  is the list for a second run, and nothing is restarted twice. `unknown` may have run: look at the studio.
  With --json each is an object: id, outcome, ran (yes, no, maybe), again (whether a second run may take it),
  attempts, waited_ms, request_id; unless done also code (the service's, or local, no_memory, not_begun,
  not_sent, no_answer, unreadable), advice, message. The last is {"summary": {studios, done, refused, unknown,
  not_sent, interrupted, took_ms, exit_status}}.
  Ctrl-C, or any other signal that would end the program, lets calls that are out finish and begins none; a
  second one gives them up. The report is written all the same; if standard output cannot be written, then on
  standard error. What is waited for is shown there too, if it is a terminal.
  What hinders all studios ends the run and is named once: credentials, the clock, memory, a host that is not
  found (in three attempts), a certificate that is not accepted; and so do three studios in a row not sent.
)help";

constexpr char const* sign_options = R"help(
sign:
  NAME=VALUE            a parameter; the name ends at the first '='. Values may be empty
  --signature SCHEME    rpc-1.0 (default) or acs3. acs3 has the common parameters in headers
  --show WHAT           canonical: the canonical query; string-to-sign; signature: base64, acs3: hexadecimal
                        url: what to call (rpc-1.0: the default, with everything in its query)
                        form: the body of a POST, application/x-www-form-urlencoded
                        json: one object with every stage
                        acs3 only: headers (the default there), authorization, canonical-request
  --method METHOD       get (default), post or post-query; with --show form it is post. rpc-1.0 has one
                        signature for every POST
  --endpoint URL        scheme://host[:port] of the URL (default https://live.aliyuncs.com); acs3 signs it
  --nonce TEXT          the SignatureNonce (default: 128 random bits as a UUID)
  --timestamp TIME      the Timestamp, YYYY-MM-DDThh:mm:ssZ in UTC (default: now)
  --format FORMAT       the Format, json (default) or xml
  --raw                 rpc-1.0: sign exactly the given parameters, add none; --method then takes any text
  Without --raw these are added unless they are given: AccessKeyId, Format, SecurityToken (if the environment
  has one), SignatureNonce, Timestamp, Version=2016-11-01; rpc-1.0: SignatureMethod, SignatureVersion.

An option's value may follow as an argument of its own or behind a '='; `--` ends the options. Options may
stand in front of the command too.
)help";

constexpr char const* explain_usage =
    R"help(usage: restartcaster explain --ours FILE [Signature=VALUE] [--json] <ANSWER
       restartcaster explain NAME=VALUE... [OPTION...] <ANSWER

Says why the service answered SignatureDoesNotMatch: the first difference between the text that was signed and
the text that the service signed. Standard input has the answer, its message alone, or a log. Nothing is
sent.
)help";

constexpr char const* explain_options = R"help(
explain:
  --ours FILE           the text that a signer of any kind signed: the string to sign, or the canonical
                        request
  NAME=VALUE            a parameter of the request, or with acs3 a header (host, content-type, ...); the text
                        that was signed is rebuilt. AccessKeyId and SecurityToken come from the environment;
                        common parameters and headers that are not given are those of the service's text
  Signature=VALUE       the signature that was sent, before percent-encoding; with the secret at hand,
                        it shows whether the secret or the key of the HMAC is wrong
  --method METHOD       get, post or post-query (default: the method in the service's text)
  --signature SCHEME    rpc-1.0 or acs3 (default: the scheme of the service's text)
  --json                one object: cause, name, offset ours, theirs, ours_hex, theirs_hex (the
                        bytes that differ), differences (further ones), hint
  Secrets, tokens, signatures and most of a key id are left out.
  Exit status: 0 a cause was found, 2 usage, 3 the answer is not a refusal of a signature; the hint says more.
)help";

constexpr char const* environment = R"help(
environment:
  ALIBABA_CLOUD_ACCESS_KEY_ID      the AccessKey of a user who has the permission live:RestartCaster
  ALIBABA_CLOUD_ACCESS_KEY_SECRET  its secret; nothing that is printed ever holds it
  ALIBABA_CLOUD_SECURITY_TOKEN     with a temporary (STS) key only
  Secrets come from the environment and from nowhere else: others can see the arguments of a command.
  https_proxy is used for https endpoints; a plain http endpoint is never reached through a proxy.
)help";

constexpr char const* statuses = R"help(
exit status, and whether the studio was restarted:
  0  done               yes, or nothing to do (sign: printed)
  1  output lost        yes, one studio at least, but standard output could not be written: standard error
                        tells what became of each
  2  usage              no: the arguments or the list make no sense
  3  local              no: credentials, parameters, this machine's clock or memory; nothing was sent
  4  not sent           no: host not found, connection refused, certificate not accepted; call again later
  5  unknown            perhaps: no answer, an unreadable one, or an error inside the service. Look at the
                        studio before you call again
  6  refused            no: the service says why. Mend that first, the same call can only fail again
  7  throttled          no: the account is at its limit, 10 calls a second; wait, then call again
  130  interrupted      no, by Ctrl-C or another signal, for a studio at least; nothing is unknown
  With several studios it is the most serious one, in this order: 5, 1, 130, 3, 6, 4, 7, 0.
)help";

constexpr char const* examples = R"help(
examples:
  export ALIBABA_CLOUD_ACCESS_KEY_ID=... ALIBABA_CLOUD_ACCESS_KEY_SECRET=...
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --region cn-shanghai
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --timeout 10 || echo "exit status $?"
  restartcaster restart - <studios.txt >report.txt; restartcaster restart - <report.txt
  restartcaster sign Action=DescribeCasters --show form | curl --data @- https://live.aliyuncs.com
  restartcaster sign Action=DescribeCasters --signature acs3 | curl -H @- https://live.aliyuncs.com
  restartcaster sign Action=DescribeCasters RegionId=cn-shanghai --show string-to-sign
  restartcaster explain --ours signed.txt <answer.json
)help";

} // namespace

std::string help(topic about) {
    std::string text;
    switch (about) {
    case topic::all: text = std::string(usage) + restart_options + sign_options + explain_options; break;
    case topic::restart: text = std::string(restart_usage) + restart_options; break;
    case topic::sign: text = std::string(sign_usage) + sign_options; break;
    case topic::explain: text = std::string(explain_usage) + explain_options; break;
    }
    text = text + environment + statuses + examples;
    text.pop_back(); // print() adds the line end
    return text;
}
