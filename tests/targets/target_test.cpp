// SPDX-License-Identifier: MIT
// The whole path on a machine that has next to nothing: no heap, no exceptions, no RTTI, no test framework,
// little RAM. Prints "N passed, N failed" as its last line and ends with 0 or 1.
// Path: vector_data.hpp is what tests/vectors/make_header.py writes; it lies in read-only memory.
#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/read/reply.hpp>

#include "vector_data.hpp"

#include <cstdio>

namespace rc = restartcaster;
using namespace std::string_view_literals;

namespace {

unsigned passed = 0, failed = 0;

void print(std::string_view text) {
    for (char const c : text)
        std::putchar(c);
}

void check(bool good, std::string_view what, std::string_view stage) {
    if (good) {
        ++passed;
        return;
    }
    ++failed;
    print(what);
    print(": ");
    print(stage);
    print("\n");
}

// Holds text against what is expected as it comes, so that nothing of it has to be kept.
class expecting_sink {
public:
    explicit expecting_sink(std::string_view expected) noexcept : left_(expected) {}
    void append(std::string_view text) noexcept {
        same_ = same_ && left_.substr(0, text.size()) == text;
        left_.remove_prefix(text.size() < left_.size() ? text.size() : left_.size());
    }
    [[nodiscard]] bool whole() const noexcept { return same_ && left_.empty(); }

private:
    std::string_view left_;
    bool same_ = true;
};

rc::storage<1536> room;

void stages(vector_data::rpc const& v) {
    rc::parameter_list<20> list;
    bool appended = true;
    // Backwards, so that the order is the list's own work.
    for (std::size_t i = v.parameters.size(); i-- != 0;)
        appended = list.append(v.parameters[i].name, v.parameters[i].value).has_value() && appended;
    check(appended, v.name, "parameters");

    expecting_sink query(v.canonical_query);
    rc::canonical_query(query, list);
    check(query.whole(), v.name, "canonical query");

    expecting_sink to_sign(v.string_to_sign);
    rc::rpc_v1::string_to_sign(to_sign, v.method, list);
    check(to_sign.whole(), v.name, "string to sign");

    rc::signing_key<> const key({v.access_key_id, v.secret});
    auto const signature = rc::rpc_v1::signature(key, v.method, list);
    std::string_view const signed_text(signature.data(), signature.size());
    check(signed_text == v.signature, v.name, "signature");

    if (v.wire.empty()) return;
    expecting_sink wire(v.wire);
    rc::canonical_query(wire, list);
    wire.append("&Signature=");
    rc::percent_encode(wire, signed_text);
    check(wire.whole(), v.name, "wire");
}

std::string_view value_of(vector_data::rpc const& v, std::string_view name) {
    for (vector_data::parameter const& p : v.parameters)
        if (p.name == name) return p.value;
    return {};
}

struct instant {
    std::string_view text;
    std::int64_t utc_seconds;
};
// The times in the vectors; POSIX seconds by date(1).
constexpr instant instants[]{{"1970-01-01T00:00:00Z", 0},          {"2015-08-06T02:19:46Z", 1438827586},
                             {"2016-02-23T12:46:24Z", 1456231584}, {"2016-03-24T16:41:54Z", 1458837714},
                             {"2017-06-14T09:51:14Z", 1497433874}, {"2023-03-13T08:34:30Z", 1678696470},
                             {"2024-02-27T08:00:00Z", 1709020800}, {"2024-02-29T23:59:59Z", 1709251199}};

constexpr std::string_view common_names[]{"AccessKeyId",      "Action",          "Format",
                                          "SecurityToken",    "SignatureMethod", "SignatureNonce",
                                          "SignatureVersion", "Timestamp",       "Version"};

bool is_common(std::string_view name) {
    for (std::string_view const one : common_names)
        if (one == name) return true;
    return false;
}

template <class Operation>
void call(Operation const& op, vector_data::rpc const& v, rc::stamp const& when, std::string_view stage) {
    rc::signing_key<> const key({v.access_key_id, v.secret, value_of(v, "SecurityToken")});
    bool const get = v.method == "GET"sv;
    rc::request_options const options{.parameters = get ? rc::placement::get : rc::placement::post_form,
                                      .answer = value_of(v, "Format") == "XML"sv ? rc::format::xml
                                                                                 : rc::format::json,
                                      .url_limit = 0};
    auto const size = rc::request_size(op, key, when, options);
    std::size_t const origin = "https://live.aliyuncs.com"sv.size();
    check(size && *size == origin + 2 + v.wire.size() + (get ? 1 : 0), v.name, "size of the request");
    auto const made = rc::make_request(op, key, when, room, options);
    if (size && *size > room.size()) {
        check(!made && made.error().code == rc::errc::storage_too_small && made.error().detail == *size,
              v.name, "storage too small");
        return;
    }
    check(made && (get ? made->target.substr(2) : made->body) == v.wire, v.name, stage);
}

// Whole calls, for the vectors that a call can make.
void calls(vector_data::rpc const& v) {
    std::string_view const format = value_of(v, "Format");
    if ((format != "JSON"sv && format != "XML"sv) || v.wire.empty() || value_of(v, "Action").empty()) return;
    std::int64_t utc_seconds = -1;
    for (instant const& one : instants)
        if (one.text == value_of(v, "Timestamp")) utc_seconds = one.utc_seconds;
    if (utc_seconds < 0) return;
    rc::stamp const when{utc_seconds, value_of(v, "SignatureNonce")};

    bool restart = value_of(v, "Action") == "RestartCaster"sv;
    rc::parameter_list<12> own;
    bool appended = true;
    for (vector_data::parameter const& p : v.parameters) {
        if (is_common(p.name)) continue;
        appended = own.append(p.name, p.value).has_value() && appended;
        restart = restart && (p.name == "CasterId"sv || p.name == "RegionId"sv);
    }
    check(appended, v.name, "own parameters");
    call(rc::action{value_of(v, "Action"), value_of(v, "Version"), own}, v, when, "call of an action");
    if (restart)
        call(rc::restart_caster{.caster_id = value_of(v, "CasterId"), .region_id = value_of(v, "RegionId")},
             v, when, "call of the typed operation");
}

void hmacs() {
    for (vector_data::hmac const& v : vector_data::hmac_sha1) {
        rc::hmac_key<rc::sha1> const key(v.key);
        auto const text = rc::base64(rc::hmac(key, v.message));
        check(std::string_view(text.data(), text.size()) == v.expected, v.name, "HMAC-SHA1");
    }
}

void refusals() {
    rc::signing_key<> const key({"testid", "testsecret"});
    auto const refused = [&key](rc::restart_caster const& op, rc::stamp const& when,
                                rc::request_options const& options) {
        auto const made = rc::make_request(op, key, when, room, options);
        return made ? rc::failure{.code = rc::errc::entropy_missing} : made.error();
    };
    rc::restart_caster const good{.caster_id = "80787064"};
    check(refused({}, {0, "n"}, {}).subject == "CasterId"sv, "refusal", "missing CasterId");
    check(refused({.caster_id = " a"}, {0, "n"}, {}).code == rc::errc::parameter_blank_end, "refusal",
          "blank end");
    check(refused({.caster_id = "\xFF"}, {0, "n"}, {}).code == rc::errc::parameter_not_utf8, "refusal",
          "not UTF-8");
    check(refused(good, {-1, "n"}, {}).code == rc::errc::timestamp_out_of_range, "refusal", "time");
    check(refused(good, {0, ""}, {}).subject == "SignatureNonce"sv, "refusal", "nonce");
    check(refused(good, {0, "n"}, {.to = {"a/b"}}).code == rc::errc::host_malformed, "refusal", "host");
    check(refused(good, {0, "n"}, {.parameters = rc::placement::get, .url_limit = 64}).code ==
              rc::errc::url_too_long,
          "refusal", "URL limit");
}

// Puts an answer into RAM, where escapes are decoded in place, and has it read.
rc::result<rc::request_id_reply, rc::error> answer(std::uint16_t status, std::string_view type,
                                                   std::string_view body) {
    for (std::size_t i = 0; i != body.size(); ++i)
        room.bytes[i] = body[i];
    rc::response response{.status = status, .body = room.span().first(body.size())};
    response.header("Content-Type", type);
    return rc::read_reply<rc::restart_caster>(response);
}

// Bodies as the service's documents print them.
void answers() {
    auto const json = answer(200, "application/json;charset=utf-8",
                             R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31"})");
    check(json && json->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31"sv, "answer", "JSON success");

    auto const xml =
        answer(200, "application/xml",
               "<?xml version='1.0' encoding='UTF-8'?><RestartCasterResponse>"
               "<RequestId>6EBD1AC4-C34D-4AE1-963E-B688A228BE31</RequestId></RestartCasterResponse>");
    check(xml && xml->request_id == "6EBD1AC4-C34D-4AE1-963E-B688A228BE31"sv, "answer", "XML success");

    auto const refused = answer(400, "application/json",
                                R"({"Code":"IncorrectCasterStatus.Idle","HostId":"live.aliyuncs.com",)"
                                R"("Message":"a\u0026b","RequestId":"6EBD1AC4"})");
    check(!refused && refused.error().kind == rc::error_kind::refused, "answer", "JSON error");
    check(!refused && refused.error().code == rc::service_code::incorrect_caster_status_idle, "answer",
          "JSON code");
    check(!refused && refused.error().message == "a&b"sv, "answer", "JSON escape");
    check(!refused && refused.error().request_id == "6EBD1AC4"sv, "answer", "JSON error's request id");

    auto const gateway = answer(
        404, "text/xml",
        "<?xml version='1.0' "
        "encoding='UTF-8'?><Error><RequestId>162837D0-EA67-43B2-8347-C21780154880</RequestId>"
        "<HostId>live.aliyuncs.com</HostId><Code>InvalidAccessKeyId.NotFound</Code>"
        "<Message>Specified access key is not "
        "&lt;found&gt;.</Message><Recommend><![CDATA[https://error-center."
        "aliyun.com/status/search?Keyword=InvalidAccessKeyId.NotFound&source=PopGw]]></Recommend></Error>");
    check(!gateway && gateway.error().kind == rc::error_kind::refused, "answer", "XML error");
    check(!gateway && gateway.error().code == rc::service_code::access_key_not_found, "answer", "XML code");
    check(!gateway && gateway.error().http_status == 404, "answer", "XML status");
    check(!gateway && gateway.error().message == "Specified access key is not <found>."sv, "answer",
          "XML entities");
    check(!gateway && gateway.error().recommend.ends_with("NotFound&source=PopGw"), "answer", "XML CDATA");

    auto const page = answer(502, "text/html", "<html><body>Bad Gateway</body></html>");
    check(!page && page.error().kind == rc::error_kind::unreadable && page.error().http_status == 502,
          "answer", "a page");
    auto const cut = answer(200, "application/json", R"({"RequestId":"6EBD)");
    check(!cut && cut.error().kind == rc::error_kind::unreadable, "answer", "a cut body");
    auto const empty = answer(200, "application/json", "");
    check(!empty && empty.error().kind == rc::error_kind::unreadable, "answer", "no body");
}

} // namespace

int main() {
    for (vector_data::rpc const& v : vector_data::rpc_1_0) {
        stages(v);
        calls(v);
    }
    hmacs();
    refusals();
    answers();
    std::printf("%u passed, %u failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
