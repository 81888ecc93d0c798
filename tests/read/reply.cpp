// SPDX-License-Identifier: MIT
// read_reply: what is a success, what is a refusal, what is no answer at all, and what a program is told to
// do. Source: the outcomes in corpora/bodies and corpora/http/bodies, which other people gave; the service's
// and the
//   gateway's error tables, typed out below.
// Data flow: every body in a buffer of exactly its size, whole and cut at every length, read as both kinds of
// reply.
#include "../catch.hpp"
#include "../corpora.hpp"

#include <restartcaster.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rc = restartcaster;
using rc::advice;
using rc::errc;
using rc::error_kind;
using rc::executed;
using rc::service_code;

namespace {

// ---- one body, one answer

struct answer {
    int status = 200;
    std::string body = {};
    std::string content_type = "application/json;charset=utf-8";
    std::string content_encoding = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

// What came of it, out of the buffer that it was read in.
struct outcome {
    bool success = false;
    rc::error error;
    std::string code, message, request_id, host_id, recommend;
    bool body_unchanged = false;
    std::string body = {}; // as it is afterwards
    bool views_inside = true;
};

template <class Operation>
outcome read(answer const& from) {
    // Exactly as long as the body: a sanitizer sees a read past its end.
    std::unique_ptr<char[]> const bytes(new char[from.body.size()]);
    from.body.copy(bytes.get(), from.body.size());
    rc::response response;
    response.status = static_cast<std::uint16_t>(from.status);
    response.body = {bytes.get(), from.body.size()};
    if (!from.content_type.empty()) response.header("Content-Type", from.content_type);
    if (!from.content_encoding.empty()) response.header("Content-Encoding", from.content_encoding);
    for (auto const& [name, value] : from.headers)
        response.header(name, value);

    outcome out;
    auto const keep = [&](std::string_view view) {
        bool const inside =
            view.data() >= bytes.get() && view.data() + view.size() <= bytes.get() + from.body.size();
        out.views_inside = out.views_inside && (view.empty() || inside);
        return std::string(view);
    };
    auto const reply = rc::read_reply<Operation>(response);
    out.success = reply.has_value();
    if (reply) {
        out.request_id = keep(reply->request_id);
    } else {
        out.error = reply.error();
        out.code = keep(reply.error().code_text);
        out.message = keep(reply.error().message);
        out.request_id = keep(reply.error().request_id);
        out.host_id = keep(reply.error().host_id);
        out.recommend = keep(reply.error().recommend);
    }
    out.body.assign(bytes.get(), from.body.size());
    out.body_unchanged = out.body == from.body;
    return out;
}

outcome as_restart(answer const& from) {
    return read<rc::restart_caster>(from);
}
outcome as_action(answer const& from) {
    return read<rc::action>(from);
}

// Nothing of an unreadable body is believed.
bool says_nothing(outcome const& got) {
    return got.code.empty() && got.message.empty() && got.request_id.empty() && got.host_id.empty() &&
           got.recommend.empty();
}

void check_unreadable(answer const& from, outcome const& got) {
    CHECK_FALSE(got.success);
    CHECK(got.error.kind == error_kind::unreadable);
    CHECK(got.error.http_status == from.status);
    CHECK(got.error.ran == executed::maybe);
    CHECK(says_nothing(got));
    CHECK(got.views_inside);
}
void check_unreadable(answer const& from) {
    check_unreadable(from, as_restart(from));
    check_unreadable(from, as_action(from));
}

struct fields {
    std::string code, message, request_id, host_id, recommend;
};

void check_refused(answer const& from, outcome const& got, fields const& expected) {
    CHECK_FALSE(got.success);
    CHECK(got.error.kind == error_kind::refused);
    CHECK(got.error.http_status == from.status);
    CHECK(got.code == expected.code);
    CHECK(got.message == expected.message);
    CHECK(got.request_id == expected.request_id);
    CHECK(got.host_id == expected.host_id);
    CHECK(got.recommend == expected.recommend);
    CHECK(got.views_inside);
}
void check_refused(answer const& from, fields const& expected) {
    check_refused(from, as_restart(from), expected);
    check_refused(from, as_action(from), expected);
}

// A typed reply needs its request id; a body reply is content with a well-formed body, which it leaves alone.
void check_success(answer const& from, std::string const& request_id) {
    outcome const action = as_action(from);
    CHECK(action.success);
    CHECK(action.request_id == request_id);
    CHECK(action.body_unchanged);
    CHECK(action.views_inside);
    outcome const restart = as_restart(from);
    CHECK(restart.success == !request_id.empty());
    CHECK(restart.request_id == request_id);
    if (request_id.empty()) check_unreadable(from, restart);
}

// ---- what the corpora say, by parsers that are not this library's

// Of a JSON document's flat list: the last value under any of these names at the top.
std::string json_field(nlohmann::json const& expected, std::set<std::string> const& pointers) {
    std::string last;
    for (auto const& entry : expected.at("flat"))
        if (pointers.count(entry[0].get<std::string>()) != 0 && entry[2].is_string())
            last = entry[2].get<std::string>();
    return last;
}
fields json_fields(nlohmann::json const& expected) {
    return {json_field(expected, {"/Code", "/code", "/ErrorCode"}),
            json_field(expected, {"/Message", "/message", "/ErrorMessage"}),
            json_field(expected, {"/RequestId", "/requestId"}), json_field(expected, {"/HostId", "/hostId"}),
            json_field(expected, {"/Recommend"})};
}
std::string xml_field(nlohmann::json const& expected, std::string const& name) {
    std::string const path = "/" + expected.at("root").get<std::string>() + "[0]/" + name + "[0]";
    for (auto const& leaf : expected.at("leaves"))
        if (leaf[0] == path) return leaf[1].get<std::string>();
    return {};
}
fields xml_fields(nlohmann::json const& expected) {
    return {xml_field(expected, "Code"), xml_field(expected, "Message"), xml_field(expected, "RequestId"),
            xml_field(expected, "HostId"), xml_field(expected, "Recommend")};
}

std::string cell(corpora::row const& row, char const* name) {
    auto const found = row.find(name);
    return found == row.end() ? std::string() : found->second;
}

int status_of(corpora::row const& row, int otherwise) {
    std::string const text = cell(row, "http_status");
    return text.empty() ? otherwise : std::stoi(text);
}

std::string without_blanks_at_end(std::string text) {
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
        text.pop_back();
    return text;
}

// Every prefix that is not the whole document: an error, with the status, and nothing of the body believed.
void check_prefixes(answer const& whole) {
    // Every prefix of a body up to 2,000 bytes. Reading all prefixes takes time in the square of the length, so that of a
    // longer body as many are read as have 2,000,000 bytes together.
    std::size_t const document = without_blanks_at_end(whole.body).size();
    std::size_t const step = document * document / 4'000'001 + 1;
    answer cut = whole;
    for (std::size_t size = 0; size < document; size += step) {
        cut.body = whole.body.substr(0, size);
        for (outcome const& got : {as_restart(cut), as_action(cut)}) {
            if (!got.success && got.error.kind == error_kind::unreadable &&
                got.error.http_status == cut.status && says_nothing(got))
                continue;
            INFO("cut at " << size << " of " << whole.body.size());
            check_unreadable(cut, got);
        }
    }
}

} // namespace

TEST_CASE("every JSON body of the vendor's services reads as its authors say", "[reply]") {
    if (!corpora::present("bodies/json")) return;
    auto const folder = corpora::root() / "bodies" / "json";
    auto const expected = corpora::read_expected(folder / "EXPECT.jsonl");
    std::size_t read = 0;
    for (corpora::row const& row : corpora::read_tsv(folder / "CASES.tsv")) {
        INFO(row.at("file"));
        bool const success = row.at("kind") == "success";
        answer const from{.status = status_of(row, success ? 200 : 400),
                          .body = corpora::read_file(folder / row.at("file"))};
        fields const said = json_fields(expected.at(row.at("file")));
        CHECK(said.request_id == row.at("request_id"));
        CHECK(said.code == row.at("code"));
        if (success)
            check_success(from, said.request_id);
        else
            check_refused(from, said);
        ++read;
    }
    CHECK(read > 0);
}

TEST_CASE("every XML body of the vendor's services reads as its authors say", "[reply]") {
    if (!corpora::present("bodies/xml")) return;
    auto const folder = corpora::root() / "bodies" / "xml";
    auto const expected = corpora::read_expected(folder / "EXPECT.jsonl");
    for (corpora::row const& row : corpora::read_tsv(folder / "CASES.tsv")) {
        INFO(row.at("file"));
        std::string const kind = row.at("kind");
        answer const from{.status = status_of(row, kind == "error" ? 400 : 200),
                          .body = corpora::read_file(folder / row.at("file")),
                          .content_type = "text/xml"};
        if (kind == "malformed") {
            check_unreadable(from);
            continue;
        }
        fields const said = xml_fields(expected.at(row.at("file")));
        std::string const root = expected.at(row.at("file")).at("root").get<std::string>();
        CHECK(said.request_id == row.at("request_id"));
        if (kind == "error") {
            // An <Error> without a Code says nothing; the status is what is known.
            if (said.code.empty())
                check_unreadable(from);
            else
                check_refused(from, said);
        } else if (root.size() > 8 && root.substr(root.size() - 8) == "Response") {
            check_success(from, said.request_id);
        } else {
            // The choice: an RPC action answers <ActionResponse>. The object store's documents are none of
            // that, and letting any root pass would let a web page pass.
            check_unreadable(from);
            CHECK(as_action(from).error.cause.code == errc::reply_unexpected);
        }
    }
}

TEST_CASE("every body that networks and proxies are seen to deliver has the outcome that it should",
          "[reply]") {
    if (!corpora::present("http/bodies")) return;
    auto const folder = corpora::root() / "http" / "bodies";
    // Where the corpus leaves the choice: the body decides, whatever status or content type say beside it.
    std::map<std::string, fields> const chosen_refused{
        {"code_number.json", {"404", "not a string", "12345", "", ""}},
        {"err_in_200.json", {}},
        {"err_in_200.xml", {}},
        {"err_octet.json", {}},
        {"xml_as_json.xml", {}},
    };
    // Every body of the corpus that is one of the service's errors holds this one, or is named here.
    fields const control{"Throttling", "Request was denied due to request throttling.",
                         "4C467B38-3910-447D-87BC-AC049166F216", "ecs.aliyuncs.com", ""};
    std::size_t refused = 0, successes = 0;
    for (corpora::row const& row : corpora::read_tsv(folder / "CASES.tsv")) {
        std::string const file = row.at("file"), said = row.at("outcome");
        INFO(file << ", " << said);
        answer const from{.status = std::stoi(row.at("http_status")),
                          .body = corpora::read_file(folder / file),
                          .content_type = row.at("content_type"),
                          .content_encoding = row.at("content_encoding")};
        bool const json = file.find(".json") != file.npos;
        if (said == "success") {
            std::string request_id;
            if (json) {
                auto const document = nlohmann::json::parse(from.body, nullptr, false);
                if (document.is_object() && document.contains("RequestId"))
                    request_id = document["RequestId"];
            } else {
                auto const begin = from.body.find("<RequestId>") + 11;
                request_id = from.body.substr(begin, from.body.find("</RequestId>") - begin);
            }
            check_success(from, request_id);
            ++successes;
        } else if (said == "success-empty") {
            CHECK(as_action(from).success);
            check_unreadable(from, as_restart(from)); // a restart without a request id proves nothing
        } else if (said == "api-error" || chosen_refused.count(file) != 0) {
            fields expected = control;
            if (file == "code_number.json") expected = chosen_refused.at(file);
            if (file == "msg_ctl.xml") expected = {"X", "a\r\nInjected: 1", "", "", ""};
            if (file == "msg_huge.json") {
                auto const document = nlohmann::json::parse(from.body);
                expected = {document.value("Code", ""), document.value("Message", ""),
                            document.value("RequestId", ""), document.value("HostId", ""), ""};
            }
            check_refused(from, expected);
            ++refused;
        } else {
            CHECK((said == "http-error" || said == "protocol-error" || said == "transport-error"));
            check_unreadable(from);
        }
    }
    CHECK(successes > 0);
    CHECK(refused > chosen_refused.size());
}

TEST_CASE("a body that was cut anywhere is an error that keeps the status", "[reply]") {
    for (auto const* set : {"bodies/json", "bodies/xml", "http/bodies"}) {
        if (!corpora::present(set)) return;
        auto const folder = corpora::root() / set;
        for (corpora::row const& row : corpora::read_tsv(folder / "CASES.tsv")) {
            std::string const kind = cell(row, "kind") + cell(row, "outcome");
            bool const good = kind == "success" || kind == "error" || kind.rfind("api-error", 0) == 0;
            if (!good) continue;
            INFO(row.at("file"));
            check_prefixes({.status = status_of(row, kind == "success" ? 200 : 400),
                            .body = corpora::read_file(folder / row.at("file")),
                            .content_type = cell(row, "content_type")});
        }
    }
}

TEST_CASE("an empty body is a success only of a status that has none", "[reply]") {
    CHECK(as_action({.status = 204}).success);
    CHECK(as_action({.status = 204}).request_id.empty());
    check_unreadable({.status = 204}, as_restart({.status = 204}));
    CHECK(as_restart({.status = 204}).error.cause.code == errc::body_empty);
    CHECK(as_restart({.content_type = "text/html"}).error.cause.code == errc::body_empty);
    for (int const status : {200, 201, 202, 206, 299, 400, 401, 404, 500, 502, 503, 504}) {
        INFO(status);
        check_unreadable({.status = status});
        CHECK(as_action({.status = status}).error.cause.code == errc::body_empty);
        CHECK(as_restart({.status = status, .body = " \r\n\t"}).error.cause.code == errc::body_empty);
    }
}

// ---- what the answer says about itself

TEST_CASE("the first byte decides between JSON and XML, whatever the content type says", "[reply]") {
    std::string const id = "4C467B38-3910-447D-87BC-AC049166F216";
    std::string const json = R"({"RequestId":")" + id + R"("})";
    std::string const xml = "<?xml version='1.0' encoding='UTF-8'?><RestartCasterResponse><RequestId>" + id +
                            "</RequestId></RestartCasterResponse>";
    std::string const json_error = R"({"Code":"IncorrectCasterStatus.Idle","Message":"m","RequestId":"r"})";
    std::string const xml_error =
        "<Error><Code>IncorrectCasterStatus.Idle</Code><Message>m</Message><RequestId>r</RequestId></Error>";
    for (std::string const type :
         {"application/json", "text/json", "text/xml", "application/xml", "", "text/plain",
          "application/octet-stream", "text/html; charset=utf-8", "nonsense"}) {
        for (std::string const front : {"", " ", "\r\n\t ", "\xEF\xBB\xBF"}) {
            INFO(type << ", " << front.size() << " bytes in front");
            bool const declaration_late = !front.empty() && front[0] != '\xEF';
            check_success({.body = front + json, .content_type = type}, id);
            if (!declaration_late) check_success({.body = front + xml, .content_type = type}, id);
            fields const said{"IncorrectCasterStatus.Idle", "m", "r", "", ""};
            check_refused({.status = 400, .body = front + json_error, .content_type = type}, said);
            check_refused({.status = 400, .body = front + xml_error, .content_type = type}, said);
        }
    }
    for (std::string const neither :
         {"RequestId=1", "\"{}\"", "null", "true", "12", "-", "\x1F\x8B\x08", "OK"}) {
        INFO(neither);
        check_unreadable({.body = neither});
        CHECK(as_action({.body = neither}).error.cause.code == errc::body_not_recognised);
    }
}

TEST_CASE("a compressed body is told as such and never searched for an answer", "[reply]") {
    for (std::string const encoding : {"gzip", "deflate", "br", "x"}) {
        answer const from{.body = R"({"RequestId":"1"})", .content_encoding = encoding};
        check_unreadable(from);
        CHECK(as_restart(from).error.cause.code == errc::body_encoded);
        CHECK(as_action(from).error.cause.code == errc::body_encoded);
    }
    check_success({.body = R"({"RequestId":"1"})", .content_encoding = "identity"}, "1");
}

TEST_CASE("a body of somebody else's is no answer, however well-formed", "[reply]") {
    for (std::string const body :
         {"<html><body>Log in</body></html>", "<!DOCTYPE html><html></html>", "<Responses/>", "<response/>",
          "<a><Code>Throttling</Code></a>x", "<a><Code>Throttling</Code><RequestId>1</RequestId></a>", "{\"RequestId\":\"1\"}{\"RequestId\":\"1\"}",
          "{\"RequestId\":\"1\"", "[1,", "{'RequestId':'1'}", "callback({\"RequestId\":\"1\"})",
          "{\"RequestId\":\"\xFF\"}"}) {
        for (int const status : {200, 400, 502}) {
            INFO(status << " " << body);
            check_unreadable({.status = status, .body = body, .content_type = "text/html"});
        }
    }
    // What calls itself a web page gets no lecture on XML.
    CHECK(as_action({.body = "<html><br></html>", .content_type = "text/html"}).error.cause.code ==
          errc::body_not_recognised);
    CHECK(as_action({.body = "<html><br></html>", .content_type = "text/xml"}).error.cause.code ==
          errc::xml_tag_mismatched);
    CHECK(as_action({.body = "{\"a\":1,}", .content_type = "application/json"}).error.cause ==
          rc::failure{.code = errc::unexpected_byte, .detail = 7});
}

TEST_CASE("an <Error> is never a success", "[reply]") {
    for (std::string const body : {"<Error/>", "<Error><RequestId>1</RequestId></Error>",
                                   "<Error><Code></Code><RequestId>1</RequestId></Error>",
                                   "<Error><Code>OK</Code><RequestId>1</RequestId></Error>"}) {
        INFO(body);
        CHECK_FALSE(as_restart({.body = body, .content_type = "text/xml"}).success);
        CHECK_FALSE(as_action({.body = body, .content_type = "text/xml"}).success);
    }
}

TEST_CASE("a status that is no success needs a code to be a refusal", "[reply]") {
    for (int const status : {0, 100, 199, 300, 301, 302, 304, 400, 404, 418, 499, 500, 502, 503, 599, 999}) {
        INFO(status);
        check_unreadable({.status = status, .body = R"({"RequestId":"1","Message":"no code"})"});
        check_unreadable({.status = status, .body = "[]"});
        check_unreadable({.status = status, .body = "<XResponse><RequestId>1</RequestId></XResponse>"});
        check_refused({.status = status, .body = R"({"RequestId":"1","Code":"C"})"}, {"C", "", "1", "", ""});
        // "OK" under a status that says otherwise is no success, and no refusal.
        check_unreadable({.status = status, .body = R"({"RequestId":"1","Code":"OK"})"});
    }
    for (int const status : {200, 201, 204, 299})
        check_success({.status = status, .body = R"({"RequestId":"1"})"}, "1");
}

TEST_CASE("what answered decides what to do about an unreadable answer", "[reply]") {
    for (int const status : {302, 307, 400, 401, 403, 404, 407, 413, 414, 429, 499})
        CHECK(as_restart({.status = status, .body = "<html>"}).error.what_to_do == advice::fix_transport);
    for (int const status : {0, 200, 500, 502, 503, 504})
        CHECK(as_restart({.status = status, .body = "<html>"}).error.what_to_do == advice::look_first);
}

TEST_CASE("in a 200, the codes for success are success and every other code is a refusal", "[reply]") {
    for (std::string const code : {"\"OK\"", "\"200\"", "200", "\"Success\"", "\"success\"", "\"\""}) {
        INFO(code);
        check_success({.body = R"({"Code":)" + code + R"(,"RequestId":"1"})"}, "1");
    }
    for (std::string const code : {"OK", "200", "Success", "success", ""}) {
        INFO(code);
        check_success(
            {.body = "<SendSmsResponse><Code>" + code + "</Code><RequestId>1</RequestId></SendSmsResponse>"},
            "1");
    }
    for (std::string const code :
         {"ok", "OKAY", "201", "isv.BUSINESS_LIMIT_CONTROL", "Throttling.User", "0", "O K", "2 00"}) {
        INFO(code);
        fields const said{code, "m", "1", "", ""};
        check_refused({.body = R"({"Code":")" + code + R"(","Message":"m","RequestId":"1"})"}, said);
        check_refused({.body = "<SendSmsResponse><Code>" + code +
                               "</Code><Message>m</Message><RequestId>1</RequestId></SendSmsResponse>"},
                      said);
    }
    // It may have run: it was a 200.
    CHECK(as_action({.body = R"({"Code":"isv.LIMIT"})"}).error.ran == executed::maybe);
    CHECK(as_action({.body = R"({"Code":"isv.LIMIT"})"}).error.what_to_do == advice::look_first);
}

TEST_CASE("a code in several pieces or with escapes is found in a 200 as well", "[reply]") {
    check_refused(
        {.body = "<XResponse><Code>Thrott<![CDATA[ling]]></Code><RequestId>1</RequestId></XResponse>"},
        {"Throttling", "", "1", "", ""});
    check_refused({.body = "<XResponse><Code>Throttling&#46;User</Code><RequestId>1</RequestId></XResponse>"},
                  {"Throttling.User", "", "1", "", ""});
    check_refused({.body = R"({"Code":"Throttling\u002eUser","RequestId":"1"})"},
                  {"Throttling.User", "", "1", "", ""});
    // What is nested in it is no part of it.
    CHECK(as_action({.body = "<XResponse><Code>O<a>x</a>&#75;</Code><RequestId>1</RequestId></XResponse>"}).success);
    CHECK_FALSE(as_action({.body = "<XResponse><Code>O<a/>x&#75;</Code><RequestId>1</RequestId></XResponse>"}).success);
    for (std::string const code : {R"(\u004f)", R"(\u0053uccess OK)", R"(2\u0030)", R"(O\u004bK)"})
        CHECK_FALSE(as_action({.body = R"({"Code":")" + code + R"(","RequestId":"1"})"}).success);
}

TEST_CASE("a code may be a number, and what is neither text nor number is no code", "[reply]") {
    check_refused({.status = 404, .body = R"({"Code":404,"Message":1.5e3,"RequestId":-7})"},
                  {"404", "1.5e3", "-7", "", ""});
    for (std::string const value : {"null", "true", "{}", "[\"Throttling\"]", "{\"Code\":\"Throttling\"}"}) {
        INFO(value);
        check_unreadable({.status = 400, .body = R"({"Code":)" + value + R"(,"RequestId":"1"})"});
    }
}

TEST_CASE("what is passed over is checked all the same", "[reply]") {
    for (std::string const body :
         {R"({"RequestId":"1","Code":[1,})", R"({"RequestId":"1","Code":nul})",
          R"({"RequestId":"1","x":[1,}})", R"({"RequestId":"1","Code":{"a":"\x"}})", "[1,]",
          R"([{"Code":tru}])",
          "<XResponse><RequestId>1</RequestId><Message>a<!-- -->b&bad;</Message></XResponse>",
          "<XResponse><RequestId>1</RequestId><Data><a></b></Data></XResponse>",
          "<XResponse><RequestId>1</RequestId><Message>a<b></Message></XResponse>",
          "<XResponse><RequestId>1</RequestId><Message>a&amp;b<c></Message></XResponse>"}) {
        INFO(body);
        check_unreadable({.body = body});
    }
}

TEST_CASE("of names that stand twice the last one counts", "[reply]") {
    check_refused(
        {.status = 400,
         .body = R"({"Code":"A","Code":"B","Message":"1","Message":"2","RequestId":"x","RequestId":"y"})"},
        {"B", "2", "y", "", ""});
    check_refused(
        {.status = 400, .body = "<Error><Code>A</Code><RequestId>x</RequestId><Code>B</Code></Error>"},
        {"B", "", "x", "", ""});
    check_success({.body = R"({"RequestId":"x","Code":"Throttling","Code":"OK","RequestId":"y"})"}, "y");
    check_refused({.status = 400, .body = R"({"Code":"A","Message":"1","Message":null})"}, {"A", "", "", "", ""});
}

TEST_CASE("only the top level speaks", "[reply]") {
    check_success(
        {.body = R"({"Data":{"Code":"Throttling","RequestId":"inner"},"RequestId":"1","L":[{"Code":"X"}]})"},
        "1");
    check_success(
        {.body = "<XResponse><Data><Code>Throttling</Code></Data><RequestId>1</RequestId></XResponse>"}, "1");
    check_success({.body = "<XResponse><RequestId>1<Code>Throttling</Code></RequestId></XResponse>"}, "1");
    check_refused({.status = 400, .body = "<Error><Code>A</Code><Data><Code>B</Code></Data></Error>"},
                  {"A", "", "", "", ""});
    check_success({.body = "<Response><RequestId>1</RequestId></Response>"}, "1");
    check_unreadable({.status = 400, .body = R"([{"Code":"Throttling"}])"});
    check_unreadable({.status = 400, .body = R"({"Data":{"Code":"Throttling"}})"});
}

TEST_CASE("the spellings of older products are read, and nothing that only looks like them", "[reply]") {
    check_refused(
        {.status = 400, .body = R"({"code":"C","message":"m","requestId":"r","hostId":"h","recommend":"u"})"},
        {"C", "m", "r", "h", "u"});
    check_refused({.status = 403, .body = R"({"CODE":"C","MESSAGE":"m","REQUESTID":"r","HOSTID":"h","RECOMMEND":"u"})"},
                  {"C", "m", "r", "h", "u"});
    check_refused({.status = 403, .body = R"({"ErrorCode":"C","ErrorMessage":"m","RequestId":"r"})"},
                  {"C", "m", "r", "", ""});
    check_refused({.status = 403, .body = R"({"errorCode":"C","errorMessage":"m"})"}, {"C", "m", "", "", ""});
    check_refused({.status = 400, .body = "<Error><ErrorCode>C</ErrorCode><Message>m</Message></Error>"},
                  {"C", "m", "", "", ""});
    for (std::string const name :
         {"Cod", "Codes", "XCode", "ErrorCodes", "Error", "Erroneous", "ErrorXode", "EC", "", "Requestid ",
          "RecommendX", "Sequences", "Recommand", "HostID0", "Hosted", "ErrrrCode", "StatusCode"}) {
        INFO(name);
        check_success({.body = R"({")" + name + R"(":"Throttling","RequestId":"1"})"}, "1");
    }
    check_success({.body = R"({"RequestId":"1","ErrorRequestId":"2"})"}, "1");
}

// ---- which spelling counts

TEST_CASE("the service's own spelling of a name counts, in either order", "[reply]") {
    struct {
        std::string best, other;
    } const pairs[] = {{"Code", "code"},          {"Code", "CODE"},      {"Code", "ErrorCode"}, {"Code", "errorCode"},
                       {"code", "CODE"},          {"code", "ErrorCode"}, {"code", "errorcode"}, {"ErrorCode", "errorCode"},
                       {"ErrorCode", "ERRORCODE"}};
    for (auto const& [best, other] : pairs) {
        INFO(best << ", " << other);
        std::string const right = '"' + best + R"(":"Throttling.User")", wrong = '"' + other + R"(":"InternalError")";
        for (std::string const& body : {right + "," + wrong, wrong + "," + right, wrong + "," + right + "," + wrong,
                                        right + "," + wrong + "," + right})
            check_refused({.status = 400, .body = "{" + body + R"(,"RequestId":"r"})"},
                          {"Throttling.User", "", "r", "", ""});
        auto const element = [](std::string const& name, std::string const& text) {
            return "<" + name + ">" + text + "</" + name + ">";
        };
        for (bool const first : {true, false}) {
            std::string const both = first ? element(best, "A") + element(other, "B") : element(other, "B") + element(best, "A");
            check_refused({.status = 400, .body = "<Error>" + both + "</Error>"}, {"A", "", "", "", ""});
        }
    }
    check_refused({.status = 400,
                   .body = R"({"message":"m","Message":"M","ErrorMessage":"E","hostId":"h","HostId":"H","RequestId":"R",)"
                           R"("requestId":"r","RECOMMEND":"u","Recommend":"U","Code":"C"})"},
                  {"C", "M", "R", "H", "U"});
    check_success({.body = R"({"RequestId":"A","requestId":"B"})"}, "A");
    check_success({.body = R"({"requestId":"B","RequestId":"A"})"}, "A");
    // Of one and the same name the last counts, whatever other spelling stands between.
    check_success({.body = R"({"requestId":"1","requestid":"2","requestId":"3"})"}, "3");
    check_success({.body = R"({"RequestId":"1","requestId":"2","RequestId":"3"})"}, "3");
}

