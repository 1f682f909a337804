#!/usr/bin/env python3
"""A day at the clinic, from the command line: examples/clinic-day.sh and nasal-day.sh played as they stand, then
what an auditor and an administrator would do with the store that the first leaves.   usage: clinic_day.py EVENKEEL SOURCE_DIR
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

EVENKEEL, SOURCE = sys.argv[1], Path(sys.argv[2])
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def run(*words, who="auditor-1", role="auditor", now="2026-03-02T18:00:00Z", data=None):
    command = [EVENKEEL, *words, "--as", who, "--role", role, "--now", now, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True)


def play(folder, script="clinic-day.sh"):
    environment = {**os.environ, "EVENKEEL": EVENKEEL, "EVENKEEL_CONTENT": str(SOURCE / "content")}
    return subprocess.run(["bash", str(SOURCE / "examples" / script), str(folder)], capture_output=True,
                          text=True, env=environment)


def the_day(folder):
    day = play(folder)
    check(day.returncode == 0, f"the day ends with {day.returncode}: {day.stdout[-1500:]} {day.stderr[-1500:]}")
    for text in ["Nothing stands in the way.", "HOLD", "paused, waits for a clinician's decision", "LOOK", "decided", "Session s1 of example-1 is already discharged",
                 "chair 2", "sound:"]:
        check(text in day.stdout, f"the day does not show {text!r}")
    for refusal in ["stop_date", "a nurse may not write plan_approved", "weight of today", "above the plan's", "asks to hold",
                    "the weight was changed after the dose was drawn up", "350 mg are said to be given, but 35 mg were",
                    "and nothing later: read again", "cannot be the second person", "min after the end"]:
        check(refusal in day.stderr, f"no refusal tells of {refusal!r}: {day.stderr}")
    for line in day.stdout.split("$ evenkeel session show")[-1].split("\n\n2026-")[0].splitlines()[1:]:
        check(len(line) <= 80, f"a line of {len(line)}: {line}")


# R15: two hours from the first spray, however well the patient is.
def the_nasal_day(folder):
    day = play(folder, "nasal-day.sh")
    check(day.returncode == 0, f"the nasal day ends with {day.returncode}: {day.stdout[-800:]} {day.stderr[-800:]}")
    for text in ["56 mg base over 10 min of esketamine, intranasal", "NOT YET  40 min after the start; 120 min",
                 "Session n1 of example-2 is already discharged"]:
        check(text in day.stdout, f"the nasal day does not show {text!r}")
    for refusal in ["84 mg is above the plan's 56 mg", "90 min after the start; 120 min are asked for"]:
        check(refusal in day.stderr, f"no refusal tells of {refusal!r}: {day.stderr}")


# R5, R6: an edit is found and its place is named; what was entered stays as it was entered.
def tampering(folder):
    sound = run("verify", data=folder)
    check(sound.returncode == 0 and "sound" in sound.stdout, f"the store is not sound: {sound.stdout}")
    head = folder / "head.json"
    key = folder.parent / "head.key"
    made = subprocess.run([EVENKEEL, "store", "key", str(key)], capture_output=True, text=True)
    check(made.returncode == 0 and (key.stat().st_mode & 0o077) == 0, f"no key for its owner alone: {made.stderr}")
    taken = run("store", "head", "--sign", str(key), "-o", str(head), data=folder)
    check(taken.returncode == 0, f"no head: {taken.stderr}")
    kept = run("verify", "--head", str(head), "--key", f"{key}.pub", data=folder)
    check(kept.returncode == 0 and "goes on from the head" in kept.stdout, f"a signed head is no use: {kept.stderr}")
    with sqlite3.connect(folder / "evenkeel.db") as db:
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        changed = db.execute("update entry set text = replace(text, '184', '148') where text like '%184%'")
        check(changed.rowcount == 1, "no reading of 184 to change")
    altered = run("verify", data=folder)
    check(altered.returncode == 1, f"an edit passes: {altered.stdout} {altered.stderr}")
    check("patient/example-1" in altered.stdout, f"verify does not say where: {altered.stdout}")
    cut = run("verify", "--head", str(head), data=folder)
    check(cut.returncode == 1, "an edit passes beside a head")


# R8: copies on demand, and back again, byte for byte.
def copies(folder, other):
    record = run("export", "--patient", "example-1", "--to", "the patient", data=folder)
    check(record.returncode == 0, f"no export: {record.stderr}")
    file = other / "record.jsonl"
    file.write_text(record.stdout)
    assessed = subprocess.run([EVENKEEL, "assess", str(file), "--now", "2026-03-02T18:00:00Z", "--format", "json"],
                              capture_output=True, text=True)
    check(assessed.returncode == 0, f"the exported record is not assessed: {assessed.stderr}")
    session = json.loads(assessed.stdout)["sessions"][0]
    check("35" in json.dumps(session), "the assessment has no session of 35 mg")
    backup = other / "backup.db"
    made = run("store", "backup", str(backup), who="admin-1", role="administrator", data=folder)
    check(made.returncode == 0, f"no backup: {made.stderr}")
    again = run("store", "backup", str(backup), who="admin-1", role="administrator", data=folder)
    check(again.returncode != 0, "a backup is written over")
    restored = run("store", "restore", str(backup), who="admin-1", role="administrator", data=other / "new")
    check(restored.returncode == 0, f"no restore: {restored.stderr}")
    same = run("export", "--patient", "example-1", "--to", "the patient", data=other / "new")
    check(same.stdout == record.stdout, "the restored record is another")
    third = other / "third"
    run("store", "create", who="admin-1", role="administrator", data=third)
    brought = run("import", str(file), who="prescriber-1", role="prescriber", data=third)
    check(brought.returncode == 0, f"no import: {brought.stderr}")
    twice = run("import", str(file), who="prescriber-1", role="prescriber", data=third)
    check(twice.stdout.startswith("there already"), f"a record is brought in twice: {twice.stdout}")
    file.write_text(file.read_text().replace("chair 2", "chair 3"))
    contradicting = run("import", str(file), who="prescriber-1", role="prescriber", data=third)
    check(contradicting.returncode == 3, f"another record of the patient is taken: {contradicting.returncode}")
    back = run("export", "--patient", "example-1", "--to", "the patient", data=third)
    check(back.stdout == record.stdout, "the record brought in is another")


# R2: what a role may not do is refused, and the denial is in the audit.
def roles(folder):
    for who, role, words in [("admin-1", "administrator", ["export", "--patient", "example-1", "--to", "me"]),
                             ("desk-1", "front-desk", ["session", "show", "--patient", "example-1", "--session", "s1"]),
                             ("nurse-1", "nurse", ["store", "audit"]),
                             ("auditor-1", "auditor", ["enter", "contact", '{"from": "patient", "topic": "other"}',
                                                       "--patient", "example-1"])]:
        refused = run(*words, who=who, role=role, data=folder)
        check(refused.returncode == 3 and "may not" in refused.stderr, f"{role}: {words[0]}: {refused.stderr}")
        check(refused.stdout == "", f"{role} is shown something")
    audit = run("store", "audit", "--last", "30", data=folder)
    check(audit.stdout.count("denied") >= 4, "denials are not in the audit")
    unknown = run("session", "list", who="x", role="root", data=folder)
    check(unknown.returncode == 2 and "no role" in unknown.stderr, "an unknown role is taken")


# The same words again change nothing, and the store says so.
def retries(folder):
    words = ["enter", "contact", '{"from": "patient", "topic": "follow_up"}', "--patient", "example-1"]
    first = run(*words, who="nurse-1", role="nurse", data=folder)
    check(first.stdout.startswith("written:"), f"not written: {first.stderr}")
    again = run(*words, who="nurse-1", role="nurse", data=folder)
    check(again.stdout == first.stdout.replace("written:", "there already:"), f"doubled: {again.stdout}")


# R15: what cannot be meant is refused, and the record can still be read.
def bad_words(folder):
    chair = ["--patient", "example-1", "--session", "s1"]
    for words, tells in [(["session", "vitals", *chair], "no vital sign is given"),
                         (["session", "vitals", *chair, "--bp", "400/20"], "from 30 to 350"),
                         (["session", "cancel", *chair, "--reason", "late"], "already discharged")]:
        refused = run(*words, who="nurse-1", role="nurse", data=folder)
        check(refused.returncode == 3 and tells in refused.stderr, f"{words}: {refused.returncode} {refused.stderr}")
    shown = run("session", "show", *chair, data=folder)
    check(shown.returncode == 0, f"after bad words the session cannot be shown: {shown.stderr}")


def main():
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clinic"
        the_day(folder)
        the_nasal_day(Path(place) / "nasal")
        if not faults:
            roles(folder)
            retries(folder)
            bad_words(folder)
            copies(folder, Path(place))
            tampering(folder)
    print("\n".join(faults) if faults else "the day is as it was entered")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
