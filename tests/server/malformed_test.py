"""Whatever is sent, the answer is a problem with its words, and never that the server failed.

usage: malformed_test.py PROGRAM
"""
import copy
import json
import re
import socket
import sys
import tempfile
from pathlib import Path

from served import PASSWORD, Server, User, check, contact, ended

PROGRAM = sys.argv[1]
NAME = "Testa Tilia-Rowan"
EVENT = {"kind": "vital_signs", "body": {"systolic_mmHg": 120, "diastolic_mmHg": 80}, "at": "2026-03-02T09:00:00Z"}
COUNT = {"kind": "received", "body": {"lot": "K-1"}, "at": "2026-03-02T09:00:00Z"}
SIGNING = {"password": PASSWORD, "code": "123456"}
TOKEN = "x" * 60
OPTIONAL = {"without_password", "at", "sex", "code", "patients", "another_of_the_name", "q", "after", "limit"}

# A good body for each route that reads one. One without is in WITHOUT; the test fails for a route in neither.
BODIES = {
    "POST /api/sign-in": {"name": "nurse-9", "password": "no such password", "code": "123456"},
    "POST /api/unlock": {"password": PASSWORD},
    "POST /api/password": {"old": PASSWORD, "new": "another good password"},
    "POST /api/second-factor/confirm": {"secret": "ABC", "code": "123456", "password": PASSWORD},
    "DELETE /api/second-factor": {"password": PASSWORD, "code": "123456"},
    "POST /api/patients": {"name": NAME, "born": "1990-01-01", "sex": "female", "another_of_the_name": True},
    "POST /api/patients/{patient}/identity": {"name": NAME, "born": "1990-01-01", "sex": "female"},
    "POST /api/patients/search": {"q": "te", "after": "p-1", "limit": 50},
    "POST /api/patients/{patient}/events": EVENT,
    "POST /api/patients/{patient}/break-glass": {"reason": "a fall in the corridor"},
    "POST /api/patients/{patient}/sessions/{session}/start": {"base_mg": 35, "volume_mL": 7, "rate_mL_per_h": 10.5},
    "POST /api/patients/{patient}/links": {"instrument": "phq-9", "moment": "before_dose"},
    "POST /api/answer/open": {"token": TOKEN},
    "POST /api/answer": {"token": TOKEN, "answers": {"q1": 1}},
    "POST /api/ledger/events": COUNT,
    "POST /api/ledger/countersign": {**SIGNING, "kind": "counted", "body": {"lot": "K-1", "vials": 1, "by": "nurse-1", "witness": "nurse-2"}},
    "POST /api/patients/{patient}/countersign": {**SIGNING, "kind": "session_ready", "body": {"session": "s1", "second_checker": "nurse-2"}},
    "POST /api/users": {"name": "nurse-9", "display": "Nurse Nine", "role": "nurse", "patients": ["demo-01"]},
    "POST /api/users/{name}/role": {"role": "nurse", "patients": ["demo-01"]},
    "POST /api/users/{name}/disable": {"reason": "left"},
    "POST /api/users/{name}/link": {"subject": "248289761001", "without_password": False},
}
WITHOUT = {"POST /api/lock", "POST /api/sign-out", "POST /api/second-factor", "POST /api/audit/verify",
           "POST /api/users/{name}/enable", "POST /api/users/{name}/unlink", "POST /api/users/{name}/unlock", "POST /api/users/{name}/reset",
           "POST /api/users/{name}/second-factor/remove"}
WRONG = [None, True, -1, 1e308, [], [[]], {}, {"a": {}}, "", "x" * 5000, "a\nb", "\x7f", "\u202e", 12345678901234567890]
NO_JSON = [b"", b"{", b"nothing", b"{'a': 1}", b"\xff\xfe", b"{} {}", b'{"name": "a", "name": "b"}', b"\xef\xbb\xbf{}",
           b'{"name": NaN}', b'{"name": 1e999}', b'{"name": "\\ud800"}', b'{"name": "a\x00b"}', b"[" * 200_000,
           b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b"0" * 100_000, b"[]", b"null", b'"text"', b"17"]


def whose(route):
    if "/users" in route:
        return "admin-1"
    return "auditor-1" if "/audit" in route else "prescriber-1"


def path_of(route):
    path = route.split()[1]
    name = "therapist-1" if "/users/" in path else "demo-01"
    return re.sub(r"\{(\w+)\}", lambda m: "s1" if m[1] == "session" else name, path)


