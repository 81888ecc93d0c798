# SPDX-License-Identifier: MIT
"""Changes a few tokens of one declaration in a copy of the headers.

A place is a header, the name of a declaration in it, and a few tokens that stand once in all declarations of that name
there: its overloads, its definitions under #if and #else. Blanks, line ends and comments do not count, so that code may
move, and change around the tokens. `...` in a pattern stands for whatever comes up to the next token of the pattern.

A declaration is what stands in a namespace or a class: a function with its body, a constant, an enumeration. Its name
may have the classes in front that it is in: `hash_stream::put`. Directives of the preprocessor belong to none.

Source: the lexical grammar of C++, [lex.pptoken], as far as the headers use it.
Data flow: a header's text and a place in; the text with other tokens there, or a Stale with the reason, out.
"""

import collections
import functools
import re

TOKEN = re.compile(r"""
    (?P<skipped> \s+ | //[^\n]* | /\*.*?\*/ | ^[ \t]*\#(?:[^\n\\]|\\.)* )
  | (?P<text> (?:\bR)?"(?:\\.|[^"\\\n])*" )
  | (?P<token> '(?:\\.|[^'\\\n])+' | \d(?:'?\w)*(?:\.\d+)? | \w+
      | \.\.\. | <=> | <<= | >>= | ->\* | :: | -> | \+\+ | -- | << | >> | [<>=!+\-*/%&|^]= | && | \|\| | . )
""", re.VERBOSE | re.DOTALL | re.MULTILINE)
OPEN, CLOSE = {"(", "[", "{"}, {")", "]", "}"}
# What may have parentheses behind and is no function.
NO_NAME = {"alignas", "decltype", "explicit", "noexcept", "requires", "sizeof", "void"}

# Its shape is its text, and nothing where it stands in a string: a bracket there opens nothing.
Token = collections.namedtuple("Token", "text begin end shape")


class Stale(Exception):
    """A place that the headers do not have, or have more than once."""


def tokens_of(text):
    """The tokens of a text; what stands in a string literal is tokens as well, of which a pattern may quote some."""
    found = []
    for match in TOKEN.finditer(text):
        if match["token"]:
            found.append(Token(match[0], match.start(), match.end(), match[0]))
        elif match["text"]:
            begin = match.start() + match[0].index('"') + 1
            found.append(Token('"', match.start(), begin, '"'))
            found += [Token(inner[0], begin + inner.start(), begin + inner.end(), "")
                      for inner in re.finditer(r"\w+|[^\w\s]", match[0][begin - match.start():-1])]
            found.append(Token('"', match.end() - 1, match.end(), '"'))
    return found


def past_bracket(words, at, end):
    """The index behind the bracket that closes the one at `at`."""
    depth = 0
    while at < end:
        depth += (words[at] in OPEN) - (words[at] in CLOSE)
        at += 1
        if depth == 0:
            break
    return at


def past_angles(words, at, end):
    depth = 0
    while at < end:
        if words[at] in OPEN:
            at = past_bracket(words, at, end)
            continue
        depth += (words[at] == "<") - words[at].count(">") * (words[at] in (">", ">>"))
        at += 1
        if depth <= 0:
            break
    return at


def specifiers_skipped(words, at, end):
    """The index behind what may stand in front of a declaration and says nothing about what it is."""
    while at < end:
        if words[at] == "template" and words[at + 1] == "<":
            at = past_angles(words, at + 1, end)
        elif words[at] == "[":
            at = past_bracket(words, at, end)
        elif words[at] in ("requires", "alignas", "explicit") and words[at + 1] == "(":
            at = past_bracket(words, at + 1, end)
        elif words[at] in ("inline", "typedef", "friend", "constexpr", "static"):
            at += 1
        else:
            break
    return at


def name_between(words, at, end):
    """The name that the tokens of a declaration declare."""
    at = specifiers_skipped(words, at, end)
    name = ""
    while at < end:
        word = words[at]
        if word == "operator":
            last = at + 1
            while last < end and (words[last] != "(" or last == at + 1):
                last += 1
            return "".join(words[at:last])
        if word == "(":
            if name and name not in NO_NAME:
                return name
            at = past_bracket(words, at, end)
        elif word in ("=", "{", ";", "[", ":"):
            if name:
                return name
            at = past_bracket(words, at, end) if word == "[" else at + 1
        elif word == "<" and name:
            at = past_angles(words, at, end)
        else:
            if re.match(r"[A-Za-z_]", word) and word not in ("enum", "class", "struct"):
                name = "~" + word if words[at - 1] == "~" else word
            at += 1
    return name


