// SPDX-License-Identifier: MIT
// Whether an answer proves that the operation did not run: the whole table, every status, every sign, every header.
// Source: docs/design.md, "Errors"; RFC 9110 section 15; RFC 6585 section 4; the shapes of what nginx, HAProxy, Envoy,
//   CloudFront, AWS load balancers and API gateways, Kong, Apigee, Kubernetes, Spring and gRPC gateways answer with.
// Data flow: a status, header fields and a body, through read_reply, into an error.
#include "../catch.hpp"

#include <restartcaster.hpp>

#include <string>
#include <utility>
#include <vector>

namespace rc = restartcaster;
using rc::advice;
using rc::errc;
using rc::error_kind;
using rc::executed;
using rc::service_code;

namespace {

using headers = std::vector<std::pair<std::string, std::string>>;

// The error of an answer, without its texts; `success` when it is none.
struct outcome {
    bool success = false;
    rc::error error = {};
    std::string redirected_to = {};
};

outcome answered(int status, std::string body, std::string const& type = "application/json",
                 headers const& fields = {}) {
    rc::response in;
    in.status = static_cast<std::uint16_t>(status);
    in.body = body;
    if (!type.empty()) in.header("Content-Type", type);
    for (auto const& [name, value] : fields) in.header(name, value);
    auto const reply = rc::read_reply<rc::restart_caster>(in);
    if (reply) return {.success = true};
    outcome out{.error = reply.error()};
#if !RESTARTCASTER_SMALL
    out.redirected_to = std::string(reply.error().redirected_to.text());
#endif
    out.error.code_text = out.error.message = out.error.request_id = out.error.host_id = out.error.recommend = {};
    return out;
}

// Marks of a row: n it did not run, m it may have run, + a success. One for each of the columns
//   1xx  2xx  3xx  4xx  407  503  other 5xx
struct shown {
    char const* what;
    char const* body;
    char const* type;
    char const* ran;
};

std::size_t column(int status) {
    if (status == 407) return 4;
    if (status == 503) return 5;
    return status >= 500 ? 6 : static_cast<std::size_t>(status / 100 - 1);
}

constexpr char const json[] = "application/json;charset=utf-8";

shown const table[] = {
    {"a known refusal with all signs", R"({"Code":"IncorrectCasterStatus.Idle","RequestId":"r"})", json, "mnmnmmm"},
    {"the same in XML", "<Error><RequestId>r</RequestId><Code>IncorrectCasterStatus.Idle</Code></Error>", "text/xml", "mnmnmmm"},
    {"a known refusal with the service's host", R"({"Code":"InvalidCaster.NotFound","HostId":"h"})", json, "mmmnmmm"},
    {"a known refusal alone", R"({"Code":"InvalidCaster.NotFound"})", json, "mmmnmmm"},
    {"a known refusal alone, of no type", R"({"Code":"InvalidCaster.NotFound"})", "", "mmmnmmm"},
    {"a known refusal alone, called a page", R"({"Code":"InvalidCaster.NotFound"})", "text/html", "mmmmmmm"},
    {"a known refusal alone, called a problem", R"({"Code":"Forbidden.RAM"})", "application/problem+json", "mmmmmmm"},
    {"a known refusal with an id, called a page", R"({"Code":"Forbidden.RAM","RequestId":"r"})", "text/html", "mnmnmmm"},
    {"a known refusal in a field of others", R"({"code":"Forbidden.RAM","requestId":"r"})", json, "mmmmmmm"},
    {"a known refusal in another field of others", R"({"ErrorCode":"Forbidden.RAM","RequestId":"r"})", json, "m+mmmmm"},
    {"a known refusal in a root of others", "<p><RequestId>r</RequestId><Code>Forbidden.RAM</Code></p>", "text/xml", "mmmmmmm"},
    {"an empty id", R"({"Code":"InvalidWhatever","RequestId":"","HostId":""})", json, "mmmmmmm"},
    {"a family with all signs", R"({"Code":"InvalidWhatever","RequestId":"r"})", json, "mnmnmmm"},
    {"a family alone", R"({"Code":"InvalidWhatever"})", json, "mmmmmmm"},
    {"another family alone", R"({"Code":"Forbidden"})", json, "mmmmmmm"},
    {"a third family alone", R"({"Code":"MissingLink"})", json, "mmmmmmm"},
    {"a family with an id, called a problem", R"({"Code":"InvalidWhatever","RequestId":"r"})", "application/problem+json", "mmmmmmm"},
    {"an unknown code with all signs", R"({"Code":"SomethingNew","RequestId":"r"})", json, "mmmnmmm"},
    {"an unknown code with an id, of no type", R"({"Code":"SomethingNew","RequestId":"r"})", "", "mmmnmmm"},
    {"an unknown code alone", R"({"Code":"SomethingNew"})", json, "mmmmmmm"},
    {"an unknown code with an id, called a page", R"({"Code":"SomethingNew","RequestId":"r"})", "text/html", "mmmmmmm"},
    {"the throttle with all signs", R"({"Code":"Throttling.User","RequestId":"r"})", json, "mmmnmnm"},
    {"the throttle in XML", "<Error><RequestId>r</RequestId><Code>Throttling</Code></Error>", "text/xml", "mmmnmnm"},
    {"the throttle alone", R"({"Code":"Throttling.Api"})", json, "mmmnmmm"},
    {"the throttle with the service's host", R"({"Code":"Throttling","HostId":"h"})", json, "mmmnmmm"},
    {"the throttle in a field of others", R"({"code":"Throttling.User","RequestId":"r"})", json, "mmmmmmm"},
    {"the throttle's family with all signs", R"({"Code":"Throttling.New","RequestId":"r"})", json, "mmmnmnm"},
    {"the throttle's family alone", R"({"Code":"Throttling.New"})", json, "mmmmmmm"},
    {"a refusal for time", R"({"Code":"InvalidTimeStamp.Expired","RequestId":"r"})", json, "mmmnmmm"},
    {"a busy service", R"({"Code":"RequestTimeout","RequestId":"r"})", json, "mmmnmmm"},
    {"a nonce that was used", R"({"Code":"SignatureNonceUsed","RequestId":"r"})", json, "mmmmmmm"},
    {"an internal error", R"({"Code":"InternalError","RequestId":"r"})", json, "mmmmmmm"},
    {"an unavailable service", R"({"Code":"ServiceUnavailable","RequestId":"r"})", json, "mmmmmmm"},
    {"an unknown timeout", R"({"Code":"OperationTimeout","RequestId":"r"})", json, "mmmmmmm"},
    {"an unknown error", R"({"Code":"SystemError","RequestId":"r"})", json, "mmmmmmm"},
    {"an unknown failure", R"({"Code":"BackendFailure","RequestId":"r"})", json, "mmmmmmm"},
    {"a number", R"({"Code":408,"RequestId":"r"})", json, "mmmmmmm"},
    {"a code of success", R"({"Code":"OK","RequestId":"r"})", json, "m+mmmmm"},
    {"no code", R"({"RequestId":"r"})", json, "m+mmmmm"},
    {"a reply's root without a code", "<XResponse><RequestId>r</RequestId></XResponse>", "text/xml", "m+mmmmm"},
    {"a list", R"([{"Code":"Forbidden.RAM","RequestId":"r"}])", json, "mmmmmmm"},
    {"half a refusal", R"({"Code":"Forbidden.RAM","RequestId":"r")", json, "mmmmmmm"},
    {"nothing", "", json, "mmmmmmm"},
};

headers const waits[] = {
    {},
    {{"x-acs-retry-after", "50"}},
    {{"Retry-After", "5"}},
    {{"X-RateLimit-User", "Limit:1,Remain:0,TimeLeft:70,Reset:1"}},
    {{"Date", "Sun, 22 Nov 2026 17:36:19 GMT"}, {"Retry-After", "Sun, 22 Nov 2026 17:36:29 GMT"}},
};

} // namespace

