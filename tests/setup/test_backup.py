"""A backup goes into an empty installation, with everything but the secret, and sends nothing there at first."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from flowengine import embedded
from flowengine.crm import erasure
from flowengine.crm.actor import Actor
from flowengine.effects.sealing import seal, unseal
from flowengine.files.folder import Folder
from flowengine.jobs import gate
from flowengine.settings import Settings
from flowengine.store.engine import make_engine
from flowengine.store.installation import hold_gate, open_gate, read_installation, settle_in
from flowengine.store.messages import NewMessage
from flowengine.store.outbox import Owed
from tests.offices import Office, furnish, talk
from tests.setup.test_up import flowengine

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def office(engine: Engine):
    """An account with a message on its way, a timer, and a secret; the gate is open again afterwards."""
    yield furnish(engine)
    open_gate(engine)


PICTURE = b"\x89PNG\r\n\x1a\n and what is seen"


def keep(office: Office, settings: Settings) -> str:
    """A file that flows send; its content's name."""
    folder = Folder(settings.files_folder)
    with folder.arriving([PICTURE], most=1000) as arrived, office.at() as unit:
        unit.files.put(arrived.sha256, name="a.png", mime="image/png", size=arrived.size, by=None)
        folder.keep(office.account_id, arrived)
    return arrived.sha256


def owe(office: Office, settings: Settings) -> None:
    """One callback that is due at NOON, a timer an hour later, a secret."""
    with office.at() as unit:
        conversation = talk(unit, office)
        new = NewMessage(
            conversation.id, conversation.contact_id, office.channel.id, conversation.identity_id, "bot", {"text": "oi"}
        )
        (message,) = unit.messages.add([new])
        sent = {"message": str(message.id)}
        unit.outbox.owe([Owed("a", "callback", sent, NOON), Owed("b", "timer", {"kind": "timer_fired"}, NOON + HOUR)])
        unit.secrets.add("erp", description="", sealed=seal("value", settings.secret))


def speak(office: Office, words: str, contact: str = "5511") -> int:
    """Say something to somebody new; at which place whoever fetches from the channel finds it."""
    with office.at() as unit:
        conversation = talk(unit, office, contact + words)
        new = NewMessage(
            conversation.id,
            conversation.contact_id,
            office.channel.id,
            conversation.identity_id,
            "bot",
            {"text": words},
        )
        unit.outgoing.put(unit.messages.add([new]))
    with office.at() as unit:
        return unit.outgoing.read(office.channel.id, 0)[-1].position


@pytest.mark.timeout(300)  # two servers are made and started
def test_what_is_backed_up_is_there_after_a_restore_and_waits(
    office: Office, settings: Settings, data: Path, tmp_path: Path
):
    owe(office, settings)
    picture = keep(office, settings)
    urls = {
        "DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": settings.database_owner_url,
        "REDIS_URL": settings.redis_url, "FLOWENGINE_SECRET": settings.secret,
    }  # fmt: skip
    file = tmp_path / "backup.tar"
    done = flowengine("backup", str(file), data=settings.data, **urls)
    assert done.returncode == 0, done.stderr
    assert settings.secret.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600

    after = speak(office, "depois")  # who fetches has a place that the backup does not know
    with office.at() as unit:  # somebody is erased after the backup, which has them still; a later one tells of it
        contact = unit.contacts.identity(office.channel.id, "5511").contact_id
        erasure.erase(unit, contact, Actor(office.dora.id))
    assert flowengine("backup", str(tmp_path / "later.tar"), data=settings.data, **urls).returncode == 0

    restored = flowengine("restore", str(file), "--data", str(data), data=data, FLOWENGINE_SECRET=settings.secret)
    assert restored.returncode == 0, restored.stderr
    assert "The secret here is the backup's" in restored.stdout
    assert "1 people erased again" in restored.stdout
    again = flowengine("restore", str(file), "--data", str(data), data=data)
    assert "not empty" in again.stderr

    postgres = embedded.start_database(embedded.make_places(data))
    engine = make_engine(embedded.database_url(postgres, embedded.APP_ROLE))
    installation = read_installation(engine)
    assert (installation.gate, installation.held_why) == ("held", "restored")
    assert [(each.account, each.kind) for each in gate.due(engine)] == [("demo", "callback"), ("demo", "timer")]
    there = Office(engine, *[getattr(office, name) for name in list(Office.__slots__)[1:]])
    with there.at() as unit:
        assert unseal(unit.secrets.sealed("erp") or b"", settings.secret) == "value"
        assert (unit.erasure.is_erased(contact), unit.contacts.identities(contact)) == (True, [])
        assert unit.files.get(picture) is not None
        assert (unit.outbox.fire_timers(10), unit.outbox.claim(10, lease=HOUR)) == (0, [])
    assert speak(there, "de volta", "5522") > after
    kept = Folder(data / "files").found(office.account_id, picture)
    assert kept is not None
    assert kept.read_bytes() == PICTURE
    engine.dispose()


