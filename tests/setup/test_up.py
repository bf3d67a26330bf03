"""`flowengine up`: one command starts everything, keeps it alive, and ends it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from flowengine.settings import Settings
from tests.servers import open_folder

SECONDS = 60  # patience on a busy machine


def flowengine(*arguments: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flowengine.cli", *arguments],
        env=environment(data) | variables,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def environment(data: Path) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return others | {"FLOWENGINE_DATA": str(data), "PYTHONPATH": str(Path.cwd())}


def eventually(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@dataclass
class Installation:
    data: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> dict[str, int]:
        """Process ids by what they do; one that is just ending has no command line any more."""
        commands = [
            (child.pid, command_of(child)) for child in psutil.Process(self.process.pid).children(recursive=True)
        ]
        return {[word for word in command if word][-1]: pid for pid, command in commands if any(command)}

    def answers(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
            return bool(response.status == 200)


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie, too
        return []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def start(data: Path, **variables: str) -> Installation:
    port = free_port()
    log = data.parent / f"up-{port}.log"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "flowengine.cli", "up", "--port", str(port), "--web-workers", "1"]
        process = subprocess.Popen(command, env=environment(data) | variables, stdout=file, stderr=file)
    running = Installation(data, port, process, log)
    eventually(lambda: "ready after" in running.said() or process.poll() is not None, running.said())
    assert process.poll() is None, running.said()
    return running


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with open_folder() as folder:
        running = start(folder / "data")
        yield running
        running.process.terminate()
        running.process.wait(SECONDS)


def test_it_answers_and_says_how_to_get_in(installation: Installation):
    assert installation.answers()
    demo = json.loads(flowengine("demo", "--json", data=installation.data).stdout)
    assert demo["address"] == f"http://127.0.0.1:{installation.port}"
    assert {"email", "password", "role", "account"} == set(demo["logins"][0])
    assert set(demo["http_channel"]) == {"key", "token"}
    assert demo["logins"][0]["password"] in installation.said()
    assert (installation.data / "demo.json").stat().st_mode & 0o777 == 0o600


def test_a_second_start_from_the_same_data_folder_is_refused_in_words(installation: Installation):
    second = flowengine("up", "--port", str(free_port()), data=installation.data)
    assert second.returncode == 1
    assert f"Another flowengine (process {installation.process.pid}) runs from the data folder" in second.stderr


def test_a_port_in_use_is_said_before_anything_is_started(installation: Installation):
    other = installation.data.parent / "other"
    refused = flowengine("up", "--port", str(installation.port), data=other)
    assert refused.returncode == 1
    assert f"Port {installation.port} is in use by another program. Choose another" in refused.stderr
    assert not (other / "postgres").exists()


def test_a_database_that_does_not_answer_is_said_in_a_line(data: Path):
    away = {"DATABASE_URL": f"postgresql://app@127.0.0.1:{free_port()}/flowengine"}
    failed = flowengine("up", "--port", str(free_port()), data=data, **away)
    assert failed.returncode == 1
    assert failed.stderr.startswith("flowengine: the database cannot be used: connection failed")


def test_migrations_find_the_running_servers(installation: Installation):
    assert "up to date" in flowengine("migrate", data=installation.data).stdout


@pytest.mark.parametrize("what", ["hot", "outbox", "long", "workers", "builder_ui.app:create_app()"])
def test_a_killed_process_is_started_again(what: str, installation: Installation):
    eventually(lambda: what in installation.children(), f"{what} is not there")  # it may just be coming back
    before = installation.children()[what]
    os.kill(before, signal.SIGKILL)
    eventually(lambda: installation.children().get(what, before) != before, f"{what} did not come back")
    eventually(installation.answers, "the web does not answer")
    assert installation.children()[what] != before


def test_killed_servers_are_started_again(installation: Installation):
    files = [installation.data / "postgres" / "postmaster.pid", installation.data / "valkey" / "valkey.pid"]
    killed = [pid_in(file) for file in files]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: all(pid_in(file) not in (0, *killed) for file in files), "the servers did not come back")
    assert "Valkey ended; starting it again" in installation.said()


def pid_in(file: Path) -> int:
    """The number in a pid file, 0 while there is none."""
    words = file.read_text().split() if file.exists() else []
    return int(words[0]) if words else 0


def test_ctrl_c_ends_everything_in_order(data: Path):
    running = start(data)
    children = running.children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(SECONDS) == 0
    assert running.said().rstrip().endswith("flowengine: stopped")
    assert not any(is_alive(pid) for pid in children.values())
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_after_kill_9_nothing_of_it_stays_and_the_next_start_finds_its_data(data: Path):
    killed = start(data)
    children = killed.children()
    logins = flowengine("demo", "--json", data=data).stdout
    killed.process.kill()
    killed.process.wait()
    eventually(lambda: not any(is_alive(pid) for pid in children.values()), "children outlive the supervisor")
    again = start(data)
    assert json.loads(flowengine("demo", "--json", data=data).stdout)["logins"] == json.loads(logins)["logins"]
    again.process.terminate()
    assert again.process.wait(SECONDS) == 0


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and bool(command_of(psutil.Process(pid)))


def test_servers_that_the_environment_names_are_used_instead(settings: Settings, data: Path):
    ours = {"DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": settings.database_owner_url}
    running = start(data, REDIS_URL=settings.redis_url, **ours)
    assert running.answers()
    assert not (data / "postgres").exists()
    assert not (data / "valkey").exists()
    assert not (data / "demo.json").exists()
    running.process.terminate()
    assert running.process.wait(SECONDS) == 0
