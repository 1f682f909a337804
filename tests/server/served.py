"""The demo clinic's server as a process, and people at it. Used by the tests of this folder."""
import atexit
import http.client
import itertools
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

PASSWORD = "evenkeel demo clinic"
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def ended():
    """The test's exit status, after what was wrong."""
    for fault, times in Counter(faults).most_common(40):
        print("FAULT", fault, f"({times} times)" if times > 1 else "")
    if faults:
        print(f"{len(faults)} faults")
    return 1 if faults else 0


class Server:
    """`evenkeel serve --demo` on a free port or the one named, over one folder of data that outlives it."""

    def __init__(self, program, folder, *options, port=0):
        self.program, self.folder, self.options, self.asked_port = program, Path(folder), options, port
        self.process = None
        self.said = ""
        self.start()

    def start(self):
        self.errors = tempfile.TemporaryFile("w+")
        command = [self.program, "serve", *self.store(), "--listen", f"127.0.0.1:{self.asked_port}"]
        self.process = subprocess.Popen([*command, *self.options], stdout=subprocess.PIPE, stderr=self.errors, text=True)
        atexit.register(self.process.kill)  # also where the test itself fails
        greeting = self.process.stdout.readline()
        self.said += greeting
        found = re.search(r"//127\.0\.0\.1:(\d+)/", greeting)
        if not found:
            raise RuntimeError(f"no greeting but '{greeting}' and '{self.complaints()}'")
        self.port = int(found[1])

    def store(self):
        return "--demo", "--data", str(self.folder / "data")

    def complaints(self):
        self.errors.seek(0)
        return self.errors.read()

    def end(self, how=signal.SIGTERM, within=10):
        """The exit status. What it wrote is kept in `said`."""
        self.process.send_signal(how)
        try:
            status = self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = f"still there after {within} s"
        self.said += self.process.stdout.read() + self.complaints()
        self.process.stdout.close()
        self.errors.close()
        return status

    def memory_kb(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def processor_s(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.text = response.status, response.headers, response.read().decode("utf-8", "replace")
        self.type = (response.headers.get("Content-Type") or "").split(";")[0]

    @property
    def json(self):
        return json.loads(self.text) if self.text else None

    @property
    def code(self):
        return self.json.get("code") if self.type == "application/problem+json" else None

    @property
    def is_problem(self):
        """As RFC 9457 has it, with this API's own code."""
        if self.type != "application/problem+json":
            return False
        told = self.json
        return told.get("type") == "about:blank" and told.get("status") == self.status and \
            all(isinstance(told.get(key), str) and told[key] for key in ("title", "code"))


class User:
    """Somebody who is signed in, over one connection that is kept. Not for two threads at once."""

    def __init__(self, port, name, password=PASSWORD, proxied=False):
        self.port, self.name = port, name
        self.cookie = self.csrf = None
        self.sent = itertools.count() if proxied else None  # as if from many addresses, for a server with --proxy
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.signed_in = self.sign_in(name, password)
        if self.signed_in.status == 200:
            self.cookie = self.signed_in.headers["Set-Cookie"].split(";")[0]
            self.csrf = self.signed_in.json["csrf"]

    def sign_in(self, name, password):
        """Whoever finds too many before them tries again, as people do."""
        for _ in range(100):
            answer = self.send("POST", "/api/sign-in", {"name": name, "password": password})
            if answer.status != 503:
                break
            time.sleep(0.1)
        return answer

    def headers_of(self, method, key=None):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if self.sent:
            headers["X-Forwarded-For"] = f"10.{abs(hash(self.name)) % 200}.{next(self.sent) // 50 % 250}.1"
        if method not in ("GET", "HEAD"):
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
            if self.csrf:
                headers["X-Evenkeel-CSRF"] = self.csrf
        return headers

    def send(self, method, path, body=None, key=None, headers=None):
        """One request as it stands; a header given as None is left out."""
        every = {**self.headers_of(method, key), **(headers or {})}
        sent = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        try:
            self.connection.request(method, path, sent, {k: v for k, v in every.items() if v is not None})
            return Answer(self.connection.getresponse())
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise

    def get(self, path):
        """Asked again where the connection was idle for so long that the server closed it."""
        try:
            return self.send("GET", path)
        except http.client.RemoteDisconnected:
            return self.send("GET", path)

    def post(self, path, body=None, key=None, headers=None):
        return self.send("POST", path, {} if body is None else body, key, headers)

    def sign_out(self):
        return self.post("/api/sign-out")


def together(*jobs):
    """Each in a thread of its own; what one of them throws is a fault."""
    def guarded(job):
        try:
            job()
        except Exception as error:  # a thread's own would be lost
            check(False, f"{type(error).__name__}: {error}")
    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def contact(note):
    """An event whose words tell it from all others."""
    return {"kind": "contact", "body": {"from": "patient", "topic": "other", "note": note}}


def events_of(user, patient):
    found, after = [], 0
    while True:
        answer = user.get(f"/api/patients/{patient}/events?after={after}&limit=1000")
        if answer.status == 404:
            return []
        some = answer.json["events"]
        if not some:
            return found
        found += some
        after = some[-1]["version"]