TEST_CASE("a field of null or without text is as good as none", "[reply]") {
    check_success({.body = R"({"RequestId":"A","requestId":null})"}, "A");
    check_success({.body = R"({"requestId":null,"RequestId":"A"})"}, "A");
    for (std::string const nothing : {"null", "\"\""}) {
        INFO(nothing);
        check_success({.body = R"({"RequestId":)" + nothing + R"(,"requestId":"a"})"}, "a");
        check_success({.body = R"({"requestId":"a","RequestId":)" + nothing + "}"}, "a");
        check_refused({.status = 400, .body = R"({"Code":)" + nothing + R"(,"ErrorCode":"C"})"}, {"C", "", "", "", ""});
        check_refused({.status = 400, .body = R"({"ErrorCode":"C","Code":)" + nothing + "}"}, {"C", "", "", "", ""});
        check_success({.body = R"({"Code":)" + nothing + R"(,"RequestId":"1"})"}, "1");
        check_refused({.body = R"({"Code":)" + nothing + R"(,"code":"Forbidden","RequestId":"1"})"},
                      {"Forbidden", "", "1", "", ""});
        check_unreadable({.status = 400, .body = R"({"Code":"C","Code":)" + nothing + "}"});
    }
    check_success({.body = "<XResponse><RequestId/><requestId>a</requestId></XResponse>"}, "a");
    check_success({.body = "<XResponse><requestId>a</requestId><RequestId></RequestId></XResponse>"}, "a");
}

