// SPDX-License-Identifier: MIT
// describe: one line for a person, in which nothing secret stands and nothing that a terminal would obey.
// Source: docs/design.md, "Errors"; corpora/bodies, whose signature refusals repeat the request.
// Data flow: errors made here and read from bodies, into text.
#include "../catch.hpp"
#include "../corpora.hpp"

#include <restartcaster.hpp>

#include <cctype>
#include <cstddef>
#include <cstdio>
#include <set>
#include <string>

namespace rc = restartcaster;
using rc::advice;
using rc::errc;
using rc::error_kind;
using rc::executed;

namespace {

struct string_sink {
    std::string text;
    void append(std::string_view more) { text.append(more); }
};

template <class Problem>
std::string described(Problem const& problem) {
    string_sink sink;
    rc::describe(sink, problem);
    return sink.text;
}

std::string described(int status, std::string body) {
    auto const reply =
        rc::read_reply<rc::restart_caster>({.status = static_cast<std::uint16_t>(status), .body = body});
    REQUIRE_FALSE(reply);
    return described(reply.error());
}

rc::error refusal(std::string_view code, std::string_view message = {}) {
    return {.kind = error_kind::refused, .http_status = 400, .code_text = code, .message = message};
}

// Printable on one line: UTF-8 without controls of either set.
bool is_one_line(std::string const& text) {
    if (!rc::is_utf8(text)) return false;
    for (std::size_t i = 0; i != text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) return false;
        if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false;
    }
    return true;
}

// What a sentence of the library looks like: some ASCII words without a full stop.
void check_sentence(std::string_view sentence) {
    CHECK(sentence.size() > 5);
    CHECK(is_one_line(std::string(sentence)));
    CHECK(sentence.back() != '.');
    CHECK(sentence.back() != ' ');
    CHECK(sentence.front() != ' ');
}

} // namespace

TEST_CASE("every reason, every advice and every outcome has a sentence of its own", "[describe]") {
    std::set<std::string_view> sentences;
    std::size_t count = 0;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(errc::entropy_missing); ++i, ++count) {
        INFO("errc " << i);
        check_sentence(message(static_cast<errc>(i)));
        sentences.insert(message(static_cast<errc>(i)));
    }
    for (std::size_t i = 0; i <= static_cast<std::size_t>(advice::fix_signature); ++i, ++count) {
        INFO("advice " << i);
        check_sentence(message(static_cast<advice>(i)));
        sentences.insert(message(static_cast<advice>(i)));
    }
    for (std::size_t i = 0; i <= static_cast<std::size_t>(executed::yes); ++i, ++count) {
        INFO("executed " << i);
        check_sentence(message(static_cast<executed>(i)));
        sentences.insert(message(static_cast<executed>(i)));
    }
    CHECK(sentences.size() == count);
    // The enumerators named above are the last ones: what lies beyond has no words.
    CHECK(message(static_cast<errc>(static_cast<int>(errc::entropy_missing) + 1)).empty());
    CHECK(message(static_cast<advice>(static_cast<int>(advice::fix_signature) + 1)).empty());
    CHECK(message(static_cast<executed>(static_cast<int>(executed::yes) + 1)).empty());
}