def mutations(body):
    """Each value wrong, each key missing, one too many; also within."""
    for key in body:
        less = {k: v for k, v in body.items() if k != key}
        yield f"without {key}", less, key not in OPTIONAL
        for wrong in WRONG:
            yield f"{key} {json.dumps(wrong)[:40]}", {**less, key: wrong}, False
        if isinstance(body[key], dict):
            for what, inner, _ in mutations(body[key]):
                yield f"{key}.{what}", {**less, key: inner}, False
    yield "a key too many", {**copy.deepcopy(body), "extra": 1}, True


def expect_problem(answer, what, statuses=range(400, 500)):
    check(answer.status in statuses and answer.is_problem, f"{what}: {answer.status} {answer.type} {answer.text[:200]}")
    check(answer.headers.get("X-Content-Type-Options") == "nosniff", f"{what}: its guards")


def all_writes(port):
    described = User(port, "nobody-1").get("/api/openapi.json").json["paths"]
    return {f"{method.upper()} {path}" for path, methods in described.items() for method in methods if method != "get"}


def wrong_bodies(server, users):
    routes = all_writes(server.port)
    check(routes == set(BODIES) | WITHOUT, f"a body stands here for each route: {routes ^ (set(BODIES) | WITHOUT)}")
    for route in sorted(routes & set(BODIES)):
        user, (method, path) = users[whose(route)], (route.split()[0], path_of(route))
        for text in NO_JSON:
            if set(BODIES[route]) <= OPTIONAL and text in (b"", b"\xef\xbb\xbf{}"):
                continue  # nothing has to be said there
            expect_problem(user.send(method, path, text), f"{route} with {text[:20]}", (400, 413, 422))
        for what, body, surely in mutations(BODIES[route]):
            if "password" in what or "old" in what or "new" in what:  # a wrong word would count as an attempt
                if isinstance(body.get("password", body.get("old", 1)), str) and not surely:
                    continue
            answer = user.send(method, path, body)
            good = answer.status in (200, 201) and not surely
            check(good or (answer.is_problem and 400 <= answer.status < 500),
                  f"{route}, {what}: {answer.status} {answer.text[:200]}")


def wrong_addresses(users):
    user = users["prescriber-1"]
    for name in ("%00", "..%2f..%2fetc", "%27%20or%201=1", "a" * 3000, "%ff%fe", "%E2%80%AE", "%7Bpatient%7D", "%2e%2e"):
        for path in (f"/api/patients/{name}/chart", f"/api/patients/{name}/events", f"/api/patients/demo-01/sessions/{name}",
                     f"/api/library/models/{name}", f"/api/library/{name}/x", f"/api/instruments/{name}"):
            expect_problem(user.get(path), path[:60])
    for query in ("after=-1", "after=1e9", "after=999999999999999999999", "limit=0", "limit=x", "limit=", "after=%00"):
        expect_problem(user.get(f"/api/patients/demo-01/events?{query}"), query)
    for query in ("from=2026-13-01T00:00:00Z", "from=", "from=x", "until=2026-02-30T00:00:00Z", "day=2026-03-02", "from=2026-03-02T00:00:00"):
        expect_problem(user.get(f"/api/today?{query}"), query)
    for method, path in (("PUT", "/api/me"), ("DELETE", "/api/patients/demo-01"), ("POST", "/api/today"), ("PATCH", "/api/site")):
        expect_problem(user.send(method, path, {}), f"{method} {path}", (405,))
    expect_problem(user.get("/api/nothing"), "no such route", (404,))
    expect_problem(user.get("/api"), "no route at all", (404,))


def costly_bodies(server, users):
    """What is made to cost much is answered with little, and nobody else waits for it."""
    stranger = User(server.port, "nobody-1")
    twice = b"[" + b",".join([b'{"a":0,"a":0}'] * 70_000) + b"]"
    answer = users["prescriber-1"].send("POST", "/api/patients/search", twice)
    expect_problem(answer, "keys that appear twice")
    check(len(answer.text) < 10_000, f"a short answer to a long list of faults: {len(answer.text)}")
    many = json.dumps({f"k{i}": 0 for i in range(9_000)}).encode()
    answer = users["prescriber-1"].send("POST", "/api/patients/search", many)
    expect_problem(answer, "thousands of unknown keys")
    check(len(answer.text) < 10_000, f"a short answer to thousands of keys: {len(answer.text)}")
    expect_problem(stranger.send("POST", "/api/sign-in", b'{"name": "' + b"a" * 20_000 + b'"}'), "a long body of a stranger", (413,))


