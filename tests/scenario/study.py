"""What `evenkeel study` promises: the same bytes whatever the threads, shares, ranks and interruptions; refusals in
words; records that `evenkeel assess` takes.   usage: study.py PROGRAM SOURCE_DIR [MPI_PROGRAM]"""
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = sys.argv[1], Path(sys.argv[2])
with_mpi = sys.argv[3] if len(sys.argv) > 3 else None
work = Path(tempfile.mkdtemp(prefix="evenkeel-study-"))
as_root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
           "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}
environment = {**os.environ, **as_root}


def expect(what, condition, seen=""):
    if not condition:
        sys.exit(f"not so: {what}\n{seen}")


def study(name, **changes):
    tree = json.loads((source / "examples/studies/supervised-or-not.json").read_text())
    tree.update({"weeks": 4, "sensitivity_patients": 0, **changes})
    path = work / f"{name}.json"
    path.write_text(json.dumps(tree))
    return path


def command(*arguments, ranks=0):
    start = ["mpirun", "-n", str(ranks), with_mpi] if ranks else [program]
    return [*start, "study", *map(str, arguments)]


def run(*arguments, ranks=0):
    return subprocess.run(command(*arguments, ranks=ranks), capture_output=True, text=True, timeout=120,
                          env=environment)


count = 0


def results(path, *arguments, ranks=0):
    """The report and the patients, as bytes."""
    global count
    count += 1
    report, rows = work / f"{count}.report", work / f"{count}.csv"
    done = run(path, "--format", "json", "-o", report, "--rows", rows, *arguments, ranks=ranks)
    expect(f"{arguments} on {ranks} ranks ends with 0", done.returncode == 0, done.stderr)
    return report.read_bytes(), rows.read_bytes()


def refused(status, words, *arguments):
    done = run(*arguments)
    expect(f"{arguments} ends with {status}", done.returncode == status, f"{done.returncode}: {done.stderr}")
    expect(f"'{words}' is said", words in done.stderr, done.stderr)


def pieces(folder):
    return sorted(folder.rglob("*.piece"))


def killed_when_begun(arguments, folder, victim, ranks=0):
    """Starts the work, and kills what `victim` picks once a piece is kept; -9, so nothing can be put in order."""
    with subprocess.Popen(command(*arguments, ranks=ranks), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env=environment) as going:
        while not pieces(folder) and going.poll() is None:
            pass
        try:
            os.kill(victim(going.pid), signal.SIGKILL)
        except ProcessLookupError:
            pass  # it was quicker
        return going.wait(timeout=60)


def last_child(parent):
    """The newest rank that mpirun started."""
    found = subprocess.run(["pgrep", "-P", str(parent), "-n", "-f", "evenkeel-mpi"], capture_output=True, text=True)
    return int(found.stdout.split()[-1]) if found.stdout.split() else parent


# 300 patients: two blocks of each arm, the second not full.
small = study("small", patients=300)
reference = results(small, "--threads", 1)
expect("a patient has a row in each arm", reference[1].count(b"\n") == 1 + 4 * 300)
expect("two threads give the same bytes", results(small, "--threads", 2) == reference)
expect("another seed gives others", results(small, "--seed", 2)[1] != reference[1])
report, rows = work / "recomputed.json", work / "recomputed.csv"
report.write_bytes(reference[0])
rows.write_bytes(reference[1])
done = subprocess.run([sys.executable, source / "tools/recompute_study.py", report, rows], capture_output=True, text=True)
expect("every number follows from the patients' rows", done.returncode == 0, done.stdout + done.stderr)
for form in ("text", "html", "csv"):
    one, two = (run(small, "--patients", 20, "--format", form, "--threads", t) for t in (1, 2))
    expect(f"{form} is the same on two threads", one.returncode == 0 and one.stdout == two.stdout, one.stderr)

# Shares, in either order, then together.
folder = work / "shares"
done = run(small, "--checkpoint", folder, "--share", "1/2")
expect("a share is done and says what comes next", done.returncode == 0 and "--merge" in done.stderr, done.stderr)
refused(3, "4 of 8 blocks of patients are not in the checkpoint", small, "--checkpoint", folder, "--merge")
expect("the other share", run(small, "--checkpoint", folder, "--share", "0/2").returncode == 0)
expect("merged shares give the same bytes", results(small, "--checkpoint", folder, "--merge") == reference)

