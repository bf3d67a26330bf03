"""What must be true of the repository itself."""

import re
import subprocess
import tomllib
from pathlib import Path

import click

from flowengine.cli import commands

ROOT = Path(__file__).parents[2]
# In pieces, so that this file does not name what it looks for.
REGISTRIES = re.compile(
    "|".join(["py" r"pi\.org", "python" r"hosted\.org", "registry" r"\.npm", "deb" r"\.debian\.org"])
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def test_no_file_names_a_registry():
    texts = {file: file.read_text(errors="replace") for file in tracked()}
    assert [str(file) for file, text in texts.items() if REGISTRIES.search(text)] == []


def test_every_package_is_locked_with_hashes():
    for name in ("requirements.lock", "requirements-test.lock", "requirements-node.lock"):
        pins = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert all("--hash=sha256:" in pin for pin in pins), name


def test_the_product_is_locked_as_it_is_tested():
    tested = pins_of("requirements-test.lock")
    assert pins_of("requirements.lock").items() <= tested.items()


def pins_of(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_commands_that_the_readme_shows_exist():
    shown = set(re.findall(r"run flowengine ([a-z][\w-]*)", (ROOT / "README.md").read_text()))
    assert shown <= set(commands.list_commands(click.Context(commands)))


def test_the_version_is_the_same_everywhere():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f'version="{told}"' in (ROOT / "flowengine/cli/__init__.py").read_text()
