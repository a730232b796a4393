"""The main job with real third-party servers and the official client, in both protocol eras.

The binaries are taken from LATCH_BIN (a directory), else from the debug build.
"""

import asyncio
import json
import os
import pathlib
import subprocess

import pytest
from mcp import Client, MCPError, StdioServerParameters

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug"))
TEAM = ROOT / "Examples" / "team"
ERAS = ["legacy", "auto"]


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A git repository with the team's policy, synchronised and built."""
    home = tmp_path_factory.mktemp("home")
    directory = tmp_path_factory.mktemp("project")
    environment = {**os.environ, "HOME": str(home), "PATH": f"{BINARIES}:{os.environ['PATH']}"}
    environment.pop("XDG_CONFIG_HOME", None)
    environment.pop("XDG_DATA_HOME", None)
    environment.pop("XDG_STATE_HOME", None)

    def run(*command, expect=0, stdin=None):
        done = subprocess.run(
            command, cwd=directory, env=environment, input=stdin, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done

    run("git", "init", "-q", "-b", "main", ".")
    run("git", "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "First")
    (directory / "policies").mkdir()
    (directory / "latch.yaml").write_text((TEAM / "latch.yaml").read_text())
    (directory / "policies" / "git.yaml").write_text((TEAM / "policies" / "git.yaml").read_text())
    run("latch", "sync", expect=2)  # not trusted, and nobody to ask
    run("latch", "sync", "--trust")
    run("latch", "validate")
    run("latch", "build")
    directory_and_tools = type("Project", (), {})()
    directory_and_tools.path, directory_and_tools.run, directory_and_tools.environment = directory, run, environment
    return directory_and_tools


def proxy(project, upstream="git", client="cursor", bundle=None, directory=None):
    return StdioServerParameters(
        command=str(BINARIES / "latch-proxy"),
        args=[
            "--bundle", str(bundle or project.path / ".latch" / "policy.latch"),
            "--upstream", upstream, "--client", client, "--project", str(directory or project.path),
        ],
        env=project.environment,
    )  # fmt: skip


def drive(parameters, era, steps):
    async def main():
        async with Client(parameters, mode=era, read_timeout_seconds=30) as client:
            return await steps(client)

    return asyncio.run(main())


def call(project, tool, arguments, era="legacy", **options):
    return drive(proxy(project, **options), era, lambda client: client.call_tool(tool, arguments))


@pytest.mark.parametrize("era", ERAS)
def test_an_allowed_call_gives_what_the_server_gives(project, era):
    arguments = {"repo_path": str(project.path)}
    guarded = call(project, "git_status", arguments, era)
    direct = drive(
        StdioServerParameters(command="mcp-server-git", args=["--repository", str(project.path)]),
        era,
        lambda client: client.call_tool("git_status", arguments),
    )
    assert not guarded.is_error
    assert guarded.model_dump() == direct.model_dump()


@pytest.mark.parametrize("era", ERAS)
def test_a_denied_call_says_which_rule_and_why(project, era):
    result = call(project, "git_checkout", {"repo_path": str(project.path), "branch_name": "main"}, era)
    assert result.is_error
    assert "nobody-touches-main" in result.content[0].text
    assert "Work on a branch of your own" in result.content[0].text


@pytest.mark.parametrize("era", ERAS)
def test_a_call_that_wants_approval_never_passes(project, era):
    arguments = {"repo_path": str(project.path), "message": "x"}
    assert call(project, "git_commit", arguments, era).is_error


@pytest.mark.parametrize("era", ERAS)
def test_tools_that_can_never_be_called_are_not_listed_and_unknown_alike(project, era):
    async def steps(client):
        names = {tool.name for tool in (await client.list_tools()).tools}
        errors = []
        for name in ("git_reset", "no_such_tool"):
            with pytest.raises(MCPError) as raised:
                await client.call_tool(name, {"repo_path": str(project.path)})
            errors.append((raised.value.error.code, raised.value.error.message.replace(name, "NAME")))
        return names, errors

    names, errors = drive(proxy(project), era, steps)
    assert "git_status" in names and "git_reset" not in names
    assert errors[0] == errors[1] and errors[0][0] == -32602


def test_a_condition_holds_on_the_argument(project):
    arguments = {"repo_path": str(project.path), "branch_name": "feature/x"}
    assert not call(project, "git_create_branch", arguments).is_error
    arguments["branch_name"] = "other"
    assert call(project, "git_create_branch", arguments).is_error


def test_the_client_named_on_the_command_line_decides(project):
    (project.path / "a.txt").write_text("a")
    arguments = {"repo_path": str(project.path), "files": ["a.txt"]}
    assert call(project, "git_add", arguments, client="claude-code").is_error


def test_arguments_that_the_schema_refuses_or_does_not_name_are_denied(project):
    assert call(project, "git_status", {"repo_path": 1}).is_error
    assert call(project, "git_status", {"repo_path": str(project.path), "extra": True}).is_error


def test_a_bundle_altered_in_one_byte_is_refused_where_the_person_sees_it(project):
    original = (project.path / ".latch" / "policy.latch").read_bytes()
    broken = project.path / "broken.latch"
    broken.write_bytes(original[:-20] + bytes([original[-20] ^ 1]) + original[-19:])
    broken.chmod(0o600)
    with pytest.raises(BaseException) as raised:
        call(project, "git_status", {"repo_path": "."}, bundle=broken)
    assert "latch build" in str([each for each in getattr(raised.value, "exceptions", [raised.value])])


def test_the_same_sources_give_the_same_bundle(project):
    before = (project.path / ".latch" / "policy.latch").read_bytes()
    project.run("latch", "build", "-o", "again.latch")
    assert (project.path / "again.latch").read_bytes() == before
    project.run("latch", "build", "--check")


def test_eval_decides_as_the_proxy_does(project):
    done = project.run(
        "latch", "eval", "--upstream", "git", "--tool", "git_checkout", "--json", "--client", "cursor",
        "--arguments", json.dumps({"repo_path": ".", "branch_name": "main"}), "--expect", "deny",
    )  # fmt: skip
    decision = json.loads(done.stdout)
    assert (decision["effect"], decision["decided_by"], decision["rule"]) == ("deny", "guardrail", "nobody-touches-main")


def test_eval_decides_as_the_proxy_does_where_the_project_lies_behind_a_link(project, tmp_path):
    way = tmp_path / "way"
    way.symlink_to(project.path)
    bundle = tmp_path / "secret.latch"
    policy = project.path / "policies" / "secret.yaml"
    policy.write_text(
        "version: 1\nguardrails:\n  - id: no-secrets\n    effect: deny\n    upstream: git\n    tool: git_status\n"
        '    when: { repo_path: { within: "${project}/secret" } }\n'
    )
    try:
        project.run("latch", "build", "-o", str(bundle))
        for directory in (way, project.path):
            for path, effect in [(directory / "secret" / "x", "deny"), (directory / "public", "allow")]:
                arguments = {"repo_path": str(path)}
                words = ["--upstream", "git", "--tool", "git_status", "--arguments", json.dumps(arguments)]
                project.run("latch", "eval", "--project", str(way), *words, "--expect", effect)
                project.run("latch", "eval", "--project", str(way), "--bundle", str(bundle), *words, "--expect", effect)
                said = str(call(project, "git_status", arguments, bundle=bundle, directory=way).model_dump())
                assert ("no-secrets" in said) == (effect == "deny")
    finally:
        policy.unlink()


def test_a_bundle_that_is_older_than_the_sources_is_exported_with_a_note(project):
    export = ("latch", "export", "--client", "cursor")
    fresh = project.run(*export)
    assert "note" not in fresh.stderr
    sources = project.path / "latch.yaml"
    text = sources.read_text()
    try:
        # What changes no decision is not worth a word.
        sources.write_text(text + "# a comment\n")
        assert "note" not in project.run(*export).stderr
        for change, words in [("effect: allow", "is not what the sources give"), ("effect: alow", "have mistakes")]:
            sources.write_text(text.replace("effect: deny", change, 1))
            done = project.run(*export)
            assert words in done.stderr and done.stdout == fresh.stdout
    finally:
        sources.write_text(text)


@pytest.mark.parametrize("client", ["cursor", "claude-desktop", "claude-code", "vscode"])
def test_exports_put_the_proxy_before_every_upstream(project, client):
    done = project.run("latch", "export", "--client", client)
    entries = json.loads(done.stdout)
    entries = entries.get("mcpServers") or entries["servers"]
    assert set(entries) == {"git", "time"}
    assert all(entry["command"].endswith("latch-proxy") for entry in entries.values())


def test_a_changed_server_is_noticed(project):
    lock = (project.path / "latch.lock").read_text()
    (project.path / "latch.lock").write_text(lock.replace("Shows the working tree status", "Shows it", 1))
    try:
        project.run("latch", "validate", expect=1)
    finally:
        (project.path / "latch.lock").write_text(lock)
