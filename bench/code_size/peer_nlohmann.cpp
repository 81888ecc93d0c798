// SPDX-License-Identifier: MIT
// A peer: the request id of a JSON answer, read with nlohmann/json.
#include "outside.hpp"

#include <nlohmann/json.hpp>

int main() {
    outside const& w = world();
    auto const document = nlohmann::json::parse(w.room.begin(), w.room.end(), nullptr, false);
    if (!document.is_object()) return 1;
    auto const found = document.find("RequestId");
    if (found == document.end() || !found->is_string()) return 2;
    std::string_view const request_id = found->get_ref<std::string const&>();
    keep(request_id);
}
