"""What `evenkeel ledger` promises on the command line.   usage: ledger.py PROGRAM SOURCE_DIR"""
# R4, R6, R17: witness, correction and exact sums, as a pharmacist and an auditor meet them
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

program = sys.argv[1]
source = Path(sys.argv[2])
DAY = source / "examples/ledger-day.jsonl"
MISSING = source / "examples/ledger-discrepancy.jsonl"
EVENING = "2026-03-02T18:00:00Z"


def run(*arguments, **options):
    return subprocess.run([program, "ledger", *map(str, arguments)], capture_output=True, text=True, timeout=50, **options)


def expect(what, condition):
    if not condition:
        sys.exit(f"not so: {what}")


def balance(file, now=EVENING, status=0):
    done = run(file, "--now", now, "--format", "json")
    expect(f"{file} at {now} ends with {status}, not {done.returncode}: {done.stderr}", done.returncode == status)
    return json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)


def conserved(data):
    for lot in data["lots"]:
        gone = lot["given_mL"] + lot["wasted_mL"] + lot["returned_mL"] + lot["destroyed_mL"]
        expect("no drug is made or lost", lot["received_mL"] + lot["found_by_counts_mL"] == lot["held_mL"] + gone)


# A pharmacist ends a day that adds up.
text = run(DAY, "--now", EVENING)
expect("a day that adds up ends with 0", text.returncode == 0 and text.stderr == "")
expect("it says so", "Nothing: what was counted agrees" in text.stdout)
expect("text keeps to 80 columns", max(map(len, text.stdout.splitlines())) <= 80)
expect("no colours but on a terminal", "\033" not in text.stdout)
expect("colours where they are asked for", "\033" in run(DAY, "--now", EVENING, "--colour", "always").stdout)
data = balance(DAY)
conserved(data)
base, salt = data["lots"]
expect("the format is named", (data["format"], data["version"]) == ("evenkeel.ledger-balance", 1))
expect("nine vials of 10 mL", (base["unopened_vials"], base["held_mL"]) == (9, 90))
expect("1.30 mL of 50 mg/mL are 65 mg given", base["given_mL"] * base["strength_mg_mL"] == 65)
expect("the label's form is kept", salt["as"] == "hydrochloride" and salt["held_mg"] == Decimal("2306"))
expect("and shown as base", salt["held_base_mg"] == 2000 and base["held_base_mg"] == 4500)
expect("nothing is open, nothing is found", not data["open_draws"] and not data["findings"] and not data["set_aside"])

# At half past eleven, as it was known then.
noon = balance(DAY, "2026-03-02T11:30:00Z")
conserved(noon)
expect("later entries are not known", noon["not_yet_known"] == 11)
expect("one syringe is open", [(d["draw"], d["session"], d["open_mL"]) for d in noon["open_draws"]] ==
       [("d2", "s-102", Decimal("0.82"))])
expect("before anything, nothing", balance(DAY, "2026-03-01T00:00:00Z")["lots"] == [])

# An auditor finds 2 mL missing: who, when, how much, since when.
done = run(MISSING, "--now", EVENING)
expect("a discrepancy ends with 1", done.returncode == 1 and done.stderr == "")
expect("its text says how much", "2.00 mL are missing" in " ".join(done.stdout.split()))
data = balance(MISSING, status=1)
conserved(data)
finding = data["findings"][0]
expect("one finding", len(data["findings"]) == 1 and finding["kind"] == "discrepancy" and finding["needs_somebody"])
expect("how much", finding["volume_mL"] == Decimal("-2.00"))
expect("when and since when", (finding["at"], finding["since"]) == ("2026-03-02T16:50:00Z", "2026-03-02T08:30:00Z"))
expect("who", finding["people"] == ["pharmacist-1", "nurse-2"] and finding["handled_by"] == ["nurse-1", "nurse-2"])
expect("where", [d["vial"] for d in finding["differences"]] == ["v1"])


def line(identity, at, kind, body, recorded=None):
    return json.dumps({"id": identity, "site": "example-clinic", "at": at, "recorded_at": recorded or at,
                       "recorded_by": "pharmacist-1", "kind": kind, "body": body})


def mL(value):
    return {"value": value, "unit": "mL"}


