// SPDX-License-Identifier: MIT
// Signature 1.0, stage by stage, against the vendor's values and OpenSSL.
#include <restartcaster/sign/rpc_v1.hpp>

#include "catch.hpp"
#include "corpora.hpp"
#include "reference.hpp"
#include "vectors/vectors.hpp"

#include <array>
#include <memory>
#include <string>

namespace rc = restartcaster;

namespace {

struct stages {
    std::string canonical_query, string_to_sign, signature, wire;
};

// The library's own stages. The parameters go in in the order given, or backwards: it must not matter.
stages signed_by_the_library(std::string_view method, std::string_view secret,
                             reference::parameters const& all, bool backwards) {
    auto const list = std::make_unique<rc::parameter_list<64>>();
    for (std::size_t i = 0; i != all.size(); ++i) {
        auto const& [name, value] = all[backwards ? all.size() - 1 - i : i];
        REQUIRE(list->append(name, value));
    }
    rc::signing_key<> const key{{.access_key_id = "id", .access_key_secret = secret}};
    stages out;
    reference::text_sink query, to_sign, wire;
    rc::canonical_query(query, *list);
    rc::rpc_v1::string_to_sign(to_sign, method, *list);
    auto const signature = rc::rpc_v1::signature(key, method, *list);
    out.canonical_query = query.text;
    out.string_to_sign = to_sign.text;
    out.signature.assign(signature.data(), signature.size());
    rc::canonical_query(wire, *list);
    wire.append("&Signature=");
    rc::percent_encode(wire, out.signature);
    out.wire = wire.text;
    return out;
}

// What a query or a form says, each name once; the order is the sender's own affair.
reference::parameters sent(std::string const& text) {
    reference::parameters out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find('&', at), text.size());
        std::string const piece = text.substr(at, end - at);
        std::size_t const equals = piece.find('=');
        out.emplace_back(reference::percent_decoded(piece.substr(0, equals)),
                         reference::percent_decoded(piece.substr(equals + 1)));
        at = end + 1;
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

TEST_CASE("every published and captured request is reached stage by stage") {
    for (vectors::rpc const& v : vectors::rpc_1_0())
        for (bool const backwards : {false, true}) {
            CAPTURE(v.name, backwards);
            stages const ours = signed_by_the_library(v.method, v.secret, v.params, backwards);
            {
                INFO("stage: canonical query");
                CHECK(ours.canonical_query == v.canonical_query);
            }
            {
                INFO("stage: string to sign");
                CHECK(ours.string_to_sign == v.string_to_sign);
            }
            {
                INFO("stage: signature");
                CHECK(ours.signature == v.signature);
            }
            INFO("stage: wire");
            if (v.transport == "split") {
                // A client that puts some parameters in the query and some in the form signs the same set.
                CHECK(sent(ours.wire) == sent(v.url_query + "&" + v.form_body));
            } else {
                CHECK(ours.wire == (v.transport == "form" ? v.form_body : v.url_query));
            }
        }
}

TEST_CASE("the vectors hold the odd cases that they are there for") {
    bool empty_method = false, nul = false, old_spelling = false, token = false, post = false;
    std::vector<std::size_t> secrets;
    for (vectors::rpc const& v : vectors::rpc_1_0()) {
        empty_method = empty_method || v.method.empty();
        old_spelling = old_spelling || v.has("TimeStamp");
        token = token || v.has("SecurityToken");
        post = post || v.method == "POST";
        secrets.push_back(v.secret.size());
        for (auto const& [name, value] : v.params)
            nul = nul || value.find('\0') != std::string::npos;
    }
    CHECK(empty_method);
    CHECK(nul);
    CHECK(old_spelling);
    CHECK(token);
    CHECK(post);
    for (std::size_t const size : {1u, 63u, 100u})
        CHECK(std::count(secrets.begin(), secrets.end(), size) > 0);
}

TEST_CASE("the reference of these tests reaches the same vectors by itself") {
    for (vectors::rpc const& v : vectors::rpc_1_0()) {
        CAPTURE(v.name);
        CHECK(reference::canonical_query(v.params) == v.canonical_query);
        CHECK(reference::string_to_sign(v.method, v.params) == v.string_to_sign);
        CHECK(reference::signature(v.secret, v.string_to_sign) == v.signature);
    }
}

TEST_CASE("secrets of every length around a hash block sign as OpenSSL signs") {
    reference::parameters const all{{"Action", "RestartCaster"}, {"CasterId", "a b"}};
    for (std::size_t size = 1; size != 140; ++size) {
        std::string const secret(size, 's');
        CAPTURE(size);
        CHECK(signed_by_the_library("GET", secret, all, false).signature ==
              reference::signature(secret, reference::string_to_sign("GET", all)));
    }
}

TEST_CASE("values of every length cross the blocks of the hash unharmed") {
    for (std::size_t size = 0; size != 600; ++size) {
        std::string value;
        for (std::size_t i = 0; i != size; ++i)
            value += "abc~ /%\xC3\xA9"
                     "0123456789"[(i + size) % 7];
        reference::parameters const all{{"A", "1"}, {"Value", value}, {"Z", "2"}};
        stages const ours = signed_by_the_library("POST", "testsecret", all, false);
        if (ours.signature != reference::signature("testsecret", reference::string_to_sign("POST", all)))
            FAIL_CHECK("size " << size);
    }
}

TEST_CASE("no parameters at all are signed as an empty query") {
    stages const ours = signed_by_the_library("GET", "testsecret", {}, false);
    CHECK(ours.string_to_sign == "GET&%2F&");
    CHECK(ours.signature == reference::signature("testsecret", "GET&%2F&"));
}

TEST_CASE("the method is signed as it is given, in whatever case") {
    reference::parameters const all{{"A", "1"}};
    for (std::string const method :
         {"", "GET", "get", "DELETE", "a method of any length at all, and then a little more"})
        CHECK(signed_by_the_library(method, "s", all, false).signature ==
              reference::signature("s", reference::string_to_sign(method, all)));
}

TEST_CASE("the string to sign goes into too few bytes not at all beyond them, and says how many it needs") {
    rc::parameter_list<2> list;
    REQUIRE(list.append("CasterId", "a b"));
    reference::text_sink whole;
    rc::rpc_v1::string_to_sign(whole, "GET", list);
    for (std::size_t size = 0; size <= whole.text.size() + 1; ++size) {
        std::vector<char> bytes(size + 8, '\x55');
        rc::buffer_sink sink(std::span<char>(bytes.data(), size));
        rc::rpc_v1::string_to_sign(sink, "GET", list);
        CHECK(sink.needed() == whole.text.size());
        CHECK(sink.fits() == (size >= whole.text.size()));
        CHECK(std::string(bytes.data() + size, 8) == std::string(8, '\x55'));
        if (sink.fits()) CHECK(sink.written() == whole.text);
    }
}

TEST_CASE("the published and generated corpus of requests is reached stage by stage") {
    if (!corpora::present("sign/rpc_v1")) return;
    for (char const* const name : {"published.jsonl", "generated.jsonl"}) {
        std::ifstream file(corpora::root() / "sign/rpc_v1" / name);
        int row = 0;
        for (std::string line; std::getline(file, line); ++row) {
            auto const one = nlohmann::json::parse(line);
            auto const text = [&one](char const* field) { return one.at(field).get<std::string>(); };
            CAPTURE(name, row);
            stages const ours = signed_by_the_library(text("method"), text("access_key_secret"),
                                                      vectors::parameters_of(one.at("params")), row % 2 == 0);
            CHECK(ours.canonical_query == text("canonical_query"));
            CHECK(ours.string_to_sign == text("string_to_sign"));
            CHECK(ours.signature == text("signature"));
            CHECK(ours.wire == text("canonical_query") + "&Signature=" + text("signature_encoded"));
        }
        CHECK(row >= 5);
    }
}

TEST_CASE("the HMAC values of the vendor's own unit tests are reached") {
    if (!corpora::present("sign/rpc_v1")) return;
    std::ifstream file(corpora::root() / "sign/rpc_v1/sdk_hmac.jsonl");
    int row = 0;
    for (std::string line; std::getline(file, line); ++row) {
        auto const one = nlohmann::json::parse(line);
        std::string const message = one.at("message").get<std::string>(),
                          secret = one.at("key").get<std::string>();
        CAPTURE(row);
        rc::hmac_key<rc::sha1> const key(secret);
        auto const made = rc::base64(rc::hmac(key, message));
        CHECK(std::string(made.data(), made.size()) == one.at("hmac_sha1_b64").get<std::string>());
    }
    CHECK(row >= 5);
}

TEST_CASE("constants that the vendor's pages misprint are not reached") {
    if (!corpora::present("sign/rpc_v1")) return;
    std::ifstream file(corpora::root() / "sign/rpc_v1/documentation_errata.jsonl");
    int seen = 0;
    for (std::string line; std::getline(file, line);) {
        auto const one = nlohmann::json::parse(line);
        if (!one.contains("string_to_sign")) continue;
        rc::signing_key<> const key{{.access_key_id = "testid", .access_key_secret = "testsecret"}};
        auto const made = rc::base64(rc::hmac(key.hmac(), one.at("string_to_sign").get<std::string>()));
        CHECK(std::string(made.data(), made.size()) ==
              one.at("computed_from_that_string").get<std::string>());
        CHECK(std::string(made.data(), made.size()) != one.at("claimed").get<std::string>());
        ++seen;
    }
    CHECK(seen >= 1);
}
