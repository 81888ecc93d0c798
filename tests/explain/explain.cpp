// SPDX-License-Identifier: MIT
// Explanations of our own calls, of cut and hostile answers, of secrets, and of refusals that are not about a
// signature.
#include <restartcaster/explain/explain.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include "catch.hpp"
#include "corpora.hpp"
#include "signer.hpp"

#include <memory>
#include <span>

namespace rc = restartcaster;
using rc::mismatch;
using signer::request;

namespace {

constexpr std::string_view key_id = "LTAI5tExampleKeyId01", secret = "Zx8Secret9Qw7Er5Ty3Ui1Op0";
constexpr std::int64_t when_utc = 1795368979; // 2026-11-22T17:36:19Z

/// The service's text for this program's own call of restart_caster, written by the test's own signer.
request received_rpc_v1(std::string const& caster_id) {
    request out = signer::rpc_v1();
    request::drop(out.parameters, "Name");
    out.parameter("CasterId") = caster_id;
    return out;
}
request received_acs3(std::string const& caster_id, std::string const& token = {}) {
    request out = signer::acs3("POST", true);
    out.parameters = {{"CasterId", caster_id}};
    out.body_hash = reference::sha256(out.query());
    out.header("x-acs-content-sha256") = out.body_hash;
    if (!token.empty()) out.add_header("x-acs-security-token", token);
    return out;
}

template <class Scheme>
rc::explanation explained(std::string const& caster_id, request const& received, std::string_view token = {}) {
    rc::signing_key<Scheme> const key({.access_key_id = key_id, .access_key_secret = secret, .security_token = token});
    std::string const message = signer::message_of(received);
    auto const out = rc::explain(rc::restart_caster{.caster_id = caster_id}, key,
                                 {.utc_seconds = when_utc, .nonce = "c2fe8fbb-2977-4414-8d39-348d02419c1c"},
                                 rc::service_text_of(message));
    REQUIRE(out);
    return *out;
}

std::string sentence(rc::explanation const& e) {
    reference::text_sink sink;
    rc::describe(sink, e);
    return sink.text;
}

rc::explanation explained_text(std::string const& ours, std::string answer) {
    return rc::explain(std::string_view(ours), rc::service_text_in(std::span<char>(answer)));
}

} // namespace

TEST_CASE("a call of this library is compared while it is written, in both schemes") {
    std::string const id = "80787064-1c94-4dc1-85ce-9409960a1234";
    CHECK(explained<rc::rpc_v1>(id, received_rpc_v1(id)).cause == mismatch::secret);
    CHECK(explained<rc::acs3>(id, received_acs3(id)).cause == mismatch::secret);

    request added = received_rpc_v1(id);
    added.add("utm", "1");
    auto const utm = explained<rc::rpc_v1>(id, added);
    CHECK(utm.cause == mismatch::parameter_added);
    CHECK(utm.name.view() == "utm");
    CHECK(utm.theirs.view() == "1");
    CHECK(utm.further == 0);
    CHECK(sentence(utm) != sentence(explained<rc::rpc_v1>(id, received_rpc_v1(id))));
    CHECK(sentence(utm).find("utm") != std::string::npos);

    request host = received_acs3(id);
    host.header("host") = "proxy.example:8080";
    auto const changed = explained<rc::acs3>(id, host);
    CHECK(changed.cause == mismatch::header_changed);
    CHECK(changed.name.view() == "host");
    CHECK(changed.ours_byte == 'l');
    CHECK(changed.theirs_byte == 'p');

    // Only the hash of the service's canonical request is known.
    rc::signing_key<rc::acs3> const key({.access_key_id = key_id, .access_key_secret = secret});
    std::string const message =
        "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n" +
        std::string(64, 'a') + "]";
    auto const hash = rc::explain(rc::restart_caster{.caster_id = id}, key, {.utc_seconds = when_utc, .nonce = "n"},
                                  rc::service_text_of(message));
    REQUIRE(hash);
    CHECK(hash->cause == mismatch::value_changed);
    CHECK(hash->name.view() == "canonical request");
}

TEST_CASE("a difference is found at every offset of a long value, on every page of the rebuilt text") {
    std::string id(700, 'x');
    for (std::size_t i = 0; i != id.size(); i += 7) id[i] = '/';
    for (std::size_t at = 0; at < id.size(); at += at < 40 ? 1 : 23) {
        std::string arrived = id;
        arrived[at] = 'y';
        auto const out = explained<rc::rpc_v1>(id, received_rpc_v1(arrived));
        CHECK(out.cause == mismatch::value_changed);
        CHECK(out.name.view() == "CasterId");
        CHECK(out.offset == at);
        CHECK(out.ours_byte == id[at]);
        CHECK(out.theirs_byte == 'y');
        REQUIRE(out.theirs_mark < out.theirs.view().size());
        CHECK(out.theirs.view()[out.theirs_mark] == 'y');
        CHECK(out.ours.view()[out.ours_mark] == (id[at] == '/' ? '%' : 'x'));
        CHECK(out.further == 0);
        CHECK(explained<rc::acs3>(id, received_acs3(arrived)).cause == mismatch::body_changed);
    }
}

