// SPDX-License-Identifier: MIT
// The XML reader beside expat: the same verdict but for what we refuse on purpose, and the same events.
// Source: XML 1.0, fifth edition; expat as the oracle, which has the names of the fourth.
#include "fuzz.hpp"

#include <restartcaster/read/xml.hpp>

#include <expat.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rc = restartcaster;
using fuzz::require;
using rc::errc;

namespace {

/// Starts and ends of elements, and the text between them, joined.
struct events {
    std::vector<std::string> all;

    void element(char kind, std::string const& name) { all.push_back(kind + name); }
    void text(std::string_view more) {
        if (more.empty()) return;
        if (all.empty() || all.back()[0] != 'T') all.emplace_back("T");
        all.back() += more;
    }
};

bool expat_accepts(std::string_view document, events& seen) {
    XML_Parser const parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &seen);
    XML_SetElementHandler(
        parser, [](void* to, char const* name, char const**) { static_cast<events*>(to)->element('S', name); },
        [](void* to, char const* name) { static_cast<events*>(to)->element('E', name); });
    XML_SetCharacterDataHandler(parser, [](void* to, char const* text, int size) {
        static_cast<events*>(to)->text({text, static_cast<std::size_t>(size)});
    });
    auto const status = XML_Parse(parser, document.data(), static_cast<int>(document.size()), XML_TRUE);
    XML_ParserFree(parser);
    return status == XML_STATUS_OK;
}

rc::result<void> read(std::string_view document, unsigned depth_limit, events& seen, unsigned& deepest) {
    rc::xml_reader reader(document, depth_limit);
    for (unsigned depth = 0;;) {
        auto const token = reader.next();
        if (!token) {
            require(token.error().detail <= document.size(), "a failure lies in the document");
            auto const again = reader.next();
            require(!again && again.error() == token.error(), "a reader that failed fails again, the same way");
            return rc::unexpected(token.error());
        }
        require(fuzz::within(token->text, document), "a token lies in the document");
        require(token->text.empty() || token->text.data() == document.data() + token->offset,
                "a token lies at its offset");
        switch (token->kind) {
        case rc::xml_kind::element_begin:
            deepest = std::max(deepest, ++depth);
            seen.element('S', std::string(token->text));
            break;
        case rc::xml_kind::element_end:
            --depth;
            seen.element('E', std::string(token->text));
            break;
        case rc::xml_kind::text:
        case rc::xml_kind::cdata: {
            fuzz::exact const beside(token->text.size()), own(token->text);
            auto const text = token->decode(beside.span());
            require(text.has_value(), "as many bytes as the text has are enough to decode it");
            rc::xml_token there = *token;
            there.text = own.view();
            require(*there.decode(own.span()) == *text, "a text is decoded in its own place");
            seen.text(*text);
            break;
        }
        case rc::xml_kind::end: return {};
        }
    }
}

/// The text that stands in the root itself.
std::string root_text(events const& seen) {
    std::string text;
    int depth = 0;
    for (std::string const& event : seen.all) {
        depth += event[0] == 'S' ? 1 : event[0] == 'E' ? -1 : 0;
        if (event[0] == 'T' && depth == 1) text += event.substr(1);
    }
    return text;
}

void check_read_text(std::string_view document, std::string const& expected) {
    for (bool const in_place : {false, true}) {
        fuzz::exact const copy(document), beside(document.size());
        rc::xml_reader reader(copy.view());
        require(reader.next().has_value(), "a root that was read once is read again");
        auto const text = reader.read_text(in_place ? copy.span().subspan(reader.offset()) : beside.span());
        require(text && *text == expected, "read_text joins the text of an element");
        auto const end = reader.next();
        require(end && end->kind == rc::xml_kind::end, "after the root comes the end");
    }
    rc::xml_reader reader(document);
    static_cast<void>(reader.next());
    auto const text = reader.read_text({});
    require(text ? *text == expected : text.error().code == errc::storage_too_small, "no storage, no half a text");
}

/// What expat takes and we refuse, because docs/design.md says so.
bool refused_on_purpose(rc::failure const& why, std::string_view document) {
    switch (why.code) {
    case errc::xml_doctype_refused:
    case errc::xml_encoding_refused:
    case errc::xml_attributes_too_many:
    case errc::nesting_too_deep: return true;
    default: break;
    }
    // UTF-16, which expat knows by its first bytes.
    std::string_view const mark = document.substr(0, 2);
    if (mark == "\xFE\xFF" || mark == "\xFF\xFE" || mark.find('\0') != mark.npos) return true;
    // Any version that is none of XML 1.
    std::size_t const declaration = document.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return document.substr(declaration).starts_with("<?xml") && why.detail < document.find("?>");
}

} // namespace

void fuzz::one_input(std::string_view document) {
    events ours, theirs, cut;
    unsigned deepest = 0, ignored = 0;
    auto const outcome = read(document, rc::xml_reader::max_depth, ours, deepest);

    rc::xml_reader skipping(document);
    rc::result<void> skipped;
    if (auto const root = skipping.next(); !root) skipped = rc::unexpected(root.error());
    if (skipped) skipped = skipping.skip_value();
    if (skipped)
        if (auto const end = skipping.next(); !end) skipped = rc::unexpected(end.error());
    require(skipped.has_value() == outcome.has_value() && (skipped || skipped.error() == outcome.error()),
            "what is skipped is checked like what is read");

    bool const accepted = expat_accepts(document, theirs);
    if (outcome) {
        unsigned const limit = static_cast<unsigned>(document.size() % 5);
        require(read(document, limit, cut, ignored).has_value() == (deepest <= limit), "the depth limit is kept");
        check_read_text(document, root_text(ours));
        bool const ascii = std::ranges::all_of(document, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        require(accepted || !ascii, "what is accepted is XML");
        if (accepted) require(ours.all == theirs.all, "the events are the document's");
    } else {
        require(!accepted || refused_on_purpose(outcome.error(), document), "XML is accepted");
    }
}
