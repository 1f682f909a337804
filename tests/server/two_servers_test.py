"""Two servers of one PostgreSQL database: a page of the one hears what came in through the other.

usage: two_servers_test.py PROGRAM SOURCE_DIR
"""
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from served import Server, User, check, contact, ended, events_of

PROGRAM = sys.argv[1]
PASSWORD = "kettle orbit fjord"
SOON_S = 20  # it takes about one; the machine may be busy


class Database:
    """PostgreSQL on a socket in the folder, and no further."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        self.run("initdb", "-D", self.folder / "data", "-U", "evenkeel", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        with open(self.folder / "data/postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n")
        self.run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "start")

    def end(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def run(self, program, *words):
        who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.geteuid() == 0 else []
        subprocess.run([*who, self.bin / program, *words], check=True, cwd="/", stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def address(self):
        return f"host={self.folder} dbname=postgres user=evenkeel"


class SiteServer(Server):
    def __init__(self, database, folder):
        self.database = database
        super().__init__(PROGRAM, folder)

    def store(self):
        return "--database", self.database.address, "--site-key", str(self.folder / "site.key")


def evenkeel(database, *words, typed=""):
    done = subprocess.run([PROGRAM, *words, "--database", database.address], input=typed, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: {done.returncode} {done.stderr}")
    return done.stdout


def furnished(database):
    """A store with a nurse, and the password that she was given."""
    admin = ("--as", "admin-1", "--role", "administrator")
    evenkeel(database, "store", "create", *admin)
    evenkeel(database, "user", "add", "admin-1", "--first", typed=PASSWORD + "\n")
    made = evenkeel(database, "user", "add", "nurse-1", "nurse", *admin)
    return re.search(r"for once: (\S+)", made)[1]


def begun(server, given):
    """The nurse with a password of her own, and a patient whom she registers."""
    chosen = User(server.port, "nurse-1", given).post("/api/password", {"old": given, "new": PASSWORD})
    check(chosen.status == 200, f"a password is chosen: {chosen.status} {chosen.text}")
    nurse = User(server.port, "nurse-1", PASSWORD)
    patient = nurse.post("/api/patients", {"name": "Two Servers", "born": "1980-01-01"})
    check(patient.status == 201, f"a patient is registered: {patient.status} {patient.text}")
    return nurse, patient.json["patient"]


class Page:
    """Its stream, read until the words come."""

    def __init__(self, user):
        self.line = http.client.HTTPConnection("127.0.0.1", user.port, timeout=SOON_S)
        self.line.request("GET", "/api/live", headers=user.headers_of("GET"))
        self.stream, self.text = self.line.getresponse(), ""
        self.hears("event: beat")

    def hears(self, words):
        until = time.monotonic() + SOON_S
        while words not in self.text and time.monotonic() < until:
            self.text += self.stream.read1().decode()
        return words in self.text


def play(database, folder):
    given = furnished(database)
    north, south = SiteServer(database, folder), SiteServer(database, folder)
    at_north, patient = begun(north, given)
    at_south = User(south.port, "nurse-1", PASSWORD)
    pages = {"north": Page(at_north), "south": Page(at_south)}
    for version, user in enumerate((at_north, at_south, at_south, at_north), start=1):
        written = user.post(f"/api/patients/{patient}/events", contact(f"entry {version}"))
        check(written.status == 201 and written.json["version"] == version, f"written: {written.status} {written.text}")
        for name, page in pages.items():
            check(page.hears(f'"patient":"{patient}","version":{version}'), f"{name} hears of entry {version}")
    for name, page in pages.items():
        told = re.findall(r'"version":(\d+)', page.text)
        check(told == ["1", "2", "3", "4"], f"{name} is told each once, in order: {told}")
    for user in (at_north, at_south):
        check(len(events_of(user, patient)) == 4, "both read all of it")
    for server in (north, south):
        check(server.end() == 0, "the server ends well")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as site:
        database = Database(folder)
        try:
            play(database, site)
        finally:
            database.end()
    sys.exit(ended())
