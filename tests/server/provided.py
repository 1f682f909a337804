"""A real OpenID provider as a process: npm's oidc-provider, over TLS with an authority of its own. For tests."""
import atexit
import http.client
import json
import socket
import ssl
import subprocess
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent
SECRET = "a-secret-of-the-test-alone"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Provider:
    """`next(...)` says as whom the next one signs in there."""

    def __init__(self, folder, redirect):
        self.port, self.folder = free_port(), Path(folder)
        key, certificate = self.folder / "key.pem", self.folder / "ca.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=a provider of a test", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        self.trusting = ssl.create_default_context(cafile=certificate)
        script = SOURCE / "tests/server/openid_provider.mjs"
        self.process = subprocess.Popen(["node", script, str(self.port), key, certificate, SECRET, redirect],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        atexit.register(self.process.kill)  # also where the test itself fails
        if "ready" not in self.process.stdout.readline():
            raise RuntimeError("the provider did not start: was npm ci run in web/?")

    @property
    def issuer(self):
        return f"https://127.0.0.1:{self.port}"

    def next(self, sub, amr="pwd,otp", deny=False):
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trusting, timeout=20)
        line.request("GET", f"/test?sub={sub}&amr={amr}" + ("&deny=1" if deny else ""))
        line.getresponse().read()
        line.close()

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def settings(folder, provider, port):
    """The file for `evenkeel serve --openid`, its secret beside it."""
    secret, file = Path(folder) / "openid.secret", Path(folder) / "openid.json"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    file.write_text(json.dumps({
        "schema": "evenkeel.openid/1", "issuer": provider.issuer, "client_id": "evenkeel", "client_secret_file": "openid.secret",
        "address": f"http://127.0.0.1:{port}", "name": "Test clinic sign-in", "amr": ["otp"], "ca_file": "ca.pem"}))
    return str(file)
