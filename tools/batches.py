#!/usr/bin/env python3
"""Puts C++ sources into batches that can be compiled as one file each, and prints `batch path` for each source.

    usage: tools/batches.py MOST SOURCE...        MOST: sources in a batch, at most

Most of what a source costs to compile is its headers, so several in one are cheaper. What keeps two apart: a name
that one declares for itself alone (in an unnamed namespace, with `using`, as a test) and that the other declares for
itself too, or sees declared in a header of ours that the first does not include; and for a value, which a local name must not
shadow, that stands anywhere in the other. Such two never share a batch, so no source has to mind another's names.
A source that cannot share is printed as batch `-`.
"""
import functools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORD = re.compile(r"\w+")
INCLUDE = re.compile(r'^#include "(.+)"', re.M)
BEFORE_A_NAME = re.compile(r"(?:template\s*<[^>]*>|\[\[\w+\]\])\s*")
TYPE = re.compile(r"(?:struct|class|union|enum(?:\s+class)?)\s+(\w+)")
ALIAS = re.compile(r"(?:using|namespace)\s+(\w+)\s*=")
BORROWED = re.compile(r"using\s+(?:\w+::)+(\w+);")
OPENED = re.compile(r"^using namespace (.+);", re.M)
TEST = re.compile(r"(?:TYPED_)?TEST(?:_F|_P)?\((\w+),\s*(\w+)\)")
VALUE_OR_FUNCTION = re.compile(r"[^(={;\[]*?(\w+)\s*([(={;\[])")
NO_NAME = ("static_assert", "template", "requires", "using", "INSTANTIATE", "namespace", "#", "}", "/", " ")
# A macro of its own changes what is included after it; a class inside another that is made of the file's own types
# is warned about in an included file.
ALONE = re.compile(r"^\s*#\s*(?:define|pragma)|^(?:class|struct) \w+::\w+", re.M)

NO_CODE = re.compile(r"^#include[^\n]*|//(?! namespace$)[^\n]*|'(?:\\.|[^'\\\n])'|\"(?:\\.|[^\"\\\n])*\"", re.M)


def code_of(text):
    """Without quoted text and comments: what those say is no name."""
    text = re.sub(r"R\"(\w*)\(.*?\)\1\"", " ", text, flags=re.S)
    return NO_CODE.sub(" ", text)


def declared(text, in_unnamed=True):
    """The names a source declares for itself alone, or a header for all: every name, and those of values. Our sources
    are formatted, so such a line is not indented."""
    found, values, unnamed = set(), set(), not in_unnamed
    for line in text.splitlines():
        if line.startswith("namespace {"):
            unnamed = True
        elif in_unnamed and re.match(r"\}\s*// namespace$", line):
            unnamed = False
        line = BEFORE_A_NAME.sub("", line) if line.startswith(("template", "[[")) else line
        match = ALIAS.match(line) or (TYPE.match(line) if unnamed else None)
        if not match and unnamed and line and not line.startswith(NO_NAME):
            match = VALUE_OR_FUNCTION.match(line)
            if match and match.group(2) != "(":
                values.add(match.group(1))
        if test := TEST.match(line):
            found.add("_".join(test.groups()) + "_Test")
        elif match:
            found.add(match.group(1))
    return found, values


def included(path, name):
    candidates = (path.parent / name, ROOT / "src" / name, ROOT / "tests" / name)
    return next((found for found in candidates if found.exists()), None)


class File:
    """A source or a header as it stands: its words, the names a header declares, the headers of ours it includes."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        code = code_of(text)
        self.words = set(WORD.findall(code))
        self.declares = declared(code, in_unnamed=False)[0]
        found = (included(path, name) for name in INCLUDE.findall(text))
        self.includes = [header.resolve() for header in found if header]


read = functools.lru_cache(maxsize=None)(File)


def headers_of(path, seen):
    for header in read(path).includes:
        if header not in seen:
            seen.add(header)
            headers_of(header, seen)
    return seen


class Source:
    def __init__(self, name):
        self.name, self.path = name, pathlib.Path(name).resolve()
        text = self.path.read_text(encoding="utf-8")
        self.alone = bool(ALONE.search(text))
        self.own, self.values = declared(code_of(text))
        self.borrowed = {line: BORROWED.match(line).group(1) for line in text.splitlines() if BORROWED.match(line)}
        self.opened = set(OPENED.findall(text))
        self.words = read(self.path).words | self.own
        self.headers = headers_of(self.path, set())

    def disturbs(self, other):
        """Whether this source's names could be taken for the other's when they stand in one file, in either order."""
        borrowed = {name for line, name in self.borrowed.items() if line not in other.borrowed}
        names = self.own | borrowed
        values = self.values | {name for name in borrowed if name[0].islower()}
        if not names.isdisjoint(other.own) or not values.isdisjoint(other.words):
            return True
        only = [read(header) for header in other.headers - self.headers]
        if any(not names.isdisjoint(header.declares) or not values.isdisjoint(header.words) for header in only):
            return True
        return any(not (names & other.words).isdisjoint(read(header).declares) for header in other.headers)


def batches(sources, most):
    made = []
    for source in sources:
        def takes(batch):
            return (len(batch) < most and not source.alone and not batch[0].alone and
                    all(source.opened == other.opened and not other.disturbs(source) and not source.disturbs(other)
                        for other in batch))
        home = next(filter(takes, made), None)
        if home is None:
            made.append([source])
        else:
            home.append(source)
    return made


def main():
    most, names = int(sys.argv[1]), sys.argv[2:]
    for number, batch in enumerate(batches([Source(name) for name in names], most)):
        for source in batch:
            print(number if len(batch) > 1 else "-", source.name)


if __name__ == "__main__":
    main()
