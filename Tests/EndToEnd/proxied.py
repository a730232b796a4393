"""latch-proxy before `misbehaving_server.py`, spoken to in lines as they are. Every wait is bounded."""

import json
import os
import pathlib
import queue
import resource
import signal
import subprocess
import threading
import time

from allowing import BINARIES, Allowing, environment

SERVER = pathlib.Path(__file__).with_name("misbehaving_server.py")
PATIENCE = 20


class Project(Allowing):
    """Synchronised and built once; `start` runs the server as it is told, with a state directory of its own."""

    def __init__(self, home, reached):
        super().__init__(home, reached)
        self.how = home / "how"

    @classmethod
    def make(cls, home, rules="", timeout="60s"):
        project = cls.before(home, SERVER, home / "how", timeout=timeout)
        project.how.write_text("")
        with (project.path / "latch.yaml").open("a") as policy:
            policy.write(f"{rules}limits: {{ message_bytes: 1048576 }}\n")
        project.build()
        return project

    def start(self, state, *how, **options):
        self.how.write_text(" ".join(how))
        return Proxied(self, state, **options)

    def servers(self):
        return [each for each, words in programs() if str(self.how).encode() in words and b"latch-proxy" not in words]


def programs():
    """The running programs: process id and command line. What has ended and is not waited for is none."""
    for place in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
        except OSError:
            continue
        if words:
            yield int(place.parent.name), words


class Proxied:
    def __init__(self, project, state, variables=None, reads=True, restore_signals=True, directory=None):
        self.project = project
        self.process = subprocess.Popen(
            [*project.proxy(), "--state", str(state)], env={**environment(project.home), **(variables or {})},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            restore_signals=restore_signals, cwd=directory,
        )  # fmt: skip
        self.lines = queue.Queue()
        self.said = []
        self.next = 0
        if reads:
            threading.Thread(target=self.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        for server in self.project.servers():
            os.kill(server, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def send(self, message):
        data = message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n"
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send_until_nobody_takes_more(self, message):
        """Sends the message again and again, until all that lies on its way is full."""
        end = self.process.stdin.fileno()
        os.set_blocking(end, False)
        line = json.dumps({"jsonrpc": "2.0", **message}) + "\n"
        refused = 0
        while refused < 20:
            try:
                os.write(end, line.encode())
                refused = 0
            except BlockingIOError:
                refused += 1
                time.sleep(0.02)

    def close_input(self):
        self.process.stdin.detach().close()

    def request(self, method, **parameters):
        """Sends a request; its id."""
        self.next += 1
        self.send({"jsonrpc": "2.0", "id": self.next, "method": method, "params": parameters})
        return self.next

    def call(self, tool="echo", **arguments):
        return self.request("tools/call", name=tool, arguments=arguments)

    def message(self, seconds=PATIENCE):
        """What comes next; None at the end of the stream."""
        line = self.lines.get(timeout=seconds)
        if line is not None:
            self.said.append(line)
        return line and json.loads(line)

    def answers(self, ids, seconds=PATIENCE):
        """The answers to all of `ids`, and to nothing else."""
        found = {}
        end = time.monotonic() + seconds
        while len(found) < len(ids):
            message = self.message(max(0.01, end - time.monotonic()))
            assert message is not None and message["id"] in ids and message["id"] not in found, message
            found[message["id"]] = message
        return found

    def answer(self, id, seconds=PATIENCE):
        return self.answers([id], seconds)[id]

    def initialize(self, **capabilities):
        client = {"name": "test", "version": "1"}
        return self.request("initialize", protocolVersion="2025-06-18", capabilities=capabilities, clientInfo=client)

    def initialized(self):
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def shake_hands(self, **capabilities):
        assert "result" in self.answer(self.initialize(**capabilities))
        self.initialized()
        return self

    def memory(self):
        """The most memory that the proxy ever had, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024

    def limit_files(self, size):
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def end(self, seconds=PATIENCE):
        """The exit code; nothing is left behind."""
        code = self.process.wait(seconds)
        assert self.project.servers() == []
        return code

    def all_gone_within(self, seconds):
        end = time.monotonic() + seconds
        while self.project.servers() or self.process.poll() is None:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True
