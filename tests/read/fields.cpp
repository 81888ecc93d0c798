// SPDX-License-Identifier: MIT
// Typed replies: what a description receives of an answer in JSON and in XML.
// Source: the vendor's documents of DescribeCasters, DescribeCasterScenes and StartCaster (names, types, sample values);
//   typed_reply.hpp, a model on nlohmann::json.
// Data flow: every body in a buffer of exactly its size, whole and cut at every length.
#include "../catch.hpp"
#include "typed_reply.hpp"

#include <restartcaster.hpp>

#include <memory>
#include <random>
#include <string>

namespace rc = restartcaster;
using rc::errc;
using rc::error_kind;

namespace {

// ---- the operations of the samples

struct describe_casters {
    struct tag {
        std::string_view tag_key, tag_value;
        static constexpr auto fields =
            rc::fields(rc::field<"TagKey", &tag::tag_key>, rc::field<"TagValue", &tag::tag_value>);
    };
    struct caster {
        std::string_view caster_id, caster_name, create_time, start_time, charge_type, resource_group_id;
        rc::number status, norm_type;
        rc::list<tag> tags;
        static constexpr auto fields = rc::fields(
            rc::field<"CasterId", &caster::caster_id>, rc::field<"CasterName", &caster::caster_name>,
            rc::field<"ChargeType", &caster::charge_type>, rc::field<"CreateTime", &caster::create_time>,
            rc::field<"NormType", &caster::norm_type>, rc::field<"ResourceGroupId", &caster::resource_group_id>,
            rc::field<"StartTime", &caster::start_time>, rc::field<"Status", &caster::status>,
            rc::field<"Tags.tag", &caster::tags>);
    };
    struct reply {
        std::string_view request_id;
        std::uint32_t total = 0;
        rc::list<caster> casters;
        static constexpr auto fields =
            rc::fields(rc::field<"CasterList.Caster", &reply::casters>, rc::field<"RequestId", &reply::request_id>,
                       rc::field<"Total", &reply::total>);
    };
};

struct described_response {
    struct reply {
        std::string_view request_id, text;
        std::uint64_t size = 5;
        static constexpr auto fields =
            rc::fields(rc::field<"RequestId", &reply::request_id>, rc::field<"AnyResponse.Text", &reply::text>,
                       rc::field<"Size", &reply::size>);
    };
};
struct empty_operation {
    struct reply {
        static constexpr auto fields = rc::fields();
    };
};

// A body on the heap, exactly as long as it is, and the answer to it. The views of the answer live as long as this object.
template <class Operation>
struct reading {
    explicit reading(std::string_view body, int status = 200)
        : size(body.size()), bytes(new char[body.size()]), outcome(read(body, status)) {}
    rc::result<typename Operation::reply, rc::error> read(std::string_view body, int status) const {
        body.copy(bytes.get(), size);
        return rc::read_reply<Operation>({.status = static_cast<std::uint16_t>(status), .body = {bytes.get(), size}});
    }
    [[nodiscard]] bool holds(std::string_view text) const {
        return text.data() >= bytes.get() && text.data() + text.size() <= bytes.get() + size;
    }
    std::size_t size;
    std::unique_ptr<char[]> bytes;
    rc::result<typename Operation::reply, rc::error> outcome;
};
template <class Operation>
auto reply_of(reading<Operation> const& from) {
    REQUIRE(from.outcome.has_value());
    return *from.outcome;
}

std::string typed_text(std::string_view body) {
    reading<typed::operation> const from(body);
    return from.outcome ? typed::shown(*from.outcome) : "failed";
}
// In a body that is otherwise empty.
std::string item_text(std::string const& members) {
    reading<typed::operation> const from(R"({"RequestId":"r","ItemList":{"Item":[{)" + members + "}]}}");
    return typed::shown(*reply_of(from).items.begin());
}
std::string item_text_of_xml(std::string const& elements) {
    reading<typed::operation> const from("<XResponse><RequestId>r</RequestId><ItemList><Item>" + elements +
                                         "</Item></ItemList></XResponse>");
    return typed::shown(*reply_of(from).items.begin());
}

constexpr std::string_view casters_json =
    R"({"RequestId":"5c6a2a0df228-4a64- af62-20e91b9676b3","Total":2,"CasterList":{"Caster":[)"
    R"({"CasterId":"LIVEPRODUCER_POST-cn-0pp1czt****","CasterName":"liveCaster****","Status":0,"NormType":1,)"
    R"("CreateTime":"2017-08-30 12:02:57.0","StartTime":"2017-08-30 18:02:57.0","LastModified":"2021-12-01T05:08:45Z",)"
    R"("ChargeType":"PostPaid","Duration":"1:02:33","ResourceGroupId":"rg-aekzw******",)"
    R"("Tags":{"tag":[{"TagKey":"env","TagValue":"test \"a\""},{"TagKey":"team","TagValue":""}]}},)"
    R"({"CasterId":"b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa","Status":1,"NormType":6,"StartTime":null,"Tags":{"tag":[]}}]}})";
