"""What the proxy promises when there is no room for its state, and when somebody sets the clock."""

import json
import pathlib
import shutil
import subprocess
import sys
import time

import pytest

from allowing import BINARIES, environment
from proxied import Project
from test_approvals import AtTerminal, under_a_client

LEASE = 3
# A person types in between, on a machine that may be busy.
APPROVAL = 6
RULES = f"""\
  - id: ask
    effect: require_approval
    upstream: all
    tool: ask
    approval: {{ by: [elicitation], timeout: 1m, lease: {LEASE}s }}
  - id: late
    effect: require_approval
    upstream: all
    tool: late
    approval: {{ by: [terminal], timeout: {APPROVAL}s }}
"""
DAY = 86_400


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project.make(tmp_path_factory.mktemp("machine"), RULES)


class SmallDisk:
    """A file system of four megabytes."""

    def __init__(self, home):
        self.place = home / "disk"
        self.place.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", self.place]
        can_mount = sys.platform == "linux" and shutil.which("mount") is not None
        if not can_mount or subprocess.run(words, capture_output=True).returncode != 0:
            pytest.skip("no file system can be mounted here; a limit on the size of files stands in for it")
        self.state = self.place / "state"

    def fill(self, proxy):
        with (self.place / "filler").open("wb", buffering=0) as file:
            for size in (65_536, 4096):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    pass

    def make_room(self, proxy):
        (self.place / "filler").unlink()

    def end(self):
        subprocess.run(["umount", "-l", self.place], check=True)


class NoLargerFiles:
    """A limit on the size of the files that the proxy writes, which the system answers much like a full disk."""

    def __init__(self, home):
        self.state = home / "state"

    def fill(self, proxy):
        proxy.limit_files(0)

    def make_room(self, proxy):
        proxy.limit_files(1 << 30)

    def end(self):
        pass


@pytest.fixture(params=[SmallDisk, NoLargerFiles])
def disk(request, tmp_path):
    disk = request.param(tmp_path)
    yield disk
    disk.end()


@pytest.fixture
def start(project):
    started = []

    def start(state, **options):
        # The signal that comes with a limit on files stays ignored, as Python has it.
        started.append(project.start(state, restore_signals=False, **options))
        return started[-1].shake_hands(elicitation={})

    yield start
    for proxy in started:
        proxy.__exit__()


def decision(answer):
    return answer["result"]["_meta"]["dev.latch/decision"]


def is_denied_for_want_of_room(answer):
    text = answer["result"]["content"][0]["text"]
    return answer["result"].get("isError") and ("space" in text or "large" in text or "cannot be" in text)


def passed(answer):
    return answer["result"]["content"][0]["text"] == "echo"


