"""`flowengine bench`: what this machine does, measured on an installation of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from flowengine.bench import core, hostile, http
from flowengine.cli.supervisor.note import read_note
from flowengine.cli.supervisor.supervisor import answers
from flowengine.demo import read_demo

START_LIMIT_S = 120
PARTS = ("core", "http", "hostile")


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--rate", type=float, default=50, show_default=True, help="Messages a second of the steady load.")
@click.option("--seconds", type=float, default=15, show_default=True, help="How long the steady load lasts.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(parts: tuple[str, ...], rate: float, seconds: float, as_json: bool) -> None:
    """Measure the pure core, the way from a channel to the stored reply, and what hostile documents cost.

    The second starts an installation in a temporary folder, with databases of its own, and ends it again; the third
    is only measured where it is named.
    """
    figures: dict[str, Any] = {}
    if not parts or "core" in parts:
        figures["core"] = core.measure()
    if not parts or "http" in parts:
        with _installation() as demo:
            figures["http"] = http.measure(http.Target.of(demo), rate=rate, seconds=seconds)
    if "hostile" in parts:
        figures["hostile"] = hostile.measure()
    click.echo(json.dumps(figures, indent=2) if as_json else _table(figures))


@contextmanager
def _installation() -> Iterator[dict[str, Any]]:
    """A demo of our own, while the block lasts: {"address", "http_channel", …}."""
    with tempfile.TemporaryDirectory(prefix="flowengine-bench-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # root's servers pass through it as another user
        data = Path(folder) / "data"
        up = [sys.executable, "-m", "flowengine.cli", "up", "--port", "0", "--data", str(data), "--demo"]
        process = subprocess.Popen(up, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            yield _ready(process, data)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def _ready(process: subprocess.Popen[str], data: Path) -> dict[str, Any]:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        note, demo = read_note(data), read_demo(data)
        if note and demo and answers(f"{note.address}/readyz"):
            return {"address": note.address, **demo}
        time.sleep(0.2)
    process.terminate()
    raise click.ClickException(f"The installation to measure did not start:\n{process.communicate()[0][-2000:]}")


def _table(figures: dict[str, Any]) -> str:
    lines = []
    for part, values in figures.items():
        lines.append(part)
        lines += [
            f"  {name:<34}{value}" if isinstance(value, str) else f"  {name:<18}{value:>12,}"
            for name, value in values.items()
        ]
    return "\n".join(lines)
