"""`latch test` as a program: its formats as their readers read them, and its exit status.

The binaries are taken from LATCH_BIN (a directory), else from the debug build.
"""

import json
import os
import pathlib
import shutil
import subprocess
import time
import xml.etree.ElementTree as xml

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug"))
COMMANDS = ROOT / "Fixtures" / "commands"


@pytest.fixture
def place(tmp_path):
    """A directory and a home of its own, and a way to run a command there."""
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "PATH": f"{BINARIES}:{os.environ['PATH']}"}
    environment.pop("XDG_CONFIG_HOME", None)
    environment.pop("XDG_DATA_HOME", None)
    environment.pop("XDG_STATE_HOME", None)
    (tmp_path / "home").mkdir()
    directory = tmp_path / "project"
    directory.mkdir()

    def run(*command, expect=0, cwd=directory, **variables):
        done = subprocess.run(
            command, cwd=cwd, env={**environment, **variables}, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == expect, done.stdout + done.stderr
        return done

    return type("Place", (), {"path": directory, "run": staticmethod(run)})


def take(place, fixture):
    shutil.copytree(COMMANDS / fixture, place.path, dirs_exist_ok=True)


def counts(suite):
    return {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}


def test_junit_is_read_as_it_was_meant(place):
    take(place, "test-some-fail")
    root = xml.fromstring(place.run("latch", "test", "--format", "junit", expect=1).stdout)
    assert root.tag == "testsuites"
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"latch.yaml", "policies/files.yaml"}
    assert counts(suites["latch.yaml"]) == {"tests": 3, "failures": 1, "errors": 0, "skipped": 1}
    for suite in suites.values():
        cases = suite.findall("testcase")
        found = {"failures": "failure", "skipped": "skipped", "errors": "error"}
        assert len(cases) == counts(suite)["tests"]
        for attribute, tag in found.items():
            assert sum(case.find(tag) is not None for case in cases) == counts(suite)[attribute]
    names = [case.get("name") for case in root.iter("testcase")]
    assert 'a name with <tags>, "quotes" &  bells' in names
    failure = next(root.iter("failure"))
    assert failure.get("message") == "expected allow, found deny by default"
    assert failure.text.startswith("latch.yaml:22:11\n")


