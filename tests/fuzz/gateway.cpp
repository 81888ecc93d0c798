// SPDX-License-Identifier: MIT
// Requests of any bytes to the gateway for tests: each gets an answer within its storage, and no change without a signature.
// Source: docs/how-to/test-your-code.md; nlohmann::json reads the answers in JSON.
// Data flow: METHOD, target, header lines and body, each up to a byte 01; the answer.
#include "fuzz.hpp"

#include <restartcaster/testing/gateway.hpp>

#include <nlohmann/json.hpp>

namespace rc = restartcaster;
using fuzz::require;

void fuzz::one_input(std::string_view input) {
    // libFuzzer cannot guess a signature, so nothing of an input may run.
    rc::testing::gateway service;
    service.studio("live-1").on_air();

    std::string_view const method = take_until(input, '\x01'), target = take_until(input, '\x01'),
                           headers = take_until(input, '\x01');
    fuzz::exact const exact_target(target), exact_headers(headers), body(input), storage(65536);
    auto const answer = service.receive({.method = method,
                                         .target = exact_target.view(),
                                         .headers = exact_headers.view(),
                                         .body = body.view(),
                                         .host = "live.aliyuncs.com"},
                                        storage.span());
    require(service.restarts("live-1") == 0, "nothing runs without a signature");
    require(answer.has_value(), "every request has an answer");
    require(answer->status >= 400 && answer->status < 600, "the answer is a refusal");
    std::string_view const text(answer->body.data(), answer->body.size());
    require(fuzz::within(text, storage.view()), "the answer lies in the storage");
    if (text.starts_with('{')) require(nlohmann::json::accept(text), "an answer in JSON is JSON");
}