TEST_CASE("in a 2xx, Code decides, or code where no Code is; what only errors are told with does not", "[reply]") {
    for (std::string const name : {"ErrorCode", "errorCode", "ERRORCODE", "CODE", "errorcode"}) {
        INFO(name);
        check_success({.body = R"({"RequestId":"r",")" + name + R"(":"mse-100-000","Success":true})"}, "r");
        check_success({.body = R"({")" + name + R"(":["x"],"RequestId":"r"})"}, "r");
        check_success({.body = R"({")" + name + R"(":"Forbidden","Code":"OK","RequestId":"r"})"}, "r");
        check_success({.body = R"({"Code":"OK",")" + name + R"(":"Forbidden","RequestId":"r"})"}, "r");
        check_success({.body = "<XResponse><" + name + ">Forbidden</" + name + "><RequestId>r</RequestId></XResponse>"},
                      "r");
        check_refused({.body = R"({"code":"Forbidden",")" + name + R"(":"OK","RequestId":"r"})"},
                      {"Forbidden", "", "r", "", ""});
    }
    for (std::string const body :
         {R"({"Code":"Forbidden","code":"OK","RequestId":"r"})", R"({"code":"OK","Code":"Forbidden","RequestId":"r"})",
          R"({"code":"Forbidden","RequestId":"r"})", R"({"Code":null,"code":"Forbidden","RequestId":"r"})",
          R"({"Code":"OK","Code":"Forbidden","RequestId":"r"})"}) {
        INFO(body);
        check_refused({.body = body}, {"Forbidden", "", "r", "", ""});
    }
    check_success({.body = R"({"code":"Forbidden","Code":"OK","RequestId":"r"})"}, "r");
    check_success({.body = R"({"Code":"OK","code":"Forbidden","RequestId":"r"})"}, "r");
}

