#!/usr/bin/env python3
"""The trace from requirement to hazard to test.   usage: traceability.py [--check] [ROOT]

docs/safety/requirements.json holds the requirements, docs/safety/hazards.md the hazards. A test names what it
holds by a comment of its own that begins with the ids:

    // R4, R17: why            above TEST(...), TEST_F or TEST_P; on the first line of a file, for all of it
    # R6: why                  above add_test(NAME ...) in a CMakeLists.txt; anywhere in a script of tests/
    "why": "R15: ..."          in a scenario's case

Without --check it writes docs/safety/traceability.md. With --check it fails on a row that is empty: a
requirement that is held and has no test, a hazard that is not there, a test that names an unknown id, a
requirement that tests hold while the list says "later"; and when the page is not what it would write.
"""
import json
import re
import sys
from pathlib import Path

IDS = r"(R\d+(?:, ?R\d+)*)"
MARK = re.compile(rf"^\s*(?://|#)\s*{IDS}(?::|\s*$)")
TEST = re.compile(r"^\s*(?:TYPED_)?TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)")
ADD_TEST = re.compile(r"^\s*add_test\(NAME\s+(\S+)")
COMMENT = re.compile(r"^\s*(?://|#)")
WHY = re.compile(rf"^\s*{IDS}:")
STATUS = {"held": "held", "part": "in part", "later": "later"}


def marks(ids):
    return re.findall(r"R\d+", ids)


def from_cpp(name, lines, faults):
    """(id, file, test) of each mark; a mark that stands over no test is a fault."""
    for number, line in enumerate(lines):
        found = MARK.match(line)
        if not found:
            continue
        if number == 0:
            yield from ((each, name, "all tests") for each in marks(found[1]))
            continue
        under = number
        while under < len(lines) and COMMENT.match(lines[under]):
            under += 1
        test = TEST.match(" ".join(lines[under:under + 2])) if under < len(lines) else None
        if not test:
            faults.append(f"{name}:{number + 1}: {found[1]} stands over no test")
            continue
        yield from ((each, name, f"{test[1]}.{test[2]}") for each in marks(found[1]))


def from_cmake(name, lines, faults):
    for number, line in enumerate(lines):
        found = MARK.match(line)
        if not found:
            continue
        test = ADD_TEST.match(lines[number + 1]) if number + 1 < len(lines) else None
        if not test:
            faults.append(f"{name}:{number + 1}: {found[1]} stands over no test")
            continue
        yield from ((each, name, test[1]) for each in marks(found[1]))


def from_script(name, lines, _):
    ids = [each for line in lines if (found := MARK.match(line)) for each in marks(found[1])]
    yield from ((each, name, "this script") for each in dict.fromkeys(ids))


def from_case(name, text):
    found = WHY.match(str(json.loads(text).get("why", "")))
    if found:
        yield from ((each, name, f"scenario.{Path(name).stem}") for each in marks(found[1]))


def tests_of(root, faults):
    found = []
    files = [*(root / "src").rglob("*_test.cpp"), *(root / "tests").rglob("*")]
    for file in sorted(set(files)):
        name = file.relative_to(root).as_posix()
        if not file.is_file() or "/corpus/" in name:
            continue
        if file.suffix == ".cpp":
            found += from_cpp(name, file.read_text(encoding="utf-8").splitlines(), faults)
        elif file.name == "CMakeLists.txt":
            found += from_cmake(name, file.read_text(encoding="utf-8").splitlines(), faults)
        elif file.suffix == ".py":
            found += from_script(name, file.read_text(encoding="utf-8").splitlines(), faults)
        elif file.suffix == ".json" and "scenario/cases/" in name:
            found += from_case(name, file.read_text(encoding="utf-8"))
    return found


def hazards_of(root):
    text = (root / "docs/safety/hazards.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^## (H-\d+) (.+)$", text, re.M))


