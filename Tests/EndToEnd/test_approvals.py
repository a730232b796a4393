"""The person's side of approvals: `latch approvals`, `approve`, `deny` and `leases`, at a terminal and without one.

The binaries are taken from LATCH_BIN (a directory), else from the debug build; `caller` plays latch-proxy. What people
see is in `Fixtures/approvals`; LATCH_RECORD=1 writes it anew. Keys are made by `openssl`.
"""

import functools
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug"))
LATCH = BINARIES / "latch"
CALLER = BINARIES / "caller"
GOLDEN = ROOT / "Fixtures" / "approvals"

pytestmark = pytest.mark.skipif(not CALLER.exists(), reason=f"{CALLER} is not built")


@pytest.fixture
def project(tmp_path):
    """A project, and the state directory of a user who has one proxy in it."""
    return Project(tmp_path)


class Project:
    def __init__(self, home):
        self.home = home.resolve()
        self.path = self.home / "project"
        self.path.mkdir()
        (self.path / "latch.yaml").write_text("version: 1\nname: project\n")
        self.state = self.home / ".local" / "state" / "latch"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "TERM": "xterm"}

    def latch(self, *words, expect=0, cwd=None):
        """Runs `latch` where there is no terminal."""
        done = subprocess.run(
            [LATCH, *words], cwd=cwd or self.path, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, start_new_session=True,
        )  # fmt: skip
        assert done.returncode == expect, done.stdout + done.stderr
        return done

    def caller(self, verb, call):
        call = {"project": str(self.path), **call}
        return subprocess.run(
            [CALLER, verb, self.state], input=json.dumps(call), capture_output=True, text=True, check=True, timeout=60
        ).stdout.strip()

    def ask(self, **call):
        """The id of a request for approval."""
        return self.caller("ask", call)

    def call(self, **call):
        """What comes of the call."""
        return self.caller("call", call)

    def at_terminal(self, *words, program=None, cwd=None):
        if under_a_client():
            pytest.skip("these tests run under a client, where nothing can be approved")
        return AtTerminal(program or [LATCH, *words], cwd or self.path, self.environment)


