"""A project whose policy lets everything through, for tests of what the proxy itself does to messages."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug")).resolve()
IS_DEBUG = BINARIES.name == "debug"
# How many times as long as usual a proxy may take that is being watched.
SLOWNESS = float(os.environ.get("LATCH_SLOWNESS", "1"))

POLICY = """\
version: 1
name: allowing
upstreams:
  all:
    {reached}
    allow: [elicitation, logging, roots, sampling, tasks]
    trust_annotations: true
defaults: {{ effect: deny, protect_self: false, extra_arguments: ignore, invalid_arguments: ignore }}
rules:
  - id: everything
    effect: allow
    upstream: all
"""


def environment(home):
    """Nothing of the user's own."""
    return {"PATH": f"{BINARIES}:{os.environ['PATH']}", "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


class Allowing:
    def __init__(self, home, reached):
        self.home = home
        self.path = home / "project"
        self.path.mkdir()
        (self.path / "latch.yaml").write_text(POLICY.format(reached=reached))

    @classmethod
    def before(cls, home, *words, timeout="60s"):
        """Stands before a Python program that speaks on its standard input and output."""
        arguments = json.dumps([str(word) for word in words])
        return cls(home, f"command: {json.dumps(sys.executable)}\n    args: {arguments}\n    timeout: {timeout}")

    def latch(self, *words):
        done = subprocess.run(
            [BINARIES / "latch", *words], cwd=self.path, env=environment(self.home), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    def build(self):
        self.latch("sync", "--trust")
        self.latch("build")

    def proxy(self):
        bundle = self.path / ".latch" / "policy.latch"
        words = [BINARIES / "latch-proxy", "--bundle", bundle, "--upstream", "all", "--project", self.path]
        return [str(word) for word in words]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class OverHTTP:
    """A server program on a port of this machine, as long as the `with` lasts."""

    def __init__(self, script, port):
        self.words = [sys.executable, str(script), "http", str(port)]
        self.port = port

    def __enter__(self):
        self.process = subprocess.Popen(self.words, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        for _ in range(300):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"nothing listens on port {self.port}")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(10)
