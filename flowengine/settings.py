"""What the environment decides: read once at the start of a process, checked, then passed on as a value."""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flowengine.effects.mail import MailServer, read_address, read_server

LANGUAGES = ("pt-BR", "en")
DATABASE_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
REDIS_SCHEMES = ("redis", "rediss", "unix")
FILES = "files"
SHORTEST_SECRET = 32  # characters; the session cookie's signature is as strong as this
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


class BadSetting(Exception):
    """A variable of the environment that the operator must correct; says which, and what would do."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One process' settings. What is secret does not show in its repr."""

    data: Path  # folder of everything an installation keeps outside its servers
    database_url: str = field(repr=False)  # the application's role: neither owner nor superuser
    database_owner_url: str = field(repr=False)  # for migrations only
    redis_url: str = field(repr=False)
    secret: str = field(repr=False)  # signs session cookies and visitors' tokens
    address: str = "http://127.0.0.1:8000"  # how browsers reach this installation; no slash at the end
    allow_callbacks_to: tuple[str, ...] = ()  # private hosts and networks that outgoing calls may reach all the same
    watch_url: str | None = field(default=None, repr=False)  # told of what goes wrong; may hold a token
    watch_email: tuple[str, ...] = ()  # told the same by mail
    mail: MailServer | None = field(default=None, repr=False)  # where the installation hands in mail of its own
    language: str = LANGUAGES[0]  # in which operators are told
    metrics_token: str | None = field(default=None, repr=False)  # who shows it may read /metrics from elsewhere
    files: Path | None = None  # folder of the files that flows send; None: the one in the data folder
    file_most: int = 100 * 2**20  # bytes of one such file; WhatsApp takes documents up to here
    proxies: int = 0  # how many reverse proxies of our own stand before the web; whose X-Forwarded-* is believed

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the environment; raises BadSetting.

        Makes the data folder and, where FLOWENGINE_SECRET is not given, the secret kept in it.
        """
        data = data_folder(environ)
        database_url = _database_url(environ, "DATABASE_URL", None)
        mail = _mail(environ)
        return cls(
            data=data,
            database_url=database_url,
            database_owner_url=_database_url(environ, "DATABASE_OWNER_URL", database_url),
            redis_url=_redis_url(environ),
            secret=_secret(environ, data),
            address=_address(environ),
            allow_callbacks_to=_allowed(environ),
            watch_url=_watch_url(environ),
            watch_email=_watch_email(environ, mail),
            mail=mail,
            language=_language(environ),
            metrics_token=environ.get("FLOWENGINE_METRICS_TOKEN") or None,
            files=files_folder(data, environ),
            file_most=_file_most(environ),
            proxies=_proxies(environ),
        )

    @property
    def files_folder(self) -> Path:
        return self.files or self.data / FILES

    def data_beside_database(self) -> Path | None:
        """The data folder where the database lies on the same machine, so that its disk tells of both."""
        return self.data if _is_socket(self.database_url) else None


def _is_socket(url: str) -> bool:
    return parse_qs(urlsplit(url).query).get("host", [""])[0].startswith("/")


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder as an absolute path: FLOWENGINE_DATA, or `data` in the current folder."""
    return Path(environ.get("FLOWENGINE_DATA") or "data").expanduser().resolve()


