"""What `evenkeel simulate` promises on the command line.   usage: simulate.py PROGRAM SOURCE_DIR"""
import csv
import io
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = sys.argv[1], Path(sys.argv[2])
six = source / "examples/six-infusions.json"


def run(*arguments, stdin=None):
    return subprocess.run([program, "simulate", *map(str, arguments)], input=stdin, capture_output=True, text=True,
                          timeout=50)


def rows(done):
    return list(csv.DictReader(io.StringIO(done.stdout)))


def expect(what, condition):
    if not condition:
        sys.exit(f"not so: {what}")


# A regimen, one patient: the published profile of 35 mg over 40 min (anchor 5.2, Kamp 2020).
done = run(six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "10min,40min,6h")
expect("a simulation ends with 0", done.returncode == 0)
expect("the heading names unit and output", done.stdout.startswith("ID,TIME,ketamine_arterial_ng_mL\n"))
expect("the model's known defects are said beside it", "kamp-2020: " in done.stderr and "Never read" in done.stderr)
expect("Kamp's profile", [round(float(r["ketamine_arterial_ng_mL"])) for r in rows(done)] == [155, 253, 16])

# Subjects: the seventeenth is the same among twenty and among thirty, on one thread and on two.
few = run(six, "--model", "simons-2022", "--patient", "weight=70", "--at", "40min,2h", "--subjects", 20, "--seed", 7,
          "--threads", 1)
many = run(six, "--model", "simons-2022", "--patient", "weight=70", "--at", "40min,2h", "--subjects", 30, "--seed", 7,
           "--threads", 2)
expect("a subject does not depend on how many there are",
       [r for r in rows(few) if r["ID"] == "17"] == [r for r in rows(many) if r["ID"] == "17"])
expect("subjects differ", len({r["esketamine_arterial_ng_mL"] for r in rows(few)}) == 40)
expect("another seed, other subjects", rows(few) != rows(run(six, "--model", "simons-2022", "--patient", "weight=70",
                                                             "--at", "40min,2h", "--subjects", 20, "--seed", 8)))

# Percentiles of curves that were also printed.
arguments = (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "40min", "--subjects", 101, "--seed", 3)
curves = sorted(float(r["ketamine_arterial_ng_mL"]) for r in rows(run(*arguments)))
exact = rows(run(*arguments, "--percentiles", "0,50,100", "--exact"))[0]
for name, value in (("p0", curves[0]), ("p50", curves[50]), ("p100", curves[-1])):
    expect(f"an exact {name}", math.isclose(float(exact["ketamine_arterial_ng_mL_" + name]), value, rel_tol=1e-9))
close = rows(run(*arguments, "--percentiles", "50"))[0]
expect("a median within its error", math.isclose(float(close["ketamine_arterial_ng_mL_p50"]), curves[50], rel_tol=2e-3))

# Two models side by side, and a report of each kind.
two = run(six, "--model", "kamp-2020,domino-1982", "--patient", "weight=70", "--at", "40min")
expect("two models stand side by side", [round(float(x)) for x in list(rows(two)[0].values())[2:]] == [253, 240])
report = run(six, "--model", "otto-2021", "--patient", "weight=70", "--every", "10min", "--until", "6h", "--subjects", 50,
             "--seed", 1, "--format", "json")
data = json.loads(report.stdout)
quantities = {(q["output"], q["quantity"]): q["values"] for q in data["models"][0]["quantities"]}
expect("a peak lies within the times", max(quantities[("esketamine-venous", "Tmax")]) <= 6.0)
expect("no more doses count than were reached", 140 < quantities[("esketamine-venous", "Cmax")][1] < 180)
page = run(six, "--model", "otto-2021", "--patient", "weight=70", "--every", "10min", "--until", "6h", "--format", "html")
expect("a page is whole", page.stdout.startswith("<!doctype html>") and page.stdout.rstrip().endswith("</html>"))
text = run(six, "--model", "otto-2021", "--patient", "weight=70", "--every", "10min", "--until", "6h", "--format", "text")
expect("text keeps to 80 columns", max(map(len, text.stdout.splitlines())) <= 80)

