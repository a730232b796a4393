"""Approvals, limits, the record and a change of policy, with the real proxy, a real server and the official client."""

import asyncio
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import ElicitResult

from test_approvals import AtTerminal, under_a_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug"))
ERAS = ["legacy", "auto"]

POLICY = """\
version: 1
name: consent
upstreams:
  time:
    command: mcp-server-time
    args: ["--local-timezone", "UTC"]
defaults:
  approval: { by: [elicitation, terminal], timeout: 5m, lease: 15m }
rules:
  - id: ask-for-the-time
    effect: require_approval
    upstream: time
    tool: get_current_time
    reason: The time is precious.
  - id: convert
    effect: allow
    upstream: time
    tool: convert_time
    limit: { calls: 3, per: 1h }
"""

NOW = ("get_current_time", {"timezone": "Europe/Berlin"})
CONVERT = ("convert_time", {"source_timezone": "UTC", "time": "12:00", "target_timezone": "Asia/Tokyo"})


class Project:
    lock = ""

    def __init__(self, home):
        self.home = home
        self.path = home / "project"
        self.path.mkdir()
        self.environment = {"PATH": f"{BINARIES}:{os.environ['PATH']}", "HOME": str(home), "TERM": "xterm"}
        self.state = home / ".local" / "state" / "latch"
        self.write(POLICY)
        if not Project.lock:
            self.latch("sync", "--trust")
            Project.lock = (self.path / "latch.lock").read_text()
        (self.path / "latch.lock").write_text(Project.lock)
        self.latch("build")

    def write(self, policy):
        (self.path / "latch.yaml").write_text(policy)

    def latch(self, *words, expect=0):
        done = subprocess.run(
            [BINARIES / "latch", *words], cwd=self.path, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, start_new_session=True,
        )  # fmt: skip
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout

    def server(self, *words):
        bundle = self.path / ".latch" / "policy.latch"
        return StdioServerParameters(
            command=str(BINARIES / "latch-proxy"),
            args=["--bundle", str(bundle), "--upstream", "time", "--client", "cursor", "--project", str(self.path), *words],
            env=self.environment,
        )

    def drive(self, steps, era="legacy", answer=None, words=()):
        """Runs `steps` with a client that answers questions with `answer`, or cannot be asked."""
        asked = []

        async def elicit(context, parameters):
            asked.append(parameters)
            return answer

        async def main():
            callback = elicit if answer else None
            async with Client(
                self.server(*words), mode=era, read_timeout_seconds=60, elicitation_callback=callback
            ) as client:
                return await steps(client)

        return asyncio.run(main()), asked

    def call(self, what=NOW, **options):
        return self.drive(lambda client: client.call_tool(*what), **options)

    def approve(self, approval, *words):
        if under_a_client():
            pytest.skip("these tests run under a client, where nothing can be approved")
        terminal = AtTerminal([BINARIES / "latch", "approve", approval, *words], self.path, self.environment)
        terminal.wait_for("to say yes: ").type(f"{approval}\n").end()

    def proxies(self):
        """The running proxies of this project."""
        found = []
        for place in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = place.read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"latch-proxy") and str(self.path).encode() in b" ".join(words):
                found.append(int(place.parent.name))
        return found


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def text(result):
    return result.content[0].text


def approval(result):
    assert result.is_error, result
    return result.meta["dev.latch/decision"]["approval"]


@pytest.mark.parametrize("era", ERAS)
def test_a_person_approves_in_the_client(project, era):
    result, asked = project.call(era=era, answer=ElicitResult(action="accept", content={"decision": "allow_once"}))
    assert not result.is_error and "Europe/Berlin" in text(result)
    assert len(asked) == 1 and "The time is precious." in asked[0].message
    # One approval, one call.
    _, asked = project.call(era=era, answer=ElicitResult(action="accept", content={"decision": "allow_once"}))
    assert len(asked) == 1


@pytest.mark.parametrize("era", ERAS)
def test_a_person_refuses_in_the_client_and_is_not_asked_again(project, era):
    result, asked = project.call(era=era, answer=ElicitResult(action="decline"))
    assert result.is_error and "refused" in text(result) and len(asked) == 1
    result, asked = project.call(era=era, answer=ElicitResult(action="accept", content={"decision": "allow_once"}))
    assert result.is_error and "refused" in text(result) and asked == []


