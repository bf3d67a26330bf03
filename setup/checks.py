"""Everything that a machine can say about the code without running the product."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from frontend import FOLDER, npm_environment
from packages import BIN, PYTHON
from steps import ROOT, say, show

Check = tuple[str, Sequence[str | Path], Path]


def check() -> int:
    """Run all checks, also after one has failed; 1 if any did."""
    failed = [title for title, command, cwd in _checks() if _run(title, command, cwd) != 0]
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def _checks() -> Iterator[Check]:
    yield "format", [BIN / "ruff", "format", "--check", "--quiet", "."], ROOT
    yield "lint", [BIN / "ruff", "check", "--quiet", "."], ROOT
    yield "types", [BIN / "mypy", "--no-error-summary"], ROOT
    yield "architecture", [BIN / "lint-imports", "--no-logo"], ROOT
    yield "schemas", [PYTHON, ROOT / "setup" / "schemas.py"], ROOT
    yield "flows", [PYTHON, "-m", "flowengine.cli", "check", "flows"], ROOT
    yield "front end", ["npm", "run", "--silent", "check"], FOLDER
    yield "weight", [PYTHON, ROOT / "setup" / "weight.py"], ROOT


def _run(title: str, command: Sequence[str | Path], cwd: Path) -> int:
    say(f"-- {title}")
    return show(command, cwd=cwd, env=npm_environment())
