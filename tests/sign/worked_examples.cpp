// SPDX-License-Identifier: MIT
// The vendor's own worked examples, computed by the compiler. What they publish is repeated here as they
// publish it; nothing is computed by this library first.
#include <restartcaster/sign/rpc_v1.hpp>

#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include "catch.hpp"

#include <array>
#include <initializer_list>
#include <string_view>

namespace rc = restartcaster;

namespace {

struct pair {
    std::string_view name, value;
};

// Whether the parameters, in the order of the page, come to this string to sign and this signature.
constexpr bool signs(std::string_view secret, std::initializer_list<pair> parameters,
                     std::string_view string_to_sign, std::string_view signature) {
    rc::parameter_list<16> list;
    for (pair const& p : parameters)
        if (!list.append(p.name, p.value)) return false;
    std::array<char, 1024> bytes{};
    rc::buffer_sink sink(bytes);
    rc::rpc_v1::string_to_sign(sink, "GET", list);
    if (!sink.fits() || sink.written() != string_to_sign) return false;
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = secret}};
    auto const made = rc::rpc_v1::signature(key, "GET", list);
    return std::string_view(made.data(), made.size()) == signature;
}

// ApsaraVideo Live, "Signature mechanism", help document 50286.
constexpr bool live = signs("testsecret",
                            {{"Format", "XML"},
                             {"AccessKeyId", "testid"},
                             {"Action", "DescribeLiveSnapshotConfig"},
                             {"SignatureMethod", "HMAC-SHA1"},
                             {"RegionId", "cn-shanghai"},
                             {"ServiceCode", "live"},
                             {"DomainName", "test.com"},
                             {"AppName", "test"},
                             {"SignatureNonce", "c2fe8fbb-2977-4414-8d39-348d02419c1c"},
                             {"Version", "2016-11-01"},
                             {"SignatureVersion", "1.0"},
                             {"Timestamp", "2017-06-14T09:51:14Z"}},
                            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeLiveSnapshotConfig%26AppName%"
                            "3Dtest%26DomainName%3Dtest.com"
                            "%26Format%3DXML%26RegionId%3Dcn-shanghai%26ServiceCode%3Dlive%26SignatureMethod%"
                            "3DHMAC-SHA1%26SignatureNonce"
                            "%3Dc2fe8fbb-2977-4414-8d39-348d02419c1c%26SignatureVersion%3D1.0%26Timestamp%"
                            "3D2017-06-14T09%253A51%253A14Z"
                            "%26Version%3D2016-11-01",
                            "3I5a3myPjp8FXWT4rvxX5pKb/aw=");
static_assert(live);

