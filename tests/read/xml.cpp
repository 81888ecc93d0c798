// SPDX-License-Identifier: MIT
// The XML reader: what it accepts, what it delivers, what it refuses and where.
// Source: XML 1.0, fifth edition; the verdicts and events of corpora/xml, which other people and another parser
//   gave.
// Path: every corpus file in a buffer of exactly its size, whole and cut at every length.
#include "../catch.hpp"
#include "../corpora.hpp"

#include <restartcaster/read/xml.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace rc = restartcaster;
using rc::errc;
using rc::xml_kind;

namespace {

// ---- compile time: the grammar of XML 1.0, production by production --------------------------------------

constexpr rc::result<void> check(std::string_view document, unsigned depth = rc::xml_reader::max_depth) {
    rc::xml_reader reader(document, depth);
    for (;;) {
        auto const token = reader.next();
        if (!token) return rc::unexpected(token.error());
        if (token->kind == xml_kind::end) return {};
    }
}
constexpr bool accepts(std::string_view document) { return check(document).has_value(); }
constexpr bool refuses(std::string_view document, errc code, std::size_t offset) {
    auto const checked = check(document);
    return !checked && checked.error() == rc::failure{.code = code, .detail = offset};
}

// 1, 22, 27: document, prolog, what may stand around the root
static_assert(accepts("<a/>") && accepts("<a></a>") && accepts(" \t\r\n<a/>\n<!-- x --><?pi y?> "));
static_assert(accepts("<?pi?><!----><a/>") && accepts("\xEF\xBB\xBF<a/>"));
static_assert(refuses("", errc::unexpected_end, 0) && refuses(" ", errc::unexpected_end, 1));
static_assert(refuses("x<a/>", errc::unexpected_byte, 0) && refuses("<a/>x", errc::trailing_bytes, 4));
static_assert(refuses("<a/> <b/>", errc::trailing_bytes, 5) && refuses("<a/></a>", errc::trailing_bytes, 4));
static_assert(refuses("</a>", errc::unexpected_byte, 0) && refuses("<![CDATA[x]]><a/>", errc::unexpected_byte, 2));
static_assert(refuses("<a/><![CDATA[x]]>", errc::unexpected_byte, 6) && refuses("<a/>&#32;", errc::trailing_bytes, 4));
static_assert(refuses("<", errc::unexpected_end, 1) && refuses("<!", errc::unexpected_end, 2));
static_assert(refuses("\xEF\xBB\xBF\xEF\xBB\xBF<a/>", errc::unexpected_byte, 3));
// 2: characters
static_assert(accepts("<a>\t\n\r\x7F\xC2\x80\xEF\xBF\xBD\xF4\x8F\xBF\xBF</a>"));
static_assert(refuses("<a>\x01</a>", errc::unexpected_byte, 3) && refuses("<a>\xEF\xBF\xBE</a>", errc::unexpected_byte, 3));
static_assert(refuses("<a>\xEF\xBF\xBF</a>", errc::unexpected_byte, 3) && refuses("<a>\xED\xA0\x80</a>", errc::invalid_utf8, 3));
static_assert(refuses("<a>\xC3</a>", errc::invalid_utf8, 3) && refuses("<a b='\x1F'/>", errc::unexpected_byte, 6));
static_assert(refuses("<!--\x0B--><a/>", errc::unexpected_byte, 4) && refuses("<?p \xFF?><a/>", errc::invalid_utf8, 4));
static_assert(refuses("<a><![CDATA[\x08]]></a>", errc::unexpected_byte, 12));
// 4, 4a, 5: names, fifth edition
static_assert(accepts("<_:A-9.z/>") && accepts("<:/>") && accepts("<\xC3\xA9\xC2\xB7/>") && accepts("<\xF0\x90\x80\x80/>"));
static_assert(accepts("<a\xCC\x80\xCD\xB0\xE2\x80\xBF\xE2\x81\x80/>") && accepts("<\xCD\xB0/>") && accepts("<\xE2\x81\xB0/>"));
static_assert(accepts("<\xCD\xBF/>") && accepts("<\xE3\x80\x81/>") && accepts("<\xEF\xBF\xBD/>"));
static_assert(refuses("<\xC2\xB7/>", errc::unexpected_byte, 1) && refuses("<\xCC\x80/>", errc::unexpected_byte, 1));
static_assert(refuses("<\xE2\x80\xBF/>", errc::unexpected_byte, 1) && refuses("<\xE2\x81\x80/>", errc::unexpected_byte, 1));
static_assert(refuses("<\xCD\xAF/>", errc::unexpected_byte, 1) && refuses("<\xCD\xBE/>", errc::unexpected_byte, 1));
static_assert(refuses("<a\xC3\x97/>", errc::unexpected_byte, 2) && refuses("<a\xC2\xB6/>", errc::unexpected_byte, 2));
static_assert(refuses("<a\xEF\xBF\xBE/>", errc::unexpected_byte, 2) && refuses("<a\xF3\xB0\x80\x80/>", errc::unexpected_byte, 2));
static_assert(refuses("<-a/>", errc::unexpected_byte, 1) && refuses("<.a/>", errc::unexpected_byte, 1));
static_assert(refuses("<9/>", errc::unexpected_byte, 1) && refuses("< a/>", errc::unexpected_byte, 1));
static_assert(refuses("<a\xE2/>", errc::invalid_utf8, 2) && refuses("<>", errc::unexpected_byte, 1));
// 40 to 44: tags
static_assert(accepts("<a ></a >") && accepts("<a\n/>") && accepts("<a><a><b/></a></a>"));
static_assert(refuses("<a></ a>", errc::xml_tag_mismatched, 5) && refuses("<a></b>", errc::xml_tag_mismatched, 5));
static_assert(refuses("<a></ab>", errc::xml_tag_mismatched, 5) && refuses("<ab></a>", errc::xml_tag_mismatched, 6));
static_assert(refuses("<a></A>", errc::xml_tag_mismatched, 5) && refuses("<a></>", errc::xml_tag_mismatched, 5));
static_assert(refuses("<a><b></a></b>", errc::xml_tag_mismatched, 8) && refuses("<a></a b>", errc::unexpected_byte, 8));
static_assert(refuses("<a></a/>", errc::unexpected_byte, 7) && refuses("<a/ >", errc::unexpected_byte, 3));
static_assert(refuses("<a", errc::unexpected_end, 2) && refuses("<a/", errc::unexpected_end, 3));
static_assert(refuses("<a>", errc::unexpected_end, 3) && refuses("<a></", errc::unexpected_end, 5));
static_assert(refuses("<a></a", errc::unexpected_end, 6) && refuses("<a>x", errc::unexpected_end, 4));
static_assert(refuses("<a b>", errc::unexpected_byte, 4) && refuses("<a/b>", errc::unexpected_byte, 3));
// 10, 41: attributes
static_assert(accepts("<a b='1' c = \"'>\"\td=''/>") && accepts("<a b='&lt;&#65;\r\n\xC3\xA9'></a>"));
static_assert(refuses("<a b='1'b2='2'/>", errc::unexpected_byte, 8) && refuses("<a b=1/>", errc::unexpected_byte, 5));
static_assert(refuses("<a b='<'/>", errc::unexpected_byte, 6) && refuses("<a b='1'/", errc::unexpected_end, 9));
static_assert(refuses("<a b='1", errc::unexpected_end, 7) && refuses("<a b=", errc::unexpected_end, 5));
static_assert(refuses("<a b", errc::unexpected_end, 4) && refuses("<a ='1'/>", errc::unexpected_byte, 3));
static_assert(refuses("<a b='&x;'/>", errc::xml_entity_unknown, 6) && refuses("<a 1='1'/>", errc::unexpected_byte, 3));
static_assert(refuses("<a b='1' b=\"2\"/>", errc::xml_attribute_duplicate, 9) && accepts("<a b='' bb='' B='' x:b=''/>"));
static_assert(accepts("<a bb='' b=''/>") && refuses("<a c='' b='' b ='1'/>", errc::xml_attribute_duplicate, 13));
// 14, 18, 20: text and CDATA
static_assert(accepts("<a>]] > ]>></a>") && accepts("<a><![CDATA[<&]] >]]]]></a>") && accepts("<a><![CDATA[]]></a>"));
static_assert(refuses("<a>]]></a>", errc::unexpected_byte, 3) && refuses("<a><![cdata[x]]></a>", errc::unexpected_byte, 6));
static_assert(refuses("<a><![CDATA[x</a>", errc::unexpected_end, 17) && refuses("<a><![CDATA", errc::unexpected_end, 11));
static_assert(refuses("<a><![CDATA[x]]", errc::unexpected_end, 15) && refuses("<a><!", errc::unexpected_end, 5));
// 15, 16: comments and processing instructions
static_assert(accepts("<a><!-- - <b> & --><?p ? > ?>x</a>") && refuses("<!-- -- --><a/>", errc::unexpected_byte, 7));
static_assert(refuses("<!-- --->", errc::unexpected_byte, 7) && refuses("<!-- x", errc::unexpected_end, 6));
static_assert(refuses("<!-- -", errc::unexpected_end, 6) && refuses("<!-- --", errc::unexpected_end, 7));
static_assert(refuses("<!- x", errc::unexpected_byte, 3) && refuses("<!x>", errc::unexpected_byte, 2));
static_assert(refuses("<?p x", errc::unexpected_end, 5) && refuses("<?p", errc::unexpected_end, 3));
static_assert(refuses("<?p/?><a/>", errc::unexpected_byte, 3) && refuses("<??><a/>", errc::unexpected_byte, 2));
static_assert(refuses("<a><?xml version='1.0'?></a>", errc::unexpected_byte, 5) && refuses("<?XmL?><a/>", errc::unexpected_byte, 2));
static_assert(refuses(" <?xml version='1.0'?><a/>", errc::unexpected_byte, 3) && accepts("<?xml-stylesheet x?><a/>"));
// 23 to 26, 32, 80, 81: the XML declaration
static_assert(accepts("<?xml version='1.0' encoding='UTF-8'?><a/>") && accepts("<?xml\tversion = \"1.0\"?><a/>"));
static_assert(accepts("<?xml version='1.0' encoding=\"us-ascii\" standalone='yes' ?><a/>"));
static_assert(accepts("<?xml version='1.10' standalone='no'?><a/>") && accepts("\xEF\xBB\xBF<?xml version='1.0'?><a/>"));
static_assert(refuses("<?xml version='1.0' encoding='GBK'?><a/>", errc::xml_encoding_refused, 30));
static_assert(refuses("<?xml version='1.0' encoding='UTF-16'?><a/>", errc::xml_encoding_refused, 30));
static_assert(refuses("<?xml encoding='UTF-8'?><a/>", errc::unexpected_byte, 6) && refuses("<?xml ?><a/>", errc::unexpected_byte, 6));
static_assert(refuses("<?xml version='2.0'?><a/>", errc::unexpected_byte, 15) && refuses("<?xml version='1.'?><a/>", errc::unexpected_byte, 15));
static_assert(refuses("<?xml version='1.a'?><a/>", errc::unexpected_byte, 15) && refuses("<?xml version=1.0?>", errc::unexpected_byte, 14));
static_assert(refuses("<?xml version='1.0'encoding='UTF-8'?>", errc::unexpected_byte, 19));
static_assert(refuses("<?xml version='1.0' standalone='yes' encoding='UTF-8'?>", errc::unexpected_byte, 37));
static_assert(refuses("<?xml version='1.0' standalone='Yes'?>", errc::unexpected_byte, 32));
static_assert(refuses("<?xml version='1.0' standalone='yes' standalone='yes'?>", errc::unexpected_byte, 37));
static_assert(refuses("<?xml version='1.0' version='1.0'?>", errc::unexpected_byte, 20));
static_assert(refuses("<?xml version='1.0' encoding='UTF-8' encoding='UTF-8'?>", errc::unexpected_byte, 37));
static_assert(refuses("<?xml version='1.0", errc::unexpected_end, 18) && refuses("<?xml version='1.0'", errc::unexpected_end, 19));
static_assert(refuses("<?xml version='1.0'?", errc::unexpected_end, 20) && refuses("<?xml ", errc::unexpected_end, 6));
static_assert(refuses("<?xml version='1.0'>", errc::unexpected_byte, 19) && refuses("<?xml version='1<", errc::unexpected_byte, 16));
static_assert(refuses("<?xml version='1.0'?>", errc::unexpected_end, 21) && refuses("<?xml vers='1.0'?>", errc::unexpected_byte, 10));
// 28: document type declarations, refused before anything in them is read
static_assert(refuses("<!DOCTYPE", errc::xml_doctype_refused, 0) && refuses("<!DOCTYP>", errc::unexpected_byte, 8));
static_assert(refuses("<!DOCTYPE html><html/>", errc::xml_doctype_refused, 0) && refuses("<!doctype a>", errc::unexpected_byte, 2));
static_assert(refuses("<a/><!DOCTYPE a>", errc::xml_doctype_refused, 4) && refuses("<a><!DOCTYPE a></a>", errc::xml_doctype_refused, 3));
static_assert(refuses("<!ELEMENT a ANY><a/>", errc::unexpected_byte, 2) && refuses("<!DOC", errc::unexpected_end, 5));
// 66 to 68: references
static_assert(accepts("<a>&lt;&gt;&amp;&apos;&quot;&#9;&#x10FFFF;&#xD7FF;&#xE000;&#xFFFD;&#x10000;&#xAbF;&#13;&#000065;</a>"));
static_assert(refuses("<a>&nbsp;</a>", errc::xml_entity_unknown, 3) && refuses("<a>&;</a>", errc::xml_entity_unknown, 3));
static_assert(refuses("<a>&LT;</a>", errc::xml_entity_unknown, 3) && refuses("<a>&lt</a>", errc::unexpected_byte, 6));
static_assert(refuses("<a>& </a>", errc::unexpected_byte, 4) && refuses("<a>&#;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#x;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#X41;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#4a;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#xg;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#0;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#x1F;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#xD800;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#xDFFF;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#xFFFE;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#x110000;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#4294967361;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&#-1;</a>", errc::xml_reference_invalid, 3));
static_assert(refuses("<a>&#x10000000000000041;</a>", errc::xml_reference_invalid, 3) && refuses("<a>&am", errc::unexpected_end, 6));
// limits
static_assert(check("<a><b/></a>", 2).has_value() && check("<a><b/></a>", 1).error().code == errc::nesting_too_deep);
static_assert(check("<a><b/></a>", 1).error().detail == 3 && !check("<a/>", 0).has_value());

constexpr bool delivers_in_order() {
    constexpr std::string_view document =
        "<?xml version='1.0'?> <n:a b='1'>x&amp;y<!-- c --><![CDATA[<&]]><e/>\r\n</n:a > ";
    struct expected {
        xml_kind kind;
        std::string_view text;
        bool encoded = false;
    };
    constexpr expected tokens[] = {{xml_kind::element_begin, "n:a"}, {xml_kind::text, "x&amp;y", true},
                                   {xml_kind::cdata, "<&"},          {xml_kind::element_begin, "e"},
                                   {xml_kind::element_end, "e"},     {xml_kind::text, "\r\n", true},
                                   {xml_kind::element_end, "n:a"},   {xml_kind::end, ""},
                                   {xml_kind::end, ""}};
    rc::xml_reader reader(document);
    for (auto const& expected : tokens) {
        auto const token = reader.next();
        if (!token || token->kind != expected.kind || token->text != expected.text ||
            token->encoded != expected.encoded || document.substr(token->offset, token->text.size()) != token->text)
            return false;
    }
    return reader.offset() == document.size();
}
static_assert(delivers_in_order());

// A shape of `size` bytes and more that repeats one piece, read whole by the compiler: it counts its own steps
// and gives up (clang at 2^20, gcc at 2^25) long before a quadratic reader would be done.
template <std::size_t Size = 4096>
constexpr errc ends_with(std::string_view head, std::string_view piece) {
    std::array<char, Size> document{};
    std::size_t size = 0;
    for (char const c : head) document[size++] = c;
    while (size + piece.size() <= Size)
        for (char const c : piece) document[size++] = c;
    return check({document.data(), size}).error().code;
}
static_assert(ends_with("<a>", "<b></b>") == errc::unexpected_end);
static_assert(ends_with("<a>", "<b c=''/>") == errc::unexpected_end);
static_assert(ends_with("<a>", "<!---->") == errc::unexpected_end);
static_assert(ends_with("", "<?p?>") == errc::unexpected_end);
static_assert(ends_with("<a>", "<![CDATA[]]>") == errc::unexpected_end);
static_assert(ends_with("<a>", "&lt;") == errc::unexpected_end);
static_assert(ends_with("<a>", "]") == errc::unexpected_end);
static_assert(ends_with("<a>", "\xE5\x8F\xAF") == errc::unexpected_end);
static_assert(ends_with("<a>&", "b") == errc::unexpected_end);
static_assert(ends_with("<a>&#", "0") == errc::unexpected_end);
static_assert(ends_with("<", "a") == errc::unexpected_end);
static_assert(ends_with("<a b='", "\n") == errc::unexpected_end);
static_assert(ends_with("<!--", "- ") == errc::unexpected_end);
static_assert(ends_with("<a ", " ") == errc::unexpected_end);
static_assert(ends_with("", "<a>") == errc::nesting_too_deep);
static_assert(ends_with("<", "<") == errc::unexpected_byte);

// ---- run time --------------------------------------------------------------------------------------------

/// A document in a heap buffer of exactly its size, so that a sanitizer sees the first byte read past its end.
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

std::string decoded(rc::xml_token const& token) {
    std::string storage(token.text.size(), '\0');
    auto const text = rc::decode_xml_text(token, storage);
    REQUIRE(text.has_value());
    return std::string(*text);
}

/// All events as corpora/INDEX.md states them, without attributes, which the reader checks and passes over.
nlohmann::json events(std::string_view document) {
    nlohmann::json all = nlohmann::json::array();
    rc::xml_reader reader(document);
    for (;;) {
        auto const token = reader.next();
        REQUIRE(token.has_value());
        switch (token->kind) {
        case xml_kind::element_begin: all.push_back({"S", std::string(token->text)}); break;
        case xml_kind::element_end: all.push_back({"E", std::string(token->text)}); break;
        case xml_kind::text:
        case xml_kind::cdata:
            if (std::string const text = decoded(*token); text.empty())
                break;
            else if (all.back()[0] == "T")
                all.back()[1] = all.back()[1].get<std::string>() + text;
            else
                all.push_back({"T", text});
            break;
        case xml_kind::end: return all;
        }
    }
}

/// The text of the element that begins as event `begin`, elements inside it left out.
std::string own_text(nlohmann::json const& all, std::size_t begin) {
    std::string text;
    int depth = 0;
    for (std::size_t i = begin; i == begin || depth != 0; ++i) {
        if (all[i][0] == "S") ++depth;
        if (all[i][0] == "E") --depth;
        if (all[i][0] == "T" && depth == 1) text += all[i][1].get<std::string>();
    }
    return text;
}

/// Reads the text of every element in place, each in a fresh copy, and holds it against the events.
void check_texts(std::string_view document, nlohmann::json const& all) {
    std::size_t elements = 0;
    for (std::size_t i = 0; i != all.size(); ++i) {
        if (all[i][0] != "S") continue;
        if (++elements > 200) return;
        exact copy(document);
        rc::xml_reader reader(copy.view());
        for (std::size_t begun = 0; begun != elements;) begun += reader.next()->kind == xml_kind::element_begin;
        auto const text = reader.read_text(copy.span().subspan(reader.offset()));
        REQUIRE(text.has_value());
        CHECK(*text == own_text(all, i));
        for (;;) {
            auto const token = reader.next();
            REQUIRE(token.has_value());
            if (token->kind == xml_kind::end) break;
        }
    }
}

/// Reads to the end or the first error; an error is inside the document and stays.
bool read_whole(std::string_view document) {
    rc::xml_reader reader(document);
    for (;;) {
        auto const token = reader.next();
        if (token.has_value() && token->kind != xml_kind::end) continue;
        if (token.has_value()) return true;
        REQUIRE(token.error().detail <= document.size());
        for (int again = 0; again != 2; ++again) {
            auto const later = reader.next();
            REQUIRE_FALSE(later.has_value());
            REQUIRE(later.error() == token.error());
        }
        rc::xml_reader skipping(document);
        auto first = skipping.next();
        if (first.has_value()) {
            auto const skipped = skipping.skip();
            if (skipped.has_value()) {
                auto const after = skipping.next();
                REQUIRE_FALSE(after.has_value());
                REQUIRE(after.error() == token.error());
            } else {
                REQUIRE(skipped.error() == token.error());
            }
        } else {
            REQUIRE(first.error() == token.error());
        }
        return false;
    }
}

void read_every_prefix(std::string_view document) {
    std::size_t const step = document.size() <= 4096 ? 1 : document.size() / 256;
    for (std::size_t size = 0; size < document.size(); size += step)
        read_whole(exact(document.substr(0, size)).view());
}

} // namespace

