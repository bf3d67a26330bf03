"""An installation whose secret is changed keeps what its accounts trusted to it."""

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from flowengine.cli.reseal import command
from flowengine.effects.sealing import seal, unseal
from flowengine.settings import BadSetting, Settings
from tests.offices import Office, furnish

OLD = "the secret that the installation had before"


@pytest.fixture
def office(engine: Engine) -> Office:
    """An account with a secret and a callback, sealed under the old secret."""
    office = furnish(engine)
    with office.at() as unit:
        unit.secrets.add("erp", description="", sealed=seal("value", OLD))
        unit.channels.change(office.channel.id, callback_secret=seal("signing", OLD))
    return office


def run(settings: Settings, **more: str):
    env = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "FLOWENGINE_DATA": str(settings.data),
        "FLOWENGINE_SECRET": settings.secret,
        **more,
    }
    return CliRunner(env=env).invoke(command)


def test_everything_is_sealed_anew_once(office: Office, settings: Settings):
    first, second = (run(settings, FLOWENGINE_OLD_SECRET=OLD) for _ in range(2))

    assert (first.exit_code, first.output.strip()) == (0, "2 sealed anew, 0 already were")
    assert (second.exit_code, second.output.strip()) == (0, "0 sealed anew, 2 already were")
    with office.at() as unit:
        assert unseal(unit.secrets.sealed("erp"), settings.secret) == "value"
        assert unseal(unit.channels.get(office.channel.id).callback_secret, settings.secret) == "signing"


def test_what_neither_secret_opens_is_named_and_left(office: Office, settings: Settings):
    with office.at() as unit:
        before = unit.secrets.sealed("erp")
    told = run(settings, FLOWENGINE_OLD_SECRET="a secret that was never that of anything")
    assert (told.exit_code, "demo: secret erp" in told.output) == (1, True)
    with office.at() as unit:
        assert unit.secrets.sealed("erp") == before


def test_without_the_old_secret_nothing_is_done(settings: Settings):
    assert isinstance(run(settings).exception, BadSetting)
