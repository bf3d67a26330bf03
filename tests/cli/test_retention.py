"""`flowengine retention`: what an account keeps, shown and set."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from flowengine.cli import commands
from flowengine.settings import Settings
from tests.offices import furnish


@pytest.fixture
def retention(settings: Settings, engine: Engine) -> Callable[..., Result]:
    furnish(engine)
    environ = {
        "FLOWENGINE_DATA": str(settings.data), "DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url
    }  # fmt: skip
    return lambda *more: CliRunner(env=environ).invoke(commands, ["retention", "--account", "demo", *more])


def test_it_is_shown_and_set(retention):
    assert retention().output.split("\n")[:2] == ["  messages: forever", "  turns: 90 days"]
    assert "turns: 30 days" in retention("--turns", "30", "--messages", "forever").output
    assert retention("--turns", "0").exit_code == 2