TEST_CASE("XML: every corpus file is accepted, refused or chosen about as its verdict says", "[read][xml][corpora]") {
    std::set<std::string> const accepted_by_choice = {};
    for (char const* const set : {"attacks", "derived_nodtd", "pugixml", "xmlconf"}) {
        auto const folder = std::filesystem::path("xml") / set;
        if (!corpora::present(folder.string())) return;
        auto const expected = corpora::read_expected(corpora::root() / folder / "EXPECT.jsonl");
        for (auto const& row : corpora::read_tsv(corpora::root() / folder / "CASES.tsv")) {
            std::string const& file = row.at("file");
            std::string const& verdict = row.at("verdict");
            exact const document(corpora::read_file(corpora::root() / folder / file));
            CAPTURE(set, file, verdict);
            bool const chosen = accepted_by_choice.count(file) != 0;
            CHECK((verdict == "accept" || verdict == "reject" || verdict == "either"));
            bool const accepted = read_whole(document.view());
            CHECK(accepted == (verdict == "accept" || (verdict == "either" && chosen)));
            auto const given = expected.find(file);
            CHECK((given != expected.end()) == (verdict == "accept"));
            if (given != expected.end() && given->second.contains("events")) {
                nlohmann::json all = given->second.at("events");
                for (auto& event : all)
                    if (event.size() == 3) event.erase(2);
                CHECK(events(document.view()) == all);
                check_texts(document.view(), all);
            }
            read_every_prefix(document.view());
        }
    }
}
