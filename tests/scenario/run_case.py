"""Runs one scenario against the program.   usage: run_case.py PROGRAM SOURCE_DIR CASE.json

A case is JSON:
  "why"      what it promises
  "base"     an example to start from (or "record": a list of lines, objects or texts)
  "until"    keep only the heading and events recorded by this moment
  "edits"    in order: {"line": n, "set": {"path.to.key": value}} | {"line": n, "drop": ["path"]} |
             {"line": n, "text": "..."} | {"line": n, "delete": true} | {"append": {...}} | {"append_text": "..."} |
             {"repeat_text": "x", "times": n}
             Events appended get id, patient and recorded_at when they have none.
  "now", "model"   as on the command line
  "expect"   "exit"; "set_aside": [{"line", "has": [texts]}] (exactly these, in order); "level";
             "rules": {id: outcome}; "finding_has": {rule: [texts]}; "closed": {rule: true};
             "explained": {rule: true} (by the record itself: such a finding raises no level);
             "has": [texts of the text report]; "not": [texts it must not have]; "error_has": [texts];
             "json": {"path.to.value": value}
"""
import json
import subprocess
import sys
from pathlib import Path


def place(tree, path):
    *parents, last = path.split(".")
    for key in parents:
        tree = tree[int(key)] if isinstance(tree, list) else tree[key]
    return tree, int(last) if isinstance(tree, list) else last


def edit(lines, change):
    if "append_text" in change:
        lines.append(change["append_text"])
    elif "repeat_text" in change:
        lines.append(change["repeat_text"] * change["times"])
    elif "append" in change:
        event = dict(change["append"])
        heading = json.loads(lines[0])
        event.setdefault("id", f"x{len(lines) + 1:03}")
        event.setdefault("patient", heading["patient"])
        event.setdefault("recorded_at", event["at"])
        event.setdefault("recorded_by", "tester")
        lines.append(json.dumps(event))
    elif change.get("delete"):
        del lines[change["line"] - 1]
    elif "text" in change:
        lines[change["line"] - 1] = change["text"]
    else:
        tree = json.loads(lines[change["line"] - 1])
        for path, value in change.get("set", {}).items():
            parent, key = place(tree, path)
            parent[key] = value
        for path in change.get("drop", []):
            parent, key = place(tree, path)
            del parent[key]
        lines[change["line"] - 1] = json.dumps(tree)


def build_record(case, source):
    if "base" in case:
        lines = (source / case["base"]).read_text(encoding="utf-8").splitlines()
    else:
        lines = [line if isinstance(line, str) else json.dumps(line) for line in case["record"]]
    if "until" in case:
        lines = lines[:1] + [line for line in lines[1:] if json.loads(line)["recorded_at"] <= case["until"]]
    for change in case.get("edits", []):
        edit(lines, change)
    return "".join(line + "\n" for line in lines)


def run(program, case, record, form):
    command = [program, "assess", "-", "--now", case["now"], "--format", form]
    if "model" in case:
        command += ["--model", case["model"]]
    return subprocess.run(command, input=record.encode(), capture_output=True, timeout=50)


def check_set_aside(expected, found, faults):
    seen = [f"line {row['line']}: {row['error']['where']}: {row['error']['what']}" for row in found]
    if len(expected) != len(found):
        faults.append(f"set aside {len(found)}, expected {len(expected)}: {seen}")
        return
    for want, row, text in zip(expected, found, seen):
        if want["line"] != row["line"] or not all(part in text for part in want.get("has", [])):
            faults.append(f"set aside {text!r}, expected {want}")


def check_rules(expect, report, faults):
    by_id = {row["rule"]: row for row in report["rules"]}
    for rule, outcome in expect.get("rules", {}).items():
        if by_id[rule]["outcome"] != outcome:
            faults.append(f"rule {rule}: {by_id[rule]['outcome']} ({by_id[rule]['why']}), expected {outcome}")
    for rule, parts in expect.get("finding_has", {}).items():
        texts = " | ".join(f["text"] for f in by_id[rule]["findings"])
        faults += [f"finding of {rule} lacks {part!r}: {texts}" for part in parts if part not in texts]
    for rule, closed in expect.get("closed", {}).items():
        states = [f["closed"] is not None for f in by_id[rule]["findings"]]
        if not states or any(state != closed for state in states):
            faults.append(f"findings of {rule} closed: {states}, expected {closed}")
    for rule, explained in expect.get("explained", {}).items():
        states = [f["explained_by"] not in (None, "") for f in by_id[rule]["findings"]]
        if not states or any(state != explained for state in states):
            faults.append(f"findings of {rule} explained: {states}, expected {explained}")


def check(case, program, record):
    expect, faults = case["expect"], []
    as_json = run(program, case, record, "json")
    as_text = run(program, case, record, "text")
    text = " ".join(as_text.stdout.decode().split())
    errors = as_json.stderr.decode()
    if as_json.returncode != expect.get("exit", 0):
        faults.append(f"exit {as_json.returncode}, expected {expect.get('exit', 0)}; said: {errors.strip()}")
    faults += [f"error output lacks {part!r}: {errors}" for part in expect.get("error_has", []) if part not in errors]
    faults += [f"report lacks {part!r}" for part in expect.get("has", []) if part not in text]
    faults += [f"report has {part!r}" for part in expect.get("not", []) if part in text]
    if any(len(line) > 80 for line in as_text.stdout.decode().splitlines()):
        faults.append("a line of the text report is longer than 80 columns")
    if not as_json.stdout:
        return faults
    report = json.loads(as_json.stdout)
    check_set_aside(expect.get("set_aside", []), report["set_aside"], faults)
    if "level" in expect and report["level"] != expect["level"]:
        faults.append(f"level {report['level']}, expected {expect['level']}")
    check_rules(expect, report, faults)
    for path, value in expect.get("json", {}).items():
        parent, key = place(report, path)
        if parent[key] != value:
            faults.append(f"{path} is {parent[key]!r}, expected {value!r}")
    return faults


def main():
    program, source, file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    case = json.loads(file.read_text(encoding="utf-8"))
    faults = check(case, program, build_record(case, source))
    print("\n".join(faults) if faults else f"as promised: {case['why']}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