constexpr std::string_view casters_xml =
    "<?xml version='1.0' encoding='UTF-8'?><DescribeCastersResponse>"
    "<RequestId>5c6a2a0df228-4a64- af62-20e91b9676b3</RequestId><Total>2</Total><CasterList><Caster>"
    "<CasterId>LIVEPRODUCER_POST-cn-0pp1czt****</CasterId><CasterName>liveCaster****</CasterName><Status>0</Status>"
    "<NormType>1</NormType><CreateTime>2017-08-30 12:02:57.0</CreateTime><StartTime>2017-08-30 18:02:57.0</StartTime>"
    "<LastModified>2021-12-01T05:08:45Z</LastModified><ChargeType>PostPaid</ChargeType><Duration>1:02:33</Duration>"
    "<ResourceGroupId>rg-aekzw******</ResourceGroupId><Tags><tag><TagKey>env</TagKey><TagValue>test &quot;a&quot;</TagValue>"
    "</tag><tag><TagKey>team</TagKey><TagValue/></tag></Tags></Caster>\n<Caster><CasterId>b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa"
    "</CasterId><Status>1</Status><NormType>6</NormType><Tags/></Caster></CasterList></DescribeCastersResponse>";

void check_casters(reading<describe_casters> const& from) {
    describe_casters::reply const reply = reply_of(from);
    CHECK(reply.request_id == "5c6a2a0df228-4a64- af62-20e91b9676b3");
    CHECK(reply.total == 2);
    CHECK(reply.casters.size() == 2);
    for (int turn = 0; turn != 2; ++turn) {
        auto each = reply.casters.begin();
        describe_casters::caster const first = *each;
        CHECK(first.caster_id == "LIVEPRODUCER_POST-cn-0pp1czt****");
        CHECK(first.caster_name == "liveCaster****");
        CHECK(first.status == rc::number(0));
        CHECK(first.norm_type == rc::number(1));
        CHECK(first.create_time == "2017-08-30 12:02:57.0");
        CHECK(first.start_time == "2017-08-30 18:02:57.0");
        CHECK(first.charge_type == "PostPaid");
        CHECK(first.resource_group_id == "rg-aekzw******");
        CHECK(from.holds(first.caster_id));
        REQUIRE(first.tags.size() == 2);
        auto tag = first.tags.begin();
        CHECK(tag->tag_key == "env");
        CHECK(tag->tag_value == "test \"a\"");
        describe_casters::tag const second_tag = *++tag;
        CHECK(second_tag.tag_key == "team");
        CHECK(second_tag.tag_value.data() != nullptr);
        CHECK(second_tag.tag_value.empty());
        describe_casters::caster const second = *++each;
        CHECK(second.caster_id == "b4810848-bcf3-4d55-a3e4-f2d4e3f1c9aa");
        CHECK(second.caster_name.data() == nullptr);
        CHECK(second.start_time.data() == nullptr);
        CHECK(second.status == rc::number(1));
        CHECK(second.norm_type == rc::number(6));
        CHECK(second.tags.empty());
        CHECK(++each == reply.casters.end());
    }
}

} // namespace