# A checkpoint that was torn, and one that lost pieces: those are done again.
kept = pieces(folder)
expect("a file for each block", len(kept) == 8)
kept[0].write_bytes(kept[0].read_bytes()[:-7])
flipped = bytearray(kept[3].read_bytes())
flipped[len(flipped) // 2] ^= 1
kept[3].write_bytes(flipped)
kept[5].unlink()
kept[6].write_bytes(kept[7].read_bytes())
refused(3, "4 of 8 blocks of patients are not in the checkpoint", small, "--checkpoint", folder, "--merge")
expect("what is torn is done again", results(small, "--checkpoint", folder, "--resume") == reference)
expect("and kept", results(small, "--checkpoint", folder, "--merge") == reference)

# Another study's checkpoint is refused, and it is said in what they differ.
refused(3, "seed: 20261128 there, 2 here", small, "--seed", 2, "--checkpoint", folder, "--resume")
refused(3, "patients: 300 there, 301 here", small, "--patients", 301, "--checkpoint", folder, "--merge")
refused(3, "--resume goes on with it", small, "--checkpoint", folder)
refused(3, "another study", study("other", patients=300, title="Another"), "--checkpoint", folder, "--resume")
refused(3, "holds no checkpoint", small, "--checkpoint", work / "nowhere", "--merge")

# Killed in the midst, and gone on with.
folder = work / "killed"
killed_when_begun((small, "--checkpoint", folder, "--threads", 1), folder, lambda pid: pid)
expect("something was kept", pieces(folder))
expect("after a kill the same bytes", results(small, "--checkpoint", folder, "--resume") == reference)

# Ctrl-C: what has begun is kept.
folder = work / "stopped"
with subprocess.Popen(command(small, "--checkpoint", folder, "--threads", 1), stderr=subprocess.PIPE, text=True,
                      stdout=subprocess.DEVNULL) as going:
    while not pieces(folder) and going.poll() is None:
        pass
    going.send_signal(signal.SIGINT)
    said = going.communicate(timeout=60)[1]
expect("Ctrl-C ends with 130 and says how to go on", going.returncode in (0, 130) and
       (going.returncode == 0 or "--resume goes on" in said), said)
expect("after Ctrl-C the same bytes", results(small, "--checkpoint", folder, "--resume") == reference)

# Assumptions moved: ranked alike on threads and shares.
two = [{"behaviour": b, "share": 0.5, "source": "evenkeel", "label": "P"} for b in ("adherent", "escalating-misuse")]
tiny = study("tiny", patients=4, weeks=2, sensitivity_patients=2, mix=two)
ranked = results(tiny, "--sensitivity", "--threads", 1)
expect("assumptions are ranked", json.loads(ranked[0]) != json.loads(results(tiny)[0]))
folder = work / "assumptions"
for share in ("0/3", "1/3", "2/3"):
    expect("a share of the assumptions",
           run(tiny, "--sensitivity", "--checkpoint", folder, "--share", share).returncode == 0)
expect("merged shares rank alike", results(tiny, "--sensitivity", "--checkpoint", folder, "--merge") == ranked)
refused(3, "sensitivity_patients", small, "--sensitivity")

# A patient's record is one that the rest of the program takes.
record = work / "record.jsonl"
done = run(small, "--record", "supervised:3", "-o", record)
expect("a record is written", done.returncode == 0 and record.stat().st_size > 0, done.stderr)
last = json.loads(record.read_text().splitlines()[-1])
expect("its heading names the patient of its lines", json.loads(record.read_text().splitlines()[0])["patient"] == last["patient"])
assessed = subprocess.run([program, "assess", record, "--now", last["at"]], capture_output=True, text=True, timeout=60)
expect("it is assessed", assessed.returncode == 0, assessed.stderr)
expect("the same record again", run(small, "--record", "supervised:3").stdout == record.read_text())
refused(3, "there is no arm 'nowhere', but supervised", small, "--record", "nowhere:3")
refused(3, "patient 300 where they are 0 to 299", small, "--record", "supervised:300")
refused(3, "nobody keeps a record", small, "--record", "unsupervised-heavy:3")

# What cannot be asked for.
refused(2, "is not a share such as", small, "--checkpoint", folder, "--share", "2/2")
refused(2, "needs --checkpoint", small, "--share", "0/2")
refused(2, "needs --checkpoint", small, "--resume")
refused(2, "comes after the shares", small, "--checkpoint", folder, "--share", "0/2", "--merge")
refused(2, "is not an arm and a patient's number", small, "--record", "supervised")
refused(3, "there is no behaviour 'saint'", study("unknown", mix=[{**two[0], "behaviour": "saint"}]))
refused(3, "the shares add up to 0.5", study("half", mix=two[:1]))
refused(5, "cannot be read", work / "no-such-study.json")

# Ranks.
if with_mpi:
    for ranks in (1, 2, 4):
        expect(f"{ranks} ranks give the same bytes", results(small, ranks=ranks) == reference)
    expect("ranks rank assumptions alike", results(tiny, "--sensitivity", ranks=2) == ranked)
    folder = work / "ranks"
    status = killed_when_begun((small, "--checkpoint", folder), folder, last_child, ranks=4)
    expect("a dead rank ends the job, and not with success", status != 0 or len(pieces(folder)) == 8, str(status))
    expect("on fewer ranks it goes on to the same bytes",
           results(small, "--checkpoint", folder, "--resume", ranks=2) == reference)
    done = run(study("broken", weeks=0), ranks=2)
    expect("a fault of the study is said once", done.returncode == 3 and done.stderr.count(": weeks") == 1, done.stderr)
