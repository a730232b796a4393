"""`latch sync` and `latch trust` where the lock or a rule is not as it should be: they are what brings it up to date.

The binaries are taken from LATCH_BIN (a directory), else from the debug build.
"""

import json
import subprocess
import sys

import pytest
from allowing import BINARIES, environment

SERVER = """\
import json, pathlib, sys

tools = json.loads(pathlib.Path(sys.argv[1]).read_text())
for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        hello = {"capabilities": {"tools": {}}, "serverInfo": {"name": "listing", "version": "1"}}
        results = {
            "initialize": {"protocolVersion": message.get("params", {}).get("protocolVersion"), **hello},
            "tools/list": {"tools": tools},
        }
        answer = {"jsonrpc": "2.0", "id": message["id"], "result": results.get(message["method"], {})}
        print(json.dumps(answer), flush=True)
"""
POLICY = """\
version: 1
name: syncing
upstreams:
  files:
    command: {python}
    args: [{server}, {tools}]
rules:
  - id: reads
    effect: allow
    tool: read_file
    when: {{ {argument}: {{ prefix: a }} }}
"""


def tool(*arguments):
    properties = {name: {"type": "string"} for name in arguments}
    return {"name": "read_file", "inputSchema": {"type": "object", "properties": properties}}


class Place:
    """A project before a server that has the tools that it is told to have."""

    def __init__(self, home):
        self.home = home
        self.path = home / "project"
        self.path.mkdir()
        self.lock = self.path / "latch.lock"
        (home / "server.py").write_text(SERVER)
        self.has(tool("name"))
        self.asks_about("name")

    def has(self, *tools):
        (self.home / "tools.json").write_text(json.dumps(tools))

    def asks_about(self, argument):
        words = {"python": sys.executable, "server": self.home / "server.py", "tools": self.home / "tools.json"}
        quoted = {key: json.dumps(str(word)) for key, word in words.items()}
        (self.path / "latch.yaml").write_text(POLICY.format(argument=argument, **quoted))

    def latch(self, *words, expect=0):
        done = subprocess.run(
            [BINARIES / "latch", *words], cwd=self.path, env=environment(self.home), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr

    def edit_lock(self):
        text = self.lock.read_text()
        self.lock.write_text(text.replace('"class": "read"', '"class": "write"'))
        assert self.lock.read_text() != text
        assert "L4004" in self.latch("validate", expect=1)


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    place.latch("sync", "--trust")
    place.latch("validate", "--strict")
    return place


def mends(place):
    """`--check` tells a difference and writes nothing; `sync` then mends the lock."""
    before = place.lock.read_bytes()
    said = place.latch("sync", "--check", expect=1)
    assert place.lock.read_bytes() == before
    place.latch("sync")
    place.latch("sync", "--check")
    place.latch("validate", "--strict")
    return said


def test_a_lock_edited_by_hand_is_mended_by_sync(place):
    place.edit_lock()
    assert "changed class" in mends(place)


def test_a_rule_may_ask_about_an_argument_that_only_the_new_server_has(place):
    place.has(tool("name", "owner"))
    place.asks_about("owner")
    assert "L3102" in place.latch("validate", expect=1)
    assert "changed inputSchema" in mends(place)


def test_a_rule_may_name_a_tool_that_only_the_new_server_has(place):
    place.has({**tool("name"), "name": "fetch_file"})
    text = (place.path / "latch.yaml").read_text()
    (place.path / "latch.yaml").write_text(text.replace("tool: read_file", "tool: fetch_file"))
    assert "L2101" in place.latch("validate", expect=1)
    assert "removed" in mends(place)


def test_a_schema_that_cannot_be_used_is_replaced_once_the_server_has_a_better_one(place):
    place.has({"name": "read_file", "inputSchema": {"type": "text", "properties": {"name": {}}}})
    assert "cannot be used" in place.latch("sync")
    assert "L4007" in place.latch("validate", expect=1)
    assert "cannot be used" in place.latch("sync", "--check")
    place.has(tool("name"))
    mends(place)


@pytest.mark.parametrize("lock", ["{", "<<<<<<< HEAD\n"])
def test_a_lock_that_cannot_be_read_is_written_anew(place, lock):
    place.lock.write_text(lock)
    place.latch("validate", expect=1)
    mends(place)


def test_commands_are_trusted_whatever_the_lock_holds(place):
    place.edit_lock()
    (place.home / ".config" / "latch" / "trusted").unlink()
    place.latch("sync", expect=2)
    assert "trusted" in place.latch("trust", str(place.path), "--yes")
    place.latch("sync")


def test_nothing_is_started_where_what_is_to_be_started_is_wrong(place):
    before = place.lock.read_bytes()
    policy = place.path / "latch.yaml"
    text = policy.read_text()
    for wrong, code in [
        ("    env: { TOKEN: '${evn:TOKEN}' }\n", "L3004"),
        ("    env: { TOKEN: ghp_0123456789abcdefghijABCDEFGHIJ012345 }\n", "L3008"),
        ("  other: {}\n", "L3001"),
    ]:
        policy.write_text(text.replace("rules:\n", f"{wrong}rules:\n"))
        assert code in place.latch("sync", "--trust", expect=2)
        assert code in place.latch("trust", "--yes", expect=2)
    policy.write_text(text.replace("version: 1\n", "version: 1\ninclude: [more.yaml]\n"))
    assert "L2201" in place.latch("sync", "--trust", expect=2)
    assert place.lock.read_bytes() == before


def test_nothing_is_said_to_be_up_to_date_that_could_not_be_asked(place):
    before = place.lock.read_bytes()
    (place.home / "tools.json").unlink()
    said = place.latch("sync", expect=2)
    assert "`files` could not be listed: nothing of it was written" in said
    assert "up to date" not in said and "others" not in said
    assert "`files` could not be listed: not compared with the lock" in place.latch("sync", "--check", expect=2)
    assert place.lock.read_bytes() == before


def test_a_lock_that_cannot_be_read_is_not_lost_for_an_empty_one(place):
    (place.home / "tools.json").unlink()
    place.lock.write_text("<<<<<<< HEAD\n")
    assert "wrote" not in place.latch("sync", expect=2)
    assert place.lock.read_text() == "<<<<<<< HEAD\n"
    place.lock.unlink()
    place.latch("sync", expect=2)
    assert not place.lock.exists()


def test_what_could_be_asked_is_written_and_what_could_not_is_named(place):
    policy = place.path / "latch.yaml"
    policy.write_text(policy.read_text().replace("upstreams:\n", 'upstreams:\n  gone: { command: "false" }\n'))
    place.has(tool("name", "owner"))
    said = place.latch("sync", "--trust", expect=2)
    assert "wrote latch.lock" in said and "`gone` could not be listed" in said
    assert "owner" in place.lock.read_text()


def test_quiet_is_not_silent_about_differences(place):
    assert place.latch("sync", "--check", "--quiet") == ""
    place.has(tool("name", "owner"), {**tool("name"), "name": "new_tool"})
    said = place.latch("sync", "--check", "--quiet", expect=1)
    assert "changed inputSchema" in said and "added" in said
    assert "`latch.lock` does not say what the upstreams say" in said
    assert place.latch("sync", "--quiet") == ""
    # The server calls itself otherwise: no tool differs, the lock does.
    place.lock.write_text(place.lock.read_text().replace('"listing"', '"another"'))
    assert "does not say what the upstreams say" in place.latch("sync", "--check", "--quiet", expect=1)
