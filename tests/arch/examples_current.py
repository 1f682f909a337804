"""The committed examples are what examples/make_examples.py writes.   usage: examples_current.py SOURCE_DIR"""
import subprocess
import sys
import tempfile
from pathlib import Path

examples = Path(sys.argv[1]) / "examples"
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, examples / "make_examples.py", folder], check=True)
    made = sorted(Path(folder).glob("*.jsonl"))
    if len(made) != 3:
        sys.exit(f"{len(made)} examples written, 3 expected")
    for file in made:
        if file.read_bytes() != (examples / file.name).read_bytes():
            sys.exit(f"examples/{file.name} differs from what the script writes; run examples/make_examples.py")
print("examples in order")
