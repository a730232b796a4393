"""Before a server whose every tool is allowed, nobody can tell that the proxy is there.

`transparent_server.py` is driven by the official client in each era, directly and through the proxy. A larger harness
of this kind is used too where there is one: LATCH_HARNESS names its directory.
"""

import asyncio
import json
import os
import pathlib
import subprocess
import sys

import mcp_types as types
import pytest
from mcp import Client, MCPError, StdioServerParameters

from allowing import IS_DEBUG, ROOT, Allowing, OverHTTP, environment, free_port

HARNESS = pathlib.Path(os.environ.get("LATCH_HARNESS", ROOT.parent / "shared" / "harness"))
SERVER = pathlib.Path(__file__).with_name("transparent_server.py")
LARGE = {f"{era}/5 MB {what}" for era in ("legacy", "modern") for what in ("argument", "result")}
# Steps whose name begins so tell who the client is, and how long it took.
NOT_COUNTED = ("identity", "timing")

needs_harness = pytest.mark.skipif(
    not (HARNESS / "transparency.py").exists(), reason=f"there is no harness in {HARNESS}; LATCH_HARNESS names another"
)


class Harness:
    """The harness's server in a project of its own, whose lock knows the tool that the server adds while it runs."""

    def __init__(self, home):
        self.home = home
        self.server = home / "everything_server.py"
        self.original = (HARNESS / "everything_server.py").read_text()
        self.with_all_tools = self.original.replace('"extra": False', '"extra": True')
        assert self.with_all_tools != self.original

    def run(self, *words):
        """What the harness says, and its exit status."""
        done = subprocess.run(
            [sys.executable, HARNESS / "transparency.py", "--stderr", self.home / "stderr", *words],
            env=environment(self.home), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=580,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def harness(tmp_path):
    return Harness(tmp_path)


def differences(direct, proxied):
    """The steps that differ and count, without those that a debug build may take too long for."""
    found = {name for name in direct.keys() | proxied.keys() if direct.get(name) != proxied.get(name)}
    found = {name for name in found if not name.split("/", 1)[1].startswith(NOT_COUNTED)}
    slow = {name for name in found & LARGE if IS_DEBUG and proxied.get(name) == {"timeout": True}}
    if slow:
        print(f"too slow in a debug build, not compared: {sorted(slow)}")
    return {name: (direct.get(name), proxied.get(name)) for name in found - slow}


@needs_harness
def test_the_harness_finds_no_difference_over_stdio(harness, tmp_path):
    project = Allowing.before(tmp_path, harness.server)
    harness.server.write_text(harness.with_all_tools)
    project.build()
    harness.server.write_text(harness.original)
    result = tmp_path / "result.json"
    status, said = harness.run(
        "--direct", f"{sys.executable} {harness.server}", "--proxied", " ".join(project.proxy()), "--out", result,
    )  # fmt: skip
    assert result.exists(), said
    both = json.loads(result.read_text())
    assert len(both["direct"]) > 100, said
    assert differences(both["direct"], both["proxied"]) == {}, said
    assert status == 0 or IS_DEBUG, said


@needs_harness
def test_the_harness_finds_no_difference_over_http(harness, tmp_path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/mcp"
    project = Allowing(tmp_path, f'url: "{url}"')
    harness.server.write_text(harness.with_all_tools)
    with OverHTTP(harness.server, port):
        project.build()
    harness.server.write_text(harness.original)
    # The server counts over all connections: each run gets one of its own.
    for name, target in {"direct": ["--url", url], "proxied": ["--cmd", " ".join(project.proxy())]}.items():
        with OverHTTP(harness.server, port):
            status, said = harness.run(*target, "--era", "both", "--out", tmp_path / name)
            assert status == 0, said
    direct, proxied = (json.loads((tmp_path / name).read_text()) for name in ("direct", "proxied"))
    assert len(direct) > 100
    # Client and server have limits of their own over HTTP, and words of their own for them.
    for name in [name for name in LARGE if direct[name].get("error")]:
        print(f"impossible without the proxy, not compared: {name}")
        del direct[name], proxied[name]
    assert differences(direct, proxied) == {}


class Seen:
    """All that a client sees of a server: answers and errors in order, and what came without being asked for."""

    def __init__(self):
        self.answers = {}
        self.unasked = []

    def note(self, kind, value):
        self.unasked.append((kind, shown(value)))

    async def step(self, name, what):
        try:
            self.answers[name] = shown(await asyncio.wait_for(what, 60))
        except MCPError as error:
            self.answers[name] = ("error", shown(error.error))


def shown(value):
    return value.model_dump(by_alias=True, mode="json", exclude_unset=True) if hasattr(value, "model_dump") else value


# A name that is not locked is the one thing left out: it never reaches the server, and servers answer it variously.
CALLS = [
    ("again", {"text": "é 🚀 \u2028 \r\n", "times": 3}),
    ("again", {"text": 1}),
    ("again", {"text": "x", "more": {"a": 1e300, "b": [9007199254740993, None, -0.0]}}),
    ("place", {"city": "Köln"}),
    ("mixed", {}),
    ("steps", {"count": 4}),
    ("greet", {"greeting": "Hello"}),
    ("think", {}),
    ("grounds", {}),
    ("breaks", {}),
    ("refuses", {}),
]


async def look_at_everything(client, seen):
    async def progress(done, total, message):
        seen.note("progress", [done, total, message])

    seen.answers["server"] = [
        client.protocol_version, shown(client.server_capabilities), client.instructions, shown(client.server_info)
    ]  # fmt: skip
    for name in ("list_tools", "list_resources", "list_resource_templates", "list_prompts"):
        await seen.step(name, getattr(client, name)())
    for number, (tool, arguments) in enumerate(CALLS):
        meta = {"example.com/trace": {"n": number}}
        await seen.step(f"{number} {tool}", client.call_tool(tool, arguments, progress_callback=progress, meta=meta))
    for uri in ("note://one", "note://bytes", "note://of/me%20two", "note://none"):
        await seen.step(uri, client.read_resource(uri))
    await seen.step("prompt", client.get_prompt("ask", {"topic": "life"}))
    await seen.step("prompt without its argument", client.get_prompt("ask", {}))
    await seen.step("no such prompt", client.get_prompt("none"))
    await seen.step("completion", client.complete(types.PromptReference(name="ask"), {"name": "topic", "value": "x"}))
    many = await asyncio.wait_for(asyncio.gather(*[client.call_tool("again", {"text": str(n)}) for n in range(40)]), 60)
    seen.answers["many at once"] = [shown(result) for result in many]


def everything_seen(command, home, era):
    """What the client sees of the server that `command` starts."""
    seen = Seen()

    async def elicit(context, parameters):
        seen.note("elicitation", parameters)
        return types.ElicitResult(action="accept", content={"name": "Zoë", "age": 41})

    async def sample(context, parameters):
        seen.note("sampling", parameters)
        content = types.TextContent(text="Quite.")
        return types.CreateMessageResult(role="assistant", content=content, model="m", stop_reason="endTurn")

    async def roots(context):
        seen.note("roots", None)
        return types.ListRootsResult(roots=[types.Root(uri="file:///a"), types.Root(uri="file:///b", name="B")])

    async def log(parameters):
        seen.note("log", parameters)

    async def message(message):
        if not isinstance(message, Exception):
            seen.note("message", message)

    async def main():
        server = StdioServerParameters(command=command[0], args=command[1:], env=environment(home))
        async with Client(
            server, mode=era, read_timeout_seconds=60, cache=None, log_level=None if era == "legacy" else "debug",
            elicitation_callback=elicit, sampling_callback=sample, list_roots_callback=roots, logging_callback=log,
            message_handler=message,
        ) as client:  # fmt: skip
            await look_at_everything(client, seen)

    asyncio.run(main())
    return seen


@pytest.fixture(scope="module")
def transparent(tmp_path_factory):
    project = Allowing.before(tmp_path_factory.mktemp("transparent"), SERVER)
    project.build()
    return project


@pytest.mark.parametrize("era", ["legacy", "auto", "2026-07-28"])
def test_a_client_sees_the_same_through_the_proxy(transparent, era):
    direct = everything_seen([sys.executable, str(SERVER)], transparent.home, era)
    proxied = everything_seen(transparent.proxy(), transparent.home, era)
    for name, answer in direct.answers.items():
        assert proxied.answers[name] == answer, name
    assert proxied.answers.keys() == direct.answers.keys()
    # Notifications have no order among several kinds; the client handles each on its own.
    for kind in ("elicitation", "sampling", "roots", "log", "progress", "message"):
        told = [value for each, value in direct.unasked if each == kind]
        assert [value for each, value in proxied.unasked if each == kind] == told, kind
    assert {"elicitation", "sampling", "roots", "log", "progress"} <= {kind for kind, _ in direct.unasked}
    assert sum(answer[0] == "error" for answer in direct.answers.values() if isinstance(answer, tuple)) >= 3
