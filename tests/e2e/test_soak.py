"""Minutes of talk while everything is killed in turn: workers, the web, Valkey, PostgreSQL. `./run soak`."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from tests.e2e.installation import Installation, eventually
from tests.e2e.people import Contact
from tests.servers import open_folder

SECONDS = int(os.environ.get("FLOWENGINE_SOAK_SECONDS", "300"))
CONTACTS = 12
pytestmark = [pytest.mark.soak, pytest.mark.timeout(SECONDS * 3 + 300)]


@pytest.fixture
def battered() -> Iterator[Installation]:
    """An installation that nobody shares: it is not treated gently."""
    with open_folder() as folder:
        running = Installation(Path(folder) / "data")
        yield running
        running.stop()


def test_nothing_is_lost_and_nothing_comes_twice(battered: Installation) -> None:
    until = time.monotonic() + SECONDS
    done = threading.Event()
    killed: list[str] = []

    with ThreadPoolExecutor(CONTACTS + 1) as pool:
        killer = pool.submit(_kill, battered, done, killed)
        talks = [pool.submit(_talk, battered, until) for _ in range(CONTACTS)]
        sent = [talk.result() for talk in talks]
        done.set()
        killer.result()

    deaths = ", ".join(f"{name} {killed.count(name)} times" for name in sorted(set(killed)))
    print(f"{sum(count for _, count in sent)} messages; killed: {deaths}")
    for contact, count in sent:
        texts = [message["text"] for message in _patient(contact.heard)]
        greeting, *rest = texts
        assert greeting.startswith("Olá, Renata")
        menu, hours = rest[0], rest[1] if count > 1 else ""
        assert texts == [greeting, menu, *[hours, menu] * (count - 1)], f"{contact.sender}: {count} sent"


def _talk(installation: Installation, until: float) -> tuple[Contact, int]:
    """Greet, then ask for the hours over and over, each time when the last answer is there; how many were sent."""
    contact = Contact(installation, uuid4().hex)
    count = 0
    while time.monotonic() < until:
        count += 1
        _exchange(contact, count)
    return contact, count


def _exchange(contact: Contact, count: int) -> None:
    text = "oi" if count == 1 else "horários"
    _patient(lambda: contact.write(text, id=f"{contact.sender}-{count}"))

    def answered() -> bool:
        return len(_patient(contact.heard)) >= 2 * count

    eventually(answered, 90, lambda: f"{contact.sender}: no answer to message {count}")


def _kill(installation: Installation, done: threading.Event, killed: list[str]) -> None:
    """Every few seconds, kill -9 of something; each kind comes up equally often, in an order drawn anew each round."""
    draw = random.Random(7)
    order: list[str] = []
    while not done.wait(draw.uniform(2, 5)):
        order = order or draw.sample(["hot", "outbox", "long", "builder_ui", "valkey", "postgres"], 6)
        what = order.pop()
        victims = [process for process in _family(installation) if what in _words(process)]
        if victims:
            with suppress(psutil.NoSuchProcess):
                draw.choice(victims).send_signal(signal.SIGKILL)
                killed.append(what)


def _family(installation: Installation) -> list[psutil.Process]:
    """The installation's processes; its servers are daemons of their own, known by the data folder in their words."""
    children = psutil.Process(installation.process.pid).children(recursive=True)
    folder = str(installation.data)
    servers = [p for p in psutil.process_iter() if folder in _words(p) and p.pid != installation.process.pid]
    return [*children, *(p for p in servers if p not in children)]


def _words(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return " ".join(process.cmdline())
    return ""


def _patient(act, seconds: float = 90):  # type: ignore[no-untyped-def]  # whatever `act` gives
    """Try again while the installation picks itself up: what a sender does that does not lose its messages."""
    until = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (httpx.HTTPError, AssertionError, KeyError, ValueError):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
