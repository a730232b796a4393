"""What the proxy promises when the server, or the client, does wrong: no hang, no orphan, no answer to nothing.

`RelayTests.swift` has the simple faults; here are those that need another server.
"""

import json
import signal
import time

import pytest

from allowing import SLOWNESS
from proxied import Project

MEGABYTE = 1 << 20
# So long after the client is gone, everything is.
GONE = 2 * SLOWNESS


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project.make(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def start(project, tmp_path):
    """Starts the proxy before a server that does as it is told."""
    started = []

    def start(*how, **options):
        started.append(project.start(tmp_path / "state", *how, **options))
        return started[-1]

    yield start
    for proxy in started:
        proxy.__exit__()


def is_told(message, of):
    error = message.get("error", {"code": 0})
    return error["code"] == -32603 and of in error["message"]


def without_listening(proxy):
    """Shakes hands for a client that does not read what comes after."""
    proxy.initialize()
    assert proxy.process.stdout.readline()
    proxy.initialized()
    return proxy


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("ends-at-once", "ended with exit code 3"),
        ("dies-before-initialize", "ended by signal 9"),
        ("closes-before-initialize", "closed its output"),
    ],
)
def test_a_server_that_ends_before_the_handshake(start, how, reason):
    proxy = start(how)
    assert is_told(proxy.answer(proxy.initialize()), reason)
    assert proxy.end() == 1


@pytest.mark.parametrize(("how", "reason"), [("dies-in-walk", "signal 9"), ("closes-in-walk", "closed its output")])
def test_a_server_that_ends_while_its_tools_are_verified(start, how, reason):
    proxy = start(how)
    first = proxy.initialize()
    proxy.answer(first)
    proxy.initialized()
    calls = [proxy.call(), proxy.call("ask"), proxy.request("ping")]
    for id, answer in proxy.answers(calls).items():
        assert is_told(answer, reason) or (id == calls[2] and answer.get("result") == {})
    assert proxy.end() == 1


def test_every_call_in_flight_is_told_of_the_servers_death_and_the_record_is_sound(start, project, tmp_path):
    proxy = start("dies-with-calls").shake_hands()
    calls = [proxy.call("hold", until=1000) for _ in range(1000)]
    for answer in proxy.answers(calls, 60).values():
        assert is_told(answer, "ended by signal 9")
    assert proxy.end() == 1
    project.latch("audit", "verify", "--state", str(tmp_path / "state"))


def test_a_thousand_calls_that_wait_at_once_are_all_answered(start):
    proxy = start().shake_hands()
    calls = [proxy.call("hold", until=1000) for _ in range(1000)]
    for id, answer in proxy.answers(calls, 60).items():
        assert answer["result"]["content"][0]["text"] == f"held {id}"


def test_a_server_that_never_answers_is_not_waited_for(tmp_path_factory, tmp_path):
    project = Project.make(tmp_path_factory.mktemp("silent"), timeout=f"{int(1000 * SLOWNESS)}ms")
    with project.start(tmp_path / "state") as proxy:
        proxy.shake_hands()
        # The server holds each until two wait.
        first = proxy.call("hold", until=2)
        assert is_told(proxy.answer(first), "did not answer within")
        # Its answer comes now, and is nobody's.
        second = proxy.call("hold", until=2)
        assert proxy.answer(second)["result"]["content"][0]["text"] == f"held {second}"
        assert "result" in proxy.answer(proxy.call())
        proxy.close_input()
        assert proxy.end() == 0
    assert b"came too late" in proxy.process.stderr.read()
    (record,) = (tmp_path / "state" / "audit").glob("*/*.jsonl")
    ends = [json.loads(line).get("outcome") for line in record.read_text().splitlines()]
    assert [end for end in ends if end] == ["timed_out", "result", "result"]


def test_half_a_line_and_then_nothing_holds_nobody_up_at_the_end(start):
    proxy = start("deaf").shake_hands()
    proxy.call(half="wait")
    time.sleep(0.5)
    assert proxy.lines.empty()
    proxy.close_input()
    assert proxy.all_gone_within(GONE)
    assert b"half" not in b"".join(proxy.said)


def test_half_a_line_and_then_death_is_no_answer(start):
    proxy = start().shake_hands()
    assert is_told(proxy.answer(proxy.call(half="die")), "ended by signal 9")
    assert proxy.end() == 1


def test_a_line_of_a_hundred_megabytes_from_the_server_is_dropped_without_the_memory_for_it(start):
    proxy = start().shake_hands()
    proxy.answer(proxy.call())
    too_long = proxy.call(megabytes=100)
    after = proxy.call()
    # Its beginning says what the line answers.
    answers = proxy.answers([too_long, after], 60)
    assert answers[too_long]["error"]["code"] == -32603 and "result" in answers[after]
    assert proxy.memory() < 100 * MEGABYTE
    assert "result" in proxy.answer(proxy.call())


