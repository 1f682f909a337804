"""The stream of what moves on: cut and taken up again, nothing is lost and nothing comes twice.

usage: resume_test.py PROGRAM
"""
import json
import socket
import sys
import tempfile

from served import Server, User, check, contact, ended

PROGRAM = sys.argv[1]


class Stream:
    """Server-Sent Events over a socket of its own, read as the standard has it."""

    def __init__(self, user, last=None):
        self.socket = socket.create_connection(("127.0.0.1", user.port), timeout=20)
        lines = ["GET /api/live HTTP/1.1", "Host: here", f"Cookie: {user.cookie}", "Accept: text/event-stream"]
        if last is not None:
            lines.append(f"Last-Event-ID: {last}")
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.bytes, self.text, self.head, self.over = b"", "", None, False
        self.last = last

    def receive(self):
        try:
            part = self.socket.recv(65536)
        except ConnectionResetError:
            part = b""
        self.over = not part
        self.bytes += part
        if self.head is None and b"\r\n\r\n" in self.bytes:
            head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
            self.head = head.decode()
        while self.head is not None and b"\r\n" in self.bytes:
            size, rest = self.bytes.split(b"\r\n", 1)
            length = int(size, 16)
            if len(rest) < length + 2:
                return
            self.text += rest[:length].decode()
            self.bytes = rest[length + 2:]

    def event(self):
        """The next, as (kind, id, data); None at the end."""
        while "\n\n" not in self.text:
            if self.over:
                return None
            self.receive()
        block, self.text = self.text.split("\n\n", 1)
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        self.last = fields.get("id", self.last)
        return fields.get("event", "message"), fields.get("id"), json.loads(fields.get("data", "null"))

    def until(self, kind):
        """All before and with the first of this kind; or all there were."""
        found = []
        while each := self.event():
            found.append(each)
            if each[0] == kind:
                break
        return found

    def records(self, number):
        found = []
        while len(found) < number and (each := self.event()):
            if each[0] == "record":
                found.append(each)
        return found

    def cut(self):
        """As a network does it: at once, with whatever is on its way."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()


def write(user, patient, number, note="stream"):
    versions = []
    for i in range(number):
        answer = user.post(f"/api/patients/{patient}/events", contact(f"{note} {i}"))
        check(answer.status == 201, f"an entry: {answer.status} {answer.text[:200]}")
        versions.append(answer.json["version"])
    return versions


def begins(user):
    stream = Stream(user)
    first = stream.event()
    check(first and first[0] == "beat" and first[1], f"a stream begins with a beat that has a number: {first}")
    head = (stream.head or "").lower()
    check("200" in head.split("\r\n")[0] and "content-type: text/event-stream" in head, f"its head: {stream.head}")
    check("cache-control: no-store" in head, "nobody keeps it")
    return stream


def cut_and_taken_up(writer, reader):
    stream = begins(reader)
    wanted, got, numbers = [], [], []
    for turn in range(5):
        wanted += write(writer, "demo-01", 7, f"seen {turn}")
        some = stream.records(4 + turn % 3)  # the rest is on its way, or is not read any more
        got += some
        stream.cut()
        wanted += write(writer, "demo-01", 5, f"missed {turn}")
        stream = Stream(reader, stream.last)
    got += stream.records(len(wanted) - len(got))
    numbers = [int(each[1]) for each in got]
    check([each[2]["version"] for each in got] == wanted, f"each entry once and in order: {len(got)} of {len(wanted)}")
    check(numbers == sorted(set(numbers)), "numbers rise")
    check(all(set(each[2]) <= {"patient", "version", "kind", "at"} for each in got), "nothing of what was written")
    return stream


def far_back(reader, stream):
    told = Stream(reader, 0)
    first = told.event()
    check(first[0] == "reset", f"who was away since before the server began reads everything again: {first}")
    told.cut()
    ahead = Stream(reader, int(stream.last) + 10**6)
    check(ahead.event()[0] == "reset", "a number from elsewhere")
    ahead.cut()
    odd = Stream(reader, "x" * 50)
    check(odd.event()[0] in ("beat", "reset"), "a number that is none")
    odd.cut()


def outlives_the_server(server, reader, stream):
    """A new server begins to count anew; what was missed meanwhile is not taken for seen."""
    last = stream.last
    stream.cut()
    server.end()
    server.start()
    reader, writer = User(server.port, reader.name), User(server.port, "nurse-1")
    write(writer, "demo-02", 70, "after")
    stream = Stream(reader, last)
    first = stream.event()
    check(first[0] == "reset", f"after a restart everything is read again: {first}")
    stream.cut()
    return reader, writer


def ends(writer, leave, reader, what):
    """By the time the next entry is told at the latest."""
    stream = begins(reader)
    check(leave(reader).status in (200, 204), f"{what}: done")
    write(writer, "demo-03", 1, what)
    seen = stream.until("signed_out")
    check(seen and seen[-1][0] == "signed_out", f"{what}: the stream says so: {seen}")
    check(not [each for each in seen if each[0] == "record"], f"{what}: nothing is told after")
    check(stream.event() is None, f"{what}: and ends")
    again = reader.get("/api/live")
    check(again.status == 401 and again.is_problem, f"{what}: none is begun: {again.status}")


def not_for_all(server):
    for name, status in (("admin-1", 403), ("nobody-1", 401)):
        answer = User(server.port, name).get("/api/live")
        check(answer.status == status and answer.is_problem, f"{name} and the stream: {answer.status} {answer.text}")


with tempfile.TemporaryDirectory() as folder:
    served = Server(PROGRAM, folder)
    nurse, doctor = User(served.port, "nurse-1"), User(served.port, "prescriber-1")
    going = cut_and_taken_up(nurse, doctor)
    far_back(doctor, going)
    not_for_all(served)
    doctor, nurse = outlives_the_server(served, doctor, going)
    ends(nurse, lambda user: user.post("/api/lock"), User(served.port, "nurse-2"), "locked")
    ends(nurse, lambda user: user.sign_out(), User(served.port, "nurse-2"), "signed out")
    check(served.end() == 0, "the server ends well")
sys.exit(ended())
