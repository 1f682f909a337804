#!/usr/bin/env python3
"""The include half of the layer rule.

Each layer's line is its evenkeel_layer(... DEPENDS ...) in src/<layer>/CMakeLists.txt; the link is held to
it by CMake, the includes by this script. It also keeps clocks, randomness and input/output out of the core.
"""
import re
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"
APP = "apps/evenkeel"
CORE = {"base", "json", "pkpd", "individual", "care", "plan", "watch", "assess", "cohort", "report"}
# report makes texts; it writes nothing. expects.cpp says why the program ends.
FORBIDDEN = re.compile(r"#include <(fstream|iostream|filesystem|random|ctime|cstdio|thread|mutex)>"
                       r"|system_clock|steady_clock|std::getenv|\bfopen\b|\brand\(")
EXEMPT = {"base/expects.cpp"}


def allowed_layers():
    lines = {}
    for file in SRC.glob("*/CMakeLists.txt"):
        call = re.search(r"evenkeel_layer\((\w+)(.*?)\)\s*$", file.read_text(), re.S | re.M)
        depends = re.search(r"DEPENDS ((?:\w+\s*)+?)(?=LIBRARIES|PRIVATE_LIBRARIES|SOURCES|$)", call[2]) if call else None
        if call:
            lines[call[1]] = set(depends[1].split()) if depends else set()
    return lines


def main():
    allowed = allowed_layers()
    faults = []
    for file in sorted(SRC.rglob("*.[ch]pp")):
        name = file.relative_to(SRC).as_posix()
        layer = APP if name.startswith(APP) else name.split("/")[0]
        is_test = name.endswith("_test.cpp")
        for number, line in enumerate(file.read_text().splitlines(), 1):
            include = re.match(r'#include "([^"]+)"', line)
            if include:
                target = APP if include[1].startswith(APP) else include[1].split("/")[0]
                if is_test and target == "support":  # tests/support/, for tests alone
                    continue
                if target not in allowed and target != APP:
                    faults.append(f"src/{name}:{number}: '{include[1]}' is not a path from src/")
                elif layer != APP and not is_test and target != layer and target not in allowed[layer]:
                    faults.append(f"src/{name}:{number}: {layer} may not include {target}")
            elif layer in CORE and not is_test and name not in EXEMPT and FORBIDDEN.search(line):
                faults.append(f"src/{name}:{number}: no clock, randomness or input/output in {layer}: {line.strip()}")
    if len(allowed) < 11:
        faults.append(f"only {len(allowed)} layers found under src/: is the script reading the right files?")
    print("\n".join(faults) if faults else f"{len(allowed)} layers in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