TEST_CASE("a failure names its subject and its number", "[describe]") {
    CHECK(described(rc::failure{.code = errc::parameter_missing, .subject = "BlendList", .element = 12}) ==
          "BlendList element 12: a required value is missing or empty");
    CHECK(described(rc::failure{.code = errc::parameter_missing, .subject = "CasterId"}) ==
          "CasterId: a required value is missing or empty");
    CHECK(described(rc::failure{.code = errc::entropy_missing}) ==
          "the operating system gave no random bytes");
    CHECK(described(rc::failure{.code = errc::storage_too_small, .subject = "request", .detail = 1234}) ==
          "request: the storage is too small (bytes needed: 1234)");
    CHECK(described(rc::failure{.code = errc::url_too_long, .subject = "URL", .detail = 9000}) ==
          "URL: the URL is longer than the limit; send with POST (its bytes: 9000)");
    // As Unicode writes code points: four digits at least, and no zero in front of more. U+202E turns the direction of
    // text, U+E0001 is a tag, U+10FFFF no character at all.
    for (auto const& [character, written] : {std::pair<char32_t, std::string>(0x202E, "U+202E"), {0xE0001, "U+E0001"},
                                             {0x10FFFF, "U+10FFFF"}, {0xA0, "U+00A0"}}) {
        std::string const words =
            described(rc::failure{.code = errc::parameter_invisible_character, .subject = "CasterId", .character = character});
        CAPTURE(words);
        CHECK(words.find(written) != words.npos);
    }
    CHECK(described(rc::failure{.code = errc::unexpected_byte, .detail = 0}) ==
          "a byte that cannot stand here (byte 0)");
    CHECK(described(rc::failure{.code = errc::unexpected_end, .detail = static_cast<std::size_t>(-1)}) ==
          "the body ends too early (byte " + std::to_string(static_cast<std::size_t>(-1)) + ")");
    // Where in the body it was is said of reading alone.
    std::set<errc> const reading{
        errc::unexpected_end,          errc::unexpected_byte,        errc::invalid_utf8,
        errc::nesting_too_deep,        errc::trailing_bytes,         errc::json_invalid_escape,
        errc::json_invalid_number,     errc::xml_doctype_refused,    errc::xml_encoding_refused,
        errc::xml_entity_unknown,      errc::xml_reference_invalid,  errc::xml_tag_mismatched,
        errc::xml_attribute_duplicate, errc::xml_attributes_too_many};
    for (std::size_t i = 0; i <= static_cast<std::size_t>(errc::entropy_missing); ++i) {
        auto const code = static_cast<errc>(i);
        std::string const words = described(rc::failure{.code = code, .detail = 4711});
        INFO(words);
        CHECK((words.find("(byte 4711)") != words.npos) == (reading.count(code) != 0));
        CHECK(is_one_line(words));
    }
}

TEST_CASE("each kind of error says what happened, whether it ran and what to do", "[describe]") {
    CHECK(described(rc::error{.cause = {.code = errc::parameter_blank_end, .subject = "CasterId"}}) ==
          "not sent, CasterId: blanks at an end, perhaps from a copy and paste; remove them. It did not run; "
          "correct "
          "the request; the same call can only fail again.");
    CHECK(described(
              rc::error{.kind = error_kind::not_sent,
                        .what_to_do = advice::try_again,
                        .cause = {.code = errc::not_sent, .subject = "connection refused", .detail = 111}}) ==
          "not sent, connection refused: the request was not sent. It did not run; call again.");
    CHECK(described(rc::error{.kind = error_kind::no_answer,
                              .ran = executed::maybe,
                              .what_to_do = advice::look_first,
                              .http_status = 200,
                              .cause = {.code = errc::no_answer}}) ==
          "no answer, the request was sent and no whole answer came (HTTP 200). It may have run; find out "
          "the present state before you call again.");
    CHECK(described(502, "<html><body>Bad Gateway</body></html>") ==
          "no readable answer, a well-formed body that is no answer to this call (HTTP 502). It may have "
          "run; find out the present state before you call again.");
    CHECK(described(200, R"({"RequestId":)") == "no readable answer, the body ends too early (byte 13) (HTTP "
                                                "200). It may have run; find out the present "
                                                "state before you call again.");
    CHECK(described(400, R"({"Code":"IncorrectCasterStatus.Idle","HostId":"live.aliyuncs.com",)"
                         R"("Message":"not started","RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})") ==
          "refused with IncorrectCasterStatus.Idle: not started (HTTP 400). It did not run; the studio is "
          "idle: call "
          "StartCaster, which starts it. Request id 6EBD1AC4-C34D-4AE1-963E-B688A228BE31");
    CHECK(described(400, R"({"Code":"InvalidNormType.Malformed"})") ==
          "refused with InvalidNormType.Malformed (HTTP 400). It did not run; this kind of studio does "
          "not take this operation.");
    rc::error throttled = refusal("Throttling.User");
    throttled.what_to_do = advice::wait;
    throttled.retry_after_ms = 1500;
    CHECK(described(throttled) ==
          "refused with Throttling.User (HTTP 400). It did not run; wait, then call again "
          "(after 1500 ms).");
    throttled.retry_after_ms = 1;
    CHECK(described(throttled).ends_with("call again (after 1 ms)."));
    CHECK(described(rc::error{.ran = executed::yes}).find("It ran; ") != std::string::npos);
}

