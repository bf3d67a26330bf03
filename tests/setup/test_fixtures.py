"""The ground that every other test stands on."""

import pytest
from redis import Redis
from sqlalchemy import Engine, make_url, text

from flowengine.settings import Settings

APP = "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"


def test_the_application_is_neither_owner_nor_superuser(engine: Engine):
    with engine.connect() as connection:
        assert connection.execute(text(APP)).one() == ("flowengine_app", False, False)


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_finds_an_empty_database_and_an_empty_queue(time: int, owner_engine: Engine, redis: Redis):
    with owner_engine.begin() as connection:
        assert connection.execute(text("select count(*) from account")).scalar() == 0
        columns = "insert into account (id, slug, name) values (gen_random_uuid(), 'a', 'A')"
        connection.execute(text(columns))
    assert redis.set("left", "over", nx=True)


def test_settings_lead_to_the_same_servers(settings: Settings, engine: Engine, redis: Redis):
    assert make_url(settings.database_url) == engine.url
    assert Redis.from_url(settings.redis_url).info()["process_id"] == redis.info()["process_id"]
