"""tools/traceability.py --check must fail on an empty row: a check that cannot fail proves nothing.
usage: traceability_breach.py SOURCE_DIR"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

source = Path(sys.argv[1])


def edit_rows(root, edit):
    file = root / "docs/safety/requirements.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    edit({row["id"]: row for row in data["requirements"]})
    file.write_text(json.dumps(data), encoding="utf-8")


def add_test(root, text):
    (root / "src/care/breach_test.cpp").write_text(text)


BREACHES = {
    "no test names it": lambda root: edit_rows(root, lambda rows: rows["R23"].update(status="held", does="All.", missing="")),
    "hazards.md has no H-99": lambda root: edit_rows(root, lambda rows: rows["R17"]["hazards"].append("H-99")),
    "neither a hazard nor": lambda root: edit_rows(root, lambda rows: rows["R17"].update(hazards=[])),
    "what is 'missing' is not said": lambda root: edit_rows(root, lambda rows: rows["R23"].update(missing="")),
    "is 'later', and src/care/breach_test.cpp holds it": lambda root: add_test(root, "\n// R23: it runs\nTEST(A, B) {}\n"),
    "names R99, which requirements.json has not": lambda root: add_test(root, "\n// R4, R99\nTEST(A, B) {}\n"),
    "R4 stands over no test": lambda root: add_test(root, "\n// R4\nint a = 0;\n"),
    "is not what tools/traceability.py writes": lambda root: (root / "docs/safety/traceability.md").write_text("old"),
}

for fault, breach in BREACHES.items():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("src", "tests", "docs/safety"):
            shutil.copytree(source / part, root / part, ignore=shutil.ignore_patterns("corpus"))
        breach(root)
        run = subprocess.run([sys.executable, source / "tools/traceability.py", "--check", root],
                             capture_output=True, text=True)
        if run.returncode != 1 or fault not in run.stdout:
            sys.exit(f"not noticed: {fault}\n{run.stdout}{run.stderr}")
print(f"{len(BREACHES)} breaches noticed")