#if !RESTARTCASTER_SMALL
TEST_CASE("an error that names its operation speaks of it and of its permission", "[describe]") {
    rc::error const refused{.kind = rc::error_kind::refused,
                            .ran = rc::executed::no,
                            .what_to_do = rc::advice::ask_permission,
                            .http_status = 403,
                            .code_text = "Forbidden.RAM",
                            .action = "DescribeCasterStreamUrl",
                            .permission = "live:DescribeCasterStreamUrl"};
    CHECK(described(refused) == "refused with Forbidden.RAM (HTTP 403). DescribeCasterStreamUrl did not run; ask the "
                                "account's owner for the permission live:DescribeCasterStreamUrl.");
    rc::error lost{.kind = rc::error_kind::no_answer,
                   .ran = rc::executed::maybe,
                   .what_to_do = rc::advice::look_first,
                   .cause = {.code = errc::no_answer},
                   .action = "StopCaster"};
    CHECK(described(lost) == "no answer, the request was sent and no whole answer came. StopCaster may have run; find out "
                             "the present state before you call again.");
    lost.action = "a\nb";
    CHECK(described(lost).find("a?b may have run") != std::string::npos);
}
#endif

TEST_CASE("text of the service is cut after 200 bytes, never inside a character", "[describe]") {
    for (std::size_t size : {0u, 1u, 199u, 200u, 201u, 1000u, 200000u}) {
        INFO(size);
        std::string const words = described(refusal("C", std::string(size, 'x')));
        std::string const shown = size == 0 ? "" : ": " + std::string(std::min<std::size_t>(size, 200), 'x');
        CHECK(words ==
              "refused with C" + shown + (size > 200 ? "..." : "") +
                  " (HTTP 400). It did not run; correct the request; the same call can only fail again.");
    }
    // U+00E9, U+7B7E and U+1F600 across the border, at every offset
    for (std::string const character : {"\xC3\xA9", "\xE7\xAD\xBE", "\xF0\x9F\x98\x80"}) {
        for (std::size_t before = 196; before <= 201; ++before) {
            INFO(before << " bytes before a character of " << character.size());
            std::string const words = described(refusal("C", std::string(before, 'x') + character + "end"));
            CHECK(is_one_line(words));
            bool const fits = before + character.size() <= 200;
            CHECK((words.find(character) != words.npos) == fits);
            CHECK(words.find("...") != words.npos);
            CHECK(words.find("end") == words.npos);
        }
    }
    // every text of the service, not the message alone
    std::string const bytes(300, 'y');
    rc::error long_all = refusal(bytes);
    long_all.request_id = bytes;
    std::string const words = described(long_all);
    CHECK(words.find(std::string(200, 'y') + "...") != words.npos);
    CHECK(words.find(std::string(201, 'y')) == words.npos);
}