TEST_CASE("names are compared after their escapes are read", "[reply]") {
    check_refused({.body = R"({"C\u006fde":"Forbidden","RequestId":"r"})"}, {"Forbidden", "", "r", "", ""});
    check_refused({.body = R"({"\u0063ode":"Forbidden","RequestId":"r"})"}, {"Forbidden", "", "r", "", ""});
    check_success({.body = R"({"\u0052\u0065\u0071\u0075\u0065\u0073\u0074\u0049\u0064":"r"})"}, "r");
    check_success({.body = R"({"Code":"Forbidden","\u0043ode":"OK","RequestId":"r"})"}, "r");
    check_refused({.status = 400, .body = R"({"c\u006fde":"B","\u0043\u006f\u0064\u0065":"A","Messag\u0065":"m"})"},
                  {"A", "m", "", "", ""});
    for (std::string const name : {R"(C\u006fdes)", R"(\u0043od\/e)", R"(C\u00f6de)", R"(C\ud83d\ude00e)",
                                   R"(very\u0020long\u0020name\u0020that\u0020ends\u0020in\u0020Code)"}) {
        INFO(name);
        check_success({.body = R"({")" + name + R"(":"Forbidden","RequestId":"r"})"}, "r");
    }
}

TEST_CASE("blanks at the ends of a code or a request id are no part of it", "[reply]") {
    for (std::string const blank : {" ", "\n  ", "\t", "\r\n"}) {
        check_refused({.status = 400, .body = "<Error><Code>" + blank + "Throttling" + blank + "</Code><RequestId>" + blank +
                                              "r</RequestId></Error>"},
                      {"Throttling", "", "r", "", ""});
        CHECK(as_restart({.status = 400, .body = "<Error><Code>" + blank + "Throttling</Code></Error>"}).error.code ==
              service_code::throttling);
        check_success({.body = "<XResponse><Code>" + blank + "OK" + blank + "</Code><RequestId>r" + blank +
                               "</RequestId></XResponse>"},
                      "r");
        check_success({.body = "<XResponse><Code>" + blank + "</Code><RequestId>r</RequestId></XResponse>"}, "r");
        outcome const blank_id = as_restart({.body = "<XResponse><RequestId>" + blank + "</RequestId></XResponse>"});
        CHECK(blank_id.error.cause.code == errc::request_id_missing);
    }
    check_refused({.status = 400, .body = R"({"Code":" Throttling\t","RequestId":" r "})"},
                  {"Throttling", "", "r", "", ""});
    check_refused({.body = R"({"Code":"\nForbidden ","RequestId":"r"})"}, {"Forbidden", "", "r", "", ""});
    check_success({.body = R"({"Code":"\tOK\u0020","RequestId":"r"})"}, "r");
    check_success({.body = R"({"Code":"\u0020","RequestId":"r"})"}, "r");
    check_success({.body = "<XResponse><Code> O&#75;<!-- --> </Code><RequestId>r</RequestId></XResponse>"}, "r");
    check_refused({.status = 400, .body = R"({"Code":"C","Message":" m "})"}, {"C", " m ", "", "", ""});
}

