// SPDX-License-Identifier: MIT
// Numbers, Booleans, free texts and lists as parameters, against the reference and a flattening by hand.
#include <restartcaster/operations/make_request.hpp>

#include "catch.hpp"
#include "reference.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace rc = restartcaster;

namespace {

struct layer {
    std::string_view fill = {};
    rc::number delay = {};
    std::span<std::string_view const> position = {};
    static constexpr auto parameters = rc::parameters(rc::optional<"PositionNormalized", &layer::position>,
                                                      rc::optional<"FixedDelayDuration", &layer::delay>,
                                                      rc::optional<"FillMode", &layer::fill, rc::value_rule::any_text>);
};

struct named_item {
    std::string_view name;
    bool visible = false;
    static constexpr auto parameters =
        rc::parameters(rc::required<"isVisible", &named_item::visible>, rc::required<"Name", &named_item::name>);
};

struct composed {
    std::string_view id = "studio";
    rc::number count = {};
    rc::boolean batch = {};
    std::span<std::string_view const> blend = {};
    std::span<std::int64_t const> numbers = {};
    std::span<layer const> layers = {};
    std::span<named_item const> items = {};
    std::string_view content = {};
    static constexpr rc::operation description{.action = "Compose", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(
        rc::required<"CasterId", &composed::id>, rc::optional<"isBatchMode", &composed::batch>,
        rc::optional<"BlendList", &composed::blend>, rc::optional<"A", &composed::numbers>,
        rc::optional<"Video-Layer", &composed::layers>, rc::optional<"zItem", &composed::items>,
        rc::optional<"Count", &composed::count>, rc::optional<"Content", &composed::content, rc::value_rule::any_text>);
    using reply = rc::request_id_reply;
};

struct all_required {
    rc::number number = 1;
    rc::boolean choice = true;
    std::span<std::string_view const> list;
    std::string_view content = "c";
    std::uint64_t wide = 0;
    std::int8_t narrow = 0;
    bool flag = false;
    static constexpr rc::operation description{.action = "Require", .version = "2016-11-01"};
    static constexpr auto parameters = rc::parameters(
        rc::required<"Number", &all_required::number>, rc::required<"Choice", &all_required::choice>,
        rc::required<"List", &all_required::list>, rc::required<"Wide", &all_required::wide>,
        rc::required<"Narrow", &all_required::narrow>, rc::required<"Flag", &all_required::flag>,
        rc::required<"Content", &all_required::content, rc::value_rule::any_text>);
    using reply = rc::request_id_reply;
};

using storage = rc::storage<1 << 16>;

// The parameters of a composed, in no order.
reference::parameters flattened(composed const& op) {
    reference::parameters out{{"CasterId", std::string(op.id)}};
    auto const indexed = [](std::string const& name, std::size_t i) { return name + "." + std::to_string(i + 1); };
    if (op.count.has_value()) out.emplace_back("Count", std::to_string(op.count.value()));
    if (op.batch.has_value()) out.emplace_back("isBatchMode", op.batch.value() ? "true" : "false");
    if (!op.content.empty()) out.emplace_back("Content", std::string(op.content));
    for (std::size_t i = 0; i != op.blend.size(); ++i) out.emplace_back(indexed("BlendList", i), std::string(op.blend[i]));
    for (std::size_t i = 0; i != op.numbers.size(); ++i) out.emplace_back(indexed("A", i), std::to_string(op.numbers[i]));
    for (std::size_t i = 0; i != op.items.size(); ++i) {
        out.emplace_back(indexed("zItem", i) + ".Name", std::string(op.items[i].name));
        out.emplace_back(indexed("zItem", i) + ".isVisible", op.items[i].visible ? "true" : "false");
    }
    for (std::size_t i = 0; i != op.layers.size(); ++i) {
        std::string const name = indexed("Video-Layer", i);
        layer const& one = op.layers[i];
        if (!one.fill.empty()) out.emplace_back(name + ".FillMode", std::string(one.fill));
        if (one.delay.has_value()) out.emplace_back(name + ".FixedDelayDuration", std::to_string(one.delay.value()));
        for (std::size_t j = 0; j != one.position.size(); ++j)
            out.emplace_back(indexed(name + ".PositionNormalized", j), std::string(one.position[j]));
    }
    return out;
}

void agrees(composed const& op) {
    reference::call call;
    call.action = "Compose";
    call.own = flattened(op);
    rc::stamp const when{call.utc_seconds, call.nonce};
    auto const room = std::make_unique<storage>();

    rc::signing_key<> const key({call.key_id, call.secret});
    auto const made = rc::make_request(op, key, when, *room);
    REQUIRE(made);
    CHECK(made->body == call.signed_query("POST"));
    auto const in_url = rc::make_request(op, key, when, *room, {.parameters = rc::placement::get, .url_limit = 0});
    REQUIRE(in_url);
    CHECK(in_url->target == "/?" + call.signed_query("GET"));

    rc::signing_key<rc::acs3> const v3({call.key_id, call.secret});
    auto const form = rc::make_request(op, v3, when, *room);
    REQUIRE(form);
    CHECK(form->body == reference::canonical_query(call.own));
    reference::text_sink canonical;
    REQUIRE(rc::canonical_request(canonical, op, v3, when, {.parameters = rc::placement::get}));
    CHECK(canonical.text.starts_with("GET\n/\n" + reference::canonical_query(call.own) + "\nhost:"));
}

template <class Operation>
rc::failure refusal_of(Operation const& op) {
    rc::signing_key<> const key({"testid", "testsecret"});
    auto const room = std::make_unique<storage>();
    auto const made = rc::make_request(op, key, {0, "n"}, *room);
    REQUIRE_FALSE(made);
    rc::signing_key<rc::acs3> const v3({"testid", "testsecret"});
    auto const other = rc::make_request(op, v3, {0, "n"}, *room);
    REQUIRE_FALSE(other);
    CHECK(other.error() == made.error());
    return made.error();
}

constexpr bool signs_at_compile_time = [] {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<2048> room{};
    std::string_view const texts[]{"0.1", "0.2"};
    layer const layers[]{{.fill = "fit", .delay = 5, .position = texts}, {.fill = "none"}};
    auto const made = rc::make_request(composed{.count = -7, .layers = layers}, key, {0, "n"}, room);
    return made && made->body.find("&Count=-7&") != std::string_view::npos &&
           made->body.find("&Video-Layer.1.FillMode=fit&Video-Layer.1.FixedDelayDuration=5&"
                           "Video-Layer.1.PositionNormalized.1=0.1&Video-Layer.1.PositionNormalized.2=0.2&"
                           "Video-Layer.2.FillMode=none&") != std::string_view::npos;
}();
static_assert(signs_at_compile_time);

} // namespace

TEST_CASE("an absent number, Boolean or list is not sent, and zero and false are") {
    agrees({});
    agrees({.count = 0, .batch = false});
    agrees({.count = std::numeric_limits<std::int64_t>::min(), .batch = true});
    agrees({.count = std::numeric_limits<std::int64_t>::max()});
    agrees({.count = std::uint32_t{4294967295u}, .content = " {\"a\":\n 1} "});
    CHECK(rc::number() != rc::number(0));
    CHECK(rc::boolean() != rc::boolean(false));
}

TEST_CASE("a list of any length is sent in the order of its names") {
    std::vector<std::string> texts;
    for (int i = 0; i != 1234; ++i) texts.push_back("v " + std::to_string(i));
    std::vector<std::string_view> const views(texts.begin(), texts.end());
    for (std::size_t const size : {1u, 2u, 9u, 10u, 11u, 12u, 19u, 20u, 99u, 100u, 101u, 110u, 999u, 1000u, 1001u, 1234u})
        agrees({.blend = std::span(views).first(size)});
}

TEST_CASE("lists of numbers and of records, and lists in records, are sent as the vendor flattens them") {
    std::string_view const positions[]{"0", "0.5", "1"};
    std::vector<layer> layers(12);
    for (std::size_t i = 0; i != layers.size(); ++i) {
        layers[i].fill = i % 3 == 0 ? "\xE7\x9B\xB4 /+~" : "fit";
        if (i % 2 == 0) layers[i].delay = static_cast<int>(i) - 5;
        if (i % 4 != 1) layers[i].position = std::span(positions).first(i % 4);
    }
    std::int64_t const numbers[]{0, -1, 65536, std::numeric_limits<std::int64_t>::max()};
    named_item const items[]{{"first", true}, {"second", false}};
    agrees({.count = 12, .numbers = numbers, .layers = layers, .items = items});
    agrees({.batch = true, .layers = std::span(layers).first(1), .items = std::span(items).first(1)});
    agrees({.numbers = std::span(numbers).first(1)});
    layer const only_a_list[]{{.position = positions}};
    agrees({.layers = only_a_list});
}

TEST_CASE("required numbers, Booleans and lists must be present") {
    std::string_view const one[]{"x"};
    all_required const whole{.list = one};
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<1024> room;
    auto const made = rc::make_request(whole, key, {0, "n"}, room);
    REQUIRE(made);
    CHECK(made->body.find("&Choice=true&Content=c&Flag=false&") != std::string_view::npos);
    CHECK(made->body.find("&List.1=x&Narrow=0&Number=1&") != std::string_view::npos);
    CHECK(made->body.find("&Wide=0&") != std::string_view::npos);

    auto const missing = [](std::string_view name) { return rc::failure{.code = rc::errc::parameter_missing, .subject = name}; };
    CHECK(refusal_of(all_required{.number = {}, .list = one}) == missing("Number"));
    CHECK(refusal_of(all_required{.choice = {}, .list = one}) == missing("Choice"));
    CHECK(refusal_of(all_required{.list = {}}) == missing("List"));
    CHECK(refusal_of(all_required{.list = one, .content = {}}) == missing("Content"));
}

TEST_CASE("the largest and smallest integers of every type are sent in full") {
    std::string_view const one[]{"x"};
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::storage<1024> room;
    auto const made = rc::make_request(
        all_required{.list = one, .wide = std::numeric_limits<std::uint64_t>::max(), .narrow = -128, .flag = true}, key,
        {0, "n"}, room);
    REQUIRE(made);
    CHECK(made->body.find("&Wide=18446744073709551615&") != std::string_view::npos);
    CHECK(made->body.find("&Narrow=-128&") != std::string_view::npos);
    CHECK(made->body.find("&Flag=true&") != std::string_view::npos);
}

TEST_CASE("a fault in a list names the parameter and the number of its element") {
    std::string_view texts[]{"a", "b", " c"};
    auto why = refusal_of(composed{.blend = texts});
    CHECK(why.code == rc::errc::parameter_blank_end);
    CHECK(why.subject == "BlendList");
    CHECK(why.element == 3);
    CHECK(why.character == U' ');

    texts[2] = "";
    why = refusal_of(composed{.blend = texts});
    CHECK(why.code == rc::errc::parameter_missing);
    CHECK(why.element == 3);

    layer layers[]{{.fill = "ok"}, {.fill = "\xFF"}};
    why = refusal_of(composed{.layers = layers});
    CHECK(why.code == rc::errc::parameter_not_utf8);
    CHECK(why.subject == "FillMode");
    CHECK(why.element == 2);

    layers[1] = {};
    why = refusal_of(composed{.layers = layers}); // the service would see an element without members as a gap
    CHECK(why.code == rc::errc::parameter_missing);
    CHECK(why.subject == "Video-Layer");
    CHECK(why.element == 2);

    named_item const items[]{{"", true}};
    why = refusal_of(composed{.items = items});
    CHECK(why.code == rc::errc::parameter_missing);
    CHECK(why.subject == "Name");
    CHECK(why.element == 1);

    std::string_view const positions[]{"0", "1", " "};
    layers[1] = {.position = positions};
    why = refusal_of(composed{.layers = layers}); // the innermost element counts
    CHECK(why.subject == "PositionNormalized");
    CHECK(why.element == 3);

    texts[2] = "c";
    why = refusal_of(composed{.id = "", .blend = texts});
    CHECK(why.subject == "CasterId");
    CHECK(why.element == 0);
}

TEST_CASE("a list has at most 65535 elements, the largest index that the vendor's clients send") {
    std::vector<std::int64_t> numbers(65536, 7);
    auto const why = refusal_of(composed{.numbers = numbers});
    CHECK(why.code == rc::errc::parameters_too_many);
    CHECK(why.subject == "A");

    numbers.pop_back();
    auto const room = std::make_unique<rc::storage<2'000'000>>();
    rc::signing_key<> const key({"testid", "testsecret"});
    auto const made = rc::make_request(composed{.numbers = numbers}, key, {0, "n"}, *room);
    REQUIRE(made);
    CHECK(made->body.starts_with("A.1=7&A.10=7&A.100=7&A.1000=7&A.10000=7&A.10001=7&"));
    CHECK(made->body.find("&A.9999=7&AccessKeyId=") != std::string_view::npos);
    CHECK(static_cast<std::size_t>(std::count(made->body.begin(), made->body.end(), '&')) == 65535 + 9);
}

TEST_CASE("a text of a list that lies in the storage of the request is refused") {
    rc::signing_key<> const key({"testid", "testsecret"});
    rc::signing_key<rc::acs3> const v3({"testid", "testsecret"});
    rc::storage<1024> room;
    room.bytes[0] = 'x';
    std::string_view const inside[]{"outside", {room.bytes, 1}};
    auto made = rc::make_request(composed{.blend = inside}, key, {0, "n"}, room);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == rc::errc::input_in_storage);
    CHECK(made.error().subject == "BlendList");
    CHECK(room.bytes[0] == 'x');
    layer const layers[]{{.fill = "a"}, {.position = inside}};
    made = rc::make_request(composed{.layers = layers}, v3, {0, "n"}, room);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == rc::errc::input_in_storage);
    CHECK(made.error().subject == "PositionNormalized");
    CHECK(room.bytes[0] == 'x');
}

TEST_CASE("a free text may contain what an identifier may not, and is UTF-8") {
    for (std::string_view const text : {" blank ", "\"quoted\"", "two\nlines\t", "\xE2\x80\x8B", "{\"a\": [1, 2]}"})
        agrees({.content = text});
    CHECK(refusal_of(composed{.content = "\xC3"}) ==
          rc::failure{.code = rc::errc::parameter_not_utf8, .subject = "Content"});
}
