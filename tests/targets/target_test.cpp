// SPDX-License-Identifier: MIT
// The whole path on a machine that has next to nothing: no heap, no exceptions, no RTTI, no test framework,
// little RAM. Prints the hash kernel that it ran and, as its last line, "N passed, N failed"; ends with 0 or 1.
// Data flow: vector_data.hpp is what tests/vectors/make_header.py writes; it lies in read-only memory.
#include <restartcaster/operations/make_request.hpp>
#include <restartcaster/operations/restart_caster.hpp>
#include <restartcaster/read/reply.hpp>
#include <restartcaster/sign/acs3.hpp>

#include "vector_data.hpp"

#if defined(__arm__) && !defined(__linux__)
#include "../../examples/firmware/semihosting.hpp"
#else
#include <cstdio>
#endif

namespace rc = restartcaster;
using namespace std::string_view_literals;

namespace {

unsigned passed = 0, failed = 0;

void print(std::string_view text) {
    for (char const c : text)
#ifdef RESTARTCASTER_TESTS_SEMIHOSTING_HPP
        semihosting::say(c);
#else
        std::putchar(c);
#endif
}

void print(unsigned number) {
    if (number > 9) print(number / 10);
    char const digit = static_cast<char>('0' + number % 10);
    print({&digit, 1});
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
        same_ = same_ && left_.starts_with(text);
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
    // Not by substr(), which can throw and so brings the heap of the C++ library into a firmware image.
    check(made && (get ? made->target.size() == v.wire.size() + 2 && made->target.ends_with(v.wire)
                       : made->body == v.wire),
          v.name, stage);
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

void stages(vector_data::acs3 const& v) {
    rc::parameter_list<12> query, headers;
    bool appended = true;
    for (std::size_t i = v.query.size(); i-- != 0;)
        appended = query.append(v.query[i].name, v.query[i].value).has_value() && appended;
    for (std::size_t i = v.headers.size(); i-- != 0;)
        appended = headers.append(v.headers[i].name, v.headers[i].value).has_value() && appended;
    check(appended, v.name, "parameters and headers");

    auto const body_hash = rc::acs3::body_hash(v.body);
    std::string_view const hash_text(body_hash.data(), body_hash.size());
    check((hash_text == v.hashed_payload) == v.payload_is_body, v.name, "hash of the body");

    expecting_sink canonical_query(v.canonical_query);
    rc::canonical_query(canonical_query, query);
    check(canonical_query.whole(), v.name, "canonical query");

    expecting_sink signed_headers(v.signed_headers);
    rc::acs3::signed_headers(signed_headers, headers);
    check(signed_headers.whole(), v.name, "signed headers");

    expecting_sink canonical_request(v.canonical_request);
    rc::acs3::canonical_request(canonical_request, v.method, query, headers, v.hashed_payload);
    check(canonical_request.whole(), v.name, "canonical request");

    rc::signing_key<rc::acs3> const key({v.access_key_id, v.secret});
    auto const signature = rc::acs3::signature(key, v.method, query, headers, v.hashed_payload);
    check(std::string_view(signature.data(), signature.size()) == v.signature, v.name, "signature");
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

void answers(vector_data::reply const& v) {
    auto const got = answer(v.http_status, v.content_type, v.body);
    check(got.has_value() == v.success, v.name, "success");
    if (got && v.success) check(got->request_id == v.request_id, v.name, "request id");
    if (got || v.success) return;
    check(got.error().kind == (v.code.empty() ? rc::error_kind::unreadable : rc::error_kind::refused), v.name, "kind");
    check(got.error().ran == (v.ran == "no"sv ? rc::executed::no : rc::executed::maybe), v.name, "whether it ran");
    check(got.error().http_status == v.http_status, v.name, "status");
    check(got.error().code_text == v.code, v.name, "code");
    check(got.error().message == v.message, v.name, "message");
    check(got.error().request_id == v.request_id, v.name, "request id");
    check(got.error().host_id == v.host_id, v.name, "host id");
    check(got.error().recommend == v.recommend, v.name, "recommendation");
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

std::string_view kernel() {
    switch (rc::detail::chosen_kernel()) {
    case rc::detail::kernel::x86_sha: return "x86 SHA"sv;
    case rc::detail::kernel::armv8_sha: return "Armv8 SHA"sv;
    default: return RESTARTCASTER_SMALL ? "portable, small"sv : "portable"sv;
    }
}

} // namespace

int main() {
    for (vector_data::rpc const& v : vector_data::rpc_1_0) {
        stages(v);
        calls(v);
    }
    for (vector_data::acs3 const& v : vector_data::acs3_hmac_sha256)
        stages(v);
    hmacs();
    refusals();
    for (vector_data::reply const& v : vector_data::replies)
        answers(v);
    answers();
    print("kernel: ");
    print(kernel());
    print("\n");
    print(passed);
    print(" passed, ");
    print(failed);
    print(" failed\n");
    return failed == 0 ? 0 : 1;
}