TEST_CASE("DescribeCasters, in JSON and in XML, is a list of studios", "[fields]") {
    check_casters(reading<describe_casters>(casters_json));
    check_casters(reading<describe_casters>(casters_xml));
}

TEST_CASE("an older document wraps the answer, and the fields are the same", "[fields]") {
    check_casters(reading<describe_casters>("{\"DescribeCastersResponse\":" + std::string(casters_json) + "}"));
    // With a second member the first one is data.
    reading<describe_casters> const data(R"({"DescribeCastersResponse":{"Total":7,"RequestId":"x"},"RequestId":"r"})");
    CHECK(reply_of(data).total == 0);
    CHECK(reply_of(data).request_id == "r");
}

TEST_CASE("a member of the root that is described is a field, whatever its name is", "[fields]") {
    reading<described_response> const from(R"({"AnyResponse":{"Text":"t"},"RequestId":"r"})");
    CHECK(reply_of(from).text == "t");
}

TEST_CASE("every prefix of a typed answer is unreadable", "[fields]") {
    for (std::string_view const body : {casters_json, casters_xml})
        for (std::size_t size = 0; size != body.size(); ++size) {
            reading<describe_casters> const from(body.substr(0, size));
            REQUIRE_FALSE(from.outcome.has_value());
            rc::error const& e = from.outcome.error();
            REQUIRE(e.kind == error_kind::unreadable);
            REQUIRE(e.ran == rc::executed::maybe);
            REQUIRE((e.body.empty() || from.holds(e.body)));
        }
}

TEST_CASE("a value of another type than described", "[fields]") {
    auto const with_id = [](std::string const& value) { return item_text(R"("Id":)" + value).substr(1, 7); };
    CHECK(with_id(R"("text")") == "'text' ");
    CHECK(with_id("12.50") == "'12.50'");
    CHECK(with_id("true") == "'true' ");
    CHECK(with_id("false") == "'false'");
    CHECK(with_id("null") == "- - - 9");
    CHECK(with_id("[]") == "- - - 9");
    CHECK(with_id(R"(["x"])") == "- - - 9");
    CHECK(with_id("{}") == "- - - 9");
    CHECK(with_id(R"({"Id":"x"})") == "- - - 9");
    CHECK(with_id(R"("")") == "'' - - ");

    auto const with_status = [](std::string const& value) {
        reading<typed::operation> const from(R"({"RequestId":"r","Total":)" + value + "}");
        return typed::shown(reply_of(from).total);
    };
    CHECK(with_status("0") == "0");
    CHECK(with_status("-7") == "-7");
    CHECK(with_status(R"("7")") == "7");
    CHECK(with_status(R"(" 7\n")") == "7");
    CHECK(with_status("9223372036854775807") == "9223372036854775807");
    CHECK(with_status("-9223372036854775807") == "-9223372036854775807");
    CHECK(with_status("9223372036854775808") == "-");
    CHECK(with_status("-9223372036854775808") == "-9223372036854775808");
    CHECK(with_status("-9223372036854775809") == "-");
    CHECK(with_status("99999999999999999999999") == "-");
    for (char const* const none : {"1.5", "1e3", "null", "true", "[1]", "{}", R"("")", R"("-")", R"("1x")", R"("rg-aekzw")",
                                   R"("+1")", R"("1 2")"})
        CHECK(with_status(none) == "-");
}

