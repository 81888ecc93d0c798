// SPDX-License-Identifier: MIT
// What reading an answer costs, every field delivered and every byte checked, beside the parsers people use.
// Source: RFC 8259; XML 1.0; the answers of inputs.hpp.
// Data flow: the same bodies through every reader, checked to give the same fields, then timed side by side.
#include "bench.hpp"
#include "inputs.hpp"

#include <restartcaster.hpp>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <rapidjson/document.h>
#include <rapidjson/reader.h>
#include <simdjson.h>
#include <tinyxml2.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

namespace rc = restartcaster;
namespace ondemand = simdjson::ondemand;

namespace {

/// The five fields of a refusal; a success has the request id alone.
struct fields {
    std::string_view code, message, request_id, host_id, recommend;
    bool operator==(fields const&) const = default;
};

// ---- ours

/// Reads as a program would, through the door. `body` may be changed where it holds escapes.
[[gnu::noinline]] fields ours(std::span<char> body, std::uint16_t status) {
    rc::response const from{.status = status, .body = body};
    auto const reply = rc::read_reply<rc::restart_caster>(from);
    if (reply) return {.code = {}, .message = {}, .request_id = reply->request_id, .host_id = {}, .recommend = {}};
    auto const& error = reply.error();
    return {error.code_text, error.message, error.request_id, error.host_id, error.recommend};
}

// ---- the peers; a string view into something that lives as long as they do

class simdjson_reader {
public:
    fields read(simdjson::padded_string_view body, bool error) {
        fields out;
        ondemand::document document;
        if (parser_.iterate(body).get(document) != simdjson::SUCCESS) return out;
        take(document, "RequestId", out.request_id);
        if (!error) return out;
        // In the order in which they stand, which is the fastest for it.
        take(document, "HostId", out.host_id);
        take(document, "Code", out.code);
        take(document, "Message", out.message);
        take(document, "Recommend", out.recommend);
        return out;
    }

private:
    static void take(ondemand::document& document, std::string_view name, std::string_view& to) {
        if (document[name].get_string().get(to) != simdjson::SUCCESS) to = {};
    }
    ondemand::parser parser_;
};

std::string_view of(rapidjson::Document const& document, char const* name) {
    auto const found = document.FindMember(name);
    if (found == document.MemberEnd() || !found->value.IsString()) return {};
    return {found->value.GetString(), found->value.GetStringLength()};
}
fields of(rapidjson::Document const& document, bool error) {
    if (!document.IsObject()) return {};
    fields out;
    out.request_id = of(document, "RequestId");
    if (!error) return out;
    out.host_id = of(document, "HostId");
    out.code = of(document, "Code");
    out.message = of(document, "Message");
    out.recommend = of(document, "Recommend");
    return out;
}

std::string_view of(nlohmann::json const& document, char const* name) {
    auto const found = document.find(name);
    return found == document.end() ? std::string_view() : found->get_ref<std::string const&>();
}
fields of(nlohmann::json const& document, bool error) {
    fields out;
    out.request_id = of(document, "RequestId");
    if (!error) return out;
    out.host_id = of(document, "HostId");
    out.code = of(document, "Code");
    out.message = of(document, "Message");
    out.recommend = of(document, "Recommend");
    return out;
}

fields of(pugi::xml_node root, bool error) {
    fields out;
    out.request_id = root.child_value("RequestId");
    if (!error) return out;
    out.host_id = root.child_value("HostId");
    out.code = root.child_value("Code");
    out.message = root.child_value("Message");
    out.recommend = root.child_value("Recommend");
    return out;
}

std::string_view of(tinyxml2::XMLElement const* root, char const* name) {
    auto const* const child = root->FirstChildElement(name);
    char const* const text = child == nullptr ? nullptr : child->GetText();
    return text == nullptr ? std::string_view() : text;
}
fields of(tinyxml2::XMLElement const* root, bool error) {
    fields out;
    out.request_id = of(root, "RequestId");
    if (!error) return out;
    out.host_id = of(root, "HostId");
    out.code = of(root, "Code");
    out.message = of(root, "Message");
    out.recommend = of(root, "Recommend");
    return out;
}

// ---- bodies

// The same error with an escape in two of its fields: the readers that decode in place change this one.
constexpr std::string_view json_escaped =
    R"({"RequestId":"6EBD1AC4-C34D-4AE1-963E-B688A228BE31","HostId":"live.aliyuncs.com",)"
    R"("Code":"IncorrectCasterStatus.Idle","Message":"The caster is \"idle\"; it cannot be restarted",)"
    R"("Recommend":"https:\/\/api.aliyun.com\/troubleshoot?q=IncorrectCasterStatus.Idle\u0026product=live"})";