@pytest.mark.parametrize("era", ERAS)
def test_a_lease_given_in_the_client_covers_other_arguments(project, era):
    answer = ElicitResult(action="accept", content={"decision": "allow_any_arguments"})
    result, asked = project.call(era=era, answer=answer)
    assert not result.is_error and len(asked) == 1
    result, asked = project.call(("get_current_time", {"timezone": "Asia/Tokyo"}), era=era, answer=answer)
    assert not result.is_error and asked == []
    assert "get_current_time" in project.latch("leases")


@pytest.mark.parametrize("era", ERAS)
def test_a_client_that_cannot_ask_gets_the_call_deferred_and_a_person_approves_at_a_terminal(project, era):
    result, _ = project.call(era=era)
    name = approval(result)
    assert f"Approval `{name}` is needed; a person can give it with Latch." in text(result)
    assert name in project.latch("approvals")
    again, _ = project.call(era=era)
    assert approval(again) == name
    project.approve(name)
    result, _ = project.call(era=era)
    assert not result.is_error and "Europe/Berlin" in text(result)
    assert approval(project.call(era=era)[0]) != name


def test_the_users_own_command_is_told_of_an_approval(project):
    told = project.home / "told"
    command = project.home / "notify"
    command.write_text(f"#!{sys.executable}\nimport sys\nopen({str(told)!r}, 'a').write(sys.argv[1] + sys.stdin.read())\n")
    command.chmod(0o700)
    configuration = project.home / ".config" / "latch" / "config.json"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.write_text(json.dumps({"approval": {"notify": [str(command), "; true"]}}))
    name = approval(project.call()[0])
    for _ in range(200):
        if told.exists() and told.read_text().endswith("\n"):
            break
        time.sleep(0.05)
    assert told.read_text().startswith("; true{")
    request = json.loads(told.read_text().removeprefix("; true"))
    assert (request["id"], request["upstream"], request["tool"]) == (name, "time", "get_current_time")
    assert request["project"] == str(project.path) and "The time is precious." in request["reason"]
    assert json.loads(request["arguments"]) == NOW[1]
    # One that others could have written starts nothing.
    configuration.chmod(0o666)
    with pytest.raises(Exception):
        project.call()


def test_a_denial_is_remembered(project):
    name = approval(project.call()[0])
    project.latch("deny", name)
    result, _ = project.call()
    assert result.is_error and "refused" in text(result)


def test_a_killed_proxy_leaves_the_approval_asked_for_and_nothing_else(project):
    async def steps(client):
        call = asyncio.ensure_future(client.call_tool(*NOW))
        for _ in range(200):
            if "get_current_time" in project.latch("approvals"):
                break
            await asyncio.sleep(0.05)
        for proxy in project.proxies():
            os.kill(proxy, signal.SIGKILL)
        try:
            return await asyncio.wait_for(call, 20)
        except Exception as error:  # the connection is gone; how the client says so is its own affair
            return error

    async def elicit(context, parameters):
        await asyncio.sleep(3600)

    async def main():
        try:
            async with Client(project.server(), mode="legacy", read_timeout_seconds=20, elicitation_callback=elicit) as client:
                return await steps(client)
        except BaseException as error:
            return error

    assert isinstance(asyncio.run(main()), BaseException)
    assert project.proxies() == []
    listed = json.loads(project.latch("approvals", "--json"))["approvals"]
    assert [entry["tool"] for entry in listed] == ["get_current_time"]
    project.approve(listed[0]["id"])
    result, _ = project.call()
    assert not result.is_error


def test_a_limit_holds_over_proxies(project):
    first = [project.call(CONVERT)[0].is_error for _ in range(2)]

    async def twice(client):
        return [(await client.call_tool(*CONVERT)) for _ in range(2)]

    third, fourth = project.drive(twice)[0]
    assert first == [False, False] and not third.is_error
    assert fourth.is_error and "the limit of `convert` is reached (3 calls in 1h)" in text(fourth)


def test_the_record_tells_it_all_and_is_sound(project):
    project.call(CONVERT)
    name = approval(project.call()[0])
    project.approve(name)
    project.call()
    project.latch("audit", "verify")
    records = [json.loads(line) for line in project.latch("audit", "--json").splitlines()]
    decisions = [record for record in records if record["kind"] == "decision"]
    assert [(d["tool"], d["effect"], d["passed"]) for d in decisions] == [
        ("convert_time", "allow", True),
        ("get_current_time", "require_approval", False),
        ("get_current_time", "require_approval", True),
    ]
    assert decisions[2]["approval"] == {"id": name, "state": "given", "by": "terminal"}
    assert [r["outcome"] for r in records if r["kind"] == "outcome"] == ["result", "result"]
    assert decisions[0]["arguments"]["target_timezone"] == "Asia/Tokyo"
    # A record that is changed is found.
    [file] = [f for f in (project.state / "audit").glob("*/*.jsonl") if "convert_time" in f.read_text()]
    file.write_text(file.read_text().replace("Asia/Tokyo", "Asia/Seoul"))
    assert "changed" in project.latch("audit", "verify", expect=1)


