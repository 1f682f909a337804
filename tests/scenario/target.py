"""What `evenkeel target` promises on the command line.   usage: target.py PROGRAM SOURCE_DIR"""
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

program = sys.argv[1]
PUMP = ("--strength", "1 mg/mL", "--pump-max", "1200 mL/h", "--rate-step", "0.1 mL/h", "--syringe", "50 mL")
KAMP = ("--model", "kamp-2020", "--patient", "weight=70,age=40")
DOMINO = ("--model", "domino-1982", "--patient", "weight=70,age=40")
HOUR = ("--target", "100ng/mL@0,150ng/mL@20min", "--until", "60min")
ANI = ("--effect-site", "antinociception-index-navarrete-2025")


def run(*arguments):
    return subprocess.run([program, "target", *map(str, arguments)], capture_output=True, text=True, timeout=50)


def expect(what, condition):
    if not condition:
        sys.exit(f"not so: {what}")


def plan(*arguments):
    done = run(*arguments, "--format", "json")
    expect(f"a plan is made: {done.stderr}", done.returncode == 0)
    return json.loads(done.stdout)


# The text a pump is set by.
text = run(*KAMP, *HOUR, *PUMP, "--by-hand", "5min", "--within", "10%")
expect("a plan ends with 0", text.returncode == 0 and text.stderr == "")
expect("the first line says what it is", text.stdout.splitlines()[0] ==
       "A plan for people: no pump is controlled. A clinician decides.")
expect("text keeps to 80 columns", max(map(len, text.stdout.splitlines())) <= 80)
expect("the model's known defects are said", "Never read a single time to recovery" in text.stdout)

# Updates of ten seconds, and by hand.
fine = plan(*KAMP, *HOUR, *PUMP)
hand = plan(*KAMP, *HOUR, *PUMP, "--by-hand", "5min", "--within", "10%")
expect("few changes by hand", len(hand["rates"]) <= 8 < 100 < len(fine["rates"]))
for data in (fine, hand):
    rates = data["rates"]
    expect("rates leave no gap", all(a["to_min"] == b["from_min"] for a, b in zip(rates, rates[1:])))
    expect("rates are whole steps", all(math.isclose(r["mL_h"] * 10, round(r["mL_h"] * 10), abs_tol=1e-6) for r in rates))
    volume = sum(r["mL_h"] * (r["to_min"] - r["from_min"]) / 60 for r in rates)
    expect("the volume is that of the rates", math.isclose(volume, data["volume_mL"], rel_tol=1e-6))
    expect("per kg", math.isclose(data["dose_mg_kg"] * 70, data["dose_mg"], rel_tol=1e-9))
    expect("each target is reached", all(t["reached_min"] is not None for t in data["targets"]))
expect("held close", all(abs(t["lowest_ng_mL"] / t["target_ng_mL"] - 1) < 0.003 for t in fine["targets"]))
expect("the same question, the same plan", plan(*KAMP, *HOUR, *PUMP) == fine)

# Twice the strength is half the flow.
strong = plan(*KAMP, *HOUR, "--strength", "2 mg/mL", *PUMP[2:], "--by-hand", "5min", "--within", "10%")
expect("twice the strength, half the volume", math.isclose(strong["volume_mL"] * 2, hand["volume_mL"], rel_tol=0.02))

# An effect site, its range of delays, and a ceiling on plasma.
site = plan(*DOMINO, *HOUR, *PUMP, *ANI)
expect("plasma is loaded far above", site["targets"][0]["highest_plasma_ng_mL"] > 500)
expect("the effect site is not passed", site["targets"][0]["highest_ng_mL"] <= 100.0001)
expect("published delays are shown", [r["under"] for r in site["ranges"]] ==
       ["the shortest published delay", "the longest published delay"])
expect("and that they are uncertain", any("uncertain" in c for c in site["caveats"]))
low = plan(*DOMINO, *HOUR, *PUMP, *ANI, "--plasma-max", "300ng/mL")
expect("a ceiling holds", max(low["course"]["plasma_ng_mL"]) <= 300.0001 and low["bound"][0]["by"] == "plasma_at_most")
given = plan(*DOMINO, *HOUR, *PUMP, "--effect-site", "3.5min")
expect("a half-life of one's own is said to be that", any("user's own number" in c for c in given["caveats"]))

# Other persons and other models.
others = plan(*KAMP, *HOUR, *PUMP, "--subjects", 50, "--seed", 1, "--beside", "domino-1982")["ranges"]
expect("a band and another model", [bool(r["low_ng_mL"]) for r in others] == [True, False])
expect("the band holds its middle", all(a <= b <= c for a, b, c in zip(others[0]["low_ng_mL"], others[0]["middle_ng_mL"],
                                                                       others[0]["high_ng_mL"])))