def files_folder(data: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Where files that flows send are kept: FLOWENGINE_FILES, or in this data folder."""
    given = environ.get("FLOWENGINE_FILES")
    return Path(given).expanduser().resolve() if given else data / FILES


def _database_url(environ: Mapping[str, str], variable: str, default: str | None) -> str:
    url = environ.get(variable) or default
    if not url:
        raise BadSetting(variable, "is not set. `flowengine up` starts a PostgreSQL of its own and sets it")
    scheme, mark, rest = url.partition("://")
    if not mark or scheme not in DATABASE_SCHEMES:
        raise BadSetting(variable, f"must begin with postgresql://, not {scheme.split(':')[0]!r}")
    if not urlsplit(url).path.strip("/"):
        raise BadSetting(variable, "names no database; expected postgresql://role:password@host:5432/database")
    return f"{DATABASE_SCHEMES[0]}://{rest}"


def _redis_url(environ: Mapping[str, str]) -> str:
    url = environ.get("REDIS_URL")
    if not url:
        raise BadSetting("REDIS_URL", "is not set. `flowengine up` starts a Valkey of its own and sets it")
    if urlsplit(url).scheme not in REDIS_SCHEMES:
        raise BadSetting("REDIS_URL", "must begin with redis://, rediss:// or unix://")
    return url


def _secret(environ: Mapping[str, str], data: Path) -> str:
    given = environ.get("FLOWENGINE_SECRET")
    if given is not None:
        if len(given) < SHORTEST_SECRET:
            raise BadSetting("FLOWENGINE_SECRET", f"needs at least {SHORTEST_SECRET} characters, has {len(given)}")
        return given
    try:
        return kept_secret(data)
    except OSError as error:
        raise BadSetting("FLOWENGINE_DATA", f"cannot keep a secret in {data}: {error.strerror}") from error


def kept_secret(data: Path) -> str:
    """The secret in the data folder, made the first time; two processes that start together get the same."""
    path = data / "secret"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=data, prefix=".secret-") as file:  # made with mode 0600
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with suppress(FileExistsError):  # somebody else was first; theirs counts
                os.link(file.name, path)
    return path.read_text().strip()


def _address(environ: Mapping[str, str]) -> str:
    address = (environ.get("FLOWENGINE_ADDRESS") or Settings.address).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting("FLOWENGINE_ADDRESS", f"must look like https://chat.example.com, not {address!r}")
    if parts.path or parts.query or parts.fragment:
        raise BadSetting("FLOWENGINE_ADDRESS", "must be a host alone: the product serves from the root, not a path")
    return address


def _watch_url(environ: Mapping[str, str]) -> str | None:
    url = environ.get("FLOWENGINE_WATCH_URL") or None
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise BadSetting("FLOWENGINE_WATCH_URL", "must look like https://alerts.example.com/flowengine")
    return url


def _mail(environ: Mapping[str, str]) -> MailServer | None:
    url = environ.get("FLOWENGINE_SMTP_URL")
    if not url:
        return None
    host = urlsplit(_address(environ)).hostname or ""
    ours = host if host[-1:].isalpha() else "localhost"  # an IP address is no name for a sender
    try:
        return read_server(url, sender=f"flowengine@{ours}")
    except ValueError as wrong:
        raise BadSetting("FLOWENGINE_SMTP_URL", str(wrong)) from wrong


def _watch_email(environ: Mapping[str, str], mail: MailServer | None) -> tuple[str, ...]:
    given = [each.strip() for each in environ.get("FLOWENGINE_WATCH_EMAIL", "").split(",") if each.strip()]
    try:
        addresses = tuple(read_address(each) for each in given)
    except ValueError as wrong:
        raise BadSetting("FLOWENGINE_WATCH_EMAIL", f"{wrong}; several are separated by commas") from wrong
    if addresses and mail is None:
        raise BadSetting("FLOWENGINE_WATCH_EMAIL", "needs FLOWENGINE_SMTP_URL, the mail server that takes it")
    return addresses


def _language(environ: Mapping[str, str]) -> str:
    language = environ.get("FLOWENGINE_LANGUAGE") or LANGUAGES[0]
    if language not in LANGUAGES:
        raise BadSetting("FLOWENGINE_LANGUAGE", f"must be {' or '.join(LANGUAGES)}, not {language!r}")
    return language


def _allowed(environ: Mapping[str, str]) -> tuple[str, ...]:
    entries = [entry.strip() for entry in environ.get("FLOWENGINE_ALLOW_CALLBACKS_TO", "").split(",")]
    return tuple(_host_or_network(entry) for entry in entries if entry)


def _host_or_network(entry: str) -> str:
    place, colon, port = entry.partition(":") if entry.count(":") == 1 else (entry, "", "")
    if colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise BadSetting("FLOWENGINE_ALLOW_CALLBACKS_TO", f"{entry!r} names no port")
    try:
        ip_network(place)
    except ValueError as error:
        if "/" in place or not _HOST.fullmatch(place):
            raise BadSetting(
                "FLOWENGINE_ALLOW_CALLBACKS_TO", f"{entry!r} is no host and no network: {error}"
            ) from error
    return entry


def _proxies(environ: Mapping[str, str]) -> int:
    text = environ.get("FLOWENGINE_PROXIES", "0")
    if not text.isdecimal() or int(text) > 9:
        raise BadSetting("FLOWENGINE_PROXIES", f"must be a number from 0 to 9, not {text!r}")
    return int(text)


def _file_most(environ: Mapping[str, str]) -> int:
    text = environ.get("FLOWENGINE_FILE_MB") or str(Settings.file_most // 2**20)
    if not text.isdecimal() or not 0 < int(text) <= 2_000:
        raise BadSetting("FLOWENGINE_FILE_MB", f"must be a number of megabytes from 1 to 2000, not {text!r}")
    return int(text) * 2**20