def words_in_headers(users):
    """Line ends in names and addresses make no header of their own."""
    doctor, admin = users["prescriber-1"], users["admin-1"]
    for name in ("A\r\nSet-Cookie: a=b", "A\nB", "A\x00B", "A\u2028B", "A\u202eB"):
        expect_problem(doctor.post("/api/patients", {"name": name, "born": "1990-01-01"}), f"a name {name!r}") \
            if "\u2028" not in name else None
        made = {"name": "nurse-8", "display": name, "role": "nurse"}
        answer = admin.post("/api/users", made)
        check(answer.status == 422 or "\u2028" in name, f"a display {name!r}: {answer.status}")
    taken = doctor.get("/api/patients/demo-01/export?recipient=a%0d%0aSet-Cookie:%20a=b")
    check(taken.headers.get("Set-Cookie") is None, "an export's recipient makes no header")
    key = doctor.post("/api/patients/demo-01/events", contact("a key"), "k" * 101)
    expect_problem(key, "a key of 101", (400,))
    expect_problem(doctor.post("/api/patients/demo-01/events", contact("a key"), headers={"Idempotency-Key": None}), "none", (400,))


def raw(port, data):
    """What comes back for these bytes, until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        got = b""
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                got += part
        except (ConnectionResetError, BrokenPipeError):
            pass
        return got.decode("latin-1")


def wrong_http(port):
    host = b"Host: a\r\n"
    for what, data, statuses in (
            ("a body of 2 MB", b"POST /api/sign-in HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n", "413"),
            ("a length of a quintillion", b"POST /api/sign-in HTTP/1.1\r\n" + host + b"Content-Length: 1000000000000000000\r\n\r\n", "413"),
            ("a negative length", b"POST /api/sign-in HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n", "400"),
            ("two lengths", b"POST /api/sign-in HTTP/1.1\r\n" + host + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", "400"),
            ("a length and chunks", b"POST /api/sign-in HTTP/1.1\r\n" + host + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
            ("no host", b"GET /api/health HTTP/1.1\r\n\r\n", "400"),
            ("no HTTP", b"hello\r\n\r\n", "400"),
            ("a long target", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n", "414|431"),
            ("long headers", b"GET /api/health HTTP/1.1\r\n" + host + b"X: " + b"a" * 40000 + b"\r\n\r\n", "431"),
            ("many headers", b"GET /api/health HTTP/1.1\r\n" + host + b"X: a\r\n" * 1000 + b"\r\n", "431"),
            ("a folded header", b"GET /api/health HTTP/1.1\r\n" + host + b"X: a\r\n b\r\n\r\n", "400"),
            ("a method that is none", b"BREW /api/health HTTP/1.1\r\n" + host + b"\r\n", "400|405|501")):
        answer = raw(port, data)
        check(re.match(rf"HTTP/1\.1 ({statuses}) ", answer), f"{what}: {answer[:80]!r}")
        check("application/problem+json" in answer, f"{what}: a problem: {answer[:200]!r}")


def beside_the_pages(port):
    """No way of writing .. leaves the folder of the pages."""
    check("the page" in raw(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "the page itself")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
                 "/..\\secret.txt", "/%5c..%5csecret.txt", "//secret.txt", "/./../secret.txt", "/%c0%ae%c0%ae/secret.txt",
                 "/....//secret.txt", "/secret.txt%00.html", "/link.txt", "/..;/secret.txt", "http://a/../secret.txt", "*"):
        answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        check("kept apart" not in answer, f"{path} leads out of the pages")
        check(re.match(r"HTTP/1\.1 (200|4\d\d) ", answer), f"{path}: {answer[:80]!r}")


def pages_in(folder):
    pages = Path(folder) / "pages"
    (pages / "assets").mkdir(parents=True)
    (pages / "index.html").write_text("<!doctype html><title>the page</title>")
    (Path(folder) / "secret.txt").write_text("kept apart")
    return pages


with tempfile.TemporaryDirectory() as place:
    served = Server(PROGRAM, place, "--pages", str(pages_in(place)), "--proxy", "127.0.0.1")
    people = {name: User(served.port, name, proxied=True) for name in ("prescriber-1", "admin-1", "auditor-1")}
    wrong_bodies(served, people)
    wrong_addresses(people)
    costly_bodies(served, people)
    words_in_headers(people)
    wrong_http(served.port)
    beside_the_pages(served.port)
    check(people["prescriber-1"].get("/api/patients/demo-01/chart").status == 200, "it goes on serving")
    check(served.end() == 0, "the server ends well")
    check("Testa" not in served.said and "terminate" not in served.said, f"nothing is said of it: {served.said[-300:]}")
sys.exit(ended())
