#!/usr/bin/env python3
"""Makes a store for the stand-in: the example records moved so that their last day is yesterday, a patient ready for a
first session today, a course of two years with 100 sessions, and a drug ledger.
   EVENKEEL=path/to/evenkeel seed.py FOLDER"""
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("EVENKEEL", "evenkeel")
NOW = dt.datetime.now(dt.timezone.utc)
FORM = "%Y-%m-%dT%H:%M:%SZ"


def run(*words, role="prescriber", stdin=None):
    done = subprocess.run([PROGRAM, *words, "--data", DATA, "--as", f"{role}-1", "--role", role], input=stdin, text=True,
                          capture_output=True, cwd=ROOT)
    if done.returncode not in (0, 1):
        sys.exit(f"{words[:2]}: {done.stderr[:600]}")


def moved(text, patient):
    """The record with every date shifted by whole days, so that it ends yesterday."""
    lines = [json.loads(line) for line in text.splitlines()]
    last = max(line["recorded_at"] for line in lines[1:])[:10]
    shift = (NOW.date() - dt.timedelta(days=1)) - dt.date.fromisoformat(last)
    born = re.search(r'"born": ?"([\d-]+)"', text)

    def move(match):
        day = match.group(0)
        return day if born and day == born.group(1) else str(dt.date.fromisoformat(day) + shift)

    old = lines[0]["patient"]
    text = text.replace(f'"patient": "{old}"', f'"patient": "{patient}"')
    return "\n".join(re.sub(r"\d{4}-\d\d-\d\d", move, line) for line in text.splitlines()) + "\n"


def two_years():
    """100 sessions and 3,000 readings, invented."""
    lines = [{"format": "evenkeel.record", "version": 1, "patient": "p-long", "origin": "Invented, for the bench of the chart."}]
    at = NOW - dt.timedelta(days=735)

    def add(kind, body, when, by="nurse-1"):
        stamp = when.strftime(FORM)
        lines.append({"id": f"e{len(lines):05}", "patient": "p-long", "at": stamp, "recorded_at": stamp, "recorded_by": by,
                      "kind": kind, "body": body})

    mg = lambda value: {"value": value, "unit": "mg", "as": "base"}
    add("patient_facts", {"born": "1979-01-20", "sex": "female", "weight": {"value": 70, "unit": "kg"}}, at)
    score = lambda total, when, moment: add("evaluation", {"instrument": "phq-9", "moment": moment, "total": total}, when)
    score(21, at, "baseline")
    plan = json.loads((ROOT / "examples/steady-course.jsonl").read_text().split('"plan_approved", "body": ')[1].split("\n")[0][:-1])
    plan |= {"planned_sessions": 100, "stop_date": str((NOW + dt.timedelta(days=60)).date()),
             "next_review": str((NOW + dt.timedelta(days=20)).date()), "interval": {"value": 7, "unit": "d"}}
    add("plan_approved", plan, at + dt.timedelta(hours=1), "prescriber-1")
    for n in range(100):
        start = (at + dt.timedelta(days=2 + 7.3 * n)).replace(hour=9, minute=0, second=0, microsecond=0)
        step = lambda minutes: start + dt.timedelta(minutes=minutes)
        read = lambda m, top: add("vital_signs", {"systolic_mmHg": top, "diastolic_mmHg": top - 44, "heart_rate_per_min": 60 + top // 10,
                                                  "spo2_percent": 98, "moaas": 5}, step(m))
        score(max(4, 21 - n // 3 + n % 5), step(-30), "before_dose")
        read(-5, 122 + n % 9)
        add("session_started", {"session": f"s{n + 1}", "route": "intravenous", "drug": "racemic-ketamine", "dose": mg(35.0),
                                "infusion_length": {"value": 40, "unit": "min"}, "weight": {"value": 70, "unit": "kg"}}, start)
        for k in range(1, 14):
            read(3 * k, 126 + (k * 7 + n) % 30)
        add("session_ended", {"session": f"s{n + 1}", "given": mg(35.0), "completion": "completed"}, step(40))
        for k in range(16):
            read(42 + 4 * k, 138 - k + n % 7)
        add("session_discharged", {"session": f"s{n + 1}", "escort": True, "moaas": 5}, step(110))
    return "".join(json.dumps(line) + "\n" for line in lines)


def fresh():
    """A patient whose plan is approved and whose first session is today: as examples/clinic-day.sh enters it."""
    script = (ROOT / "examples/clinic-day.sh").read_text()
    day = str((NOW - dt.timedelta(days=4)).date())
    script = script.split("== The day: the pharmacist")[0].rsplit("echo", 2)[0]
    script = script.replace("day=2026-02-26", f"day={day}").replace("--patient example-1", "--patient p-first")
    script = re.sub(r'as admin-1 administrator 07:30 store create', "true", script)
    for old, days in (("2031-06-30", 1800), ("2026-06-30", 120), ("2026-03-16", 14)):
        script = script.replace(old, str((NOW + dt.timedelta(days=days)).date()))
    done = subprocess.run(["bash", "-c", script, "day", DATA], env=os.environ | {"EVENKEEL": PROGRAM}, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-500:] + done.stderr[-500:])


def ledger():
    site = ("--site", "demo-clinic")
    two = {"by": "pharmacist-1", "witness": "nurse-2"}
    run("enter", "received", json.dumps({"lot": "K-2701", "drug": "racemic-ketamine", "strength": {"value": 50, "unit": "mg/mL", "as": "base"},
        "vial_volume": {"value": 10, "unit": "mL"}, "vials": 8, "expires": str((NOW + dt.timedelta(days=300)).date()),
        "supplier": "wholesaler-1", "document": "D-1041", **two}), *site, role="pharmacist")
    run("enter", "vial_taken", '{"vial": "v1", "lot": "K-2701", "by": "nurse-1"}', *site, role="nurse")
    run("enter", "counted", json.dumps({"lot": "K-2701", "vials": 7, "part_vials": [{"vial": "v1", "volume": {"value": 9, "unit": "mL"}}], **two}),
        *site, role="pharmacist")


def main():
    global DATA
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    DATA = str(folder / "store")
    run("store", "create", role="administrator")
    people = [("p-warning", "Wren Testa", "1991-03-14", "male", "warning-course"), ("p-steady", "Stella Probst", "1984-05-17", "female", "steady-course"),
              ("p-measured", "Milo Muster", "1988-09-02", "male", "measured-course")]
    for patient, _, _, _, file in people:
        run("import", "-", stdin=moved((ROOT / f"examples/{file}.jsonl").read_text(), patient))
    run("import", "-", stdin=two_years())
    fresh()
    ledger()
    people += [("p-long", "Lena Longcourse", "1979-01-20", "female", ""), ("p-first", "Fay Firstvisit", "1984-05-17", "female", "")]
    (folder / "people.json").write_text(json.dumps([{"patient": p, "name": n, "born": b, "sex": s} for p, n, b, s, _ in people]))
    print(f"seeded {folder}")


if __name__ == "__main__":
    main()