TEST_CASE("every prefix of an answer has the cause of the whole answer, or is cut") {
    request const good = signer::rpc_v1();
    struct change {
        std::function<void(request&)> make;
        mismatch cause;
    } const changes[] = {{[](request&) {}, mismatch::secret},
                         {[](request& r) { r.parameter("Name") = "pl+in"; }, mismatch::value_changed},
                         {[](request& r) { r.add("utm", "1"); }, mismatch::parameter_added},
                         {[](request& r) { request::drop(r.parameters, "CasterId"); }, mismatch::parameter_missing}};
    for (auto const& [make, cause] : changes)
        for (auto const wrap :
             {+[](std::string const& m) { return m; }, +[](std::string const& m) { return signer::in_json(m); },
              +[](std::string const& m) { return signer::in_careful_json(m); },
              +[](std::string const& m) { return signer::in_xml(m); },
              +[](std::string const& m) { return signer::in_json_log(m); }}) {
            request received = good;
            make(received);
            std::string const answer = wrap(signer::message_of(received));
            std::string const text = good.text();
            unsigned whole = 0;
            for (std::size_t size = 0; size <= answer.size(); ++size) {
                // In a buffer of exactly this size, so that a sanitizer sees a read beyond it.
                std::unique_ptr<char[]> const bytes(new char[size]);
                std::copy_n(answer.data(), size, bytes.get());
                auto const theirs = rc::service_text_in(std::span<char>(bytes.get(), size));
                auto const out = rc::explain(std::string_view(text), theirs);
                INFO(answer.substr(0, size) << "\n" << sentence(out) << theirs.string_to_sign << '|');
                // A message alone does not show that it was cut behind our whole text.
                bool const equal = theirs.string_to_sign == text && !theirs.cut;
                CHECK((out.cause == cause || out.cause == mismatch::cut || equal));
                if (out.cause == cause) ++whole;
                if (!theirs.found()) CHECK(out.cause == mismatch::cut);
            }
            CHECK(whole != 0);
        }
    request const canonical = signer::acs3();
    std::string const message = signer::in_json(signer::message_of(canonical)), text = canonical.text();
    for (std::size_t size = 0; size <= message.size(); ++size) {
        std::string part = message.substr(0, size);
        auto const out = rc::explain(std::string_view(text), rc::service_text_in(std::span<char>(part)));
        INFO(message.substr(0, size) << "\n" << sentence(out));
        CHECK((out.cause == mismatch::secret || out.cause == mismatch::cut));
    }
}

TEST_CASE("a text that a length limit cut off has no difference") {
    std::string const text = signer::rpc_v1().text();
    for (char const* mark : {"...", "\xE2\x80\xA6", "[truncated]", ""})
        for (std::size_t size = 20; size < text.size() - 1; size += 13) {
            INFO(size << mark);
            CHECK(explained_text(text, "server string to sign is:" + text.substr(0, size) + mark).cause ==
                  mismatch::cut);
        }
}

TEST_CASE("no secret, token, signature or whole key id is in an explanation") {
    std::string const token = "CAIS6AF1q6Ft5B2yfSjIr5DfLu7biatEgfaNSF7UsnEHT8NKmP3shDz2";
    auto const hidden = [&](rc::explanation const& e, std::string const& canary) {
        std::string const words = sentence(e);
        for (std::string_view const shown : {e.name.view(), e.ours.view(), e.theirs.view(), std::string_view(words)})
            for (std::size_t at = 0; at + 8 <= canary.size(); ++at)
                if (shown.find(canary.substr(at, 8)) != shown.npos) return false;
        return true;
    };
    // The token differs, in both schemes.
    std::string other_token = token;
    other_token[20] = '-';
    auto const in_header = explained<rc::acs3>("c1", received_acs3("c1", other_token), token);
    CHECK(in_header.cause == mismatch::header_changed);
    CHECK(in_header.name.view() == "x-acs-security-token");
    CHECK(in_header.left_out);
    CHECK(in_header.ours_byte == -1);
    CHECK(in_header.theirs_byte == -1);
    CHECK(hidden(in_header, token));
    request with_token = received_rpc_v1("c1");
    with_token.add("SecurityToken", other_token);
    auto const in_query = explained<rc::rpc_v1>("c1", with_token, token);
    CHECK(in_query.name.view() == "SecurityToken");
    CHECK(hidden(in_query, token));
    // The token is missing, or the only difference.
    CHECK(hidden(explained<rc::rpc_v1>("c1", received_rpc_v1("c1"), token), token));

    // The key id differs.
    request other_key = received_rpc_v1("c1");
    other_key.parameter("AccessKeyId") = "LTAI5tExampleKeyId02";
    auto const of_key = explained<rc::rpc_v1>("c1", other_key);
    CHECK(of_key.ours.view() == "LTAI...");
    CHECK(hidden(of_key, std::string(key_id)));
    // The key id stands beside a separator that is not encoded.
    request bare = signer::rpc_v1();
    request const correct = bare;
    bare.encode_query = [](std::string const& t) { return signer::replaced(reference::percent(t), "%26", "&"); };
    auto const separator = explained_text(bare.text(), signer::message_of(correct));
    CHECK(separator.cause == mismatch::not_encoded);
    CHECK(hidden(separator, std::string(key_id)));
    // The secret was written into another parameter, or sent by its name.
    request misplaced = signer::rpc_v1();
    misplaced.parameter("CasterId") = secret;
    CHECK(hidden(explained_text(correct.text(), signer::message_of(misplaced)), std::string(secret)));
    for (char const* name : {"AccessKeySecret", "Signature", "MasterUserPassword"}) {
        request sent = signer::rpc_v1();
        sent.add(name, std::string(secret));
        auto const out = explained_text(correct.text(), signer::message_of(sent));
        CHECK(out.name.view() == name);
        CHECK(out.theirs.view() == "[...]");
        CHECK(hidden(out, std::string(secret)));
    }
}