TEST_CASE("a number that the member cannot hold is absent", "[fields]") {
    auto const level = [](std::string const& value) { return item_text(R"("Level":)" + value).substr(7, 3); };
    CHECK(level("0") == "0 y");
    CHECK(level("255") == "255");
    CHECK(level("256") == "9 y");
    CHECK(level("-1") == "9 y");
    CHECK(level("null") == "9 y");
    CHECK(level(R"(1,"Level":300)") == "9 y");
    CHECK(reply_of(reading<described_response>(R"({"RequestId":"r","Size":-1})")).size == 5);
    CHECK(reply_of(reading<described_response>(R"({"RequestId":"r","Size":9223372036854775807})")).size == INT64_MAX);
}

TEST_CASE("a Boolean is true or false, in JSON and as a text", "[fields]") {
    auto const live = [](std::string const& value) { return item_text(R"("Config":{"On":)" + value + "}"); };
    CHECK(live("true").find("{- yes -") != std::string::npos);
    CHECK(live("false").find("{- no -") != std::string::npos);
    CHECK(live(R"("true")").find("{- yes -") != std::string::npos);
    for (char const* const none : {"1", "0", R"("True")", R"("")", "null", "{}", "[]"})
        CHECK(live(none).find("{- - -") != std::string::npos);
    CHECK(item_text(R"("Live":false)").find(" no ") != std::string::npos);
    CHECK(item_text(R"("Live":null)").find(" yes ") != std::string::npos);
    CHECK(item_text_of_xml("<Live> false </Live>").find(" no ") != std::string::npos);
}

TEST_CASE("of a repeated name the last value counts", "[fields]") {
    CHECK(item_text(R"("Id":"a","Id":"b")").starts_with("{'b' "));
    CHECK(item_text(R"("Id":"a","Id":null)").starts_with("{- "));
    CHECK(item_text(R"("Config":{"Width":1,"Note":"n"},"Config":{"On":true})").find("{- yes - []}") != std::string::npos);
    CHECK(item_text(R"("Config":{"Width":1},"Config":7)").find("{- - - []}") != std::string::npos);
    CHECK(item_text(R"("Marks":[1,2],"Marks":[3])").find("[3,]") != std::string::npos);
    CHECK(item_text(R"("Marks":[1,2],"Marks":null)").find("[3,]") == std::string::npos);
    CHECK(item_text_of_xml("<Id>a</Id><Id>b</Id>").starts_with("{'b' "));
    // Elements of one list stand together: a second run replaces the first.
    CHECK(item_text_of_xml("<Marks>1</Marks><Marks>2</Marks><Id/><Marks>3</Marks>").find(" [3,] ") != std::string::npos);
    CHECK(item_text_of_xml("<Marks>1</Marks><x/><Marks>2</Marks>").find(" [1,2,] ") != std::string::npos);
}

TEST_CASE("a list of one, of none, and of what is no element", "[fields]") {
    auto const components = [](std::string const& value) {
        std::string const text = item_text(R"("ComponentIds":{"componentId":)" + value + "}");
        std::size_t const at = text.find("} [") + 2;
        return text.substr(at, text.find(']', at) - at + 1);
    };
    CHECK(components("[]") == "[]");
    CHECK(components("null") == "[]");
    CHECK(components(R"("")") == "[]");
    CHECK(components(R"("one")") == "['one',]");
    CHECK(components("{}") == "[-,]");
    CHECK(components(R"(["a",null,"",7,[],{},[["x"]],true])") == "['a',-,'','7',-,-,-,'true',]");
    auto const items = [](std::string const& value) {
        reading<typed::operation> const from(R"({"RequestId":"r","ItemList":{"Item":)" + value + "}}");
        std::string out;
        for (auto const& each : reply_of(from).items) out += typed::shown(each.id);
        return out;
    };
    CHECK(items(R"([{"Id":"a"},{},{"Id":"b"}])") == "'a'-'b'");
    CHECK(items(R"({"Id":"a"})") == "'a'");
    CHECK(items(R"([7,null,[{"Id":"x"}],{"Id":"a"}])") == "---'a'");
    CHECK(items(R"("x")") == "-");
    CHECK(items(R"("")").empty());
    CHECK(items("null").empty());
}