def class_between(words, at, end):
    """The name of the class whose body follows, or None where it is no class's."""
    at = specifiers_skipped(words, at, end)
    if at == end or words[at] not in ("class", "struct", "union"):
        return None
    at = specifiers_skipped(words, at + 1, end)
    return words[at] if at != end else ""


def declarations(tokens):
    """(name with the classes that it is in, index of the first token, index behind the last one) of each."""
    words = [token.shape for token in tokens]
    found, scopes = [], [""]
    begin = at = 0
    assigned = False

    def end_here():
        found.append((scopes[-1] + name_between(words, begin, at), begin, at))

    while at < len(words):
        if at == begin:
            assigned = False
        word = words[at]
        if word in ("(", "["):
            at = past_bracket(words, at, len(words))
            continue
        if word == "template" and words[at + 1] == "<":
            at = past_angles(words, at + 1, len(words))
            continue
        at += 1
        if word == "=":
            assigned = assigned or words[at - 2] != "operator"
        elif word == ":" and words[at - 2] in ("public", "protected", "private"):
            begin = at
        elif word == "}":
            del scopes[max(1, len(scopes) - 1):]
            begin = at
        elif word == ";":
            if at - begin > 1:
                end_here()
            begin = at
        elif word == "{":
            inner = class_between(words, begin, at - 1)
            if "namespace" in words[begin:at - 1]:
                scopes.append(scopes[-1])
                begin = at
            elif inner is not None:
                scopes.append(f"{scopes[-1]}{inner}::")
                begin = at
            else:
                at = past_bracket(words, at - 1, len(words))
                following = words[at] if at < len(words) else ""
                if not assigned and following not in (",", "{", ";"):  # else a member's initial value, or a constant's
                    end_here()
                    begin = at
    return found


@functools.lru_cache(maxsize=None)
def parsed(text):
    tokens = tokens_of(text)
    return tokens, declarations(tokens)


def is_named(declared, name):
    return declared == name or declared.endswith("::" + name)


def spans(text, name):
    """The declarations of a name: all of its overloads, under #if and under #else."""
    return [(begin, end) for declared, begin, end in parsed(text)[1] if is_named(declared, name)]


def match_at(tokens, at, end, pattern):
    """The index behind the pattern, if it stands at `at`, or None."""
    for i, word in enumerate(pattern):
        if word == "...":
            depth = 0
            while at < end and (depth != 0 or tokens[at].shape != pattern[i + 1]):
                depth += (tokens[at].shape in OPEN) - (tokens[at].shape in CLOSE)
                if depth < 0:
                    return None
                at += 1
        elif at < end and tokens[at].text == word:
            at += 1
        else:
            return None
    return at


def matches(text, name, pattern):
    """(begin, end) in the text of every place of that pattern in the declarations of that name."""
    tokens = parsed(text)[0]
    wanted = [token.text for token in tokens_of(pattern)]
    found = []
    for begin, end in spans(text, name):
        for at in range(begin, end):
            past = match_at(tokens, at, end, wanted)
            if past is not None:
                found.append((tokens[at].begin, tokens[past - 1].end))
    return found


def planted(header, text, name, pattern, replacement):
    """The header's text with the change in it."""
    if not spans(text, name):
        raise Stale(f"{header}: there is no declaration of {name}, where {pattern!r} was looked for")
    found = matches(text, name, pattern)
    if len(found) != 1:
        raise Stale(f"{header}: {pattern!r} stands {len(found)} times in {name}, and has to stand there once")
    (begin, end), = found
    return text[:begin] + replacement + text[end:]


def changed(include, header, name, pattern, replacement):
    if not (include / header).is_file():
        raise Stale(f"{header}: there is no such header, where {pattern!r} was looked for in {name}")
    return planted(header, (include / header).read_text(), name, pattern, replacement)


def plant(include, *place):
    """One change in a copy of the headers: of a header, a name, a pattern and a replacement."""
    text = changed(include, *place)
    (include / place[0]).write_text(text)


def stale(include, places):
    """What is wrong with places, a sentence each."""
    wrong = []
    for place in places:
        try:
            changed(include, *place)
        except Stale as why:
            wrong.append(str(why))
    return wrong
