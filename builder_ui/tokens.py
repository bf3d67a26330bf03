"""Visitors' tokens and cursors: signed, so that what comes back is what we gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

CURSOR_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a visitor's token speaks for: one identity of one channel. `external_id` is the channel's name for it.

    `name` and `language` are what the site said of them, kept here until they write for the first time.
    """

    channel: UUID
    external_id: str
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a channel's outgoing stream, and when it was given."""

    position: int
    given: datetime


class BadToken(Exception):
    """Not one of ours, or not for this channel."""


class OldCursor(Exception):
    """A cursor that was given more than 30 days ago: what followed it may be gone."""


class Tokens:
    """Signs with the installation's secret; a purpose's tokens are no other purpose's."""

    def __init__(self, secret: str) -> None:
        self._visitor = URLSafeSerializer(secret, salt="webchat visitor")
        self._cursor = URLSafeSerializer(secret, salt="stream cursor")

    def visitor(self, visitor: Visitor) -> str:
        """The token that a browser keeps; it has no end, as the talk has none."""
        return str(self._visitor.dumps([visitor.channel.hex, visitor.external_id, visitor.name, visitor.language]))

    def read_visitor(self, token: str, *, channel: UUID) -> Visitor:
        """Whose token it is; BadToken unless it was given for this channel."""
        owner, external_id, name, language = self._read(self._visitor, token)
        if owner != channel.hex:
            raise BadToken("a token of another channel")
        return Visitor(channel, external_id, name, language)

    def whose(self, token: str) -> str | None:
        """The visitor of a token, whatever the channel; None where the token is not one of ours."""
        try:
            return str(self._read(self._visitor, token)[1])
        except BadToken:
            return None

    def cursor(self, *, channel: UUID, position: int, now: datetime) -> str:
        """An opaque place in a channel's outgoing stream."""
        return str(self._cursor.dumps([channel.hex, position, int(now.timestamp())]))

    def read_cursor(self, cursor: str, *, channel: UUID, now: datetime) -> Cursor:
        """The place; BadToken or OldCursor where it cannot be used any more."""
        owner, position, seconds = self._read(self._cursor, cursor)
        if owner != channel.hex:
            raise BadToken("a cursor of another channel")
        given = datetime.fromtimestamp(seconds, UTC)
        if given < now - CURSOR_LIFE:
            raise OldCursor
        return Cursor(int(position), given)

    @staticmethod
    def _read(serializer: URLSafeSerializer, token: str) -> Any:
        try:
            return serializer.loads(token)
        except BadSignature as error:
            raise BadToken(str(error)) from None
