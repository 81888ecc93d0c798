// SPDX-License-Identifier: MIT
// Finds the key in the environment.
// Source: keys.hpp; the vendor's variables ALIBABA_CLOUD_ACCESS_KEY_ID, _ACCESS_KEY_SECRET, _SECURITY_TOKEN.
// Data flow: the environment -> credentials.
#include "keys.hpp"

#include <restartcaster/hosted/environment.hpp>

std::optional<rc::failure> find_key(connection_arguments const&, found_key& to) {
    auto const who = rc::environment_credentials();
    if (!who) return who.error();
    to = {*who, "the environment"};
    return {};
}

std::string shortened(std::string_view key_id) {
    // The first four letters are the same for most keys, so the last four tell them apart.
    std::size_t const shown = key_id.size() >= 16 ? 4 : key_id.size() >= 8 ? 2 : 0;
    return std::string(key_id.substr(0, shown)) + "***" + std::string(key_id.substr(key_id.size() - shown));
}