TEST_CASE("a code that is no text is no success", "[reply]") {
    for (std::string const value : {"true", "false", "{}", "[]", "[\"Forbidden\"]", "[\"OK\"]", "[[]]",
                                    "{\"Code\":\"OK\"}", "[null]", "[200]"}) {
        INFO(value);
        for (std::string const& body :
             {R"({"Code":)" + value + R"(,"RequestId":"1"})", R"({"RequestId":"1","code":)" + value + "}",
              R"({"Code":)" + value + R"(,"code":"OK","RequestId":"1"})", R"({"code":"OK","Code":)" + value + R"(,"RequestId":"1"})",
              R"({"Code":"OK","Code":)" + value + R"(,"RequestId":"1"})"}) {
            INFO(body);
            check_unreadable({.body = body});
            CHECK(as_action({.body = body}).error.cause.code == errc::reply_unexpected);
            CHECK(as_action({.body = body}).body_unchanged);
        }
        check_success({.body = R"({"Code":)" + value + R"(,"Code":"OK","RequestId":"1"})"}, "1");
        check_success({.body = R"({"code":)" + value + R"(,"Code":"OK","RequestId":"1"})"}, "1");
    }
    for (std::string const code : {"<Deep>Throttling</Deep>", "<Code>OK</Code>", "<Code/>", " <a/> ", "<!-- --><a></a>"}) {
        INFO(code);
        check_unreadable({.body = "<XResponse><Code>" + code + "</Code><RequestId>1</RequestId></XResponse>"});
        check_success({.body = "<XResponse><Code>" + code + "</Code><Code>OK</Code><RequestId>1</RequestId></XResponse>"},
                      "1");
    }
    // A number is compared as it is written: these are what the service writes.
    check_success({.body = R"({"Code":200,"RequestId":"1"})"}, "1");
    for (std::string const number : {"0", "-0", "1", "200.0", "2e2", "0.2E3", "2000", "20"}) {
        INFO(number);
        check_refused({.body = R"({"Code":)" + number + R"(,"RequestId":"1"})"}, {number, "", "1", "", ""});
    }
}

TEST_CASE("an answer in JSON may be wrapped as one in XML is", "[reply]") {
    check_success({.body = R"({"RestartCasterResponse":{"RequestId":"r"}})"}, "r");
    check_success({.body = R"( { "Response" : { "RequestId" : "r" } } )"}, "r");
    check_success({.body = "\xEF\xBB\xBF" R"({"RestartCaster\u0052esponse":{"Re\u0071uestId":"r","Code":"OK"}})"}, "r");
    check_success({.body = R"({"XResponse":{"Data":{"RequestId":"x","Code":"Forbidden"},"RequestId":"r","L":[{"Code":1}]}})"},
                  "r");
    fields const idle{"IncorrectCasterStatus.Idle", "m", "r", "h", "u"};
    for (std::string const wrapper : {"Error", R"(\u0045rror)", "RestartCasterResponse"})
        for (int const status : {200, 400})
            check_refused({.status = status,
                           .body = R"({")" + wrapper + R"(":{"Code":"IncorrectCasterStatus.Idle","Message":"m","RequestId":"r",)"
                                   R"("HostId":"h","Recommend":"u"}})"},
                          idle);
    CHECK(as_restart({.status = 400, .body = R"({"Error":{"Code":"IncorrectCasterStatus.Idle","RequestId":"r"}})"})
              .error.code == service_code::incorrect_caster_status_idle);
    // As in XML, an Error is never a success.
    check_unreadable({.body = R"({"Error":{"RequestId":"r"}})"});
    CHECK_FALSE(as_action({.body = R"({"Error":{"Code":"OK","RequestId":"r"}})"}).success);
    // Anything else is no wrapper, and what stands in it not at the top.
    for (std::string const body :
         {R"({"Data":{"RequestId":"r"}})", R"({"response":{"RequestId":"r"}})", R"({"Responses":{"RequestId":"r"}})",
          R"({"XResponse":[{"RequestId":"r"}]})", R"([{"XResponse":{"RequestId":"r"}}])",
          R"({"XResponse":{"XResponse":{"RequestId":"r"}}})", R"({"a":1,"XResponse":{"RequestId":"r"}})",
          R"({"XResponse":{"RequestId":"r"},"a":1})", R"({"XResponse":{"RequestId":"r"},"XResponse":{"RequestId":"r"}})",
          R"({"error":{"RequestId":"r"}})", R"({"Errors":{"RequestId":"r"}})"}) {
        INFO(body);
        CHECK(as_restart({.body = body}).error.cause.code == errc::request_id_missing);
        CHECK(as_action({.body = body}).success);
        CHECK(as_action({.body = body}).request_id.empty());
    }
    check_success({.body = R"({"XResponse":{"Code":"Forbidden","RequestId":"x"},"RequestId":"r"})"}, "r");
    check_success({.body = R"({"Error":{"Code":"Forbidden","RequestId":"x"},"RequestId":"r"})"}, "r");
    check_success({.body = R"({"Error":null,"RequestId":"r"})"}, "r");
    check_refused({.status = 400, .body = R"({"Error":{"Code":"X","Message":"x"},"Code":"C","requestId":"r"})"},
                  {"C", "", "r", "", ""});
    check_refused({.status = 400, .body = R"({"Error":"text","Code":"C"})"}, {"C", "", "", "", ""});
}

TEST_CASE("an XML root holds the fields, and what is nested deeper does not", "[reply]") {
    check_success({.body = "<XResponse a='1' b='&lt;'><RequestId Code='Forbidden'>r</RequestId></XResponse>"}, "r");
    check_success({.body = "<XResponse><XResponse><Code>Forbidden</Code></XResponse><RequestId>r</RequestId></XResponse>"},
                  "r");
    check_success({.body = "<XResponse><RequestId>r<RequestId>x</RequestId></RequestId></XResponse>"}, "r");
    check_refused({.body = "<XResponse><Code/><Code>Forbidden</Code><RequestId>r</RequestId></XResponse>"},
                  {"Forbidden", "", "r", "", ""});
    check_success({.body = "<XResponse><Code>Forbidden</Code><Code/><RequestId>r</RequestId></XResponse>"}, "r");
}

// ---- texts

TEST_CASE("escapes of an error's texts are read in place", "[reply]") {
    check_refused(
        {.status = 400,
         .body = R"({"Message":"\u7b7e\u540d \ud83d\ude00 \"x\" \/ \\ \b\f\n\r\t","Code":"A\u002eB",)"
                 R"("RequestId":"\u0031","HostId":"h\u00e9","Recommend":"a\u0026b"})"},
        {"A.B", "\xE7\xAD\xBE\xE5\x90\x8D \xF0\x9F\x98\x80 \"x\" / \\ \b\f\n\r\t", "1", "h\xC3\xA9", "a&b"});
    check_refused({.status = 404,
                   .body =
                       "<?xml version='1.0' encoding='UTF-8'?><Error><Message>a &amp; b &lt;&gt;&quot;&apos; "
                       "&#x1F600;&#233;<![CDATA[ & ]]]]><![CDATA[>]]>\r\n</Message><Code>A&#46;B</Code>"
                       "<Recommend><![CDATA[https://x?a=1&b=2]]></Recommend></Error>"},
                  {"A.B", "a & b <>\"' \xF0\x9F\x98\x80\xC3\xA9 & ]]>\n", "", "", "https://x?a=1&b=2"});
    check_success({.body = "<XResponse><RequestId><![CDATA[1]]></RequestId></XResponse>"}, "1");
    CHECK(as_restart({.body = R"({"RequestId":"\u0031\u0032"})"}).request_id == "12");
    CHECK(as_restart({.body = "<XResponse><RequestId>1&#50;<!-- -->3</RequestId></XResponse>"}).request_id ==
          "123");
    check_unreadable({.status = 400, .body = R"({"Code":"C","Message":"\ud83d"})"});
    check_unreadable({.status = 400, .body = R"({"Code":"C","Message":"\x"})"});
    check_unreadable({.status = 400, .body = "<Error><Code>C</Code><Message>&nbsp;</Message></Error>"});
}

TEST_CASE("a body reply leaves the body of a success as it came", "[reply]") {
    for (std::string const body :
         {R"({"RequestId":"\u0031","Message":"\ud83d\ude00","Code":"OK","x":"\n"})", R"([ ])", R"({})",
          R"({"a":[{"b":{"c":[1,2,{"d":null}]}}],"RequestId":"1"})"}) {
        INFO(body);
        outcome const got = as_action({.body = body});
        CHECK(got.success);
        CHECK(got.body_unchanged);
    }
    CHECK(as_action({.body = R"({"RequestId":"\u0031"})"}).request_id ==
          R"(\u0031)"); // as it stands in the body
    for (std::string const body :
         {"<XResponse><RequestId>1</RequestId><Message>a &amp; b</Message></XResponse>",
          "<XResponse><Message>a<!-- -->b</Message><RequestId>1</RequestId></XResponse>",
          "<XResponse><Message><b>x</b>a&#13;b</Message><RequestId>1</RequestId></XResponse>"}) {
        INFO(body);
        outcome const got = as_action({.body = body});
        CHECK(got.success);
        CHECK(got.request_id == "1");
        CHECK(got.body_unchanged);
    }

    std::string text = R"( {"RequestId":"1","Casters":[{"CasterId":"a"}]} )";
    rc::response response{.status = 200, .body = text};
    auto const json = rc::read_reply<rc::action>(response);
    REQUIRE(json);
    CHECK(json->type == rc::media_type::json);
    CHECK(json->body.data() == text.data());
    CHECK(json->body.size() == text.size());
    text = "<RResponse><RequestId/></RResponse>";
    response.body = text;
    auto const xml = rc::read_reply<rc::action>(response);
    REQUIRE(xml);
    CHECK(xml->type == rc::media_type::xml);
    CHECK(xml->request_id.empty());
    response = {.status = 204};
    auto const none = rc::read_reply<rc::action>(response);
    REQUIRE(none);
    CHECK(none->type == rc::media_type::none);
    CHECK(none->body.empty());
}

