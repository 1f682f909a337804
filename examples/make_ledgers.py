#!/usr/bin/env python3
"""Writes the example ledgers beside this file: a day that adds up, and the same day with 2 mL missing.

Everything in them is invented. Run it again after a change here; a test holds the committed files against
what it writes.   usage: make_ledgers.py [FOLDER]
"""
import json
import sys
from pathlib import Path

SITE = "example-clinic"


class Ledger:
    """Events of 2 March 2026, written down a minute after they happened."""

    def __init__(self, origin):
        self.lines = [{"format": "evenkeel.ledger", "version": 1, "site": SITE, "origin": origin}]

    def add(self, clock, kind, body):
        hour, minute = map(int, clock.split(":"))
        self.lines.append({"id": f"e{len(self.lines):03}", "site": SITE, "at": f"2026-03-02T{clock}:00Z",
                           "recorded_at": f"2026-03-02T{hour:02}:{minute + 1:02}:00Z",
                           "recorded_by": body.get("by", "pharmacist-1"), "kind": kind, "body": body})

    def save(self, file):
        file.write_text("".join(json.dumps(line) + "\n" for line in self.lines), encoding="utf-8")


def mL(value):
    return {"value": value, "unit": "mL"}


def delivery(lot, strength, form, vials, document):
    return {"lot": lot, "drug": "racemic-ketamine", "strength": {"value": strength, "unit": "mg/mL", "as": form},
            "vial_volume": mL(10), "vials": vials, "expires": "2027-08-31", "supplier": "wholesaler-1",
            "document": document, "by": "pharmacist-1", "witness": "nurse-2"}


def count(lot, vials, parts=()):
    return {"lot": lot, "vials": vials, "part_vials": [{"vial": v, "volume": mL(x)} for v, x in parts],
            "by": "pharmacist-1", "witness": "nurse-2"}


def draw(name, vial, volume, session, patient):
    return {"draw": name, "vial": vial, "volume": mL(volume), "session": session, "patient": patient,
            "by": "nurse-1", "checker": "nurse-2"}


def given(name, volume):
    return {"draw": name, "volume": mL(volume), "by": "nurse-1"}


def wasted(source, name, volume, reason):
    return {source: name, "volume": mL(volume), "reason": reason, "by": "nurse-1", "witness": "nurse-2"}


def day(origin, left_in_v1):
    """Two deliveries, three sessions, a vial taken in vain; at the end `left_in_v1` mL are found in vial v1."""
    book = Ledger(origin)
    book.add("08:05", "received", delivery("K-2603", 50, "base", 10, "D-1001"))
    book.add("08:10", "received", delivery("S-0088", 57.65, "hydrochloride", 5, "D-1001"))
    book.add("08:30", "counted", count("K-2603", 10))
    book.add("08:32", "counted", count("S-0088", 5))
    book.add("09:00", "vial_taken", {"vial": "v1", "lot": "K-2603", "by": "nurse-1"})
    book.add("09:02", "drawn_up", draw("d1", "v1", 0.70, "s-101", "patient-a"))
    book.add("09:50", "given", given("d1", 0.70))
    book.add("11:00", "drawn_up", draw("d2", "v1", 0.82, "s-102", "patient-b"))
    book.add("11:40", "given", given("d2", 0.60))
    book.add("11:45", "wasted", wasted("draw", "d2", 0.22, "the infusion was stopped"))
    book.add("14:00", "vial_taken", {"vial": "v2", "lot": "S-0088", "by": "nurse-1"})
    book.add("14:02", "drawn_up", draw("d3", "v2", 0.65, "s-103", "patient-c"))
    book.add("14:50", "given", given("d3", 0.65))
    book.add("15:00", "vial_taken", {"vial": "v3", "lot": "K-2603", "by": "nurse-1"})
    book.add("15:20", "vial_returned", {"vial": "v3", "by": "nurse-1", "witness": "nurse-2"})
    book.add("16:50", "counted", count("K-2603", 9, [("v1", left_in_v1)]))
    book.add("16:52", "counted", count("S-0088", 4, [("v2", 9.35)]))
    book.add("17:00", "wasted", wasted("vial", "v1", left_in_v1, "end of the day"))
    book.add("17:01", "wasted", wasted("vial", "v2", 9.35, "end of the day"))
    return book


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    day("Invented: a day of three sessions that adds up.", 8.48).save(folder / "ledger-day.jsonl")
    day("Invented: the same day, with 2 mL missing from a vial.", 6.48).save(folder / "ledger-discrepancy.jsonl")


if __name__ == "__main__":
    main()