TEST_CASE("names and texts are decoded", "[fields]") {
    CHECK(item_text(R"("\u0049d":"\u00e9\n\ud83d\ude00")").starts_with("{'\xC3\xA9\n\xF0\x9F\x98\x80' "));
    CHECK(item_text_of_xml("<Id>a&amp;<![CDATA[<b>]]>&#233;<!-- x -->c</Id>").starts_with("{'a&<b>\xC3\xA9" "c' "));
    CHECK(item_text_of_xml("<Id> \n</Id>").starts_with("{' \n' "));
    CHECK(item_text_of_xml("<Id>a<b>x</b>c</Id>").starts_with("{- "));
    CHECK(item_text_of_xml("<Id\n x='y' ></Id >").starts_with("{'' "));
}

TEST_CASE("texts of any length", "[fields]") {
    for (std::size_t const size : {1u, 125u, 126u, 127u, 128u, 16381u, 16382u, 16383u, 16384u, 100000u}) {
        std::string const text(size, 'x');
        CHECK(item_text(R"("Id":")" + text + '"').substr(0, size + 4) == "{'" + text + "' ");
        CHECK(item_text_of_xml("<Id>" + text + "</Id>").substr(0, size + 4) == "{'" + text + "' ");
        std::string const list = R"({"RequestId":"r","Names":[")" + text + R"(",")" + text + R"("]})";
        CHECK(typed_text(list).find("['" + text + "','" + text + "',]") != std::string::npos);
        std::string const id = R"({"RequestId":")" + text + R"("})";
        reading<describe_casters> const from(id);
        CHECK(reply_of(from).request_id == text);
    }
}

TEST_CASE("numbers of 126 and more digits that are described as texts: the body has no room for some, which are absent",
          "[fields]") {
    std::string body = R"({"Names":[1)";
    for (int i = 0; i != 50; ++i) body += "," + std::string(126, '7');
    body += R"(],"RequestId":"r","Total":3})";
    reading<typed::operation> const from(body);
    auto const reply = reply_of(from);
    CHECK(reply.total == rc::number(3));
    CHECK(reply.request_id == "r");
    CHECK(reply.names.size() == 51);
    std::size_t absent = 0;
    for (std::string_view const each : reply.names)
        if (each.data() == nullptr) ++absent;
    CHECK(absent > 0);
    CHECK(absent < 50);
}

TEST_CASE("the five fields of every answer are read as without a description", "[fields]") {
    // In any spelling, without blanks at the ends, the preferred spelling first.
    reading<describe_casters> const small(R"({"Total":1,"requestId":" r \n","CasterList":{}})");
    CHECK(reply_of(small).request_id == "r");
    reading<typed::operation> const message("<XResponse><Message>a&lt;b</Message><Total>4</Total><RequestId>r</RequestId></XResponse>");
    CHECK(reply_of(message).message == "a<b");
    CHECK(reply_of(message).total == rc::number(4));
    reading<typed::operation> const missing(R"({"Total":1})");
    CHECK(missing.outcome.error().cause.code == errc::request_id_missing);

    std::string const refusal = R"({"CasterList":{"Caster":[{"CasterId":"x"}]},"Code":"InvalidCaster.NotFound","Message":"no \"x\"",)"
                                R"("RequestId":"16A9","HostId":"h","Recommend":"see","Total":1})";
    for (int const status : {200, 404}) {
        reading<describe_casters> const from(refusal, status);
        REQUIRE_FALSE(from.outcome.has_value());
        rc::error const& e = from.outcome.error();
        CHECK(e.kind == error_kind::refused);
        CHECK(e.code == rc::service_code::invalid_caster_not_found);
        CHECK(e.code_text == "InvalidCaster.NotFound");
        CHECK(e.message == "no \"x\"");
        CHECK(e.request_id == "16A9");
        CHECK(e.host_id == "h");
        CHECK(e.recommend == "see");
        CHECK(e.ran == rc::executed::no);
        // Packing overwrote the start of a 2xx body.
        CHECK((status == 404 ? e.body.size() == refusal.size() : refusal.ends_with(e.body.substr(e.body.size() - 5))));
    }
}

