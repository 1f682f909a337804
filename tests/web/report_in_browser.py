#!/usr/bin/env python3
"""Opens the report of each example in a browser and looks at it as a reader would.

    report_in_browser.py PROGRAM SOURCE_DIR

For each example the program writes the HTML report as of its last event. Chromium lays it out 390 and
1280 pixels wide and prints it. Checked: no sideways scrolling, one h1, a title for every plot and a name
for every image, a caption for every table, links that lead somewhere, nothing fetched, no script, and a
PDF of 1 to 16 pages. Every fault is printed; exit status 1 when there is one, also when the browser or
an example is missing: this test never passes unseen.
"""

import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BROWSER = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
EXAMPLES = ["steady-course", "warning-course", "measured-course"]
WIDTHS = [390, 1280]
PAGES = range(1, 17)

# Runs in the wrapper page, never in the report: the report's own policy forbids scripts.
MEASURE = """
addEventListener("load", () => {
  const seen = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, root = page.documentElement;
    const all = selector => [...page.querySelectorAll(selector)];
    const text = id => page.getElementById(id)?.textContent.trim() || "";
    const named = e => e.getAttribute("aria-hidden") === "true" || e.getAttribute("aria-label") ||
      e.getAttribute("alt") || (e.getAttribute("aria-labelledby") || "").split(" ").some(text);
    const where = e => e.outerHTML.slice(0, 120);
    const width = root.clientWidth;
    const inScroller = e => { const s = e.closest(".scroll"); return s !== null && s !== e; };
    const ids = all("[id]").map(e => e.id);
    return {
      width: frame.clientWidth, clientWidth: width, scrollWidth: root.scrollWidth,
      bodyWidth: page.body.scrollWidth, textLength: page.body.innerText.length,
      tooWide: all("body *").filter(e => !inScroller(e) && !e.closest("svg") &&
        e.getBoundingClientRect().right > width + 0.5).map(where).slice(0, 3),
      h1: all("h1").length, main: all("main").length, lang: root.lang,
      plots: all("svg").length,
      untitled: all("svg").filter(e => !e.querySelector(":scope > title")?.textContent.trim()).map(where),
      unnamed: all("svg, img, [role=img]").filter(e => !named(e)).map(where),
      uncaptioned: all("table").filter(e => !e.caption?.textContent.trim()).map(where),
      unscoped: all("th").filter(e => !e.scope).map(where),
      deadLinks: all("a[href]").map(e => e.getAttribute("href"))
        .filter(href => !href.startsWith("#") || !page.getElementById(href.slice(1))),
      sameIds: ids.filter((id, i) => ids.indexOf(id) !== i),
      scripts: page.scripts.length,
      emptyCells: all("td, dd").filter(e => !e.textContent.trim()).map(where),
      smallText: all("svg text").filter(e => e.getClientRects().length > 0).map(e =>
        parseFloat(frame.contentWindow.getComputedStyle(e).fontSize) * (e.getScreenCTM()?.a || 1))
        .filter(size => size < 9).length,
    };
  });
  const out = document.createElement("pre");
  out.id = "seen";
  out.textContent = JSON.stringify(seen);
  document.body.append(out);
});
"""

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def browse(arguments):
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run([BROWSER, *FLAGS, f"--user-data-dir={profile}", *arguments],
                              capture_output=True, timeout=120, check=False)


def write_report(program, source, example, folder):
    record = source / "examples" / f"{example}.jsonl"
    now = json.loads(record.read_text(encoding="utf-8").strip().splitlines()[-1])["recorded_at"]
    report = folder / f"{example}.html"
    done = subprocess.run([program, "assess", record, "--now", now, "--format", "html", "-o", report,
                           "--content", source / "content"], capture_output=True, text=True, check=False)
    if done.returncode != 0 or not report.exists():
        fault(example, f"the program ended with {done.returncode}: {done.stderr.strip()}")
        return None
    return report


def check_text(example, markup):
    """What the file holds, without a browser."""
    for pattern, what in [(r"<script", "a script"), (r"<link\b", "a link element"), (r"@import", "an import"),
                          (r"url\(", "a url() in the style"),
                          (r"""\b(?:src|href|action|srcset|poster|data)\s*=\s*["']?\s*(?:https?:|//|data:|file:)""",
                           "something to fetch"),
                          (r"\son[a-z]+\s*=\s*[\"']", "an event handler")]:
        found = re.search(pattern, markup)
        if found:
            fault(example, f"the file holds {what}: {markup[found.start():found.start() + 80]!r}")
    if "default-src 'none'" not in markup:
        fault(example, "the file has no content security policy")


def look(example, markup, folder):
    """The browser's measurements at each width."""
    frames = "".join(f'<iframe style="border:0;width:{width}px;height:900px" '
                     f'srcdoc="{html.escape(markup, quote=True)}"></iframe>' for width in WIDTHS)
    wrapper = folder / f"{example}-wrapper.html"
    wrapper.write_text(f"<!doctype html><meta charset=utf-8><body><script>{MEASURE}</script>{frames}",
                       encoding="utf-8")
    done = browse(["--dump-dom", "--virtual-time-budget=10000", wrapper.as_uri()])
    found = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout.decode("utf-8", "replace"), re.DOTALL)
    if not found:
        fault(example, f"the browser measured nothing: {done.stderr.decode('utf-8', 'replace')[-400:]}")
        return []
    return json.loads(html.unescape(found.group(1)))


def check_layout(example, seen):
    if [page["width"] for page in seen] != WIDTHS:
        fault(example, f"the browser showed other widths than {WIDTHS}")
    for page in seen:
        where = f"{example} at {page['width']} px"
        if page["textLength"] < 500:
            fault(where, "the page is all but empty")
        if max(page["scrollWidth"], page["bodyWidth"]) > page["clientWidth"] or page["tooWide"]:
            fault(where, f"scrolls sideways: {page['scrollWidth']} of {page['clientWidth']} px; {page['tooWide']}")
        for name in ("h1", "main"):
            if page[name] != 1:
                fault(where, f"there are {page[name]} {name} elements, not one")
        if page["lang"] != "en":
            fault(where, f"the language is {page['lang']!r}")
        if page["plots"] == 0:
            fault(where, "there is no plot")
        for name in ("untitled", "unnamed", "uncaptioned", "unscoped", "deadLinks", "sameIds", "emptyCells"):
            if page[name]:
                fault(where, f"{name}: {page[name][:3]}")
        if page["scripts"] or page["smallText"]:
            fault(where, f"{page['scripts']} script(s); {page['smallText']} label(s) below 9 px in plots")


def check_print(example, report, folder):
    pdf = folder / f"{example}.pdf"
    browse(["--no-pdf-header-footer", f"--print-to-pdf={pdf}", report.as_uri()])
    if not pdf.exists() or not pdf.read_bytes().startswith(b"%PDF-"):
        fault(example, "it does not print")
        return
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))
    if pages not in PAGES:
        fault(example, f"it prints on {pages} pages, not on {PAGES.start} to {PAGES.stop - 1}")


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    if not pathlib.Path(BROWSER).exists():
        print(f"{BROWSER} is not installed; this test needs it")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for example in EXAMPLES:
            report = write_report(program, source, example, folder)
            if report is None:
                continue
            markup = report.read_text(encoding="utf-8")
            check_text(example, markup)
            check_layout(example, look(example, markup, folder))
            check_print(example, report, folder)
    for line in faults:
        print(line)
    print(f"{len(EXAMPLES)} reports, {len(faults)} fault(s)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
