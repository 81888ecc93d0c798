// SPDX-License-Identifier: MIT
// The regions of ApsaraVideo Live that are known here.
// Source: aliyun/aliyun-openapi-meta, en-US/products.json, product "live" (April 2026).
// Data flow: a region id in, a remark about it out; rc::live_endpoint_of has the endpoints.
#ifndef RESTARTCASTER_CLI_REGIONS_HPP
#define RESTARTCASTER_CLI_REGIONS_HPP

#include "words.hpp"

inline constexpr std::string_view live_regions[] = {
    "ap-northeast-1", "ap-southeast-1", "ap-southeast-5", "cn-beijing",   "cn-north-2-gov-1",
    "cn-qingdao",     "cn-shanghai",    "cn-shenzhen",    "eu-central-1", "me-central-1"};

/// The remark about a region that is not known here; empty for a known one. A new region may exist, so the call is made.
inline std::string remark_about(std::string_view region_id) {
    if (region_id.empty() || std::ranges::find(live_regions, region_id) != std::end(live_regions)) return {};
    std::string_view const meant = nearest(region_id, live_regions);
    return "the region is not one of ApsaraVideo Live's that are known here" +
           (meant.empty() ? std::string() : " (did you mean " + std::string(meant) + "?)") + "; live.aliyuncs.com is called";
}

#endif
