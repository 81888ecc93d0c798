// SPDX-License-Identifier: MIT
// UTF-8 against every code point and every short text; the rules of an identifier.
#include <restartcaster/core/text.hpp>

#include "catch.hpp"
#include "sanitized.hpp"

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>

namespace rc = restartcaster;

namespace {

// RFC 3629 read from the other end: what a code point looks like, so that everything else is none.
std::string utf8(std::uint32_t code_point) {
    auto const byte = [](std::uint32_t value) {
        return static_cast<char>(static_cast<unsigned char>(value));
    };
    if (code_point < 0x80) return {byte(code_point)};
    if (code_point < 0x800) return {byte(0xC0 | code_point >> 6), byte(0x80 | (code_point & 63))};
    if (code_point < 0x10000)
        return {byte(0xE0 | code_point >> 12), byte(0x80 | (code_point >> 6 & 63)),
                byte(0x80 | (code_point & 63))};
    return {byte(0xF0 | code_point >> 18), byte(0x80 | (code_point >> 12 & 63)),
            byte(0x80 | (code_point >> 6 & 63)), byte(0x80 | (code_point & 63))};
}

rc::errc why_not(std::string_view value) {
    auto const checked = rc::check_identifier("CasterId", value);
    REQUIRE(!checked);
    CHECK(checked.error().subject == "CasterId");
    return checked.error().code;
}

struct place {
    rc::errc code;
    char32_t character;
    std::size_t at;
    friend bool operator==(place const&, place const&) = default;
};
place where(std::string_view value) {
    auto const checked = rc::check_identifier("CasterId", value);
    if (checked) return {rc::detail::no_fault, 0, 0};
    return {checked.error().code, checked.error().character, checked.error().detail};
}
std::ostream& operator<<(std::ostream& out, place const& p) {
    return out << static_cast<int>(p.code) << " U+" << std::hex << static_cast<std::uint32_t>(p.character) << std::dec
               << " at " << p.at;
}

static_assert(rc::is_utf8("caf\xC3\xA9"));
static_assert(!rc::is_utf8("caf\xE9"));
static_assert(rc::check_identifier("CasterId", "80787064-1c94-4dc1-85ce-9409960a1234"));

} // namespace

