"""`latch audit` and `latch audit verify` over a record that is kept in `Fixtures/audit`.

The binaries are taken from LATCH_BIN (a directory), else from the debug build.
"""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LATCH = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug")) / "latch"
RECORD = ROOT / "Fixtures" / "audit" / "state"


@pytest.fixture
def state(tmp_path):
    """A copy of the record, to be changed."""
    shutil.copytree(RECORD, tmp_path / "state")
    return tmp_path / "state"


def latch(*words, expect=0, environment=None, cwd=None):
    done = subprocess.run(
        [LATCH, "audit", *words], env=environment, cwd=cwd, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


def files(state):
    return sorted((state / "audit").glob("*/*.jsonl"))


def test_decisions_are_shown_in_a_table_and_counted(state):
    lines = latch("--state", state).stdout.splitlines()
    assert lines[0].split() == ["TIME", "UPSTREAM", "CLIENT", "TOOL", "CLASS", "EFFECT", "BY", "RULE"]
    assert [line.split()[1:3] for line in lines[1:6]] == [["files", "cursor"]] * 4 + [["web", "fetch"]]
    assert lines[2].split()[3:] == ["write_file", "write", "deny", "guardrail", "no-etc"]
    assert "require_approval (given)" in lines[4]
    summary = "\n".join(lines[6:])
    for row in ["require_approval  2", "ask-first      2", "files/write_file  3"]:
        assert row in summary, summary


def test_records_are_printed_as_they_stand(state):
    written = [line for file in files(state) for line in file.read_text().splitlines()]
    shown = latch("--state", state, "--json").stdout.splitlines()
    assert sorted(shown) == sorted(written)
    times = [json.loads(line)["time"] for line in shown]
    assert times == sorted(times)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--upstream", "web"], {("decision", 1), ("outcome", 1), ("file", None)}),
        (["--effect", "deny"], {("decision", 2)}),
        (["--effect", "allow"], {("decision", 1), ("outcome", 1)}),
        (["--upstream", "files", "--effect", "require_approval"], {("decision", 3), ("outcome", 3)}),
        (["--since", "2026-02-04"], {("outcome", 1), ("file", None), ("end", None)}),
        (["--since", "2030-01-01"], set()),
    ],
)
def test_filters(state, words, expected):
    records = [json.loads(line) for line in latch("--state", state, "--json", *words).stdout.splitlines()]
    assert {(record["kind"], record.get("call")) for record in records} == expected


def test_wrong_words_are_refused(state):
    latch("--since", "yesterday", expect=64)
    latch("--effect", "maybe", expect=64)


def test_the_users_own_state_directory_is_looked_in(state, tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    assert latch(environment=environment).stdout.count("\n") == 1
    (tmp_path / ".local" / "state").mkdir(parents=True)
    shutil.copytree(state, tmp_path / ".local" / "state" / "latch")
    assert "write_file" in latch(environment=environment).stdout
    shutil.move(tmp_path / ".local" / "state", tmp_path / "elsewhere")
    environment["XDG_STATE_HOME"] = str(tmp_path / "elsewhere")
    assert "write_file" in latch(environment=environment).stdout


def test_following_goes_on_with_what_comes(state):
    late = files(state)[-1]
    kept = late.read_bytes()
    late.unlink()
    follower = subprocess.Popen(
        [LATCH, "audit", "--follow", "--json", "--state", state], stdout=subprocess.PIPE, text=True
    )
    try:
        for _ in range(sum(len(file.read_bytes().splitlines()) for file in files(state))):
            assert follower.stdout.readline()
        head, middle, rest = kept.split(b"\n", 2)
        late.write_bytes(head + b"\n" + middle[:20])
        assert json.loads(follower.stdout.readline())["kind"] == "file"
        with late.open("ab") as file:
            file.write(middle[20:] + b"\n" + rest)
        assert [json.loads(follower.stdout.readline())["seq"] for _ in range(2)] == [1, 2]
    finally:
        follower.kill()
        follower.wait()
        follower.stdout.close()


def test_a_copy_of_the_record_is_held_against_itself_only(state):
    done = latch("verify", "--state", state)
    assert "not verified: no anchors are here" in done.stdout
    assert "0 as they were written" in done.stdout.splitlines()[-1]
    report = json.loads(latch("verify", "--state", state, "--json").stdout)
    assert report["sound"] and report["findings"] == [] and report["files"] == 3 and report["verified"] == 0


@pytest.mark.parametrize("left", ["audit.key", "state.counter"])
def test_a_database_that_was_removed_is_missed(state, left):
    (state / left).write_bytes(b"")
    report = json.loads(latch("verify", "--state", state, "--json", expect=1).stdout)
    assert [(finding["kind"], finding["file"]) for finding in report["findings"]] == [("missing", "state.db")]


def test_the_state_directory_may_be_named_from_here(state):
    done = latch("verify", "--state", state.name, cwd=state.parent)
    assert "3 files" in done.stdout


def test_a_file_too_large_to_be_read_is_a_finding(state):
    with files(state)[0].open("ab") as file:
        file.truncate((1 << 30) + 1)
    report = json.loads(latch("verify", "--state", state, "--json", expect=1).stdout)
    assert "unreadable" in [finding["kind"] for finding in report["findings"]]


def change(lines):
    lines[2] = lines[2].replace(b'"result"', b'"lost"')


def drop(lines):
    del lines[3]


def put_in(lines):
    lines.insert(3, lines[3])


def reorder(lines):
    lines[3], lines[4] = lines[4], lines[3]


def cut_off(lines):
    lines[-1] = lines[-1][:-10]


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [(change, "changed"), (drop, "dropped"), (put_in, "inserted"), (reorder, "reordered"), (cut_off, "truncated")],
)
def test_what_was_changed_is_found(state, tamper, kind):
    first = files(state)[0]
    lines = first.read_bytes().splitlines(keepends=True)
    tamper(lines)
    first.write_bytes(b"".join(lines))
    report = json.loads(latch("verify", "--state", state, "--json", expect=1).stdout)
    assert not report["sound"] and kind in [finding["kind"] for finding in report["findings"]]
    assert kind in latch("verify", "--state", state, expect=1).stdout


def test_a_file_that_another_continues_is_missed(state):
    first = next(file for file in files(state) if b'"rotation"' in file.read_bytes())
    first.unlink()
    report = json.loads(latch("verify", "--state", state, "--json", expect=1).stdout)
    assert [finding["kind"] for finding in report["findings"]] == ["missing"]
