// SPDX-License-Identifier: MIT
// Each rule of an explanation at its border: two short texts that it decides, and the surroundings of a service's text.
// Source: help documents 50286 and 2593177 for the form of the texts; the rules in docs/design.md, "Why a signature was
// refused".
#include <restartcaster/explain/explain.hpp>
#include <restartcaster/operations/restart_caster.hpp>

#include "catch.hpp"
#include "signer.hpp"

#include <span>

namespace rc = restartcaster;
using rc::mismatch;

namespace {

std::string of_query(std::string const& encoded_once) { return "GET&%2F&" + reference::percent(encoded_once); }
std::string of_lines(std::string const& headers, std::string const& names,
                     std::string const& hash = std::string(64, 'a')) {
    return "POST\n/\nq=1\n" + headers + "\n" + names + "\n" + hash;
}

struct pair_of_texts {
    char const* title;
    std::string ours, theirs;
    mismatch cause;
    std::string name;
    std::size_t offset = 0;
    bool cut = false;
};

rc::explanation told(pair_of_texts const& one) {
    bool const canonical = one.theirs.find('\n') != std::string::npos;
    rc::service_text const theirs{.string_to_sign = canonical ? std::string_view() : one.theirs,
                                  .canonical_request = canonical ? one.theirs : std::string_view(),
                                  .cut = one.cut};
    return rc::explain(std::string_view(one.ours), theirs);
}
std::string words_of(rc::explanation const& e) {
    reference::text_sink sink;
    rc::describe(sink, e);
    return sink.text;
}

} // namespace

