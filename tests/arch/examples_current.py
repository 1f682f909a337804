"""The committed examples are what examples/make_examples.py and make_ledgers.py write.   usage: examples_current.py SOURCE_DIR"""
import subprocess
import sys
import tempfile
from pathlib import Path

examples = Path(sys.argv[1]) / "examples"
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, examples / "make_examples.py", folder], check=True)
    made = sorted(Path(folder).glob("*.jsonl"))
    subprocess.run([sys.executable, examples / "make_ledgers.py", folder], check=True)
    ledgers = sorted(Path(folder).glob("ledger-*.jsonl"))
    if len(made) != 3:
        sys.exit(f"{len(made)} examples written, 3 expected")
    if len(ledgers) != 2:
        sys.exit(f"{len(ledgers)} ledgers written, 2 expected")
    for file in made + ledgers:
        if file.read_bytes() != (examples / file.name).read_bytes():
            sys.exit(f"examples/{file.name} differs from what the script writes; run the scripts in examples/")
print("examples in order")