TEST_CASE("the body of a success is handed out as it came, however its code and names are written", "[reply]") {
    std::string const value = R"(,"Message":"\u0061\n","x":"\u0062","RequestId":"r"})";
    for (std::string const code : {R"("O\u004b")", R"("\u004fK")", R"("\u0020OK\t")", R"("\u0032\u0030\u0030")",
                                   R"("\u0053uccess")", R"("")", "null", "200", R"("success ")", R"("\u0020")"})
        for (std::string const name : {"Code", R"(C\u006fde)", "code"}) {
            INFO(name << " " << code);
            outcome const got = as_action({.body = R"({")" + name + R"(":)" + code + value});
            CHECK(got.success);
            CHECK(got.body_unchanged);
        }
    for (std::string const code :
         {"O&#75;", "<![CDATA[OK]]>", "<![CDATA[O]]>K", "O<!-- -->K", "O<?x?>&#x4B;", "&#79;<![CDATA[K]]>", "\r\nOK\r\n",
          "&#32;OK&#9;", "Succ<![CDATA[]]>ess", "&#x00000000000000000000000000000000000000000000000000000000000000053;uccess"}) {
        INFO(code);
        outcome const got = as_action({.body = "<XResponse><Code>" + code + "</Code><Message>a &amp; b</Message>"
                                               "<RequestId>r</RequestId></XResponse>"});
        CHECK(got.success);
        CHECK(got.request_id == "r");
        CHECK(got.body_unchanged);
    }
    // A request id stands there as it does in the body.
    CHECK(as_action({.body = "<XResponse><RequestId>r&#49;</RequestId></XResponse>"}).request_id == "r&#49;");
    CHECK(as_action({.body = "<XResponse><RequestId>r<!-- -->1</RequestId></XResponse>"}).request_id == "r<!-- -->1");
}

TEST_CASE("no body of the corpora is changed by a success, with whatever status", "[reply]") {
    std::size_t successes = 0;
    for (auto const* set : {"bodies/json", "bodies/xml", "http/bodies", "json/jsontestsuite", "json/json_org_checker",
                            "json/transform", "xml/pugixml", "xml/derived_nodtd"}) {
        if (!corpora::present(set)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(corpora::root() / set)) {
            if (!entry.is_regular_file()) continue;
            INFO(entry.path());
            outcome const got = as_action({.body = corpora::read_file(entry.path())});
            successes += got.success ? 1u : 0u;
            if (got.success && !got.body_unchanged) CHECK(got.body_unchanged);
            if (!got.views_inside) CHECK(got.views_inside);
        }
    }
    CHECK((successes > 0 || !corpora::present("bodies/json")));
}

TEST_CASE("no random body is changed by a success", "[reply]") {
    // Pieces of answers in random order, most of them whole documents.
    std::uint32_t state = 20161101;
    auto const draw = [&state](std::size_t below) {
        state = state * 1664525 + 1013904223;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    auto const pick = [&draw](auto const& from) { return std::string(from[draw(std::size(from))]); };
    static constexpr char const* names[] = {"Code", "code",      R"(C\u006fde)", "ErrorCode", "RequestId",
                                            "requestId", "Message", "Data",          "XResponse", R"(\u0045rror)"};
    static constexpr char const* values[] = {R"("OK")",   R"("O\u004b")", R"("\u0020Success\u0020")", "200",
                                             R"("\ud83d\ude00")", "null",        R"("")",              R"({"Code":"\u0041"})",
                                             "[1]",       "true",        R"("\n")",            R"("Forbidden")"};
    static constexpr char const* elements[] = {"Code", "code", "ErrorCode", "RequestId", "Message", "Data"};
    static constexpr char const* texts[] = {"OK",    "O&#75;", "<![CDATA[O]]>K", "",        " Success\r\n", "<!-- -->200",
                                            "r&amp;", "<Code>OK</Code>", "<?x y?>",        "&#x53;uccess", "Forbidden"};
    std::size_t successes = 0;
    for (int turn = 0; turn != 20000; ++turn) {
        std::string body;
        bool const json = draw(2) == 0;
        for (std::size_t left = draw(5); left != 0; --left) {
            if (json) {
                body += (body.empty() ? "\"" : ",\"") + pick(names) + "\":" + pick(values);
            } else {
                std::string const name = pick(elements);
                body += "<" + name + ">" + pick(texts) + "</" + name + ">";
            }
        }
        body = json ? "{" + body + "}" : "<XResponse>" + body + "</XResponse>";
        if (json && draw(4) == 0) body = R"({"XResponse":)" + body + "}";
        outcome const got = as_action({.body = body});
        if (got.success) ++successes;
        if (!got.views_inside || (got.success && !got.body_unchanged) ||
            (!got.success && json && !nlohmann::json::accept(got.body))) {
            INFO(body << " became " << got.body);
            CHECK(got.success);
            CHECK(got.body_unchanged);
        }
        // The typed reply, which may change its body, comes to the same judgement.
        outcome const typed = as_restart({.body = body});
        if (typed.success != (got.success && !typed.request_id.empty()) || typed.error.kind != got.error.kind) {
            bool const without_id = got.success && typed.error.cause.code == errc::request_id_missing;
            INFO(body);
            CHECK(without_id);
        }
    }
    CHECK(successes > 2000);
}

namespace {

// An operation whose service says "0" of a success.
template <class Reply>
struct counted_codes {
    static constexpr rc::operation description{
        .action = "X", .version = "2016-11-01", .success_codes = "0  Success.Ok"};
    static constexpr rc::parameters<> parameters{};
    using reply = Reply;
};

} // namespace

TEST_CASE("an operation and an action can name further codes of success", "[reply]") {
    using typed = counted_codes<rc::request_id_reply>;
    using with_body = counted_codes<rc::body_reply>;
    rc::action const action{.name = "X", .version = "2016-11-01", .success_codes = "0  Success.Ok"};
    struct {
        char const* code;
        bool success;
    } const codes[] = {{"0", true},          {"\"0\"", true},          {R"("\u0030")", true},  {R"(" Success.\u004fk ")", true},
                       {"\"OK\"", true},     {"\"Success\"", true},    {"200", true},         {"null", true},
                       {"1", false},         {"\"Success.O\"", false}, {"\"\\u0020 1\"", false}, {"\"0 Success.Ok\"", false},
                       {"\"success.ok\"", false}};
    for (auto const& [code, success] : codes) {
        for (int const status : {200, 400}) {
            INFO(code << ", " << status);
            std::string const body = std::string(R"({"Code":)") + code + R"(,"RequestId":"r","Data":[1]})";
            bool const expected = success && status == 200;
            CHECK(read<typed>({.status = status, .body = body}).success == expected);
            outcome const kept = read<with_body>({.status = status, .body = body});
            CHECK(kept.success == expected);
            CHECK((kept.body_unchanged || !expected));
            std::string bytes = body;
            auto const reply =
                rc::read_reply(rc::response{.status = static_cast<std::uint16_t>(status), .body = bytes}, action);
            CHECK(reply.has_value() == expected);
            CHECK((bytes == body || !expected));
            if (reply)
                CHECK(std::string_view(reply->body.data(), reply->body.size()) == body);
            else
                CHECK(reply.error().body.data() == bytes.data());
        }
    }
    outcome const xml = read<with_body>({.body = "<XResponse><Code>&#48;</Code><RequestId>r</RequestId></XResponse>"});
    CHECK(xml.success);
    CHECK(xml.body_unchanged);
}

TEST_CASE("a call knows its operation's codes of success, and a refusal leads to the whole body", "[reply]") {
    struct once {
        std::string_view answer;
        rc::result<rc::response> exchange(rc::request const&, std::span<char> to) noexcept {
            answer.copy(to.data(), to.size());
            return rc::response{.status = 200, .body = to.first(answer.size())};
        }
    };
    std::string_view const body = R"({"Code":"0","Data":{"a":"\u0041"},"RequestId":"r"})";
    rc::signing_key<> const key({.access_key_id = "testid", .access_key_secret = "testsecret"});
    rc::stamp const when{.utc_seconds = 1709020800, .nonce = "2b6a4a0c-3e2f-4d3b-9e0c-5a1f0c9d7e11"};
    rc::storage<4096> room;
    rc::action op{.name = "X", .version = "2016-11-01"};
    for (bool const named : {false, true}) {
        if (named) op.success_codes = "0";
        auto const called = rc::call(once{body}, op, key, when, room);
        CHECK(called.has_value() == named);
        if (!called) CHECK(called.error().body == body);

        rc::call_machine machine(op, key, room, 100000);
        auto const nonces = []() -> rc::result<rc::nonce> { return rc::nonce(std::array<unsigned char, 16>{}); };
        rc::moment const now{.utc_seconds = 1709020800, .monotonic_ms = 1};
        REQUIRE(machine.next(now, nonces).what == rc::step::send);
        machine.answered(once{body}.exchange(machine.request(), machine.storage()));
        REQUIRE(machine.next(now, nonces).what == rc::step::done);
        CHECK(machine.outcome().has_value() == named);
        if (!named) CHECK(machine.outcome().error().body == body);
    }
}

TEST_CASE("after a refusal in a 2xx the body of an action is still well-formed, and says what it said", "[reply]") {
    for (std::string const body :
         {R"({"Code":"Throttling\u002eUser","Message":"\u6210\u529f","Data":"\n","RequestId":"r"})",
          R"({"Code":"\u0030","Message":"say \"hi\"","RequestId":"r"})", R"({"Message":"a\\b","Code":"\u0078"})",
          R"({"XResponse":{"Code":"0","Message":"\u0026"}})"}) {
        INFO(body);
        outcome const got = as_action({.body = body});
        CHECK_FALSE(got.success);
        REQUIRE(nlohmann::json::accept(got.body));
        CHECK(nlohmann::json::parse(got.body) == nlohmann::json::parse(body));
    }
    CHECK(as_action({.body = R"({"Code":"\u0058","Message":"\u6210\u529f"})"}).message == "\xE6\x88\x90\xE5\x8A\x9F");
    for (std::string const body : {"<XResponse><Code>Thrott<![CDATA[ling]]></Code><Message>a &amp; b</Message></XResponse>",
                                   "<XResponse><Code><![CDATA[Thrott]]>ling</Code></XResponse>",
                                   "<XResponse><Code>&#84;hrottling</Code><Message>&lt;</Message></XResponse>",
                                   "<XResponse><Code>&#84;hrottling</Code><Message>]]&gt;</Message></XResponse>"}) {
        INFO(body);
        outcome const got = as_action({.body = body});
        CHECK(got.code == "Throttling");
        outcome const again = as_action({.body = got.body});
        CHECK(again.code == "Throttling");
        CHECK(again.message == got.message);
    }
}