# A table: a row for each record, the dose row after the dose, by any name of the model.
table = "ID,TIME,AMT,CMT,EVID,CL,V,KA\n1,0,100,2,1,5,50,1\n1,10,.,2,0,5,50,1\n"
done = run("-", "--model", "advan2", stdin=table)
values = [float(r["CP"]) for r in rows(done)]
expect("one compartment decays", math.isclose(values[0], 2.0) and math.isclose(values[1], 2 * math.exp(-1.0), rel_tol=1e-12))
done = run("-", "--model", "one-compartment-absorption", "--param", "CL=5,V=50,KA=1",
           stdin="ID TIME AMT CMT\n1 0 100 2\n1 10 . 2\n")
expect("parameters from the command line", math.isclose(float(rows(done)[1]["CP"]), values[1], rel_tol=1e-12))

# Another drug, by the route it was seen with; an effect, where it may be read.
nasal = (six, "--model", "perez-ruixo-2021", "--patient", "weight=70,age=40,asian=no,japanese=no", "--at", "4h")
alone, beside = rows(run(*nasal))[0], rows(run(*nasal, "--interaction", "rifampicin"))[0]
expect("an inducer lowers what is left", float(beside["esketamine_venous_ng_mL"]) < float(alone["esketamine_venous_ng_mL"]))
read = run(six, "--model", "simons-2022", "--patient", "weight=70", "--at", "40min,4h", "--effect", "drug-high-simons-2022")
first = rows(read)[0]
expect("C over C50 of 71.3 ng/mL", math.isclose(float(first["drug-high-simons-2022"]),
                                                float(first["esketamine_arterial_ng_mL"]) / 71.3, rel_tol=1e-3))
expect("and what must be said with it", "steepness was not seen" in read.stderr)

# What is refused, how, and with which status.
for status, message, given, stdin in (
        (2, "--seed", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1h", "--subjects", 9), None),
        (2, "--every", (six, "--model", "kamp-2020", "--patient", "weight=70"), None),
        (2, "no model 'nobody'", (six, "--model", "nobody", "--at", "1h"), None),
        (2, "not a time", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1 fortnight"), None),
        (2, "has no parameter 'CL2'", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1h", "--param", "CL2=1"), None),
        (3, "needs weight", (six, "--model", "kamp-2020", "--at", "1h"), None),
        (4, "outside 40 to 160 kg", (six, "--model", "kamp-2020", "--patient", "weight=700", "--at", "1h"), None),
        (4, "is an effect of esketamine", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1h", "--effect", "drug-high-simons-2022"), None),
        (2, "no interaction 'nobody'", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1h", "--interaction", "nobody"), None),
        (4, "", (six, "--model", "kamp-2020", "--patient", "weight=70", "--at", "1h", "--interaction", "grapefruit-juice"), None),
        (5, "cannot be opened", ("no-such-file", "--model", "kamp-2020"), None),
        (3, "-:3: TIME", ("-", "--model", "advan2"), "ID,TIME,AMT,CMT,CL,V,KA\n1,0,100,2,5,50,1\n1,ten,.,2,5,50,1\n"),
        (3, "-:3", ("-", "--model", "advan1"), "ID,TIME,AMT,CL,V\n1,5,100,5,50\n1,4,100,5,50\n"),
        (3, "CL of model one-compartment is not given", ("-", "--model", "advan1"), "ID,TIME,AMT,V\n1,0,100,50\n"),
        (3, "no steady state", ("-", "--model", "advan1"), "ID,TIME,AMT,SS,II,CL,V\n1,0,100,1,12,0,50\n"),
        (3, "", ("-", "--model", "kamp-2020", "--at", "1h"), "{\"schema\": \"evenkeel.regimen/1\", \"doses\": [}")):
    done = run(*given, stdin=stdin)
    expect(f"status {status} for {message}: {done.returncode} {done.stderr}", done.returncode == status and message in done.stderr)

# A file appears whole or not at all.
with tempfile.TemporaryDirectory() as folder:
    into = Path(folder) / "out.csv"
    bad = run("-", "--model", "advan1", "-o", into, stdin="ID,TIME,AMT,CL,V\n1,0,100,5,50\n2,0,x,5,50\n")
    expect("nothing partial is left", bad.returncode == 3 and not list(Path(folder).iterdir()))
    good = run("-", "--model", "advan1", "-o", into, stdin="ID,TIME,AMT,CL,V\n1,0,100,5,50\n")
    expect("a file is written", good.returncode == 0 and into.read_text() == "ID,TIME,CP\n1,0,2\n")
print("simulate keeps its promises")