class AtTerminal:
    """A program at a terminal of its own."""

    def __init__(self, words, cwd, environment):
        self.said = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            # What runs in the background of a script ignores it, and passes that on.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(cwd)
            os.execve(words[0], [str(word) for word in words], environment)

    def wait_for(self, text, seconds=30):
        end = time.monotonic() + seconds
        while text not in self.said:
            left = end - time.monotonic()
            if left <= 0 or not self.read(left):
                pytest.fail(f"`{text}` does not come; what came is:\n{self.said}")
        return self

    def read(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # Linux says so when nobody holds the other end any more
            return False
        self.said += data.decode()
        return bool(data)

    def type(self, text):
        os.write(self.terminal, text.encode())
        return self

    def end(self, expect=0):
        """What was said in all."""
        end = time.monotonic() + 30
        while time.monotonic() < end and self.read(end - time.monotonic()):
            pass
        if time.monotonic() >= end:
            os.kill(self.process, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        os.close(self.terminal)
        self.said = self.said.replace("\r\n", "\n")
        assert status == expect, self.said
        return self.said


@functools.cache
def under_a_client():
    """Whether whoever runs these tests could not approve anything either."""
    terminal = AtTerminal([LATCH, "approve", "none"], "/", {"HOME": "/nowhere"})
    return "this runs under" in terminal.end(expect=2)


def approve(project, id, *words, answer=None, expect=0):
    terminal = project.at_terminal("approve", id, *words).wait_for("to say yes: ")
    return terminal.type((id if answer is None else answer) + "\n").end(expect)


def golden(name, text, project, ids=()):
    """Compares with the golden file, with what differs between runs taken out."""
    for number, id in enumerate(ids, 1):
        text = re.sub(rf"\b{id}\b", f"id{number:02}", text)
    text = text.replace(str(project.home), "/home/me")
    text = re.sub(r"\b4m( \d+s)?|\b5m\b(?= more)|(?<=for )5m$|(?<=within )5m\b", "4m 59s", text, flags=re.M)
    path = GOLDEN / name
    if os.environ.get("LATCH_RECORD") == "1":
        path.write_text(text)
    assert text == path.read_text()


# What waits


def test_nothing_waits_and_nothing_is_made(project):
    assert project.latch("approvals").stdout == "no call waits for approval in this project\n"
    assert project.latch("approvals", "--all").stdout == "no call waits for approval\n"
    assert json.loads(project.latch("approvals", "--json").stdout) == {"approvals": []}
    assert project.latch("leases").stdout == "no lease holds in this project\n"
    assert "there is no request `k7f3`" in project.latch("deny", "k7f3", expect=2).stderr
    assert not project.state.exists()


def test_requests_are_listed(project):
    ids = [
        project.ask(),
        project.ask(
            call=2, tool="send", upstream="mail", client=None, rules=["ask", "ask-too"], reason="Mail goes out.\nFor good.",
            arguments=json.dumps({"to": ["a@example.com"], "text": "word " * 60}), ways=["elicitation", "key"], lease=900_000,
        ),
        project.ask(call=3, arguments="{}", reason="", ways=[]),
    ]  # fmt: skip
    elsewhere = project.ask(project="/srv/other", arguments="not JSON\n\x1b[2J")
    golden("list.txt", project.latch("approvals").stdout, project, ids)
    everything = project.latch("approvals", "--all").stdout
    assert everything.count("\n  project: ") == 4 and "/srv/other" in everything and "\x1b" not in everything
    listed = json.loads(project.latch("approvals", "--json").stdout)["approvals"]
    assert [entry["id"] for entry in listed] == ids
    assert listed[1]["by"] == ["elicitation", "key"] and listed[1]["lease"] == "15m" and listed[1]["client"] is None
    assert json.loads(listed[1]["arguments"])["to"] == ["a@example.com"] and 0 < listed[1]["remaining_ms"] <= 300_000
    assert elsewhere in [entry["id"] for entry in json.loads(project.latch("approvals", "--all", "--json").stdout)["approvals"]]


def test_outside_of_a_project_the_projects_are_all_or_named(project):
    id = project.ask()
    assert "`--all` for those of all projects" in project.latch("approvals", expect=2, cwd=project.home).stderr
    assert id in project.latch("approvals", "--all", cwd=project.home).stdout
    assert id in project.latch("approvals", "--project", "project", cwd=project.home).stdout
    (project.home / "link").symlink_to(project.path)
    assert id in project.latch("approvals", cwd=project.home / "link").stdout
    assert "approved" in approve(project, id)


# Approving at a terminal


def test_a_call_is_shown_in_full_and_goes_once(project):
    id = project.ask(rules=["ask", "ask-too"], reason="It changes something.\nLook twice.")
    golden("approve.txt", approve(project, id), project, [id])
    assert project.call() == "admitted by terminal"
    assert project.call() == "unapproved"


def test_the_beginning_of_an_id_is_enough_but_the_word_is_the_whole(project):
    id = project.ask()
    terminal = project.at_terminal("approve", id[:2])
    terminal.wait_for(f"type {id} to say yes: ").type(f"  {id} \n")
    assert f"approved {id}" in terminal.end()


@pytest.mark.parametrize("answer", ["", "y", "yes", "approve", "{id}x", "x{id}", "{begin}", "\x04"])
def test_another_word_approves_nothing(project, answer):
    id = project.ask()
    said = approve(project, id, answer=answer.format(id=id, begin=id[:3]), expect=2)
    assert said.endswith("latch: nothing was approved\n")
    assert project.call() == "unapproved, open"


def test_what_is_typed_before_the_question_is_no_answer(project):
    id = project.ask()
    terminal = project.at_terminal("approve", id)
    terminal.type(f"{id}\n").wait_for("to say yes: ").type("no\n")
    assert "nothing was approved" in terminal.end(expect=2)
    assert project.call() == "unapproved, open"


def test_interrupting_approves_nothing(project):
    id = project.ask()
    terminal = project.at_terminal("approve", id).wait_for("to say yes: ").type("\x03")
    terminal.end(expect=-signal.SIGINT)
    assert project.call() == "unapproved, open"


def test_nothing_that_a_call_says_is_obeyed_by_the_terminal(project):
    evil = "\x1b[2J\x1b]0;x\x07\x9b1m\u202eabc\u2066\u200f\u061c\u2028\x7f\r\b"
    id = project.ask(
        arguments=json.dumps({evil: [evil], "plain\nkey": "a\nb"}, ensure_ascii=False), reason="why " + evil,
        tool="tool" + evil, upstream="up" + evil, client="c" + evil, rules=["r" + evil], project=str(project.path) + evil,
    )  # fmt: skip
    said = [approve(project, id), project.latch("approvals", "--all").stdout]
    said.append(project.latch("approvals", "--all", "--json").stdout)
    for text in said:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
    assert r'"plain\nkey": "a\nb"' in said[0] and r"\u202eabc" in said[0]


def test_large_arguments_are_shown_to_the_end(project):
    id = project.ask(arguments=json.dumps({"content": "x" * 300_000 + "THE END"}))
    assert "THE END" in approve(project, id)


def test_arguments_that_are_no_json_are_shown_as_text(project):
    id = project.ask(arguments='{"a": 1\n}\x1b[2J')
    assert r'    "{\"a\": 1\n}\u001b[2J"' in approve(project, id)


# Refusals


@pytest.mark.parametrize("stream", ["stdin", "stdout", "both"])
def test_without_a_terminal_nothing_is_approved(project, stream):
    id = project.ask()
    redirections = {"stdin": "</dev/null", "stdout": "| cat", "both": "</dev/null | cat"}
    script = f'"{LATCH}" approve {id} {redirections[stream]}; exit ${{PIPESTATUS[0]}}'
    said = project.at_terminal(program=["/bin/bash", "-c", script]).end(expect=2)
    assert "approving wants a person at a terminal" in said
    assert "wants a person at a terminal" in project.latch("approve", id, expect=2).stderr
    assert project.call() == "unapproved, open"


def test_a_terminal_that_is_only_lent_is_none(project):
    """Standard input and output are a terminal, but not the one that the session has."""
    id = project.ask()
    primary, secondary = pty.openpty()
    process = subprocess.Popen(
        [LATCH, "approve", id], stdin=secondary, stdout=secondary, stderr=subprocess.PIPE, env=project.environment,
        text=True, start_new_session=True,
    )  # fmt: skip
    assert "wants a person at a terminal" in process.communicate(timeout=30)[1] and process.returncode == 2
    os.close(primary)
    os.close(secondary)


def shell_called(directory, name):
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copy("/bin/bash", directory / name)
    return directory / name


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("bin", "cursor"), ("bin", "claude"), ("bin", "Code"), ("bin", "codex"), ("bin", "latch-proxy"),
        ("share/claude/versions", "2.0.1"), (".vscode-server/cli", "node"), ("Cursor.app/Contents/MacOS", "Helper"),
    ],
)  # fmt: skip
def test_under_a_client_or_a_proxy_nothing_is_approved(project, place, name):
    id = project.ask()
    shell = shell_called(project.home / place, name)
    # With a shell between, and with something to do after it, so that no shell makes way for what it starts.
    script = f'/bin/bash -c "{LATCH} approve {id}; exit \\$?"; exit $?'
    said = project.at_terminal(program=[shell, "-c", script]).end(expect=2)
    assert "this runs under" in said and "use a terminal of your own" in said
    assert project.call() == "unapproved, open"