TEST_CASE("a success without a request id is no proof of a restart", "[reply]") {
    for (std::string const body :
         {"{}", "[]", R"({"RequestId":""})", R"({"RequestId":null})", "<RestartCasterResponse/>",
          "<RestartCasterResponse><RequestId/></RestartCasterResponse>"}) {
        INFO(body);
        outcome const got = as_restart({.body = body});
        check_unreadable({.body = body}, got);
        CHECK(got.error.cause.code == errc::request_id_missing);
        CHECK(got.error.what_to_do == advice::look_first);
    }
}

// ---- throttling

TEST_CASE("a refusal with x-acs-retry-after is a throttling, whatever its code", "[reply]") {
    auto const refusal = [](std::string const& value, int status = 400) {
        return as_restart({.status = status,
                           .body = R"({"Code":"SomethingNew","RequestId":"1"})",
                           .headers = {{"X-Acs-Retry-After", value}}});
    };
    for (int const status : {400, 403, 429}) {
        outcome const got = refusal("1500", status);
        CHECK(got.error.kind == error_kind::refused);
        CHECK(got.error.code == service_code::throttling);
        CHECK(got.code == "SomethingNew");
        CHECK(got.error.what_to_do == advice::wait);
        CHECK(got.error.ran == executed::no);
        CHECK(got.error.retry_after_ms == 1500);
    }
    CHECK(refusal(" 20 ").error.retry_after_ms == 20);
    CHECK(refusal("99999999999999999999").error.retry_after_ms == 4294967295u);
    for (std::string const nothing :
         {"", "0", "abc", "-5", "1e9", "1.5", "+7", "7 8", "Fri, 31 Dec 2027 23:59:59 GMT"}) {
        INFO(nothing);
        CHECK(refusal(nothing).error.retry_after_ms == 0);
        CHECK(refusal(nothing).error.code == service_code::other);
        CHECK(refusal(nothing).error.what_to_do == advice::fix_request);
    }
    // What may have run is not made harmless by a header.
    outcome const failed = as_restart(
        {.status = 500, .body = R"({"Code":"InternalError"})", .headers = {{"x-acs-retry-after", "100"}}});
    CHECK(failed.error.code == service_code::internal_error);
    CHECK(failed.error.ran == executed::maybe);
    CHECK(failed.error.what_to_do == advice::look_first);
    CHECK(failed.error.retry_after_ms == 100);
    // A refusal in a 200 keeps its code: it may have run.
    outcome const business =
        as_restart({.body = R"({"Code":"isv.LIMIT"})", .headers = {{"x-acs-retry-after", "100"}}});
    CHECK(business.error.code == service_code::other);
    CHECK(business.error.ran == executed::maybe);
    // A success is a success.
    CHECK(as_restart({.body = R"({"RequestId":"1"})", .headers = {{"x-acs-retry-after", "9"}}}).success);
    // A wait is kept even where the body says nothing.
    CHECK(as_restart({.status = 503, .body = "<html>", .headers = {{"x-acs-retry-after", "9"}}})
              .error.retry_after_ms == 9);
}

TEST_CASE("the header values of the corpus are taken as the corpus says", "[reply]") {
    if (!corpora::present("http/headers")) return;
    for (corpora::row const& row :
         corpora::read_tsv(corpora::root() / "http" / "headers" / "retry_after.tsv")) {
        INFO(row.at("header") << ": " << cell(row, "value"));
        outcome const got = as_restart(
            {.status = 400, .body = R"({"Code":"C"})", .headers = {{row.at("header"), cell(row, "value")}}});
        // Without a Date beside it, a date is no length of time.
        std::string const meaning = row.at("meaning");
        std::uint32_t expected = 0;
        if (meaning.rfind("milliseconds", 0) == 0) expected = static_cast<std::uint32_t>(std::stoul(row.at("value")));
        if (meaning.rfind("seconds", 0) == 0) expected = 1000 * static_cast<std::uint32_t>(std::stoul(row.at("value")));
        if (meaning.rfind("overflow", 0) == 0) expected = 4294967295u; // clamped
        CHECK(got.error.retry_after_ms == expected);
    }
}

TEST_CASE("an older X-RateLimit-User says how long a throttled account waits", "[reply]") {
    auto const wait = [](std::string const& code,
                         std::vector<std::pair<std::string, std::string>> const& headers) {
        return as_restart({.status = 400, .body = R"({"Code":")" + code + R"("})", .headers = headers})
            .error.retry_after_ms;
    };
    CHECK(wait("Throttling.User",
               {{"X-RateLimit-User", "Limit:10,Remain:0,TimeLeft:700,Reset:1795368979"}}) == 700);
    CHECK(wait("Throttling.User",
               {{"x-ratelimit-user-api", "Limit:10,Remain:0,TimeLeft:700,Reset:1795368979"}}) == 700);
    CHECK(wait("Throttling.User", {{"X-RateLimit-User", "TimeLeft:5,Remain:0"},
                                   {"X-RateLimit-User-API", "TimeLeft:9,Remain:0"}}) == 9);
    CHECK(wait("Throttling.User", {{"X-RateLimit-User", "TimeLeft:9,Remain:3"}}) == 0);
    CHECK(wait("Throttling.User", {{"X-RateLimit-User", ",,TimeLeft:,Remain:0,"}}) == 0);
    CHECK(wait("Throttling.User",
               {{"X-RateLimit-User", "TimeLeft:9,Remain:0"}, {"x-acs-retry-after", "20"}}) == 20);
    CHECK(wait("Throttling.User",
               {{"X-RateLimit-User", "TimeLeft:30,Remain:0"}, {"x-acs-retry-after", "20"}}) == 30);
    // The old header alone does not make a throttling of another refusal.
    CHECK(wait("InvalidCaster.NotFound", {{"X-RateLimit-User", "TimeLeft:9,Remain:0"}}) == 0);
}

// ---- the codes

