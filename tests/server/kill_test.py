"""The server is killed while people write: every entry that was acknowledged is there, once.

usage: kill_test.py PROGRAM
"""
import http.client
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter

from served import Server, User, check, contact, ended, events_of, faults, together

PROGRAM = sys.argv[1]
WRITERS = ("prescriber-1", "prescriber-2", "nurse-1", "nurse-2", "desk-1")
PATIENTS = ("demo-01", "demo-02", "demo-visit-1")
ROUNDS = 3


class Kept:
    """What was sent and what was acknowledged, by key; as the writers saw it."""

    def __init__(self):
        self.changed = threading.Condition()
        self.sent = {}    # key -> (who, patient)
        self.known = {}   # key -> (event, version)

    def send(self, key, who, patient):
        with self.changed:
            self.sent[key] = (who, patient)

    def acknowledge(self, key, answer):
        told = (answer.json["event"]["id"], answer.json["version"])
        with self.changed:
            check(self.known.setdefault(key, told) == told, f"{key} was answered {self.known[key]} and {told}")
            self.changed.notify_all()

    def await_known(self, number):
        with self.changed:
            check(self.changed.wait_for(lambda: len(self.known) >= number or faults, timeout=60),
                  f"{number} entries were not acknowledged within a minute")


def enter(user, patient, key):
    return user.post(f"/api/patients/{patient}/events", contact(key), key)


def write_until_killed(user, patients, kept, prefix):
    for i in range(100_000):
        key, patient = f"{prefix}-{user.name}-{i}", patients[i % len(patients)]
        kept.send(key, user.name, patient)
        try:
            answer = enter(user, patient, key)
        except (OSError, http.client.HTTPException):
            return
        if answer.status == 503:  # it was killed between two bytes of somebody else's
            continue
        check(answer.status == 201, f"{key}: {answer.status} {answer.text[:200]}")
        if answer.status != 201:
            return
        kept.acknowledge(key, answer)


def signed_in(server):
    users = {}

    def one(name):
        users[name] = User(server.port, name)
        check(users[name].cookie, f"{name} cannot sign in: {users[name].signed_in.text}")
    together(*(lambda name=name: one(name) for name in WRITERS))
    return users


def send_again(users, kept):
    """What was not acknowledged, and some of what was; each twice."""
    lost = [key for key in kept.sent if key not in kept.known]
    for key in lost + list(kept.known)[-20:]:
        who, patient = kept.sent[key]
        for _ in range(2):
            answer = enter(users[who], patient, key)
            check(answer.status == 201, f"{key} again: {answer.status} {answer.text[:200]}")
            if answer.status == 201:
                kept.acknowledge(key, answer)
    return lost


def compare(users, kept, patients):
    for patient in patients:
        events = events_of(users["prescriber-1"], patient)
        check([each["version"] for each in events] == list(range(1, len(events) + 1)), f"{patient}: versions in order")
        ours = [e for e in events if e["kind"] == "contact" and (e["body"].get("note") or "") in kept.sent]
        times = Counter(each["body"]["note"] for each in ours)
        due = {key for key, (_, whose) in kept.sent.items() if whose == patient}
        check(set(times) <= due, f"{patient}: has entries of others")
        for key in due:
            check(times[key] <= 1, f"{key} stands {times[key]} times in {patient}")
            check(times[key] == 1 or key not in kept.known, f"{key} was acknowledged and is lost")
        for each in ours:
            told = kept.known.get(each["body"]["note"])
            check(told is None or told == (each["id"], each["version"]), f"{each['body']['note']} is another entry")


def one_round(server, kept, number):
    users = signed_in(server)
    new = users["desk-1"].post("/api/patients", {"name": f"Testa Tilia {number}", "born": "1990-01-01"}).json["patient"]
    patients = (*PATIENTS, new)
    killed_after = len(kept.known) + 60 + 37 * number

    def kill():
        kept.await_known(killed_after)
        server.end(signal.SIGKILL)
    together(kill, *(lambda user=user: write_until_killed(user, patients, kept, f"r{number}")
                     for user in users.values()))
    server.start()
    users = signed_in(server)
    compare(users, kept, patients)
    lost = send_again(users, kept)
    compare(users, kept, patients)
    print(f"round {number}: {len(kept.known)} known, {len(lost)} cut off and sent again")


def is_sound():
    command = [PROGRAM, "verify", "--data", f"{folder}/data", "--as", "auditor-1", "--role", "auditor"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    check(found.returncode == 0, f"verify: {found.returncode} {found.stdout} {found.stderr}")


def goes_when_asked(server):
    """An open stream, a connection that is idle, a writer: all end, and soon."""
    user, follower, idle = (User(server.port, name) for name in ("nurse-1", "nurse-2", "prescriber-1"))
    follower.connection.request("GET", "/api/live", headers=follower.headers_of("GET"))
    stream = follower.connection.getresponse()
    check(stream.status == 200 and b"event: beat" in stream.read1(), "a stream begins with a beat")
    kept = Kept()

    def stop():
        kept.await_known(10)
        status = server.end(signal.SIGTERM, within=10)
        check(status == 0, f"SIGTERM ends it with {status}")

    def follow():
        text = b""
        while part := stream.read1():
            text += part
        told = text.count(b"event: record")
        check(told >= 10, f"what was acknowledged was told before the stream closed: {told} of 10, then {text[-200:]}")
    together(stop, follow, lambda: write_until_killed(user, ("demo-03",), kept, "term"))
    idle.connection.close()
    server.start()
    users = {"prescriber-1": User(server.port, "prescriber-1"), "nurse-1": User(server.port, "nurse-1")}
    send_again(users, kept)
    compare(users, kept, ("demo-03",))
    check(server.end() == 0, "it ends again")


with tempfile.TemporaryDirectory() as folder:
    served = Server(PROGRAM, folder)
    entries = Kept()
    for round_number in range(ROUNDS):
        one_round(served, entries, round_number)
        if faults:
            break
    goes_when_asked(served)
    is_sound()
    check("Testa" not in served.said, "no name stands in what the server writes")
sys.exit(ended())
