// SPDX-License-Identifier: MIT
// What every measurement signs and reads: invented texts, as long as the service's own.
// Source: help document 50286 (lengths of ids), the service's answers to RestartCaster.
// Data flow: constants in, the same ones into every benchmark, count and image.
#ifndef RESTARTCASTER_BENCH_INPUTS_HPP
#define RESTARTCASTER_BENCH_INPUTS_HPP

#include <cstdint>
#include <string_view>

namespace inputs {

inline constexpr std::string_view key_id = "LTAI5tBenchBenchBenchBen";
inline constexpr std::string_view secret = "BenchSecretBenchSecretBenchSec";
inline constexpr std::string_view caster_id = "b4810848bcf34d55a3e4f2d4e3f1c9aa";
inline constexpr std::string_view region_id = "cn-shanghai";
inline constexpr std::string_view nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11";
inline constexpr std::int64_t utc_seconds = 1709020800;
static_assert(key_id.size() == 24 && secret.size() == 30 && caster_id.size() == 32 && nonce.size() == 36);

inline constexpr std::string_view json_ok = R"({"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"})";
inline constexpr std::string_view json_error =
    R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31","HostId":"live.aliyuncs.com",)"
    R"("Code":"IncorrectCasterStatus.Idle","Message":"The caster is idle; it cannot be restarted",)"
    R"("Recommend":"https://api.aliyun.com/troubleshoot?q=IncorrectCasterStatus.Idle&product=live)"
    R"(&requestId=6EBD1AC4-C34D-4AE1-963E-B688A2"})";
inline constexpr std::string_view xml_ok =
    "<RestartCasterResponse><RequestId>16A96B9A-F203-4EC5-8E43-CB92E68F4CD8</RequestId></RestartCasterResponse>";
inline constexpr std::string_view xml_error =
    "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>6EBD1AC4-C34D-4AE1-963E-B688A228BE31</RequestId>"
    "<HostId>live.aliyuncs.com</HostId><Code>IncorrectCasterStatus.Idle</Code>"
    "<Message><![CDATA[The caster is idle; it cannot be restarted]]></Message>"
    "<Recommend><![CDATA[https://api.aliyun.com/troubleshoot?q=IncorrectCasterStatus.Idle&product=live"
    "&requestId=6EBD1AC4-C34D-4AE1]]></Recommend></Error>";
static_assert(json_ok.size() == 52);
static_assert(xml_ok.size() == 106);
static_assert(json_error.size() == 305);
static_assert(xml_error.size() == 399);

} // namespace inputs

#endif
