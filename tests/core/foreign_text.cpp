// SPDX-License-Identifier: MIT
// What is shown of text that somebody else wrote; what is secret in it is held by tests/read/describe.cpp.
// Source: Unicode 15 (general categories, Bidi_Control, Default_Ignorable_Code_Point); docs/design.md, "Foreign text".
#include <restartcaster/core/foreign_text.hpp>

#include "catch.hpp"
#include "reference.hpp"
#include "sanitized.hpp"

#include <string>

namespace rc = restartcaster;

namespace {

std::string shown(std::string_view text) {
    reference::text_sink sink;
    rc::append_foreign(sink, text);
    return sink.text;
}

std::string utf8(char32_t code) {
    auto const byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 63))};
    if (code < 0x10000) return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63))};
    return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 63)), byte(0x80 | (code >> 6 & 63)),
            byte(0x80 | (code & 63))};
}

// Controls, soft hyphen, joiners and fillers, directions, separators, variation selectors, byte order mark,
// annotations, tags.
struct range {
    char32_t first, last;
} const hidden[]{{0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},
                 {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
                 {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
                 {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}};

} // namespace

TEST_CASE("a character that is not seen, or turns the direction of others, is shown as a question mark") {
    std::uint32_t wrong = 0;
    for (char32_t code = 0; code < 0x110000; code += code < 0x10000 ? 1 : one_of(7)) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        bool is_hidden = false;
        for (range const& one : hidden) is_hidden = is_hidden || (code >= one.first && code <= one.last);
        std::string const expected = "a" + (is_hidden ? "?" : utf8(code)) + "b";
        if (shown("a" + utf8(code) + "b") != expected && ++wrong < 5)
            FAIL_CHECK("U+" << std::hex << static_cast<std::uint32_t>(code));
    }
    CHECK(wrong == 0);
}

TEST_CASE("what a terminal would obey arrives as plain text") {
    CHECK(shown("\x1B]0;title\x07") == "?]0;title?");
    CHECK(shown("\xC2\x9B" "31mred") == "?31mred");
    CHECK(shown("a\r\nb\tc") == "a??b?c");
    CHECK(shown("\xE2\x80\xAE" "evil\xE2\x81\xA9") == "?evil?");
    CHECK(shown("\xFF\xC0\x80") == "???");
}

TEST_CASE("foreign text ends after 200 bytes, and a secret behind them is not begun") {
    std::string const words(190, 'x');
    CHECK(shown(words + "y") == words + "y");
    CHECK(shown(std::string(201, 'x')) == std::string(200, 'x').append("..."));
    CHECK(shown(words + " LTAI5tQ7bW3nX9kRfZ2mVc8D") == words + " [...]");
    CHECK(shown(std::string(199, ' ').append("LTAI5tQ7bW3nX9kRfZ2mVc8D")) == std::string(199, ' ').append("..."));
    CHECK(shown(std::string(1000000, 'x')).size() == 203);
    CHECK(shown(std::string(1000000, '=')).size() == 203);
}

TEST_CASE("no text takes long to look at, however it is made") {
    // A text that made every word look at all that follows would not end here.
    std::string text;
    for (int i = 0; i != 300000; ++i) text += "token ";
    CHECK(shown(text).size() == 203);
    text.clear();
    for (int i = 0; i != 300000; ++i) text += "token=a ";
    CHECK(shown(text).size() < 210);
}

static_assert([] {
    char bytes[64]{};
    rc::buffer_sink sink(bytes);
    rc::append_foreign(sink, "token=abc is wrong");
    return sink.written() == "token[...] is wrong";
}());