TEST_CASE("no control character and no broken character reaches the line", "[describe]") {
    std::string all = "a";
    for (int c = 0; c != 256; ++c)
        all += static_cast<char>(c);
    CHECK(is_one_line(described(refusal(all, all))));
    for (int c = 0; c != 0x20; ++c) {
        std::string const words = described(refusal("C", std::string("a") + static_cast<char>(c) + "b"));
        INFO(c);
        CHECK(words.find("a?b") != words.npos);
    }
    CHECK(described(refusal("C", "a\x7F"
                                 "b"))
              .find("a?b") != std::string::npos);
    for (int c = 0x80; c != 0xA0; ++c) // C1, among it the one-byte form of "escape ["
        CHECK(described(refusal("C", std::string("a\xC2") + static_cast<char>(c) + "b")).find("a?b") !=
              std::string::npos);
    CHECK(described(refusal("C", "a\xC2\xA0"
                                 "b"))
              .find("a\xC2\xA0"
                    "b") != std::string::npos);
    CHECK(described(refusal("\x1B]0;title\x07", "\x1B[31mred\r\n")).find_first_of("\x1B\x07\r\n") ==
          std::string::npos);
    CHECK(described(400, R"({"Code":"C","Message":"a\u001b[31mb\u009b31mc\n"})").find("a?[31mb?31mc?") !=
          std::string::npos);
}

TEST_CASE("bytes that are no text are cut as well", "[describe]") {
    rc::failure const cause{.code = errc::not_sent, .subject = {}};
    for (std::string const& broken :
         {std::string(100000, '\xFF'), std::string(100000, '\x80'), std::string(100000, '\x01')}) {
        rc::failure named = cause;
        named.subject = broken;
        std::string const words = described(named);
        CHECK(words.size() < 300);
        CHECK(is_one_line(words));
        CHECK(words.find("...") != words.npos);
    }
}

TEST_CASE("a refused signature shows nothing of the request that it repeats", "[describe]") {
    // Form of both generations of the gateway; every secret-like value in them is this word.
    for (std::string const message :
         {"Specified signature is not matched with our calculation. server string to sign "
          "is:POST&%2F&AccessKeyId%3D"
          "CANARY%26Action%3DRestartCaster%26SecurityToken%3DCANARY%26Timestamp%3DCANARY",
          "Specified signature is not matched with our calculation. server string to sign "
          "is:GET&%2F&CasterId%3DCANARY",
          "Specified signature does not match our calculation. server StringToSign is "
          "[ACS3-HMAC-SHA256\\nCANARY]",
          "Specified signature does not match our calculation. server StringToSign is "
          "[ACS3-HMAC-SHA256\\nCANARY] server "
          "CanonicalRequest is [POST\\n/\\nCasterId=CANARY\\nx-acs-security-token:CANARY]",
          "Specified signature is not matched with our calculation. server canonical request is:POST\\n/\\n"
          "CasterId=CANARY\\nx-acs-security-token:CANARY\\n",
          "The request signature does not conform to Aliyun standards. server string to sign "
          "is:GET&%2F&CANARY",
          "Specified SecurityToken CANARY is wrong", "The specified AccessKeyId CANARY is not right",
          "AccessKeyId=CANARY", "ACS3-HMAC-SHA256 Credential=CANARY,SignedHeaders=host,Signature=CANARY",
          "https://live.aliyuncs.com/?Signature=CANARY",
          "CanonicalQueryString CANARY"}) {
        for (std::string const code : {"SignatureDoesNotMatch", "IncompleteSignature"}) {
            std::string const json =
                R"({"Code":")" + code + R"(","Message":")" + message + R"(","RequestId":"r-1"})";
            std::string const words = described(400, json);
            INFO(words);
            CHECK(words.find("CANARY") == words.npos);
            CHECK(words.find("refused with " + code) == 0);
            CHECK(words.find("Request id r-1") != words.npos);
            CHECK(is_one_line(words));
        }
    }
    // The sentence that helps stays.
    CHECK(described(400,
                    R"({"Code":"SignatureDoesNotMatch","Message":"Specified signature is not matched with our )"
                    R"(calculation. server string to sign is:POST&%2F&x"})") ==
          "refused with SignatureDoesNotMatch: Specified signature is not matched with our calculation. server "
          "string to sign is:[...] (HTTP 400). It did not run; check the access key secret.");
}

namespace {

// Tokens, signatures of both schemes, key ids and secrets as they look; made up.
std::string const secrets[]{"CAISqgJ1q6Ft5B2yfSjIr5fDEdvQmKxQ1Yj7Pn8Lw3Zt0Vb9",
                            "STS.NUgYrLnoC37mZZCNnAbez4Zbc",
                            "LTAI5tQ7bW3nX9kRfZ2mVc8D",
                            "Kq7Vx2Rm9Zt4Lp6Wc3Yd8Hn5Bf1Gs0",
                            "KkkQOf0ymKf4yVZLggy6kYiwgFs=",
                            "Pc5WB8gokVn0xfeu/ZV+iNM1dgI=",
                            "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"};

std::string percent(std::string const& text) {
    std::string out;
    for (char const c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' || c == '~') {
            out += c;
        } else {
            char escape[4];
            std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += escape;
        }
    return out;
}
std::string replaced(std::string text, std::string const& what, std::string const& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size()) text.replace(at, what.size(), with);
    return text;
}
std::string in_json(std::string const& text) {
    return replaced(replaced(replaced(replaced(text, "\\", "\\\\"), "\"", "\\\""), "/", "\\/"), "\n", "\\n");
}
std::string in_xml(std::string const& text) {
    return replaced(replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
}
std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}
std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

