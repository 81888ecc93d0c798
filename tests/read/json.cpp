// SPDX-License-Identifier: MIT
// The JSON reader: what it accepts, what it delivers, what it refuses and where.
// Source: RFC 8259; the verdicts and values of corpora/json, which other people and another parser gave.
// Data flow: every corpus file in a buffer of exactly its size, whole and cut at every length.
#include "../catch.hpp"
#include "../corpora.hpp"

#include <restartcaster/read/json.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace rc = restartcaster;
using rc::errc;
using rc::json_kind;

namespace {

// ---- compile time: the grammar of RFC 8259, section by section -------------------------------------------

constexpr rc::result<void> check(std::string_view document, unsigned depth = rc::json_reader::max_depth) {
    rc::json_reader reader(document, depth);
    for (;;) {
        auto const token = reader.next();
        if (!token) return rc::unexpected(token.error());
        if (token->kind == json_kind::end) return {};
    }
}

struct grammar_case {
    std::string_view document;
    errc code = {};
    std::size_t offset = std::string_view::npos; // accepted, when there is none
};
constexpr grammar_case grammar[] = {
    // 2, 3: structure and literals
    {R"({})"},
    {R"([])"},
    {" \t\r\n[ 1 , 2 ]\n"},
    {"true"},
    {"false"},
    {"null"},
    {"\"\""},
    {"0"},
    {"", errc::unexpected_end, 0},
    {"  ", errc::unexpected_end, 2},
    {"\f[]", errc::unexpected_byte, 0},
    {"True", errc::unexpected_byte, 0},
    {"tru", errc::unexpected_end, 3},
    {"trux", errc::unexpected_byte, 3},
    {"truee", errc::trailing_bytes, 4},
    {"[] []", errc::trailing_bytes, 3},
    {"[]\"a\"", errc::trailing_bytes, 2},
    {",", errc::unexpected_byte, 0},
    {"]", errc::unexpected_byte, 0},
    // 4: objects
    {R"({"a":1,"a":2})"},
    {R"({"a"})", errc::unexpected_byte, 4},
    {R"({"a":})", errc::unexpected_byte, 5},
    {R"({"a":1,})", errc::unexpected_byte, 7},
    {R"({,})", errc::unexpected_byte, 1},
    {R"({a:1})", errc::unexpected_byte, 1},
    {R"({"a" 1})", errc::unexpected_byte, 5},
    {R"({"a":1])", errc::unexpected_byte, 6},
    {R"({"a")", errc::unexpected_end, 4},
    {R"({"a":1)", errc::unexpected_end, 6},
    {R"({"a":1,)", errc::unexpected_end, 7},
    {R"({)", errc::unexpected_end, 1},
    {R"({"a":)", errc::unexpected_end, 5},
    {R"({]})", errc::unexpected_byte, 1},
    {R"({"a":]})", errc::unexpected_byte, 5},
    {R"({"a":1,1})", errc::unexpected_byte, 7},
    // 5: arrays
    {"[1,]", errc::unexpected_byte, 3},
    {"[,1]", errc::unexpected_byte, 1},
    {"[1 2]", errc::unexpected_byte, 3},
    {"[1}", errc::unexpected_byte, 2},
    {"[}", errc::unexpected_byte, 1},
    {"[1:2]", errc::unexpected_byte, 2},
    // 6: numbers
    {"-0"},
    {"10"},
    {"1.5"},
    {"1e5"},
    {"-1.25E+10"},
    {"0.0e-0"},
    {"123456789012345678901234567890"},
    {"01", errc::json_invalid_number, 1},
    {"-01", errc::json_invalid_number, 2},
    {"-", errc::unexpected_end, 1},
    {"-a", errc::json_invalid_number, 1},
    {"+1", errc::unexpected_byte, 0},
    {".5", errc::unexpected_byte, 0},
    {"1.", errc::unexpected_end, 2},
    {"1.e5", errc::json_invalid_number, 2},
    {"1e", errc::unexpected_end, 2},
    {"1e+", errc::unexpected_end, 3},
    {"1ex", errc::json_invalid_number, 2},
    {"1E-x", errc::json_invalid_number, 3},
    {"0x1", errc::trailing_bytes, 1},
    {"[1.5.5]", errc::unexpected_byte, 4},
    {"NaN", errc::unexpected_byte, 0},
    {"-Infinity", errc::json_invalid_number, 1},
    // 7: strings
    {R"("\"\\\/\b\f\n\r\t\u0041\uD834\uDd1e")"},
    {"\"\x7F\""},
    {"\"\x1F\"", errc::unexpected_byte, 1},
    {"\"abc", errc::unexpected_end, 4},
    {R"("\a")", errc::json_invalid_escape, 2},
    {R"("\)", errc::unexpected_end, 2},
    {R"("\u12)", errc::unexpected_end, 5},
    {R"("\u12G4")", errc::json_invalid_escape, 5},
    {R"("ab\U0041")", errc::json_invalid_escape, 4},
    {R"("\ud834")", errc::json_invalid_escape, 7},
    {R"("\ud834\n")", errc::json_invalid_escape, 8},
    {R"("\ud834\ud834")", errc::json_invalid_escape, 7},
    {R"("\ud834\u0041")", errc::json_invalid_escape, 7},
    {R"("\udd1e")", errc::json_invalid_escape, 1},
    {R"("\ud834\)", errc::unexpected_end, 8},
    {R"("\ud834\ud8)", errc::unexpected_end, 11},
    // 8: characters
    {"\"\xE5\x8F\xAF \xF0\x9F\x98\x80\xC3\xA9\""},
    {"\xEF\xBB\xBF{}"},
    {"\"\xC0\x80\"", errc::invalid_utf8, 1},
    {"\"\xE5\x8F\"", errc::invalid_utf8, 1},
    {"\"\xED\xA0\x80\"", errc::invalid_utf8, 1},
    {"\"\xC3\xA9\x80\"", errc::invalid_utf8, 3},
    {"\"\xF0\x9F\x98", errc::invalid_utf8, 1},
    {"\"\xC3\xA9", errc::unexpected_end, 3},
    {"\xEF\xBB\xBF", errc::unexpected_end, 3},
    {"\xEF\xBB\xBF\xEF\xBB\xBF{}", errc::unexpected_byte, 3},
    {"{\xEF\xBB\xBF}", errc::unexpected_byte, 1},
    // 9: limits
};
constexpr bool holds(grammar_case const& one, std::string_view document, std::size_t shift = 0) {
    auto const checked = check(document);
    if (one.offset == std::string_view::npos) return checked.has_value();
    return !checked && checked.error() == rc::failure{.code = one.code, .detail = one.offset + shift};
}
constexpr bool grammar_holds() {
    for (auto const& one : grammar)
        if (!holds(one, one.document)) return false;
    return true;
}
static_assert(grammar_holds());
static_assert(check("[[1]]", 2).has_value() && check("[[1]]", 1).error().code == errc::nesting_too_deep);
static_assert(check("[[1]]", 1).error().detail == 1 && check("1", 0).has_value() &&
              !check("{}", 0).has_value());

constexpr bool delivers_in_order() {
    constexpr std::string_view document = R"( {"a" : [1,"x\n"], "b":{}, "c":null,"d":true,"e":false} )";
    struct expected {
        json_kind kind;
        std::string_view text;
        bool escaped = false;
    };
    constexpr expected tokens[] = {{json_kind::object_begin, "{"},
                                   {json_kind::name, "a"},
                                   {json_kind::array_begin, "["},
                                   {json_kind::number, "1"},
                                   {json_kind::string, "x\\n", true},
                                   {json_kind::array_end, "]"},
                                   {json_kind::name, "b"},
                                   {json_kind::object_begin, "{"},
                                   {json_kind::object_end, "}"},
                                   {json_kind::name, "c"},
                                   {json_kind::null_value, "null"},
                                   {json_kind::name, "d"},
                                   {json_kind::true_value, "true"},
                                   {json_kind::name, "e"},
                                   {json_kind::false_value, "false"},
                                   {json_kind::object_end, "}"},
                                   {json_kind::end, ""},
                                   {json_kind::end, ""}};
    rc::json_reader reader(document);
    for (auto const& expected : tokens) {
        auto const token = reader.next();
        if (!token || token->kind != expected.kind || token->text != expected.text ||
            token->escaped != expected.escaped ||
            document.substr(token->offset, token->text.size()) != token->text)
            return false;
    }
    return reader.offset() == document.size();
}
static_assert(delivers_in_order());

// A shape of `size` bytes and more that repeats one piece, read whole by the compiler: it counts its own
// steps and gives up (clang at 2^20, gcc at 2^25) long before a quadratic reader would be done.
template <std::size_t Size>
constexpr rc::result<void> read_repeated(std::string_view head, std::string_view piece) {
    std::array<char, Size> document{};
    std::size_t size = 0;
    for (char const c : head)
        document[size++] = c;
    while (size + piece.size() <= Size)
        for (char const c : piece)
            document[size++] = c;
    std::string_view const whole(document.data(), size);
    auto const checked = check(whole);
    auto const skipped = rc::json_reader(whole).skip_value();
    if (checked.has_value() != skipped.has_value()) return {};
    if (checked || checked.error() == skipped.error()) return checked;
    return {};
}
template <std::size_t Size = 4096>
constexpr errc ends_with(std::string_view head, std::string_view piece) {
    return read_repeated<Size>(head, piece).error().code;
}
static_assert(ends_with("[", "\"\\ud83d\\ude00\",") == errc::unexpected_end);
static_assert(ends_with("\"", "\\n") == errc::unexpected_end);
static_assert(ends_with("\"", "\xE5\x8F\xAF") == errc::unexpected_end);
static_assert(ends_with("\"", "a\xC3\xA9") == errc::unexpected_end);
static_assert(ends_with("[", " ") == errc::unexpected_end);
static_assert(read_repeated<4096>("1", "0").has_value());
static_assert(ends_with("[", "[],") == errc::unexpected_end);
static_assert(ends_with("", "[") == errc::nesting_too_deep);
static_assert(ends_with("{", "\"a\":{},") == errc::unexpected_end);

// ---- run time --------------------------------------------------------------------------------------------

/// A document in a heap buffer of exactly its size, so that a sanitizer sees the first byte read past its
/// end.
class exact {
public:
    explicit exact(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        std::copy(text.begin(), text.end(), bytes_.get());
    }
    std::string_view view() const { return {bytes_.get(), size_}; }
    std::span<char> span() { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

std::string decoded(rc::json_token const& token) {
    std::string storage(token.text.size(), '\0');
    auto const text = token.decode(storage);
    REQUIRE(text.has_value());
    return std::string(*text);
}

std::string pointer_step(std::string const& name) {
    std::string step = "/";
    for (char const c : name) {
        if (c == '~')
            step += "~0";
        else if (c == '/')
            step += "~1";
        else
            step += c;
    }
    return step;
}

/// All values as corpora/INDEX.md states them: pointer, type, value, in document order.
nlohmann::json flat(rc::json_reader reader) {
    struct level {
        std::string pointer;
        std::size_t row;
        std::size_t count;
        bool object;
    };
    std::vector<level> levels;
    std::string name;
    nlohmann::json rows = nlohmann::json::array();
    for (;;) {
        auto const token = reader.next();
        REQUIRE(token.has_value());
        if (token->kind == json_kind::end) return rows;
        if (token->kind == json_kind::name) {
            name = decoded(*token);
            continue;
        }
        if (token->kind == json_kind::object_end || token->kind == json_kind::array_end) {
            rows[levels.back().row][2] = levels.back().count;
            levels.pop_back();
            continue;
        }
        std::string pointer;
        if (!levels.empty()) {
            level& parent = levels.back();
            pointer =
                parent.pointer + (parent.object ? pointer_step(name) : "/" + std::to_string(parent.count));
            ++parent.count;
        }
        switch (token->kind) {
        case json_kind::object_begin:
        case json_kind::array_begin: {
            bool const object = token->kind == json_kind::object_begin;
            levels.push_back({pointer, rows.size(), 0, object});
            rows.push_back({pointer, object ? "object" : "array", 0});
            break;
        }
        case json_kind::string:
            rows.push_back({pointer, "string", decoded(*token)});
            break;
        case json_kind::number:
            rows.push_back({pointer, "number", std::string(token->text)});
            break;
        case json_kind::true_value:
            rows.push_back({pointer, "bool", true});
            break;
        case json_kind::false_value:
            rows.push_back({pointer, "bool", false});
            break;
        default:
            rows.push_back({pointer, "null", nullptr});
            break;
        }
    }
}

/// Reads to the end or the first error; an error is inside the document and stays.
bool read_whole(std::string_view document) {
    rc::json_reader reader(document);
    rc::json_reader skipping(document);
    auto const skipped = skipping.skip_value();
    bool const whole = skipped.has_value() && skipping.next().has_value();
    for (;;) {
        auto const token = reader.next();
        if (token.has_value() && token->kind != json_kind::end) continue;
        REQUIRE(whole == token.has_value());
        if (token.has_value()) return true;
        REQUIRE(token.error().detail <= document.size());
        REQUIRE(token.error().code != errc{});
        for (int again = 0; again != 2; ++again) {
            auto const later = reader.next();
            REQUIRE_FALSE(later.has_value());
            REQUIRE(later.error() == token.error());
            auto const later_skipped = reader.skip_value();
            REQUIRE_FALSE(later_skipped.has_value());
            REQUIRE(later_skipped.error() == token.error());
        }
        auto const same = skipping.next();
        REQUIRE_FALSE(same.has_value());
        REQUIRE(same.error() == token.error());
        return false;
    }
}

void read_every_prefix(std::string_view document) {
    std::size_t const step = document.size() <= 4096 ? 1 : document.size() / 512;
    for (std::size_t size = 0; size < document.size(); size += step)
        read_whole(exact(document.substr(0, size)).view());
}

} // namespace

TEST_CASE("JSON: every corpus file is accepted, refused or chosen about as its verdict says",
          "[read][json][corpora]") {
    // What RFC 8259 leaves open, by the choices in the docstring of json_reader.
    std::set<std::string> const accepted_by_choice = {
        // numbers are text, of any size
        "i_number_huge_exp.json", "i_number_pos_double_huge_exp.json", "i_number_real_neg_overflow.json",
        "i_number_too_big_neg_int.json", "i_number_very_big_negative_int.json", "num_long_int__bignum.json",
        "num_long_real__bignum.json", "num_real_7__bignum.json", "num_real_8__bignum.json",
        "number_-9223372036854775808.json", "number_1.000000000000000005.json",
        "number_10000000000000000999.json", "number_1e6.json", "number_9223372036854775808.json",
        // a byte order mark is skipped
        "i_structure_UTF-8_BOM_empty_object.json", "utf8bom.json", "whitespace_bom__bom.json",
        // names are bytes, given as often as they come
        "object_key_nfc_nfd.json", "object_key_nfd_nfc.json", "object_same_key_different_values.json",
        "object_same_key_same_value.json"};
    std::size_t either_accepted = 0;
    for (char const* const set : {"encoding", "json_org_checker", "jsontestsuite", "transform", "yyjson"}) {
        auto const folder = std::filesystem::path("json") / set;
        if (!corpora::present(folder.string())) return;
        auto const expected = corpora::read_expected(corpora::root() / folder / "EXPECT.jsonl");
        for (auto const& row : corpora::read_tsv(corpora::root() / folder / "CASES.tsv")) {
            std::string const& file = row.at("file");
            std::string const& verdict = row.at("verdict");
            exact const document(corpora::read_file(corpora::root() / folder / file));
            CAPTURE(set, file, verdict);
            bool const chosen = accepted_by_choice.count(file) != 0;
            either_accepted += chosen;
            CHECK((verdict == "accept" || verdict == "reject" || verdict == "either"));
            bool const accepted = read_whole(document.view());
            CHECK(accepted == (verdict == "accept" || (verdict == "either" && chosen)));
            if (auto const values = expected.find(file); values != expected.end())
                CHECK(flat(rc::json_reader(document.view())) == values->second.at("flat"));
            else
                CHECK(verdict != "accept");
            read_every_prefix(document.view());
        }
    }
    CHECK(either_accepted <= accepted_by_choice.size());
}

TEST_CASE("JSON: numbers are read to the letter of the grammar and kept as text", "[read][json][corpora]") {
    if (!corpora::present("json/numbers")) return;
    std::size_t numbers = 0;
    for (auto const& row : corpora::read_tsv(corpora::root() / "json/numbers/CASES.tsv")) {
        std::istringstream lines(corpora::read_file(corpora::root() / "json/numbers" / row.at("file")));
        for (std::string line; std::getline(lines, line);) {
            if (line.empty() || line[0] == '#') continue;
            CAPTURE(row.at("file"), line);
            exact const document(line);
            // literal.txt holds the NaN and Infinity of other dialects: RFC 8259, 6 has none.
            bool const valid = row.at("file") != "literal.txt";
            REQUIRE(read_whole(document.view()) == valid);
            if (!valid) continue;
            ++numbers;
            rc::json_reader reader(document.view());
            CHECK(reader.next()->text == line);
        }
    }
    CHECK(numbers > 1000);
}

TEST_CASE("JSON: service bodies give their values", "[read][json][corpora]") {
    if (!corpora::present("bodies/json")) return;
    auto const expected = corpora::read_expected(corpora::root() / "bodies/json/EXPECT.jsonl");
    for (auto const& row : corpora::read_tsv(corpora::root() / "bodies/json/CASES.tsv")) {
        CAPTURE(row.at("file"));
        exact const document(corpora::read_file(corpora::root() / "bodies/json" / row.at("file")));
        REQUIRE(read_whole(document.view()));
        CHECK(flat(rc::json_reader(document.view())) == expected.at(row.at("file")).at("flat"));
        read_every_prefix(document.view());
    }
}

TEST_CASE("JSON: no prefix of an object, an array or a string is a document", "[read][json]") {
    std::string_view const documents[] = {
        R"({"Code":"A","Message":"\ud83d\ude00 \"q\" \\","Detail":{"list":[1,-2.5e+10,true,false,null,[]]}})",
        "[\"\xE5\x8F\xAF\xF0\x9F\x98\x80\", { } ]", "\"text\"", " {\"a\" : 1 }"};
    for (std::string_view const document : documents) {
        REQUIRE(read_whole(exact(document).view()));
        for (std::size_t size = 0; size != document.size(); ++size) {
            CAPTURE(document.substr(0, size));
            CHECK_FALSE(read_whole(exact(document.substr(0, size)).view()));
        }
    }
}