def test_under_a_client_that_an_interpreter_runs_nothing_is_approved(project):
    id = project.ask()
    for script in ["claude", "gemini.py", "node_modules/@google/gemini-cli/index.py"]:
        path = project.home / script
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"import subprocess, sys; sys.exit(subprocess.call(['{LATCH}', 'approve', '{id}']))")
        assert "this runs under" in project.at_terminal(program=[sys.executable, path]).end(expect=2)
    assert project.call() == "unapproved, open"


def test_a_program_that_is_like_a_client_in_part_only_is_none(project):
    id = project.ask()
    shell = shell_called(project.home / "cursor", "encoder")
    script = f'"{LATCH}" approve {id}; exit $?'
    terminal = project.at_terminal(program=[shell, "-c", script]).wait_for("to say yes: ")
    assert "approved" in terminal.type(f"{id}\n").end()


def test_answered_expired_unknown_and_ambiguous_ids_are_told_apart(project):
    def refusal(id, *words):
        return project.at_terminal("approve", id, *words).end(expect=2)

    assert "there is no request `zzzz`" in refusal("zzzz")
    denied = project.ask()
    project.latch("deny", denied)
    assert f"request {denied} was denied" in refusal(denied)
    used = project.ask(call=2)
    approve(project, used)
    project.call(call=2)
    assert f"request {used} was approved, and its call was made" in refusal(used)
    assert f"request {used} was approved, and its call was made" in project.latch("deny", used, expect=2).stderr
    leased = project.ask(call=3, lease=900_000)
    approve(project, leased, "--for", "15m")
    assert f"`latch leases --revoke {leased}` ends that" in refusal(leased)
    brief = project.ask(call=4, timeout=1)
    time.sleep(0.05)
    assert f"request {brief} has expired" in refusal(brief)
    assert f"request {brief} has expired" in project.latch("deny", brief, expect=2).stderr
    many = [project.ask(call=number, timeout=600_000) for number in range(10, 60)]
    first = next(id[0] for id in many if sum(other[0] == id[0] for other in many) > 1)
    said = refusal(first)
    assert "begins the ids of several requests" in said
    assert set(id for id in many if id[0] == first) <= set(re.findall(r"\w{4}", said))