// Whether a part of a secret that could be of use is still there.
bool shows(std::string const& words, std::string const& secret) {
    for (std::size_t at = 0; at + 7 <= secret.size(); ++at)
        if (words.find(secret.substr(at, 7)) != words.npos) return true;
    return false;
}

} // namespace

TEST_CASE("no spelling of a secret is shown, wherever it stands and however it is escaped", "[describe]") {
    // Where "#" stands, the secret is.
    std::string const spellings[]{
        "SecurityToken=#", "securityToken=#", "X-Acs-Security-Token: #", "x-acs-security-token:#", "security_token = #",
        "\"SecurityToken\":\"#\"", "\"SecurityToken\": \"#\"", "'security-token' => '#'", "STS token #", "security token: #",
        "Specified SecurityToken # is wrong", "the token is #", "signature=#", "Signature=#", "Signature: #", "signature #",
        "\"Signature\":\"#\"", "<SignatureProvided>#</SignatureProvided>", "credential=#", "Credential=#,SignedHeaders=host",
        "Credential: #", "AccessKeySecret=#", "AccessKeySecret: #", "access key secret #", "access_key_secret=#",
        "accessKeyId=#", "OSSAccessKeyId=#&Expires=1", "AccessKeyId: #", "Authorization: ACS3-HMAC-SHA256 Credential=#,"
        "SignedHeaders=host;x-acs-date,Signature=#", "Authorization: acs #", "authorization: Bearer #",
        "https://bucket.oss-cn-shanghai.aliyuncs.com/a.mp4?Expires=1700000000&OSSAccessKeyId=#&Signature=#&x=1",
        "rtmp://live.example.com/app/stream?auth_key=#", "password=#", "<Token>#</Token>", "Signature = [#]",
        "server string to sign is:POST&%2F&AccessKeyId%3D#%26Signature%3D#", "server StringToSign is [ACS3-HMAC-SHA256\n#]",
        "\xE6\x9C\x8D\xE5\x8A\xA1\xE7\xAB\xAF\xE5\xBE\x85\xE7\xAD\xBE\xE5\x90\x8D\xE5\xAD\x97\xE7\xAC\xA6\xE4\xB8\xB2"
        "\xE4\xB8\xBAPOST&%2F&AccessKeyId%3D#%26Action%3DRestartCaster%26SecurityToken%3D#\xEF\xBC\x8C\xE8\xAF\xB7",
        "<StringToSign>GET\n\n\nMon, 02 Feb 2026\nx-mns-version:2015-06-06\nx-mns-security-token:#</StringToSign>",
        "<Error><Code>X</Code><StringToSignBytes>50 4F 53 54</StringToSignBytes><SignatureProvided>#</SignatureProvided>",
        "GET\n/\nCasterId=1\nhost:live.aliyuncs.com\nx-acs-security-token:#\n\nhost", "#", "(#)", "you sent #, which is wrong"};
    using escape = std::string (*)(std::string const&);
    escape const as_it_is = [](std::string const& text) { return text; };
    escape const twice = [](std::string const& text) { return percent(percent(text)); };
    escape const lower_case = [](std::string const& text) { return lower(text); };
    escape const upper_case = [](std::string const& text) { return upper(text); };
    std::size_t count = 0;
    for (std::string const& spelling : spellings)
        for (std::string const& secret : secrets)
            for (escape const value : {as_it_is, static_cast<escape>(percent), twice})
                for (escape const name : {as_it_is, lower_case, upper_case})
                    for (escape const whole : {as_it_is, static_cast<escape>(percent), twice, static_cast<escape>(in_json),
                                               static_cast<escape>(in_xml)})
                        for (std::string const front : {"", "Not right, ", "x"}) {
                            std::string const text =
                                front + whole(replaced(name(spelling), "#", value(secret))) + " and no more";
                            rc::error refused = refusal("Other", text);
                            std::string words = described(refused);
                            refused = refusal(text, "m");
                            words += described(refused);
                            refused = refusal("Other");
                            refused.request_id = text;
                            words += described(refused);
                            words += described(rc::failure{.code = errc::not_sent, .subject = text});
                            ++count;
                            if (!shows(words, secret)) continue;
                            FAIL_CHECK(text << "\n" << words);
                            if (count > 100000) return;
                        }
    CHECK(count > 10000);
}