TEST_CASE("each rule decides at its border") {
    std::string const whole = of_query("A=1&Version=1"), lines = of_lines("host:h\n", "host");
    pair_of_texts const all[] = {
        // theirs ends early
        {"the mark of a length limit", whole, whole.substr(0, 12) + "\xE2\x80\xA6", mismatch::cut, "", 12},
        {"another mark", whole, whole.substr(0, 12) + "[truncated]", mismatch::cut, "", 12},
        {"32 bytes are a mark", of_query("A=1&Version=1"), of_query("A=") + "..." + std::string(29, 'x'), mismatch::cut,
         "", 12},
        {"33 bytes are a value", of_query("A=1&Version=1"), of_query("A=") + "..." + std::string(30, 'x'),
         mismatch::value_changed, "A"},
        {"a last parameter is missing", whole + "%26Zed%3D1", whole, mismatch::parameter_missing, "Zed"},
        {"it may have been cut off", whole + "%26Zed%3D1", whole, mismatch::cut, "", whole.size(), true},
        {"without Version it was cut off", of_query("A=1&B=2"), of_query("A=1"), mismatch::cut, "", 13},
        {"inside the last value", of_query("A=1&Version=12"), whole, mismatch::cut, "", whole.size()},
        {"behind a whole hash", lines + "b", lines, mismatch::body_changed, "x-acs-content-sha256", 64},
        {"behind a whole hash, cut", lines + "b", lines, mismatch::cut, "", lines.size(), true},
        {"inside a hash", lines, lines.substr(0, lines.size() - 1), mismatch::cut, "", lines.size() - 1},
        // one character in two encodings
        {"'&' in a value, and a parameter's end", of_query("A=a%26b&Version=1"), of_query("A=a&b&Version=1"),
         mismatch::value_changed, "A", 1},
        {"a digit of an escape is escaped", "GET&%2F&A%3D%25%32F%26Version%3D1", of_query("A=%2F&Version=1"),
         mismatch::encoded_needlessly, "A"},
        {"a space that arrives as '+'", of_query("A=%20&Version=1"), of_query("A=%2B&Version=1"),
         mismatch::plus_for_space, "A"},
        {"a '+' that arrives as a comma", of_query("A=%2B&Version=1"), of_query("A=%2C&Version=1"),
         mismatch::value_changed, "A"},
        {"a '%' that is no escape", of_query("A=%zz&Version=1"), of_query("A=x&Version=1"), mismatch::value_changed,
         "A"},
        {"an escaped '%' beside a letter", of_query("A=%25zz&Version=1"), of_query("A=x&Version=1"),
         mismatch::value_changed, "A"},
        {"'=' behind the first name", "GET&%2F&A=8078706400000000000000&Version=1",
         of_query("A=8078706400000000000000&Version=1"), mismatch::not_encoded, "query", 1},
        {"an outer escape in lower case", "GET&%2F&A%3d1%26Version%3D1", whole, mismatch::lower_case_hex, "query", 1},
        // values
        {"another path than '/'", "GET&/&A%3D1%26Version%3D1", "GET&%2Fx&A%3D1%26Version%3D1", mismatch::path, "path",
         0},
        {"the old spelling of the time", of_query("TimeStamp=1&Version=1"), of_query("TimeStamp=2&Version=1"),
         mismatch::time, "TimeStamp"},
        {"theirs is not UTF-8", of_query("A=e&Version=1"), of_query("A=%E9&Version=1"), mismatch::not_utf8, "A"},
        {"U+FFFD for a letter", of_query("A=e&Version=1"), of_query("A=%EF%BF%BD&Version=1"), mismatch::value_changed,
         "A"},
        {"a name lacks in the list", of_lines("host:h\nx-acs-a:1\n", "host"),
         of_lines("host:h\nx-acs-a:1\n", "host;x-acs-a"), mismatch::header_added, "SignedHeaders", 4},
        {"a name too many in the list", of_lines("host:h\n", "host;x-acs-a"), of_lines("host:h\n", "host"),
         mismatch::header_missing, "SignedHeaders", 4},
        {"names of equal length", of_lines("host:h\n", "hose"), of_lines("host:h\n", "host"), mismatch::order,
         "SignedHeaders", 3},
        // parts
        {"no parameters", "GET&%2F", whole, mismatch::parameter_added, "A"},
        {"no hash", of_lines("host:h\n", "host", ""), lines, mismatch::body_changed, "end"},
        {"no list of headers", lines.substr(0, lines.find("\n\n") + 2), lines, mismatch::value_changed, "end"},
        {"a name that begins as another", of_query("A=1&Version=1"), of_query("AB=1&Version=1"),
         mismatch::parameter_missing, "A"},
        {"the longer name is ours", of_query("AB=1&Version=1"), of_query("A=1&Version=1"), mismatch::parameter_added,
         "A"},
        {"a line end in a name", of_query("Version=1"), of_query("A\nB=1&Version=1"), mismatch::parameter_added, "A?B"},
        {"'=' in a value", of_query("A=1=3&Version=1"), of_query("A=1=2&Version=1"), mismatch::value_changed, "A", 2},
        {"an escape whose first digit is small", "GET&%2F&A%3D%e9%26Version%3D1", "GET&%2F&A%3D%E9%26Version%3D1",
         mismatch::lower_case_hex, "A"},
        {"ours ends with a line end", lines + "\n", lines, mismatch::value_changed, "end"},
        {"ours ends with '&'", whole + "%26", whole, mismatch::value_changed, "end"},
        {"theirs ends with '&'", whole, whole + "%26", mismatch::cut, "", whole.size()},
        {"a parameter whose name is three points", of_query("A=1&V=1"), of_query("...=&A=1&V=1"),
         mismatch::parameter_added, "..."},
        {"and before '&'", lines, "POST\n/\n...=&q=1", mismatch::parameter_added, "..."},
        {"and before a line end", lines, "POST\n/\n...=\nhost:h", mismatch::parameter_added, "..."},
        {"ours is no signed text", "nonsense", whole, mismatch::method, "method"},
    };
    for (auto const& one : all) {
        auto const out = told(one);
        INFO(one.title << "\n" << words_of(out));
        CHECK(rc::name(out.cause) == rc::name(one.cause));
        CHECK(out.name.view() == one.name);
        CHECK(out.offset == one.offset);
    }
}