TEST_CASE("every code point but the surrogates is UTF-8, and no proper front of it is") {
    std::uint32_t wrong = 0;
    for (std::uint32_t code_point = 0; code_point != 0x110000; ++code_point) {
        std::string const text = utf8(code_point);
        bool const surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
        if (rc::is_utf8(text) == surrogate) ++wrong;
        if (!surrogate && rc::detail::utf8_size(text, 0) != text.size()) ++wrong;
        for (std::size_t cut = 1; cut != text.size(); ++cut)
            // Though the rest is there.
            if (rc::detail::utf8_size(std::string_view(text).substr(0, cut), 0) != 0) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("as many texts of 1, 2 and 3 bytes are UTF-8 as there are characters to write with them") {
    std::uint32_t one = 0, two = 0, three = 0;
    std::string text(3, '\0');
    for (unsigned a = 0; a != 256; ++a) {
        text[0] = static_cast<char>(a);
        one += rc::is_utf8(std::string_view(text).substr(0, 1)) ? 1u : 0u;
        for (unsigned b = 0; b != 256; ++b) {
            text[1] = static_cast<char>(b);
            two += rc::is_utf8(std::string_view(text).substr(0, 2)) ? 1u : 0u;
            for (unsigned c = 0; c != 256; ++c) {
                text[2] = static_cast<char>(c);
                three += rc::is_utf8(text) ? 1u : 0u;
            }
        }
    }
    // 1920 characters of two bytes; 61440 of three, after 2048 surrogates were taken out of 63488.
    CHECK(one == 128);
    CHECK(two == 128 * 128 + 1920);
    CHECK(three == 128 * 128 * 128 + 2 * 128 * 1920 + 61440);
}

TEST_CASE("a 4-byte sequence is UTF-8 only between U+10000 and U+10FFFF") {
    CHECK(rc::is_utf8("\xF0\x90\x80\x80"));
    CHECK(rc::is_utf8("\xF4\x8F\xBF\xBF"));
    CHECK(!rc::is_utf8("\xF0\x8F\xBF\xBF"));
    CHECK(!rc::is_utf8("\xF4\x90\x80\x80"));
    CHECK(!rc::is_utf8("\xF5\x80\x80\x80"));
    CHECK(!rc::is_utf8("\xFF"));
    CHECK(!rc::is_utf8("\xF1\x80\x80"
                       "a"));
    CHECK(!rc::is_utf8("\xF1\x80"
                       "a"
                       "\x80"));
    CHECK(!rc::is_utf8("ab\xF1\x80\x80"));
}

TEST_CASE("no byte above F4 begins a character, however many bytes follow it") {
    std::uint32_t wrong = 0;
    for (unsigned lead = 0xF5; lead != 0x100; ++lead)
        for (char const fill : {'\x80', '\x81', '\x8F', '\xBF'})
            for (char const last : {'\x80', '\x81', '\xBF'})
                for (std::size_t size = 0; size != 8; ++size)
                    if (rc::is_utf8(static_cast<char>(lead) + std::string(size, fill) + last)) ++wrong;
    CHECK(wrong == 0);
}

TEST_CASE("text without bytes is UTF-8") {
    CHECK(rc::is_utf8({}));
    CHECK(rc::is_utf8(""));
}

TEST_CASE("an identifier is refused when it is missing, not UTF-8, or holds blanks at its ends or control "
          "characters") {
    CHECK(why_not({}) == rc::errc::parameter_missing);
    CHECK(why_not("") == rc::errc::parameter_missing);
    CHECK(why_not("caf\xE9") == rc::errc::parameter_not_utf8);
    CHECK(why_not(" a") == rc::errc::parameter_blank_end);
    CHECK(why_not("a ") == rc::errc::parameter_blank_end);
    CHECK(why_not("\ta") == rc::errc::parameter_blank_end);
    CHECK(why_not("a\t") == rc::errc::parameter_blank_end);
    CHECK(why_not("a\n") == rc::errc::parameter_blank_end);
    CHECK(why_not("a\r\n") == rc::errc::parameter_blank_end);
    CHECK(why_not("a\r") == rc::errc::parameter_blank_end);
    CHECK(why_not(" ") == rc::errc::parameter_blank_end);
    CHECK(why_not(" a\x01") == rc::errc::parameter_blank_end);
    for (int c = 1; c != 0x20; ++c) {
        CAPTURE(c);
        CHECK(why_not(std::string("a") + static_cast<char>(c) + "b") ==
              rc::errc::parameter_control_character);
    }
    CHECK(why_not(std::string_view("a\0b", 3)) == rc::errc::parameter_control_character);
    CHECK(why_not("a\x7F") == rc::errc::parameter_control_character);
    CHECK(why_not(std::string_view("\0", 1)) == rc::errc::parameter_control_character);
    bool const line_break_in_front = why_not("\na") == rc::errc::parameter_control_character ||
                                     why_not("\na") == rc::errc::parameter_blank_end;
    CHECK(line_break_in_front);
}

// Source: Unicode 15, DerivedGeneralCategory.txt (Cc, Cf, Zl, Zp, Zs) and DerivedCoreProperties.txt
// (Default_Ignorable_Code_Point); the number signs among Cf, which are seen, are not among them.
std::pair<char32_t, char32_t> const unseen[]{
    {0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}};

TEST_CASE("every character that is not seen is refused wherever it stands, by its name and its place") {
    std::uint32_t wrong = 0;
    for (char32_t code = 1; code < 0x110000; code += code < 0x10000 ? 1 : one_of(7)) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        bool is_hidden = false;
        for (auto const& [first, last] : unseen) is_hidden = is_hidden || (code >= first && code <= last);
        auto const found = where("ab" + utf8(code) + "c");
        place expected{rc::detail::no_fault, 0, 0};
        if (is_hidden)
            expected = {code < 0xA0 ? rc::errc::parameter_control_character : rc::errc::parameter_invisible_character,
                        code, 2};
        if (found != expected) {
            if (++wrong < 5) FAIL_CHECK("U+" << std::hex << static_cast<std::uint32_t>(code) << ": " << found);
        }
    }
    CHECK(wrong == 0);
    for (char32_t const code : {0xFEFFu, 0x200Bu, 0x200Du, 0xA0u, 0x2028u, 0x202Eu, 0xADu, 0x3000u}) {
        CHECK(where(utf8(code) + "id") == place{rc::errc::parameter_invisible_character, code, 0});
        CHECK(where("id" + utf8(code)) == place{rc::errc::parameter_invisible_character, code, 2});
        CHECK(where(utf8(code)) == place{rc::errc::parameter_invisible_character, code, 0});
    }
}

TEST_CASE("quotation marks around an identifier are refused, and inside of it they may stand") {
    // Source: Unicode 15, PropList.txt, Quotation_Mark, those that people paste.
    for (char32_t const mark : {U'"', U'\'', U'\u00AB', U'\u00BB', U'\u2018', U'\u2019', U'\u201C', U'\u201D',
                                U'\u201E', U'\u2039', U'\u203A', U'\u300C', U'\u300D', U'\u300E', U'\u300F', U'\uFF02',
                                U'\uFF07'}) {
        CAPTURE(static_cast<std::uint32_t>(mark));
        std::string const text = utf8(mark);
        CHECK(where(text + "id" + text).code == rc::errc::parameter_quoted);
        CHECK(where(text + "id") == place{rc::errc::parameter_quoted, mark, 0});
        CHECK(where("id" + text) == place{rc::errc::parameter_quoted, mark, 2});
        CHECK(where("i" + text + "d").code == rc::detail::no_fault);
    }
}

TEST_CASE("of what is wrong with an identifier its place is known") {
    CHECK(where(" a") == place{rc::errc::parameter_blank_end, ' ', 0});
    CHECK(where("a\t") == place{rc::errc::parameter_blank_end, '\t', 1});
    CHECK(where("a\r\n") == place{rc::errc::parameter_blank_end, '\n', 2});
    CHECK(where("ab\x01") == place{rc::errc::parameter_control_character, 1, 2});
    CHECK(where("ab\xC2\x85z") == place{rc::errc::parameter_control_character, 0x85, 2});
    CHECK(where("caf\xE9") == place{rc::errc::parameter_not_utf8, 0, 3});
}

TEST_CASE("an identifier may hold blanks inside, marks and any other script") {
    for (std::string_view const value : {"a b", "LIVEPRODUCER_POST-cn-0pp1czt****", "+*~%&=/",
                                         "\xE7\x9B\xB4\xE6\x92\xAD", "\xF0\x9F\x8E\xAC", "~", "0"})
        CHECK(rc::check_identifier("CasterId", value).has_value());
}

TEST_CASE("names compare without regard to the case of ASCII letters only") {
    using rc::detail::equal_ignoring_case;
    CHECK(equal_ignoring_case("Content-Type", "content-TYPE"));
    CHECK(equal_ignoring_case("", ""));
    CHECK(!equal_ignoring_case("Content-Type", "Content-Typ"));
    CHECK(!equal_ignoring_case("a", "b"));
    CHECK(!equal_ignoring_case("@", "`"));
    CHECK(!equal_ignoring_case("[", "{"));
    CHECK(!equal_ignoring_case("\xC9", "\xE9"));
    for (int c = 0; c != 256; ++c) {
        char const lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
        CHECK(rc::detail::ascii_lower(static_cast<char>(c)) == lower);
        CHECK(rc::detail::is_digit(static_cast<char>(c)) == (c >= '0' && c <= '9'));
    }
}
