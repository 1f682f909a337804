#!/usr/bin/env python3
"""Opens the page for patients in a browser, as a patient on a telephone, at a desk and on paper would.

    patient_page_in_browser.py PROGRAM SOURCE_DIR

The same checks as report_in_browser.py makes of a report, but that there are no plots and that a number may be
dialled. Checked besides: no percentage anywhere, the lines of the country that was asked for, a warning where
they were checked long ago, and at most four sheets of paper. Exit status 1 when there is a fault.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import report_in_browser as browser

# Name, arguments, what the page must say, what it must not.
PAGES = [("now", ["--country", "US", "--now", "2026-12-01T00:00:00Z"], ["988", "tel:988"], ["not within the last"]),
         ("old", ["--country", "US", "--now", "2027-06-01T00:00:00Z"], ["not within the last 31 days"], []),
         ("elsewhere", ["--country", "NZ", "--now", "2026-12-01T00:00:00Z"], ["has been verified here"], ["tel:"])]
MOST_SHEETS = 4


def check_layout(name, seen):
    if [page["width"] for page in seen] != browser.WIDTHS:
        browser.fault(name, f"the browser showed other widths than {browser.WIDTHS}")
    for page in seen:
        where = f"{name} at {page['width']} px"
        if max(page["scrollWidth"], page["bodyWidth"]) > page["clientWidth"] or page["tooWide"]:
            browser.fault(where, f"scrolls sideways: {page['scrollWidth']} px; {page['tooWide']}")
        if page["h1"] != 1 or page["main"] != 1 or page["lang"] != "en" or page["scripts"]:
            browser.fault(where, f"h1 {page['h1']}, main {page['main']}, lang {page['lang']}, {page['scripts']} scripts")
        dead = [link for link in page["deadLinks"] if not link.startswith("tel:")]
        if dead or page["sameIds"]:
            browser.fault(where, f"links that lead nowhere {dead[:3]}, ids twice {page['sameIds'][:3]}")


def check_paper(name, page, folder):
    pdf = folder / f"{name}.pdf"
    browser.browse(["--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()])
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes())) if pdf.exists() else 0
    if not 1 <= sheets <= MOST_SHEETS:
        browser.fault(name, f"it prints on {sheets} sheets, not on 1 to {MOST_SHEETS}")


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for name, arguments, says, never in PAGES:
            page = folder / f"{name}.html"
            done = subprocess.run([program, "patient-page", *arguments, "--format", "html", "-o", page, "--content",
                                   source / "content"], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                browser.fault(name, f"the program ended with {done.returncode}: {done.stderr.strip()}")
                continue
            markup = page.read_text(encoding="utf-8")
            browser.check_text(name, markup)
            body = markup[markup.index("<body>"):]
            for words in says:
                if words not in body:
                    browser.fault(name, f"does not say {words!r}")
            for words in [*never, "%"]:
                if words in body:
                    browser.fault(name, f"says {words!r}")
            check_layout(name, browser.look(name, markup, folder))
            check_paper(name, page, folder)
    for line in browser.faults:
        print(line)
    print(f"{len(PAGES)} pages, {len(browser.faults)} fault(s)")
    return 1 if browser.faults else 0


if __name__ == "__main__":
    sys.exit(main())
