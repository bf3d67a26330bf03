"""What is stuck is found, said in words with what to run, and mended where that is safe."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from redis import Redis
from sqlalchemy import Engine, text

from flowengine.cli import commands
from flowengine.effects.sealing import seal
from flowengine.jobs import alive
from flowengine.jobs.symptom_words import ENGLISH, PORTUGUESE, words
from flowengine.jobs.symptoms import Symptom, examine
from flowengine.settings import Settings
from flowengine.store.engine import make_engine
from flowengine.store.intake import NewEvent
from flowengine.store.migrate import missing
from flowengine.store.outbox import Owed
from flowengine.store.unit import Unit
from tests.offices import NOON, Office, furnish, start_run, talk

AGO = timedelta(minutes=30)


@pytest.fixture
def office(engine: Engine, redis: Redis) -> Office:
    """An account in an installation that is well."""
    for queue in ("hot", "outbox", "long"):
        alive.mark(redis, queue)
    return furnish(engine)


@pytest.fixture
def find(office: Office, redis: Redis, settings: Settings) -> Callable[[], dict[str, Symptom]]:
    return lambda: {each.code: each for each in examine(office.engine, redis, settings)}


@pytest.fixture
def flowengine(settings: Settings) -> Callable[..., Result]:
    environ = {
        "FLOWENGINE_DATA": str(settings.data), "DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url,
        "FLOWENGINE_SECRET": settings.secret,
    }  # fmt: skip
    return lambda *arguments: CliRunner(env=environ).invoke(commands, arguments)


def half_an_hour_ago(office: Office):
    return Unit.open(office.engine, office.account_id, now=datetime.now(UTC) - AGO)


def test_an_installation_that_is_well_has_no_symptoms(find, flowengine):
    assert find() == {}
    assert (flowengine("doctor").exit_code, flowengine("doctor").output.split("\n")[0]) == (0, "  Está tudo bem.")


def test_that_nobody_watches_is_said(office: Office, flowengine, monkeypatch):
    assert "Nobody is told when something breaks" in flowengine("doctor", "--language", "en").output
    monkeypatch.setenv("FLOWENGINE_WATCH_URL", "https://alerts.example/")
    monkeypatch.setenv("FLOWENGINE_LANGUAGE", "en")
    assert flowengine("doctor").output == "  All is well.\n"


def test_an_event_that_nobody_takes(office: Office, find, flowengine):
    with half_an_hour_ago(office) as unit:
        talk(unit, office)
    assert find()["events_waiting"].count == 1
    told = flowengine("doctor", "--language", "en")
    assert told.exit_code == 1
    assert "✗ demo: 1 event(s) wait to be taken, since" in told.output


def test_a_lane_that_sleeps_on_its_events_is_woken(office: Office, owner_engine: Engine, find, flowengine):
    with half_an_hour_ago(office) as unit:
        talk(unit, office)
    with owner_engine.begin() as connection:
        connection.execute(text("update lane set due_at = null"))
    assert find()["lane_asleep"].count == 1
    assert "lanes woken: 1" in flowengine("doctor", "--fix").output
    assert "lane_asleep" not in find()


def test_timers_and_orders_that_are_due_and_leases_that_nobody_holds(office: Office, owner_engine: Engine, find):
    with half_an_hour_ago(office) as unit:
        unit.outbox.owe([Owed("a", "timer", {}, unit.now), Owed("b", "callback", {}, unit.now)])
        unit.outbox.claim(1, lease=timedelta(minutes=2))
    found = find()
    assert [found[code].count for code in ("timers_waiting", "orders_waiting", "lease_lost")] == [1, 1, 1]


def test_a_run_that_nothing_will_reach_and_a_talk_that_nobody_listens_to(office: Office, owner_engine: Engine, find):
    with half_an_hour_ago(office) as unit:
        conversation = talk(unit, office)
        run = start_run(unit, office, conversation)
        unit.conversations.change(conversation, floor_run_id=run)
        unit.intake.done([event.id for event in unit.intake.waiting([conversation.contact_id])])
    assert find()["run_idle"].which == str(run)
    with owner_engine.begin() as connection:
        connection.execute(text("update run set status = 'ended'"))
    assert set(find()) == {"talk_silent"}


def test_a_run_that_waits_for_an_answer_is_well(office: Office, owner_engine: Engine, find):
    with half_an_hour_ago(office) as unit:
        conversation = talk(unit, office)
        start_run(unit, office, conversation)
        unit.intake.done([event.id for event in unit.intake.waiting([conversation.contact_id])])
    with owner_engine.begin() as connection:
        connection.execute(text("""update run set state = state || '{"wait": {"until": ["message_received"]}}'"""))
    assert find() == {}


def test_a_channel_whose_messages_do_not_get_through(office: Office, owner_engine: Engine, find):
    with half_an_hour_ago(office) as unit:
        due = datetime.now(UTC) + AGO
        unit.outbox.owe([Owed("a", "callback", {}, due, channel_id=office.channel.id)])
    with owner_engine.begin() as connection:
        connection.execute(text("update outbox set attempts = 4, last_error = 'the receiver answered 503'"))
    assert (find()["channel_failing"].which, find()["channel_failing"].why) == ("Loja", "the receiver answered 503")


def test_a_secret_of_another_installation(office: Office, find):
    with office.at() as unit:
        unit.secrets.add("erp", description="", sealed=seal("value", "quite another secret than ours is"))
    assert find()["secret_sealed"].which == "secret erp"


@pytest.mark.parametrize(
    ("days", "severity"), [(15, None), (14, "warning"), (4, "warning"), (3, "broken"), (-1, "broken")]
)
def test_a_secret_that_is_good_for_days_only(office: Office, redis: Redis, settings: Settings, days, severity):
    with office.at() as unit:
        until = NOON.date() + timedelta(days=days)
        unit.secrets.add("erp", description="", sealed=seal("value", settings.secret), expires_on=until)
    found = [each for each in examine(office.engine, redis, settings, NOON) if each.code == "secret_expires"]
    assert [(each.severity, each.which) for each in found] == ([(severity, "erp")] if severity else [])


def test_a_secret_that_is_refused(office: Office, settings: Settings, find):
    with office.at() as unit:
        unit.secrets.add("erp", description="", sealed=seal("value", settings.secret))
        unit.secrets.answered("erp", "erp.example.com", refused=True)
    assert (find()["secret_refused"].which, find()["secret_refused"].why) == ("erp", "erp.example.com")
    with office.at() as unit:
        unit.secrets.answered("erp", "erp.example.com", refused=False)
    assert "secret_refused" not in find()


def test_no_worker_and_no_redis(office: Office, redis: Redis, settings: Settings, find):
    redis.flushall()
    assert find()["no_worker"].severity == "broken"
    nowhere = Redis.from_url("unix:///nowhere/at-all.sock")
    assert [each.code for each in examine(office.engine, nowhere, settings)] == ["no_redis"]


def test_a_database_of_an_older_version(office: Office, owner_engine: Engine, redis: Redis, settings: Settings):
    with owner_engine.begin() as connection:
        newest = connection.execute(text("select version_num from alembic_version")).scalar_one()
        connection.execute(text("update alembic_version set version_num = '0006'"))
    found = examine(office.engine, redis, settings)
    with owner_engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :newest"), {"newest": newest})
    assert [each.code for each in found] == ["migrations_missing"]
    assert found[0].which.startswith("0007, 0008")
    assert missing(office.engine) == []


def test_a_database_that_is_away(settings: Settings, redis: Redis):
    engine = make_engine("postgresql://nobody@/nothing?host=/nowhere")
    assert "no_database" in [each.code for each in examine(engine, redis, settings)]


@pytest.mark.parametrize("code", ENGLISH)
def test_each_symptom_is_said_in_both_languages(code: str):
    assert ENGLISH.keys() == PORTUGUESE.keys()
    for language in ("pt-BR", "en"):
        assert all(words(Symptom(code, "broken", "demo", 3, datetime.now(UTC), "x", "y"), language))


def test_for_programs_it_is_json(office: Office, redis: Redis, flowengine):
    redis.flushall()
    told = json.loads(flowengine("doctor", "--json", "--language", "en").output)
    assert {each["code"] for each in told} == {"no_worker"}
    remedies = {each["which"]: each["remedy"] for each in told}
    assert remedies.keys() == {"hot", "outbox", "long"}
    assert "flowengine work --queue hot" in remedies["hot"]


def test_a_dead_letter_is_shown_tried_again_and_let_go(office: Office, find, flowengine):
    with office.at() as unit:
        conversation = talk(unit, office)
        unit.intake.done([event.id for event in unit.intake.waiting([conversation.contact_id])])
        for number in range(2):
            unit.intake.append([NewEvent(conversation.contact_id, {"kind": "happened", "name": str(number)})])
        first, second = [event.id for event in unit.intake.waiting([conversation.contact_id])]
        unit.intake.give_up(first, "ValueError: ours")
        unit.intake.give_up(second, "ValueError: ours")
    assert find()["dead_letters"].count == 2
    assert "ValueError: ours" in flowengine("retry", "--account", "demo").output
    assert "is tried again" in flowengine("retry", str(first), "--account", "demo").output
    assert "dropped" in flowengine("retry", "--all", "--drop", "--account", "demo").output
    with office.at() as unit:
        assert [event.event["name"] for event in unit.intake.waiting([conversation.contact_id])] == ["0"]
        assert unit.dead_letters.all() == []
