"""What the environment may say, and what is said back where it is wrong."""

from pathlib import Path

import pytest

from flowengine.effects.outside import Outside
from flowengine.settings import BadSetting, Settings

GOOD = {"DATABASE_URL": "postgresql://app@localhost/flowengine", "REDIS_URL": "redis://localhost"}


def read(tmp_path: Path, **changes: str) -> Settings:
    return Settings.read(GOOD | {"FLOWENGINE_DATA": str(tmp_path / "data")} | changes)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DATABASE_URL", "", "is not set. `flowengine up` starts a PostgreSQL"),
        ("DATABASE_URL", "mysql://x/y", "must begin with postgresql://, not 'mysql'"),
        ("DATABASE_URL", "postgresql://host", "names no database"),
        ("DATABASE_OWNER_URL", "sqlite:///x", "must begin with postgresql://"),
        ("REDIS_URL", "", "is not set"),
        ("REDIS_URL", "localhost:6379", "must begin with redis://"),
        ("FLOWENGINE_SECRET", "short", "needs at least 32 characters, has 5"),
        ("FLOWENGINE_ADDRESS", "chat.example.com", "must look like https://chat.example.com"),
        ("FLOWENGINE_ADDRESS", "https://example.com/chat", "must be a host alone"),
        ("FLOWENGINE_ALLOW_CALLBACKS_TO", "10.0.0.0/8, 10.1.2.3/8", "'10.1.2.3/8' is no host and no network"),
        ("FLOWENGINE_ALLOW_CALLBACKS_TO", "crm.internal:99999", "'crm.internal:99999' names no port"),
        ("FLOWENGINE_PROXIES", "one", "must be a number from 0 to 9"),
    ],
)
def test_a_bad_value_is_named_with_what_would_do(variable: str, value: str, words: str, tmp_path: Path):
    with pytest.raises(BadSetting) as caught:
        read(tmp_path, **{variable: value})
    assert str(caught.value).startswith(f"{variable}: ")
    assert words in str(caught.value)


def test_the_application_speaks_psycopg_whatever_the_url_says(tmp_path: Path):
    assert read(tmp_path).database_url == "postgresql+psycopg://app@localhost/flowengine"
    assert read(tmp_path).database_owner_url == "postgresql+psycopg://app@localhost/flowengine"


def test_a_socket_folder_is_kept_in_the_url(tmp_path: Path):
    url = "postgresql+psycopg://app@/flowengine?host=/short/sockets&port=5432"
    assert read(tmp_path, DATABASE_URL=url).database_url == url


def test_the_secret_is_made_once_and_is_for_its_owner_alone(tmp_path: Path):
    assert read(tmp_path).secret == read(tmp_path).secret
    assert len(read(tmp_path).secret) >= 32
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600


def test_secrets_do_not_show_in_logs(tmp_path: Path):
    settings = read(tmp_path, DATABASE_URL="postgresql://app:hush@localhost/flowengine")
    assert "hush" not in repr(settings)
    assert settings.secret not in repr(settings)


def test_private_places_that_may_be_called_are_a_list(tmp_path: Path):
    given = "127.0.0.1, 10.0.0.0/8,crm.internal,::1, 127.0.0.1:9000,crm.internal:81"
    allowed = read(tmp_path, FLOWENGINE_ALLOW_CALLBACKS_TO=given).allow_callbacks_to
    assert allowed == ("127.0.0.1", "10.0.0.0/8", "crm.internal", "::1", "127.0.0.1:9000", "crm.internal:81")
    with Outside(allowed):
        pass  # the guard understands whatever the settings let through


def test_a_port_alone_is_a_good_address(tmp_path: Path):
    assert read(tmp_path, FLOWENGINE_ADDRESS="http://localhost:8000/").address == "http://localhost:8000"
