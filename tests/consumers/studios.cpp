// SPDX-License-Identifier: MIT
// A consumer's program on the two single files: one operation of the family, its request and a typed answer.
// Source: ApsaraVideo Live API 2016-11-01, "DescribeCasters".
// Data flow: an answer in the shape of the vendor's in, exit status 0 when its fields are read.
#include "restartcaster_live.hpp"

#include <cstdio>
#include <cstring>

namespace rc = restartcaster;

int main() {
    char body[] = R"({"RequestId":"r1","Total":2,"CasterList":{"Caster":[{"CasterId":"a","Status":0},{"CasterId":"b","Status":1}]}})";
    rc::response answer;
    answer.status = 200;
    answer.body = {body, std::strlen(body)};
    auto const reply = rc::read_reply<rc::live::describe_casters>(answer);
    if (!reply || reply->total != 2) return 1;
    int on_air = 0;
    for (auto const& studio : reply->casters)
        if (studio.status == 1 && studio.caster_id == "b") ++on_air;

    rc::storage<1024> room;
    rc::signing_key<rc::acs3> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    auto const made = rc::make_request(rc::live::describe_casters{.page_num = 2}, key, {0, "n"}, room);
    std::printf("%d on air\n", on_air);
    return on_air == 1 && made && made->body == "PageNum=2" ? 0 : 1;
}