TEST_CASE("further differences are counted, those of the spelling too") {
    auto const further = [](std::string const& ours, std::string const& theirs) {
        return told({"", ours, theirs, mismatch::secret, ""}).further;
    };
    CHECK(further(of_query("A=1&B=2&Version=1"), of_query("A=2&B=2&Version=1")) == 0);
    CHECK(further(of_query("A=1&B=2&Version=1"), of_query("A=2&B=3&Version=1")) == 1);
    CHECK(further(of_query("A=1&B=2&C=3&Version=1"), of_query("A=2&D=3&Version=1")) == 3);
    CHECK(further("GET&%2F&A%3D1%26B%3D%252f%26Version%3D1", of_query("A=2&B=%2F&Version=1")) == 1);
    CHECK(further("GET&%2F&A%3D1%26B%3d2%26Version%3D1", of_query("A=2&B=2&Version=1")) == 0);
    CHECK(further("GET&%2F&A%3D1%26B%3Da%2fb%26Version%3D1", "GET&%2F&A%3D2%26B%3Da%2Fb%26Version%3D1") == 1);
    CHECK(further(of_lines("host:a\nx-acs-content-sha256:1\n", "host", "1"),
                  of_lines("host:b\nx-acs-content-sha256:2\n", "host", "2")) == 1);
}

TEST_CASE("a value of ours that looks like a secret is left out") {
    auto const out = told({"", of_query("A=Zx8Secret9Qw7Er5Ty3Ui1Op0Zx8Secret9Qw7Er5&Version=1"), of_query("Version=1"),
                           mismatch::secret, ""});
    CHECK(out.cause == mismatch::parameter_missing);
    CHECK(out.left_out);
    CHECK(out.ours.view() == "[...]");
    CHECK(words_of(out).find("left out") != std::string::npos);
}

TEST_CASE("a value under the name of a secret is left out, whatever it looks like") {
    struct {
        char const* name;
        bool shown;
    } const names[] = {{"Signature", false},     {"SecurityToken", false}, {"AccessKeySecret", false},
                       {"DbPassword", false},    {"Passwd", false},        {"Credential", false},
                       {"SSLPrivateKey", false}, {"authorization", false}, {"SignatureMethod", true},
                       {"CasterName", true}};
    for (auto const& [name, shown] : names) {
        std::string const with = "A=1&" + std::string(name) + "=plain&Version=1";
        auto const out = told({"", of_query("A=1&Version=1"), of_query(with), mismatch::secret, ""});
        CHECK(out.name.view() == name);
        CHECK(out.theirs.view() == (shown ? "plain" : "[...]"));
        CHECK(out.left_out != shown);
    }
}