namespace {

struct known {
    int status;
    char const* code;
    service_code is;
    executed ran;
    advice what_to_do;
};

// The tables of RestartCaster, of the gateway and of ApsaraVideo Live in general.
known const table[] = {
    {400, "IncorrectSceneStatus", service_code::incorrect_scene_status, executed::no, advice::look_first},
    {400, "IncorrectCasterStatus", service_code::incorrect_caster_status, executed::no, advice::look_first},
    {400, "IncorrectCasterStatus.Idle", service_code::incorrect_caster_status_idle, executed::no,
     advice::start_caster},
    {400, "InvalidCasterId.Malformed", service_code::invalid_caster_id_malformed, executed::no,
     advice::fix_request},
    {400, "InvalidNormType.Malformed", service_code::invalid_norm_type_malformed, executed::no,
     advice::give_up},
    {401, "IllegalOperation", service_code::illegal_operation, executed::no, advice::ask_permission},
    {403, "IllegalOperation", service_code::illegal_operation, executed::no, advice::ask_permission},
    {404, "InvalidCaster.NotFound", service_code::invalid_caster_not_found, executed::no,
     advice::fix_request},
    {404, "InvalidScene.NotFound", service_code::invalid_scene_not_found, executed::no, advice::fix_request},
    {500, "InternalError", service_code::internal_error, executed::maybe, advice::look_first},
    {500, "UnknownError", service_code::internal_error, executed::maybe, advice::look_first},
    {503, "ServiceUnavailable", service_code::service_unavailable, executed::maybe, advice::look_first},
    {503, "ServiceUnAvailable", service_code::service_unavailable, executed::maybe, advice::look_first},
    {400, "Throttling", service_code::throttling, executed::no, advice::wait},
    {400, "Throttling.User", service_code::throttling, executed::no, advice::wait},
    {429, "Throttling.User", service_code::throttling, executed::no, advice::wait},
    {400, "Throttling.Api", service_code::throttling, executed::no, advice::wait},
    {400, "InvalidTimeStamp.Expired", service_code::timestamp_expired, executed::no, advice::fix_clock},
    {400, "InvalidTimeStamp.Format", service_code::timestamp_malformed, executed::no, advice::fix_clock},
    {400, "IllegalTimestamp", service_code::timestamp_malformed, executed::no, advice::fix_clock},
    // Whoever used the nonce before may have been this very request, sent twice on the way.
    {400, "SignatureNonceUsed", service_code::signature_nonce_used, executed::maybe, advice::look_first},
    {400, "SignatureDoesNotMatch", service_code::signature_does_not_match, executed::no,
     advice::fix_credentials},
    {403, "SignatureDoesNotMatch", service_code::signature_does_not_match, executed::no,
     advice::fix_credentials},
    {400, "IncompleteSignature", service_code::signature_does_not_match, executed::no,
     advice::fix_credentials},
    {404, "InvalidAccessKeyId.NotFound", service_code::access_key_not_found, executed::no,
     advice::fix_credentials},
    {400, "InvalidAccessKeyId.NotFound", service_code::access_key_not_found, executed::no,
     advice::fix_credentials},
    {400, "InvalidAccessKeyId.Inactive", service_code::access_key_inactive, executed::no,
     advice::fix_credentials},
    {403, "Forbidden.AccessKeyDisabled", service_code::access_key_inactive, executed::no,
     advice::fix_credentials},
    {400, "MissingSecurityToken", service_code::security_token, executed::no, advice::fix_credentials},
    {400, "InvalidSecurityToken.Malformed", service_code::security_token, executed::no,
     advice::fix_credentials},
    {400, "InvalidSecurityToken.Expired", service_code::security_token, executed::no,
     advice::fix_credentials},
    {400, "InvalidSecurityToken.MismatchWithAccessKey", service_code::security_token, executed::no,
     advice::fix_credentials},
    {400, "InvalidSignatureMethod", service_code::signature_unsupported, executed::no, advice::fix_signature},
    {401, "Forbidden", service_code::permission, executed::no, advice::ask_permission},
    {403, "Forbidden", service_code::permission, executed::no, advice::ask_permission},
    {403, "Forbidden.RAM", service_code::permission, executed::no, advice::ask_permission},
    {403, "Forbidden.RiskControl", service_code::permission, executed::no, advice::ask_permission},
    {403, "NoPermission", service_code::permission, executed::no, advice::ask_permission},
    {400, "MissingCasterId", service_code::missing_parameter, executed::no, advice::fix_request},
    {400, "MissingParam", service_code::missing_parameter, executed::no, advice::fix_request},
    {400, "MissingParameter", service_code::missing_parameter, executed::no, advice::fix_request},
    {400, "InvalidParameter", service_code::invalid_parameter, executed::no, advice::fix_request},
    {400, "InvalidParameter.Format", service_code::invalid_parameter, executed::no, advice::fix_request},
    {400, "InvalidRegionId", service_code::invalid_parameter, executed::no, advice::fix_request},
    {404, "InvalidDomain.NotFound", service_code::invalid_parameter, executed::no, advice::fix_request},
    {404, "InvalidApi.NotFound", service_code::action_not_found, executed::no, advice::fix_request},
    {404, "InvalidAction.NotFound", service_code::action_not_found, executed::no, advice::fix_request},
    {404, "InvalidProduct.NotFound", service_code::action_not_found, executed::no, advice::fix_request},
    {400, "InvalidVersion", service_code::action_not_found, executed::no, advice::fix_request},
    {400, "UnsupportedHTTPMethod", service_code::http_method, executed::no, advice::fix_request},
    {404, "InvalidProtocol.NeedSsl", service_code::ssl_needed, executed::no, advice::fix_transport},
    {400, "InvalidProtocol.NeedSsl", service_code::ssl_needed, executed::no, advice::fix_transport},
    {400, "MissingTimestamp", service_code::missing_parameter, executed::no, advice::fix_transport},
    {400, "MissingSignatureNonce", service_code::missing_parameter, executed::no, advice::fix_transport},
    {400, "InvalidOperation.NotSupportedEndpoint", service_code::endpoint_not_supported, executed::no,
     advice::fix_transport},
    {400, "FlowControlError", service_code::busy, executed::no, advice::wait},
    {403, "ServiceBusy", service_code::busy, executed::no, advice::wait},
    {429, "TooManyRequests", service_code::busy, executed::no, advice::wait},
    {408, "RequestTimeout", service_code::busy, executed::no, advice::wait},
    // not known by name: the status decides whether it may have run, and the code's last word
    {429, "SomethingNew", service_code::busy, executed::no, advice::wait},
    {400, "OperationTimeout", service_code::other, executed::maybe, advice::look_first},
    {400, "ConfigAlreadyExists", service_code::other, executed::no, advice::fix_request},
    {404, "incorrectcasterstatus.idle", service_code::other, executed::no, advice::fix_request},
    {400, "IllegalOperations", service_code::other, executed::no, advice::fix_request},
    {400, "IllegalOperatio", service_code::other, executed::no, advice::fix_request},
    {500, "SomethingNew", service_code::other, executed::maybe, advice::look_first},
    {503, "SomethingNew", service_code::other, executed::maybe, advice::look_first},
    {200, "SomethingNew", service_code::other, executed::maybe, advice::look_first},
    {302, "SomethingNew", service_code::other, executed::maybe, advice::look_first},
};

} // namespace

TEST_CASE("every known code says whether it ran and what to do", "[reply]") {
    std::set<service_code> seen;
    for (known const& row : table) {
        INFO(row.status << " " << row.code);
        std::string const code = row.code;
        for (std::string const& body :
             {R"({"Code":")" + code + R"(","HostId":"live.aliyuncs.com","Message":"m","RequestId":"1"})",
              "<Error><RequestId>1</RequestId><HostId>live.aliyuncs.com</HostId><Code>" + code +
                  "</Code><Message>m</Message></Error>"}) {
            answer const from{.status = row.status, .body = body};
            check_refused(from, {code, "m", "1", "live.aliyuncs.com", ""});
            outcome const got = as_restart(from);
            CHECK(got.error.code == row.is);
            CHECK(got.error.ran == row.ran);
            CHECK(got.error.what_to_do == row.what_to_do);
            CHECK(got.error.cause == rc::failure{});
        }
        seen.insert(row.is);
    }
    CHECK(seen.size() ==
          static_cast<std::size_t>(service_code::endpoint_not_supported) + 1); // every name stands in the table
}

// ---- compile time

namespace {

template <std::size_t N>
struct text {
    char bytes[N - 1]{};
    constexpr text(char const (&from)[N]) {
        for (std::size_t i = 0; i != N - 1; ++i)
            bytes[i] = from[i];
    }
};

constexpr bool a_success_is_read() {
    text body(R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})");
    auto const reply = rc::read_reply<rc::restart_caster>({.status = 200, .body = body.bytes});
    return reply && reply->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31";
}
static_assert(a_success_is_read());

constexpr bool an_error_is_read() {
    text body("<Error><RequestId>1</RequestId><HostId>live.aliyuncs.com</"
              "HostId><Code>IncorrectCasterStatus.Idle</Code>"
              "<Message>not started &amp; idle</Message></Error>");
    auto const reply = rc::read_reply<rc::restart_caster>({.status = 400, .body = body.bytes});
    return !reply && reply.error().code == service_code::incorrect_caster_status_idle &&
           reply.error().what_to_do == advice::start_caster && reply.error().ran == executed::no &&
           reply.error().message == "not started & idle" && reply.error().http_status == 400;
}
static_assert(an_error_is_read());

constexpr bool a_proxy_page_is_told_apart() {
    text body("<html><body>502</body></html>");
    auto const reply = rc::read_reply<rc::action>({.status = 502, .body = body.bytes});
    return !reply && reply.error().kind == error_kind::unreadable && reply.error().http_status == 502;
}
static_assert(a_proxy_page_is_told_apart());

} // namespace
