// SPDX-License-Identifier: MIT
// Reads the signature vectors that lie beside this file.
// Source: tests/vectors/*.json; each vector names its own source.
// Data flow: environment variable RESTARTCASTER_VECTORS, else definition RESTARTCASTER_VECTORS_DIR, else the
// folder
//   of this file; a missing file is a failure.
#ifndef RESTARTCASTER_TESTS_VECTORS_VECTORS_HPP
#define RESTARTCASTER_TESTS_VECTORS_VECTORS_HPP

#include "../catch.hpp"
#include "../reference.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace vectors {

inline std::filesystem::path folder() {
    if (char const* const named = std::getenv("RESTARTCASTER_VECTORS")) return named;
#ifdef RESTARTCASTER_VECTORS_DIR
    return RESTARTCASTER_VECTORS_DIR;
#else
    return std::filesystem::path(__FILE__).parent_path();
#endif
}

inline nlohmann::json read(char const* name) {
    std::ifstream file(folder() / name, std::ios::binary);
    if (!file) FAIL("cannot read " << (folder() / name).string());
    return nlohmann::json::parse(file);
}

/// One request, stage by stage.
struct rpc {
    std::string name, method, access_key_id, secret;
    reference::parameters params;
    std::string canonical_query, string_to_sign, signature, url_query, form_body, transport;

    [[nodiscard]] std::string param(std::string const& wanted) const {
        for (auto const& [one, value] : params)
            if (one == wanted) return value;
        return {};
    }
    [[nodiscard]] bool has(std::string const& wanted) const {
        return std::any_of(params.begin(), params.end(),
                           [&](auto const& one) { return one.first == wanted; });
    }
};

inline reference::parameters parameters_of(nlohmann::json const& object) {
    reference::parameters out;
    for (auto const& [name, value] : object.items())
        out.emplace_back(name, value.get<std::string>());
    return out;
}

inline std::vector<rpc> rpc_1_0() {
    std::vector<rpc> out;
    for (nlohmann::json const& one : read("rpc-1.0.json")) {
        auto const text = [&one](char const* field) { return one.at(field).get<std::string>(); };
        out.push_back({text("name"), text("method"), text("access_key_id"), text("secret"),
                       parameters_of(one.at("params")), text("canonical_query"), text("string_to_sign"),
                       text("signature"), text("url_query"), text("form_body"), text("transport")});
    }
    REQUIRE(out.size() >= 36);
    return out;
}

/// One request under ACS3-HMAC-SHA256, stage by stage.
struct acs3 {
    std::string name, method, access_key_id, secret;
    reference::parameters query, headers;
    std::string body, hashed_payload, canonical_query, canonical_headers, signed_headers, canonical_request,
        string_to_sign, signature, authorization;
};

inline std::vector<acs3> acs3_hmac_sha256() {
    std::vector<acs3> out;
    for (nlohmann::json const& one : read("acs3.json")) {
        auto const text = [&one](char const* field) { return one.at(field).get<std::string>(); };
        out.push_back({text("name"), text("method"), text("access_key_id"), text("secret"),
                       parameters_of(one.at("query_params")), parameters_of(one.at("headers")), text("body"),
                       text("hashed_payload"), text("canonical_query"), text("canonical_headers"),
                       text("signed_headers"), text("canonical_request"), text("string_to_sign"),
                       text("signature"), text("authorization")});
    }
    REQUIRE(out.size() >= 14);
    return out;
}

struct hmac {
    std::string name, key, message, expected;
};

inline std::vector<hmac> hmac_sha1() {
    std::vector<hmac> out;
    for (nlohmann::json const& one : read("hmac-sha1.json"))
        out.push_back({one.at("name").get<std::string>(), one.at("key").get<std::string>(),
                       one.at("message").get<std::string>(), one.at("expected").get<std::string>()});
    REQUIRE(out.size() >= 6);
    return out;
}

} // namespace vectors

#endif