TEST_CASE("a service's text is found in its surroundings, and ends by its own form") {
    std::string const text = of_query("A=1&Version=1"), lines = of_lines("host:[::1]:80\n", "host");
    std::string const is = "server string to sign is:";
    struct {
        std::string answer, string_to_sign, canonical_request;
        bool cut;
    } const cases[] = {
        {is + text + " RequestId: 7B", text, "", false},
        {is + text + ", URL: http://x", text, "", false},
        {is + text + "\xE2\x80\xA6", text, "", true},
        {is + text + "[truncated]", text, "", true},
        {"server StringToSign is [" + text + "] [x]", text, "", false},
        {"server StringToSign is [" + text, text, "", true},
        {"<StringToSign>" + text + "</StringToSign>", text, "", false},
        {"<h1>" + is + text + "</h1>", text, "", false},
        {"say '" + is + text + "' today", text, "", false},
        {"'" + is + text, text, "", true},
        {">" + is + text + "\n", text, "", false},
        {"x[" + is + text + "\n", text, "", false},
        {"a much longer line [" + is + text + "\n", text, "", false},
        {"{\"m\":\"" + is + "POST\\n&\"}", "POST", "", false},
        {"<Message>" + is + signer::replaced(text, "&", "&amp;amp;") + "</Message>", text, "", false},
        {is + signer::replaced(text, "&", "&amp;amp;amp;amp;") + "\n", "GET&amp", "", false}, // more layers than three
        {"\"" + is + signer::replaced(text, "&", "\\\\u0026") + "\"", text, "", false},
        {is + "x-acs \n", "x-acs", "", false},
        {is + "oss\nlines\n", "oss", "", false},
        {is + "[oss\nlines] later", "oss", "", false},
        {is + "[oss lines", "oss lines", "", true},
        {is + "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256", "", false},
        {is + "ACS3-HMAC-SHA256\n12ab and more", "ACS3-HMAC-SHA256\n12ab", "", false},
        {"server CanonicalRequest is [" + lines + "]\n[later]", "", lines, false},
        {"server canonical request is: " + lines + " request id: 7", "", lines, false},
        {"server canonical request is: " + signer::replaced(lines, "\n", "\r\n") + "\r\nlater", "", lines, false},
        {"server CanonicalRequest is [POST\n/\nq=1\nhost:h", "", "POST\n/\nq=1\nhost:h", true},
        {"server CanonicalRequest is [POST\n/", "", "POST\n/", true},
        {is + text + "\n" + is + of_query("B=2"), text, "", false},
        {is + text + "\n" + is + of_query("B=2") + "\n" + is + of_query("C=3"), text, "", false},
        {"\"" + is + "oss\nlines", "oss", "", false},
        {"{>" + is + text, text, "", false},
        {"<StringToSign>", "", "", false},
        {"<Message>x <StringToSign>" + text + "</StringToSign> <CanonicalRequest>" + lines +
             "</CanonicalRequest></Message>",
         text, lines, false},
        {"<![CDATA[" + is + "POST&%2F&A&am", "POST&%2F&A&am", "", true},
        {"\"" + is + text + "\\u00e9", text, "", false},
        {"<Message>server CanonicalRequest is [" + signer::replaced(lines, "\n", "\\n") + "]</Message>", "", lines,
         false},
        {is + "[oss lines] later", "oss lines", "", false},
        {"server CanonicalRequest is [POST\n/\n\nhost:h\n\nhost\nab] later", "", "POST\n/\n\nhost:h\n\nhost\nab",
         false},
        {is + text + "\n" + is + text + "\nserver CanonicalRequest is [" + lines + "]", text, "", false},
        {"\"" + is + "oss\\\"x\" later", "oss\"x", "", false},
        {is, "", "", false},
        {is + "POST&%2F&A\r", "POST&%2F&A", "", false},
        {is + "[\r", "\r", "", true},
    };
    for (auto const& one : cases) {
        std::string answer = one.answer;
        auto const found = rc::service_text_in(std::span<char>(answer));
        INFO(one.answer);
        CHECK(found.string_to_sign == one.string_to_sign);
        CHECK(found.canonical_request == one.canonical_request);
        CHECK(found.cut == one.cut);
        CHECK(found.found() == (!one.string_to_sign.empty() || !one.canonical_request.empty()));
    }
}

TEST_CASE("a refusal of a call is explained from its error") {
    using rc::other_refusal;
    using rc::service_code;
    rc::restart_caster const op{.caster_id = "c1"};
    rc::signing_key<rc::rpc_v1> const key({.access_key_id = "LTAI5tExampleKeyId01", .access_key_secret = "s"});
    rc::signing_key<rc::acs3> const key_3({.access_key_id = "LTAI5tExampleKeyId01", .access_key_secret = "s"});
    rc::stamp const when{.utc_seconds = 1795368979, .nonce = "c2fe8fbb-2977-4414-8d39-348d02419c1c"};
    signer::request request = signer::rpc_v1();
    signer::request::drop(request.parameters, "Name");
    request.parameter("CasterId") = "c1";
    std::string const message = "does not conform to Aliyun standards. server string to sign is:" + request.text();

    rc::error refused;
    CHECK(rc::explain(op, key, when, refused)->other == other_refusal::none);
    refused.kind = rc::error_kind::refused;
    refused.code = service_code::signature_does_not_match;
    refused.code_text = "IncompleteSignature";
    refused.message = message;
    auto const malformed = rc::explain(op, key, when, refused);
    REQUIRE(malformed);
    CHECK(malformed->cause == mismatch::value_changed);
    CHECK(malformed->name.view() == "Signature");
    CHECK(malformed->signature_malformed);
    CHECK(words_of(*malformed).find("%2B") != std::string::npos);
    refused.message = "The signed header x-acs-date";
    auto const header = rc::explain(op, key, when, refused);
    CHECK(header->other == other_refusal::incomplete);
    CHECK(header->name.view() == "x-acs-date");
    CHECK(words_of(*header).find("send it and sign it") != std::string::npos);
    refused.code_text = "SignatureDoesNotMatch";
    refused.message = "brief";
    CHECK(rc::explain(op, key, when, refused)->cause == mismatch::cut);
    CHECK(words_of(*rc::explain(op, key, when, refused)).find("check the access key secret first") !=
          std::string::npos);
    refused.message = message;
    refused.code_text = "SignatureDoesNotMatch";
    CHECK_FALSE(rc::explain(rc::restart_caster{}, key, when, refused)); // a required parameter is empty
    CHECK_FALSE(rc::explain(rc::restart_caster{}, key_3, when, refused));

    std::string const canonical = of_lines("host:h\n", "host");
    CHECK(rc::explain(op, key, when, rc::service_text{.canonical_request = canonical})->cause == mismatch::scheme);
    refused.message = "x";
    reference::text_sink sink;
    rc::describe(sink, refused, *rc::explain(op, key, when, refused));
    CHECK(sink.text.find(" Why the signature did not match: ") != std::string::npos);
}

