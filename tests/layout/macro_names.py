#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library uses no word that a header beside it defines as a macro, in a way that the macro would change.

usage: macro_names.py
Families of headers that are not installed are skipped, which is a failure with CI=true.

Source: real_headers.py, macro_names.txt; for words that have to stand where they do, FORCED.
"""

import os
import pathlib
import re
import sys

import real_headers

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "include").rglob("*.hpp"))  # of which the single file is made
COPIED = sorted((ROOT / "examples").glob("*.hpp")) + sorted((ROOT / "examples" / "transports").glob("*.hpp"))

KEYWORD = "a keyword: a C++ program that includes a standard header must not define it ([macro.names])"
WINDOWS = "the compiler's own spelling on Windows, used there alone"
MSVC = "an attribute of MSVC, which has no other spelling and is asked for it alone"
FORCED = {
    "bool": KEYWORD, "true": KEYWORD, "false": KEYWORD, "static_assert": KEYWORD, "inline": KEYWORD,
    "__declspec": WINDOWS, "__stdcall": WINDOWS, "msvc": MSVC, "lifetimebound": MSVC,
}
# The system's own, in what people copy: these files are for programs on that system.
SYSTEM = re.compile(r"[A-Z0-9_]+ | ::\w+(\(\))? | errno | stdout | stderr | (fprintf | socket | connect | fcntl | recv"
                    r"| send | inet_pton | htons | (get|free)addrinfo | [gs]etsockopt | shutdown)\(\)", re.VERBOSE)
OF_A_LIBRARY = {"httplib_transport.hpp: write()"}

SKIPPED = re.compile(r"""
      //[^\n]* | /\*.*?\*/                              # comments
    | R"(?P<end>\w*)\(.*?\)(?P=end)" | "(?:\\.|[^"\\\n])*"\w*     # strings, with their suffix
    | (?<!\w)'(?:\\.|[^'\\\n])+'                        # characters
    | (?<!\w)\.?\d(?:[eEpP][+-]|'?[\w.])*               # numbers
    | ^[ \t]*\#\s*define\b                              # but not what is defined
    | ^[ \t]*\#(?:\\\n|[^\n])*                          # other directives: a condition asks for a macro by its name
    """, re.VERBOSE | re.DOTALL | re.MULTILINE)
WORD = re.compile(r"(?:(?<![\w>])(?P<of_system>::)\s*)?\b(?P<word>[A-Za-z_]\w*)(?=(?P<called>\s*\()?)")


def words(text):
    """Each word, as `word`, `word()` where a parenthesis follows, with `::` in front where no name is; and its line."""
    text = SKIPPED.sub(lambda skipped: " " + "\n" * skipped[0].count("\n"), text)
    for found in WORD.finditer(text):
        spelling = (found["of_system"] or "") + found["word"] + "()" * bool(found["called"])
        yield spelling, text.count("\n", 0, found.start("word")) + 1


def self_test():
    """The reader of words itself, on what it could misread."""
    text = '// a\n/* b */ "c" \'d\' R"(e)" 0xFu 1\'000f "g"sv\n#if h\n#define I j(::k (l), m::n ())\n'
    found = list(words(text))
    expected = [(spelling, 4) for spelling in ("I", "j()", "::k()", "l", "m", "n()")]
    assert found == expected, found


def places_of_words():
    """Where the words stand that are not forced: files and lines by the spelling."""
    places = {}
    for file in LIBRARY + COPIED:
        for spelling, line in words(file.read_text()):
            if file in COPIED and (SYSTEM.fullmatch(spelling) or f"{file.name}: {spelling}" in OF_A_LIBRARY):
                continue
            if spelling.strip(":()") not in FORCED and not spelling.startswith("RESTARTCASTER_"):
                places.setdefault(spelling, []).append(f"{file.relative_to(ROOT)}:{line}")
    return places


def main():
    self_test()
    origins = dict(real_headers.listed_names())
    missing = 0
    for name, family in real_headers.FAMILIES.items():
        names = real_headers.names_of(family)
        if names is None:
            missing += 1
            print(f"{name}: skipped, {family.package} is not installed")
        else:
            origins[f"{name} ({', '.join(family.headers)})"] = names
    wrong = 0
    for spelling, places in places_of_words().items():
        word = spelling.strip(":()")
        # A macro with parameters is none where no parenthesis follows.
        takers = [origin for origin, names in origins.items()
                  if word in names and (spelling.endswith("()") or not names[word])]
        if takers:
            wrong += 1
            print(f"{spelling} is a macro of {'; '.join(takers)}, and stands in {' '.join(places)}")
    count = len(set().union(*origins.values()))
    print(f"{count} names of macros, {wrong} of them used, {missing} families of headers skipped")
    return 1 if wrong or (missing and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