TEST_CASE("whether it ran is what the table in the design says, for every status and every header", "[judge]") {
    for (shown const& row : table) {
        INFO(row.what);
        for (headers const& fields : waits) {
            INFO((fields.empty() ? "no wait" : fields.back().first));
            for (int status = 100; status != 600; ++status) {
                char const expected = row.ran[column(status)];
                outcome const got = answered(status, row.body, row.type, fields);
                char const ran = got.success ? '+' : got.error.ran == executed::no ? 'n' : got.error.ran == executed::maybe ? 'm' : '?';
                if (ran != expected) FAIL_CHECK(status << " says " << ran << ", the table " << expected);
                if (got.success) continue;
                rc::error const& e = got.error;
                bool const refuses = e.ran == executed::no;
                // What leads to a second request by itself.
                bool const repeated = rc::throttled(e) || rc::refused_for_time(e);
                if (repeated && !(refuses && (status / 100 == 4 || (status == 503 && e.code == service_code::throttling))))
                    FAIL_CHECK(status << " is tried again");
                if (refuses != (e.what_to_do != advice::look_first && e.what_to_do != advice::fix_transport))
                    FAIL_CHECK(status << " gives advice for another answer");
                if (refuses && e.kind != error_kind::refused) FAIL_CHECK(status << " proves by nothing readable");
                if (!refuses && (e.what_to_do == advice::wait || e.what_to_do == advice::try_again))
                    FAIL_CHECK(status << " may have run and is to be called again");
                // A wait is told unless waiting does not help.
                if ((e.retry_after_ms != 0) != (!fields.empty() && (!refuses || e.what_to_do == advice::wait)))
                    FAIL_CHECK(status << " waits " << e.retry_after_ms << " ms");
            }
        }
    }
}

