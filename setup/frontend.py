"""Node, the front end's packages, and its build."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from packages import BIN, NODE, install, path_with_venv
from steps import ROOT, do, fingerprint, is_done, need_room

FOLDER = ROOT / "builder_ui" / "frontend"
_MODULES = FOLDER / "node_modules"
_NOT_INPUTS = {"node_modules", "dist", "test-results"}


def needs_node() -> bool:
    """Whether PATH has no Node that Vite takes: 20.19 or later, 22.12 or later."""
    version = _version_on_path()
    return version is None or not _is_enough(version)


def install_node() -> None:
    """Take Node from a Python wheel, for this folder alone."""
    install(NODE, "Node.js, since PATH has none that is new enough")


def modules() -> None:
    """Install what package-lock.json says; skipped while it and the Node are the same."""
    inputs = fingerprint([FOLDER / "package.json", FOLDER / "package-lock.json", FOLDER / ".npmrc"], _node_version())
    stamp = _MODULES / ".installed"
    if is_done(stamp, inputs):
        return
    need_room()
    do("front-end packages", ["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, env=npm_environment())
    stamp.write_text(inputs)


def build() -> None:
    """Build the application and the web chat's script; skipped while their sources are the same."""
    inputs = fingerprint(_sources(), _node_version())
    stamp = _MODULES / ".built"
    if (FOLDER / "dist" / "index.html").exists() and is_done(stamp, inputs):
        return
    do("user interface", ["npm", "run", "build"], cwd=FOLDER, env=npm_environment())
    stamp.write_text(inputs)


def npm_environment() -> dict[str, str]:
    """PATH with our own Node first where there is one; npm told to keep to its work."""
    ours = path_with_venv() if (BIN / "node").exists() else {}
    return {**ours, "npm_config_update_notifier": "false", "CI": "1"}


def _sources() -> Iterator[Path]:
    yield from (file for file in (ROOT / "schemas").rglob("*.json"))
    waiting = [FOLDER]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.is_dir() and path.name not in _NOT_INPUTS:
                waiting.append(path)
            elif path.is_file():
                yield path


def _version_on_path() -> tuple[int, int] | None:
    found = shutil.which("node") and shutil.which("npm")
    return _ask("node") if found else None


def _ask(node: str) -> tuple[int, int] | None:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return None
    match = re.match(r"v(\d+)\.(\d+)", said)
    return (int(match[1]), int(match[2])) if match else None


def _is_enough(version: tuple[int, int]) -> bool:
    major, _ = version
    return version >= (22, 12) if major > 20 else version >= (20, 19)


def _node_version() -> str:
    version = _ask(str(BIN / "node") if (BIN / "node").exists() else "node")
    return str(version)