with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "ledger.jsonl"

    def with_lines(start, *more):
        file.write_text(start.read_text(encoding="utf-8") + "".join(each + "\n" for each in more), encoding="utf-8")
        return file

    # The difference is answered by two people, by its amount; then nobody is needed.
    answer = {"count": "e016", "volume": mL(-2), "reason": "spilt", "by": "dr-1", "witness": "pharmacist-1"}
    data = balance(with_lines(MISSING, line("r1", EVENING, "discrepancy_reviewed", answer)))
    expect("what was answered stays and needs nobody", [(f["review"], f["needs_somebody"]) for f in data["findings"]] ==
           [("r1", False)])

    # Or what was forgotten is written down late, and explains it.
    late = line("w1", "2026-03-02T12:00:00Z", "wasted",
                {"vial": "v1", "volume": mL(2), "reason": "dropped", "by": "nurse-1", "witness": "nurse-2"}, EVENING)
    data = balance(with_lines(MISSING, late))
    conserved(data)
    expect("a late entry explains a count", data["findings"] == [])

    # A mistake is corrected by a further event, and stays in the file.
    wrong = {"lot": "K-2603", "vials": 1, "reason": "broken", "by": "pharmacist-1", "witness": "nurse-2"}
    with_lines(DAY, line("x1", EVENING, "destroyed", wrong))
    expect("a vial destroyed", balance(file)["lots"][0]["destroyed_mL"] == 10)
    with_lines(file, line("x2", EVENING, "entered_in_error", {"event": "x1", "reason": "another box"}))
    expect("a correction takes it out of the sums", balance(file)["lots"][0]["destroyed_mL"] == 0)

    # What stays too long, expires or is not counted.
    days = balance(DAY, "2026-03-20T00:00:00Z", status=1)
    expect("counts are due", [f["kind"] for f in days["findings"]] == ["count_overdue"] * 2)
    expired = balance(DAY, "2027-09-01T00:00:00Z", status=1)
    expect("stock expires", "expired_stock" in {f["kind"] for f in expired["findings"]})

    # What cannot be is set aside with its line, its field and the reason; the rest is added up.
    for body, where, why in (
            ({"vial": "v2", "volume": mL(1), "reason": "x", "by": "nurse-1", "witness": "Nurse-1"}, "body.witness", "name another"),
            ({"vial": "v2", "volume": mL(1), "reason": "x", "by": "nurse-1"}, "body.witness", "'witness' is missing"),
            ({"vial": "v2", "volume": mL(0.001), "reason": "x", "by": "nurse-1", "witness": "nurse-2"}, "body.volume", "the book has"),
            ({"vial": "v9", "volume": mL(1), "reason": "x", "by": "nurse-1", "witness": "nurse-2"}, "body.vial", "no vial 'v9'"),
            ({"vial": "v2", "volume": {"value": 1, "unit": "mg"}, "reason": "x", "by": "nurse-1", "witness": "nurse-2"},
             "body.volume.unit", "in mL")):
        done = run(with_lines(DAY, line("y1", EVENING, "wasted", body)), "--now", EVENING, "--format", "json")
        expect(f"{why}: ends with 3", done.returncode == 3)
        expect(f"{why}: the line and the field are named: {done.stderr}", f"line 21: {where}: " in done.stderr and why in done.stderr)
        data = json.loads(done.stdout, parse_float=Decimal)
        expect(f"{why}: it is in the report, and not in the sums",
               data["set_aside"][0]["line"] == 21 and data["lots"][0]["held_mL"] == 90)
    done = run(with_lines(DAY, "not JSON"), "--now", EVENING)
    expect("text says what was set aside", done.returncode == 3 and "Set aside, and not in the sums" in done.stdout)

    # The patient's record says what was given; the ledger says what left the syringe.
    def record(given, session="s-101"):
        lines = [{"format": "evenkeel.record", "version": 1, "patient": "patient-a"}]
        for clock, kind, body in (
                ("09:10", "session_started", {"session": session, "route": "intravenous", "drug": "racemic-ketamine",
                                              "dose": {"value": 35, "unit": "mg", "as": "base"},
                                              "infusion_length": {"value": 40, "unit": "min"},
                                              "weight": {"value": 70, "unit": "kg"}}),
                ("09:50", "session_ended", {"session": session, "completion": "completed",
                                            "given": {"value": given, "unit": "mg", "as": "base"}})):
            at = f"2026-03-02T{clock}:00Z"
            lines.append({"id": f"r{len(lines)}", "patient": "patient-a", "at": at, "recorded_at": at,
                          "recorded_by": "nurse-1", "kind": kind, "body": body})
        place = Path(folder) / "record.jsonl"
        place.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
        return place

    done = run(DAY, "--now", EVENING, "--record", record(35), "--format", "json")
    expect(f"0.70 mL of 50 mg/mL are the record's 35 mg: {done.stderr}", done.returncode == 0)
    check = json.loads(done.stdout)["reconciled"]
    expect("and the session is named", [(c["session"], c["agrees"], c["difference_mg"]) for c in check] == [("s-101", True, 0)])
    done = run(DAY, "--now", EVENING, "--record", record(34.5))
    expect("half a mg more left the syringe", done.returncode == 1 and "0.5 mg more" in " ".join(done.stdout.split()))
    expect("and it is not said that nothing is to be looked at", "Nothing:" not in done.stdout)
    done = run(DAY, "--now", EVENING, "--record", record(35, "s-999"), "--format", "json")
    expect("a session that the other has not", done.returncode == 1 and
           [c["agrees"] for c in json.loads(done.stdout)["reconciled"]] == [False, False])
    expect("a record that cannot be read", run(DAY, "--now", EVENING, "--record", DAY).returncode == 3)

    file.write_text('{"format": "evenkeel.record", "version": 1, "patient": "p"}\n', encoding="utf-8")
    expect("a record is no ledger", run(file).returncode == 3)
    expect("a missing file", run(Path(folder) / "none.jsonl").returncode == 5)
    expect("a folder", run(folder).returncode == 5)
    copy = Path(folder) / "out.json"
    expect("it writes a file", run(DAY, "--now", EVENING, "--format", "json", "-o", copy).returncode == 0 and
           json.loads(copy.read_text())["site"] == "example-clinic")
    with_lines(DAY)
    before = file.read_bytes()
    expect("never over the ledger", run(file, "-o", file).returncode == 2 and file.read_bytes() == before)

expect("from standard input", run("-", "--now", EVENING, input=DAY.read_text()).returncode == 0)
for usage in ((), (DAY, "--now", "yesterday"), (DAY, "--format", "html"), (DAY, "--colour", "red")):
    expect(f"wrong usage {usage}", run(*usage).returncode == 2)
print("the ledger keeps its promises")
