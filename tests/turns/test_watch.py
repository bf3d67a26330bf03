"""Operators are told of what goes wrong, once; and a disk that is nearly full leaves room for replies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis
from sqlalchemy import Engine, text

from flowengine.effects.mail import read_server
from flowengine.effects.outside import Outside
from flowengine.jobs import alive, disk
from flowengine.jobs.telling import ways
from flowengine.jobs.watch import TURN, watch
from flowengine.settings import BadSetting, Settings
from flowengine.store.installation import read_installation, set_scarce
from flowengine.store.intake import BULK, NewEvent
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from tests.offices import Office, furnish, start_run, talk
from tests.standins.mail import MailServer, mail_server
from tests.standins.served import Answer, StandIn
from tests.standins.webhook import webhook


@pytest.fixture
def office(engine: Engine, redis: Redis):
    """An account in an installation that is well; the disk has room again afterwards."""
    for queue in ("hot", "outbox", "long"):
        alive.mark(redis, queue)
    yield furnish(engine)
    set_scarce(engine, False)


class Operators:
    """Whoever reads what is told; `status` is what their address answers."""

    def __init__(self, office: Office, redis: Redis, settings: Settings, there: StandIn) -> None:
        self.there = there
        self._outside = Outside([f"127.0.0.1:{urlsplit(there.url).port}"])
        self._look = lambda: watch(office.engine, redis, settings, ways(settings, self._outside))
        self._redis = redis

    def answer(self, answer: Answer) -> None:
        self.there.answers[:] = [answer]

    def a_minute_later(self) -> list[dict]:
        """What they are told this time."""
        self._redis.delete(TURN)
        before = len(self.there.asked)
        self._look()
        return [asked.json for asked in self.there.asked[before:]]


@pytest.fixture
def operators(office: Office, redis: Redis, settings: Settings):
    with webhook() as there:
        yield Operators(office, redis, replace(settings, watch_url=f"{there.url}/alerts"), there)


@pytest.fixture
def mail():
    with mail_server() as there:
        yield there


@pytest.fixture
def readers(office: Office, redis: Redis, settings: Settings, mail: MailServer):
    """Those who are told by letter as well, in English."""
    server = read_server(f"smtp://127.0.0.1:{mail.port}", sender="flowengine@chat.example.com")
    with webhook() as there:
        written = replace(
            settings, watch_url=there.url, watch_email=("ops@example.com",), mail=server, language="en"
        )  # fmt: skip
        yield Operators(office, redis, written, there)


SERVERS = {"DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://"}


def fail(office: Office) -> None:
    """An event becomes a dead letter."""
    with office.at() as unit:
        conversation = talk(unit, office, "9")
        for waiting in unit.intake.waiting([conversation.contact_id]):
            unit.intake.give_up(waiting.id, "ValueError: ours")


def wait(office: Office) -> None:
    with Unit.open(office.engine, office.account_id, now=datetime.now(UTC) - timedelta(minutes=5)) as unit:
        talk(unit, office)


def test_what_goes_wrong_is_told_once_and_so_is_that_it_is_well_again(office, operators, owner_engine):
    assert operators.a_minute_later() == []
    wait(office)
    (told,) = operators.a_minute_later()
    assert [(each["code"], each["account"]) for each in told["broken"]] == [("events_waiting", "demo")]
    assert "evento(s) esperam desde" in told["broken"][0]["what"]
    assert operators.a_minute_later() == []
    with owner_engine.begin() as connection:
        connection.execute(text("delete from intake"))
    (told,) = operators.a_minute_later()
    assert (told["broken"], [each["code"] for each in told["well"]]) == ([], ["events_waiting"])


@pytest.mark.parametrize("answer", [Answer(hangs_up=True), Answer(status=503)], ids=["hangs up", "refuses"])
def test_what_did_not_reach_them_is_told_again(office, operators, answer: Answer):
    wait(office)
    operators.answer(answer)
    operators.a_minute_later()
    operators.answer(Answer())
    assert len(operators.a_minute_later()) == 1


def test_by_letter_they_hear_the_same_in_words(office, readers, mail: MailServer, owner_engine: Engine):
    wait(office)
    readers.a_minute_later()
    readers.a_minute_later()
    (letter,) = mail.letters
    assert (letter["subject"], letter["to"]) == (
        "[flowengine] 1 problem(s) at http://127.0.0.1:8000",
        "ops@example.com",
    )
    assert "demo: 1 event(s) wait to be taken, since" in letter.get_content()
    assert "What to do: See that workers of the queue hot run" in letter.get_content()
    with owner_engine.begin() as connection:
        connection.execute(text("delete from intake"))
    readers.a_minute_later()
    assert "All well again at http" in mail.letters[1]["subject"]
    assert "Well again:\n- demo: 1 event(s)" in mail.letters[1].get_content().replace("\r\n", "\n")


def test_each_way_is_tried_again_for_itself(office, readers, mail: MailServer):
    wait(office)
    readers.answer(Answer(status=503))
    readers.a_minute_later()
    readers.answer(Answer())
    assert len(readers.a_minute_later()) == 1
    assert len(mail.letters) == 1
    mail.refuses = 451
    fail(office)
    readers.a_minute_later()
    mail.refuses = None
    assert readers.a_minute_later() == []
    assert [len(mail.letters), "dead letter" in mail.letters[-1].get_content()] == [2, True]


def test_dead_letters_are_told_though_nothing_has_stopped(office, operators):
    fail(office)
    (told,) = operators.a_minute_later()
    assert [(each["code"], each["severity"]) for each in told["broken"]] == [("dead_letters", "warning")]


def test_what_gets_worse_is_told_once_more(office, operators):
    today = datetime.now(UTC).date()
    with office.at() as unit:
        unit.secrets.add("erp", description="", sealed=b"", expires_on=today + timedelta(days=10))
    assert [each["severity"] for each in operators.a_minute_later()[0]["broken"]] == ["warning"]
    with office.at() as unit:
        unit.secrets.change("erp", expires_on=today + timedelta(days=2))
    (told,) = operators.a_minute_later()
    assert [(each["code"], each["severity"]) for each in told["broken"]] == [("secret_expires", "broken")]
    assert told["well"] == []
    assert operators.a_minute_later() == []


def test_of_many_workers_one_looks_a_minute(office, operators, redis: Redis):
    wait(office)
    redis.set(TURN, b"1")
    operators._look()
    assert operators.there.asked == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FLOWENGINE_WATCH_URL", "alerts"),
        ("FLOWENGINE_WATCH_EMAIL", "ops"),
        ("FLOWENGINE_WATCH_EMAIL", "ops@example.com"),  # and no server that would take it
        ("FLOWENGINE_SMTP_URL", "mail.example.com"),
        ("FLOWENGINE_LANGUAGE", "fr"),
    ],
)
def test_a_setting_that_could_not_work_is_refused(variable: str, value: str):
    with pytest.raises(BadSetting, match=variable):
        Settings.read({**SERVERS, variable: value})


def test_who_writes_is_named_after_the_installation(tmp_path: Path):
    given = {"FLOWENGINE_SMTP_URL": "smtp://ana:secret@mail.example.com", "FLOWENGINE_DATA": str(tmp_path)}
    read = Settings.read({**SERVERS, **given, "FLOWENGINE_ADDRESS": "https://chat.example.com"})
    assert read.mail is not None
    assert (read.mail.sender, read.mail.port) == ("flowengine@chat.example.com", 587)
    assert "secret" not in repr(read.mail)


def test_a_disk_is_scarce_below_a_tenth_and_has_room_again_a_little_above(office: Office):
    assert [disk.look(office.engine, free) for free in (0.11, 0.09, 0.11, 0.13)] == [False, True, True, False]
    assert read_installation(office.engine).scarce is False


def test_while_room_is_scarce_replies_go_on_and_bulk_work_waits(office: Office):
    with office.at() as unit:
        reply, bulk = talk(unit, office, "1"), talk(unit, office, "2")
        unit.intake.done([event.id for event in unit.intake.waiting([bulk.contact_id])])
        unit.lanes.settle([bulk.contact_id])
        unit.intake.append([NewEvent(bulk.contact_id, {"kind": "started"}, priority=BULK)])
    set_scarce(office.engine, True)
    with office.at() as unit:
        assert {lane.id for lane in unit.lanes.claim(10)} == {reply.contact_id}
    set_scarce(office.engine, False)
    with office.at() as unit:
        assert {lane.id for lane in unit.lanes.claim(10)} == {reply.contact_id, bulk.contact_id}


def test_while_room_is_scarce_turns_leave_no_trace(office: Office):
    set_scarce(office.engine, True)
    with office.at() as unit:
        run = start_run(unit, office, talk(unit, office))
        unit.turns.record(
            [TurnRecord(run, 1, {"kind": "started"}, {"x": 1}, [{"node": "a"}], [{"kind": "b"}], unit.now)]
        )
    with office.at() as unit:
        (turn,) = unit.turns.of_run(run)
    assert (turn.event, turn.read, turn.trace, turn.effects) == ({"kind": "started"}, {}, [], [{"kind": "b"}])