HOSTILE = [
    "]]>", "<![CDATA[", "&#0;", "\u0001\u001b[31m", "\u202e\ufffe", "a\tb\nc", "<!-- --", "é\U0001f600",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_the_xml(place, name):
    quoted = "".join(f"\\U{ord(scalar):08x}" for scalar in "n" + name)
    (place.path / "latch.yaml").write_text(
        "version: 1\nname: x\nupstreams: { away: { command: x, enabled: false } }\ntests:\n"
        f'  - name: "{quoted}"\n    call: {{ upstream: away, tool: t }}\n    expect: {{ effect: deny }}\n'
    )
    text = place.run("latch", "test", "--format", "junit").stdout
    assert not [scalar for scalar in text if ord(scalar) < 32 and scalar != "\n" or 0x202A <= ord(scalar) <= 0x202E]
    (case,) = xml.fromstring(text).iter("testcase")
    kept = [scalar for scalar in "n" + name if scalar in "\t\n" or ord(scalar) > 31 and scalar not in "\u202e\ufffe"]
    assert case.get("name") == "".join(kept)
    (result,) = json.loads(place.run("latch", "test", "--format", "json").stdout)["tests"]
    assert (result["name"], result["status"]) == ("n" + name, "skipped")


def test_json_says_what_eval_says(place):
    take(place, "test-all-pass")
    report = json.loads(place.run("latch", "test", "--format", "json").stdout)
    assert (report["passed"], report["failed"], report["skipped"]) == (len(report["tests"]), 0, 0)
    (test,) = [test for test in report["tests"] if test["name"] == "make is asked about"]
    arguments = json.dumps({"command": "make", "arguments": ["all", "clean"]})
    done = place.run("latch", "eval", "--json", "--upstream", "fs", "--tool", "run_command", "--arguments", arguments)
    assert test["found"] == json.loads(done.stdout)
    assert test["expected"] == {"effect": "require_approval", "rule": "only-these-programs"}
    line = (place.path / "latch.yaml").read_text().splitlines()[test["line"] - 1]
    assert line[test["column"] - 1 :] == test["name"]


def test_places_are_those_of_the_files_as_named_from_where_one_stands(place):
    take(place, "test-some-fail")
    (place.path / "project").mkdir()
    for name in ("latch.yaml", "latch.lock", "policies"):
        (place.path / name).rename(place.path / "project" / name)
    text = place.run("latch", "test", "--coverage", "--project", "project/", expect=1).stdout
    assert "project/latch.yaml:22:11: failed" in text
    assert "project/latch.yaml:12:9: guardrail" in text
    assert "project/policies/files.yaml:15:9" in text
    assert " latch.yaml:" not in text


def test_the_exit_status_says_how_it_went(place):
    place.run("latch", "test", expect=2)
    place.run("latch", "test", "--format", "xml", expect=64)
    place.run("latch", "test", "--coverage", "--format", "junit", expect=64)
    take(place, "test-all-pass")
    place.run("latch", "test", "--coverage")
    place.run("latch", "test", "--mutate", expect=1)
    take(place, "test-mistake")
    assert "L3302" in place.run("latch", "test", expect=1).stderr


def test_what_init_writes_passes_and_its_test_holds_once_there_is_a_server(place):
    place.run("latch", "init")
    place.run("latch", "validate", "--strict")
    report = json.loads(place.run("latch", "test", "--format", "json").stdout)
    assert [test["status"] for test in report["tests"]] == ["skipped"]
    text = (place.path / "latch.yaml").read_text()
    start, end = text.index("    enabled: false"), text.index("# What holds where")
    (place.path / "latch.yaml").write_text(text[:start] + "    command: mcp-server-time\n\n" + text[end:])
    place.run("latch", "sync", "--trust")
    report = json.loads(place.run("latch", "test", "--format", "json").stdout)
    assert [test["status"] for test in report["tests"]] == ["passed"]


def test_the_team_of_the_examples_notices_every_change_of_its_policy(place):
    shutil.copytree(ROOT / "Examples" / "team", place.path, dirs_exist_ok=True)
    place.run("git", "init", "-q", "-b", "main", ".")
    author = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    place.run("git", *author, "commit", "-q", "--allow-empty", "-m", "First")
    place.run("latch", "sync", "--trust")
    report = json.loads(place.run("latch", "test", "--coverage", "--mutate", "--format", "json").stdout)
    assert (report["failed"], report["skipped"]) == (0, 0)
    assert report["coverage"]["decided"]["percent"] == report["coverage"]["matchers"]["percent"] == 100
    assert report["mutation"]["survivors"] == [] and report["mutation"]["killed"] == report["mutation"]["mutants"]


PRINTING = [
    ["schema"], ["schema", "audit"], ["explain", "L2104"], ["clients"], ["validate"], ["validate", "--format", "json"],
    ["test"], ["eval", "--upstream", "fs", "--tool", "read_file"], ["import", "client.json"], ["help", "sync"],
]  # fmt: skip


def printing(place, command, redirection, expect):
    """What is said on stderr where the result goes to `redirection`."""
    take(place, "test-all-pass")
    (place.path / "client.json").write_text('{"mcpServers": {"a": {"command": "x"}}}')
    return place.run("sh", "-c", f'latch "$@" {redirection}', "sh", *command, expect=expect).stderr


@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_a_result_that_cannot_be_written_is_no_success(place, command):
    assert "cannot write to standard output: No space left" in printing(place, command, ">/dev/full", 2)
    assert "cannot write to standard output: Bad file descriptor" in printing(place, command, ">&-", 2)


def test_a_file_does_not_come_to_stand_in_the_place_of_a_closed_stream(place):
    printing(place, ["build", "-o", "x.latch"], ">&-", 2)
    place.run("latch", "build", "--check", "-o", "x.latch")
    assert sorted(each.name for each in place.path.glob("*.new")) == []


def test_a_reader_that_has_gone_is_not_told_so(place):
    # Python ignores SIGPIPE, and with this its children do: writing fails then.
    for restores, status in [(False, 0), (True, -13)]:
        end, start = os.pipe()
        os.close(end)
        done = subprocess.run(
            [BINARIES / "latch", "schema"], stdout=start, stderr=subprocess.PIPE, restore_signals=restores, timeout=60
        )
        os.close(start)
        assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("name", ["latch.yaml", "latch.lock", "policies/files.yaml"])
def test_what_is_no_file_is_not_waited_for(place, name):
    take(place, "test-some-fail")
    (place.path / name).unlink()
    os.mkfifo(place.path / name)
    started = time.monotonic()
    for command in (["validate"], ["build"], ["test"], ["validate", "--project", "."]):
        done = subprocess.run(
            [BINARIES / "latch", *command], cwd=place.path, stdin=subprocess.DEVNULL, capture_output=True, timeout=30
        )
        assert done.returncode in (1, 2), done
    assert time.monotonic() - started < 30
    if name.startswith("latch"):
        assert f"`{name}`: it is no regular file" in place.run("latch", "validate", expect=2).stderr


def test_what_a_command_line_names_may_be_a_pipe(place):
    (place.path / "client.json").write_text('{"mcpServers": {"a": {"command": "x"}}}')
    assert "command: x" in place.run("bash", "-c", "latch import <(cat client.json)").stdout


LINKED = """\
version: 1
name: linked
upstreams: { fs: { command: mcp-server-files }, git: { command: mcp-server-git } }
defaults: { effect: allow }
rules:
  - id: no-secrets
    effect: deny
    tool: read_file
    when: { path: { within: "${project}/secret" } }
  - id: no-keys
    effect: deny
    tool: read_file
    when: { path: { within: "${home}/keys" } }
"""


def test_a_project_and_a_home_are_known_by_the_way_that_one_came(place, tmp_path):
    take(place, "test-all-pass")
    (place.path / "latch.yaml").write_text(LINKED)
    (place.path / "below").mkdir()
    way, home = tmp_path / "way", tmp_path / "way-home"
    way.symlink_to(place.path)
    home.symlink_to(tmp_path / "home")

    def decides(path, *words, expect="deny", **options):
        words = [*words, "--upstream", "fs", "--tool", "read_file", "--arguments", json.dumps({"path": str(path)})]
        place.run("latch", "eval", *words, "--expect", expect, **options)

    decides(way / "secret", "--project", str(way))
    decides(place.path / "secret", "--project", str(way))
    decides(way / "secret", "--project", str(place.path), expect="allow")
    # `PWD` is what a shell says; what is not true of it is not believed.
    decides(way / "secret", PWD=str(way))
    decides(way / "secret", cwd=place.path / "below", PWD=str(way / "below"))
    decides(way / "secret", "--project", "..", cwd=place.path / "below", PWD=str(way / "below"))
    decides(way / "secret", PWD=str(tmp_path), expect="allow")
    decides(place.path / "secret", PWD=str(tmp_path))
    decides(home / "keys", HOME=str(home))
    decides(tmp_path / "home" / "keys", HOME=str(home))