TEST_CASE("sentences of the service are shown as they are", "[describe]") {
    // Source: the gateway's and ApsaraVideo Live's tables of error codes; answers that were seen.
    for (std::string const sentence :
         {"Specified SecurityToken is expired.", "Specified SecurityToken is malformed.",
          "The specified AccessKeyId is not found", "Specified access key is not found.", "Specified access key is disabled.",
          "Specified signature is not matched with our calculation.", "Specified signature nonce was used already.",
          "Specified signature method is not valid.", "The SecurityToken you provided is invalid.",
          "The security token you provided has expired.", "Specified time stamp or date value is expired.",
          "The input parameter \"SecurityToken\" that is mandatory for processing this request is not supplied.",
          "The input parameter 'AccessKeyId' is missing", "SecurityToken is mandatory for this action.",
          "Cannot find product according to your specified domain.",
          "Specified api is not found,please check your url and method.",
          "Your request is denied as lack of ssl protect.", "Request was denied due to user flow control.",
          "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
          "The request processing has failed due to some unknown error, exception or failure.",
          "The specified caster 80787064-1c94-4dc1-85ce-9409960a1234 does not exist, please check and try again later.",
          "LIVEPRODUCER_POST-cn-0pp1czt1a2b is not started, please check and try again later.",
          "The specified CasterId LIVEPRODUCER_POST-cn-0pp1czt**** is invalid.",
          "https://error-center.aliyun.com/status/search?Keyword=InvalidAccessKeyId.NotFound&source=PopGw",
          "https://api.aliyun.com/troubleshoot?q=InvalidSecurityToken.Expired&product=Live"
          "&requestId=6EBD1AC4-C34D-4AE1-963E-B688A228BE31",
          "See https://help.aliyun.com/zh/live/developer-reference/api-live-2016-11-01-restartcaster for more.",
          "live.ap-southeast-1.aliyuncs.com", "Request id d41d8cd98f00b204e9800998ecf8427e",
          "The SecurityToken expired at 1709020800.", "The user has no permission live:RestartCaster on acs:live:*:1234567890123456:caster/abc.",
          "\xE6\x8C\x87\xE5\xAE\x9A\xE7\x9A\x84\xE7\xAD\xBE\xE5\x90\x8D\xE4\xB8\x8D\xE5\x8C\xB9\xE9\x85\x8D"}) {
        INFO(sentence);
        CHECK(described(refusal("C", sentence)).find("refused with C: " + sentence + " (HTTP 400). ") == 0);
    }
    for (std::string const code : {"InvalidSecurityToken.Expired", "InvalidSecurityToken.MismatchWithAccessKey",
                                   "InvalidAccessKeyId.NotFound", "SignatureDoesNotMatch", "SignatureNonceUsed",
                                   "IncorrectCasterStatus.Idle", "Forbidden.AccessKeyDisabled"})
        CHECK(described(refusal(code)).find("refused with " + code + " (HTTP 400). ") == 0);
}

TEST_CASE("what stands around a secret is shown", "[describe]") {
    auto const shown = [](std::string_view text) {
        string_sink sink;
        rc::append_foreign(sink, text);
        return sink.text;
    };
    CHECK(shown("Specified SecurityToken CAISqgJ1q6Ft5B2yfSjIr5fDEdvQ is wrong") == "Specified SecurityToken [...] is wrong");
    CHECK(shown("Wrong SecurityToken=CAIS5t&x=1, look at it") == "Wrong SecurityToken[...] look at it");
    CHECK(shown("Key LTAI5tQ7bW3nX9kRfZ2mVc8D is disabled.") == "Key [...] is disabled.");
    CHECK(shown("https://live.aliyuncs.com/?Signature=abc was called") == "https://live.aliyuncs.com/?Signature[...] was called");
}

