"""Migrations on data: what an account had before is there afterwards, and what is new is filled in."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from uuid_utils.compat import uuid7

from flowengine import embedded
from flowengine.store import migrate
from flowengine.store.engine import make_engine
from flowengine.store.migrate import upgrade
from tests import servers

ACCOUNT, OTHER = uuid7(), uuid7()
DOCUMENT = (
    '{"nodes": [{"params": {"event": "contact.tag_added"}}, {"params": {"text": "event"}}], "settings": {"goal":'
    ' {"event": "deal.won"}}}'
)


@pytest.fixture
def url(postgres: embedded.Postgres, worker: str) -> Iterator[str]:
    """A database without any tables, as its owner."""
    name = f"migrated_{worker}"
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, "postgres"), autocommit=True) as connection:
        embedded.make_database(connection, name)
    yield embedded.database_url(postgres, embedded.OWNER_ROLE, name)
    servers.drop_database(postgres, name)


def _fill(connection: Connection) -> None:
    for account, slug in ((ACCOUNT, "um"), (OTHER, "dois")):
        statement = text("insert into account (id, slug, name) values (:id, :slug, 'x')")
        connection.execute(statement, {"id": account, "slug": slug})
    for account, name in (
        (ACCOUNT, "Ana Lúcia"), (ACCOUNT, "ANA  LUCIA"), (ACCOUNT, "Ana-Lucia 2"), (ACCOUNT, "李"), (OTHER, "Ana Lúcia")
    ):  # fmt: skip
        statement = text("insert into member (account_id, id, name, role) values (:account, :id, :name, 'agent')")
        connection.execute(statement, {"account": account, "id": uuid7(), "name": name})
    contact = text("""
        insert into contact (account_id, id, name, created_at, updated_at) values (:a, :id, 'Rui', now(), now())""")
    connection.execute(contact, {"a": ACCOUNT, "id": uuid7()})
    flow = {"a": ACCOUNT, "id": uuid7(), "document": DOCUMENT}
    connection.execute(
        text("""
            insert into flow (account_id, id, key, name, kind, draft, draft_hash, created_at, updated_at)
            values (:a, :id, 'f', 'F', 'chatbot', cast(:document as jsonb), 'x', now(), now())"""),
        flow,
    )
    connection.execute(
        text("""
            insert into flow_version (account_id, id, flow_id, number, document, hash, published_at)
            values (:a, :id, :id, 1, cast(:document as jsonb), 'x', now())"""),
        flow,
    )


def test_people_get_slugs_contacts_a_score_and_versions_the_events_they_name(url: str):
    upgrade(url, to="0002")
    engine = make_engine(url, role=None)
    with engine.begin() as connection:
        _fill(connection)
    upgrade(url)
    with engine.connect() as connection:
        slugs = connection.execute(text("select slug from member where account_id = :a order by id"), {"a": ACCOUNT})
        assert slugs.scalars().all() == ["ana-lucia", "ana-lucia-2", "ana-lucia-2-2", "x"]
        other = connection.execute(text("select slug from member where account_id = :a"), {"a": OTHER})
        assert other.scalars().all() == ["ana-lucia"]
        assert connection.execute(text("select name, score from contact")).all() == [("Rui", 0)]
        (events,) = connection.execute(text("select events from flow_version")).scalars()
        assert sorted(events) == ["contact.tag_added", "deal.won"]
    engine.dispose()


def test_messages_that_were_there_before_lie_in_the_pieces_of_their_months(url: str):
    upgrade(url, to="0006")
    engine = make_engine(url, role=None)
    with engine.begin() as connection:
        connection.execute(text("insert into account (id, slug, name) values (:a, 'um', 'x')"), {"a": ACCOUNT})
        for id in ("018f0000-0000-7000-8000-000000000001", "ffff0000-0000-4000-8000-000000000002"):
            connection.execute(
                text("""
                    insert into message (account_id, id, conversation_id, contact_id, channel_id, identity_id,
                        direction, author, body, status, created_at, status_at)
                    values (:a, :id, :a, :a, :a, :a, 'in', 'contact', '{}', 'received', now(), now())"""),
                {"a": ACCOUNT, "id": id},
            )
    upgrade(url)
    with engine.connect() as connection:
        lie = connection.execute(text("select tableoid::regclass::text from message order by id")).scalars()
        assert list(lie) == ["message_2024_04", "message_default"]
    engine.dispose()


def test_the_names_of_the_files_are_the_order_in_which_they_run():
    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    assert migrate.revisions() == tuple(each.revision for each in scripts.walk_revisions())[::-1]
