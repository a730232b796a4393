"""What README shows stands in files that are checked, and names every matcher there is."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get("LATCH_BIN", ROOT / ".build" / "debug"))
README = (ROOT / "README.md").read_text()
EXAMPLES = [path.parent for path in sorted((ROOT / "Examples").glob("*/latch.yaml"))]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def dedented(lines):
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[indent:].rstrip() for line in lines]


def stands_in(block, text):
    wanted = dedented(block.splitlines())
    lines = text.splitlines()
    return any(dedented(lines[start:start + len(wanted)]) == wanted for start in range(len(lines) - len(wanted) + 1))


@pytest.mark.parametrize("block", [block for block in blocks("yaml") if not block.startswith("# .github")])
def test_every_policy_shown_stands_in_an_example(block):
    files = [path.read_text() for path in (ROOT / "Examples").rglob("*.yaml")]
    assert any(stands_in(block, text) for text in files)


def test_every_matcher_is_in_the_table_and_nothing_else():
    schema = json.loads((ROOT / "Schemas" / "latch.schema.json").read_text())
    known = set(schema["$defs"]["matcher"]["anyOf"][2]["properties"])
    table = README[README.index("| matcher |"):].split("\n\n")[0]
    shown = {name for row in table.splitlines()[2:] for name in re.findall(r"`([a-z_]+)[:`]", row.split("|")[1])}
    assert shown == known


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples_have_no_mistakes_and_pass_their_tests(example, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(example, project)
    environment = {**os.environ, "HOME": str(tmp_path)}

    def latch(*words):
        return subprocess.run(
            [BINARIES / "latch", *words], cwd=project, env=environment, capture_output=True, text=True, timeout=60
        )

    checked = latch("validate")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    if (project / "latch.lock").exists():
        tested = latch("test")
        assert tested.returncode == 0, tested.stdout + tested.stderr
