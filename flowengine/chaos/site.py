"""An installation of its own in a temporary folder, on two hosts that share PostgreSQL and Redis and nothing else.

The first host brings the servers along; the second is told of them as another machine would be: by its environment.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

from flowengine import embedded
from flowengine.embedded.processes import server_of
from flowengine.settings import kept_secret

START_LIMIT_S = 120
STOP_LIMIT_S = 60
WORDS: Mapping[str, str] = {  # that a part's command line holds
    "hot": "work --queue hot",
    "outbox": "work --queue outbox",
    "fleet": "flowengine.cli workers",
    "web": "builder_ui.serve",
}
OF_THE_MACHINE = ("disk_nearly_full", "clocks_apart")
UP = ("up", "--port", "0", "--no-demo", "--workers", "1", "--web-workers", "1")


class DidNotStart(Exception):
    """A host of the installation did not come up; its last words are the message."""


@dataclass(frozen=True)
class Host:
    """`flowengine up` in a folder of its own; `log` is what it says."""

    name: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]  # how its processes reach the servers
    address: str

    def of(self, part: str) -> list[psutil.Process]:
        """Its processes that are "hot" or "outbox" workers, the "fleet" that keeps those, or the "web"."""
        return [each for each in self._family() if WORDS[part] in _command(each)]

    def broken(self) -> list[str]:
        """What `flowengine doctor` finds broken, in its own words; of the machine itself nothing is told."""
        environment = {**os.environ, **self.environment, "FLOWENGINE_DATA": str(self.data)}
        command = [sys.executable, "-m", "flowengine.cli", "doctor", "--json", "--language", "en"]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        if not said.stdout.startswith("["):
            return [said.stderr[-300:] or "the doctor says nothing"]
        found = [each for each in json.loads(said.stdout) if each["severity"] == "broken"]
        return [each["what"] for each in found if each["code"] not in OF_THE_MACHINE]

    def _family(self) -> list[psutil.Process]:
        """Every process that it has started and that still runs."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []


@dataclass(frozen=True)
class Site:
    """Both hosts, and the servers they share."""

    hosts: tuple[Host, Host]

    @property
    def secret(self) -> str:
        return kept_secret(self.hosts[0].data)

    @property
    def environment(self) -> Mapping[str, str]:
        return self.hosts[0].environment

    @property
    def addresses(self) -> list[str]:
        return [host.address for host in self.hosts]

    def postmaster(self) -> psutil.Process | None:
        cluster = embedded.make_places(self.hosts[0].data).cluster
        return server_of(cluster / "postmaster.pid", lambda command: str(cluster) in command)

    def valkey(self) -> psutil.Process | None:
        places = embedded.make_places(self.hosts[0].data)
        socket = str(places.valkey_socket)
        return server_of(places.valkey / "valkey.pid", lambda command: socket in " ".join(command))


@contextmanager
def open_site(more: Mapping[str, str], keep: Path | None = None) -> Iterator[Site]:
    """Start it, with `more` in its environment, and end it afterwards; DidNotStart in words.

    What it leaves is removed, unless it is to be kept in a folder.
    """
    folder = keep or Path(tempfile.mkdtemp(prefix="fe-chaos-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # root's servers pass through it as another user
    begun: list[subprocess.Popen[bytes]] = []
    try:
        first = _start("one", folder / "a", more, begun)
        shared = {**more, **first.environment, "FLOWENGINE_SECRET": kept_secret(first.data)}
        second = _start("two", folder / "b", shared, begun)
        yield Site((first, second))
    finally:
        for process in reversed(begun):
            _stop(process)
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _start(name: str, data: Path, more: Mapping[str, str], begun: list[subprocess.Popen[bytes]]) -> Host:
    log = data.with_suffix(".log")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("FLOWENGINE_")}
    environment = {key: value for key, value in inherited.items() if not key.endswith("_URL")} | dict(more)
    command = [sys.executable, "-m", "flowengine.cli", *UP, "--data", str(data)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=environment, start_new_session=True)
    begun.append(process)
    until = monotonic() + START_LIMIT_S
    while b"ready after" not in log.read_bytes():
        if process.poll() is not None or monotonic() > until:
            raise DidNotStart(log.read_text(errors="replace")[-3000:])
        sleep(0.1)
    note = json.loads((data / "running.json").read_text())
    return Host(name, data, log, process, {**more, **note["environment"]}, note["address"])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _command(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return " ".join(process.cmdline())
    return ""
