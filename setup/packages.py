"""The virtual environment and the locked Python packages in it."""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from steps import ROOT, SetupFailed, do, fingerprint, is_done, need_room

VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
RUNTIME, TEST, NODE = (
    ROOT / name for name in ("requirements.lock", "requirements-test.lock", "requirements-node.lock")
)
_SITE = Path("lib") / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
_SCRIPT = """#!{python}
import sys

from flowengine.cli import main

sys.exit(main())
"""


def environment() -> None:
    """Make .venv with this Python; an old one that does not run any more is made anew."""
    if _works():
        return
    need_room()
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        raise SetupFailed(
            f"This Python ({sys.executable}) has no module {missing[0]}. "
            "On Debian and Ubuntu it is a package of its own: apt-get install python3-venv"
        )
    shutil.rmtree(VENV, ignore_errors=True)
    do("virtual environment", [sys.executable, "-m", "venv", VENV])


def install(lock: Path, title: str) -> None:
    """Install a lock, every file checked against its hash; skipped while the lock and the Python are the same."""
    inputs = fingerprint([lock], sys.version, sysconfig.get_platform())
    stamp = VENV / f"installed-{lock.stem}"
    if is_done(stamp, inputs):
        return
    need_room()
    options = ["--require-hashes", "--no-deps", "--no-compile", "--disable-pip-version-check", "--no-input"]
    do(title, [PYTHON, "-m", "pip", "install", *options, "-r", lock])
    # Now and on all cores, not by pip's one nor by five processes at once at the first start.
    do(f"{title}: compiled", [PYTHON, "-m", "compileall", "-q", "-j", "0", VENV / _SITE], tolerant=True)
    stamp.write_text(inputs)


def link() -> None:
    """Let the environment find the program in this folder, and put `flowengine` beside its Python."""
    path_file = VENV / _SITE / "flowengine.pth"
    if not path_file.exists() or path_file.read_text().strip() != str(ROOT):
        path_file.write_text(f"{ROOT}\n")
    script = BIN / "flowengine"
    text = _SCRIPT.format(python=PYTHON)
    if not script.exists() or script.read_text() != text:
        script.write_text(text)
        script.chmod(0o755)


def path_with_venv() -> dict[str, str]:
    """An environment in which the virtual environment's programs come first."""
    return {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _works() -> bool:
    if not PYTHON.exists():
        return False
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = [str(PYTHON), "-c", "import sys, pip; print('%d.%d' % sys.version_info[:2], sys.prefix)"]
    try:
        said = subprocess.run(probe, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return said.stdout.split() == [version, str(VENV)] and said.returncode == 0
