"""Servers over HTTP behind the real proxy: what a person allows, and what the proxy promises when one misbehaves."""

import asyncio
import json
import pathlib
import time

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import ElicitResult

from allowing import BINARIES, SLOWNESS, Allowing, OverHTTP, environment, free_port
from proxied import Proxied

REAL = pathlib.Path(__file__).with_name("transparent_server.py")
TIMEOUT = int(4 * SLOWNESS)
MISBEHAVING = pathlib.Path(__file__).with_name("misbehaving_http_server.py")
ASKING = """\
  - id: ask
    effect: require_approval
    upstream: all
    tool: again
    approval: { by: [elicitation], timeout: 1m }
"""


class Project(Allowing):
    def __init__(self, home, script, *words, rules=""):
        self.port = free_port()
        reached = [
            f'url: "http://127.0.0.1:{self.port}/mcp"', 'headers: { X-Key: "${env:THE_KEY:-none}" }', f"timeout: {TIMEOUT}s",
        ]  # fmt: skip
        super().__init__(home, "\n    ".join(reached))
        self.script = script
        self.more = [str(word) for word in words]
        with (self.path / "latch.yaml").open("a") as policy:
            policy.write(rules)
        with self.server():
            self.build()

    def server(self):
        server = OverHTTP(self.script, self.port)
        server.words += self.more
        return server

    def servers(self):
        return []

    def decisions(self, state):
        lines = [line for file in (state / "audit").glob("*/*.jsonl") for line in file.read_text().splitlines()]
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("asking"), REAL, rules=ASKING)


@pytest.mark.parametrize("era", ["legacy", "auto"])
@pytest.mark.parametrize("says", ["accept", "decline"])
def test_a_person_is_asked_about_a_call_over_http(asking, tmp_path, era, says):
    asked = []

    async def elicit(context, parameters):
        asked.append(parameters.message)
        return ElicitResult(action=says, content={"decision": "allow_once"} if says == "accept" else None)

    async def main():
        words = [*asking.proxy(), "--state", str(tmp_path / "state")]
        server = StdioServerParameters(command=words[0], args=words[1:], env=environment(asking.home))
        async with Client(server, mode=era, read_timeout_seconds=60, elicitation_callback=elicit) as client:
            return await client.call_tool("again", {"text": "é", "times": 2})

    with asking.server():
        result = asyncio.run(main())
    assert len(asked) == 1 and "again" in asked[0]
    assert result.is_error == (says == "decline"), result
    assert ("éé" in result.content[0].text) == (says == "accept")


class Misbehaving(Project):
    def __init__(self, home):
        self.how, self.count = home / "how", home / "count"
        self.how.write_text("well")
        super().__init__(home, MISBEHAVING, self.how, self.count)

    def calls(self):
        return self.count.read_text().splitlines() if self.count.exists() else []


@pytest.fixture(scope="module")
def misbehaving(tmp_path_factory):
    return Misbehaving(tmp_path_factory.mktemp("misbehaving"))


@pytest.mark.parametrize(
    "how",
    [
        "hang_up", "hang_up_in_a_stream", "die", "garble", "answer_twice_over", "answer_another", "fail", "want_credentials",
        "send_elsewhere", "say_nothing", "answer_below_100",
    ],
)  # fmt: skip
def test_a_call_is_answered_and_made_once_whatever_the_server_does(misbehaving, tmp_path, how):
    state = tmp_path / "state"
    with misbehaving.server(), Proxied(misbehaving, state) as proxied:
        proxied.shake_hands()
        misbehaving.how.write_text("well")
        first = proxied.answer(proxied.call(text=f"before {how}"), 30)
        assert first["result"]["content"][0]["text"] == "said"
        misbehaving.how.write_text(how)
        answer = proxied.answer(proxied.call(text=how), 60)
        assert "error" in answer, answer
        if how == "want_credentials":
            assert "THE_KEY" in answer["error"]["message"], answer
        if how == "say_nothing":
            assert f"did not answer within {TIMEOUT}s" in answer["error"]["message"], answer
        # Nothing is sent a second time, for it may have been done.
        time.sleep(0.3)
        assert misbehaving.calls().count(how) == 1
        if how == "say_nothing":
            assert misbehaving.calls()[-1] == "notifications/cancelled"
        if how != "die":
            misbehaving.how.write_text("well")
            last = proxied.answer(proxied.call(text=f"after {how}"), 60)
            assert last["result"]["content"][0]["text"] == "said", last
        proxied.close_input()
        assert proxied.process.wait(10) == 0
    ends = [record["outcome"] for record in misbehaving.decisions(state) if record["kind"] == "outcome"]
    assert ends[0] == "result" and ends[1] in ("error", "lost", "timed_out") and ends[2:] in ([], ["result"]), ends


