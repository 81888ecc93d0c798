#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public name of the library has a sentence.

usage: documented.py
Doxygen lists the public names: what is in namespace restartcaster and outside namespace detail. A name has a sentence
when a comment `///` stands directly above its declaration, or `///<` behind it, or `///` above the first declaration
of a group. A group is a run of declarations without a blank line and without the end of a function's body in between.
Overloads share a sentence, and so do a template and its specialisations. Deleted and defaulted functions, destructors
and private names need none. Without Doxygen the test is skipped (exit status 77), which is a failure with CI=true.

Source: CONTRIBUTING.md, "Rules"; the Doxygen manual, "XML output".
Data flow: headers -> Doxygen, once for speed and once for size -> XML -> the names without a sentence.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"

# Doxygen does not parse the attribute macros: they become nothing.
ATTRIBUTES = "LIFETIMEBOUND HOT THIN ONCE APART COLD ONE_COPY"
SETTINGS = """
INPUT = "{folder}"
OUTPUT_DIRECTORY = "{output}"
RECURSIVE = YES
FILE_PATTERNS = *.hpp
QUIET = YES
WARNINGS = NO
EXTRACT_ALL = YES
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
MACRO_EXPANSION = YES
EXPAND_ONLY_PREDEF = YES
SEARCH_INCLUDES = NO
PREDEFINED = {macros}
"""
LABEL = re.compile(r"\s*(public|protected|private)\s*:")
END_OF_BODY = re.compile(r"\s*\}[;,]?\s*(//.*)?$")


def documented(node):
    return any("".join(node.find(kind).itertext()).strip() for kind in ("briefdescription", "detaileddescription")
               if node.find(kind) is not None)


class Source:
    """The lines of the headers, numbered from 1."""

    def __init__(self):
        self.files = {}

    def lines(self, path):
        if path not in self.files:
            self.files[path] = [""] + pathlib.Path(path).read_text().splitlines()
        return self.files[path]

    def in_group(self, path, line, scope):
        """Whether the declaration at `line` shares the comment above the first of its group; `scope`: where the class or
        the enumeration around it begins."""
        lines = self.lines(path)
        for number in range(line - 1, scope, -1):
            text = lines[number]
            if text.lstrip().startswith("///"):
                return True
            if not text.strip() or LABEL.match(text) or END_OF_BODY.match(text):
                return False
        return False

    def label_above(self, path, line):
        """The access label that the declaration at `line` stands under, which is less indented; None where there is none."""
        lines = self.lines(path)
        indent = len(lines[line]) - len(lines[line].lstrip())
        for number in range(line - 1, 0, -1):
            text = lines[number]
            if (label := LABEL.match(text)) and len(text) - len(text.lstrip()) < indent:
                return label[1]
            if re.match(r"\s*\};", text) and len(text) - len(text.lstrip()) < indent:
                return None  # the end of another class
        return None

    def line_of(self, path, name, first, last):
        """The line of an enumerator, which Doxygen does not say."""
        for number in range(first, last + 1):
            if re.search(rf"\b{name}\b", self.lines(path)[number].split("//")[0].split("{")[-1]):
                return number
        return first


class Names:
    """The public names, each with whether it has a sentence and where it is declared."""

    def __init__(self):
        self.source = Source()
        self.found = {}

    def add(self, name, good, path, line):
        # A template and its specialisations are one name, and so are overloads. Doxygen 1.9 names the inline namespace
        # in some places only.
        name = re.sub(r"^restartcaster::(abi::)?|<.*>", "", name.replace(" ", ""))
        before = self.found.get(name, (False, path, line))
        self.found[name] = (before[0] or good, *before[1:])

    def add_enumeration(self, name, node):
        location = node.find("location")
        path, first = location.get("file"), int(location.get("bodystart"))
        last = int(location.get("bodyend"))
        for value in node.iter("enumvalue"):
            word = value.find("name").text
            line = self.source.line_of(path, word, first, last if last > 0 else first)
            good = documented(value)
            if not good:  # an enumeration of one line shares its own sentence
                good = documented(node) if line == first else self.source.in_group(path, line, first)
            self.add(f"{name}::{word}", good, path, line)

    def add_member(self, scope, node, scope_line):
        word, kind = node.find("name").text, node.get("kind")
        rest = (node.findtext("argsstring") or "").replace(" ", "")
        if node.get("prot") != "public" or word.startswith("~") or rest.endswith(("=delete", "=default")):
            return
        if kind == "friend" and not rest or kind not in ("function", "variable", "enum", "typedef", "friend"):
            return
        location = node.find("location")
        path, line = location.get("file"), int(location.get("line"))
        if kind == "variable" and self.source.label_above(path, line) not in ("public", None):
            return  # in an anonymous union, whose members Doxygen calls public
        name = f"{scope}::{word}"
        self.add(name, documented(node) or self.source.in_group(path, line, scope_line(path)), path, line)
        if kind == "enum":
            self.add_enumeration(name, node)

    def read(self, xml_folder):
        for file in sorted(xml_folder.glob("*.xml")):
            for node in xml.etree.ElementTree.parse(file).getroot().iter("compounddef"):
                scope = node.findtext("compoundname")
                kind = node.get("kind")
                if kind not in ("class", "struct", "union", "namespace", "concept"):
                    continue
                if not scope.startswith("restartcaster") or "::detail" in scope or node.get("prot") == "private":
                    continue
                location = node.find("location")
                path, line = location.get("file"), int(location.get("line"))
                begins = 0
                if kind != "namespace":
                    self.add(scope, documented(node), path, line)
                    begins = int(location.get("bodystart") or line)
                for member in node.iter("memberdef"):
                    self.add_member(scope, member, lambda where: begins if where == path or begins == 0 else 0)


