"""A clinic with many sessions that go on: the demo's visit, played through the API for each of so many patients."""
import datetime
import json
import queue
import re
from pathlib import Path

from served import PASSWORD, User, check, together

BEGAN_MIN = 20  # ago: the infusion starts now, for it starts when it is read back and at no other time
READ_BACK = {"base_mg": 35, "volume_mL": 7, "rate_mL_per_h": 10.5}


def lines_of(source):
    return [json.loads(line) for line in (Path(source) / "examples/demo/visit.jsonl").read_text().splitlines()]


def filled(body, today, place):
    text = json.dumps(body).replace("{place}", place)
    return json.loads(re.sub(r"\{\+(\d+)\}", lambda m: str(today + datetime.timedelta(days=int(m[1]))), text))


def play_visit(users, lines, number):
    """Registers one patient and plays the visit up to the start of the infusion; the patient's id."""
    now = datetime.datetime.now(datetime.timezone.utc)
    registered = users["desk-1"].post("/api/patients", {"name": f"Load Patient {number:03}", "born": "1984-05-17"})
    check(registered.status == 201, f"registered: {registered.status} {registered.text[:200]}")
    patient = registered.json["patient"]
    for line in lines:
        at = now + datetime.timedelta(minutes=line["minute"] - BEGAN_MIN)
        if at > now:
            break
        body = filled(line["body"], now.date(), f"chair {number}")
        said = {"kind": line["kind"], "body": body, "at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        if "second_checker" in body:
            signed = users[line["by"]].post(f"/api/patients/{patient}/countersign", {**said, "password": PASSWORD})
            check(signed.status == 200, f"countersigned: {signed.status} {signed.text[:300]}")
        starts = line["kind"] == "session_started"
        answer = users[line["by"]].post(f"/api/patients/{patient}/sessions/s1/start", READ_BACK) if starts else \
            users[line["by"]].post(f"/api/patients/{patient}/events", said)
        check(answer.status == 201, f"{line['kind']}: {answer.status} {answer.text[:300]}")
    return patient


def furnish(port, source, many, threads=4):
    """The ids of so many patients whose sessions go on."""
    lines, waiting, patients = lines_of(source), queue.SimpleQueue(), []
    names = {line["by"] for line in lines} | {"desk-1"}
    for number in range(many):
        waiting.put(number)

    def some():
        users = {name: User(port, name, proxied=True) for name in names}
        while True:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            patients.append(play_visit(users, lines, number))
    together(*[some] * threads)
    return sorted(patients)