def test_without_a_place_for_the_record_nothing_passes(project):
    project.state.parent.mkdir(parents=True, exist_ok=True)
    project.state.write_text("in the way")
    result, _ = project.call(CONVERT)
    assert result.is_error and "cannot be used" in text(result)


def test_a_policy_is_taken_up_between_calls_when_the_user_says_so(project):
    changes = []

    async def steps(client):
        before = await client.call_tool(*CONVERT)
        project.write(POLICY.replace("effect: allow", "effect: require_approval").replace("calls: 3", "calls: 300"))
        project.latch("build")
        unchanged = await client.call_tool(*CONVERT)
        for proxy in project.proxies():
            os.kill(proxy, signal.SIGHUP)
        after = None
        for _ in range(100):
            after = await client.call_tool(*CONVERT)
            if after.is_error:
                break
            await asyncio.sleep(0.05)
        (project.path / ".latch" / "policy.latch").chmod(0o666)
        for proxy in project.proxies():
            os.kill(proxy, signal.SIGHUP)
        await asyncio.sleep(0.3)
        kept = await client.call_tool(*CONVERT)
        return before, unchanged, after, kept

    (before, unchanged, after, kept), _ = project.drive(steps)
    assert not before.is_error and not unchanged.is_error
    assert after.is_error and "is needed" in text(after)
    assert kept.is_error
    events = [json.loads(line) for line in project.latch("audit", "--json").splitlines()]
    assert {"policy_loaded", "policy_kept"} <= {event.get("event") for event in events}


def test_only_the_key_that_the_policy_names_approves_where_it_asks_for_one(project):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not there")
    public = {}
    for name in ["ann", "eve"]:
        secret = project.home / f"{name}.pem"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:open sesame", "-out", secret], check=True
        )
        secret.chmod(0o600)
        pem = subprocess.run(
            ["openssl", "pkey", "-in", secret, "-passin", "pass:open sesame", "-pubout"], check=True, capture_output=True, text=True
        ).stdout
        public[name] = pem.splitlines()[1]
    by = f"by: [key], keys: {{ ann: {public['ann']} }}"
    project.write(POLICY.replace("by: [elicitation, terminal]", by))
    project.latch("build")
    answer = ElicitResult(action="accept", content={"decision": "allow_once"})
    result, asked = project.call(answer=answer)
    name = approval(result)
    assert asked == []
    for key, passes in [("eve", False), ("ann", True)]:
        terminal = AtTerminal(
            [BINARIES / "latch", "approve", name, "--key", project.home / f"{key}.pem"], project.path, project.environment
        )
        terminal.wait_for("to say yes: ").type(f"{name}\n").wait_for("assphrase").type("open sesame\n").end()
        result, _ = project.call(answer=answer)
        assert result.is_error != passes, text(result)
    decision = [json.loads(line) for line in project.latch("audit", "--json").splitlines()]
    given = [record["approval"] for record in decision if record.get("approval", {}).get("state") == "given"]
    assert given == [{"id": name, "state": "given", "by": "key", "who": "ann"}]


def test_observation_lets_pass_what_it_records_as_denied(project):
    words = ["--mode", "observe"]
    with pytest.raises(Exception) as refused:
        project.call(CONVERT, words=words)
    assert "observe" in str(refused.value) or "observe" in repr(getattr(refused.value, "exceptions", ""))
    denied = POLICY.replace("effect: allow", "effect: deny").replace("    limit: { calls: 3, per: 1h }\n", "")
    project.write(denied.replace("defaults:\n", "defaults:\n  observe: true\n"))
    project.latch("build")
    result, _ = project.call(CONVERT, words=words)
    assert not result.is_error and "Asia/Tokyo" in text(result)
    [record] = [r for r in map(json.loads, project.latch("audit", "--json").splitlines()) if r["kind"] == "decision"]
    assert (record["effect"], record["passed"]) == ("deny", True)
