// SPDX-License-Identifier: MIT
// Correct signers with one mistake each, and requests that were changed on the way: the cause, the name and the offset
// that are expected are those of the mistake that was planted, and are written down here.
#include <restartcaster/explain/explain.hpp>

#include "catch.hpp"
#include "signer.hpp"

#include <map>
#include <span>

namespace rc = restartcaster;
using rc::mismatch;
using signer::request;

namespace {

/// A fault is planted in what is signed, or in what arrives.
struct mistake {
    char const* title;
    request correct;
    std::function<void(request& signs, request& arrives)> plant;
    mismatch cause;
    std::string name;
    std::size_t offset;
    unsigned further = 0;
};

using both = request&;

// For the hash of a body and the list of headers: the offset of the first byte that differs in the line.
constexpr std::size_t in_its_line = std::string::npos;

std::string lower_hex(std::string const& text) {
    std::string out = reference::percent(text);
    for (std::size_t i = 0; i + 2 < out.size(); ++i)
        if (out[i] == '%')
            for (std::size_t j = i + 1; j != i + 3; ++j) out[j] = rc::detail::ascii_lower(out[j]);
    return out;
}
std::string with_plus(std::string const& text) { return signer::replaced(reference::percent(text), "%20", "+"); }
std::string with_bare(std::string const& text, std::string const& escape, std::string const& bare) {
    return signer::replaced(reference::percent(text), escape, bare);
}
std::string with_tilde_escaped(std::string const& text) {
    return signer::replaced(reference::percent(text), "~", "%7E");
}
std::string twice(std::string const& text) { return reference::percent(reference::percent(text)); }
std::string as_it_is(std::string const& text) { return text; }

request named(request from, std::string const& value) {
    from.parameter("Name") = value;
    if (from.acs3 && from.form) {
        from.body_hash = reference::sha256(from.query());
        from.header("x-acs-content-sha256") = from.body_hash;
    }
    return from;
}

/// The faults of encoders and of values, in any request whose query is signed.
std::vector<mistake> in_queries(request const& base) {
    unsigned const and_timestamp = base.acs3 ? 0 : 1; // Timestamp has ':', which an encoder damages as well
    auto const encoder = [](auto encode) { return [encode](both signs, both) { signs.encode = encode; }; };
    std::vector<mistake> all{
        {"a space as '+'", named(base, "live studio 7"), encoder(with_plus), mismatch::plus_for_space, "Name", 4},
        {"a '+' that arrives as a space", named(base, "one+two"),
         [](both, both arrives) { arrives.parameter("Name") = "one two"; }, mismatch::plus_for_space, "Name", 3},
        {"escapes in lower case", named(base, "one/two"), [](both signs, both) { signs.encode = lower_hex; },
         mismatch::lower_case_hex, "Name", 3, and_timestamp},
        {"escapes in lower case after Chinese", named(base, "\xE4\xB8\xAD/"),
         [](both signs, both) { signs.encode = lower_hex; }, mismatch::lower_case_hex, "Name", 0, and_timestamp},
        {"'*' as it is", named(base, "one*"), encoder([](std::string const& t) { return with_bare(t, "%2A", "*"); }),
         mismatch::not_encoded, "Name", 3},
        {"'/' as it is", named(base, "a/b"), encoder([](std::string const& t) { return with_bare(t, "%2F", "/"); }),
         mismatch::not_encoded, "Name", 1},
        {"'(' as it is", named(base, "studio (7)"),
         encoder([](std::string const& t) { return with_bare(t, "%28", "("); }), mismatch::not_encoded, "Name", 7},
        {"'&' in a value as it is", named(base, "you & me"),
         encoder([](std::string const& t) { return with_bare(t, "%26", "&"); }), mismatch::not_encoded, "Name", 4,
         1}, // the '&' begins a second parameter
        {"a quotation mark as it is", named(base, "{\"a\":1}"),
         encoder([](std::string const& t) { return with_bare(t, "%22", "\""); }), mismatch::not_encoded, "Name", 1},
        {"'~' escaped", named(base, "~home"), encoder(with_tilde_escaped), mismatch::encoded_needlessly, "Name", 0},
        {"'_' escaped", named(base, "a_b"), encoder([](std::string const& t) { return with_bare(t, "_", "%5F"); }),
         mismatch::encoded_needlessly, "Name", 1},
        {"values encoded twice", named(base, "ab c"), encoder(twice), mismatch::encoded_twice, "Name", 2,
         and_timestamp},
        {"encoded again on the way", named(base, "50/50"),
         [](both, both arrives) { arrives.parameter("Name") = "50%2F50"; }, mismatch::encoded_twice, "Name", 2},
        {"Latin-1", named(base, "caf\xC3\xA9"), [](both signs, both) { signs.parameter("Name") = "caf\xE9"; },
         mismatch::not_utf8, "Name", 3},
        {"GBK", named(base, "\xE4\xB8\xAD\xE6\x96\x87"),
         [](both signs, both) { signs.parameter("Name") = "\xD6\xD0\xCE\xC4"; }, mismatch::not_utf8, "Name", 0},
        {"replaced by U+FFFD", named(base, "x\xC3\xA9"),
         [](both, both arrives) { arrives.parameter("Name") = "x\xEF\xBF\xBD"; }, mismatch::not_utf8, "Name", 1},
        {"another character", named(base, "\xE4\xB8\xAD"),
         [](both, both arrives) { arrives.parameter("Name") = "\xE4\xB8\xAE"; }, mismatch::value_changed, "Name", 2},
        {"a value trimmed", named(base, "studio "), [](both, both arrives) { arrives.parameter("Name") = "studio"; },
         mismatch::value_changed, "Name", 6},
        {"a value continued", named(base, "studio"),
         [](both, both arrives) { arrives.parameter("Name") = "studio\r\n"; }, mismatch::value_changed, "Name", 6},
        {"a letter in another case", named(base, "Studio"),
         [](both, both arrives) { arrives.parameter("Name") = "studio"; }, mismatch::value_changed, "Name", 0},
        {"utm added by a proxy", base, [](both, both arrives) { arrives.add("utm", "1"); }, mismatch::parameter_added,
         "utm", 0},
        {"a parameter in the middle added", base, [](both, both arrives) { arrives.add("Debug", "true"); },
         mismatch::parameter_added, "Debug", 0},
        {"a parameter not signed", base, [](both signs, both) { request::drop(signs.parameters, "CasterId"); },
         mismatch::parameter_added, "CasterId", 0},
        {"a parameter removed on the way", base, [](both, both arrives) { request::drop(arrives.parameters, "Name"); },
         mismatch::parameter_missing, "Name", 0},
        {"sorted without regard to case", base,
         [](both signs, both arrives) {
             for (request* one : {&signs, &arrives})
                 one->add("format", "x");
             std::sort(signs.parameters.begin(), signs.parameters.end(), [](auto const& a, auto const& b) {
                 std::string x = a.first, y = b.first;
                 for (std::string* t : {&x, &y})
                     for (char& c : *t) c = rc::detail::ascii_lower(c);
                 return x == y ? b.first < a.first : x < y;
             });
         },
         mismatch::order, "format", 0},
        {"the method changed by a redirect", base,
         [](both, both arrives) { arrives.method = arrives.method == "GET" ? "POST" : "GET"; }, mismatch::method,
         "method", 0},
        {"the method in small letters", base, [](both signs, both) { signs.method[0] = 'p'; }, mismatch::method,
         "method", 0},
    };
    return all;
}

std::vector<mistake> in_rpc_v1(request const& base) {
    return {
        {"the query not encoded", base, [](both signs, both) { signs.encode_query = as_it_is; }, mismatch::not_encoded,
         "query", 11}, // behind AccessKeyId
        {"the query encoded twice", base, [](both signs, both) { signs.encode_query = twice; }, mismatch::encoded_twice,
         "query", 11},
        {"the query in lower case", base, [](both signs, both) { signs.encode_query = lower_hex; },
         mismatch::lower_case_hex, "query", 11},
        {"values not encoded before the query", named(base, "a b"), [](both signs, both) { signs.encode = as_it_is; },
         mismatch::not_encoded, "Name", 1, 1},
        {"the path not encoded", base, [](both signs, both) { signs.path = "/"; }, mismatch::not_encoded, "path", 0},
        {"the path in lower case", base, [](both signs, both) { signs.path = "%2f"; }, mismatch::lower_case_hex, "path",
         0},
        {"another path", base, [](both signs, both) { signs.path = "%2Fapi"; }, mismatch::path, "path", 3},
        {"the text of an earlier attempt", base,
         [](both signs, both) { signs.parameter("Timestamp") = "2026-11-22T17:36:10Z"; }, mismatch::time, "Timestamp",
         18},
        {"TimeStamp instead of Timestamp", base,
         [](both signs, both) {
             request::drop(signs.parameters, "Timestamp");
             signs.add("TimeStamp", "2026-11-22T17:36:19Z");
         },
         mismatch::parameter_missing, "TimeStamp", 0, 1},
        {"Signature among the signed parameters", base, [](both signs, both) { signs.add("Signature", "AAAA"); },
         mismatch::parameter_missing, "Signature", 0},
        {"the key id of another key", base,
         [](both signs, both) { signs.parameter("AccessKeyId") = "LTAI5tExampleKeyId02"; }, mismatch::value_changed,
         "AccessKeyId", 19},
        {"an empty token signed", base, [](both signs, both) { signs.add("SecurityToken", ""); },
         mismatch::parameter_missing, "SecurityToken", 0},
        {"the names not sorted", base, [](both signs, both) { std::swap(signs.parameters[1], signs.parameters[2]); },
         mismatch::order, "CasterId", 0},
    };
}

std::vector<mistake> in_acs3(request const& base) {
    return {
        {"x-acs-action not signed", base,
         [](both signs, both) {
             request::drop(signs.headers, "x-acs-action");
             signs.name_headers();
         },
         mismatch::header_added, "x-acs-action", 0},
        {"a header signed and removed", base, [](both signs, both) { signs.add_header("x-acs-trace", "1"); },
         mismatch::header_missing, "x-acs-trace", 0},
        {"a header added by a proxy", base, [](both, both arrives) { arrives.add_header("x-acs-via", "p"); },
         mismatch::header_added, "x-acs-via", 0},
        {"the host with its port", base, [](both signs, both) { signs.header("host") = "live.aliyuncs.com:443"; },
         mismatch::header_changed, "host", 17},
        {"the date of another attempt", base,
         [](both signs, both) { signs.header("x-acs-date") = "2026-11-22T18:36:19Z"; }, mismatch::time, "x-acs-date",
         12},
        {"the value of a header not trimmed", base,
         [](both signs, both) { signs.header("x-acs-version") = " 2016-11-01"; }, mismatch::header_changed,
         "x-acs-version", 0},
        {"the body changed on the way", base,
         [](both, both arrives) { arrives.body_hash = reference::sha256("other"); }, mismatch::body_changed,
         "x-acs-content-sha256", in_its_line},
        {"the list of headers not sorted", base,
         [](both signs, both) {
             signs.signed_headers = signer::replaced(signs.signed_headers, "x-acs-date;x-acs-signature-nonce",
                                                     "x-acs-signature-nonce;x-acs-date");
         },
         mismatch::order, "SignedHeaders", in_its_line},
        {"headers not sorted", base,
         [](both signs, both) {
             std::swap(signs.headers[signs.headers.size() - 1], signs.headers[signs.headers.size() - 2]);
         },
         mismatch::order, "x-acs-version", 0},
        {"another path", base, [](both signs, both) { signs.path = "/api"; }, mismatch::path, "path", 1},
        {"a text of version 1.0", base, [](both signs, both) { signs = signer::rpc_v1(); }, mismatch::scheme, "", 0},
    };
}

std::vector<mistake> mistakes() {
    std::vector<mistake> all;
    auto const add = [&all](std::vector<mistake> const& more) { all.insert(all.end(), more.begin(), more.end()); };
    for (auto const* method : {"POST", "GET"}) {
        add(in_queries(signer::rpc_v1(method)));
        add(in_queries(signer::acs3(method)));
        add(in_rpc_v1(signer::rpc_v1(method)));
        add(in_acs3(signer::acs3(method)));
    }
    add(in_acs3(signer::acs3("POST", true)));
    all.push_back({"a text of ACS3", signer::rpc_v1(), [](both signs, both) { signs = signer::acs3(); },
                   mismatch::scheme, "", 0});
    return all;
}

// The first byte at which two texts differ.
std::size_t first_difference(std::string const& one, std::string const& two) {
    std::size_t at = 0;
    while (at < one.size() && at < two.size() && one[at] == two[at]) ++at;
    return at;
}

rc::explanation explained(std::string const& ours, std::string answer) {
    auto const theirs = rc::service_text_in(std::span<char>(answer));
    REQUIRE(theirs.found());
    return rc::explain(std::string_view(ours), theirs);
}

} // namespace

