// SPDX-License-Identifier: MIT
// Any list of parameters, signed by both schemes, beside a model made of std::map and plain loops.
// Source: help documents 50286 and 2593177; reference.hpp, whose hash is OpenSSL's.
// Data flow: one byte of choices, then lines NAME=VALUE or NAME;INDEX;MEMBER=VALUE; what both make of them is the same.
#include "fuzz.hpp"

#include "../reference.hpp"

#include <restartcaster.hpp>

#include <map>

namespace rc = restartcaster;
using fuzz::require;

namespace {

using model = std::map<std::string, std::string>;

constexpr std::size_t most = 12;
constexpr std::string_view key_id = "testid", secret = "testsecret", token = "CAIS+/=token", nonce = "n-1";
constexpr std::int64_t now = 1709020800;

/// Decodes each character and encodes it again: UTF-8 is what comes out as it went in.
bool utf8(std::string_view text) {
    for (std::size_t at = 0; at != text.size();) {
        auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
        unsigned const lead = byte(at);
        std::size_t const length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
        if (length == 0 || at + length > text.size()) return false;
        unsigned point = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t i = 1; i != length; ++i) {
            if (byte(at + i) >> 6 != 2) return false;
            point = point * 64 + (byte(at + i) & 63);
        }
        std::size_t const shortest = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (length != shortest || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
        at += length;
    }
    return true;
}

std::string query(model const& all) {
    std::string out;
    for (auto const& [name, value] : all)
        out += (out.empty() ? "" : "&") + reference::percent(name) + "=" + reference::percent(value);
    return out;
}

struct choices {
    rc::request_options options;
    bool with_token;

    explicit choices(unsigned byte) : with_token((byte & 8) != 0) {
        options.parameters = static_cast<rc::placement>(byte % 3);
        options.answer = (byte & 4) != 0 ? rc::format::xml : rc::format::json;
        if ((byte & 16) != 0) options.to = {"127.0.0.1", rc::url_scheme::http, 8080};
        options.url_limit = 0;
    }
    [[nodiscard]] char const* method() const { return options.parameters == rc::placement::get ? "GET" : "POST"; }
    [[nodiscard]] bool in_body() const { return options.parameters == rc::placement::post_form; }
    [[nodiscard]] rc::credentials credentials() const {
        return {key_id, secret, with_token ? token : std::string_view()};
    }
};

/// Makes the request in exactly the bytes that it needs, after a byte less was refused.
template <class Scheme, class Check>
rc::result<void> make(rc::action const& call, choices const& chosen, Check check) {
    rc::signing_key<Scheme> const key(chosen.credentials());
    rc::stamp const when{.utc_seconds = now, .nonce = nonce};
    auto const size = rc::request_size(call, key, when, chosen.options);
    if (!size) return rc::unexpected(size.error());
    fuzz::exact const small(*size - 1), room(*size);
    auto const refused = rc::make_request(call, key, when, small.span(), chosen.options);
    require(!refused && refused.error().code == rc::errc::storage_too_small && refused.error().detail == *size,
            "a byte too little is refused with the bytes needed");
    auto const made = rc::make_request(call, key, when, room.span(), chosen.options);
    require(made && made->storage_used == *size, "a request fits into the bytes that it needs");
    require(made->url.data()[made->url.size()] == '\0', "a URL ends with a NUL byte");
    check(*made);
    return {};
}

void check_rpc_v1(rc::action const& call, choices const& chosen, model const& own) {
    model all{{"AccessKeyId", std::string(key_id)},
              {"Action", std::string(call.name)},
              {"Format", chosen.options.answer == rc::format::xml ? "XML" : "JSON"},
              {"SignatureMethod", "HMAC-SHA1"},
              {"SignatureNonce", std::string(nonce)},
              {"SignatureVersion", "1.0"},
              {"Timestamp", "2024-02-27T08:00:00Z"},
              {"Version", std::string(call.version)}};
    if (chosen.with_token) all.emplace("SecurityToken", token);
    // The token's name is the scheme's, with a token or without.
    bool clash = own.count("SecurityToken") != 0;
    for (auto const& one : own) clash = !all.insert(one).second || clash;
    auto const outcome = make<rc::rpc_v1>(call, chosen, [&](rc::request const& made) {
        std::string const signed_text = chosen.method() + ("&%2F&" + reference::percent(query(all)));
        std::string const expected =
            query(all) + "&Signature=" +
            reference::percent(reference::base64(reference::hmac_sha1(std::string(secret) + "&", signed_text)));
        require((chosen.in_body() ? made.body : made.target.substr(2)) == expected,
                "version 1.0 is signed as the model signs");
    });
    require(outcome.has_value() == !clash, "a parameter of the signature's own is refused, and no other");
    require(outcome || outcome.error().code == rc::errc::parameter_reserved, "and is said to be reserved");
}

void check_acs3(rc::action const& call, choices const& chosen, model const& own) {
    auto const outcome = make<rc::acs3>(call, chosen, [&](rc::request const& made) {
        std::string const wanted = query(own);
        std::string const body_hash = reference::sha256(chosen.in_body() ? wanted : "");
        model headers{{"host", chosen.options.to.port() == 0 ? "live.aliyuncs.com" : "127.0.0.1:8080"},
                      {"x-acs-action", std::string(call.name)},
                      {"x-acs-content-sha256", body_hash},
                      {"x-acs-date", "2024-02-27T08:00:00Z"},
                      {"x-acs-signature-nonce", std::string(nonce)},
                      {"x-acs-version", std::string(call.version)}};
        if (chosen.in_body()) headers["content-type"] = "application/x-www-form-urlencoded";
        if (chosen.with_token) headers["x-acs-security-token"] = token;
        std::string canonical = std::string(chosen.method()) + "\n/\n" + (chosen.in_body() ? "" : wanted) + "\n", names;
        for (auto const& [name, value] : headers) {
            canonical += name + ":" + value + "\n";
            names += (names.empty() ? "" : ";") + name;
        }
        canonical += "\n" + names + "\n" + body_hash;
        std::string const authorization =
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + names + ",Signature=" +
            reference::hmac_sha256(secret, "ACS3-HMAC-SHA256\n" + reference::sha256(canonical));
        require((chosen.in_body() ? made.body : made.target.substr(2)) == wanted, "the query is the model's");
        model sent;
        for (rc::header const line : made.headers) {
            std::string name(line.name);
            for (char& c : name) c = rc::detail::ascii_lower(c);
            require(sent.emplace(name, line.value).second, "a header is sent once");
        }
        require(sent["authorization"] == authorization, "ACS3 is signed as the model signs");
        for (auto const& [name, value] : headers)
            require(name == "host" || sent[name] == value, "what is signed is sent");
    });
    require(outcome.has_value(), "every parameter can be signed");
}

} // namespace

