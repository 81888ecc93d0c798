#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where planting.py finds its places, and what it says where there is none.

Source: the rules in planting.py.
Data flow: a small header in; which tokens were changed, out.
"""

import unittest

import planting

HEADER = """
#define LIMIT 1
namespace a { namespace b {
inline constexpr int limit{1};
constexpr char const* words[] = {"one { two", "it's // three"};
template <class T, int N = (2 > 1)>
[[nodiscard]] constexpr bool fits(T size) noexcept { return size <= limit; } // <= limit
class sink {
public:
    constexpr explicit sink(int size = 0) noexcept : size_{size}, used_(0) {}
    template <class Text>
    void append(Text const& text) noexcept {
        for (char c : text) put(c);
        if (used_ == size_ &&
            size_ != 0)
            used_ = 0; /* put(c); */
    }
#if SMALL
    bool operator()(int a) const { return a < size_; }
#else
    bool operator()(int a) const { return a <= size_; }
#endif
private:
    enum class how : unsigned { once, twice };
    int size_ = 0, used_;
};
class source {
    void append() {}
};
}}
"""


class Planting(unittest.TestCase):
    def planted(self, *place):
        return planting.planted("a.hpp", HEADER, *place)

    def changes(self, place, before, after):
        self.assertEqual(self.planted(*place), HEADER.replace(before, after, 1))

    def test_a_place_is_found_in_its_declaration_only(self):
        self.changes(("fits", "<=", "<"), "size <= limit; }", "size < limit; }")
        self.changes(("limit", "1", "2"), "limit{1}", "limit{2}")
        self.changes(("how", "once", "never"), "{ once", "{ never")
        self.changes(("sink::sink", "used_(0)", "used_(1)"), "used_(0)", "used_(1)")

    def test_blanks_and_comments_do_not_count(self):
        self.changes(("append", "used_==size_&&size_", "size_"), "used_ == size_ &&\n            size_", "size_")
        self.changes(("append", "put(c);", ";"), "put(c);", ";")

    def test_dots_stand_for_what_comes_up_to_the_next_token(self):
        self.changes(("append", "for ...;", ""), "for (char c : text) put(c);", "")
        self.changes(("append", "if (...)", "if (true)"),
                     "if (used_ == size_ &&\n            size_ != 0)", "if (true)")

    def test_what_stands_in_strings_is_tokens_and_no_bracket(self):
        self.changes(("words", "two", "2"), "two", "2")
        self.changes(("words", "three", "3"), "three", "3")

    def test_both_sides_of_a_directive_count(self):
        self.changes(("operator()", "<=", ">"), "a <= size_", "a > size_")
        with self.assertRaisesRegex(planting.Stale, r"a\.hpp: 'return a' stands 2 times in operator\(\)"):
            self.planted("operator()", "return a", "return 0")

    def test_a_class_in_front_of_a_name_tells_which_one(self):
        with self.assertRaisesRegex(planting.Stale, "'append' stands 2 times in append"):
            self.planted("append", "append", "add")
        self.changes(("source::append", "append", "add"), "void append() {}", "void add() {}")

    def test_what_is_not_there_is_told(self):
        with self.assertRaisesRegex(planting.Stale, "a.hpp: there is no declaration of gone, where '<=' was looked for"):
            self.planted("gone", "<=", "<")
        with self.assertRaisesRegex(planting.Stale, "a.hpp: '>=' stands 0 times in fits"):
            self.planted("fits", ">=", "<")
        with self.assertRaisesRegex(planting.Stale, "there is no declaration of LIMIT"):
            self.planted("LIMIT", "1", "2")


if __name__ == "__main__":
    unittest.main()