def end(proxy, project, state):
    """The record, once the proxy is done."""
    proxy.close_input()
    assert proxy.end() == 0
    project.latch("audit", "verify", "--state", str(state))
    lines = [line for file in state.glob("audit/*/*.jsonl") for line in file.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def test_a_disk_that_is_full_from_the_start_denies_until_there_is_room(start, project, disk):
    proxy = start(disk.state)
    disk.fill(proxy)
    for _ in range(3):
        assert is_denied_for_want_of_room(proxy.answer(proxy.call()))
    disk.make_room(proxy)
    assert passed(proxy.answer(proxy.call()))
    records = end(proxy, project, disk.state)
    assert sum(record.get("passed", False) for record in records) == 1


def test_a_disk_that_becomes_full_denies_what_cannot_be_recorded_until_there_is_room(start, project, disk):
    proxy = start(disk.state)
    assert passed(proxy.answer(proxy.call()))
    disk.fill(proxy)
    went, denied = 1, 0
    for number in range(100):
        answer = proxy.answer(proxy.call(padding="p" * 500))
        if passed(answer):
            went += 1
        else:
            assert is_denied_for_want_of_room(answer)
            denied += 1
            if denied == 3:
                break
    assert denied == 3
    disk.make_room(proxy)
    for _ in range(3):
        assert passed(proxy.answer(proxy.call()))
    records = end(proxy, project, disk.state)
    # What passed is what was recorded, no more and no less.
    assert sum(record.get("passed", False) for record in records) == went + 3


def test_a_limit_on_files_with_the_signal_that_comes_with_it_is_answered_too(project, tmp_path):
    with project.start(tmp_path / "state").shake_hands() as proxy:
        proxy.limit_files(0)
        assert is_denied_for_want_of_room(proxy.answer(proxy.call()))


def test_nobody_is_asked_while_the_answer_could_not_be_kept(start, project, disk):
    proxy = start(disk.state)
    assert passed(proxy.answer(proxy.call()))
    disk.fill(proxy)
    assert is_denied_for_want_of_room(proxy.answer(proxy.call("ask")))
    disk.make_room(proxy)
    call = proxy.call("ask")
    accept(proxy, "allow_once")
    assert not proxy.answer(call)["result"].get("isError")


def accept(proxy, choice):
    question = proxy.message()
    assert question["method"] == "elicitation/create", question
    answer = {"action": "accept", "content": {"decision": choice}}
    proxy.send({"jsonrpc": "2.0", "id": question["id"], "result": answer})


class Clock:
    """Moves the clock of programs that are started with `variables`."""

    def __init__(self, home):
        compiler = shutil.which("cc")
        if compiler is None or sys.platform != "linux":
            pytest.skip("the clock can only be moved on Linux, with a C compiler")
        source = pathlib.Path(__file__).with_name("moved_clock.c")
        subprocess.run([compiler, "-O", "-shared", "-fPIC", "-o", home / "clock.so", source], check=True, timeout=60)
        self.file = home / "moved"
        self.variables = {"LD_PRELOAD": str(home / "clock.so"), "MOVED_CLOCK": str(self.file)}
        self.move(0)

    def move(self, seconds):
        self.file.with_suffix(".new").write_text(str(seconds))
        self.file.with_suffix(".new").replace(self.file)


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path)


@pytest.fixture
def leased(start, clock, tmp_path):
    """A proxy in which a person has just given a lease, and when."""
    proxy = start(tmp_path / "state", variables=clock.variables)
    call = proxy.call("ask")
    accept(proxy, "allow_any_arguments")
    answer = proxy.answer(call)
    given = time.monotonic()
    assert not answer["result"].get("isError")
    assert not proxy.answer(proxy.call("ask", other=1))["result"].get("isError")
    return proxy, given


def is_asked(proxy):
    call = proxy.call("ask", at=time.monotonic())
    message = proxy.message()
    if message.get("method") == "elicitation/create":
        proxy.send({"jsonrpc": "2.0", "id": message["id"], "result": {"action": "cancel"}})
        proxy.answer(call)
        return True
    assert message["id"] == call
    return False


def test_a_lease_does_not_live_longer_because_the_clock_is_set_back(leased, start, clock, tmp_path):
    proxy, given = leased
    clock.move(-DAY)
    time.sleep(max(0, given + LEASE + 0.5 - time.monotonic()))
    assert is_asked(proxy)
    assert is_asked(start(tmp_path / "state", variables=clock.variables))


def test_a_lease_that_the_clock_ended_does_not_come_back_with_it_and_the_record_stays_sound(
    leased, clock, project, tmp_path
):
    proxy, _ = leased
    clock.move(DAY)
    assert is_asked(proxy)
    clock.move(0)
    assert is_asked(proxy)
    clock.move(-DAY)
    assert passed(proxy.answer(proxy.call()))
    records = end(proxy, project, tmp_path / "state")
    # The clock was moved in truth.
    assert len({record["time"][:10] for record in records if "time" in record}) >= 3


def test_an_approval_does_not_live_longer_because_the_clock_is_set_back(start, clock, project, tmp_path):
    if under_a_client():
        pytest.skip("these tests run under a client, where nothing can be approved")
    proxy = start(tmp_path / "state", variables=clock.variables)
    asked = time.monotonic()
    name = decision(proxy.answer(proxy.call("late")))["approval"]
    words = [BINARIES / "latch", "approve", name, "--state", tmp_path / "state"]
    AtTerminal(words, project.path, environment(project.home) | {"TERM": "xterm"}).wait_for("to say yes: ").type(
        f"{name}\n"
    ).end()
    clock.move(-DAY)
    time.sleep(max(0, asked + APPROVAL + 0.5 - time.monotonic()))
    assert decision(proxy.answer(proxy.call("late")))["approval"] != name
