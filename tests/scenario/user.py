"""What `evenkeel user` promises on the command line.   usage: user.py PROGRAM SOURCE_DIR"""
import base64
import hashlib
import hmac
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = sys.argv[1]
NOW = "2026-03-02T09:00:00Z"
NOW_SECONDS = 1772442000
PASSWORD = "kettle orbit fjord"
faults = []


def check(holds, what):
    if not holds:
        faults.append(what)


def run(*words, stdin="", who=("admin-1", "administrator"), now=NOW):
    command = [PROGRAM, "user", *words, "--data", str(DATA), "--now", now]
    if who:
        command += ["--as", who[0], "--role", who[1]]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60)


# RFC 6238 once more, apart from the C++ code.
def code(secret, seconds):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", seconds // 30), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def the_first():
    check(run("list").stdout.find("the first: evenkeel user add NAME --first") > 0, "an empty list says what to do")
    short = run("add", "admin-1", "--first", stdin="short\n", who=None)
    check(short.returncode == 3 and "12 or more" in short.stderr, f"a short password: {short.stderr}")
    none = run("add", "admin-1", "--first", stdin="", who=None)
    check(none.returncode == 3 and "no line left" in none.stderr, f"no password: {none.stderr}")
    first = run("add", "admin-1", "--first", "--display", "Admin One", stdin=PASSWORD + "\n", who=None)
    check(first.returncode == 0 and "admin-1, administrator, all patients" in first.stdout, f"the first: {first.stderr}")
    check(PASSWORD not in first.stdout + first.stderr, "a password that was typed is shown nowhere")
    again = run("add", "admin-2", "--first", stdin=PASSWORD + "\n", who=None)
    check(again.returncode == 3 and "already" in again.stderr, f"there is one first: {again.stderr}")


def others():
    made = run("add", "nurse-1", "nurse", "--display", "Nurse One", "--patients", "p1,p2")
    check(made.returncode == 0 and "nurse-1, nurse, 2 patients by name" in made.stdout, f"made: {made.stderr}")
    temporary = re.search(r"for once: (\S+)", made.stdout)[1]
    denied = run("add", "nurse-2", "nurse", who=("nurse-1", "nurse"))
    check(denied.returncode == 3 and "permitted to: administrator" in denied.stderr, f"a nurse adds: {denied.stderr}")
    check(run("add", "nurse-2", "surgeon").returncode == 2, "no such role")
    check(run("add", "Nurse 2", "nurse").returncode == 3, "no such name")
    moved = run("role", "nurse-1", "therapist")
    check("nurse-1, therapist, 2 patients by name" in moved.stdout, f"the list of patients stays: {moved.stdout}")
    check("all patients" in run("role", "nurse-1", "nurse", "--all-patients").stdout, "all patients again")
    own = run("role", "admin-1", "nurse")
    check(own.returncode == 3 and "their own role" in own.stderr, f"one's own role: {own.stderr}")
    last = run("disable", "admin-1", "--reason", "left the clinic", who=("admin-9", "administrator"))
    check(last.returncode == 3 and "last administrator" in last.stderr, f"the last one: {last.stderr}")
    return temporary


def own_password(temporary):
    changed = run("password", "nurse-1", stdin=f"{temporary}\nplain toast, no jam\n", who=None)
    check(changed.returncode == 0, f"one's own password: {changed.stderr}")
    wrong = run("password", "nurse-1", stdin=f"{temporary}\nanother good one\n", who=None)
    check(wrong.returncode == 3 and "name or the password is wrong" in wrong.stderr, f"the old one: {wrong.stderr}")
    unknown = run("password", "nurse-9", stdin=f"{temporary}\nanother good one\n", who=None)
    check(unknown.stderr == wrong.stderr, "an unknown name is told apart")
    for _ in range(4):
        locked = run("password", "nurse-1", stdin="wrong\nanother good one\n", who=None)
    check("locked until 2026-03-02T09:15:00Z" in locked.stderr, f"five failures: {locked.stderr}")
    check("locked until 2026-03-02T09:15" in run("list").stdout, "the list shows a lock")
    check(run("unlock", "nurse-1").returncode == 0, "unlocked")
    check("locked" not in run("list").stdout, "the list shows no lock")