def test_a_request_that_expires_while_it_is_read_is_not_approved(project):
    id = project.ask(timeout=1500)
    terminal = project.at_terminal("approve", id).wait_for("to say yes: ")
    time.sleep(1.6)
    assert f"request {id} has expired" in terminal.type(f"{id}\n").end(expect=2)


def test_a_request_that_is_changed_while_it_is_read_is_not_approved(project):
    if not shutil.which("sqlite3"):
        pytest.skip("there is no `sqlite3`")
    id = project.ask(arguments='{"path": "/harmless"}')
    terminal = project.at_terminal("approve", id).wait_for("to say yes: ")
    change = "UPDATE approvals SET arguments = '{\"path\": \"/etc/hosts\"}'"
    subprocess.run(["sqlite3", project.state / "state.db", change], check=True)
    assert "the request was changed meanwhile" in terminal.type(f"{id}\n").end(expect=2)


def test_only_ways_that_the_policy_takes_are_asked_about(project):
    id = project.ask(ways=["key", "elicitation"])
    said = project.at_terminal("approve", id).end(expect=2)
    assert f"the policy wants `latch approve {id} --key FILE` or an answer in the client" in said
    assert "to say yes" not in said
    nobody = project.ask(call=2, ways=[])
    assert "the policy names no way at all" in project.at_terminal("approve", nobody).end(expect=2)


def test_wrong_words_are_refused(project):
    for words in [["--for", "soon"], ["--for", "0m"], ["--for", "m"], ["--for", "-5m"], ["--key", "-"]]:
        project.latch("approve", "k7f3", *words, expect=64)
    project.latch("approve", expect=64)
    project.latch("deny", expect=64)


def test_a_damaged_database_is_said_and_nothing_is_approved(project):
    id = project.ask()
    (project.state / "state.db").chmod(0o644)
    for words in [["approvals"], ["leases"], ["deny", id], ["leases", "--revoke", "all"]]:
        assert "is open to other users" in project.latch(*words, expect=2).stderr
    assert "is open to other users" in project.at_terminal("approve", id).end(expect=2)
    (project.state / "state.db").chmod(0o600)
    (project.state / "state.db").unlink()
    assert "state.db` was removed" in project.latch("approvals", expect=2).stderr


def test_a_state_directory_is_named(project):
    id = project.ask()
    shutil.move(project.state, project.home / "elsewhere")
    assert id not in project.latch("approvals").stdout
    assert id in project.latch("approvals", "--state", "../elsewhere").stdout
    assert f"denied {id}" in project.latch("deny", id, "--state", project.home / "elsewhere").stdout


def test_whatever_was_written_into_the_database_is_shown_harmlessly(project):
    if not shutil.which("sqlite3"):
        pytest.skip("there is no `sqlite3`")
    project.ask(lease=900_000)
    change = (
        "UPDATE approvals SET id = char(27) || '[2J', created = -9223372036854775808, expires = 9223372036854775807,"
        " lease = -9223372036854775808, timeout = 0, client = char(27), rules = ''"
    )
    subprocess.run(["sqlite3", project.state / "state.db", change], check=True)
    for words in [["approvals"], ["approvals", "--json"]]:
        said = project.latch(*words).stdout
        assert "write_file" in said and "\x1b" not in said
    assert "\x1b" not in project.latch("deny", "\x1b").stdout
    subprocess.run(["sqlite3", project.state / "state.db", "UPDATE approvals SET rules = '9 x'"], check=True)
    assert "damaged (a list is garbled)" in project.latch("deny", "\x1b", expect=2).stderr


