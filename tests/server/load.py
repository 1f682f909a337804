"""Many sessions at once: how long answers take, and whether an entry is lost or doubled. By hand, or label slow.

usage: load.py PROGRAM SOURCE_DIR [--sessions 200] [--seconds 60] [--beside 50] [--every 10] [--streams 200]
               [--idle 500] [--data DIR] [--limit-ms MS]

Each session's vital signs come every so many seconds while all streams are open; beside them so many requests a
second of the pages. --data keeps the clinic for the next time. Answer times count from the sending.
"""
import argparse
import asyncio
import itertools
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import clinic_of_many
from followers import Followers
from served import Server, User, check, ended, events_of

WHO = ("prescriber-1", "prescriber-2", "nurse-1", "nurse-2")


def asked():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("source")
    for name, value in (("sessions", 200), ("seconds", 60), ("beside", 50), ("every", 10), ("streams", 200), ("idle", 500)):
        parser.add_argument(f"--{name}", type=float if name == "every" else int, default=value)
    parser.add_argument("--data")
    parser.add_argument("--limit-ms", type=float, help="p99 over it is a fault")
    return parser.parse_args()


class Line:
    """One connection that is kept, as if a proxy's: its requests come from a thousand addresses in turn."""

    addresses = itertools.cycle(f"10.1.{i // 250}.{i % 250}" for i in range(1000))

    def __init__(self, port):
        self.port, self.writer = port, None

    async def send(self, user, method, path, body=None, key=None):
        """Status and text."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        headers = {**user.headers_of(method, key), "Host": "a", "X-Forwarded-For": next(self.addresses)}
        data = json.dumps(body).encode() if body is not None else b""
        if data:
            headers["Content-Length"] = len(data)
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        self.writer.write(head.encode() + data)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(l.split(":")[1]) for l in answer.split("\r\n") if l.lower().startswith("content-length:")), 0)
        return int(answer.split(" ", 2)[1]), (await self.reader.readexactly(length)).decode()


class Lines:
    """As many connections as are needed at once. The server ends one that was idle for long; none is used that might be."""

    idle_s = 20

    def __init__(self, port):
        self.port, self.free = port, []

    async def send(self, *words):
        while self.free and self.free[0].last_used < time.perf_counter() - self.idle_s:
            self.free.pop(0).writer.close()
        line = self.free.pop() if self.free else Line(self.port)
        answer = await line.send(*words)
        line.last_used = time.perf_counter()
        self.free.append(line)
        return answer


class Traffic:
    def __init__(self, server, users, patients, options):
        self.server, self.users, self.patients, self.options = server, users, patients, options
        self.lines, self.memory = Lines(server.port), []
        self.took, self.lag = defaultdict(list), []
        self.known = {}                # event -> patient, as acknowledged
        self.told = []                 # for each stream, how often each (patient, version) came
        self.until = 0.0

    async def request(self, route, user, method, path, body=None, key=None):
        begun = time.perf_counter()
        status, text = await self.lines.send(user, method, path, body, key)
        self.took[route].append(time.perf_counter() - begun)
        check(status in (200, 201), f"{route}: {status} {text[:200]}")
        return json.loads(text) if status == 201 else None

    async def at(self, due):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        self.lag.append(time.perf_counter() - due)

    async def session(self, number, patient):
        user = self.users[2 + number % 2]
        due = time.perf_counter() + random.random() * self.options.every
        for turn in itertools.count():
            if due > self.until:
                return
            await self.at(due)
            body = {"kind": "vital_signs", "body": {"session": "s1", "systolic_mmHg": 120 + turn % 20, "diastolic_mmHg": 80,
                                                    "heart_rate_per_min": 70, "spo2_percent": 98, "moaas": 4}}
            done = await self.request("vital signs", user, "POST", f"/api/patients/{patient}/events", body)
            if done:
                check(done["event"]["id"] not in self.known, "an entry of its own for each")
                self.known[done["event"]["id"]] = (patient, done["version"])
            due += self.options.every

    async def beside(self):
        mix = ["today"] * 10 + ["chart"] * 8 + ["session"] * 14 + ["curve"] * 6 + ["events"] * 8 + ["patients"] * 4
        waiting, due = set(), time.perf_counter()
        while due < self.until:
            await self.at(due)
            patient, route = random.choice(self.patients), random.choice(mix)
            path = {"today": "/api/today", "chart": f"/api/patients/{patient}/chart", "patients": "/api/patients/search",
                    "session": f"/api/patients/{patient}/sessions/s1", "curve": f"/api/patients/{patient}/sessions/s1/curve",
                    "events": f"/api/patients/{patient}/events?limit=500"}[route]
            how = ("POST", path, {"limit": 50}) if route == "patients" else ("GET", path)
            job = asyncio.create_task(self.request(route, random.choice(self.users), *how))
            waiting.add(job)
            job.add_done_callback(waiting.discard)
            due += 1 / self.options.beside
        if waiting:
            await asyncio.wait(waiting)

    async def run(self):
        self.until = time.perf_counter() + self.options.seconds
        memory = asyncio.create_task(self.watch_memory())
        jobs = [self.session(i, patient) for i, patient in enumerate(self.patients)]
        await asyncio.gather(*jobs, self.beside())
        memory.cancel()

    async def watch_memory(self):
        """Ten times on the way."""
        while True:
            await asyncio.sleep(self.options.seconds / 10)
            self.memory.append(round(self.server.memory_kb() / 1024))


def share(times, part):
    return 1000 * times[min(len(times) - 1, int(part * len(times)))]


def shown(took, limit):
    print(f"{'route':<18} {'number':>7} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'max ms':>8}")
    rows = sorted(took.items()) + [("all", [each for times in took.values() for each in times])]
    for route, times in rows:
        times.sort()
        marks = [share(times, part) for part in (0.5, 0.95, 0.99, 1.0)]
        print(f"{route:<18} {len(times):>7} " + " ".join(f"{mark:8.1f}" for mark in marks))
        check(limit is None or marks[2] <= limit, f"{route}: p99 {marks[2]:.1f} ms, over {limit} ms")


def compare(traffic, user):
    """Each acknowledged entry is in its record once, and was told to each stream once."""
    user.connection.close()  # it has been idle for long
    seen = Counter(each["id"] for patient in traffic.patients for each in events_of(user, patient))
    lost = [event for event in traffic.known if seen[event] == 0]
    doubled = [event for event, times in seen.items() if times > 1]
    untold = sum(told[moved] != 1 for told in traffic.told for moved in traffic.known.values())
    print(f"entries: {len(traffic.known)} acknowledged, {len(lost)} lost, {len(doubled)} doubled")
    print(f"streams: {len(traffic.told)}, each told of {len(traffic.known)}; {untold} untold or told twice")
    check(not lost and not doubled and not untold, "nothing is lost, doubled, untold")


async def idle(server, number):
    before, busy = server.memory_kb(), server.processor_s()
    lines = [await asyncio.open_connection("127.0.0.1", server.port, local_addr=(f"127.0.1.{i // 100 + 1}", 0)) for i in range(number)]
    await asyncio.sleep(5)
    print(f"{number} idle connections: {server.memory_kb() - before} kB, {(server.processor_s() - busy) / 5 * 100:.1f} % of a processor")
    for _, writer in lines:
        writer.close()


def patients_of(server, options, folder):
    kept = Path(folder) / "patients.json"
    if not kept.exists():
        begun = time.perf_counter()
        found = clinic_of_many.furnish(server.port, options.source, options.sessions)
        print(f"the clinic was played in {time.perf_counter() - begun:.0f} s")
        kept.write_text(json.dumps(found))
    return json.loads(kept.read_text())[:options.sessions]


def run(options, folder):
    server = Server(options.program, folder, "--proxy", "127.0.0.1")
    patients = patients_of(server, options, folder)
    users = [User(server.port, name, proxied=True) for name in WHO]
    users[0].get("/api/today")
    asyncio.run(idle(server, options.idle))
    followers = Followers(server.port, users, options.streams)
    traffic = Traffic(server, users, patients, options)
    busy, mine, begun = server.processor_s(), time.process_time(), time.perf_counter()
    asyncio.run(traffic.run())
    passed = time.perf_counter() - begun
    print(f"memory on the way, MB: {traffic.memory}; the server took {(server.processor_s() - busy) / passed * 100:.0f} %"
          f" of a processor, this client {(time.process_time() - mine) / passed * 100:.0f} %")
    traffic.told = followers.told(len(traffic.known))
    late = sorted(traffic.lag)
    print(f"this client was late by {share(late, 0.5):.1f} ms (p50), {share(late, 0.99):.1f} ms (p99)")
    shown(traffic.took, options.limit_ms)
    compare(traffic, users[0])
    check(server.end() == 0, "the server ends well")


if __name__ == "__main__":
    given = asked()
    with tempfile.TemporaryDirectory() as place:
        run(given, given.data or place)
    sys.exit(ended())