TEST_CASE("every mistake of a signer is named with its cause, its parameter and its offset, in every wrapping") {
    auto const all = mistakes();
    CHECK(all.size() >= 100);
    using wrapper = std::string (*)(std::string);
    wrapper const wrappings[] = {+[](std::string m) { return m; },
                                 +[](std::string m) { return signer::in_json(m); },
                                 +[](std::string m) { return signer::in_careful_json(m); },
                                 +[](std::string m) { return signer::in_xml(m); },
                                 +[](std::string m) { return signer::in_cdata(m); },
                                 +[](std::string m) { return signer::in_log(m); },
                                 +[](std::string m) { return signer::in_json_log(m); }};
    for (mistake const& one : all) {
        request signs = one.correct, arrives = one.correct;
        one.plant(signs, arrives);
        for (wrapper const wrap : wrappings) {
            std::string const answer = wrap(signer::message_of(arrives));
            INFO(one.title << "\nours:   " << signs.text() << "\nanswer: " << answer);
            auto const out = explained(signs.text(), answer);
            CHECK(rc::name(out.cause) == rc::name(one.cause));
            CHECK(out.name.view() == one.name);
            std::size_t const at = first_difference(signs.text(), arrives.text());
            CHECK(out.offset == (one.offset == in_its_line ? at - (signs.text().rfind('\n', at) + 1) : one.offset));
            CHECK(out.further == one.further);
        }
    }
}