TEST_CASE("JSON: a body with one byte changed is judged as nlohmann/json judges it", "[read][json]") {
    std::string const bodies[] = {
        R"({"RequestId":"6EBD1AC4-C34D","Code":"\u0041\ud83d\ude00\n","n":[-10.5e+0,0,true,false,null]})",
        " [ \"\xE5\x8F\xAF\xF0\x9F\x98\x80\xC3\xA9 plain text of more than a word\" , { } ] "};
    for (std::string const& body : bodies) {
        REQUIRE(nlohmann::json::accept(body));
        for (std::size_t at = 0; at != body.size(); ++at) {
            for (int byte = 0; byte != 256; ++byte) {
                std::string changed = body;
                changed[at] = static_cast<char>(byte);
                CAPTURE(at, byte, changed);
                // It takes a NUL for the end of its input; RFC 8259 has no place for one.
                bool const valid = byte != 0 && nlohmann::json::accept(changed);
                REQUIRE(read_whole(exact(changed).view()) == valid);
            }
        }
    }
}

TEST_CASE("JSON: skip() passes over what the last token began, and nothing else", "[read][json]") {
    std::string_view const document = R"({"a":{"b":[1,{"c":2}]},"d":[3,[4]],"e":5,"f":"x"} )";
    rc::json_reader reader(document);
    auto const expect = [&reader](json_kind kind, std::string_view text) {
        auto const token = reader.next();
        REQUIRE(token.has_value());
        CHECK(token->kind == kind);
        CHECK(token->text == text);
    };
    SECTION("the root before the first token") {
        REQUIRE(reader.skip_value().has_value());
        CHECK(reader.offset() == document.size() - 1);
        expect(json_kind::end, "");
        REQUIRE(reader.skip_value().has_value());
        expect(json_kind::end, "");
    }
    SECTION("the value of a name") {
        expect(json_kind::object_begin, "{");
        expect(json_kind::name, "a");
        REQUIRE(reader.skip_value().has_value());
        expect(json_kind::name, "d");
        REQUIRE(reader.skip_value().has_value());
        REQUIRE(reader.skip_value().has_value()); // nothing was begun
        expect(json_kind::name, "e");
        REQUIRE(reader.skip_value().has_value());
        expect(json_kind::name, "f");
        expect(json_kind::string, "x");
        expect(json_kind::object_end, "}");
    }
    SECTION("the rest of an object or an array") {
        expect(json_kind::object_begin, "{");
        expect(json_kind::name, "a");
        expect(json_kind::object_begin, "{");
        REQUIRE(reader.skip_value().has_value());
        expect(json_kind::name, "d");
        expect(json_kind::array_begin, "[");
        expect(json_kind::number, "3");
        REQUIRE(reader.skip_value().has_value()); // nothing was begun
        expect(json_kind::array_begin, "[");
        REQUIRE(reader.skip_value().has_value());
        expect(json_kind::array_end, "]");
    }
    SECTION("a document that is one empty object") {
        rc::json_reader empty("{}");
        REQUIRE(empty.next().has_value());
        REQUIRE(empty.skip_value().has_value());
        CHECK(empty.next()->kind == json_kind::end);
    }
}