TEST_CASE("a misleading refusal is translated at the borders of its rules") {
    using rc::other_refusal;
    using rc::service_code;
    auto const malformed = [](std::int64_t ahead_s) {
        return rc::explain_refusal(service_code::timestamp_malformed, "", "", ahead_s).other;
    };
    CHECK(malformed(60) == other_refusal::timestamp);
    CHECK(malformed(-60) == other_refusal::timestamp);
    CHECK(malformed(61) == other_refusal::clock);
    CHECK(malformed(-61) == other_refusal::clock);
    auto const zone = [](std::int64_t ahead_s) {
        return words_of(rc::explain_refusal(service_code::timestamp_expired, "", "", ahead_s)).find("time zone") !=
               std::string::npos;
    };
    CHECK(zone(8 * 3600));
    CHECK(zone(-8 * 3600));
    CHECK(zone(5 * 3600 + 1800 + 60)); // India, and a minute
    CHECK_FALSE(zone(5 * 3600 + 1800 + 61));
    CHECK(zone(1800 - 59));
    CHECK_FALSE(zone(1800 - 60)); // the offsets of time zones begin with 30 minutes
    CHECK_FALSE(zone(15 * 3600)); // and end with 14 hours
    CHECK(rc::explain_refusal(service_code::access_key_not_found, "", "LTAI\xFF").offset == 4);
    auto const incomplete = [](char const* message) {
        return std::string(rc::explain_refusal(service_code::signature_does_not_match, message).name.view());
    };
    CHECK(incomplete("Misses the header Authorization.") == "Authorization");
    CHECK(incomplete("nothing named").empty());
    CHECK(words_of(rc::explain_refusal(service_code::signature_does_not_match, "")).find("was cut") !=
          std::string::npos);
    CHECK(words_of(rc::explain_refusal(service_code::access_key_not_found, "", "LTAI ")).find("copy it again") !=
          std::string::npos);
}

TEST_CASE("the signature that was sent is looked at for equal texts only") {
    rc::service_text const theirs{.string_to_sign = "GET&%2F&A%3D1"};
    rc::explanation e;
    e.cause = mismatch::time;
    rc::check_signature(e, "s", theirs, reference::base64(reference::hmac_sha1("s", "GET&%2F&A%3D1")));
    CHECK(e.cause == mismatch::time);
    e.cause = mismatch::secret;
    rc::check_signature(e, "s", theirs, "");
    CHECK(e.cause == mismatch::secret);
    CHECK_FALSE(e.signature_fits);
}

TEST_CASE("an explanation names two requests and a hash that stands for a request") {
    auto const nonce = told(
        {"", of_query("SignatureNonce=1&Version=1"), of_query("SignatureNonce=2&Version=1"), mismatch::secret, ""});
    CHECK(words_of(nonce).find("two different requests") != std::string::npos);
    auto const hash = rc::explain(std::string_view("ACS3-HMAC-SHA256\nab"),
                                  rc::service_text{.string_to_sign = "ACS3-HMAC-SHA256\ncd"});
    CHECK(hash.name.view() == "canonical request");
    CHECK(words_of(hash).find("only the hash of its own") != std::string::npos);
}
