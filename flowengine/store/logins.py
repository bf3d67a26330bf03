"""Logins: who may enter the installation at all. They belong to no account."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from flowengine.core.errors import Conflict

_COLUMNS = "id, email, password_hash, name, language"
_ADD = text(
    f"insert into login ({_COLUMNS}) values (:id, :email, :password_hash, :name, :language) returning {_COLUMNS}"
)
_BY_EMAIL = text(f"select {_COLUMNS} from login where email = :email")
_BY_ID = text(f"select {_COLUMNS} from login where id = :id")
_LANGUAGE = text("update login set language = :language where id = :id")
_PASSWORD = text("""
    update login set password_hash = :password_hash, session_epoch = session_epoch + 1 where id = :id""")
_END_SESSIONS = text("update login set session_epoch = session_epoch + 1 where id = :id")


@dataclass(frozen=True, slots=True)
class Login:
    """`password_hash` is argon2's; the store never sees a password."""

    id: UUID
    email: str
    password_hash: str
    name: str
    language: str


def add_login(engine: Engine, *, email: str, password_hash: str, name: str, language: str = "pt-BR") -> Login:
    """A new login; Conflict where the address has one."""
    values = {"id": uuid7(), "email": _plain(email), "password_hash": password_hash, "name": name}
    try:
        with engine.begin() as connection:
            return Login(*connection.execute(_ADD, {**values, "language": language}).one())
    except IntegrityError as taken:
        raise Conflict(f"{email} has a login") from taken


def find_login(engine: Engine, email: str) -> Login | None:
    """The login of an e-mail address, whatever its case."""
    with engine.connect() as connection:
        row = connection.execute(_BY_EMAIL, {"email": _plain(email)}).first()
    return None if row is None else Login(*row)


def read_login(engine: Engine, login_id: UUID) -> Login | None:
    with engine.connect() as connection:
        row = connection.execute(_BY_ID, {"id": login_id}).first()
    return None if row is None else Login(*row)


def set_language(engine: Engine, login_id: UUID, language: str) -> None:
    with engine.begin() as connection:
        connection.execute(_LANGUAGE, {"id": login_id, "language": language})


def set_password_hash(engine: Engine, login_id: UUID, password_hash: str) -> None:
    """Sessions that began with the old one end."""
    with engine.begin() as connection:
        connection.execute(_PASSWORD, {"id": login_id, "password_hash": password_hash})


def end_sessions(engine: Engine, login_id: UUID) -> None:
    """Sessions that have begun until now are over."""
    with engine.begin() as connection:
        connection.execute(_END_SESSIONS, {"id": login_id})


def _plain(email: str) -> str:
    return email.strip().lower()
