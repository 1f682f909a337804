"""tools/check_layers.py must fail on a layer that reaches up and on a clock in the core: a check that
cannot fail proves nothing.   usage: layers_breach.py SOURCE_DIR"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

source = Path(sys.argv[1])
BREACHES = {"pkpd/reaches_up.hpp": '#include "care/event.hpp"\n',
            "care/has_a_clock.cpp": "auto now = std::chrono::system_clock::now();\n",
            "watch/reads_files.cpp": "#include <fstream>\n"}

for place, text in BREACHES.items():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(source / "src", Path(folder) / "src")
        shutil.copytree(source / "tools", Path(folder) / "tools")
        (Path(folder) / "src" / place).write_text(text)
        run = subprocess.run([sys.executable, Path(folder) / "tools/check_layers.py"], capture_output=True, text=True)
        if run.returncode != 1 or place not in run.stdout:
            sys.exit(f"not noticed: {place}\n{run.stdout}")
print(f"{len(BREACHES)} breaches noticed")