constexpr std::string_view xml_escaped =
    "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>6EBD1AC4-C34D-4AE1-963E-B688A228BE31</RequestId>"
    "<HostId>live.aliyuncs.com</HostId><Code>IncorrectCasterStatus.Idle</Code>"
    "<Message>The caster is &quot;idle&quot;; it cannot be restarted</Message>"
    "<Recommend>https://api.aliyun.com/troubleshoot?q=IncorrectCasterStatus.Idle&amp;product=live</Recommend></Error>";

/// An answer of at least `size` bytes of which only the request id, which comes last, is asked for.
std::string long_json(std::size_t size) {
    std::string out = R"({"CasterList":{"Caster":[)";
    for (unsigned i = 0; out.size() < size; ++i) {
        if (i != 0) out += ',';
        out += R"({"CasterId":"b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa","CasterName":"evening programme, studio )" +
               std::to_string(i) +
               R"(","Status":1,"NormType":1,"CreateTime":"2026-11-22T17:36:19Z","ExpireTime":"2026-12-31T23:59:59Z",)"
               R"("ChargeType":"PostPaid","ChannelEnable":0,"Delay":12.5,"Tags":[],"UrgentMaterialId":null})";
    }
    return out + R"(]},"Total":2000,"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"})";
}
std::string long_xml(std::size_t size) {
    std::string out = "<?xml version='1.0' encoding='UTF-8'?><DescribeCastersResponse><CasterList>";
    for (unsigned i = 0; out.size() < size; ++i)
        out += "<Caster><CasterId>b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa</CasterId><CasterName>evening programme, studio " +
               std::to_string(i) +
               "</CasterName><Status>1</Status><NormType>1</NormType><CreateTime>2026-11-22T17:36:19Z</CreateTime>"
               "<ExpireTime>2026-12-31T23:59:59Z</ExpireTime><ChargeType>PostPaid</ChargeType></Caster>";
    return out + "</CasterList><Total>2000</Total><RequestId>16A96B9A-F203-4EC5-8E43-CB92E68F4CD8</RequestId>"
                 "</DescribeCastersResponse>";
}