void fuzz::one_input(std::string_view input) {
    if (input.empty()) return;
    choices const chosen(static_cast<unsigned char>(input[0]));
    input.remove_prefix(1);

    rc::parameter_list<most> list;
    model own;
    while (!input.empty()) {
        std::string_view value = fuzz::take_until(input, '\n');
        std::string_view pieces = fuzz::take_until(value, '=');
        bool const indexed = pieces.find(';') != pieces.npos;
        std::string_view const front = fuzz::take_until(pieces, ';');
        std::uint16_t index = 0;
        for (char const c : fuzz::take_until(pieces, ';'))
            index = static_cast<std::uint16_t>((index * 10u + static_cast<unsigned char>(c) % 10u) & 0xFFFF);
        std::string_view const member = pieces;

        std::string name(front);
        if (indexed) name += "." + std::to_string(index) + (member.empty() ? "" : "." + std::string(member));
        rc::errc wrong{};
        bool good = false;
        if (indexed && index == 0) wrong = rc::errc::parameter_index_out_of_range;
        else if (front.empty()) wrong = rc::errc::parameter_name_empty;
        else if (!utf8(name) || !utf8(value)) wrong = rc::errc::parameter_not_utf8;
        else if (name == "Signature") wrong = rc::errc::parameter_reserved;
        else if (own.count(name) != 0) wrong = rc::errc::parameter_duplicate;
        else if (own.size() == most) wrong = rc::errc::parameters_too_many;
        else good = own.emplace(name, value).second;
        auto const added = !indexed         ? list.append(front, value)
                           : member.empty() ? list.append(front, index, value)
                                            : list.append(front, index, member, value);
        require(added.has_value() == good, "the list takes what the model takes");
        require(good || (added.error().code == wrong && added.error().subject == front), "and says why not");
    }
    std::string const expected = query(own);
    fuzz::exact const room(expected.size());
    rc::buffer_sink sink(room.span());
    rc::canonical_query(sink, list);
    require(sink.fits() && sink.written() == expected, "the canonical query is the model's");

    rc::action const call{.name = "DescribeCasters", .version = "2016-11-01", .parameters = list};
    check_rpc_v1(call, chosen, own);
    check_acs3(call, chosen, own);
}