TEST_CASE("JSON: strings are decoded elsewhere and in place", "[read][json]") {
    struct {
        std::string_view raw;
        std::string_view text;
    } const cases[] = {
        {R"("")", ""},
        {R"("as it stands")", "as it stands"},
        {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
        {R"("\u0041\u00e9\u53EF\ud83D\uDE00")", "A\xC3\xA9\xE5\x8F\xAF\xF0\x9F\x98\x80"},
        {R"("\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff")",
         "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
        {R"("a\u0000b")", std::string_view("a\0b", 3)},
    };
    for (auto const& one : cases) {
        exact document(one.raw);
        auto const token = rc::json_reader(document.view()).next();
        REQUIRE(token.has_value());
        CAPTURE(one.raw);
        CHECK(decoded(*token) == one.text);
        bool const escaped = one.raw.find('\\') != one.raw.npos;
        CHECK(token->escaped == escaped);
        if (escaped) {
            std::string small(token->text.size() - 1, '\0');
            auto const refused = token->decode(small);
            REQUIRE_FALSE(refused.has_value());
            CHECK(refused.error().code == errc::storage_too_small);
            CHECK(refused.error().detail == token->text.size());
        }
        auto const in_place =
            token->decode(document.span().subspan(token->offset, token->text.size()));
        REQUIRE(in_place.has_value());
        CHECK(*in_place == one.text);
        CHECK(in_place->data() == token->text.data());
    }
    SECTION("what no reader gave stays as it is") {
        std::array<char, 32> storage{};
        CHECK(*rc::json_token{R"(\q\u12\n\)", 0, json_kind::string, true}.decode(storage) ==
              "\\q\\u12\n\\");
    }
}

TEST_CASE("JSON: nesting ends at 64, or earlier when asked", "[read][json]") {
    auto const nested = [](unsigned depth, char open, char close) {
        return std::string(depth, open) + std::string(depth, close);
    };
    CHECK(check(nested(64, '[', ']')).has_value());
    CHECK(check(nested(64, '[', ']'), 1000).has_value());
    auto const deeper = check(nested(65, '[', ']'), 1000);
    REQUIRE_FALSE(deeper.has_value());
    CHECK(deeper.error() == rc::failure{.code = errc::nesting_too_deep, .detail = 64});
    for (unsigned limit = 0; limit != 5; ++limit)
        CHECK(check(nested(3, '[', ']'), limit).has_value() == (limit >= 3));
    std::string objects;
    for (int i = 0; i != 64; ++i)
        objects += i % 3 == 0 ? "[" : "{\"a\":";
    objects += "1";
    for (int i = 64; i-- != 0;)
        objects += i % 3 == 0 ? "]" : "}";
    CHECK(read_whole(objects));
}

TEST_CASE("JSON: the grammar holds at run time as it does in the compiler", "[read][json]") {
    for (auto const& one : grammar) {
        CAPTURE(one.document);
        CHECK(holds(one, exact(one.document).view()));
        read_whole(exact(one.document).view());
        if (one.document.starts_with("\xEF")) continue; // a byte order mark is one at the start only
        for (std::size_t shift = 1; shift != 20; ++shift)
            CHECK(holds(one, exact(std::string(shift, ' ') + std::string(one.document)).view(), shift));
    }
}

TEST_CASE("JSON: every byte is seen at every place in a string", "[read][json]") {
    for (std::size_t before = 0; before != 40; ++before) {
        for (int byte = 0; byte != 256; ++byte) {
            std::string document = "[\"" + std::string(before, 'x') + static_cast<char>(byte) + "yz\"]";
            std::size_t const at = before + 2;
            CAPTURE(before, byte);
            auto const checked = check(exact(document).view());
            rc::failure expected{.code = errc{}, .detail = at};
            if (byte < 0x20) expected.code = errc::unexpected_byte;
            if (byte >= 0x80) expected.code = errc::invalid_utf8;
            if (byte == '\\') expected = {.code = errc::json_invalid_escape, .detail = at + 1};
            if (byte == '"') expected = {.code = errc::unexpected_byte, .detail = at + 1};
            if (expected.code == errc{})
                REQUIRE(checked.has_value());
            else
                REQUIRE(checked.error() == expected);
        }
    }
}

TEST_CASE("a JSON reader is made of any text, of bytes, and of a pointer with a size", "[json]") {
    std::string text = "{\"a\":[1]}";
    char const* const begin = text.data();
    std::size_t const size = text.size();
    std::span<char> const body = text;
    auto const whole = [](rc::json_reader reader) {
        auto token = reader.next();
        bool const begins = token && token->kind == rc::json_kind::object_begin;
        while (token && token->kind != rc::json_kind::end)
            token = reader.next();
        return begins && token;
    };
    rc::json_reader of_pointer({begin, size});
    rc::json_reader of_bytes(body);
    rc::json_reader of_string(text);
    CHECK(whole(of_pointer));
    CHECK(whole(of_bytes));
    CHECK(whole(of_string));
    CHECK(whole(rc::json_reader(std::span<char const>(body))));
    CHECK(whole(rc::json_reader(begin)));
    CHECK(whole(rc::json_reader("{\"a\":[1]}")));
    CHECK(whole(rc::json_reader(body, 2)));
    CHECK(whole(rc::json_reader(text, 2)));
    CHECK_FALSE(whole(rc::json_reader(std::string_view(text), 0)));
}
