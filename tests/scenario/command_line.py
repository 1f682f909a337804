"""What the command line promises beside an assessment.   usage: command_line.py PROGRAM SOURCE_DIR"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = sys.argv[1], Path(sys.argv[2])
example = source / "examples/measured-course.jsonl"


def run(*arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=50)


def expect(what, condition):
    if not condition:
        sys.exit(f"not so: {what}")


with tempfile.TemporaryDirectory() as folder:
    record, link = Path(folder) / "own.jsonl", Path(folder) / "link.jsonl"
    shutil.copy(example, record)
    os.symlink(record, link)
    for output in (record, link):
        done = run("assess", record, "-o", output)
        expect("a report is not written over its record", done.returncode == 2 and "the record itself" in done.stderr)
        expect("the record is whole", record.read_bytes() == example.read_bytes())
    done = run("assess", record, "--now", "2026-03-05T12:00:00Z", "-o", Path(folder) / "missing" / "report.txt")
    expect("a report that cannot be written is status 5", done.returncode == 5 and "could not be written" in done.stderr)

expect("no arguments are wrong usage", run().returncode == 2)
expect("an unknown subcommand is wrong usage", run("dose").returncode == 2)
expect("an unknown format is wrong usage", run("assess", example, "--format", "pdf").returncode == 2)
expect("a moment without an offset is wrong usage", run("assess", example, "--now", "2026-03-05").returncode == 2)
expect("an unknown model is wrong usage", run("assess", example, "--model", "nobody").returncode == 2)
expect("a record that is not there is status 5", run("assess", "no-such-file").returncode == 5)
expect("help has examples", "evenkeel assess" in run("assess", "--help").stdout)
expect("the version is told", run("--version").stdout.startswith("evenkeel "))
refused = run("assess", source / "examples/steady-course.jsonl", "--model", "otto-2021", "--now", "2026-09-21T12:00:00Z")
expect("what is not predicted is said on standard error", refused.returncode == 4 and "not for racemic-ketamine" in refused.stderr)
expect("no colour off a terminal", "\x1b" not in refused.stdout)
with tempfile.TemporaryDirectory() as folder:
    pages = Path(folder) / "new" / "models"
    expect("every model gets its page", run("content", "page", "--all", "-o", pages).returncode == 0)
    models = {file.stem for file in (source / "content/models").glob("*.json")} - {"schema"}
    expect("and there is an index", {file.stem for file in pages.glob("*.html")} == models | {"index"})
    one = run("content", "page", "kamp-2020")
    expect("one page goes to standard output", one.stdout == (pages / "kamp-2020.html").read_text(encoding="utf-8"))
    blocked = run("content", "page", "--all", "-o", pages / "kamp-2020.html")
    expect("a folder that cannot be made is status 5", blocked.returncode == 5)
expect("a page of one model or of all, not neither", run("content", "page").returncode == 2)
expect("a page of one model or of all, not both", run("content", "page", "kamp-2020", "--all", "-o", "x").returncode == 2)
expect("all pages need a folder", run("content", "page", "--all").returncode == 2)
expect("an unknown model has no page", run("content", "page", "nobody").returncode == 3)
print("the command line keeps its promises")