TEST_CASE("x-acs-retry-after makes a throttling of a refusal by the service under 4xx, and of nothing else", "[judge]") {
    headers const asked{{"x-acs-retry-after", "50"}};
    for (int status = 100; status != 600; ++status) {
        INFO(status);
        bool const refused = status / 100 == 4 && status != 407;
        outcome const state = answered(status, R"({"Code":"IncorrectCasterStatus","RequestId":"1"})", json, asked);
        CHECK((state.error.code == service_code::throttling) == refused);
        CHECK(rc::throttled(state.error) == refused);
        outcome const unknown = answered(status, R"({"Code":"SomethingNew","RequestId":"1"})", json, asked);
        CHECK((unknown.error.code == service_code::throttling) == refused);
        for (char const* const body :
             {R"({"Code":"IncorrectCasterStatus"})", R"({"code":"SomethingNew","requestId":"1"})",
              R"({"Code":"InternalError","RequestId":"1"})", R"({"Code":"SignatureNonceUsed","RequestId":"1"})",
              R"({"Code":"BackendTimeout","RequestId":"1"})", R"({"Code":"OK","RequestId":"1"})", "<html>", ""})
            CHECK(answered(status, body, json, asked).error.code != service_code::throttling);
    }
}

TEST_CASE("an answer that a proxy or gateway wrote never says that it did not run", "[judge]") {
    struct page {
        char const* of;
        char const* type;
        char const* body;
    };
    page const pages[] = {
        {"a template", "text/html", "<p>The upstream <code>live</code> was slow</p>"},
        {"a template, called XML", "text/xml", "<p>The upstream <code>live</code> was slow</p>"},
        {"nginx", "text/html", "<html>\r\n<head><title>408 Request Time-out</title></head>\r\n<body>\r\n<center><h1>408</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"},
        {"HAProxy", "text/html", "<html><body><h1>408 Request Time-out</h1>\nToo slow.\n</body></html>\n"},
        {"Envoy", "text/plain", "upstream request timeout"},
        {"Envoy, of a reset", "text/plain", "upstream connect error or disconnect/reset before headers. reset reason: overflow"},
        {"CloudFront", "text/html", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><HTML><BODY><H1>403 ERROR</H1>Request ID: abc</BODY></HTML>"},
        {"an AWS load balancer", "text/html", "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body></body>\r\n</html>\r\n"},
        {"an AWS API gateway", "application/json", R"({"message":"Too Many Requests"})"},
        {"Kubernetes", "application/json", R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"Timeout","code":408})"},
        {"Kong", "application/json", R"({"message":"no time","request_id":"0f"})"},
        {"Apigee", "application/json", R"({"fault":{"faultstring":"no","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}})"},
        {"Apigee, older", "application/json", R"({"ErrorCode":"Forbidden.RAM","Error":"no"})"},
        {"Apigee's management", "application/json", R"({"code":"messaging.runtime.RouteFailed","message":"no","contexts":[]})"},
        {"Azure API Management", "application/json", R"({"statusCode":429,"message":"no more"})"},
        {"Spring", "application/json", R"({"timestamp":"2026-11-22T17:36:19Z","status":404,"error":"Not Found","path":"/"})"},
        {"a gRPC gateway", "application/json", R"({"code":4,"message":"deadline","details":[]})"},
        {"a number", "application/json", R"({"code":408,"message":"slow"})"},
        {"a number and an id", "application/json", R"({"Code":408,"Message":"slow","RequestId":"r"})"},
        {"a problem", "application/problem+json", R"({"type":"about:blank","title":"no","status":499,"code":"CLIENT_CLOSED","requestId":"r"})"},
        {"a problem in capitals", "application/problem+json", R"({"Type":"about:blank","Status":499,"Code":"ClientClosed","RequestId":"r"})"},
        {"a problem in XML", "application/problem+xml", "<problem><status>499</status><code>Throttling</code></problem>"},
        {"Cloudflare", "text/plain", "error code: 524"},
        {"a captive portal", "text/html", "<html><head><meta http-equiv='refresh' content='0;url=/login'></head></html>"},
        {"JSON in a page", "text/html", R"({"Code":"Blocked","Message":"by the firewall"})"},
    };
    for (page const& from : pages) {
        INFO(from.of);
        for (headers const& fields : waits)
            for (int status = 100; status != 600; ++status) {
                outcome const got = answered(status, from.body, from.type, fields);
                if (got.success || got.error.ran != executed::maybe || rc::throttled(got.error))
                    FAIL_CHECK(status << " says that it did not run");
            }
    }
}

