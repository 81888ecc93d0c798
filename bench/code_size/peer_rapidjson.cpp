// SPDX-License-Identifier: MIT
// A peer: the request id of a JSON answer, read with rapidjson.
#include "outside.hpp"

#include <rapidjson/document.h>

int main() {
    outside const& w = world();
    rapidjson::Document document;
    document.Parse(w.room.data(), w.room.size());
    if (document.HasParseError() || !document.IsObject()) return 1;
    auto const found = document.FindMember("RequestId");
    if (found == document.MemberEnd() || !found->value.IsString()) return 2;
    std::string_view const request_id{found->value.GetString(), found->value.GetStringLength()};
    keep(request_id);
}
