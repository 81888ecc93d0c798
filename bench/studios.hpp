// SPDX-License-Identifier: MIT
// A hundred studios as DescribeCasters lists them, in JSON and in XML, and the typed reply that receives them.
// Source: the vendor's document of DescribeCasters: names, order and lengths of the fields; the values are invented.
// Data flow: the same bodies into every benchmark and count of lists.
#ifndef RESTARTCASTER_BENCH_STUDIOS_HPP
#define RESTARTCASTER_BENCH_STUDIOS_HPP

#include <restartcaster.hpp>

#include <string>

namespace studios {

namespace rc = restartcaster;

inline constexpr unsigned count = 100;

/// Six fields of a studio. The description is in alphabetical order, the fields of an answer are not.
struct studio {
    std::string_view caster_id, caster_name, charge_type, create_time;
    rc::number norm_type, status;
    static constexpr auto fields =
        rc::fields(rc::field<"CasterId", &studio::caster_id>, rc::field<"CasterName", &studio::caster_name>,
                   rc::field<"ChargeType", &studio::charge_type>, rc::field<"CreateTime", &studio::create_time>,
                   rc::field<"NormType", &studio::norm_type>, rc::field<"Status", &studio::status>);
};
struct describe_casters {
    struct reply {
        std::string_view request_id;
        rc::number total;
        rc::list<studio> casters;
        static constexpr auto fields =
            rc::fields(rc::field<"CasterList.Caster", &reply::casters>, rc::field<"RequestId", &reply::request_id>,
                       rc::field<"Total", &reply::total>);
    };
};

inline std::string name_of(unsigned index) { return "evening programme, studio " + std::to_string(index); }

inline std::string json() {
    std::string out = R"({"CasterList":{"Caster":[)";
    for (unsigned i = 0; i != count; ++i) {
        if (i != 0) out += ',';
        out += R"({"Status":)" + std::to_string(i % 2) + R"(,"CasterName":")" + name_of(i) +
               R"(","NormType":1,"CreateTime":"2026-11-22T17:36:19Z","CasterId":"b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa",)"
               R"("ChargeType":"PostPaid"})";
    }
    return out + R"(]},"Total":100,"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"})";
}
inline std::string xml() {
    std::string out = "<?xml version='1.0' encoding='UTF-8'?><DescribeCastersResponse><CasterList>";
    for (unsigned i = 0; i != count; ++i)
        out += "<Caster><Status>" + std::to_string(i % 2) + "</Status><CasterName>" + name_of(i) +
               "</CasterName><NormType>1</NormType><CreateTime>2026-11-22T17:36:19Z</CreateTime>"
               "<CasterId>b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa</CasterId><ChargeType>PostPaid</ChargeType></Caster>";
    return out + "</CasterList><Total>100</Total><RequestId>16A96B9A-F203-4EC5-8E43-CB92E68F4CD8</RequestId>"
                 "</DescribeCastersResponse>";
}

/// Reads the answer as a program would and passes every studio to `use`; returns the number of studios. Changes the body.
template <class Use>
std::size_t read(std::span<char> body, Use use) {
    auto const reply = rc::read_reply<describe_casters>({.status = 200, .body = body});
    if (!reply) return 0;
    std::size_t read = 0;
    for (studio const& each : reply->casters) {
        use(each);
        ++read;
    }
    return read;
}

} // namespace studios

#endif