TEST_CASE("a web page with status 200 is unreadable, and the error has the whole page", "[fields]") {
    std::string const page = "<html><CasterList><Caster><CasterId>x</CasterId></Caster></CasterList></html>";
    reading<describe_casters> const from(page);
    REQUIRE_FALSE(from.outcome.has_value());
    CHECK(from.outcome.error().kind == error_kind::unreadable);
    CHECK(from.outcome.error().body == page);
}

TEST_CASE("an end tag of another name is refused, also where the start tag is overwritten", "[fields]") {
    for (char const* const wrong : {"<CasterId>x</Casterid>", "<CasterId>x</>", "<CasterId>x</CasterIdx>", "<Tags></tags>",
                                    "<Tags><tag></tags></Tags>", "<CasterId/></CasterId>", "<x></y>", "<CasterId>x</ CasterId>"}) {
        INFO(wrong);
        std::string const front = "<XResponse><RequestId>r</RequestId><CasterList><Caster>", back = "</Caster></CasterList></XResponse>";
        reading<describe_casters> const from(front + wrong + back);
        REQUIRE_FALSE(from.outcome.has_value());
        rc::failure const& why = from.outcome.error().cause;
        reading<typed::plain_operation> const plain(front + wrong + back);
        CHECK(why.code == plain.outcome.error().cause.code);
        CHECK(why.detail == plain.outcome.error().cause.detail);
    }
}

TEST_CASE("JSON that only looks like members in the expected order is refused", "[fields]") {
    std::string const digits(40, '7'), rest = R"(,"RequestId":"r","Unknown":"some bytes behind what is looked at"})";
    for (std::string const& wrong : {std::string(R"({"Unknown":,"Total":5)"), std::string(R"({"Total":5,"Total":05)"),
                                    std::string(R"({"Total":5,,"Total":5)"), R"({"ItemList":{"Item":[{"Id":"a"},{,"Id":"b"}]})" + rest,
                                    std::string(R"({"ItemList":{"Item":[{"Id":"a"},{"Id":"b"},]})"),
                                    std::string(R"({"ItemList":{"Item":[{"Id":"a"},{"Id":"b"}}])"),
                                    std::string("{\"ItemList\":{\"Item\":[{\"Id\":\"a\nb\"}]}"), std::string(R"([1,"Total":5)"),
                                    std::string(R"({"ItemList":{"Item":[{"Id":"a","Url":"u","Status":05}]})")}) {
        INFO(wrong);
        reading<typed::operation> const from(wrong + rest);
        reading<typed::plain_operation> const plain(wrong + rest);
        REQUIRE_FALSE(from.outcome.has_value());
        CHECK(from.outcome.error().kind == error_kind::unreadable);
        CHECK(from.outcome.error().cause.code == plain.outcome.error().cause.code);
        CHECK(from.outcome.error().cause.detail == plain.outcome.error().cause.detail);
    }
    // Names that differ from the expected one at their start, or at their end, only.
    for (char const* const name : {"XasterName", "CasterNamX", "CasterName2"}) {
        reading<describe_casters> const from(R"({"CasterList":{"Caster":[{"CasterId":"a",")" + std::string(name) + R"(":"b"}]})" + rest);
        CHECK(reply_of(from).casters.begin()->caster_name.data() == nullptr);
    }
    CHECK(typed_text("{\"Total\":" + digits.substr(0, 18) + rest).starts_with(digits.substr(0, 18) + " "));
    CHECK(typed_text("{\"Total\":" + digits.substr(0, 19) + rest).starts_with(digits.substr(0, 19) + " "));
    CHECK(typed_text("{\"Total\":" + digits.substr(0, 20) + rest).starts_with("- "));
}