expect("models differ", abs(others[1]["middle_ng_mL"][-1] / fine["course"]["plasma_ng_mL"][-1] - 1) > 0.05)
page = run(*KAMP, *HOUR, *PUMP, "--by-hand", "5min", "--format", "html")
expect("a page is whole", page.stdout.startswith("<!doctype html>") and page.stdout.rstrip().endswith("</html>"))

# What is refused, how, and with which status.
for status, message, given in (
        (2, "--model", (*PUMP, *HOUR, "--patient", "weight=70")),
        (2, "no model 'nobody'", ("--model", "nobody", "--patient", "weight=70", *HOUR, *PUMP)),
        (2, "does not say from when", (*KAMP, "--target", "100ng/mL", "--until", "60min", *PUMP)),
        (2, "is not a number above zero and a unit", (*KAMP, "--target", "100@0", "--until", "60min", *PUMP)),
        (2, "is not a number above zero and a unit", (*KAMP, "--target", "nan ng/mL@0", "--until", "60min", *PUMP)),
        (2, "such as '1 mg/mL'", (*KAMP, *HOUR, "--strength", "1", *PUMP[2:])),
        (2, "such as '1200 mL/h'", (*KAMP, *HOUR, *PUMP[:2], "--pump-max", "1200 mL", *PUMP[4:])),
        (2, "--within", (*KAMP, *HOUR, *PUMP, "--within", "0.1")),
        (2, "--seed", (*KAMP, *HOUR, *PUMP, "--subjects", 9)),
        (2, "--plasma-max", (*KAMP, *HOUR, *PUMP, "--plasma-max", "300ng/mL")),
        (2, "give a weight", ("--model", "kamp-2020", "--patient", "age=40", *HOUR, *PUMP)),
        (2, "no delay was published", ("--model", "simons-2022", "--patient", "weight=70", *HOUR, *PUMP,
                                       "--effect-site", "drug-high-simons-2022")),
        (2, "or a half-life such as 3min", (*KAMP, *HOUR, *PUMP, "--effect-site", "nobody")),
        (2, "states no spread", (*DOMINO, *HOUR, *PUMP, "--subjects", 9, "--seed", 1)),
        (2, "another drug", (*KAMP, *HOUR, *PUMP, "--beside", "otto-2021")),
        (3, "--target[0]: 50000 ng/mL cannot be held", (*KAMP, "--target", "50ug/mL@0", "--until", "60min", *PUMP)),
        (3, "is not reached within 5 %", (*KAMP, "--target", "150ng/mL@0", "--until", "5min", *PUMP[:2],
                                          "--pump-max", "20 mL/h", *PUMP[4:])),
        (3, "--until: 1500 min", (*KAMP, "--target", "100ng/mL@0", "--until", "25h", *PUMP)),
        (3, "--every: 5 min is long beside", (*DOMINO, *HOUR, *PUMP, "--effect-site", "3.5min", "--every", "5min")),
        (3, "--by-hand", (*KAMP, *HOUR, *PUMP, "--by-hand", "15s")),
        (3, "--target[1]", (*KAMP, *HOUR, *PUMP, "--by-hand", "15min")),
        (4, "is for children", ("--model", "herd-2007", "--patient", "weight=40,age=10", *HOUR, *PUMP)),
        (4, "outside 40 to 160 kg", ("--model", "kamp-2020", "--patient", "weight=700", *HOUR, *PUMP)),
        (4, "outside", ("--model", "kamp-2020", "--patient", "weight=70,age=12", *HOUR, *PUMP)),
        (4, "", ("--model", "kamp-2020", "--patient", "weight=70", *HOUR, *PUMP, "--effect-site", "sedation-herd-2008"))):
    done = run(*given)
    expect(f"status {status} for {message}: {done.returncode} {done.stderr}", done.returncode == status and message in done.stderr)
    expect("nothing is printed beside a refusal", done.stdout == "")

with tempfile.TemporaryDirectory() as folder:
    into = Path(folder) / "plan.html"
    expect("a plan is written", run(*KAMP, *HOUR, *PUMP, "--format", "html", "-o", into).returncode == 0 and into.exists())
    expect("what cannot be written is status 5", run(*KAMP, *HOUR, *PUMP, "-o", Path(folder) / "no" / "plan").returncode == 5)
expect("help has examples", "evenkeel target --model" in run("--help").stdout)
print("target keeps its promises")