def second_factor():
    offered = subprocess.Popen([PROGRAM, "user", "second-factor", "nurse-1", "--data", str(DATA), "--now", NOW],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    offered.stdin.write("plain toast, no jam\n")
    offered.stdin.flush()
    offered.stdout.readline()
    secret = offered.stdout.readline().strip()
    uri = offered.stdout.readline().strip()
    check(uri.startswith("otpauth://totp/Evenkeel:nurse-1?secret=" + secret), f"the URI: {uri}")
    out, err = offered.communicate(code(secret, NOW_SECONDS) + "\n", timeout=60)
    check(offered.returncode == 0 and "a password and a code" in out, f"second factor: {err}")
    check((DATA / "site.key").stat().st_mode & 0o777 == 0o600, "the site key is for its owner alone")
    check(re.search(r"nurse-1 +nurse +all +yes", run("list").stdout), "the list shows the second factor")
    later = code(secret, NOW_SECONDS + 300)
    removed = run("second-factor", "nurse-1", "--remove", stdin=f"plain toast, no jam\n{later}\n", who=None,
                  now="2026-03-02T09:05:00Z")
    check(removed.returncode == 0, f"one's own is removed with a code: {removed.stderr}")
    check(run("second-factor", "nurse-1", "--remove").returncode == 0, "an administrator removes it")


def on_a_terminal():
    master, slave = pty.openpty()
    command = [PROGRAM, "user", "password", "nurse-1", "--data", str(DATA), "--now", NOW]
    asked = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, close_fds=True)
    os.close(slave)
    shown = b""

    def until(words):
        nonlocal shown
        while not shown.endswith(words):
            shown += os.read(master, 1)

    until(b"Password of nurse-1: ")
    os.write(master, b"plain toast, no jam\n")
    until(b"New password: ")
    os.write(master, b"a quiet river bend\n")
    until(b"New password, again: ")
    os.write(master, b"\x03")
    check(asked.wait(timeout=60) == 3, "Ctrl-C ends it")
    until(b"cancelled\r\n")
    os.close(master)
    check(b"toast" not in shown and b"river" not in shown, f"a password is shown while it is typed: {shown}")


def disabled():
    check(run("disable", "nurse-1").returncode == 2, "a reason is asked for")
    check(run("disable", "nurse-1", "--reason", "left the clinic").returncode == 0, "disabled")
    check(re.search(r"nurse-1 .* disabled", run("list").stdout), "the list shows it")
    check(run("enable", "nurse-1").returncode == 0, "enabled")
    check("for once: " in run("reset", "nurse-1").stdout, "reset")
    check("new password due" in run("list").stdout, "the list shows that a password is due")
    check(run("reset", "nurse-9").returncode == 3, "nobody of that name")


def traces():
    command = [PROGRAM, "store", "audit", "--about", "account/nurse-1", "--data", str(DATA), "--as", "auditor-1", "--role",
               "auditor", "--now", NOW]
    audit = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    for words in ["changed rights account/nurse-1: made: nurse, 2 patients", "failed to sign in", "locked", "unlocked",
                  "disabled: left the clinic", "second factor set"]:
        check(words in audit, f"the audit does not say {words!r}: {audit}")
    check("argon2" not in audit and "toast" not in audit, "the audit holds a password")
    command = [PROGRAM, "verify", "--data", str(DATA), "--as", "auditor-1", "--role", "auditor", "--now", NOW]
    check("sound:" in subprocess.run(command, capture_output=True, text=True, timeout=60).stdout, "the store is not sound")
    for words in [[], ["add"], ["role"], ["second-factor"], ["list"]]:
        help_text = subprocess.run([PROGRAM, "user", *words, "--help"], capture_output=True, text=True).stdout
        check("Options" in help_text or "Subcommands" in help_text, f"help of {words}")
    examples = subprocess.run([PROGRAM, "user", "--help"], capture_output=True, text=True).stdout.split("Examples")[1]
    check(max(map(len, examples.splitlines())) <= 80, "the examples keep to 80 columns")


with tempfile.TemporaryDirectory() as folder:
    DATA = Path(folder) / "clinic"
    made = subprocess.run([PROGRAM, "store", "create", "--data", str(DATA), "--as", "admin-1", "--role", "administrator",
                           "--now", NOW], capture_output=True, text=True)
    check(made.returncode == 0, made.stderr)
    the_first()
    own_password(others())
    second_factor()
    on_a_terminal()
    disabled()
    traces()
print("\n".join(faults) if faults else "accounts are kept as promised")
sys.exit(1 if faults else 0)
