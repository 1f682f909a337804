#!/usr/bin/env python3
"""Opens the pages of models, their index, a simulation, target schedules, one patient's own parameters and the next
dose in a browser and looks at them as a reader would.

    pages_in_browser.py PROGRAM SOURCE_DIR [--all]

Without --all two models stand for the others. The same checks as report_in_browser.py makes of a report. Links from the index lead to pages that were
written beside it. Every fault is printed; exit status 1 when there is one.
"""

import pathlib
import subprocess
import sys
import tempfile

import report_in_browser as browser

# The plainest that is used most, the one with the most in it, and the index; then one and two compartments, a chain,
# depots, and a general model.
PAGES = ["kamp-2020", "simons-2022", "index"]
OTHERS = ["kamp-2020-means", "herd-2007", "otto-2021", "perez-ruixo-2021", "three-compartment-absorption"]
SIMULATION = ["examples/six-infusions.json", "--model", "kamp-2020,domino-1982", "--patient", "weight=70,age=40",
              "--every", "30min", "--until", "14d", "--format", "html"]

TARGET = ["target", "--patient", "weight=70,age=40", "--target", "100ng/mL@0,150ng/mL@20min,80ng/mL@40min", "--until",
          "60min", "--strength", "1 mg/mL", "--pump-max", "1200 mL/h", "--rate-step", "0.1 mL/h", "--syringe", "50 mL",
          "--format", "html"]
TARGETS = {"target-by-hand": ["--model", "kamp-2020", "--by-hand", "5min", "--within", "10%", "--subjects", "50", "--seed",
                              "1", "--beside", "domino-1982"],
           "target-effect-site": ["--model", "domino-1982", "--effect-site", "antinociception-index-navarrete-2025"]}
TAILORED = {"individual": ["individualise", "examples/measured-course.jsonl", "--now", "2026-03-05T12:00:00Z"],
            "next-dose": ["plan", "examples/steady-course.jsonl", "--site", "examples/site.json", "--now",
                          "2026-09-09T08:00:00Z", "--peak", "60 to 300 ng/mL arterial racemic-ketamine, 80 %"]}


def run(name, *arguments):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        browser.fault(name, f"the program ended with {done.returncode}: {done.stderr.strip()}")
    return done.returncode == 0


def look_at(name, page, folder):
    if not page.exists():
        browser.fault(name, "the page was not written")
        return
    markup = page.read_text(encoding="utf-8")
    seen = browser.look(name, markup, folder)
    for width in seen:
        width["deadLinks"] = [link for link in width["deadLinks"]
                              if link.startswith("#") or not (folder / link).exists()]
    browser.check_text(name, markup)
    browser.check_layout(name, seen)
    browser.check_print(name, page, folder)


def main():
    more = sys.argv[3:] == ["--all"]
    if len(sys.argv) != (4 if more else 3):
        print(__doc__)
        return 2
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    models = PAGES + OTHERS if more else PAGES
    if not pathlib.Path(browser.BROWSER).exists():
        print(f"{browser.BROWSER} is not installed; this test needs it")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        content = ["--content", source / "content"]
        run("pages", program, "content", "page", "--all", "-o", folder, *content)
        run("simulation", program, "simulate", source / SIMULATION[0], *SIMULATION[1:], "-o",
            folder / "simulation.html", *content)
        for page, own in TARGETS.items():
            run(page, program, *TARGET, *own, "-o", folder / f"{page}.html", *content)
        for page, words in TAILORED.items():
            words = [source / word if word.startswith("examples/") else word for word in words]
            run(page, program, *words, "--format", "html", "-o", folder / f"{page}.html", *content)
        for page in [*models, "simulation", *TARGETS, *TAILORED]:
            look_at(page, folder / f"{page}.html", folder)
    for line in browser.faults:
        print(line)
    print(f"{len(models) + 1 + len(TARGETS) + len(TAILORED)} pages, {len(browser.faults)} fault(s)")
    return 1 if browser.faults else 0


if __name__ == "__main__":
    sys.exit(main())