TEST_CASE("results are printable, whatever the texts contain") {
    std::string hostile = "POST&%2F&A%3D";
    for (int c = 0; c != 256; ++c) hostile += static_cast<char>(c);
    for (std::string const& tail : {hostile, std::string(300, '%'), std::string(2000, '&'), std::string(300, '=')}) {
        auto const out = explained_text(signer::rpc_v1().text(), "server string to sign is:POST&%2F&A" + tail);
        for (std::string_view const shown : {out.name.view(), out.ours.view(), out.theirs.view()})
            for (char const c : shown) CHECK((c > ' ' && c < '\x7F'));
    }
}

TEST_CASE("many parameters in another order are explained in bounded time") {
    request ours = signer::rpc_v1(), theirs = ours;
    for (int i = 0; i != 3000; ++i) {
        ours.parameters.emplace_back("z" + std::to_string(i), "1");
        theirs.parameters.emplace_back("z" + std::to_string(2999 - i), "1");
    }
    CHECK(explained_text(ours.text(), signer::message_of(theirs)).cause == mismatch::order);
}

TEST_CASE("the signature that was sent shows whether the key or its suffix is wrong") {
    request const sent = signer::rpc_v1(), sent_3 = signer::acs3();
    std::string const hash = "ACS3-HMAC-SHA256\n" + reference::sha256(sent_3.text()), id(secret);
    struct {
        request const& what;
        std::string signature;
        mismatch cause;
        bool fits;
    } const cases[] = {
        {sent, reference::base64(reference::hmac_sha1(id + "&", sent.text())), mismatch::secret, true},
        {sent, reference::base64(reference::hmac_sha1(id, sent.text())), mismatch::key_suffix, false},
        {sent, reference::base64(reference::hmac_sha1("another&", sent.text())), mismatch::secret, false},
        {sent_3, reference::hmac_sha256(id, hash), mismatch::secret, true},
        {sent_3, reference::hmac_sha256(id + "&", hash), mismatch::key_suffix, false},
        {sent_3, reference::hmac_sha256("another", hash), mismatch::secret, false},
    };
    for (auto const& one : cases) {
        std::string message = signer::message_of(one.what);
        auto const theirs = rc::service_text_of(message);
        auto out = rc::explain(std::string_view(one.what.text()), theirs);
        rc::check_signature(out, secret, theirs, one.signature);
        CHECK(out.cause == one.cause);
        CHECK(out.signature_fits == one.fits);
        CHECK(sentence(out).find(one.signature) == std::string::npos);
    }
}

TEST_CASE("the signature that was sent is found in the request of each scheme") {
    request const received[] = {received_rpc_v1("c1"), received_acs3("c1")};
    std::string const hashed = "ACS3-HMAC-SHA256\n" + reference::sha256(received[1].text()), id(secret);
    std::string const base = reference::percent(reference::base64(reference::hmac_sha1(id + "&", received[0].text())));
    std::string const sent[] = {"A=1&Signature=" + base,
                                "SignedHeaders=host,Signature=" + reference::hmac_sha256(id, hashed)};
    rc::stamp const when{.utc_seconds = when_utc, .nonce = "c2fe8fbb-2977-4414-8d39-348d02419c1c"};
    for (std::size_t i = 0; i != 2; ++i) {
        std::string const message = signer::message_of(received[i]);
        rc::error refused;
        refused.kind = rc::error_kind::refused;
        refused.code = rc::service_code::signature_does_not_match;
        refused.message = message;
        for (bool const fits : {true, false}) {
            refused.sent = fits ? sent[i] : sent[1 - i];
            auto const check = [&](auto const& key) {
                auto const out = rc::explain(rc::restart_caster{.caster_id = "c1"}, key, when, refused);
                REQUIRE(out);
                CHECK(out->cause == mismatch::secret);
                CHECK(out->signature_fits == fits);
            };
            rc::credentials const who{.access_key_id = key_id, .access_key_secret = secret};
            if (i == 0)
                check(rc::signing_key<rc::rpc_v1>(who));
            else
                check(rc::signing_key<rc::acs3>(who));
        }
    }
}