// Elastic Compute Service, "Signature", DescribeRegions.
constexpr bool ecs = signs(
    "testsecret",
    {{"Timestamp", "2016-02-23T12:46:24Z"},
     {"Format", "XML"},
     {"AccessKeyId", "testid"},
     {"Action", "DescribeRegions"},
     {"SignatureMethod", "HMAC-SHA1"},
     {"SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"},
     {"Version", "2014-05-26"},
     {"SignatureVersion", "1.0"}},
    "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1"
    "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26Timestamp"
    "%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26",
    "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
static_assert(ecs);

// "Request syntax and signature method V2 for RPC APIs", DescribeDedicatedHosts.
constexpr bool rpc = signs(
    "testsecret",
    {{"Timestamp", "2023-03-13T08:34:30Z"},
     {"Format", "JSON"},
     {"AccessKeyId", "testid"},
     {"Action", "DescribeDedicatedHosts"},
     {"SignatureMethod", "HMAC-SHA1"},
     {"SignatureNonce", "edb2b34af0af9a6d14deaf7c1a5315eb"},
     {"RegionId", "cn-beijing"},
     {"Version", "2014-05-26"},
     {"SignatureVersion", "1.0"}},
    "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeDedicatedHosts%26Format%3DJSON%26RegionId%3Dcn-beijing"
    "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dedb2b34af0af9a6d14deaf7c1a5315eb%26SignatureVersion%"
    "3D1.0"
    "%26Timestamp%3D2023-03-13T08%253A34%253A30Z%26Version%3D2014-05-26",
    "9NaGiOspFP5UPcwX8Iwt2YJXXuk=");
static_assert(rpc);

// CDN, "Signature", help document 27149, DescribeCdnService.
constexpr bool cdn = signs(
    "testsecret",
    {{"AccessKeyId", "testid"},
     {"SignatureMethod", "HMAC-SHA1"},
     {"SignatureNonce", "9b7a44b0-3be1-11e5-8c73-08002700c460"},
     {"Version", "2014-11-11"},
     {"SignatureVersion", "1.0"},
     {"Action", "DescribeCdnService"},
     {"Timestamp", "2015-08-06T02:19:46Z"},
     {"Format", "JSON"}},
    "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeCdnService%26Format%3DJSON%26SignatureMethod%3DHMAC-"
    "SHA1%26SignatureNonce%3D9b7a44b0-3be1-11e5-8c73-08002700c460%26SignatureVersion%3D1.0%26Timestamp%3D"
    "2015-08-06T02%253A19%253A46Z%26Version%3D2014-11-11",
    "KkkQOf0ymKf4yVZLggy6kYiwgFs=");
static_assert(cdn);

// Alibaba Cloud DNS, "Signature", help document 29747, DescribeDomainRecords.
constexpr bool alidns = signs(
    "testsecret",
    {{"AccessKeyId", "testid"},
     {"SignatureMethod", "HMAC-SHA1"},
     {"SignatureNonce", "f59ed6a9-83fc-473b-9cc6-99c95df3856e"},
     {"DomainName", "example.com"},
     {"Version", "2015-01-09"},
     {"SignatureVersion", "1.0"},
     {"Action", "DescribeDomainRecords"},
     {"Timestamp", "2016-03-24T16:41:54Z"},
     {"Format", "XML"}},
    "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeDomainRecords%26DomainName%3Dexample.com%26Format%3D"
    "XML%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Df59ed6a9-83fc-473b-9cc6-99c95df3856e%26Signatur"
    "eVersion%3D1.0%26Timestamp%3D2016-03-24T16%253A41%253A54Z%26Version%3D2015-01-09",
    "uRpHwaSEt3J+6KQD//svCh/x+pI=");
static_assert(alidns);

// RestartCaster as the official Node.js client (@alicloud/pop-core 1.8.0) puts it on the wire.
constexpr bool restart_by_get = [] {
    constexpr std::string_view expected =
        "AccessKeyId=testid&Action=RestartCaster&CasterId=80787064-1c94-4dc1-85ce-9409960a0000&Format=JSON&Si"
        "gnatureMethod=HMAC-SHA1&SignatureNonce=nonce-restartcaster-get-json&SignatureVersion=1.0&Timestamp=2"
        "024-02-27T08%3A00%3A00Z&Version=2016-11-01&Signature=Ld4Je8afzWS9hIB9ra0hdgrahR4%3D";
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::storage<1024> room{};
    auto const made =
        rc::make_request(rc::restart_caster{.caster_id = "80787064-1c94-4dc1-85ce-9409960a0000"}, key,
                         {.utc_seconds = 1709020800, .nonce = "nonce-restartcaster-get-json"}, room,
                         {.parameters = rc::placement::get});
    return made && made->target.substr(2) == expected && made->url.size() == made->target.size() + 25 &&
           made->body.empty() && made->method == rc::http_method::get;
}();
static_assert(restart_by_get);

constexpr bool restart_by_form = [] {
    constexpr std::string_view expected =
        "AccessKeyId=testid&Action=RestartCaster&CasterId=80787064-1c94-4dc1-85ce-9409960a0000&Format=JSON&Si"
        "gnatureMethod=HMAC-SHA1&SignatureNonce=nonce-restartcaster-post-all-in-form&SignatureVersion=1.0&Tim"
        "estamp=2024-02-27T08%3A00%3A00Z&Version=2016-11-01&Signature=SxKTaGFovznTBdTQc5Y9UFbuVHA%3D";
    rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
    rc::storage<1024> room{};
    auto const made =
        rc::make_request(rc::restart_caster{.caster_id = "80787064-1c94-4dc1-85ce-9409960a0000"}, key,
                         {.utc_seconds = 1709020800, .nonce = "nonce-restartcaster-post-all-in-form"}, room,
                         {.parameters = rc::placement::post_form});
    return made && made->body == expected && made->url == "https://live.aliyuncs.com/" &&
           made->target == "/" && made->method == rc::http_method::post;
}();
static_assert(restart_by_form);

} // namespace

TEST_CASE("the vendor's worked examples come out as published") {
    CHECK(live);
    CHECK(ecs);
    CHECK(rpc);
    CHECK(cdn);
    CHECK(alidns);
    CHECK(restart_by_get);
    CHECK(restart_by_form);
}