def test_the_ledger_is_added_to_and_goes_by_ids_alone(office: Office, settings: Settings, tmp_path: Path):
    urls = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    with office.at() as unit:
        talk(unit, office)
        contact = unit.contacts.identity(office.channel.id, "5511").contact_id
        erasure.erase(unit, contact, Actor(office.dora.id))
    file = tmp_path / "ledger.jsonl"
    other = {"account": str(UUID(int=1)), "contact": str(UUID(int=2)), "by": None, "at": "2026-01-01T00:00:00+00:00"}
    file.write_text(json.dumps(other) + "\n")
    for _ in range(2):
        assert "2 erased" in flowengine("erased", "--out", str(file), data=settings.data, **urls).stdout
    first, second = [json.loads(line) for line in file.read_text().splitlines()]
    assert (first["contact"], second["contact"], set(second)) == (
        str(UUID(int=2)), str(contact), {"account", "contact", "by", "at"}
    )  # fmt: skip
    assert "erased again: 0" in flowengine("erased", "--apply", str(file), data=settings.data, **urls).stdout


def test_what_is_no_ledger_is_refused_in_words(settings: Settings, tmp_path: Path):
    (tmp_path / "x").write_text("x")
    urls = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    refused = flowengine("erased", "--apply", str(tmp_path / "x"), data=settings.data, **urls)
    assert (refused.returncode, "is no ledger" in refused.stderr) == (1, True)


def test_a_folder_that_is_not_there_is_said(settings: Settings, tmp_path: Path):
    urls = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    refused = flowengine("backup", str(tmp_path / "nowhere" / "x.tar"), data=settings.data, **urls)
    assert (refused.returncode, "There is no folder" in refused.stderr) == (1, True)


def test_what_is_no_backup_is_refused_in_words(data: Path, tmp_path: Path):
    (tmp_path / "x").write_text("x")
    refused = flowengine("restore", str(tmp_path / "x"), data=data)
    assert (refused.returncode, "is no backup of flowengine" in refused.stderr) == (1, True)
    assert not (data / "postgres").exists()


@pytest.mark.parametrize(("choice", "callback", "timer"), [
    ("send", NOON, NOON + HOUR), ("skip", None, NOON + 6 * HOUR), ("shift", NOON + 5 * HOUR, NOON + 6 * HOUR)
])  # fmt: skip
def test_the_operator_sends_skips_or_shifts_what_is_due(
    office: Office, settings: Settings, owner_engine: Engine, choice: gate.Choice, callback, timer
):
    owe(office, settings)
    hold_gate(office.engine, "restored", NOON)
    gate.open_gate(office.engine, choice, NOON + 5 * HOUR)
    with owner_engine.connect() as connection:
        rows = dict(connection.exec_driver_sql("select kind, due_at from outbox").all())
        statuses = connection.exec_driver_sql("select status, error from message").all()
    assert (rows.get("callback"), rows["timer"]) == (callback, timer)
    assert (statuses == [("failed", "skipped when the gate was opened")]) == (choice == "skip")
    assert read_installation(office.engine).gate == "open"


def test_a_database_that_wakes_up_elsewhere_sends_nothing(office: Office, owner_engine: Engine, tmp_path: Path):
    with owner_engine.begin() as connection:
        connection.exec_driver_sql("update installation set home = null")
    here = tmp_path / "here"
    embedded.make_data_folder(here)
    assert [settle_in(office.engine, embedded.home(here)) for _ in range(2)] == [False, False]
    moved = here.rename(tmp_path / "moved")
    assert settle_in(office.engine, embedded.home(moved)) is False
    shutil.copytree(moved, tmp_path / "copy")
    assert settle_in(office.engine, embedded.home(tmp_path / "copy")) is True
    assert read_installation(office.engine).held_why == "copied"
