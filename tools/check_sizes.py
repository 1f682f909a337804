#!/usr/bin/env python3
"""Functions of at most 60 lines, files of at most 400 (headers 150), counted by braces: what does not fit
wants a better idea. An exception stands in ALLOWED with its reason."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_HEADER = 60, 400, 150
ALLOWED = {
    "src/care/event.hpp": "the record's kinds of event, one list that is read as a whole",
    "src/pkpd/lanes_exponential.hpp": "a kernel that is compiled once for each kind of machine: no source to move to",
}


def function_lengths(text):
    """Line and length of every body that opens at the end of a line that closes a parameter list."""
    stack = []
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'|//.*', "", line)
        opens_function = re.search(r"\)\s*(const)?\s*(noexcept)?\s*(override)?\s*(->\s*[\w:<>,\s*&]+)?\s*\{$", code)
        control = re.match(r"\s*(\}\s*else\s*)?(if|for|while|switch|else|catch)\b", code)
        for char in code:
            if char == "{":
                stack.append(number if opens_function and not control else None)
            elif char == "}" and stack:
                start = stack.pop()
                if start:
                    yield start, number - start + 1


def main():
    faults = []
    files = [f for f in (ROOT / "src").rglob("*.[ch]pp")] + [f for f in (ROOT / "tests").rglob("*.[ch]pp")]
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix()
        text = file.read_text()
        lines = text.count("\n")
        limit = LONGEST_HEADER if file.suffix == ".hpp" else LONGEST_FILE
        if lines > limit and name not in ALLOWED:
            faults.append(f"{name}: {lines} lines; at most {limit}")
        if 'R"' in text:
            text = re.sub(r'R"(\w*)\(.*?\)\1"', lambda m: '""' + "\n" * m[0].count("\n"), text, flags=re.S)
        for start, length in function_lengths(text):
            if length > LONGEST_FUNCTION:
                faults.append(f"{name}:{start}: a function of {length} lines; at most {LONGEST_FUNCTION}")
    print("\n".join(faults) if faults else f"{len(files)} files in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
