"""What is done to a database before anything starts on it. Brings the whole program along: see supervisor/apart.py."""

from collections.abc import Callable
from datetime import UTC, datetime

from flowengine.cli.demo import words
from flowengine.demo import read_demo, seed
from flowengine.settings import Settings
from flowengine.store.engine import make_engine
from flowengine.store.installation import settle_in
from flowengine.store.migrate import upgrade


def prepare(settings: Settings, *, with_demo: bool, home: str | None, say: Callable[[str], None]) -> str:
    """Run migrations, notice a copy, make the demo; the greeting. `home` is where the database lives."""
    upgrade(settings.database_owner_url)
    if home is not None:
        _settle_in(settings, home, say)
    if with_demo and read_demo(settings.data) is None:
        engine = make_engine(settings.database_url)
        seed(engine, settings, datetime.now(UTC))
        engine.dispose()
    demo = read_demo(settings.data)
    return words({"address": settings.address, **demo}) if demo else f"  {settings.address}"


def _settle_in(settings: Settings, home: str, say: Callable[[str], None]) -> None:
    engine = make_engine(settings.database_url)
    try:
        if settle_in(engine, home):
            say("this looks like a copy: nothing is sent until you say what becomes of it; see `flowengine gate`")
    finally:
        engine.dispose()
