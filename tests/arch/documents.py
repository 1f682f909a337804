"""Paths and tests that the documents name exist, and each dependency is explained.   usage: documents.py SOURCE_DIR"""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
faults = []
documents = [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").rglob("*.md")]
for document in documents:
    text = document.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:src|docs|tools|tests|content|examples|schema|cmake)/[\w./*<>-]+)`", text):
        if any(c in path for c in "*<>"):
            continue
        if not (root / path.rstrip("/")).exists():
            faults.append(f"{document.relative_to(root)}: {path} does not exist")
    for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
        if not (document.parent / link).exists():
            faults.append(f"{document.relative_to(root)}: the link {link} leads nowhere")

# `server.RouterTest.AStoreThatIsAwaySignsNobodyOut`: a control that names a test which is gone is held by nothing.
sources = "".join(p.read_text(encoding="utf-8") for folder in ("src", "tests") for p in (root / folder).rglob("*.cpp"))
written = set(re.findall(r"\bTEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)", sources))
for layer, suite, test in re.findall(r"`(\w+)\.([A-Z]\w+)\.([A-Z]\w+)`", (root / "docs/safety/hazards.md").read_text(encoding="utf-8")):
    if (suite, test) not in written:
        faults.append(f"docs/safety/hazards.md: the test {layer}.{suite}.{test} does not exist")

explained = (root / "docs/dependencies.md").read_text(encoding="utf-8")
for package_list in (root / "tools").glob("packages-*.txt"):
    for package in re.sub(r"#.*", "", package_list.read_text()).split():
        if f"`{package}`" not in explained:
            faults.append(f"docs/dependencies.md does not explain {package}")
print("\n".join(faults) if faults else f"{len(documents)} documents in order")
sys.exit(1 if faults else 0)