# Denying


def test_a_denial_needs_no_terminal_and_is_remembered(project):
    id = project.ask()
    golden("deny.txt", project.latch("deny", id[:3]).stdout, project, [id])
    assert project.call() == "unapproved, denied"
    assert project.ask() == id
    assert f"request {id} was denied" in project.latch("deny", id, expect=2).stderr
    assert project.latch("approvals").stdout.startswith("no call waits")


def test_a_denial_takes_back_an_approval(project):
    id = project.ask()
    approve(project, id)
    assert f"denied {id}" in project.latch("deny", id, cwd=project.home).stdout
    assert project.call() == "unapproved, denied"


# Leases


def test_a_lease_is_given_listed_and_revoked(project):
    id = project.ask(lease=900_000)
    golden("lease.txt", approve(project, id, "--for", "15m"), project, [id])
    assert project.call(call=7, lease=900_000) == "admitted by a lease, by terminal"
    time.sleep(1.1)  # until the time that is left takes as much room as it does mostly
    golden("leases.txt", re.sub(r"14m [1-5]\ds", "14m 59s", project.latch("leases").stdout), project, [id])
    lease = json.loads(project.latch("leases", "--json").stdout)["leases"][0]
    assert lease["id"] == id and lease["by"] == "terminal" and 890_000 < lease["remaining_ms"] <= 900_000
    assert str(project.path) in project.latch("leases", "--all", cwd=project.home).stdout
    assert project.latch("leases", "--revoke", id[:3], cwd=project.home).stdout == f"revoked {id}\n"
    assert "there is no lease" in project.latch("leases", "--revoke", id, expect=2).stderr
    assert project.call(call=7, lease=900_000) == "unapproved"


def test_all_leases_of_a_project_or_of_all_are_revoked(project):
    for call in [{"call": 1}, {"call": 2, "tool": "other"}, {"call": 3, "project": "/srv/other"}]:
        approve(project, project.ask(lease=900_000, **call), "--for", "1m")
    assert project.latch("leases", "--revoke", "all").stdout == "revoked 2 leases\n"
    assert project.latch("leases", "--revoke", "all").stdout == "no lease holds in this project\n"
    assert project.latch("leases", "--revoke", "all", "--all").stdout == "revoked 1 lease\n"


def test_a_lease_that_is_not_offered_is_refused_before_anything_is_asked(project):
    said = project.at_terminal("approve", project.ask(), "--for", "15m").end(expect=2)
    assert "the policy offers no lease" in said and "to say yes" not in said
    said = project.at_terminal("approve", project.ask(call=2, lease=900_000), "--for", "16m").end(expect=2)
    assert "the policy offers a lease of at most 15m" in said and "to say yes" not in said