def test_what_was_asked_right_before_the_end_is_still_answered(misbehaving, tmp_path):
    misbehaving.how.write_text("take_a_while")
    with misbehaving.server(), Proxied(misbehaving, tmp_path / "state") as proxied:
        proxied.initialize()
        proxied.initialized()
        id = proxied.call(text="at once")
        proxied.close_input()
        assert proxied.answers([1, id])[id]["result"]["content"][0]["text"] == "said"
        assert proxied.process.wait(10) == 0


def test_a_conversation_that_is_over_ends_the_proxy(misbehaving, tmp_path):
    misbehaving.how.write_text("well")
    with misbehaving.server(), Proxied(misbehaving, tmp_path / "state") as proxied:
        proxied.shake_hands()
        assert "result" in proxied.answer(proxied.call(text="before it forgot"))
        misbehaving.how.write_text("forget")
        assert "error" in proxied.answer(proxied.call(text="after it forgot"))
        assert proxied.process.wait(10) == 1
        assert b"is out of reach" in proxied.process.stderr.read()


def test_an_answer_to_a_question_of_a_forgotten_session_is_none_to_that_of_the_next(misbehaving, tmp_path):
    misbehaving.how.write_text("ask")
    with misbehaving.server(), Proxied(misbehaving, tmp_path / "state") as proxied:
        proxied.shake_hands(elicitation={})
        first = proxied.message()
        assert first["method"] == "elicitation/create" and first["id"] == 0
        assert "result" in proxied.answer(proxied.call(text="before it forgot"))
        misbehaving.how.write_text("ask_anew")
        call = proxied.call(text="when it forgot")
        said = [proxied.message() for _ in range(3)]
        by_method = {each.get("method"): each for each in said}
        assert by_method["notifications/cancelled"]["params"]["requestId"] == 0
        assert by_method[None]["id"] == call and "error" in by_method[None]
        second = by_method["elicitation/create"]
        assert second["params"] == first["params"] and second["id"] != 0
        # The person answers the first question late.
        for id, name in [(0, "the first"), (second["id"], "the second")]:
            proxied.send({"jsonrpc": "2.0", "id": id, "result": {"action": "accept", "content": {"to": name}}})
        assert "result" in proxied.answer(proxied.call(text="afterwards"))
        end = time.monotonic() + 30
        while not (told := [each for each in misbehaving.calls() if "was told" in each]) and time.monotonic() < end:
            time.sleep(0.05)
        assert told == ['session-2 was told {"action": "accept", "content": {"to": "the second"}}']
        proxied.close_input()
        assert proxied.process.wait(10) == 0


def test_a_credential_for_the_server_is_in_no_record(misbehaving, tmp_path):
    state = tmp_path / "state"
    secret = "sesame-open-42"
    misbehaving.how.write_text("want_credentials")
    with misbehaving.server(), Proxied(misbehaving, state, {"THE_KEY": secret}) as proxied:
        proxied.shake_hands()
        answer = proxied.answer(proxied.call(text=f"my {secret}"), 60)
        assert "THE_KEY" in answer["error"]["message"] and secret not in json.dumps(answer)
        proxied.close_input()
        assert proxied.process.wait(10) == 0
        assert secret not in proxied.process.stderr.read().decode()
    record = json.dumps(misbehaving.decisions(state))
    assert secret not in record and "redacted" in record
    assert BINARIES.joinpath("latch-proxy-http").exists()