def test_a_line_of_a_hundred_megabytes_from_the_client_is_refused_without_the_memory_for_it(start):
    proxy = start().shake_hands()
    proxy.answer(proxy.call())
    proxy.send(b'{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"echo","arguments":{"x":"')
    for _ in range(100):
        proxy.send(b"y" * MEGABYTE)
    proxy.send(b'"}}}\n')
    refusal = proxy.message(60)
    assert refusal["id"] == 77 and refusal["error"]["code"] == -32600
    assert "result" in proxy.answer(proxy.call())
    assert proxy.memory() < 100 * MEGABYTE


def test_a_server_that_never_stops_complaining_is_served_though_nobody_listens(start):
    proxy = start("complains", "deaf").shake_hands()
    for _ in range(5):
        assert "result" in proxy.answer(proxy.call())
    assert proxy.memory() < 100 * MEGABYTE
    proxy.close_input()
    assert proxy.all_gone_within(GONE)


@pytest.mark.parametrize("how", ["end of input", signal.SIGTERM, signal.SIGINT])
def test_a_server_that_never_stops_talking_to_a_client_that_does_not_listen_ends_all_the_same(start, how):
    proxy = without_listening(start("chatters", "deaf", reads=False))
    proxy.call()
    time.sleep(0.5)
    if how == "end of input":
        proxy.close_input()
    else:
        proxy.process.send_signal(how)
    assert proxy.all_gone_within(GONE)


@pytest.mark.parametrize("how", ["end of input", signal.SIGTERM])
def test_a_server_that_asks_and_asks_and_reads_no_answer_ends_all_the_same(start, how):
    proxy = start("asks-and-is-deaf").shake_hands()
    proxy.call()
    time.sleep(1.5)
    if how == "end of input":
        proxy.close_input()
    else:
        proxy.process.send_signal(how)
    assert proxy.all_gone_within(GONE)


def test_answers_to_what_was_not_asked_do_not_reach_the_client(start):
    proxy = start("answers-others").shake_hands()
    for _ in range(3):
        assert proxy.answer(proxy.call())["result"]["content"][0]["text"] == "echo"
    proxy.close_input()
    assert proxy.message() is None
    assert b"wrong" not in b"".join(proxy.said)


def test_what_is_no_message_on_standard_output_does_not_reach_the_client(start):
    proxy = start("binary-banner").shake_hands()
    assert proxy.answer(proxy.call())["result"]["content"][0]["text"] == "echo"
    assert b"smuggled" not in b"".join(proxy.said)


@pytest.mark.parametrize("closes", ["both ends", "what it reads"])
def test_a_client_that_goes_in_the_middle_of_calls_leaves_nothing_behind(start, closes):
    proxy = without_listening(start("deaf", reads=False))
    for _ in range(2):
        proxy.call("hold", until=3)
    time.sleep(0.3)
    assert proxy.project.servers()
    proxy.process.stdout.close()
    if closes == "both ends":
        proxy.close_input()
    else:
        proxy.call("hold", until=3)
    assert proxy.all_gone_within(GONE)


@pytest.mark.parametrize(
    "how", ["end of input", "both ends", signal.SIGTERM]
)
def test_a_server_that_stops_reading_does_not_outlive_the_client(start, how):
    proxy = without_listening(start("stops-reading", reads=False))
    proxy.call()
    proxy.send_until_nobody_takes_more({"method": "notifications/progress", "params": {"p": "p" * 4000}})
    if how == signal.SIGTERM:
        proxy.process.terminate()
    else:
        proxy.close_input()
    if how == "both ends":
        proxy.process.stdout.close()
    assert proxy.all_gone_within(GONE)


def test_a_client_that_reads_no_refusals_and_closes_its_end_leaves_nothing_behind(start):
    proxy = without_listening(start(reads=False))
    # Refused by the proxy itself, each time.
    proxy.send_until_nobody_takes_more({"id": "x", "method": "tools/call", "params": {"name": "unknown"}})
    proxy.close_input()
    assert proxy.all_gone_within(GONE)


def test_a_server_that_closes_its_input_does_not_leave_calls_without_an_answer(start):
    proxy = start("closes-input").shake_hands()
    first = proxy.call()
    # What the server takes before it closes its input tells nobody of that.
    time.sleep(0.5 * SLOWNESS)
    for answer in proxy.answers([first, proxy.call()], 3 * SLOWNESS).values():
        assert "error" in answer
    assert proxy.end() == 1


def test_the_death_of_a_server_is_told_though_its_child_holds_its_output(start):
    proxy = start("dies-leaving-a-child").shake_hands()
    assert is_told(proxy.answer(proxy.call(), 3 * SLOWNESS), "ended by signal 9")
    assert proxy.end(5) == 1
