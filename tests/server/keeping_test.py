#!/usr/bin/env python3
"""What keeps a clinic's store whole: backups made while it is served, and no demo put into it.

usage: keeping_test.py EVENKEEL SOURCE_DIR
"""
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from served import Server, check, ended


def run(program, *words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)


def backup_while_serving(program, folder):
    backups = folder / "backups"
    backups.mkdir()
    server = Server(program, folder, "--backup", str(backups))
    until = time.monotonic() + 30
    while not (made := list(backups.glob("*.db"))) and time.monotonic() < until:
        time.sleep(0.1)
    check(server.end() == 0, "the server ends")
    check(len(made) == 1, f"one backup was made at the start, not {made}")
    if not made:
        return
    admin = ("--as", "admin-1", "--role", "administrator")
    restored = folder / "restored"
    check(run(program, "store", "restore", made[0], "--data", restored, *admin).returncode == 0, "the backup restores")
    verified = run(program, "verify", "--data", restored, *admin)
    check(verified.returncode == 0, f"what was restored verifies: {verified.stdout}{verified.stderr}")


def demo_refuses_a_clinic(program, folder):
    clinic = folder / "clinic"
    admin = ("--data", clinic, "--as", "admin-1", "--role", "administrator")
    check(run(program, "store", "create", *admin).returncode == 0, "a store is made")
    entered = run(program, "enter", "--patient", "p1", "patient_facts", '{"born": "1984-05-17"}', "--data", clinic,
                  "--as", "nurse-1", "--role", "nurse")
    check(entered.returncode == 0, f"a record is begun: {entered.stderr}")
    demo = run(program, "serve", "--demo", "--data", clinic, "--listen", "127.0.0.1:0")
    check(demo.returncode == 3, f"the demo is refused with 3, not {demo.returncode}")
    check("clinic's own" in demo.stderr, f"and says why: {demo.stderr}")
    listed = run(program, "user", "list", *admin)
    check("prescriber-1" not in listed.stdout, "no account of the demo is in the store")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        backup_while_serving(program, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        demo_refuses_a_clinic(program, Path(folder))
    return ended()


if __name__ == "__main__":
    sys.exit(main())
