"""`latch-self` on a real file system: paths from where the server runs, through links, and in endless texts."""

import json
import pathlib
import time

import pytest

from allowing import IS_DEBUG, SLOWNESS, Allowing
from proxied import Proxied

SERVER = pathlib.Path(__file__).with_name("writing_server.py")
MEGABYTE = 1 << 20


class Project(Allowing):
    """Lets every call through but for `latch-self`."""

    @classmethod
    def make(cls, home, upstream=""):
        project = cls.before(home, SERVER)
        policy = project.path / "latch.yaml"
        text = policy.read_text().replace("protect_self: false", "protect_self: true")
        policy.write_text(text.replace("    trust_annotations: true\n", f"    trust_annotations: true\n{upstream}"))
        (project.path / "data").mkdir()
        project.build()
        return project

    def servers(self):
        return []

    def start(self, directory=None):
        return Proxied(self, self.home / "state", directory=directory or self.path).shake_hands()


@pytest.fixture
def project(tmp_path):
    return Project.make(tmp_path)


@pytest.fixture
def including(tmp_path):
    project = Project.make(tmp_path)
    (project.path / "rules").mkdir()
    for file in ["rules/one.yaml", "one.latch.yml"]:
        (project.path / file).write_text("version: 1\nrules: []\n")
    (project.path / "data" / "link").symlink_to(project.path / "rules")
    with (project.path / "latch.yaml").open("a") as policy:
        policy.write('include: ["rules/**/*.yaml", "*.latch.yml"]\n')
    project.build()
    return project


def write(proxy, path):
    """Where the server wrote; None if it was not asked."""
    result = proxy.answer(proxy.call("write_file", path=path))["result"]
    text = result["content"][0]["text"]
    if not result.get("isError"):
        return pathlib.Path(text)
    assert "latch-self" in text or "one of Latch's own files" in text, text
    return None


@pytest.mark.parametrize(
    ("directory", "paths"),
    [
        ("..", ["project/latch.yaml", "./project/.latch/policy.latch", "project/.cursor/mcp.json", "state/x"]),
        ("..", [".claude.json", ".config/latch/x", ".local/state/latch/state.db", "x/../.cursor/mcp.json"]),
        ("/", ["{home}/project/latch.yaml", "{home}/.claude.json"]),
    ],
)
def test_a_relative_path_is_read_from_where_the_client_started_the_proxy(project, directory, paths):
    with project.start(project.path / directory) as proxy:
        for path in paths:
            assert write(proxy, path.format(home=str(project.home)[1:])) is None, path
        assert write(proxy, f"{project.home}/notes.txt") == project.home / "notes.txt"


def test_links_are_followed_however_the_path_is_spelled(project):
    docs = project.path / "docs"
    (docs / "a\nb").mkdir(parents=True)
    (docs / "alive").symlink_to("../latch.yaml")
    (docs / "a\nb" / "alive").symlink_to(project.path / "latch.yaml")
    (docs / "dangling").symlink_to("../.cursor/mcp.json")
    (docs / "twice").symlink_to("dangling")
    (docs / "loop").symlink_to("loop")
    (docs / "fine").symlink_to("../notes.txt")
    (project.home / "link").symlink_to(project.path / "latch.yaml")
    long = "x/../" * 2000
    with project.start() as proxy:
        for path in [
            "docs/alive", f"{docs}/alive", f"file://{docs}/al%69ve", "~/link", "docs/a\nb/alive", " docs/alive",
            "docs/dangling", f"{docs}/twice", "docs/loop", "none/../docs/alive", f"{long}docs/alive",
        ]:  # fmt: skip
            assert write(proxy, path) is None, path
        assert write(proxy, "docs/fine") == project.path / "notes.txt"
        assert write(proxy, "docs/new.txt") == docs / "new.txt"


@pytest.mark.parametrize("directory", ["${project}/data", "data"])
def test_links_are_followed_from_the_upstreams_directory(tmp_path, directory):
    project = Project.make(tmp_path, f"    cwd: {json.dumps(directory)}\n")
    (project.path / "data" / "innocent").symlink_to("../latch.yaml")
    with project.start() as proxy:
        assert write(proxy, "innocent") is None
        assert write(proxy, "notes.txt") == project.path / "data" / "notes.txt"


def test_what_a_protected_file_links_to_is_protected(project):
    policy = project.path / "latch.yaml"
    policy.rename(project.path / "data" / "main.txt")
    policy.symlink_to("data/main.txt")
    (project.path / ".cursor").symlink_to("data/cursor")
    with project.start() as proxy:
        for path in ["data/main.txt", f"{project.path}/data/main.txt", "data/cursor/mcp.json", "latch.yaml"]:
            assert write(proxy, path) is None, path
        assert write(proxy, "data/cursor/notes.txt") == project.path / "data" / "cursor" / "notes.txt"


@pytest.mark.parametrize("part", ["é/", "a/", "latch/", "é "])
def test_an_endless_text_does_not_hold_up_the_end(project, part):
    with project.start() as proxy:
        size = (1 if IS_DEBUG else 12) * MEGABYTE
        text = part * (size // len(part.encode())) + "latch.yam"
        parameters = {"name": "run_command", "arguments": {"path": "x", "content": text}}
        call = {"jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": parameters}
        proxy.send(json.dumps(call, ensure_ascii=False).encode() + b"\n")
        start = time.monotonic()
        proxy.close_input()
        assert proxy.process.wait(60) == 0
        assert time.monotonic() - start < 15 * SLOWNESS


def test_a_file_that_would_be_included_is_not_made(including):
    with including.start() as proxy:
        for path in ["rules/one.yaml", "rules/new.yaml", "rules/a/b.YAML", "data/link/new.yaml", "x.latch.yml", "a/x.latch.yml"]:
            assert write(proxy, path) is None, path
        for path in ["rules/readme.md", "data/new.yaml", "data/link/readme.md", "x.yml"]:
            assert write(proxy, path) is not None, path