# Keys


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A key under the passphrase `horse staple`, the same without, and its public half."""
    if not shutil.which("openssl"):
        pytest.skip("there is no `openssl`")
    directory = tmp_path_factory.mktemp("keys")

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=directory, check=True, capture_output=True)

    openssl("genpkey", "-algorithm", "ed25519", "-out", "plain.pem")
    openssl("pkcs8", "-topk8", "-in", "plain.pem", "-out", "closed.pem", "-passout", "pass:horse staple")
    openssl("pkey", "-in", "plain.pem", "-pubout", "-out", "public.pem")
    return directory


def sign(project, id, key, *words, passphrases=(), expect=0):
    terminal = project.at_terminal("approve", id, "--key", key, *words)
    terminal.wait_for("to say yes: ").type(f"{id}\n")
    for number, passphrase in enumerate(passphrases, 1):
        end = time.monotonic() + 30
        while terminal.said.count("passphrase of") < number and time.monotonic() < end:
            terminal.read(1)
        terminal.type(passphrase + "\r")
    return terminal.end(expect)


def test_a_key_under_a_passphrase_signs(project, keys):
    id = project.ask(ways=["key"])
    said = sign(project, id, keys / "closed.pem", passphrases=["horse staple"])
    golden("key.txt", said.replace(str(keys), "/home/me/keys"), project, [id])
    assert "horse" not in said
    wanted = {"ways": ["key"], "keys": [(keys / "public.pem").read_text()]}
    assert project.call(**wanted) == "admitted by key"
    assert project.call(**wanted) == "unapproved"


def test_a_signature_of_a_key_that_the_policy_does_not_know_lets_nothing_go(project, keys, tmp_path):
    id = project.ask(ways=["key"])
    other = tmp_path / "other.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", other], check=True)
    sign(project, id, other)
    wanted = {"ways": ["key"], "keys": [(keys / "public.pem").read_text()]}
    assert project.call(**wanted) == "untrusted"
    sign(project, id, keys / "closed.pem", passphrases=["horse staple"])
    assert project.call(**wanted) == "admitted by key"


def test_a_key_signs_a_lease(project, keys):
    wanted = {"ways": ["key"], "lease": 900_000}
    id = project.ask(**wanted)
    assert "with any arguments" in sign(project, id, keys / "closed.pem", "--for", "10m", passphrases=["horse staple"])
    wanted["keys"] = [(keys / "public.pem").read_text()]
    assert project.call(call=9, **wanted) == "admitted by a lease, by key"


def test_a_wrong_passphrase_approves_nothing(project, keys):
    id = project.ask(ways=["key"])
    said = sign(project, id, keys / "closed.pem", passphrases=["horse", "stable", "horse staple "], expect=2)
    assert said.count("the passphrase is wrong\n") == 3 and "nothing was approved" in said
    assert project.call(ways=["key"]) == "unapproved, open"
    said = sign(project, id, keys / "closed.pem", passphrases=["hoarse", "horse stxx\x7f\x7faple"])
    assert said.count("the passphrase is wrong\n") == 1 and "approved" in said


@pytest.mark.parametrize("typed", ["", "horse\x03", "\x04"])
def test_no_passphrase_approves_nothing_and_leaves_the_terminal_as_it_was(project, keys, typed):
    id = project.ask(ways=["key"])
    script = f'"{LATCH}" approve {id} --key "{keys}/closed.pem"; status=$?; stty -a; exit $status'
    terminal = project.at_terminal(program=["/bin/bash", "-c", script])
    terminal.wait_for("to say yes: ").type(f"{id}\n").wait_for("passphrase of").type(typed + "\r")
    said = terminal.end(expect=2)
    assert "no passphrase; nothing was approved" in said
    settings = set(said.split())
    assert {"echo", "icanon", "isig"} <= settings
    assert project.call(ways=["key"]) == "unapproved, open"


def test_a_key_without_a_passphrase_is_taken_with_a_warning(project, keys):
    id = project.ask(ways=["key"])
    assert "plain.pem has no passphrase" in sign(project, id, keys / "plain.pem")
    assert project.call(ways=["key"], keys=[(keys / "public.pem").read_text()]) == "admitted by key"


def test_what_is_no_key_is_said_before_anything_is_asked(project, keys, tmp_path):
    id = project.ask(ways=["key"])
    (tmp_path / "text").write_text("no key")
    for path, problem in [
        (tmp_path / "nowhere", "does not exist"), (tmp_path / "text", "is not a PEM file"),
        (keys / "public.pem", "is not a PEM file"),
    ]:  # fmt: skip
        said = project.at_terminal("approve", id, "--key", path).end(expect=2)
        assert problem in said and "to say yes" not in said


def test_a_key_does_not_help_without_a_terminal_or_where_the_policy_wants_none(project, keys):
    id = project.ask(ways=["key"])
    assert "wants a person" in project.latch("approve", id, "--key", keys / "plain.pem", expect=2).stderr
    shell = shell_called(project.home / "bin", "cursor")
    script = f'"{LATCH}" approve {id} --key "{keys}/plain.pem"; exit $?'
    assert "this runs under" in project.at_terminal(program=[shell, "-c", script]).end(expect=2)
    other = project.ask(call=2, ways=["terminal"])
    said = project.at_terminal("approve", other, "--key", keys / "plain.pem").end(expect=2)
    assert f"the policy wants `latch approve {other}`" in said
