// SPDX-License-Identifier: MIT
// The gateway for tests as a server: any request gets an answer that a client can read, and none runs anything unsigned.
// Source: docs/how-to/test-your-code.md; nlohmann::json and expat as the judges of a document.
// Data flow: "METHOD TARGET", header lines, an empty line, a body; one verdict. The same bytes once more as an action with
//   parameters, "ACTION", "NAME=VALUE" lines, which is signed well: then operations run, on studios that the test knows.
#include "fuzz.hpp"

#include <restartcaster.hpp>
#include <restartcaster/testing.hpp>

#include <expat.h>
#include <nlohmann/json.hpp>

#include <string>

namespace rc = restartcaster;
using fuzz::require;

namespace {

using gateway = rc::testing::basic_gateway<rc::testing::gateway_limits{
    .studios = 3, .faults = 1, .calls = 2, .call_bytes = 256, .nonces = 2, .request_bytes = 1024, .parameters = 16}>;
constexpr rc::testing::gateway_options options{
    .account = {.access_key_id = "testid", .access_key_secret = "a secret that no seed is signed with"}, .older_wait_header = true};

void add_studios(gateway& service) {
    service.studio("live-1").on_air();
    service.studio("idle-1").idle();
    service.studio("virtual-1").virtual_type();
}

bool is_document(std::string_view body) {
    if (body.starts_with('{')) return nlohmann::json::accept(body);
    XML_Parser const parser = XML_ParserCreate(nullptr);
    bool const good = XML_Parse(parser, body.data(), static_cast<int>(body.size()), XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return good;
}

// A server has the bytes as they came.
void serve(std::string_view input) {
    gateway service(options);
    add_studios(service);
    std::string_view rest = input;
    std::string_view line = fuzz::take_until(rest, '\n');
    std::string_view const method = fuzz::take_until(line, ' ');
    auto const gap = rest.find("\n\n");
    fuzz::exact const headers(rest.substr(0, gap == rest.npos ? rest.size() : gap + 1));
    fuzz::exact const body(gap == rest.npos ? std::string_view() : rest.substr(gap + 2)), target(line), verb(method);
    fuzz::exact const room(65536);
    auto const answer =
        service.receive({.method = verb.view(), .target = target.view(), .headers = headers.view(), .body = body.view()}, room.span());
    require(answer.has_value(), "every request is answered");
    require(answer->status >= 400 && answer->status < 600, "a request without a signature is refused");
    std::string_view const said(answer->body.data(), answer->body.size());
    require(fuzz::within(said, room.view()), "the body is in the storage");
    require(is_document(said), "the body is a document");
    require(said.find("no seed is signed with") == said.npos, "the secret is in no answer");
    for (char const* action : {"RestartCaster", "StartCaster", "StopCaster", "DescribeCasters"})
        for (char const* id : {"live-1", "idle-1", "virtual-1", ""}) require(service.runs(action, id) == 0, "nothing runs unsigned");
    require(service.calls().size() == 1 && !service.calls().back().executed(), "the call is remembered");
    require(service.calls().back().code().size() != 0, "the refusal has a code");

    // Little room: the answer is complete or too long, and no byte is written behind the room.
    fuzz::exact const small(said.size() / 2);
    auto const cut = service.receive(
        {.method = verb.view(), .target = target.view(), .headers = headers.view(), .body = body.view(), .host = "h"}, small.span());
    require(cut || cut.error().code == rc::errc::answer_too_long, "an answer that does not fit is too long");
}

// A client signs what it is told to.
template <class Scheme>
void call(std::string_view input) {
    gateway service(options);
    add_studios(service);
    rc::signing_key<Scheme> const key(service.account());
    std::string_view rest = input;
    std::string_view const action = fuzz::take_until(rest, '\n');
    rc::parameter_list<8> list;
    while (!rest.empty()) {
        std::string_view line = fuzz::take_until(rest, '\n');
        std::string_view const name = fuzz::take_until(line, '=');
        if (!list.append(name, line)) break;
    }
    rc::storage<65536> room;
    auto const reply = rc::call(service, rc::action{.name = action, .version = "2016-11-01", .parameters = list}, key, service.stamp(), room,
                                rc::request_options{.answer = input.size() % 2 == 0 ? rc::format::json : rc::format::xml});
    if (service.calls().size() == 0) return; // the library sends no such request
    auto const& seen = service.calls().back();
    require(reply ? seen.status() == 200 : seen.status() != 0, "the gateway answers");
    require(seen.executed() == reply.has_value(), "what ran is told, and what did not");
    require(reply || reply.error().kind == rc::error_kind::refused, "a client reads every answer");
    require(reply || reply.error().code != rc::service_code::signature_does_not_match, "both compute the same signature");
    require(!reply || is_document({reply->body.data(), reply->body.size()}), "the body is a document");
}

} // namespace

void fuzz::one_input(std::string_view input) {
    rc::testing::on_failure = [](char const*) {}; // a request that exceeds a capacity fails a test, and is refused
    serve(input);
    call<rc::rpc_v1>(input);
    call<rc::acs3>(input);
}