TEST_CASE("a code of success under a status of failure is unreadable", "[judge]") {
    for (std::string const code : {"\"OK\"", "\"ok\"", "\"200\"", "200", "\"0\"", "0", "\"Success\"", "\"success\"",
                                   "\"SUCCESS\"", "\"Success.Ok\""})
        for (int const status : {100, 304, 400, 404, 409, 429, 499, 500, 503, 599})
            for (headers const& fields : waits) {
                INFO(status << " " << code);
                outcome const got = answered(status, R"({"Code":)" + code + R"(,"RequestId":"r"})", json, fields);
                CHECK(got.error.kind == error_kind::unreadable);
                CHECK(got.error.ran == executed::maybe);
                CHECK(got.error.code == service_code::other);
                CHECK_FALSE(rc::throttled(got.error));
                CHECK(got.error.cause.code == errc::reply_unexpected);
            }
}

TEST_CASE("the longest wait that an answer names is told of what may have run as well", "[judge]") {
    headers const all{{"x-acs-retry-after", "5000"}, {"Retry-After", "3"}, {"X-RateLimit-User", "Remain:0,TimeLeft:7000"}};
    for (auto const& [status, body] : std::vector<std::pair<int, std::string>>{
             {503, R"({"Code":"ServiceUnavailable","RequestId":"r"})"}, {503, "<html>"}, {429, "<html>"}, {500, ""},
             {200, ""}, {400, R"({"Code":"Throttling.User","RequestId":"r"})"}}) {
        INFO(status << " " << body);
        CHECK(answered(status, body, json, all).error.retry_after_ms == 7000);
        CHECK(answered(status, body, json, {{"x-acs-retry-after", "5000"}, {"Retry-After", "3"}}).error.retry_after_ms == 5000);
        CHECK(answered(status, body, json, {{"x-acs-retry-after", "5000"}, {"Retry-After", "30"}}).error.retry_after_ms == 30'000);
    }
    // A refusal for good says nothing of waiting.
    CHECK(answered(404, R"({"Code":"InvalidCaster.NotFound","RequestId":"r"})", json, {{"Retry-After", "3"}}).error.retry_after_ms == 0);
}

TEST_CASE("a refusal that passes advises to wait", "[judge]") {
    for (auto const& [status, code] : std::vector<std::pair<int, std::string>>{
             {403, "ServiceBusy"}, {400, "SystemBusy"}, {429, "TooManyRequests"},
             {400, "TooManyRequests"}, {408, "RequestTimeout"}, {400, "RequestTimeout"}, {400, "FlowControlError"},
             {400, "FlowControl.Exceeded"}, {400, "RateLimitExceeded"}, {400, "RequestLimitExceeded"},
             {429, "SomethingNew"}, {408, "SomethingNew"}, {400, "isv.BUSY"}}) {
        INFO(status << " " << code);
        outcome const got = answered(status, R"({"Code":")" + code + R"(","RequestId":"r"})");
        CHECK(got.error.ran == executed::no);
        CHECK(got.error.what_to_do == advice::wait);
        CHECK_FALSE(rc::throttled(got.error)); // so that nothing is sent again by itself
    }
    for (std::string const code : {"ServiceBusy", "TooManyRequests", "RequestTimeout", "FlowControlError"}) {
        CHECK(answered(503, R"({"Code":")" + code + R"(","RequestId":"r"})").error.ran == executed::maybe);
        CHECK(answered(503, R"({"Code":")" + code + R"(","RequestId":"r"})").error.what_to_do == advice::look_first);
    }
    // An unknown code with a Retry-After passes as well; it is not the throttle.
    outcome const told = answered(413, R"({"Code":"SomethingNew","RequestId":"r"})", json, {{"Retry-After", "2"}});
    CHECK(told.error.what_to_do == advice::wait);
    CHECK(told.error.retry_after_ms == 2000);
    CHECK_FALSE(rc::throttled(told.error));
}

TEST_CASE("what the signature sets and the service misses was lost on the way", "[judge]") {
    for (std::string const name : {"AccessKeyId", "Signature", "SignatureNonce", "SignatureMethod", "SignatureVersion",
                                   "Timestamp", "Action", "Version"}) {
        INFO(name);
        outcome const got = answered(400, R"({"Code":"Missing)" + name + R"(","RequestId":"r"})");
        CHECK(got.error.ran == executed::no);
        CHECK(got.error.code == service_code::missing_parameter);
        CHECK(got.error.what_to_do == advice::fix_transport);
    }
    CHECK(answered(400, R"({"Code":"MissingCasterId","RequestId":"r"})").error.what_to_do == advice::fix_request);
    CHECK(answered(400, R"({"Code":"MissingSecurityToken","RequestId":"r"})").error.what_to_do == advice::fix_credentials);
    outcome const endpoint = answered(400, R"({"Code":"InvalidOperation.NotSupportedEndpoint","RequestId":"r"})");
    CHECK(endpoint.error.code == service_code::endpoint_not_supported);
    CHECK(endpoint.error.what_to_do == advice::fix_transport);
    CHECK(message(endpoint.error.what_to_do).find("endpoint") != std::string_view::npos);
}

TEST_CASE("a redirect says that it was not followed and which host it points to, never more of the URL", "[judge]") {
    for (int status = 300; status != 400; ++status)
        for (std::string const body : {"", "<html><body>Moved</body></html>", R"({"RequestId":"r"})"}) {
            INFO(status << " " << body);
            outcome const got = answered(status, body, "text/html", {{"Location", "https://portal.example/?Signature=CANARY"}});
            CHECK(got.error.kind == error_kind::unreadable);
            // RFC 9110 section 15.4.5: nothing is elsewhere.
            CHECK((got.error.cause.code == errc::redirected) == (status != 304));
            CHECK(got.error.ran == executed::maybe);
            CHECK(got.error.what_to_do == advice::fix_transport);
            CHECK(got.redirected_to == (RESTARTCASTER_SMALL || status == 304 ? "" : "portal.example"));
        }
    // Of any other status the field says nothing.
    CHECK(answered(201, "", json, {{"Location", "https://portal.example/"}}).redirected_to.empty());
    CHECK(answered(503, "", json, {{"Location", "https://portal.example/"}}).redirected_to.empty());

    rc::storage<512> room;
    rc::buffer_sink words(room.span());
    rc::response in;
    in.status = 302;
    in.header("location", "http://portal.example:8080/login?Signature=CANARY");
    auto const reply = rc::read_reply<rc::restart_caster>(in);
    REQUIRE_FALSE(reply);
    rc::describe(words, reply.error());
    CHECK(std::string(words.written()) ==
          std::string("no readable answer, a redirect, which was not followed") +
              (RESTARTCASTER_SMALL ? "" : " (to host portal.example)") +
              " (HTTP 302). It may have run; check the way to the service: endpoint, https, proxy and network.");
}

TEST_CASE("HTTP 407 names the proxy, whatever its body says", "[judge]") {
    for (std::string const body : {"", "<html>", R"({"code":407,"message":"no"})", R"({"Code":"Forbidden.RAM","RequestId":"r"})"}) {
        outcome const got = answered(407, body);
        INFO(body);
        CHECK(got.error.kind == error_kind::unreadable);
        CHECK(got.error.cause.code == errc::proxy_refused);
        CHECK(got.error.ran == executed::maybe);
        CHECK(got.error.what_to_do == advice::fix_transport);
    }
    CHECK(message(errc::proxy_refused).find("proxy") != std::string_view::npos);
}

TEST_CASE("no advice speaks of one operation alone", "[judge]") {
    for (int i = 0; i <= static_cast<int>(advice::fix_signature); ++i) {
        std::string const said(message(static_cast<advice>(i)));
        INFO(said);
        for (char const* const words : {"live:", "RestartCaster", "restart", "virtual"}) CHECK(said.find(words) == said.npos);
        bool const of_studios = i == static_cast<int>(advice::start_caster) || i == static_cast<int>(advice::give_up);
        CHECK((said.find("studio") != said.npos) == of_studios); // whose codes are those of studios alone
    }
}
