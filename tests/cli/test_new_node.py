"""`flowengine new-node`: three files make a node type that passes every test of node types; nothing else is touched."""

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowengine.cli import commands
from tests.core.documents import SOUND

ROOT = Path(__file__).parents[2]
COPIED = ("flowengine", "schemas", "tests/nodes", "tests/core")
NEW = {"flowengine/nodes/shout_loud.py", "schemas/nodes/shout_loud.json", "tests/nodes/shout_loud.json"}


@pytest.fixture
def checkout(tmp_path):
    """A copy of what a node type has to do with."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _in(checkout, *command):
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *command]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def _files(checkout):
    files = (path for path in checkout.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(checkout)): sha256(path.read_bytes()).digest() for path in files}


def test_a_new_type_is_three_files_and_passes_the_tests_of_all_types(checkout):
    before = _files(checkout)
    made = _in(checkout, "flowengine.cli", "new-node", "shout_loud", "--group", "say", "--title-pt", "Gritar")
    assert made.returncode == 0, made.stderr
    after = _files(checkout)
    assert set(after) - set(before) == NEW
    assert {name: after[name] for name in before} == before

    tested = _in(checkout, "pytest", "tests/nodes", "-q", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider",
                 "--import-mode=importlib", "-k", "shout_loud or module", "-p", "no:valkey")  # fmt: skip
    assert tested.returncode == 0, tested.stdout
    assert int(tested.stdout.split(" passed")[0].split()[-1]) >= 7
    clean = _in(checkout, "ruff", "check", "--isolated", "--line-length", "120", "flowengine/nodes/shout_loud.py")
    assert clean.returncode == 0, clean.stdout


def test_it_is_a_node_type_at_once(checkout):
    assert _in(checkout, "flowengine.cli", "new-node", "shout_loud", "--group", "say").returncode == 0
    asked = _in(checkout, "flowengine.cli", "new-node", "shout_loud", "--group", "say")
    assert (asked.returncode, "is there already" in asked.stderr) == (1, True)
    flow = checkout / "flow.json"
    nodes = [{"id": "a", "type": "shout_loud", "params": {"text": "Olá"}}]
    flow.write_text(json.dumps({**SOUND, "nodes": nodes, "edges": []}), encoding="utf-8")
    drawn = _in(checkout, "flowengine.cli", "draw", str(flow), "--as", "mermaid")
    assert drawn.stdout == 'flowchart TD\n    n_a["Shout loud"]\n'


@pytest.mark.parametrize("name", ["Shout", "1shout", "shout-loud", "class", "../x", ""])
def test_a_name_that_could_be_no_module_is_a_wrong_call(name):
    assert CliRunner().invoke(commands, ["new-node", name, "--group", "say"]).exit_code == 2


def test_without_a_checkout_nothing_is_written(tmp_path):
    refused = CliRunner().invoke(commands, ["new-node", "shout", "--group", "say", "--into", str(tmp_path)])
    assert refused.exit_code == 1
    assert list(tmp_path.iterdir()) == []
