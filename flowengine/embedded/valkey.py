"""The Valkey of the default installation: on a Unix socket, with its log of writes, started, adopted, stopped."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import redis

from flowengine.embedded.binaries import valkey_program
from flowengine.embedded.errors import EmbeddedError
from flowengine.embedded.owner import make_folder, run_as
from flowengine.embedded.places import Places
from flowengine.embedded.processes import end, server_of

START_LIMIT = 30  # seconds; it reads its log of writes first
STOP_LIMIT = 15


@dataclass(frozen=True)
class Valkey:
    """A Valkey that runs."""

    places: Places
    program: Path

    @property
    def url(self) -> str:
        return f"unix://{self.places.valkey_socket}?db=0"

    def runs(self) -> bool:
        return _process(self.places) is not None

    def again(self) -> "Valkey":
        """Start it again after it died."""
        return start_valkey(self.places)

    def stop(self) -> None:
        stop_valkey(self.places)


def start_valkey(places: Places) -> Valkey:
    """Start Valkey in `places`, or adopt the one that runs there. Raises EmbeddedError.

    What it holds are hints that can be found again in the database: a log of writes that it cannot read is put aside.
    """
    make_folder(places.valkey, places.owner)
    valkey = Valkey(places, valkey_program(places.owner))
    if valkey.runs() and _answers(valkey):
        return valkey
    valkey.stop()
    said = _start(valkey)
    if said and (places.valkey / "appendonlydir").exists():
        os.replace(places.valkey / "appendonlydir", places.valkey / f"appendonlydir.unreadable-{time.time():.0f}")
        said = _start(valkey)
    if said:
        raise EmbeddedError(f"Valkey did not start. Its last words:\n{said}")
    return valkey


def stop_valkey(places: Places) -> None:
    """End the one that runs in `places`, its log of writes complete; nothing happens where none runs."""
    process = _process(places)
    if process is not None:
        end(process, signal.SIGTERM, STOP_LIMIT, harsh=signal.SIGKILL)


def _start(valkey: Valkey) -> str | None:
    """Start and wait until it answers; returns its last words if it does not."""
    places = valkey.places
    log = places.valkey / "valkey.log"
    log.unlink(missing_ok=True)
    places.valkey_socket.unlink(missing_ok=True)
    _pid_file(places).unlink(missing_ok=True)
    command = [str(valkey.program), "--daemonize", "yes", "--port", "0"]
    command += ["--unixsocket", str(places.valkey_socket), "--unixsocketperm", "700"]
    command += ["--dir", str(places.valkey), "--pidfile", str(_pid_file(places)), "--logfile", str(log)]
    command += ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"]
    try:
        begun = run_as(places.owner, command, cwd=places.valkey, output=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return "it did not go to the background"
    deadline = time.monotonic() + START_LIMIT
    while begun.returncode == 0 and time.monotonic() < deadline:
        if _answers(valkey):
            return None
        if time.monotonic() > deadline - START_LIMIT + 2 and not valkey.runs():
            break  # it wrote its pid file and went, or never came
        time.sleep(0.02)
    return "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else "nothing"


def _pid_file(places: Places) -> Path:
    return places.valkey / "valkey.pid"


def _process(places: Places) -> psutil.Process | None:
    # It rewrites its command line to "<program> unixsocket:<path>".
    return server_of(_pid_file(places), lambda command: str(places.valkey_socket) in " ".join(command))


def _answers(valkey: Valkey) -> bool:
    client = redis.Redis.from_url(valkey.url, socket_timeout=5)
    try:
        return bool(client.ping())
    except redis.RedisError:  # not there yet, or still loading
        return False
    finally:
        client.close()
