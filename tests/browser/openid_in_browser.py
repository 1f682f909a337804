#!/usr/bin/env python3
"""Runs openid.mjs: the demo clinic with a real OpenID provider beside it, and a second factor demanded of everybody.

usage: openid_in_browser.py EVENKEEL PAGES [PICTURES]
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "server"))
from provided import Provider, free_port, settings  # noqa: E402
from served import Server  # noqa: E402


def main():
    program, pages, *pictures = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        provider = Provider(folder, f"http://127.0.0.1:{port}/api/openid/return")
        server = Server(program, folder, "--openid", settings(folder, provider, port), "--pages", pages,
                        "--second-factor", "required", port=port)
        words = ["node", HERE / "openid.mjs", f"http://127.0.0.1:{port}", *(pictures or [""])]
        known = {**os.environ, "EVENKEEL_TEST_PROVIDER": provider.issuer, "NODE_EXTRA_CA_CERTS": str(Path(folder) / "ca.pem")}
        status = subprocess.run(words, env=known, check=False).returncode
        provider.end()
        server.end()
        return status


if __name__ == "__main__":
    sys.exit(main())