TEST_CASE("a refusal with a misleading code is translated") {
    using rc::other_refusal;
    using rc::service_code;
    auto const clock = rc::explain_refusal(service_code::timestamp_expired, "", "", 8 * 3600 + 20);
    CHECK(clock.cause == mismatch::not_a_mismatch);
    CHECK(clock.other == other_refusal::clock);
    CHECK(sentence(clock).find("8 h 0 min ahead") != std::string::npos);
    CHECK(sentence(clock).find("time zone") != std::string::npos);
    CHECK(sentence(rc::explain_refusal(service_code::timestamp_expired, "", "", -1021)).find("time zone") ==
          std::string::npos);
    CHECK(rc::explain_refusal(service_code::timestamp_malformed, "").other == other_refusal::timestamp);
    CHECK(rc::explain_refusal(service_code::signature_nonce_used, "").other == other_refusal::nonce_used);
    CHECK(rc::explain_refusal(service_code::permission, "").other == other_refusal::permission);
    CHECK(rc::explain_refusal(service_code::other, "").other == other_refusal::none);
    auto const id = rc::explain_refusal(service_code::access_key_not_found, "", "LTAI5t\xE2\x80\x8B" "Example");
    CHECK(id.name.view() == "AccessKeyId");
    CHECK(id.offset == 6);
    CHECK(rc::explain_refusal(service_code::access_key_not_found, "", key_id).name.view().empty());
    auto const header =
        rc::explain_refusal(service_code::signature_does_not_match,
                            "The request signature does not conform to Aliyun standards. The signed header "
                            "x-acs-date was not sent.");
    CHECK(header.other == other_refusal::incomplete);
    CHECK(header.name.view() == "x-acs-date");
}

TEST_CASE("every cause has an identifier and a hint, and no two hints are equal") {
    std::map<std::string, std::string> hints;
    for (unsigned i = 0; i <= static_cast<unsigned>(mismatch::not_a_mismatch); ++i) {
        rc::explanation e;
        e.cause = static_cast<mismatch>(i);
        e.offset = 1;
        CHECK_FALSE(rc::name(e.cause).empty());
        CHECK(hints.emplace(rc::hint(e), rc::name(e.cause)).second);
    }
    for (unsigned i = 1; i <= static_cast<unsigned>(rc::other_refusal::permission); ++i) {
        rc::explanation e;
        e.other = static_cast<rc::other_refusal>(i);
        CHECK(hints.emplace(rc::hint(e), std::to_string(i)).second);
    }
}

TEST_CASE("refusals of the real gateways are read") {
    if (!corpora::present("bodies/json")) return;
    auto const read = [](char const* name) { return corpora::read_file(corpora::root() / "bodies" / name); };
    struct {
        char const* file;
        std::string_view begins, ends;
    } const cases[] = {
        {"json/rpc_signature_does_not_match_sts.json", "POST&%2F&AccessKeyId%3DLTAI", "Version%3D2015-01-09"},
        {"json/rpc_incomplete_signature.json", "GET&%2F&AccessKeyId%3DLTAI", "Version%3D2014-05-26"},
        {"json/rpc_v3_signature_mismatch.json", "ACS3-HMAC-SHA256\n6306ef31", "613831f85"},
        {"xml/rpc_incomplete_signature_cdata.xml", "GET&%2F&AccessKeyId%3DLTAI", "Version%3D2014-05-26"},
        {"xml/oss_signature_does_not_match.xml", "PUT", "PUT"}, // OSS has a signature of its own, with many lines
    };
    for (auto const& one : cases) {
        std::string body = read(one.file);
        auto const theirs = rc::service_text_in(std::span<char>(body));
        INFO(one.file << ": " << theirs.string_to_sign);
        CHECK(theirs.string_to_sign.starts_with(one.begins));
        CHECK(theirs.string_to_sign.ends_with(one.ends));
        CHECK_FALSE(theirs.cut);
    }
    std::string brief = read("json/rpc_signature_does_not_match_short.json");
    CHECK_FALSE(rc::service_text_in(std::span<char>(brief)).found());
}
