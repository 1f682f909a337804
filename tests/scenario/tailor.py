"""What `evenkeel individualise`, `plan` and `assess --site` promise.   usage: tailor.py PROGRAM SOURCE_DIR"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = sys.argv[1], Path(sys.argv[2])
measured = source / "examples/measured-course.jsonl"
steady = source / "examples/steady-course.jsonl"
site = source / "examples/site.json"
then = ("--now", "2026-03-05T12:00:00Z")
during = ("--now", "2026-09-09T08:00:00Z")


def run(command, *arguments):
    return subprocess.run([program, command, *map(str, arguments)], capture_output=True, text=True, timeout=100)


def expect(what, condition):
    if not condition:
        sys.exit(f"not so: {what}")


def narrow(text):
    return all(len(line) <= 80 for line in text.splitlines())


# One patient's own parameters.
done = run("individualise", measured, *then)
expect("an estimate ends with 0", done.returncode == 0)
expect("80 columns", narrow(done.stdout))
expect("it proposes no dose", "It proposes no dose" in done.stdout)
found = json.loads(run("individualise", measured, *then, "--format", "json").stdout)
first = found["models"][0]
expect("the model that uses most measurements comes first", first["model"] == "otto-2021")
expect("all sixteen are used", first["found"]["measured"] == 16 and first["found"]["fits"])
clearance = next(p for p in first["found"]["parameters"] if p["name"] == "CL")
expect("the measurements narrow the clearance", clearance["shrinkage"] < 0.3)
expect("the interval holds the most likely value",
       clearance["posterior"]["p5"] < clearance["most_likely"] < clearance["posterior"]["p95"])
again = run("individualise", measured, *then, "--format", "json")
expect("the same bytes again", json.loads(again.stdout) == found)
expect("another seed, other draws", json.loads(run("individualise", measured, *then, "--seed", 2, "--format", "json")
                                               .stdout) != found)

# A wrong unit: a value a thousand times too high is named, and the unit is suggested.
with tempfile.TemporaryDirectory() as folder:
    wrong = Path(folder) / "wrong.jsonl"
    lines = measured.read_text().splitlines()
    lines[6] = re.sub(r'"value": 27,', '"value": 27000,', lines[6])
    wrong.write_text("\n".join(lines) + "\n")
    told = run("individualise", wrong, *then, "--model", "otto-2021")
    words = " ".join(told.stdout.split())
    row = next(line for line in told.stdout.splitlines() if line.split()[:1] == ["e006"])
    expect("the outlier is named", row.endswith(("outlier", "set aside")))
    expect("a wrong unit is suggested", "27.0 ng/mL" in words)
    page = Path(folder) / "patient.html"
    expect("a page is written", run("individualise", measured, *then, "--format", "html", "-o", page).returncode == 0)
    expect("the page has no script and fetches nothing", not re.search(r"<script|<link|<img|src=|href=.http|url\(",
                                                                       page.read_text()))
    record = Path(folder) / "record.jsonl"
    record.write_text(measured.read_text())
    expect("a record is never written over", run("individualise", record, "-o", record).returncode == 2)

# When to draw next.
when = run("individualise", measured, *then, "--tell", "CL", "--sample-between",
           "2026-03-05T13:00:00Z/2026-03-05T15:00:00Z")
expect("a time within the hours", re.search(r"WHEN TO DRAW NEXT.*2026-03-05 1[345]:", when.stdout, re.S))
expect("hours that cannot be read are a usage fault",
       run("individualise", measured, "--sample-between", "9 to 5").returncode == 2)

# A model that states no scatter of assays, and a model that says nothing of how patients differ.
expect("no weight without a scatter", run("individualise", measured, *then, "--model", "fanta-2015").returncode == 3)
expect("an assumed one is said", "20 % is assumed" in
       " ".join(run("individualise", measured, *then, "--model", "fanta-2015", "--assumed-error", 20).stdout.split()))
expect("no spread, no estimate", run("individualise", steady, "--model", "domino-1982").returncode == 4)
expect("an unknown model", run("individualise", measured, "--model", "nobody-1900").returncode == 2)

# The next dose.
done = run("plan", steady, "--site", site, *during, "--peak", "60 to 300 ng/mL arterial racemic-ketamine, 80 %")
expect("candidates end with 0", done.returncode == 0)
expect("80 columns", narrow(done.stdout))
expect("limits are named", "dose per body weight: at most 0.5 mg/kg, plan" in done.stdout)
answer = json.loads(run("plan", steady, "--site", site, *during, "--format", "json").stdout)["next_dose"]
expect("without an aim the plan's dose alone", [c["mg"] for c in answer["candidates"]] == [35])
expect("it starts within the clinic's hours", answer["start"] == "2026-09-11T08:00:00Z")
expect("no candidate above the plan", all(c["mg_per_kg"] <= 0.5 for c in answer["candidates"]))
expect("a transcript for replay", answer["transcript"] != "" and answer["what_if_transcript"] != "")
up = next(row for row in answer["what_if"] if row["words"].startswith("a step up"))
expect("a rise needs its reason", any("reason" in c for c in up["conditions"]))
expect("models give a range", all(o["peak_low_ng_per_mL"] < o["peak_high_ng_per_mL"] for row in answer["what_if"]
                                  for o in row["over_models"]))
stale = run("plan", steady, "--site", site, "--now", "2026-12-01T09:00:00Z")
expect("stale input: no advice, and it ends with 4", stale.returncode == 4 and "NO ADVICE, BECAUSE" in stale.stdout)
expect("what is stale is named", "weight is stale" in " ".join(stale.stdout.split()))
over = run("plan", steady, "--site", site, *during, "--doses", "0.5:0.7:0.1", "--lengths", "40")
expect("above the plan is refused, never clamped", "refused: dose per body weight" in " ".join(over.stdout.split()))
expect("a site file is needed", run("plan", steady).returncode == 2)
expect("an aim that cannot be read", run("plan", steady, "--site", site, "--peak", "more").returncode == 2)

# In the assessment.
done = run("assess", measured, *then)
expect("an assessment uses the measurements", "MEASURED, BESIDE WHAT IS EXPECTED" in done.stdout)
done = run("assess", steady, *during, "--site", site)
expect("an assessment holds the next dose", "NEXT DOSE, FOR" in done.stdout and narrow(done.stdout))
print("as promised")
