// SPDX-License-Identifier: MIT
// What a list of records costs, every studio of DescribeCasters delivered with six fields, beside the parsers people use.
// Source: the answers of studios.hpp.
// Data flow: the same bodies through every reader, checked to give the same studios, then timed side by side.
#include "bench.hpp"
#include "studios.hpp"

#include <pugixml.hpp>
#include <simdjson.h>

#include <cstring>
#include <string>

namespace ondemand = simdjson::ondemand;
using studios::studio;

namespace {

template <class Use>
[[gnu::noinline]] std::size_t simdjson_reads(ondemand::parser& parser, simdjson::padded_string_view body, Use use) {
    std::size_t read = 0;
    ondemand::document document;
    ondemand::array casters;
    if (parser.iterate(body).get(document) != simdjson::SUCCESS ||
        document["CasterList"]["Caster"].get_array().get(casters) != simdjson::SUCCESS)
        return 0;
    for (auto element : casters) {
        ondemand::object caster;
        if (element.get_object().get(caster) != simdjson::SUCCESS) return 0;
        studio one;
        std::int64_t status = 0, norm_type = 0;
        // In the order in which they stand, which is the fastest for it.
        bool const whole = caster["Status"].get_int64().get(status) == simdjson::SUCCESS &&
                           caster["CasterName"].get_string().get(one.caster_name) == simdjson::SUCCESS &&
                           caster["NormType"].get_int64().get(norm_type) == simdjson::SUCCESS &&
                           caster["CreateTime"].get_string().get(one.create_time) == simdjson::SUCCESS &&
                           caster["CasterId"].get_string().get(one.caster_id) == simdjson::SUCCESS &&
                           caster["ChargeType"].get_string().get(one.charge_type) == simdjson::SUCCESS;
        if (!whole) return 0;
        one.status = status;
        one.norm_type = norm_type;
        use(one);
        ++read;
    }
    std::string_view request_id;
    return document["RequestId"].get_string().get(request_id) == simdjson::SUCCESS ? read : 0;
}

template <class Use>
[[gnu::noinline]] std::size_t pugixml_reads(std::string_view body, Use use) {
    std::size_t read = 0;
    pugi::xml_document document;
    if (!document.load_buffer(body.data(), body.size())) return 0;
    for (pugi::xml_node const caster : document.document_element().child("CasterList").children("Caster")) {
        studio one;
        one.status = caster.child("Status").text().as_int();
        one.caster_name = caster.child_value("CasterName");
        one.norm_type = caster.child("NormType").text().as_int();
        one.create_time = caster.child_value("CreateTime");
        one.caster_id = caster.child_value("CasterId");
        one.charge_type = caster.child_value("ChargeType");
        use(one);
        ++read;
    }
    std::string_view const request_id = document.document_element().child_value("RequestId");
    return request_id.empty() ? 0 : read;
}

std::string const json = studios::json(), xml = studios::xml();

// ---- checks

std::string shown(studio const& one) {
    return std::string(one.caster_id) + ' ' + std::string(one.caster_name) + ' ' + std::string(one.charge_type) + ' ' +
           std::string(one.create_time) + ' ' + std::to_string(one.norm_type.value()) + ' ' +
           std::to_string(one.status.value()) + '\n';
}
void check(std::string_view body) {
    std::string own(body), ours, theirs;
    std::size_t const read = studios::read(own, [&](studio const& one) { ours += shown(one); });
    bench::require(read == studios::count, "our reader does not find every studio");
    auto const take = [&](studio const& one) { theirs += shown(one); };
    if (body.front() == '{') {
        ondemand::parser parser;
        simdjson::padded_string const padded(body);
        bench::require(simdjson_reads(parser, padded, take) == studios::count, "simdjson does not find every studio");
    } else {
        bench::require(pugixml_reads(body, take) == studios::count, "pugixml does not find every studio");
    }
    bench::require_equal(ours, theirs, "a studio");
}

// ---- the benchmarks

struct use_studio {
    void operator()(studio const& one) const { benchmark::DoNotOptimize(&one); }
};

/// Each turn begins with a fresh copy of the body, because reading changes it; the copy is timed too.
void ours(benchmark::State& state, std::string const* body) {
    std::string own(*body);
    for (auto _ : state) {
        std::memcpy(own.data(), body->data(), body->size());
        bench::hide(own);
        std::size_t read = studios::read(own, use_studio());
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body->size()));
}
void by_simdjson(benchmark::State& state) {
    std::string own(json);
    ondemand::parser parser;
    for (auto _ : state) {
        bench::hide(own);
        simdjson::padded_string const padded(own);
        std::size_t read = simdjson_reads(parser, padded, use_studio());
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * json.size()));
}
void by_pugixml(benchmark::State& state) {
    std::string own(xml);
    for (auto _ : state) {
        bench::hide(own);
        std::size_t read = pugixml_reads(own, use_studio());
        bench::hide(read);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * xml.size()));
}

} // namespace

int main(int argc, char** argv) {
    check(json);
    check(xml);
    benchmark::RegisterBenchmark("list_json/ours", ours, &json);
    benchmark::RegisterBenchmark("list_json/simdjson_padded_string", by_simdjson);
    benchmark::RegisterBenchmark("list_xml/ours", ours, &xml);
    benchmark::RegisterBenchmark("list_xml/pugixml", by_pugixml);
    return bench::run(argc, argv);
}