TEST_CASE("what was sent is shown nowhere, however it looks", "[describe]") {
    rc::credentials const from{.access_key_id = "plainwords", .access_key_secret = "s", .security_token = "lowercase/token+plain="};
    auto const check = [&](auto const& key, rc::placement where) {
        char room[4096];
        auto const made = rc::make_request(rc::restart_caster{.caster_id = "studio-1"}, key, {.utc_seconds = 1, .nonce = "n1"},
                                           room, {.parameters = where});
        REQUIRE(made);
        std::string all(room, made->storage_used);
        std::size_t const at = all.rfind("Signature=") + 10;
        std::string const signature = all.substr(at, all.find('\r', at) - at);
        for (std::string const& secret :
             {std::string("plainwords"), std::string("lowercase/token+plain="), std::string("lowercase%2Ftoken%2Bplain%3D"),
              std::string("lowercase\\/token\\u002Bplain="), signature, replaced(signature, "%2F", "/")}) {
            for (std::string const& text : {secret, "you are " + secret + " here", "(" + secret + ")", "x:" + secret + ";"}) {
                std::string const message = "so " + text;
                rc::error refused = refusal("C", message);
                refused.request_id = text;
                string_sink words;
                rc::describe(words, refused, *made);
                INFO(words.text);
                CHECK(words.text.find(secret) == words.text.npos);
                CHECK_FALSE(shows(words.text, secret));
                CHECK(words.text.find("refused with C: so ") == 0);
            }
        }
        rc::error fine = refusal("C", "the studio studio-1 is not there");
        string_sink words;
        rc::describe(words, fine, *made);
        CHECK(words.text.find("the studio studio-1 is not there") != words.text.npos);
    };
    for (auto const where : {rc::placement::get, rc::placement::post_form, rc::placement::post_query}) {
        check(rc::signing_key<rc::rpc_v1>(from), where);
        check(rc::signing_key<rc::acs3>(from), where);
    }
}

TEST_CASE("what helps is said of the credential that was refused", "[describe]") {
    auto const help = [](std::string_view code) {
        std::string const words = described(400, R"({"Code":")" + std::string(code) + R"(","RequestId":"r"})");
        std::size_t const from = words.find("run; ") + 5;
        return words.substr(from, words.find(". Request id", from) - from);
    };
    CHECK(help("InvalidSecurityToken.Expired") == "get a new security token");
    CHECK(help("InvalidAccessKeyId.NotFound") == "check the access key id");
    CHECK(help("SignatureDoesNotMatch") == "check the access key secret");
    CHECK(help("InvalidAccessKeyId.Inactive") == "enable the access key, or use another");
    CHECK(help("Forbidden.AccessKeyDisabled") == "enable the access key, or use another");
}

TEST_CASE("no signature refusal of the corpora shows what it repeats", "[describe]") {
    if (!corpora::present("bodies/json") || !corpora::present("bodies/xml")) return;
    std::size_t repeating = 0;
    for (auto const* set : {"bodies/json", "bodies/xml"}) {
        auto const folder = corpora::root() / set;
        for (corpora::row const& row : corpora::read_tsv(folder / "CASES.tsv")) {
            if (row.at("kind") != "error" || row.at("code").empty()) continue;
            INFO(row.at("file"));
            std::string const body = corpora::read_file(folder / row.at("file"));
            std::string const words = described(400, body);
            CHECK(words.size() < 1100);
            CHECK(is_one_line(words));
            if (body.find("tring to sign") == body.npos && body.find("StringToSign") == body.npos) continue;
            ++repeating;
            for (auto const* shown : {"LTAI", "AccessKeyId", "SignatureNonce", "Timestamp", "GET&", "POST&",
                                      "%2F", "ACS3-HMAC", "6306ef31"})
                CHECK(words.find(shown) == words.npos);
        }
    }
    CHECK(repeating >= 4);
}

TEST_CASE("a description fits a buffer or says how much it needs", "[describe]") {
    rc::storage<64> room;
    rc::buffer_sink sink(room.span());
    rc::error const e = refusal("Throttling", "m");
    rc::describe(sink, e);
    CHECK_FALSE(sink.fits());
    CHECK(sink.needed() == described(e).size());
}

namespace {

constexpr bool is_described_at_compile_time() {
    char bytes[200]{};
    rc::buffer_sink sink(bytes);
    rc::describe(sink, rc::failure{.code = errc::storage_too_small, .subject = "request", .detail = 77});
    return sink.written() == "request: the storage is too small (bytes needed: 77)";
}
static_assert(is_described_at_compile_time());

} // namespace
