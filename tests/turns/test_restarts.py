"""Workers outlive their servers: a restart of either ends no worker, and work goes on within seconds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
from redis import Redis
from sqlalchemy import Engine

from flowengine import embedded
from flowengine.store.engine import StoreFault, make_engine
from flowengine.store.migrate import upgrade
from tests.servers import HASTY, open_folder
from tests.turns.shop import RECEPTION, Shop

Answer = TypeVar("Answer")
GREETING = ["Olá, Renata!", "Como podemos ajudar?"]


@dataclass
class Place:
    """Servers of its own, a shop in them, and the workers of a machine. Nobody nudges: the sweep finds what comes."""

    servers: embedded.Servers
    engine: Engine
    shop: Shop
    fleet: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> dict[int, str]:
        """Those that speak of accounts, by their process."""
        family = psutil.Process(self.fleet.pid).children()
        words = {each.pid: " ".join(each.cmdline()) for each in family}
        return {pid: said for pid, said in words.items() if "hot" in said or "outbox" in said}

    def answered_within(self, seconds: float, sender: str) -> bool:
        """Whether somebody new who writes is greeted in time; whoever hands it in tries until it is taken."""
        until = time.monotonic() + seconds
        patiently(lambda: self.shop.receive("oi", sender=sender))
        while patiently(lambda: self.shop.replies(sender)) != GREETING:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def patiently(act: Callable[[], Answer], seconds: float = 30) -> Answer:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(StoreFault):
            return act()
        time.sleep(0.05)
    raise AssertionError("the database does not come back")


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with open_folder() as folder, embedded.lock(folder):
        servers = embedded.start_servers(folder, HASTY)
        upgrade(embedded.database_url(servers.postgres, embedded.OWNER_ROLE))
        url = embedded.database_url(servers.postgres, embedded.APP_ROLE)
        engine = make_engine(url)
        shop = Shop(engine)
        shop.publish(RECEPTION)
        environ = {
            **os.environ,
            "DATABASE_URL": url,
            "REDIS_URL": servers.valkey.url,
            "FLOWENGINE_DATA": str(folder),
            "FLOWENGINE_SECRET": "a secret that only the tests know, long enough",
        }
        command = [sys.executable, "-m", "flowengine.cli", "workers", "--turns", "2"]
        log = folder / "workers.log"
        with log.open("wb") as said:
            fleet = subprocess.Popen(command, env=environ, stdout=said, stderr=said)
        place = Place(servers, engine, shop, fleet, log)
        assert place.answered_within(60, "first")
        yield place
        fleet.terminate()
        assert fleet.wait(20) == 0
        engine.dispose()
        servers.stop()


def empty_valkey(place: Place) -> None:
    with Redis.from_url(place.servers.valkey.url) as client:
        client.flushall()


def restart_valkey(place: Place) -> None:
    os.kill(int((place.servers.valkey.places.valkey / "valkey.pid").read_text()), signal.SIGKILL)
    time.sleep(1)
    place.servers.valkey.again()


def restart_postgres(place: Place) -> None:
    """As `pg_ctl restart -m immediate` does: no goodbye to anybody."""
    cluster = place.servers.postgres.places.cluster
    postmaster = psutil.Process(int((cluster / "postmaster.pid").read_text().split()[0]))
    postmaster.send_signal(signal.SIGQUIT)
    postmaster.wait(20)
    place.servers.postgres.again()


def restart_both(place: Place) -> None:
    restart_postgres(place)
    restart_valkey(place)


@pytest.mark.parametrize("fault", [empty_valkey, restart_valkey, restart_postgres, restart_both])
def test_workers_go_on_after(fault: Callable[[Place], None], place: Place) -> None:
    before = place.workers()
    fault(place)
    assert place.answered_within(10, fault.__name__)
    assert place.workers() == before
    assert b"Traceback" not in place.log.read_bytes()


def test_a_killed_worker_is_replaced(place: Place) -> None:
    before = place.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert place.answered_within(10, "killed")
    after = place.workers()
    assert sorted(after.values()) == sorted(before.values())
    assert not set(after) & set(before)