TEST_CASE("every cause of a difference has a mistake in each scheme that can have it") {
    std::map<mismatch, std::map<bool, unsigned>> planted;
    for (mistake const& one : mistakes()) ++planted[one.cause][one.correct.acs3];
    std::map<mismatch, unsigned> const schemes{
        {mismatch::parameter_added, 2}, {mismatch::parameter_missing, 2}, {mismatch::value_changed, 2},
        {mismatch::plus_for_space, 2},  {mismatch::lower_case_hex, 2},    {mismatch::encoded_twice, 2},
        {mismatch::not_encoded, 2},     {mismatch::encoded_needlessly, 2}, {mismatch::not_utf8, 2},
        {mismatch::order, 2},           {mismatch::method, 2},            {mismatch::path, 2},
        {mismatch::header_added, 1},    {mismatch::header_missing, 1},    {mismatch::header_changed, 1},
        {mismatch::body_changed, 1},    {mismatch::scheme, 2},            {mismatch::time, 2}};
    for (auto const& [cause, count] : schemes) {
        INFO(rc::name(cause));
        CHECK(planted[cause].size() == count);
    }
    // The others are no difference of two texts: explain.cpp has tests of each.
    for (mismatch const none : {mismatch::secret, mismatch::key_suffix, mismatch::cut, mismatch::not_a_mismatch})
        CHECK(planted.find(none) == planted.end());
    CHECK(schemes.size() + 4 == static_cast<unsigned>(mismatch::not_a_mismatch) + 1);
}

TEST_CASE("without a mistake, the texts are equal and the secret is the cause") {
    for (request const& correct :
         {signer::rpc_v1(), signer::rpc_v1("GET"), signer::acs3(), signer::acs3("GET"), signer::acs3("POST", true)}) {
        auto const out = explained(correct.text(), signer::in_json(signer::message_of(correct)));
        CHECK(out.cause == mismatch::secret);
        CHECK_FALSE(out.signature_fits);
    }
}