/// Bodies made to be slow: each repeats one thing that costs a reader more than a byte.
struct hostile {
    char const* name;
    std::string front, repeated, back;
    std::string of(std::size_t size) const {
        std::string out = front;
        while (out.size() < size) out += repeated;
        return out + back;
    }
};
hostile const shapes[]{
    {"json/escapes_read", R"({"Code":"C","Message":")", R"(\u00e9\n)", "\"}"},
    {"json/escapes_skipped", R"({"Code":"C","Other":")", R"(\u00e9\n)", "\"}"},
    {"json/field_again_and_again", R"({"Code":"C")", R"(,"Message":"x\n")", "}"},
    {"json/names", R"({"Code":"C")", R"(,"":0)", "}"},
    {"json/nested", R"({"Code":"C","Other":[0)", ",[[[[[[[[{\"\":{}}]]]]]]]]", "]}"},
    {"json/blanks", R"({"Code":"C",)", " \n\t", "\"Other\":0}"},
    {"json/numbers", R"({"Code":"C","Other":[0)", ",-0.0e-1", "]}"},
    {"json/long_number", R"({"Code":"C","Other":1)", "234567890", "}"},
    {"json/long_name", R"({"Code":"C",")", "a", "\":0}"},
    {"json/utf8", R"({"Code":"C","Message":")", "\xC3\xA9", "\"}"},
    {"xml/references_read", "<Error><Code>C</Code><Message>", "&amp;&#233;", "</Message></Error>"},
    {"xml/references_skipped", "<Error><Code>C</Code><Other>", "&amp;&#233;", "</Other></Error>"},
    {"xml/cdata_pieces", "<Error><Code>C</Code><Message>", "x<![CDATA[y]]>", "</Message></Error>"},
    {"xml/field_again_and_again", "<Error><Code>C</Code>", "<Message>&lt;</Message>", "</Error>"},
    {"xml/elements", "<Error><Code>C</Code><Other>", "<a/>", "</Other></Error>"},
    {"xml/attributes", "<Error><Code>C</Code><Other>", "<a b='' c='' d='' e=''/>", "</Other></Error>"},
    {"xml/sixteen_attributes", "<Error><Code>C</Code><Other>",
     "<a b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l='' m='' n='' o='' p='' q=''/>", "</Other></Error>"},
    {"xml/long_attribute", "<Error><Code>C</Code><a b='", "&lt;c", "'/></Error>"},
    {"xml/nested", "<Error><Code>C</Code><Other>",
     "<a><a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a></a></a>", "</Other></Error>"},
    {"xml/comments", "<Error><Code>C</Code>", "<!-- - -->", "</Error>"},
    {"xml/brackets", "<Error><Code>C</Code><Message>", "]] ", "</Message></Error>"},
    {"xml/utf8", "<Error><Code>C</Code><Message>", "\xC3\xA9", "</Message></Error>"},
};

// ---- checks

void require_same(fields const& a, fields const& b, std::string_view what) {
    bench::require_equal(a.request_id, b.request_id, what);
    bench::require_equal(a.host_id, b.host_id, what);
    bench::require_equal(a.code, b.code, what);
    bench::require_equal(a.message, b.message, what);
    bench::require_equal(a.recommend, b.recommend, what);
}

void check(std::string_view body, bool error, bool changes) {
    std::string own(body);
    fields const read = ours(own, error ? 400 : 200);
    bench::require(!read.request_id.empty(), "our reader found no request id");
    bench::require(!error || (!read.code.empty() && !read.message.empty() && !read.host_id.empty() &&
                              !read.recommend.empty()),
                   "our reader did not find all the fields");
    bench::require((own != body) == changes, "a body is changed that should not be, or the other way round");
    if (body.front() == '{') {
        simdjson_reader simd;
        require_same(read, simd.read(simdjson::padded_string(body), error), "a field that simdjson reads");
        rapidjson::Document rapid;
        rapid.Parse(body.data(), body.size());
        require_same(read, of(rapid, error), "a field that rapidjson reads");
        auto const nlohmann = nlohmann::json::parse(body);
        require_same(read, of(nlohmann, error), "a field that nlohmann reads");
    } else {
        pugi::xml_document pugi;
        pugi.load_buffer(body.data(), body.size());
        require_same(read, of(pugi.document_element(), error), "a field that pugixml reads");
        tinyxml2::XMLDocument tiny;
        tiny.Parse(body.data(), body.size());
        require_same(read, of(tiny.RootElement(), error), "a field that tinyxml2 reads");
    }
}

void check_everything() {
    check(inputs::json_ok, false, false);
    check(inputs::json_error, true, false);
    check(json_escaped, true, true);
    check(inputs::xml_ok, false, false);
    check(inputs::xml_error, true, false);
    check(xml_escaped, true, true);
    check(long_json(1 << 20), false, false);
    check(long_xml(1 << 20), false, false);
    for (hostile const& shape : shapes) {
        std::string body = shape.of(4096);
        bool const whole = ours(body, 400).code == "C";
        std::string const sentence = std::string("a hostile body was not read whole: ") + shape.name;
        bench::require(whole, sentence);
    }
}

// ---- the benchmarks

