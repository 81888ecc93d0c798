// SPDX-License-Identifier: MIT
// What --help says: all that a newcomer needs.
// Source: arguments.cpp (options), commands.hpp (exit statuses).
// Path: a topic in, text out.
#include "commands.hpp"

namespace {

constexpr char const* usage =
    R"help(restartcaster restarts production studios of ApsaraVideo Live, and signs Alibaba Cloud RPC calls.

usage: restartcaster restart CASTER_ID [OPTION...]    restart a studio, print the request id
       restartcaster sign NAME=VALUE... [OPTION...]   sign any RPC action; nothing is sent
       restartcaster [restart|sign] --help
       restartcaster --version
)help";

constexpr char const* restart_usage =
    R"help(usage: restartcaster restart CASTER_ID [OPTION...]

Sends RestartCaster, once, and prints the request id. It interrupts the programme that is on air, and the
service runs every copy that reaches it: nothing is ever sent again by itself.
)help";

constexpr char const* sign_usage =
    R"help(usage: restartcaster sign NAME=VALUE... [OPTION...]

Signs the parameters of any RPC action under signature version 1.0 (HMAC-SHA1) and prints the result. Nothing
is sent. The result is good for one call within 15 minutes: do not keep it where others can read it.
)help";

constexpr char const* restart_options = R"help(
restart:
  CASTER_ID             the studio's id, e.g. 80787064-1c94-4dc1-85ce-9409960a1234 (see DescribeCasters)
  --region R            the studio's region, e.g. cn-shanghai; it is sent, and chooses the endpoint
  --endpoint URL        scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080
  --method METHOD       post (default): parameters in a form; get: in the URL; post-query: POST, in the URL
  --format FORMAT       json (default) or xml: what the service answers in
  --timeout SECONDS     for the whole exchange, e.g. 2.5 (default 30); at most 10 of it to connect
  --ca-file FILE        trust the authorities in this PEM file and no others; otherwise those of the
                        environment's CURL_CA_BUNDLE or SSL_CERT_FILE, otherwise the system's
  --insecure-http       send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])
                        it needs no permission. https is always verified, and no option changes that
)help";

constexpr char const* sign_options = R"help(
sign:
  NAME=VALUE            a parameter; the name ends at the first '='. Values may be empty
  --show WHAT           url (default): the URL with everything in its query
                        form: the body of a POST, application/x-www-form-urlencoded
                        canonical: the canonical query; string-to-sign; signature: base64
                        json: one object with canonical_query, string_to_sign, signature and query
  --method METHOD       get (default), post or post-query; with --show form it is post. A signature holds for
                        GET or for POST, wherever a POST then has the parameters
  --endpoint URL        scheme://host[:port] of the URL (default https://live.aliyuncs.com)
  --nonce TEXT          the SignatureNonce (default: 128 random bits as a UUID)
  --timestamp TIME      the Timestamp, YYYY-MM-DDThh:mm:ssZ in UTC (default: now)
  --format FORMAT       the Format, json (default) or xml
  --raw                 sign exactly the given parameters, add none; --method then takes any text, even none
  Without --raw these are added unless they are given: AccessKeyId, Format, SecurityToken (if the environment
  has one), SignatureMethod, SignatureNonce, SignatureVersion, Timestamp, Version=2016-11-01.

An option's value may follow as an argument of its own or behind a '='; `--` ends the options.
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
  0  done               yes (sign: printed)
  1  done               yes, but standard output could not be written
  2  usage              no: the arguments make no sense
  3  local              no: credentials, parameters or this machine's clock; nothing was sent
  4  not sent           no: name not found, connection refused, certificate not accepted; call again later
  5  unknown            perhaps: no answer, an unreadable one, or an error inside the service. Look at the
                        studio before you call again
  6  refused            no: the service says why. Mend that first, the same call can only fail again
  7  throttled          no: the account is at its limit, 10 calls a second; wait, then call again
)help";

constexpr char const* examples = R"help(
examples:
  export ALIBABA_CLOUD_ACCESS_KEY_ID=... ALIBABA_CLOUD_ACCESS_KEY_SECRET=...
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --region cn-shanghai
  restartcaster restart 80787064-1c94-4dc1-85ce-9409960a1234 --timeout 10 || echo "exit status $?"
  restartcaster sign Action=DescribeCasters --show form | curl --data @- https://live.aliyuncs.com
  restartcaster sign Action=DescribeCasters RegionId=cn-shanghai --show string-to-sign
)help";

} // namespace

std::string help(topic about) {
    std::string text;
    switch (about) {
    case topic::all: text = std::string(usage) + restart_options + sign_options; break;
    case topic::restart: text = std::string(restart_usage) + restart_options; break;
    case topic::sign: text = std::string(sign_usage) + sign_options; break;
    }
    text = text + environment + statuses + examples;
    text.pop_back(); // print() ends the line
    return text;
}