def missing(folder):
    """The public names of the headers in a folder that have no sentence: a line each."""
    names = Names()
    for small in "01":
        macros = [f"RESTARTCASTER_{attribute}=" for attribute in ATTRIBUTES.split()]
        macros += ["RESTARTCASTER_ABI=abi", f"RESTARTCASTER_SMALL={small}", "RESTARTCASTER_GNU=1",
                   f"RESTARTCASTER_VECTORS={1 - int(small)}"]
        with tempfile.TemporaryDirectory() as output:
            settings = SETTINGS.format(folder=folder, output=output, macros=" ".join(macros))
            # Doxygen cuts the working directory off the names of files.
            subprocess.run(["doxygen", "-"], input=settings, text=True, check=True, cwd=output)
            names.read(pathlib.Path(output) / "xml")
    without = []
    for name, (good, path, line) in sorted(names.found.items()):
        if not good:
            without.append(f"{pathlib.Path(path).relative_to(folder)}:{line}: {name}")
    return len(names.found), without


def self_test():
    """This test itself, on a header with every way to have a sentence and to have none."""
    text = """
namespace restartcaster { inline namespace RESTARTCASTER_ABI {
/// A.
enum class one_line { a, b };
/// B.
enum class lines {
    bare,
    /// C.
    above, with_above,
    behind, ///< D.

    alone,
};
enum class none { c };
/// E.
template <class T>
class thing {
    int hidden;
public:
    thing(thing const&) = delete;
    thing& operator=(thing const&) = default;
    ~thing() {}
    using type = T;
    /// F.
    thing(int);
    thing(char);
    [[nodiscard]] RESTARTCASTER_HOT constexpr int grouped() const noexcept RESTARTCASTER_LIFETIMEBOUND {
        return 1;
    }
    int after_body;
private:
    int secret();
    union {
        int first;
        char second;
    };
};
template <class T> class thing<T*> { public: using type = T; };
struct bare_struct { int member; };
template <class T> concept bare_concept = sizeof(T) == 1;
/// G.
template <class T> concept good_concept = sizeof(T) == 1;
int function(int);
/// H.
int overloaded(int);

int overloaded(char);
using alias = int;
inline constexpr int constant = 1;
namespace detail { struct hidden { int member; }; }
}}
"""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "planted.hpp").write_text(text)
        names = [line.split(": ")[1] for line in missing(folder)[1]]
    # What stands behind `int overloaded(char);` shares no sentence: a blank line is in between.
    expected = sorted(["lines::bare", "lines::alone", "none", "none::c", "thing::type", "thing::after_body",
                       "bare_struct", "bare_struct::member", "bare_concept", "alias", "constant"])
    assert names == expected, f"found {sorted(set(names) - set(expected))}, not {sorted(set(expected) - set(names))}"


def main():
    if shutil.which("doxygen") is None:
        print("doxygen is not installed, test skipped (apt-get install doxygen)")
        return 1 if os.environ.get("CI") == "true" else 77
    self_test()
    count, without = missing(INCLUDE)
    print(*without, sep="\n", end="\n" if without else "")
    print(f"{count} public names, {len(without)} without a sentence")
    return 1 if without or count < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