/// `copied`: reading changes the body, so that each turn begins with a fresh copy, which is timed with it.
void read_ours(benchmark::State& state, std::string_view body, bool error, bool copied) {
    std::string own(body);
    std::uint16_t const status = error ? 400 : 200;
    for (auto _ : state) {
        if (copied) std::memcpy(own.data(), body.data(), body.size());
        std::span<char> const bytes(own);
        bench::hide(own);
        fields read = ours(bytes, status);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}

void read_simdjson_padded_string(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    simdjson_reader reader;
    for (auto _ : state) {
        bench::hide(own);
        simdjson::padded_string const padded(own);
        fields read = reader.read(padded, error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_simdjson_kept_buffer(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    std::vector<char> buffer(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson_reader reader;
    for (auto _ : state) {
        bench::hide(own);
        std::memcpy(buffer.data(), own.data(), own.size());
        fields read = reader.read(simdjson::padded_string_view(buffer.data(), own.size(), buffer.size()), error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_simdjson_padded_already(benchmark::State& state, std::string_view body, bool error) {
    simdjson::padded_string own(body);
    simdjson_reader reader;
    for (auto _ : state) {
        bench::hide(own);
        fields read = reader.read(own, error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_rapidjson(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    for (auto _ : state) {
        bench::hide(own);
        rapidjson::Document document;
        document.Parse(own.data(), own.size());
        fields read = of(document, error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_nlohmann(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    for (auto _ : state) {
        bench::hide(own);
        auto const document = nlohmann::json::parse(own);
        fields read = of(document, error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_pugixml(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    for (auto _ : state) {
        bench::hide(own);
        pugi::xml_document document;
        document.load_buffer(own.data(), own.size());
        fields read = of(document.document_element(), error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
void read_tinyxml2(benchmark::State& state, std::string_view body, bool error) {
    std::string own(body);
    tinyxml2::XMLDocument document;
    for (auto _ : state) {
        bench::hide(own);
        document.Parse(own.data(), own.size());
        fields read = of(document.RootElement(), error);
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}

void read_hostile(benchmark::State& state, hostile const* shape) {
    std::string const body = shape->of(static_cast<std::size_t>(state.range(0)));
    read_ours(state, body, true, true);
}

void register_json(std::string const& name, std::string_view body, bool error, bool copied) {
    using benchmark::RegisterBenchmark;
    auto const add = [&](char const* reader, auto function, auto... more) {
        RegisterBenchmark((name + "/" + reader).c_str(), function, body, error, more...);
    };
    add("ours", read_ours, copied);
    add("simdjson_padded_string", read_simdjson_padded_string);
    add("simdjson_kept_buffer", read_simdjson_kept_buffer);
    add("simdjson_padded_already", read_simdjson_padded_already);
    add("rapidjson", read_rapidjson);
    add("nlohmann", read_nlohmann);
}
void register_xml(std::string const& name, std::string_view body, bool error, bool copied) {
    using benchmark::RegisterBenchmark;
    auto const add = [&](char const* reader, auto function, auto... more) {
        RegisterBenchmark((name + "/" + reader).c_str(), function, body, error, more...);
    };
    add("ours", read_ours, copied);
    add("pugixml", read_pugixml);
    add("tinyxml2", read_tinyxml2);
}

std::string const megabyte_json = long_json(1 << 20), megabyte_xml = long_xml(1 << 20);

void register_all() {
    register_json("json_ok", inputs::json_ok, false, false);
    register_json("json_error", inputs::json_error, true, false);
    register_json("json_escaped", json_escaped, true, true);
    register_xml("xml_ok", inputs::xml_ok, false, false);
    register_xml("xml_error", inputs::xml_error, true, false);
    register_xml("xml_escaped", xml_escaped, true, true);
    register_json("json_1mb", megabyte_json, false, false);
    register_xml("xml_1mb", megabyte_xml, false, false);
    for (hostile const& shape : shapes)
        for (std::int64_t const size : {1 << 14, 1 << 20})
            benchmark::RegisterBenchmark((std::string("hostile/") + shape.name).c_str(), read_hostile, &shape)->Arg(size);
}

} // namespace

int main(int argc, char** argv) {
    check_everything();
    register_all();
    return bench::run(argc, argv);
}