TEST_CASE("a reply without described fields but with a description, and one that is read at compile time", "[fields]") {
    CHECK(reading<empty_operation>(R"({"RequestId":"r"})").outcome.has_value());
    static_assert([] {
        char body[] = R"({"RequestId":"r","CasterList":{"Caster":[{"CasterId":"a\n","Status":3},{"CasterId":"b"}]},"Total":2})";
        auto const reply = rc::read_reply<describe_casters>({.status = 200, .body = {body, sizeof body - 1}});
        std::size_t count = 0;
        for (auto const& each : reply->casters) count += each.caster_id.size();
        return reply.has_value() && reply->total == 2 && count == 3;
    }());
}

TEST_CASE("for_each_field shows every field, and which one is a secret", "[fields]") {
    reading<typed::operation> const from(R"({"RequestId":"r","ItemList":{"Item":[{"Url":"u?auth_key=k","Id":"i","Status":4}]}})");
    std::string seen;
    rc::for_each_field(*reply_of(from).items.begin(), [&](std::string_view path, auto const& member, bool secret) {
        seen += std::string(path) + (secret ? "!" : "=");
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, std::string_view>)
            if (!secret) seen += member;
        seen += ' ';
    });
    CHECK(seen == "Id=i Url! Status= Level= Live= Config= ComponentIds.componentId= Marks= Tags.tag= ");
}

// ---- random answers

namespace {

class random_answer {
public:
    explicit random_answer(unsigned seed) : random_(seed) {}
    std::string object(unsigned depth) {
        std::string out = "{";
        for (unsigned count = pick(7); count != 0; --count) {
            if (out.size() > 1) out += ',';
            out += blank() + name() + blank() + ":" + blank() + any(depth) + blank();
        }
        return out + "}";
    }
    unsigned pick(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

private:
    std::string blank() { return pick(8) == 0 ? "\n " : ""; }
    std::string name() {
        static constexpr char const* names[] = {
            "Total", "Page", "Offset", "Size", "Value", "ItemList", "Item", "Item", "Item", "Switch", "Names", "Config", "Id", "Url",
            "Status", "Level", "Live", "Width", "On", "Note", "Labels", "ComponentIds", "componentId", "Marks", "Tags", "tag",
            "TagKey", "TagValue", "Unknown", "T\\u0061gs", "\\u0049tem"};
        return '"' + std::string(names[pick(std::size(names))]) + '"';
    }
    std::string any(unsigned depth) {
        static constexpr char const* scalars[] = {"null", "true", "false", "0", "-7", "12", "255", "256", "1.50", "99999999999",
                                                  "\"\"", "\"12\"", "\" 5 \"", "\"true\"", "\"text\"", "\"\\u00e9<&\\n\"", "\"a]]b\"",
                                                  "\"a longer text than the others are\"", "9223372036854775807"};
        unsigned const what = depth == 0 ? 0 : pick(4);
        if (what < 2) return scalars[pick(std::size(scalars))];
        if (what == 2) return object(depth - 1);
        std::string out = "[";
        for (unsigned count = pick(5); count != 0; --count) out += (out.size() > 1 ? "," : "") + any(depth - 1);
        return out + "]";
    }
    std::mt19937 random_;
};

} // namespace

TEST_CASE("random answers hold what a model on nlohmann::json reads, in JSON and rendered as XML", "[fields]") {
    std::size_t rendered = 0;
    for (unsigned seed = 0; seed != 4000; ++seed) {
        random_answer random(seed);
        std::string body = random.object(7);
        body = R"({"RequestId":"r")" + std::string(body == "{}" ? "" : ",") + body.substr(1);
        INFO(seed << ": " << body);
        typed::value document;
        REQUIRE(typed::read_json(body, document));
        REQUIRE(typed_text(body) == typed::expected_of_json(document));
        typed::value element;
        if (!typed::as_element(document, element)) continue;
        ++rendered;
        std::string const xml = typed::xml_of("AnyResponse", element, seed);
        INFO(xml);
        REQUIRE(typed_text(xml) == typed::expected_of_xml(element));
    }
    CHECK(rendered > 1000);
}