def check_row(row, hazards, tests, faults):
    what = row["id"]
    keys = {"id", "title", "asks", "does", "status", "hazards", "missing", "no_hazard"}
    if extra := set(row) - keys:
        faults.append(f"{what}: unknown keys {sorted(extra)}")
    if row["status"] not in STATUS:
        faults.append(f"{what}: the status '{row['status']}' is none of {', '.join(STATUS)}")
    for hazard in row["hazards"]:
        if hazard not in hazards:
            faults.append(f"{what}: hazards.md has no {hazard}")
    if not row["hazards"] and not row.get("no_hazard"):
        faults.append(f"{what}: neither a hazard nor 'no_hazard', the reason why there is none")
    if row["status"] == "later" and tests:
        faults.append(f"{what}: is 'later', and {tests[0][1]} holds it: make it 'held' or 'part'")
    if row["status"] != "later" and not tests:
        faults.append(f"{what}: is '{row['status']}', and no test names it")
    if row["status"] != "later" and not row["does"]:
        faults.append(f"{what}: is '{row['status']}', and what Evenkeel does is not said")
    if row["status"] == "held" and row.get("missing"):
        faults.append(f"{what}: is 'held', and yet something is 'missing': make it 'part'")
    if row["status"] != "held" and not row.get("missing"):
        faults.append(f"{what}: is '{row['status']}', and what is 'missing' is not said")


def check(rows, hazards, tests, faults):
    ids = [row["id"] for row in rows]
    if len(ids) != len(set(ids)):
        faults.append("requirements.json: an id stands there twice")
    for each, file, test in tests:
        if each not in ids:
            faults.append(f"{file}: {test} names {each}, which requirements.json has not")
    for row in rows:
        check_row(row, hazards, [t for t in tests if t[0] == row["id"]], faults)


def wrapped(text, width=112, indent=""):
    lines, line = [], ""
    for word in text.split():
        if line and len(indent) + len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return ("\n" + indent).join([*lines, line])


def link(hazard):
    return f"[{hazard}](hazards.md#{hazard.lower()})"


def page(rows, hazards, tests):
    out = ["<!-- Written by tools/traceability.py from requirements.json, hazards.md and the tests. -->",
           "# From requirement to hazard to test", "",
           wrapped("Each requirement has an id, the hazards it works against, and tests that name it; a check "
                   "fails when a row is empty. What is held in part says what is missing; what is for later says "
                   "why it is not there. A test that names a requirement shows it at work in one way; it is no "
                   "proof that nothing can go wrong."), "",
           "| id | requirement | status | hazards | tests |", "|---|---|---|---|---|"]
    for row in rows:
        count = sum(t[0] == row["id"] for t in tests)
        out.append(f"| [{row['id']}](#{row['id'].lower()}) | {row['title']} | {STATUS[row['status']]} "
                   f"| {', '.join(link(h) for h in row['hazards']) or '–'} | {count or '–'} |")
    for row in rows:
        out += ["", f'<a id="{row["id"].lower()}"></a>', "", f"## {row['id']} {row['title']}", "",
                wrapped(row["asks"])]
        out += ["", wrapped(f"- **Evenkeel.** {row['does']}", indent="  ")] if row["does"] else [""]
        if row.get("missing"):
            out.append(wrapped(f"- **Missing.** {row['missing']}", indent="  "))
        out += [wrapped(f"- **Hazard.** {link(h)} {hazards[h]}.", indent="  ") for h in row["hazards"] if h in hazards]
        if row.get("no_hazard"):
            out.append(wrapped(f"- **Hazard.** None listed: {row['no_hazard']}", indent="  "))
        by_file = {}
        for each, file, test in tests:
            if each == row["id"]:
                by_file.setdefault(file, []).append(test)
        for file, named in by_file.items():
            out.append(wrapped(f"- **Tests** in `{file}`: " + ", ".join(f"`{t}`" for t in named) + ".", indent="  "))
    return "\n".join(out) + "\n"


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    faults = []
    rows = json.loads((root / "docs/safety/requirements.json").read_text(encoding="utf-8"))["requirements"]
    hazards, tests = hazards_of(root), tests_of(root, faults)
    check(rows, hazards, tests, faults)
    text, file = page(rows, hazards, tests), root / "docs/safety/traceability.md"
    if "--check" not in sys.argv:
        file.write_text(text, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        faults.append("docs/safety/traceability.md is not what tools/traceability.py writes: run it")
    print("\n".join(faults) if faults else f"{len(rows)} requirements, {len(tests)} marks of tests, in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
