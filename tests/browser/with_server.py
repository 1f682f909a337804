#!/usr/bin/env python3
"""Runs a browser test against a server of its own: the demo clinic, in a new folder, on a free port.

usage: with_server.py EVENKEEL PAGES SCRIPT [ARGUMENTS...]
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUDY = Path(__file__).parents[2] / "examples/studies/is-ketamine-addictive.json"


def short_study(folder):
    """The public page's study with so few people that nobody waits for it, however busy the machine is."""
    study = json.loads(STUDY.read_text(encoding="utf-8"))
    study["patients"] = 20
    file = Path(folder) / "study.json"
    file.write_text(json.dumps(study), encoding="utf-8")
    return str(file)


def started(program, pages, folder):
    server = subprocess.Popen(
        [program, "serve", "--demo", "--data", f"{folder}/clinic", "--listen", "127.0.0.1:0", "--pages", pages,
         "--study", short_study(folder)],
        stdout=subprocess.PIPE, text=True)
    for line in server.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return server, found[0]
    sys.exit(f"the server did not start: status {server.wait()}")


def main():
    program, pages, script, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        server, base = started(program, pages, folder)
        try:
            return subprocess.run(["node", script, base, *rest], check=False).returncode
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
