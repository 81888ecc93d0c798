// SPDX-License-Identifier: MIT
// The vendor's C++ SDK (aliyun-openapi-cpp-sdk, its core) beside this library: one signed RestartCaster each.
// Source: github.com/aliyun/aliyun-openapi-cpp-sdk, CommonClient; built only where the user points CMake at one.
// Data flow: a request as a program would make it, to a signed URL; its signature is checked before anything is timed.
#include "bench.hpp"
#include "inputs.hpp"

#include "../tests/reference.hpp"

#include <restartcaster.hpp>
#include <restartcaster/hosted/nonce_generator.hpp>
#include <restartcaster/hosted/system_clock.hpp>

#include <alibabacloud/core/AlibabaCloud.h>
#include <alibabacloud/core/CommonClient.h>
#include <alibabacloud/core/CommonRequest.h>

namespace rc = restartcaster;

namespace {

/// Opens the one function that builds and signs a request without sending it.
class client : public AlibabaCloud::CommonClient {
public:
    using AlibabaCloud::CommonClient::CommonClient;
    std::string signed_url() const {
        AlibabaCloud::CommonRequest request(AlibabaCloud::CommonRequest::RpcPattern);
        request.setDomain("live.aliyuncs.com");
        request.setVersion("2016-11-01");
        request.setHttpMethod(AlibabaCloud::HttpRequest::Method::Get);
        request.setQueryParameter("Action", "RestartCaster");
        request.setQueryParameter("CasterId", std::string(inputs::caster_id));
        return buildRpcHttpRequest("live.aliyuncs.com", request, AlibabaCloud::HttpRequest::Method::Get).url().toString();
    }
};

/// It draws nonce and time itself, so its own query is signed again by the reference.
void check(std::string const& url) {
    reference::parameters all;
    std::string given;
    for (std::size_t at = url.find('?') + 1; at < url.size();) {
        std::size_t const end = url.find('&', at) == url.npos ? url.size() : url.find('&', at);
        std::size_t const equals = url.find('=', at);
        std::string const name = url.substr(at, equals - at);
        std::string const value = reference::percent_decoded(url.substr(equals + 1, end - equals - 1));
        if (name == "Signature")
            given = value;
        else
            all.emplace_back(name, value);
        at = end + 1;
    }
    bench::require_equal(reference::signature(inputs::secret, reference::string_to_sign("GET", all)), given,
                         "the signature of the vendor's SDK");
}

void theirs(benchmark::State& state, client const* by) {
    for (auto _ : state) {
        std::string url = by->signed_url();
        bench::hide(url);
    }
}

void ours(benchmark::State& state) {
    rc::signing_key<rc::rpc_v1> const key({.access_key_id = inputs::key_id, .access_key_secret = inputs::secret});
    rc::nonce_generator nonces;
    rc::storage<4096> room;
    rc::restart_caster op{.caster_id = inputs::caster_id, .region_id = inputs::region_id};
    for (auto _ : state) {
        bench::hide(op);
        auto const nonce = nonces();
        auto made = rc::make_request(op, key, rc::stamp{.utc_seconds = rc::utc_now(), .nonce = nonce->text()}, room,
                                     {.parameters = rc::placement::get});
        bench::hide(made);
    }
}

} // namespace

int main(int argc, char** argv) {
    AlibabaCloud::InitializeSdk();
    {
        AlibabaCloud::ClientConfiguration const configuration{std::string(inputs::region_id)};
        client const by(std::string(inputs::key_id), std::string(inputs::secret), configuration);
        check(by.signed_url());
        benchmark::RegisterBenchmark("official_sdk/sign", theirs, &by);
        benchmark::RegisterBenchmark("official_sdk/ours", ours);
        if (bench::run(argc, argv) != EXIT_SUCCESS) return EXIT_FAILURE;
    }
    AlibabaCloud::ShutdownSdk();
    return EXIT_SUCCESS;
}
